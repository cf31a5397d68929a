"""Small pure functions on text that several rooms share: composing, folding, counting words.

Folding is for comparison only: what is stored and shown is always the surface form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_TONED = {
    # Vowel pairs whose tone mark has two accepted places: old style on the left.
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
    "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
    "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
_NEW_TO_OLD = {new: old for old, new in _TONED.items()}
_TONE_PLACE = re.compile("(?<!q)(?:" + "|".join(_NEW_TO_OLD) + r")(?![^\W\d_])", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_PLAIN_D = str.maketrans("đĐ", "dD")
_WORD = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*")


def nfc(text: str) -> str:
    """Canonically composed text (NFC)."""
    return unicodedata.normalize("NFC", text)


def printable(text: str) -> str:
    """*text* without characters that XML 1.0 and YAML cannot hold: controls but tab and line
    breaks, lone surrogates, noncharacters."""
    return _UNPRINTABLE.sub("", text)


def counted(number: int, noun: str, mark: str = "") -> str:
    """A number with its noun; *mark* parts thousands.

    >>> counted(1, "document"), counted(0, "document"), counted(1200, "use", ",")
    ('1 document', '0 documents', '1,200 uses')
    """
    return f"1 {noun}" if number == 1 else f"{number:{mark}} {noun}s"


def one_line(text: str) -> str:
    """Composed text on one line, with single spaces and none at the ends: how terms are stored.

    >>> one_line(" Bô\\u0323 \\n Y\\u00a0tế\\x1b ")
    'Bộ Y tế'
    """
    # Composed last: a control character may have parted a letter from its mark.
    return " ".join(nfc(printable(text)).split())


def paragraph(text: str) -> str:
    """As `one_line`, but line breaks stay; for notes and definitions."""
    return "\n".join(map(one_line, printable(text).splitlines())).strip("\n")


def fold_tone_place(text: str) -> str:
    """Write the tone mark of oa, oe, uy in the old place; *quý* and longer rhymes stay.

    >>> fold_tone_place("hoà bình, uỷ ban, quý")
    'hòa bình, ủy ban, quý'
    """

    def old(match: re.Match[str]) -> str:
        found = match.group()
        folded = _NEW_TO_OLD[found.lower()]
        return "".join(b.upper() if a.isupper() else b for a, b in zip(found, folded, strict=True))

    return _TONE_PLACE.sub(old, text)


def fold(text: str) -> str:
    """The form by which two spellings of one term are compared: NFC, lower case, old tone place,
    single spaces, straight apostrophes. All-capital short forms keep their case, so that an
    acronym never equals a word.

    >>> fold("Uỷ  ban Nhân dân"), fold("WHO"), fold("who")
    ('ủy ban nhân dân', 'WHO', 'who')
    """
    words = fold_tone_place(nfc(text)).replace("’", "'").split()
    return " ".join(word if is_acronym(word) else word.lower() for word in words)


def fold_marks(text: str) -> str:
    """Letters without any mark, lower case, and đ as d: what someone types without Vietnamese keys.

    >>> fold_marks("Đào Hồng Lan")
    'dao hong lan'
    """
    plain = unicodedata.normalize("NFD", text.translate(_PLAIN_D))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def slug(text: str, taken: Container[str]) -> str:
    """An id from a name: its letters without marks, numbered where it is taken.

    >>> slug("Bộ Y tế", ()), slug("Bộ Y tế", ("bo-y-te",)), slug("24/7", ())
    ('bo-y-te', 'bo-y-te-2', 'c-24-7')
    """
    bare = re.sub(r"[^a-z0-9]+", "-", fold_marks(text)).strip("-")[:60].strip("-")
    if not bare or not bare[0].isalpha():
        bare = f"c-{bare}".strip("-")
    found, number = bare, 1
    while found in taken:
        number += 1
        found = f"{bare}-{number}"
    return found


def is_acronym(word: str) -> bool:
    """Two to six capitals without marks, perhaps with digits or inner hyphens; a word of a heading
    in capitals is none.

    >>> [is_acronym(w) for w in ("BHYT", "COVID-19", "Y", "Bộ", "HÀ")]
    [True, True, False, False, False]
    """
    letters = [c for c in word if c.isalpha()]
    return 2 <= len(letters) <= 6 and all("A" <= c <= "Z" or c == "Đ" for c in letters)


def words(text: str) -> list[str]:
    """Words and numbers without punctuation, as they stand.

    >>> words("Bộ Y tế's 200-bed hospital.")
    ['Bộ', 'Y', "tế's", '200-bed', 'hospital']
    """
    return _WORD.findall(text)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Half-open places of `words` in *text*."""
    return [match.span() for match in _WORD.finditer(text)]
