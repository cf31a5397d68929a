"""The review without a terminal: states, counts, search, undo, and what a full disk does."""

from __future__ import annotations

import contextlib
import datetime
import errno
import io
import os
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from glossary import journal
from glossary.concept import Concept, Glossary, Rejected, Term
from glossary.journal import journal_path, read_journal
from glossary.model import Alternative, Candidate
from glossary.session import Session, current_glossary
from glossary.store import load_glossary, save_glossary
from tui.review.model import GLYPHS, OPEN, ReviewModel, State, Told

START = datetime.datetime(2026, 11, 22, 9, tzinfo=datetime.UTC)


class Clock:
    """So many seconds later each time it is asked."""

    def __init__(self, step: float = 1) -> None:
        self.now = START
        self.step = datetime.timedelta(seconds=step)

    def __call__(self) -> datetime.datetime:
        self.now += self.step
        return self.now


def row(vi: str, *en: str, probability: float = 0.9) -> Candidate:
    """A row with its English forms, the best first."""
    others = tuple(Alternative(one, 0.4, 1) for one in en[1:])
    return Candidate(vi, en[0], probability, "term", 3, ("v",), (), others, "parallel")


OLD = Glossary(
    (
        Concept(
            "viem-gan-b",
            (
                Term("vi", "viêm gan B", "preferred"),
                Term("vi", "viêm gan siêu vi B", "admitted"),
                Term("en", "hepatitis B", "preferred"),
            ),
        ),
        Concept("y-ta", (Term("vi", "y tá"), Term("en", "nurse"))),
    ),
    (Rejected("hôm qua", ("yesterday",)),),
)
"""A name with an alias, a concept nobody decided on, a refusal."""

ROWS = [
    row("bệnh viện", "hospital", "infirmary", "clinic"),
    row("bác sĩ", "doctor", "physician"),
    row("Bác sĩ", "Doctor", "medic"),
    row("nhà thương", "hospitals", "infirmary"),
    row("viêm gan B", "hepatitis B", "hepatitis type B"),
    row("viêm gan siêu vi B", "hepatitis B", "viral hepatitis B"),
    row("y tá", "nurse", "orderly"),
    row("hôm qua", "yesterday"),
    row("đạo đức", "ethics", probability=0.2),
]
"""Two spellings of one term, two rivals for one English form, two names of one concept."""


