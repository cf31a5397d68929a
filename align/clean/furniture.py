"""Which lines of a page are its article, and what the others are.

The lists in ``resources/furniture.tsv`` know lines by their wording; the rules here know them by
their place: what stands before the first prose, what repeats the title, headlines that carry a
date of their own, everything after "related" or a poll.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from align.clean.facts import date_of_line, split_source
from align.text import words

PROSE_WORDS = 15
"""A line of so many words that ends like a sentence is prose: no headline of the pages seen is."""

_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*(?:\s*[—–-]{1,2}\s*[A-ZĐ/]{2,10})?$|\./\.$")
_CREDIT = re.compile(
    # A dash, bracket or full stop parts a credit from its caption: "ảnh hưởng" is none.
    r"(?:^|[-–—(.|/]\s*)(?:(?:nguồn )?ảnh(?: minh họa| minh hoạ| tư liệu)?(?!\s*hưởng)"
    r"|(?:[A-Z]{2,5}(?:/[A-Z]{2,5})?\s)?(?:file )?photos?(?: by| courtesy of)?)\b\s*:?"
    r"[^.]{0,60}\)?\.?$",
    re.IGNORECASE,
)
_CAPTION_START = re.compile(
    r"(?:quang cảnh|toàn cảnh|hình ảnh|ảnh ?:|photo ?:|đoàn công tác|các đại biểu|lễ ký)",
    re.IGNORECASE,
)
_CAPTION_VERB = re.compile(
    r"\b(?:phát biểu tại|tặng (?:quà|hoa)|trao (?:quà|tặng)|trao đổi bên lề|chụp ảnh|thảo luận về"
    r"|tại (?:buổi|lễ)|bắt tay|delivers? a speech|speaks? at|shakes? hands|pictured)\b",
    re.IGNORECASE,
)
_PERSON_START = re.compile(
    r"(?:(?:phó )?(?:bộ|thứ|cục|vụ|viện) trưởng|(?:phó )?thủ tướng|giám đốc|đại sứ|ông|bà)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:đã|sẽ|đang|cho biết|nhấn mạnh|đề nghị|kiến nghị|thống nhất|khẳng định|yêu cầu|chỉ đạo"
    r"|said|told|added|will|has|have)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:by|theo|written by|reported by|pv|phóng viên)\s*:?\s+"
    r"|(?:nguồn|tin|bài|tin, ảnh|tin ảnh|thực hiện|tác giả|source|author)\s*:\s*)"
    r"(?P<who>[^.,:]{2,60})|[^.:]{3,60}\sđưa tin(?:\s.{0,50})?",
    re.IGNORECASE,
)
_SOURCE_LINE = re.compile(r"(?:nguồn|source)\s*:\s*(?P<who>[^.,:]{2,60})", re.IGNORECASE)


_DATED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")


@dataclass(slots=True)
class Line:
    """A line of the repaired page with what is known of it so far."""

    text: str
    number: int
    """1-based line of the page."""
    blank_before: str = ""
    """White space of the lines between this one and the one before, for picture places."""
    kind: str = ""
    """Empty while it may be the article."""

    @property
    def count(self) -> int:
        return len(words(self.text))

    @property
    def prose(self) -> bool:
        return self.count >= PROSE_WORDS and bool(_SENTENCE_END.search(self.text))


@dataclass(slots=True)
class Layout:
    """What the lines of a page turned out to be."""

    title: str = ""
    date: datetime.date | None = None
    byline: str = ""
    source: str = ""
    lines: list[Line] = field(default_factory=list)
    """All lines in order; those with an empty kind are the article."""


def lay_out(lines: list[Line]) -> Layout:
    """Find title, date, byline and the kind of each line; changes the lines in place."""
    layout = Layout(lines=lines)
    _by_wording(lines)
    _after_end_marker(lines)
    _dated_headlines(lines)
    open_ = [i for i, line in enumerate(lines) if not line.kind]
    # Some pages end no paragraph with a full stop.
    start = next((i for i in open_ if lines[i].prose), None)
    if start is None:
        start = next((i for i in open_ if lines[i].count > PROSE_WORDS + 5), len(lines))
    _head(layout, start)
    for line in lines:
        if not line.kind and _same_title(line.text, layout.title):
            line.kind = "title"
    _captions(lines, start)
    _tail(layout, start)
    _repeated_leads(lines)
    return layout


def strip_prefix(text: str) -> tuple[str, str]:
    """A line without the furniture glued to its front, and that furniture.

    >>> strip_prefix("Your browser does not support the audio element. The two sides met.")
    ('The two sides met.', 'Your browser does not support the audio element.')
    """
    for _kind, pattern in _patterns("prefix"):
        match = pattern.match(text)
        if match and match.end() < len(text):
            return text[match.end() :].lstrip(), match.group()
    return text, ""


def unglue(text: str) -> str:
    """A title written twice in one line, once.

    >>> unglue("Bộ Y tế họp trực tuyếnBộ Y tế họp trực tuyến")
    'Bộ Y tế họp trực tuyến'
    """
    half = len(text) // 2
    for size in (half, half - 1, half + 1):
        first, second = text[:size].strip(), text[size:].strip(" |-–—")
        if len(first) > 12 and first == second:
            return first
    return text


def _by_wording(lines: Sequence[Line]) -> None:
    for line in lines:
        for where in ("line", "prefix"):
            for kind, pattern in _patterns(where):
                if pattern.fullmatch(line.text):
                    line.kind = kind
                    break


def _after_end_marker(lines: Sequence[Line]) -> None:
    """Everything after "related", a poll or comments is theirs, once some prose stood before."""
    prose, section = False, ""
    for line in lines:
        for kind, pattern in _patterns("end"):
            # What the markup tells already is a box beside the article, not its end.
            if not line.kind and pattern.fullmatch(line.text):
                line.kind = kind
                section = kind if prose else ""
        prose = prose or (not line.kind and line.prose)
        if section and not line.kind:
            line.kind = section


def _dated_headlines(lines: Sequence[Line]) -> None:
    """A headline with a date under it, after the article began, belongs to a list of news."""
    prose = False
    for line, below in itertools.pairwise(lines):
        prose = prose or (not line.kind and line.prose)
        # A headline may ask; what ends in a full stop is the end of the article over its date.
        headline = line.count <= 35 and _single(line.text) and not line.text.endswith((".", "./."))
        if prose and not line.kind and headline and date_of_line(below.text):
            line.kind = below.kind = "related"


def _head(layout: Layout, start: int) -> None:
    """Title, date and byline from what stands before the first prose."""
    head = layout.lines[:start]
    for line in head:
        for kind, pattern in _patterns("head"):
            if not line.kind and pattern.fullmatch(line.text):
                line.kind = kind
    dates = [(i, date) for i, line in enumerate(head) if (date := date_of_line(line.text))]
    for i, _date in dates:
        head[i].kind = "date"
    title = _title_line(layout.lines, head, dates[-1][0] if dates else len(head))
    if title is not None:
        layout.title = unglue(title.text)
        title.kind = "title"
    if dates:
        # Above the title stands today's date, below it the page's.
        at = next((i for i, line in enumerate(head) if line is title), -1)
        layout.date = next((date for i, date in dates if i > at), dates[0][1])
    else:
        # A date line under the article counts only if it stands before the lists of other news.
        for line in layout.lines[start:]:
            if line.kind:
                continue
            if found := date_of_line(line.text):
                layout.date, line.kind = found, "date"
                break
    seen_title = title is None
    for line in head:
        if line is title:
            seen_title = True
        if line.kind:
            continue
        if _same_title(unglue(line.text), layout.title):
            line.kind = "title"
        elif seen_title and (who := _byline(line.text)):
            layout.byline, line.kind = layout.byline or who, "byline"
        elif not seen_title or line.count < 8:
            line.kind = "menu"


def _title_line(lines: Sequence[Line], head: Sequence[Line], until: int) -> Line | None:
    """The line that stands again elsewhere, else the longest one above the date."""
    candidates = [line for line in head if not line.kind and line.count >= 3]
    texts = [unglue(line.text).rstrip(".") for line in lines]
    for line in candidates:
        text = unglue(line.text)
        if text != line.text or (line.count >= 5 and texts.count(text.rstrip(".")) > 1):
            return line
    own = {text.casefold(): line for line, text in zip(lines, texts, strict=True) if not line.kind}
    for line in candidates:
        # "Headline - Section - Site", as the title of a window has it.
        for part in re.split(r"\s+[-–—|]\s+", line.text):
            if len(part.split()) >= 4 and part != line.text and part.casefold() in own:
                return own[part.casefold()]
    above = [line for line in head[:until] if line in candidates]
    pool = above or candidates
    # Menus stand at the top; nearer to the article, of lines as long as headlines are, the title.
    headlines = [
        line
        for line in pool
        if 6 <= line.count <= 30
        and not line.text.endswith((".", ":"))
        and not _DATED.search(line.text)
    ]
    return headlines[-1] if headlines else max(pool, key=lambda line: line.count, default=None)


def _captions(lines: Sequence[Line], start: int) -> None:
    """Picture captions: a credit, a picture's file name above, an empty picture place above a
    short sentence that tells what is to be seen, or a lone sentence that only names who does what
    where (*Bộ trưởng … phát biểu tại buổi tiếp.*) and tells nothing."""
    above: Line | None = None
    for index, line in enumerate(lines):
        before, above = above, line
        if line.kind or line.count > 45:
            continue
        credit = _CREDIT.search(line.text)
        if (credit and credit.start() > 0) or (
            before is not None and before.kind == "image" and line.count <= 40
        ):
            line.kind = "caption"
            continue
        if line.count > 30 or index <= start or not _single(line.text):
            continue
        if re.search(r"[\"“:]", line.text) or _TELLS.search(line.text):
            continue
        listing = "," in line.text
        shows = bool(_CAPTION_VERB.search(line.text) or _CAPTION_START.match(line.text))
        place = "\u00a0" in line.blank_before
        short_view = bool(_CAPTION_START.match(line.text)) and line.count <= 14
        named = bool(_PERSON_START.match(line.text) and _CAPTION_VERB.search(line.text))
        if (place and shows) or (not listing and (short_view or named)):
            line.kind = "caption"


def _tail(layout: Layout, start: int) -> None:
    """What stands under the article: source, byline, loose words of tags and forms."""
    article = [line for line in layout.lines[start:] if not line.kind]
    ends = [i for i, line in enumerate(article) if split_source(line.text)[1]]
    prose = [i for i, line in enumerate(article) if line.prose]
    last = ends[-1] if ends else prose[-1] if prose else -1
    for line in article[last + 1 :]:
        finished = bool(_SENTENCE_END.search(line.text)) and not line.text.endswith(":")
        if source := _SOURCE_LINE.fullmatch(line.text):
            layout.source, line.kind = source["who"].strip(), "source"
        elif not ends and (who := _byline(line.text)):
            layout.byline, line.kind = layout.byline or who, "byline"
        elif ends or (not finished and line.count <= 14):
            line.kind = "tail"


def _repeated_leads(lines: Sequence[Line]) -> None:
    """A sentence lifted out of the article, as audio players and pull quotes show it; a paragraph
    that stands twice; a headline between paragraphs that a list of other news has again."""
    article = [line for line in lines if not line.kind]
    lists = {unglue(line.text) for line in lines if line.kind == "related"}
    seen: set[str] = set()
    for line in article:
        lone = line.count >= 5 and not _SENTENCE_END.search(line.text)
        if line.count >= 8 and (
            line.text in seen
            or any(
                line.text.rstrip(".!?…") in other.text and len(other.text) > len(line.text)
                for other in article
            )
        ):
            line.kind = "repeated"
        elif lone and line.text in lists:
            line.kind = "related"
        seen.add(line.text)


def _byline(text: str) -> str:
    """The writer a line names and nothing else, or an empty string.

    >>> _byline("By Nguyễn Nam"), _byline("Nguyễn Nam"), _byline("Bộ Y tế họp trực tuyến với Lào")
    ('Nguyễn Nam', 'Nguyễn Nam', '')
    """
    match = _BYLINE.fullmatch(text.strip())
    if match:
        return (match["who"] or text).strip()
    names = text.split()
    if 2 <= len(names) <= 4 and all(name[0].isupper() and name[1:].islower() for name in names):
        return text.strip()
    return ""


def _same_title(text: str, title: str) -> bool:
    return bool(title) and text.strip().rstrip(".").casefold() == title.rstrip(".").casefold()


def _single(text: str) -> bool:
    """Whether the line is one sentence, finished or not."""
    return not re.search(r"[.!?]\s+[A-ZĐÀ-Ỹ]", text)


@lru_cache(maxsize=8)
def _patterns(where: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The (kind, pattern) rows of the resource for one place."""
    text = (resources.files("align.resources") / "furniture.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(
        (kind, re.compile(pattern, re.IGNORECASE))
        for kind, place, pattern in rows
        if place == where
    )
