"""What could be a term: the phrases of a sentence whose edges are right, in both languages.

Vietnamese phrases are sequences of words (pyvi's) that begin with a noun, name or the verb of a
verb–noun compound and hold no function word; institutions may hold *và* and commas. English ones
are noun phrases, noun phrases joined by *of* or *and*, and Title-Case runs. Runs of capitals are
names. Which of the many are terms is decided later, by their partners.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from align.dictionary import entries
from align.lexical import stopwords
from align.model import Lang, MissingExtra
from align.text import fold, is_acronym
from align.vietnamese import Word, tag_words
from glossary.model import Kind

LONGEST_VI = 9
"""Syllables of the longest Vietnamese phrase: longer ones are clauses or lists."""
LONGEST_NAME = 13
"""The same of institutions and titles: *Phó Tổng Giám đốc Bảo hiểm xã hội Việt Nam*."""
LONGEST_EN = 7
"""Words of the longest English phrase."""

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
_NAME_WORD = re.compile(r"[^\W_]+(?:(?:['’.]|-(?=\d|[^\W\d_](?<![A-ZĐÀ-Ý])))[^\W_]+)*")
"""As a syllable, but *Nam-Laos* is two names."""
_POSSESSIVE = re.compile(r"['’]s?$")
_EN_TOKEN = re.compile(r"[^\W_]+(?:[-’'/.][^\W_]+)*(?<!['’]s)|['’]s\b|['’]|[^\s\w]")
_EN_NOUN = frozenset({"NN", "NNS", "NNP", "NNPS", "NNP-PERS", "NNP-LOC", "NNP-ORG"})
_EN_INNER = _EN_NOUN | {"JJ", "JJR", "VBG", "VBN", "CD"}


_ABOUT = frozenset({"Ban", "Ủy ban", "Uỷ ban", "Hội đồng", "Trung tâm", "Tổ chức", "Quỹ"})
"""Bodies whose names say what they are about; *Bộ Y tế về* goes on with the sentence."""

_SLASH = re.compile(r"(?<![A-ZĐ])/|/(?![A-ZĐ])")
"""A slash that stands for "or"; that of *HIV/AIDS* does not."""

_OWNERS = frozenset({"People", "Women", "Children", "Farmers", "Workers", "Deputies", "Party"})
"""Owners that are part of an institution's name."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase in its sentence."""

    text: str
    start: int
    """Half-open code-point range in the sentence."""
    end: int
    name: bool
    """Whether it is a run of capitalised words alone."""


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
            for p in _capital_runs(sentence, "vi")
            if (p.start not in inside and p.end not in inside) or len(p.text.split()) >= 3
        }
    )
    return list(phrases.values())


def english_phrases(sentence: str) -> list[Phrase]:
    """Every phrase of an English sentence that could be a term, names among them."""
    tokens = [(m.group(), m.start(), m.end()) for m in _EN_TOKEN.finditer(sentence)]
    tagged = _nouns_by_place([text for text, _, _ in tokens])
    phrases = {(p.start, p.end): p for p in _en_noun_phrases(sentence, tokens, tagged)}
    phrases.update({(p.start, p.end): p for p in _capital_runs(sentence, "en")})
    return list(phrases.values())


def _nouns_by_place(tokens: list[str]) -> list[str]:
    """Tags, with what must be a noun where it stands tagged as one.

    >>> _nouns_by_place("rules on health quarantine were put off".split())[3]
    'NN'
    >>> _nouns_by_place("care for the elderly .".split())[3]
    'NN'
    >>> _nouns_by_place("some lower back pain".split())[2]
    'NN'
    """
    tags = _tags(tokens)
    for k, token in enumerate(tokens):
        before = tags[k - 1] if k else ""
        after = tags[k + 1] if k + 1 < len(tags) else "."
        ends = after not in _EN_INNER and not after.startswith(("DT", "PRP"))
        if (
            # A singular noun has no plain verb beside it.
            (tags[k] in ("VB", "VBP") and before in ("NN", "JJ"))
            or (tags[k] == "VBG" and before in ("NN", "JJ", "NNP") and ends)
            # The "An" of "Nghệ An" is no article.
            or (k and token.istitle() and not tokens[k - 1].isascii() and before == "NNP")
            or (tags[k] == "RB" and before in ("JJ", "JJR") and after in _EN_NOUN)
            or (tags[k] == "JJ" and "-" in token and token.endswith("s") and ends)
            or (token == "general" and before in ("NN", "NNP"))
            or (tags[k] == "JJ" and k and tokens[k - 1].lower() == "the" and ends)
        ):
            tags[k] = "NN"
    return tags


