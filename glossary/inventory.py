"""Every form that could be a term, with all its places, in both languages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from align.english import key_en
from align.lexical import stopwords
from align.model import Document, Lang
from align.segment import sentences_of
from align.text import fold_marks
from glossary.kinds import key_vi, kind_of
from glossary.model import Place
from glossary.phrases_en import english_phrases
from glossary.phrases_vi import vietnamese_phrases

_WORD_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_][^\W_]*) $")
_WORD_AFTER = re.compile(r" ([^\W\d_][^\W_]*)")

TITLE = -1
"""Sentence index of a document's title."""


@dataclass(slots=True)
class Term:
    """A form with its places."""

    key: str
    lang: Lang
    places: list[Place] = field(default_factory=list)
    surfaces: Counter[str] = field(default_factory=Counter)
    name: bool = False
    """Whether it stands as a run of capitals somewhere."""

    @property
    def text(self) -> str:
        """Its commonest spelling; a plain one before one in capitals of a heading."""
        return min(self.surfaces, key=lambda form: (-self.surfaces[form], form.isupper(), form))

    @property
    def documents(self) -> set[str]:
        return {place.document for place in self.places}


def sentences_by_index(document: Document) -> dict[int, str]:
    """The document's sentences, its title at -1."""
    found = dict(enumerate(sentences_of(document)))
    if document.title:
        found[TITLE] = document.title
    return found


def collect(documents: Iterable[Document], lang: Lang) -> dict[str, Term]:
    """All phrases of the documents of one language by their key."""
    phrases_of, key_of = (vietnamese_phrases, key_vi) if lang == "vi" else (english_phrases, key_en)
    stop = stopwords(lang)
    terms: dict[str, Term] = {}
    for document in documents:
        for index, sentence in sentences_by_index(document).items():
            for phrase in phrases_of(sentence):
                key = key_of(phrase.text)
                if not key or key in stop:
                    continue
                term = terms.setdefault(key, Term(key, lang))
                term.places.append(Place(document.id, index, phrase.start, phrase.end, sentence))
                term.surfaces[phrase.text.removeprefix("The ").removeprefix("the ")] += 1
                term.name = term.name or phrase.name
    return terms


def shared_names(vi: Mapping[str, Term], en: Mapping[str, Term]) -> dict[str, set[str]]:
    """Names both languages write alike (marks and spaces aside): Vietnamese key to English keys.

    A run of capitals counts where it is not always a part of a longer shared name: the *Lan* of
    *Đào Hồng Lan* does not.
    """
    english: dict[str, set[str]] = defaultdict(set)
    for term in en.values():
        if term.name:
            english[bare(term.key)].add(term.key)
    both = {
        key: found
        for key, term in vi.items()
        if term.name and (found := {one for one in english[bare(key)] if _alike(term.text, one)})
    }
    longest = _alone([vi[key] for key in both])
    longest_en = _alone([en[key] for keys in both.values() for key in keys])
    return {
        key: kept
        for key, keys in both.items()
        if key in longest and (kept := {one for one in keys if one in longest_en})
    }


def _alike(vi: str, en_key: str) -> bool:
    # One syllable without its marks is too little to go by: "Chỉnh" is not "Chính".
    return " " in vi or key_vi(vi) == en_key or kind_of(vi, True) == "place"


def close_at_names(terms: dict[str, Term], names: Iterable[str], persons: set[str]) -> None:
    """Drop the places of phrases that cut a shared name in two, stand inside it or hold a person's
    name, and the terms that are left without a place; *names* and *persons* are keys of *terms*."""
    spans: dict[tuple[str, int], list[tuple[int, int, bool]]] = defaultdict(list)
    kept = set(names)
    for key in kept:
        for place in terms[key].places:
            spans[place.document, place.sentence].append((place.start, place.end, key in persons))
    for key in list(terms):
        if key not in kept:
            _keep(
                terms,
                key,
                lambda place: (
                    not any(
                        (place.start < end and start < place.end)
                        and (person or not (place.start <= start and end <= place.end))
                        for start, end, person in spans[place.document, place.sentence]
                    )
                ),
            )


def close_at_capitals(terms: dict[str, Term], names: Iterable[str], free: set[str]) -> None:
    """Drop the places of phrases cut out of a longer run of capitals (*Prime Minister* in *Deputy
    Prime Minister*, *Việt Nam Health* in *Việt Nam Health Minister*).

    What stands beside a phrase may be capitalised where it is one of *names* (keys of *terms*) or
    of the *free* words, lower-case: countries and their adjectives.
    """
    kept = set(names)
    edges: dict[tuple[str, int], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for key in kept:
        for place in terms[key].places:
            starts, ends = edges[place.document, place.sentence]
            starts.add(place.start)
            ends.add(place.end)

    def whole(place: Place) -> bool:
        starts, ends = edges[place.document, place.sentence]
        before = _WORD_BEFORE.search(place.text, 0, place.start)
        after = _WORD_AFTER.match(place.text, place.end)
        first, last = place.text[place.start], place.text[: place.end].split()[-1][0]
        return not (
            (
                before is not None
                and before[1][0].isupper()
                and first.isupper()
                and before.start() > 0
                and place.start - 1 not in ends
                and place.start not in starts
                and before[1].lower() not in free
            )
            or (
                after is not None
                and after[1][0].isupper()
                and last.isupper()
                and place.end + 1 not in starts
                and place.end not in ends
                and after[1].lower() not in free
            )
        )

    for key in list(terms):
        if key not in kept:
            _keep(terms, key, whole)


def _keep(terms: dict[str, Term], key: str, wanted: Callable[[Place], bool]) -> None:
    """Keep the wanted places of a term, or drop the term."""
    places = [place for place in terms[key].places if wanted(place)]
    if places:
        terms[key].places = places
    else:
        del terms[key]


def nested_always(terms: Mapping[str, Term]) -> dict[str, str]:
    """Terms that stand nowhere but inside one longer term: the key of each and of that term."""
    containing = _containing(terms.values())
    found: dict[str, str] = {}
    for key, term in terms.items():
        common = set.intersection(*containing[key]) if containing[key] else set()
        if common and len(containing[key]) == len(term.places):
            found[key] = min(common, key=lambda one: (-len(one), one))
    return found


def bare(text: str) -> str:
    """Letters and figures alone, without marks: *Việt Nam*, *Vietnam* and *Viet Nam* are one.

    >>> bare("Việt Nam") == bare("Vietnam")
    True
    """
    return "".join(c for c in fold_marks(text) if c.isalnum())


def _alone(terms: Sequence[Term]) -> set[str]:
    """Keys of the terms that stand somewhere outside every longer one of the list."""
    containing = _containing(terms)
    return {term.key for term in terms if len(containing[term.key]) < len(term.places)}


def _containing(terms: Iterable[Term]) -> dict[str, list[set[str]]]:
    """For each term, one set a nested place: the keys of the longer terms around it."""
    terms = list(terms)
    by_sentence: dict[tuple[str, int], list[tuple[int, int, str]]] = defaultdict(list)
    for term in terms:
        for place in term.places:
            by_sentence[place.document, place.sentence].append((place.start, place.end, term.key))
    found: dict[str, list[set[str]]] = {term.key: [] for term in terms}
    for term in terms:
        for place in term.places:
            around = {
                key
                for start, end, key in by_sentence[place.document, place.sentence]
                if start <= place.start
                and place.end <= end
                and end - start > place.end - place.start
            }
            if around:
                found[term.key].append(around)
    return found
