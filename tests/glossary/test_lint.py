"""The glossary itself: each rule with what it tells and what it leaves alone, by line."""

from __future__ import annotations

import re
from typing import Any

import pytest

from align.marked_yaml import load_marked
from glossary.concept_plain import read_glossary
from glossary.finding import Finding
from glossary.lint import LINT_RULES, lint
from glossary.store import glossary_text


def findings(text: str) -> list[Finding]:
    marked = load_marked(text, "g.yaml")
    return list(lint(read_glossary(marked), marked))


def told(text: str) -> list[tuple[str, int]]:
    return [(one.rule, one.line) for one in findings(text)]


def concept(id: str, *terms: str, above: str = "") -> str:
    """A concept whose terms are ``vi bệnh viện preferred``; *above* are lines before the terms.

    Without any such line the key ``terms`` stands in its second line, a term in three.
    """
    lines = [f"- id: {id}", *(f"  {line}" for line in above.splitlines()), "  terms:"]
    for term in terms:
        lang, text, status = re.fullmatch(r"(\w\w) (.*) (\S+)", term).groups()  # type: ignore[union-attr]
        lines += [f"  - lang: {lang}", f"    text: {text}"]
        lines += [f"    status: {status}"] if status != "?" else []
    return "\n".join(lines) + "\n"


def glossary(*concepts: str) -> str:
    """The first concept begins in line 3."""
    return "format: songngu-glossary 1\nconcepts:\n" + "".join(concepts)


KHOA = concept("khoa-1", "vi khoa preferred", "en department preferred")
SCIENCE = ("vi khoa preferred", "en science preferred")
GOOD = concept("a", "vi y tá preferred", "en nurse preferred")

RULES: list[Any] = [
    # G001
    (glossary(KHOA, concept("khoa-2", *SCIENCE)), [("G001", 11)], "one term for two concepts"),
    (glossary(KHOA, concept("khoa-2", *SCIENCE, above="subject: school")), [], "a subject parts"),
    (
        glossary(KHOA, concept("khoa-2", *SCIENCE, above="match:\n  context:\n  - trường")),
        [],
        "a context parts",
    ),
    (
        glossary(
            concept("k-1", "vi khoa preferred", above="valid_until: 2020-12-31"),
            concept("k-2", "vi khoa preferred", above="valid_from: 2021-01-01"),
        ),
        [],
        "times part",
    ),
    (
        glossary(
            concept("k-1", "vi khoa preferred", above="valid_from: 2021-01-01"),
            concept("k-2", "vi khoa preferred", above="valid_until: 2020-12-31"),
        ),
        [],
        "times part, the other way round",
    ),
    (
        glossary(
            concept("k-1", "vi khoa preferred", above="valid_until: 2021-01-01"),
            concept("k-2", "vi khoa preferred", above="valid_from: 2021-01-01"),
        ),
        [("G001", 9)],
        "a day in both",
    ),
    (
        glossary(
            concept("k-1", "vi khoa preferred", above="subject: school"),
            concept("k-2", "vi khoa preferred", above="subject: school"),
        ),
        [("G001", 9)],
        "one subject",
    ),
    (
        glossary(concept("k-1", "vi hoà bình preferred"), concept("k-2", "vi Hòa  bình preferred")),
        [("G001", 8), ("G004", 11)],
        "in another spelling",
    ),
    (
        glossary(concept("k-1", "vi BYT preferred"), concept("k-2", "vi byt preferred")),
        [],
        "an acronym is no word",
    ),
    (glossary(KHOA, concept("k-2", "vi khoa ?", "en science ?")), [], "not decided yet"),
    (
        glossary(KHOA, concept("k-2", "vi bộ môn preferred", "vi khoa forbidden")),
        [("G003", 12)],
        "a forbidden term stands for nothing",
    ),
    (
        glossary(
            concept("k-1", "vi khám preferred", "en examination preferred"),
            concept("k-2", "vi thi preferred", "en examination preferred"),
        ),
        [],
        "one English term for two",
    ),
    (
        glossary(
            KHOA,
            concept("khoa-2", "vi khoa admitted", "vi k preferred"),
            concept("khoa-3", "vi khoa admitted", "vi l preferred"),
        ),
        [("G001", 11), ("G001", 19)],
        "three concepts",
    ),
    (
        glossary(
            concept("k-1", "vi khoa preferred", above="subject: hospital"),
            concept("k-2", "vi khoa preferred", above="subject: school"),
            concept("k-3", "vi khoa preferred", above="subject: school"),
        ),
        [("G001", 15)],
        "the second and the third alike",
    ),
    # G002
    (glossary(GOOD), [], "one preferred term a language"),
    (glossary(concept("a", "vi y tá preferred")), [], "a language without terms"),
    (glossary(concept("a", "vi y tá ?", "en nurse ?")), [], "not decided yet"),
    (
        glossary(concept("a", "vi y tá preferred", "en nurse admitted")),
        [("G002", 4)],
        "none preferred in English",
    ),
    (
        glossary(concept("a", "vi y tá ?", "en nurse preferred", above="note: n")),
        [("G002", 5)],
        "one side not decided",
    ),
    (
        glossary(concept("a", "vi y tá forbidden", "en nurse deprecated")),
        [("G002", 4), ("G002", 4)],
        "bad terms only",
    ),
    (
        glossary(concept("a", "vi y tá preferred", "vi điều dưỡng preferred")),
        [("G002", 4)],
        "two preferred",
    ),
    # G003
    (
        glossary(
            GOOD, concept("b", "vi bác sĩ preferred", "en doctor preferred", "en nurse forbidden")
        ),
        [("G003", 12)],
        "bad here, good there",
    ),
    (
        glossary(
            concept("a", "vi bác sĩ preferred", "en doctor preferred", "en Nurse deprecated"),
            concept("b", "vi y tá preferred", "en nurse admitted", "en carer preferred"),
        ),
        [("G003", 4)],
        "the bad one first, in another spelling",
    ),
    (
        glossary(
            GOOD, concept("b", "vi bác sĩ preferred", "en doctor preferred", "en healer forbidden")
        ),
        [],
        "bad everywhere",
    ),
    (
        glossary(concept("a", "vi x preferred", "en nurse preferred", "en Nurse forbidden")),
        [],
        "a matter of capitals within a concept",
    ),
    # G004
    (glossary(concept("a", "vi '  y tá' preferred")), [("G004", 6)], "a blank in front"),
    (glossary(concept("a", "vi 'y  tá' preferred")), [("G004", 6)], "two blanks"),
    (glossary(concept("a", "vi y\u00a0tá preferred")), [("G004", 6)], "a no-break space"),
    (
        glossary(concept("a", "vi y ta\u0301 preferred", "en nurse preferred")),
        [("G004", 6)],
        "decomposed",
    ),
    (
        glossary(concept("a", "vi x preferred", "vi y ta\u0301 ?")),
        [("G004", 9)],
        "a term that nobody decided on",
    ),
    (glossary(concept("a", "vi hoà preferred")), [], "either place of the tone"),
    # G005
    (
        glossary(
            concept("a", "vi x preferred", above="see:\n- b\n- c"), concept("b", "vi y preferred")
        ),
        [("G005", 6)],
        "a reference to nothing",
    ),
    (glossary(concept("a", "vi x preferred", above="see: c")), [("G005", 4)], "on one line"),
    (
        glossary(
            concept("a", "vi x preferred", above="see:\n- b"),
            concept("b", "vi y preferred", above="see:\n- a"),
        ),
        [],
        "to each other",
    ),
    (
        glossary(concept("a", "vi x ?", above="see:\n- b\n- c")),
        [("G005", 5), ("G005", 6)],
        "two of a concept not decided",
    ),
    # none
    ("", [], "an empty file"),
    ("format: songngu-glossary 1\n", [], "an empty glossary"),
    ("format: songngu-glossary 1\nrejected:\n- vi: hôm qua\n", [], "refusals only"),
]