def opened(folder: Path, *, read_only: bool = False) -> Session:
    return Session(folder, folder / ".songngu", "lan", read_only=read_only)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project whose glossary is `OLD`."""
    save_glossary(OLD, tmp_path)
    return tmp_path


@pytest.fixture
def session(folder: Path) -> Iterator[Session]:
    with opened(folder) as one:
        yield one


def review(session: Session, *rows: Candidate) -> ReviewModel:
    return ReviewModel(session, rows or ROWS, now=Clock())


def states(model: ReviewModel) -> list[State]:
    return [model.state(one) for one in range(len(model.rows))]


def do(model: ReviewModel, deed: str, row: int = 0) -> Told:
    """One intent by its word; a number accepts the translation with this number."""
    if deed in ("undo", "redo"):
        return model.undo() if deed == "undo" else model.redo()
    if deed in ("reject", "skip"):
        return model.reject(row) if deed == "reject" else model.skip(row)
    return model.accept(row, int(deed) - 1)


# --- states


def test_each_state_is_told_by_a_mark_of_its_own() -> None:
    assert len({*GLYPHS.values()}) == len(GLYPHS)
    assert all(len(mark) == 1 for mark in GLYPHS.values())


def test_at_the_start_each_row_is_what_the_glossary_says(session: Session) -> None:
    model = review(session)
    assert dict(zip([one.vi for one in model.rows], states(model), strict=True)) == {
        "bệnh viện": "conflict",  # its best form is that of nhà thương too, but for a plural
        "bác sĩ": "new",
        "Bác sĩ": "new",  # the same term in other letters is no rival
        "nhà thương": "conflict",
        "viêm gan B": "accepted",
        "viêm gan siêu vi B": "accepted",  # an alias of the one before
        "y tá": "new",  # in the glossary, but nobody has decided
        "hôm qua": "rejected",
        "đạo đức": "new",
    }
    assert model.decided == 3


@pytest.mark.parametrize(
    ("deeds", "state", "english"),
    [
        (["1"], "accepted", "hospital"),
        (["2"], "accepted", "infirmary"),
        (["2", "3"], "accepted", "clinic"),  # the last choice counts
        (["reject"], "rejected", "hospital"),
        (["skip"], "skipped", "hospital"),
        (["skip", "skip"], "skipped", "hospital"),
        (["skip", "2"], "accepted", "infirmary"),
        (["2", "skip"], "accepted", "infirmary"),  # what is decided cannot be put off
        (["reject", "skip"], "rejected", "hospital"),
        (["reject", "2"], "accepted", "infirmary"),  # minds change
        (["2", "reject"], "rejected", "hospital"),
        (["2", "undo"], "conflict", "hospital"),
        (["skip", "undo"], "conflict", "hospital"),
        (["2", "reject", "undo"], "accepted", "infirmary"),
        (["2", "undo", "redo"], "accepted", "infirmary"),
        (["2", "undo", "3", "redo"], "accepted", "clinic"),  # nothing is left to redo
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else value,
)
def test_what_comes_of_each_intent(
    deeds: list[str], state: State, english: str, session: Session
) -> None:
    model = review(session)
    for deed in deeds:
        do(model, deed)
    assert (model.state(0), model.english(0)) == (state, english)
    assert model.counts == Counter(states(model))


def test_one_decision_counts_for_every_spelling_of_the_term(session: Session) -> None:
    model = review(session)
    model.accept(1, 1)
    assert [model.state(1), model.state(2)] == ["accepted", "accepted"]
    assert model.english(2) == "physician"
    model.undo()
    assert [model.state(1), model.state(2)] == ["new", "new"]


@pytest.mark.parametrize("choice", [-1, 2, 8, 10**9])
def test_a_choice_that_is_not_offered_changes_nothing(choice: int, session: Session) -> None:
    model = review(session)
    before = states(model)
    told = model.accept(1, choice)
    assert (told.ok, told.row) == (False, 1)
    assert str(choice + 1) in told.text
    assert states(model) == before
    assert not session.history.events


def test_what_is_told_names_the_deed_and_both_forms(session: Session) -> None:
    model = review(session)
    for deed, word in (
        ("2", "accepted"), ("undo", "undone"), ("redo", "done again"), ("reject", "rejected"),
    ):  # fmt: skip
        told = do(model, deed)
        assert (told.ok, told.row) == (True, 0)
        assert word in told.text
        assert "bệnh viện" in told.text
    assert do(model, "redo") == Told("nothing to redo", None, ok=False)


def test_with_nothing_done_there_is_nothing_to_undo(session: Session) -> None:
    assert review(session).undo() == Told("nothing to undo", None, ok=False)


# --- conflicts


@pytest.mark.parametrize(
    ("rows", "marked"),
    [
        ([row("a", "x"), row("b", "x")], "!!"),
        ([row("a", "x"), row("b", "y")], "··"),
        ([row("a", "the ministry"), row("b", "Ministries")], "!!"),  # article, case, plural
        ([row("a", "WHO"), row("b", "who")], "··"),  # an acronym is no word
        ([row("a", "x"), row("A", "x")], "··"),  # one term, two spellings
        ([row("a", "y", "x"), row("b", "x")], "··"),  # only the best form claims
        ([row("a", "x", probability=0.1), row("b", "x")], "··"),  # too unlikely to count
        ([row("a", "x"), row("b", "x"), row("c", "x")], "!!!"),
    ],
)
def test_rows_that_claim_one_english_form_are_in_conflict(
    rows: list[Candidate], marked: str, tmp_path: Path
) -> None:
    with opened(tmp_path) as session:
        model = review(session, *rows)
        assert "".join(GLYPHS[one] for one in states(model)) == marked
        for index, one in enumerate(rows):
            assert one.vi not in model.rivals(index)
            assert bool(model.rivals(index)) == (model.state(index) == "conflict")


def test_a_conflict_that_is_decided_is_none_any_more(session: Session) -> None:
    model = review(session)
    model.accept(0)
    assert model.state(0) == "accepted"
    assert model.rivals(0) == ["nhà thương"], "what speaks against it is still told"
    assert model.state(3) == "conflict"


# --- aliases: the row's form is one name of a concept among others


ALIAS, MAIN = 5, 4


def names(model: ReviewModel, row: int) -> dict[str, str | None]:
    concept = model.concept(row)
    return {term.text: term.status for term in concept.terms} if concept else {}


def test_an_alias_shows_the_preferred_english_form_of_its_concept(session: Session) -> None:
    model = review(session)
    assert model.concept(ALIAS) == model.concept(MAIN)
    assert model.english(ALIAS) == "hepatitis B"


def test_a_choice_for_an_alias_is_admitted_and_the_preferred_form_stays(session: Session) -> None:
    model = review(session)
    model.accept(ALIAS, 1)
    assert names(model, MAIN) == {
        "viêm gan B": "preferred", "viêm gan siêu vi B": "admitted",
        "hepatitis B": "preferred", "viral hepatitis B": "admitted",
    }  # fmt: skip
    assert [model.state(MAIN), model.state(ALIAS)] == ["accepted", "accepted"]


def test_a_refused_alias_leaves_the_concept_its_other_name(session: Session) -> None:
    model = review(session)
    before = session.entries.glossary()
    model.reject(ALIAS)
    assert [model.state(MAIN), model.state(ALIAS)] == ["accepted", "rejected"]
    assert names(model, MAIN) == {"viêm gan B": "preferred", "hepatitis B": "preferred"}
    model.undo()
    assert session.entries.glossary() == before
    assert [model.state(MAIN), model.state(ALIAS)] == ["accepted", "accepted"]


def test_a_refused_main_name_leaves_the_alias(session: Session) -> None:
    model = review(session)
    model.reject(MAIN)
    assert [model.state(MAIN), model.state(ALIAS)] == ["rejected", "accepted"]


# --- which row comes next


@pytest.mark.parametrize(
    ("marks", "at", "following", "reason"),
    [
        ("····", 0, 1, "the next one"),
        ("·✓✗·", 0, 3, "decided ones are passed over"),
        ("·✓✓✓", 3, 0, "after the last from the top"),
        ("·?··", 0, 2, "skipped ones come last"),
        ("✓?✓?", 1, 3, "skipped ones, when nothing else is left"),
        ("?✓✓✓", 2, 0, "skipped ones, from the top too"),
        ("··?·", 3, 0, "a new one above comes before a skipped one"),
        ("✓✓✗✓", 1, None, "nothing is left"),
        ("✓✓·✓", 2, None, "the row itself is not the next one"),
    ],
)
def test_the_next_row_is_an_open_one(
    marks: str, at: int, following: int | None, reason: str, tmp_path: Path
) -> None:
    rows = [row(f"từ {one}", f"word {one}") for one in "abcd"]
    deeds = {"✓": "1", "✗": "reject", "?": "skip"}
    with opened(tmp_path) as session:
        model = review(session, *rows)
        for index, mark in enumerate(marks):
            if mark in deeds:
                do(model, deeds[mark], index)
        assert "".join(GLYPHS[one] for one in states(model)) == marks
        assert model.next_open(at) == following, reason


def test_the_next_row_is_one_of_those_the_search_leaves(session: Session) -> None:
    model = review(session)
    model.search("bac si")
    assert model.next_open(1) == 2
    assert model.next_open(0) == 1, "from a row the search hides, the first of those it leaves"
    model.accept(1)
    assert model.next_open(1) is None


def test_of_one_row_or_of_none_there_is_no_next(session: Session) -> None:
    model = review(session)
    model.search("benh vien")
    assert model.next_open(0) is None
    model.search("zzz")
    assert model.next_open(0) is None


def test_going_on_as_long_as_there_is_a_next_decides_everything(session: Session) -> None:
    model = review(session)
    at: int | None = 0
    for _ in range(len(ROWS)):
        if at is None:
            break
        model.accept(at)
        at = model.next_open(at)
    assert at is None
    assert model.decided == len(ROWS)


# --- search


WORDS = [
    row("bác sĩ", "doctor"),
    row("Đạo đức", "ethics"),
    row("dao mổ", "scalpel"),
    row("hòa bình", "peace"),
    row("hoà giải", "mediation"),
    row("Bộ Y tế", "Ministry of Health"),
    row(unicodedata.normalize("NFD", "tiêm chủng"), "immunisation"),
    row("bão", "typhoon Đà Nẵng"),
    row("C (vitamin)", "50% [red]"),
]


@pytest.mark.parametrize(
    ("query", "found", "reason"),
    [
        ("bác sĩ", "bác sĩ", "as written"),
        ("bac si", "bác sĩ", "without marks"),
        ("BAC SI", "bác sĩ", "case is nothing, folded"),
        ("BÁC SĨ", "bác sĩ", "case is nothing, exact"),
        ("  bac   si ", "bác sĩ", "spaces are nothing"),
        ("bac\u00a0si", "bác sĩ", "nor is their kind"),
        ("c s", "bác sĩ", "parts of words"),
        ("dao duc", "Đạo đức", "đ is found as d"),
        ("dao", "Đạo đức|dao mổ", "letters without marks find both"),
        ("đạo", "Đạo đức", "with marks exactly those"),
        ("ĐẠO", "Đạo đức", "in capitals too"),
        ("đao", "", "another mark is another letter"),
        ("đ", "Đạo đức|bão", "đ is no d when it is typed"),
        ("d", "bác sĩ|Đạo đức|dao mổ|hoà giải|bão|C (vitamin)", "d is d and đ, in both languages"),
        ("bác si", "", "one mark typed: all are meant"),
        ("hoa", "hòa bình|hoà giải", "old and new place of the tone"),
        ("hòa", "hòa bình", "the place that was typed"),
        ("hoà", "hoà giải", "the other place"),
        (unicodedata.normalize("NFD", "bác sĩ"), "bác sĩ", "taken apart by some keyboards"),
        (unicodedata.normalize("NFD", "hoà"), "hoà giải", "taken apart and exact"),
        ("tiêm chủng", "tiêm chủng", "a row that is taken apart itself"),
        ("tiem", "tiêm chủng", "and folded"),
        ("ministry of h", "Bộ Y tế", "in English"),
        ("da nang", "bão", "Vietnamese names in English too"),
        ("", "*", "nothing asks for everything"),
        ("   ", "*", "spaces are nothing"),
        ("zzz", "", "nothing is found"),
        ("sĩ doctor", "", "not across the languages"),
        ("si\tdoctor", "", "not by the mark between them either"),
        ("(vit", "C (vitamin)", "no pattern"),
        (".", "", "no pattern either"),
        ("%", "C (vitamin)", "nor that of a database"),
        ("[red]", "C (vitamin)", "no markup"),
    ],
)
def test_search(query: str, found: str, reason: str, tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        model = review(session, *WORDS)
        model.search(query)
        shown = [unicodedata.normalize("NFC", model.rows[one].vi) for one in model.visible]
        every = [unicodedata.normalize("NFC", one.vi) for one in WORDS]
        assert shown == (every if found == "*" else found.split("|") if found else []), reason
        model.search("")
        assert list(model.visible) == list(range(len(WORDS)))


def test_search_hides_rows_and_nothing_else(session: Session) -> None:
    model = review(session)
    before = Counter(model.counts)
    model.search("zzz")
    assert (list(model.visible), model.counts, model.decided) == ([], before, 3)
    assert model.accept(0).ok, "a hidden row can be decided: undo may lead to one"
    assert model.undo().row == 0


# --- any run of intents

DEEDS = st.sampled_from(["1", "2", "3", "reject", "skip"])


class AnyRun(RuleBasedStateMachine):
    """Whatever is done: counts hold, the journal knows it all, undo leads back step by step."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = contextlib.ExitStack()
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        save_glossary(OLD, self.folder)
        self.clock = Clock()
        self.done: list[tuple[Glossary, list[State]]] = []
        self.undone: list[tuple[Glossary, list[State]]] = []
        self.open()

    def open(self) -> None:
        self.session = opened(self.folder)
        self.model = ReviewModel(self.session, ROWS, now=self.clock)
        self.now = self.look()

    def teardown(self) -> None:
        self.session.close()
        self.stack.close()

    def look(self) -> tuple[Glossary, list[State]]:
        return self.session.entries.glossary(), states(self.model)

    @rule(deed=DEEDS, row=st.integers(0, len(ROWS) - 1))
    def decide(self, deed: str, row: int) -> None:
        events = len(self.session.history.events)
        do(self.model, deed, row)
        if len(self.session.history.events) == events:
            assert self.look() == self.now, "what is not recorded changes nothing"
            return
        self.done.append(self.now)
        self.undone.clear()
        self.now = self.look()

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        assert self.model.undo().ok
        self.undone.append(self.now)
        self.now = self.done.pop()

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        assert self.model.redo().ok
        self.done.append(self.now)
        self.now = self.undone.pop()

    @rule(query=st.sampled_from(["", "bac", "viêm", "zzz"]))
    def search(self, query: str) -> None:
        self.model.search(query)

    @rule(saved=st.booleans())
    def come_back(self, saved: bool) -> None:
        """Leave, saved or by a crash, and begin again."""
        before = self.look()
        if saved:
            assert self.session.save() == []
            assert load_glossary(self.folder) == before[0]
        self.session.close()
        self.open()
        assert self.look() == before

    @invariant()
    def everything_is_as_the_last_deed_left_it(self) -> None:
        assert self.look() == self.now

    @invariant()
    def counts_are_those_of_a_recount(self) -> None:
        anew = ReviewModel(self.session, ROWS, now=self.clock)
        assert states(self.model) == states(anew)
        assert {one: n for one, n in self.model.counts.items() if n} == Counter(states(anew))
        assert self.model.decided == sum(one not in OPEN for one in states(anew))

    @invariant()
    def the_disk_knows_it_all(self) -> None:
        assert current_glossary(self.folder) == (self.now[0], [])


