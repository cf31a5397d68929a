"""Concepts as plain values (mappings, lists, text) and back, each value checked.

The plain form is that of ``glossary.yaml`` and of the journals. Text is made canonical on the way
in (NFC, one line, single spaces), so that writing what was read changes nothing.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from align.marked_yaml import Marked
from align.model import LANGS, SongnguError
from align.text import fold, one_line, paragraph
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
)

FORMAT = "songngu-glossary 1"
MOST_EXAMPLES = 3
ID = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")
"""An XML name without colon, so that an id can stand in TBX."""

_Place = tuple[str | int, ...]
_Reader = Callable[[Marked, _Place, Any], Any]


def glossary_plain(glossary: Glossary) -> dict[str, Any]:
    """What ``glossary.yaml`` holds."""
    plain: dict[str, Any] = {
        "format": FORMAT,
        "concepts": [concept_plain(concept) for concept in glossary.concepts],
    }
    if glossary.rejected:
        plain["rejected"] = [rejected_plain(one) for one in glossary.rejected]
    return plain


def concept_plain(concept: Concept) -> dict[str, Any]:
    """Keys in their order; what is empty is left out."""
    match = {
        "form": concept.match.form if concept.match.form != "stem" else None,
        "context": list(concept.match.context),
        "except": list(concept.match.exceptions),
    }
    return _filled(
        {
            "id": concept.id,
            "subject": concept.subject,
            "definitions": {
                one.lang: _filled({"text": one.text, "source": one.source})
                for one in sorted(concept.definitions, key=lambda one: LANGS.index(one.lang))
            },
            "note": concept.note,
            "project": concept.project,
            "see": list(concept.see),
            "terms": [
                _filled(
                    {
                        "lang": term.lang,
                        "text": term.text,
                        "status": term.status,
                        "type": term.type,
                        "part_of_speech": term.part_of_speech,
                        "source": term.source,
                    }
                )
                for term in concept.terms
            ],
            "match": _filled(match),
            "valid_from": concept.valid_from,
            "valid_until": concept.valid_until,
            "reliability": concept.reliability,
            "examples": [
                _filled(
                    {
                        "vi": one.vi,
                        "en": one.en,
                        "vi_document": one.vi_document,
                        "en_document": one.en_document,
                        "vi_date": one.vi_date,
                        "en_date": one.en_date,
                        "probability": one.probability,
                    }
                )
                for one in concept.examples
            ],
            "decisions": _decisions_plain(concept.decisions),
        }
    )


def rejected_plain(one: Rejected) -> dict[str, Any]:
    """Keys in their order; what is empty is left out."""
    return _filled({"vi": one.vi, "en": list(one.en), "decisions": _decisions_plain(one.decisions)})


def _decisions_plain(decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    return [
        _filled(
            {
                "verdict": one.verdict,
                "reviewer": one.reviewer,
                "date": one.date,
                "evidence": one.evidence,
            }
        )
        for one in decisions
    ]


def _filled(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in (None, "", [], {}, ())}


def read_glossary(marked: Marked) -> Glossary:
    """The glossary that YAML values stand for; empty text is an empty glossary.

    Raises `SongnguError` with ``path:line`` and the key.
    """
    if marked.value is None:
        return Glossary()
    found = _record(
        marked,
        (),
        marked.value,
        {"format": _format, "concepts": _list(read_concept), "rejected": _list(read_rejected)},
        needed=("format",),
    )
    concepts: tuple[Concept, ...] = found.get("concepts", ())
    rejected: tuple[Rejected, ...] = found.get("rejected", ())
    _refuse_twins(marked, "concepts", "id", [one.id for one in concepts])
    _refuse_twins(marked, "rejected", "vi", [fold(one.vi) for one in rejected])
    return Glossary(
        tuple(sorted(concepts, key=lambda one: one.id)),
        tuple(sorted(rejected, key=lambda one: one.vi)),
    )


def read_concept(marked: Marked, place: _Place, value: Any) -> Concept:
    """The concept at *place*. Raises `SongnguError` with ``path:line`` and the key."""
    found = _record(marked, place, value, _CONCEPT, needed=("id", "terms"))
    if not found["terms"]:
        raise marked.error(f"{_name(place)}: a concept without terms", *place)
    _refuse_twins(
        marked,
        (*place, "terms"),
        "text",
        [f"{term.lang} {term.text}" for term in found["terms"]],
    )
    if len(found.get("examples", ())) > MOST_EXAMPLES:
        raise marked.error(
            f"{_name(place)}.examples: more than {MOST_EXAMPLES}; keep the best",
            *place,
            "examples",
            MOST_EXAMPLES,
        )
    valid = found.get("valid_from"), found.get("valid_until")
    if valid[0] and valid[1] and valid[0] > valid[1]:
        raise marked.error(
            f"{_name(place)}.valid_until: {valid[1]} lies before valid_from", *place, "valid_until"
        )
    return Concept(**found)


def read_rejected(marked: Marked, place: _Place, value: Any) -> Rejected:
    """The refusal at *place*. Raises `SongnguError` with ``path:line`` and the key."""
    return Rejected(**_record(marked, place, value, _REJECTED, needed=("vi",)))


def _refuse_twins(marked: Marked, place: str | _Place, key: str, values: Sequence[str]) -> None:
    place = (place,) if isinstance(place, str) else place
    first: dict[str, int] = {}
    for index, value in enumerate(values):
        if value in first:
            raise marked.error(
                f"{_name((*place, index))}.{key}: {value!r} stands here a second time, first in"
                f" line {marked.line(*place, first[value], key)}; keep one",
                *place, index, key,
            )  # fmt: skip
        first[value] = index


def _record(
    marked: Marked,
    place: _Place,
    value: Any,
    readers: Mapping[str, _Reader],
    *,
    needed: Sequence[str] = (),
) -> dict[str, Any]:
    """The values of a mapping, each checked by its reader; one without a value is left out."""
    if not isinstance(value, dict):
        keys = ", ".join(readers)
        what = _name(place) or "this file"
        raise marked.error(f"{what} is not a mapping; its keys are {keys}", *place)
    found: dict[str, Any] = {}
    for key, inner in value.items():
        here = (*place, key)
        if key not in readers:
            close = difflib.get_close_matches(key, readers, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(readers)}"
            raise marked.error(f"unknown key {_name(here)!r}; {hint}", *here)
        if inner is not None:
            field = "exceptions" if key == "except" else key  # a word of Python's
            found[field] = readers[key](marked, here, inner)
    for key in needed:
        if key not in found:
            what = _name(place)
            raise marked.error(f"{what}{': ' if what else ''}{key!r} is missing", *place)
    return found


def _name(place: _Place) -> str:
    """``concepts[2].terms[0].status``"""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return text.removeprefix(".")


def _wrong(marked: Marked, place: _Place, value: Any, wanted: str) -> SongnguError:
    shown = repr(value)
    if isinstance(value, dict | list):
        shown = "a mapping" if isinstance(value, dict) else "a list"
    if len(shown) > 60:
        shown = f"{shown[:59]}…"
    return marked.error(f"{_name(place)}: {shown} is not {wanted}", *place)


def _line(marked: Marked, place: _Place, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(marked, place, value, "text; write it in quotes")
    text = one_line(value)
    if not text:
        raise marked.error(f"{_name(place)}: empty text; delete the key", *place)
    return text


def _paragraph(marked: Marked, place: _Place, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(marked, place, value, "text; write it in quotes")
    text = paragraph(value)
    if not text:
        raise marked.error(f"{_name(place)}: empty text; delete the key", *place)
    return text


def _lines(marked: Marked, place: _Place, value: Any) -> tuple[str, ...]:
    return _list(_line)(marked, place, value if isinstance(value, list) else [value])


def _list(reader: _Reader) -> Callable[[Marked, _Place, Any], tuple[Any, ...]]:
    def read(marked: Marked, place: _Place, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _wrong(marked, place, value, "a list; its lines begin with '- '")
        return tuple(reader(marked, (*place, i), one) for i, one in enumerate(value))

    return read


def _one_of(choices: Sequence[str]) -> _Reader:
    def read(marked: Marked, place: _Place, value: Any) -> Any:
        if value in choices:
            return value
        close = difflib.get_close_matches(str(value), choices, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise _wrong(marked, place, value, f"one of {', '.join(choices)}{hint}")

    return read


def _id(marked: Marked, place: _Place, value: Any) -> str:
    if not isinstance(value, str) or not ID.fullmatch(value):
        wanted = "an id: a letter (a-z), then letters, digits, '-', '_' and '.'"
        raise _wrong(marked, place, value, wanted)
    return value


def _date(marked: Marked, place: _Place, value: Any) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _wrong(marked, place, value, "a date such as 2025-03-01") from None


def _probability(marked: Marked, place: _Place, value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise _wrong(marked, place, value, "a number from 0 to 1")
    return float(value)


def _reliability(marked: Marked, place: _Place, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10:
        raise _wrong(marked, place, value, "a whole number from 0 to 10")
    return value


def _format(marked: Marked, place: _Place, value: Any) -> str:
    if value != FORMAT:
        wanted = f"{FORMAT!r}, the one this version of songngu reads"
        raise _wrong(marked, place, value, wanted)
    return FORMAT


def _definitions(marked: Marked, place: _Place, value: Any) -> tuple[Definition, ...]:
    by_language = _record(marked, place, value, dict.fromkeys(LANGS, _definition))
    return tuple(Definition(lang, *by_language[lang]) for lang in LANGS if lang in by_language)


def _definition(marked: Marked, place: _Place, value: Any) -> tuple[str, str]:
    if isinstance(value, str):
        value = {"text": value}
    found = _record(marked, place, value, {"text": _paragraph, "source": _line}, needed=("text",))
    return found["text"], found.get("source", "")


def _match(marked: Marked, place: _Place, value: Any) -> Match:
    return Match(**_record(marked, place, value, _MATCH))


def _record_of(kind: type[Any], readers: Mapping[str, _Reader], *needed: str) -> _Reader:
    def read(marked: Marked, place: _Place, value: Any) -> Any:
        return kind(**_record(marked, place, value, readers, needed=needed))

    return read


_MATCH: dict[str, _Reader] = {
    "form": _one_of(("stem", "exact")), "context": _lines, "except": _lines,
}  # fmt: skip
_TERM: dict[str, _Reader] = {
    "lang": _one_of(LANGS), "text": _line, "status": _one_of(STATUSES),
    "type": _one_of(TERM_TYPES), "part_of_speech": _one_of(PARTS_OF_SPEECH), "source": _line,
}  # fmt: skip
_EXAMPLE: dict[str, _Reader] = {
    "vi": _line, "en": _line, "vi_document": _line, "en_document": _line, "vi_date": _date,
    "en_date": _date, "probability": _probability,
}  # fmt: skip
_DECISION: dict[str, _Reader] = {
    "verdict": _one_of(VERDICTS), "reviewer": _line, "date": _date, "evidence": _line,
}  # fmt: skip
_decision = _record_of(Decision, _DECISION, "verdict", "reviewer", "date")
_REJECTED: dict[str, _Reader] = {"vi": _line, "en": _lines, "decisions": _list(_decision)}
_CONCEPT: dict[str, _Reader] = {
    "id": _id,
    "subject": _line,
    "definitions": _definitions,
    "note": _paragraph,
    "project": _line,
    "see": _lines,
    "terms": _list(_record_of(Term, _TERM, "lang", "text")),
    "match": _match,
    "valid_from": _date,
    "valid_until": _date,
    "reliability": _reliability,
    "examples": _list(_record_of(ConceptExample, _EXAMPLE, "vi", "en")),
    "decisions": _list(_decision),
}
