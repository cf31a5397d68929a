"""glossary.yaml: equal glossaries give equal bytes, hostile text is refused, no file is half."""

from __future__ import annotations

import datetime
import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.marked_yaml import dump, load_marked, marked_value
from align.model import LANGS, SongnguError
from align.text import fold, nfc, one_line, paragraph
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
    Rejected,
    Term,
    glossary_of,
)
from glossary.concept_plain import (
    FORMAT,
    concept_plain,
    glossary_plain,
    read_concept,
    read_glossary,
    read_rejected,
    rejected_plain,
)
from glossary.store import glossary_text, load_glossary, save_glossary

HEAD = f"format: {FORMAT}\n"
FULL = (
    HEAD
    + """\
concepts:
- id: bo-y-te
  subject: public administration
  definitions:
    vi:
      text: |-
        Cơ quan của Chính phủ.

        Quản lý y tế.
      source: Nghị định 42
    en:
      text: A ministry.
  note: 'yes'
  project: moh
  see:
  - so-y-te
  terms:
  - lang: vi
    text: Bộ Y tế
    status: preferred
    type: fullForm
    part_of_speech: noun
    source: moh.gov.vn
  - lang: vi
    text: BYT
    status: admitted
    type: acronym
  - lang: en
    text: Ministry of Health
    status: preferred
  - lang: en
    text: Health Department
    status: deprecated
  - lang: en
    text: Medical Ministry
    status: forbidden
  match:
    form: exact
    context:
    - bệnh viện
    except:
    - nguyên Bộ Y tế
  valid_from: 2016-01-01
  valid_until: 2025-02-28
  reliability: 0
  examples:
  - vi: câu tiếng Việt
    en: English sentence
    vi_document: moh-1
    en_document: vnn-1
    vi_date: 2024-03-01
    en_date: 2024-03-02
    probability: 0.0
  decisions:
  - verdict: accept
    reviewer: lan
    date: 2026-11-22
    evidence: probability 0.98; 12 uses in 4 documents; parallel
rejected:
- vi: hôm qua
  en:
  - yesterday
  decisions:
  - verdict: reject
    reviewer: lan
    date: 2026-11-22
"""
)
ONE = Glossary((Concept("a", (Term("vi", "y tế"),)),))


def read(text: str) -> Glossary:
    return read_glossary(load_marked(text, "f.yaml"))


def concept_text(**values: Any) -> str:
    """The text of a glossary of one concept, some values of it replaced or added."""
    plain = {"id": "a", "terms": [{"lang": "vi", "text": "x"}], **values}
    return dump({"format": FORMAT, "concepts": [plain]})


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def refused(text: str) -> str:
    with pytest.raises(SongnguError) as raised:
        read(text)
    message = str(raised.value)
    assert "\n" not in message
    assert message.isprintable()
    return message


# --- round trips

_LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn"])
_LINES = (
    st.text(_LETTERS, max_size=12).map(one_line).filter(bool)
    | st.sampled_from(["no", "null", "~", "1", "2025-01-01", "- a", "a: b", "# x", "'", "hoà"])
)  # fmt: skip
_PARAGRAPHS = st.lists(_LINES | st.just(""), max_size=4).map("\n".join).map(paragraph)
_IDS = st.from_regex(r"[a-z][a-z0-9_.-]{0,8}", fullmatch=True)
_MAYBE = _LINES | st.just("")
_DATES = st.none() | st.dates()
_DECISIONS = st.lists(
    st.builds(Decision, st.sampled_from(VERDICTS), _LINES, st.dates(), _MAYBE), max_size=2
).map(tuple)
_TERMS = st.lists(
    st.builds(
        Term, st.sampled_from(LANGS), _LINES, st.none() | st.sampled_from(STATUSES),
        st.none() | st.sampled_from(TERM_TYPES), st.none() | st.sampled_from(PARTS_OF_SPEECH),
        _MAYBE,
    ),
    min_size=1, max_size=4, unique_by=lambda term: (term.lang, term.text),
).map(tuple)  # fmt: skip
_EXAMPLES = st.lists(
    st.builds(
        ConceptExample, _LINES, _LINES, _MAYBE, _MAYBE, _DATES, _DATES, st.none() | st.floats(0, 1)
    ),
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


_REFUSALS = st.builds(Rejected, _LINES, _SOME, _DECISIONS)
_GLOSSARIES = st.builds(
    lambda concepts, refusals: glossary_of(
        {one.id: one for one in concepts},
        {one.vi: one for one in {fold(one.vi): one for one in refusals}.values()},
    ),
    st.lists(_concepts(), max_size=3),
    st.lists(_REFUSALS, max_size=3),
)
_properties = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(_GLOSSARIES)
@_properties
def test_what_is_written_is_read_back(glossary: Glossary) -> None:
    text = glossary_text(glossary)
    assert read(text) == glossary
    assert glossary_text(read(text)) == text


@given(_concepts())
@_properties
def test_a_concept_survives_json(concept: Concept) -> None:
    line = json.dumps(concept_plain(concept), ensure_ascii=False, default=str)
    assert read_concept(marked_value(json.loads(line), "f.jsonl", 1), (), json.loads(line)) == (
        concept
    )


@given(_REFUSALS)
@_properties
def test_a_refusal_survives_json(one: Rejected) -> None:
    value = json.loads(json.dumps(rejected_plain(one), ensure_ascii=False, default=str))
    assert read_rejected(marked_value(value, "f.jsonl", 1), (), value) == one


@given(st.lists(_concepts(), max_size=4, unique_by=lambda one: one.id), st.randoms())
@_properties
def test_the_order_of_the_concepts_given_does_not_matter(
    concepts: list[Concept], random: Any
) -> None:
    text = glossary_text(glossary_of({one.id: one for one in concepts}))
    random.shuffle(concepts)
    assert glossary_text(glossary_of({one.id: one for one in concepts})) == text
    shuffled = dump({"format": FORMAT, "concepts": [concept_plain(one) for one in concepts]})
    assert glossary_text(read(shuffled)) == text


def test_every_key_in_its_order_stays_byte_for_byte(tmp_path: Path) -> None:
    file = tmp_path / "glossary.yaml"
    file.write_text(FULL, "utf-8")
    glossary = load_glossary(tmp_path)
    assert glossary_text(glossary) == FULL
    save_glossary(glossary, tmp_path)
    assert file.read_bytes() == FULL.encode()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "an empty file"),
        ("# nothing yet\n", "a comment alone"),
        (HEAD, "no concepts"),
        (HEAD + "concepts:\nrejected: []\n", "keys without values"),
    ],
)
def test_an_empty_glossary(text: str, why: str) -> None:
    assert read(text) == Glossary(), why


@pytest.mark.parametrize(
    ("values", "canonical", "why"),
    [
        ({"note": "một\r\n  hai  ba \n\n"}, {"note": "một\nhai ba"}, "line ends and spaces"),
        ({"subject": "y\u0302 te\u0302\u0301\n"}, {"subject": "ŷ tế"}, "NFD and a line break"),
        ({"subject": "a\x00\x1b[31m\x9f\x7fb"}, {"subject": "a[31mb"}, "controls"),
        ({"subject": "a\ufffe\uffffb"}, {"subject": "ab"}, "noncharacters"),
        ({"subject": "a\u2028b\x85c\u2029d\u00a0e"}, {"subject": "a b c d e"}, "odd line breaks"),
        ({"note": "a\u2028b"}, {"note": "a\nb"}, "a line break of Unicode"),
        ({"see": "b"}, {"see": ["b"]}, "one instead of a list"),
        ({"definitions": {"en": "A ministry."}}, {"definitions": {"en": {"text": "A ministry."}}},
         "a definition without a source"),
        ({"match": {"form": "stem", "except": []}, "see": [], "examples": None}, {},
         "what says nothing"),
        ({"valid_from": "2025-03-01"}, {"valid_from": datetime.date(2025, 3, 1)}, "a quoted date"),
        ({"examples": [{"vi": "a", "en": "b", "probability": 1}]},
         {"examples": [{"vi": "a", "en": "b", "probability": 1.0}]}, "a whole number"),
    ],
)  # fmt: skip
def test_what_is_written_otherwise_becomes_canonical(
    values: dict[str, Any], canonical: dict[str, Any], why: str
) -> None:
    once = glossary_text(read(concept_text(**values)))
    assert once == glossary_text(read(concept_text(**canonical))), why
    assert glossary_text(read(once)) == once, why


