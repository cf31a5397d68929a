"""Which lines of a page are its article, and what the others are.

The lists (`align.clean.lists`) know lines by their wording; the rules here know them by their
place: what stands before the first prose, what repeats the title, headlines that carry a
date of their own, everything after "related" or a poll.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from align.clean.facts import date_of_letter, date_of_line, split_source
from align.clean.lists import Lists
from align.text import words

MOST_PARAGRAPHS = 400
"""In an article of more no sentence is looked for in all others."""

PROSE_WORDS = 15
"""A line of so many words that ends like a sentence is prose: no headline of the pages seen is."""

_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*(?:\s*[—–-]{1,2}\s*[A-ZĐ/]{2,10})?$|\./\.$")
CREDIT = re.compile(
    # A dash, bracket or full stop parts a credit from its caption: "ảnh hưởng" is none.
    r"(?:^|[-–—(.|/]\s*)(?:(?:nguồn )?(?:ảnh|hình)(?= ?:)|(?:nguồn )?ảnh"
    r"(?: minh họa| minh hoạ| tư liệu)?(?!\s*hưởng)"
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
    r"|trình bày (?:tham luận|báo cáo)|tại (?:buổi|lễ)|bắt tay"
    r"|delivers? a speech|speaks? at|shakes? hands|pictured)\b",
    re.IGNORECASE,
)
_PERSON_START = re.compile(
    r"(?:(?:phó )?(?:bộ|thứ|cục|vụ|viện) trưởng|(?:phó )?thủ tướng|giám đốc|đại sứ|ông|bà"
    r"|(?:phó )?giáo sư|tiến sĩ|thạc sĩ|bác sĩ|(?:GS|PGS|TS|ThS|BS)\.)(?!\w)",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:đã|sẽ|đang|cho biết|nhấn mạnh|đề nghị|kiến nghị|thống nhất|khẳng định|yêu cầu|chỉ đạo"
    r"|said|told|added|will|has|have)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:by|bởi|posted by|written by|writer|reported by|pv|phóng viên)\s*:?\s+"
    r"|(?:nguồn|tin|bài|(?:tin|bài)(?:,| và) ảnh|tin ảnh|thực hiện|tác giả|source|author)\s*:\s*)"
    r"(?P<who>[^.,:!?|@]{2,60}?)(?: \S+@\S+)?|[^.:]{3,60}\sđưa tin(?:\s.{0,50})?",
    re.IGNORECASE,
)
_SOURCE_LINE = re.compile(
    r"(?:(?:nguồn|source)\s*:|theo|SOURCE)\s*(?P<who>[^.,:]{2,60})"
    r"|\(theo (?P<after>[^.,:()]{2,60})\)"
    r"|(?P<mark>VNS|VNA|TTXVN|VOV|SGGP|VGP|AFP|AP|PNA|KPL|Xinhua|Bernama)",
    re.IGNORECASE,
)
_REPLY = re.compile(r"(?:reply|trả lời)\b.{0,30}", re.IGNORECASE)
_PULLED = re.compile(r"[“\"](?P<said>[^”\"]{20,})[”\"]\s*(?P<who>[^.!?]{0,60})")
_BYLINE_START = re.compile(r"By [A-ZĐ]")
_FIGURE = re.compile(r"(?:hình|ảnh|figure|fig\.|photo) \d{1,2} ?[.:] ", re.IGNORECASE)
_MORE = re.compile(
    r"(?:read|see) more|(?:đọc|xem) (?:tiếp|thêm)|xem chi tiết|chi tiết", re.IGNORECASE
)
_CONTENTS = re.compile(
    r"(?:nội dung|mục lục|nội dung chính|(?:table of )?contents|in this article|on this page) ?:?",
    re.IGNORECASE,
)
_FORM = re.compile(r"@|https?:|\binbox\b|\btelegram\b|\bnewsletter\b|\bcookies?\b", re.IGNORECASE)
_ABOUT = re.compile(r"V/v\b", re.IGNORECASE)


_ITEM = re.compile(r"(?:[-–•*+]|\d{1,2}[.)/]|[a-zđ][.)/])\s")
_STARRED_NEWS = re.compile(r"\(\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?\)$")
_NAME = re.compile(r"[^\W\d_a-z](?:['’]?[^\W\d_A-Z])+")
_BETWEEN = frozenset("caption image advert repeated control audio read-more age views".split())
"""Kinds of what also stands between paragraphs."""
_PERHAPS = ("", "menu", "related")
"""Kinds of headlines in a list, as far as markup and wording tell."""
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
    count: int = field(init=False)
    """Words."""

    def __post_init__(self) -> None:
        self.count = len(words(self.text))

    @property
    def prose(self) -> bool:
        return self.count >= PROSE_WORDS and bool(_SENTENCE_END.search(self.text[-80:]))


@dataclass(slots=True)
class Layout:
    """What the lines of a page turned out to be."""

    title: str = ""
    date: datetime.date | None = None
    byline: str = ""
    source: str = ""
    lines: list[Line] = field(default_factory=list)
    """All lines in order; those with an empty kind are the article."""


def lay_out(lines: list[Line], lists: Lists) -> Layout:
    """Find title, date, byline and the kind of each line; changes the lines in place."""
    layout = Layout(lines=lines)
    for line in lines:
        # "Press release | November 6, 2015 | Print" looks like a menu.
        if line.kind or not date_of_line(line.text):
            line.kind = lists.line(line.text) or line.kind
    _comments(lines)
    _before_the_article(lines)
    _contents(lines)
    _teasers(lines)
    _after_end_marker(lines, lists)
    _dated_headlines(lines)
    open_ = [i for i, line in enumerate(lines) if not line.kind]
    # Some pages end no paragraph with a full stop.
    start = next((i for i in open_ if lines[i].prose), None)
    if start is None:
        start = next((i for i in open_ if lines[i].count > PROSE_WORDS + 5), len(lines))
    _head(layout, start, lists)
    for line in lines:
        if not line.kind and _same_title(line.text, layout.title):
            line.kind = "title"
    _captions(lines, start)
    _tail(layout, start)
    _repeated_leads(lines, layout.byline)
    if not layout.byline:
        named = next((line.text for line in lines if line.kind == "byline"), "")
        layout.byline = _byline(named) or named
    return layout


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


def _comments(lines: Sequence[Line]) -> None:
    """What stands over "Reply" or "Trả lời" was written by a reader."""
    for index, line in enumerate(lines):
        if line.kind == "control" and _REPLY.fullmatch(line.text):
            for above in reversed(lines[max(index - 3, 0) : index]):
                if above.kind:
                    break
                above.kind = "comments"


def _before_the_article(lines: Sequence[Line]) -> None:
    """A column of news between the title at the top and the title over the article: headlines and
    teasers in turn, no two paragraphs after each other."""
    first: dict[str, int] = {}
    start = next((i for i, line in enumerate(lines) if line.prose and not line.kind), len(lines))
    for index, line in enumerate(lines[:-1]):
        text = unglue(line.text)
        begin = first.setdefault(text, index)
        if (
            begin == index
            or begin > start
            or line.count < 4
            or not date_of_line(lines[index + 1].text)
        ):
            continue
        between = lines[begin + 1 : index]
        told = [one for one in between if not one.kind]
        paired = any(a.prose and b.prose for a, b in itertools.pairwise(told))
        if any(one.prose for one in between) and not paired:
            for one in between:
                one.kind = one.kind or "related"
            return


def _after_end_marker(lines: Sequence[Line], lists: Lists) -> None:
    """Everything after "related", a poll or comments is theirs, once some prose stood before."""
    prose, section = False, ""
    for line in lines:
        # What the markup tells already is a box beside the article, not its end.
        if not line.kind and (kind := lists.end(line.text)):
            line.kind = kind
            section = kind if prose else ""
        prose = prose or (not line.kind and line.prose)
        if section and not line.kind:
            line.kind = section
    _resumed(lines, lists)


def _resumed(lines: Sequence[Line], lists: Lists) -> None:
    """The article goes on under a box of related news: two paragraphs after each other."""
    begin = next((i for i, one in enumerate(lines) if one.kind == "related" and one.count < 8), -1)
    open_ = [
        index
        for index in range(max(begin, 0), len(lines))
        if lines[index].kind not in _BETWEEN and not CREDIT.search(lines[index].text)
    ]
    for at, index in enumerate(open_[:-1]):
        line, below = lines[index], lines[open_[at + 1]]
        if begin < 0 or line.kind not in ("", "related"):
            return
        if line.kind and below.kind == "related" and _told(line) and _told(below):
            above = lines[open_[at - 1]] if at else line
            short = above.count <= 5 and above.text[-1:].isalnum()
            if above.kind == "related" and short and not lists.end(above.text):
                above.kind = ""  # a subheading
            for one in open_[at:]:
                if lines[one].kind != "related" or not _told(lines[one]):
                    break
                lines[one].kind = ""
            return


def _told(line: Line) -> bool:
    """A paragraph of the article rather than a teaser or a form: sentences that end."""
    ended = line.text.endswith((".", ".”", '."', "./."))
    return line.count >= 8 and ended and not _FORM.search(line.text)


def _contents(lines: Sequence[Line]) -> None:
    """A table of contents: lines that stand again below as subheadings."""
    for index, line in enumerate(lines):
        if not _CONTENTS.fullmatch(line.text):
            continue
        later = {one.text for one in lines[index + 1 :]}
        texts = [one.text for one in lines[index + 1 :]]
        listed = 0
        for one in lines[index + 1 :]:
            if texts.count(one.text) < 2 or one.text not in later:
                break
            one.kind, listed = "contents", listed + 1
        if listed:
            line.kind = "contents"
        return


def _teasers(lines: Sequence[Line]) -> None:
    """What stands over "Read more", three times and more on a page, begins other articles."""
    ends = [i for i, line in enumerate(lines) if _MORE.fullmatch(line.text)]
    if len(ends) < 3:
        return
    for index in ends:
        for line in lines[max(index - 1, 0) : index + 1]:
            line.kind = line.kind or "related"


def _dated_headlines(lines: Sequence[Line]) -> None:
    """A headline with a date under it, after the article began, belongs to a list of news."""
    for line, below, teaser in zip(lines, lines[1:], lines[2:], strict=False):
        listed = line.count >= 5 and date_of_line(below.text) and line.kind in _PERHAPS
        if listed and teaser.text.startswith(line.text):
            line.kind = below.kind = teaser.kind = "related"
    _lists_above(lines)
    prose = False
    spaced = _spaced(lines)
    for index, (line, below) in enumerate(itertools.pairwise(lines)):
        prose = prose or (not line.kind and line.prose)
        # A headline may ask; what ends in a full stop is the end of the article over its date.
        headline = line.count <= 35 and _single(line.text) and not line.text.endswith((".", "./."))
        dated = below.kind == "age" or date_of_line(below.text)
        if prose and not line.kind and headline and dated:
            line.kind = below.kind = "related"
            teaser = lines[index + 2] if index + 2 < len(lines) else below
            if spaced and teaser.number == line.number + 2:
                teaser.kind = teaser.kind or "related"


def _spaced(lines: Sequence[Line]) -> bool:
    """Whether blank lines stand between the page's paragraphs."""
    prose = [
        line.number > above.number + 1 for above, line in itertools.pairwise(lines) if line.prose
    ]
    return sum(prose) >= 3 and sum(prose) >= 0.7 * len(prose)


