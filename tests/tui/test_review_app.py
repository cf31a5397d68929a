"""The review on screen: every key of the table, what stands where, and what must not break it."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import errno
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from glossary.journal import Journal, journal_path, read_journal
from glossary.model import Alternative, Candidate, Example, Place
from glossary.session import Session
from tui.review import paint
from tui.review.app import Help, ReviewApp
from tui.review.keys import KEYS, LETTERS, key_help, key_line
from tui.review.model import GLYPHS, ReviewModel

WIDE, NARROW, LEAST = (120, 40), (80, 24), (60, 18)
NOW = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)


def place(document: str, before: str, term: str, after: str) -> Place:
    text = before + term + after
    return Place(document, 3, len(before), len(before) + len(term), text)


def row(vi: str, *en: str, examples: int = 3, **values: Any) -> Candidate:
    """A row with its English forms and a few ordinary sentences."""
    found = [
        Example(
            place(f"soi-{i}", f"Hôm qua, theo Bộ Y tế, {'rất ' * i}nhiều ", vi, " đã được khám."),
            place(f"measles-{i}", f"The ministry said {'very ' * i}many ", en[0], " were seen."),
            0.9,
        )
        for i in range(examples)
    ]
    others = tuple(Alternative(one, 0.4, 3) for one in en[1:])
    return replace(
        Candidate(vi, en[0], 0.9, "term", 12, ("v", "e"), tuple(found), others, "parallel"),
        en_count=9,
        **values,
    )


HOSPITAL = row("bệnh viện", "hospital", "infirmary", "clinic", "sick bay", "ward")
SHORT = [
    HOSPITAL,
    row("bác sĩ", "doctor", "physician"),
    row("y tá", "nurse"),
    row("sởi", "measles"),
]
"""All of them fit on any screen."""
LONG = [HOSPITAL, *(row(f"từ số {n}", f"word {n}", examples=1) for n in range(1, 80))]
"""More than any screen of these tests has lines."""


@contextlib.asynccontextmanager
async def running(
    folder: Path,
    rows: Sequence[Candidate] = SHORT,
    size: tuple[int, int] = NARROW,
    *,
    project: str = "du-an",
    read_only: bool = False,
) -> AsyncIterator[tuple[ReviewApp, Pilot[None]]]:
    """The review of *rows* by lan, on a screen of *size*."""
    with Session(folder, folder / ".songngu", "lan", read_only=read_only) as session:
        app = ReviewApp(ReviewModel(session, rows, now=lambda: NOW), project=project)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield app, pilot


def strips(app: ReviewApp) -> list[list[Segment]]:
    """The screen as it is painted, line by line."""
    return [list(one) for one in app.screen._compositor.render_strips()]


def text(app: ReviewApp) -> str:
    """The screen's plain text, a line each."""
    return "\n".join("".join(one.text for one in line) for line in strips(app))


def states(app: ReviewApp) -> str:
    """The marks of all rows."""
    return "".join(GLYPHS[app.model.state(one)] for one in range(len(app.model.rows)))


def cursor(app: ReviewApp) -> str:
    """The Vietnamese term of the line the cursor is on, as it is painted; empty where it is not
    on screen."""
    lines = [line for line in text(app).split("\n") if "▶" in line]
    assert len(lines) <= 1, "there is one cursor"
    found = [one.vi for one in app.model.rows if lines and f" {one.vi} " in lines[0]]
    return found[0] if found else ""


async def go(app: ReviewApp, pilot: Pilot[None], row: int) -> None:
    """Put the cursor on a row, whatever the keys do."""
    await app.run_action(f"move({row - app._place})")
    await pilot.pause()
    assert cursor(app) == app.model.rows[row].vi


def assert_fits(app: ReviewApp, size: tuple[int, int]) -> None:
    """Each line has exactly the screen's width, and there are as many as the screen has."""
    lines = strips(app)
    assert len(lines) == size[1]
    for line in lines:
        assert sum(cell_len(one.text) for one in line) == size[0], "".join(s.text for s in line)


# --- every key of the table


@dataclass(frozen=True)
class Case:
    """What a key is to do on `SHORT` and `LONG` alike."""

    start: int = 0
    """The row the cursor is on; -1 is the last."""
    before: tuple[str, ...] = ()
    """Keys pressed before."""
    to: Callable[[int, int], int] = lambda start, last: start
    """The row the cursor is on afterwards, told where it was and which is the last."""
    marks: dict[int, str] = field(default_factory=dict)
    """Rows that are not new afterwards."""
    english: str = ""
    """What the first row shows."""
    says: str = ""
    """Part of the message."""
    also: Callable[[ReviewApp], bool] = lambda app: True


def down(start: int, last: int) -> int:
    return start + 1


PAGE = 5
"""Lines of the queue at 80x24."""