@pytest.mark.parametrize(
    "text",
    [
        "trái\u202ephải\u202c", "\ufeffy tế", "a\u200bb\u200d", "\U0001f3e5", "\ue000", "\u0301",
        "\u00ad", "\U0010ffff", "'\"\\", "&a *b !c %d @e `f", "{a: [b]}", "a #b", "? x", "…",
    ],
)  # fmt: skip
def test_odd_but_harmless_text_is_kept(text: str) -> None:
    glossary = Glossary((Concept("a", (Term("vi", text),), note=f"x\n{text}\nx"),))
    assert read(glossary_text(glossary)) == glossary


def test_a_letter_composes_over_a_control_character_between() -> None:
    text = HEAD + 'concepts:\n- id: a\n  terms:\n  - lang: vi\n    text: "e\\0\\u0301"\n'
    once = glossary_text(read(text))
    assert nfc(once) == once
    assert glossary_text(read(once)) == once


_HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["", " ", "\x00", "e\u0301", "\ufeff", "1" * 5000, "constructor", "__proto__", "!!int 1"]
)
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.dates() | _HOSTILE
    | st.floats(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        _HOSTILE | st.sampled_from(["vi", "en", "lang", "text", "source", "form", "verdict"]),
        inner, max_size=3,
    ),
    max_leaves=6,
)  # fmt: skip
_KEYS = list(Concept.__dataclass_fields__)


@given(st.dictionaries(st.sampled_from(_KEYS), _ANYTHING, max_size=3))
@_properties
def test_wrong_values_are_refused_in_one_line_or_made_canonical(values: dict[str, Any]) -> None:
    try:
        glossary = read(concept_text(**values))
    except SongnguError as error:
        assert str(error).startswith("f.yaml:")
        assert "\n" not in str(error)
        return
    once = glossary_text(glossary)
    assert read(once) == glossary
    assert glossary_text(read(once)) == once


@given(st.dictionaries(st.sampled_from(["format", "concepts", "rejected"]), _ANYTHING))
@_properties
def test_a_file_of_wrong_values_is_refused_in_one_line(values: dict[str, Any]) -> None:
    try:
        read(dump({"format": FORMAT, **values}))
    except SongnguError as error:
        assert str(error).startswith("f.yaml:")
        assert "\n" not in str(error)


@pytest.mark.parametrize("source", ["", "Nghị định 42"])
def test_a_definition_of_blanks_is_refused_or_left_out(source: str) -> None:
    definition = {"text": " \n ", **({"source": source} if source else {})}
    try:
        glossary = read(concept_text(definitions={"vi": definition}))
    except SongnguError:
        return
    assert read(glossary_text(glossary)) == glossary


# --- what is refused

_TERM_A = "- id: a\n  terms:\n  - lang: vi\n    text: x\n"
_CONCEPT_A = HEAD + "concepts:\n" + _TERM_A


