"""Lines broken at a width are one again; what was broken by hand stays."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.clean.line import Line
from align.clean.wrap import unwrap

PARAGRAPHS = (
    "The ministry has asked every district hospital to open a room for such people before October"
    " and to keep short- and long-term records of their condition, including COVID-19 tests.",
    "Under the new guidelines, well-trained nurses will call patients once a fortnight and those"
    " with warning signs will be referred to a larger hospital without an additional fee.",
    "Sở Y tế các tỉnh khẩn trương thực hiện một số nội dung sau, báo cáo kết quả về Cục Y tế dự"
    " phòng trước ngày 30/8 để tổng hợp, báo cáo Lãnh đạo Bộ xem xét và có ý kiến chỉ đạo.",
    "The agency has agreed to pay for twelve sessions of physiotherapy and for the tests, says the"
    " document, which asks distributors to stop advertising food as a treatment for exhaustion.",
)


def page(text: str) -> list[Line]:
    return [Line(line, n) for n, line in enumerate(text.split("\n"), 1) if line.strip()]


def told(text: str) -> list[str]:
    return [line.text for line in unwrap(page(text))]


@pytest.mark.parametrize("width", [55, 60, 64, 72])
def test_what_a_program_broke_is_joined(width: int) -> None:
    broken = "\n\n".join(textwrap.fill(one, width, break_on_hyphens=False) for one in PARAGRAPHS)
    assert told(broken) == list(PARAGRAPHS)


@given(st.integers(55, 98), st.permutations(PARAGRAPHS))
def test_paragraphs_of_one_line_stay(width: int, paragraphs: list[str]) -> None:
    assert told("\n".join(paragraphs)) == paragraphs


def test_a_short_poem_and_a_menu_stay() -> None:
    lines = [
        "Trang chủ",
        "Tin tức",
        "Sự kiện",
        "Văn bản",
        "Liên hệ",
        "Đăng nhập",
        "Thư viện",
        "Ảnh",
    ]
    assert told("\n".join(lines)) == lines


HYPHENS = [
    ("pharma-", "ceutical products", "pharmaceutical products", "a word that was broken"),
    ("treat-", "ment for all", "treatment for all", "no word begins with ment"),
    ("a COVID-", "19 ward", "a COVID-19 ward", "a number follows"),
    ("the follow-", "up visit, a follow-up", "the follow-up visit, a follow-up", "as elsewhere"),
    ("short- and long-", "term care", "short- and long-term care", "a part is left out before it"),
]


@pytest.mark.parametrize(("above", "below", "expected", "why"), HYPHENS)
def test_a_hyphen_at_the_end_of_a_line(above: str, below: str, expected: str, why: str) -> None:
    filler = textwrap.fill(" ".join(PARAGRAPHS[:2]), 72, break_on_hyphens=False)
    start = "x" * (71 - len(above))
    text = f"{filler}\n\n{start} {above}\n{below} and so on"
    assert told(text)[-1] == f"{start} {expected} and so on", why
