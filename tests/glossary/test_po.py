"""Glossaries as gettext catalogues: what gettext makes of ours, what we make of others'."""

from __future__ import annotations

import datetime
import re
import subprocess
from collections.abc import Callable
from typing import Any

import polib
import pytest

from align.model import SongnguError
from glossary.concept import Concept, Decision, Definition, Term
from glossary.decode import decoded
from glossary.po import read_glossary_po, write_glossary_po
from glossary.rows import concepts_of_rows

DAY = datetime.date(2026, 11, 22)
GetText = Callable[..., subprocess.CompletedProcess[bytes]]


def written(*concepts: Concept) -> str:
    return write_glossary_po(concepts, version="0.1.0", revised="2026-11-22")


def read(text: str | bytes) -> list[Concept]:
    raw = text if isinstance(text, bytes) else text.encode()
    return list(concepts_of_rows(read_glossary_po(decoded(raw, "f.po"), "f.po"), "f.po"))


def terms(concept: Concept) -> list[str]:
    """``vi bệnh viện preferred`` for each term."""
    return [f"{one.lang} {one.text} {one.status or '?'}" for one in concept.terms]


def entries(text: str) -> dict[str, polib.POEntry]:
    return {one.msgctxt: one for one in polib.pofile(text)}


MINISTRY = Concept(
    "bo-y-te",
    (
        Term("vi", "Bộ Y tế", "preferred", "fullForm", "noun"),
        Term("vi", "BYT", "admitted", "acronym"),
        Term("en", "Ministry of Health", "preferred", source="moh.gov.vn"),
        Term("en", "Health Department", "deprecated"),
        Term("en", "Medical Ministry", "forbidden"),
    ),
    "public administration",
    (Definition("vi", "Cơ quan của Chính phủ.\n\nQuản lý y tế.", "Nghị định 42"),),
    "written\nwith capitals",
    decisions=(
        Decision("import", "import:old.tbx", DAY),
        Decision("accept", "lan", DAY, "12 uses; parallel"),
    ),
)
OPEN = Concept("benh-vien", (Term("vi", "bệnh viện"), Term("en", "hospital")))
ENGLISH = Concept("nurse", (Term("en", "nurse", "preferred"),))
LONE = Concept("y-ta", (Term("vi", "y tá", "preferred"),))


# --- out


def test_an_entry_a_pair_of_terms() -> None:
    assert [(one.msgctxt, one.msgid, one.msgstr) for one in polib.pofile(written(MINISTRY))] == [
        ("bo-y-te", "Bộ Y tế", "Ministry of Health"),
        ("bo-y-te#2", "Bộ Y tế", "Health Department"),
        ("bo-y-te#3", "Bộ Y tế", "Medical Ministry"),
        ("bo-y-te", "BYT", "Ministry of Health"),
    ]


def test_what_the_first_entry_of_a_concept_tells() -> None:
    first = polib.pofile(written(MINISTRY))[0]
    assert first.tcomment == "written\nwith capitals"
    for line in (
        "status: preferred",
        "status(vi): preferred",
        "type(vi): fullForm",
        "pos(vi): noun",
        "source: moh.gov.vn",
        "subject: public administration",
        r"def(vi): Cơ quan của Chính phủ.\n\nQuản lý y tế.",
        "def-source(vi): Nghị định 42",
        "reviewed: import:old.tbx 2026-11-22 import",
        "reviewed: lan 2026-11-22 accept; 12 uses; parallel",
    ):
        assert line in first.comment.splitlines(), line


@pytest.mark.parametrize(
    ("vi", "en", "flags", "why"),
    [
        ("preferred", "preferred", [], "decided"),
        ("admitted", "deprecated", [], "a bad name is decided too"),
        (None, None, ["fuzzy"], "nobody decided"),
        ("preferred", None, ["fuzzy"], "the English term is open"),
        (None, "preferred", ["fuzzy"], "the Vietnamese term is open"),
        ("preferred", "forbidden", ["forbidden"], "forbidden"),
        (None, "forbidden", ["fuzzy", "forbidden"], "forbidden for an open term"),
    ],
)
def test_flags(vi: Any, en: Any, flags: list[str], why: str) -> None:
    found = entries(written(Concept("a", (Term("vi", "x", vi), Term("en", "y", en)))))
    assert found["a"].flags == flags, why