_WRONG: list[tuple[str, int, list[str], str]] = [
    ("- 1\n", 1, ["format", "mapping"], "a list"),
    ("x\n", 1, ["format", "mapping"], "text"),
    ("concepts: []\n", 1, ["format", "missing"], "no format"),
    ("format: songngu-glossary 2\n", 1, ["format", "songngu-glossary 1"], "a later format"),
    (HEAD + "concept: []\n", 2, ["concept", "concepts"], "a key misspelt"),
    (HEAD + "concepts: {}\n", 2, ["concepts", "list"], "a mapping for a list"),
    (HEAD + "concepts:\n- x\n", 3, ["concepts[0]", "mapping"], "text for a concept"),
    (HEAD + "concepts:\n-\n", 3, ["concepts[0]", "mapping"], "nothing for a concept"),
    (HEAD + "concepts:\n- id: a\n", 3, ["concepts[0]", "terms"], "no terms"),
    (HEAD + "concepts:\n- id: a\n  terms: []\n", 3, ["concepts[0]", "terms"], "terms none"),
    (HEAD + "concepts:\n- terms:\n  - {lang: vi, text: x}\n", 3, ["concepts[0]", "id"],
     "no id"),
    (HEAD + "concepts:\n- id: 1a\n", 3, ["concepts[0].id", "1a", "letter"],
     "an id that is no XML name"),
    (HEAD + "concepts:\n- id: bộ\n", 3, ["concepts[0].id", "bộ"], "an id beyond ASCII"),
    (HEAD + "concepts:\n- id: a:b\n", 3, ["concepts[0].id", "a:b"], "an id with a colon"),
    (HEAD + "concepts:\n- id: true\n", 3, ["concepts[0].id", "True"], "a truth value"),
    (_CONCEPT_A + _TERM_A, 7, ["concepts[1].id", "'a'", "line 3", "keep one"], "an id twice"),
    (_CONCEPT_A + "  terms: []\n", 7, ["terms", "line 4", "keep one"], "a key twice"),
    (_CONCEPT_A + "  - lang: vi\n    text: ' x '\n", 8, ["terms[1].text", "line 6"],
     "a term twice"),
    (_CONCEPT_A + "    status: prefered\n", 7, ["terms[0].status", "'preferred'"],
     "a status misspelt"),
    (_CONCEPT_A + "    status: [preferred]\n", 7, ["terms[0].status", "preferred"],
     "a list for a status"),
    (_CONCEPT_A + "    state: preferred\n", 7, ["terms[0].state", "'status'"],
     "a key of a term misspelt"),
    (_CONCEPT_A + "  - lang: fr\n    text: y\n", 7, ["terms[1].lang", "vi"],
     "a third language"),
    (_CONCEPT_A + "  - lang: en\n    text: ' '\n", 8, ["terms[1].text", "empty"],
     "a term of blanks"),
    (_CONCEPT_A + "  - lang: en\n    text: 5\n", 8, ["terms[1].text", "quotes"],
     "a number for text"),
    (_CONCEPT_A + "  reliability: 11\n", 7, ["reliability", "11", "0 to 10"], "too high"),
    (_CONCEPT_A + "  reliability: true\n", 7, ["reliability", "0 to 10"], "no number"),
    (_CONCEPT_A + "  reliability: 9.5\n", 7, ["reliability", "0 to 10"], "not whole"),
    (_CONCEPT_A + f"  reliability: {'9' * 10**6}\n", 7, ["digits"], "a million digits"),
    (_CONCEPT_A + f"  reliability: '{'9' * 10**6}'\n", 7, ["reliability"],
     "a million digits in quotes"),
    (_CONCEPT_A + "  examples:\n  - vi: a\n    en: b\n    probability: .nan\n", 10,
     ["examples[0].probability", "0 to 1"], "not a number"),
    (_CONCEPT_A + "  examples:\n  - vi: a\n    en: b\n    probability: 1e999\n", 10,
     ["examples[0].probability", "0 to 1"], "infinite"),
    (_CONCEPT_A + f"  examples:\n  - vi: a\n    en: b\n    probability: {'9' * 10**6}.0\n", 10,
     ["examples[0].probability", "0 to 1"], "a float of a million digits"),
    (_CONCEPT_A + "  examples:\n" + "  - {vi: a, en: b}\n" * 4, 11, ["examples", "3"],
     "a fourth example"),
    (_CONCEPT_A + "  examples:\n  - vi: a\n", 8, ["examples[0]", "en"], "half an example"),
    (_CONCEPT_A + "  valid_from: 2025-13-01\n", 7, ["2025-13-01"], "no such date"),
    (_CONCEPT_A + "  valid_from: 1/3/2025\n", 7, ["valid_from", "2025-03-01"],
     "a date written otherwise"),
    (_CONCEPT_A + "  valid_from: 2025-03-01\n  valid_until: 2024-01-01\n", 8,
     ["valid_until", "valid_from"], "an end before the start"),
    (_CONCEPT_A + "  decisions:\n  - verdict: accept\n    date: 2025-01-01\n", 8,
     ["decisions[0]", "reviewer"], "a decision of nobody"),
    (_CONCEPT_A + "  decisions:\n  - verdict: maybe\n", 8, ["decisions[0].verdict", "accept"],
     "no such verdict"),
    (_CONCEPT_A + "  definitions:\n    fr: x\n", 8, ["definitions.fr", "vi"],
     "a definition in a third language"),
    (_CONCEPT_A + "  match:\n    context:\n    - {a: b}\n", 9, ["match.context[0]"],
     "a mapping for a word"),
    (HEAD + "rejected:\n- vi: hoà\n- vi: hòa\n", 4, ["rejected[1].vi", "line 3", "keep one"],
     "a refusal twice in two spellings"),
    (HEAD + "rejected:\n- en: [x]\n", 3, ["rejected[0]", "vi"], "a refusal of nothing"),
    (HEAD + "concepts:\n- &a\n", 3, ["&a"], "an anchor"),
    (HEAD + "concepts: !!python/object/apply:os.system [x]\n", 2, ["tag"], "a constructor"),
    (HEAD + "concepts: !<tag:yaml.org,2002:python/object/new:x> {}\n", 2, ["tag"],
     "a constructor in long form"),
    (HEAD + "---\n" + HEAD, 2, ["---"], "two documents"),
    (HEAD + "concepts:\n- id: a\x07\n", 3, ["0x7"], "a bare control character"),
    (HEAD + 'concepts:\n- id: "\\ud800"\n', 3, ["Unicode"], "a lone surrogate"),
    (HEAD + "concepts: " + "[" * 100_000, 2, ["levels"], "a hundred thousand lists"),
    (HEAD + "concepts:\n" + "- " * 100_000, 3, ["levels"], "as many in block style"),
    (HEAD + "concepts: " + "{a: " * 100_000, 2, ["levels"], "as many mappings"),
    (HEAD + "? [a]\n: b\n", 2, ["key"], "a list for a key"),
    (HEAD + "concepts: [\n", 3, ["broken YAML"], "a list without its end"),
    (HEAD + "a\x1bb: 1\n", 2, ["0x1b"], "a control character in a key"),
    (HEAD + '"a\\eb\\nc": 1\n', 2, ["unknown key"], "an escaped control character in a key"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "named", "why"), _WRONG, ids=[row[3] for row in _WRONG])
