"""Documents, pairs and beads to ranked term pairs.

Forms of both languages are collected (`glossary.inventory`), every promising pair of them is
scored (`glossary.score`), and the pairs are decided together: names close the boundaries of what
stands beside them, a form that lives only inside a longer one stands aside for it, and a long pair
that is the sum of two shorter ones ranks below them.
"""

from __future__ import annotations

import datetime
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache

import numpy as np

from align.background import Background, background_text, embed_terms, load_background
from align.encoder import Encoder, load_encoder
from align.encoder.protocol import FloatArray
from align.model import LANGS, Bead, Document, DocumentPair, Lang
from align.sides import Sentence, look_at
from align.text import words
from align.words import WordAligner
from glossary.inventory import (
    Term,
    bare,
    close_at_capitals,
    close_at_names,
    collect,
    nested_always,
    sentences_by_index,
    shared_names,
)
from glossary.model import Alternative, Candidate, Channel, Example, Kind, KnownName, Place
from glossary.names import sound_similarity
from glossary.official import official_names
from glossary.phrases import key_en, key_vi, kind_of
from glossary.score import (
    Evidence,
    SentenceKey,
    alone_cosines,
    context_vectors,
    length_surprise,
    linked_places,
    load_model,
    nearness,
    probability,
)

NEAREST_EN = 6
"""English forms looked at for a Vietnamese term by cosine, and half as many the other way."""

LIKE_SOUND = 0.75
"""Likeness of sound from which two names may be one; see `glossary.names`."""

ALTERNATIVES = 4
EXAMPLES = 3

LEAST_PROBABILITY = 0.05
"""Pairs below it are not offered, not even as an alternative."""

GENERAL = 0.7
"""What a plain word keeps of its termhood where the unrelated background text has it too."""

_HONORIFIC = re.compile(
    r"(?:ông|bà|ngài|đồng chí|GS|TS|BS|ThS|PGS|Mr|Mrs|Ms|Dr|Prof|Professor|Minister|Director"
    r"|Ambassador|President|Chairman|Chairwoman|PM|trưởng|Thủ tướng|Chủ tịch|giám đốc|Đại sứ"
    r"|bác sĩ|bác sỹ)[.,]?\s*$",
    re.IGNORECASE,
)
_SURNAMES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao dinh trinh mai"
    " truong lam cao to ta chu luong quach thai tong vuong kieu phung".split()
)
_PLACE_BEFORE = re.compile(
    r"(?:tỉnh|thành phố|TP\.?|huyện|quận|xã|phường|thị xã|thủ đô)\s*$", re.IGNORECASE
)
_PLACE_AFTER = re.compile(r"^\s*(?:province|city|district|commune|town)", re.IGNORECASE)


@dataclass(slots=True)
class _Pair:
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


def mine_terms(
    documents: Iterable[Document],
    pairs: Iterable[DocumentPair],
    beads: Mapping[tuple[str, str], Sequence[Bead]],
    *,
    encoder: Encoder | None = None,
    known: Iterable[KnownName] | None = None,
    word_aligner: WordAligner | None = None,
) -> list[Candidate]:
    """Term pairs offered for review, best first.

    *pairs* say which documents are near enough to share terms; *beads* are keyed by (Vietnamese
    id, English id), their indices count the sentences of `align.segment.sentences_of`. *known* are
    names known beforehand, by default the official ones; ``()`` mines without. *word_aligner*
    links the words of aligned sentences, by default the own one.
    """
    encoder = encoder or load_encoder()
    documents = list(documents)
    by_lang: dict[Lang, list[Document]] = {
        lang: [one for one in documents if one.lang == lang] for lang in ("vi", "en")
    }
    terms = {lang: collect(by_lang[lang], lang) for lang in by_lang}
    names = shared_names(terms["vi"], terms["en"])
    english_names = {key for keys in names.values() for key in keys}
    persons = {key for key in names if _is_person(terms["vi"][key])}
    close_at_names(terms["vi"], names, persons)
    close_at_names(
        terms["en"], english_names, {one for key in persons for one in names[key]}
    )
    known = official_names() if known is None else tuple(known)
    for lang, kept in (("vi", set(names)), ("en", english_names)):
        close_at_capitals(terms[lang], kept, _countries(lang))  # type: ignore[index]
    if not terms["vi"] or not terms["en"]:
        return []
    background = load_background(encoder)
    looked = _look(documents, encoder, background)
    judged = judge(
        list(terms["vi"].values()),
        list(terms["en"].values()),
        near={(pair.vi, pair.en) for pair in pairs},
        names=names,
        beads=beads,
        known=known,
        looked=looked,
        encoder=encoder,
        background=background,
        word_aligner=word_aligner,
    )
    dates = {one.id: one.date for one in by_lang["vi"]}
    return _choose(judged, terms["vi"], terms["en"], persons, dates)