def test_a_concept_without_vietnamese_is_left_out() -> None:
    assert set(entries(written(ENGLISH, LONE))) == {"y-ta"}
    assert entries(written(LONE))["y-ta"].msgstr == ""


def test_the_header_names_what_gettext_asks_for() -> None:
    head = polib.pofile(written()).metadata
    assert head["Language"] == "en"
    assert head["Content-Type"] == "text/plain; charset=UTF-8"
    assert head["PO-Revision-Date"].startswith("2026-11-22")
    assert head["X-Source-Language"] == "vi"
    assert not written().startswith("\ufeff"), "msgfmt takes a byte-order mark for an error"
    assert written().endswith("\n")


@pytest.mark.system
@pytest.mark.parametrize(
    "concepts", [(), (MINISTRY,), (OPEN,), (LONE,), (MINISTRY, OPEN, LONE, ENGLISH)]
)
def test_gettext_has_nothing_to_say(gettext: GetText, concepts: tuple[Concept, ...]) -> None:
    raw = written(*concepts).encode()
    done = gettext(raw, "msgfmt", "--check", "--output-file=/dev/null")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    done = gettext(raw, "msgcat")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.system
@pytest.mark.parametrize(
    ("command", "why"),
    [
        (["msgcat"], "drops flags it does not know"),
        (["msgcat", "--sort-output"], "and sorts"),
        (["msgcat", "--width=40"], "and wraps"),
        (["msgcat", "--force-po", "--no-wrap"], "and does not"),
        (["msgattrib", "--force-po"], "drops flags too"),
    ],
)
def test_statuses_survive_gettext(gettext: GetText, command: list[str], why: str) -> None:
    done = gettext(written(OPEN, MINISTRY).encode(), *command)
    assert done.returncode == 0
    assert not re.search(rb"^#,.*forbidden", done.stdout, re.M), "the reason for the comment"
    found = {one.id: one for one in read(done.stdout)}
    assert sorted(terms(found["bo-y-te"])) == sorted(terms(MINISTRY)), why
    assert terms(found["benh-vien"]) == ["vi bệnh viện ?", "en hospital ?"], why
    assert found["bo-y-te"].note == MINISTRY.note
    assert found["bo-y-te"].decisions == MINISTRY.decisions


def test_translate_toolkit_reads_ours(tmp_path: Any) -> None:
    pypo = pytest.importorskip("translate.storage.pypo")
    units = pypo.pofile.parsestring(written(MINISTRY, OPEN).encode()).units
    pairs = {(str(one.source), str(one.target)) for one in units if not one.isheader()}
    assert ("Bộ Y tế", "Ministry of Health") in pairs
    assert [one.source for one in units if one.isfuzzy()] == ["bệnh viện"]


# --- in: catalogues of ours that somebody changed

EDITED: list[tuple[Callable[[str], str], list[str], str]] = [
    (
        lambda text: text.replace("#, fuzzy\n", ""),
        ["vi a ?", "en b ?"],
        "the comment counts, not the flag",
    ),
    (
        lambda text: text.replace("status: unreviewed", "status: admitted"),
        ["vi a ?", "en b admitted"],
        "the English term decided",
    ),
    (
        lambda text: re.sub(r"#\. status.*\n|#, fuzzy\n", "", text),
        ["vi a preferred", "en b preferred"],
        "no comment and no flag: a translation",
    ),
    (
        lambda text: re.sub(r"#\. status.*\n", "", text),
        ["vi a ?", "en b ?"],
        "no comment: the flag counts",
    ),
    (
        lambda text: re.sub(r"#\. status.*\n|#, fuzzy\n", "", text).replace(
            "msgctxt", "#, forbidden\nmsgctxt"
        ),
        ["vi a ?", "en b forbidden"],
        "a flag of Weblate's",
    ),
    (lambda text: text.replace("\n", "\r\n"), ["vi a ?", "en b ?"], "line ends of Windows"),
    (lambda text: "\ufeff" + text, ["vi a ?", "en b ?"], "a byte-order mark"),
]


@pytest.mark.parametrize(("edit", "expected", "why"), EDITED)
def test_an_edited_catalogue(edit: Callable[[str], str], expected: list[str], why: str) -> None:
    [concept] = read(edit(written(Concept("x", (Term("vi", "a"), Term("en", "b"))))))
    assert concept.id == "x"
    assert terms(concept) == expected, why


# --- in: catalogues of others


