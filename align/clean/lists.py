"""Lines of pages that are known by their wording: songngu's own lists and those of a project.

``resources/furniture.tsv`` holds regular expressions; a project's lists in ``songngu.yaml`` are
plain lines in which ``*`` stands for any text, so that a list from others cannot be made to run
for hours.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from align.config import CleanConfig

LISTED = "listed"
"""The kind of a line that only a project's own list knows."""
LONGEST = 2000
"""Characters of the longest line that is compared with the lists."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one place as one expression, which is much faster than one after another."""

    pattern: re.Pattern[str]
    kinds: tuple[str, ...]

    def kind(self, match: re.Match[str] | None) -> str:
        return self.kinds[int(match.lastgroup[1:])] if match and match.lastgroup else ""


class Lists:
    """What the wording of a line tells of it."""

    def __init__(self, own: CleanConfig) -> None:
        rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
        text = (resources.files("align.resources") / "furniture.tsv").read_text("utf-8")
        for row in text.splitlines():
            if row and not row.startswith("#"):
                kind, place, pattern = row.split("\t")
                rows[place].append((kind, pattern))
        rows["line"] += ((LISTED, _expression(line)) for line in own.lines)
        rows["end"] += ((LISTED, _expression(line)) for line in own.ends)
        self._rows = {place: _joined(found) for place, found in rows.items()}

    def line(self, text: str) -> str:
        """The kind of a line that is never an article, or an empty string."""
        return self._kind("line", text) or self._kind("prefix", text)

    def head(self, text: str) -> str:
        """The kind of a line that before the article is none of it."""
        return self._kind("head", text)

    def end(self, text: str) -> str:
        """The kind of what follows a line, with which the article is over."""
        return self._kind("end", text)

    def prefix(self, text: str) -> int:
        """How many characters of other things are glued to the front of a line."""
        match = self._rows["prefix"].pattern.match(text)
        return match.end() if match and match.end() < len(text) else 0

    def _kind(self, place: str, text: str) -> str:
        if len(text) > LONGEST:
            return ""
        rows = self._rows[place]
        return rows.kind(rows.pattern.fullmatch(text))


@lru_cache(maxsize=4)
def lists_with(own: CleanConfig) -> Lists:
    """songngu's lists with those of a project."""
    return Lists(own)


def _joined(rows: Iterable[tuple[str, str]]) -> _Rows:
    rows = list(rows)
    # The name of the group that matched is the number of its row.
    pattern = "|".join(f"(?P<r{number}>{pattern})" for number, (_, pattern) in enumerate(rows))
    return _Rows(re.compile(pattern, re.IGNORECASE), tuple(kind for kind, _ in rows))


def _expression(line: str) -> str:
    """A project's line as an expression; white space of any width fits a space.

    >>> _expression("Hotline: *")
    '(?>Hotline:\\\\s+).*'
    """
    parts = [re.escape(part).replace(r"\ ", r"\s+") for part in " ".join(line.split()).split("*")]
    # Atomic: of what a star may stand for the shortest is enough, and nothing is tried twice.
    inner = "".join(f"(?>.*?{part})" for part in parts[1:-1] if part)
    return f"(?>{parts[0]}){inner}.*{parts[-1]}" if len(parts) > 1 else parts[0]
