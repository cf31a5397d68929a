"""A check finds what breaks the glossary, at its place, and nothing that only looks like it."""

from __future__ import annotations

import csv
import datetime
import itertools
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.model import Lang
from align.text import nfc
from glossary.check import check_units
from glossary.concept import Concept, Glossary, Match, Status, Term
from glossary.finding import Finding, Unit
from glossary.rules import RULES
from glossary.store import load_glossary
from glossary.units import read_units
from tests.counting import calls

TRANSLATION = Path(__file__).resolve().parents[2] / "data" / "translation"

_MARKS: dict[str, Status | None] = {
    "!": "forbidden", "-": "deprecated", "+": "admitted", "?": None,
}  # fmt: skip


def terms(lang: Lang, forms: str) -> Iterator[Term]:
    for text in filter(None, forms.split("|")):
        yield Term(lang, text.lstrip("!-+?"), _MARKS.get(text[0], "preferred"))


def concept(vi: str, en: str, id: str = "", match: Match | None = None) -> Concept:
    """A concept whose forms are parted by bars: ! forbidden, - deprecated, + admitted, ? open."""
    return Concept(id or vi, (*terms("vi", vi), *terms("en", en)), match=match or Match())


def findings(source: str, target: str, *concepts: Concept, lang: Lang = "vi") -> list[Finding]:
    return list(check_units([Unit("f.po", 7, source, target, lang)], concepts))


def told(source: str, target: str, *concepts: Concept, lang: Lang = "vi") -> list[str]:
    """Rules and concepts of what is found."""
    found = findings(source, target, *concepts, lang=lang)
    return [f"{one.rule} {one.concept_id}" for one in found]


MOH = concept(
    "Bộ Y tế|+BYT",
    "Ministry of Health|+MoH|-Health Department|!Medical Ministry|?Health Office",
    "moh",
)
DEPUTY = concept("Thứ trưởng Bộ Y tế", "Deputy Minister of Health|!Deputy Minister", "deputy")
DOH = concept("Sở Y tế", "Department of Health|+Health Department", "doh")
WORKER = concept("cán bộ y tế", "health worker|!medical cadre", "worker")
STATION = concept("trạm y tế", "health station|!hospital", "station")
HOSPITAL = concept("bệnh viện", "hospital|!infirmary", "hospital")
FRIENDSHIP = concept("Bệnh viện Hữu nghị", "Friendship Hospital", "friendship")
VISIT = concept("lịch hẹn", "appointment|-booking|!rendezvous", "visit")
INVOICE = concept("hóa đơn", "invoice|-bill", "invoice")
WHO = concept("Tổ chức Y tế thế giới|+WHO", "World Health Organization|+WHO", "who")
LEVEL = concept(
    "tuyến", "level|!line", "level", Match(context=("bệnh viện",), exceptions=("trực tuyến",))
)
GLAND = concept("tuyến", "gland", "gland")
ONLY_BAD = concept("ca bệnh", "!case of illness", "case")
OPEN = concept("?khám bệnh|?chữa bệnh", "?examination|?treatment", "open")
HALF_OPEN = concept("chữa bệnh", "?treatment", "cure")
ALL = (MOH, DEPUTY, DOH, WORKER, STATION, HOSPITAL, FRIENDSHIP, VISIT, INVOICE, WHO, LEVEL)