def head(language: str = "en", charset: str = "UTF-8") -> str:
    told = f"Content-Type: text/plain; charset={charset}\\n"
    return f'msgid ""\nmsgstr "{told}Language: {language}\\n"\n'


def entry(msgid: str, msgstr: str, above: str = "", context: str = "") -> str:
    named = f'msgctxt "{context}"\n' if context else ""
    return f'\n{above}{named}msgid "{msgid}"\nmsgstr "{msgstr}"\n'


KHAM = entry("khám", "examination")
FOREIGN: list[Any] = [
    (head() + KHAM, {"kham": ["vi khám preferred", "en examination preferred"]}, "one pair"),
    (
        head()
        + entry("khám", "examination", context="noun")
        + entry("khám", "examine", context="v"),
        {"kham": ["vi khám preferred", "en examination preferred", "en examine admitted"]},
        "contexts are no ids",
    ),
    (
        head() + KHAM + entry("khám", "check-up"),
        {"kham": ["vi khám preferred", "en examination preferred", "en check-up admitted"]},
        "one msgid twice",
    ),
    (
        head() + entry("khám", "exam", "#, fuzzy\n"),
        {"kham": ["vi khám ?", "en exam ?"]},
        "fuzzy is undecided",
    ),
    (head() + entry("khám", ""), {"kham": ["vi khám ?"]}, "untranslated"),
    (
        head() + entry("khám", "exam", "#, forbidden\n"),
        {"kham": ["vi khám ?", "en exam forbidden"]},
        "forbidden",
    ),
    (
        head() + entry("khám", "exam", "#, terminology, read-only\n"),
        {"kham": ["vi khám preferred", "en exam preferred"]},
        "other flags of Weblate's",
    ),
    (head() + '\n#~ msgid "khám"\n#~ msgstr "exam"\n', {}, "obsolete"),
    (
        head() + '\nmsgid "ngày"\nmsgid_plural "ngày"\nmsgstr[0] "day"\nmsgstr[1] "days"\n',
        {},
        "plural forms are no terms",
    ),
    (head(), {}, "nothing but a header"),
    ("", {}, "nothing"),
    ("# only\n# comments\n", {}, "only comments"),
    (KHAM, {"kham": ["vi khám preferred", "en examination preferred"]}, "no header"),
    (
        head("vi") + entry("examination", "khám"),
        {"kham": ["vi khám preferred", "en examination preferred"]},
        "into Vietnamese",
    ),
    (
        head("vi_VN") + entry("examination", "khám"),
        {"kham": ["vi khám preferred", "en examination preferred"]},
        "into Vietnamese of Vietnam",
    ),
    (
        head("en-US") + KHAM,
        {"kham": ["vi khám preferred", "en examination preferred"]},
        "into American English",
    ),
    (
        head() + '\nmsgid ""\n"kha\u0301m "\n"bệnh"\nmsgstr " medical\\texam "\n',
        {"kham-benh": ["vi khám bệnh preferred", "en medical exam preferred"]},
        "several lines, decomposed, stray blanks",
    ),
    (
        head() + KHAM + entry("Khám", "Examination", context="b"),
        {
            "kham": [
                "vi khám preferred",
                "vi Khám preferred",
                "en examination preferred",
                "en Examination preferred",
            ]
        },
        "two spellings",
    ),
    (
        head("vi") + entry("hospital", "bệnh viện") + entry("infirmary", "bệnh viện"),
        {"benh-vien": ["vi bệnh viện preferred", "en hospital preferred", "en infirmary admitted"]},
        "two English terms of one Vietnamese",
    ),
    (
        head("vi") + entry("hospital", "") + entry("nurse", ""),
        {"hospital": ["en hospital ?"], "nurse": ["en nurse ?"]},
        "untranslated, into Vietnamese",
    ),
    (
        head() + entry("khám", "exam", "#, fuzzy\n") + entry("khám", "examination", context="b"),
        {"kham": ["vi khám preferred", "en exam ?", "en examination preferred"]},
        "the first is fuzzy",
    ),
    (
        head() + entry("khám", "exam", "#, forbidden\n") + entry("khám", "check", context="b"),
        {"kham": ["vi khám preferred", "en check preferred", "en exam forbidden"]},
        "the first is forbidden",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), FOREIGN)
def test_a_catalogue_of_another_tool(text: str, expected: dict[str, list[str]], why: str) -> None:
    if "spellings" in why:  # two preferred ones are for lint to tell
        [concept] = read(text)
        assert {one.casefold() for one in terms(concept)} == {
            one.casefold() for one in expected["kham"]
        }
        return
    found = {one.id: sorted(terms(one)) for one in read(text)}
    assert found == {id: sorted(some) for id, some in expected.items()}, why


