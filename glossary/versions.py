"""What stored candidates depend on; see `align.versions`."""

from __future__ import annotations

import hashlib
import json
from importlib import resources

MINE = "mine:3"
"""Raised when mining changes."""


def mine_version() -> str:
    """Of mining, its weights, its known names and the dictionary."""
    folder = resources.files("glossary.resources")
    stored = json.loads((folder / "terms.json").read_text("utf-8"))
    words = resources.files("align.resources") / "dictionary.tsv"
    names = hashlib.sha256(
        (folder / "official_names.tsv").read_bytes()
        + (folder / "countries.tsv").read_bytes()
        + words.read_bytes()
    ).hexdigest()
    return f"{MINE}|{stored['signature']}|{names[:8]}"
