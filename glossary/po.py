"""gettext catalogues, read and written; the only user of polib."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import polib

from align.model import Lang, SongnguError


@dataclass(frozen=True, slots=True)
class Translation:
    """A text of a catalogue or table with its translation."""

    line: int
    source: str
    target: str
    context: str = ""


def read_catalogue(text: str, path: str) -> polib.POFile:
    """The catalogue in *text*. Raises `SongnguError` with ``path:line`` where it is none."""
    # polib takes a string without a line break for a path where there is such a file.
    try:
        return polib.pofile(text.removeprefix("\ufeff").replace("\r\n", "\n") + "\n")
    except (OSError, ValueError, IndexError, UnicodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{path}:{line[1]}" if line else path
        raise SongnguError(f"{place}: no gettext catalogue; msgfmt --check tells more") from error


def language(catalogue: polib.POFile) -> Lang | None:
    """The language translated into, as the header tells."""
    told = str(catalogue.metadata.get("Language", "")).lower()
    match = re.match(r"(vi|en)\b|(vi|en)[_-]", told)
    if match is None:
        return None
    return "vi" if told.startswith("vi") else "en"


def translations(text: str, path: str) -> tuple[Lang | None, list[Translation]]:
    """The language translated into, where the header tells; and everything that is translated and
    not fuzzy, each plural form by itself. Raises `SongnguError` as `read_catalogue`."""
    catalogue = read_catalogue(text, path)
    lines = text.splitlines()
    return language(catalogue), [
        replace(one, line=_msgid_line(lines, one.line)) for one in _translations(catalogue)
    ]


def _msgid_line(lines: list[str], first: int) -> int:
    """Of the entry whose comments begin in line *first*; polib keeps no other line."""
    for number in range(first, len(lines) + 1):
        if re.match(r"msgid\s*\"", lines[number - 1]):
            return number
    return first


def _translations(catalogue: polib.POFile) -> Iterator[Translation]:
    for entry in catalogue:
        if entry.obsolete or entry.fuzzy:
            continue
        context = entry.msgctxt or ""
        if not entry.msgid_plural:
            if entry.msgstr:
                yield Translation(entry.linenum, entry.msgid, entry.msgstr, context)
            continue
        forms = sorted(entry.msgstr_plural.items())
        for number, target in forms:
            source = entry.msgid if number == 0 and len(forms) > 1 else entry.msgid_plural
            if target:
                yield Translation(entry.linenum, source, target, f"{context}\x04{number}")
