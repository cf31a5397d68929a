"""A reviewer's journal: one line of JSON a decision, on disk before anything is shown.

``review/NAME.jsonl`` is only ever appended to. A line ``saved`` says that everything above it is in
``glossary.yaml``; what follows the last one is folded in at the next start.
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import heapq
import io
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, cast

from align.files import sync_folder
from align.marked_yaml import Marked, marked_value
from align.model import SongnguError
from align.text import fold, one_line
from glossary.concept import Concept, Rejected
from glossary.concept_plain import concept_plain, read_concept, read_rejected, rejected_plain
from glossary.review import Action, Change, Event, Kind, Value

FOLDER = "review"
FORMAT = "songngu-journal 1"
_NAME = re.compile(r"[^\W_][\w.@+-]{0,60}")
_ACTIONS = ("accept", "reject", "skip", "undo", "redo")
_KINDS = ("concept", "rejected", "skipped")


@dataclass(frozen=True, slots=True)
class Pages:
    """What a journal holds."""

    events: tuple[Event, ...]
    """Oldest first."""
    saved: int
    """So many of them are in ``glossary.yaml``."""
    whole: int
    """Bytes up to the end of the last whole line; a line cut short by a crash follows."""

    @property
    def pending(self) -> tuple[Event, ...]:
        return self.events[self.saved :]


def journal_path(folder: Path, reviewer: str) -> Path:
    """The journal of a reviewer in the project *folder*.

    Raises `SongnguError` where the name cannot be that of a file.
    """
    if not _NAME.fullmatch(reviewer):
        raise SongnguError(
            f"reviewer {reviewer!r}: a name is letters, digits and . @ + - _, up to 61; give one"
            " with --reviewer NAME"
        )
    return folder / FOLDER / f"{reviewer}.jsonl"


def read_journal(path: Path) -> Pages:
    """The events of a journal; none where there is no file.

    Raises `SongnguError` with ``path:line`` where a line is damaged; a last line without its end
    was never confirmed to anybody and is left out.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Pages((), 0, 0)
    whole = raw.rfind(b"\n") + 1
    events: list[Event] = []
    saved = 0
    for number, line in enumerate(raw[:whole].split(b"\n")[:-1], 1):
        if not line.strip():
            continue
        value = _json(line, path, number)
        marked = marked_value(value, str(path), number)
        if not isinstance(value, dict):
            raise marked.error("no decision; restore the line from git")
        if "format" in value:
            if value["format"] != FORMAT:
                raise marked.error(f"format {value['format']!r} is not {FORMAT!r}, which is read")
        elif value.get("action") == "saved":
            saved = len(events)
        else:
            events.append(_event(marked))
    return Pages(tuple(events), saved, whole)


def read_journals(folder: Path) -> dict[str, Pages]:
    """The journals of all reviewers of a project, by name; a file whose name is no reviewer's, such
    as a copy, is none."""
    return {
        path.stem: read_journal(path)
        for path in sorted((folder / FOLDER).glob("*.jsonl"))
        if _NAME.fullmatch(path.stem)
    }


def pending(journals: Iterable[Pages]) -> list[Event]:
    """What is not in ``glossary.yaml`` yet, by time."""
    return [event for _, event in heapq.merge(*map(_timed, journals), key=lambda one: one[0])]


def _timed(pages: Pages) -> list[tuple[datetime.datetime, Event]]:
    """The pending events with times that never go back: a journal keeps its order whatever its
    clock did."""
    times = accumulate((event.at for event in pages.pending), max)
    return list(zip(times, pages.pending, strict=True))


def mark_saved(folder: Path, at: datetime.datetime) -> None:
    """All journals of the project say that what they hold is in ``glossary.yaml``; for whoever
    holds the lock."""
    for name, pages in read_journals(folder).items():
        if pages.pending:
            journal = Journal(journal_path(folder, name), pages.whole)
            journal.mark_saved(at)
            journal.close()


