"""``overrides.yaml``: what people decided about document pairs and beads, kept by every build.

Beads name their sentences by their text, not by number: a page that is corrected elsewhere keeps
them, and a reader of the file sees what was decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from align.files import update_file
from align.marked_yaml import Marked, dump, read_marked
from align.model import Bead, DocumentPair, Relation
from align.text import nfc

OVERRIDES_FILE = "overrides.yaml"

RELATIONS: tuple[Relation, ...] = get_args(Relation)

Key = tuple[str, str]
"""Ids of a Vietnamese and an English document."""


@dataclass(frozen=True, slots=True)
class GivenBead:
    """A bead set by hand, or with relation ``none`` two stretches that are no bead."""

    vi: tuple[str, ...]
    """Texts of neighbouring sentences."""
    en: tuple[str, ...]
    relation: Relation


@dataclass(frozen=True, slots=True)
class Overrides:
    """The decisions of a project."""

    confirmed: frozenset[Key] = frozenset()
    rejected: frozenset[Key] = frozenset()
    beads: tuple[tuple[Key, GivenBead], ...] = ()

    def beads_of(self, pair: Key) -> tuple[GivenBead, ...]:
        """Those of one document pair."""
        return tuple(bead for key, bead in self.beads if key == pair)

    def decided(self, pair: Key, same: bool) -> Overrides:
        """With a pair confirmed or rejected."""
        confirmed, rejected = self.confirmed - {pair}, self.rejected - {pair}
        if same:
            return replace(self, confirmed=confirmed | {pair}, rejected=rejected)
        return replace(self, confirmed=confirmed, rejected=rejected | {pair})


def load_overrides(folder: Path) -> Overrides:
    """The decisions of the project in *folder*; none where it has no ``overrides.yaml``.

    Raises `SongnguError` with path, line and key where the file cannot be understood.
    """
    try:
        marked = read_marked(folder / OVERRIDES_FILE)
    except FileNotFoundError:
        return Overrides()
    return _read(marked)


def save_overrides(overrides: Overrides, folder: Path) -> None:
    """Write the decisions; equal ones give equal bytes."""
    update_file(folder / OVERRIDES_FILE, dump(_plain(overrides)).encode())


def decided_pairs(pairs: Iterable[DocumentPair], overrides: Overrides) -> list[DocumentPair]:
    """The pairs with what was decided: a confirmed one has score 1, a rejected one 0."""
    found = {(one.vi, one.en): one for one in pairs}
    for key, score in (
        *((key, 1.0) for key in overrides.confirmed),
        *((key, 0.0) for key in overrides.rejected),
    ):
        evidence: Mapping[str, float] = found[key].evidence if key in found else {}
        found[key] = DocumentPair(*key, score, {**evidence, "decided": 1.0})
    return sorted(found.values(), key=lambda one: (-one.score, one.vi, one.en))


def decided_beads(
    beads: Sequence[Bead], given: Sequence[GivenBead], vi: Sequence[str], en: Sequence[str]
) -> list[Bead]:
    """The beads with those given by hand in place of what overlaps them; their sentences are found
    by text, and one that is no longer there is left out."""
    kept = list(beads)
    for one in given:
        rows, columns = _place(one.vi, vi), _place(one.en, en)
        if rows is None or columns is None:
            continue
        if one.relation == "none":
            kept = [b for b in kept if not (set(b.vi) & set(rows) and set(b.en) & set(columns))]
        else:
            kept = [b for b in kept if not (set(b.vi) & set(rows) or set(b.en) & set(columns))]
            kept.append(Bead(rows, columns, 1.0, one.relation, {"decided": 1.0}))
    used_vi = {i for bead in kept for i in bead.vi}
    used_en = {j for bead in kept for j in bead.en}
    kept += [Bead((i,), (), 1.0, "none") for i in range(len(vi)) if i not in used_vi]
    alone = [Bead((), (j,), 1.0, "none") for j in range(len(en)) if j not in used_en]
    with_vi = sorted((bead for bead in kept if bead.vi), key=lambda bead: bead.vi)
    without = sorted([bead for bead in kept if not bead.vi] + alone, key=lambda bead: bead.en)
    return with_vi + without


def _place(texts: Sequence[str], sentences: Sequence[str]) -> tuple[int, ...] | None:
    """Where neighbouring sentences stand, the first time; ``None`` where they do not."""
    wanted, count = [_key(text) for text in texts], len(texts)
    keys = [_key(text) for text in sentences]
    for start in range(len(keys) - count + 1):
        if keys[start : start + count] == wanted:
            return tuple(range(start, start + count))
    return None


def _key(text: str) -> str:
    return " ".join(nfc(text).split())


def _plain(overrides: Overrides) -> dict[str, Any]:
    return {
        "pairs": {
            "confirmed": [{"vi": vi, "en": en} for vi, en in sorted(overrides.confirmed)],
            "rejected": [{"vi": vi, "en": en} for vi, en in sorted(overrides.rejected)],
        },
        "beads": [
            {
                "documents": {"vi": key[0], "en": key[1]},
                "vi": list(one.vi),
                "en": list(one.en),
                "relation": one.relation,
            }
            for key, one in overrides.beads
        ],
    }


def _read(marked: Marked) -> Overrides:
    top = _mapping(marked, marked.value or {}, {"pairs", "beads"})
    pairs = _mapping(marked, top.get("pairs") or {}, {"confirmed", "rejected"}, "pairs")
    confirmed, rejected = (
        frozenset(
            _ids(marked, one, "pairs", name, index)
            for index, one in enumerate(_list(marked, pairs.get(name), "pairs", name))
        )
        for name in ("confirmed", "rejected")
    )
    if both := sorted(confirmed & rejected):
        raise marked.error(f"{' and '.join(both[0])}: confirmed and rejected", "pairs")
    beads = tuple(
        _bead(marked, one, "beads", index)
        for index, one in enumerate(_list(marked, top.get("beads"), "beads"))
    )
    return Overrides(confirmed, rejected, beads)


def _bead(marked: Marked, value: Any, *place: str | int) -> tuple[Key, GivenBead]:
    found = _mapping(marked, value, {"documents", "vi", "en", "relation"}, *place)
    sides = []
    for lang in ("vi", "en"):
        texts = _list(marked, found.get(lang), *place, lang)
        if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
            raise marked.error(f"{lang}: sentences are wanted, one at least", *place, lang)
        sides.append(tuple(texts))
    relation = found.get("relation")
    if relation not in RELATIONS:
        raise marked.error(f"relation: one of {', '.join(RELATIONS)} is wanted", *place, "relation")
    ids = _ids(marked, found.get("documents"), *place, "documents")
    return ids, GivenBead(sides[0], sides[1], relation)


def _ids(marked: Marked, value: Any, *place: str | int) -> Key:
    found = _mapping(marked, value, {"vi", "en"}, *place)
    for lang in ("vi", "en"):
        # A plain 12 is a number to YAML; such ids are written in quotes.
        if not isinstance(found.get(lang), str) or not found[lang]:
            raise marked.error(f"{lang}: the id of a document is wanted, in quotes", *place)
    return found["vi"], found["en"]


def _mapping(marked: Marked, value: Any, keys: set[str], *place: str | int) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise marked.error(f"keys {', '.join(sorted(keys))} are wanted", *place)
    for key in value:
        if key not in keys:
            known = ", ".join(sorted(keys))
            raise marked.error(f"unknown key {key!r}; known are {known}", *place, key)
    return value


def _list(marked: Marked, value: Any, *place: str | int) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise marked.error("a list is wanted", *place)
    return value
