"""Any concept through each format of other tools and back: nothing is lost, nothing is invalid."""

from __future__ import annotations

import datetime
import re
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from align.model import LANGS, SongnguError
from align.text import one_line, paragraph
from glossary.concept import (
    PARTS_OF_SPEECH,
    STATUSES,
    TERM_TYPES,
    VERDICTS,
    Concept,
    ConceptExample,
    Decision,
    Definition,
    Glossary,
    Match,
    Term,
    glossary_of,
)
from glossary.decode import decoded
from glossary.incoming import take_in
from glossary.po import read_glossary_po, write_glossary_po
from glossary.rows import COLUMNS, attested, attested_text, concepts_of_rows, rows_of
from glossary.spreadsheet import read_csv, write_csv
from glossary.tbx import write_tbx
from glossary.tbx_read import read_tbx

DAY = datetime.date(2026, 11, 22)
SCHEMA = etree.RelaxNG(
    etree.parse(str(Path(__file__).resolve().parents[1] / "data" / "tbx-basic-v3-dca.rng"))
)
GetText = Callable[..., subprocess.CompletedProcess[bytes]]


def write_po(concepts: Iterable[Concept]) -> bytes:
    return write_glossary_po(concepts, version="0", revised="2026-11-22").encode()


def read_po(raw: bytes) -> list[Concept]:
    return list(concepts_of_rows(read_glossary_po(decoded(raw, "f.po"), "f.po"), "f.po"))


def write_table(concepts: Iterable[Concept]) -> bytes:
    return write_csv(concepts).encode()


def read_table(raw: bytes) -> list[Concept]:
    return list(concepts_of_rows(read_csv(decoded(raw, "f.csv"), "f.csv"), "f.csv"))


def write_base(concepts: Iterable[Concept]) -> bytes:
    return write_tbx(concepts, title="glossary")


def read_base(raw: bytes) -> list[Concept]:
    base = read_tbx(raw, "f.tbx")
    assert base.left_out == []
    return base.concepts


Write = Callable[[Iterable[Concept]], bytes]
Read = Callable[[bytes], list[Concept]]
FORMATS: dict[str, tuple[Write, Read]] = {
    "po": (write_po, read_po),
    "csv": (write_table, read_table),
    "tbx": (write_base, read_base),
}
every_format = pytest.mark.parametrize("style", FORMATS)


def there_and_back(style: str, concepts: Sequence[Concept]) -> list[Concept]:
    write, read = FORMATS[style]
    return read(write(concepts))


def with_place(style: str, concepts: Iterable[Concept]) -> list[Concept]:
    """Those that a format has a place for."""
    return [one for one in concepts if style != "po" or one.forms("vi")]


def held_everywhere(text: str) -> Concept:
    """A concept with *text* in each of its fields."""
    return Concept(
        "a",
        (
            Term("vi", text, "preferred", "fullForm", "noun", text),
            Term("vi", f"{text}2"),
            Term("en", text, None, None, None, text),
            Term("en", f"2{text}", "forbidden"),
        ),
        text,
        (Definition("vi", f"{text}\n\n{text}", text), Definition("en", text)),
        f"{text}\n\n{text}",
        text,
        (text, "b"),
        Match("exact", (text, "x"), (text,)),
        datetime.date(2016, 1, 1),
        datetime.date(2025, 2, 28),
        0,
        (ConceptExample(text, text, text, text, DAY, None, 0.5),),
        (Decision("accept", text, DAY, text), Decision("import", "import:f.po", DAY)),
    )


