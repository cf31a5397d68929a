"""What a reviewer does as changes of entries: each can be turned round, summed up, folded in."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.marked_yaml import load_marked
from align.model import SongnguError
from align.text import fold
from glossary.concept import (
    Concept,
    ConceptExample,
    Decision,
    Definition,
    Glossary,
    Match,
    Rejected,
    Status,
    Term,
    glossary_of,
)
from glossary.concept_plain import read_glossary
from glossary.model import Alternative, Candidate, Example, Place
from glossary.review import (
    Action,
    Change,
    Entries,
    Event,
    History,
    accept,
    choices,
    concepts_of,
    fold_into,
    marked,
    net,
    reject,
    skip,
)
from glossary.store import glossary_text

DAY = datetime.date(2026, 11, 22)
AT = datetime.datetime(2026, 11, 22, 9, tzinfo=datetime.UTC)
OLD = Decision("import", "import:old.csv", datetime.date(2020, 1, 1))


def candidate(vi: str, *en: str, probability: float = 0.9, **values: Any) -> Candidate:
    """A row with its English forms, each half as likely as the one before."""
    others = [Alternative(one, probability / 2**i, i, ("e",)) for i, one in enumerate(en[1:], 1)]
    documents = values.pop("documents", ("v", "e"))
    examples = values.pop("examples", ())
    return Candidate(
        vi, en[0], probability, "term", 12, documents, examples, tuple(others), "parallel", **values
    )


MINISTRY = candidate("Bộ Y tế", "Ministry of Health", "Health Ministry", "MoH")


def term(text: str, status: Status | None = "preferred", **values: Any) -> Term:
    """A term in the language its letters tell."""
    return Term("en" if text.isascii() else "vi", text, status, **values)


def concept(id: str, *terms: Term, **values: Any) -> Concept:
    return Concept(id, terms, **values)


def entries(*values: Concept | Rejected) -> Entries:
    return Entries(glossary(*values))


def glossary(*values: Concept | Rejected) -> Glossary:
    return glossary_of(
        {one.id: one for one in values if isinstance(one, Concept)},
        {one.vi: one for one in values if isinstance(one, Rejected)},
    )


def done(here: Entries, changes: tuple[Change, ...]) -> Glossary:
    here.apply(changes)
    return here.glossary()


def event(*changes: Change, action: Action = "accept") -> Event:
    return Event(action, "x", "y", AT, changes)


def statuses(one: Concept) -> dict[str, Status | None]:
    return {term.text: term.status for term in one.terms}


def change(key: str, before: str | None, after: str | None) -> Change:
    """A change of a concept's note."""
    return Change("concept", key, _noted(key, before), _noted(key, after))


def _noted(key: str, note: str | None) -> Concept | None:
    return None if note is None else concept(key, term("từ"), note=note)


# --- accept


def test_accepting_makes_a_concept_of_two_preferred_terms() -> None:
    here = entries()
    (made,) = done(here, accept(here, MINISTRY, 0, by="lan", on=DAY))
    assert made == concept(
        "bo-y-te",
        term("Bộ Y tế"),
        term("Ministry of Health"),
        decisions=(
            Decision(
                "accept",
                "lan",
                DAY,
                "probability 0.90; 12 uses in 2 documents; parallel"
                "; offered Ministry of Health | Health Ministry | MoH",
            ),
        ),
    )


def test_another_form_can_be_chosen() -> None:
    here = entries()
    (made,) = done(here, accept(here, MINISTRY, 2, by="lan", on=DAY))
    assert statuses(made) == {"Bộ Y tế": "preferred", "MoH": "preferred"}
    assert made.decisions[0].evidence.startswith("probability 0.23; ")


def test_an_acronym_is_marked_as_one() -> None:
    here = entries()
    (made,) = done(here, accept(here, candidate("TCYTTG", "WHO"), 0, by="lan", on=DAY))
    assert {one.type for one in made.terms} == {"acronym"}


def test_one_use_in_one_document_is_told_so() -> None:
    row = replace(candidate("y tế", "health", documents=("v",)), count=1)
    (made,) = accept(entries(), row, 0, by="lan", on=DAY)
    assert isinstance(made.after, Concept)
    assert "; 1 use in 1 document; " in made.after.decisions[0].evidence