CASES = [
    # Which form the target has.
    ("Bộ Y tế họp", "The Ministry of Health met", "", "the preferred form"),
    ("Bộ Y tế họp", "MoH met", "", "an admitted form"),
    ("Bộ Y tế họp", "The Health Office met", "", "a form nobody decided on"),
    ("Bộ Y tế họp", "The ministry met", "T001 moh", "no form"),
    ("Bộ Y tế họp", "The Medical Ministry met", "T002 moh", "a forbidden form, and no T001"),
    ("Bộ Y tế họp", "The Health Department met", "T003 moh", "a deprecated form, and no T001"),
    ("Bộ Y tế họp", "MoH: the Medical Ministry", "T002 moh", "a forbidden form beside a good one"),
    ("Bộ Y tế họp", "Medical Ministry, Health Department", "T002 moh|T003 moh", "both"),
    ("BYT họp", "They met", "T001 moh", "an acronym in the source"),
    ("byt họp", "They met", "", "not an acronym"),
    ("Bộ Y tế, Bộ Y tế", "It", "T001 moh", "one finding for two places"),
    ("Bộ Y tế, BYT", "MoH", "", "two names of one concept"),
    ("Họp", "Medical Ministry", "", "a forbidden form without the concept"),
    ("Ca bệnh mới", "A new case of illness", "T002 case", "only forbidden forms"),
    ("Ca bệnh mới", "A patient", "", "no form that could be missing"),
    ("Khám bệnh", "It", "", "a concept without any status"),
    ("Chữa bệnh", "It", "", "no decided form to ask for"),
    ("", "Medical Ministry", "", "no source"),
    ("Bộ Y tế", "", "T001 moh", "no target"),
    # The same word spelled in another way.
    ("BỘ Y TẾ HỌP", "MINISTRY OF HEALTH MEETS", "", "headings in capitals"),
    ("BỘ Y TẾ HỌP", "THEY MEET", "T001 moh", "a heading in capitals without the term"),
    ("Hoá đơn", "A bill", "T003 invoice", "the other place of the tone"),
    ("Các bệnh viện", "Hospitals", "", "plural"),
    ("Lịch hẹn", "Bookings", "T003 visit", "plural of a deprecated form"),
    ("Bộ Y tế", "the Ministry of Health's staff", "", "possessive"),
    ("WHO họp", "Who met?", "T001 who", "who is not WHO"),
    ("Ai họp", "WHO met", "", "nor WHO who"),
    # Not the word at all.
    ("Cán bộ y tế", "A health worker", "", "cán bộ y tế does not hold Bộ Y tế"),
    ("Cán bộ y tế", "A medical cadre", "T002 worker", "cán bộ y tế is found itself"),
    ("CÁN BỘ Y TẾ", "HEALTH WORKERS", "", "BỘ Y TẾ lies in the longer term"),
    ("Bệnh viên", "It", "", "another mark"),
    ("Xem {BYT}", "See {BYT}", "", "a placeholder in the source"),
    ("Lịch hẹn %(booking)s", "Appointment %(booking)s", "", "a placeholder in the target"),
    ("Lịch hẹn", "%(appointment)s", "T001 visit", "a placeholder is no translation"),
    ("Lịch hẹn: https://x.vn/booking/", "Appointment: https://x.vn/booking/", "", "an address"),
    ('<a href="/BYT">Tin</a>', '<a href="/BYT">News</a>', "", "markup"),
    ("Đổi `BHYT`, `BYT`", "Change `BHYT`, `BYT`", "", "code"),
    # Shorter and longer terms.
    ("Thứ trưởng Bộ Y tế", "Deputy Minister of Health", "", "a term in a longer one"),
    ("Thứ trưởng Bộ Y tế", "He", "T001 deputy", "only the longer one is asked for"),
    ("Thứ trưởng Bộ Y tế và Bộ Y tế", "Deputy Minister of Health", "T001 moh", "elsewhere too"),
    ("Thứ trưởng Bộ Y tế", "Vice Deputy Minister", "T002 deputy", "the forbidden form alone"),
    ("Bệnh viện Hữu nghị", "Friendship Hospital", "", "bệnh viện in the longer source"),
    ("Bệnh viện Hữu nghị", "The hospital", "T001 friendship", "the shorter form is not enough"),
    ("Trạm y tế cạnh Bệnh viện Hữu nghị", "health station by Friendship Hospital", "",
     "hospital in a longer target"),
    ("Trạm y tế", "The Friendship Hospital", "T001 station", "a bad form that is part of a name"),
    ("Trạm y tế", "The hospital", "T002 station", "the bad form by itself"),
    ("Trạm y tế và bệnh viện", "health station and hospital", "", "a bad form that is good here"),
    ("Trạm y tế và bệnh viện", "The hospital", "T001 station", "it serves the other concept"),
    ("Sở Y tế trình Bộ Y tế", "Health Department to Ministry of Health", "", "good for Sở Y tế"),
    # Context and exceptions.
    ("Bệnh viện tuyến tỉnh", "Provincial-level hospital", "", "the good form after a hyphen"),
    ("Bệnh viện tuyến tỉnh", "Provincial hospital", "T001 level", "the context is there"),
    ("BỆNH VIỆN TUYẾN TỈNH", "THE HOSPITAL", "T001 level", "the context in capitals"),
    ("Tuyến tỉnh", "Provincial", "", "without its context"),
    ("Tuyến bệnh, viện tỉnh", "Provincial", "", "the words of the context apart"),
    ("Bệnh viện trực tuyến", "Online hospital", "", "inside an exception"),
    ("Bệnh viện Trực tuyến", "Online hospital", "", "inside an exception with a capital"),
    ("Bệnh viện trực tuyến tuyến tỉnh", "Hospital", "T001 level", "an exception does not hide all"),
    ("Bệnh viện tuyến tỉnh", "In line with the hospital", "T002 level", "a forbidden form"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "expected", "why"), CASES)
