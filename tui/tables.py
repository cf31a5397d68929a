"""Rows for people and for programs: tab-separated lines whose cells cannot break them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from tui.output import shown


def tsv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A header line and a line a row; tabs and line breaks inside a cell become spaces."""
    lines = [header, *rows]
    return "".join("\t".join(_cell(cell) for cell in line) + "\n" for line in lines)


def as_json(value: object, *, indent: int | None = None) -> str:
    """JSON that people can read, with what could steer a terminal escaped."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent))


def escaped(text: str) -> str:
    """JSON text with what could steer a terminal as escapes."""
    return "".join(c if c == "\n" or shown(c) else f"\\u{ord(c):04x}" for c in text)


def aligned(rows: Sequence[Sequence[object]], *, right: Sequence[int] = ()) -> str:
    """Columns padded to one width; *right* are the numbers of those that end at one edge."""
    from rich.cells import cell_len

    cells = [[_cell(cell) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)] if cells else []
    lines = []
    for row in cells:
        padded = []
        for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - cell_len(cell))
            padded.append(space + cell if index in right else cell + space)
        lines.append("  ".join(padded).rstrip() + "\n")
    return "".join(lines)


def _cell(value: object) -> str:
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return " ".join(shown(line.replace("\t", " ")) for line in text.splitlines())