def _lists_above(lines: Sequence[Line]) -> None:
    """Headlines with a date under each, two and more after each other, are a list, above the
    article too; its own title and date are followed by its text."""
    pairs: list[int] = []
    for index, (line, below) in enumerate(itertools.pairwise(lines)):
        if pairs and index > pairs[-1] + 2:
            pairs.clear()
        here = line.kind in _PERHAPS and line.count >= 3 and not date_of_line(line.text)
        if not here or line.prose or date_of_line(below.text) is None:
            continue
        if index + 2 < len(lines) and lines[index + 2].prose:
            continue
        pairs.append(index)
        if len(pairs) > 1:
            for at in pairs[-2:]:
                lines[at].kind = lines[at + 1].kind = "related"


def _head(layout: Layout, start: int, lists: Lists) -> None:
    """Title, date and byline from what stands before the first prose."""
    head = layout.lines[:start]
    for line in head:
        line.kind = line.kind or lists.head(line.text)
    dates = [
        (i, date)
        for i, line in enumerate(head)
        if not line.kind and (date := date_of_line(line.text) or date_of_letter(line.text))
    ]
    for i, _date in dates:
        head[i].kind = "date"
        for part in head[i].text.split(" | ")[1:]:
            if (writer := _BYLINE.fullmatch(part)) and not date_of_line(part):
                layout.byline = layout.byline or (writer["who"] or part).strip()
    title = next((line for line in head if line.kind == "title"), None)
    if title is None:
        title = _title_line(layout.lines, head, dates[-1][0] if dates else None)
    if title is not None:
        layout.title = unglue(title.text)
        title.kind = "title"
    # Above the title stands today's date, below it the page's, perhaps under the lead.
    at = next((i for i, line in enumerate(head) if line is title), -1)
    below = [date for i, date in dates if i > at]
    if not below:
        for line in layout.lines[start + 1 : start + 4]:
            if not below and not line.kind and (found := date_of_line(line.text)):
                below.append(found)
                line.kind = "date"
    if below or dates:
        layout.date = below[0] if below else dates[0][1]
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


