"""Beads to a reviewed glossary: mine term pairs, keep what was decided, export and check.

The names below are the ones other programs rely on; each is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from glossary.mine import mine_terms
    from glossary.model import Candidate

_HOME = {"Candidate": "glossary.model", "mine_terms": "glossary.mine"}

__all__ = ["Candidate", "mine_terms"]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'glossary' has no attribute {name!r}")