def test_what_is_found(source: str, target: str, expected: str, why: str) -> None:
    assert told(source, target, *ALL, ONLY_BAD, OPEN, HALF_OPEN) == (
        expected.split("|") if expected else []
    ), why


ENGLISH = [
    ("The Ministry of Health met", "Bộ Y tế họp", "", "the preferred form"),
    ("The Ministry of Health met", "BYT họp", "", "an admitted form"),
    ("MoH met", "Họ họp", "T001 moh", "no form"),
    ("The Health Department met", "Sở Y tế họp", "",
     "deprecated for one, good for another: one is enough"),
    ("The Health Department met", "Bộ Y tế họp", "", "the other of the two"),
    ("The Medical Ministry met", "Họ họp", "", "a forbidden form is no source"),
    ("the ministry of health", "Họ họp", "", "small letters"),
    ("MINISTRY OF HEALTH MEETS", "BỘ Y TẾ HỌP", "", "capitals"),
    ("The Deputy Minister of Health's visit", "Thứ trưởng Bộ Y tế", "", "possessive"),
    ("The Deputy Minister of Health", "Ông", "T001 deputy", "the longer term only"),
    ("Friendship Hospital", "Bệnh viện Hữu nghị", "", "a name"),
    ("a friendship hospital", "bệnh viện", "", "no name: the shorter term counts"),
    ("a friendship hospital", "nhà", "T001 hospital", "no name: the shorter term counts"),
    ("Friendship Hospitals", "nhà", "T001 friendship", "plural of a name"),
    ("hospitals' beds", "giường bệnh viện", "", "possessive plural"),
    ("invoices", "Hoá đơn", "", "the other place of the tone"),
    ("who comes", "Ai", "", "who is not WHO"),
    ("WHO comes", "Ai", "T001 who", "but WHO is"),
    ("the health workers", "cán bộ y tế", "", "a term in small letters"),
    ("%(hospital)s, {hospital}", "x", "", "placeholders"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "expected", "why"), ENGLISH)
def test_what_is_found_in_the_other_direction(
    source: str, target: str, expected: str, why: str
) -> None:
    found = told(source, target, *ALL, lang="en")
    assert found == (expected.split("|") if expected else []), why


@pytest.mark.parametrize(
    ("source", "target", "concepts", "expected", "why"),
    [
        (
            "Health Department staff",
            "Cán bộ y tế của Sở Y tế",
            [concept("Sở Y tế|!Bộ Y tế", "Health Department", "doh")],
            [],
            "cán bộ y tế does not hold the forbidden Bộ Y tế",
        ),
        (
            "The Ministry of Health",
            "Cán bộ y tế",
            [MOH],
            ["T001 moh"],
            "cán bộ y tế does not hold Bộ Y tế either way",
        ),
        (
            "bác sĩ đa khoa",
            "doctor in a general hospital",
            [concept("đa khoa", "all-round|!hospital|-general hospital", "gp")],
            ["T003 gp"],
            "of two bad forms the longer one counts",
        ),
        (
            "Trạm y tế, bệnh viện đa khoa",
            "health station, general hospital",
            [STATION, concept("bệnh viện đa khoa", "polyclinic|-general hospital", "poly")],
            ["T003 poly"],
            "hospital belongs to the bad form of another concept",
        ),
        (
            "Theo ông Moh Salim",
            "According to Mr. Salim",
            [
                Concept(
                    "moh",
                    (
                        Term("vi", "Bộ Y tế", "preferred"),
                        Term("vi", "MoH", "admitted", "acronym"),
                        Term("en", "Ministry of Health", "preferred"),
                    ),
                )
            ],
            [],
            "an acronym of mixed letters is compared exactly",
        ),
        (
            "Bộ Y tế",
            "The moh of the day",
            [
                Concept(
                    "moh",
                    (Term("vi", "Bộ Y tế", "preferred"), Term("en", "MoH", "preferred", "acronym")),
                )
            ],
            ["T001 moh"],
            "an acronym of mixed letters is compared exactly",
        ),
        (
            "Tuyến giáp, tuyến điều trị",
            "Thyroid gland",
            [concept("tuyến|+tuyến điều trị", "level", "level"), GLAND],
            ["T001 level"],
            "the second place can only mean the first concept",
        ),
    ],
)
def test_what_should_be_found(
    source: str, target: str, concepts: list[Concept], expected: list[str], why: str
) -> None:
    lang: Lang = "en" if source.isascii() else "vi"
    assert told(source, target, *concepts, lang=lang) == expected, why