def _title_line(lines: Sequence[Line], head: Sequence[Line], date: int | None) -> Line | None:
    """The line that stands again elsewhere, else one as long as headlines are next to the date."""
    candidates = [line for line in head if not line.kind and line.count >= 3]
    texts = [unglue(line.text).rstrip(".") for line in lines]
    # Lists of other news have their headlines twice, too.
    outside = [
        text
        for line, text in zip(lines, texts, strict=True)
        if line.kind not in ("related", "poll")
    ]
    for line in candidates:
        text = unglue(line.text)
        if (text != line.text and line.count >= 8) or (
            line.count >= 5 and outside.count(text.rstrip(".")) > 1
        ):
            return line
    own = {text.casefold(): line for line, text in zip(lines, texts, strict=True) if not line.kind}
    for line in candidates:
        # "Headline - Section - Site", as the title of a window has it.
        for part in re.split(r"\s+[-–—|]\s+", line.text):
            if len(part.split()) >= 4 and part != line.text and part.casefold() in own:
                return own[part.casefold()]
    until = len(head) if date is None else date
    pool = [line for line in head[:until] if not line.kind and line.count >= 3] or candidates
    # Menus stand at the top; nearer to the article, of lines as long as headlines are, the title.
    above = [line for line in pool if _headline(line)]
    below = [line for line in head[until:] if not line.kind and _headline(line)]
    menus = [line for line in head[until:] if line.kind in ("", "menu") and line.count < 6]
    if below and (len(menus) > 3 or not _beside(head, above, until)):
        # The date of the day stands over the menu, or the release's over its title.
        return below[-1]
    return above[-1] if above else max(pool, key=lambda line: line.count, default=None)


