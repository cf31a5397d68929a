"""Damage of scraped pages, mended by named fixes in a fixed order.

Each fix mends one kind of damage and leaves alone what a source really says: typing errors and
spelling variants stay. The name of a fix in `PLAN`, of its function and in a `Repair` is one word.
"""

from __future__ import annotations

import html
import html.entities
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

from align.clean.edits import EditedText, Patch
from align.clean.legacy import decoded, written_in_lines
from align.lexicon import english_words

_ENTITY = re.compile(
    r"&(?:(?:amp|#38|#[xX]26);)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});"
)
_INVISIBLE = re.compile("[\u200b\u200c\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
_BREAKS = frozenset("\x0b\x0c\x85")
"""Controls that break lines and pages."""
_BLOB = re.compile(r"(\S)\1{199,}|[!-~]{2000,}|(?<=[\u0300-\u036f]{16})[\u0300-\u036f]+")
"""Marks are put in order in a time that grows with the square of their number."""
_SPACES = re.compile("[\u00a0\u202f\u2007]+")
_NOT_SPACE = re.compile(r"[^\s\u00a0]+")
_HAN = "\u3007\u3400-\u9fff"
_CHINESE = f"{_HAN}\u3000-\u303f\uff00-\uffef"
"""With the punctuation of Chinese."""
_NUMERALS = {numeral: str(n) for n, numeral in enumerate("一二三四五六七八九", 1)}
_FIGURE = f"[0-9{''.join(_NUMERALS)}]"
_CUT = re.compile(
    rf"(?<!{_FIGURE})(?<!{_FIGURE}[ \u00a0]){_FIGURE}(?:[ \u00a0]?{_FIGURE}){{0,2}}\.$"
)
"""A number of fewer figures than a year's, before its decimal mark."""
_NUMERAL_RUN = re.compile(
    rf"""
    (?<![{_CHINESE}]) (?<![{_CHINESE}][\u00a0\ ])
    (?P<gap>[\u00a0\ ]{{0,3}})
    (?P<run>
        (?:(?<![0-9])[0-9]+)? [{"".join(_NUMERALS)}]
        (?: [0-9] | [\u00a0\ ]?[{"".join(_NUMERALS)}] )*
    )
    (?![{_CHINESE}])
    """,
    re.VERBOSE,
)
_DAMAGED_WORD = re.compile(
    rf"(?<![A-Za-z])[A-Za-z]+(?:([{_HAN}])\1[A-Za-z]*)+|(?:([{_HAN}])\2[A-Za-z]+)+"
)
_DOUBLED = re.compile(rf"(?:([{_HAN}])\1)+")
_LETTER_OF = dict(zip("妹飞丝特乐娜皮贝哥弟", "mfstlnpbgd", strict=True))
"""The Latin letter a doubled character stands for: the first of its reading (妹妹 mèimei, mm)."""
_LOOKALIKES = str.maketrans(
    "аеорсхуіјѕһԁԛԝкАВЕКМНОРСТХУІЈЅ" + "οκνρυιΑΒΕΖΗΙΚΜΝΟΡΤΥΧᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "aeopcxyijshdqwkABEKMHOPCTXYIJS" + "okvpuiABEZHIKMNOPTYXabcdefghijklmnoprstuvwyz",
)
_LATIN_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u1d00-\u1d2b\u0262-\u029f\ua730\ua731]")
_WORD = re.compile(r"[^\W\d_]+")
_ACUTES = re.compile("(?<!\\w)´{1,2}(?=\\w)|(?<=[\\w.,!?])´{1,2}")
_COMPOSABLE = re.compile("[^\u0300-\u036f\n][\u0300-\u036f]+")
_LOST_QUOTE = re.compile("â€(?=[\\s.,;:!?)]|$)")
_SOUND = re.compile("[\u1ea0-\u1ef9ăĂđĐơƠưƯ]")
_MOJIBAKE_HINT = re.compile("[ÂÃÄÆÐáâº»¼½¾][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]")


def repair(raw: str) -> EditedText:
    """Apply every fix of `PLAN` to *raw*, in order."""
    edited = EditedText(raw)
    for fix in PLAN:
        fix(edited)
    return edited


def blobs(edited: EditedText) -> None:
    """What no writer wrote: one character two hundred times over, data of two thousand characters
    without a space, marks beyond the sixteenth on one letter. Addresses are shorter."""
    edited.substitute("blobs", _BLOB, lambda match: "")


