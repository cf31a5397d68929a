"""Lines known by their wording, and the lists a project adds."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
import yaml

from align.clean import clean_page
from align.clean.lists import LISTED, Lists, lists_with
from align.config import CleanConfig

ARTICLE = (
    "Bộ Y tế họp về thuốc",
    "Ngày 14/10, Bộ Y tế đã họp với các địa phương về việc bảo đảm thuốc cho các bệnh viện.",
    "Các địa phương được yêu cầu chuẩn bị đủ thuốc và nhân lực cho mùa mưa bão năm nay.",
)
HOTLINE = "Hãy gọi đường dây nóng của chúng tôi theo số 1900 1234 vào mọi ngày trong tuần nhé."


@pytest.mark.parametrize(
    ("entry", "line", "matches"),
    [
        ("Hotline: *", "HOTLINE: 1900 1234", True),  # case is no difference
        ("Hotline: *", "Our hotline: 1900", False),  # the whole line, not a part of it
        ("*hotline*", "Our hotline is open", True),
        ("Số * ra ngày *", "Số 214 ra ngày 23/8", True),
        ("Số * ra ngày *", "Số 214 ngày 23/8", False),
        ("Tin (mới)", "Tin (mới)", True),  # brackets are brackets
        ("a.b", "axb", False),  # a full stop is a full stop
        ("**hết**", "đã hết rồi", True),
        ("two  spaces", "two spaces", True),
        ("*a*a*a*b", "a" * 1900, False),  # tried once, not in every way there is
        ("*x*", "x" * 3000, False),  # no line of a list is so long
    ],
)
def test_an_entry_is_a_line_with_stars(entry: str, line: str, matches: bool) -> None:
    assert Lists(CleanConfig(lines=(entry,))).line(line) == (LISTED if matches else "")


def test_lines_of_a_project_are_left_out_and_told() -> None:
    page = "\n".join([*ARTICLE[:2], HOTLINE, ARTICLE[2]])
    assert HOTLINE in clean_page(page).document.paragraphs
    cleaned = clean_page(page, lists=CleanConfig(lines=("Hãy gọi đường dây nóng*",)))
    assert list(cleaned.document.paragraphs) == list(ARTICLE[1:])
    assert [(one.kind, one.line) for one in cleaned.removed if one.kind == LISTED] == [(LISTED, 3)]


def test_nothing_after_a_projects_end_belongs_to_the_article() -> None:
    page = "\n".join([*ARTICLE, "Cổng thành phần", HOTLINE])
    cleaned = clean_page(page, lists=CleanConfig(ends=("Cổng thành phần",)))
    assert list(cleaned.document.paragraphs) == list(ARTICLE[1:])
    assert [one.kind for one in cleaned.removed][-2:] == [LISTED, LISTED]


CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "furniture.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("kind", "where", "line"),
    [(case["kind"], case["where"], line) for case in CASES for line in case["is"]],
)
def test_lines_known_by_their_wording(kind: str, where: str, line: str) -> None:
    assert getattr(lists_with(CleanConfig()), where)(line) == kind


@pytest.mark.parametrize(
    ("where", "line"), [(case["where"], line) for case in CASES for line in case["is_not"]]
)
def test_lines_of_articles_that_come_near(where: str, line: str) -> None:
    assert getattr(lists_with(CleanConfig()), where)(line) == ""


def test_every_kind_has_cases_and_counter_cases() -> None:
    text = (resources.files("align.resources") / "furniture.tsv").read_text("utf-8")
    rows = [row.split("\t") for row in text.splitlines() if row and not row.startswith("#")]
    told = {case["kind"] for case in CASES if case["is"] and case["is_not"] and case["why"]}
    assert {kind for kind, where, _ in rows if where in ("line", "end")} <= told