TestAnyRun = AnyRun.TestCase
TestAnyRun.settings = settings(
    max_examples=30, stateful_step_count=20, deadline=None, derandomize=True
)


def test_undo_all_the_way_back_and_redo_all_the_way_forth(session: Session) -> None:
    model = review(session)
    deeds = [(deed, one) for one in range(len(ROWS)) for deed in ("skip", "1", "reject", "2")]
    seen = [(session.entries.glossary(), states(model))]
    for deed, one in deeds:
        if do(model, deed, one).text and len(session.history.events) == len(seen):
            seen.append((session.entries.glossary(), states(model)))
    for expected in reversed(seen[:-1]):
        assert model.undo().ok
        assert (session.entries.glossary(), states(model)) == expected
    assert session.entries.glossary() == OLD
    assert not model.undo().ok
    for expected in seen[1:]:
        assert model.redo().ok
        assert (session.entries.glossary(), states(model)) == expected
    assert not model.redo().ok


# --- another day


def test_undo_reaches_back_over_a_crash_and_a_restart(folder: Path) -> None:
    with opened(folder) as session:
        review(session).accept(0, 1)  # never saved
    with opened(folder) as session:
        model = review(session)
        assert model.state(0) == "accepted"
        model.accept(1)
        session.save()
    with opened(folder) as session:
        model = review(session)
        assert [model.undo().row, model.undo().row] == [1, 0]
        assert model.undo() == Told("nothing to undo", None, ok=False)
        session.save()
    assert load_glossary(folder) == OLD


