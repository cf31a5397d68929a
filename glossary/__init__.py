"""Beads to a reviewed glossary: mine term pairs, keep what was decided, export and check.

The names below are the ones other programs rely on; each is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from glossary.check import check_units
    from glossary.concept import Concept, Glossary
    from glossary.finding import Finding, Unit
    from glossary.mine import mine_terms
    from glossary.model import Candidate
    from glossary.store import load_glossary, save_glossary

_HOME = {
    "Candidate": "glossary.model",
    "Concept": "glossary.concept",
    "Finding": "glossary.finding",
    "Glossary": "glossary.concept",
    "Unit": "glossary.finding",
    "check_units": "glossary.check",
    "load_glossary": "glossary.store",
    "mine_terms": "glossary.mine",
    "save_glossary": "glossary.store",
}

__all__ = [
    "Candidate",
    "Concept",
    "Finding",
    "Glossary",
    "Unit",
    "check_units",
    "load_glossary",
    "mine_terms",
    "save_glossary",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'glossary' has no attribute {name!r}")
