"""Catalogues and tables as units: what is translated, in which direction, and where it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.model import SongnguError
from glossary.finding import Unit
from glossary.units import EN_VI, VI_EN, Direction, read_units
from tests.counting import calls

HEADER = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n\n'
ENTRY = '#: a.py:1\nmsgid "Bệnh viện"\nmsgstr "Hospital"\n'


def rows(text: str, path: str = "f.po") -> list[tuple[int, str, str]]:
    return [(unit.line, unit.source, unit.target) for unit in read_units(text, path)]


def error(text: str, path: str = "f.po") -> str:
    """What is said where a text cannot be read; always one line that begins with the path."""
    with pytest.raises(SongnguError) as raised:
        list(read_units(text, path))
    message = str(raised.value)
    assert len(message.splitlines()) == 1
    assert message.startswith(f"{path}:")
    return message


# --- catalogues -----------------------------------------------------------------------------------

ENTRIES = [
    (ENTRY, [(6, "Bệnh viện", "Hospital")], "the line of msgid, not of the comment"),
    ('msgid ""\n"Bệnh "\n"viện"\nmsgstr ""\n"Hos"\n"pital"\n',
     [(5, "Bệnh viện", "Hospital")], "in pieces"),
    ('msgid "Bệnh \\"viện\\"\\n\\tA\\\\b"\nmsgstr "x"\n',
     [(5, 'Bệnh "viện"\n\tA\\b', "x")], "escapes"),
    ('#, fuzzy\nmsgid "Bệnh"\nmsgstr "x"\n', [], "fuzzy"),
    ('#, c-format, fuzzy\n#| msgid "Bệnh cũ"\nmsgid "Bệnh"\nmsgstr "x"\n', [], "fuzzy among flags"),
    ('#, c-format\nmsgid "Bệnh %s"\nmsgstr "x %s"\n', [(6, "Bệnh %s", "x %s")], "another flag"),
    ('msgid "Bệnh"\nmsgstr ""\n', [], "untranslated"),
    ('#~ msgid "Bệnh"\n#~ msgstr "x"\n', [], "obsolete"),
    ('#~ msgctxt "c"\n#~ msgid "Bệnh"\n#~ msgstr "x"\n\n' + ENTRY,
     [(10, "Bệnh viện", "Hospital")], "obsolete before another"),
    ('#| msgid "Cũ"\n#. msgid "Nói"\n# msgid "Rằng"\nmsgid "Bệnh"\nmsgstr "x"\n',
     [(8, "Bệnh", "x")], "msgid in comments"),
    ('msgid "a"\nmsgstr "x"\nmsgid "b"\nmsgstr "y"\n', [(5, "a", "x"), (7, "b", "y")],
     "no empty line between"),
    ('msgid "a"\nmsgstr "x"\n\nmsgid "a"\nmsgstr "y"\n', [(5, "a", "x"), (8, "a", "y")],
     "the same msgid twice"),
    ('msgid\t"a"\nmsgstr\t"x"\n', [(5, "a", "x")], "a tab after the keyword"),
    ('msgctxt "c"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\nmsgstr[1] ""\n',
     [(6, "a", "x")], "one plural form is translated"),
    ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[1] ""\n', [], "no plural form is"),
    ('#, fuzzy\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\nmsgstr[1] "y"\n', [], "fuzzy plural"),
    ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\nmsgstr[1] "y"\n',
     [(5, "a", "x"), (5, "b", "y")], "each plural form"),
    ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\n', [(5, "b", "x")], "a language without plural"),
    ("# nothing\n", [], "no entry"),
    (
        '  msgid "a"\n  msgstr "x"\n\n' + ENTRY,
        [(5, "a", "x"), (9, "Bệnh viện", "Hospital")],
        "indented",
    ),
    ('msgid "Một\u2028hai"\nmsgstr "x"\n', [(5, "Một hai", "x")], "a line separator is a space"),
    ('msgid "Một\x0chai"\nmsgstr "x"\n', [(5, "Một hai", "x")], "a form feed in a text is one"),
    ("\x0c\n" + ENTRY, [(7, "Bệnh viện", "Hospital")], "a form feed between entries"),
    (HEADER + ENTRY, [(10, "Bệnh viện", "Hospital")], "a second header"),
]  # fmt: skip


@pytest.mark.parametrize(("entries", "expected", "why"), ENTRIES)
def test_entries_of_a_catalogue(
    entries: str, expected: list[tuple[int, str, str]], why: str
) -> None:
    assert rows(HEADER + entries) == expected, why


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda text: "\ufeff" + text.replace("\n", "\r\n"), id="both"),
        pytest.param(lambda text: text.rstrip("\n"), id="no last line break"),
        pytest.param(lambda text: text + "\n\n\n", id="empty lines"),
        pytest.param(lambda text: text.replace("UTF-8", "UTF-16"), id="another charset named"),
        pytest.param(lambda text: text.replace("UTF-8", "CHARSET"), id="the charset of a template"),
        pytest.param(lambda text: "#, fuzzy\n" + text.split("\n", 1)[1], id="fuzzy header"),
    ],
)
def test_the_same_catalogue_in_another_dress(change: Callable[[str], str]) -> None:
    head = (
        '# comment\nmsgid ""\nmsgstr ""\n"Language: en\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    )
    assert rows(change(head + ENTRY)) == [(8, "Bệnh viện", "Hospital")]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        (HEADER + 'msgstr "x"\nmsgid "a"\n', 5, "msgid after msgstr"),
        (HEADER + 'msgstr "x"\n', 5, "msgstr alone"),
        (HEADER + 'msgid "a"\nmsgid "b"\nmsgstr "x"\n', 5, "msgid twice"),
        (HEADER + 'msgid "a"\nmsgstr "x"\nmsgstr "y"\n', 7, "msgstr twice"),
        (HEADER + 'msgid "a" "b"\nmsgstr "x"\n', 5, "two texts in a line"),
        (HEADER + 'msgid "a "b" c"\nmsgstr "x"\n', 5, "a quote within"),
        (HEADER + 'msgid"a"\nmsgstr"x"\n', 5, "no blank"),
        (HEADER + 'msgid "a"\nmsgid_plural "b"\nmsgstr[x] "c"\n', 7, "no number"),
        (HEADER + ENTRY + "\nhello world\n", 9, "a line of prose"),
        ('"x"\n' + HEADER + ENTRY, 1, "a text without a keyword"),
        ("a: b\nc: d\n", 1, "another format"),
        ("<html>\n<body>\n", 1, "another format"),
        ("\x89PNG\r\n\x1a\n\x00\x00\x00", 1, "binary"),
        ("\xde\x12\x04\x95\x00\x00\x00\x00", 1, "a compiled catalogue"),
        ("\x00", 1, "a zero"),
        ("pyproject.toml", 1, "the name of a file"),
        (HEADER + 'msgid "Bệnh viện\nmsgstr "Hospital"\n', 5, "an open text"),
        (HEADER + 'msgid "Bệnh viện"\nmsgstr "Hospital\n', 6, "an open translation"),
        (HEADER + 'msgid ""\n"Bệnh\n"viện"\nmsgstr "Hospital"\n', 6, "an open piece"),
        (HEADER + 'msgid "Bệnh viện"\nmsgstr "Hospital', 6, "cut off within a text"),
        (HEADER + "msgid Bệnh\nmsgstr xin\n", 5, "no quotes at all"),
        (HEADER + 'msgid "a"\nmsgstr[0] "x"\n', 5, "a plural form without msgid_plural"),
        (HEADER + ENTRY + 'msgid "a"\n', 8, "cut off after msgid"),
        (HEADER + 'msgid "a"\n\n' + ENTRY, 5, "msgid without msgstr"),
    ],
)  # fmt: skip
def test_a_broken_catalogue_names_its_line(text: str, line: int, why: str) -> None:
    assert error(text).startswith(f"f.po:{line}: "), why


_LINES = [
    'msgid "a"', 'msgstr "b"', 'msgstr ""', 'msgctxt "c"', 'msgid_plural "p"', 'msgstr[0] "x"',
    'msgstr[', 'msgstr[9] "z"', 'msgstr[-1] "m"', '#~ msgid "o"', '#~ msgstr "o"', "#, fuzzy", "#,",
    '#| msgid "q"', "#|", "#~|", "#: a:1", "#: a:b:c 1:", "#", "#.", '"cont"', '"', 'msgid ""',
    "msgid", '"Language: en\\n"', '"Plural-Forms: x\\n"', '": x\\n"', "", "  ", "\x00", "\\",
    '"\\"', 'msgstr "\\', 'msgid "a', 'msgid "\ud800"', 'domain "x"', "\u2028",
]  # fmt: skip


@given(st.lists(st.sampled_from(_LINES) | st.text(max_size=8), max_size=9).map("\n".join))
def test_a_catalogue_is_read_or_refused_with_its_line(text: str) -> None:
    try:
        units = list(read_units(text, "dir/f.po", VI_EN))
    except SongnguError as refused:
        message = str(refused)
        assert len(message.splitlines()) == 1
        place = message.split(": ")[0].rpartition(":")
        assert place[0] == "dir/f.po"
        assert 1 <= int(place[2]) <= len(text.splitlines()) + 1
    else:
        for unit in units:
            assert unit.target
            # 0: a file of one entry without a header that is cut off after another msgid.
            assert 0 <= unit.line <= len(text.splitlines())


_STRINGS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | st.sampled_from('"\\\n\t'),
    min_size=1, max_size=12,
)  # fmt: skip


def quoted(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(plain, escaped)
    return f'"{text}"'


@given(st.lists(st.tuples(_STRINGS, _STRINGS, st.integers(0, 3)), max_size=5))
def test_what_stands_in_a_catalogue_is_what_is_read(
    entries: list[tuple[str, str, int]],
) -> None:
    text, expected, line = HEADER, [], 5
    for source, target, comments in entries:
        text += "# a word\n" * comments
        text += f"msgid {quoted(source)}\nmsgstr {quoted(target)}\n\n"
        expected.append((line + comments, source, target))
        line += comments + 3
    assert [
        (unit.line, unit.source, unit.target) for unit in read_units(text, "f.po", VI_EN)
    ] == expected


def test_contexts_part_entries_and_plural_forms() -> None:
    text = (
        'msgctxt "menu"\nmsgid "a"\nmsgstr "x"\n\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\n'
        'msgstr[1] "y"\n\nmsgctxt "menu"\nmsgid "c"\nmsgid_plural "d"\nmsgstr[0] "x"\n'
    )
    contexts = [unit.context for unit in read_units(HEADER + text, "f.po")]
    assert contexts[0] == "menu"
    assert len(set(contexts)) == 4


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("vi", "en"), ("vi_VN", "en"), ("vi-VN", "en"), ("VI", "en"), ("en", "vi"), ("en_GB", "vi"),
        ("en@latin", "vi"), ("", "vi"), ("viet", "vi"), ("eng", "vi"), ("vie", "en"),
    ],
)  # fmt: skip
def test_the_header_tells_the_direction_else_the_texts(told: str, expected: str) -> None:
    header = HEADER.replace("Language: en", f"Language: {told}")
    # Without a header the Vietnamese side is seen by its marks.
    assert [unit.source_lang for unit in read_units(header + ENTRY, "f.po")] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ENTRY, "vi"),
        ('msgid "Hospital"\nmsgstr "Bệnh viện"\n', "en"),
        ('msgid ""\nmsgstr "nonsense"\n\n' + ENTRY, "vi"),
        ('msgid ""\nmsgstr ""\n"no colon\\n"\n"Language en\\n"\n\n' + ENTRY, "vi"),
    ],
)
def test_without_a_header_the_texts_tell(text: str, expected: str) -> None:
    assert [unit.source_lang for unit in read_units(text, "f.po")] == [expected]


# --- tables ---------------------------------------------------------------------------------------

ROW = "Bệnh viện của tỉnh\tThe hospital of the province\n"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("vi\ten", "vi"), ("VI\tEN", "vi"), (" vi \t en ", "vi"), ("Vietnamese\tEnglish", "vi"),
        ("Tiếng Việt\tTiếng Anh", "vi"), ("TIẾNG VIỆT\tTIẾNG ANH", "vi"), ("vi\tEnglish", "vi"),
        ("en\tvi", "en"), ("English\tVietnamese", "en"), ("Tiếng Anh\tTiếng Việt", "en"),
        ("vi\ten\tnote", "vi"), ("\ufeffvi\ten\r", "vi"),
        (unicodedata.normalize("NFD", "Tiếng Việt\tTiếng Anh"), "vi"),
        ("vi-VN\ten-US", "vi"),
        ("vi_VN\ten_GB", "vi"),
        ("source\ttarget", "vi"),
        ("Nguồn\tBản dịch", "vi"),
    ],
)  # fmt: skip
def test_headers_of_a_table(header: str, expected: str) -> None:
    found = list(read_units(f"{header}\n{ROW}", "f.tsv"))
    assert [unit.line for unit in found] == [2]
    assert found[0].source_lang == expected


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (ROW, [(1, *ROW.strip().split("\t"))], "no header"),
        (f"vi\ten\n\n\n{ROW}", [(4, *ROW.strip().split("\t"))], "empty lines are counted"),
        ("vi\ten\na\tb\tc\n", [(2, "a", "b")], "more columns"),
        ("vi\ten\na\t\n\tb\n\t\n \t \n", [], "what is not translated"),
        ("vi\ten\r\na\tb\r\n", [(2, "a", "b")], "CRLF"),
        ("vi\ten\na\tb", [(2, "a", "b")], "no last line break"),
        ("vi\ten\na\u2028b\tc\x0cd\u0085\n", [(2, "a\u2028b", "c\x0cd\u0085")], "other breaks"),
        ("vi\ten\na\tb\nvi\ten\n", [(2, "a", "b"), (3, "vi", "en")], "a header is the first row"),
        ("vi\ten\n\"a\tb\"\n", [(2, '"a', 'b"')], "quotes are text"),
        ("vi\ten\n", [], "a header alone"),
        ("", [], "nothing"),
        ("\n \n", [], "blanks"),
        ("\ufeff", [], "a byte order mark alone"),
    ],
)  # fmt: skip
def test_rows_of_a_table(text: str, expected: list[tuple[int, str, str]], why: str) -> None:
    assert rows(text, "f.tsv") == expected, why
    assert rows(text, "F.TXT") == expected, why


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a b", 1),
        ("vi\ten\na b\n", 2),
        (f"vi\ten\n{ROW}\n\nx", 5),
        ("\x00\x01\x02", 1),
        ("a    b\r\n", 1),
        ('msgid "a"\nmsgstr "b"\n', 1),
        ("a,b\n", 1),
        ("x" * 1_000_000, 1),
    ],
)
def test_a_line_without_a_tab_is_named(text: str, line: int) -> None:
    message = error(text, "f.tsv")
    assert message.startswith(f"f.tsv:{line}: ")
    assert "tab" in message
    assert len(message) < 200


# --- both -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("hospital\tclinic\n", "f.tsv"),
        ("Bệnh viện\tTrạm y tế\n", "f.tsv"),
        ('msgid "hospital"\nmsgstr "clinic"\n', "f.po"),
        ('msgid "Bệnh viện"\nmsgstr "Trạm y tế"\n', "f.po"),
    ],
)
def test_two_sides_in_one_language_need_a_direction(text: str, path: str) -> None:
    message = error(text, path)
    assert "--direction" in message
    assert [unit.source_lang for unit in read_units(text, path, VI_EN)] == ["vi"]
    assert [unit.source_lang for unit in read_units(text, path, EN_VI)] == ["en"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("vi", "en", "why"),
    [
        ("Bệnh viện", "Hospital", "by its marks"),
        ("Phòng khám của bác sĩ", "The office of the doctor", "by its words"),
        ("Bộ Y tế và WHO", "The MOH in Hà Nội", "names of the other language"),
    ],
)
def test_composed_or_not_the_languages_are_told_apart(
    vi: str, en: str, why: str, form: Literal["NFC", "NFD"]
) -> None:
    one, two = unicodedata.normalize(form, vi), unicodedata.normalize(form, en)
    there = [unit.source_lang for unit in read_units(f"{one}\t{two}\n", "f.tsv")]
    back = [unit.source_lang for unit in read_units(f"{two}\t{one}\n", "f.tsv")]
    assert (there, back) == (["vi"], ["en"]), why


@pytest.mark.parametrize("direction", [VI_EN, EN_VI])
@pytest.mark.parametrize(("text", "path"), [(HEADER + ENTRY, "f.po"), (f"vi\ten\n{ROW}", "f.tsv")])
def test_a_direction_that_is_given_counts(text: str, path: str, direction: Direction) -> None:
    assert [unit.source_lang for unit in read_units(text, path, direction)] == [direction[0]]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (HEADER + ENTRY, 6, "a catalogue"),
        (ENTRY, 2, "without a header"),
        (f"vi\ten\n{ROW}", 2, "a table"),
        (ROW, 1, "a table without a header"),
        ('msgctxt "c"\n' + ENTRY.split("\n", 1)[1], 2, "with a context"),
        ('\ufeffmsgid "Bệnh viện"\nmsgstr "Hospital"\n', 1, "a byte order mark"),
    ],
)  # fmt: skip
def test_standard_input_is_looked_into(text: str, expected: int, why: str) -> None:
    assert [unit.line for unit in read_units(text, "-")] == [expected], why


@pytest.mark.parametrize("path", ["a.docx", "a.json", "po", "a.po.bak", "dir.po/a", "a.tsv.gz"])
def test_another_format_is_refused(path: str) -> None:
    message = error("x\ty\n", path)
    assert ".po" in message
    assert ".tsv" in message


@pytest.mark.parametrize("path", ["a.po", "A.PO", "x/a.pot"])
def test_catalogues_by_name(path: str) -> None:
    assert [unit.path for unit in read_units(HEADER + ENTRY, path)] == [path]


def test_a_unit_carries_all_that_is_known() -> None:
    text = HEADER + '#: a\nmsgctxt "menu"\nmsgid "Bệnh viện"\nmsgstr "Hospital"\n'
    assert list(read_units(text, "po/en.po")) == [
        Unit("po/en.po", 7, "Bệnh viện", "Hospital", "vi", "menu")
    ]


# --- what it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "row", "path", "why"),
    [
        (HEADER, ENTRY + "\n", "f.po", "entries"),
        (HEADER, "# word\n" * 9 + ENTRY + "\n", "f.po", "comments"),
        (HEADER, '#~ msgid "a"\n#~ msgstr "b"\n\n', "f.po", "obsolete entries"),
        ("vi\ten\n", ROW, "f.tsv", "rows"),
        (HEADER, ' msgid "a"\n msgstr "b"\n\n', "f.po", "indented entries"),
    ],
)  # fmt: skip
def test_reading_is_linear(head: str, row: str, path: str, why: str) -> None:
    def cost(number: int) -> int:
        return calls(lambda: list(read_units(head + row * number, path)))

    cost(1)
    assert cost(400) <= 4.2 * cost(100), why


def test_a_huge_text_is_read() -> None:
    long = "bệnh viện " * 100_000
    assert rows(HEADER + f'msgid "{long}"\nmsgstr "x"\n') == [(5, long, "x")]
    assert rows(f"vi\ten\n{long}\tx\n", "f.tsv") == [(2, long, "x")]