@pytest.mark.parametrize(
    ("terms", "vi", "choice", "expected", "why"),
    [
        (
            [term("Bộ Y tế", None), term("Ministry of Health", None), term("MoH", None)],
            "Bộ Y tế", 0,
            {"Bộ Y tế": "preferred", "Ministry of Health": "preferred", "MoH": None},
            "of an undecided concept both become preferred, others stay undecided",
        ),
        (
            [term("Bộ Y tế"), term("Ministry of Health")], "Bộ Y tế", 1,
            {"Bộ Y tế": "preferred", "Health Ministry": "preferred"},
            "an earlier choice among the forms offered goes",
        ),
        (
            [term("Bộ Y tế"), term("Ministry of Health", source="moh.gov.vn")], "Bộ Y tế", 1,
            {"Bộ Y tế": "preferred", "Ministry of Health": "admitted",
             "Health Ministry": "preferred"},
            "a form with a source was no mere choice",
        ),
        (
            [term("Bộ Y tế"), term("Ministry for Health")], "Bộ Y tế", 0,
            {"Bộ Y tế": "preferred", "Ministry for Health": "admitted",
             "Ministry of Health": "preferred"},
            "a form that was not offered stays admitted",
        ),
        (
            [term("Bộ Y tế"), term("health ministry", "deprecated")], "Bộ Y tế", 1,
            {"Bộ Y tế": "preferred", "health ministry": "preferred"},
            "the form is there in another spelling",
        ),
        (
            [term("Bộ Y tế"), term("Ministry of Health"), term("Medical Ministry", "forbidden")],
            "Bộ Y tế", 0,
            {"Bộ Y tế": "preferred", "Ministry of Health": "preferred",
             "Medical Ministry": "forbidden"},
            "accepting the same again changes no status",
        ),
        (
            [term("Bộ Y tế Việt Nam"), term("Bộ Y tế", "admitted"), term("MOH of Vietnam")],
            "Bộ Y tế", 0,
            {"Bộ Y tế Việt Nam": "preferred", "Bộ Y tế": "admitted", "MOH of Vietnam": "preferred",
             "Ministry of Health": "admitted"},
            "of a term that is not the preferred one the form is admitted",
        ),
        (
            [term("bộ y tế"), term("Ministry of Health")], "Bộ Y tế", 0,
            {"bộ y tế": "preferred", "Ministry of Health": "preferred"},
            "the term stands there in other letters and keeps them",
        ),
        (
            [term("uỷ ban"), term("committee")], "ủy ban", 0,
            {"uỷ ban": "preferred", "committee": "admitted", "Ministry of Health": "preferred"},
            "a tone mark in another place is the same term",
        ),
    ],
)  # fmt: skip
def test_accepting_where_the_term_is_known(
    terms: list[Term], vi: str, choice: int, expected: dict[str, Status | None], why: str
) -> None:
    here = entries(concept("b", *terms, decisions=(OLD,)))
    (after,) = done(here, accept(here, replace(MINISTRY, vi=vi), choice, by="lan", on=DAY))
    assert statuses(after) == expected, why
    assert after.id == "b"
    assert [one.verdict for one in after.decisions] == ["import", "accept"]


@pytest.mark.parametrize("status", ["forbidden", "deprecated"])
def test_a_form_accepted_for_a_lesser_term_is_admitted(status: Status) -> None:
    old = concept("b", term("sở"), term("Bộ Y tế", "admitted"), term("MoH", status))
    here = entries(old)
    (after,) = done(here, accept(here, MINISTRY, 2, by="lan", on=DAY))
    assert statuses(after)["MoH"] == "admitted"


def test_accepting_keeps_all_else_of_the_concept() -> None:
    old = concept(
        "b", term("Bộ Y tế", type="fullForm", part_of_speech="noun", source="luật"),
        term("Ministry of Health", None, type="fullForm"),
        subject="s", definitions=(Definition("vi", "d"),), note="n", project="p", see=("c",),
        match=Match("exact", ("x",), ("y",)), valid_from=DAY, valid_until=DAY, reliability=3,
        examples=(ConceptExample("a", "b"),), decisions=(OLD,),
    )  # fmt: skip
    here = entries(old)
    (after,) = done(here, accept(here, MINISTRY, 0, by="lan", on=DAY))
    assert replace(after, terms=old.terms, decisions=old.decisions) == old
    assert [(one.type, one.part_of_speech, one.source) for one in after.terms] == [
        (one.type, one.part_of_speech, one.source) for one in old.terms
    ]