ODD = [
    ("=1+1", "a formula"),
    ("-x", "a formula that begins with minus"),
    ("+84", "a formula that begins with plus"),
    ("@SUM(A1)", "a formula of an old spreadsheet"),
    ("'", "an apostrophe"),
    ("'=", "what the guard against formulas writes"),
    ("''=1", "and twice"),
    ('"', "a quote"),
    ('a"b', "a quote inside"),
    ("\\", "a backslash"),
    ("\\n", "a backslash and n, no line break"),
    ('\\"', "an escaped quote"),
    ("c:\\temp\\new", "a path"),
    ("#", "the sign of a comment"),
    ("#, fuzzy", "a flag"),
    ("#~ x", "an obsolete entry"),
    (". x", "an extracted comment after '#'"),
    (", fuzzy", "a flag after '#'"),
    ('msgid "x"', "a keyword of gettext"),
    ("status: forbidden", "a comment of ours"),
    ("unreviewed", "the word for an open status"),
    ("%", "a percent sign"),
    ("%s %(a)d {} {0}", "placeholders"),
    ("a|b", "a bar"),
    ("a; b", "a semicolon"),
    ("a, b", "a comma"),
    ("vi:a", "a key of rows without id"),
    ("<b>&amp;</b>", "markup"),
    ("]]>", "the end of character data"),
    ("<!-- x -->", "a comment of XML"),
    ("שלום", "from right to left"),
    ("trái\u202ephải\u202c", "marks that turn the direction"),
    ("\U0001f3e5\u200d\U0001f469", "emoji"),
    ("\ufeffx", "a byte-order mark in front"),
    ("x\u200b", "a blank without width behind"),
    ("\u0301", "a combining mark alone"),
    ("\U0010ffff", "the last code point"),
    ("hoà", "new place of the tone"),
    ("2024-01-01", "a date"),
    ("null", "nothing, to a parser of YAML"),
]


@every_format
@pytest.mark.parametrize(
    ("text", "why"), [*ODD, ("reviewed: lan 2026-11-22", "nearly a decision of ours")]
)
def test_odd_text_survives_in_each_field(style: str, text: str, why: str) -> None:
    concept = held_everywhere(text)
    assert there_and_back(style, [concept]) == [concept], why


SENTENCES = ConceptExample("câu", "sentence", "moh", "vnn", DAY, DAY, 0.5)
TERMS = (Term("vi", "y tế", "preferred"), Term("en", "health", "preferred"))


def lost(*values: object, why: str) -> object:
    """A concept that should come back as it was and does not yet."""
    return pytest.param(*values, why, marks=pytest.mark.xfail(strict=True, reason=why))


def kept(*values: object, why: str) -> tuple[object, ...]:
    """A concept that comes back as it was."""
    return (*values, why)


WHOLE: list[Any] = [
    *(
        (style, Concept("a", TERMS, examples=(one,)), why)
        for style in ("csv", "tbx")
        for one, why in (
            (replace(SENTENCES, probability=None), "no probability"),
            (ConceptExample("câu", "sentence"), "no origin"),
        )
    ),
    kept("po", Concept("a", TERMS, examples=(replace(SENTENCES, probability=None),)),
         why="no probability"),
    kept("po", Concept("a", TERMS, examples=(ConceptExample("câu", "sentence"),)),
         why="no origin"),
    *(
        kept(style, Concept("a", TERMS, examples=(replace(SENTENCES, probability=0.9123456789),)),
             why="a probability of many digits")
        for style in FORMATS
    ),
    *(
        kept(style, Concept("a", TERMS, examples=(replace(SENTENCES, probability=5e-07),)),
             why="a probability with an exponent")
        for style in ("po", "csv")
    ),
    *(
        lost(style, Concept("a", TERMS, examples=(replace(SENTENCES, vi_document="moh | 1"),)),
             why="' | ' in the name of a document parts it")
        for style in ("po", "csv")
    ),
    *(
        lost(style, Concept("a", TERMS, examples=(
            replace(SENTENCES, vi_document="moh (2024-01-01)", vi_date=None),)),
             why="a name of a document that ends like a date is taken for one")
        for style in FORMATS
    ),
    *(
        (style, Concept("a", TERMS, decisions=(
            Decision("accept", "lan", DAY, "as on 2023-01-01 accept; y"),)), "grounds with a date")
        for style in ("csv", "tbx")
    ),
    kept("po", Concept("a", TERMS, decisions=(
        Decision("accept", "lan", DAY, "as on 2023-01-01 accept; y"),)),
         why="grounds with a date"),
    *((style, Concept("a", TERMS, note="x-reliability: 9"), "a note like one of ours")
      for style in ("csv", "po")),
    kept("tbx", Concept("a", TERMS, note="x-reliability: 9"),
         why="a note like one of ours"),
    kept("tbx", Concept("a", TERMS, note="x-status: unreviewed"),
         why="a note like one of ours"),
    *(
        (style, Concept("a", (Term(lang, "y tế"),), examples=(SENTENCES,),
                        definitions=(Definition("vi", "x", "y"), Definition("en", "z"))),
         f"{lang} only")
        for style in FORMATS for lang in LANGS if (style, lang) != ("po", "en")
    ),
    *(
        (style, Concept("a", (*TERMS, *(Term(lang, f"{lang} {status}", status)
                                        for lang in LANGS for status in (*STATUSES[1:], None)))),
         "every status in both languages")
        for style in FORMATS
    ),
    *(
        (style, Concept("a", (Term("vi", "a", "forbidden"), Term("en", "b", "forbidden"))),
         "forbidden terms alone")
        for style in FORMATS
    ),
]  # fmt: skip