def key_vi(text: str) -> str:
    """What makes two Vietnamese forms one term."""
    return fold(text)


def echoes(one: str, other: str) -> bool:
    """Whether one of two Vietnamese forms is the other and more, both of one kind.

    >>> echoes("Sở Y tế", "Sở Y tế tỉnh"), echoes("Bộ Y tế", "Bộ trưởng Bộ Y tế")
    (True, False)
    """
    a, b = f" {key_vi(one)} ", f" {key_vi(other)} "
    return (a in b or b in a) and kind_of(one, False) == kind_of(other, False)


def kind_of(vi: str, name: bool) -> Kind:
    """What sort of thing a Vietnamese term names, by its first words."""
    heads = _heads()
    words = vi.split()
    if len(words) == 1 and is_acronym(vi):
        return "place" if vi in heads["country"] else "abbreviation"
    if vi in heads["country"]:
        return "place"
    for size in (4, 3, 2, 1):
        first = " ".join(words[:size])
        if len(words) >= size and _capital_first(first, heads["title"]):
            return "title"
    for size in (4, 3, 2, 1):
        first = " ".join(words[:size])
        if len(words) >= size and vi[0].isupper() and _capital_first(first, heads["institution"]):
            return "institution"
    for head in heads["place"]:
        if vi.lower().startswith(head + " ") and words[-1][0].isupper():
            return "place"
    return "person" if name and len(words) >= 2 else "term"


def countries() -> frozenset[str]:
    """Vietnamese names of countries as pages write them."""
    return _heads()["country"]


def _capital_first(text: str, heads: frozenset[str]) -> bool:
    return text in heads or text.lower() in {head.lower() for head in heads}


def _vi_noun_phrases(sentence: str, words: Sequence[Word]) -> Iterator[Phrase]:
    stop = stopwords("vi")
    for first, head in enumerate(words):
        if not _may_open(head, stop) or _inside_institution(words, first):
            continue
        institution = head.text[0].isupper() and any(
            _capital_first(one, _heads()["institution"])
            for one in (head.text, head.text.split()[0])
        )
        title = _capital_first(head.text, _heads()["title"])
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
                and head.text not in _heads()["institution"]
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
            cut = (word.text in _heads()["institution"] or opens) and sentence[
                word.end : word.end + 2
            ].strip()[:1].isupper()
            if (
                _sound(text)
                and not cut
                and (last > first or head.pos in _NOUN or (head.pos == "V" and " " in head.text))
            ):
                yield Phrase(text, head.start, word.end, False)


def _vi_entries(sentence: str, words: Sequence[Word]) -> Iterator[Phrase]:
    """Entries of the dictionary that tags or borders of the segmenter hide: *bằng sáng chế*, where
    *bằng* is tagged as *by*, and the *bảng xếp hạng* of *đầu bảng|xếp hạng*."""
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
    return before[0].isupper() and word.pos != "Np" and before in _heads()["institution"]


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
    heads = _heads()
    return after[0].isupper() and not _capital_first(after, heads["title"] | heads["institution"])


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
    if word.pos != "V" or word.text[0].isupper() or before.text in _heads()["institution"]:
        return False
    if before.text in _heads()["country"]:
        return True
    # "Bản" of "Bản ghi nhớ" is a noun with a capital.
    return before.pos == "Np" and fold(before.text) not in entries()


def _may_close(word: Word, inner: bool) -> bool:
    if not word.text[0].isalnum():
        return False
    return word.pos in _NOUN or (inner and word.pos in ("V", "A", "X"))


