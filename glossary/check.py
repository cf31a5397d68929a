"""Translations against the glossary: units in, findings out; no file, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from align.model import Lang
from align.text import nfc
from glossary.concept import USABLE, Concept, Term
from glossary.finding import Finding, Unit
from glossary.match import Hit, Matcher, Token, outermost, tokens
from glossary.rules import UNIT_RULES, Inconsistency, Occurrence, Scene


def check_units(units: Iterable[Unit], glossary: Iterable[Concept]) -> Iterator[Finding]:
    """What breaks the glossary, or translates one source in two ways, in the order of the units.

    A concept occurs where one of its source terms does (`glossary.match`) and no longer term lies
    over it; concepts nobody decided on are left out. Two units of one line, such as the plural
    forms of an entry, give one finding.
    """
    checker = _Checker(glossary)
    inconsistency = Inconsistency()
    last: tuple[str, int] | None = None
    told: set[tuple[str, str]] = set()
    for unit in units:
        if (unit.path, unit.line) != last:
            last, told = (unit.path, unit.line), set()
        for finding in (*checker.findings(unit), *inconsistency.look(unit)):
            if (finding.rule, finding.concept_id) not in told:
                told.add((finding.rule, finding.concept_id))
                yield finding


class _Checker:
    """A glossary made ready for matching, each language when it is first asked for."""

    def __init__(self, glossary: Iterable[Concept]) -> None:
        self._concepts = [concept for concept in glossary if concept.decided]
        self._sources: dict[Lang, Matcher[Concept]] = {}
        self._targets: dict[Lang, Matcher[tuple[Concept, Term]]] = {}
        self._contexts: dict[tuple[Lang, str], Matcher[str]] = {}

    def findings(self, unit: Unit) -> Iterator[Finding]:
        target_lang: Lang = "en" if unit.source_lang == "vi" else "vi"
        occurrences = self._occurrences(unit)
        if not occurrences:
            return
        hits = self._target(target_lang).hits(tokens(nfc(unit.target), target_lang))
        scene = Scene(unit, target_lang, occurrences, tuple(hits))
        for rule in UNIT_RULES:
            yield from rule(scene)

    def _occurrences(self, unit: Unit) -> tuple[Occurrence, ...]:
        lang = unit.source_lang
        there = tokens(nfc(unit.source), lang)
        hits = [
            hit
            for hit in self._source(lang).hits(there)
            if _valid(hit.what, unit) and self._fits(hit, there, lang)
        ]
        first: dict[str, Occurrence] = {}
        outer = outermost(hits)
        for hit in outer:
            if hit.what.id not in first:
                rivals = {
                    other.what.id: other.what
                    for other in outer
                    if (other.start, other.end) == (hit.start, hit.end)
                }
                first[hit.what.id] = Occurrence(hit.what, hit, tuple(rivals.values()))
        return tuple(first.values())

    def _fits(self, hit: Hit[Concept], there: list[Token], lang: Lang) -> bool:
        """Whether the context is there and no exception lies over the hit."""
        match = hit.what.match
        if match.context and not any(self._found(word, there, lang) for word in match.context):
            return False
        return not any(
            over.start <= hit.start and hit.end <= over.end
            for phrase in match.exceptions
            for over in self._found(phrase, there, lang)
        )

    def _found(self, phrase: str, there: list[Token], lang: Lang) -> list[Hit[str]]:
        if (lang, phrase) not in self._contexts:
            matcher: Matcher[str] = Matcher(lang, capitals=False)
            matcher.add(phrase, phrase)
            self._contexts[lang, phrase] = matcher
        return list(self._contexts[lang, phrase].hits(there))

    def _source(self, lang: Lang) -> Matcher[Concept]:
        if lang not in self._sources:
            matcher: Matcher[Concept] = Matcher(lang, capitals=True)
            for concept in self._concepts:
                # A forbidden name is often one that means something else.
                for term in concept.forms(lang, *USABLE, "deprecated"):
                    matcher.add(term.text, concept, exact=concept.match.form == "exact")
            self._sources[lang] = matcher
        return self._sources[lang]

    def _target(self, lang: Lang) -> Matcher[tuple[Concept, Term]]:
        if lang not in self._targets:
            matcher: Matcher[tuple[Concept, Term]] = Matcher(lang, capitals=False)
            for concept in self._concepts:
                for term in concept.forms(lang):
                    matcher.add(term.text, (concept, term), exact=concept.match.form == "exact")
            self._targets[lang] = matcher
        return self._targets[lang]


def _valid(concept: Concept, unit: Unit) -> bool:
    """Whether the concept is in force at the date of the unit; always where it has none."""
    if unit.date is None:
        return True
    begun = concept.valid_from is None or concept.valid_from <= unit.date
    return begun and (concept.valid_until is None or unit.date <= concept.valid_until)
