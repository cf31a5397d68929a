"""A text that remembers where each of its characters stood before it was edited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from align.model import Repair

Patch = tuple[int, int, str]
"""Half-open range of the present text and what comes in its place."""


class EditedText:
    """The text after some fixes, and the repairs that led to it with their places in the raw."""

    def __init__(self, raw: str) -> None:
        self.text = raw
        self.repairs: list[Repair] = []
        # Where each character began and ended in the raw text; None while nothing moved.
        self._starts: list[int] | None = None
        self._ends: list[int] = []
        self._raw = raw

    def apply(self, fix: str, patches: Iterable[Patch]) -> None:
        """Make the changes of one fix; ranges are in order and do not overlap."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        last = 0
        for start, end, after in patches:
            if self._starts is None:
                self._starts = list(range(len(self.text)))
                self._ends = list(range(1, len(self.text) + 1))
            raw_start, raw_end = self._raw_range(start, end)
            self.repairs.append(
                Repair(self._raw[raw_start:raw_end], after, fix, raw_start, raw_end)
            )
            pieces += (self.text[last:start], after)
            # Every character of a replacement stands for the whole of what it replaced: a later
            # repair that touches one of them has that whole as its source.
            starts += self._starts[last:start] + [raw_start] * len(after)
            ends += self._ends[last:start] + [raw_end] * len(after)
            last = end
        if pieces and self._starts is not None:
            self.text = "".join(pieces) + self.text[last:]
            self._starts = starts + self._starts[last:]
            self._ends = ends + self._ends[last:]

    def _raw_range(self, start: int, end: int) -> tuple[int, int]:
        assert self._starts is not None
        if start < end:
            return self._starts[start], self._ends[end - 1]
        here = self._starts[start] if start < len(self._starts) else len(self._raw)
        return here, here

    def substitute(
        self, fix: str, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]
    ) -> None:
        """`apply` for every match whose replacement differs."""
        self.apply(
            fix,
            (
                (match.start(), match.end(), after)
                for match in pattern.finditer(self.text)
                if (after := replacement(match)) != match.group()
            ),
        )
