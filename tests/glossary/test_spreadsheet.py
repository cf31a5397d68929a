"""Glossaries as tables: what a spreadsheet gets, what people hand in."""

from __future__ import annotations

import codecs
import csv
import datetime
import io
from typing import Any

import pytest

from align.model import SongnguError
from glossary.concept import Concept, Decision, Definition, Term
from glossary.decode import decoded
from glossary.rows import COLUMNS, concepts_of_rows
from glossary.spreadsheet import read_csv, write_csv

DAY = datetime.date(2026, 11, 22)


def read(text: str | bytes) -> list[Concept]:
    raw = text if isinstance(text, bytes) else text.encode()
    return list(concepts_of_rows(read_csv(decoded(raw, "f.csv"), "f.csv"), "f.csv"))


def terms(concept: Concept) -> list[str]:
    """``vi bệnh viện preferred`` for each term."""
    return [f"{one.lang} {one.text} {one.status or '?'}" for one in concept.terms]


def cells(*concepts: Concept) -> list[dict[str, str]]:
    """The rows as Python's csv reads them."""
    text = write_csv(concepts)
    assert text.startswith("\ufeff"), "without it Excel takes UTF-8 for something else"
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


# --- out

MINISTRY = Concept(
    "bo-y-te",
    (
        Term("vi", "Bộ Y tế", "preferred", "fullForm", "noun"),
        Term("en", "Ministry of Health", "preferred"),
        Term("en", "Medical Ministry", "forbidden"),
    ),
    definitions=(Definition("vi", 'Cơ quan "của" Chính phủ,\n\nquản lý.', "NĐ 42"),),
    decisions=(Decision("import", "import:a.po", DAY), Decision("accept", "lan", DAY, "12 uses")),
)


def test_a_row_a_pair_under_every_column() -> None:
    rows = cells(MINISTRY)
    assert all(tuple(row) == COLUMNS for row in rows)
    assert [(row["concept_id"], row["term_vi"], row["term_en"]) for row in rows] == [
        ("bo-y-te", "Bộ Y tế", "Ministry of Health"),
        ("bo-y-te", "Bộ Y tế", "Medical Ministry"),
    ]
    assert [row["status_en"] for row in rows] == ["preferred", "forbidden"]
    first = rows[0]
    assert first["definition_vi"] == 'Cơ quan "của" Chính phủ,\n\nquản lý.'
    assert first["definition_source_vi"] == "NĐ 42"
    assert first["reviewer"] == "import:a.po\nlan"
    assert first["reviewed_on"] == "2026-11-22\n2026-11-22"
    assert {rows[1][name] for name in ("definition_vi", "reviewer", "note", "see")} == {""}


def test_nothing_is_a_header() -> None:
    assert write_csv([]) == "\ufeff" + ",".join(COLUMNS) + "\n"
    assert read(write_csv([])) == []


def test_what_nobody_decided_is_marked() -> None:
    [row] = cells(Concept("a", (Term("vi", "x"), Term("en", "y", "admitted"))))
    assert (row["status_vi"], row["status_en"]) == ("unreviewed", "admitted")


FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+84 24",
    "-x",
    "@SUM(A1)",
    "'=1",
    "''=1",
    "=",
    "-",
    "'-",
    "'@",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_defused_and_come_back(text: str) -> None:
    concept = Concept(
        "a",
        (Term("vi", text), Term("en", text, source=text)),
        text,
        note=text,
        project=text,
        decisions=(Decision("accept", text, DAY),),
    )
    [row] = cells(concept)
    assert {name for name, cell in row.items() if cell.startswith(("=", "+", "-", "@"))} == set()
    assert row["term_vi"] == f"'{text}"
    assert read(write_csv([concept])) == [concept]


@pytest.mark.parametrize("text", ["'", "'a", "a=b", "a-b", "1-2", "'1"])
def test_what_is_no_formula_is_left_alone(text: str) -> None:
    [row] = cells(Concept("a", (Term("vi", text),)))
    assert row["term_vi"] == text


# --- in

PAIR = {"y-ta": ["vi y tá ?", "en nurse ?"]}
TABLES: list[Any] = [
    ("term_vi,term_en\ny tá,nurse\n", PAIR, "the columns alone"),
    ("term_en,term_vi\nnurse,y tá\n", PAIR, "in another order"),
    ("vi,en\ny tá,nurse\n", PAIR, "short names"),
    ("Vietnamese,English\ny tá,nurse\n", PAIR, "long names"),
    (" VI , EN \ny tá , nurse\n", PAIR, "capitals and blanks"),
    ("TERM_VI,Term_en\ny tá,nurse\n", PAIR, "capitals in our own names"),
    ("vi;en\ny tá;nurse\n", PAIR, "semicolons"),
    ("vi\ten\ny tá\tnurse\n", PAIR, "tabs"),
    ('vi;en;note\ny tá;nurse;"a; b, c"\n', PAIR, "a separator in quotes"),
    ('"vi","en"\n"y tá","nurse"\n', PAIR, "quotes around everything"),
    ("vi,en\ny tá,nurse", PAIR, "no line break at the end"),
    ("vi,en\r\ny tá,nurse\r\n", PAIR, "line ends of Windows"),
    ("vi,en\ry tá,nurse\r", PAIR, "line ends of old Macs"),
    ("\ufeffvi,en\ny tá,nurse\n", PAIR, "a byte-order mark"),
    ("vi,en\n\n,\ny tá,nurse\n , \n\n", PAIR, "empty rows"),
    ("vi,en,note\ny tá,nurse\n", PAIR, "a short row"),
    ("vi,en\ny tá,nurse,,\n", PAIR, "empty cells behind the last column"),
    ("vi,en,,\ny tá,nurse,,\n", PAIR, "columns without a name"),
    ('vi,en\n"y\n tá","nurse"\n', PAIR, "a line break in a term"),
    ('vi,en\n"y ta\u0301",nurse\n', PAIR, "decomposed"),
    ("vi,en\n", {}, "no rows"),
    ("vi,en\n'-x,'=y\n", {"x": ["vi -x ?", "en =y ?"]}, "the guard of others"),
    (
        "id,vi,en,status\nn1,y tá,nurse,preferred\n",
        {"n1": ["vi y tá preferred", "en nurse preferred"]},
        "aliases of id and status",
    ),
    (
        "vi,en,status_vi,status_en\ny tá,nurse,Preferred Term,obsolete\n",
        {"y-ta": ["vi y tá preferred", "en nurse deprecated"]},
        "words of others",
    ),
    ('vi,en\n5" ống,5" tube\n', {"c-5-ong": ['vi 5" ống ?', 'en 5" tube ?']}, "inches"),
    ('vi,en\n"nói ""a""",say\n', {"noi-a": ['vi nói "a" ?', "en say ?"]}, "doubled quotes"),
    (
        "vi,en\n,nurse\n,doctor\n",
        {"nurse": ["en nurse ?"], "doctor": ["en doctor ?"]},
        "English alone",
    ),
    ("id,vi,en\n1,y tá,nurse\n", {"c-1": ["vi y tá ?", "en nurse ?"]}, "numbers as ids"),
]


