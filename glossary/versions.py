"""What stored candidates depend on; see `align.versions`."""

from __future__ import annotations

import hashlib
import json
from importlib import resources

MINE = "mine:1"
"""Raised when mining changes."""


def mine_version() -> str:
    """Of mining, its weights and its known names."""
    folder = resources.files("glossary.resources")
    stored = json.loads((folder / "terms.json").read_text("utf-8"))
    names = hashlib.sha256(
        (folder / "official_names.tsv").read_bytes() + (folder / "countries.tsv").read_bytes()
    ).hexdigest()
    return f"{MINE}|{stored['signature']}|{names[:8]}"
