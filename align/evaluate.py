"""How good is an output against gold? Figures that carry the settings they were made with.

Strict: a bead counts if exactly it is in the gold. Lax: if any of its sentence pairs is. Both as
in Vecalign's scorer (Thompson & Koehn 2019), over beads that have two sides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from align.model import Bead, WordLink


@dataclass(frozen=True, slots=True)
class Prf:
    """Precision, recall and their harmonic mean, each 0 to 1."""

    precision: float
    recall: float
    f1: float

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}"


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of some aligned documents together."""

    strict: Prf
    lax: Prf
    translation: Prf
    """Strict, the relation right too."""
    partial: Prf
    calibration_error: float
    """Expected |probability - share right| over ten bins of two-sided beads, 0 to 1."""
    documents: int

    def line(self) -> str:
        return (
            f"strict {self.strict} | lax F1 {self.lax.f1:.3f} | translation F1"
            f" {self.translation.f1:.3f} | partial F1 {self.partial.f1:.3f} | ECE"
            f" {self.calibration_error:.3f} | docs {self.documents}"
        )


def prf(right: int, offered: int, right_of_gold: int, gold: int) -> Prf:
    """Of counts; empty against empty is perfect."""
    if not offered and not gold:
        return Prf(1.0, 1.0, 1.0)
    precision = right / offered if offered else 0.0
    recall = right_of_gold / gold if gold else 0.0
    total = precision + recall
    return Prf(precision, recall, 2 * precision * recall / total if total else 0.0)


def bead_scores(documents: Iterable[tuple[Sequence[Bead], Sequence[Bead]]]) -> Scores:
    """Of (gold, found) beads of documents, counted together."""
    count: Counter[str] = Counter()
    judged: list[tuple[float, bool]] = []
    number = 0
    for gold_beads, found_beads in documents:
        number += 1
        gold = {(b.vi, b.en): b.relation for b in gold_beads if b.vi and b.en}
        found = {(b.vi, b.en): b for b in found_beads if b.vi and b.en}
        gold_links = {(i, j) for vi, en in gold for i in vi for j in en}
        found_links = {(i, j) for vi, en in found for i in vi for j in en}
        count["gold"] += len(gold)
        count["found"] += len(found)
        count["strict"] += len(gold.keys() & found.keys())
        count["lax"] += sum(_touches(key, gold_links) for key in found)
        count["lax gold"] += sum(_touches(key, found_links) for key in gold)
        for relation in ("translation", "partial"):
            count[f"gold {relation}"] += sum(one == relation for one in gold.values())
            count[f"found {relation}"] += sum(b.relation == relation for b in found.values())
            count[f"right {relation}"] += sum(
                b.relation == relation == gold.get(key) for key, b in found.items()
            )
        judged += [(b.probability, gold.get(key) == b.relation) for key, b in found.items()]
    return Scores(
        strict=prf(count["strict"], count["found"], count["strict"], count["gold"]),
        lax=prf(count["lax"], count["found"], count["lax gold"], count["gold"]),
        translation=_by_relation(count, "translation"),
        partial=_by_relation(count, "partial"),
        calibration_error=calibration_error(judged),
        documents=number,
    )


def calibration_error(judged: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error (Naeini et al. 2015) of (probability, was right).

    >>> calibration_error([(.9, True)] * 9 + [(.9, False)])
    0.0
    """
    sums: list[list[float]] = [[0.0, 0.0] for _ in range(bins)]
    for probability, right in judged:
        one = sums[min(int(probability * bins), bins - 1)]
        one[0] += probability
        one[1] += right
    return round(sum(abs(said - was) for said, was in sums) / max(len(judged), 1), 9)


def clean_scores(documents: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Prf:
    """Of (gold, found) paragraphs of pages, equal letter by letter, counted together."""
    right = offered = wanted = 0
    for gold, found in documents:
        right += sum((Counter(gold) & Counter(found)).values())
        offered += len(found)
        wanted += len(gold)
    return prf(right, offered, right, wanted)


def word_scores(
    pairs: Iterable[tuple[set[tuple[int, int]], set[tuple[int, int]], Sequence[WordLink]]],
) -> tuple[float, Prf]:
    """Alignment error rate (Och & Ney 2003; 0 is best) and precision and recall, of (sure,
    possible, found) links of sentence pairs; sure links are possible too."""
    sure_links = found_links = in_sure = in_possible = 0
    for sure, possible, links in pairs:
        found = {(link.vi_index, link.en_index) for link in links}
        sure_links += len(sure)
        found_links += len(found)
        in_sure += len(found & sure)
        in_possible += len(found & (possible | sure))
    total = found_links + sure_links
    error = 1 - (in_sure + in_possible) / total if total else 0.0
    return error, prf(in_possible, found_links, in_sure, sure_links)


def _touches(key: tuple[tuple[int, ...], tuple[int, ...]], links: set[tuple[int, int]]) -> bool:
    return any((i, j) in links for i in key[0] for j in key[1])


def _by_relation(count: Counter[str], relation: str) -> Prf:
    right = count[f"right {relation}"]
    return prf(right, count[f"found {relation}"], right, count[f"gold {relation}"])