class Journal:
    """A journal to append to; one process at a time."""

    def __init__(self, path: Path, whole: int) -> None:
        """*whole* as `read_journal` told; what follows is cut off."""
        self._path = path
        self._file: io.FileIO | None = None
        if path.exists():
            # Now and never later: others may append between.
            self._opened().truncate(whole)

    def append(self, event: Event) -> Event:
        """The event as it will be read again; it is on disk when this returns.

        Raises `SongnguError` where it could not be read again, and `OSError`.
        """
        kept = _event(marked_value(_event_plain(event), str(self._path), 0))
        self._write(_event_plain(kept))
        return kept

    def mark_saved(self, at: datetime.datetime) -> None:
        """Everything so far is in ``glossary.yaml``."""
        self._write({"action": "saved", "at": at.isoformat(timespec="seconds")})

    def close(self) -> None:
        if self._file:
            self._file.close()

    def _write(self, value: dict[str, Any]) -> None:
        file = self._opened()
        line = json.dumps(value, ensure_ascii=False, default=str).encode() + b"\n"
        end = file.seek(0, os.SEEK_END)
        if end == 0:
            line = json.dumps({"format": FORMAT}).encode() + b"\n" + line
        try:
            if file.write(line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(file.fileno())
        except OSError as error:
            # What was refused must not come back at the next start.
            with contextlib.suppress(OSError):
                file.truncate(end)
            raise SongnguError(
                f"{self._path}: {error.strerror}; the decision was not kept"
            ) from error

    def _opened(self) -> io.FileIO:
        """The file, made when there is something to write."""
        if self._file is None:
            self._path.parent.mkdir(exist_ok=True)
            self._file = io.FileIO(self._path, "a+")
            sync_folder(self._path.parent)
        return self._file


def _event_plain(event: Event) -> dict[str, Any]:
    return {
        "action": event.action,
        "vi": event.vi,
        "en": event.en,
        "at": event.at.isoformat(timespec="seconds"),
        "changes": [
            {
                "kind": one.kind,
                "key": one.key,
                "before": _plain(one.before),
                "after": _plain(one.after),
            }
            for one in event.changes
        ],
    }


def _plain(value: Value | None) -> Any:
    if isinstance(value, Concept):
        return concept_plain(value)
    return rejected_plain(value) if isinstance(value, Rejected) else value


def _json(line: bytes, path: Path, number: int) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SongnguError(
            f"{path}:{number}: damaged ({error}); restore the line from git, or delete it"
        ) from error


def _event(marked: Marked) -> Event:
    raw = marked.value
    try:
        at = datetime.datetime.fromisoformat(raw["at"]).astimezone()
        action, vi, en, changes = raw["action"], raw["vi"], raw["en"], raw["changes"]
        if action not in _ACTIONS or not isinstance(vi, str) or not isinstance(en, str):
            raise ValueError(f"action {action!r}")
        if not isinstance(changes, list):
            raise ValueError("changes are a list")
        return Event(
            cast(Action, action), one_line(vi), one_line(en), at,
            tuple(_change(marked, i, one) for i, one in enumerate(changes)),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise marked.error(
            f"no decision ({type(error).__name__}: {error}); restore the line from git"
        ) from error


def _change(marked: Marked, index: int, raw: Any) -> Change:
    kind = raw["kind"]
    if kind not in _KINDS or not isinstance(raw["key"], str):
        raise ValueError(f"kind {kind!r}")
    before, after = (
        _value(marked, cast(Kind, kind), ("changes", index, side), raw[side])
        for side in ("before", "after")
    )
    key = one_line(raw["key"])
    for value in (before, after):
        if value is not None and key != _key(value, key):
            raise ValueError(f"key {key!r} is not that of its {kind}")
    return Change(cast(Kind, kind), key, before, after)


def _key(value: Value, key: str) -> str:
    if isinstance(value, Concept):
        return value.id
    return fold(value.vi) if isinstance(value, Rejected) else key


def _value(marked: Marked, kind: Kind, place: tuple[str | int, ...], raw: Any) -> Value | None:
    if raw is None:
        return None
    if kind == "concept":
        return read_concept(marked, place, raw)
    if kind == "rejected":
        return read_rejected(marked, place, raw)
    if raw is not True:
        raise ValueError(f"skipped {raw!r}")
    return True
