"""Gold lists of term pairs, alternatives in a cell parted by `` | ``; and figures against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from align.english import key_en
from align.evaluate import calibration_error
from align.model import SongnguError
from glossary.kinds import key_vi


@dataclass(frozen=True, slots=True)
class GoldTerm:
    """One concept of the gold: any of its Vietnamese forms may be paired with any English one."""

    vi: frozenset[str]
    """Keys of the Vietnamese forms."""
    en: frozenset[str]
    kind: str
    text: str
    """The line, for messages."""


@dataclass(frozen=True, slots=True)
class TermScores:
    """Figures of a ranked list against gold, each 0 to 1."""

    precision_at: dict[int, float]
    """Share right of the first k whose Vietnamese form the gold knows or the English form does;
    the rest is not judged."""
    judged_at: dict[int, int]
    """How many of the first k are judged."""
    recall: float
    """Gold terms that are some candidate's best pair."""
    recall_any: float
    """Gold terms that are a candidate's best pair or an alternative."""
    calibration_error: float
    """Over the candidates whose Vietnamese form the gold knows: a probability is that of the
    English form, not that the Vietnamese one is a term."""
    missing: tuple[str, ...]
    recall_by_kind: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Gold terms that are some candidate's best pair, and all, by the kind the gold gives."""

    def line(self) -> str:
        at = " ".join(
            f"P@{k} {value:.3f} ({self.judged_at[k]} judged)"
            for k, value in self.precision_at.items()
        )
        kinds = ", ".join(
            f"{kind} {found}/{all}" for kind, (found, all) in self.recall_by_kind.items() if kind
        )
        return (
            f"{at} | recall {self.recall:.3f}{f' ({kinds})' if kinds else ''} | with alternatives"
            f" {self.recall_any:.3f} | ECE {self.calibration_error:.3f}"
        )


def read_gold(text: str, *, path: str = "terms.tsv") -> list[GoldTerm]:
    """Rows of a gold file with a header line that names ``vi`` and ``en``.

    Raises `SongnguError` naming *path* and line for a row without both.
    """
    terms: list[GoldTerm] = []
    header = False
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            header = True
            if cells[:2] != ["vi", "en"]:
                raise SongnguError(f"{path}:{number}: no header line that begins with vi and en")
            continue
        if len(cells) < 2 or not cells[0].strip() or not cells[1].strip():
            raise SongnguError(f"{path}:{number}: a term needs a Vietnamese and an English cell")
        terms.append(
            GoldTerm(
                frozenset(key_vi(form.strip()) for form in cells[0].split("|")),
                frozenset(key_en(form.strip()) for form in cells[1].split("|")),
                cells[2] if len(cells) > 2 else "",
                line,
            )
        )
    return terms


def score_terms(
    gold: Sequence[GoldTerm],
    ranked: Iterable[tuple[str, str, float, Sequence[str]]],
    cuts: Sequence[int] = (50, 100),
) -> TermScores:
    """Of (Vietnamese form, English form, probability, other English forms), best first."""
    rows = [
        (key_vi(vi), key_en(en), chance, {key_en(one) for one in others})
        for vi, en, chance, others in ranked
    ]
    verdicts = [verdict(gold, vi, en) for vi, en, *_ in rows]
    precision: dict[int, float] = {}
    judged: dict[int, int] = {}
    for cut in cuts:
        known = [one for one in verdicts[:cut] if one is not None]
        judged[cut] = len(known)
        precision[cut] = sum(known) / len(known) if known else 0.0
    listed = {vi for one in gold for vi in one.vi}
    by_kind: dict[str, tuple[int, int]] = {}
    best = [any(vi in one.vi and en in one.en for vi, en, *_ in rows) for one in gold]
    for one, found in zip(gold, best, strict=True):
        right, there = by_kind.get(one.kind, (0, 0))
        by_kind[one.kind] = right + found, there + 1
    any_form = [
        any(vi in one.vi and ({en} | others) & one.en for vi, en, _, others in rows) for one in gold
    ]
    return TermScores(
        precision,
        judged,
        sum(best) / max(len(gold), 1),
        sum(any_form) / max(len(gold), 1),
        calibration_error(
            [
                (chance, one)
                for (vi, _, chance, _), one in zip(rows, verdicts, strict=True)
                if one is not None and vi in listed
            ]
        ),
        tuple(one.text for one, found in zip(gold, best, strict=True) if not found),
        dict(sorted(by_kind.items())),
    )


def verdict(gold: Sequence[GoldTerm], vi: str, en: str) -> bool | None:
    """Whether a pair of keys is right; None where the gold knows neither side."""
    known = [one for one in gold if vi in one.vi or en in one.en]
    if not known:
        return None
    return any(vi in one.vi and en in one.en for one in known)
