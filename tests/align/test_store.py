"""The state of a project: what is kept comes back, and what goes wrong is told in one line."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from align.model import Bead, Document, DocumentPair, SongnguError
from align.store import FILE, SCHEMA, Page, Workspace, document_json
from align.vector_cache import CachedEncoder, digest

VI = Document(
    "a", "vi", "Tiêu đề “một”", datetime.date(2025, 3, 12), "TTXVN", "Lê An", "", ("Một.", "Hai.")
)
EN = Document("a", "en", "Title", None, "", "", "https://x.org/a", (), ("A caption.",))
PAGES = [
    Page("en/a.txt", "en", "d1|clean:1", EN, ""),
    Page("vi/a.txt", "vi", "d2|clean:1", VI, ""),
    Page("vi/b.txt", "vi", "d3|clean:1", None, "the page is empty"),
]
PAIRS = [
    DocumentPair("a", "a", 0.9, {"title": 0.5, "days": 1}),
    DocumentPair("a", "b", 0.2),
    DocumentPair("b", "a", 0.2),
]
BEADS = [
    Bead((0, 1), (0,), 0.93, "translation", {"cosine": 0.7}),
    Bead((2,), (1,), 0.5, "partial"),
    Bead((3,), (), 1.0, "none"),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / ".songngu", create=True) as opened:
        yield opened


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a lock."""
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **{**k, "timeout": 0.01}))


def reopened(store: Workspace) -> Workspace:
    store.close()
    return Workspace(store.path.parent)


# --- round trips


def test_pages_and_documents(store: Workspace) -> None:
    store.save_pages(reversed(PAGES), "clean:1")
    with reopened(store) as again:
        assert again.pages() == PAGES
        assert again.documents() == [VI, EN]
        assert again.made_from("clean") == "clean:1"


def test_pairs_come_best_first(store: Workspace) -> None:
    store.save_pairs(reversed(PAIRS), "pair:1")
    with reopened(store) as again:
        assert again.pairs() == PAIRS
        assert again.made_from("pair") == "pair:1"


def test_beads(store: Workspace) -> None:
    store.save_beads({("a", "a"): ("x", BEADS), ("b", "a"): ("y", [])}, "beads:1")
    with reopened(store) as again:
        assert again.beads() == {("a", "a"): BEADS, ("b", "a"): []}
        assert again.bead_sources() == {("a", "a"): "x", ("b", "a"): "y"}


def test_candidates_keep_their_order(store: Workspace) -> None:
    rows = ['{"vi": "bệnh viện"}', '{"vi": "bác sĩ"}']
    store.save_candidates(rows, "mine:1")
    with reopened(store) as again:
        assert again.candidates() == rows


def test_vectors(store: Workspace) -> None:
    vectors = {f"t{i}": np.float32([i, 0.5]) for i in range(1203)}
    store.save_vectors(vectors, "e5")
    store.save_vectors({"t1": np.float32([7, 7])}, "other")
    with reopened(store) as again:
        found = again.vectors([*vectors, "unknown"], "e5")
        assert {key: list(np.frombuffer(one, np.float32)) for key, one in found.items()} == {
            key: list(one) for key, one in vectors.items()
        }
        assert list(again.vectors(["t1", "t2"], "other")) == ["t1"]
        assert again.vectors([], "e5") == {}


@pytest.mark.parametrize(
    ("save", "read", "one", "two"),
    [
        ("save_pages", "pages", PAGES, PAGES[:1]),
        ("save_pairs", "pairs", PAIRS, PAIRS[1:]),
        ("save_candidates", "candidates", ["1", "2"], []),
    ],
)
def test_saving_replaces(store: Workspace, save: str, read: str, one: Any, two: Any) -> None:
    for rows in (one, two):
        getattr(store, save)(rows, "x")
        assert getattr(store, read)() == list(rows)


def test_an_empty_workspace(store: Workspace) -> None:
    with reopened(store) as again:
        assert (again.pages(), again.pairs(), again.beads()) == ([], [], {})
        with pytest.raises(SongnguError, match="songngu build"):
            again.candidates()
        assert again.made_from("clean") == ""


def test_equal_documents_give_equal_lines() -> None:
    line = document_json(VI)
    assert line == document_json(Document(**{f: getattr(VI, f) for f in VI.__dataclass_fields__}))
    assert "\n" not in line
    assert "Tiêu đề" in line


# --- what goes wrong


def test_no_build_yet(tmp_path: Path) -> None:
    with pytest.raises(SongnguError, match=r"corpus\.db: nothing is built yet; run: songngu build"):
        Workspace(tmp_path / ".songngu")
    assert not (tmp_path / ".songngu").exists()


@pytest.mark.parametrize("create", [False, True])
def test_a_damaged_file(tmp_path: Path, create: bool) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database" * 100)
    with pytest.raises(SongnguError, match=r"corpus\.db: damaged \(.*\); delete it and build"):
        Workspace(tmp_path, create=create)


def test_a_file_damaged_in_its_middle(store: Workspace) -> None:
    many = [DocumentPair(f"a{i}", "b", 0.5, {"x": "y" * 500}) for i in range(200)]
    store.save_pairs(many, "x")
    store.close()
    raw = store.path.read_bytes()
    store.path.write_bytes(raw[:8192] + b"\xff" * (len(raw) - 8192))
    with (
        pytest.raises(SongnguError, match=r"corpus\.db: damaged"),
        Workspace(store.path.parent) as again,
    ):
        again.pairs()


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("version", [SCHEMA + 1, 99])
def test_another_schema_version(store: Workspace, version: int, create: bool) -> None:
    store.close()
    with sqlite3.connect(store.path) as database:
        database.execute(f"PRAGMA user_version = {version}")
    database.close()
    with pytest.raises(SongnguError, match="another version of songngu; delete it and build again"):
        Workspace(store.path.parent, create=create)


