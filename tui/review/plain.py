"""The review as one question after another on stdin and stdout: for screen readers, pipes and
terminals that cannot paint. Same model, same journal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from align.text import counted
from glossary.model import Candidate
from glossary.review import marked
from tui.output import shown
from tui.review.model import OPEN, ReviewModel, Told

HELP = (
    "Enter or a: accept 1. A number: accept that one. -: reject. s: skip. u: undo. r: redo."
    " /TEXT: find, / alone: leave the search. c: sentences. q: save and quit. ?: this help."
)


def run_plain(model: ReviewModel, lines: TextIO, out: TextIO) -> None:
    """Ask until everything is decided, *lines* end, or someone quits."""

    def say(text: str) -> None:
        print(text, file=out, flush=True)

    say(HELP)
    row = _first(model)
    while row is not None:
        say(_question(model, row))
        line = lines.readline()
        if not line:
            break
        answer = line.strip()
        if answer == "q":
            break
        if answer == "?":
            say(HELP)
        elif answer == "c":
            say(_sentences(model.rows[row]))
        elif answer.startswith("/"):
            row = _found(model, answer[1:], row, say)
        elif answer in ("u", "r"):
            told = model.undo() if answer == "u" else model.redo()
            say(shown(told.text))
            row = told.row if told.row is not None else row
        else:
            told = _decide(model, row, answer)
            say(shown(told.text))
            row = _next(model, row, say) if told.ok else row
    if row is None:
        later = sum(model.counts[state] for state in OPEN)
        say(f"{later} skipped, the rest is decided." if later else "Everything is decided.")


def _first(model: ReviewModel) -> int | None:
    visible = model.visible
    if not visible:
        return None
    if model.state(visible[0]) in ("new", "conflict", "reopened"):
        return visible[0]
    return model.next_open(visible[0])


def _next(model: ReviewModel, row: int, say: Callable[[str], None]) -> int | None:
    following = model.next_open(row)
    if following is None and model.query:
        say("Every row found is decided; the search is left.")
        model.search("")
        following = model.next_open(row)
    return following


def _decide(model: ReviewModel, row: int, answer: str) -> Told:
    if answer in ("", "a"):
        return model.accept_best(row)
    if answer.isascii() and answer.isdigit() and len(answer) < 4:
        return model.accept(row, int(answer) - 1)
    if answer in ("-", "x"):
        return model.reject(row)
    if answer == "s":
        return model.skip(row)
    return Told(f"{answer!r} is no answer; ? tells which there are", row, ok=False)


def _found(model: ReviewModel, query: str, row: int, say: Callable[[str], None]) -> int | None:
    model.search(query)
    if model.visible:
        say(counted(len(model.visible), "row"))
        return row if row in model.visible else model.visible[0]
    say("nothing found")
    model.search("")
    return row


def _question(model: ReviewModel, row: int) -> str:
    one, state = model.rows[row], model.state(row)
    head = (
        f"\n{model.decided} of {len(model.rows)} decided. {shown(one.vi)},"
        f" {counted(one.count, 'use')}, {state}"
    )
    chosen = model.english(row) if state == "accepted" else ""
    offered = [
        f"  {number} {shown(choice.en)}, probability {choice.probability:.2f}"
        + (", chosen" if choice.en == chosen else "")
        for number, choice in enumerate(model.choices(row), 1)
    ]
    return "\n".join([head, *offered])


def _sentences(candidate: Candidate) -> str:
    lines = []
    for one in candidate.examples:
        for lang, place in (("VI", one.vi), ("EN", one.en)):
            before, term, after = marked(place)
            lines.append(f"  {lang} {shown(before)}⟦{shown(term)}⟧{shown(after)}")
        aligned = "not aligned" if one.probability is None else f"aligned {one.probability:.2f}"
        lines.append(f"     {shown(one.vi.document)} and {shown(one.en.document)}, {aligned}")
    return "\n".join(lines) or "  no sentence is kept for this one"
