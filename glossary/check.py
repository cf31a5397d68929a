"""Translations against the glossary: units in, findings out; no file, no clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from align.model import Lang
from align.text import nfc
from glossary.concept import USABLE, Concept, Term
from glossary.finding import Finding, Unit
from glossary.match import Hit, Matcher, Token, outermost, tokens
from glossary.rules import UNIT_RULES, Inconsistency, Occurrence, Scene, standing


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

    def findings(self, unit: Unit) -> Iterator[Finding]:
        target_lang: Lang = "en" if unit.source_lang == "vi" else "vi"
        occurrences = self._occurrences(unit)
        if not occurrences:
            return
        hits = self._target(target_lang).hits(tokens(nfc(unit.target), target_lang))
        present = {rival.id for one in occurrences for rival in one.rivals}
        scene = Scene(unit, target_lang, occurrences, standing(hits, present))
        for rule in UNIT_RULES:
            yield from rule(scene)

    def _occurrences(self, unit: Unit) -> tuple[Occurrence, ...]:
        lang = unit.source_lang
        there = tokens(nfc(unit.source), lang)
        surroundings = _Surroundings(there, lang)
        hits = [
            hit
            for hit in self._source(lang).hits(there)
            if _valid(hit.what, unit) and surroundings.fit(hit)
        ]
        outer = outermost(hits)
        at: dict[tuple[int, int], dict[str, Concept]] = defaultdict(dict)
        for hit in outer:
            at[hit.span][hit.what.id] = hit.what
        first: dict[tuple[str, frozenset[str]], Occurrence] = {}
        for hit in outer:
            rivals = at[hit.span]
            first.setdefault(
                (hit.what.id, frozenset(rivals)),
                Occurrence(hit.what, hit, tuple(rivals.values())),
            )
        return tuple(first.values())

    def _source(self, lang: Lang) -> Matcher[Concept]:
        if lang not in self._sources:
            matcher: Matcher[Concept] = Matcher(lang)
            for concept in self._concepts:
                # A forbidden name is often one that means something else.
                for term in concept.forms(lang, *USABLE, "deprecated"):
                    matcher.add(term.text, concept, exact=concept.match.form == "exact")
            self._sources[lang] = matcher
        return self._sources[lang]

    def _target(self, lang: Lang) -> Matcher[tuple[Concept, Term]]:
        if lang not in self._targets:
            matcher: Matcher[tuple[Concept, Term]] = Matcher(lang)
            for concept in self._concepts:
                for term in concept.forms(lang):
                    # English headings and running text differ in capitals; the term is there all
                    # the same.
                    matcher.add(
                        term.text, (concept, term), exact=concept.match.form == "exact",
                        capitals=lang == "vi",
                    )  # fmt: skip
            self._targets[lang] = matcher
        return self._targets[lang]


class _Surroundings:
    """What stands around a hit, each phrase looked for once in a text."""

    def __init__(self, there: list[Token], lang: Lang) -> None:
        self._there = there
        self._lang = lang
        self._found: dict[str, list[Hit[str]]] = {}

    def fit(self, hit: Hit[Concept]) -> bool:
        """Whether the context of its concept is there and no exception lies over it."""
        match = hit.what.match
        if match.context and not any(map(self._hits, match.context)):
            return False
        return not any(
            over.start <= hit.start and hit.end <= over.end
            for phrase in match.exceptions
            for over in self._hits(phrase)
        )

    def _hits(self, phrase: str) -> list[Hit[str]]:
        if phrase not in self._found:
            matcher: Matcher[str] = Matcher(self._lang)
            matcher.add(phrase, phrase, capitals=False)
            self._found[phrase] = list(matcher.hits(self._there))
        return self._found[phrase]


def _valid(concept: Concept, unit: Unit) -> bool:
    """Whether the concept is in force at the date of the unit; always where it has none."""
    if unit.date is None:
        return True
    begun = concept.valid_from is None or concept.valid_from <= unit.date
    return begun and (concept.valid_until is None or unit.date <= concept.valid_until)
