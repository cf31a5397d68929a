"""Every promising pair of a Vietnamese and an English form, with its evidence and probability."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from align.arrays import usual
from align.background import Background
from align.dictionary import coverage, read_english, read_vietnamese
from align.encoder import Encoder
from align.english import key_en
from align.model import Bead, Lang
from align.words import WordAligner
from glossary.comparable import AloneVectors, Near, comparable_channel
from glossary.contexts import Sentences
from glossary.inventory import Term, bare
from glossary.kinds import key_vi
from glossary.model import Channel, KnownName, Place
from glossary.names import sound_similarity
from glossary.parallel import Linked, Parallel, parallel_channel
from glossary.score import (
    HOPELESS,
    Evidence,
    association,
    length_surprise,
    log_odds,
    settled,
    shortened,
)

VARIANT = 0.6
"""What a usual variant of an official name, an adjective for a country among them, is worth beside
the name itself."""

LIKE_SOUND = 0.75
"""Likeness of sound from which two names may be one; see `glossary.names`."""

FARTHEST = -0.3
"""Nearness of two terms that were not compared: less than any that were."""

AT_ONCE = 4096
"""Pairs judged together."""


@dataclass(slots=True)
class ScoredPair:
    """One pair under judgement."""

    vi: Term
    en: Term
    evidence: Evidence
    links: list[tuple[Place, Place, float, float]] = field(default_factory=list)
    """Vietnamese place, English place, probability of the bead, strength of the links."""
    compared: bool = False
    """Whether the comparable channel knows it."""
    score: float = 0.0
    """Log-odds for itself; see `weigh`."""
    probability: float = 0.0
    """See `settle`."""

    @property
    def channel(self) -> Channel:
        if not self.links:
            return "comparable"
        return "both" if self.evidence.cosine > 0.5 else "parallel"


@dataclass(frozen=True, slots=True)
class Around:
    """What is known beside the terms themselves."""

    near: frozenset[tuple[str, str]]
    """Pairs of documents (Vietnamese, English) whose terms may be one."""
    translated: frozenset[tuple[str, str]]
    """Those of them whose every Vietnamese sentence is translated: its terms are linked or lost."""
    names: Mapping[str, set[str]]
    """Names that both languages write alike, by their keys."""
    beads: Mapping[tuple[str, str], Sequence[Bead]]
    known: Sequence[KnownName]
    indices: Mapping[tuple[Lang, str], Sequence[int]]
    """Of the sentences of each document."""


def judge(
    vi: Sequence[Term],
    en: Sequence[Term],
    around: Around,
    sentences: Sentences,
    encoder: Encoder,
    background: Mapping[Lang, Background],
    word_aligner: WordAligner | None = None,
) -> Iterator[list[ScoredPair]]:
    """Every promising pair with its evidence, in order of the terms, some at a time: of a large
    text there are a million."""
    parallel = parallel_channel(vi, en, around.beads, sentences, word_aligner)
    alone = (
        AloneVectors(vi, "vi", encoder, background["vi"]),
        AloneVectors(en, "en", encoder, background["en"]),
    )
    loose = around.near - around.translated
    near = comparable_channel(vi, en, loose, around.indices, sentences, alone)
    blocks = _Blocks(vi, en, loose)
    official = _official(around.known)
    sounds = _sound_pairs(vi, en, around.names, blocks)
    pairs = sorted(
        set(parallel.linked) | set(near) | set(sounds)
        | _known_pairs(vi, en, around.names, official, blocks)
    )  # fmt: skip
    clash = _clashes(around.names)
    pairs = [
        (i, j)
        for i, j in pairs
        if en[j].key in official.get(vi[i].key, ()) or not clash(vi[i].key, en[j].key)
    ]
    measure = _Alone(alone, background)
    for first in range(0, len(pairs), AT_ONCE):
        some = pairs[first : first + AT_ONCE]
        found: list[ScoredPair] = []
        for (i, j), (cosine, margin) in zip(some, measure.of(some), strict=True):
            right = official.get(vi[i].key)
            evidence = Evidence(
                cosine=cosine,
                margin=margin,
                **_found_in_documents(near.get((i, j)), parallel.linked.get((i, j))),
                **_linked_evidence(i, j, vi[i], parallel),
                **_dictionary(vi[i].text, en[j].text),
                # Where a name is known, equal letters are no reason for another form (Lào, Lao).
                name=0.0
                if right
                else 1.0
                if en[j].key in around.names.get(vi[i].key, ())
                else sounds.get((i, j), 0.0),
                official=_officially(right, en[j].key),
                length=length_surprise(vi[i].text, en[j].text),
            )
            # Most pairs have no chance; what was gathered for them goes as they are judged.
            linked = parallel.linked.pop((i, j), None)
            links = linked.best if linked else []
            found.append(ScoredPair(vi[i], en[j], evidence, links, (i, j) in near))
        yield found


def weigh(pairs: Sequence[ScoredPair]) -> list[ScoredPair]:
    """Give each pair its log-odds; those that have a chance, their evidence `shortened`."""
    scores = log_odds(
        [pair.evidence for pair in pairs],
        np.array([bool(pair.links) for pair in pairs], np.bool_),
        np.array([pair.compared for pair in pairs], np.bool_),
    )
    for pair, score in zip(pairs, scores.tolist(), strict=True):
        pair.score = score
    rivals = [pair for pair in pairs if pair.score > HOPELESS]
    for pair in rivals:
        pair.evidence = shortened(pair.evidence)
    return rivals


def settle(pairs: Sequence[ScoredPair]) -> None:
    """Give each pair its probability; *pairs* are all that have a chance."""
    if not pairs:
        return
    chances = settled(
        np.array([pair.score for pair in pairs]),
        [pair.vi.key for pair in pairs],
        [pair.en.key for pair in pairs],
        np.array([bool(pair.links) for pair in pairs], np.bool_),
        np.array([pair.evidence.aligned for pair in pairs]),
    )
    for pair, chance in zip(pairs, chances.tolist(), strict=True):
        pair.probability = chance


class _Alone:
    """Cosines of terms alone, and their margins over the background."""

    def __init__(
        self, alone: tuple[AloneVectors, AloneVectors], background: Mapping[Lang, Background]
    ) -> None:
        self._alone = alone
        self._others = background["en"].inventory, background["vi"].inventory
        self._usual: tuple[dict[int, float], dict[int, float]] = ({}, {})

    def of(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
        """(cosine, margin) of each pair."""
        sides = [
            (some, vectors.of(some))
            for some, vectors in zip(map(list, zip(*pairs, strict=True)), self._alone, strict=True)
        ]
        cosines = np.einsum("ij,ij->i", sides[0][1], sides[1][1])
        bars = np.zeros(len(pairs))
        for (some, vectors), others, known in zip(sides, self._others, self._usual, strict=True):
            new = {one: k for k, one in enumerate(some) if one not in known}
            if new:
                found = usual(vectors[list(new.values())] @ others.T)
                known.update(zip(new, found.tolist(), strict=True))
            bars += [known[one] for one in some]
        return list(zip(cosines.tolist(), (cosines - bars / 2).tolist(), strict=True))


def _found_in_documents(near: Near | None, linked: Linked | None) -> dict[str, float]:
    contexts = [near.context] if near else []
    contexts += [linked.context / linked.places] if linked else []
    return {
        "context": max(contexts, default=0.0),
        "nearness": near.nearness if near else FARTHEST,
        "mutual": near.mutual if near else 0.0,
        "blocks": math.log1p(near.blocks) if near else 0.0,
    }


def _linked_evidence(i: int, j: int, vi: Term, parallel: Parallel) -> dict[str, float]:
    linked = parallel.linked.get((i, j))
    reach_vi, reach_en = float(parallel.reach[0][i]), float(parallel.reach[1][j])
    aligned = min(reach_vi / len(vi.places), 1.0)
    weight = linked.weight if linked else 0.0
    return {
        "linked": math.log1p(weight),
        "aligned": aligned,
        "forward": min(weight / reach_vi, 1.0) if linked else 0.0,
        "backward": min(weight / reach_en, 1.0) if linked else 0.0,
        "association": association(weight, reach_vi, reach_en),
        "apart": 0.0 if linked else aligned,
    }


def _dictionary(vi: str, en: str) -> dict[str, float]:
    shares = coverage(read_vietnamese(vi), read_english(en))
    return {"dictionary_vi": shares[0], "dictionary_en": shares[1]}


class _Blocks:
    """Which English terms stand in documents near to those of a Vietnamese one."""

    def __init__(
        self, vi: Sequence[Term], en: Sequence[Term], near: Iterable[tuple[str, str]]
    ) -> None:
        self._partners: dict[str, set[str]] = defaultdict(set)
        for one, two in near:
            self._partners[one].add(two)
        self._vi, self._en = vi, en

    def of(self, i: int) -> set[str]:
        """English documents near to those of Vietnamese term *i*."""
        return {
            other
            for one in self._vi[i].documents
            if one in self._partners
            for other in self._partners[one]
        }

    def __call__(self, i: int, j: int) -> bool:
        return not self.of(i).isdisjoint(self._en[j].documents)


def _known_pairs(
    vi: Sequence[Term],
    en: Sequence[Term],
    names: Mapping[str, set[str]],
    official: Mapping[str, Sequence[str]],
    near: _Blocks,
) -> set[tuple[int, int]]:
    """Pairs of equal letters, or known beforehand."""
    at = {term.key: index for index, term in enumerate(en)}
    return {
        (i, at[key])
        for i, term in enumerate(vi)
        for key in names.get(term.key, set()).union(official.get(term.key, ()))
        if key in at and near(i, at[key])
    }


def _official(known: Sequence[KnownName]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in known:
        found.setdefault(key_vi(name.vi), []).extend(key_en(form) for form in name.en)
    return found


def _officially(forms: Sequence[str] | None, key: str) -> float:
    if not forms:
        return 0.0
    if key not in forms:
        return -1.0
    return 1.0 if key == forms[0] else VARIANT


def _clashes(names: Mapping[str, set[str]]) -> Callable[[str, str], bool]:
    """Whether one of two keys is a name that the other language writes alike, and the other is not
    that name: one minister is never another."""
    english = {key for keys in names.values() for key in keys}
    return lambda vi, en: en not in names[vi] if vi in names else en in english


def _sound_pairs(
    vi: Sequence[Term], en: Sequence[Term], names: Mapping[str, set[str]], near: _Blocks
) -> dict[tuple[int, int], float]:
    """Runs of capitals without an equal partner that sound alike, in near documents."""
    taken = {key for keys in names.values() for key in keys}
    held: dict[str, list[int]] = defaultdict(list)
    for j, term in enumerate(en):
        # English text that keeps Vietnamese letters writes the name as it is or means another.
        if term.name and term.key not in taken and term.text.isascii():
            for document in term.documents:
                held[document].append(j)
    found: dict[tuple[int, int], float] = {}
    for i, one in enumerate(vi):
        if not one.name or one.key in names:
            continue
        for j in sorted({j for document in near.of(i) for j in held[document]}):
            a, b = bare(one.key), bare(en[j].key)
            # Short names sound alike by chance, and names of one thing have about as many letters.
            if min(len(a), len(b)) < 5 or not 0.6 < len(a) / len(b) < 1.6 or a == b:
                continue
            likeness = sound_similarity(one.text, en[j].text)
            if likeness >= LIKE_SOUND:
                found[i, j] = likeness
    return found
