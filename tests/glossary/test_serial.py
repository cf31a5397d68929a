"""Candidates as JSON lines and back."""

from __future__ import annotations

import datetime
import json

from hypothesis import given
from hypothesis import strategies as st

from glossary.build import Report
from glossary.model import Alternative, Candidate, Example, Place
from glossary.serial import candidate_json, read_candidate

FULL = Candidate(
    vi="khám, chữa bệnh",
    en="medical examination and treatment",
    probability=0.9123,
    kind="term",
    count=3,
    documents=("a", "b"),
    examples=(
        Example(Place("a", 0, 3, 7, "Về khám."), Place("b", -1, 0, 4, "Exam ‘A’"), 0.75),
        Example(Place("a", 1, 0, 4, "Khám"), Place("b", 2, 0, 4, "Exam"), None),
    ),
    alternatives=(Alternative("treatment", 0.31, 2, ("b",), {"cosine": 0.5}),),
    channel="parallel",
    termhood=0.6,
    en_count=4,
    en_documents=("b",),
    dates=(datetime.date(2025, 3, 12), datetime.date(2025, 6, 20)),
    evidence={"cosine": 0.61, "composed": True},
)


def test_a_line_holds_the_whole_candidate() -> None:
    assert read_candidate(candidate_json(FULL)) == FULL


def test_vietnamese_is_readable_in_the_line() -> None:
    assert "khám, chữa bệnh" in candidate_json(FULL)
    assert json.loads(candidate_json(FULL))["dates"] == ["2025-03-12", "2025-06-20"]


def test_candidates_of_the_sample_come_back_as_they_were(sample_report: Report) -> None:
    for one in sample_report.candidates:
        line = candidate_json(one)
        assert "\n" not in line
        assert read_candidate(line) == one


TEXT = st.text(max_size=8)
NAMES = st.lists(TEXT, max_size=3).map(tuple)
SHARE = st.floats(0, 1)
PLACE = st.builds(Place, TEXT, st.integers(-1, 99), st.integers(0, 9), st.integers(0, 9), TEXT)


@given(
    st.builds(
        Candidate,
        vi=TEXT,
        en=TEXT,
        probability=SHARE,
        kind=st.sampled_from(["institution", "term"]),
        count=st.integers(0, 99),
        documents=NAMES,
        examples=st.lists(st.builds(Example, PLACE, PLACE, st.none() | SHARE), max_size=2).map(
            tuple
        ),
        alternatives=st.lists(
            st.builds(
                Alternative, TEXT, SHARE, st.integers(0, 9), NAMES, st.dictionaries(TEXT, SHARE)
            ),
            max_size=2,
        ).map(tuple),
        channel=st.sampled_from(["parallel", "comparable", "both"]),
        dates=st.lists(st.dates(), max_size=2).map(tuple),
        evidence=st.dictionaries(TEXT, SHARE, max_size=2),
    )
)
def test_any_candidate_is_one_line_and_comes_back(one: Candidate) -> None:
    line = candidate_json(one)
    assert line.count("\n") == 0
    assert read_candidate(line) == one
    assert candidate_json(read_candidate(line)) == line
