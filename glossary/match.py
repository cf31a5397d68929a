"""Where terms stand in a text: a trie over tokens, whole words only, every overlapping hit.

Tokens are compared folded: composed, lower case, old tone place, *i* for a lone *y* (*bác sỹ*),
English plural and possessive taken off. Spaces and hyphens count alike, other punctuation counts as
it stands. What the folding hides is looked at again at each hit: a capitalised word of a term needs
a capital, an acronym needs its capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from align.english import stem
from align.model import Lang
from align.text import fold_tone_place

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]|_")
_GAP = frozenset("-‐‑–'’")
_AS_SPACE = re.compile(
    r"&(?:nbsp|\#160|\#x[aA]0);|</?(?:a|abbr|b|em|g|i|mark|span|strong|sub|sup|u)(?:\s[^<>]*)?>"
)
"""No-break spaces and tags that stand inside a phrase."""
_NOT_PROSE = re.compile(
    r"""(?xi)
      (?:(?:https?|ftp)://|www\.)[^\s<>"']+       # addresses
    | (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,200}
    | <!--.{0,1000}?-->                          # markup
    | </?[a-z][^<>]*>
    | &\#?\w+;
    | `[^`]+`                                    # code
    | \{\{[^{}]{0,200}\}\} | \{%[^{}]{0,200}%\}   # {{ name }}, {% tag %}
    | \$?\{\s*[\w.\[\]]+\s*(?:[!:,][^{}]{0,200})?\}   # {name}, ${name}, {count, number}
    | \$[a-z_]\w* | %[a-z_]\w*%                  # $name, %name%
    | %\(\w+\)[-+\#0]{0,5}\d{0,4}(?:\.\d{1,4})?[a-z]      # %(name)s
    | %(?:\d{1,2}\$)?[-+\#0]{0,5}\d{0,4}(?:\.\d{1,4})?[sdiufgcrx](?![^\W\d_])
    """,
    re.DOTALL,
)
_MAYBE_NOT_PROSE = re.compile(r"[<{%`&@$]|://|www\.", re.IGNORECASE)
"""Stands in every text that holds such a thing; most texts hold none."""
_POSSESSIVE = re.compile("['’][sS]?$")
_LONE_Y = re.compile(
    "^([^aeiouyàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữự]*)([yỳýỷỹỵ])$"
)
_Y_TO_I = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))


T = TypeVar("T")


class Token(NamedTuple):
    """A word or a mark of a text."""

    folded: str
    text: str
    start: int
    """Half-open code-point range in the text."""
    end: int


def tokens(text: str, lang: Lang) -> list[Token]:
    """The tokens of NFC *text* in order; hyphens and apostrophes are gaps, and placeholders,
    markup, addresses and code are one token each, which equals nothing."""
    fold = _fold_en if lang == "en" else _fold_vi
    if _MAYBE_NOT_PROSE.search(text):
        text = _AS_SPACE.sub(lambda match: " " * len(match.group()), text)
        text = _NOT_PROSE.sub(lambda match: "\x00" * len(match.group()), text)
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == "\x00":
            if not found or found[-1].folded:
                found.append(Token("", "", match.start(), match.end()))
        elif token not in _GAP:
            found.append(Token(fold(token), token, match.start(), match.end()))
    return found


@lru_cache(65536)
def _fold_vi(word: str) -> str:
    word = fold_tone_place(word.lower())
    lone = _LONE_Y.match(word)
    return lone[1] + _Y_TO_I[lone[2]] if lone else word


@lru_cache(65536)
def _fold_en(word: str) -> str:
    return stem(fold_tone_place(_POSSESSIVE.sub("", word).lower()))


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A term found."""

    what: T
    """What was entered with the term."""
    start: int
    """Half-open code-point range in the text."""
    end: int

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class _Entry(Generic[T]):
    what: T
    term: tuple[str, ...]
    """Its tokens as written."""
    exact: bool
    capitals: bool


class _Node(Generic[T]):
    __slots__ = ("children", "entries")

    def __init__(self) -> None:
        self.children: dict[str, _Node[T]] = {}
        self.entries: list[_Entry[T]] = []


class Matcher(Generic[T]):
    """Finds the terms entered, in one language."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._root: _Node[T] = _Node()

    def add(self, term: str, what: T, *, exact: bool = False, capitals: bool = True) -> None:
        """Enter a term. *exact*: it is found as written only; *capitals*: a capitalised word of it
        needs a capital in the text. Words with two capitals need theirs in any case."""
        found = tokens(term, self._lang)
        node = self._root
        for token in found:
            if not token.folded:
                return  # a placeholder is no term
            node = node.children.setdefault(token.folded, _Node())
        if found:
            node.entries.append(_Entry(what, tuple(token.text for token in found), exact, capitals))

    def hits(self, found: Sequence[Token]) -> Iterator[Hit[T]]:
        """All hits in the tokens of a text, by start, shorter before longer."""
        first = self._root.children
        for index, token in enumerate(found):
            node = first.get(token.folded)
            end = index
            while node is not None:
                for entry in node.entries:
                    if self._written(entry, found[index : end + 1]):
                        yield Hit(entry.what, token.start, found[end].end)
                end += 1
                node = node.children.get(found[end].folded) if end < len(found) else None

    def _written(self, entry: _Entry[T], there: Sequence[Token]) -> bool:
        pairs = zip(entry.term, there, strict=True)
        if entry.exact:
            return all(term == token.text for term, token in pairs)
        return all(_capital(term, token.text, entry.capitals) for term, token in pairs)


def _capital(term: str, text: str, capitals: bool) -> bool:
    if sum(map(str.isupper, term)) >= 2:  # WHO, MoH
        bare = _POSSESSIVE.sub("", text)
        return term in (bare, bare.removesuffix("s")) or (bare.isupper() and bare == term.upper())
    return not (capitals and term[0].isupper()) or text[0].isupper()


def outermost(hits: Iterable[Hit[T]]) -> list[Hit[T]]:
    """Those that lie in no longer one, by start."""
    found = []
    reach, last = -1, (-1, -1)
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        # What came before begins no later; what reaches as far and has another span is longer.
        if hit.end > reach or hit.span == last:
            found.append(hit)
            reach, last = hit.end, hit.span
    return found
