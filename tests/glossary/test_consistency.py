"""How scattered are the forms of a term, and which form do two terms claim?"""

from __future__ import annotations

import datetime
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.consistency import ATTESTED, Form, Usage, are_variants, usages
from glossary.model import Alternative, Candidate, KnownName


def candidate(
    vi: str,
    en: str,
    probability: float = 0.9,
    count: int = 1,
    *others: Alternative,
    en_count: int = 1,
) -> Candidate:
    return Candidate(
        vi, en, probability, "term", count, ("a",), (), others, "parallel", en_count=en_count
    )


def usage(*counts: int) -> Usage:
    forms = tuple(Form(f"form {i}", 0.9, count, (), ()) for i, count in enumerate(counts))
    return Usage("vi", "term", 1, "", "", forms)


@pytest.mark.parametrize(
    ("counts", "bits"),
    [
        ((), 0.0),
        ((7,), 0.0),
        ((1, 1), 1.0),
        ((2, 2, 2, 2), 2.0),
        ((3, 1), 2 - 0.75 * math.log2(3)),
        ((5, 0), 0.0),
        ((0, 0), 0.0),
    ],
)
def test_entropy(counts: tuple[int, ...], bits: float) -> None:
    assert usage(*counts).entropy == pytest.approx(bits)
    assert str(usage(*counts).entropy) != "-0.0"


@given(st.lists(st.integers(0, 50), max_size=6))
def test_entropy_is_at_most_that_of_an_even_spread(counts: list[int]) -> None:
    found = usage(*counts).entropy
    assert 0 <= found <= math.log2(max(sum(map(bool, counts)), 1)) + 1e-9
    assert usage(*reversed(counts)).entropy == pytest.approx(found)


def test_forms_are_attested_and_likeliest_first() -> None:
    [use] = usages(
        [
            candidate(
                "Bộ Y tế", "Ministry of Health", 0.9, 5,
                Alternative("Health Ministry", 0.5, 2, ("b",)),
                Alternative("ministry", ATTESTED - 0.01, 4, ("b",)),
                en_count=3,
            )
        ]
    )  # fmt: skip
    assert [(form.en, form.count) for form in use.forms] == [
        ("Ministry of Health", 3),
        ("Health Ministry", 2),
    ]
    assert use.count == 5


def test_a_doubtful_term_is_left_out() -> None:
    assert usages([candidate("bệnh", "disease", ATTESTED - 0.01)]) == []
    assert len(usages([candidate("bệnh", "disease", ATTESTED)])) == 1
    assert usages([]) == []


def test_a_conflict_names_the_other_claimants() -> None:
    found = usages(
        [
            candidate("Bộ Y tế", "Ministry of Health"),
            candidate("ngành y tế", "ministries of health"),
            candidate("Sở Y tế", "Ministry of health"),
        ]
    )
    claims = {use.vi: use.forms[0].claimed_by for use in found}
    assert set(claims["Bộ Y tế"]) == {"Sở Y tế"}
    assert claims["ngành y tế"] == (), "'ministries of' is another key: only the last word bends"


def test_an_alternative_that_is_anothers_best_is_a_conflict_of_the_one_only() -> None:
    shared = Alternative("Department of Health", 0.4, 1)
    first, second = (
        candidate("Bộ Y tế", "Ministry of Health", 0.9, 1, shared),
        candidate("Sở Y tế", "Department of Health"),
    )
    by_term = {use.vi: use for use in usages([first, second])}
    assert by_term["Bộ Y tế"].forms[1].claimed_by == ("Sở Y tế",)
    assert by_term["Sở Y tế"].forms[0].claimed_by == ()


def test_the_most_scattered_first_then_conflicts_then_the_commonest() -> None:
    scattered = candidate("a", "one", 0.9, 1, Alternative("two", 0.5, 1))
    found = usages(
        [
            candidate("rare", "rare thing", count=1),
            candidate("common", "common thing", count=9),
            candidate("x", "claimed", count=2),
            candidate("y", "claimed", count=3),
            scattered,
        ]
    )
    assert [use.vi for use in found] == ["a", "y", "x", "common", "rare"]


def test_dates_are_those_of_the_oldest_and_newest_page() -> None:
    dated = replace(
        candidate("a", "one"), dates=(datetime.date(2024, 5, 1), datetime.date(2025, 6, 20))
    )
    [use] = usages([dated])
    assert (use.first_date, use.last_date) == ("2024-05-01", "2025-06-20")
    [undated] = usages([candidate("a", "one")])
    assert (undated.first_date, undated.last_date) == ("", "")