def signature() -> str:
    """What the candidates depend on beside the encoder."""
    return f"mine:1|{load_model()['signature']}"


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
) -> list[_Pair]:
    """Every promising pair with its evidence and probability."""
    alone = [
        background[lang].centre_terms(*embed_terms([term.text for term in side], lang, encoder))
        for lang, side in (("vi", vi), ("en", en))
    ]
    cosines, margins = alone_cosines(*alone, background)
    contexts = context_vectors(vi, looked) @ context_vectors(en, looked).T
    near_by = nearness(cosines, contexts)
    links = linked_places(vi, en, beads, looked, word_aligner)
    official = _official(known)
    sounds = _sound_pairs(vi, en, names)
    english_names = {key for keys in names.values() for key in keys}
    best_en, best_vi = near_by.argmax(1), near_by.argmax(0)
    allowed = _near_terms(vi, en, near)
    pairs: list[_Pair] = []
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
        pairs.append(_Pair(one, two, evidence, linked))
    chances = probability([pair.evidence for pair in pairs])
    for pair, chance in zip(pairs, chances, strict=True):
        pair.probability = float(chance)
    return pairs


def _look(
    documents: Sequence[Document], encoder: Encoder, background: Mapping[Lang, Background]
) -> dict[SentenceKey, Sentence]:
    looked: dict[SentenceKey, Sentence] = {}
    for lang in LANGS:
        keyed: dict[SentenceKey, str] = {
            (lang, one.id, index): text
            for one in documents
            if one.lang == lang
            for index, text in sentences_by_index(one).items()
        }
        seen = look_at(list(keyed.values()), lang, encoder, background[lang])
        looked.update(zip(keyed, seen, strict=True))
    return looked


