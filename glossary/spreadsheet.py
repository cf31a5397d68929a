"""A glossary as CSV (RFC 4180), for spreadsheets: one row a pair of terms."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from align.model import SongnguError
from glossary.concept import Concept
from glossary.rows import COLUMNS, Row, rows_of

_FORMULA = re.compile("'*[=+@\\t\\r-]")
"""A cell that begins so is a formula to a spreadsheet, and a formula can run programs."""


def write_csv(concepts: Iterable[Concept]) -> str:
    """Columns as in `glossary.rows`; begins with a byte-order mark, without which Excel takes
    UTF-8 for something else. A cell that looks like a formula gets an apostrophe in front."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for concept in concepts:
        for row in rows_of(concept):
            writer.writerow([_guarded(row[column]) for column in COLUMNS])
    return out.getvalue()


def read_csv(text: str, path: str) -> list[tuple[int, Row]]:
    """The rows of a table with a header, numbered by line; commas or semicolons part the cells, as
    Excel writes them. Columns ``term_vi`` and ``term_en`` (or ``vi``, ``en``) are needed.

    Raises `SongnguError` with *path* and line.
    """
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, Row]] = []
    try:
        header = [_ALIASES.get(name.strip().lower(), name.strip()) for name in next(reader, [])]
        if not {"term_vi", "term_en"} <= set(header):
            raise SongnguError(
                f"{path}:1: no columns term_vi and term_en; the first line names the columns"
            )
        twice = next((name for name in header if name and header.count(name) > 1), None)
        if twice:
            raise SongnguError(f"{path}:1: the column {twice!r} stands twice; keep one")
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) > len(header) and any(cells[len(header) :]):
                raise SongnguError(
                    f"{path}:{line}: {len(cells)} cells under {len(header)} columns; quote cells"
                    " that hold the separator"
                )
            row = dict(zip(header, map(_bare, cells), strict=False))
            if any(value.strip() for value in row.values()):
                rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise SongnguError(f"{path}:{reader.line_num}: no CSV ({error})") from error
    return rows


_ALIASES = {
    "vi": "term_vi", "vietnamese": "term_vi", "en": "term_en", "english": "term_en",
    "id": "concept_id", "status": "status_en",
} | {name: name for name in COLUMNS}  # fmt: skip


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
