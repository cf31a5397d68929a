"""English words, to tell a broken word from two."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """The English words TextBlob knows; none where it is not installed."""
    spec = find_spec("textblob")
    if spec is None or spec.origin is None:
        return frozenset()
    path = Path(spec.origin).parent / "en" / "en-lexicon.txt"
    try:
        text = path.read_text("utf-8")
    except OSError:
        return frozenset()
    return frozenset(
        line.partition(" ")[0] for line in text.splitlines() if line and not line.startswith(";")
    )
