"""Ready-made sentence pairs of a project (``bitext:``) as two documents whose beads are given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from align.model import Bead, Document, SongnguError
from align.segment import sentences_of, split_sentences
from align.text import one_line
from align.tmx_read import read_tmx
from glossary.decode import decoded
from glossary.units import read_units

FORMATS = (".tmx", ".po", ".tsv", ".txt")


def read_bitext(raw: bytes, path: str) -> list[tuple[str, str]]:
    """(Vietnamese, English) pairs of a TMX file, a gettext catalogue or a table of two columns.

    Raises `SongnguError` with path and line.
    """
    if PurePath(path).suffix.lower() not in FORMATS:
        raise SongnguError(f"{path}: no bitext; there are {', '.join(FORMATS)}")
    if path.lower().endswith(".tmx"):
        pairs = read_tmx(raw, path)
    else:
        pairs = [
            (unit.source, unit.target) if unit.source_lang == "vi" else (unit.target, unit.source)
            for unit in read_units(decoded(raw, path), path)
        ]
    pairs = [(one_line(vi), one_line(en)) for vi, en in pairs]
    return [(vi, en) for vi, en in dict.fromkeys(pairs) if vi and en]


def as_documents(pairs: Sequence[tuple[str, str]], name: str) -> tuple[Document, Document]:
    """The two sides, a paragraph a pair; both have *name* as their id."""
    vi, en = (tuple(pair[side] for pair in pairs) for side in (0, 1))
    return (
        Document(name, "vi", "", None, "", "", "", vi),
        Document(name, "en", "", None, "", "", "", en),
    )


def given_beads(vi: Document, en: Document) -> list[Bead]:
    """One bead a paragraph, of all its sentences."""
    beads: list[Bead] = []
    i = j = 0
    for left, right in zip(vi.paragraphs, en.paragraphs, strict=True):
        rows, columns = len(split_sentences(left, "vi")), len(split_sentences(right, "en"))
        if rows and columns:
            beads.append(
                Bead(
                    tuple(range(i, i + rows)), tuple(range(j, j + columns)), 1.0, "translation",
                    {"given": 1.0},
                )
            )  # fmt: skip
        i, j = i + rows, j + columns
    assert (i, j) == (len(sentences_of(vi)), len(sentences_of(en)))
    return beads