@pytest.mark.parametrize(("style", "concept", "why"), WHOLE)
def test_a_concept_comes_back_whole(style: str, concept: Concept, why: str) -> None:
    assert there_and_back(style, [concept]) == [concept], why


# --- any glossary

_LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn"])
_SOUP = st.text(st.sampled_from("aế'\"\\#%{}<>&;,|=-+@ \t:.~n\U0001f3e5\u05d0"), max_size=10)
_LINES = (st.text(_LETTERS, max_size=10) | _SOUP).map(one_line).filter(bool) | st.sampled_from(
    [text for text, _ in ODD]
)
_PARAGRAPHS = st.lists(_LINES | st.just(""), max_size=4).map("\n".join).map(paragraph)
_IDS = st.from_regex(r"[A-Za-z][A-Za-z0-9_.-]{0,8}", fullmatch=True)
_MAYBE = _LINES | st.just("")
_DATES = st.none() | st.dates()
# Names that part at ' | ' or end like a date are lost, see above.
_NAMES = _MAYBE.filter(lambda text: "|" not in text and not text.endswith(")"))
_DECISIONS = st.lists(
    st.builds(Decision, st.sampled_from(VERDICTS), _LINES, st.dates(), _MAYBE), max_size=3
).map(tuple)
_TERMS = st.lists(
    st.builds(
        Term, st.sampled_from(LANGS), _LINES, st.none() | st.sampled_from(STATUSES),
        st.none() | st.sampled_from(TERM_TYPES), st.none() | st.sampled_from(PARTS_OF_SPEECH),
        _MAYBE,
    ),
    min_size=1, max_size=6, unique_by=lambda term: (term.lang, term.text),
).map(tuple)  # fmt: skip
# As songngu rounds them; others, and none in a catalogue, are lost, see above.
_CHANCES = st.integers(0, 10_000).map(lambda number: number / 10_000)
_EXAMPLES = st.lists(
    st.builds(ConceptExample, _LINES, _LINES, _NAMES, _NAMES, _DATES, _DATES, _CHANCES),
    max_size=3,
).map(tuple)
_SOME = st.lists(_LINES, max_size=3).map(tuple)


@st.composite
def _concepts(draw: st.DrawFn) -> Concept:
    """Any concept in its canonical form."""
    langs = [lang for lang in LANGS if draw(st.booleans())]
    first, last = sorted([draw(st.dates()), draw(st.dates())])
    return Concept(
        draw(_IDS),
        draw(_TERMS),
        draw(_MAYBE),
        tuple(Definition(one, draw(_PARAGRAPHS.filter(bool)), draw(_MAYBE)) for one in langs),
        draw(_PARAGRAPHS),
        draw(_MAYBE),
        draw(_SOME),
        Match(draw(st.sampled_from(["stem", "exact"])), draw(_SOME), draw(_SOME)),
        draw(st.sampled_from([None, first])),
        draw(st.sampled_from([None, last])),
        draw(st.none() | st.integers(0, 10)),
        draw(_EXAMPLES),
        draw(_DECISIONS),
    )


_GLOSSARIES = st.lists(_concepts(), max_size=3, unique_by=lambda one: one.id)
properties = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@every_format
@given(concepts=_GLOSSARIES)
@properties
def test_no_concept_loses_anything(style: str, concepts: list[Concept]) -> None:
    write, read = FORMATS[style]
    raw = write(concepts)
    assert write(concepts) == raw
    found = read(raw)
    assert found == with_place(style, concepts)
    assert write(found) == raw
    # Into the glossary it came from nothing is to be taken.
    glossary = glossary_of({one.id: one for one in concepts})
    after, outcome = take_in(glossary, found, file="f", on=DAY)
    assert after == glossary
    assert (outcome.added, outcome.merged, outcome.conflicts) == ([], [], [])
    assert len(outcome.left) == len(found)


