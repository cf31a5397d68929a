"""What kind of thing a Vietnamese form names, and how much it is a term at all."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from align.background import background_text
from align.text import words
from glossary.inventory import Term, bare
from glossary.kinds import countries, key_vi, kind_of
from glossary.model import Kind

GENERAL = 0.7
"""What a plain word keeps of its termhood where the unrelated background text has it too."""

ONE_WORD = 0.25
"""Of a lone syllable: a term less often than a compound."""

OF_A_COUNTRY = 0.75
"""What *Bộ Y tế Lào* keeps beside *Bộ Y tế*: the country is said of it, not part of its name."""

_BASE: dict[Kind, float] = {
    "institution": 0.75, "person": 0.75, "place": 0.75, "title": 0.7, "abbreviation": 0.65,
    "term": 0.5,
}  # fmt: skip

_HONORIFIC = re.compile(
    r"(?:ông|bà|ngài|đồng chí|GS|TS|BS|ThS|PGS|Mr|Mrs|Ms|Dr|Prof|Professor|Minister|Director"
    r"|Ambassador|President|Chairman|Chairwoman|PM|trưởng|Thủ tướng|Chủ tịch|giám đốc|Đại sứ"
    r"|bác sĩ|bác sỹ)[.,]?\s*$",
    re.IGNORECASE,
)

_SURNAMES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao dinh trinh mai"
    " truong lam cao to ta chu luong quach thai tong vuong kieu phung".split()
)

_PLACE_BEFORE = re.compile(
    r"(?:tỉnh|thành phố|TP\.?|huyện|quận|xã|phường|thị xã|thủ đô)\s*$", re.IGNORECASE
)

_PLACE_AFTER = re.compile(r"^\s*(?:province|city|district|commune|town)", re.IGNORECASE)


def termhood(term: Term, kind: Kind) -> float:
    """Grows with repetition and spread; a lone syllable or plain word is a term less often than a
    compound, and a word of everyday news less often still."""
    base = _BASE[kind]
    size = len(term.key.split())
    if kind == "institution" and size == 1:  # "Viện" names any institute
        base = ONE_WORD
    if kind == "term":
        base = {1: ONE_WORD, 2: 0.4, 3: 0.6, 4: 0.6, 5: 0.6}.get(size, base)
        if size <= 2 and f" {term.key} " in _general_text():
            base *= GENERAL
    if kind != "place" and any(term.text.endswith(f" {name}") for name in countries()):
        base *= OF_A_COUNTRY
    spread = 0.15 * math.log2(len(term.places)) + 0.1 * (len(term.documents) - 1)
    return min(base * (1 + spread), 1.0)


def kind_of_term(term: Term, persons: set[str]) -> Kind:
    # "Cảnh sát" with the capital of a sentence's first word is no name.
    name = term.name and all(word[0].isupper() for word in term.text.split())
    kind = kind_of(term.text, name)
    if kind == "person" and term.key not in persons and not is_person(term):
        return "place" if name else "term"
    return kind


def is_person(term: Term) -> bool:
    """A run of capitals of two syllables or more that stands after a title or begins with a
    surname, and nowhere after a word for a place."""
    syllables = term.key.split()
    if not term.name or len(syllables) < 2 or kind_of(term.text, True) != "person":
        return False
    if any(
        _PLACE_BEFORE.search(place.text[: place.start])
        or _PLACE_AFTER.search(place.text[place.end :])
        for place in term.places
    ):
        return False
    if len(syllables) >= 3 and bare(syllables[0]) in _SURNAMES:
        return True
    return any(_HONORIFIC.search(place.text[: place.start]) for place in term.places)


@lru_cache(maxsize=1)
def _general_text() -> str:
    return f" {' '.join(words(key_vi(background_text('vi'))))} "
