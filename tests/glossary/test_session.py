"""A session: decisions outlive kill -9, hand edits win, one process writes."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from align.model import SongnguError
from glossary import session as session_module
from glossary.concept import Concept, Glossary, Rejected, Term, glossary_of
from glossary.journal import Journal, journal_path, read_journal
from glossary.model import Alternative, Candidate
from glossary.review import Action, Change, Event, accept, reject, skip
from glossary.session import GlossaryLock, Session, current_glossary, write_glossary
from glossary.store import glossary_text, load_glossary, save_glossary

ROOT = Path(__file__).resolve().parents[2]
DAY = datetime.date(2026, 11, 22)
START = datetime.datetime(2026, 11, 22, 9, tzinfo=datetime.UTC)
OLD = Glossary(
    (
        Concept("benh-vien", (Term("vi", "bệnh viện", "preferred"), Term("en", "hospital"))),
        Concept("y-ta", (Term("vi", "y tá"), Term("en", "nurse"))),
    ),
    (Rejected("hôm qua", ("yesterday",)),),
)


class Clock:
    """A second later each time it is asked."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime.datetime:
        self.now += datetime.timedelta(seconds=1)
        return self.now


clock = Clock()


def row(vi: str, *en: str) -> Candidate:
    others = tuple(Alternative(one, 0.4, 1) for one in en[1:])
    return Candidate(vi, en[0], 0.9, "term", 3, ("v",), (), others, "parallel")