@pytest.mark.parametrize(
    ("one", "other", "wanted", "why"),
    [
        ("bác sĩ", "bác sỹ", True, "i for y"),
        ("Xiêng Khoảng", "Xiêng Khoang", True, "a mark dropped"),
        ("vaccine", "Vaccine", True, "a capital"),
        ("TTYT", "Trung tâm Y tế", True, "an abbreviation"),
        ("BHYT", "bảo hiểm y tế", True, "of lower-case words"),
        ("YTCC", "y tế cơ sở", False, "of other words"),
        ("tuyến y tế cơ sở", "y tế cơ sở", True, "with a head before it"),
        ("Bộ Y tế", "Sở Y tế", False, "another head"),
        ("y tế", "tế", False, "a lone syllable is no short form"),
        ("viện", "bệnh viện", False, "half a word"),
    ],
)
def test_variants_of_one_term(one: str, other: str, wanted: bool, why: str) -> None:
    assert are_variants(one, other) is wanted, why
    assert are_variants(other, one) is wanted, why


def test_variants_stand_together_and_are_no_conflict() -> None:
    found = usages(
        [
            candidate("TTYT", "health centre", 0.8, 2, en_count=3),
            candidate("Trung tâm Y tế", "Health Centre", 0.9, 5, en_count=3),
            candidate("trạm y tế", "health centre", 0.6, 1, en_count=3),
        ]
    )
    by_term = {use.vi: use for use in found}
    assert set(by_term) == {"Trung tâm Y tế", "trạm y tế"}
    centre = by_term["Trung tâm Y tế"]
    assert (centre.variants, centre.count) == (("TTYT",), 7)
    assert [(form.en, form.count) for form in centre.forms] == [("Health Centre", 3)]
    assert centre.forms[0].claimed_by == ("trạm y tế",)
    assert set(by_term["trạm y tế"].forms[0].claimed_by) == {"TTYT", "Trung tâm Y tế"}


def test_a_title_with_the_name_of_the_body_is_a_conflict_not_a_variant() -> None:
    found = usages(
        [
            candidate("Bộ Y tế", "Ministry of Health"),
            replace(candidate("Bộ trưởng Bộ Y tế", "Ministry of Health"), kind="title"),
        ]
    )
    assert [use.forms[0].claimed_by for use in found] == [("Bộ Y tế",), ("Bộ trưởng Bộ Y tế",)] or [
        use.forms[0].claimed_by for use in found
    ] == [("Bộ trưởng Bộ Y tế",), ("Bộ Y tế",)]


def test_a_part_of_a_form_is_not_another_name() -> None:
    [use] = usages(
        [
            candidate(
                "Chương trình Tiêm chủng mở rộng", "Expanded Programme on Immunisation", 0.9, 1,
                Alternative("Expanded Programme", 0.6, 1),
                Alternative("the national Expanded Programme on Immunisation", 0.5, 1),
                Alternative("EPI", 0.5, 1),
            )
        ]
    )  # fmt: skip
    assert [form.en for form in use.forms] == ["Expanded Programme on Immunisation", "EPI"]


DAYS = {
    "a": datetime.date(2010, 2, 24), "b": datetime.date(2012, 1, 1),
    "c": datetime.date(2025, 3, 1), "d": datetime.date(2025, 6, 20),
}  # fmt: skip


def test_a_form_that_gave_way_to_another() -> None:
    old = Alternative("Health Ministry", 0.7, 2, ("a", "b"))
    now = replace(candidate("Bộ Y tế", "Ministry of Health", 0.9, 4, old), en_documents=("c", "d"))
    [use] = usages([now], dates=DAYS)
    assert use.notes == ("Health Ministry until 2012-01-01, Ministry of Health from 2025-03-01",)
    assert (use.forms[1].first_date, use.forms[1].last_date) == ("2010-02-24", "2012-01-01")
    [seldom] = usages([replace(now, en_documents=("c",))], dates=DAYS)
    assert seldom.notes == (), "one document begins no usage"
    [beside] = usages([replace(now, en_documents=("a", "d"))], dates=DAYS)
    assert beside.notes == (), "both were used at one time"


@pytest.mark.parametrize(
    ("years", "days", "note"),
    [
        ((None, 2025), ("2024-05-01", "2026-01-02"), "in force until 2025, used in 2026-01-02"),
        ((None, 2025), ("2025-12-31",), None),
        ((2025, None), ("2024-05-01", "2026-01-02"), "in force from 2025, used in 2024-05-01"),
        ((2025, None), (), None),
        ((None, None), ("2024-05-01",), None),
    ],
)
def test_names_outside_the_years_they_are_in_force(
    years: tuple[int | None, int | None], days: tuple[str, ...], note: str | None
) -> None:
    known = KnownName("Bộ Y tế", ("Ministry of Health",), "ministry", "made up", *years)
    dates = tuple(map(datetime.date.fromisoformat, days))
    [use] = usages(
        [replace(candidate("Bộ Y tế", "Ministry of Health"), dates=dates)], known=[known]
    )
    assert use.notes == ((f"Bộ Y tế: {note}",) if note else ())
