"""How consistently is each thing named? Every attested English form of a concept, with counts,
dates and documents, how scattered they are, who else claims them, and what changed in time."""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from align.english import key_en
from align.text import is_acronym
from glossary.inventory import bare
from glossary.kinds import echoes, key_vi
from glossary.model import Candidate, KnownName

ATTESTED = 0.3
"""Probability from which a form counts as a translation of the term."""

SAME = 0.5
"""Probability of one best English form from which two Vietnamese variants are one concept."""

OFTEN = 2
"""Documents a form must stand in before its dates say that a usage began or ended."""

Found = tuple[str, float, int, set[str]]
"""An English form with its probability, count and documents."""

Dates = Mapping[str, datetime.date]
"""Of documents, by id."""


@dataclass(frozen=True, slots=True)
class Form:
    """One English form of a concept."""

    en: str
    probability: float
    count: int
    documents: tuple[str, ...]
    claimed_by: tuple[str, ...]
    """Terms of other concepts with this form as their best, none a part of the other: a conflict
    to look at."""
    first_date: str = ""
    """ISO date of the oldest and newest dated document that holds it; empty where none is dated."""
    last_date: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """One concept: a Vietnamese term and its variants with all their English forms, likeliest
    first."""

    vi: str
    """The commonest of the variants."""
    kind: str
    count: int
    """Of all variants."""
    first_date: str
    """ISO date of its oldest and newest dated document; empty where none is dated."""
    last_date: str
    forms: tuple[Form, ...]
    variants: tuple[str, ...] = ()
    """Other Vietnamese forms: another spelling, an abbreviation, with or without its head."""
    notes: tuple[str, ...] = ()
    """What changed in time, in words."""

    @property
    def entropy(self) -> float:
        """Of the forms by count, in bits; 0 is one form only (Melamed 1997)."""
        total = sum(form.count for form in self.forms)
        shares = [form.count / total for form in self.forms if form.count and total]
        return abs(-sum(share * math.log2(share) for share in shares))


def usages(
    candidates: Iterable[Candidate],
    *,
    dates: Dates | None = None,
    known: Iterable[KnownName] = (),
) -> list[Usage]:
    """Concepts with some attested form; the most scattered first, then conflicts, then by count.

    *dates* are those of the documents by id; *known* are names with the years they are in force.
    """
    concepts = _concepts([one for one in candidates if one.probability >= ATTESTED])
    claims: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, group in enumerate(concepts):
        for one in group:
            if one.probability >= SAME:
                claims[key_en(one.en)].append((number, one.vi))
    years = {key_vi(one.vi): one for one in known if one.valid_from or one.valid_until}
    found = [
        _usage(number, group, claims, dates or {}, years) for number, group in enumerate(concepts)
    ]
    return sorted(
        found,
        key=lambda use: (
            -round(use.entropy, 6),
            not any(form.claimed_by for form in use.forms),
            -use.count,
            use.vi,
        ),
    )


