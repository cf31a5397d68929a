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
        # Where each character, and the end, stood in the raw text; None while nothing moved.
        self._places: list[int] | None = None
        self._raw = raw

    def apply(self, fix: str, patches: Iterable[Patch]) -> None:
        """Make the changes of one fix; ranges are in order and do not overlap."""
        places = self._places
        pieces: list[str] = []
        moved: list[int] = []
        last = 0
        for start, end, after in patches:
            if places is None:
                places = list(range(len(self.text) + 1))
            raw_start, raw_end = places[start], places[end]
            self.repairs.append(
                Repair(self._raw[raw_start:raw_end], after, fix, raw_start, raw_end)
            )
            pieces += (self.text[last:start], after)
            moved += places[last:start]
            # Inner characters of a replacement are pinned to its start: the range of a later
            # repair that touches one of them then covers the whole of the earlier one's source.
            moved += [raw_start] * len(after)
            last = end
        if pieces and places is not None:
            self.text = "".join(pieces) + self.text[last:]
            self._places = moved + places[last:]

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
