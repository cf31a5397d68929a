"""Concepts from elsewhere: what is new comes in, what was decided here stays, and that is told."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.marked_yaml import load_marked
from align.model import LANGS
from glossary.concept import (
    STATUSES,
    Concept,
    ConceptExample,
    Decision,
    Definition,
    Glossary,
    Match,
    Rejected,
    Term,
    glossary_of,
)
from glossary.concept_plain import read_glossary
from glossary.incoming import Outcome, take_in
from glossary.store import glossary_text

DAY = datetime.date(2026, 11, 22)
IMPORTED = Decision("import", "import:f.csv", DAY)


def vi(text: str, status: Any = None, **more: Any) -> Term:
    return Term("vi", text, status, **more)


def en(text: str, status: Any = None, **more: Any) -> Term:
    return Term("en", text, status, **more)


def glossary(*concepts: Concept, rejected: tuple[str, ...] = ()) -> Glossary:
    return glossary_of(
        {one.id: one for one in concepts}, {one: Rejected(one, ("x",)) for one in rejected}
    )


def taken(before: Glossary, *concepts: Concept) -> tuple[Glossary, Outcome]:
    return take_in(before, concepts, file="f.csv", on=DAY)


def summary(outcome: Outcome) -> dict[str, list[str]]:
    """Ids by what happened; what nothing happened to is left out."""
    found = {
        "added": [one.id for one in outcome.added],
        "merged": [one.id for one, _ in outcome.merged],
        "left": [one.id for one in outcome.left],
        "conflict": [one.id for one, _ in outcome.conflicts],
    }
    return {name: ids for name, ids in found.items() if ids}


def told(outcome: Outcome) -> str:
    return "\n".join("; ".join(words) for _, words in outcome.conflicts)


HOSPITAL = Concept(
    "benh-vien",
    (vi("bệnh viện", "preferred"), en("hospital", "preferred")),
    decisions=(Decision("accept", "lan", DAY),),
)
OPEN = Concept("y-ta", (vi("y tá"), en("nurse")))
LAN = HOSPITAL.decisions
SENTENCES = [ConceptExample(f"câu {n}", f"sentence {n}") for n in range(5)]

# --- what comes in


def test_a_concept_with_statuses_comes_in_as_decided_by_the_file() -> None:
    new = replace(HOSPITAL, decisions=())
    after, outcome = taken(Glossary(), new)
    assert summary(outcome) == {"added": ["benh-vien"]}
    assert after.concepts == (replace(new, decisions=(IMPORTED,)),)


def test_a_concept_without_statuses_waits_for_review() -> None:
    after, outcome = taken(Glossary(), OPEN)
    assert summary(outcome) == {"added": ["y-ta"]}
    assert after.concepts == (OPEN,)


def test_decisions_of_the_file_stay_with_what_is_added() -> None:
    after, _ = taken(Glossary(), HOSPITAL)
    assert after.concepts[0].decisions == (*LAN, IMPORTED)


MERGES: list[tuple[Concept, Concept, dict[str, Any], str]] = [
    (
        OPEN,
        Concept("y-ta", (vi("y tá", "preferred"), en("nurse", "preferred"))),
        {"terms": (vi("y tá", "preferred"), en("nurse", "preferred"))},
        "statuses where none were",
    ),
    (
        OPEN,
        Concept("n1", (vi("Y tá"), en("orderly"))),
        {"terms": (vi("y tá"), en("nurse"), en("orderly"))},
        "another id, known by its Vietnamese form",
    ),
    (
        HOSPITAL,
        Concept("benh-vien", (vi("bệnh viện"), en("infirmary", "admitted"))),
        {"terms": (*HOSPITAL.terms, en("infirmary", "admitted"))},
        "another English term",
    ),
    (
        HOSPITAL,
        Concept("benh-vien", (vi("bệnh viện"), en("sick house", "forbidden"))),
        {"terms": (*HOSPITAL.terms, en("sick house", "forbidden"))},
        "a forbidden term",
    ),
    (
        HOSPITAL,
        Concept(
            "benh-vien",
            (vi("bệnh viện", type="fullForm", source="s"), en("hospital", part_of_speech="noun")),
        ),
        {
            "terms": (
                vi("bệnh viện", "preferred", type="fullForm", source="s"),
                en("hospital", "preferred", part_of_speech="noun"),
            )
        },
        "details of terms",
    ),
    (
        HOSPITAL,
        replace(
            HOSPITAL,
            subject="health",
            note="n",
            project="p",
            reliability=7,
            valid_from=DAY,
            see=("y-ta",),
            match=Match("exact"),
            definitions=(Definition("vi", "d"),),
        ),
        {
            "subject": "health",
            "note": "n",
            "project": "p",
            "reliability": 7,
            "valid_from": DAY,
            "see": ("y-ta",),
            "match": Match("exact"),
            "definitions": (Definition("vi", "d"),),
        },
        "fields that were empty",
    ),
    (
        replace(HOSPITAL, definitions=(Definition("en", "e"),), see=("a",)),
        replace(HOSPITAL, definitions=(Definition("vi", "d"),), see=("b", "a")),
        {"definitions": (Definition("vi", "d"), Definition("en", "e")), "see": ("a", "b")},
        "beside what is here",
    ),
    (
        replace(HOSPITAL, examples=tuple(SENTENCES[:2])),
        replace(HOSPITAL, examples=tuple(SENTENCES[1:4])),
        {"examples": tuple(SENTENCES[:3])},
        "sentences up to three",
    ),
]


@pytest.mark.parametrize(("here", "there", "expected", "why"), MERGES)
def test_what_is_new_is_merged(
    here: Concept, there: Concept, expected: dict[str, Any], why: str
) -> None:
    before = glossary(here)
    after, outcome = taken(before, there)
    assert summary(outcome) == {"merged": [here.id]}, why
    assert after.concepts == (replace(here, **expected, decisions=(*here.decisions, IMPORTED)),), (
        why
    )
    again, outcome = taken(after, there)
    assert again == after
    assert summary(outcome) == {"left": [here.id]}, "the second time nothing is new"


SAME: list[tuple[Concept, Concept, str]] = [
    (HOSPITAL, HOSPITAL, "the same"),
    (HOSPITAL, replace(HOSPITAL, id="x"), "under another id"),
    (HOSPITAL, Concept("x", (vi("Bệnh  viện"), en("Hospital"))), "spelt otherwise"),
    (HOSPITAL, Concept("benh-vien", (vi("bệnh viện"),)), "less of it"),
    (
        replace(OPEN, id="hoa", terms=(vi("hoà bình"),)),
        Concept("b", (vi("hòa bình"),)),
        "the other place of the tone",
    ),
    (
        replace(HOSPITAL, examples=tuple(SENTENCES[:3])),
        replace(HOSPITAL, examples=tuple(SENTENCES[3:])),
        "no room for more sentences",
    ),
]


@pytest.mark.parametrize(("here", "there", "why"), SAME)
def test_what_is_known_is_left_as_it_is(here: Concept, there: Concept, why: str) -> None:
    after, outcome = taken(glossary(here), there)
    assert after == glossary(here), why
    assert summary(outcome) == {"left": [here.id]}, why


# --- what stays

FULL = replace(
    HOSPITAL,
    terms=(*HOSPITAL.terms, en("infirmary", "admitted"), en("clinic", "deprecated"), en("house")),
    subject="health",
    note="n",
    project="p",
    valid_from=DAY,
    valid_until=DAY,
    match=Match("exact"),
    definitions=(Definition("vi", "d", "s"),),
)
KEPT: list[Any] = [
    (replace(FULL, subject="law"), ["subject", "'law'", "'health'"], "subject"),
    (replace(FULL, note="m"), ["note", "'m'", "'n'"], "note"),
    (replace(FULL, project="q"), ["project", "'q'"], "project"),
    (replace(FULL, valid_from=datetime.date(2020, 1, 1)), ["valid_from"], "beginning"),
    (replace(FULL, match=Match("stem", ("x",))), ["match"], "match"),
    (replace(FULL, definitions=(Definition("vi", "other"),)), ["definition"], "definition"),
    (
        replace(FULL, terms=(vi("bệnh viện"), en("hospital", "forbidden"))),
        ["'hospital'", "forbidden", "preferred"],
        "the preferred term forbidden there",
    ),
    (
        replace(FULL, terms=(vi("bệnh viện"), en("hospital", "admitted"))),
        ["'hospital'"],
        "the preferred term admitted there",
    ),
    (
        replace(FULL, terms=(vi("bệnh viện"), en("infirmary", "preferred"))),
        ["'infirmary'"],
        "an admitted term preferred there",
    ),
    (
        replace(FULL, terms=(vi("bệnh viện"), en("clinic", "admitted"))),
        ["'clinic'", "deprecated"],
        "a deprecated term admitted there",
    ),
    (
        replace(FULL, terms=(vi("bệnh viện"), en("sick house", "preferred"))),
        ["'sick house'", "'hospital'"],
        "another preferred term",
    ),
    (
        replace(FULL, terms=(vi("bệnh viện"), vi("nhà thương", "preferred"))),
        ["'nhà thương'", "'bệnh viện'"],
        "another preferred Vietnamese term",
    ),
    (
        replace(FULL, terms=(vi("bệnh viện"), en("Hospital", "forbidden"))),
        ["forbidden"],
        "in another spelling",
    ),
    (
        replace(FULL, terms=(vi("bệnh viện"), en("house", "preferred"))),
        ["'house'"],
        "an open term preferred there",
    ),
]


@pytest.mark.parametrize(("there", "words", "why"), KEPT)
def test_what_was_decided_here_stays_and_is_told(
    there: Concept, words: list[str], why: str
) -> None:
    after, outcome = taken(glossary(FULL), there)
    assert after == glossary(FULL), why
    assert summary(outcome) == {"conflict": ["benh-vien"]}, why
    for word in words:
        assert word in told(outcome), why


def test_what_is_new_comes_in_beside_a_conflict() -> None:
    there = Concept(
        "x", (vi("bệnh viện"), en("hospital", "forbidden"), en("ward", "admitted")), note="new"
    )
    after, outcome = taken(glossary(HOSPITAL), there)
    assert summary(outcome) == {"merged": ["benh-vien"], "conflict": ["benh-vien"]}
    [found] = after
    assert found.terms == (*HOSPITAL.terms, en("ward", "admitted"))
    assert (found.note, found.decisions) == ("new", (*LAN, IMPORTED))


REFUSED: list[Any] = [
    (Concept("x", (vi("hôm qua", "preferred"), en("yesterday", "preferred"))), "as it stands"),
    (Concept("x", (vi("Hôm  Qua"), en("yesterday"))), "in another spelling"),
    (Concept("x", (vi("bệnh viện"), vi("hôm qua", "admitted"))), "as a second term"),
    (Concept("x", (vi("ngày trước", "preferred"), vi("hôm qua"))), "second in a new concept"),
]


@pytest.mark.parametrize(("there", "why"), REFUSED)
def test_what_was_rejected_stays_rejected_and_is_told(there: Concept, why: str) -> None:
    before = glossary(HOSPITAL, rejected=("hôm qua",))
    after, outcome = taken(before, there)
    assert after.rejected == before.rejected
    forms = {term.text.casefold() for one in after for term in one.terms}
    assert "hôm qua" not in {" ".join(form.split()) for form in forms}, why
    assert "rejected" in told(outcome), why


# --- which concept is meant

CLASHES: list[Any] = [
    (Concept("benh-vien", (vi("bến xe"), en("bus station"))), "other terms"),
    (
        Concept("benh-vien", (vi("bến xe", "preferred"), en("hospital", "preferred"))),
        "one English term in common",
    ),
    (Concept("benh-vien", (en("dog"),)), "English only"),
    (Concept("benh-vien", (en("dog", "preferred"),)), "English only, decided"),
]


@pytest.mark.parametrize(("there", "why"), CLASHES)
def test_one_id_for_two_things_parts_them(there: Concept, why: str) -> None:
    after, outcome = taken(glossary(HOSPITAL), there)
    [added] = [one for one in after if one.id != "benh-vien"]
    assert (added.id, added.terms) == ("benh-vien-2", there.terms), why
    assert after.by_id()["benh-vien"] == HOSPITAL, why
    assert summary(outcome) == {"added": ["benh-vien-2"]}, why
    again, outcome = taken(after, there)
    assert again == after
    assert summary(outcome) == {"left": ["benh-vien-2"]}


def test_the_concept_with_the_id_is_meant_among_homonyms() -> None:
    one, other = (
        Concept(id, (vi("khoa", "preferred"), en(text, "preferred")), subject)
        for id, text, subject in [("a", "department", "hospital"), ("b", "science", "school")]
    )
    after, outcome = taken(glossary(one, other), replace(other, note="n"), one)
    assert summary(outcome) == {"merged": ["b"], "left": ["a"]}
    assert after.by_id()["b"].note == "n"


def test_homonyms_of_one_file_are_two_concepts() -> None:
    one, other = (
        Concept(id, (vi("khoa", "preferred"), en(text, "preferred")), subject)
        for id, text, subject in [("a", "department", "hospital"), ("b", "science", "school")]
    )
    after, outcome = taken(Glossary(), one, other)
    assert summary(outcome) == {"added": ["a", "b"]}
    assert len(after) == 2


def test_a_reference_follows_a_concept_whose_id_was_taken() -> None:
    station = Concept("benh-vien", (vi("bến xe"),))
    bus = Concept("xe-buyt", (vi("xe buýt"),), see=("benh-vien",))
    after, _ = taken(glossary(HOSPITAL), station, bus)
    assert after.by_id()["xe-buyt"].see == ("benh-vien-2",)


def test_two_concepts_of_a_file_under_one_id_are_two() -> None:
    after, outcome = taken(Glossary(), Concept("a", (vi("y tá"),)), Concept("a", (vi("bác sĩ"),)))
    assert summary(outcome) == {"added": ["a", "a-2"]}
    assert [one.heading("vi") for one in after] == ["y tá", "bác sĩ"]


def test_one_term_twice_in_a_file_is_one_concept() -> None:
    after, outcome = taken(
        Glossary(), Concept("a", (vi("y tá"), en("nurse"))), Concept("b", (vi("y tá"), en("carer")))
    )
    assert summary(outcome) == {"added": ["a"], "merged": ["a"]}
    assert [term.text for term in after.concepts[0].terms] == ["y tá", "nurse", "carer"]


# --- what comes out can be saved and read

_TEXTS = st.sampled_from(["y tá", "Y tá", "bệnh viện", "hôm qua", "hoà", "hòa"])
_ENGLISH = st.sampled_from(["nurse", "Nurse", "hospital", "WHO", "who"])


def _terms(lang: Any, texts: st.SearchStrategy[str], least: int) -> st.SearchStrategy[list[Term]]:
    status = st.none() | st.sampled_from(STATUSES)
    return st.lists(
        st.builds(Term, st.just(lang), texts, status),
        min_size=least,
        max_size=2,
        unique_by=lambda one: one.text,
    )


@st.composite
def _concepts(draw: st.DrawFn, *, most: int = 2) -> Concept:
    """With at most so many Vietnamese terms."""
    terms = draw(_terms("vi", _TEXTS, 1))[:most] + draw(_terms("en", _ENGLISH, 0))
    few = st.sampled_from(["", "x", "y"])
    langs = [lang for lang in LANGS if draw(st.booleans())]
    return Concept(
        draw(st.sampled_from(["a", "b", "c"])),
        tuple(terms),
        draw(few),
        tuple(Definition(lang, draw(few) or "z") for lang in langs),
        draw(few),
        see=tuple(draw(st.sets(st.sampled_from(["a", "b"])))),
        match=draw(st.sampled_from([Match(), Match("exact"), Match("stem", ("x",))])),
        examples=tuple(draw(st.lists(st.sampled_from(SENTENCES), max_size=3, unique=True))),
        reliability=draw(st.sampled_from([None, 0, 9])),
    )


_LISTS = st.lists(_concepts(), max_size=4)
# With more, the leading form may change by the import: see below.
_PLAIN = st.lists(_concepts(most=1), max_size=4)
properties = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_back(found: Glossary) -> Glossary:
    return read_glossary(load_marked(glossary_text(found), "glossary.yaml"))


# Readers give each id once.
_FILE = _PLAIN.map(lambda some: list({one.id: one for one in some}.values()))


@given(_PLAIN, _FILE)
@properties
def test_any_import_can_be_saved_and_done_again(here: list[Concept], there: list[Concept]) -> None:
    before = glossary(*here, rejected=("hôm qua",))
    after, outcome = taken(before, *there)
    assert read_back(after) == after
    # A subject or context that came in may part homonyms the first time took for one.
    settled = taken(after, *there)[0]
    assert taken(settled, *there)[0] == settled, "the third time changes nothing"
    told = outcome.added, outcome.merged, outcome.left, outcome.conflicts
    assert sum(map(len, told)) >= len(there), "every concept of the file is accounted for"


def test_a_concept_is_known_again_after_it_got_a_better_name() -> None:
    file = (
        Concept("b", (vi("y tá"), en("nurse"))),
        Concept("a", (vi("điều dưỡng", "preferred"), vi("y tá", "admitted"))),
    )
    once, _ = taken(glossary(Concept("a", (vi("y tá"),))), *file)
    twice, outcome = taken(once, *file)
    assert twice == once
    assert summary(outcome) == {"left": ["a", "a"]}


@given(_LISTS, _LISTS)
@properties
def test_no_import_takes_anything_away(here: list[Concept], there: list[Concept]) -> None:
    before = glossary(*here, rejected=("hôm qua",))
    after, _ = taken(before, *there)
    assert after.rejected == before.rejected
    found = after.by_id()
    for old in before:
        new = found[old.id]
        statuses = {(one.lang, one.text): one.status for one in new.terms}
        for term in old.terms:
            status = statuses[term.lang, term.text]
            assert status == term.status or term.status is None
        for name in ("subject", "note", "reliability"):
            assert getattr(old, name) in ("", None, getattr(new, name))
        assert set(old.definitions) <= set(new.definitions)
        assert new.decisions[: len(old.decisions)] == old.decisions
        assert old.match in (Match(), new.match)
        for lang in LANGS:
            best = old.preferred(lang)
            assert best is None or new.forms(lang, "preferred") == old.forms(lang, "preferred")


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ({"valid_from": DAY}, {"valid_until": datetime.date(2020, 1, 1)}),
        ({"valid_until": DAY}, {"valid_from": datetime.date(2030, 1, 1)}),
    ],
)
def test_times_that_exclude_each_other_are_a_conflict(
    here: dict[str, Any], there: dict[str, Any]
) -> None:
    after, outcome = taken(glossary(replace(HOSPITAL, **here)), replace(HOSPITAL, **there))
    assert read_back(after) == after
    assert outcome.conflicts