def test_errors_name_path_line_and_key(text: str, line: int, named: list[str], why: str) -> None:
    message = refused(text)
    assert message.startswith(f"f.yaml:{line}: "), why
    assert not [one for one in named if one not in message], (why, message[:300])


@pytest.mark.parametrize(
    "length",
    [
        10,
        pytest.param(10**6),
    ],
)
def test_a_message_stays_short(length: int) -> None:
    assert len(refused(concept_text(reliability="x" * length))) < 1000


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    file = tmp_path / "glossary.yaml"
    file.write_bytes((HEAD + "concepts:\n").encode() + b"- id: \xff\n")
    with pytest.raises(SongnguError, match=r"glossary\.yaml:3: not UTF-8; save"):
        load_glossary(tmp_path)
    assert names(tmp_path) == ["glossary.yaml"]


def test_no_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_glossary(tmp_path)


def _of(*terms: Term, **values: Any) -> list[Concept]:
    return [Concept("a", terms or (Term("vi", "x"),), **values)]


_NAN = float("nan")


def test_two_concepts_with_one_id_are_not_saved(tmp_path: Path) -> None:
    with pytest.raises(SongnguError, match="second time"):
        save_glossary([*_of(), *_of()], tmp_path)
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("glossary", "why"),
    [
        (Glossary((*_of(), *_of())), "an id twice in a glossary"),
        ([Concept("", (Term("vi", "x"),))], "an empty id"),
        ([Concept("1 2", (Term("vi", "x"),))], "an id that is no XML name"),
        ([Concept("a", ())], "no terms"),
        (_of(Term("vi", "")), "an empty term"),
        (_of(Term("vi", " \x1b ")), "a term of blanks"),
        (_of(Term("vi", "x"), Term("vi", "x")), "a term twice"),
        (_of(Term("vi", "x", "good")), "no such status"),  # type: ignore[arg-type]
        (_of(reliability=11), "too reliable"),
        (_of(definitions=(Definition("vi", ""),)), "an empty definition"),
        (_of(examples=(ConceptExample("x", "y", probability=_NAN),)), "not a number"),
        (_of(examples=(ConceptExample("x", "y"),) * 4), "four examples"),
        (_of(decisions=(Decision("accept", "", datetime.date.min),)), "a decision of nobody"),
        (Glossary((), (Rejected("hoà"), Rejected("hòa"))), "a refusal in two spellings"),
    ],
)
def test_what_could_not_be_read_back_is_not_saved(glossary: Any, why: str, tmp_path: Path) -> None:
    file = tmp_path / "glossary.yaml"
    file.write_text(FULL, "utf-8")
    with pytest.raises(SongnguError) as raised:
        save_glossary(glossary, file)
    assert "\n" not in str(raised.value), why
    assert file.read_text("utf-8") == FULL, why
    assert names(tmp_path) == ["glossary.yaml"], why


