"""The SimAlign package behind our protocol."""

from __future__ import annotations

import importlib.util
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pytest

from align.encoder.tokens import LONGEST
from align.model import MissingExtra, WordLink, WordMethod
from align.simalign_adapter import SimAlignAligner

ROOT = Path(__file__).parents[2]
METHODS: tuple[WordMethod, ...] = get_args(WordMethod)

Pair = tuple[Sequence[str], Sequence[str]]


def pair_of(vi: str, en: str) -> Pair:
    return vi.split(), en.split()


MINISTRY = pair_of(
    "Bộ Y tế Việt Nam tiếp nhận 500.000 liều vắc-xin COVID-19 .",
    "Viet Nam 's Ministry of Health received 500,000 doses of COVID-19 vaccine .",
)
VISIT = pair_of(
    "Bà Đào Hồng Lan thăm bệnh viện ngày 12 tháng 3 .",
    "Ms. Đào Hồng Lan visited the hospital on March 12 .",
)


@pytest.fixture(scope="module")
def aligner() -> SimAlignAligner:
    # Not `importorskip`: it would import the package before the adapter can.
    if importlib.util.find_spec("simalign") is None:
        assert os.environ.get("CI") != "true", "the package simalign is missing"
        pytest.skip("the package simalign is not installed")
    return SimAlignAligner()


def linked(links: Sequence[WordLink], pair: Pair) -> set[tuple[str, str]]:
    vi, en = pair
    return {(vi[link.vi_index], en[link.en_index]) for link in links}


@pytest.mark.parametrize("method", METHODS)
def test_links_names_and_numbers(aligner: SimAlignAligner, method: WordMethod) -> None:
    ministry, visit = aligner.align([MINISTRY, VISIT], method)
    assert {
        ("Bộ", "Ministry"),
        ("500.000", "500,000"),
        ("COVID-19", "COVID-19"),
        ("Nam", "Nam"),
    } <= linked(ministry, MINISTRY)
    assert {("Đào", "Đào"), ("Hồng", "Hồng"), ("Lan", "Lan"), ("12", "12")} <= linked(visit, VISIT)


@pytest.mark.parametrize("method", METHODS)
def test_links_are_in_order_and_in_range(aligner: SimAlignAligner, method: WordMethod) -> None:
    links = aligner.align([MINISTRY], method)[0]
    keys = [(link.vi_index, link.en_index) for link in links]
    assert keys == sorted(set(keys))
    assert all(0 <= i < len(MINISTRY[0]) and 0 <= j < len(MINISTRY[1]) for i, j in keys)
    assert {link.weight for link in links} == {1.0}


def test_methods_differ_as_they_should(aligner: SimAlignAligner) -> None:
    inter, itermax, mwmf = (
        linked(aligner.align([MINISTRY], method)[0], MINISTRY) for method in METHODS
    )
    assert inter < itermax
    # A matching links every word of the shorter side.
    assert len(mwmf) == min(map(len, MINISTRY))


@pytest.mark.parametrize("pair", [([], ["a"]), (["a"], []), ([], []), ([""], ["a"])])
def test_empty_side_has_no_links(aligner: SimAlignAligner, pair: Pair) -> None:
    assert aligner.align([pair], "itermax") == [[]]


def test_no_pairs(aligner: SimAlignAligner) -> None:
    assert aligner.align([], "inter") == []


def test_token_without_pieces_keeps_the_others_in_place(aligner: SimAlignAligner) -> None:
    vi, en = VISIT
    plain = aligner.align([VISIT], "inter")[0]
    moved = aligner.align([(["", *vi], en)], "inter")[0]
    assert [(link.vi_index - 1, link.en_index) for link in moved] == [
        (link.vi_index, link.en_index) for link in plain
    ]


@pytest.mark.slow
def test_long_input_is_aligned_to_its_end(aligner: SimAlignAligner) -> None:
    times = 50
    vi, en = (list(side) * times for side in MINISTRY)
    assert len(vi) > LONGEST
    links = aligner.align([(vi, en)], "inter")[0]
    # Every part of the text has links, and nearly all stay within a window.
    for part in range(10):
        share = range(part * len(vi) // 10, (part + 1) * len(vi) // 10)
        assert any(link.vi_index in share for link in links), part
    window = max(len(vi), len(en)) / 2
    assert all(
        abs(link.vi_index / len(vi) - link.en_index / len(en)) * len(en) < window for link in links
    )
    assert {link.vi_index for link in links} & set(range(len(vi) - 12, len(vi)))


@pytest.mark.slow
def test_one_word_over_the_limit(aligner: SimAlignAligner) -> None:
    # A letter is a piece: 600 of them.
    giant = ["ạx" * 300]
    one, both = aligner.align([(giant, VISIT[1]), (giant, giant)], "inter")
    assert one
    assert {link.vi_index for link in one} == {0}
    assert both == [WordLink(0, 0, 1.0)]


@pytest.mark.slow
def test_logging_is_as_before(aligner: SimAlignAligner) -> None:
    # In a process of its own: here SimAlign is imported already.
    program = """
import logging
logging.getLogger().setLevel(logging.ERROR)
def state():
    names = (None, "simalign", "simalign.simalign")
    return [(logging.getLogger(n).level, list(logging.getLogger(n).handlers)) for n in names]
before = state()
from align.simalign_adapter import SimAlignAligner
aligner = SimAlignAligner()
assert state() == before, state()
assert aligner.align([(["12"], ["12"])], "inter")[0]
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not logging.getLogger("simalign.simalign").handlers


def test_absent_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simalign", None)
    with pytest.raises(MissingExtra, match=r"songngu\[simalign\]") as caught:
        SimAlignAligner()
    assert "\n" not in str(caught.value)
