"""Repairs of damaged text: the table ``tests/cases/repairs.yaml``, and what holds of all text."""

from __future__ import annotations

import itertools
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from align.clean.edits import EditedText
from align.clean.repair import PLAN, repair

FIXES = [fix.__name__ for fix in PLAN]
CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "repairs.yaml").read_text("utf-8")
)
RIGHT = [case for case in CASES if case.get("expect") != "fail"]


def rows() -> list[Any]:
    return [
        pytest.param(
            case,
            id=f"{fixes_of(case)[0]}: {case['label']}",
            marks=[pytest.mark.xfail(strict=True, reason=case["fault"])]
            if case.get("expect") == "fail"
            else [],
        )
        for case in CASES
    ]


def fixes_of(case: dict[str, Any]) -> list[str]:
    return case["fix"] if isinstance(case["fix"], list) else [case["fix"]]


def kept(raw: str, edited: EditedText) -> list[str]:
    """What stands in the raw text between the repaired places."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted((one.start, one.end) for one in edited.repairs):
        if start > at:
            pieces.append(raw[at:start])
        at = max(at, end)
    return [*pieces, raw[at:]]


@pytest.mark.parametrize("case", rows())
def test_case(case: dict[str, Any]) -> None:
    edited = repair(case["before"])
    assert edited.text == case.get("after", case["before"]), case["why"]
    if "after" in case:
        assert {one.fix for one in edited.repairs} == set(fixes_of(case))
    else:
        assert edited.repairs == []


def test_every_fix_has_cases_of_both_kinds() -> None:
    for fix in FIXES:
        some = [case for case in RIGHT if fix in fixes_of(case)]
        assert any("after" in case for case in some), fix
        assert any("after" not in case for case in some), fix
    assert {fix for case in CASES for fix in fixes_of(case)} == set(FIXES)


@pytest.mark.parametrize("case", RIGHT, ids=lambda case: case["label"])
def test_repairs_tell_where_they_were_made(case: dict[str, Any]) -> None:
    check_places(case["before"])


def check_places(raw: str) -> None:
    edited = repair(raw)
    for one in edited.repairs:
        assert 0 <= one.start <= one.end <= len(raw)
        assert one.before == raw[one.start : one.end]
        assert one.fix in FIXES
        assert one.before != one.after
    # The fixes come in the order of the plan, the places of each in the order of the text.
    order = [(FIXES.index(one.fix), one.start, one.end) for one in edited.repairs]
    assert order == sorted(order)
    for (fix, _, end), (next_fix, start, _) in itertools.pairwise(order):
        assert fix != next_fix or end <= start
    # What no repair tells of is still there, in order.
    at = 0
    for piece in kept(raw, edited):
        found = edited.text.find(piece, at)
        assert found >= 0, piece
        at = found + len(piece)


WORDS = ["Bộ", "Y", "tế", "họp", "COVID-19", "A & B", "12", "tháng", "the", "team", "5,2%", "—"]
DAMAGES = [
    "&amp;quot;", "&nbsp;", "h&#7885;p", "te\u0302\u0301", "bệnh\u200bviện", "\u00a0", "a\u00a0b",
    "progra妹妹es", "O飞飞icials", "â€œtốtâ€\x9d", "Namâ€™s", "20二五", "三八", "A(H五N一)", 
    "\ufeff", "中国", "Привет", "妹妹", "&T;", "đo\u00adàn", "\x07",
]  # fmt: skip
CLEAN = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
MIXED = st.lists(st.sampled_from(WORDS + DAMAGES), max_size=12).map(" ".join)


@given(MIXED)
def test_repairing_twice_is_repairing_once(raw: str) -> None:
    once = repair(raw).text
    again = repair(once)
    assert (again.text, again.repairs) == (once, [])


def test_two_doubled_characters_in_a_row_are_repaired_at_once() -> None:
    once = repair("妹妹丝丝age").text
    assert repair(once).text == once


@given(st.lists(st.sampled_from([one for one in WORDS + DAMAGES if "â" not in one])).map(" ".join))
def test_places_of_any_damage(raw: str) -> None:
    check_places(raw)


def test_a_repair_inside_what_was_repaired_before_covers_its_source() -> None:
    raw = "â€œa\u00a0bâ€\x9d"
    last = repair(raw).repairs[-1]
    assert (last.fix, last.start, last.end) == ("no_break_spaces", 0, len(raw))


@given(CLEAN)
def test_clean_text_is_left_alone(text: str) -> None:
    edited = repair(text)
    assert (edited.text, edited.repairs) == (text, [])


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_keeps_its_lines_and_becomes_readable(raw: str) -> None:
    edited = repair(raw)
    assert edited.text.count("\n") == raw.count("\n")
    assert "\x00" not in edited.text
    assert all(one.before == raw[one.start : one.end] for one in edited.repairs)


@pytest.mark.parametrize("name", FIXES)
def test_a_fix_is_named_as_its_function_and_tells_its_reason(name: str) -> None:
    fix = PLAN[FIXES.index(name)]
    assert fix.__doc__


@pytest.mark.parametrize("case", RIGHT, ids=lambda case: case["label"])
def test_repaired_text_is_composed(case: dict[str, Any]) -> None:
    assert unicodedata.is_normalized("NFC", repair(case["before"]).text)
