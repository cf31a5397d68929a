"""Which lines of a page are its article, and what the others are.

The lists (`align.clean.lists`) know lines by their wording; the rules here, in `align.clean.boxes`
and in `align.clean.captions` know them by their place: what stands before the first prose, what
repeats the title, headlines that carry a date of their own, everything after "related" or a poll.
Of what they leave in doubt `align.clean.judge` gives a second opinion.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from align.clean.boxes import (
    after_end_marker,
    before_the_article,
    counted_headlines,
    dated_headlines,
    links_between,
    readers_comments,
    repeated_leads,
    tables_of_contents,
    teasers,
)
from align.clean.captions import captions
from align.clean.facts import date_of_letter, date_of_line, labelled, split_source
from align.clean.judge import second_opinion
from align.clean.line import (
    BETWEEN,
    ITEM,
    PROSE_WORDS,
    SENTENCE_END,
    Line,
    byline,
    credited,
    unglue,
)
from align.clean.lists import Lists

_SOURCE_LINE = re.compile(
    r"(?:(?:nguồn|source)\s*:|theo|SOURCE)\s*(?P<who>[^.,:]{2,60})"
    r"|\(theo (?P<after>[^.,:()]{2,60})\)"
    r"|(?P<mark>VNS|VNA|TTXVN|VOV|SGGP|VGP|AFP|AP|PNA|KPL|Xinhua|Bernama)",
    re.IGNORECASE,
)
_BYLINE_START = re.compile(r"By [A-ZĐ]")
_ABOUT = re.compile(r"V/v\b", re.IGNORECASE)
_STARRED_NEWS = re.compile(r"\(\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?\)$")
_TITLE_DATED = re.compile(r"(?P<title>.{15,}\S) \((?P<date>\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\)")
_DATED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")


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
    marked = [line.kind for line in lines]
    for line in lines:
        # "Press release | November 6, 2015 | Print" looks like a menu.
        if line.kind or not date_of_line(line.text):
            line.kind = lists.line(line.text) or line.kind
    readers_comments(lines)
    before_the_article(lines)
    tables_of_contents(lines)
    teasers(lines)
    after_end_marker(lines, lists)
    dated_headlines(lines)
    counted_headlines(lines)
    links_between(lines)
    open_ = [i for i, line in enumerate(lines) if not line.kind]
    # Some pages end no paragraph with a full stop.
    start = next((i for i in open_ if lines[i].prose), None)
    if start is None:
        start = next((i for i in open_ if lines[i].count > PROSE_WORDS + 5), len(lines))
    _head(layout, start, lists)
    for line in lines:
        if not line.kind and _same_title(line.text, layout.title):
            line.kind = "title"
    captions(lines, start)
    _tail(layout, start)
    repeated_leads(lines, layout.byline)
    second_opinion(lines, marked)
    if not layout.byline:
        named = next((one.text for one in lines if one.kind == "byline" and one.count > 1), "")
        layout.byline = byline(named) or named
    return layout


def _head(layout: Layout, start: int, lists: Lists) -> None:
    """Title, date and byline from what stands before the first prose."""
    head = layout.lines[:start]
    for line in head:
        line.kind = line.kind or lists.head(line.text)
    named = next((i for i, line in enumerate(head) if line.kind == "title"), len(head))
    dates = [
        (i, date)
        for i, line in enumerate(head)
        # What the markup takes for a menu may be the page's date, below its title.
        if not line.kind or (line.kind == "menu" and i > named)
        if (date := date_of_line(line.text) or date_of_letter(line.text))
    ]
    for i, _date in dates:
        head[i].kind = "date"
        for part in head[i].text.split(" | "):
            if (writer := byline(part)) and not date_of_line(part):
                layout.byline = layout.byline or writer
    title = next((line for line in head if line.kind == "title"), None)
    if title is None:
        title = _title_line(layout.lines, head, dates[-1][0] if dates else None)
    if title is not None:
        layout.title = unglue(title.text)
        title.kind = "title"
        if ended := _TITLE_DATED.fullmatch(layout.title):
            layout.title, layout.date = ended["title"], date_of_line(ended["date"])
    # Above the title stands today's date, below it the page's, perhaps under the lead.
    at = next((i for i, line in enumerate(head) if line is title), -1)
    below = [date for i, date in dates if i > at]
    if not below:
        for line in layout.lines[start + 1 : start + 10]:
            near = line.number <= layout.lines[start].number + 6 or labelled(line.text)
            if not below and near and not line.kind and (found := date_of_line(line.text)):
                below.append(found)
                line.kind = "date"
    beside = [head[i] for i in (at - 1, at + 1) if title is not None and 0 <= i < len(head)]
    said = [date for line in beside if labelled(line.text) and (date := date_of_line(line.text))]
    if layout.date is not None:
        pass
    elif below or dates or said:
        layout.date = [*below, *said, *(date for _, date in dates)][0]
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
        elif seen_title and (who := byline(line.text)):
            layout.byline, line.kind = layout.byline or who, "byline"
        elif not seen_title or line.count < 8:
            line.kind = "menu"


def _title_line(lines: Sequence[Line], head: Sequence[Line], date: int | None) -> Line | None:
    """The line that stands again elsewhere, else one as long as headlines are next to the date."""
    candidates = [
        line for line in head if not line.kind and line.count >= 3 and not credited(line.text)
    ]
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
    pool = candidates
    if date is not None:
        pool = [line for line in candidates if line.number < head[date].number] or candidates
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
        and not set("|»▾") & set(line.text)
        and sum(map(str.isdigit, line.text)) <= 0.15 * len(line.text)
    )


def _beside(head: Sequence[Line], above: Sequence[Line], date: int) -> bool:
    """Whether the last headline over the date belongs to it: no menu and no more than a byline, a
    source or the name of a section between them."""
    if not above:
        return False
    at = next(index for index, line in enumerate(head) if line is above[-1])
    between = [line for line in head[at + 1 : date] if line.kind in ("", "menu")]
    return len(between) <= 3 and not any(line.kind for line in between)


def _tail(layout: Layout, start: int) -> None:
    """What stands under the article: source, byline, loose words of tags and forms."""
    lines = layout.lines
    open_ = [i for i in range(start, len(lines)) if not lines[i].kind]
    ends = [i for i in open_ if split_source(lines[i].text)[1]]
    prose = [i for i in open_ if lines[i].prose or lines[i].count > PROSE_WORDS + 5]
    last = ends[-1] if ends else _last_of(lines, prose[-1] if prose else start - 1)
    for line in lines[last + 1 :]:
        if line.kind not in ("", "tail"):  # in HTML what stands outside the article, too
            continue
        if (source := _SOURCE_LINE.fullmatch(line.text)) and not layout.source:
            layout.source, line.kind = next(filter(None, source.groups())).strip(), "source"
        elif line.kind:
            continue
        elif not ends and (who := byline(line.text) or _signed(line.text)):
            layout.byline, line.kind = layout.byline or who, "byline"
        else:
            line.kind = "tail"


def _last_of(lines: Sequence[Line], last: int) -> int:
    """The last line of the article, of which *last* is the last long one: short sentences and
    items, perhaps with a subheading over them, until something else or two loose lines."""
    loose, opened = 0, False
    for index in range(last + 1, len(lines)):
        line = lines[index]
        if line.kind in BETWEEN:
            continue
        if (
            line.kind
            or byline(line.text)
            or _signed(line.text)
            or _SOURCE_LINE.fullmatch(line.text)
        ):
            break
        # Items without marks at their ends may be headlines, after other loose words.
        item = not loose and ITEM.match(line.text) and not _STARRED_NEWS.search(line.text)
        ended = SENTENCE_END.search(line.text) and not line.text.endswith(":")
        told = not loose and (line.count >= PROSE_WORDS or line.text.startswith(("“", '"')))
        if item or ended or (told and line.count >= 8) or (opened and line.count >= 3):
            last, loose = index, 0
            opened = opened and not ended
        elif line.text.endswith(":"):
            opened = line.count >= 4  # a list
        else:
            loose += 1
        if loose > 1:
            break
    return last


def _signed(text: str) -> str:
    """A name in capitals alone in its line under the article, or an empty string."""
    names = text.split()
    return text if 2 <= len(names) <= 5 and all(n.isalpha() and n.isupper() for n in names) else ""


def _same_title(text: str, title: str) -> bool:
    return bool(title) and text.strip().rstrip(".").casefold() == title.rstrip(".").casefold()
