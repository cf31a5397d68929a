"""Every promising pair of a Vietnamese and an English form, with its evidence and probability."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from align.arrays import FloatArray, nearest_pairs
from align.background import Background, embed_terms
from align.encoder import Encoder
from align.model import Bead, Lang
from align.sides import Sentence
from align.words import WordAligner
from glossary.english import key_en
from glossary.inventory import Term, bare
from glossary.model import Channel, KnownName, Place
from glossary.names import sound_similarity
from glossary.phrases import key_vi
from glossary.score import (
    Evidence,
    SentenceKey,
    alone_cosines,
    context_vectors,
    length_surprise,
    linked_places,
    nearness,
    probability,
)

NEAREST_EN = 6
"""English forms looked at for a Vietnamese term by cosine, and half as many the other way."""

VARIANT = 0.6
"""What a usual variant of an official name, an adjective for a country among them, is worth beside
the name itself."""

LIKE_SOUND = 0.75
"""Likeness of sound from which two names may be one; see `glossary.names`."""


@dataclass(slots=True)
class ScoredPair:
    """One pair under judgement."""

    vi: Term
    en: Term
    evidence: Evidence
    links: list[tuple[Place, Place, float, float]] = field(default_factory=list)
    probability: float = 0.0

    @property
    def channel(self) -> Channel:
        if not self.links:
            return "comparable"
        return "both" if self.evidence.cosine > 0.5 else "parallel"


def judge(
    vi: Sequence[Term],
    en: Sequence[Term],
    *,
    near: set[tuple[str, str]],
    names: Mapping[str, set[str]],
    beads: Mapping[tuple[str, str], Sequence[Bead]],
    known: Sequence[KnownName],
    looked: Mapping[SentenceKey, Sentence],
    encoder: Encoder,
    background: Mapping[Lang, Background],
    word_aligner: WordAligner | None = None,
) -> list[ScoredPair]:
    """Every promising pair with its evidence and probability."""
    vi_alone = background["vi"].centre_terms(*embed_terms([t.text for t in vi], "vi", encoder))
    en_alone = background["en"].centre_terms(*embed_terms([t.text for t in en], "en", encoder))
    cosines, margins = alone_cosines(vi_alone, en_alone, background)
    contexts = context_vectors(vi, looked) @ context_vectors(en, looked).T
    near_by = nearness(cosines, contexts)
    links = linked_places(vi, en, beads, looked, word_aligner)
    official = _official(known)
    sounds = _sound_pairs(vi, en, names)
    english_names = {key for keys in names.values() for key in keys}
    best_en, best_vi = near_by.argmax(1), near_by.argmax(0)
    allowed = _near_terms(vi, en, near)
    pairs: list[ScoredPair] = []
    for i, j in sorted(_promising(vi, en, near_by, names, official) | set(links) | set(sounds)):
        one, two = vi[i], en[j]
        right = official.get(one.key)
        known_pair = right is not None and two.key in right
        if not allowed(i, j) or (not known_pair and _names_clash(one, two, names, english_names)):
            continue
        linked = links.get((i, j), [])
        evidence = Evidence(
            cosine=float(cosines[i, j]),
            margin=float(margins[i, j]),
            context=float(contexts[i, j]),
            nearness=float(near_by[i, j]),
            mutual=(float(best_en[i] == j) + float(best_vi[j] == i)) / 2,
            linked=min(math.log1p(sum(weight * strength for *_, weight, strength in linked)), 2.0),
            # Where a name is known, equal letters are no reason for another form (Lào, Lao).
            name=0.0
            if right
            else 1.0
            if two.key in names.get(one.key, ())
            else sounds.get((i, j), 0.0),
            official=_officially(right, two.key),
            length=length_surprise(one.text, two.text),
        )
        pairs.append(ScoredPair(one, two, evidence, linked))
    chances = probability([pair.evidence for pair in pairs])
    for pair, chance in zip(pairs, chances, strict=True):
        pair.probability = float(chance)
    return pairs


def _promising(
    vi: Sequence[Term],
    en: Sequence[Term],
    near_by: FloatArray,
    names: Mapping[str, set[str]],
    official: Mapping[str, Sequence[str]],
) -> set[tuple[int, int]]:
    """Pairs near in meaning, of equal letters, or known beforehand."""
    near = nearest_pairs(near_by, NEAREST_EN, NEAREST_EN // 2)
    found = {(i, j) for i, j in near.tolist()}
    at = {term.key: index for index, term in enumerate(en)}
    for i, term in enumerate(vi):
        for key in names.get(term.key, set()).union(official.get(term.key, ())):
            if key in at:
                found.add((i, at[key]))
    return found


def _near_terms(
    vi: Sequence[Term], en: Sequence[Term], near: set[tuple[str, str]]
) -> Callable[[int, int], bool]:
    """Whether two terms stand in a pair of near documents."""
    partners: dict[str, set[str]] = defaultdict(set)
    for one, two in near:
        partners[one].add(two)
    reach = [set().union(*(partners[document] for document in term.documents)) for term in vi]
    held = [term.documents for term in en]
    return lambda i, j: not reach[i].isdisjoint(held[j])


def _official(known: Sequence[KnownName]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in known:
        found[key_vi(name.vi)] += [key_en(form) for form in name.en]
    return found


def _officially(forms: Sequence[str] | None, key: str) -> float:
    if not forms:
        return 0.0
    if key not in forms:
        return -1.0
    return 1.0 if key == forms[0] else VARIANT


def _names_clash(
    vi: Term, en: Term, names: Mapping[str, set[str]], english_names: set[str]
) -> bool:
    """Whether one of the two is a name that the other language writes alike, and the other is not
    that name: one minister is never another."""
    if vi.key in names:
        return en.key not in names[vi.key]
    return en.key in english_names


def _sound_pairs(
    vi: Sequence[Term], en: Sequence[Term], names: Mapping[str, set[str]]
) -> dict[tuple[int, int], float]:
    """Runs of capitals without an equal partner that sound alike."""
    taken = {key for keys in names.values() for key in keys}
    left = [(i, term) for i, term in enumerate(vi) if term.name and term.key not in names]
    right = [(j, term) for j, term in enumerate(en) if term.name and term.key not in taken]
    found: dict[tuple[int, int], float] = {}
    for i, one in left:
        for j, two in right:
            a, b = bare(one.key), bare(two.key)
            # Short names sound alike by chance, and names of one thing have about as many letters.
            if min(len(a), len(b)) < 5 or not 0.6 < len(a) / len(b) < 1.6 or a == b:
                continue
            # English text that keeps Vietnamese letters writes the name as it is or means another.
            if not two.text.isascii():
                continue
            likeness = sound_similarity(one.text, two.text)
            if likeness >= LIKE_SOUND:
                found[i, j] = likeness
    return found
