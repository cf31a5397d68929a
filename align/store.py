"""The rebuildable state of a project: one SQLite file under ``.songngu/``.

Every row carries what it was made from, so that a build redoes only what changed. Each stage is
written in one transaction: a build killed at any moment leaves the last whole state.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from align.model import Bead, Document, DocumentPair, Lang, SongnguError

if TYPE_CHECKING:
    from align.arrays import FloatArray

FILE = "corpus.db"
SCHEMA = 1
_TABLES = """
CREATE TABLE pages (path TEXT PRIMARY KEY, lang TEXT NOT NULL, made_from TEXT NOT NULL,
                    document TEXT, skipped TEXT);
CREATE TABLE vectors (text TEXT, encoder TEXT, vector BLOB NOT NULL, PRIMARY KEY (text, encoder));
CREATE TABLE pairs (vi TEXT, en TEXT, score REAL NOT NULL, evidence TEXT NOT NULL,
                    PRIMARY KEY (vi, en));
CREATE TABLE bead_groups (vi TEXT, en TEXT, made_from TEXT NOT NULL, beads TEXT NOT NULL,
                          PRIMARY KEY (vi, en));
CREATE TABLE candidates (place INTEGER PRIMARY KEY, candidate TEXT NOT NULL);
CREATE TABLE stages (stage TEXT PRIMARY KEY, made_from TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Page:
    """What became of one page of the project."""

    path: str
    """Relative to the project's folder."""
    lang: Lang
    made_from: str
    """Digest of the bytes and signature of the cleaning."""
    document: Document | None
    skipped: str
    """Why there is no document; empty where there is one."""


class Workspace:
    """The state of one project. Close it, or use it in a ``with`` block."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """*folder* is the project's ``.songngu``. Raises `SongnguError` where there was no build
        yet, where the file is damaged or of another version, or another process writes it."""
        self.path = folder / FILE
        if not create and not self.path.is_file():
            raise SongnguError(f"{self.path}: nothing is built yet; run: songngu build")
        try:
            if create:
                folder.mkdir(exist_ok=True)
                self._db = sqlite3.connect(self.path, isolation_level=None, timeout=5)
            else:
                self._db = _open_to_read(self.path)
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0 and create:
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.executescript(
                    f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {SCHEMA}; COMMIT;"
                )
            elif version != SCHEMA:
                raise SongnguError(
                    f"{self.path}: made by another version of songngu; delete it and build again"
                )
        except sqlite3.Error as error:
            raise self._explained(error) from error
        except OSError as error:
            raise SongnguError(f"{folder}: cannot be made ({error.strerror})") from error

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def made_from(self, stage: str) -> str:
        """What the rows of a stage were made from; empty where it never ran."""
        row = self._one("SELECT made_from FROM stages WHERE stage = ?", (stage,))
        return str(row[0]) if row else ""

    def pages(self) -> list[Page]:
        """All pages of the last build, by path."""
        rows = self._rows(
            "SELECT path, lang, made_from, document, skipped FROM pages ORDER BY path"
        )
        return [
            Page(path, lang, made_from, _read_document(text) if text else None, skipped or "")
            for path, lang, made_from, text, skipped in rows
        ]

    def documents(self) -> list[Document]:
        """The documents of the last build, Vietnamese ones first."""
        found = [page.document for page in self.pages() if page.document]
        return sorted(found, key=lambda one: (one.lang != "vi", one.id))

    def pairs(self) -> list[DocumentPair]:
        """Best first."""
        rows = self._rows("SELECT vi, en, score, evidence FROM pairs ORDER BY -score, vi, en")
        return [DocumentPair(vi, en, score, json.loads(text)) for vi, en, score, text in rows]

    def beads(self) -> dict[tuple[str, str], list[Bead]]:
        """By (Vietnamese id, English id)."""
        rows = self._rows("SELECT vi, en, beads FROM bead_groups ORDER BY vi, en")
        return {(vi, en): _read_beads(text) for vi, en, text in rows}

    def bead_sources(self) -> dict[tuple[str, str], str]:
        """What the beads of each pair were made from."""
        rows = self._rows("SELECT vi, en, made_from FROM bead_groups")
        return {(vi, en): made_from for vi, en, made_from in rows}

    def candidates(self) -> list[str]:
        """JSON of the candidates, best first. Raises `SongnguError` where none were ever mined."""
        if not self.made_from("mine"):
            raise SongnguError(f"{self.path}: no build was finished yet; run: songngu build")
        return [row[0] for row in self._rows("SELECT candidate FROM candidates ORDER BY place")]

    def save_pages(self, pages: Sequence[Page], made_from: str) -> None:
        """Replace all pages."""
        rows = [
            (
                page.path,
                page.lang,
                page.made_from,
                document_json(page.document) if page.document else None,
                page.skipped,
            )
            for page in pages
        ]
        kept = {
            (page.lang, page.document.id): page.document for page in self.pages() if page.document
        }
        same = {
            (page.lang, page.document.id)
            for page in pages
            if page.document and kept.get((page.lang, page.document.id)) == page.document
        }
        here = {(page.lang, page.document.id) for page in pages if page.document}
        # A build may be stopped after this: what is left must fit the documents. Pairs of a
        # changed document still name it, beads count its sentences.
        gone = [
            (vi, en)
            for vi, en in self._rows("SELECT vi, en FROM pairs")
            if ("vi", vi) not in here or ("en", en) not in here
        ]
        outdated = [
            (vi, en)
            for vi, en in self._rows("SELECT vi, en FROM bead_groups")
            if ("vi", vi) not in same or ("en", en) not in same
        ]
        with self._writing("clean", made_from):
            self._db.executemany("DELETE FROM pairs WHERE vi = ? AND en = ?", gone)
            self._db.executemany("DELETE FROM bead_groups WHERE vi = ? AND en = ?", outdated)
            self._db.execute("DELETE FROM pages")
            self._db.executemany("INSERT INTO pages VALUES (?, ?, ?, ?, ?)", rows)

    def save_pairs(self, pairs: Iterable[DocumentPair], made_from: str) -> None:
        """Replace all pairs."""
        rows = [(p.vi, p.en, p.score, json.dumps(dict(p.evidence))) for p in pairs]
        with self._writing("pair", made_from):
            self._db.execute("DELETE FROM pairs")
            self._db.executemany("INSERT INTO pairs VALUES (?, ?, ?, ?)", rows)

    def save_beads(
        self, groups: Mapping[tuple[str, str], tuple[str, Sequence[Bead]]], made_from: str
    ) -> None:
        """Replace all beads: (what they were made from, beads) by pair."""
        rows = [
            (vi, en, source, _beads_json(beads)) for (vi, en), (source, beads) in groups.items()
        ]
        with self._writing("align", made_from):
            self._db.execute("DELETE FROM bead_groups")
            self._db.executemany("INSERT INTO bead_groups VALUES (?, ?, ?, ?)", rows)

    def save_candidates(self, candidates: Iterable[str], made_from: str) -> None:
        """Replace all candidates, given as JSON, best first."""
        with self._writing("mine", made_from):
            self._db.execute("DELETE FROM candidates")
            self._db.executemany("INSERT INTO candidates VALUES (?, ?)", enumerate(candidates))

    def vectors(self, texts: Sequence[str], encoder: str) -> dict[str, bytes]:
        """Stored vectors by the digest of their text, as bytes of float32."""
        found: dict[str, bytes] = {}
        for at in range(0, len(texts), 500):
            some = texts[at : at + 500]
            marks = ",".join("?" * len(some))
            found.update(
                (text, vector)
                for text, vector in self._rows(
                    f"SELECT text, vector FROM vectors WHERE encoder = ? AND text IN ({marks})",
                    (encoder, *some),
                )
            )
        return found

    def save_vectors(self, vectors: Mapping[str, FloatArray], encoder: str) -> None:
        """Add vectors by the digest of their text."""
        with self._writing("vectors", encoder):
            self._db.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                [(text, encoder, vector.tobytes()) for text, vector in vectors.items()],
            )

    @contextmanager
    def _writing(self, stage: str, made_from: str) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("INSERT OR REPLACE INTO stages VALUES (?, ?)", (stage, made_from))
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._explained(error) from error

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(query, tuple(values)).fetchall()
        except sqlite3.Error as error:
            raise self._explained(error) from error

    def _one(self, query: str, values: Sequence[object]) -> tuple[Any, ...] | None:
        rows = self._rows(query, values)
        return rows[0] if rows else None

    def _explained(self, error: sqlite3.Error) -> SongnguError:
        text = str(error)
        if "locked" in text:
            return SongnguError(f"{self.path}: another build is writing it; wait until it ends")
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(
            error, sqlite3.OperationalError
        ):
            return SongnguError(f"{self.path}: damaged ({text}); delete it and build again")
        return SongnguError(f"{self.path}: cannot be used ({text}); check rights and free space")


def _open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that writes nothing; it works in a folder that cannot be written, too."""
    uri = path.absolute().as_uri()
    connection = sqlite3.connect(f"{uri}?mode=ro", uri=True, isolation_level=None, timeout=5)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        # The log beside the file cannot be opened there; without writers it is not needed.
        connection.close()
        connection = sqlite3.connect(f"{uri}?immutable=1", uri=True, isolation_level=None)
    return connection


def document_json(document: Document) -> str:
    """A document as one line of JSON; equal documents give equal lines."""
    return json.dumps(
        {
            "id": document.id,
            "lang": document.lang,
            "title": document.title,
            "date": document.date.isoformat() if document.date else None,
            "source": document.source,
            "byline": document.byline,
            "url": document.url,
            "paragraphs": document.paragraphs,
            "captions": document.captions,
        },
        ensure_ascii=False,
    )


def _read_document(text: str) -> Document:
    raw = json.loads(text)
    return Document(
        **{
            **raw,
            "lang": cast(Lang, raw["lang"]),
            "date": datetime.date.fromisoformat(raw["date"]) if raw["date"] else None,
            "paragraphs": tuple(raw["paragraphs"]),
            "captions": tuple(raw["captions"]),
        }
    )


def _beads_json(beads: Sequence[Bead]) -> str:
    return json.dumps([[b.vi, b.en, b.probability, b.relation, dict(b.evidence)] for b in beads])


def _read_beads(text: str) -> list[Bead]:
    return [
        Bead(tuple(vi), tuple(en), probability, relation, evidence)
        for vi, en, probability, relation, evidence in json.loads(text)
    ]
