"""Which phrases of a Vietnamese sentence could be terms: their edges are right.

Sequences of words (pyvi's) that begin with a noun, name or the verb of a verb-noun compound and
hold no function word; institutions may hold *và* and commas; entries of the dictionary across the
segmenter's borders; runs of capitals, which are names. Which of the many are terms is decided
later, by their partners.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from align.dictionary import entries
from align.lexical import stopwords
from align.text import fold, is_acronym
from align.vietnamese import Word, tag_words
from glossary.kinds import capital_first, heads
from glossary.phrase import Phrase, capital_runs, sound

LONGEST_VI = 9
"""Syllables of the longest Vietnamese phrase: longer ones are clauses or lists."""

LONGEST_NAME = 13
"""The same of institutions and titles: *Phó Tổng Giám đốc Bảo hiểm xã hội Việt Nam*."""

LONGEST_ENTRY = 9
"""Syllables of the longest entry of the dictionary that is looked for."""

_NOUN = frozenset({"N", "Np", "Nc", "Ny", "Nb", "Nu"})

_INNER_VI = _NOUN | {"V", "A", "X"}

_TOO_GENERAL = frozenset({"người", "cuộc", "thời gian"})
"""Heads that say nothing alone, while *người cao tuổi* and *cuộc bầu cử* are terms."""

_DONE_TO = frozenset({"người", "quyền", "nạn nhân"})
"""Heads that make a noun of *bị* or *được* and a verb: *người bị bắt*, *quyền được học tập*."""

_OBJECTS = frozenset({"N", "Nc", "Nu", "V", "M", "L", "P", "A", "R"})
"""What follows a verb that is one; a name or the end of a clause follows the end of a name."""

_SYLLABLE = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")

_ABOUT = frozenset({"Ban", "Ủy ban", "Uỷ ban", "Hội đồng", "Trung tâm", "Tổ chức", "Quỹ"})
"""Bodies whose names say what they are about; *Bộ Y tế về* goes on with the sentence."""


def vietnamese_phrases(sentence: str) -> list[Phrase]:
    """Every phrase of a Vietnamese sentence that could be a term, names among them."""
    words = tag_words(sentence)
    found = _vi_noun_phrases(sentence, words)
    phrases = {(p.start, p.end): p for p in found if p.text.lower() not in _TOO_GENERAL}
    phrases.update({(p.start, p.end): p for p in _vi_entries(sentence, words)})
    # "Bộ Y" out of "Bộ Y tế" is half a word, not a name.
    inside = {
        k
        for word in words
        if word.pos != "Np" or fold(word.text) in entries()
        for k in range(word.start + 1, word.end)
    }
    phrases.update(
        {
            (p.start, p.end): p
            for p in capital_runs(sentence, "vi")
            if (p.start not in inside and p.end not in inside) or len(p.text.split()) >= 3
        }
    )
    return list(phrases.values())


def _vi_noun_phrases(sentence: str, words: Sequence[Word]) -> Iterator[Phrase]:
    stop = stopwords("vi")
    for first, head in enumerate(words):
        if not _may_open(head, stop) or _inside_institution(words, first):
            continue
        institution = head.text[0].isupper() and any(
            capital_first(one, heads()["institution"]) for one in (head.text, head.text.split()[0])
        )
        title = capital_first(head.text, heads()["title"])
        longest = LONGEST_NAME if institution or title else LONGEST_VI
        syllables = 0
        for last in range(first, len(words)):
            word = words[last]
            joins = last > first and (
                (institution and _goes_on(words, last))
                or (head.text in _ABOUT and _about(words, last))
                or (word.text == "," and _pair_of_verbs(words, last))
                or _compound(words, last)
                or (last == first + 1 and _done_to(words, first))
            )
            # "Bệnh viện 108", "Công thức 1"; "Năm 1996" begins a sentence.
            numbered = (
                last > first
                and word.text.isdigit()
                and (institution or (last == first + 1 and first > 0 and head.text[0].isupper()))
            )
            if not (last == first or joins or numbered or _may_stand_inside(word, stop)):
                break
            if last > first and _predicate(words[last - 1], word):
                break
            if (
                head.pos == "V"
                and last > first
                and word.text[0].isupper()
                and not is_acronym(word.text)
                and head.text not in heads()["institution"]
            ):
                # "giao Cục Quản lý" is a verb and its object, "xét nghiệm HIV" a compound.
                break
            syllables += len(_SYLLABLE.findall(word.text))
            if syllables > longest:
                break
            if joins or not (numbered or _may_close(word, last > first or " " in word.text)):
                continue
            after = words[last + 1].pos if last + 1 < len(words) else ""
            if (
                institution
                and last > first
                and word.pos == "V"
                and word.text.islower()
                and (after in _OBJECTS or " " not in word.text)
            ):
                # "Bộ Y tế tổ chức hội nghị" is the ministry and what it does; "Cục Y tế dự phòng".
                continue
            text = sentence[head.start : word.end]
            # "Cục Quản lý" out of "Cục Quản lý Dược".
            opens = institution and word.pos == "V" and word.text[0].isupper()
            cut = (word.text in heads()["institution"] or opens) and sentence[
                word.end : word.end + 2
            ].strip()[:1].isupper()
            if (
                sound(text)
                and not cut
                and (last > first or head.pos in _NOUN or (head.pos == "V" and " " in head.text))
            ):
                yield Phrase(text, head.start, word.end, False)


def _vi_entries(sentence: str, words: Sequence[Word]) -> Iterator[Phrase]:
    """Entries of the dictionary that tags or borders of the segmenter hide, as *bằng sáng chế*,
    where *bằng* is tagged as *by*."""
    syllables = [
        (match.start() + word.start, match.end() + word.start, word)
        for word in words
        for match in _SYLLABLE.finditer(word.text)
    ]
    for first, (start, _, opening) in enumerate(syllables):
        for size in range(LONGEST_ENTRY, 1, -1):
            if first + size > len(syllables):
                continue
            _, end, closing = syllables[first + size - 1]
            text = sentence[start:end]
            # "bộ y tế" out of "cán bộ|y tế" is none.
            cuts = (start > opening.start and fold(opening.text) in entries()) or (
                end < closing.end and fold(closing.text) in entries()
            )
            if (
                opening.end < end
                and fold(text) in entries()
                and not cuts
                and (size > 3 or _noun_like(opening, closing, text))
            ):
                yield Phrase(text, start, end, False)
                break


def _noun_like(opening: Word, closing: Word, text: str) -> bool:
    """Whether an entry of two or three syllables begins and ends as a noun does: *con đường*, not
    *bên ngoài*, *tuần trước*, *một số*."""
    stop = stopwords("vi")
    short = text.count(" ") == 1
    return (
        opening.pos in _NOUN | {"E"}
        and (opening.text.lower() not in stop or closing.pos in _NOUN)
        and closing.pos not in ("M", "P", "L")
        and not (short and text.split()[-1] in stop)
    )


def _inside_institution(words: Sequence[Word], first: int) -> bool:
    """Whether the word continues an institution's name: the *Y tế* of *Bộ Y tế* and the *nhân dân*
    of *Uỷ ban nhân dân* open no term."""
    if first == 0 or words[first - 1].end + 1 != words[first].start:
        return False
    before, word = words[first - 1].text, words[first]
    return before[0].isupper() and word.pos != "Np" and before in heads()["institution"]


def _may_open(word: Word, stop: frozenset[str]) -> bool:
    text = word.text
    if text.lower() in _TOO_GENERAL:
        return True
    if not text[0].isalpha() or text.lower() in stop:
        return False
    return word.pos in _NOUN or word.pos in ("V", "A")


def _may_stand_inside(word: Word, stop: frozenset[str]) -> bool:
    return word.pos in _INNER_VI and word.text[0].isalnum() and word.text.lower() not in stop


def _goes_on(words: Sequence[Word], link: int) -> bool:
    """Whether an institution's name goes on after *và*, a comma or a dash: with a capital that is
    no head of its own (*Bộ Giáo dục và Đào tạo*; not *Bộ Y tế, Bộ trưởng*)."""
    if words[link].text not in (",", "-", "–", "và") or link + 1 >= len(words):
        return False
    after = words[link + 1].text
    return after[0].isupper() and not capital_first(
        after, heads()["title"] | heads()["institution"]
    )


def _pair_of_verbs(words: Sequence[Word], comma: int) -> bool:
    """Whether a comma parts two single syllables of one compound: *khám, chữa bệnh*."""
    if comma + 2 >= len(words):
        return False
    left, right, object_ = words[comma - 1], words[comma + 1], words[comma + 2]
    return (
        " " not in left.text + right.text
        and left.pos in ("V", "N", "Np")
        and right.pos == "V"
        and right.text.islower()
        and object_.pos in _NOUN
    )


def _done_to(words: Sequence[Word], head: int) -> bool:
    return (
        words[head].text.lower() in _DONE_TO
        and words[head + 1].text in ("bị", "được")
        and words[head + 2 : head + 3] != []
        and words[head + 2].pos == "V"
    )


def _about(words: Sequence[Word], link: int) -> bool:
    """Whether an institution's name goes on with what it is about: *Ban Chỉ đạo về an toàn*."""
    return (
        words[link].text == "về"
        and link + 1 < len(words)
        and words[link + 1].pos in ("N", "V", "A")
    )


def _compound(words: Sequence[Word], link: int) -> bool:
    """Whether a sign joins two nouns or two abbreviations: *kinh tế - xã hội*, *HIV/AIDS*."""
    if words[link].text not in ("-", "–", "/", "&") or link + 1 >= len(words):
        return False
    before, after = words[link - 1], words[link + 1]
    if words[link].text in ("/", "&"):
        close = before.end == words[link].start and words[link].end == after.start
        return close and is_acronym(before.text) and is_acronym(after.text)
    lower = before.text[0].islower() and after.text[0].islower()
    return (lower and before.pos == after.pos == "N") or before.pos == after.pos == "Ny"


def _predicate(before: Word, word: Word) -> bool:
    """Whether a verb after a name begins the predicate; after *Cục* it goes on with the name."""
    if word.pos != "V" or word.text[0].isupper() or before.text in heads()["institution"]:
        return False
    if before.text in heads()["country"]:
        return True
    # "Bản" of "Bản ghi nhớ" is a noun with a capital.
    return before.pos == "Np" and fold(before.text) not in entries()


def _may_close(word: Word, inner: bool) -> bool:
    if not word.text[0].isalnum():
        return False
    return word.pos in _NOUN or (inner and word.pos in ("V", "A", "X"))