TWO = [
    ("Tuyến", "level", "", "the first"),
    ("Tuyến", "gland", "", "the second"),
    ("Tuyến", "x", "T001 gland|T001 other", "none of them"),
    ("Tuyến", "line", "T002 other", "a forbidden form of one"),
    ("Tuyến", "gland line", "T002 other", "with a good form of the other"),
    ("tuyến giáp", "x", "T001 thyroid", "a longer term means none of them"),
]


@pytest.mark.parametrize(("source", "target", "expected", "why"), TWO)
def test_of_two_concepts_with_one_name_one_is_enough(
    source: str, target: str, expected: str, why: str
) -> None:
    rivals = (
        GLAND, concept("tuyến", "level|!line", "other"), concept("tuyến giáp", "thyroid", "thyroid")
    )  # fmt: skip
    for order in itertools.permutations(rivals):
        found = sorted(told(source, target, *order))
        assert found == (expected.split("|") if expected else []), why


def test_a_bad_form_that_is_a_good_one_of_a_rival_is_not_told() -> None:
    rival = concept("tuyến", "line", "rival")
    assert told("Tuyến", "line", concept("tuyến", "level|!line", "level"), rival) == []


def test_terms_that_overlap_without_one_in_the_other_count_both() -> None:
    left, right = concept("kiểm soát bệnh", "control", "l"), concept("bệnh tật", "disease", "r")
    assert told("Kiểm soát bệnh tật", "x", left, right) == ["T001 l", "T001 r"]
    assert told("Kiểm soát bệnh tật", "disease control", left, right) == []


@pytest.mark.parametrize(
    ("longer", "why"),
    [
        (concept("?thứ trưởng Bộ Y tế", "?deputy", "long"), "nobody decided on it"),
        (concept("!thứ trưởng Bộ Y tế|phó", "deputy", "long"), "its longer form is forbidden"),
        (concept("thứ trưởng Bộ Y tế", "deputy", "long", Match(context=("họp",))), "no context"),
        (
            concept("thứ trưởng Bộ Y tế", "deputy", "long", Match(exceptions=("nguyên thứ trưởng"
                    " Bộ Y tế",))), "an exception",
        ),
        (concept("Thứ Trưởng Bộ Y tế", "deputy", "long"), "other capitals"),
        (concept("Thứ trưởng Bộ Y tế", "deputy", "long", Match("exact")), "not as written"),
        (
            replace(concept("thứ trưởng Bộ Y tế", "deputy", "long"),
                    valid_until=datetime.date(2020, 1, 1)), "out of date",
        ),
    ],
)  # fmt: skip
def test_where_the_longer_term_does_not_count_the_shorter_does(longer: Concept, why: str) -> None:
    unit = Unit("f", 1, "Nguyên thứ trưởng Bộ Y tế", "x", date=datetime.date(2025, 1, 1))
    found = [(one.rule, one.concept_id) for one in check_units([unit], [longer, MOH])]
    assert found == [("T001", "moh")], why