def test_a_first_build_killed_at_once_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    with Workspace(tmp_path, create=True) as store:
        store.save_pairs(PAIRS, "x")
        assert store.pairs() == PAIRS


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError])
def test_half_a_transaction_is_rolled_back(store: Workspace, stop: type[BaseException]) -> None:
    store.save_candidates(["1", "2"], "mine:1")

    def rows() -> Iterator[str]:
        yield "3"
        raise stop

    with pytest.raises(stop):
        store.save_candidates(rows(), "mine:2")
    assert (store.candidates(), store.made_from("mine")) == (["1", "2"], "mine:1")
    # And the workspace can be written again.
    store.save_candidates(["4"], "mine:3")
    assert store.candidates() == ["4"]


def test_rows_that_clash_leave_what_was_there(store: Workspace) -> None:
    store.save_pairs(PAIRS, "pair:1")
    with pytest.raises(SongnguError):
        store.save_pairs([PAIRS[0], PAIRS[0]], "pair:2")
    assert (store.pairs(), store.made_from("pair")) == (PAIRS, "pair:1")


def test_a_build_killed_in_the_middle_leaves_the_last_state(store: Workspace) -> None:
    store.save_pairs(PAIRS, "pair:1")
    killed = sqlite3.connect(store.path, isolation_level=None)
    killed.execute("BEGIN IMMEDIATE")
    killed.execute("DELETE FROM pairs")
    # A reader beside it sees the state before.
    assert store.pairs() == PAIRS
    killed.close()
    with reopened(store) as again:
        assert again.pairs() == PAIRS


@pytest.mark.usefixtures("impatient")
def test_a_second_writer_is_told_that_another_build_runs(tmp_path: Path) -> None:
    with Workspace(tmp_path, create=True) as store:
        store.save_pairs(PAIRS, "pair:1")
        other = sqlite3.connect(store.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(SongnguError) as caught:
            store.save_pairs([], "pair:2")
        assert str(caught.value) == (
            f"{store.path}: another build is writing it; wait until it ends"
        )
        assert store.pairs() == PAIRS
        other.execute("ROLLBACK")
        other.close()
        store.save_pairs([], "pair:2")
        assert store.pairs() == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / ".songngu").write_text("a file")
    with pytest.raises(SongnguError, match=r"\.songngu"):
        Workspace(tmp_path / ".songngu", create=True)


# --- vectors kept between builds


class Counting:
    """An encoder that remembers what it was asked."""

    signature = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def sentences(self, texts: Any) -> Any:
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], np.float32).reshape(-1, 2)

    def sentences_and_words(self, texts: Any, spans: Any) -> Any:
        words = [
            np.full((len(one), 2), len(text), np.float32)
            for text, one in zip(texts, spans, strict=True)
        ]
        return self.sentences(list(texts)), words


def test_sentences_seen_before_cost_nothing(store: Workspace) -> None:
    inner = Counting()
    encoder = CachedEncoder(inner, store)
    first = encoder.sentences(["họp", "Bộ Y tế", "họp"])
    assert inner.asked == ["họp", "Bộ Y tế"]
    again = CachedEncoder(inner, store).sentences(["Bộ Y tế", "mới", "họp"])
    assert inner.asked == ["họp", "Bộ Y tế", "mới"]
    np.testing.assert_array_equal(again[[2, 0, 2]], first)
    assert encoder.sentences([]).shape == (0, 2)


def test_what_was_looked_at_ahead_is_computed_once(store: Workspace) -> None:
    inner = Counting()
    encoder = CachedEncoder(inner, store)
    told: list[tuple[int, int]] = []
    encoder.look_ahead(
        {"vi": ["họp mới", "họp"], "en": ["a meeting", "họp"]}, lambda *one: told.append(one)
    )
    assert (inner.asked, told) == (["họp mới", "họp", "a meeting"], [(0, 3)])
    vectors, words = encoder.sentences_and_words(["a meeting", "họp"], [[(0, 1), (2, 9)], [(0, 3)]])
    assert (vectors[:, 0].tolist(), [one.shape for one in words]) == ([9, 3], [(2, 2), (1, 2)])
    np.testing.assert_array_equal(encoder.sentences(["họp", "họp mới"]), [[3, 1], [7, 1]])
    assert len(inner.asked) == 3
    # Stored, so a later process looks at nothing, but has to compute words it needs.
    later = CachedEncoder(inner, store)
    later.look_ahead({"vi": ["họp"], "en": []})
    assert len(inner.asked) == 3
    later.sentences_and_words(["họp"], [[(0, 3)]])
    assert inner.asked[3:] == ["họp"]


def test_words_kept_in_memory_are_bounded(store: Workspace) -> None:
    inner = Counting()
    encoder = CachedEncoder(inner, store, most_bytes=3 * 8)  # three words of two numbers each
    one, two = (["họp"], [[(0, 3)]]), (["mới nhất"], [[(0, 3), (4, 8)]])
    for texts, spans in (one, two, one, two):
        encoder.sentences_and_words(texts, spans)
    assert inner.asked == ["họp", "mới nhất"]
    encoder.sentences_and_words(["lâu"], [[(0, 3)]])
    encoder.sentences_and_words(*two)  # used last, and kept
    encoder.sentences_and_words(*one)
    assert inner.asked[2:] == ["lâu", "họp"]


def test_the_same_text_composed_otherwise_is_the_same() -> None:
    assert digest("Bô\u0323") == digest("Bộ") != digest("Bồ")
