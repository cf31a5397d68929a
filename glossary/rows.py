"""Concepts as rows of text and back: one row a pair of a Vietnamese and an English term.

The rows are what a spreadsheet and a gettext catalogue have in common. The first row of a concept
carries all that belongs to the concept; a cell may hold several values, one a line. Nothing that a
concept holds is lost.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from align.marked_yaml import Marked, marked_value
from align.model import LANGS, Lang
from align.text import fold, one_line, paragraph, slug
from glossary.concept import Concept, Term
from glossary.concept_plain import MOST_EXAMPLES, read_concept
from glossary.status_words import part_of_speech, status_of, term_type

Row = dict[str, str]

COLUMNS = (
    "concept_id", "term_vi", "term_en", "status_vi", "status_en", "type_vi", "type_en", "pos_vi",
    "pos", "source_vi", "source", "subject", "definition_vi", "definition_en",
    "definition_source_vi", "definition_source", "note", "context_vi", "context_en",
    "context_source", "reviewer", "reviewed_on", "verdict", "evidence", "reliability", "project",
    "see", "match", "match_context", "match_except", "valid_from", "valid_until",
)  # fmt: skip

UNREVIEWED = "unreviewed"
"""Written as the status of a term nobody decided on."""

_SIDE = {"vi": "_vi", "en": ""}
"""Columns without a language belong to the English side, as other tools have them."""


def rows_of(concept: Concept) -> list[Row]:
    """The leading Vietnamese term with every English one, then the other Vietnamese terms with the
    leading English one; a language without terms leaves its cells empty."""
    vi: list[Term | None] = [*concept.forms("vi")] or [None]
    en: list[Term | None] = [*concept.forms("en")] or [None]
    pairs = [(vi[0], one) for one in en] + [(one, en[0]) for one in vi[1:]]
    rows = [_pair(concept, *pair) for pair in pairs]
    rows[0].update(_concept_cells(concept))
    return rows


def _pair(concept: Concept, vi: Term | None, en: Term | None) -> Row:
    row = dict.fromkeys(COLUMNS, "")
    row["concept_id"] = concept.id
    for lang, term in (("vi", vi), ("en", en)):
        if term:
            row[f"term_{lang}"] = term.text
            row[f"status_{lang}"] = term.status or UNREVIEWED
            row[f"type_{lang}"] = term.type or ""
            row[f"pos{_SIDE[lang]}"] = term.part_of_speech or ""
            row[f"source{_SIDE[lang]}"] = term.source
    return row


def _concept_cells(concept: Concept) -> Row:
    row = {
        "subject": concept.subject,
        "note": concept.note,
        "reliability": "" if concept.reliability is None else str(concept.reliability),
        "project": concept.project,
        "see": "\n".join(concept.see),
        "match": concept.match.form if concept.match.form != "stem" else "",
        "match_context": "\n".join(concept.match.context),
        "match_except": "\n".join(concept.match.exceptions),
        "valid_from": concept.valid_from.isoformat() if concept.valid_from else "",
        "valid_until": concept.valid_until.isoformat() if concept.valid_until else "",
        "context_vi": "\n".join(one.vi for one in concept.examples),
        "context_en": "\n".join(one.en for one in concept.examples),
        "context_source": "\n".join(
            " | ".join(
                (
                    attested_text(one.vi_document, one.vi_date),
                    attested_text(one.en_document, one.en_date),
                    "" if one.probability is None else f"{one.probability:g}",
                )
            )
            for one in concept.examples
        ),
        "reviewer": "\n".join(one.reviewer for one in concept.decisions),
        "reviewed_on": "\n".join(one.date.isoformat() for one in concept.decisions),
        "verdict": "\n".join(one.verdict for one in concept.decisions),
        "evidence": "\n".join(one.evidence for one in concept.decisions).rstrip("\n"),
    }
    for one in concept.definitions:
        row[f"definition_{one.lang}"] = one.text
        row[f"definition_source{_SIDE[one.lang]}"] = one.source
    return row


def attested_text(document: str, date: datetime.date | None) -> str:
    """A document and its date as ``moh-1 (2024-03-01)``."""
    return f"{document} ({date.isoformat()})".strip() if date else document


def attested(text: str) -> tuple[str, datetime.date | None]:
    """The document and the date of what `attested_text` wrote."""
    match = re.fullmatch(r"(.*?)\s*\((\d{4}-\d\d-\d\d)\)", text)
    if match:
        try:
            return match[1], datetime.date.fromisoformat(match[2])
        except ValueError:
            pass
    return text, None


def concepts_of_rows(rows: Iterable[tuple[int, Row]], path: str) -> Iterator[Concept]:
    """The concepts of numbered rows, in the order they begin. Rows of one ``concept_id`` are one
    concept; without ids those of one Vietnamese term are.

    Unknown columns are kept in the note. Raises `SongnguError` with *path*, line and column name.
    """
    groups: dict[str, list[tuple[int, Row]]] = {}
    for line, row in rows:
        # An id of ours never holds a colon.
        key = row.get("concept_id", "").strip() or f"vi:{fold(row.get('term_vi', ''))}"
        groups.setdefault(key, []).append((line, row))
    taken: set[str] = set()
    for key, group in groups.items():
        concept = _concept(key, group, path, taken)
        taken.add(concept.id)
        yield concept


def _concept(key: str, group: list[tuple[int, Row]], path: str, taken: set[str]) -> Concept:
    line = group[0][0]
    plain: dict[str, Any] = {"id": key, "terms": []}
    if key.startswith("vi:"):
        heading = group[0][1].get("term_vi") or group[0][1].get("term_en", "")
        plain["id"] = slug(heading, taken)
    seen: set[tuple[str, str]] = set()
    for line, row in group:
        marked = marked_value(row, path, line)
        for lang in LANGS:
            text = one_line(row.get(f"term_{lang}", ""))
            if text and (lang, text) not in seen:
                seen.add((lang, text))
                plain["terms"].append(_term_plain(marked, row, lang, text))
        for column, value in _concept_plain_cells(marked, row).items():
            plain.setdefault(column, value)
    return read_concept(marked_value(plain, path, group[0][0]), (), plain)


def _term_plain(marked: Marked, row: Row, lang: Lang, text: str) -> dict[str, Any]:
    said = {
        "status": status_of, "type": term_type, "part_of_speech": part_of_speech,
    }  # fmt: skip
    columns = {
        "status": f"status_{lang}", "type": f"type_{lang}", "part_of_speech": f"pos{_SIDE[lang]}",
    }  # fmt: skip
    plain: dict[str, Any] = {"lang": lang, "text": text}
    for key, read in said.items():
        word = row.get(columns[key], "").strip()
        if not word or (key == "status" and word == UNREVIEWED):
            continue
        value = read(word)
        if value is None:
            raise marked.error(f"{columns[key]}: {word!r} is not known")
        plain[key] = value
    source = row.get(f"source{_SIDE[lang]}", "").strip()
    return plain | ({"source": source} if source else {})


def _concept_plain_cells(marked: Marked, row: Row) -> dict[str, Any]:
    cells = {column: value.strip() for column, value in row.items() if value and value.strip()}
    found: dict[str, Any] = {
        key: cells[key] for key in ("subject", "project", "valid_from", "valid_until")
        if key in cells
    }  # fmt: skip
    if "see" in cells:
        found["see"] = cells["see"].splitlines()
    if "reliability" in cells:
        if not cells["reliability"].isascii() or not cells["reliability"].isdigit():
            raise marked.error(f"reliability: {cells['reliability']!r} is not a whole number")
        found["reliability"] = int(cells["reliability"][:4])
    definitions = {
        lang: {"text": cells[f"definition_{lang}"]}
        | _if("source", cells.get(f"definition_source{_SIDE[lang]}"))
        for lang in LANGS
        if f"definition_{lang}" in cells
    }
    match = {
        **_if("form", cells.get("match")),
        **_if("context", cells.get("match_context", "").splitlines()),
        **_if("except", cells.get("match_except", "").splitlines()),
    }
    notes = [cells["note"]] if "note" in cells else []
    notes += [
        f"x-{column}: {one_line(value)}" for column, value in cells.items() if column not in COLUMNS
    ]
    return {
        **found,
        **_if("definitions", definitions),
        **_if("match", match),
        **_if("note", paragraph("\n".join(notes))),
        **_if("examples", list(_examples(row))),
        **_if("decisions", list(_decisions(marked, row))),
    }


def _if(key: str, value: Any) -> dict[str, Any]:
    return {key: value} if value else {}


def _examples(row: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    vi, en, sources = (
        row.get(column, "").split("\n") for column in ("context_vi", "context_en", "context_source")
    )
    for index, (one, other) in enumerate(zip(vi, en, strict=False)):
        if index >= MOST_EXAMPLES or not one.strip() or not other.strip():
            continue
        place = sources[index].split(" | ") if index < len(sources) else []
        plain: dict[str, Any] = {"vi": one, "en": other}
        for lang, text in zip(LANGS, place, strict=False):
            document, date = attested(text.strip())
            plain |= _if(f"{lang}_document", document) | _if(f"{lang}_date", date)
        if len(place) > 2 and re.fullmatch(r"[01](\.\d+)?(e-\d+)?|\d\.\d+e-\d+", place[2].strip()):
            plain["probability"] = float(place[2])
        yield plain


def _decisions(marked: Marked, row: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    names = row.get("reviewer", "").split("\n")
    dates, verdicts, evidence = (
        row.get(column, "").split("\n") for column in ("reviewed_on", "verdict", "evidence")
    )
    for index, name in enumerate(names):
        if not name.strip():
            continue
        if index >= len(dates) or not dates[index].strip():
            raise marked.error(f"reviewed_on: no date for the reviewer {name.strip()!r}")
        verdict = verdicts[index].strip() if index < len(verdicts) else ""
        yield {
            "reviewer": name,
            "date": dates[index].strip(),
            "verdict": verdict or "accept",
            **_if("evidence", evidence[index].strip() if index < len(evidence) else ""),
        }
