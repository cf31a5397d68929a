"""Text to beads: clean pages, pair documents, align sentences and words.

The names below are the ones other programs rely on; each is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from align.beads import align_sentences
    from align.clean import clean_page
    from align.encoder import load_encoder
    from align.model import Bead, Document, DocumentPair, NoArticle, Segment, WordLink
    from align.pair import pair_documents
    from align.segment import split_sentences
    from align.words import align_words

_HOME = {
    "Bead": "align.model",
    "Document": "align.model",
    "DocumentPair": "align.model",
    "NoArticle": "align.model",
    "Segment": "align.model",
    "WordLink": "align.model",
    "align_sentences": "align.beads",
    "align_words": "align.words",
    "clean_page": "align.clean",
    "load_encoder": "align.encoder",
    "pair_documents": "align.pair",
    "split_sentences": "align.segment",
}

__all__ = [
    "Bead",
    "Document",
    "DocumentPair",
    "NoArticle",
    "Segment",
    "WordLink",
    "align_sentences",
    "align_words",
    "clean_page",
    "load_encoder",
    "pair_documents",
    "split_sentences",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'align' has no attribute {name!r}")
