"""Numbers, names and function words of a sentence: tables for both languages."""

from __future__ import annotations

import pytest

from align.lexical import names, numbers, stopwords
from align.model import LANGS, Lang


@pytest.mark.parametrize(
    ("vi", "en", "found"),
    [
        ("1.300 người", "1,300 people", "1300"),
        ("1.300.000 liều", "1,300,000 doses", "1300000"),
        ("5,2%", "5.2 per cent", "5.2"),
        ("ngày 07/8/2024", "August 7, 2024", "7 8 2024"),
        ("tháng 3/2025", "March 2025", "3 2025"),
        ("tháng 5", "5", "5"),
        ("COVID-19", "COVID-19", "19"),
        ("A(H5N1)", "A(H5N1)", "5 1"),
        ("24/7", "24/7", "24 7"),
        ("007", "7", "7"),
        ("0,5 ml", "0.5 ml", "0.5"),
        ("không có số", "no numbers", ""),
    ],
)
def test_numbers_are_the_same_in_both_languages(vi: str, en: str, found: str) -> None:
    wanted = frozenset(found.split())
    assert (numbers(vi, "vi"), numbers(en, "en")) == (wanted, wanted)


def test_a_number_with_groups_and_a_decimal_mark() -> None:
    assert numbers("1.234,5 tỷ", "vi") == numbers("1,234.5 billion", "en") == {"1234.5"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on May 5", "5"),
        ("on 5 May", "5"),
        ("You may go", ""),
        ("May he go?", ""),
        ("in May", ""),
        ("the march of time", ""),
        ("In June and July", "6 7"),
    ],
)
def test_english_months(text: str, found: str) -> None:
    assert numbers(text, "en") == frozenset(found.split())


def test_vietnamese_has_no_month_names() -> None:
    assert numbers("March 2025", "vi") == {"2025"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hội nghị ASEAN", "asean"),
        ("Bộ trưởng Trần Thu Hà", "bo tran thu ha"),
        ("COVID-19 và A(H5N1)", "covid-19 a h5n1"),
        ("thành phố Huế", "hue"),
        ("bộ y tế", ""),
        ("the iPhone of Ms. O'Neil", "ms o'neil"),
        ("Việt Nam-Lào", "viet nam-lao"),
    ],
)
def test_names(text: str, found: str) -> None:
    assert names(text) == frozenset(found.split())


@pytest.mark.parametrize("name", ["Đào", "Đà", "Ấn", "Ứng", "Ưng", "Ẩn", "Ăn", "Ơn", "Ủy", "Ế"])
def test_names_that_begin_with_a_vietnamese_capital(name: str) -> None:
    assert names(f"gặp {name} ở đó")


@pytest.mark.parametrize("lang", LANGS)
def test_function_words(lang: Lang) -> None:
    words = stopwords(lang)
    assert {"vi": {"và", "của"}, "en": {"the", "of"}}[lang] <= words
    assert all(word == word.lower() and "_" not in word and word.strip() for word in words)
    assert not {"bệnh viện", "hospital", "y tế", "health"} & words
