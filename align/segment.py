"""Text to sentences: rules for the Vietnamese and English of ministries and newspapers.

A line break always ends a sentence. Inside a line a full stop, question or exclamation mark or
ellipsis ends one where the next word begins like a sentence and what stands before the mark is no
abbreviation, initial or number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

from align.model import Document, Lang, Segment
from align.text import nfc

_LINE = re.compile(r"[^\n]+")
_END = re.compile(
    r"""
    \./\.                                # the end mark of Vietnamese official texts
    | (?<![.!?…]) [.!?…]++ ["'”’»)\]]*+  # a mark, with quotes or brackets that close after it
      (?= \s+ ["'“‘«(\[–—-]* \s* [^\W_a-z] | \s*$ | (?<=\s\.)[^\W\d_] )
    """,
    re.VERBOSE,
)
LONGEST_TOKEN = 80
"""Characters before a mark that tell whether it ends a sentence."""
_LAST_TOKEN = re.compile(r"[^\s(\[“\"]+$")
_INITIAL = re.compile(r"(?:^|[.\s])[^\W\d_]$")
_DOTTED = re.compile(r"^(?:[^\W\d_]{1,4}\.)+[^\W\d_]{0,4}$")
_LIST_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
_STARTER = re.compile(
    r"\s+(?:The|He|She|It|They|We|This|That|These|In|On|At|But|And|However|Meanwhile|Ông|Bà|Theo"
    r"|Tại|Trong|Ngày|Các|Những)\b"
)


def split_sentences(text: str, lang: Lang) -> list[Segment]:
    """Sentences of *text* in order, as half-open code-point ranges of its NFC form.

    Every character that is not white space belongs to exactly one segment.

    >>> [s.text for s in split_sentences("GS.TS. An đến. Ông họp./. Hết", "vi")]
    ['GS.TS. An đến.', 'Ông họp./.', 'Hết']
    """
    text = nfc(text)
    abbreviations = _abbreviations(lang)
    segments: list[Segment] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for mark in _END.finditer(text, line.start(), line.end()):
            if mark.end() < line.end() and _inside(text, start, mark, abbreviations):
                continue
            _add(segments, text, start, mark.end())
            start = mark.end()
        _add(segments, text, start, line.end())
    return segments


def sentences_of(document: Document) -> list[str]:
    """The sentences of a document's paragraphs in order; beads count in them, from 0."""
    return [
        segment.text
        for paragraph in document.paragraphs
        for segment in split_sentences(paragraph, document.lang)
    ]


def _inside(text: str, start: int, mark: re.Match[str], abbreviations: frozenset[str]) -> bool:
    """Whether the mark stands inside a sentence: after an abbreviation, an initial, a number of a
    list."""
    if mark.group()[0] != "." or mark.group() == "./.":
        return False
    # Not all that stands before: a line of a million abbreviations is no sentence.
    near = max(start, mark.start() - LONGEST_TOKEN)
    before = _LAST_TOKEN.search(text, near, mark.start())
    if before is None:
        # A mark after a space ("khác .Nga") ends what stands before it.
        return text[near : mark.start()].strip() == ""
    token = before.group()
    if "." in token and _DOTTED.match(token):
        # "at 10 a.m. The minister left": only a word that opens sentences decides.
        return _STARTER.match(text, mark.end()) is None
    if token.lower() == "no":
        return text[mark.end() : mark.end() + 2].strip().isdigit()
    if token.lower() in abbreviations:
        return True
    opening = text[max(start, before.start() - LONGEST_TOKEN) : before.start()].strip()
    if _INITIAL.search(token) and token[-1].isupper():
        # "Nguyễn Văn A. Lan" has a name before the initial, "viêm gan B. Bệnh" has none.
        return not opening or opening.split()[-1].lstrip('(“"')[:1].isupper()
    # "1. Mục tiêu" opens a list item; "năm 2024. Ông" ends a sentence.
    return not opening and _LIST_NUMBER.fullmatch(token) is not None


def _add(segments: list[Segment], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    inner = piece.strip()
    if not inner:
        return
    start += len(piece) - len(piece.lstrip())
    segments.append(Segment(inner, start, start + len(inner)))


@lru_cache(maxsize=2)
def _abbreviations(lang: Lang) -> frozenset[str]:
    """Lower-case abbreviations without their last full stop."""
    lines = (resources.files("align.resources") / f"abbreviations.{lang}.txt").read_text("utf-8")
    return frozenset(
        line.strip().removesuffix(".").lower()
        for line in lines.splitlines()
        if line.strip() and not line.startswith("#")
    )