def test_a_row_that_was_refused_and_skipped_is_so_no_more() -> None:
    here = entries(Rejected("bộ y tế", ("x",)))
    here.apply([Change("skipped", fold("Bộ Y tế"), None, True)])
    after = done(here, accept(here, MINISTRY, 0, by="lan", on=DAY))
    assert after.rejected == ()
    assert not here.skipped("Bộ Y tế")


@pytest.mark.parametrize(
    ("vi", "id", "why"),
    [
        ("Bộ Y tế", "bo-y-te-3", "two have it"),
        ("Đào tạo", "dao-tao", "đ is a d"),
        ("24/7", "c-24-7", "begins with a letter"),
        ("……", "c", "no letter at all"),
        ("từ " * 40, "tu-tu", "a long one is cut"),
    ],
)
def test_the_id_is_free_and_ascii(vi: str, id: str, why: str) -> None:
    here = entries(concept("bo-y-te", term("một")), concept("bo-y-te-2", term("hai")))
    (made, *_) = accept(here, candidate(vi, "x"), 0, by="lan", on=DAY)
    assert made.key.startswith(id), why
    assert re.fullmatch(r"[a-z][a-z0-9-]{0,63}", made.key), why
    assert not made.key.endswith("-")
    assert here.concept(made.key) is None


def _example(vi: str, en: str, probability: float | None, number: int = 0) -> Example:
    return Example(
        Place(f"v{number}", number, 0, 1, vi), Place(f"e{number}", 0, 0, 1, en), probability
    )


def test_examples_are_aligned_and_hold_the_form_chosen() -> None:
    row = candidate(
        "Bộ Y tế", "Ministry of Health", "MoH",
        examples=(
            _example("Bộ Y tế họp. ", "The\nMinistry of Health met.", 0.987654),
            _example("Bộ Y tế đến.", "The MoH came.", 0.9, 1),
            _example("Bộ Y tế đi.", "The Ministry of Health left.", None, 2),
        ),
    )  # fmt: skip
    (made, *_) = accept(entries(), row, 0, by="lan", on=DAY, dates={"v0": DAY})
    assert isinstance(made.after, Concept)
    assert made.after.examples == (
        ConceptExample(
            "Bộ Y tế họp.", "The Ministry of Health met.", "v0", "e0", DAY, None, 0.9877
        ),
    )


def test_no_more_than_three_examples_and_none_twice() -> None:
    row = candidate(
        "y tế", "health",
        examples=tuple(_example("Y tế.", f"Health {i // 2}.", 0.9) for i in range(10)),
    )  # fmt: skip
    (made, *_) = accept(entries(), row, 0, by="lan", on=DAY)
    assert isinstance(made.after, Concept)
    assert [one.en for one in made.after.examples] == ["Health 0.", "Health 1.", "Health 2."]


# --- reject and skip


