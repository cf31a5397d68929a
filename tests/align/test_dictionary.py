"""Which words of two phrases translate each other by the dictionary."""

from __future__ import annotations

import unicodedata
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.dictionary import coverage, entries, read_english, read_vietnamese, spelled


def lines() -> list[str]:
    text = (resources.files("align.resources") / "dictionary.tsv").read_text("utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def shares(vi: str, en: str) -> tuple[float, float]:
    return coverage(read_vietnamese(vi), read_english(en))


def test_the_file_is_well_formed() -> None:
    words = []
    for line in lines():
        assert line == unicodedata.normalize("NFC", line).strip(), line
        vi, en = line.split("\t")
        assert vi, line
        assert all(one == one.strip() != "" for one in en.split(" | ")), line
        words.append(vi)
    assert words == sorted(set(words))
    assert len(words) > 4000


@pytest.mark.parametrize(
    ("vi", "en", "wanted", "why"),
    [
        ("bệnh viện huyện", "district hospitals", (1, 1), "plural; other order"),
        ("Bệnh viện huyện", "District Hospital", (1, 1), "capitals"),
        ("bệnh viện của huyện", "the hospital of a district", (1, 1), "function words aside"),
        ("bệnh viện", "district hospital", (1, 0.5), "a word left over"),
        ("bệnh viện", "school", (0, 0), "nothing in common"),
        ("bệnh viện Hà Giang", "Hà Giang hospital", (1, 1), "a name written alike"),
        ("bệnh viện Hà Giang", "Ha Giang hospital", (1, 1), "without its marks"),
        ("bệnh viện 108", "hospital 108", (1, 1), "a figure"),
        ("viện", "hospital", (0, 0), "half a word"),
        ("", "hospital", (0, 0), "nothing"),
        ("bệnh viện", "", (0, 0), "nothing on the other side"),
    ],
)
def test_shares(vi: str, en: str, wanted: tuple[float, float], why: str) -> None:
    assert shares(vi, en) == wanted, why


@pytest.mark.parametrize(
    ("one", "other"),
    [("health care", "healthcare"), ("Check-ups", "checkup"), ("policies", "policy")],
)
def test_one_word_in_two_spellings(one: str, other: str) -> None:
    assert spelled(one) == spelled(other)


def test_the_tone_mark_may_stand_on_either_vowel() -> None:
    assert "hòa bình" in entries()
    assert read_vietnamese("hoà bình").entries == read_vietnamese("hòa bình").entries != ()


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_has_shares(vi: str, en: str) -> None:
    assert all(0 <= share <= 1 for share in shares(vi, en))