CASES = {
    "accept": Case(to=down, marks={0: "✓"}, english="hospital", says="accepted"),
    "reject": Case(to=down, marks={0: "✗"}, says="rejected"),
    "skip": Case(to=down, marks={0: "?"}, says="skipped"),
    **{
        f"choose({n})": Case(to=down, marks={0: "✓"}, english=en, says=en)
        for n, en in enumerate(("hospital", "infirmary", "clinic", "sick bay", "ward"), 1)
    },
    **{f"choose({n})": Case(says=f"no choice {n}") for n in range(6, 10)},
    "undo": Case(before=("2",), to=lambda *_: 0, english="hospital", says="undone"),
    "redo": Case(
        before=("2", "ctrl+z"), to=lambda *_: 0, marks={0: "✓"}, english="infirmary", says="again"
    ),
    "search": Case(also=lambda app: app.focused is app.query_one("#find")),
    "clear": Case(
        start=2,
        before=("slash", "h", "o", "s", "enter"),
        to=lambda *_: 0,
        also=lambda app: len(app.model.visible) == len(app.model.rows),
    ),
    "context(1)": Case(also=lambda app: "In context 2 of 3" in text(app)),
    "context(-1)": Case(also=lambda app: "In context 3 of 3" in text(app)),
    "move(1)": Case(start=1, to=down),
    "move(-1)": Case(start=2, to=lambda start, last: start - 1),
    "page(1)": Case(to=lambda start, last: min(last, start + PAGE)),
    "page(-1)": Case(start=-1, to=lambda start, last: max(0, start - PAGE)),
    "edge(-1)": Case(start=-1, to=lambda *_: 0),
    "edge(1)": Case(to=lambda start, last: last),
    "keys": Case(also=lambda app: isinstance(app.screen, Help)),
    "leave": Case(also=lambda app: app._exit),
}
"""By action; what a letter does is what its key does."""

SCROLLING = {"up", "down", "pageup", "pagedown", "home", "end"}


def test_every_action_has_a_case() -> None:
    assert {*CASES} == {key.action for key in KEYS}


def test_every_action_is_one_of_the_app() -> None:
    for key in KEYS:
        assert callable(getattr(ReviewApp, f"action_{key.action.partition('(')[0]}"))


def test_no_key_and_no_letter_is_given_twice() -> None:
    keys = [one for key in KEYS for one in key.keys]
    letters = [one for key in KEYS for one in key.letters]
    assert len(keys) == len({*keys})
    assert len(letters) == len({*letters})


def test_no_primary_key_is_a_letter_and_backspace_is_none() -> None:
    keys = [one for key in KEYS for one in key.keys]
    assert [one for one in keys if len(one) == 1 and not one.isdigit()] == []
    assert "backspace" not in keys
    assert all(len(one) == 1 and one.isascii() and one.isalpha() for one in LETTERS)


async def check_key(folder: Path, action: str, pressed: str, rows: Sequence[Candidate]) -> None:
    case = CASES[action]
    last = len(rows) - 1
    start = case.start % len(rows)
    async with running(folder, rows) as (app, pilot):
        if start:
            await go(app, pilot, start)
        await pilot.press(*case.before, pressed)
        assert states(app) == "".join(case.marks.get(one, "·") for one in range(len(rows)))
        assert case.also(app)
        if not isinstance(app.screen, Help) and not app._exit:
            assert cursor(app) == rows[case.to(start, last)].vi
            assert not case.english or app.model.english(0) == case.english
            assert case.says in text(app).split("\n")[-2]
            assert_fits(app, NARROW)


EVERY = [(key.action, one) for key in KEYS for one in key.keys]


@pytest.mark.parametrize(("action", "pressed"), EVERY)
async def test_every_key(action: str, pressed: str, tmp_path: Path) -> None:
    await check_key(tmp_path, action, pressed, SHORT)


@pytest.mark.parametrize(("action", "pressed"), [one for one in EVERY if one[1] in SCROLLING])
async def test_every_key_that_moves_in_a_list_longer_than_the_screen(
    action: str, pressed: str, tmp_path: Path
) -> None:
    await check_key(tmp_path, action, pressed, LONG)


@pytest.mark.parametrize(("letter", "action"), LETTERS.items())
async def test_every_letter(letter: str, action: str, tmp_path: Path) -> None:
    await check_key(tmp_path, action, letter, LONG)


