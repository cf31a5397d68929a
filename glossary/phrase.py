"""A phrase that could be a term, and the runs of capitals that are names in both languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from align.lexical import stopwords
from align.model import Lang

_NAME_WORD = re.compile(r"[^\W_]+(?:(?:['’.]|-(?=\d|[^\W\d_](?<![A-ZĐÀ-Ý])))[^\W_]+)*")
"""As a syllable, but *Nam-Laos* is two names."""

_POSSESSIVE = re.compile(r"['’]s?$")

_SLASH = re.compile(r"(?<![A-ZĐ])/|/(?![A-ZĐ])")
"""A slash that stands for "or"; that of *HIV/AIDS* does not."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase in its sentence."""

    text: str
    start: int
    """Half-open code-point range in the sentence."""
    end: int
    name: bool
    """Whether it is a run of capitalised words alone."""


def capital_runs(sentence: str, lang: Lang) -> Iterator[Phrase]:
    """Names: runs of up to five capitalised words, and every run inside one."""
    runs: list[list[re.Match[str]]] = [[]]
    for match in _NAME_WORD.finditer(sentence):
        word = match.group()
        if match.start() == 0 and word.lower() in stopwords(lang) and not word.isupper():
            continue  # "But" of "But Livingston", "Ông" of "Ông Clark"
        between = sentence[runs[-1][-1].end() : match.start()] if runs[-1] else " "
        if not word[0].isupper():
            runs.append([])
        elif between.strip():
            runs.append([match])
        else:
            runs[-1].append(match)
    for run in runs:
        for first in range(len(run)):
            for last in range(first, min(first + 5, len(run))):
                start, end = run[first].start(), run[last].end()
                text = _POSSESSIVE.sub("", sentence[start:end])
                end = start + len(text)
                if len(text) > 1 and not (last == first and len(text) < 3):
                    yield Phrase(text, start, end, True)


def sound(text: str) -> bool:
    """Whether brackets and quotes close inside the phrase and it holds letters enough."""
    return (
        sum(unicodedata.category(c)[0] == "L" for c in text) >= 2
        and not any(c in text for c in '()[]“”"<>:;')
        and not _SLASH.search(text)
    )
