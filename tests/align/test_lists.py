"""Lines known by their wording, and the lists a project adds."""

from __future__ import annotations

import pytest

from align.clean import clean_page
from align.clean.lists import LISTED, Lists
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