def test_an_undo_of_a_row_that_is_gone_is_told_without_a_place(folder: Path) -> None:
    with opened(folder) as session:
        review(session).accept(0)
    with opened(folder) as session:
        told = review(session, *ROWS[1:]).undo()
    assert (told.ok, told.row) == (True, None)
    assert "bệnh viện" in told.text


def test_an_undo_of_what_someone_else_changed_is_refused(folder: Path) -> None:
    with opened(folder) as session:
        review(session).accept(0)
        session.save()
    save_glossary(OLD, folder)  # by hand: the concept is gone
    with opened(folder) as session:
        model = review(session)
        before = states(model)
        told = model.undo()
        assert (told.ok, states(model)) == (False, before)
        assert "bệnh viện" in told.text


# --- counting a sitting


def test_the_decisions_of_this_sitting_are_counted(session: Session) -> None:
    model = review(session)
    for deed, expected in (
        ("1", 1), ("reject", 2), ("undo", 1), ("redo", 2), ("undo", 1), ("undo", 0),
    ):  # fmt: skip
        do(model, deed)
        assert model.decided_here == expected


@pytest.mark.parametrize(
    "deeds",
    [
        ["skip"],
        pytest.param(
            ["skip", "undo"],
        ),
        ["skip", "undo", "redo"],
    ],
    ids="-".join,
)
def test_a_skipped_row_is_no_decision_undone_or_not(deeds: list[str], session: Session) -> None:
    model = review(session)
    model.accept(1)
    for deed in deeds:
        do(model, deed)
    assert model.decided_here == 1