def _en_noun_phrases(
    sentence: str, tokens: Sequence[tuple[str, int, int]], tags: Sequence[str]
) -> Iterator[Phrase]:
    stop = stopwords("en")

    def inner(k: int) -> bool:
        text = tokens[k][0]
        if is_acronym(text):  # the country, not the pronoun
            return True
        return tags[k] in _EN_INNER and text[0].isalnum() and text.lower() not in stop

    for first in range(len(tokens)):
        if not inner(first) or (tags[first] == "CD" and tokens[first][0].isdigit()):
            continue
        joins = 0
        for last in range(first, min(first + LONGEST_EN + 2, len(tokens))):
            text = tokens[last][0]
            if last > first and not inner(last):
                capital = tokens[last - 1][0][0].isupper() or tokens[first][0][0].isupper()
                following = tokens[last + 1][0] if last + 1 < len(tokens) else ""
                link = text.lower() in ("of", "and", "for", "on", "&", "in") or (
                    # "War Invalids, Social Affairs", but not "District, Hà Giang Province".
                    text == ","
                    and following[:1].isupper()
                    and " of " in f" {_before(tokens, first, last)} "
                )
                plain = text.lower() in ("of", "and")
                possessive = (
                    tags[last] == "POS"
                    and last + 1 < len(tokens)
                    and (tokens[last - 1][0] in _OWNERS or not capital)
                )
                the = text.lower() == "the" and tokens[last - 1][0].lower() in ("of", "for")
                if the or possessive:
                    continue
                if not (link if capital else plain) or joins >= (3 if capital else 2):
                    break
                joins += 1
                continue
            owned = last > first and tokens[last - 1][0] in ("'s", "’s", "'", "’")
            if owned and tokens[last - 2][0] not in _OWNERS:
                # "Laos' health sector" is two terms, "People's Committee" one.
                break
            if text in _OWNERS and tags[last + 1 : last + 2] == ["POS"]:
                continue
            numbered = text.isdigit() and last > first and tokens[last - 1][0][0].isupper()
            if (
                tags[last] in _EN_NOUN
                or (text[0].isupper() and tags[last] != "CD")
                or numbered  # "Formula 1"
            ):
                start, end = tokens[first][1], tokens[last][2]
                phrase = sentence[start:end]
                if _sound(phrase) and len(phrase.split()) <= LONGEST_EN:
                    yield Phrase(phrase, start, end, False)


def _before(tokens: Sequence[tuple[str, int, int]], first: int, last: int) -> str:
    return " ".join(text for text, _, _ in tokens[first:last])


def _capital_runs(sentence: str, lang: Lang) -> Iterator[Phrase]:
    """Names: runs of up to five capitalised words, and every run inside one."""
    runs: list[list[re.Match[str]]] = [[]]
    for match in _NAME_WORD.finditer(sentence):
        word = match.group()
        if match.start() == 0 and word.lower() in stopwords(lang) and not word.isupper():
            continue  # "But" of "But Livingston", "Ông" of "Ông Clark"
        between = sentence[runs[-1][-1].end() : match.start()] if runs[-1] else " "
        if not word[0].isupper():
            runs.append([])
        elif between.strip():
            runs.append([match])
        else:
            runs[-1].append(match)
    for run in runs:
        for first in range(len(run)):
            for last in range(first, min(first + 5, len(run))):
                start, end = run[first].start(), run[last].end()
                text = _POSSESSIVE.sub("", sentence[start:end])
                end = start + len(text)
                if len(text) > 1 and not (last == first and len(text) < 3):
                    yield Phrase(text, start, end, True)


def _sound(text: str) -> bool:
    """Whether brackets and quotes close inside the phrase and it holds letters enough."""
    return (
        sum(unicodedata.category(c)[0] == "L" for c in text) >= 2
        and not any(c in text for c in '()[]“”"<>:;')
        and not _SLASH.search(text)
    )


def _tags(tokens: list[str]) -> list[str]:
    """Part-of-speech tags of English tokens, by the lexicon tagger that comes with TextBlob."""
    tagger = _tagger()
    # A slash parts word and tag in the tagger's own format.
    tagged = tagger(" ".join(token.replace("/", "-") for token in tokens), False)
    tags = [str(tag) for _, tag in tagged]
    if len(tags) != len(tokens):
        # It joins or splits a token now and then; then word by word, without context.
        tags = [
            str((tagger(token.replace("/", "-"), False) or [("", "NN")])[0][1]) for token in tokens
        ]
    return tags


@lru_cache(maxsize=1)
def _tagger() -> Any:
    try:
        from textblob.en.taggers import PatternTagger
    except ImportError as error:
        raise MissingExtra("English phrases need textblob: pip install 'songngu[align]'") from error
    return PatternTagger().tag


@lru_cache(maxsize=1)
def _heads() -> dict[str, frozenset[str]]:
    text = (resources.files("glossary.resources") / "heads.vi.txt").read_text("utf-8")
    found: dict[str, set[str]] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            found.setdefault(section, set()).add(line)
    return {name: frozenset(heads) for name, heads in found.items()}