# --- the file


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A glossary file to be changed."""
    file = tmp_path / "project" / "glossary.yaml"
    file.parent.mkdir()
    file.write_text(FULL, "utf-8")
    return file


def test_an_unchanged_glossary_touches_nothing(kept: Path) -> None:
    os.utime(kept, ns=(1, 1))
    before = kept.stat()
    save_glossary(load_glossary(kept), kept)
    after = kept.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert names(kept.parent) == ["glossary.yaml"]


def test_a_folder_stands_for_its_glossary(kept: Path) -> None:
    save_glossary(ONE, kept.parent)
    assert kept.read_text("utf-8") == glossary_text(ONE)
    assert load_glossary(kept.parent) == load_glossary(kept) == load_glossary(str(kept)) == ONE


def test_what_stood_there_before_leaves_no_trace(kept: Path) -> None:
    save_glossary(list(ONE), kept)
    assert kept.read_text("utf-8") == glossary_text(ONE)
    assert names(kept.parent) == ["glossary.yaml"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_rights_of_the_file_are_kept(kept: Path, mode: int) -> None:
    kept.chmod(mode)
    save_glossary(ONE, kept)
    assert kept.stat().st_mode & 0o7777 == mode


def test_a_new_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    save_glossary(ONE, tmp_path)
    assert (tmp_path / "glossary.yaml").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("absolute", [True, False])
def test_a_link_stays_a_link(kept: Path, tmp_path: Path, absolute: bool) -> None:
    link = tmp_path / "glossary.yaml"
    link.symlink_to(kept if absolute else kept.relative_to(tmp_path))
    save_glossary(ONE, link)
    assert link.is_symlink()
    assert not kept.is_symlink()
    assert kept.read_text("utf-8") == glossary_text(ONE)


def test_a_link_to_nothing_makes_the_file(kept: Path, tmp_path: Path) -> None:
    link = tmp_path / "glossary.yaml"
    link.symlink_to(kept)
    kept.unlink()
    save_glossary(ONE, link)
    assert link.is_symlink()
    assert load_glossary(kept) == ONE


def test_links_that_go_round_are_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "glossary.yaml")
    for act in (lambda: save_glossary(ONE, tmp_path), lambda: load_glossary(tmp_path)):
        with pytest.raises(OSError):
            act()


def test_a_folder_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        save_glossary(ONE, tmp_path / "no" / "glossary.yaml")


def _full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def _stopped(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("fails", [_full, _stopped])
@pytest.mark.parametrize("call", ["fsync", "replace", "rename", "chmod"])
def test_a_write_that_fails_leaves_the_old_file(
    kept: Path, monkeypatch: pytest.MonkeyPatch, call: str, fails: Callable[..., None]
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, call, fails)
        try:
            save_glossary(ONE, kept)
        except (OSError, KeyboardInterrupt):
            assert kept.read_text("utf-8") == FULL
    assert kept.read_text("utf-8") in (FULL, glossary_text(ONE))
    assert names(kept.parent) == ["glossary.yaml"]


def test_the_new_content_is_synced_before_it_takes_the_place(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, put = os.fsync, os.replace

    def fsync(handle: int) -> None:
        done.append(f"sync {os.fstat(handle).st_size == len(glossary_text(ONE).encode())}")
        sync(handle)

    def replace(*args: Any) -> None:
        done.append("replace")
        put(*args)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    save_glossary(ONE, kept)
    assert done[:2] == ["sync True", "replace"]


def test_a_large_glossary_is_saved_and_read(tmp_path: Path) -> None:
    concepts = [Concept(f"c{i:04}", (Term("vi", f"từ {i}"),)) for i in range(500)]
    save_glossary(reversed(concepts), tmp_path)
    assert list(load_glossary(tmp_path)) == concepts


# --- the values themselves


def test_what_a_concept_tells() -> None:
    concept = read(FULL).by_id()["bo-y-te"]
    assert [term.text for term in concept.forms("en", "deprecated", "forbidden")] == [
        "Health Department", "Medical Ministry",
    ]  # fmt: skip
    assert concept.heading("vi") == "Bộ Y tế"
    assert concept.decided
    undecided = Concept("a", (Term("en", "x"), Term("en", "y")))
    assert (undecided.heading("en"), undecided.heading("vi")) == ("x", "")
    assert undecided.preferred("en") is None
    assert not undecided.decided


def test_a_glossary_counts_and_iterates_its_concepts() -> None:
    glossary = read(FULL)
    assert len(glossary) == 1
    assert [one.id for one in glossary] == ["bo-y-te"]
    assert list(glossary_plain(glossary)) == ["format", "concepts", "rejected"]