def test_a_deprecated_source_counts_and_an_open_one_does_not() -> None:
    old = concept("Bộ Y tế|-Bộ Sức khỏe|?Bộ Y", "Ministry of Health", "moh")
    assert told("Bộ Sức khoẻ", "x", old) == ["T001 moh"]
    assert told("Bộ Y", "x", old) == []


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (None, True),
        (datetime.date(2016, 1, 1), True),
        (datetime.date(2025, 2, 28), True),
        (datetime.date(2015, 12, 31), False),
        (datetime.date(2025, 3, 1), False),
    ],
)
def test_a_concept_counts_from_its_first_day_to_its_last(
    date: datetime.date | None, expected: bool
) -> None:
    dated = replace(
        MOH, valid_from=datetime.date(2016, 1, 1), valid_until=datetime.date(2025, 2, 28)
    )
    assert bool(list(check_units([Unit("f", 1, "Bộ Y tế", "x", date=date)], [dated]))) is expected
    half = replace(dated, valid_from=None)
    begun = date is None or date <= datetime.date(2025, 2, 28)
    assert bool(list(check_units([Unit("f", 1, "Bộ Y tế", "x", date=date)], [half]))) is begun


def test_an_exact_concept_counts_as_written_on_both_sides() -> None:
    search = concept("Tìm kiếm", "Search|!Find", "search", Match("exact"))
    assert told("Tìm kiếm", "Searches", search) == ["T001 search"]
    assert told("TÌM KIẾM", "x", search) == []
    assert told("Tìm kiếm", "Search: find it", search) == []
    assert told("Recent searches", "x", search, lang="en") == []


# --- C001 -----------------------------------------------------------------------------------------


def unit(line: int, source: str, target: str, context: str = "", path: str = "f.po") -> Unit:
    return Unit(path, line, source, target, "vi", context)


NFD_HOA = unicodedata.normalize("NFD", "Hóa đơn")

TWICE = [
    (unit(1, "Xem", "See"), unit(2, "Xem", "View"), True, "translated otherwise"),
    (unit(1, "Xem", "See"), unit(2, "Xem", "See"), False, "translated alike"),
    (unit(1, "Xem", "See", "a"), unit(2, "Xem", "View", "a"), True, "in one context"),
    (unit(1, "Xem", "See", "a"), unit(2, "Xem", "View", "b"), False, "in two contexts"),
    (unit(1, "Xem", "See"), unit(2, "Xem", "View", "b"), False, "with a context and without"),
    (unit(1, "Xem", "See"), unit(1, "Xem", "View", path="g.po"), True, "in another file"),
    (unit(1, "Hóa đơn", "Bill"), unit(2, "Hoá đơn", "Invoice"), True, "tone in two places"),
    (unit(1, "Hóa đơn", "Bill"), unit(2, NFD_HOA, "Invoice"), True, "decomposed"),
    (unit(1, "Xem", "Hòa"), unit(2, "Xem", "Hoà"), False, "one target in two spellings"),
    (unit(1, "Xem", "See it"), unit(2, "Xem ", "See  it\n"), False, "blanks"),
    (unit(1, "Bàn", "Desk"), unit(2, "Bản", "Copy"), False, "other marks"),
    (unit(1, "Khoa", "Ward"), unit(2, "khoa", "ward"), False, "other capitals"),
    (unit(1, "%d", "%d"), unit(2, "%d", "No. %d"), True, "a placeholder with a letter"),
    (unit(1, "12/3", "March 12"), unit(2, "12/3", "12 March"), False, "no letters"),
    (unit(1, "…", "x"), unit(2, "…", "y"), False, "no letters"),
    (unit(1, "OK", "A"), replace(unit(2, "OK", "B"), source_lang="en"), False, "from elsewhere"),
]


@pytest.mark.parametrize(("first", "second", "expected", "why"), TWICE)
def test_one_source_in_two_translations(
    first: Unit, second: Unit, expected: bool, why: str
) -> None:
    found = list(check_units([first, second], []))
    assert [one.rule for one in found] == (["C001"] if expected else []), why
    for one in found:
        assert (one.path, one.line, one.severity) == (second.path, second.line, "warning")
        assert f"{first.path}:{first.line}" in one.message
        assert (one.side, one.column, one.span) == ("target", 1, (0, len(nfc(second.target))))
        assert one.suggestion == nfc(first.target)