def test_rejecting_keeps_what_was_offered() -> None:
    here = entries()
    after = done(here, reject(here, MINISTRY, by="lan", on=DAY))
    evidence = "probability 0.90; 12 uses in 2 documents; parallel"
    assert after == Glossary(
        (),
        (
            Rejected(
                "Bộ Y tế",
                ("Ministry of Health", "Health Ministry", "MoH"),
                (Decision("reject", "lan", DAY, evidence),),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("terms", "left", "why"),
    [
        ([term("Bộ Y tế"), term("MoH")], None, "a concept without another Vietnamese term goes"),
        ([term("bộ y tế", None)], None, "in other letters too"),
        ([term("Bộ Y tế"), term("bộ Y tế", "admitted"), term("MoH")], None, "in all spellings"),
        ([term("Bộ Y tế"), term("BỘ", "admitted"), term("MoH")], ["BỘ", "MoH"],
         "what remains is a concept"),
    ],
)  # fmt: skip
def test_rejecting_where_the_term_is_known(
    terms: list[Term], left: list[str] | None, why: str
) -> None:
    here = entries(concept("b", *terms))
    after = done(here, reject(here, MINISTRY, by="lan", on=DAY))
    assert [list(statuses(one)) for one in after] == ([left] if left else []), why
    assert [one.vi for one in after.rejected] == ["Bộ Y tế"]


def test_rejecting_takes_the_term_from_every_concept() -> None:
    here = entries(concept("a", term("Bộ Y tế")), concept("b", term("bộ y tế")))
    assert len(done(here, reject(here, MINISTRY, by="lan", on=DAY))) == 0


def test_rejecting_again_keeps_the_earlier_decision() -> None:
    here = entries(Rejected("bộ Y tế", ("x",), (OLD,)))
    (one,) = done(here, reject(here, MINISTRY, by="lan", on=DAY)).rejected
    assert one.decisions[0] == OLD
    assert [one.verdict for one in one.decisions] == ["import", "reject"]


@pytest.mark.parametrize(
    ("values", "skips", "why"),
    [
        ([], True, "nothing is known of it"),
        ([concept("b", term("Bộ Y tế", None))], True, "a concept is there, nobody decided on it"),
        ([concept("b", term("bộ y tế"))], False, "a concept holds it"),
        ([Rejected("bộ y tế")], False, "it was refused"),
    ],
)
def test_only_what_is_undecided_is_skipped(
    values: list[Concept | Rejected], skips: bool, why: str
) -> None:
    here = entries(*values)
    changes = skip(here, MINISTRY)
    assert bool(changes) == skips, why
    before = here.glossary()
    here.apply(changes)
    assert here.glossary() == before
    assert here.skipped("bộ y tế") == skips
    assert skip(here, MINISTRY) == ()


# --- entries


def test_holders_are_found_in_any_spelling_and_follow_the_changes() -> None:
    old = concept("b", term("Uỷ ban"), term("committee"))
    here = entries(old, concept("a", term("ủy  ban")))
    assert [one.id for one in here.holders("vi", "Ủy Ban")] == ["a", "b"]
    assert [one.id for one in here.holders("en", "Committee")] == ["b"]
    assert here.holders("en", "uỷ ban") == []
    here.apply([Change("concept", "b", old, concept("b", term("hội đồng")))])
    assert [one.id for one in here.holders("vi", "uỷ ban")] == ["a"]
    assert here.holders("en", "committee") == []
    assert [one.id for one in here.holders("vi", "hội đồng")] == ["b"]


def test_an_acronym_is_not_the_word() -> None:
    here = entries(concept("a", term("WHO")))
    assert here.holders("en", "who") == []


@pytest.mark.parametrize(
    ("one", "fits", "why"),
    [
        (change("a", "1", "2"), True, "it stands as it was found"),
        (change("a", "1", None), True, "it is there to be taken away"),
        (change("b", None, "1"), True, "there is none yet"),
        (change("a", None, "1"), False, "there is one now"),
        (change("a", "0", "2"), False, "it stands otherwise"),
        (change("b", "1", "2"), False, "it is gone"),
    ],
)
def test_a_change_fits_what_it_found(one: Change, fits: bool, why: str) -> None:
    assert entries(_kept("a", "1")).fits([one]) == fits, why


def _kept(key: str, note: str) -> Concept:
    return concept(key, term("từ"), note=note)


# --- history


def test_history_goes_back_and_forth() -> None:
    one, two, three = (event(change("a", str(i), str(i + 1))) for i in range(3))
    history = History()
    assert (history.last, history.next, history.events) == (None, None, ())
    for some in (one, two):
        history.add(some)
    history.add(replace(two, action="undo"))
    assert (history.last, history.next, history.events) == (one, two, (one,))
    history.add(replace(one, action="undo"))
    assert (history.last, history.next) == (None, one)
    history.add(replace(one, action="redo"))
    assert (history.last, history.next) == (one, two)
    history.add(three)
    assert (history.last, history.next, history.events) == (three, None, (one, three))


@pytest.mark.parametrize("action", ["undo", "redo"])
def test_nothing_to_turn_is_no_error(action: Action) -> None:
    history = History()
    history.add(event(action=action))
    assert history.events == ()


# --- summing up and folding in


@pytest.mark.parametrize(
    ("changes", "expected", "why"),
    [
        ([], [], "nothing was done"),
        ([("a", None, "1")], [("a", None, "1")], "one change"),
        ([("a", None, "1"), ("a", "1", "2")], [("a", None, "2")], "from the first to the last"),
        ([("a", "1", "2"), ("b", None, "1"), ("a", "2", "3")],
         [("a", "1", "3"), ("b", None, "1")], "each entry by itself"),
    ],
)  # fmt: skip
def test_the_net_of_events(
    changes: list[tuple[str, str | None, str | None]],
    expected: list[tuple[str, str | None, str | None]],
    why: str,
) -> None:
    assert net(change(*one) for one in changes) == [change(*one) for one in expected], why


_Row = tuple[str, str | None, str | None]


@pytest.mark.parametrize(
    ("stands", "changes", "after", "left", "why"),
    [
        ({}, [("a", None, "1")], {"a": "1"}, 0, "a new one"),
        ({"a": "1"}, [("a", "1", "2")], {"a": "2"}, 0, "a changed one"),
        ({"a": "1", "b": "1"}, [("a", "1", None)], {"b": "1"}, 0, "one taken away"),
        ({"a": "2"}, [("a", "1", "2")], {"a": "2"}, 0, "it was saved before the crash"),
        ({}, [("a", "1", None)], {}, 0, "it was taken away before the crash"),
        ({"a": "9"}, [("a", "1", "2")], {"a": "9"}, 1, "an edit wins"),
        ({}, [("a", "1", "2")], {}, 1, "an edit that took it away wins"),
        ({"a": "9"}, [("a", "1", "2"), ("b", None, "1")], {"a": "9", "b": "1"}, 1,
         "others are folded in"),
        ({"a": "1"}, [("a", "1", "2"), ("a", "2", "1")], {"a": "1"}, 0, "done and undone"),
        pytest.param(
            {"a": "9"}, [("a", "1", "2"), ("a", "2", "1")], {"a": "9"}, 0,
            "what was undone is no conflict with an edit",
        ),
        pytest.param(
            {"a": "2"}, [("a", "1", "2"), ("a", "2", "3")], {"a": "3"}, 0,
            "the first was saved before the crash, the second decided after it",
        ),
        pytest.param(
            {"a": "9"}, [("a", "1", "2"), ("a", "9", "3")], {"a": "3"}, 1,
            "a decision that an edit overtook, then one on what the edit made",
        ),
    ],
)  # fmt: skip
def test_folding_events_into_a_glossary(
    stands: dict[str, str], changes: list[_Row], after: dict[str, str], left: int, why: str
) -> None:
    old = glossary(*(_kept(*one) for one in stands.items()))
    new, conflicts = fold_into(old, [event(change(*one)) for one in changes])
    assert {one.id: one.note for one in new} == after, why
    assert len(conflicts) == left, why


def test_a_skipped_row_is_nothing_to_fold() -> None:
    old = glossary(_kept("a", "1"))
    skipped = Change("skipped", "x", None, True)
    assert fold_into(old, [event(skipped, action="skip")]) == (old, [])


def test_a_decision_that_does_not_fit_is_left_out_whole() -> None:
    before = concept("b", term("Bộ Y tế"), term("MoH"))
    changes = reject(entries(before), MINISTRY, by="lan", on=DAY)
    edited = glossary(replace(before, note="edited meanwhile"))
    after, left = fold_into(edited, [event(*changes, action="reject")])
    assert left
    assert after == edited, "the term would be a concept's and refused at once"


# --- candidates as concepts


def test_what_is_undecided_becomes_concepts_without_statuses() -> None:
    rows = [
        MINISTRY,
        candidate("bộ  y tế mới", "new ministry", probability=0.44),
        candidate("sở y tế", "department"),
        candidate("hôm qua", "yesterday"),
    ]
    here = entries(concept("x", term("Sở Y tế", None)), Rejected("Hôm qua"))
    first, second = concepts_of(rows, here)
    assert first == concept(
        "bo-y-te", term("Bộ Y tế", None), term("Ministry of Health", None),
        term("Health Ministry", None), reliability=9,
    )  # fmt: skip
    assert (second.id, second.reliability) == ("bo-y-te-moi", 4)
    assert not first.decided


def test_ids_of_candidates_are_new_in_the_glossary_and_among_each_other() -> None:
    here = entries(concept("ca", term("khác")))
    found = concepts_of([candidate(vi, "x") for vi in ("cá", "cà", "cả")], here)
    assert [one.id for one in found] == ["ca-2", "ca-3", "ca-4"]


def test_an_acronym_offered_is_marked_as_one() -> None:
    (one,) = concepts_of([candidate("BYT", "MoH", "MOH")], entries())
    assert [(term.text, term.type) for term in one.terms] == [
        ("BYT", "acronym"), ("MoH", None), ("MOH", "acronym"),
    ]  # fmt: skip


def test_a_sentence_is_cut_around_its_term() -> None:
    assert marked(Place("a", 0, 4, 11, "The Bộ Y tế met.")) == ("The ", "Bộ Y tế", " met.")


def test_choices_come_in_their_order() -> None:
    assert [(one.en, one.count) for one in choices(MINISTRY)] == [
        ("Ministry of Health", 0), ("Health Ministry", 1), ("MoH", 2),
    ]  # fmt: skip


# --- properties of any decisions

_FORMS = ["Bộ Y tế", "bộ y tế", "hoà bình", "hòa bình", "WHO", "who", "24/7", "e\u0301 x"]
_TEXTS = st.sampled_from(_FORMS) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), max_size=5
)
_VISIBLE = _TEXTS.filter(lambda text: bool(text.split()))
_ROWS = st.builds(
    lambda vi, en, text: candidate(vi, *en, examples=(_example("x" + text, en[0] + text, 0.5),)),
    _VISIBLE,
    st.lists(_VISIBLE, min_size=1, max_size=3),
    _TEXTS,
)
_DEEDS = st.lists(
    st.tuples(st.sampled_from(["accept", "reject", "skip"]), _ROWS, st.integers(0, 2))
)
_properties = settings(max_examples=60, deadline=None)