def test_an_undo_of_another_day_takes_nothing_off_this_sitting(folder: Path) -> None:
    with opened(folder) as session:
        review(session).accept(0)
    with opened(folder) as session:
        model = review(session)
        model.undo()
        assert model.decided_here == 0
        model.accept(1)
        assert model.decided_here == 1


def test_the_time_of_the_last_decision_is_told(session: Session) -> None:
    model = ReviewModel(session, ROWS, now=Clock(0))
    assert model.saved_at is None
    model.accept(0)
    assert model.saved_at == START


@pytest.mark.parametrize(
    ("seconds", "decisions", "told"),
    [(60, 9, False), (0.01, 12, False), (60, 12, True)],
    ids=["too few", "too soon", "enough"],
)
def test_a_rate_is_told_when_there_is_enough_to_tell(
    seconds: float, decisions: int, told: bool, tmp_path: Path
) -> None:
    rows = [row(f"từ {one}", f"word {one}") for one in range(12)]
    with opened(tmp_path) as session:
        clock = Clock(seconds)
        model = ReviewModel(session, rows, now=clock)
        started = clock.now
        for one in range(decisions):
            model.accept(one)
        rate = model.rate()
        if not told:
            assert rate is None
        else:
            hours = (clock.now - started).total_seconds() / 3600
            assert rate == pytest.approx(decisions / hours)


