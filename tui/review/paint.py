"""The review's texts with their looks: pure functions from rows to styled lines.

Everything that comes from pages goes through `shown`; nothing is read as markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.table import Table
from rich.text import Text

from align.text import counted
from glossary.model import Candidate, Example, Place
from glossary.review import Choice, marked
from tui.output import shown
from tui.review.model import GLYPHS, ReviewModel, State

STYLES: dict[State, str] = {
    "new": "", "conflict": "bold yellow", "reopened": "bold magenta", "skipped": "cyan",
    "accepted": "green", "rejected": "red",
}  # fmt: skip
MUTED = "dim"
TERM = "bold underline"


def fitted(text: str, width: int) -> str:
    """*text* in exactly so many cells, with an ellipsis where it is cut."""
    text = " ".join(shown(text).split())
    if cell_len(text) > width:
        text = set_cell_size(text, max(0, width - 1)).rstrip() + "…"
    return set_cell_size(text, width)


def queue_line(model: ReviewModel, row: int, width: int, *, here: bool) -> Text:
    """One row of the queue: mark, Vietnamese, English, uses, probability."""
    candidate, state = model.rows[row], model.state(row)
    room = width - 3 - 11  # the marks before, the two numbers behind
    left = room // 2
    line = Text(no_wrap=True, end="")
    line.append("▶" if here else " ", style="bold")
    line.append(f"{GLYPHS[state]} ", style=STYLES[state])
    line.append(fitted(candidate.vi, left - 1) + " ")
    line.append(fitted(model.english(row), room - left) + " ")
    line.append(f"{min(candidate.count, 9999):>4} {candidate.probability:4.2f} ")
    line.truncate(width, pad=True)
    if here:
        line.stylize("reverse")
    else:
        quiet = 3 if state in ("accepted", "rejected") else len(line) - 10
        line.stylize(MUTED, quiet)
    return line


def choice_lines(choices: Sequence[Choice], width: int, *, chosen: str = "") -> Text:
    """The English forms by number, with a bar for how often each stands in the pages."""
    most = max((one.count for one in choices), default=0)
    bar = 12 if width >= 60 else 6
    room = width - 4 - bar - 1 - 5 - 5
    text = Text(no_wrap=True)
    for number, one in enumerate(choices[:9], 1):
        length = round(bar * one.count / most) if most else 0
        mark = "✓" if chosen and one.en == chosen else " "
        text.append(f"{mark}{number} ", style="bold")
        text.append(fitted(one.en, room) + " ")
        text.append("█" * length + " " * (bar - length), style="cyan")
        text.append(f" {min(one.count, 9999):>4} {one.probability:4.2f}\n", style=MUTED)
    return text


def heading(model: ReviewModel, row: int) -> str:
    """The term with its uses, for the head of the choices."""
    one = model.rows[row]
    uses = counted(one.count, "use", ",")
    return f"{shown(one.vi)} · {uses}, {counted(len(one.documents), 'document')}"


def sentence(place: Place, room: int) -> Text:
    """A sentence with the term marked ⟦ ⟧ and underlined; cut around it where it is longer than
    *room* cells, so that the term is always to be seen."""
    before, term, after = (" ".join(shown(part).split("\n")) for part in marked(place))
    if cell_len(term) > room // 2:
        term = fitted(term, room // 2).rstrip()
    left = room - cell_len(term)
    if cell_len(before) + cell_len(after) > left:
        behind = min(cell_len(after), max(left // 2, left - cell_len(before)))
        if cell_len(before) > left - behind:
            before = "…" + before[-max(1, left - behind - 1) :]
        if cell_len(after) > behind:
            after = fitted(after, behind)
    text = Text(before)
    text.append(f"⟦{term}⟧", style=TERM)
    text.append(after)
    return text


def evidence(
    candidate: Candidate, start: int, count: int, *, wide: bool, width: int, height: int
) -> Table | Text:
    """Some of the candidate's sentences, the two languages beside or below each other, in a pane
    of so many columns and lines."""
    examples = candidate.examples[start : start + count]
    if not examples:
        return Text("no sentence is kept for this one", style=MUTED)
    # Beside each other: a head, and up to three lines for where the sentences stand; below each
    # other up to two. Lines break at words, so one in six cells stays empty.
    if wide:
        room = max(60, (width // 2 - 2) * (height // len(examples) - 4) * 5 // 6)
    else:
        room = max(40, (width - 3) * max(1, (height - 1) // 2) * 5 // 6)
    table = Table.grid(expand=True, padding=(0, 2 if wide else 1, 0, 0))
    if wide:
        table.add_column(ratio=1)
        table.add_column(ratio=1)
        for number, one in enumerate(examples):
            if number:
                table.add_row("", "")
            table.add_row(Text("VI", style=MUTED), Text("EN", style=MUTED))
            table.add_row(sentence(one.vi, room), sentence(one.en, room))
            table.add_row(Text(_where(one.vi), style=MUTED), Text(_how(one), style=MUTED))
    else:
        table.add_column(width=2)
        table.add_column(ratio=1)
        for one in examples:
            table.add_row(Text("VI", style=MUTED), sentence(one.vi, room))
            table.add_row(Text("EN", style=MUTED), sentence(one.en, room))
            table.add_row("", Text(f"{_where(one.vi)} ↔ {_how(one)}", style=MUTED))
    return table


def _where(place: Place) -> str:
    part = "title" if place.sentence < 0 else f"sentence {place.sentence + 1}"
    return f"{shown(place.document)} {part}"


def _how(example: Example) -> str:
    told = (
        "not aligned: the two words only seem to mean the same"
        if example.probability is None
        else f"aligned {example.probability:.2f}"
    )
    return f"{_where(example.en)} · {told}"


def note(model: ReviewModel, row: int) -> Text:
    """What is known of the row besides: kind, rivals, note, who decided."""
    one, concept, rejected = model.rows[row], model.concept(row), model.rejected(row)
    text = Text()
    text.append(f"{one.kind} · {one.channel} · probability {one.probability:.2f}", style=MUTED)
    if reason := model.reopened(row):
        text.append(f"\n↺ open again: {shown(reason)}", style="magenta")
    if rivals := model.rivals(row):
        text.append(f"\n! also offered for: {shown(', '.join(rivals[:4]))}", style="yellow")
    if concept and concept.note:
        text.append(f"\n{shown(concept.note)}")
    decisions = concept.decisions if concept else rejected.decisions if rejected else ()
    for decision in reversed(decisions[-2:]):
        grounds = f" · {shown(decision.evidence)}" if decision.evidence else ""
        told = f"{decision.verdict} by {shown(decision.reviewer)}, {decision.date}{grounds}"
        text.append(f"\n{told}", style=MUTED)
    return text


def title_line(model: ReviewModel, project: str, width: int) -> str:
    """Project, reviewer, and whether the last decision is on disk."""
    session = model.session
    if session.read_only:
        saved = "read only"
    elif model.saved_at:
        saved = f"saved ✓ {model.saved_at:%H:%M:%S}"
    else:
        saved = "every decision is saved at once"
    here = f"{model.decided_here} this session"
    wide = width >= 100
    right = f"{saved} · {here} " if wide else f"{saved} "
    who = f" · {'reviewer ' if wide else ''}{session.reviewer}"
    room = width - cell_len(who) - cell_len(right) - 3
    name = " ".join(shown(project).split())
    left = f" {fitted(name, room) if cell_len(name) > room else name}{who}"
    return left + " " * max(1, width - cell_len(left) - cell_len(right)) + right


def progress_line(model: ReviewModel, width: int) -> Text:
    """How far the review is: decided of all, a bar, each state, decisions an hour, time left."""
    total, decided = len(model.rows), model.decided
    share = decided / total if total else 0
    bar = 32 if width >= 100 else 12
    text = Text(f" {decided:,}/{total:,} {share:4.0%} ", no_wrap=True)
    text.append("█" * round(bar * share), style="green")
    text.append("░" * (bar - round(bar * share)), style=MUTED)
    for state in ("accepted", "rejected", "skipped", "conflict", "reopened"):
        text.append(f"  {GLYPHS[state]} {model.counts[state]:,}", style=STYLES[state])
    rate = model.rate()
    if rate and width >= 100:
        left = (total - decided) / rate
        hours = f"about {left:.0f} h left" if left >= 1.5 else f"about {left * 60:.0f} min left"
        text.append(f"   {rate:.0f}/h  {hours}", style=MUTED)
    elif rate:
        text.append(f" {rate:.0f}/h", style=MUTED)
    return text


def keys_line(keys: Sequence[tuple[str, str]], width: int) -> Text:
    """The main keys, each with its word; the last one, which tells the others, is always there."""
    *most, last = keys
    left = width - 1 - _key_cells(last)
    there = []
    for one in most:
        left -= _key_cells(one)
        if left >= 0:
            there.append(one)
    text = Text(" ", no_wrap=True)
    for key, label in (*there, last):
        text.append(key, style="bold")
        text.append(f" {label}  ")
    return text


def _key_cells(key: tuple[str, str]) -> int:
    return cell_len(key[0]) + cell_len(key[1]) + 3
