"""A glossary under review: who may write it, what was done to it, and when it is saved.

Every decision is in the reviewer's journal, synced, before anything else happens; ``glossary.yaml``
is written when the session is saved. Saving reads the file anew and folds in what was decided, so
that a file edited meanwhile loses nothing.
"""

from __future__ import annotations

import contextlib
import datetime
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from align.model import SongnguError
from glossary.concept import Glossary
from glossary.journal import (
    Journal,
    Pages,
    journal_path,
    mark_saved,
    pending,
    read_journals,
)
from glossary.review import Change, Entries, Event, History, fold_into
from glossary.store import GLOSSARY_FILE, load_glossary, save_glossary

LOCK_FILE = "review.lock"


def current_glossary(
    folder: Path, journals: Mapping[str, Pages] | None = None
) -> tuple[Glossary, list[Change]]:
    """The glossary of a project, with the decisions that a crash kept out of its file; and those
    that do not fit it any more. An empty one where there is none. *journals* are read where they
    are not given."""
    journals = read_journals(folder) if journals is None else journals
    return fold_into(_stored(folder), pending(journals.values()))


def write_glossary(folder: Path, glossary: Glossary) -> None:
    """Save what `current_glossary` gave, perhaps with changes; for whoever holds the lock."""
    save_glossary(glossary, folder / GLOSSARY_FILE)
    mark_saved(folder, datetime.datetime.now().astimezone())


class GlossaryLock:
    """The right to write the glossary of a project; released when the process ends."""

    def __init__(self, state: Path, who: str) -> None:
        """*state* is the project's ``.songngu``. Raises `SongnguError` naming the holder."""
        import portalocker  # slow to load, and only writers need it

        path = state / LOCK_FILE
        try:
            state.mkdir(exist_ok=True)
            self._file: IO[str] = path.open("a+", encoding="utf-8", errors="replace")
        except OSError as error:
            raise SongnguError(
                f"{path}: cannot be written ({error.strerror}); the glossary can only be read"
            ) from error
        try:
            portalocker.lock(self._file, portalocker.LOCK_EX | portalocker.LOCK_NB)
        except portalocker.LockException as error:
            self._file.seek(0)
            holder = self._file.read(200).strip() or "another process"
            self._file.close()
            raise SongnguError(
                f"{path.parent.parent / GLOSSARY_FILE}: {holder} has it open;"
                " wait until that ends, or only look: songngu review --read-only"
            ) from error
        self._file.truncate(0)
        now = datetime.datetime.now().strftime("%H:%M")
        self._file.write(f"{who} (process {os.getpid()}, since {now})")
        self._file.flush()

    def release(self) -> None:
        if not self._file.closed:
            with contextlib.suppress(OSError):
                self._file.truncate(0)
            self._file.close()


class Session:
    """One reviewer's work on one project. Save it and close it at the end."""

    def __init__(
        self, folder: Path, state: Path, reviewer: str, *, read_only: bool = False
    ) -> None:
        """Raises `SongnguError` where another process writes the glossary (not if *read_only*),
        or a file of it is damaged."""
        path = journal_path(folder, reviewer)
        self.folder = folder
        self.reviewer = reviewer
        self.read_only = read_only
        self._lock = None if read_only else GlossaryLock(state, reviewer)
        try:
            journals = read_journals(folder)
            pages = journals.get(reviewer, Pages((), 0, 0))
            self.history = History()
            for event in pages.events:
                self.history.add(event)
            self.entries, self.left_out = self._load(journals)
            self._journal = None if read_only else Journal(path, pages.whole)
            if not read_only and pending(journals.values()):  # what a crash kept out of the file
                write_glossary(folder, self.entries.glossary())
        except BaseException:
            if self._lock:
                self._lock.release()
            raise

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def record(self, event: Event) -> None:
        """Do what the event says; it is on disk when this returns."""
        if self._journal is None:
            raise SongnguError("read only: nothing can be decided here")
        event = self._journal.append(event)
        self.entries.apply(event.changes)
        self.history.add(event)

    def undo(self, at: datetime.datetime) -> Event | None:
        """Take back the last decision, of whatever day; None where there is none.

        Raises `SongnguError` where the entry was changed since.
        """
        return self._turn(self.history.last, "undo", at)

    def redo(self, at: datetime.datetime) -> Event | None:
        """Bring back what was undone last; None where nothing was. Raises as `undo`."""
        return self._turn(self.history.next, "redo", at)

    def save(self) -> list[Change]:
        """Write ``glossary.yaml``; what does not fit it, since it was edited meanwhile, stays in
        the journal only and is returned."""
        if self._journal is None:
            return []
        journals = read_journals(self.folder)
        if not pending(journals.values()):
            return []
        self.entries, left = self._load(journals)
        write_glossary(self.folder, self.entries.glossary())
        return left

    def close(self) -> None:
        """Let go of the files; does not save."""
        if self._journal:
            self._journal.close()
        if self._lock:
            self._lock.release()

    def _load(self, journals: Mapping[str, Pages]) -> tuple[Entries, list[Change]]:
        """What stands on disk, with the rows this reviewer skipped."""
        glossary, left = current_glossary(self.folder, journals)
        entries = Entries(glossary)
        for event in self.history.events:
            entries.apply(one for one in event.changes if one.kind == "skipped")
        return entries, left

    def _turn(self, event: Event | None, action: str, at: datetime.datetime) -> Event | None:
        if event is None:
            return None
        undone = action == "undo"
        changes: Sequence[Change] = [
            one.inverse if undone else one for one in event.changes
        ][:: -1 if undone else 1]  # fmt: skip
        turned = replace(event, action="undo" if undone else "redo", at=at, changes=tuple(changes))
        if not self.entries.fits(changes):
            # Stepped over, so that what lies below it can be reached.
            self.record(replace(turned, changes=()))
            raise SongnguError(f"{event.vi}: changed by someone else since; left as it is")
        self.record(turned)
        return turned


def _stored(folder: Path) -> Glossary:
    try:
        return load_glossary(folder / GLOSSARY_FILE)
    except FileNotFoundError:
        return Glossary()
