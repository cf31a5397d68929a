"""Word coverage of many windows at once, held against the plain way of one window at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from align.arrays import FloatArray, unit
from align.candidates import against_parts, parts_of
from align.coverage import SAME, word_coverage
from align.links import mutual_argmax
from align.model import LANGS, Lang
from align.sides import Sentence
from align.windows import SHAPES, Index, as_tuples

DIMENSIONS = 5


def sentence(words: FloatArray, content: list[bool], lang: Lang) -> Sentence:
    nothing: frozenset[str] = frozenset()
    return Sentence(
        text="x" * len(words),
        lang=lang,
        vector=np.ones(DIMENSIONS, np.float32),
        words=tuple((k, k + 1) for k in range(len(words))),
        word_vectors=unit(words),
        content=np.array(content, np.bool_),
        numbers=nothing,
        names=nothing,
        people=nothing,
    )


@st.composite
def documents(draw: st.DrawFn) -> tuple[list[Sentence], list[Sentence]]:
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sides = []
    for lang in LANGS:
        side = []
        for count in draw(st.lists(st.integers(0, 12), min_size=1, max_size=4)):
            words = chance.standard_normal((count, DIMENSIONS)).astype(np.float32)
            side.append(sentence(words, (chance.random(count) < 0.7).tolist(), lang))
        sides.append(side)
    return sides[0], sides[1]


def every_window(rows: int, columns: int) -> np.ndarray:
    return np.array(
        [
            (i, h, j, w)
            for h, w in SHAPES
            for i in range(rows - h + 1)
            for j in range(columns - w + 1)
        ],
        np.intp,
    )


def plainly(vi: list[Sentence], en: list[Sentence]) -> tuple[float, float, float]:
    one, two = (np.concatenate([each.word_vectors for each in side]) for side in (vi, en))
    content = [np.concatenate([each.content for each in side]) for side in (vi, en)]
    strengths = [np.zeros(len(one)), np.zeros(len(two))]
    if len(one) and len(two):
        similar = np.maximum(one @ two.T, 0)
        for row, column in np.argwhere(mutual_argmax(similar)):
            strengths[0][row] = strengths[1][column] = similar[row, column]
    told = [side[matters] for side, matters in zip(strengths, content, strict=True)]
    covers = [float(side.mean()) if len(side) else 0.0 for side in told]
    runs = []
    for side in told:
        size = min(max(3, len(side) // 3), len(side))
        means = [side[k : k + size].mean() for k in range(len(side) - size + 1)] if size else [0.0]
        runs.append(float(max(means)))
    return min(covers), max(covers), min(runs)


@settings(max_examples=100)
@given(documents())
def test_coverage_is_that_of_each_window_alone(
    both: tuple[list[Sentence], list[Sentence]],
) -> None:
    vi, en = both
    words = [np.concatenate([each.word_vectors for each in side]) for side in both]
    # Which of two equal words is linked is left to rounding.
    assume((np.diff(np.sort((words[0] @ words[1].T).ravel())) > 3 * SAME).all())
    windows = every_window(len(vi), len(en))
    found = np.column_stack(word_coverage(vi, en, windows))
    for ((i, h), (j, w)), values in zip(as_tuples(windows), found.tolist(), strict=True):
        assert values == pytest.approx(plainly(vi[i : i + h], en[j : j + w]), abs=1e-4)


def test_a_word_is_covered_by_one_of_two_equal_sentences() -> None:
    words = np.eye(3, DIMENSIONS, dtype=np.float32)
    vi = [sentence(words, [True] * 3, "vi")]
    en = [sentence(words, [True] * 3, "en")] * 2
    less, best, _ = word_coverage(vi, en, np.array([(0, 1, 0, 1), (0, 1, 0, 2)]))
    assert less.tolist() == pytest.approx([1.0, 0.5])  # the copy adds nothing
    assert best.tolist() == pytest.approx([1.0, 1.0])


def test_a_side_without_content_words_is_covered_by_nothing() -> None:
    words = np.eye(2, DIMENSIONS, dtype=np.float32)
    vi, en = [sentence(words, [False] * 2, "vi")], [sentence(words, [True] * 2, "en")]
    less, best, run = word_coverage(vi, en, np.array([(0, 1, 0, 1)]))
    assert (less[0], best[0], run[0]) == (0.0, 1.0, 0.0)


@settings(max_examples=60)
@given(st.integers(1, 5), st.integers(1, 5), st.data())
def test_windows_are_held_against_what_is_inside_them(
    rows: int, columns: int, data: st.DataObject
) -> None:
    every = every_window(rows, columns)
    kept = data.draw(st.lists(st.booleans(), min_size=len(every), max_size=len(every)))
    windows = every[np.array(kept, np.bool_)]
    cosines = np.random.default_rng(rows * 7 + columns).random(len(windows))
    gains, outdone = against_parts(windows, cosines, parts_of(windows, columns))

    def inside(one: np.ndarray, two: np.ndarray) -> bool:
        return all(
            two[k] <= one[k] and one[k] + one[k + 1] <= two[k] + two[k + 1] for k in (0, 2)
        ) and bool((one != two).any())

    for k, window in enumerate(windows):
        parts = [cosines[n] for n, one in enumerate(windows) if inside(one, window)]
        wholes = [cosines[n] - cosines[k] for n, one in enumerate(windows) if inside(window, one)]
        single = window[1] == window[3] == 1
        assert gains[k] == pytest.approx(0.0 if single else cosines[k] - max(parts, default=0.0))
        assert outdone[k] == pytest.approx(max([0.0, *wholes]))


def test_windows_are_found_among_known_ones() -> None:
    known = np.array([(3, 1, 2, 2), (0, 1, 0, 1)])
    there, places = Index(known, 9).find(np.array([(0, 1, 0, 1), (3, 1, 2, 1), (3, 1, 2, 2)]))
    assert (there.tolist(), places.tolist()) == ([True, False, True], [1, 0])
    there, places = Index(known[:0], 9).find(known)
    assert (there.tolist(), places.tolist()) == ([False, False], [])
