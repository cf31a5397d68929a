"""A second opinion on the lines that the rules leave in doubt, learnt from pages with gold.

The rules know what they have seen; a new layout has furniture of its own, which still looks little
like prose and stands where furniture stands. A logistic model over what a line looks like and what
stands around it (weights in ``resources/clean.json``, fitted by ``benchmarks/fit_clean.py``) says
how likely a line belongs to the article. What the rules say of the line itself is no feature: they
were made on the same pages, so that the model would learn to repeat them.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

from align.clean.facts import date_of_line
from align.clean.line import ITEM, SENTENCE_END, Line, credited

DOUBTFUL = frozenset(("", "related", "tail", "menu"))
"""Kinds that the place of a line gave; wording, dates and credits keep their word."""
REMOVED_BELOW = 0.2
"""A line that the rules keep goes below this probability: from .1 to .4 the figures of sets left
out are alike (.938 to .941), those of pages that the rules know fall (.990 to .983)."""
PROSE_REMOVED_BELOW = 0.05
"""For prose, items and subheadings: to lose one is worse than to keep a request to sign up."""
KEPT_FROM = 0.8
"""A line that the rules take away comes back from this one on."""
FORMAT = "songngu-clean 1"

_FULL = re.compile(r"[.!?…][\"'”’)\]]*(?:\s*[—–-]{1,2}\s*[A-ZĐ/]{2,10})?$|\./\.$")
_READER = re.compile(
    r"\b(?:you|your|yours|we|our|us|sign up|log ?in|inbox|e-?mails?|newsletters?|subscribe\w*|click"
    r"|app|password|readers?|comments?|articles?|stor(?:y|ies)|website|privacy|terms|bạn|quý vị"
    r"|chúng tôi|độc giả|bạn đọc|bài viết|vui lòng|mời|đăng ký|đăng nhập|tải|bình luận|hotline"
    r"|chuyên mục|tòa soạn)\b",
    re.IGNORECASE,
)
"""Words with which a page speaks to its reader."""
_QUOTED = re.compile(r"[“”\"]")
_ADDRESS = re.compile(r"@|https?:|www\.|\.(?:vn|com|org|example)\b|\d{3,4}[ .-]\d{3}[ .-]?\d{3}")
_FIGURE = re.compile(r"\d")
_CLOCK = re.compile(r"\b\d{1,2}[:h]\d{2}\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b")
_BARS = re.compile(r"[|»›>•·★/\[\]{}×_©®:&]|--")
_TELLS = re.compile(
    r"\b(?:said|says|told|added|according|was|were|has|have|had|will|would|cho biết|nhấn mạnh"
    r"|đề nghị|theo|đã|sẽ|được|bị|cho hay|chia sẻ|khẳng định|nói)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:said|was|were|had|told|added|đã|sẽ|cho biết|cho hay|will"
    r"|(?!need|speed|feed|seed)[a-z]{2,}ed|is|are|can|may|must|should|came|went|took|made|got|gave"
    r"|cần|phải|có thể|là|nên|theo)\b",
    re.IGNORECASE,
)
"""What a sentence that only describes a picture does without."""
_SHOWS = re.compile(
    r"\b(?:stands?|poses?|holds?|walks?|checks?|looks?|sits?|attends?|receives?|gives?|examines?"
    r"|speaks?|shows?|arranges?|observes?|pictured|seen|phát biểu|tặng|trao|khám|kiểm tra"
    r"|tại buổi|tại lễ|chụp ảnh|tham gia|hướng dẫn|chăm sóc)\b",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"(?:(?:phó )?(?:bộ|thứ|cục|vụ|viện) trưởng|(?:phó )?thủ tướng|giám đốc|ông|bà|bác sĩ"
    r"|(?:GS|PGS|TS|ThS|BS)\b|các|lực lượng|cán bộ|nhân viên|người dân|đoàn|quang cảnh|an? "
    r"|residents|people|workers|doctors|patients|nurses|officials|representatives|members|health"
    r"|(?:dr|mrs?|ms)\b)",
    re.IGNORECASE,
)
_NEAR = frozenset(("title", "date", "repeated"))
"""Kinds of what stands next to an article or was a part of it."""
_WORD = re.compile(r"[^\W\d_]{4,}")
FAR = 99
"""Lines to the next prose where there is none."""


def second_opinion(lines: Sequence[Line], marked: Sequence[str]) -> None:
    """Takes away what the rules keep and hardly belongs to the article, and brings back what they
    took by its place and surely does. *marked* are the kinds that the markup gave."""
    if not any(line.prose and not line.kind for line in lines):
        return  # no article to belong to
    told = [index for index, line in enumerate(lines) if line.prose and not line.kind]
    chances = [probability(row) if row else 0.0 for row in features(lines, marked)]
    back = [
        bool(line.kind and SENTENCE_END.search(line.text[-80:])) and chance >= KEPT_FROM
        for line, chance in zip(lines, chances, strict=True)
    ]
    kinds = [line.kind for line in lines]
    listed = _listed(lines)
    for index, line in enumerate(lines):
        spared = line.prose or listed[index] or ITEM.match(line.text) or _subheading(lines, index)
        bound = PROSE_REMOVED_BELOW if spared else REMOVED_BELOW
        if not any(c.isalpha() for c in line.text) and told[0] < index < told[-1]:
            bound = 0.0  # cells of a table; the rules know counts under headlines
        if back[index]:
            kinds[index] = "" if marked[index] or _paired(lines, back, index) else line.kind
        elif not line.kind and chances[index] < bound:
            kinds[index] = _kind(lines, index, told[0], told[-1])
    for line, kind in zip(lines, kinds, strict=True):
        line.kind = kind


def _subheading(lines: Sequence[Line], index: int) -> bool:
    """Whether a line stands between two paragraphs alone and is as short as a subheading."""
    line = lines[index]
    if not 0 < index < len(lines) - 1 or line.count > 10 or not line.text[-1].isalnum():
        return False
    around = (lines[index - 1], lines[index + 1])
    return all(one.prose and not one.kind for one in around) and not _READER.search(line.text)


def _paired(lines: Sequence[Line], back: Sequence[bool], index: int) -> bool:
    """Whether two paragraphs after each other come back: between headlines stand teasers, which
    read alike."""
    around = (index - 1, index + 1)
    return lines[index].prose and any(
        0 <= other < len(lines) and back[other] and lines[other].prose for other in around
    )


def _kind(lines: Sequence[Line], index: int, first: int, last: int) -> str:
    """What a line is that does not belong to the article, by its place."""
    if index < first:
        return "menu"
    if index >= last:
        return "tail"
    line, around = lines[index], (lines[index - 1], lines[index + 1])
    alone = all(one.prose and not one.kind for one in around)
    pictured = alone and 7 <= line.count <= 35 and not _READER.search(line.text)
    return "caption" if pictured else "related"


def probability(row: Sequence[float]) -> float:
    """That a line with these features belongs to the article."""
    weights, intercept = _model()
    score = intercept + sum(weight * value for weight, value in zip(weights, row, strict=True))
    return 1 / (1 + math.exp(-score))


@lru_cache(maxsize=1)
def _model() -> tuple[list[float], float]:
    stored = json.loads((resources.files("align.resources") / "clean.json").read_text("utf-8"))
    if stored["format"] != FORMAT or stored["features"] != list(FEATURES):
        raise ValueError("resources/clean.json is of another version: run fit_clean.py")
    return unscaled(stored)


def unscaled(model: Mapping[str, Any]) -> tuple[list[float], float]:
    """Weights and intercept for features as they are, of a model fitted on scaled ones."""
    weights = [w / s for w, s in zip(model["weights"], model["scale"], strict=True)]
    shift = sum(w * mean for w, mean in zip(weights, model["mean"], strict=True))
    return weights, model["intercept"] - shift


FEATURES = (
    "words", "fifteen words", "thirty words", "ended", "short and ended", "page ends, not it",
    "colon", "semicolon", "asks", "item", "quotation", "capitals", "no letter", "figures", "bars",
    "address", "reader", "tells", "credit", "date", "clock, not ended", "twice",
    "between, page ends, not it", "describes", "shorter than most", "shows", "shown",
    "under a colon", "subheading", "shared words", "prose above", "near prose above", "run",
    "in a run", "markup related", "markup tail", "markup article", "gap as usual",
    "no gap, not as usual", "furniture so far", "furniture above", "short above", "short above 2",
    "top above 2", "prose below", "furniture below", "short below", "short below 2",
    "bottom below 2",
)  # fmt: skip


def features(lines: Sequence[Line], marked: Sequence[str]) -> list[list[float]]:
    """What is known of each doubtful line, in the order of `FEATURES`; nothing of others."""
    size = len(lines)
    places = range(size)
    prose = [line.prose and line.kind in DOUBTFUL for line in lines]
    told = [index for index in places if prose[index]]
    first, last = (told[0], told[-1]) if told else (size, -1)
    ended = [bool(_FULL.search(line.text[-80:])) for line in lines]
    short = [not end and line.count < 15 for line, end in zip(lines, ended, strict=True)]
    sure = [line.kind not in DOUBTFUL and line.kind not in _NEAR for line in lines]
    own = [set(_WORD.findall(line.text.casefold())) for line in lines]
    spread = Counter(word for index in told for word in own[index])
    times = Counter(line.text.casefold() for line in lines)
    # What the page does otherwise: full stops, blank lines, paragraphs of some length.
    habit = sum(ended[index] for index in told) / len(told) if told else 0.0
    gaps = [not i or lines[i].number > lines[i - 1].number + 1 for i in places]
    spaced = sum(gaps[index] for index in told) / len(told) if told else 0.0
    middle = sorted(lines[index].count for index in told)[len(told) // 2] if told else 20
    runs, listed = _runs(short), _listed(lines)
    above, below = _distances(prose), _distances(prose[::-1])[::-1]
    passed = furniture = 0
    rows: list[list[float]] = []
    for index, line in enumerate(lines):
        if line.kind not in DOUBTFUL:
            rows.append([])
            furniture += sure[index] and index > last - 3
            continue
        # Of a line as long as a book its beginning tells enough.
        text, count, end = line.text[:2000], line.count, ended[index]
        letters = [word for word in text.split() if word[0].isalpha()]
        between = above[index] == 0 and below[index] == 0
        sentence = 7 <= count < 32 and ". " not in text and not _QUOTED.search(text)
        known = sum(word in spread and spread[word] > prose[index] for word in own[index])
        two_above, two_below = index - 2, index + 2
        rows.append([
            math.log1p(count),
            count >= 15,
            count >= 30,
            end,
            end and count < 12,
            (not end) * habit,
            line.text.endswith(":"),
            line.text.endswith((";", ",")),
            line.text.endswith("?"),
            bool(ITEM.match(text)),
            text[0] in "“\"‘'",
            sum(word[0].isupper() for word in letters) / len(letters) if letters else 1.0,
            not letters,
            len(_FIGURE.findall(text)) / len(text),
            min(3, len(_BARS.findall(text))),
            bool(_ADDRESS.search(text)),
            0 if _QUOTED.search(text) else min(3, len(_READER.findall(text))),
            bool(_TELLS.search(text)),
            count <= 60 and credited(text),
            count <= 20 and date_of_line(text) is not None,
            count < 15 and not end and bool(_CLOCK.search(text)),
            times[text.casefold()] > 1,
            (between and not end and 7 <= count <= 35 and text[-1] not in ":;") * habit,
            index > first and sentence and not _HAPPENED.search(text),
            min(2.0, max(0.0, math.log(middle / count))) if count >= 7 else 0.0,
            bool(_SHOWS.search(text)),
            bool(_SHOWN.match(text)),
            listed[index],
            between and 1 <= count <= 9 and text[-1].isalnum() and not _BARS.search(text),
            known / len(own[index]) if own[index] else 0.0,
            min(5, passed) / 5,
            1 / (1 + above[index]),
            min(10, runs[index]) / 10,
            runs[index] >= 2,
            marked[index] == "related",
            marked[index] == "tail",
            not marked[index] and any(marked),
            gaps[index] * spaced,
            (not gaps[index]) * spaced,
            min(furniture, 3) / 3,
            index > 0 and sure[index - 1],
            index > 0 and short[index - 1],
            two_above >= 0 and short[two_above],
            two_above < 0,
            index + 1 < size and prose[index + 1],
            index + 1 < size and sure[index + 1],
            index + 1 < size and short[index + 1],
            two_below < size and short[two_below],
            two_below >= size,
        ])  # fmt: skip
        passed += prose[index]
    return rows


def _distances(prose: Sequence[bool]) -> list[int]:
    """How many lines stand between each line and the prose before it."""
    found: list[int] = []
    since = FAR
    for flag in prose:
        found.append(since)
        since = 0 if flag else since + 1
    return found


def _runs(flags: Sequence[bool]) -> list[int]:
    """How long the run of flagged lines is in which each one stands."""
    found: list[int] = []
    for flag, group in itertools.groupby(flags):
        size = len(list(group))
        found += [size if flag else 0] * size
    return found


def _listed(lines: Sequence[Line]) -> list[bool]:
    """Whether each line is one of the items under a line that ends in a colon."""
    found: list[bool] = []
    opened = False
    for line in lines:
        told = line.count >= 15 and line.text.endswith(".")
        found.append(opened and not told)
        if line.text.endswith(":") and line.count >= 4:
            opened = True
        elif told or line.count < 2:
            opened = False
    return found