def _promising(
    vi: Sequence[Term],
    en: Sequence[Term],
    near_by: FloatArray,
    names: Mapping[str, set[str]],
    official: Mapping[str, Sequence[str]],
) -> set[tuple[int, int]]:
    """Pairs near in meaning, of equal letters, or known beforehand."""
    found: set[tuple[int, int]] = set()
    for table, turned, wanted in (
        (near_by, False, NEAREST_EN),
        (near_by.T, True, NEAREST_EN // 2),
    ):
        count = min(wanted, table.shape[1])
        for i, row in enumerate(np.argpartition(-table, count - 1, axis=1)[:, :count]):
            found.update((int(j), i) if turned else (i, int(j)) for j in row)
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


def _names_clash(
    vi: Term, en: Term, names: Mapping[str, set[str]], english_names: set[str]
) -> bool:
    """Whether one of the two is a name that the other language writes alike, and the other is not
    that name: one minister is never another."""
    if vi.key in names:
        return en.key not in names[vi.key]
    return en.key in english_names


def _countries(lang: str) -> set[str]:
    """Words of country names and their adjectives, lower-case: they stand before anything."""
    return {
        word
        for name in official_names()
        if name.kind == "country"
        for form in ((name.vi,) if lang == "vi" else name.en)
        for word in form.lower().split()
    }


def _officially(forms: Sequence[str] | None, key: str) -> float:
    if not forms:
        return 0.0
    if key not in forms:
        return -1.0
    return 1.0 if key == forms[0] else 0.8


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


def _choose(
    pairs: Sequence[_Pair],
    vi: Mapping[str, Term],
    en: Mapping[str, Term],
    persons: set[str],
    dates: Mapping[str, datetime.date | None],
) -> list[Candidate]:
    """One candidate a Vietnamese term, its other English forms as alternatives."""
    by_term: dict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.probability >= LEAST_PROBABILITY:
            by_term[pair.vi.key].append(pair)
    best: dict[str, _Pair] = {}
    for key, found in by_term.items():
        found.sort(key=lambda pair: (-pair.probability, pair.en.key))
        best[key] = found[0]
    nested = nested_always(vi)
    candidates = [
        _candidate(by_term[key], persons, _composed(pair, best), dates)
        for key, pair in best.items()
        if not _stands_aside(pair, nested, best)
    ]
    return sorted(candidates, key=lambda one: (-one.rank, one.vi))


def _stands_aside(pair: _Pair, nested: Mapping[str, str], best: Mapping[str, _Pair]) -> bool:
    """A form that lives only inside a longer one whose own pair is as good, and whose English form
    holds its own; an institution's beginning stands aside for the whole sooner."""
    around = best.get(nested.get(pair.vi.key, ""))
    if around is None or f" {pair.en.key} " not in f" {around.en.key} ":
        return False
    beginning = kind_of(pair.vi.text, False) == "institution" and around.vi.key.startswith(
        pair.vi.key
    )
    return around.probability >= (0.3 if beginning else pair.probability - 0.2)


def _composed(pair: _Pair, best: Mapping[str, _Pair]) -> bool:
    """Whether the pair is the sum of two shorter ones, a name among them: *Bộ Y tế Lào* is *Bộ Y
    tế* and *Lào*, while *bảo hiểm y tế* is more than its parts."""
    syllables = pair.vi.key.split()
    whole = f" {pair.en.key} "
    for cut in range(1, len(syllables)):
        parts = [best.get(" ".join(half)) for half in (syllables[:cut], syllables[cut:])]
        if any(part is not None and part.vi.name for part in parts) and all(
            part is not None and part.probability >= 0.5 and f" {part.en.key} " in whole
            for part in parts
        ):
            return True
    return False


def _candidate(
    pairs: Sequence[_Pair], persons: set[str], composed: bool, dates: Mapping[str, datetime.date | None]
) -> Candidate:
    first = pairs[0]
    kind = _kind(first.vi, persons)
    return Candidate(
        vi=first.vi.text,
        en=first.en.text,
        probability=round(first.probability, 4),
        kind=kind,
        count=len(first.vi.places),
        documents=tuple(sorted(first.vi.documents | first.en.documents)),
        examples=_examples(first),
        alternatives=tuple(
            Alternative(
                pair.en.text,
                round(pair.probability, 4),
                len(pair.en.places),
                tuple(sorted(pair.en.documents)),
                _shown(pair.evidence),
            )
            for pair in pairs[1 : 1 + ALTERNATIVES]
        ),
        channel=first.channel,
        termhood=round(_termhood(first.vi, kind) * _interest(first, composed), 4),
        en_count=len(first.en.places),
        en_documents=tuple(sorted(first.en.documents)),
        dates=tuple(sorted({d for one in first.vi.documents if (d := dates.get(one))})),
        evidence=_shown(first.evidence) | ({"composed": True} if composed else {}),
    )


def _interest(pair: _Pair, composed: bool) -> float:
    """What a pair keeps of its termhood: a sum of two others says little new, and a name that is
    written alike leaves nothing to decide."""
    return (0.7 if composed else 1.0) * (0.85 if bare(pair.vi.key) == bare(pair.en.key) else 1.0)


def _examples(pair: _Pair) -> tuple[Example, ...]:
    """Linked places first, the surest bead before; without any, one place of each side."""
    linked = sorted(pair.links, key=lambda link: (-link[2] * link[3], link[0].document))
    found: dict[tuple[str, str], Example] = {}
    for vi, en, weight, _ in linked:
        found.setdefault((vi.text, en.text), Example(vi, en, weight))
    if not found:
        found["", ""] = Example(pair.vi.places[0], pair.en.places[0], None)
    return tuple(found.values())[:EXAMPLES]


_BASE: dict[Kind, float] = {
    "institution": 0.75, "person": 0.75, "place": 0.75, "title": 0.7, "abbreviation": 0.65,
    "term": 0.5,
}  # fmt: skip


def _termhood(term: Term, kind: Kind) -> float:
    """Grows with repetition and spread; a lone syllable or plain word is a term less often than a
    compound, and a word of everyday news less often still."""
    base = _BASE[kind]
    size = len(term.key.split())
    if kind == "term":
        base = {1: 0.25, 2: 0.4, 3: 0.6, 4: 0.6, 5: 0.6}.get(size, base)
        if size <= 2 and f" {term.key} " in _general_text():
            base *= GENERAL
    spread = 0.15 * math.log2(len(term.places)) + 0.1 * (len(term.documents) - 1)
    return min(base * (1 + spread), 1.0)


@lru_cache(maxsize=1)
def _general_text() -> str:
    return f" {' '.join(words(key_vi(background_text('vi'))))} "


def _kind(term: Term, persons: set[str]) -> Kind:
    kind = kind_of(term.text, term.name)
    if kind == "person" and term.key not in persons and not _is_person(term):
        return "place" if term.name else "term"
    return kind


def _is_person(term: Term) -> bool:
    """A run of capitals of two syllables or more that stands after a title or begins with a
    surname, and nowhere after a word for a place."""
    syllables = term.key.split()
    if not term.name or len(syllables) < 2 or kind_of(term.text, True) != "person":
        return False
    if any(
        _PLACE_BEFORE.search(place.text[: place.start])
        or _PLACE_AFTER.search(place.text[place.end :])
        for place in term.places
    ):
        return False
    if len(syllables) >= 3 and bare(syllables[0]) in _SURNAMES:
        return True
    return any(_HONORIFIC.search(place.text[: place.start]) for place in term.places)


def _shown(evidence: Evidence) -> dict[str, float]:
    return {name: round(value, 3) for name, value in asdict(evidence).items()}
