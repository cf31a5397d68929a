"""The glossary itself under check: what contradicts itself, leads nowhere, or is written askew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from align.marked_yaml import Marked
from align.model import LANGS
from align.text import fold, one_line
from glossary.concept import USABLE, Concept, Glossary, alike
from glossary.finding import Finding
from glossary.rules import BAD, Rule

LINT_RULES = {
    rule.id: rule
    for rule in (
        Rule("G001", "warning", "one term stands for two concepts, and nothing tells them apart"),
        Rule("G002", "error", "a language has no preferred term, or more than one"),
        Rule("G003", "info", "a bad term of one concept is a good one of another"),
        Rule("G004", "warning", "text is not composed (NFC) or has stray spaces"),
        Rule("G005", "error", "'see' names a concept that is not there"),
    )
}


def lint(glossary: Glossary, marked: Marked) -> Iterator[Finding]:
    """What is to be mended in a glossary, by line; *marked* is the file it was read from."""
    places = {
        raw.get("id"): ("concepts", index)
        for index, raw in enumerate((marked.value or {}).get("concepts") or [])
    }
    found = [
        _finding(marked, (*places[concept.id], *place), rule, message, concept.id)
        for concept, place, rule, message in (
            *_twins(glossary),
            *_preferred(glossary),
            *_both(glossary),
            *_dangling(glossary),
        )
    ]
    found += _askew(marked)
    yield from sorted(found, key=lambda one: (one.line, one.rule, one.message))


_Told = Iterator[tuple[Concept, tuple[Any, ...], str, str]]


def _finding(
    marked: Marked, place: tuple[Any, ...], rule: str, message: str, concept_id: str
) -> Finding:
    severity = LINT_RULES[rule].severity
    return Finding(marked.path, marked.line(*place), 1, rule, severity, message, concept_id)


def _twins(glossary: Glossary) -> _Told:
    """G001."""
    holders: dict[str, list[Concept]] = defaultdict(list)
    for concept in glossary:
        for form in {fold(term.text) for term in concept.forms("vi", *USABLE)}:
            holders[form].append(concept)
    for form, concepts in holders.items():
        for index, concept in enumerate(concepts):
            twin = next((other for other in concepts[:index] if alike(other, concept)), None)
            if twin:
                yield (
                    concept, (), "G001",
                    f'"{form}" is a term of {twin.id} too; give one of them a subject,'
                    " a context or a time",
                )  # fmt: skip


def _preferred(glossary: Glossary) -> _Told:
    """G002."""
    for concept in glossary:
        if not concept.decided:
            continue
        for lang in LANGS:
            best = concept.forms(lang, "preferred")
            if concept.forms(lang) and not best:
                yield concept, ("terms",), "G002", f"no preferred term ({lang}); prefer one"
            elif len(best) > 1:
                names = " and ".join(f'"{term.text}"' for term in best)
                yield (
                    concept, ("terms",), "G002",
                    f"{names} are both preferred ({lang}); keep one, mark the others admitted",
                )  # fmt: skip


def _both(glossary: Glossary) -> _Told:
    """G003."""
    good: dict[tuple[str, str], Concept] = {}
    for concept in glossary:
        for term in concept.terms:
            if term.status in USABLE:
                good.setdefault((term.lang, fold(term.text)), concept)
    for concept in glossary:
        for term in concept.terms:
            other = good.get((term.lang, fold(term.text)))
            if term.status in BAD and other and other.id != concept.id:
                yield (
                    concept, ("terms",), "G003",
                    f'"{term.text}" is {term.status} here and a term of {other.id}',
                )  # fmt: skip


def _dangling(glossary: Glossary) -> _Told:
    """G005."""
    ids = {concept.id for concept in glossary}
    for concept in glossary:
        for index, id in enumerate(concept.see):
            if id not in ids:
                yield concept, ("see", index), "G005", f"see: there is no concept {id!r}"


def _askew(marked: Marked) -> Iterator[Finding]:
    """G004; reading mends it in memory, so the file is looked at."""
    for index, raw in enumerate((marked.value or {}).get("concepts") or []):
        for number, term in enumerate(raw.get("terms") or []):
            text = term.get("text")
            if isinstance(text, str) and text != one_line(text):
                yield _finding(
                    marked,
                    ("concepts", index, "terms", number, "text"),
                    "G004",
                    f'"{one_line(text)}" is not written in composed letters (NFC), or has stray'
                    " spaces; saving the glossary mends it",
                    str(raw.get("id", "")),
                )
