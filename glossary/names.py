"""Do two names sound alike? Transliterations of one foreign name in two spellings.

*Xiêng Khoảng*, *Xiangkhouang* and *Xieng Khouang* write one Lao province. Both spellings are
brought to a rough common sound (marks off, letter groups that write one sound made one), then
compared by edit distance.
"""

from __future__ import annotations

import difflib
import re

from glossary.inventory import bare

_SOUNDS = (
    ("ph", "f"), ("kh", "k"), ("th", "t"), ("ch", "c"), ("gh", "g"), ("ng", "n"), ("nh", "n"),
    ("x", "s"), ("z", "s"), ("w", "v"), ("qu", "kv"), ("q", "k"), ("c", "k"), ("y", "i"),
    ("ie", "ia"), ("ou", "o"), ("oo", "o"), ("oa", "oa"), ("uo", "o"), ("ee", "i"), ("h", ""),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")


def sound_similarity(vi: str, en: str) -> float:
    """0 to 1; 1 is the same letters. Above .75 names of one thing are rarely told apart.

    >>> sound_similarity("Xiêng Khoảng", "Xiangkhouang") > 0.75 > sound_similarity("Lào", "Lan")
    True
    """
    a, b = _sound(vi), _sound(en)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def _sound(name: str) -> str:
    letters = bare(name)
    for written, sound in _SOUNDS:
        letters = letters.replace(written, sound)
    return _DOUBLE.sub(r"\1", letters)