def _do(here: Entries, deeds: Iterable[tuple[Action, Candidate, int]]) -> list[Event]:
    """What the deeds come to, each done on what the one before left."""
    events = []
    for action, row, choice in deeds:
        if action == "accept":
            changes = accept(here, row, choice % len(choices(row)), by="lan", on=DAY)
        elif action == "reject":
            changes = reject(here, row, by="lan", on=DAY)
        else:
            changes = skip(here, row)
        assert here.fits(changes)
        here.apply(changes)
        events.append(Event(action, row.vi, row.en, AT, changes))
    return events


@given(_DEEDS)
@_properties
def test_whatever_is_decided_can_be_saved_and_read(deeds: Any) -> None:
    here = entries()
    _do(here, deeds)
    after = here.glossary()
    assert read_glossary(load_marked(glossary_text(after), "f.yaml")) == after


@given(_DEEDS)
@_properties
def test_whatever_is_decided_can_be_undone_step_by_step(deeds: Any) -> None:
    here = entries(concept("a", term("Bộ Y tế"), term("hòa bình", None)), Rejected("WHO"))
    states = [here.glossary()]
    events = []
    for deed in deeds:
        events += _do(here, [deed])
        states.append(here.glossary())
    for one, before in zip(reversed(events), reversed(states[:-1]), strict=True):
        turned = [change.inverse for change in reversed(one.changes)]
        assert here.fits(turned)
        here.apply(turned)
        assert here.glossary() == before