async def test_the_cursor_starts_on_the_first_row_nobody_decided_on(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("enter", "minus")
    async with running(tmp_path) as (app, pilot):
        assert states(app) == "✓✗··"
        assert cursor(app) == "y tá"


async def test_what_is_decided_is_not_decided_again_by_accept(tmp_path: Path) -> None:
    """Enter on it goes on; a number chooses another."""
    async with running(tmp_path) as (app, pilot):
        await pilot.press("2", "up", "enter")
        assert (app.model.english(0), cursor(app)) == ("infirmary", "bác sĩ")
        assert "decided already" in text(app)
        await pilot.press("up", "3")
        assert app.model.english(0) == "clinic"
        assert len(app.model.session.history.events) == 2


async def test_undo_is_offered_only_for_what_was_just_done(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("enter")
        assert "^Z undo" in text(app).split("\n")[-2]
        await pilot.press("up", "enter")
        assert "^Z undo" not in text(app).split("\n")[-2]


async def test_after_the_last_decision_the_cursor_stays(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("enter", "enter", "enter", "enter")
        assert (states(app), cursor(app)) == ("✓✓✓✓", "sởi")
        await pilot.press("enter", "space", "right_square_bracket")
        assert (states(app), cursor(app)) == ("✓✓✓✓", "sởi")


async def test_an_undo_leads_back_to_its_row(tmp_path: Path) -> None:
    async with running(tmp_path, LONG) as (app, pilot):
        await pilot.press("minus")
        await go(app, pilot, 70)
        await pilot.press("ctrl+z")
        assert cursor(app) == "bệnh viện"


@pytest.mark.parametrize("key", ["enter", "a", "ctrl+z", "escape", "ế"])
async def test_any_key_leaves_the_help_and_does_nothing_else(key: str, tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("enter", "f1")
        assert isinstance(app.screen, Help)
        await pilot.press(key)
        await pilot.pause()
        assert not isinstance(app.screen, Help)
        assert (states(app), cursor(app)) == ("✓···", "bác sĩ")
        await pilot.press("x")
        assert states(app) == "✓✗··", "letters are on as before"


async def test_a_click_puts_the_cursor_on_a_row(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.click("#queue", offset=(5, 2))
        assert cursor(app) == "y tá"
        await pilot.click("#queue", offset=(5, 4))
        assert cursor(app) == "y tá", "there is nothing below the last row"
        await pilot.press("minus")
        assert states(app) == "··✗·"


def typed(app: ReviewApp, *keys: tuple[str, str]) -> None:
    """Keys that arrive together, as over a slow line: key and character."""
    for key, character in keys:
        app.post_message(events.Key(key, character))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        pytest.param([("minus", "-"), ("enter", "\r"), ("space", " ")], "✗✓?·", id="keys"),
        pytest.param([("x", "x"), ("a", "a"), ("s", "s")], "✗✓?·", id="letters"),
        pytest.param(
            [("x", "x"), ("enter", "\r")],
            "✗✓··",
            id="mixed",
        ),
    ],
)
async def test_keys_that_arrive_together_are_done_in_order(
    keys: list[tuple[str, str]], expected: str, tmp_path: Path
) -> None:
    async with running(tmp_path) as (app, pilot):
        typed(app, *keys)
        await pilot.pause(0.1)
        assert states(app) == expected


@pytest.mark.xfail(strict=True, reason="what comes together with / is lost")
async def test_what_is_typed_right_after_find_is_looked_for(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        typed(app, ("slash", "/"), ("y", "y"), ("space", " "), ("t", "t"))
        await pilot.pause(0.1)
        assert (states(app), app.model.query) == ("····", "y t")


# --- input methods


@pytest.mark.parametrize("sign", ["ế", "Đ"])
async def test_letters_go_silent_when_an_input_method_shows_itself(
    sign: str, tmp_path: Path
) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("enter", sign)
        message = text(app).split("\n")[-2]
        assert "input method" in message
        assert "Enter" in message
        for letter in LETTERS:
            await pilot.press(letter)
        assert (states(app), cursor(app), app._exit) == ("✓···", "bác sĩ", False)
        await pilot.press("minus")
        assert states(app) == "✓✗··", "the keys go on working"


async def test_what_telex_makes_of_a_letter_typed_twice(tmp_path: Path) -> None:
    """It sends a, Backspace, â. One decision may come of it, and one undo takes it back."""
    async with running(tmp_path) as (app, pilot):
        await pilot.press("a", "backspace", "â")
        assert states(app) == "✓···"
        assert len(app.model.session.history.events) == 1
        await pilot.press("a", "ctrl+z")
        assert states(app) == "····"


async def test_a_vietnamese_letter_in_the_search_is_no_sign_of_anything(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("slash", "á", "ế", "escape", "x")
        assert states(app) == "✗···"


async def test_backspace_does_nothing(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("enter", "minus")
        before = text(app)
        await pilot.press("backspace", "backspace", "ctrl+h")
        await pilot.pause()
        assert text(app) == before


# --- the search line

PRINTED = {"minus": "-", "space": " ", "slash": "/", "question_mark": "?",
           "left_square_bracket": "[", "right_square_bracket": "]"}  # fmt: skip
ALL_KEYS = [one for key in KEYS for one in key.keys if not one.isdigit()] + ["5", "a", "q", "U"]


async def test_while_the_search_is_open_keys_belong_to_it(tmp_path: Path) -> None:
    """What prints is typed; nothing decides, and no help opens."""
    leaving = {"enter", "escape", "ctrl+q"}
    async with running(tmp_path) as (app, pilot):
        await pilot.press("enter", "slash")
        find = app.query_one("#find", Input)
        for key in ALL_KEYS:
            if key in leaving:
                continue
            find.value = ""
            await pilot.press(key)
            printed = PRINTED.get(key, key if len(key) == 1 else "")
            assert find.value == printed, key
            assert app.focused is find, key
            assert states(app) == "✓···", key
            assert not isinstance(app.screen, Help), key
            assert not app._exit, key


async def test_search_leaves_rows_as_it_is_typed_and_its_last_state_on_enter(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, LONG) as (app, pilot):
        await pilot.press("slash", *"tu so 7")
        assert len(app.model.visible) == 11
        assert cursor(app) == "từ số 7"
        await pilot.press("0")
        assert [app.model.rows[one].vi for one in app.model.visible] == ["từ số 70"]
        await pilot.press("backspace", "enter")
        assert len(app.model.visible) == 11
        assert cursor(app) == "từ số 70", "the cursor stays on its row"
        await pilot.press("minus")
        assert app.model.state(70) == "rejected"
        assert cursor(app) == "từ số 71"
        await pilot.press("escape")
        assert len(app.model.visible) == len(LONG)
        assert cursor(app) == "từ số 71"


async def test_in_the_search_delete_and_undo_edit_and_decide_nothing(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("enter", "slash", "y", "home", "delete", "ctrl+z", "ctrl+y", "enter")
        assert (states(app), app.model.query) == ("✓···", "")


async def test_the_arrows_walk_through_what_is_found_while_typing(tmp_path: Path) -> None:
    async with running(tmp_path, LONG) as (app, pilot):
        await pilot.press("slash", *"so 7", "down", "down", "up")
        assert cursor(app) == "từ số 70"
        await pilot.press("enter", "minus")
        assert app.model.state(70) == "rejected"


async def test_a_search_that_finds_nothing(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("slash", "z", "z")
        for _ in range(2):
            assert "nothing found" in text(app)
            assert cursor(app) == ""
            assert_fits(app, NARROW)
            await pilot.press("enter")
        await pilot.press("enter", "x", "space", "2", "ctrl+z", "down", "end", "pageup")
        await pilot.press("right_square_bracket")
        assert states(app) == "····"
        await pilot.press("escape")
        assert cursor(app) == "bệnh viện"
        assert "nothing found" not in text(app)


async def test_an_undo_of_a_row_the_search_hides_is_told(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("enter", "slash", *"nurse", "enter", "ctrl+z")
        assert (states(app), cursor(app)) == ("····", "y tá")
        assert "bệnh viện" in text(app).split("\n")[-2]


@pytest.mark.parametrize("way", ["tab", "click"])
async def test_no_key_is_lost_when_the_search_line_is_left_another_way(
    way: str, tmp_path: Path
) -> None:
    """By Tab or by a click on what was found: the next key is typed, or decides."""
    async with running(tmp_path) as (app, pilot):
        await pilot.press("slash", *"nurse")
        if way == "tab":
            await pilot.press("tab")
        else:
            await pilot.click("#queue", offset=(5, 0))
        await pilot.press("minus")
        assert states(app) == "··✗·" or app.query_one("#find", Input).value == "nurse-"


# --- what is decided is on disk


@pytest.mark.parametrize("key", ["enter", "2", "minus", "space", "ctrl+z", "ctrl+y"])
async def test_after_each_decision_the_journal_holds_it(key: str, tmp_path: Path) -> None:
    action = {"minus": "reject", "space": "skip", "ctrl+z": "undo", "ctrl+y": "redo"}.get(
        key, "accept"
    )
    async with running(tmp_path) as (app, pilot):
        await pilot.press("2", *["ctrl+z"] * (action == "redo"))
        await pilot.press(key)
        last = read_journal(journal_path(tmp_path, "lan")).events[-1]
        assert last.action == action
        assert last.vi == ("bệnh viện" if action in ("undo", "redo") else "bác sĩ")
        assert f"saved ✓ {NOW:%H:%M:%S}" in text(app).split("\n")[0]


async def test_nothing_is_painted_before_it_is_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []
    whole = paint.queue_line

    def line(model: ReviewModel, row: int, width: int, *, here: bool) -> object:
        kept = {one.vi for one in read_journal(journal_path(tmp_path, "lan")).events}
        if model.state(row) != "new":
            assert model.rows[row].vi in kept
            painted.append(GLYPHS[model.state(row)])
        return whole(model, row, width, here=here)

    monkeypatch.setattr(paint, "queue_line", line)
    async with running(tmp_path) as (_, pilot):
        await pilot.press("enter", "minus", "space", "ctrl+z", "ctrl+y")
    assert {*painted} == {"✓", "✗", "?"}


@pytest.mark.parametrize("key", ["enter", "minus", "ctrl+z"])
async def test_a_full_disk_is_told_and_the_cursor_stays(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("enter")

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(Journal, "_write", full)
            await pilot.press(key)
            message = text(app).split("\n")[-2]
            assert "No space left" in message
            assert "^Z undo" not in message
            assert (states(app), cursor(app)) == ("✓···", "bác sĩ")
        await pilot.press("minus")
        assert states(app) == "✓✗··", "it goes on once there is room"


async def test_read_only_looks_and_decides_nothing(tmp_path: Path) -> None:
    async with running(tmp_path, read_only=True) as (app, pilot):
        assert "read only" in text(app).split("\n")[0]
        for key in ("enter", "2", "minus", "space"):
            await pilot.press(key)
            assert "read only" in text(app).split("\n")[-2]
            assert (states(app), cursor(app)) == ("····", "bệnh viện")
        await pilot.press("down")
        assert cursor(app) == "bác sĩ"
    assert not list(tmp_path.iterdir())


# --- what stands on the screen


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=str)
async def test_the_screen_holds_everything_whole(size: tuple[int, int], tmp_path: Path) -> None:
    async with running(tmp_path, size=size) as (app, pilot):
        await pilot.press("down", "minus", "up", "up")
        shown = text(app)
        lines = shown.split("\n")
        assert_fits(app, size)
        assert "du-an" in lines[0]
        assert "lan" in lines[0]
        assert "saved ✓ 09:30:00" in lines[0]
        assert "1/4" in lines[1]
        for mark in "✓✗?!":
            assert mark in lines[1]
        for one in SHORT:
            assert any(
                f" {one.vi} " in line and f" {one.en} " in line and "12 0.90" in line
                for line in lines
            ), one.vi
        assert "bệnh viện · 12 uses, 2 documents" in shown
        for number, choice in enumerate(app.model.choices(0), 1):
            assert any(
                f"{number} {choice.en} " in line and f"{choice.probability:.2f}" in line
                for line in lines
            ), choice.en
        assert "⟦bệnh viện⟧" in shown
        assert "⟦hospital⟧" in shown
        assert "soi-0 sentence 4" in shown
        assert "measles-0 sentence 4" in shown
        assert "aligned" in shown
        assert "term · parallel · probability 0.90" in shown
        assert lines[-1].split() == [word for pair in key_line() for word in pair]
        assert "…" not in shown


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=str)
async def test_both_terms_are_underlined_and_nothing_else_is(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with running(tmp_path, [row("bệnh viện", "hospital", examples=1)], size) as (app, _):
        marked = [
            one.text for line in strips(app) for one in line if one.style and one.style.underline
        ]
        assert sorted(marked) == ["⟦bệnh viện⟧", "⟦hospital⟧"]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=str)
async def test_a_decision_shows_in_words_not_in_colour_alone(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with running(tmp_path, size=size) as (app, pilot):
        await pilot.press("2", "minus", "space")
        lines = text(app).split("\n")
        for vi, mark in (("bệnh viện", "✓"), ("bác sĩ", "✗"), ("y tá", "?"), ("sởi", "·")):
            assert any(f"{mark} {vi} " in line for line in lines), vi
        assert "2/4" in lines[1]
        assert "✓ 1" in lines[1]
        await pilot.press("home")
        lines = text(app).split("\n")
        assert any("✓2 infirmary" in line for line in lines), "the chosen one is marked"
        assert any("accept by lan, 2026-11-22" in line for line in lines) or size == NARROW


async def test_the_least_screen_shows_the_queue_and_fits(tmp_path: Path) -> None:
    async with running(tmp_path, size=LEAST) as (app, pilot):
        assert_fits(app, LEAST)
        shown = text(app)
        assert "▶" in shown
        assert "1 hospital" in shown
        assert "lan" in shown.split("\n")[0]
        await pilot.press("minus")
        assert states(app) == "✗···"
        assert "rejected" in text(app)


async def test_the_least_screen_has_its_key_line_whole(tmp_path: Path) -> None:
    async with running(tmp_path, size=LEAST) as (app, _):
        last = text(app).split("\n")[-1]
        assert "Enter Accept" in last
        assert "? Keys" in last


async def test_the_least_screen_shows_both_marked_terms(tmp_path: Path) -> None:
    """Sentences of a usual length: 120 characters."""
    one = row("bệnh viện", "hospital", examples=0)
    pair = Example(
        place("soi", "Theo báo cáo của Sở Y tế tỉnh, trong tuần qua đã có hơn hai trăm trẻ em"
              " được đưa tới các ", "bệnh viện", " để khám và điều trị."),
        place("measles", "According to the provincial Department of Health, more than two hundred"
              " children were taken to ", "hospital", " last week."),
        0.9,
    )  # fmt: skip
    async with running(tmp_path, [replace(one, examples=(pair,))], LEAST) as (app, _):
        shown = text(app)
        assert "⟦bệnh viện⟧" in shown
        assert "⟦hospital⟧" in shown


@pytest.mark.parametrize("size", [(59, 18), (60, 17), (59, 17), (200, 10), (20, 60)], ids=str)
async def test_a_screen_too_small_says_so_and_shows_nothing_else(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with running(tmp_path, size=size) as (app, _):
        assert_fits(app, size)
        assert " ".join(text(app).split()) == "the review needs 60 columns and 18 lines"


@pytest.mark.parametrize("size", [(1, 1), (2, 18), (60, 1)], ids=str)
async def test_no_screen_is_too_small_to_live(size: tuple[int, int], tmp_path: Path) -> None:
    async with running(tmp_path, size=size) as (app, pilot):
        assert_fits(app, size)
        await pilot.resize_terminal(*NARROW)
        await pilot.pause()
        assert cursor(app) == "bệnh viện"


@pytest.mark.parametrize(
    "size",
    [
        WIDE,
        NARROW,
        pytest.param(LEAST),
    ],
    ids=str,
)
async def test_the_help_lists_every_key(size: tuple[int, int], tmp_path: Path) -> None:
    async with running(tmp_path, size=size) as (app, pilot):
        await pilot.press("f1")
        await pilot.pause()
        assert_fits(app, size)
        seen = text(app)
        await pilot.press("end")  # a low screen scrolls
        await pilot.pause(0.3)
        lines = [" ".join(line.split()) for line in (seen + "\n" + text(app)).split("\n")]
        for keys, told in key_help():
            assert any(f" {keys} {told} " in f"{line} " for line in lines), told


def test_the_help_names_every_action_and_its_letters() -> None:
    told = key_help()
    for key in KEYS:
        if key.action.startswith("choose"):
            continue
        [line] = [keys for keys, what in told if what == key.help]
        assert line.split() == [key.shown, *key.letters]
    assert [keys for keys, _ in told].count("1-9") == 1


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=str)
async def test_a_long_project_name_leaves_room_for_saved(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with running(tmp_path, size=size, project="dự-án-" * 30) as (app, pilot):
        await pilot.press("enter")
        head = text(app).split("\n")[0]
        assert "lan" in head
        assert "saved ✓" in head


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=str)
async def test_big_numbers_fit(size: tuple[int, int], tmp_path: Path) -> None:
    big = row("bệnh viện", "hospital", count=123_456, documents=tuple(map(str, range(10_000))))
    async with running(tmp_path, [big, *SHORT[1:]], size) as (app, pilot):
        app.model.counts.update(accepted=12_301, rejected=11_801, skipped=11_112, conflict=11_094)
        app.model.rows += SHORT * 10_000
        app.model.decided_here = 1_000
        app._paint_head()
        await pilot.pause()
        head = text(app).split("\n")[1]
        for part in ("24,102/40,004", "✓ 12,301", "✗ 11,801", "? 11,112", "! 11,094"):
            assert part in head
        assert "bệnh viện · 123,456 uses, 10000 documents" in text(app)


@pytest.mark.parametrize(
    ("size", "length"),
    [
        (NARROW, 200),
        pytest.param(
            NARROW,
            250,
        ),
        (WIDE, 400),
        pytest.param(
            WIDE,
            10_000,
        ),
    ],
)
async def test_both_terms_are_seen_in_long_sentences(
    size: tuple[int, int], length: int, tmp_path: Path
) -> None:
    """The term stands at the end of each."""
    filler = "và còn nhiều việc khác nữa " * 400
    english = "and many other things as well " * 400
    pair = Example(
        place("v", filler[:length], " bệnh viện", "."),
        place("e", english[:length], " hospital", "."),
        0.9,
    )
    one = replace(row("bệnh viện", "hospital"), examples=(pair,))
    async with running(tmp_path, [one, *SHORT[1:]], size) as (app, _):
        assert_fits(app, size)
        shown = " ".join(text(app).replace("│", " ").split())
        assert shown.count("⟧") == 2


async def test_the_next_sentences_come_round(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        for number in (2, 3, 1):
            await pilot.press("right_square_bracket")
            assert f"In context {number} of 3" in text(app)
            assert f"soi-{number - 1} sentence" in text(app)
        await pilot.press("left_square_bracket", "down")
        assert "In context 1 of 3" in text(app), "another row begins at its first"


@pytest.mark.parametrize(
    "size",
    [
        WIDE,
        pytest.param(NARROW),
    ],
    ids=str,
)
async def test_a_row_without_sentences_says_so(size: tuple[int, int], tmp_path: Path) -> None:
    async with running(tmp_path, [row("bệnh viện", "hospital", examples=0)], size) as (app, pilot):
        await pilot.press("right_square_bracket", "left_square_bracket")
        assert "no sentence is kept" in " ".join(text(app).replace("│", " ").split())


async def test_sentences_that_stand_in_no_bead_are_told_apart(tmp_path: Path) -> None:
    one = row("bệnh viện", "hospital")
    examples = (replace(one.examples[0], probability=None),)
    async with running(tmp_path, [replace(one, examples=examples)]) as (app, _):
        assert "not aligned" in text(app)


# --- another size


WAY = [WIDE, NARROW, WIDE, LEAST, NARROW, (59, 17), NARROW, (10, 3), WIDE]
"""From size to size."""


def panes(shown: str) -> list[str]:
    """The screen without its first two lines and the queue, which may be scrolled otherwise."""
    lines = shown.split("\n")[2:]
    side = lines[0].rfind("╭")
    if side > 0:
        return [line[side:] for line in lines]
    first = next((at for at, line in enumerate(lines) if line.startswith("─")), 0)
    return lines[first:]


@pytest.fixture(scope="module")
def resized(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], dict[Any, str]]:
    """The screens along `WAY`, and those of reviews begun at each of its sizes; row 12."""
    folder = tmp_path_factory.mktemp("resized")

    async def walk(way: Sequence[tuple[int, int]]) -> list[str]:
        shown = []
        async with running(folder, LONG, way[0], read_only=True) as (app, pilot):
            await app.run_action("move(12)")
            for size in way:
                await pilot.resize_terminal(*size)
                await pilot.pause()
                shown.append(text(app))
        return shown

    return asyncio.run(walk(WAY)), {size: asyncio.run(walk([size]))[0] for size in {*WAY}}


@pytest.mark.parametrize("step", range(1, len(WAY)), ids=lambda one: f"{WAY[one - 1]} {WAY[one]}")
def test_after_a_resize_everything_is_as_if_begun_so(
    step: int, resized: tuple[list[str], dict[Any, str]]
) -> None:
    shown, fresh = resized[0][step], resized[1][WAY[step]]
    assert [cell_len(line) for line in shown.split("\n")] == [WAY[step][0]] * WAY[step][1]
    assert panes(shown) == panes(fresh)
    if WAY[step] >= LEAST:
        [line] = [line for line in shown.split("\n") if "▶" in line]
        assert "từ số 12" in line, "the cursor is on screen"


@pytest.mark.parametrize(
    "step",
    [step for step in range(1, len(WAY)) if WAY[step] >= LEAST],
    ids=lambda one: f"{WAY[one - 1]} {WAY[one]}",
)
def test_after_a_resize_the_head_is_as_if_begun_so(
    step: int, resized: tuple[list[str], dict[Any, str]]
) -> None:
    shown, fresh = resized[0][step], resized[1][WAY[step]]
    assert shown.split("\n")[:2] == fresh.split("\n")[:2]


@pytest.mark.parametrize("size", [NARROW, (59, 17)], ids=str)
async def test_a_resize_under_the_help_reaches_the_review(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with running(tmp_path, LONG, WIDE) as (app, pilot):
        await pilot.press("f1")
        await pilot.resize_terminal(*size)
        await pilot.press("escape")
        await pilot.pause()
        shown = text(app)
    async with running(tmp_path, LONG, size) as (app, pilot):
        assert panes(shown) == panes(text(app))


# --- hostile text


@dataclass(frozen=True)
class Hostile:
    text: str
    seen: str
    """What the heading shows of it, at least."""


HOSTILE = {
    "plain": Hostile("bệnh viện", "bệnh viện"),
    "escapes": Hostile("bệnh\x1b[31m \x1b]0;owned\x07viện\x9b31m \x1b]8;;http://x\x1b\\", "bệnh"),
    "markup": Hostile("[red]bệnh[/red] viện", "[red]bệnh[/red] viện"),
    "markup on": Hostile("[on red]bệnh viện[/]", "[on red]bệnh viện[/]"),
    "markup closing": Hostile("bệnh[/]viện [/red]", "bệnh[/]viện [/red]"),
    "markup open": Hostile("bệnh [viện", "bệnh [viện"),
    "markup link": Hostile("[link=http://x]bệnh[/link]", "[link=http://x]bệnh[/link]"),
    "action": Hostile("[@click=app.leave]bệnh[/]", "[@click=app.leave]bệnh[/]"),
    "variable": Hostile("[$error]bệnh[/] viện", "[$error]bệnh[/] viện"),
    "opacity": Hostile("[$accent 50%]bệnh viện", "[$accent 50%]bệnh"),
    "capital": Hostile("[Red]bệnh viện", "[Red]bệnh viện"),
    "brackets": Hostile("vắc xin [BCG]", "vắc xin [BCG]"),
    "escaped": Hostile("\\[red]bệnh viện", " \\[red]bệnh viện"),
    "backslash": Hostile("bệnh viện\\", "bệnh viện\\"),
    "tab": Hostile("bệnh\tviện", "bệnh"),
    "line": Hostile("bệnh\nviện\r\n", "viện"),
    "odd lines": Hostile("bệnh\x0bviện\x0c\x85", "bệnh"),
    "bidi": Hostile("bệnh\u202eviện\u2066x\u2069", "bệnhviệnx"),
    "wide": Hostile("病院" * 40, "病院病院"),
    "combining": Hostile("e\u0302\u0301" * 60, "e\u0302\u0301" * 5),
    "heaped": Hostile("e" + "\u0301" * 300 + " viện", "e"),
    "zero width": Hostile("bệ\u200bnh\u200d vi\ufeffện", "nh"),
    "emoji": Hostile("👩‍⚕️ 🇻🇳 ❤️ bệnh viện", "viện"),
    "long": Hostile("bệnh " * 2_000, "bệnh bệnh"),
    "long word": Hostile("x" * 10_000, "xxxxx"),
}


def hostile_row(evil: str) -> Candidate:
    """A row that holds *evil* wherever a page's text goes."""
    before, after = evil[:1_000], evil[-1_000:]
    example = Example(
        place(f"v{before}", f"Trước {before} ", evil, f" sau {after}"),
        place(f"e{before}", f"Before {before} ", f"h{evil}", f" after {after}"),
        0.9,
    )
    return replace(row(evil, f"h{evil}", f"alt{evil}"), examples=(example,))


STEERING = {*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


@dataclass(frozen=True)
class Walk:
    """The screen with the cursor on a row that was just accepted."""

    lines: list[list[Segment]]
    mark: str

    @property
    def looks(self) -> set[object]:
        """Every pair of colours."""
        # Scroll bars are left out: their ends are half cells in colours of their own.
        return {
            (one.style.color, one.style.bgcolor)
            for one in self.segments
            if one.style and not any(key.startswith("@mouse") for key in one.style.meta)
        }

    @property
    def segments(self) -> list[Segment]:
        return [one for line in self.lines for one in line]


async def walk(folder: Path, evils: dict[str, str], size: tuple[int, int]) -> dict[str, Walk]:
    """One review of a row each, and of others that claim the same English forms."""
    rows = [hostile_row(evil) for evil in evils.values()]
    rows += [row(f"bạn {n}", one.en) for n, one in enumerate(rows)]
    found = {}
    async with running(folder, rows, size) as (app, pilot):
        for at, name in enumerate(evils):
            await app.run_action(f"move({at - app._place})")
            await app.run_action("choose(1)")
            await app.run_action(f"move({at - app._place})")
            await pilot.pause()
            found[name] = Walk(strips(app), states(app)[at])
    return found


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, tuple[int, int]], Walk]:
    """All hostile rows by name and size; those of ``plain`` among none but plain ones."""
    evils = {name: one.text for name, one in HOSTILE.items() if name != "plain"}
    tame = {
        name: f"{HOSTILE['plain'].text} {n}"
        for n, name in enumerate(("plain", "plainer", "plainest"))
    }
    found = {}
    for size in (WIDE, NARROW):
        folder = tmp_path_factory.mktemp("hostile")
        for name, one in asyncio.run(walk(folder, evils, size)).items():
            found[name, size] = one
        folder = tmp_path_factory.mktemp("tame")
        found["plain", size] = asyncio.run(walk(folder, tame, size))["plain"]
    return found


@pytest.mark.parametrize(
    ("name", "size"),
    [
        pytest.param(
            name,
            size,
            id=f"{name} {size[0]}",
        )
        for name, one in HOSTILE.items()
        for size in (WIDE, NARROW)
    ],
)
def test_hostile_text_neither_breaks_a_line_nor_colours_anything(
    name: str, size: tuple[int, int], walked: dict[tuple[str, tuple[int, int]], Walk]
) -> None:
    one = walked[name, size]
    assert one.mark == "✓"
    assert [sum(cell_len(part.text) for part in line) for line in one.lines] == (
        [size[0]] * size[1]
    )
    assert not {ord(c) for part in one.segments for c in part.text} & STEERING
    assert one.looks <= walked["plain", size].looks, "no colour that plain text has not"
    styles = [part.style for part in one.segments if part.style]
    assert not [style for style in styles if style.link or "@click" in style.meta]
    lines = ["".join(part.text for part in line) for line in one.lines]
    at = 2 if size == WIDE else next(n for n, line in enumerate(lines) if line.startswith("─"))
    assert HOSTILE[name].seen in lines[at].rpartition("╭")[2]


@pytest.mark.parametrize(
    "project",
    [
        "[red]x",
        "[$error]x",
        *(
            pytest.param(
                name,
            )
            for name in ("d\x1b[31mred", "\u202eevil", "a\nb")
        ),
    ],
    ids=ascii,
)
async def test_a_hostile_folder_name_is_only_text(project: str, tmp_path: Path) -> None:
    async with running(tmp_path, size=NARROW, project=project) as (app, _):
        assert_fits(app, NARROW)
        head = text(app).split("\n")[0]
        assert not {ord(one) for one in head} & STEERING
        assert "lan" in head


@pytest.mark.parametrize(
    "query",
    [
        "[red]",
        "[/]",
        "\\",
        "病院" * 60,
        "x" * 500,
        pytest.param(
            "[$error]y",
        ),
        pytest.param(
            "[Y]",
        ),
    ],
)
async def test_a_hostile_query_is_only_text(query: str, tmp_path: Path) -> None:
    async with running(tmp_path, size=WIDE) as (app, pilot):
        await pilot.press("slash")
        app.query_one("#find", Input).value = query
        await pilot.pause()
        assert app.model.query == query
        assert_fits(app, WIDE)
        assert f'Queue "{query[:8]}' in text(app)


# --- many rows


MANY = [Candidate(f"từ {n}", f"w {n}", 0.9, "term", 1, (), (), (), "both") for n in range(20_000)]
FEW = 3
"""Lines: the one that was left, the one that was reached, and one to spare."""


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rows whose lines were painted, as they are."""
    found: list[int] = []
    whole = paint.queue_line

    def line(model: ReviewModel, row: int, width: int, *, here: bool) -> object:
        found.append(row)
        return whole(model, row, width, here=here)

    monkeypatch.setattr(paint, "queue_line", line)
    return found


@pytest.mark.parametrize(
    "actions",
    [
        pytest.param(["move(1)", "move(1)", "move(-1)"], id="moves"),
        pytest.param(
            ["reject", "choose(1)", "skip"],
            id="decisions",
        ),
    ],
)
async def test_of_many_rows_each_step_paints_only_a_few(
    actions: list[str], tmp_path: Path, painted: list[int]
) -> None:
    async with running(tmp_path, MANY, WIDE) as (app, pilot):
        page = app._queue.page
        assert len(painted) <= 4 * page, "of 20,000 rows those on screen are painted"
        for top in (0, 10_000):
            await app.run_action(f"move({top})")
            await app.run_action("move(-10)")
            await pilot.pause()
            for action in actions:
                painted.clear()
                await app.run_action(action)
                await pilot.pause()
                assert 0 < len(painted) <= FEW, action


async def test_of_many_rows_no_decision_paints_more_than_the_screen_holds(
    tmp_path: Path, painted: list[int]
) -> None:
    async with running(tmp_path, MANY, WIDE) as (app, pilot):
        await app.run_action("move(10000)")
        await pilot.pause()
        for action in ("reject", "choose(1)", "skip", "undo", "redo", "edge(1)", "page(-1)"):
            painted.clear()
            await app.run_action(action)
            await pilot.pause()
            assert 0 < len(painted) <= 2 * app._queue.page, action


async def test_what_is_painted_line_by_line_is_what_a_whole_paint_shows(tmp_path: Path) -> None:
    """Far down a long list, where places on the screen are not those of the list."""
    async with running(tmp_path, LONG, WIDE) as (app, pilot):
        await go(app, pilot, 60)
        await pilot.press("minus", "2", "enter", "space", "k", "k", "j", "x", "ctrl+z")
        await pilot.pause()
        before = text(app)
        assert app._queue.scroll_offset.y > 0
        app.refresh(layout=True)
        app._queue.refresh()
        await pilot.pause()
        assert text(app) == before
