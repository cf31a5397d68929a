"""How consistently is each term translated? Every attested English form of a Vietnamese term, with
counts and documents, how scattered they are, and who else claims them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from align.english import key_en
from glossary.model import Candidate

ATTESTED = 0.3
"""Probability from which a form counts as a translation of the term."""


@dataclass(frozen=True, slots=True)
class Form:
    """One English form of a term."""

    en: str
    probability: float
    count: int
    documents: tuple[str, ...]
    claimed_by: tuple[str, ...]
    """Other Vietnamese terms with this form as their best: a conflict to look at."""


@dataclass(frozen=True, slots=True)
class Usage:
    """One Vietnamese term with all its English forms, likeliest first."""

    vi: str
    kind: str
    count: int
    first_date: str
    """ISO date of its oldest and newest dated document; empty where none is dated."""
    last_date: str
    forms: tuple[Form, ...]

    @property
    def entropy(self) -> float:
        """Of the forms by count, in bits; 0 is one form only (Melamed 1997)."""
        total = sum(form.count for form in self.forms)
        shares = [form.count / total for form in self.forms if form.count and total]
        return abs(-sum(share * math.log2(share) for share in shares))


def usages(candidates: Iterable[Candidate]) -> list[Usage]:
    """Terms with some attested form; the most scattered first, then conflicts, then by count."""
    candidates = [one for one in candidates if one.probability >= ATTESTED]
    claims: dict[str, list[str]] = defaultdict(list)
    for one in candidates:
        claims[key_en(one.en)].append(one.vi)
    found = [
        Usage(
            vi=one.vi,
            kind=one.kind,
            count=one.count,
            first_date=one.dates[0].isoformat() if one.dates else "",
            last_date=one.dates[-1].isoformat() if one.dates else "",
            forms=tuple(
                Form(
                    en, chance, count, documents,
                    tuple(vi for vi in claims[key_en(en)] if vi != one.vi),
                )
                for en, chance, count, documents in (
                    (one.en, one.probability, one.en_count, one.en_documents),
                    *((a.en, a.probability, a.count, a.documents) for a in one.alternatives),
                )
                if chance >= ATTESTED
            ),
        )
        for one in candidates
    ]  # fmt: skip
    return sorted(
        found,
        key=lambda use: (
            -round(use.entropy, 6),
            not any(form.claimed_by for form in use.forms),
            -use.count,
            use.vi,
        ),
    )