def _concepts(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Candidates whose Vietnamese forms are variants of one another and that have one best English
    form, together; the commonest of each first."""
    by_form: dict[str, list[Candidate]] = defaultdict(list)
    for one in sorted(candidates, key=lambda one: (-one.count, one.vi)):
        by_form[key_en(one.en)].append(one)
    concepts: list[list[Candidate]] = []
    for claimants in by_form.values():
        groups: list[list[Candidate]] = []
        for one in claimants:
            home = next((group for group in groups if _one_concept(group[0], one)), None)
            if home is None:
                groups.append([one])
            else:
                home.append(one)
        concepts += groups
    return concepts


def _one_concept(one: Candidate, other: Candidate) -> bool:
    # "Bộ trưởng Bộ Y tế" with the ministry's English name is no variant of it but a mistake.
    alike = one.kind == other.kind or "abbreviation" in (one.kind, other.kind)
    sure = min(one.probability, other.probability) >= SAME
    return alike and sure and are_variants(one.vi, other.vi)


def are_variants(one: str, other: str) -> bool:
    """Whether two Vietnamese forms write one thing: the same letters without marks, *i* for *y*,
    an abbreviation of the other's first letters, or the other without a word before it.

    >>> are_variants("bác sĩ", "bác sỹ"), are_variants("TTYT", "Trung tâm Y tế")
    (True, True)
    >>> are_variants("tuyến y tế cơ sở", "y tế cơ sở"), are_variants("Sở Y tế", "Bộ Y tế")
    (True, False)
    """
    if _letters(one) == _letters(other):
        return True
    for short, long in ((one, other), (other, one)):
        initials = "".join(syllable[0] for syllable in long.split() if syllable[0].isalnum())
        if is_acronym(short) and bare(short) == bare(initials):
            return True
    short, long = sorted((key_vi(one), key_vi(other)), key=len)
    return " " in short and long.endswith(f" {short}")


def _letters(text: str) -> str:
    return bare(text).replace("y", "i")


def _usage(
    number: int,
    group: Sequence[Candidate],
    claims: Mapping[str, Sequence[tuple[int, str]]],
    dates: Dates,
    known: Mapping[str, KnownName],
) -> Usage:
    best: dict[str, Found] = {}
    for one in group:
        for en, chance, count, documents in (
            (one.en, one.probability, one.en_count, one.en_documents),
            *((a.en, a.probability, a.count, a.documents) for a in one.alternatives),
        ):
            if chance >= ATTESTED:
                old = best.get(key_en(en), (en, 0.0, 0, set()))
                best[key_en(en)] = (
                    en if chance > old[1] else old[0],
                    max(chance, old[1]),
                    max(count, old[2]),
                    old[3] | set(documents),
                )
    forms = tuple(
        Form(
            en, chance, count, tuple(sorted(documents)),
            tuple(
                vi
                for other, vi in claims.get(key, ())
                if other != number and not any(echoes(vi, one.vi) for one in group)
            ),
            *_range(dates[name] for name in documents if name in dates),
        )
        for key, (en, chance, count, documents) in _unnested(
            sorted(best.items(), key=lambda item: (-item[1][1], item[0]))
        )
    )  # fmt: skip
    days = sorted({day for one in group for day in one.dates})
    first = group[0]
    return Usage(
        vi=first.vi,
        kind=first.kind,
        count=sum(one.count for one in group),
        first_date=days[0].isoformat() if days else "",
        last_date=days[-1].isoformat() if days else "",
        forms=forms,
        variants=tuple(one.vi for one in group[1:]),
        notes=(*_drift(forms), *(note for one in group for note in _out_of_force(one, known))),
    )


def _unnested(forms: Iterable[tuple[str, Found]]) -> list[tuple[str, Found]]:
    """Forms, likeliest first, without those that are a likelier one and more, or a part of it: they
    are not another name."""
    kept: list[tuple[str, Found]] = []
    for key, form in forms:
        around = f" {key} "
        if not any(f" {one} " in around or around in f" {one} " for one, _ in kept):
            kept.append((key, form))
    return kept


def _range(days: Iterable[datetime.date]) -> tuple[str, str]:
    found = sorted(days)
    return (found[0].isoformat(), found[-1].isoformat()) if found else ("", "")


def _drift(forms: Sequence[Form]) -> Iterable[str]:
    """Forms that ended before another began, each in documents enough to say so."""
    often = [form for form in forms if len(form.documents) >= OFTEN and form.first_date]
    for old in often:
        for new in often:
            if old.last_date < new.first_date:
                yield f"{old.en} until {old.last_date}, {new.en} from {new.first_date}"


def _out_of_force(one: Candidate, known: Mapping[str, KnownName]) -> Iterable[str]:
    name = known.get(key_vi(one.vi))
    if name is None or not one.dates:
        return
    if name.valid_until and one.dates[-1].year > name.valid_until:
        yield f"{one.vi}: in force until {name.valid_until}, used in {one.dates[-1].isoformat()}"
    if name.valid_from and one.dates[0].year < name.valid_from:
        yield f"{one.vi}: in force from {name.valid_from}, used in {one.dates[0].isoformat()}"
