"""Folding and counting words: tables, and what holds of all text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.text import fold, fold_marks, fold_tone_place, is_acronym, nfc, word_spans, words

VIETNAMESE = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyAĐƠƯY àảãáạ òỏõóọ ùủũúụ ỳỷỹýỵ èẻẽéẹ ÒÓỌ ÙÚỤ ’'-"
    "\u0300\u0301\u0323",
    max_size=20,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("hoà bình", "hòa bình"),
        ("hòa bình", "hòa bình"),
        ("HOÀ BÌNH", "HÒA BÌNH"),
        ("Oà", "Òa"),
        ("sức khoẻ", "sức khỏe"),
        ("thuỷ, uỷ ban, luỹ", "thủy, ủy ban, lũy"),
        ("quý, quỳ, Quỹ", "quý, quỳ, Quỹ"),
        ("hoàn, khoẻn, thuyền, toán", "hoàn, khoẻn, thuyền, toán"),
        ("loà xoà", "lòa xòa"),
    ],
)
def test_fold_tone_place(text: str, folded: str) -> None:
    assert fold_tone_place(text) == folded


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Uỷ  ban\u00a0Nhân dân", "ủy ban nhân dân", True),
        ("Bô\u0323 Y tê\u0301", "bộ y tế", True),
        ("children’s", "Children's", True),
        ("WHO", "who", False),
        ("BHYT", "bhyt", False),
        ("Hoa", "Hòa", False),
        ("Bộ", "Bồ", False),
    ],
)
def test_fold(one: str, two: str, same: bool) -> None:
    assert (fold(one) == fold(two)) is same


@given(VIETNAMESE)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert fold_tone_place(fold_tone_place(nfc(text))) == fold_tone_place(nfc(text))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đào Hồng Lan", "dao hong lan"),
        ("Bệnh viện Đa khoa", "benh vien da khoa"),
        ("Bô\u0323", "bo"),
        ("ưỡn ẹo", "uon eo"),
        ("WHO", "who"),
    ],
)
def test_fold_marks(text: str, folded: str) -> None:
    assert fold_marks(text) == folded


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("BHYT", True), ("WHO", True), ("COVID-19", True), ("ĐBQH", True), ("H5N1", True),
        ("UBND", True), ("Y", False), ("Bộ", False), ("HÀ", False), ("", False), ("19", False),
        ("MINISTRY", False), ("Who", False), ("ЕС", False),
    ],
)  # fmt: skip
def test_is_acronym(word: str, is_one: bool) -> None:
    assert is_acronym(word) is is_one


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bộ Y tế's 200-bed hospital.", ["Bộ", "Y", "tế's", "200-bed", "hospital"]),
        ("khám, chữa bệnh", ["khám", "chữa", "bệnh"]),
        ("R&D, 24/7, U.S. (WHO)", ["R&D", "24/7", "U.S", "WHO"]),
        ("5,2% — 1.300", ["5", "2", "1.300"]),
        ("a_b  c", ["a", "b", "c"]),
        ("… “!”", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text(max_size=40))
def test_words_stand_where_their_spans_say(text: str) -> None:
    spans = word_spans(text)
    assert [text[start:end] for start, end in spans] == words(text)
    assert spans == sorted(spans)
