"""What two sentences share in letters: numbers, dates and names, and which words carry content."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from itertools import groupby

from align.lexicon import english_words
from align.model import Lang
from align.syllable import is_syllable
from align.text import fold_marks

_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_WORD = re.compile(r"(?<![\w-])[^\W\d_][^\W_]*(?:[-’'][^\W_]+)*")
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = re.compile(r"\b(" + "|".join(_MONTHS) + r")\b(?=\s+\d|\b)", re.IGNORECASE)


def numbers(text: str, lang: Lang) -> frozenset[str]:
    """The numbers of a sentence in one spelling, whatever mark the language groups or cuts with.

    >>> sorted(numbers("1.300 người, 5,2%, ngày 07/8/2024", "vi"))
    ['1300', '2024', '5.2', '7', '8']
    >>> sorted(numbers("1,300 people, 5.2 per cent, on August 7, 2024", "en"))
    ['1300', '2024', '5.2', '7', '8']
    """
    group, point = (".", ",") if lang == "vi" else (",", ".")
    found: set[str] = set()
    for match in _NUMBER.finditer(text):
        for part in match.group().split("/"):
            if re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d+)?", part):
                found.add(part.replace(group, "").replace(point, "."))
            elif re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+", part):  # the other language's habit
                found.add(part.replace(",", ""))
            elif re.fullmatch(r"\d+[.,]\d{1,2}", part) or re.fullmatch(rf"\d+\{point}\d+", part):
                found.add(part.replace(",", "."))
            else:
                found.update(str(int(figure)) for figure in re.findall(r"\d+", part))
    if lang == "en":
        for match in _MONTH.finditer(text):
            name = match.group(1)
            # "may" is a verb far more often than a month.
            if name[0].isupper() and (name.lower() != "may" or re.search(r"May \d|\d May", text)):
                found.add(str(_MONTHS.index(name.lower()) + 1))
    return frozenset(found)


def names(text: str) -> frozenset[str]:
    """Capitalised words without marks, for what both languages write alike (names, acronyms).

    >>> sorted(names("Bộ trưởng Đào Hồng Lan dự hội nghị ASEAN"))
    ['asean', 'bo', 'dao', 'hong', 'lan']
    """
    return frozenset(fold_marks(word) for word in _WORD.findall(text) if word[0].isupper())


_RUN = re.compile(r"[^\W\d_]{2,}(?:[ -][^\W\d_]{2,})*")
_SURNAMES = frozenset(
    "bùi cao chu dương đàm đặng đinh đoàn đỗ đào hà hoàng huỳnh hồ khổng kiều la lâm lê lò lưu"
    " lương lý mai ngô nguyễn ninh nông phan phạm phùng quách tạ thái tô tôn trần triệu trịnh"
    " trương từ văn võ vũ vương vi".split()
)


def people(text: str, lang: Lang) -> frozenset[str]:
    """The last words, without marks, of what are likely names of persons: few are missed that both
    languages write alike, few other names are taken for one.

    >>> sorted(people("Bộ trưởng Đào Hồng Lan tiếp Đại sứ Gennady Bezdetko tại Hà Nội", "vi"))
    ['bezdetko', 'lan']
    >>> sorted(people("Minister Đào Hồng Lan met Gennady Bezdetko in Ho Chi Minh City", "en"))
    ['bezdetko', 'lan']
    """
    found: set[str] = set()
    for run in _RUN.findall(text):
        for named, group in groupby(run.split(" "), lambda word: word[0].isupper()):
            words = list(group)
            if named and len(words) > 1 and _is_person(words, lang):
                found.add(fold_marks(words[-1]))
    return frozenset(found)


def _is_person(words: list[str], lang: Lang) -> bool:
    last = words[-1]
    if last.isupper():
        return False
    if lang == "en":
        marked = not "".join(words).isascii()
        return marked or not {last, last.lower()} & english_words()
    return not is_syllable(last) or (len(words) >= 3 and words[0].lower() in _SURNAMES)


@lru_cache(maxsize=2)
def stopwords(lang: Lang) -> frozenset[str]:
    """Lower-case function words; Vietnamese ones of several syllables with spaces."""
    text = (resources.files("align.resources") / f"stopwords.{lang}.txt").read_text("utf-8")
    return frozenset(
        word.replace("_", " ")
        for line in text.splitlines()
        if not line.startswith("#")
        for word in line.split()
    )
