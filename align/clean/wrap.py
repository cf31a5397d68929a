"""Lines that were broken at a fixed width, put together again.

A text set by a program breaks a line where the next word no longer fits; so a line belongs to the
one before it exactly where its first word would not have fitted there.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from align.clean.line import ITEM, Line
from align.lexicon import english_words
from align.text import words

WIDEST = 100
"""Characters of the widest line that is taken for a broken one."""
NARROWEST = 50
LEAST_BREAKS = 6
"""So many breaks that a width explains tell that a page is set to it."""

_BROKEN = re.compile(r"([^\W\d_]+)-$")
_SUSPENDED = re.compile(r"\w- (?:and|or|to) \w+-$")
"""*short- and long-*: what follows has a hyphen of its own."""


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page with broken ones joined; all as they are where the page is not set to a
    width. A hyphen at the end of a line goes where it only broke a word."""
    width = _width(lines)
    if not width:
        return list(lines)
    known = {word.lower() for line in lines for word in words(line.text)}
    paragraphs: list[list[Line]] = []
    for line in lines:
        last = paragraphs[-1][-1] if paragraphs else None
        if last is not None and line.number == last.number + 1 and _continues(last, line, width):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [_paragraph(broken, known) for broken in paragraphs]


def _paragraph(broken: Sequence[Line], known: set[str]) -> Line:
    first = broken[0]
    pieces = [first.text]
    for line in broken[1:]:
        # Only the end of a piece tells how the next one joins it.
        pieces[-1:] = _joined(pieces[-1], line.text, known)
    return Line("".join(pieces), first.number, first.blank_before, first.kind)


def _width(lines: Sequence[Line]) -> int:
    """The width a page is set to: the one that explains most of its breaks; 0 where none explains
    half of them."""
    pairs = [
        (len(above.text), len(above.text) + 1 + len(line.text.split()[0]))
        for above, line in itertools.pairwise(lines)
        if line.number == above.number + 1 and not ITEM.match(line.text)
    ]
    # Menus and footers are set by others, paragraphs of one line are longer.
    short = [pair for pair in pairs if pair[0] <= WIDEST]
    if len(short) < max(LEAST_BREAKS, 0.8 * len(pairs)):
        return 0

    # Each break is explained by every width from its line's length to what the next word needs.
    steps = [0] * (WIDEST + 2)
    for length, needed in short:
        steps[length] += 1
        steps[min(needed, WIDEST + 1)] -= 1
    explained = list(itertools.accumulate(steps))
    width = max(range(NARROWEST, WIDEST + 1), key=explained.__getitem__)
    good = explained[width]
    beyond = sum(length > width for length, _ in short)
    return width if good >= max(LEAST_BREAKS, 0.5 * len(short)) and beyond <= 0.1 * good else 0


def _continues(above: Line, line: Line, width: int) -> bool:
    if ITEM.match(line.text) or len(above.text) > width:
        return False
    if above.text.endswith("-"):  # the front part of a broken word filled the line
        return len(above.text) >= width - 15
    # Items hang by spaces that are not counted.
    if ITEM.match(above.text) and line.text[0].islower() and len(above.text) > 0.6 * width:
        return True
    return len(above.text) + 1 + len(line.text.split()[0]) > width


def _joined(above: str, below: str, known: set[str]) -> tuple[str, str]:
    """Two pieces of a paragraph, which joined without a space give its text."""
    broken = _BROKEN.search(above)
    if above.endswith("-") and not above.endswith(" -"):
        first = re.match(r"[^\W\d_]*", below)
        rest = first.group() if first else ""
        if (
            broken
            and rest[:1].islower()
            and not _SUSPENDED.search(above)
            and not _hyphened(broken[1], rest, known)
        ):
            return above[:-1], below
        # "short- and long-": the hyphen stands for a part that is left out.
        return above, (" " if rest in ("and", "or", "to") else "") + below
    return above, f" {below}"


def _hyphened(front: str, rest: str, known: set[str]) -> bool:
    """Whether a hyphen between the two is more than a break: by the page's own words, then by an
    English word list."""
    front, rest = front.lower(), rest.lower()
    if f"{front}-{rest}" in known:
        return True
    if f"{front}{rest}" in known:
        return False
    known_words = english_words()
    joined = f"{front}{rest}"
    return joined not in known_words and {front, rest} <= known_words
