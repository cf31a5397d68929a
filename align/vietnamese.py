"""Vietnamese words and their parts of speech, by pyvi.

Vietnamese writes a space between syllables, not words: *bệnh viện* (hospital) is one word of two.
pyvi's segmenter was the better of two for word alignment (error .086 against .101 with
underthesea, 30 hand-aligned pairs) and three times as fast.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from align.model import MissingExtra

_LOANS = re.compile(r"[_ ]?(?<![^\W_])(vắc|vi)[ _](xin|rút)(?![^\W_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place in the text it was cut from."""

    text: str
    start: int
    """Half-open code-point range in the NFC text."""
    end: int
    pos: str = ""
    """Part of speech by pyvi: N noun, Np name, Nc classifier, Nu unit, Ny abbreviation, V verb,
    A adjective, P pronoun, R adverb, L determiner, M number, E preposition, C conjunction,
    F punctuation, X other; empty where not tagged."""


def segment_words(text: str) -> list[Word]:
    """The words of an NFC *text* in order, punctuation among them."""
    return _placed(text, _tokenize(text).split())


def tag_words(text: str) -> list[Word]:
    """`segment_words` with parts of speech."""
    tokens, tags = _tagger().postagging(_tokenize(text))
    return _placed(text, tokens, list(tags))


def _tokenize(text: str) -> str:
    """Words parted by spaces, their syllables by underscores."""
    tokens: str = _pyvi().tokenize(text)
    # The segmenter does not know these two loans and joins their halves to their neighbours.
    return _LOANS.sub(r" \1_\2", tokens)


def _placed(text: str, tokens: list[str], tags: list[str] | None = None) -> list[Word]:
    """Find each token again in the text; the segmenter may have dropped or joined spaces."""
    found: list[Word] = []
    at = 0
    for index, token in enumerate(tokens):
        pattern = r"[\s_]*".join(re.escape(part) for part in token.split("_") if part) or "_+"
        match = re.compile(pattern).search(text, at)
        if match is None:
            continue
        at = match.end()
        pos = tags[index] if tags else ""
        if not match.group().strip():
            continue
        word = Word(" ".join(match.group().split()), match.start(), at, pos)
        if len(found) > 1 and _hyphenated(text, found[-2], found[-1], word):
            first = found[-2]
            found[-2:] = [Word(text[first.start : at], first.start, at, first.pos)]
        else:
            found.append(word)
    return found


def _hyphenated(text: str, first: Word, middle: Word, last: Word) -> bool:
    """Whether three tokens are one word with a hyphen: *COVID-19*, not *Việt Nam-Lào*."""
    return (
        middle.text == "-"
        and first.end == middle.start
        and middle.end == last.start
        and first.text[-1].isalnum()
        and (last.text[0].isdigit() or last.text[0].islower())
    )


@lru_cache(maxsize=1)
def _pyvi() -> Any:
    try:
        with warnings.catch_warnings():
            # Its model was pickled by an older scikit-learn; the parts used are unchanged.
            warnings.simplefilter("ignore")
            from pyvi import ViTokenizer
    except ImportError as error:
        raise MissingExtra("Vietnamese words need pyvi: pip install 'songngu[align]'") from error
    return ViTokenizer


@lru_cache(maxsize=1)
def _tagger() -> Any:
    _pyvi()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyvi import ViPosTagger
    return ViPosTagger
