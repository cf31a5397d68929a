"""The lists of official names are source code: sorted, unique, whole."""

from __future__ import annotations

import unicodedata
from collections import Counter
from importlib import resources

import pytest

from glossary.kinds import key_vi
from glossary.official import official_names

COLUMNS = {
    "official_names.tsv": 8,
    "countries.tsv": 3,
}


def lines(name: str) -> list[str]:
    text = (resources.files("glossary.resources") / name).read_text("utf-8")
    assert text.endswith("\n")
    return text.removesuffix("\n").split("\n")


def rows(name: str) -> list[list[str]]:
    """Without comments and header."""
    return [line.split("\t") for line in lines(name) if not line.startswith("#")][1:]


@pytest.mark.parametrize(("name", "columns"), COLUMNS.items())
def test_every_row_is_whole(name: str, columns: int) -> None:
    wrong = [row for row in rows(name) if len(row) != columns or not row[0] or not row[1]]
    assert wrong == []


@pytest.mark.parametrize("name", COLUMNS)
def test_the_header_names_the_columns(name: str) -> None:
    header = next(line for line in lines(name) if not line.startswith("#"))
    assert header.split("\t")[:3] == ["vi", "en", "variants"]
    assert len(header.split("\t")) == COLUMNS[name]


@pytest.mark.parametrize("name", COLUMNS)
def test_no_stray_space(name: str) -> None:
    cells = [cell for row in rows(name) for cell in row]
    assert [cell for cell in cells if cell != " ".join(cell.split())] == []
    assert [cell for cell in cells if cell != unicodedata.normalize("NFC", cell)] == []
    forms = [form for row in rows(name) for form in row[2].split("|") if row[2]]
    assert [form for form in forms if not form.strip()] == []


@pytest.mark.parametrize("name", COLUMNS)
def test_names_are_unique(name: str) -> None:
    counts = Counter((key_vi(row[0]), *row[5:7]) for row in rows(name))
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", COLUMNS)
def test_no_form_stands_twice_in_a_row(name: str) -> None:
    for row in rows(name):
        forms = [row[1], *(form.strip() for form in row[2].split("|") if form.strip())]
        assert len(set(forms)) == len(forms), row


@pytest.mark.parametrize(
    "name",
    [
        "official_names.tsv",
        pytest.param(
            "countries.tsv",
        ),
    ],
)
def test_rows_are_sorted(name: str) -> None:
    """By code points of the small letters, so that any editor's sort gives the same."""
    found = [row[0] for row in rows(name)]
    assert found == sorted(found, key=str.lower)


def test_years_are_years() -> None:
    for row in rows("official_names.tsv"):
        years = [cell for cell in row[5:7] if cell]
        assert all(cell.isdigit() and 1945 <= int(cell) <= 2030 for cell in years), row
        assert years == sorted(years), row


def test_every_name_has_a_source_and_a_kind() -> None:
    assert [row for row in rows("official_names.tsv") if not row[4] or not row[7]] == []


@pytest.mark.parametrize(
    ("vi", "en"),
    [
        ("Bộ Y tế", "Ministry of Health"),
        ("Lào", "Laos"),
        ("Campuchia", "Cambodia"),
        ("Thứ trưởng", "Deputy Minister"),
        ("Phó Thủ tướng", "Deputy Prime Minister"),
    ],
)
def test_what_everybody_knows(vi: str, en: str) -> None:
    assert en in [name.en[0] for name in official_names() if name.vi == vi]


def test_the_preferred_form_is_first_and_an_abbreviation_is_a_form() -> None:
    for name in official_names():
        assert name.en
        assert all(form == form.strip() != "" for form in name.en)
    assert "MoH" in _forms("Bộ Y tế") or "MOH" in _forms("Bộ Y tế")


def test_a_name_in_both_lists_means_one_thing() -> None:
    countries = {key_vi(row[0]) for row in rows("countries.tsv")}
    bodies = {key_vi(row[0]) for row in rows("official_names.tsv")}
    assert countries & bodies == set()


def _forms(vi: str) -> tuple[str, ...]:
    return next(name.en for name in official_names() if name.vi == vi)