HOSPITAL = row("bệnh viện", "hospital", "infirmary")
DOCTOR = row("bác sĩ", "doctor", "physician")
NURSE = row("y tá", "nurse", "orderly")
YESTERDAY = row("hôm qua", "yesterday", "the day before")
ROWS = [HOSPITAL, DOCTOR, NURSE, YESTERDAY]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project whose glossary is `OLD`."""
    save_glossary(OLD, tmp_path)
    return tmp_path


def opened(folder: Path, reviewer: str = "lan", *, read_only: bool = False) -> Session:
    return Session(folder, folder / ".songngu", reviewer, read_only=read_only)


def decide(session: Session, action: Action, one: Candidate, choice: int = 0) -> None:
    if action == "accept":
        changes = accept(session.entries, one, choice, by=session.reviewer, on=DAY)
    elif action == "reject":
        changes = reject(session.entries, one, by=session.reviewer, on=DAY)
    else:
        changes = skip(session.entries, one)
    session.record(Event(action, one.vi, one.en, clock(), changes))


def crashed(folder: Path, *deeds: tuple[Action, Candidate, int], reviewer: str = "lan") -> Glossary:
    """What a session decided before it ended without saving."""
    with opened(folder, reviewer) as session:
        for deed in deeds:
            decide(session, *deed)
        return session.entries.glossary()


def english(glossary: Glossary, vi: str) -> str:
    """The English heading of a Vietnamese term; empty where no concept has it."""
    found = [one for one in glossary if vi in [term.text for term in one.forms("vi")]]
    return found[0].heading("en") if found else ""


def edit(folder: Path, change: Callable[[Concept], Concept]) -> None:
    """Change every concept of the file, as by hand."""
    stored = load_glossary(folder)
    save_glossary(replace(stored, concepts=tuple(map(change, stored.concepts))), folder)


def note(concept: Concept) -> Concept:
    return replace(concept, note="edited by hand")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.is_file()
    }


# --- deciding and saving


def test_what_is_decided_is_in_the_journal_and_once_saved_in_the_file(folder: Path) -> None:
    with opened(folder) as session:
        decide(session, "accept", DOCTOR)
        assert english(session.entries.glossary(), "bác sĩ") == "doctor"
        assert load_glossary(folder) == OLD, "not saved yet"
        assert len(read_journal(journal_path(folder, "lan")).pending) == 1
        assert session.save() == []
        assert english(load_glossary(folder), "bác sĩ") == "doctor"
        assert read_journal(journal_path(folder, "lan")).pending == ()


def test_a_project_without_a_glossary_begins_with_an_empty_one(tmp_path: Path) -> None:
    assert current_glossary(tmp_path) == (Glossary(), [])
    with opened(tmp_path) as session:
        decide(session, "accept", DOCTOR)
        session.save()
    assert len(load_glossary(tmp_path)) == 1


def test_a_session_without_decisions_leaves_the_file_as_it_is(folder: Path) -> None:
    file = folder / "glossary.yaml"
    os.utime(file, ns=(1, 1))
    before = file.stat()
    with opened(folder) as session:
        assert session.save() == []
    after = file.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_is_decided_after_saving_is_saved_too(folder: Path) -> None:
    with opened(folder) as session:
        for i in range(4):
            decide(session, "accept", DOCTOR, i % 2)
            assert session.save() == []
            assert english(load_glossary(folder), "bác sĩ") == ("doctor", "physician")[i % 2]


def test_the_journal_is_written_before_anything_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as session:
        before = session.entries.glossary()

        def full(journal: Journal, event: Event) -> None:
            assert session.entries.glossary() == before
            assert session.history.last is None
            raise SongnguError("no space left")

        monkeypatch.setattr(Journal, "append", full)
        with pytest.raises(SongnguError, match="no space"):
            decide(session, "accept", DOCTOR)
        assert session.entries.glossary() == before
        assert session.history.last is None


# --- undo and redo


def test_everything_can_be_undone_and_redone_across_restarts(folder: Path) -> None:
    deeds: list[tuple[Action, Candidate, int]] = [
        ("accept", DOCTOR, 0), ("reject", HOSPITAL, 0), ("accept", YESTERDAY, 1),
        ("accept", NURSE, 0), ("accept", DOCTOR, 1), ("reject", DOCTOR, 0),
    ]  # fmt: skip
    states = [OLD]
    for deed in deeds:
        states.append(crashed(folder, deed))
    assert len(set(map(glossary_text, states))) == len(states)
    for state in reversed(states[:-1]):
        with opened(folder) as session:
            undone = session.undo(clock())
            assert undone
            assert undone.action == "undo"
            assert session.entries.glossary() == state
    with opened(folder) as session:
        assert session.undo(clock()) is None
        assert session.save() == []
    assert load_glossary(folder) == OLD
    for state in states[1:]:
        with opened(folder) as session:
            assert session.redo(clock())
            assert session.save() == []
        assert load_glossary(folder) == state
    with opened(folder) as session:
        assert session.redo(clock()) is None


def test_a_new_decision_ends_what_could_be_redone(folder: Path) -> None:
    crashed(folder, ("accept", DOCTOR, 0), ("accept", NURSE, 0))
    with opened(folder) as session:
        session.undo(clock())
        decide(session, "reject", HOSPITAL)
    with opened(folder) as session:
        assert session.redo(clock()) is None
        undone = [session.undo(clock()) for _ in range(3)]
        assert [one and one.vi for one in undone] == ["bệnh viện", "bác sĩ", None]


def test_a_skipped_row_stays_skipped_for_its_reviewer(folder: Path) -> None:
    crashed(folder, ("skip", DOCTOR, 0))
    with opened(folder) as session:
        assert session.entries.skipped("bác sĩ")
        session.save()
        assert session.entries.skipped("bác sĩ"), "saving does not bring it back"
    with opened(folder, "minh") as session:
        assert not session.entries.skipped("bác sĩ")
    with opened(folder) as session:
        session.undo(clock())
        assert not session.entries.skipped("bác sĩ")
    with opened(folder) as session:
        assert not session.entries.skipped("bác sĩ")
        session.redo(clock())
        decide(session, "accept", DOCTOR)
        assert not session.entries.skipped("bác sĩ")
        session.undo(clock())
        assert session.entries.skipped("bác sĩ")


def test_an_entry_changed_since_is_not_undone(folder: Path) -> None:
    with opened(folder) as session:
        decide(session, "accept", NURSE)
        session.save()
    edit(folder, note)
    stored = load_glossary(folder)
    with opened(folder) as session:
        with pytest.raises(SongnguError, match="y tá: changed by someone else since"):
            session.undo(clock())
        assert session.entries.glossary() == stored
        assert session.history.last is None, "stepped over, to reach what lies below"
        session.save()
    assert load_glossary(folder) == stored


def test_earlier_decisions_can_be_undone_past_one_that_an_edit_overtook(folder: Path) -> None:
    with opened(folder) as session:
        decide(session, "accept", DOCTOR)
        decide(session, "accept", NURSE)
        session.save()
    edit(folder, lambda one: note(one) if one.id == "y-ta" else one)
    with opened(folder) as session:
        for _ in range(2):
            try:
                session.undo(clock())
            except SongnguError:
                continue
        assert english(session.entries.glossary(), "bác sĩ") == ""


# --- properties of any sequence

_CUT = "the first decision cuts the journal where it ended when the session began, `saved` and all"

_DEEDS = st.sampled_from(["accept", "reject", "skip"])
_STEPS = st.lists(
    st.tuples(_DEEDS, st.sampled_from(ROWS), st.integers(0, 1))
    | st.sampled_from(["undo", "redo", "save", "crash", "torn"]),
    max_size=12,
)  # fmt: skip


@given(steps=_STEPS)
@example(steps=[("accept", HOSPITAL, 0), "crash"])
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_nothing_is_lost_whatever_is_done(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("project")
    save_glossary(OLD, folder)
    session = opened(folder)
    for step in steps:
        if step == "undo":
            session.undo(clock())
        elif step == "redo":
            session.redo(clock())
        elif step == "save":
            assert session.save() == []
        elif step in ("crash", "torn"):
            before, events = session.entries.glossary(), session.history.events
            session.close()
            if step == "torn":
                (folder / "review").mkdir(exist_ok=True)
                with journal_path(folder, "lan").open("ab") as file:
                    file.write(b'{"action": "accept", "vi": "y t')
            session = opened(folder)
            assert session.left_out == []
            assert session.entries.glossary() == before
            assert [one.changes for one in session.history.events] == [
                one.changes for one in events
            ]
        else:
            decide(session, *step)
    after = session.entries.glossary()
    assert session.save() == []
    assert load_glossary(folder) == after
    number = len(session.history.events)
    for _ in range(number):
        session.undo(clock())
    assert session.save() == []
    assert load_glossary(folder) == OLD
    for _ in range(number):
        session.redo(clock())
    assert session.entries.glossary() == after
    session.close()


def test_a_decision_after_saving_what_a_crash_left_keeps_the_mark_of_saving(folder: Path) -> None:
    crashed(folder, ("accept", DOCTOR, 0))
    with opened(folder) as session:
        session.save()
        decide(session, "accept", DOCTOR, 1)
        expected = session.entries.glossary()
        assert read_journal(journal_path(folder, "lan")).saved == 1
        assert session.save() == []
    assert load_glossary(folder) == expected


def test_a_session_that_decides_nothing_makes_no_journal(folder: Path) -> None:
    with opened(folder) as session:
        session.save()
    assert not (folder / "review").exists()


# --- crashes


_REVIEW = """
import datetime, sys
from pathlib import Path
from glossary.model import Candidate
from glossary.review import Event, accept, reject, skip
from glossary.session import Session

