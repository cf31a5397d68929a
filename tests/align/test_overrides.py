"""Decisions about document pairs and beads: the file, and what a build makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.model import Bead, DocumentPair, SongnguError
from align.overrides import (
    GivenBead,
    Overrides,
    decided_beads,
    decided_pairs,
    load_overrides,
    save_overrides,
)

VI, EN = ("Một.", "Hai.", "Ba."), ("One.", "Two.", "Three.")
FOUND = [Bead((i,), (i,), 0.9, "translation") for i in range(3)]


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert load_overrides(tmp_path) == Overrides()


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    bead = GivenBead(("Một.", "Hai: “ba”."), ("One.",), "partial")
    overrides = Overrides(
        frozenset({("001", "000"), ("no", "yes")}),
        frozenset({("a", "b")}),
        ((("001", "000"), bead),),
    )
    save_overrides(overrides, tmp_path)
    assert load_overrides(tmp_path) == overrides
    before = (tmp_path / "overrides.yaml").stat().st_mtime_ns
    save_overrides(overrides, tmp_path)
    assert (tmp_path / "overrides.yaml").stat().st_mtime_ns == before


def test_the_last_decision_holds() -> None:
    overrides = Overrides().decided(("a", "b"), True).decided(("a", "b"), False)
    assert overrides == Overrides(rejected=frozenset({("a", "b")}))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("pairs:\n  confirm: []\n", "overrides.yaml:2: unknown key 'confirm'"),
        ("pairs:\n  confirmed:\n    - {vi: 12, en: b}\n", "overrides.yaml:3: vi: the id"),
        ("pairs:\n  confirmed: a\n", "overrides.yaml:2: a list is wanted"),
        ("beads:\n  - {vi: [a], en: [b], relation: same}\n", "relation: one of translation"),
        ("beads:\n  - {vi: [], en: [b], relation: none}\n", "vi: sentences are wanted"),
        ("[1]\n", "keys beads, pairs are wanted"),
        (
            "pairs:\n  confirmed: [{vi: a, en: b}]\n  rejected: [{vi: a, en: b}]\n",
            "a and b: confirmed and rejected",
        ),
    ],
)
def test_what_cannot_be_understood_is_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "overrides.yaml").write_text(text, "utf-8")
    with pytest.raises(SongnguError) as told:
        load_overrides(tmp_path)
    assert message in str(told.value)


def test_pairs_get_what_was_decided() -> None:
    found = [DocumentPair("a", "b", 0.9, {"lead": 0.5}), DocumentPair("c", "d", 0.2, {})]
    overrides = Overrides(frozenset({("e", "f")}), frozenset({("a", "b")}))
    decided = decided_pairs(found, overrides)
    assert [(one.vi, one.score) for one in decided] == [("e", 1.0), ("c", 0.2), ("a", 0.0)]
    assert dict(decided[2].evidence) == {"lead": 0.5, "decided": 1.0}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # merged by hand: what it takes from other beads leaves their rest alone
        (
            [GivenBead(("Một.", "Hai."), ("One.",), "translation")],
            [((0, 1), (0,), "translation"), ((2,), (2,), "translation"), ((), (1,), "none")],
        ),
        # rejected: both sides stand alone
        (
            [GivenBead(("Hai.",), ("Two.",), "none")],
            [
                ((0,), (0,), "translation"), ((1,), (), "none"), ((2,), (2,), "translation"),
                ((), (1,), "none"),
            ],
        ),
        # another relation, and crossing the others
        (
            [GivenBead(("Một.",), ("Three.",), "partial")],
            [
                ((0,), (2,), "partial"), ((1,), (1,), "translation"), ((2,), (), "none"),
                ((), (0,), "none"),
            ],
        ),
        # a sentence that a corrected page no longer has
        (
            [GivenBead(("Bốn.",), ("One.",), "none")],
            [((i,), (i,), "translation") for i in range(3)],
        ),
        # composed in another way, with other spaces
        (
            [GivenBead(("Mo\u0302\u0323t.",), (" One. ",), "partial")],
            [((0,), (0,), "partial"), ((1,), (1,), "translation"), ((2,), (2,), "translation")],
        ),
    ],
)  # fmt: skip
def test_beads_get_what_was_decided(given: list[GivenBead], expected: list[object]) -> None:
    beads = decided_beads(FOUND, given, VI, EN)
    assert [(bead.vi, bead.en, bead.relation) for bead in beads] == expected