def _headline(line: Line) -> bool:
    return (
        6 <= line.count <= 30
        and not line.text.endswith((".", ":"))
        and not _DATED.search(line.text)
        and not _BYLINE_START.match(line.text)
        and not _ABOUT.match(line.text)
    )


def _beside(head: Sequence[Line], above: Sequence[Line], date: int) -> bool:
    """Whether the last headline over the date belongs to it: no menu and no more than a byline, a
    source or the name of a section between them."""
    if not above:
        return False
    at = next(index for index, line in enumerate(head) if line is above[-1])
    between = [line for line in head[at + 1 : date] if line.kind in ("", "menu")]
    return len(between) <= 3 and not any(line.kind for line in between)


def _captions(lines: Sequence[Line], start: int) -> None:
    """Picture captions: a credit, a picture's file name above, an empty picture place above a
    short sentence that tells what is to be seen, or a lone sentence that only names who does what
    where (*Bộ trưởng … phát biểu tại buổi tiếp.*) and tells nothing."""
    above: Line | None = None
    for index, line in enumerate(lines):
        before, above = above, line
        if line.kind or line.count > 45:
            continue
        below = lines[index + 1] if index + 1 < len(lines) else None
        if below is not None and below.text.startswith("©") and index < len(lines) - 4:
            line.kind = "caption"
            continue
        credit = CREDIT.search(line.text) or _FIGURE.match(line.text)
        if (credit and (credit.start() > 0 or _FIGURE.match(line.text))) or (
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
    lines = layout.lines
    open_ = [i for i in range(start, len(lines)) if not lines[i].kind]
    ends = [i for i in open_ if split_source(lines[i].text)[1]]
    prose = [i for i in open_ if lines[i].prose or lines[i].count > PROSE_WORDS + 5]
    last = ends[-1] if ends else _last_of(lines, prose[-1] if prose else start - 1)
    for line in lines[last + 1 :]:
        if line.kind:
            continue
        if (source := _SOURCE_LINE.fullmatch(line.text)) and not layout.source:
            layout.source, line.kind = next(filter(None, source.groups())).strip(), "source"
        elif not ends and (who := _byline(line.text) or _signed(line.text)):
            layout.byline, line.kind = layout.byline or who, "byline"
        else:
            line.kind = "tail"


def _last_of(lines: Sequence[Line], last: int) -> int:
    """The last line of the article, of which *last* is the last long one: short sentences and
    items, perhaps with a subheading over them, until something else or two loose lines."""
    loose = 0
    for index in range(last + 1, len(lines)):
        line = lines[index]
        if line.kind in _BETWEEN:
            continue
        if (
            line.kind
            or _byline(line.text)
            or _signed(line.text)
            or _SOURCE_LINE.fullmatch(line.text)
        ):
            break
        # Items without marks at their ends may be headlines, after other loose words.
        item = not loose and _ITEM.match(line.text) and not _STARRED_NEWS.search(line.text)
        ended = _SENTENCE_END.search(line.text) and not line.text.endswith(":")
        told = not loose and (line.count >= PROSE_WORDS or line.text.startswith(("“", '"')))
        if item or ended or (told and line.count >= 8):
            last, loose = index, 0
        elif not line.text.endswith(":"):  # which opens a list
            loose += 1
        if loose > 1:
            break
    return last


def _repeated_leads(lines: Sequence[Line], writer: str) -> None:
    """A sentence lifted out of the article, as audio players and pull quotes show it; a paragraph
    that stands twice; a headline between paragraphs that a list of other news has again; what an
    author's box says."""
    article = [line for line in lines if not line.kind]
    lists = {unglue(line.text) for line in lines if line.kind == "related"}
    few = len(article) <= MOST_PARAGRAPHS
    seen: set[str] = set()
    for above, line in zip([None, *article], article, strict=False):
        lone = line.count >= 5 and not _SENTENCE_END.search(line.text)
        pulled = _PULLED.fullmatch(line.text)
        said = pulled["said"] if pulled else line.text
        if line.count >= 8 and (
            line.text in seen
            or any(
                few and said.rstrip(".!?…") in other.text and len(other.text) > len(line.text)
                for other in article
            )
        ):
            line.kind = "repeated"
        elif lone and line.text in lists:
            line.kind = "related"
        elif above is not None and _byline(above.text) and line.text.startswith(above.text):
            above.kind = line.kind = "author"
        elif writer and re.match(
            rf"{re.escape(writer)} (?:is|covers|writes|has been)\b", line.text
        ):
            line.kind = "author"
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
    if 2 <= len(names) <= 4 and all(_NAME.fullmatch(name) for name in names):
        return text.strip()
    return ""


def _signed(text: str) -> str:
    """A name in capitals alone in its line under the article, or an empty string."""
    names = text.split()
    return text if 2 <= len(names) <= 5 and all(n.isalpha() and n.isupper() for n in names) else ""


def _same_title(text: str, title: str) -> bool:
    return bool(title) and text.strip().rstrip(".").casefold() == title.rstrip(".").casefold()


def _single(text: str) -> bool:
    """Whether the line is one sentence, finished or not."""
    return not re.search(r"[.!?]\s+[A-ZĐÀ-Ỹ]", text)
