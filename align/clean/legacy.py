"""Vietnamese of the time before Unicode: TCVN3 (fonts *.Vn…*, ABC) and VNI Windows, read as if it
were Latin-1.

TCVN3 (TCVN 5712:1993, third set) gives each small toned letter a code of its own and the capitals
none: pages used another font for them, so *bé y tÕ* may have been shown as BỘ Y TẾ; small letters
come back. VNI writes the mark as a letter behind the vowel.
"""

from __future__ import annotations

import re
from functools import lru_cache

from align.syllable import is_syllable

TCVN3 = dict(
    zip(
        "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ¡¢§£¤¥¦",
        "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
"""Latin-1 character: the letter it stood for."""


def _vni() -> dict[str, str]:
    table = dict(zip("ñíìæóòîôö", "đíìỉĩịỵơư", strict=True))
    rows = {
        "a": ("áàảãạ", "ùøûõï"), "aê": ("ắằẳẵặ", "éèúüë"), "aâ": ("ấầẩẫậ", "áàåãä"),
        "e": ("éèẻẽẹ", "ùøûõï"), "eâ": ("ếềểễệ", "áàåãä"), "o": ("óòỏõọ", "ùøûõï"),
        "oâ": ("ốồổỗộ", "áàåãä"), "ô": ("ớờởỡợ", "ùøûõï"), "u": ("úùủũụ", "ùøûõï"),
        "ö": ("ứừửữự", "ùøûõï"), "y": ("ýỳỷỹ", "ùøûõ"),
    }  # fmt: skip
    table |= {"aê": "ă", "aâ": "â", "eâ": "ê", "oâ": "ô"}
    for vowel, (letters, marks) in rows.items():
        for letter, mark in zip(letters, marks, strict=True):
            table[vowel[0] + mark] = letter
    for code, letter in list(table.items()):
        table[code.upper()] = letter.upper()
        if len(code) == 2:
            table[code[0].upper() + code[1]] = letter.upper()
    return table


VNI = _vni()
"""One or two Latin-1 characters: the letter they stood for."""

_TABLES = {"tcvn3": TCVN3, "vni": VNI}
_CODES = {
    name: re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    for name, table in _TABLES.items()
}
_WORD = re.compile("[^\\W\\d_]*[\u00a1-\u00ff\u00ad][^\\s\u0000-@\\[-`{-~]*|[A-Za-z]+")
# What stands inside words of TCVN3 and in no word of a living spelling.
_SIGNS = "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾×÷"
_ODD = re.compile(f"[{_SIGNS}](?=[a-z])|(?<=[A-Za-z])[{_SIGNS}]|(?<=[a-z])[À-ÖØ-Þ]")
_VNI_ODD = re.compile("[aeouyAEOUY][ùøûõïâáàåãäêéèúüë]|ñ(?=[aeiouyöô])|ö[ùøûõïacinmtu]")


def decoded(text: str, name: str) -> str:
    """*text* with every code of the table *name* (``tcvn3``, ``vni``) as the letter it stood for.

    >>> decoded("Bé Y tÕ", "tcvn3"), decoded("Boä Y teá", "vni")
    ('Bộ Y tế', 'Bộ Y tế')
    """
    table = _TABLES[name]
    return _CODES[name].sub(lambda match: table[match.group()], text)


@lru_cache(16384)
def _gain(word: str, name: str) -> int:
    """1 where decoding makes a syllable of what was none, -1 where it makes none; 0 where it
    changes nothing or both are."""
    after = decoded(word, name)
    if after == word:
        return 0
    if not is_syllable(after):
        return -1
    return 0 if is_syllable(word) else 1


def written_in(line: str) -> str:
    """``tcvn3`` or ``vni`` where the line is Vietnamese so written, else an empty string.

    >>> written_in("Bé Y tÕ ®· ban hµnh"), written_in("Boä Y teá ñaõ"), written_in("Bộ Y tế đã")
    ('tcvn3', 'vni', '')
    >>> written_in("Le ministère de la santé a été reçu à Hà Nội")
    ''
    """
    best, most = "", 0
    for name in _TABLES:
        if not _ODDITIES[name].search(line):
            continue
        right, wrong = _evidence(line, name)
        # A word of ten may be a name or a slip.
        if right >= 2 and right >= 4 * wrong and right - wrong > most:
            best, most = name, right - wrong
    return best


def written_in_lines(lines: list[str]) -> list[str]:
    """What each line of a page is written in; a short one goes with the page, if it can be."""
    found = [written_in(line) for line in lines]
    names = {name for name in found if name}
    for name in names:
        for index, line in enumerate(lines):
            if not found[index]:
                right, wrong = _evidence(line, name)
                if not wrong and (right or _ODDITIES[name].search(line)):
                    found[index] = name
    return found


def _evidence(line: str, name: str) -> tuple[int, int]:
    """Words that decoding makes syllables, and those that it makes none."""
    if _OTHER.search(line):
        return 0, 1
    gains = [_gain(word, name) for word in _WORD.findall(line)]
    return gains.count(1), gains.count(-1)


_OTHER = re.compile("[\u0100-\u1eff]")
"""Letters neither of the two has."""
_ODDITIES = {"tcvn3": _ODD, "vni": _VNI_ODD}