@given(_GLOSSARIES)
@example([])
@example([Concept("a", (Term("vi", "x"),))])
@example([Concept("p-lan", TERMS, decisions=(Decision("accept", "lan", DAY),))])
@properties
def test_any_term_base_is_valid(concepts: list[Concept]) -> None:
    tree = etree.fromstring(write_base(concepts))
    assert SCHEMA.validate(tree), SCHEMA.error_log
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids)), "ids are unique in a file"
    people = {one.get("id") for one in tree.iter("{*}refObject")}
    assert {one.get("target") for one in tree.iter("{*}transacNote")} == people


_MIN = frozenset("administrativeStatus customerSubset externalCrossReference partOfSpeech".split())
_NAMESPACES = {True: "http://www.tbxinfo.net/ns/min", False: "http://www.tbxinfo.net/ns/basic"}


def as_dct(raw: bytes) -> bytes:
    """The same term base in style DCT: a category is an element in a namespace of its own."""
    tree = etree.fromstring(raw)
    tree.set("style", "dct")
    for one in tree.iter("{*}termNote", "{*}descrip", "{*}admin", "{*}transac", "{*}transacNote",
                         "{*}ref"):  # fmt: skip
        category = one.attrib.pop("type")
        one.tag = f"{{{_NAMESPACES[category in _MIN or category == 'subjectField']}}}{category}"
    return bytes(etree.tostring(tree, encoding="utf-8", xml_declaration=True))


_VERSION_2 = {
    "tbx": "martif", "tbxHeader": "martifHeader", "conceptEntry": "termEntry",
    "langSec": "langSet", "termSec": "tig",
}  # fmt: skip


def as_version_2(raw: bytes) -> bytes:
    """The same term base in TBX v2, UTF-16 as some tools write it."""
    tree = etree.fromstring(raw)
    for one in tree.iter():
        name = etree.QName(one).localname
        one.tag = _VERSION_2.get(name, name)
    etree.cleanup_namespaces(tree)
    return bytes(etree.tostring(tree, encoding="utf-16", xml_declaration=True))


@given(concepts=_GLOSSARIES)
@properties
def test_a_term_base_means_the_same_in_another_style(concepts: list[Concept]) -> None:
    raw = write_base(concepts)
    assert read_base(as_dct(raw)) == concepts
    assert read_base(as_version_2(raw)) == concepts


@pytest.mark.system
@given(concepts=_GLOSSARIES)
@properties
def test_any_catalogue_satisfies_gettext(gettext: GetText, concepts: list[Concept]) -> None:
    raw = write_po(concepts)
    done = gettext(raw, "msgfmt", "--check", "--output-file=/dev/null")
    assert (done.returncode, done.stderr) == (0, b"")
    assume(not re.search(rb"(?m)^#.*\\$", raw))  # see below
    done = gettext(raw, "msgcat")
    assert done.returncode == 0, done.stderr
    assert read_po(done.stdout) == with_place("po", concepts)


@pytest.mark.system
def test_a_backslash_at_the_end_of_a_comment_survives_msgcat(gettext: GetText) -> None:
    concept = Concept("a", TERMS, "c:\\", project="moh")
    assert read_po(gettext(write_po([concept]), "msgcat").stdout) == [concept]


def emptied(concept: Concept) -> Concept:
    """Without the decision that the import added."""
    assert concept.decisions[-1].reviewer == "import:f"
    return replace(concept, decisions=concept.decisions[:-1])


@every_format
def test_homonyms_come_into_an_empty_glossary(style: str) -> None:
    concepts = [
        Concept(f"khoa-{number}", (Term("vi", "khoa", "preferred"), Term("en", en, "preferred")),
                subject)
        for number, (en, subject) in enumerate([("department", "hospital"), ("science", "school")])
    ]  # fmt: skip
    incoming = there_and_back(style, concepts)
    assert incoming == concepts
    after, outcome = take_in(Glossary(), incoming, file="f", on=DAY)
    assert [emptied(one) for one in after] == concepts
    assert outcome.conflicts == []


def test_a_name_that_begins_with_a_colon_is_told_with_its_line() -> None:
    text = FORMATS["tbx"][0]([Concept("b", TERMS)]).decode()
    with pytest.raises(SongnguError, match=r"f\.tbx:3: no XML"):
        read_tbx(text.replace("sourceDesc", ":sourceDesc").encode(), "f.tbx")


