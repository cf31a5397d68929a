"""Figures against gold: small tables counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.bead_format import read_beads
from align.evaluate import Prf, bead_scores, calibration_error, clean_scores, prf, word_scores
from align.model import WordLink

GOLD = "[0]:[0]\n[1, 2]:[1]\n[3]:[2]:1:partial\n[4]:[]\n[]:[3]\n"


@pytest.mark.parametrize(
    ("counts", "scores"),
    [
        ((0, 0, 0, 0), (1, 1, 1)),
        ((0, 0, 0, 5), (0, 0, 0)),
        ((0, 5, 0, 0), (0, 0, 0)),
        ((1, 2, 1, 4), (0.5, 0.25, 1 / 3)),
        ((4, 4, 4, 4), (1, 1, 1)),
    ],
)
def test_prf(counts: tuple[int, int, int, int], scores: tuple[float, float, float]) -> None:
    found = prf(*counts)
    assert (found.precision, found.recall, found.f1) == pytest.approx(scores)


@pytest.mark.parametrize(
    ("found", "strict", "lax", "why"),
    [
        (GOLD, (1, 1), (1, 1), "the gold itself"),
        ("", (0, 0), (0, 0), "nothing found"),
        ("[0]:[]\n[]:[0]\n", (0, 0), (0, 0), "nulls do not count"),
        ("[0]:[0]\n", (1, 1 / 3), (1, 1 / 3), "one of three"),
        ("[0]:[0]\n[1]:[1]\n[2]:[]\n", (0.5, 1 / 3), (1, 2 / 3), "half a merge is right laxly"),
        ("[1, 2]:[0, 1]\n", (0, 0), (1, 1 / 3), "touches the gold in one link"),
        ("[0]:[3]\n[4]:[0]\n", (0, 0), (0, 0), "all wrong"),
        ("[0]:[0]:1:partial\n", (1, 1 / 3), (1, 1 / 3), "strict asks for no relation"),
    ],
)
def test_beads(found: str, strict: tuple[float, float], lax: tuple[float, float], why: str) -> None:
    scores = bead_scores([(read_beads(GOLD), read_beads(found))])
    assert (scores.strict.precision, scores.strict.recall) == pytest.approx(strict), why
    assert (scores.lax.precision, scores.lax.recall) == pytest.approx(lax), why
    assert scores.documents == 1


def test_beads_by_relation() -> None:
    found = "[0]:[0]\n[1, 2]:[1]:1:partial\n[3]:[2]:1:partial\n"
    scores = bead_scores([(read_beads(GOLD), read_beads(found))])
    assert scores.translation == Prf(1.0, 0.5, pytest.approx(2 / 3))
    assert scores.partial == Prf(0.5, 1.0, pytest.approx(2 / 3))
    assert "translation F1 0.667" in scores.line()


def test_documents_count_together() -> None:
    gold = read_beads(GOLD)
    scores = bead_scores([(gold, gold), (gold, [])])
    assert (scores.strict.precision, scores.strict.recall) == (1, 0.5)
    assert scores.documents == 2
    assert bead_scores([]).strict.f1 == 1


@pytest.mark.parametrize(
    ("judged", "error"),
    [
        ([], 0),
        ([(1.0, True)], 0),
        ([(1.0, False)], 1),
        ([(0.5, True), (0.5, False)], 0),
        ([(0.9, True)] * 9 + [(0.9, False)], 0),
        ([(0.2, True), (0.8, False)], 0.8),
        ([(0.75, True)] * 4, 0.25),
    ],
)
def test_calibration_error(judged: list[tuple[float, bool]], error: float) -> None:
    assert calibration_error(judged) == pytest.approx(error)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_calibration_error_is_a_share(judged: list[tuple[float, bool]]) -> None:
    assert 0 <= calibration_error(judged) <= 1


@pytest.mark.parametrize(
    ("gold", "found", "precision", "recall", "why"),
    [
        (["a", "b"], ["a", "b"], 1, 1, "equal"),
        (["a", "b"], ["b", "a"], 1, 1, "order does not count"),
        (["a", "a"], ["a"], 1, 0.5, "twice is twice"),
        (["a"], ["a", "a"], 0.5, 1, "and once is once"),
        (["a."], ["a"], 0, 0, "letter by letter"),
    ],
)
def test_paragraphs(
    gold: list[str], found: list[str], precision: float, recall: float, why: str
) -> None:
    scores = clean_scores([(gold, found)])
    assert (scores.precision, scores.recall) == (precision, recall), why


@pytest.mark.parametrize(
    ("sure", "possible", "found", "error"),
    [
        ({(0, 0)}, set(), {(0, 0)}, 0),
        ({(0, 0)}, {(0, 1)}, {(0, 0), (0, 1)}, 0),
        ({(0, 0)}, set(), {(1, 1)}, 1),
        ({(0, 0), (1, 1)}, set(), {(0, 0)}, 1 / 3),
        ({(0, 0)}, {(0, 1)}, {(0, 1)}, 0.5),
        ({(0, 0)}, set(), set(), 1),
    ],
)
def test_alignment_error_rate(
    sure: set[tuple[int, int]],
    possible: set[tuple[int, int]],
    found: set[tuple[int, int]],
    error: float,
) -> None:
    links = [WordLink(i, j, 1.0) for i, j in found]
    assert word_scores([(sure, possible, links)])[0] == pytest.approx(error)


def test_nothing_to_link_and_nothing_linked_is_no_error() -> None:
    assert word_scores([(set(), set(), [])])[0] == 0