def test_each_unit_that_differs_from_the_first_is_told() -> None:
    units = [unit(number, "Xem", target) for number, target in enumerate("abacb", 1)]
    assert [one.line for one in check_units(units, [])] == [2, 4, 5]


def test_two_plural_forms_of_one_entry_are_not_two_translations() -> None:
    entry = (
        'msgid ""\nmsgstr "Language: en\\n"\n\n#: a\nmsgid "%d ca"\nmsgid_plural "%d ca"\n'
        'msgstr[0] "%d case"\nmsgstr[1] "%d cases"\n'
    )
    one = list(read_units(entry, "a.po"))
    assert len(one) == 2
    assert list(check_units(one, [])) == []
    again = list(read_units(entry, "b.po"))
    assert list(check_units([*one, *again], [])) == []
    other = list(read_units(entry.replace("cases", "patients"), "c.po"))
    assert [(x.path, x.line) for x in check_units([*one, *other], [])] == [("c.po", 5)]


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (("%d person", "%d people"), ["T001 patient"]),
        (("%d patient", "%d people"), ["T001 patient"]),
        (("%d patient", "%d patients"), []),
        (("%d sick man", "%d sick men"), ["T002 patient"]),
        (("%d person", "%d sick men"), ["T001 patient", "T002 patient"]),
    ],
)
def test_plural_forms_of_one_entry_give_a_finding_once(
    forms: tuple[str, str], expected: list[str]
) -> None:
    patient = concept("người bệnh", "patient|!sick man", "patient")
    units = [unit(3, "%d người bệnh", form, f"\x04{n}") for n, form in enumerate(forms)]
    assert [f"{x.rule} {x.concept_id}" for x in check_units(units, [patient])] == expected


# --- messages and places --------------------------------------------------------------------------


def test_a_finding_tells_what_to_write_instead() -> None:
    missing = findings("Theo Bộ Y tế", "x", MOH)[0]
    assert (missing.rule, missing.severity, missing.concept_id) == ("T001", "error", "moh")
    assert (missing.side, missing.column, missing.span) == ("source", 6, (5, 12))
    assert missing.suggestion == "Ministry of Health"
    for word in ("Bộ Y tế", "Ministry of Health", "MoH"):
        assert f'"{word}"' in missing.message
    for word in ("Health Department", "Medical Ministry", "Health Office"):
        assert word not in missing.message, "none that is not to be used, or not decided on"


@pytest.mark.parametrize(
    ("target", "rule", "severity", "status"),
    [
        ("A medical ministry", "T002", "error", "forbidden"),
        ("A health department", "T003", "warning", "deprecated"),
    ],
)
def test_a_finding_tells_what_was_written_and_what_to_write(
    target: str, rule: str, severity: str, status: str
) -> None:
    (bad,) = findings("Theo Bộ Y tế", target, MOH)
    assert (bad.rule, bad.severity, bad.concept_id) == (rule, severity, "moh")
    assert (bad.side, bad.column, bad.span) == ("target", 3, (2, len(target)))
    assert bad.suggestion == "Ministry of Health"
    assert status in bad.message
    for words in (target[2:], "Bộ Y tế", "Ministry of Health"):
        assert f'"{words}"' in bad.message


@pytest.mark.parametrize(
    ("target", "rule"),
    [
        ("bad", "T002"),
        ("x", "T001"),
    ],
)
def test_the_suggestion_is_the_preferred_form_wherever_it_stands(target: str, rule: str) -> None:
    late = concept("ca", "+item|case|!bad")
    (found,) = findings("ca", target, late)
    assert (found.rule, found.suggestion) == (rule, "case")


def test_without_a_good_form_nothing_is_suggested() -> None:
    found = findings("Ca bệnh", "A case of illness", ONLY_BAD)[0]
    assert (found.suggestion, "use" in found.message) == ("", False)


@pytest.mark.parametrize(
    ("source", "target"), [("Bộ\nY tế", "x"), ("Bộ Y tế", "Medical\nMinistry")]
)
def test_a_message_is_one_line(source: str, target: str) -> None:
    found = findings(source, target, MOH)
    assert found
    assert all(len(one.message.splitlines()) == 1 for one in found)