@pytest.mark.parametrize(("text", "expected", "why"), TABLES)
def test_a_table_of_somebody_else(text: str, expected: dict[str, list[str]], why: str) -> None:
    assert {one.id: terms(one) for one in read(text)} == expected, why


def test_unknown_columns_are_kept() -> None:
    [concept] = read('vi,en,Note,Domain,Client\ny tá,nurse,"a\nb", health ,\n')
    assert concept.note == "a\nb\nx-Domain: health"


BROKEN: list[tuple[str | bytes, int, str, str]] = [
    ("", 1, "term_vi", "an empty file"),
    ("\n\n", 1, "term_vi", "empty lines"),
    ("y tá,nurse\n", 1, "term_vi", "no header"),
    ("vi\ny tá\n", 1, "term_en", "one column"),
    ("vi,note\ny tá,x\n", 1, "term_en", "no English"),
    ("vi,en,term_vi\na,b,c\n", 1, "'term_vi'", "a column twice by its alias"),
    ("vi,en,x,x\na,b,c,d\n", 1, "'x'", "an unknown column twice"),
    ("vi,en\na,b\nc,d,e\n", 3, "3 cells", "a row too long"),
    ('vi,en\n"a\nb",c\nc,d,e\n', 4, "3 cells", "counted by lines, not by rows"),
    ('vi,en\na,b\n"c"d,e\n', 3, "CSV", "text behind a quote"),
    ('vi,en\na,b\n"c,d\n', 3, "CSV", "a quote that does not end"),
    (f"vi,en\na,{'b' * 200_000}\n", 2, "CSV", "a cell without end"),
    ("vi,en,status\na,b,preferred\nc,d,maybe\n", 3, "'maybe'", "an unknown status"),
    ("vi,en,reviewer\na,b,lan\n", 2, "reviewed_on", "a decision without a date"),
    ("vi,en\nc\u00e1,b\n".encode("iso-8859-1"), 2, "UTF-8", "Latin-1"),
    ("vi,en\na,b\n".encode("utf-16-le"), 0, "binary", "UTF-16 without its mark"),
    (b"PK\x03\x04\x00\x00", 0, "binary", "a workbook"),
]


@pytest.mark.parametrize(("text", "line", "cause", "why"), BROKEN)
def test_a_broken_table_is_told_in_one_line(
    text: str | bytes, line: int, cause: str, why: str
) -> None:
    with pytest.raises(SongnguError) as raised:
        read(text)
    message = str(raised.value)
    assert message.startswith(f"f.csv:{line}: " if line else "f.csv: "), (why, message)
    assert "\n" not in message
    assert cause in message, why


@pytest.mark.parametrize(
    ("raw", "text", "why"),
    [
        (b"", "", "nothing"),
        ("tế".encode(), "tế", "UTF-8"),
        (codecs.BOM_UTF8 + "tế".encode(), "tế", "with its mark"),
        (codecs.BOM_UTF16_LE + "tế".encode("utf-16-le"), "tế", "what Excel calls Unicode text"),
        (codecs.BOM_UTF16_BE + "tế".encode("utf-16-be"), "tế", "the other way round"),
        (b"a\r\nb\r\n", "a\nb\n", "line ends"),
        (b"a\rb\r", "a\nb\n", "line ends of old Macs"),
        (b"a\r\tb\n", "a \tb\n", "a stray return that was pasted in"),
    ],
)
def test_bytes_become_text(raw: bytes, text: str, why: str) -> None:
    assert decoded(raw, "f") == text, why


@pytest.mark.parametrize(
    ("raw", "message", "why"),
    [
        (b"a\nb\xff", "f:2: ", "the line of the bad byte"),
        (codecs.BOM_UTF16_LE + b"a", "f:1: ", "half a letter"),
        (b"\x00", "f: ", "a zero byte"),
    ],
)
def test_bytes_that_are_no_text(raw: bytes, message: str, why: str) -> None:
    with pytest.raises(SongnguError) as raised:
        decoded(raw, "f")
    assert str(raised.value).startswith(message), why