@every_format
@given(cut=st.integers(0, 3000), much=st.integers(0, 40), by=_SOUP)
@settings(properties, max_examples=120)
def test_a_damaged_file_is_read_or_told_in_one_line(
    style: str, cut: int, much: int, by: str
) -> None:
    write, read = FORMATS[style]
    text = write([held_everywhere("bệnh viện"), Concept("b", TERMS)]).decode()
    cut %= len(text)
    raw = (text[:cut] + by + text[cut + much :]).encode()
    try:
        if style == "tbx":
            read_tbx(raw, "f.tbx")
        else:
            read(raw)
    except SongnguError as error:
        assert str(error).startswith(f"f.{style}:")
        assert "\n" not in str(error)


# --- rows


def test_rows_pair_every_term_and_the_first_tells_the_concept() -> None:
    concept = Concept(
        "a",
        (
            Term("vi", "Bộ Y tế", "preferred"), Term("vi", "BYT", "admitted"),
            Term("en", "Ministry of Health", "preferred"), Term("en", "MoH"),
        ),
        note="ministry",
    )  # fmt: skip
    rows = rows_of(concept)
    assert [(one["term_vi"], one["term_en"], one["status_en"], one["note"]) for one in rows] == [
        ("Bộ Y tế", "Ministry of Health", "preferred", "ministry"),
        ("Bộ Y tế", "MoH", "unreviewed", ""),
        ("BYT", "Ministry of Health", "preferred", ""),
    ]
    assert all(tuple(row) == COLUMNS for row in rows)


def concepts_of(*rows: dict[str, str]) -> list[Concept]:
    return list(concepts_of_rows(enumerate(rows, 2), "f.csv"))


def terms_of(*rows: dict[str, str]) -> list[tuple[str, list[str]]]:
    return [(one.id, [term.text for term in one.terms]) for one in concepts_of(*rows)]


def row(vi: str, en: str, id: str = "", **cells: str) -> dict[str, str]:
    return {"concept_id": id, "term_vi": vi, "term_en": en, **cells}