_FILLERS = [
    "và", "các", "%s", "{MoH}", "<b>", "</b>", "`BYT`", "https://x.vn/Bộ-Y-tế", "😀", "–", ",", "…",
    "e\u0323\u0301", "İ", "\u00a0", "\n", "%", "<", "cán", "tuyến", "trực", "friendship", "of",
]  # fmt: skip
_FORMS = sorted(
    {variant for one in ALL for term in one.terms for variant in (term.text, term.text.upper())}
    | {"Hoá đơn", "hospitals", "MoH's", "bookings", "Medical  Ministry", "Health-Department"}
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(st.sampled_from(_FILLERS) | st.sampled_from(_FORMS), max_size=7))
    text = draw(st.sampled_from([" ", "  "])).join(pieces)
    return unicodedata.normalize("NFD", text) if draw(st.booleans()) else text


_LANGS: st.SearchStrategy[Lang] = st.sampled_from(["vi", "en"])


@given(texts(), texts(), _LANGS)
def test_the_span_cuts_out_the_text_the_message_names(source: str, target: str, lang: Lang) -> None:
    for one in findings(source, target, *ALL, lang=lang):
        begin, end = one.span
        text = nfc(source if one.side == "source" else target)
        assert 0 <= begin < end <= len(text)
        named = " ".join(text[begin:end].split())
        assert f'"{named}"' in one.message
        assert one.column == begin + 1
        assert one.side == ("source" if one.rule == "T001" else "target")
        assert one.severity == RULES[one.rule].severity
        assert (one.path, one.line) == ("f.po", 7)


@given(texts(), texts(), _LANGS)
def test_composed_or_not_the_findings_are_the_same(source: str, target: str, lang: Lang) -> None:
    both = [
        findings(unicodedata.normalize(form, source), unicodedata.normalize(form, target), *ALL,
                 lang=lang)
        for form in ("NFC", "NFD")
    ]  # fmt: skip
    assert both[0] == both[1]


@given(texts(), texts(), _LANGS, st.permutations(ALL))
def test_the_order_of_the_glossary_does_not_matter(
    source: str, target: str, lang: Lang, order: list[Concept]
) -> None:
    assert sorted(told(source, target, *order, lang=lang)) == sorted(
        told(source, target, *ALL, lang=lang)
    )


@given(texts(), texts(), _LANGS)
def test_a_concept_gives_each_rule_once_and_not_t001_beside_the_others(
    source: str, target: str, lang: Lang
) -> None:
    found = told(source, target, *ALL, lang=lang)
    assert len(found) == len(set(found))
    missing = {one.split()[1] for one in found if one.startswith("T001")}
    assert not missing & {one.split()[1] for one in found if not one.startswith("T001")}


@given(texts(), _LANGS)
def test_where_all_preferred_forms_stand_none_is_missing(source: str, lang: Lang) -> None:
    target_lang: Lang = "en" if lang == "vi" else "vi"
    target = ", ".join(one.heading(target_lang) for one in ALL)
    assert {one[:4] for one in told(source, target, *ALL, lang=lang)} <= {"T002", "T003"}


@given(texts(), texts())
def test_placeholders_around_a_text_change_nothing(source: str, target: str) -> None:
    plain = told(source, target, *ALL)
    # A mark of the text may open what a mark of the placeholder would close.
    assert told(f"%s {source}", f"{{booking}} {target}", *ALL) == plain


# --- many units -----------------------------------------------------------------------------------


def test_units_are_taken_one_by_one() -> None:
    taken = 0

    def endless() -> Iterator[Unit]:
        nonlocal taken
        for taken in itertools.count(1):
            yield unit(taken, f"Bộ Y tế {taken}", "x")

    found = check_units(endless(), iter([MOH]))
    assert taken == 0
    for number in range(1, 4):
        assert (next(found).line, taken) == (number, number)


def invented(number: int) -> list[Concept]:
    return [
        concept(f"khoa {n} viện|+vụ {n}", f"ward {n}|!unit {n}|-room {n}", f"c{n}")
        for n in range(number)
    ]


