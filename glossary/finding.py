"""The data of a check: the units that are looked at, and what is found in them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from align.model import Lang

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A text and its translation."""

    path: str
    """As it appears in messages."""
    line: int
    """1-based line of the text in the file."""
    source: str
    target: str
    source_lang: Lang = "vi"
    context: str = ""
    """Units of one source with different contexts may be translated differently on purpose."""
    date: datetime.date | None = None
    """Of the document, for concepts that are valid for a time only."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a translator or terminologist should look at."""

    path: str
    line: int
    """1-based."""
    column: int
    """1-based, in code points: where *span* begins in its text."""
    rule: str
    """``T001``; stable."""
    severity: Severity
    message: str
    concept_id: str = ""
    suggestion: str = ""
    """What to write instead; empty where that is not known."""
    span: tuple[int, int] = (0, 0)
    """Half-open code-point range in the NFC form of the text named by *side*."""
    side: Literal["source", "target"] = "target"
