"""Which phrases of an English sentence could be terms: their edges are right.

Noun phrases, noun phrases joined by *of* or *and*, Title-Case runs; runs of capitals are names.
Which of the many are terms is decided later, by their partners.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from align.lexical import stopwords
from align.model import MissingExtra
from align.text import is_acronym
from glossary.phrase import Phrase, capital_runs, sound

LONGEST_EN = 7
"""Words of the longest English phrase."""

_EN_TOKEN = re.compile(r"[^\W_]+(?:[-’'/.][^\W_]+)*(?<!['’]s)|['’]s\b|['’]|[^\s\w]")

_EN_NOUN = frozenset({"NN", "NNS", "NNP", "NNPS", "NNP-PERS", "NNP-LOC", "NNP-ORG"})

_EN_INNER = _EN_NOUN | {"JJ", "JJR", "VBG", "VBN", "CD"}

_OWNERS = frozenset({"People", "Women", "Children", "Farmers", "Workers", "Deputies", "Party"})
"""Owners that are part of an institution's name."""


def english_phrases(sentence: str) -> list[Phrase]:
    """Every phrase of an English sentence that could be a term, names among them."""
    tokens = [(m.group(), m.start(), m.end()) for m in _EN_TOKEN.finditer(sentence)]
    tagged = _nouns_by_place([text for text, _, _ in tokens])
    phrases = {(p.start, p.end): p for p in _en_noun_phrases(sentence, tokens, tagged)}
    phrases.update({(p.start, p.end): p for p in capital_runs(sentence, "en")})
    return list(phrases.values())


def _nouns_by_place(tokens: list[str]) -> list[str]:
    """Tags, with what must be a noun where it stands tagged as one.

    >>> _nouns_by_place("rules on health quarantine were put off".split())[3]
    'NN'
    >>> _nouns_by_place("care for the elderly .".split())[3]
    'NN'
    >>> _nouns_by_place("some lower back pain".split())[2]
    'NN'
    """
    tags = _tags(tokens)
    for k, token in enumerate(tokens):
        before = tags[k - 1] if k else ""
        after = tags[k + 1] if k + 1 < len(tags) else "."
        ends = after not in _EN_INNER and not after.startswith(("DT", "PRP"))
        if (
            # A singular noun has no plain verb beside it.
            (tags[k] in ("VB", "VBP") and before in ("NN", "JJ"))
            or (tags[k] == "VBG" and before in ("NN", "JJ", "NNP") and ends)
            # The "An" of "Nghệ An" is no article.
            or (k and token.istitle() and not tokens[k - 1].isascii() and before == "NNP")
            or (tags[k] == "RB" and before in ("JJ", "JJR") and after in _EN_NOUN)
            or (tags[k] == "JJ" and "-" in token and token.endswith("s") and ends)
            or (token == "general" and before in ("NN", "NNP"))
            or (tags[k] == "JJ" and k and tokens[k - 1].lower() == "the" and ends)
        ):
            tags[k] = "NN"
    return tags


def _en_noun_phrases(
    sentence: str, tokens: Sequence[tuple[str, int, int]], tags: Sequence[str]
) -> Iterator[Phrase]:
    stop = stopwords("en")

    def inner(k: int) -> bool:
        text = tokens[k][0]
        if is_acronym(text):  # the country, not the pronoun
            return True
        return tags[k] in _EN_INNER and text[0].isalnum() and text.lower() not in stop

    for first in range(len(tokens)):
        if not inner(first) or (tags[first] == "CD" and tokens[first][0].isdigit()):
            continue
        joins = 0
        for last in range(first, min(first + LONGEST_EN + 2, len(tokens))):
            text = tokens[last][0]
            if last > first and not inner(last):
                capital = tokens[last - 1][0][0].isupper() or tokens[first][0][0].isupper()
                following = tokens[last + 1][0] if last + 1 < len(tokens) else ""
                link = text.lower() in ("of", "and", "for", "on", "&", "in") or (
                    # "War Invalids, Social Affairs", but not "District, Hà Giang Province".
                    text == ","
                    and following[:1].isupper()
                    and " of " in f" {_before(tokens, first, last)} "
                )
                plain = text.lower() in ("of", "and")
                possessive = (
                    tags[last] == "POS"
                    and last + 1 < len(tokens)
                    and (tokens[last - 1][0] in _OWNERS or not capital)
                )
                the = text.lower() == "the" and tokens[last - 1][0].lower() in ("of", "for")
                if the or possessive:
                    continue
                if not (link if capital else plain) or joins >= (3 if capital else 2):
                    break
                joins += 1
                continue
            owned = last > first and tokens[last - 1][0] in ("'s", "’s", "'", "’")
            if owned and tokens[last - 2][0] not in _OWNERS:
                # "Laos' health sector" is two terms, "People's Committee" one.
                break
            if text in _OWNERS and tags[last + 1 : last + 2] == ["POS"]:
                continue
            numbered = text.isdigit() and last > first and tokens[last - 1][0][0].isupper()
            if (
                tags[last] in _EN_NOUN
                or (text[0].isupper() and tags[last] != "CD")
                or numbered  # "Formula 1"
            ):
                start, end = tokens[first][1], tokens[last][2]
                phrase = sentence[start:end]
                if sound(phrase) and len(phrase.split()) <= LONGEST_EN:
                    yield Phrase(phrase, start, end, False)


def _before(tokens: Sequence[tuple[str, int, int]], first: int, last: int) -> str:
    return " ".join(text for text, _, _ in tokens[first:last])


def _tags(tokens: list[str]) -> list[str]:
    """Part-of-speech tags of English tokens, by the lexicon tagger that comes with TextBlob."""
    tagger = _tagger()
    # A slash parts word and tag in the tagger's own format.
    tagged = tagger(" ".join(token.replace("/", "-") for token in tokens), False)
    tags = [str(tag) for _, tag in tagged]
    if len(tags) != len(tokens):
        # It joins or splits a token now and then; then word by word, without context.
        tags = [
            str((tagger(token.replace("/", "-"), False) or [("", "NN")])[0][1]) for token in tokens
        ]
    return tags


@lru_cache(maxsize=1)
def _tagger() -> Any:
    try:
        from textblob.en.taggers import PatternTagger
    except ImportError as error:
        raise MissingExtra("English phrases need textblob: pip install 'songngu[align]'") from error
    return PatternTagger().tag
