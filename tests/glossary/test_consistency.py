"""How scattered are the forms of a term, and which form do two terms claim?"""

from __future__ import annotations

import datetime
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.consistency import ATTESTED, Form, Usage, usages
from glossary.model import Alternative, Candidate


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
