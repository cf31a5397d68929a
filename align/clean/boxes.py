"""Boxes beside and within an article, known by their place: other news, readers' comments, tables
of contents, what was lifted out of the article.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from align.clean.facts import date_of_line, labelled, split_source
from align.clean.line import BETWEEN, ITEM, SENTENCE_END, Line, byline, credited, single, unglue
from align.clean.lists import Lists

MOST_PARAGRAPHS = 400
"""In an article of more no sentence is looked for in all others."""
_REPLY = re.compile(r"(?:reply|trả lời)\b.{0,30}", re.IGNORECASE)
_PULLED = re.compile(r"[“\"](?P<said>[^”\"]{20,})[”\"]\s*(?P<who>[^.!?]{0,60})")
_MORE = re.compile(
    r"(?:read|see) more|(?:đọc|xem) (?:tiếp|thêm)|xem chi tiết|chi tiết", re.IGNORECASE
)
_CONTENTS = re.compile(
    r"(?:nội dung|mục lục|nội dung chính|(?:table of )?contents|in this article|on this page) ?:?",
    re.IGNORECASE,
)
_FORM = re.compile(r"@|https?:|\binbox\b|\btelegram\b|\bnewsletter\b|\bcookies?\b", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,4}")
_PERHAPS = ("", "menu", "related")
"""Kinds of headlines in a list, as far as markup and wording tell."""


def counted_headlines(lines: Sequence[Line]) -> None:
    """A headline with nothing but its count of comments under it, between two paragraphs."""
    for above, line, count, below in zip(lines, lines[1:], lines[2:], lines[3:], strict=False):
        lone = line.count >= 5 and not line.kind and not SENTENCE_END.search(line.text)
        if lone and above.prose and _COUNT.fullmatch(count.text) and not _COUNT.match(below.text):
            line.kind, count.kind = "related", "views"


def links_between(lines: Sequence[Line]) -> None:
    """Links to other news between two paragraphs: a headline and the same again with more behind
    it, or two headlines and more in a row, which no line opens as a list."""
    told = [index for index, line in enumerate(lines) if line.prose and not line.kind]
    for start, end in itertools.pairwise(told):
        between = [
            line
            for line in lines[start + 1 : end]
            if line.kind not in BETWEEN and not credited(line.text)
        ]
        for line, below in itertools.pairwise(between):
            again = below.text.startswith(line.text) and below.count <= line.count + 3
            if again and _lone(line):
                line.kind = below.kind = "related"
        opened = lines[start].text.endswith((":", ";"))
        rest = [line for line in between if not line.kind]
        if not opened and len(rest) > 1 and all(_lone(line) for line in rest):
            for line in rest:
                line.kind = "related"


def _lone(line: Line) -> bool:
    """As headlines are: some words, no mark at the end, no mark of an item."""
    return (
        line.count >= 6
        and not SENTENCE_END.search(line.text.rstrip("?"))
        and not ITEM.match(line.text)
    )


def readers_comments(lines: Sequence[Line]) -> None:
    """What stands over "Reply" or "Trả lời" was written by a reader."""
    for index, line in enumerate(lines):
        if line.kind == "control" and _REPLY.fullmatch(line.text):
            for above in reversed(lines[max(index - 3, 0) : index]):
                if above.kind:
                    break
                above.kind = "comments"


def before_the_article(lines: Sequence[Line]) -> None:
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


def after_end_marker(lines: Sequence[Line], lists: Lists) -> None:
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
    open_ = [
        index
        for index, line in enumerate(lines)
        if line.kind not in BETWEEN and not credited(line.text)
    ]
    begin = next(
        (at for at, index in enumerate(open_) if _box(lines[index]) and lines[index].count < 8),
        None,
    )
    while begin is not None:
        begin = _resumed_after(lines, open_, begin, lists)


def _resumed_after(
    lines: Sequence[Line], open_: Sequence[int], begin: int, lists: Lists
) -> int | None:
    """Takes the paragraphs under the box that begins at *begin* of the *open_* lines back into the
    article; where the next box begins."""
    for at in range(begin, len(open_) - 1):
        line, below = lines[open_[at]], lines[open_[at + 1]]
        if line.kind not in ("", "related"):
            return None
        if not (line.kind and _box(below) and _told(line) and _told(below)):
            continue
        above = lines[open_[at - 1]] if at else line
        if _box(above) and above.count <= 5 and _subheading(above) and not lists.end(above.text):
            above.kind = ""
        loose = None
        for place in range(at, len(open_)):
            one = lines[open_[place]]
            if not _box(one) or lists.end(one.text):
                return place if _box(one) else None
            if _told(one):
                one.kind = ""
                if loose is not None and _subheading(loose):
                    loose.kind = ""
                loose = None
            elif loose is not None:  # two loose lines are a list again
                return place
            else:
                loose = one
    return None


def _box(line: Line) -> bool:
    return line.kind == "related"


def _subheading(line: Line) -> bool:
    return line.count <= 7 and line.text[-1:].isalnum()


def _told(line: Line) -> bool:
    """A paragraph of the article rather than a teaser or a form: sentences that end, or that open
    a list."""
    ended = split_source(line.text)[0].endswith((".", ".”", '."', "./.", ":", ";"))
    return (
        (line.count >= 8 or bool(ITEM.match(line.text))) and ended and not _FORM.search(line.text)
    )


def tables_of_contents(lines: Sequence[Line]) -> None:
    """A table of contents: lines that stand again below as subheadings."""
    for index, line in enumerate(lines):
        if not _CONTENTS.fullmatch(line.text):
            continue
        times = Counter(one.text for one in lines[index + 1 :])
        for one in lines[index + 1 :]:
            if times[one.text] < 2:
                break
            one.kind = line.kind = "contents"
        return


def teasers(lines: Sequence[Line]) -> None:
    """What stands over "Read more", three times and more on a page, begins other articles."""
    ends = [i for i, line in enumerate(lines) if _MORE.fullmatch(line.text)]
    if len(ends) < 3:
        return
    for index in ends:
        for line in lines[max(index - 1, 0) : index + 1]:
            line.kind = line.kind or "related"


def dated_headlines(lines: Sequence[Line]) -> None:
    """A headline with a date under it, after the article began, belongs to a list of news."""
    for line, below, teaser in zip(lines, lines[1:], lines[2:], strict=False):
        listed = line.count >= 5 and date_of_line(below.text) and line.kind in _PERHAPS
        if listed and teaser.text.startswith(line.text) and len(teaser.text) > len(line.text):
            line.kind = below.kind = teaser.kind = "related"
    _lists_above(lines)
    prose = False
    spaced = _spaced(lines)
    for index, (line, below) in enumerate(itertools.pairwise(lines)):
        prose = prose or (not line.kind and line.prose)
        # A headline may ask; what ends in a full stop is the end of the article over its date.
        headline = line.count <= 35 and single(line.text) and not line.text.endswith((".", "./."))
        dated = below.kind == "age" or date_of_line(below.text)
        # A writer over the page's own date, or that over the date of its last change.
        if (line.count <= 4 and labelled(below.text)) or date_of_line(line.text):
            continue
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


def repeated_leads(lines: Sequence[Line], writer: str) -> None:
    """A sentence lifted out of the article, as audio players and pull quotes show it; a paragraph
    that stands twice; a headline between paragraphs that a list of other news has again; what an
    author's box says."""
    article = [line for line in lines if not line.kind]
    lists = {unglue(line.text) for line in lines if line.kind == "related"}
    few = len(article) <= MOST_PARAGRAPHS
    seen: set[str] = set()
    for above, line in zip([None, *article], article, strict=False):
        lone = line.count >= 5 and not SENTENCE_END.search(line.text)
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
        elif above is not None and byline(above.text) and line.text.startswith(above.text):
            above.kind = line.kind = "author"
        elif writer and re.match(
            rf"{re.escape(writer)} (?:is|covers|writes|has been)\b", line.text
        ):
            line.kind = "author"
        seen.add(line.text)