def legacy_encoding(edited: EditedText) -> None:
    """TCVN3 and VNI read as Latin-1, line by line: ``Bé Y tÕ`` is *Bộ Y tế* again. Lines in which
    this would make fewer Vietnamese syllables than break, such as French, stay."""
    lines = edited.text.split("\n")
    patches: list[Patch] = []
    place = 0
    for line, name in zip(lines, written_in_lines(lines), strict=True):
        if name:
            patches += [
                (place + match.start(), place + match.end(), after)
                for match in _NOT_SPACE.finditer(line)
                if (after := decoded(match.group(), name)) != match.group()
            ]
        place += len(line) + 1
    edited.apply("legacy_encoding", patches)


def mojibake(edited: EditedText) -> None:
    """UTF-8 that was read as Windows-1252: ``â€œ`` is a quotation mark again (by ftfy)."""
    if not _MOJIBAKE_HINT.search(edited.text):
        return
    import ftfy

    # A closing quotation mark whose last byte was lost; ftfy would make a dagger of it.
    edited.substitute("mojibake", _LOST_QUOTE, lambda match: "”")
    patches: list[Patch] = []
    place = 0
    # Not splitlines: mojibake holds U+0085, which would end a line.
    for line in edited.text.split("\n"):
        hints = _MOJIBAKE_HINT.findall(line)
        # “KHÔNG VỘI VÃ”: beside letters that only a sound page has, one hint is none.
        if len(hints) > 1 or (hints and (hints[0].startswith("â") or not _SOUND.search(line))):
            fixed = ftfy.fix_encoding(line)
            if fixed != line:
                patches.append(_difference(line, fixed, place))
        place += len(line) + 1
    edited.apply("mojibake", patches)


def entities(edited: EditedText) -> None:
    """HTML entities left in text, escaped twice too: ``&amp;quot;`` is a quotation mark."""

    def decoded(match: re.Match[str]) -> str:
        text = match.group()
        # html.unescape also takes the longest known beginning of an unknown name.
        name = text.rpartition("&")[2].rpartition(";")[0].rpartition(";")[2]
        if not name.startswith("#") and f"{name};" not in html.entities.html5:
            return text
        while (plainer := html.unescape(text)) != text:
            text = plainer
        return text

    edited.substitute("entities", _ENTITY, decoded)


def composition(edited: EditedText) -> None:
    """Letters and their marks as one character (NFC): ``e`` + circumflex + acute is ``ế``."""
    if unicodedata.is_normalized("NFC", edited.text):
        return
    known = "".join(sorted(_singles() & set(edited.text)))
    singles = re.compile(f"[{known}]|[\u1100-\u11ff]+" if known else "[\u1100-\u11ff]+")
    edited.substitute(
        "composition", singles, lambda match: unicodedata.normalize("NFC", match.group())
    )
    edited.substitute(
        "composition", _COMPOSABLE, lambda match: unicodedata.normalize("NFC", match.group())
    )
    if not unicodedata.is_normalized("NFC", edited.text):  # other scripts
        edited.substitute(
            "composition", _NOT_SPACE, lambda match: unicodedata.normalize("NFC", match.group())
        )


@lru_cache(maxsize=1)
def _singles() -> frozenset[str]:
    """Characters that are another one composed: the ohm sign is a Greek omega."""
    plane = map(chr, range(0x80, 0x10000))
    return frozenset(c for c in plane if not unicodedata.is_normalized("NFC", c))


def invisible(edited: EditedText) -> None:
    """Zero-width characters, soft hyphens and control characters, which nobody reads."""
    edited.substitute(
        "invisible", _INVISIBLE, lambda match: " " if _BREAKS & set(match.group()) else ""
    )


def chinese_digits(edited: EditedText) -> None:
    """A digit written as a Chinese numeral after a no-break space: ``COVID- 一 九`` is COVID-19.

    Zero is kept as a digit by the damage. Numerals beside other Chinese characters are Chinese.
    """

    def digits(match: re.Match[str]) -> str:
        run = re.sub("[\u00a0 ]", "", match["run"])
        number = "".join(_NUMERALS.get(c, c) for c in run)
        before = edited.text[match.start() - 1 : match.start()]
        # A no-break space belongs to the damage, except where it is all that parts a word from a
        # number; a plain one was there before.
        gap = match["gap"]
        if before == "." and _CUT.search(edited.text, max(match.start() - 12, 0), match.start()):
            return number
        if (before in "-–$€£¥#/+(" and before) or edited.text.endswith("VNĐ", 0, match.start()):
            return number
        return f" {number}" if gap and (before.isalpha() or gap.strip("\u00a0")) else number

    edited.substitute("chinese_digits", _NUMERAL_RUN, digits)


