"""gettext catalogues: translations to check, glossaries out and in; the only user of polib.

A glossary has an entry a pair of terms, its context the id of the concept (``id#2`` where the same
Vietnamese term stands before). gettext's own tools drop flags they do not know, so the status is an
extracted comment too, and that is what counts on the way back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

import polib

from align.model import SongnguError
from glossary.concept import Concept
from glossary.rows import UNREVIEWED, Row, rows_of
from glossary.status_words import status_of

_STRING = re.compile(
    r"""\s*(?:(msgctxt|msgid_plural|msgid|msgstr)(\[\d+\])?\s*)?"(?:[^"\\]|\\.)*"\s*"""
)
_FOLLOWS = {
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[]",),
    "msgstr": ("msgctxt", "msgid"),
    "msgstr[]": ("msgstr[]", "msgctxt", "msgid"),
}
"""What may stand after each keyword."""
_BREAKS = str.maketrans(dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))
"""What Python's splitlines takes for the end of a line and gettext does not."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A text of a catalogue or table with its translation."""

    line: int
    source: str
    target: str
    context: str = ""


def read_catalogue(text: str, path: str) -> polib.POFile:
    """The catalogue in *text*. Raises `SongnguError` with ``path:line`` where it is none."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").translate(_BREAKS)
    _refuse_broken(text, path)
    # polib takes a string without a line break for a path where there is such a file.
    try:
        return polib.pofile(text + "\n")
    except (OSError, ValueError, IndexError, UnicodeError) as error:
        told = re.search(r"line (\d+)", str(error))
        place = f"{path}:{told[1]}" if told else path
        raise SongnguError(f"{place}: no gettext catalogue; msgfmt --check tells more") from error


def _refuse_broken(text: str, path: str) -> None:
    """What polib takes without a word: strings without their quotes (it cuts off the first and
    last character, whatever they are), entries without a translation."""
    last, begun = "msgstr", 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _STRING.fullmatch(line)
        if match is None:
            raise SongnguError(
                f"{path}:{number}: no whole string, or nothing a catalogue knows; msgfmt --check"
                " tells more"
            )
        if match[1] is None:
            continue
        keyword = f"{match[1]}[]" if match[2] else match[1]
        if keyword not in _FOLLOWS[last]:
            if last.startswith("msgstr"):
                raise SongnguError(f"{path}:{number}: {keyword} after {last}")
            break
        last, begun = keyword, number
    if not last.startswith("msgstr"):
        raise SongnguError(f"{path}:{begun}: {last} without what belongs to it, up to its msgstr")


def language(catalogue: polib.POFile) -> str:
    """The language translated into, as the header tells: ``vi``, ``en``, another one; empty where
    it tells none."""
    told = re.split("[-_@]", str(catalogue.metadata.get("Language", "")).strip().lower())[0]
    return {"vie": "vi", "eng": "en"}.get(told, told)


def translations(text: str, path: str) -> tuple[str, list[Translation]]:
    """The language translated into, where the header tells; and everything that is translated and
    not fuzzy, each plural form by itself. Raises `SongnguError` as `read_catalogue`."""
    catalogue = read_catalogue(text, path)
    lines = text.split("\n")
    return language(catalogue), [
        replace(one, line=_msgid_line(lines, one.line)) for one in _translations(catalogue)
    ]


def _msgid_line(lines: list[str], first: int) -> int:
    """Of the entry whose comments begin in line *first*; polib keeps no other line."""
    first = max(1, first)
    for number in range(first, len(lines) + 1):
        if re.match(r"\s*msgid\s*\"", lines[number - 1]):
            return number
    return first


def _translations(catalogue: polib.POFile) -> Iterator[Translation]:
    for entry in catalogue:
        if entry.obsolete or entry.fuzzy or not entry.msgid:
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


MARK = "X-Songngu"
"""The header field by which a glossary of ours is known."""

_LABELS = {
    "status_en": "status", "status_vi": "status(vi)", "type_en": "type", "type_vi": "type(vi)",
    "pos": "pos", "pos_vi": "pos(vi)", "source": "source", "source_vi": "source(vi)",
    "subject": "subject", "definition_vi": "def(vi)", "definition_en": "def(en)",
    "definition_source_vi": "def-source(vi)", "definition_source": "def-source(en)",
    "context_vi": "context(vi)", "context_en": "context(en)", "context_source": "context-source",
    "reliability": "reliability", "project": "project", "see": "see", "match": "match",
    "match_context": "match-context", "match_except": "match-except",
    "valid_from": "valid-from", "valid_until": "valid-until",
}  # fmt: skip
"""Column: how an extracted comment begins that holds it."""
_COLUMN = {label: column for column, label in _LABELS.items()}
_DECISION = ("reviewer", "reviewed_on", "verdict", "evidence")
_REVIEWED = re.compile(r"(.*?) (\d{4}-\d\d-\d\d) (accept|reject|import)(?:; (.*))?")


def write_glossary_po(concepts: Iterable[Concept], *, version: str, revised: str) -> str:
    """A catalogue with Vietnamese as msgid; *revised* is an ISO date. A concept without Vietnamese
    terms has no place in it and is left out; terms without a status are fuzzy."""
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": "glossary",
        "Report-Msgid-Bugs-To": "",
        "PO-Revision-Date": f"{revised} 00:00+0000",
        "Last-Translator": "songngu",
        "Language-Team": "none",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
        "X-Source-Language": "vi",
        "X-Generator": f"songngu {version}",
        MARK: "glossary 1",
    }
    for concept in concepts:
        seen: dict[str, int] = {}
        for row in rows_of(concept):
            if row["term_vi"]:
                number = seen[row["term_vi"]] = seen.get(row["term_vi"], 0) + 1
                catalogue.append(_entry(row, number))
    return str(catalogue)


def _entry(row: Row, number: int) -> polib.POEntry:
    """An entry; polib takes misspelt names without a word, so it is called here only."""
    comments = [
        f"{_LABELS[column]}: {_escaped(line)}"
        for column, value in row.items()
        if column in _LABELS and value
        # A definition is one text of several lines; what else has several lines is a list.
        for line in ([value] if column.startswith("definition_") else value.split("\n"))
    ]
    told = (row[column].split("\n") for column in _DECISION)
    for name, date, verdict, evidence in zip_longest(*told, fillvalue=""):
        if name:
            grounds = f"; {evidence}" if evidence else ""
            comments.append(f"reviewed: {name} {date} {verdict}{grounds}")
    flags = ["fuzzy"] if UNREVIEWED in (row["status_vi"], row["status_en"]) else []
    return polib.POEntry(
        msgctxt=row["concept_id"] if number == 1 else f"{row['concept_id']}#{number}",
        msgid=row["term_vi"],
        msgstr=row["term_en"],
        comment="\n".join(comments),
        # gettext takes a backslash at the end of a comment for a longer line.
        tcomment=re.sub(r"\\$", r"\\ ", row["note"], flags=re.MULTILINE),
        flags=[*flags, "forbidden"] if row["status_en"] == "forbidden" else flags,
    )


def read_glossary_po(text: str, path: str) -> list[tuple[int, Row]]:
    """The entries of a catalogue as numbered rows (`glossary.rows`), of ours or of another tool.

    There an entry is a term pair, preferred if it is the first for its msgid, undecided if it is
    fuzzy; contexts are no ids, and comments become notes. Raises as `read_catalogue`.
    """
    catalogue = read_catalogue(text, path)
    ours = MARK in catalogue.metadata
    lines = text.split("\n")
    swapped = language(catalogue) == "vi"
    seen: set[str] = set()
    rows = []
    for entry in catalogue:
        if entry.obsolete or entry.msgid_plural:
            continue
        row = _row(entry, ours)
        row["term_vi"], row["term_en"] = (
            (entry.msgstr, entry.msgid) if swapped else (entry.msgid, entry.msgstr)
        )
        if ours:
            row["concept_id"] = (entry.msgctxt or "").partition("#")[0]
        if "status_en" not in row:
            row |= _state(entry, first=row["term_vi"] not in seen)
            if row.get("status_en") == "preferred":
                seen.add(row["term_vi"])
        rows.append((_msgid_line(lines, entry.linenum), row))
    return rows


def _state(entry: polib.POEntry, *, first: bool) -> Row:
    """The statuses that the flags of an entry stand for."""
    if entry.fuzzy or not entry.msgstr:
        return {}
    if "forbidden" in entry.flags:
        return {"status_en": "forbidden"}
    return {"status_vi": "preferred", "status_en": "preferred" if first else "admitted"}


def _row(entry: polib.POEntry, ours: bool) -> Row:
    cells: dict[str, list[str]] = defaultdict(list)
    notes = [entry.tcomment] if entry.tcomment else []
    for line in entry.comment.splitlines():
        label, _, value = line.partition(": ")
        reviewed = _REVIEWED.fullmatch(value) if ours and label == "reviewed" else None
        if reviewed:
            for column, part in zip(_DECISION, reviewed.groups(), strict=True):
                cells[column].append(part or "")
        elif value and ((ours and label in _COLUMN) or (label == "status" and status_of(value))):
            cells[_COLUMN[label]].append(_unescaped(value))
        else:
            notes.append(line)
    row = {column: "\n".join(values) for column, values in cells.items()}
    return row | ({"note": "\n".join(notes)} if notes else {})


def _escaped(value: str) -> str:
    return value.replace("\\", "\\/").replace("\n", "\\n")


def _unescaped(value: str) -> str:
    return re.sub(r"\\([n/])", lambda match: "\n" if match[1] == "n" else "\\", value)
