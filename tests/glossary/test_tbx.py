"""Term bases in TBX: ours are valid by the schema, those of others are read whatever they are."""

from __future__ import annotations

import datetime
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from align.model import SongnguError
from glossary.concept import Concept, ConceptExample, Decision, Definition, Match, Term
from glossary.status_words import part_of_speech, status_of, term_type
from glossary.tbx import write_tbx
from glossary.tbx_read import Base, read_tbx

DATA = Path(__file__).resolve().parents[1] / "data"
SCHEMA = etree.RelaxNG(etree.parse(str(DATA / "tbx-basic-v3-dca.rng")))
SAMPLES = sorted((DATA / "tbx").glob("*.tbx"))
DAY = datetime.date(2026, 11, 22)


def read(text: str | bytes) -> Base:
    return read_tbx(text if isinstance(text, bytes) else text.encode(), "f.tbx")


def terms(concept: Concept) -> list[str]:
    """``vi bệnh viện preferred`` for each term."""
    return [f"{one.lang} {one.text} {one.status or '?'}" for one in concept.terms]


def fails(*values: object, why: str) -> object:
    """A case that should pass and does not yet."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=why))


# --- out

MINISTRY = Concept(
    "bo-y-te",
    (
        Term("vi", "Bộ Y tế", "preferred", "fullForm", "noun", "moh.gov.vn"),
        Term("en", "Ministry of Health", "preferred"),
        Term("en", "MoH", "admitted", "acronym"),
        Term("en", "Health Department", "deprecated"),
        Term("en", "Medical Ministry", "forbidden"),
    ),
    "public administration",
    (Definition("vi", "Cơ quan.\n\nQuản lý y tế.", "Nghị định 42"), Definition("en", "A ministry")),
    "<capitals> & all",
    "moh",
    ("so-y-te",),
    Match("exact", ("bệnh viện",), ("nguyên Bộ Y tế",)),
    datetime.date(2016, 1, 1),
    datetime.date(2025, 2, 28),
    9,
    (ConceptExample("Bộ họp.", "The ministry met.", "moh-1", "vnn-1", DAY, None, 0.91),),
    (Decision("import", "import:old.po", DAY), Decision("accept", "Đào Lan", DAY, "12 uses")),
)
OPEN = Concept("benh-vien", (Term("vi", "bệnh viện"), Term("en", "hospital")))
ONE_SIDE = [
    Concept(
        lang,
        (Term(lang, "y tế"),),
        definitions=(Definition("vi", "x", "s"), Definition("en", "y")),
        examples=(ConceptExample("câu", "sentence", "a", "b", DAY, DAY),),
    )
    for lang in ("vi", "en")
]


@pytest.mark.parametrize(
    ("concepts", "why"),
    [
        ([], "nothing"),
        ([OPEN], "nothing decided"),
        ([MINISTRY], "everything"),
        ([MINISTRY, OPEN, *ONE_SIDE], "one language only"),
        (
            [Concept("p-lan", (Term("vi", "x"),), decisions=(Decision("accept", "Lan", DAY),))],
            "a concept with the id of a person",
        ),
        (
            [
                Concept(
                    "a",
                    (Term("vi", "x"),),
                    decisions=tuple(
                        Decision("accept", name, DAY)
                        for name in ("Lan", "lan", "Lân", "医", "import:a.po")
                    ),
                )
            ],
            "people whose names are alike without marks",
        ),
        ([Concept("a", (Term("en", "x", "forbidden"),), see=("nowhere", "a b"))], "see nothing"),
    ],
)
def test_what_is_written_is_valid(concepts: list[Concept], why: str) -> None:
    raw = write_tbx(concepts, title="Thuật ngữ & <y tế>")
    tree = etree.fromstring(raw)
    assert SCHEMA.validate(tree), (why, SCHEMA.error_log)
    assert tree.findtext("{*}tbxHeader//{*}title") == "Thuật ngữ & <y tế>"
    base = read(raw)
    assert (base.concepts, base.left_out) == (concepts, []), why


def test_how_a_concept_is_written() -> None:
    tree = etree.fromstring(write_tbx([MINISTRY], title="t"))
    assert (tree.get("type"), tree.get("style")) == ("TBX-Basic", "dca")

    def texts(path: str) -> list[str]:
        return [one.text for one in tree.iterfind(path)]

    assert texts(".//{*}descrip[@type='subjectField']") == ["public administration"]
    assert texts(".//{*}admin[@type='projectSubset']") == ["moh"]
    assert texts(".//{*}termNote[@type='administrativeStatus']") == [
        "preferredTerm-admn-sts",
        "preferredTerm-admn-sts",
        "admittedTerm-admn-sts",
        "deprecatedTerm-admn-sts",
        "deprecatedTerm-admn-sts",
    ]
    notes = texts(".//{*}note")
    assert "x-status: forbidden; use Ministry of Health" in notes
    assert "x-reliability: 9" in notes
    assert [one.get("target") for one in tree.iterfind(".//{*}ref")] == ["so-y-te"]
    people = {one.get("id"): one.findtext("{*}item") for one in tree.iter("{*}refObject")}
    assert people == {"p-dao-lan": "Đào Lan", "p-import-old-po": "import:old.po"}
    assert texts(".//{*}transac") == ["origination", "modification"]


def test_what_is_not_decided_is_marked() -> None:
    notes = etree.fromstring(write_tbx([OPEN], title="t")).iter("{*}note")
    assert [one.text for one in notes] == ["x-status: unreviewed"]


def test_translate_toolkit_is_no_judge() -> None:
    """It reads v2 only; here it would have to read what was turned into v2."""
    tbx = pytest.importorskip("translate.storage.tbx")
    units = tbx.tbxfile.parsestring((DATA / "tbx" / "v2-basic-tig.tbx").read_bytes()).units
    [ours] = read((DATA / "tbx" / "v2-basic-tig.tbx").read_bytes()).concepts
    assert units[0].source in {one.text for one in ours.terms}


# --- the samples

EXPECTED: dict[str, dict[str, list[str]]] = {
    "v2-basic-tig": {
        "c0001": [
            "vi Bộ Y tế preferred",
            "vi BYT ?",
            "en Ministry of Health preferred",
            "en Medical Ministry deprecated",
        ],
    },
    "v2-bom-nfd-lang-alias": {
        "y-te-du-phong": ["vi y tế dự phòng ?", "en preventive medicine ?"],
    },
    "v2-lokalize-like-ntig-repeated-langset": {
        "c-vit-0": ["vi tiêm chủng ?", "vi tiêm vắc xin & nhắc lại ?", "en vaccination ?"],
    },
    "v2-martif-in-v3-namespace": {
        "thuoc-khang-sinh": ["vi thuốc kháng sinh deprecated", "en antibiotic ?"],
    },
    "v2-termweb-like-status-words": {
        "c150": [
            "vi Bộ Y tế preferred",
            "en Ministry of Health preferred",
            "en Health Ministry deprecated",
            "en Medical Ministry forbidden",
        ],
    },
    "v3-basic-dca-full": {
        "c0001": [
            "vi Bộ Y tế preferred",
            "vi BYT admitted",
            "en Ministry of Health preferred",
            "en MoH admitted",
            "en Medical Ministry forbidden",
        ],
        "c0002": ["vi Sở Y tế ?", "en Department of Health ?"],
    },
    "v3-basic-dct-full": {
        "c0001": ["vi Bộ Y tế preferred", "vi BYT admitted", "en Ministry of Health preferred"],
    },
    "v3-iate-like-private-dialect": {
        "c-1000001": ["vi sốt xuất huyết ?", "en dengue fever ?", "en DF ?"],
    },
}


def sample(name: str) -> list[Concept]:
    base = read((DATA / "tbx" / f"{name}.tbx").read_bytes())
    assert base.left_out == []
    return base.concepts


def test_every_sample_is_looked_at() -> None:
    assert [path.stem for path in SAMPLES] == sorted(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_samples_with_the_difficulties_of_the_wild(name: str) -> None:
    found = sample(name)
    assert {one.id: terms(one) for one in found} == EXPECTED[name]
    raw = write_tbx(found, title=name)
    assert SCHEMA.validate(etree.fromstring(raw)), SCHEMA.error_log
    assert read(raw).concepts == found, "written by us it says the same"


def test_the_full_sample_holds_all_it_says() -> None:
    ministry = sample("v3-basic-dca-full")[0]
    assert (ministry.subject, ministry.project) == ("public administration", "moh")
    assert (ministry.reliability, ministry.see) == (9, ("c0002",))
    assert ministry.definitions == (
        Definition(
            "vi", "Cơ quan của Chính phủ quản lý nhà nước về y tế.", "Nghị định 95/2022/NĐ-CP"
        ),
    )
    [byt] = [one for one in ministry.terms if one.text == "BYT"]
    assert (byt.type, byt.part_of_speech) == ("acronym", "noun")
    [example] = ministry.examples
    assert (example.vi, example.en, example.vi_document) == (
        "Bộ Y tế vừa ban hành công văn số 123.",
        "The Ministry of Health issued an official dispatch.",
        "moh/2026-01-04.txt:12",
    )
    assert ministry.decisions == (Decision("accept", "Lan Nguyen", DAY),)


def test_both_styles_say_the_same() -> None:
    """The sample in style DCT holds a part of the other; see also test_rows."""
    [dct], dca = sample("v3-basic-dct-full"), sample("v3-basic-dca-full")[0]
    assert (dct.id, dct.subject, dct.definitions) == (dca.id, dca.subject, dca.definitions)
    told = {(one.text, one.status, one.type or "fullForm") for one in dca.terms}
    assert {(one.text, one.status, one.type or "fullForm") for one in dct.terms} <= told


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("v2-bom-nfd-lang-alias", ["x-transaction: creation; 20010507T10:57:25Z"]),
        ("v2-termweb-like-status-words", ["x-Translation needed: No", "x-Usage note: capitalised"]),
        ("v3-iate-like-private-dialect", ["x-reliabilityCode: 9", "x-reliabilityCode: 6"]),
        ("v3-basic-dca-full", ["x-externalCrossReference: MoH release https://example.org/vi/1"]),
    ],
)
def test_what_is_not_known_is_kept_as_a_note(name: str, notes: list[str]) -> None:
    said = sample(name)[0].note.splitlines()
    assert set(notes) <= set(said)


# --- what others write


def base(entries: str, declared: str = "") -> str:
    """The text of a term base of v2; the first entry stands in line 2."""
    return (
        f'<?xml version="1.0"?>{declared}<martif type="TBX" xml:lang="en"><text><body>\n'
        f"{entries}</body></text></martif>"
    )


def concept(inner: str, declared: str = "", attributes: str = ' id="c1"') -> str:
    return base(f"<termEntry{attributes}>{inner}</termEntry>", declared)


def side(lang: str, text: str, more: str = "") -> str:
    return f'<langSet xml:lang="{lang}"><tig><term>{text}</term>{more}</tig></langSet>'


VI, EN = side("vi", "y tá"), side("en", "nurse")


@pytest.mark.parametrize(
    ("lang", "known"),
    [
        ("vi", "vi"),
        ("VI", "vi"),
        ("vi-VN", "vi"),
        ("vi_VN", "vi"),
        ("vie", "vi"),
        ("en-GB", "en"),
        ("eng", "en"),
        ("English", "en"),
        ("Vietnamese", "vi"),
        ("fr", None),
        ("", None),
        ("vicious", None),
        ("enm", None),
    ],
)
def test_names_of_languages(lang: str, known: str | None) -> None:
    base = read(concept(side(lang, "x") + side("vi", "y") + side("en", "z")))
    [found] = base.concepts
    assert {one.lang for one in found.terms if one.text == "x"} == ({known} if known else set())
    assert bool(base.left_out) == (known is None)
    assert all(one.startswith("f.tbx:2: ") for one in base.left_out)


SHAPES = [
    (side("vi", " y\n te\u0302\u0301  "), "vi y tế ?", "stray blanks, decomposed"),
    (side("vi", "y <hi type='b'>tế</hi> xã"), "vi y tế xã ?", "inline markup"),
    (side("vi", "y<!-- x --> <?x y?>tế"), "vi y tế ?", "comments and instructions"),
    (side("vi", "<![CDATA[a < b & c]]>"), "vi a < b & c ?", "character data"),
    (side("vi", "&lt;y&#32;t&#x1ebf;&gt;"), "vi <y tế> ?", "references"),
    ('<langSet lang="vi"><tig><term>y tế</term></tig></langSet>', "vi y tế ?", "lang without xml:"),
    (
        '<langSet xml:lang="vi"><ntig><termGrp><term>y tế</term>'
        '<termNote type="administrativeStatus">'
        "admitted</termNote></termGrp></ntig></langSet>",
        "vi y tế admitted",
        "a group in ntig",
    ),
    (
        side("vi", "y tế", "<termNote type='usageStatus'>preferred</termNote>"),
        "vi y tế preferred",
        "the name of the category before 2025",
    ),
    (
        side(
            "vi",
            "y tế",
            "<termNoteGrp><termNote type='administrativeStatus'>admitted</termNote></termNoteGrp>",
        ),
        "vi y tế admitted",
        "a group of one",
    ),
    (
        side("vi", "y tế")
        + side("vi", "y tế", "<termNote type='administrativeStatus'>admitted</termNote>"),
        "vi y tế admitted",
        "a term twice",
    ),
    (
        side("vi", "y tế", "<termNote type='administrativeStatus'>proposed</termNote>"),
        "vi y tế ?",
        "a status that is not known",
    ),
    (side("vi", "") + side("vi", "y tế"), "vi y tế ?", "an empty term"),
    ('<langSet xml:lang="vi"><tig/></langSet>' + side("vi", "y tế"), "vi y tế ?", "no term"),
]


@pytest.mark.parametrize(("inner", "expected", "why"), SHAPES)
def test_shapes_of_terms(inner: str, expected: str, why: str) -> None:
    [found] = read(concept(inner)).concepts
    assert terms(found) == [expected], why


IDS: list[Any] = [
    ([' id="c1"', ' id="c2"'], ["c1", "c2"], "ids"),
    (["", ""], ["y-ta", "y-ta-2"], "no ids: named by a term"),
    ([' id="1"', ' id="2"'], ["c-1", "c-2"], "numbers"),
    ([' id="c1"', ' id="c1"'], ["c1", "c-c1"], "one id twice"),
    ([' id="bộ 1"', ' id="a:b"'], ["c-bo-1", "c-a-b"], "no names of XML"),
]


@pytest.mark.parametrize(("attributes", "ids", "why"), IDS)
def test_ids(attributes: list[str], ids: list[str], why: str) -> None:
    entries = "".join(f"<termEntry{one}>{VI}{EN}</termEntry>" for one in attributes)
    assert [one.id for one in read(base(entries)).concepts] == ids, why


def test_a_reference_follows_an_id_that_had_to_change() -> None:
    ref = '<ref type="crossReference" target="2">x</ref>'
    entries = f'<termEntry id="1">{ref}{VI}</termEntry><termEntry id="2">{EN}</termEntry>'
    one, other = read(base(entries)).concepts
    assert one.see == (other.id,)


LOST: list[Any] = [
    (f'<descrip type="reliabilityCode">9</descrip>{VI}', "x-reliabilityCode: 9", "unknown"),
    (f"<note>a\n b</note>{VI}", "a\nb", "a note of two lines"),
    (side("vi", "y tá", "<note>of a ward</note>"), "of a ward", "a note of a term"),
    (
        side("vi", "y tá", "<termNote type='grammaticalGender'>other</termNote>"),
        "x-grammaticalGender: other",
        "a category of a term that is not ours",
    ),
    (
        side("vi", "y tá", "<termNote type='administrativeStatus'>proposed</termNote>"),
        "x-administrativeStatus: proposed",
        "a status that is not known",
    ),
    (
        f'<transacGrp><transac type="transactionType">origination</transac></transacGrp>{VI}',
        "x-transaction: origination",
        "nobody did it",
    ),
    (
        f'<xref type="externalCrossReference" target="https://e.org/x"/>{VI}',
        "https://e.org/x",
        "an address without words",
    ),
    (
        f'<descrip type="subjectField">law</descrip><descrip type="subjectField">health</descrip>'
        f"{VI}",
        "health",
        "a second subject",
    ),
    (
        f'<descrip type="definition" xml:lang="vi">x</descrip><descrip type="definition"'
        f' xml:lang="vi">other</descrip>{VI}',
        "other",
        "a second definition",
    ),
    (
        side("vi", "y tá", "<descrip type='context'>Câu.</descrip>") + EN,
        "Câu.",
        "a sentence of one language only",
    ),
]


@pytest.mark.parametrize(("inner", "said", "why"), LOST)
def test_an_import_loses_nothing(inner: str, said: str, why: str) -> None:
    [found] = read(concept(inner)).concepts
    assert said in found.note, why


def test_what_cannot_be_taken_is_told() -> None:
    found = read(
        base(
            f"<termEntry>{side('fr', 'infirmier')}</termEntry>\n"
            f"<termEntry>{VI}{side('fr', 'a')}{side('de', 'b')}</termEntry>\n"
            "<termEntry/>"
        )
    )
    assert [one.id for one in found.concepts] == ["y-ta"]
    assert found.left_out == [
        "f.tbx:2: an entry without Vietnamese or English terms",
        "f.tbx:3: terms in de, fr",
        "f.tbx:4: an entry without Vietnamese or English terms",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = concept(side("vi", "cá") + EN).replace(
        '<?xml version="1.0"?>', f'<?xml version="1.0" encoding="{name}"?>'
    )
    [found] = read(text.encode(encoding)).concepts
    assert terms(found) == ["vi cá ?", "en nurse ?"]


# --- hostile and broken files

BOMB = '<!ENTITY l0 "lol">' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
)


def declared(inside: str) -> str:
    return f"<!DOCTYPE martif [{inside}]>"


@pytest.mark.parametrize("place", ["term", "attribute", "between"])
def test_an_entity_bomb_does_not_go_off(place: str) -> None:
    text = {
        "term": concept(side("vi", "&l9;"), declared(BOMB)),
        "attribute": concept(VI, declared(BOMB), ' id="&l9;"'),
        "between": concept(VI, declared(BOMB)).replace("<langSet", "&l9;<langSet"),
    }[place]
    with pytest.raises(SongnguError, match=r"^f\.tbx:\d+: no XML"):
        read(text)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY x SYSTEM "{uri}">',
        '<!ENTITY x PUBLIC "-//x//y" "{uri}">',
        '<!ENTITY % p SYSTEM "{uri}"> %p; <!ENTITY x "y">',
    ],
)
@pytest.mark.parametrize("where", ["{}", "y {} tế"])
def test_no_local_file_is_read(declaration: str, where: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mật khẩu", "utf-8")
    text = concept(
        side("vi", where.format("&x;")) + EN, declared(declaration.format(uri=secret.as_uri()))
    )
    try:
        found = read(text)
    except SongnguError as error:
        assert "mật khẩu" not in str(error)
        return
    assert "mật khẩu" not in str(found)


def test_no_pipe_is_opened(tmp_path: Path) -> None:
    """Somebody who opened it would wait for ever."""
    pipe = tmp_path / "x.dtd"
    os.mkfifo(pipe)
    outer = f'<!DOCTYPE martif SYSTEM "{pipe.as_uri()}">'
    done: list[Base] = []
    reader = threading.Thread(target=lambda: done.append(read(concept(VI, outer))), daemon=True)
    reader.start()
    reader.join(10)
    assert [terms(one.concepts[0]) for one in done] == [["vi y tá ?"]]


def test_what_another_file_would_include_is_not_read() -> None:
    include = (
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
    )
    [found] = read(concept(include + VI)).concepts
    assert (terms(found), found.note) == (["vi y tá ?"], "")


_NOT_YET = "ValueError of lxml, which ends as 'unexpected'"


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        (side("vi", "y &x; tá"), "in a term"),
        (f"<note>&x;</note>{VI}", "in a note"),
        ("&x;" + VI, "between elements"),
        (side("vi", "y tá", "&x;"), "between those of a term"),
    ],
)
def test_an_entity_of_the_file_itself_is_read_or_told(inner: str, why: str) -> None:
    try:
        read(concept(inner, declared('<!ENTITY x "abc">')))
    except SongnguError as error:
        assert str(error).startswith("f.tbx:2: "), why


BROKEN: list[Any] = [
    ("", 1, "no XML", "an empty file"),
    (" \n", 2, "no XML", "blanks"),
    ("vi,en\ny tá,nurse\n", 1, "no XML", "a table"),
    ('{"a": 1}', 1, "no XML", "JSON"),
    ("<html><body/></html>", 0, "<html>", "a page"),
    ("<xliff/>", 0, "<xliff>", "a translation"),
    ('<tmx version="1.4"/>', 0, "<tmx>", "a translation memory"),
    (concept(VI)[:-12], 2, "no XML", "the end is missing"),
    (concept(VI)[:150], 2, "no XML", "half a file"),
    (concept(VI).replace("</tig>", ""), 2, "no XML", "a tag that is not closed"),
    (concept(side("vi", "a & b")), 2, "no XML", "a bare ampersand"),
    (concept(side("vi", "&#1;")), 2, "no XML", "a control character"),
    (
        concept(VI).encode().replace(b"nurse", b"\xff").replace(b"y t", b"\xff"),
        2,
        "no XML",
        "bytes that are not UTF-8",
    ),
    (concept(VI).replace('1.0"', '1.0" encoding="wtf-8"'), 1, "wtf-8", "an unknown encoding"),
    (concept("<x>" * 5000 + "</x>" * 5000 + VI), 2, "no XML", "deep nesting"),
    (concept("<descripGrp>" * 100_000 + VI), 2, "no XML", "deeper nesting"),
    (b"PK\x03\x04\x00\x00\xff", 1, "no XML", "a zip"),
    (concept(f"<note>x-reliability: 50</note>{VI}"), 2, "reliability", "a value out of range"),
    (concept(f"\n<note>x-valid-from: soon</note>{VI}"), 2, "soon", "no date"),
    (concept(f"<note>x-match: maybe</note>{VI}"), 2, "maybe", "no way to match"),
    fails(
        concept(side("vi", "y&nbsp;tá")),
        2,
        "nbsp",
        "an entity that is not declared",
        why="'no element found' in line 1",
    ),
]


@pytest.mark.parametrize(("raw", "line", "cause", "why"), BROKEN)
def test_a_broken_file_is_told_in_one_line(
    raw: str | bytes, line: int, cause: str, why: str
) -> None:
    with pytest.raises(SongnguError) as raised:
        read(raw)
    message = str(raised.value)
    assert message.startswith(f"f.tbx:{line}: " if line else "f.tbx: "), (why, message)
    assert "\n" not in message
    assert cause in message, why


def test_groups_as_deep_as_xml_may_be() -> None:
    [found] = read(concept("<descripGrp>" * 200 + "</descripGrp>" * 200 + VI)).concepts
    assert terms(found) == ["vi y tá ?"]


# --- words of other tools


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (
            "preferred",
            [
                "preferred",
                "preferredTerm",
                "preferredTerm-admn-sts",
                "Preferred term",
                "preferredTermAdmnSts",
                "approved",
                "PREFERRED",
            ],
        ),
        ("admitted", ["admitted", "allowed", "admittedTerm-admn-sts", "admitted term"]),
        (
            "deprecated",
            [
                "deprecated",
                "deprecatedTermAdmnSts",
                "deprecatedTerm-admn-sts",
                "obsolete",
                "superseded",
                "supersededTerm-admn-sts",
                "notRecommended",
                "not recommended",
                "not-recommended",
            ],
        ),
        ("forbidden", ["forbidden", "prohibited", "not to be used", "Do not use"]),
        (None, ["new", "proposed", "", "-", "preferred by some", "không dùng"]),
    ],
)
def test_words_for_a_status(status: str | None, words: list[str]) -> None:
    assert {word: status_of(word) for word in words} == dict.fromkeys(words, status)


@pytest.mark.parametrize(
    ("word", "kind", "part"),
    [
        ("fullForm", "fullForm", None),
        ("full form", "fullForm", None),
        ("Acronym", "acronym", None),
        ("abbreviation", "abbreviation", None),
        ("short form", "shortForm", None),
        ("variant", "variant", None),
        ("phrase", "phrase", None),
        ("noun", None, "noun"),
        ("Proper noun", None, "noun"),
        ("verb", None, "verb"),
        ("adj.", None, "adjective"),
        ("adverb", None, "adverb"),
        ("other", None, "other"),
        ("", None, None),
        ("gerund", None, None),
    ],
)
def test_words_for_a_type_and_a_part_of_speech(
    word: str, kind: str | None, part: str | None
) -> None:
    assert (term_type(word), part_of_speech(word)) == (kind, part)
