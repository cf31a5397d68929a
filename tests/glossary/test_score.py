"""From evidence to probability: each pair for itself, then among its rivals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.score import (
    FEATURES,
    HOPELESS,
    Evidence,
    association,
    load_model,
    log_odds,
    rivalry,
    settled,
)

PLAIN = Evidence(
    cosine=0.4, margin=0.1, context=0.5, nearness=0.1, mutual=0.5, blocks=0.0, linked=0.0,
    aligned=0.0, forward=0.0, backward=0.0, association=0.0, apart=0.0, dictionary_vi=0.0,
    dictionary_en=0.0, name=0.0, official=0.0, length=0.2,
)  # fmt: skip


def better(**changes: float) -> Evidence:
    return replace(PLAIN, **changes)


def odds(one: Evidence, *, linked: bool = False) -> float:
    return float(log_odds([one], np.array([linked]), np.array([not linked]))[0])


@pytest.mark.parametrize(
    ("changes", "linked", "why"),
    [
        ({"nearness": 0.4}, False, "nearer than others"),
        ({"mutual": 1.0}, False, "each the other's nearest"),
        ({"dictionary_vi": 1.0, "dictionary_en": 1.0}, False, "the dictionary knows both"),
        ({"dictionary_vi": 1.0, "dictionary_en": 1.0}, True, "of linked ones too"),
        ({"name": 1.0}, False, "written alike"),
        ({"official": 1.0}, False, "an official name"),
        ({"forward": 1.0}, True, "linked wherever it stands"),
    ],
)
def test_what_speaks_for_a_pair(changes: dict[str, float], linked: bool, why: str) -> None:
    assert odds(better(**changes), linked=linked) > odds(PLAIN, linked=linked), why


@pytest.mark.parametrize("changes", [{"apart": 1.0}, {"length": 1.5}, {"official": -1.0}])
def test_what_speaks_against_it(changes: dict[str, float]) -> None:
    assert odds(better(**changes)) < odds(PLAIN)


def chances(scores: list[float], vi: list[str], en: list[str]) -> list[float]:
    none = np.zeros(len(scores))
    return settled(np.array(scores), vi, en, none.astype(bool), none).tolist()


def test_a_pair_far_ahead_of_its_rivals_is_likelier() -> None:
    alone = chances([1.0, -3.0], ["a", "a"], ["x", "y"])[0]
    beside = chances([1.0, 0.9], ["a", "a"], ["x", "y"])[0]
    claimed = chances([1.0, 0.9], ["a", "b"], ["x", "x"])[0]
    assert alone > beside
    assert alone > claimed


def test_rivals_are_those_of_the_same_term_or_form() -> None:
    scores = np.array([2.0, 1.0, 1.0, -9.0])
    none = np.zeros(4)
    found = rivalry(scores, ["a", "a", "b", "c"], ["x", "y", "x", "z"], none.astype(bool), none)
    names = FEATURES["settled"]
    ahead, ahead_en = names.index("ahead"), names.index("ahead_en")
    assert found[:, ahead].tolist() == [1.0, -1.0, 1.0 - HOPELESS, 0.0]
    assert found[:, ahead_en].tolist() == [1.0, 1.0 - HOPELESS, -1.0, 0.0]


@given(st.lists(st.tuples(st.floats(-9, 9), st.sampled_from("ab"), st.sampled_from("xyz"))))
def test_probabilities_are_such(rows: list[tuple[float, str, str]]) -> None:
    found = chances([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])
    assert all(0 <= one <= 1 for one in found)


def test_counts_say_nothing_below_three() -> None:
    assert association(2, 2, 9) == 0
    assert association(3, 3, 9) < association(3, 3, 3) == 1
    assert association(0, 5, 5) == 0


@pytest.mark.parametrize("name", ["parallel", "comparable", "settled"])
def test_the_stored_weights_are_of_these_features(name: str) -> None:
    model = load_model(name)  # type: ignore[arg-type]
    assert len(model.weights) == len(model.mean) == len(FEATURES[name])  # type: ignore[index]