def doubled_letters(edited: EditedText) -> None:
    """A doubled Latin letter written as a doubled Chinese character: ``progra妹妹es``.

    Only beside a Latin letter; Chinese words between spaces stay.
    """

    learnt = dict(_LETTER_OF)
    if _DOUBLED.search(edited.text):
        for match in _DAMAGED_WORD.finditer(edited.text):
            learnt |= _learnt(match.group(), learnt)

    def letters(match: re.Match[str]) -> str:
        before = edited.text[max(match.start() - 1, 0) : match.start()]
        after = edited.text[match.end() : match.end() + 1]
        read = [learnt.get(character, "") for character in match.group()]
        # At the front of a word a capital after it begins a name: 妹妹Anna.
        latin = _is_latin(before) or (_is_latin(after) and after.islower())
        latin = latin and not re.match(f"[{_HAN}]", before) and not re.match(f"[{_HAN}]", after)
        return "".join(read) if all(read) and latin else match.group()

    edited.substitute("doubled_letters", _DOUBLED, letters)


def _is_latin(character: str) -> bool:
    return character.isalpha() and "LATIN" in unicodedata.name(character, "")


def _learnt(word: str, known: Mapping[str, str]) -> dict[str, str]:
    """The letter an unknown doubled character stands for, where just one makes an English word:
    ``a斯斯e斯斯ment``."""
    for character, letter in known.items():
        word = word.replace(character, letter)
    unknown = set(re.findall(f"[{_HAN}]", word))
    if len(unknown) != 1 or len(re.findall("[A-Za-z]", word)) < 4:
        return {}
    [character] = unknown
    words = english_words()
    fits = [
        letter
        for letter in "abcdefghijklmnopqrstuvwxyz"
        if word.replace(character, letter).lower() in words
    ]
    return {character: fits[0]} if len(fits) == 1 else {}


def lookalikes(edited: EditedText) -> None:
    """Cyrillic, Greek and small-capital letters that look Latin, inside Latin words: ``Мinistry``
    with a Cyrillic М. A word none of whose letters is Latin is Russian or Greek and stays."""

    def latin(match: re.Match[str]) -> str:
        word = match.group()
        plain = word.translate(_LOOKALIKES)
        mixed = any(c in _LATIN_LETTERS for c in word)
        if len(word) <= 3 and any("α" <= c <= "ω" for c in word):  # NF-κB
            return word
        return plain if mixed and not _FOREIGN.search(plain) else word

    if _FOREIGN.search(edited.text):
        edited.substitute("lookalikes", _WORD, latin)


def acute_quotes(edited: EditedText) -> None:
    """Acute accents typed for quotation marks and apostrophes: ``the project´s``."""
    edited.substitute("acute_quotes", _ACUTES, lambda match: '"' if len(match.group()) > 1 else "'")


def no_break_spaces(edited: EditedText) -> None:
    """No-break spaces as plain ones: they split a word list in two."""
    edited.substitute("no_break_spaces", _SPACES, lambda match: " " * len(match.group()))


PLAN: tuple[Callable[[EditedText], None], ...] = (
    # The others take time that grows faster than such runs.
    blobs,
    # Its codes look like mojibake, soft hyphens and broken entities.
    legacy_encoding,
    # Mojibake holds no-break spaces and controls that the later fixes would destroy.
    mojibake,
    entities,
    # A page in an old encoding may have been escaped, or read wrong once more.
    legacy_encoding,
    # A zero-width character may stand between a letter and its mark.
    invisible,
    composition,
    chinese_digits,
    doubled_letters,
    lookalikes,
    # Letters that were mended may have marks behind them.
    composition,
    acute_quotes,
    no_break_spaces,
)


def _difference(before: str, after: str, place: int) -> Patch:
    """The smallest single range of *before* whose replacement gives *after*."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return place + start, place + len(before) - end, after[start : len(after) - end]
