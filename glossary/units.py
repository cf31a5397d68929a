"""Files of translations as units to check: gettext catalogues and tables of two columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from align.language import language_of
from align.model import Lang, SongnguError
from align.text import nfc
from glossary.finding import Unit
from glossary.po import Translation, translations

Direction = tuple[Lang, Lang]
VI_EN: Direction = ("vi", "en")
EN_VI: Direction = ("en", "vi")

_NAMES: dict[str, Lang] = {
    "vi": "vi", "vietnamese": "vi", "tiếng việt": "vi",
    "en": "en", "english": "en", "tiếng anh": "en",
}  # fmt: skip
_HEADINGS = frozenset({("source", "target"), ("source", "translation"), ("nguồn", "bản dịch")})


def read_units(text: str, path: str, direction: Direction | None = None) -> Iterator[Unit]:
    """The translated units of a file's text; *path* tells its format and names it in messages.

    ``.po`` and ``.pot`` are catalogues; ``.tsv`` and ``.txt`` hold a source and its translation in
    each line, parted by a tab; another name (standard input) is looked into. Without *direction* it
    is that of the catalogue's Language or of the table's header, else that of the texts. Raises
    `SongnguError` with path and line.
    """
    text = text.removeprefix("\ufeff")
    if _is_catalogue(text, path):
        into, rows = translations(text, path)
        if direction is None and re.fullmatch("[a-z]{2,3}", into) and into not in ("vi", "en"):
            raise SongnguError(
                f"{path}: translated into {into!r}; Vietnamese and English are checked"
            )
        told = {"vi": EN_VI, "en": VI_EN}.get(into)
    else:
        rows, told = _table(text, path)
    if not rows:
        return
    way = direction or told or _direction(rows, path)
    for row in rows:
        yield Unit(path, row.line, row.source, row.target, way[0], row.context)


def _is_catalogue(text: str, path: str) -> bool:
    name = path.lower()
    if name.endswith((".po", ".pot")):
        return True
    if name.endswith((".tsv", ".txt")):
        return False
    if name == "-":
        return any(line.startswith("msgid ") for line in text.splitlines())
    raise SongnguError(f"{path}: not a format that is checked; there are .po and .tsv")


def _table(text: str, path: str) -> tuple[list[Translation], Direction | None]:
    rows: list[Translation] = []
    told: Direction | None = None
    begun = False
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) < 2:
            raise SongnguError(
                f"{path}:{number}: no tab in this line; each is a source, a tab, its translation"
            )
        heads = [nfc(cell).strip().lower() for cell in cells[:2]]
        names = [_NAMES.get(head) or _NAMES.get(re.split("[-_]", head)[0]) for head in heads]
        first, begun = not begun, True
        if first and names[0] and names[1] and names[0] != names[1]:
            told = (names[0], names[1])
        elif first and tuple(heads) in _HEADINGS:
            continue
        elif cells[0].strip() and cells[1].strip():
            rows.append(Translation(number, cells[0], cells[1]))
    return rows, told


def _direction(rows: Iterable[Translation], path: str) -> Direction:
    source = language_of("\n".join(row.source for row in rows))
    target = language_of("\n".join(row.target for row in rows))
    if source == target:
        raise SongnguError(f"{path}: both sides look like {source}; say --direction vi-en or en-vi")
    return (source, target)