@pytest.mark.parametrize(("text", "expected", "why"), RULES)
def test_rules(text: str, expected: list[tuple[str, int]], why: str) -> None:
    assert told(text) == expected, why


MESSAGES = [
    (glossary(KHOA, concept("khoa-2", *SCIENCE)), "warning", "khoa-2", ['"khoa"', "khoa-1"]),
    (glossary(concept("a", "vi x admitted")), "error", "a", ["no preferred", "(vi)"]),
    (
        glossary(concept("a", "en x preferred", "en y preferred")),
        "error",
        "a",
        ['"x" and "y"', "(en)"],
    ),
    (
        glossary(GOOD, concept("b", "vi x preferred", "vi y tá forbidden")),
        "info",
        "b",
        ['"y tá"', "forbidden", "term of a"],
    ),
    (glossary(concept("a", "vi 'y  tá' preferred")), "warning", "a", ['"y tá"', "NFC"]),
    (glossary(concept("a", "vi x preferred", above="see: c")), "error", "a", ["'c'"]),
]


@pytest.mark.parametrize(("text", "severity", "id", "words"), MESSAGES)
def test_messages(text: str, severity: str, id: str, words: list[str]) -> None:
    [one] = findings(text)
    assert (one.path, one.severity, one.concept_id) == ("g.yaml", severity, id)
    assert LINT_RULES[one.rule].severity == severity
    for word in words:
        assert word in one.message


def test_findings_stand_in_the_order_of_the_lines() -> None:
    text = glossary(
        concept("b", "vi ' x' preferred", "en y admitted", above="see: nix"),
        concept("a", "vi x preferred"),
    )
    assert told(text) == [("G001", 3), ("G005", 4), ("G002", 5), ("G004", 7)]


def test_the_lines_are_those_of_a_file_that_is_not_in_order() -> None:
    text = "# mine\n\n" + glossary(concept("z", "vi x admitted"), concept("a", "vi y admitted"))
    assert told(text) == [("G002", 6), ("G002", 11)]


@pytest.mark.parametrize("number", range(len(RULES)))
def test_what_is_saved_again_has_no_stray_spaces(number: int) -> None:
    case = RULES[number]
    text = getattr(case, "values", case)[0]
    saved = glossary_text(read_glossary(load_marked(text, "g.yaml")))
    assert "G004" not in [rule for rule, _ in told(saved)]
    assert sorted(rule for rule, _ in told(text) if rule != "G004") == sorted(
        rule for rule, _ in told(saved)
    )


def test_every_rule_is_tried_both_ways() -> None:
    tried = {rule for case in RULES for rule, _ in getattr(case, "values", case)[1]}
    assert tried == set(LINT_RULES)
