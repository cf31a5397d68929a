"""A reviewer's journal: one line of JSON a decision, on disk before anything is shown.

``review/NAME.jsonl`` is only ever appended to. A line ``saved`` says that everything above it is in
``glossary.yaml``; what follows the last one is folded in at the next start.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from align.marked_yaml import Marked, marked_value
from align.model import SongnguError
from glossary.concept import Concept, Rejected
from glossary.concept_plain import concept_plain, read_concept, read_rejected, rejected_plain
from glossary.review import Action, Change, Event, Kind, Value

FOLDER = "review"
FORMAT = "songngu-journal 1"
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
    if not re.fullmatch(r"[^\W_][\w.@+-]{0,60}", reviewer):
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
    """The journals of all reviewers of a project, by name."""
    return {
        path.name.removesuffix(".jsonl"): read_journal(path)
        for path in sorted((folder / FOLDER).glob("*.jsonl"))
    }


def pending(journals: Iterable[Pages]) -> list[Event]:
    """What is not in ``glossary.yaml`` yet; the journal that was written last comes last."""
    # Not by the time of each event: a clock may be set back, a journal keeps its order.
    waiting = sorted((one.pending for one in journals if one.pending), key=lambda some: some[-1].at)
    return [event for some in waiting for event in some]


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
        self._whole = whole
        self._file: io.FileIO | None = None

    def append(self, event: Event) -> None:
        """On disk when this returns."""
        self._write(
            {
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
        )

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
        written = file.write(line)
        if written != len(line):  # the disk is full
            file.truncate(end)
            raise SongnguError(f"{self._path}: no space left; the decision was not kept")
        os.fsync(file.fileno())

    def _opened(self) -> io.FileIO:
        """The file, made when there is something to write."""
        if self._file is None:
            self._path.parent.mkdir(exist_ok=True)
            self._file = io.FileIO(self._path, "a+")
            self._file.truncate(self._whole)
        return self._file


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
        return Event(
            cast(Action, action), vi, en, at,
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
    return Change(cast(Kind, kind), raw["key"], before, after)


def _value(marked: Marked, kind: Kind, place: tuple[str | int, ...], raw: Any) -> Value | None:
    if raw is None:
        return None
    if kind == "concept":
        return read_concept(marked, place, raw)
    return read_rejected(marked, place, raw) if kind == "rejected" else bool(raw)
