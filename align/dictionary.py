"""A small general dictionary: which words of two phrases are known to translate each other.

The encoder sees letters rather than meaning in a rare word that stands alone; a dictionary knows
it. *bệnh án điện tử* and *electronic medical record* consist of the same words, so they are one
term although neither was ever seen whole (compositional translation; Morin and Daille 2010, "A
compositional approach for lexicon extraction from comparable corpora"). Its some thousands of
entries were written for this project from general knowledge, without sight of any text it is
measured on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from align.english import stem
from align.lexical import stopwords
from align.text import fold, fold_marks

READINGS = 1 << 12
"""Phrases kept as the dictionary reads them, some kilobytes each."""
LONGEST = 5
"""Syllables of the longest Vietnamese entry, and tokens of the longest English one."""

_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A Vietnamese phrase as the dictionary reads it."""

    syllables: tuple[str, ...]
    content: tuple[bool, ...]
    """Which of them are no function words."""
    entries: tuple[tuple[int, int, frozenset[str]], ...]
    """Half-open range of syllables, and its translations as `spelled` gives them."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """An English phrase as the dictionary compares it."""

    tokens: tuple[str, ...]
    content: tuple[bool, ...]
    spans: tuple[tuple[int, int, str], ...]
    """Half-open range of tokens, and its letters by stems."""


@lru_cache(maxsize=1)
def entries() -> dict[str, frozenset[str]]:
    """Folded Vietnamese word to its English renderings as `spelled` gives them."""
    text = (resources.files("align.resources") / "dictionary.tsv").read_text("utf-8")
    found: dict[str, frozenset[str]] = {}
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            vi, _, en = line.partition("\t")
            key = fold(vi)
            found[key] = found.get(key, frozenset()) | {spelled(one) for one in en.split(" | ")}
    return found


def spelled(english: str) -> str:
    """The stems of an English phrase without spaces: *health-care* is *health care*.

    >>> spelled("Health-care services") == spelled("healthcare service")
    True
    """
    return _letters(_TOKEN.findall(fold(english)))


def _letters(tokens: Sequence[str]) -> str:
    """What `spelled` gives of folded tokens."""
    stems = [stem(token) for token in tokens]
    joined = "".join(stems)
    # The "ups" of "check-ups" is too short for a plural of its own.
    return stem(joined) if stems and stems[-1] == tokens[-1] else joined


@lru_cache(maxsize=READINGS)
def read_vietnamese(phrase: str) -> Reading:
    """The entries that stand in a phrase; a syllable inside a longer entry is no word."""
    syllables = tuple(_TOKEN.findall(phrase))
    folded = [fold(one) for one in syllables]
    known = entries()
    spans = [
        (i, j, known[key])
        for i in range(len(folded))
        for j in range(i + 1, min(i + LONGEST, len(folded)) + 1)
        if (key := " ".join(folded[i:j])) in known
    ]
    inner = {k for i, j, _ in spans if j - i > 1 for k in range(i, j)}
    return Reading(
        syllables,
        tuple(one not in stopwords("vi") for one in folded),
        tuple(span for span in spans if span[1] - span[0] > 1 or span[0] not in inner),
    )


@lru_cache(maxsize=READINGS)
def read_english(phrase: str) -> Spelling:
    """The tokens of a phrase and every run of them."""
    tokens = tuple(_TOKEN.findall(phrase.replace("’s", "").replace("'s", "")))
    stop = stopwords("en")
    return Spelling(tokens, tuple(fold(one) not in stop for one in tokens), spans(tokens))


def spans(tokens: Sequence[str]) -> tuple[tuple[int, int, str], ...]:
    """Every run of words: half-open range and letters as `spelled` gives them."""
    parts = [[t for t in _TOKEN.findall(fold(token))] for token in tokens]
    return tuple(
        (i, j, _letters([t for part in parts[i:j] for t in part]))
        for i in range(len(parts))
        for j in range(i + 1, min(i + LONGEST, len(parts)) + 1)
    )


def coverage(vi: Reading, en: Spelling) -> tuple[float, float]:
    """Shares, 0 to 1, of the syllables and of the English words that carry content and have their
    translation in the other phrase; names and figures that are written alike count.

    >>> coverage(read_vietnamese("bệnh viện huyện"), read_english("district hospitals"))
    (1.0, 1.0)
    >>> coverage(read_vietnamese("bệnh viện"), read_english("district hospital"))
    (1.0, 0.5)
    """
    rows, columns = [False] * len(vi.syllables), [False] * len(en.tokens)
    for start, end, translations in vi.entries:
        for first, last, letters in en.spans:
            if letters in translations:
                rows[start:end] = [True] * (end - start)
                columns[first:last] = [True] * (last - first)
    for i, syllable in enumerate(vi.syllables):
        for j, token in enumerate(en.tokens):
            if _written_alike(syllable, token):
                rows[i] = columns[j] = True
    return _share(rows, vi.content), _share(columns, en.content)


def _written_alike(syllable: str, token: str) -> bool:
    if not (syllable[0].isupper() and token[0].isupper()) and not syllable[0].isdigit():
        return False
    return fold_marks(syllable) == fold_marks(token)


def _share(covered: Sequence[bool], content: Sequence[bool]) -> float:
    counted = [one for one, counts in zip(covered, content, strict=True) if counts] or covered
    return sum(counted) / len(counted) if counted else 0.0
