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
from typing import Any, Generic, TypeVar

from align.model import Lang
from align.text import fold_tone_place, is_acronym
from glossary.english import singular

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]|_")
_GAP = frozenset("-‐‑'’")
_NOT_PROSE = re.compile(
    r"""(?x)
      (?:https?://|www\.)[^\s<>"']+             # addresses
    | [\w.+-]+@[\w-]+\.[\w.-]+
    | </?[A-Za-z][^<>]*>                        # markup
    | &\#?\w+;
    | `[^`]+`                                   # code
    | \$?\{[^{}\s]*\}                           # {name}, ${name}
    | %\(\w+\)[-+\#0]*\d*(?:\.\d+)?[a-zA-Z]     # %(name)s
    | %(?:\d+\$)?[-+\#0]*\d*(?:\.\d+)?[sdiufgcrxX](?![^\W\d_])
    """
)
_LONE_Y = re.compile(
    "^([^aeiouyàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữự]*)([yỳýỷỹỵ])$"
)
_Y_TO_I = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Token:
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
    masked = _NOT_PROSE.sub(lambda match: "\x00" * len(match.group()), text)
    found: list[Token] = []
    for match in _TOKEN.finditer(masked):
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
    bare = re.sub("['’]s?$", "", word)
    if is_acronym(word.removesuffix("s")):  # "NGOs", "WHO's"
        return bare.removesuffix("s").lower()
    return singular(fold_tone_place(bare.lower()))


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A term found."""

    what: T
    """What was entered with the term."""
    start: int
    """Half-open code-point range in the text."""
    end: int

    def inside(self, other: Hit[Any]) -> bool:
        """Whether it lies in a longer one."""
        longer = other.end - other.start > self.end - self.start
        return longer and other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True)
class _Entry(Generic[T]):
    what: T
    term: tuple[str, ...]
    """Its tokens as written."""
    exact: bool


class _Node(Generic[T]):
    __slots__ = ("children", "entries")

    def __init__(self) -> None:
        self.children: dict[str, _Node[T]] = {}
        self.entries: list[_Entry[T]] = []


class Matcher(Generic[T]):
    """Finds the terms entered, in one language."""

    def __init__(self, lang: Lang, *, capitals: bool) -> None:
        """*capitals*: whether a capitalised word of a term needs a capital in the text; acronyms
        always do."""
        self._lang = lang
        self._capitals = capitals
        self._root: _Node[T] = _Node()

    def add(self, term: str, what: T, *, exact: bool = False) -> None:
        """Enter a term; *exact*: it is found as written only."""
        found = tokens(term, self._lang)
        node = self._root
        for token in found:
            if not token.folded:
                return  # a placeholder is no term
            node = node.children.setdefault(token.folded, _Node())
        if found:
            node.entries.append(_Entry(what, tuple(token.text for token in found), exact))

    def hits(self, found: Sequence[Token]) -> Iterator[Hit[T]]:
        """All hits in the tokens of a text, by start, shorter before longer."""
        for index in range(len(found)):
            node = self._root
            for end in range(index, len(found)):
                following = node.children.get(found[end].folded)
                if following is None:
                    break
                node = following
                for entry in node.entries:
                    if self._written(entry, found[index : end + 1]):
                        yield Hit(entry.what, found[index].start, found[end].end)

    def _written(self, entry: _Entry[T], there: Sequence[Token]) -> bool:
        pairs = zip(entry.term, there, strict=True)
        if entry.exact:
            return all(term == token.text for term, token in pairs)
        return all(self._capital(term, token.text) for term, token in pairs)

    def _capital(self, term: str, text: str) -> bool:
        if is_acronym(term):
            return is_acronym(text.removesuffix("s")) or is_acronym(re.sub("['’]s?$", "", text))
        return not (self._capitals and term[0].isupper()) or text[0].isupper()


def outermost(hits: Iterable[Hit[T]]) -> list[Hit[T]]:
    """Those that lie in no longer one."""
    found = list(hits)
    return [hit for hit in found if not any(hit.inside(other) for other in found)]