@given(_DEEDS)
@_properties
def test_folding_in_gives_what_was_decided_and_once_more_changes_nothing(deeds: Any) -> None:
    old = glossary(concept("a", term("Bộ Y tế"), term("hòa bình", None)), Rejected("WHO"))
    here = Entries(old)
    events = _do(here, deeds)
    assert fold_into(old, events) == (here.glossary(), [])
    assert fold_into(here.glossary(), events) == (here.glossary(), [])


@given(_DEEDS, st.integers(0, 9))
@_properties
def test_an_undo_of_everything_leaves_nothing_to_fold(deeds: Any, number: int) -> None:
    old = glossary(_kept("a", "1"))
    events = _do(Entries(old), deeds)
    turned = [
        replace(one, action="undo", changes=tuple(c.inverse for c in reversed(one.changes)))
        for one in reversed(events)
    ]
    assert fold_into(old, [*events, *turned]) == (old, [])


@given(st.lists(_ROWS, max_size=5, unique_by=lambda row: row.vi), _DEEDS)
@_properties
def test_candidates_beside_the_decided_make_a_glossary(rows: list[Candidate], deeds: Any) -> None:
    here = entries()
    _do(here, deeds)
    both = [*here.glossary(), *concepts_of(rows, here)]
    whole = glossary_of({one.id: one for one in both})
    assert len(whole) == len(both)
    assert read_glossary(load_marked(glossary_text(whole), "f.yaml")) == whole


@pytest.mark.parametrize(
    ("vi", "en", "why"),
    [
        (" ", "x", "no Vietnamese form"),
        ("\x1b", "x", "a control character alone"),
        ("y tế", "\u2028", "no English form"),
    ],
)
def test_a_row_of_blanks_damages_nothing(vi: str, en: str, why: str) -> None:
    for deed in ("accept", "reject"):
        here = entries()
        with contextlib.suppress(SongnguError):
            _do(here, [(deed, candidate(vi, en), 0)])
        after = here.glossary()
        assert read_glossary(load_marked(glossary_text(after), "f.yaml")) == after, why