GROUPS: list[Any] = [
    ([row("y tá", "nurse"), row("bác sĩ", "doctor")],
     [("y-ta", ["y tá", "nurse"]), ("bac-si", ["bác sĩ", "doctor"])], "one a Vietnamese term"),
    ([row("y tá", "nurse"), row("bác sĩ", "doctor"), row("Y  tá", "orderly")],
     [("y-ta", ["y tá", "Y tá", "nurse", "orderly"]), ("bac-si", ["bác sĩ", "doctor"])],
     "spelt otherwise, and apart"),
    ([row("y tá", "nurse", "n1"), row("hộ lý", "orderly", "n1")],
     [("n1", ["y tá", "hộ lý", "nurse", "orderly"])], "an id holds together"),
    ([row("y tá", "nurse", "n1"), row("y tá", "nurse", "n2")],
     [("n1", ["y tá", "nurse"]), ("n2", ["y tá", "nurse"])], "an id parts"),
    ([row("khóa", "lock"), row("khoa", "department")],
     [("khoa", ["khóa", "lock"]), ("khoa-2", ["khoa", "department"])], "names alike without marks"),
    ([row("", "nurse", "n1")], [("n1", ["nurse"])], "English alone"),
    ([row("", "nurse")], [("nurse", ["nurse"])], "English alone without an id"),
    pytest.param(
        [row("", "nurse"), row("", "doctor")], [("nurse", ["nurse"]), ("doctor", ["doctor"])],
        "two English terms without id and translation",
    ),
    pytest.param(
        [row("y tá", "nurse"), row("điều dưỡng", "carer", "y-ta")],
        [("y-ta-2", ["y tá", "nurse"]), ("y-ta", ["điều dưỡng", "carer"])],
        "an id given later is not taken by a name",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected", "why"), GROUPS)
def test_rows_become_concepts(
    rows: list[dict[str, str]], expected: list[tuple[str, list[str]]], why: str
) -> None:
    found = terms_of(*rows)
    assert [terms for _, terms in found] == [terms for _, terms in expected], why
    assert len({id for id, _ in found}) == len(found), why
    if "later" not in why:
        assert found == expected, why


KEPT: list[Any] = [
    ([row("a", "b", Domain="health")], "x-Domain: health", "an unknown column"),
    ([row("a", "b", note="n", Client="c")], "n\nx-Client: c", "beside a note"),
    ([row("a", "b"), row("a", "c", note="n")], "n", "told by the second row only"),
    *(
        pytest.param(
            rows, note, why,
        )
        for rows, note, why in [
            ([row("a", "b", note="one"), row("a", "c", note="two")], "one\ntwo", "two notes"),
            ([row("a", "b", Domain="one"), row("a", "c", Domain="two")],
             "x-Domain: one\nx-Domain: two", "two values of an unknown column"),
        ]
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "note", "why"), KEPT)
def test_what_has_no_place_is_kept_in_the_note(
    rows: list[dict[str, str]], note: str, why: str
) -> None:
    [concept] = concepts_of(*rows)
    assert concept.note == note, why


def test_definitions_of_two_rows_come_together() -> None:
    [concept] = concepts_of(row("a", "b", definition_vi="d"), row("a", "c", definition_en="e"))
    assert concept.definitions == (Definition("vi", "d"), Definition("en", "e"))


@pytest.mark.parametrize("column", ["context_vi", "context_en"])
def test_a_sentence_of_one_language_is_kept(column: str) -> None:
    [concept] = concepts_of(row("a", "b", **{column: "a sentence"}))
    assert "a sentence" in f"{concept.note}{concept.examples}"


@pytest.mark.parametrize(
    ("rows", "line", "parts", "why"),
    [
        ([row("a", "b"), row("c", "d", status_en="maybe")], 3, ["status_en", "'maybe'"], "status"),
        ([row("a", "b", status_vi="?")], 2, ["status_vi", "'?'"], "status of the other side"),
        ([row("a", "b", type_en="x")], 2, ["type_en", "'x'"], "type"),
        ([row("a", "b", pos="x")], 2, ["pos", "'x'"], "part of speech"),
        ([row("a", "b", pos_vi="x")], 2, ["pos_vi", "'x'"], "of the other side"),
        ([row("a", "b", reliability="11")], 2, ["reliability", "11"], "too high"),
        ([row("a", "b", reliability="high")], 2, ["reliability", "'high'"], "no number"),
        ([row("a", "b", reliability="٣")], 2, ["reliability", "٣"], "digits of another script"),
        ([row("a", "b", reliability="9" * 5000)], 2, ["reliability"], "thousands of digits"),
        ([row("a", "b", valid_from="31/12/2025")], 2, ["valid_from", "31/12/2025"], "no ISO date"),
        ([row("a", "b", valid_from="2025-02-30")], 2, ["valid_from"], "no such day"),
        ([row("a", "b", valid_from="2025-02-02", valid_until="2025-01-01")], 2, ["valid_until"],
         "ends before it begins"),
        ([row("a", "b", match="fuzzy")], 2, ["match", "'fuzzy'"], "a way to match"),
        ([row("a", "b", reviewer="lan")], 2, ["reviewed_on", "'lan'"], "a reviewer without a date"),
        ([row("a", "b", reviewer="lan", reviewed_on="today")], 2, ["date", "today"], "no date"),
        ([row("a", "b", reviewer="lan", reviewed_on="2025-01-01", verdict="ok")], 2, ["'ok'"],
         "no verdict"),
        ([row("a", "b"), row("", "", "x", note="n")], 3, ["terms"], "no term"),
    ],
)  # fmt: skip
def test_a_value_that_is_not_understood_is_told_with_its_line(
    rows: list[dict[str, str]], line: int, parts: list[str], why: str
) -> None:
    with pytest.raises(SongnguError) as raised:
        concepts_of(*rows)
    message = str(raised.value)
    assert message.startswith(f"f.csv:{line}: "), why
    assert "\n" not in message
    for part in parts:
        assert part in message, why


def test_a_row_without_terms_is_told_plainly() -> None:
    with pytest.raises(SongnguError) as raised:
        concepts_of(row("", "", "x", note="n"))
    assert ": :" not in str(raised.value)


@pytest.mark.parametrize(
    ("document", "date", "text"),
    [
        ("moh-1", DAY, "moh-1 (2026-11-22)"),
        ("moh-1", None, "moh-1"),
        ("", DAY, "(2026-11-22)"),
        ("", None, ""),
        ("moh (1)", None, "moh (1)"),
        ("moh (2026-02-30)", None, "moh (2026-02-30)"),
    ],
)
def test_a_document_with_its_date(document: str, date: datetime.date | None, text: str) -> None:
    assert attested_text(document, date) == text
    assert attested(text) == (document, date)
