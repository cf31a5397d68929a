"""Which of the two languages a text is in."""

from __future__ import annotations

from align.model import Lang
from align.text import nfc, words

_VI_WORDS = frozenset(
    "và của các đã cho trong với được là tại về có những một không này khi người đến trên để sẽ"
    " theo ngày từ tỉnh công việc hai".split()
)
_EN_WORDS = frozenset(
    "the of and to in for with on said that is was were are be by at from has have it as an its"
    " their which will this".split()
)


def language_of(text: str) -> Lang:
    """The language most function words belong to; names of the other language do not mislead.

    >>> language_of("HÀ NỘI — Bộ Y tế said on Friday that the Đào Hồng Lan visit was to Nghệ An")
    'en'
    """
    text = nfc(text)
    found = [word.lower() for word in words(text)]
    vi = sum(word in _VI_WORDS for word in found)
    en = sum(word in _EN_WORDS for word in found)
    if vi == en:
        return "vi" if any("ạ" <= c <= "ỹ" for c in text.lower()) else "en"
    return "vi" if vi > en else "en"
