"""The rules of ``songngu check``: one small generator of findings each.

Each rule sees a unit together with the concepts that occur in its source. Ids are stable; they
stand in messages and in the files people keep.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from align.model import Lang
from align.text import fold_tone_place, nfc
from glossary.concept import USABLE, Concept, Term
from glossary.finding import Finding, Severity, Unit
from glossary.match import Hit, outermost


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule is called and how grave its findings are."""

    id: str
    severity: Severity
    summary: str


BAD = frozenset({"forbidden", "deprecated"})
"""Statuses of terms that are not to be used."""

RULES = {
    rule.id: rule
    for rule in (
        Rule("T001", "error", "the term of the glossary is missing in the translation"),
        Rule("T002", "error", "a forbidden term is used"),
        Rule("T003", "warning", "a deprecated term is used"),
        Rule("C001", "warning", "one source is translated in two ways"),
    )
}


TermHit = Hit[tuple[Concept, Term]]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A concept in the source of a unit."""

    concept: Concept
    source: Hit[Concept]
    """Where it stands first with these rivals."""
    rivals: tuple[Concept, ...]
    """Concepts that the same words may mean; itself among them."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A unit with all that the rules look at."""

    unit: Unit
    target_lang: Lang
    occurrences: tuple[Occurrence, ...]
    used: Mapping[str, Sequence[TermHit]]
    """By concept the terms that stand for it in the target (`standing`)."""


def standing(hits: Iterable[TermHit], present: Container[str]) -> dict[str, list[TermHit]]:
    """By id of the concept the hits that stand for it; a bad term that is part of a longer one, or
    is a good one for another concept that is *present* in the source, does not."""
    hits = list(hits)
    outer = {hit.span for hit in outermost(hits)}
    good: dict[tuple[int, int], set[str]] = defaultdict(set)
    for hit in hits:
        if hit.what[1].status not in BAD and hit.what[0].id in present:
            good[hit.span].add(hit.what[0].id)
    found: dict[str, list[TermHit]] = defaultdict(list)
    for hit in hits:
        concept, term = hit.what
        if term.status in BAD and (hit.span not in outer or good[hit.span] - {concept.id}):
            continue
        found[concept.id].append(hit)
    return found


def bad_terms(scene: Scene) -> Iterator[Finding]:
    """T002 and T003: a form that is not to be used stands for its concept."""
    first = {one.concept.id: one for one in reversed(scene.occurrences)}
    for occurrence in dict.fromkeys(first[one.concept.id] for one in scene.occurrences):
        concept = occurrence.concept
        for hit in scene.used.get(concept.id, ()):
            term = hit.what[1]
            if term.status not in BAD:
                continue
            rule = RULES["T002" if term.status == "forbidden" else "T003"]
            good = _suggestion(concept, scene.target_lang)
            use = f"; use {_quoted(good)}" if good else ""
            yield _finding(
                scene.unit, rule, hit,
                f"{_quoted(_text(scene, hit))} is {term.status} for"
                f" {_quoted(_source(scene, occurrence))}{use}",
                concept.id, good, "target",
            )  # fmt: skip


def missing_terms(scene: Scene) -> Iterator[Finding]:
    """T001: no form that may be used stands in the target. Where a bad form stands in its place,
    that is the finding; where the words may mean another concept too, one of them is enough."""
    for occurrence in scene.occurrences:
        concept = occurrence.concept
        wanted = [term.text for term in concept.forms(scene.target_lang, *USABLE)]
        if not wanted or any(scene.used.get(rival.id) for rival in occurrence.rivals):
            continue
        yield _finding(
            scene.unit, RULES["T001"], occurrence.source,
            f"{_quoted(_source(scene, occurrence))} is not translated as {_either(wanted)}",
            concept.id, wanted[0], "source",
        )  # fmt: skip


UNIT_RULES: tuple[Callable[[Scene], Iterator[Finding]], ...] = (bad_terms, missing_terms)


class Inconsistency:
    """C001: a source met before, in the same context, with another translation."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, str], tuple[str, Unit]] = {}

    def look(self, unit: Unit) -> Iterator[Finding]:
        source, target = _spelling(unit.source), _spelling(unit.target)
        if not any(c.isalpha() for c in source):
            return
        first = self._seen.setdefault((unit.source_lang, source, unit.context), (target, unit))
        if first[0] != target:
            earlier = first[1]
            yield Finding(
                unit.path, unit.line, 1, "C001", RULES["C001"].severity,
                f"{_quoted(_short(source))} is translated otherwise in"
                f" {earlier.path}:{earlier.line}: {_quoted(_short(first[0]))}",
                suggestion=first[0], span=(0, len(nfc(unit.target))),
            )  # fmt: skip


def _spelling(text: str) -> str:
    """A text, whatever way its tone marks and spaces are written."""
    return " ".join(fold_tone_place(nfc(text)).split())


def _suggestion(concept: Concept, lang: Lang) -> str:
    term = next(iter(concept.forms(lang, *USABLE)), None)
    return concept.heading(lang) if concept.preferred(lang) else term.text if term else ""


def _finding(
    unit: Unit,
    rule: Rule,
    hit: Hit[Any],
    message: str,
    concept_id: str,
    suggestion: str,
    side: str,
) -> Finding:
    return Finding(
        unit.path, unit.line, hit.start + 1, rule.id, rule.severity, message, concept_id,
        suggestion, (hit.start, hit.end), "source" if side == "source" else "target",
    )  # fmt: skip


def _source(scene: Scene, occurrence: Occurrence) -> str:
    return _shown(scene.unit.source, occurrence.source)


def _text(scene: Scene, hit: Hit[Any]) -> str:
    return _shown(scene.unit.target, hit)


def _shown(text: str, hit: Hit[Any]) -> str:
    return " ".join(nfc(text)[hit.start : hit.end].split())


def _either(texts: list[str]) -> str:
    *most, last = map(_quoted, texts)
    return f"{', '.join(most)} or {last}" if most else last


def _quoted(text: str) -> str:
    return f'"{text}"'


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
