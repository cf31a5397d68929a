"""Word links: small pairs, hard tokens, and the hand-aligned pairs of the shared benchmark."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from align import align_words
from align.encoder import Encoder
from align.evaluate import word_scores
from align.model import SongnguError, WordLink, WordMethod
from align.words import VectorAligner, similarity

METHODS: tuple[WordMethod, ...] = get_args(WordMethod)
GOLD = Path(os.environ.get("SONGNGU_SHARED", "../shared")) / "bench" / "wordalign"


def pair(vi: str, en: str) -> tuple[list[str], list[str]]:
    return vi.split(), en.split()


VISIT = pair(
    "Bộ trưởng Trần Thu Hà thăm bệnh viện ngày 12 tháng 3 .",
    "Minister Trần Thu Hà visited the hospital on March 12 .",
)
PAIRS = {
    "a visit": VISIT,
    "one token each": (["Có"], ["Yes"]),
    "one token against many": (["bác", "sĩ"], "the doctor of the district hospital".split()),
    "words given whole": (["Bộ Y tế", "họp"], ["The", "Ministry of Health", "met"]),
    "punctuation only": (["...", "—", "?"], ["…", "!"]),
    "punctuation inside": pair("Bộ trưởng … “ Y tế ”", 'the " health " minister'),
    "the same on both sides": (["COVID-19", ",", "WHO"], ["COVID-19", ",", "WHO"]),
    "tokens without a letter": (["\u200b", "", "bác"], ["", "doctor", " "]),
    "decomposed letters": (["bê\u0323nh", "viê\u0323n"], ["hospital"]),
    "a repeated word": (["rất"] * 5, ["very"] * 7),
}


def keys(links: Sequence[WordLink]) -> list[tuple[int, int]]:
    return [(link.vi_index, link.en_index) for link in links]


@pytest.mark.parametrize("label", PAIRS)
def test_links_are_sorted_in_range_and_weighted(encoder: Encoder, label: str) -> None:
    vi, en = PAIRS[label]
    for method in METHODS:
        links = align_words(vi, en, method=method, encoder=encoder)
        assert keys(links) == sorted(set(keys(links)))
        assert all(0 <= i < len(vi) and 0 <= j < len(en) for i, j in keys(links))
        assert all(0 <= link.weight <= 1 + 1e-6 for link in links)


@pytest.mark.parametrize("method", METHODS)
def test_names_and_numbers_are_linked(encoder: Encoder, method: WordMethod) -> None:
    vi, en = VISIT
    linked = {(vi[i], en[j]) for i, j in keys(align_words(vi, en, method=method, encoder=encoder))}
    assert {("12", "12"), (".", ".")} <= linked
    # A name is one Vietnamese word: by the one-to-one methods it hangs on one of its parts.
    name = {"Trần", "Thu", "Hà"}
    assert name <= {vi_token for vi_token, en_token in linked if en_token in name}
    # Both syllables of a word hang on its translation.
    assert {("bệnh", "hospital"), ("viện", "hospital")} <= linked


def test_itermax_is_the_method_where_none_is_given(encoder: Encoder) -> None:
    assert align_words(*VISIT, encoder=encoder) == align_words(
        *VISIT, method="itermax", encoder=encoder
    )


@pytest.mark.parametrize(("vi", "en"), [([], []), ([], ["a"]), (["a"], []), ([""], ["a"])])
def test_an_empty_side_has_no_links(encoder: Encoder, vi: list[str], en: list[str]) -> None:
    assert align_words(vi, en, encoder=encoder) == []


@pytest.mark.parametrize("method", ["", "max", "Inter", "argmax"])
@pytest.mark.parametrize("side", [[], ["a"]])
def test_an_unknown_method_names_the_known_ones(method: str, side: list[str]) -> None:
    with pytest.raises(SongnguError, match=f"'{method}'.*inter, itermax or mwmf"):
        align_words(side, side, method=method)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", METHODS)
def test_tokens_with_underscores_are_words(encoder: Encoder, method: WordMethod) -> None:
    vi, en = ["Bệnh_viện", "mới"], ["new", "hospital"]
    assert keys(align_words(vi, en, method=method, encoder=encoder)) == [(0, 1), (1, 0)]


def test_similarity_stays_between_0_and_1() -> None:
    vectors = np.random.default_rng(0).normal(size=(200, 384)).astype(np.float32)
    similar = similarity(vectors, vectors)
    assert similar.max() <= 1
    assert similarity(vectors, -vectors).min() >= 0


def test_pairs_together_are_as_alone(encoder: Encoder) -> None:
    pairs = [PAIRS["a visit"], ([], ["a"]), PAIRS["punctuation inside"], PAIRS["a visit"]]
    together = VectorAligner(encoder).align(pairs, "itermax")
    assert together[0] == together[3]
    assert together[1] == []
    alone = [align_words(*one, encoder=encoder) for one in pairs]
    assert [keys(links) for links in together] == [keys(links) for links in alone]
    assert VectorAligner(encoder).align([], "inter") == []


def test_hand_aligned_pairs(encoder: Encoder) -> None:
    if not GOLD.is_dir():
        assert os.environ.get("CI") != "true", f"{GOLD} is missing; set SONGNGU_SHARED"
        pytest.skip(f"no {GOLD}; set SONGNGU_SHARED")
    sides = [
        [line.split() for line in (GOLD / f"gold30.{lang}").read_text("utf-8").splitlines()]
        for lang in ("vi", "en")
    ]
    found = VectorAligner(encoder).align(list(zip(*sides, strict=True)), "itermax")
    gold = [
        [
            {tuple(map(int, link.split(mark))) for link in line.split() if mark in link}
            for mark in "-p"
        ]
        for line in (GOLD / "gold30.vi-en.talp").read_text("utf-8").splitlines()
    ]
    error, scores = word_scores(
        (sure, possible, links)  # type: ignore[arg-type]
        for (sure, possible), links in zip(gold, found, strict=True)
    )
    print(f"AER {error:.4f} {scores}")
    assert error <= 0.10