folder, saves = Path(sys.argv[1]), int(sys.argv[2])
day = datetime.date(2026, 11, 22)
session = Session(folder, folder / ".songngu", "lan")
for i in range(10_000):
    one = Candidate(f"từ {i}", f"word {i}", 0.9, "term", 3, ("v",), (), (), "parallel")
    if i % 5 == 4:
        changes = reject(session.entries, one, by="lan", on=day)
    else:
        changes = accept(session.entries, one, 0, by="lan", on=day)
    at = datetime.datetime.now(datetime.UTC)
    session.record(Event("reject" if i % 5 == 4 else "accept", one.vi, one.en, at, changes))
    print(i, flush=True)
    if saves and i % saves == saves - 1:
        session.save()
"""


@pytest.fixture
def reviewing(folder: Path) -> Iterator[Callable[[int], subprocess.Popen[str]]]:
    """Starts a process that decides without end and says so each time; killed at the end."""
    started: list[subprocess.Popen[str]] = []

    def start(saves: int) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", _REVIEW, folder, str(saves)],
            cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("saves", [0, 1, 3])
@pytest.mark.parametrize("number", [1, 8, 30])
def test_kill_9_loses_no_confirmed_decision(
    folder: Path, reviewing: Callable[[int], subprocess.Popen[str]], saves: int, number: int
) -> None:
    process = reviewing(saves)
    assert process.stdout
    confirmed = [int(process.stdout.readline()) for _ in range(number)]
    process.kill()
    confirmed += map(int, process.stdout.read().split())
    process.wait()
    with opened(folder) as session:
        assert session.left_out == []
        for i in confirmed:
            found = session.entries.rejected if i % 5 == 4 else session.entries.concept
            assert found(f"từ {i}" if i % 5 == 4 else f"tu-{i}"), i
        made = len(session.history.events)
        assert len(confirmed) <= made <= len(confirmed) + 1
        stored = session.entries.glossary()
        assert len(stored.rejected) + len(stored) == made + 3
        for _ in range(made):
            assert session.undo(clock())
        assert session.save() == []
    assert load_glossary(folder) == OLD


class Killed(BaseException):
    """The process ends here."""


def _kill(*_: object, **__: object) -> None:
    raise Killed


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (os, "fsync"),
        (os, "replace"),
        (session_module, "save_glossary"),
        (session_module, "mark_saved"),
        (Journal, "mark_saved"),
    ],
)
def test_an_end_while_saving_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, place: Any, name: str
) -> None:
    crashed(folder, ("accept", NURSE, 1), reviewer="minh")
    with opened(folder) as session:
        old = load_glossary(folder)
        decide(session, "accept", DOCTOR)
        decide(session, "reject", HOSPITAL)
        expected = session.entries.glossary()
        with monkeypatch.context() as patched, pytest.raises(Killed):
            patched.setattr(place, name, _kill)
            session.save()
    assert load_glossary(folder) in (old, expected), "the old one or the new one"
    with opened(folder) as session:
        assert session.left_out == []
        assert session.entries.glossary() == expected
        assert session.save() == []
    assert load_glossary(folder) == expected


def _saved_but_not_marked(folder: Path) -> None:
    """A crash between writing the file and saying so in the journal."""
    save_glossary(current_glossary(folder)[0], folder)


@pytest.mark.parametrize("action", ["accept", "reject", "undo"])
def test_deciding_again_after_a_crash_while_saving_is_kept(folder: Path, action: str) -> None:
    crashed(folder, ("accept", DOCTOR, 0))
    _saved_but_not_marked(folder)
    with opened(folder) as session:
        if action == "undo":
            session.undo(clock())
        else:
            decide(session, "accept" if action == "accept" else "reject", DOCTOR, 1)
        expected = session.entries.glossary()
        assert session.save() == []
    assert load_glossary(folder) == expected


@pytest.mark.parametrize("reviewers", [["lan", "minh"], ["minh", "lan"], ["lan", "minh", "thu"]])
def test_reviewers_that_crashed_one_after_the_other_lose_nothing(
    folder: Path, reviewers: list[str]
) -> None:
    expected = OLD
    for i, reviewer in enumerate(reviewers):
        expected = crashed(folder, ("accept", DOCTOR, i % 2), reviewer=reviewer)
    assert current_glossary(folder) == (expected, [])


def test_reviewers_that_crashed_in_turns_lose_nothing(folder: Path) -> None:
    expected = OLD
    for i, reviewer in enumerate(["lan", "minh", "lan"]):
        expected = crashed(folder, ("accept", DOCTOR, i % 2), reviewer=reviewer)
    assert current_glossary(folder) == (expected, [])


def test_a_clock_set_back_between_two_reviewers_loses_nothing(folder: Path) -> None:
    clock.now += datetime.timedelta(days=1)
    crashed(folder, ("accept", DOCTOR, 0), reviewer="lan")
    clock.now -= datetime.timedelta(days=1)
    expected = crashed(folder, ("accept", DOCTOR, 1), reviewer="minh")
    assert current_glossary(folder) == (expected, [])


def test_a_torn_journal_of_another_reviewer_does_no_harm(folder: Path) -> None:
    expected = crashed(folder, ("accept", DOCTOR, 0), reviewer="minh")
    with journal_path(folder, "minh").open("ab") as file:
        file.write(b'{"action": "acc')
    with opened(folder) as session:
        assert session.entries.glossary() == expected
        session.save()
    assert load_glossary(folder) == expected
    assert read_journal(journal_path(folder, "minh")).pending == ()


def test_commands_see_what_is_pending_and_save_it(folder: Path) -> None:
    expected = crashed(folder, ("accept", DOCTOR, 0), ("reject", NURSE, 0))
    glossary, left = current_glossary(folder)
    assert (glossary, left) == (expected, [])
    assert load_glossary(folder) == OLD, "looking changes nothing"
    write_glossary(folder, glossary)
    assert load_glossary(folder) == expected
    assert read_journal(journal_path(folder, "lan")).pending == ()


# --- the file edited by hand


def test_an_edit_of_other_entries_is_kept_with_the_decisions(folder: Path) -> None:
    with opened(folder) as session:
        decide(session, "accept", DOCTOR)
        edit(folder, note)
        assert session.save() == []
        assert english(session.entries.glossary(), "bác sĩ") == "doctor"
        assert session.entries.glossary() == load_glossary(folder)
    stored = load_glossary(folder)
    assert [one.note for one in stored] == ["", "edited by hand", "edited by hand"]
    assert english(stored, "bác sĩ") == "doctor"


@pytest.mark.parametrize("restart", [False, True])
def test_an_edit_wins_over_a_decision_on_the_same_entry(folder: Path, restart: bool) -> None:
    session = opened(folder)
    decide(session, "accept", NURSE)
    decide(session, "accept", DOCTOR)
    edit(folder, lambda one: note(one) if one.id == "y-ta" else one)
    if restart:
        session.close()
        session = opened(folder)
        assert [one.key for one in session.left_out] == ["y-ta"]
    told = [one.key for one in session.save()]
    assert told == ([] if restart else ["y-ta"]), "told at the start already, or now"
    stored = load_glossary(folder).by_id()
    assert stored["y-ta"] == note(OLD.by_id()["y-ta"])
    assert list(stored) == ["bac-si", "benh-vien", "y-ta"]
    assert session.save() == [], "told once"
    session.close()


def test_after_a_conflict_the_reviewer_can_decide_anew(folder: Path) -> None:
    with opened(folder) as session:
        decide(session, "accept", NURSE)
        edit(folder, note)
        assert session.save()
        decide(session, "accept", NURSE)
        assert session.save() == []
    after = load_glossary(folder).by_id()["y-ta"]
    assert (after.note, after.decided) == ("edited by hand", True)


def test_after_a_conflict_told_at_the_start_the_reviewer_can_decide_anew(folder: Path) -> None:
    crashed(folder, ("accept", NURSE, 0))
    edit(folder, note)
    with opened(folder) as session:
        assert session.left_out
        decide(session, "accept", NURSE)
        expected = session.entries.glossary()
        session.save()
    assert load_glossary(folder) == expected


@pytest.mark.parametrize(
    ("text", "kept", "why"),
    [
        (glossary_text(Glossary()), {"bac-si"}, "every concept deleted"),
        ("", {"bac-si"}, "the file emptied"),
        (None, {"bac-si"}, "the file gone"),
        ("# moved\n" + glossary_text(OLD).replace("\n", "\r\n"), {"bac-si", "benh-vien", "y-ta"},
         "other line ends"),
    ],
)  # fmt: skip
def test_an_edit_of_the_whole_file(
    folder: Path, text: str | None, kept: set[str], why: str
) -> None:
    crashed(folder, ("accept", DOCTOR, 0))
    if text is None:
        (folder / "glossary.yaml").unlink()
    else:
        (folder / "glossary.yaml").write_bytes(text.encode())
    with opened(folder) as session:
        assert session.left_out == []
        session.save()
    assert set(load_glossary(folder).by_id()) == kept, why


def test_a_file_broken_by_hand_loses_no_decision(folder: Path) -> None:
    file = folder / "glossary.yaml"
    with opened(folder) as session:
        decide(session, "accept", DOCTOR)
        expected = session.entries.glossary()
        file.write_text("concepts: [\n")
        with pytest.raises(SongnguError, match=r"glossary\.yaml:\d+: broken YAML"):
            session.save()
        assert file.read_text() == "concepts: [\n"
        file.write_text(glossary_text(OLD), "utf-8")
        assert session.save() == []
    assert load_glossary(folder) == expected


def test_an_edit_that_takes_the_id_of_a_new_concept_wins(folder: Path) -> None:
    crashed(folder, ("accept", DOCTOR, 0))
    mine = Concept("bac-si", (Term("vi", "bác sĩ"), Term("en", "medic", "preferred")))
    save_glossary(glossary_of({one.id: one for one in (*OLD, mine)}), folder)
    with opened(folder) as session:
        assert [one.key for one in session.left_out] == ["bac-si"]
        session.save()
    assert load_glossary(folder).by_id()["bac-si"] == mine


# --- one process writes


def test_a_second_session_is_refused_with_the_holder(folder: Path) -> None:
    with opened(folder):
        before = tree(folder)
        with pytest.raises(SongnguError) as raised:
            opened(folder, "minh")
        message = str(raised.value)
        assert "\n" not in message
        assert str(folder / "glossary.yaml") in message
        assert f"lan (process {os.getpid()}, since " in message
        assert "read" in message
        assert tree(folder) == before
    with opened(folder, "minh"), pytest.raises(SongnguError, match="minh"):
        GlossaryLock(folder / ".songngu", "songngu import")


def test_another_process_is_refused_and_let_in_when_the_holder_is_killed(
    folder: Path, reviewing: Callable[[int], subprocess.Popen[str]]
) -> None:
    process = reviewing(0)
    assert process.stdout
    process.stdout.readline()
    with pytest.raises(SongnguError, match=rf"lan \(process {process.pid}, since \d\d:\d\d\)"):
        opened(folder, "minh")
    process.kill()
    process.wait()
    with opened(folder, "minh"), pytest.raises(SongnguError, match="minh"):
        opened(folder)


def test_the_lock_is_free_after_an_error(folder: Path) -> None:
    file = folder / "glossary.yaml"
    file.write_text("x\n")
    with pytest.raises(SongnguError, match=r"glossary\.yaml:1"):
        opened(folder)
    save_glossary(OLD, file)
    opened(folder).close()
    (folder / "review").mkdir()
    (folder / "review" / "minh.jsonl").write_text("x\n")
    with pytest.raises(SongnguError, match=r"minh\.jsonl:1: damaged"):
        opened(folder)
    (folder / "review" / "minh.jsonl").unlink()
    opened(folder).close()


def test_a_name_that_cannot_be_a_file_is_refused_before_anything_is_written(folder: Path) -> None:
    before = tree(folder)
    with pytest.raises(SongnguError, match="--reviewer"):
        opened(folder, "../lan")
    assert tree(folder) == before


@pytest.mark.parametrize("obstacle", ["file", "lock"])
def test_a_lock_that_cannot_be_made_is_told(folder: Path, obstacle: str) -> None:
    state = folder / ".songngu"
    if obstacle == "file":
        state.write_text("")
    else:
        (state / "review.lock").mkdir(parents=True)
    with pytest.raises(SongnguError, match=r"review\.lock: cannot be written .* only be read"):
        opened(folder)
    with opened(folder, read_only=True) as session:
        assert session.entries.glossary() == OLD


def test_what_a_former_holder_left_in_the_lock_does_no_harm(folder: Path) -> None:
    (folder / ".songngu").mkdir()
    (folder / ".songngu" / "review.lock").write_bytes(b"\xff\xfe\nold" * 1000)
    with opened(folder), pytest.raises(SongnguError, match=r"lan \(process"):
        opened(folder)


def test_closing_twice_is_harmless(folder: Path) -> None:
    with opened(folder) as session:
        session.close()
    opened(folder).close()


# --- read only


def test_read_only_shows_all_and_writes_nothing(folder: Path) -> None:
    expected = crashed(folder, ("accept", DOCTOR, 0), ("skip", row("nay", "today"), 0))
    with journal_path(folder, "lan").open("ab") as file:
        file.write(b'{"torn')
    with opened(folder, "minh") as writer, opened(folder, read_only=True) as session:
        before = tree(folder)
        assert session.read_only
        assert session.entries.glossary() == expected
        assert session.entries.skipped("nay")
        with pytest.raises(SongnguError, match="read only"):
            decide(session, "accept", NURSE)
        with pytest.raises(SongnguError, match="read only"):
            session.undo(clock())
        assert session.save() == []
        assert session.entries.glossary() == expected
        assert len(session.history.events) == 2
        decide(writer, "accept", NURSE)
    assert {name: tree(folder)[name] for name in before if "lock" not in name} == {
        name: raw for name, raw in before.items() if "lock" not in name
    }


def test_read_only_makes_no_folders(folder: Path) -> None:
    before = sorted(folder.iterdir())
    with opened(folder, read_only=True) as session:
        assert session.entries.glossary() == OLD
        assert session.undo(clock()) is None
    assert sorted(folder.iterdir()) == before


# --- what stands in the way


def test_a_copy_of_a_journal_does_not_hinder_saving(folder: Path) -> None:
    crashed(folder, ("accept", DOCTOR, 0))
    raw = journal_path(folder, "lan").read_bytes()
    (folder / "review" / "lan (copy).jsonl").write_bytes(raw)
    with opened(folder) as session:
        assert session.save() == []
    assert english(load_glossary(folder), "bác sĩ") == "doctor"


def test_a_hostile_form_is_told_in_one_line_or_mended(folder: Path) -> None:
    with opened(folder) as session:
        change = Change("skipped", "a\ud800", None, True)
        try:
            session.record(Event("skip", "a\ud800", "x", clock(), (change,)))
        except SongnguError as error:
            assert "\n" not in str(error)
    with opened(folder) as session:
        assert len(session.history.events) <= 1


def test_nothing_is_recorded_that_could_not_be_read_back(folder: Path) -> None:
    with opened(folder) as session:
        broken = Concept("a", (Term("vi", ""),))
        try:
            session.record(
                Event("accept", "a", "x", clock(), (Change("concept", "a", None, broken),))
            )
        except SongnguError:
            assert session.entries.concept("a") is None
    with opened(folder) as session:
        assert session.entries.glossary() == OLD
