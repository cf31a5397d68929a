"""Concepts as rows of text and back: one row a pair of a Vietnamese and an English term.

The rows are what a spreadsheet and a gettext catalogue have in common. The first row of a concept
carries all that belongs to the concept; a cell may hold several values, one a line. Nothing that a
concept holds is lost.
"""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from align.marked_yaml import Marked, marked_value
from align.model import LANGS, Lang
from align.text import fold, one_line, paragraph, slug
from glossary.concept import (
    PARTS_OF_SPEECH,
    STATUSES,
    TERM_TYPES,
    USABLE,
    Concept,
    Term,
)
from glossary.concept_plain import ID, MOST_EXAMPLES, read_concept
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

_NOWHERE = "(no document)"
"""Stands where no document is known."""

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
                    attested_text(one.vi_document, one.vi_date) or _NOWHERE,
                    attested_text(one.en_document, one.en_date) or _NOWHERE,
                    *(() if one.probability is None else (str(one.probability),)),
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
        groups.setdefault(_group(line, row), []).append((line, row))
    # Ids the file tells come before those made here.
    taken = {key for key in groups if ID.fullmatch(key)}
    for key, group in groups.items():
        id = key if key in taken else slug(_made_from(key, group[0][1]), taken)
        taken.add(id)
        yield _concept(id, group, path)


def _group(line: int, row: Row) -> str:
    """What rows of one concept have in common; an id of ours never holds a colon."""
    if id := row.get("concept_id", "").strip():
        return id if ID.fullmatch(id) else f"id:{id}"
    for lang in LANGS:
        if form := fold(row.get(f"term_{lang}", "")):
            return f"{lang}:{form}"
    return f"line:{line}"


def _made_from(key: str, row: Row) -> str:
    if key.startswith("id:"):
        return f"c-{key[3:]}"
    return row.get("term_vi") or row.get("term_en") or key


def _concept(id: str, group: list[tuple[int, Row]], path: str) -> Concept:
    plain: dict[str, Any] = {"id": id, "terms": []}
    terms: dict[tuple[str, str], dict[str, Any]] = {}
    for line, row in group:
        marked = marked_value(row, path, line)
        for lang in LANGS:
            if text := one_line(row.get(f"term_{lang}", "")):
                told = _term_plain(marked, row, lang, text)
                if lang == "vi" and _status_left_open(row):
                    # A table with one column of statuses means the pair.
                    first = not any(key[0] == "vi" for key in terms) or ("vi", text) in terms
                    told["status"] = "preferred" if first else "admitted"
                terms[lang, text] = told | terms.get((lang, text), {})
        plain["terms"] = list(terms.values())
        _add_cells(plain, _concept_plain_cells(marked, row))
    marked = marked_value(plain, path, group[0][0])
    if not plain["terms"]:
        raise marked.error("a row without terms; fill term_vi or term_en, or delete it")
    return read_concept(marked, (), plain)


def _status_left_open(row: Row) -> bool:
    """Whether the English term has a good status and the Vietnamese cell is empty."""
    good = status_of(row.get("status_en", "")) in USABLE
    return good and not row.get("status_vi", "").strip()


def _add_cells(plain: dict[str, Any], cells: dict[str, Any]) -> None:
    """What a row tells of its concept, beside what rows before it told; nothing is dropped."""
    for key, value in cells.items():
        told = plain.setdefault(key, value)
        if told is value or told == value:
            continue
        if key == "definitions":
            plain[key] = value | told
            value = {lang: one for lang, one in value.items() if told.get(lang, one) != one}
        elif isinstance(told, list):
            plain[key] = told + [one for one in value if one not in told]
            continue
        if value:
            _note(plain, value if key == "note" else f"x-{key}: {one_line(str(value))}")


def _note(plain: dict[str, Any], text: str) -> None:
    told = plain.get("note", "")
    if text not in told.split("\n"):
        plain["note"] = paragraph(f"{told}\n{text}")


def _term_plain(marked: Marked, row: Row, lang: Lang, text: str) -> dict[str, Any]:
    said: tuple[tuple[str, str, Callable[[str], str | None], tuple[str, ...]], ...] = (
        ("status", f"status_{lang}", status_of, STATUSES),
        ("type", f"type_{lang}", term_type, TERM_TYPES),
        ("part_of_speech", f"pos{_SIDE[lang]}", part_of_speech, PARTS_OF_SPEECH),
    )
    plain: dict[str, Any] = {"lang": lang, "text": text}
    for key, column, read, known in said:
        word = row.get(column, "").strip()
        if not word or (key == "status" and word == UNREVIEWED):
            continue
        value = read(word)
        if value is None:
            raise marked.error(f"{column}: {word!r} is not one of {', '.join(known)}")
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
    notes += _lone_contexts(row)
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


def _lone_contexts(row: Mapping[str, str]) -> list[str]:
    """Sentences without their counterpart, and more than a concept holds."""
    sides = [row.get(f"context_{lang}", "").split("\n") for lang in LANGS]
    return [
        f"x-context({lang}): {one_line(text)}"
        for index in range(max(map(len, sides)))
        for lang, side in zip(LANGS, sides, strict=True)
        for text in side[index : index + 1]
        if text.strip()
        and (index >= MOST_EXAMPLES or not all(any(one[index : index + 1]) for one in sides))
    ]


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
            document, date = attested("" if text.strip() == _NOWHERE else text.strip())
            plain |= _if(f"{lang}_document", document) | _if(f"{lang}_date", date)
        with contextlib.suppress(ValueError, IndexError):
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