NOTES: list[Any] = [
    ("# of a patient\n", "of a patient", "of the translator"),
    ("#. in hospitals\n", "in hospitals", "of the programmer"),
    ("# one\n# two\n#. three\n", "one\ntwo\nthree", "all in their order"),
    ("#: page.html:3\n", "", "a place is no note"),
    ("#, c-format\n", "", "a flag is no note"),
    ("#. type: Plain text\n", "type: Plain text", "as po4a writes"),
    ("#. status: new\n", "status: new", "a word of somebody else's"),
]


@pytest.mark.parametrize(("above", "note", "why"), NOTES)
def test_comments_of_others_become_notes(above: str, note: str, why: str) -> None:
    [concept] = read(head() + entry("khám", "exam", above))
    assert concept.note == note, why
    assert terms(concept) == ["vi khám preferred", "en exam preferred"], why


def test_comments_of_two_entries_of_one_term_are_kept() -> None:
    one = entry("khám", "exam", "# of a patient\n")
    [concept] = read(head() + one + entry("khám", "visit", "# of a site\n", "b"))
    assert concept.note == "of a patient\nof a site"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ((head() + KHAM).encode(), "UTF-8"),
        (("\ufeff" + head() + KHAM).encode(), "UTF-8 with a byte-order mark"),
        (("\ufeff" + head() + KHAM).encode("utf-16-le"), "UTF-16 with its mark"),
        ((head() + KHAM).replace("\n", "\r\n").encode(), "line ends of Windows"),
        ((head(charset="iso-8859-1") + KHAM).encode("iso-8859-1"), "the charset it names"),
        ((head(charset="CHARSET") + KHAM).encode(), "the charset of a template"),
    ],
)
def test_encodings(raw: bytes, why: str) -> None:
    [concept] = read(raw)
    assert terms(concept) == ["vi khám preferred", "en examination preferred"], why


BROKEN: list[Any] = [
    (b"hello\n", 1, "", "some text"),
    (b"hello", 1, "", "some text that might name a file"),
    ((head() + KHAM + "nonsense here\n").encode(), 6, "", "a stray line"),
    ((head() + 'msgid "a" b\nmsgstr "c"\n').encode(), 3, "", "text behind a string"),
    ((head() + 'msgid "a"b"\nmsgstr "c"\n').encode(), 3, "", "a quote inside"),
    (head().encode() + b'\nmsgid "kh\xe1m"\nmsgstr "exam"\n', 4, "UTF-8", "Latin-1 bytes"),
    (b'msgid "a"\0\n', 0, "binary", "a zero byte"),
    ((head(charset="latin-99") + KHAM).encode(), 0, "latin-99", "an unknown charset"),
    ((head(charset="rot13") + KHAM).encode(), 0, "rot13", "a codec that is no charset"),
    ((head(charset="undefined") + KHAM).encode(), 0, "undefined", "a codec that only fails"),
    ((head() + '\nmsgid "a\nmsgstr "b"\n').encode(), 4, "", "a msgid that does not end"),
    ((head() + '\nmsgid "a"\nmsgstr "b\n').encode(), 5, "", "a msgstr that does not end"),
    ((head() + '\nmsgid "a"\nmsgstr "b').encode(), 5, "", "a file that ends in a string"),
    ((head() + '\nmsgid "a"\n').encode(), 4, "", "a msgid without msgstr"),
]


@pytest.mark.parametrize(("raw", "line", "cause", "why"), BROKEN)
def test_a_broken_catalogue_is_told_in_one_line(
    raw: bytes, line: int, cause: str, why: str
) -> None:
    with pytest.raises(SongnguError) as raised:
        read(raw)
    message = str(raised.value)
    assert message.startswith(f"f.po:{line}: " if line else "f.po: "), message
    assert "\n" not in message
    assert cause in message, why


def test_a_value_that_is_not_understood_has_the_line_of_its_msgid() -> None:
    text = written(MINISTRY, OPEN).replace("reviewed: lan 2026-11-22", "reviewed: lan 2026-13-01")
    line = text.splitlines().index('msgid "Bộ Y tế"') + 1
    with pytest.raises(SongnguError, match=rf"^f\.po:{line}: .*2026-13-01"):
        read(text)