def invented_units(number: int) -> list[Unit]:
    # Sources and targets name concepts that the smallest glossary has.
    return [
        unit(n, f"Câu {n}: khoa {n % 90} viện và vụ {n % 80}", f"Ward {n % 90}, unit {n % 80}.")
        for n in range(1, number + 1)
    ]


def cost(concepts: int, units: int) -> int:
    """The work of a check, less that of reading the glossary in."""
    glossary, many = invented(concepts), invented_units(units)

    def run(some: list[Unit]) -> int:
        return calls(lambda: list(check_units(some, glossary)))

    run(many)  # words are folded once
    return run(many) - run(many[:1])


def test_a_check_costs_the_same_with_ten_times_the_concepts() -> None:
    assert cost(1000, 200) <= 1.02 * cost(100, 200)


def test_a_check_is_linear_in_the_units() -> None:
    assert cost(100, 800) <= 4.2 * cost(100, 200)


_PAIRS = "each hit is compared with each other"

REPEATED = [
    ("Bộ ", "x ", [MOH, DEPUTY], "beginnings of terms"),
    ("a ", "b ", [concept("a a a a b", "b b b b a", "c")], "all but the last word"),
    ("a ", "The MoH ", [concept(f"b{n}", "MoH", f"c{n}") for n in range(30)], "no concept"),
    ("khoa ", "x ", [concept("khoa", "ward", "c")], "a term again and again"),
    ("khoa ", "unit ", [concept("khoa", "ward|!unit", "c")], "a bad form as well"),
    ("a ", "unit ", [concept("a a a a a", "ward|!unit", "c")], "over each other"),
    ("bệnh viện tuyến ", "x ", [LEVEL], "with a context"),
]


@pytest.mark.parametrize(("source", "target", "glossary", "why"), REPEATED)
def test_a_long_text_costs_its_length(
    source: str, target: str, glossary: list[Concept], why: str
) -> None:
    short, long = (
        calls(lambda n=n: findings(source * n, target * n, *glossary)) for n in (40, 160)
    )
    assert long <= 4.5 * short, why


# --- the sample -----------------------------------------------------------------------------------


def sample_findings(
    change: Callable[[str], str] = str, glossary: Glossary | list[Concept] | None = None
) -> list[tuple[str, int, str, str]]:
    """What is found in a translator's repository, of files whose text is changed."""

    def units() -> Iterator[Unit]:
        for name in ("news.tsv", "po/en.po", "po/vi.po"):
            yield from read_units(change((TRANSLATION / name).read_text("utf-8")), name)

    found = check_units(units(), glossary or load_glossary(TRANSLATION))
    return sorted((one.path, one.line, one.rule, one.concept_id) for one in found)


def gold() -> list[tuple[str, int, str, str]]:
    with (TRANSLATION / "gold" / "findings.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return sorted((r["path"], int(r["line"]), r["rule"], r["concept_id"] or "") for r in rows)


def test_the_sample_has_errors_of_every_rule_in_both_directions() -> None:
    assert len(gold()) > 20
    assert {rule for _, _, rule, _ in gold()} == set(RULES)
    assert {path for path, _, _, _ in gold()} == {"news.tsv", "po/en.po", "po/vi.po"}
    assert len(load_glossary(TRANSLATION)) >= 30


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (str, "as it stands"),
        (lambda text: unicodedata.normalize("NFD", text), "decomposed"),
        (lambda text: unicodedata.normalize("NFC", text), "composed"),
        (lambda text: "\ufeff" + text.replace("\n", "\r\n"), "as Windows writes it"),
        (lambda text: text.removesuffix("\n"), "without the last line break"),
    ],
)  # fmt: skip
def test_the_planted_errors_are_found_and_nothing_else(
    change: Callable[[str], str], why: str
) -> None:
    assert sample_findings(change) == gold(), why


def test_the_order_of_the_glossary_does_not_matter_in_the_sample() -> None:
    assert sample_findings(glossary=[*load_glossary(TRANSLATION)][::-1]) == gold()


def test_every_correct_trap_of_the_sample_stays_quiet() -> None:
    with (TRANSLATION / "gold" / "traps.tsv").open(encoding="utf-8", newline="") as file:
        traps = {
            (row["path"], int(row["line"]))
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    assert len(traps) > 40
    assert not traps & {(path, line) for path, line, _, _ in sample_findings()}