# --- only to be looked at


@pytest.mark.parametrize("deed", ["1", "2", "reject", "skip", "undo", "redo"])
def test_read_only_refuses_and_leaves_no_trace(deed: str, folder: Path) -> None:
    with opened(folder) as session:
        model = review(session)
        model.accept(0)
        model.accept(1)
        model.undo()
        session.save()
    files = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    with opened(folder, read_only=True) as session:
        model = review(session)
        before = (session.entries.glossary(), states(model), Counter(model.counts))
        told = do(model, deed, 6)
        assert not told.ok
        assert "read only" in told.text
        assert (session.entries.glossary(), states(model), Counter(model.counts)) == before
        assert model.decided_here == 0
        assert model.saved_at is None
        assert session.save() == []
    assert {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()} == files


def test_read_only_shows_what_another_is_deciding_right_now(folder: Path) -> None:
    with opened(folder) as writer:
        review(writer).accept(0, 1)
        with opened(folder, read_only=True) as reader:
            model = review(reader)
            assert (model.state(0), model.english(0)) == ("accepted", "infirmary")


# --- the disk fails


class Failing(io.FileIO):
    """A file on a disk that fails when told to."""

    fault: OSError | str | None = None

    def write(self, data: Any) -> int:
        if isinstance(Failing.fault, OSError):
            raise Failing.fault
        if Failing.fault == "half":
            return super().write(bytes(data)[: len(data) // 2])
        return super().write(data)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Failing]]:
    """The disk the journal is on."""
    monkeypatch.setattr(journal, "io", SimpleNamespace(FileIO=Failing))
    yield Failing
    Failing.fault = None


FAULTS = [
    pytest.param(OSError(errno.ENOSPC, "No space left on device"), "No space", id="full"),
    pytest.param("half", "No space left", id="full half way"),
    pytest.param(OSError(errno.EBADF, "Bad file descriptor"), "Bad file", id="closed"),
    pytest.param(OSError(errno.EIO, "Input/output error"), "Input/output", id="broken"),
]


@pytest.mark.parametrize("deed", ["1", "2", "reject", "skip", "undo", "redo"])
@pytest.mark.parametrize(("fault", "word"), FAULTS)
def test_what_cannot_be_written_is_told_and_changes_nothing(
    fault: OSError | str, word: str, deed: str, session: Session, disk: type[Failing]
) -> None:
    model = review(session)
    model.accept(0)
    model.accept(1, 1)
    model.undo()
    path = journal_path(session.folder, "lan")
    written = path.read_bytes()
    before = (session.entries.glossary(), states(model), Counter(model.counts))
    at, here = model.saved_at, model.decided_here

    disk.fault = fault
    told = do(model, deed, 6)
    assert not told.ok
    assert word in told.text
    assert (session.entries.glossary(), states(model), Counter(model.counts)) == before
    assert (model.saved_at, model.decided_here) == (at, here)
    assert path.read_bytes() == written

    disk.fault = None
    assert do(model, deed, 6).ok
    assert current_glossary(session.folder) == (session.entries.glossary(), [])


def test_a_decision_that_could_not_be_synced_is_not_kept(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = review(session)

    def broken(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", broken)
        assert not model.accept(0).ok
    assert model.state(0) == "conflict"
    assert model.accept(0, 1).ok
    assert [one.en for one in read_journal(journal_path(session.folder, "lan")).events] == [
        "infirmary"
    ]
    assert session.save() == []
    assert model.english(0) == "infirmary"


def test_a_journal_that_cannot_be_made_is_told(session: Session) -> None:
    (session.folder / "review").write_text("in the way", "utf-8")
    model = review(session)
    told = model.accept(0)
    assert not told.ok
    assert "review" in told.text
    assert model.state(0) == "conflict"
    (session.folder / "review").unlink()
    assert model.accept(0).ok
