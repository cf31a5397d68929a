"""HTML pages to text lines with what the markup tells of each.

trafilatura says which lines are the article; the tree around them says what it leaves out and the
article needs: title, date, byline, captions, subheadings. Where it finds too little, the bare tree
stands for itself and the lines are judged as those of a text page. Text and nothing else: scripts
are dropped, nothing is fetched.
"""

from __future__ import annotations

import copy
import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from align.clean.facts import date_of_line
from align.clean.line import credited
from align.clean.repair import repair
from align.model import NoArticle

_LOOKS_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.I
)
_BLOCKS = frozenset(
    "p div br li h1 h2 h3 h4 h5 h6 tr td article section header footer main aside nav form ul ol"
    " blockquote figure figcaption dt dd table center address details summary pre".split()
)
_DEAD = (
    "//script|//style|//noscript|//template|//comment()|//*[@hidden]"
    "|//*[contains(translate(translate(@style,' ',''),'ABCDEFGHIJKLMNOPQRSTUVWXYZ',"
    "'abcdefghijklmnopqrstuvwxyz'),'display:none')]"
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5".split())
_ASIDE_TAGS = frozenset("nav aside footer form select button".split())
_ASIDE = re.compile(
    r"relate|sidebar|aside|widget|poll|vote|newsletter|promo|popular|most-?(?:read|view)|comment"
    r"|share|social|\btags?\b|keyword|crumb|foot|\bnav|menu|banner|cookie|teaser|\bcard|inline-"
    r"|\bpull|modal|advert|\bads?\b|author-?box|about-?author|search|result|log-?in|feed|card(?![a-z])|(?:cot|col)[-_]?(?:phai|trai|right|left)|\blive\b|\bbox\b|mast-?head|logo|brand"
    r"|trending|recommend|read-?(?:more|next|also)|portlet-title|lien-?quan|tin-?khac|binh-?(?:luan|chon)|chia-?se",
    re.I,
)
"""Classes and ids of what stands beside an article."""
_LEAD = re.compile(
    r"sapo|\blead\b|\bdek\b|summary|stand-?first|\bdeck|excerpt|\bintro|subtitle|mo-?ta", re.I
)
_TITLE = re.compile(r"title|headline|tieu-?de", re.I)
_FACT = re.compile(r"date|time|\bpub|\bago\b|author|byline", re.I)
_CAPTION = re.compile(r"caption|photo-?(?:note|desc)|chu-?thich", re.I)
_BYLINE = re.compile(r"author|byline|tac-?gia|writer|(?:story|post)-?by\b", re.I)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\s*$")
_SITE_PART = re.compile(r"\s+(?:[-–—|»]|::)\s+")
_NAMING = ("class", "id", "itemprop", "data-component", "data-testid", "data-gu-name")
"""Attributes that say what an element is."""
MOST_TAGS = 300_000
"""A page of more is a test of patience: the largest of news sites have some 10,000."""
DEEPEST = 200
"""Elements within each other on a page that is taken for one."""
_MARKS = re.compile("[\u0300-\u036f]{17,}")
_LONG_RUN = re.compile(r"(\S)\1{999,}")
LEAST_WORDS = 40
"""trafilatura's text is taken for the article from so many words."""


@dataclass(slots=True)
class HtmlLine:
    """A line of the page and what the markup tells of it."""

    text: str
    kind: str = ""
    """Empty: perhaps the article."""


@dataclass(slots=True)
class _Block:
    text: str
    """Mended; the page's own words are returned as they stand, so that each repair is told."""
    raw: str
    tag: str
    marks: str
    """Classes and ids of it and what is around it."""
    links: float
    """Share of its letters that are links."""
    element: Any
    pictured: bool
    """Whether a picture stands between it and the block above."""

    @property
    def count(self) -> int:
        return len(self.text.split())

    @property
    def prose(self) -> bool:
        return self.count >= 8 and self.links < 0.3 and bool(_SENTENCE_END.search(self.text))


def looks_like_html(raw: str, source: str) -> bool:
    """By the name of the page or its first tag."""
    return source.lower().endswith((".html", ".htm")) or bool(_LOOKS_HTML.match(raw[:2000]))


def html_lines(raw: str) -> list[HtmlLine]:
    """The lines of the page in order; a title and a date that only the head declares come first."""
    import trafilatura
    from lxml import etree, html

    if raw.count("<") > MOST_TAGS:
        raise NoArticle(f"more than {MOST_TAGS:,} tags, no page that a browser would show")
    # Its expressions take long over them; what is left is still told as a repair.
    raw = _LONG_RUN.sub(lambda match: match.group()[:999], raw)
    raw = _MARKS.sub(lambda match: match.group()[:16], raw)
    try:
        tree = html.document_fromstring(
            raw.encode("utf-8", "replace"),
            parser=html.HTMLParser(encoding="utf-8", huge_tree=True),
        )
    except etree.ParserError as error:
        raise NoArticle("the page's markup holds no text") from error
    declared = _declared_date(tree)
    for dead in tree.xpath(_DEAD):
        if dead.getparent() is not None:
            dead.drop_tree()
    found = None
    if _shallow(tree):
        # A copy: it takes the tree apart.
        found = trafilatura.bare_extraction(
            copy.deepcopy(tree), with_metadata=True, include_comments=False
        )
    page: dict[str, Any] = {}
    if found is not None:
        page = found if isinstance(found, dict) else found.as_dict()
    blocks = list(_blocks(tree))
    mended = repair("\n".join(one.raw for one in blocks)).text.split("\n")
    if len(mended) == len(blocks):
        for one, text in zip(blocks, mended, strict=True):
            one.text = text
    text = page.get("text") or ""
    article = {_key(line) for line in f"{text}\n{repair(text).text}".split("\n")} - {""}
    if len(text.split()) < LEAST_WORDS:
        return _bare(blocks, declared)
    return _judged(blocks, article, page.get("title") or "", declared)


def _shallow(tree: Any) -> bool:
    """Whether the page is nested as pages are; trafilatura's time grows faster than the depth."""
    level, below = 0, [tree]
    while below and level <= DEEPEST:
        level, below = level + 1, [child for one in below for child in one]
    return level <= DEEPEST


def _bare(blocks: list[_Block], declared: str) -> list[HtmlLine]:
    """The blocks with no more known of them than whether they are links."""
    bare = [HtmlLine(one.raw, "menu" if one.links > 0.8 else "") for one in blocks]
    return [HtmlLine(declared), *bare] if declared else bare


def _judged(blocks: list[_Block], article: set[str], title: str, declared: str) -> list[HtmlLine]:
    inside = _inside(blocks, article)
    taken = set(inside)
    body = [index for index in inside if blocks[index].prose] or inside
    if not body:
        return _bare(blocks, declared)
    first, last = body[0], body[-1]
    shared = _shared(blocks, body)
    core = max(shared, key=_depth)
    homes = {blocks[index].element.getparent() for index in body}
    beside = [_beside(one.element, shared) for one in blocks]
    head = _title(blocks[:first], beside, title)
    kinds: list[str] = []
    said = date_of_line(declared)
    may_be = _near(blocks, said)
    shown = False
    for index, one in enumerate(blocks):
        within = core in _around(one.element)
        date = date_of_line(one.text)
        dated = date is not None and (may_be is None or date in may_be)
        # Over the title stands today's date.
        if head is not None and index < head and declared and date != said:
            dated = False
        if index == head:
            kind = "title"
        elif date is not None and not dated:
            kind = "age"
        elif _named(one) and not dated:
            kind = "byline"
        elif _is_caption(one):
            kind = "caption" if first - 3 <= index <= last + 1 else "menu"
        elif beside[index]:
            kind = "menu" if index < first else "related" if index <= last else "tail"
        elif index in taken:
            kind = ""
        elif index < first:
            # A standfirst may be a smaller heading, without a full stop.
            second = one.tag in _HEADINGS and one.count >= 8 and one.links < 0.3
            leads = one.prose or second or bool(_LEAD.search(one.marks))
            lead = head is not None and index > head and leads
            kind = "" if lead or dated or one.tag == "h1" else "menu"
        elif index <= last:
            # trafilatura leaves out leads and subheadings now and then.
            own = within and one.links < 0.5
            told = one.prose or one.count >= 15 or one.tag in _HEADINGS or one.tag in ("p", "li")
            # The date may stand under the lead.
            kind = "" if (own and told) or (dated and index <= first + 3) else "related"
        else:
            # Long ones only beside paragraphs of the article, not in the next column.
            near = one.element.getparent() in homes or (within and one.count <= 12)
            kind = "" if near and one.links < 0.5 else "tail"
        shown = shown or (not kind and dated and index <= first + 3)
        kinds.append(kind)
    lines = [HtmlLine(one.raw, kind) for one, kind in zip(blocks, kinds, strict=True)]
    above: list[HtmlLine] = []
    if head is None and title:
        above.append(HtmlLine(_without_site(title)))
    if declared and not shown:
        above.append(HtmlLine(declared))
    return above + lines


def _near(blocks: Sequence[_Block], said: datetime.date | None) -> set[datetime.date] | None:
    """The dates that a line on the page may have where its head declares one: that one, or where
    no line has it the days beside, for clocks of another time zone. None: any."""
    if said is None:
        return None
    if any(date_of_line(one.text) == said for one in blocks):
        return {said}
    return {said, *(said + datetime.timedelta(days) for days in (-1, 1))}


def _inside(blocks: list[_Block], article: set[str]) -> list[int]:
    """The blocks whose text trafilatura took, as lines of their own or within one."""
    running = "".join(article)
    # Searched for every block: a page as long as a book is not.
    running = running if len(running) * len(blocks) < 50_000_000 else ""
    return [
        index
        for index, one in enumerate(blocks)
        if one.links <= 0.8
        and any(
            key in article or (len(key) >= 30 and key in running)
            for key in (_key(one.text), _key(one.raw))
        )
    ]


def _shared(blocks: list[_Block], body: list[int]) -> set[Any]:
    """The elements around at least half of the article's paragraphs."""
    counts = Counter(around for index in body for around in _around(blocks[index].element))
    return {element for element, count in counts.items() if 2 * count >= len(body)}


def _beside(element: Any, shared: set[Any]) -> bool:
    """Whether what is around an element, and not around the article, is a box beside it."""
    return any(
        around not in shared and (around.tag in _ASIDE_TAGS or _ASIDE.search(_marks(around)))
        for around in _around(element)
    )


def _title(head: list[_Block], beside: list[bool], declared: str) -> int | None:
    """The block that is the title, by its tag and class and by the title of the window."""
    best, most = None, 0.9
    headings = [index for index, one in enumerate(head) if one.tag in _HEADINGS]
    window = set(declared.casefold().split())
    for index, one in enumerate(head):
        linked = one.links > 0.8 and one.tag not in _HEADINGS
        if one.count < 3 or beside[index] or linked:
            continue
        own = set(one.text.casefold().split())
        # Of few words the name of the site has as many.
        score = 2.0 * len(own & window) / len(own) * min(1.0, one.count / 6)
        score += 1.0 if headings and index == headings[-1] else 0.0
        score += 1.5 if one.tag == "h1" else 0.8 if one.tag in ("h2", "h3") else 0.0
        score += 1.0 if _TITLE.search(one.marks) else -1.0 if _LEAD.search(one.marks) else 0.0
        if score > most:
            best, most = index, score
    if best is None:
        # No heading and no window's title: the last line of words before the text.
        for index, one in reversed(list(enumerate(head))):
            words_only = one.text[:1].isalnum() and not set("|[]»>") & set(one.text)
            named = 6 <= one.count <= 30 and words_only and not _SENTENCE_END.search(one.text)
            if named and one.links < 0.3 and not beside[index] and not _is_caption(one):
                return index
    return best


def _without_site(title: str) -> str:
    """The title of a window without the names of section and site.

    >>> _without_site("Field hospital in Bình Dương takes first patients - Society")
    'Field hospital in Bình Dương takes first patients'
    """
    parts = _SITE_PART.split(title)
    longest = max(parts, key=lambda part: len(part.split()))
    short = all(len(part.split()) <= 4 for part in parts if part is not longest)
    return longest if short and len(longest.split()) >= 5 else title


def _is_caption(block: _Block) -> bool:
    if _CAPTION.search(block.marks) or block.tag == "figcaption":
        return True
    if block.count > 45:
        return False
    if credited(block.text):
        return True
    if not block.pictured:  # and of a long element not every child is looked at for each line
        return False
    lone = [one for one in block.element if isinstance(one.tag, str)]
    return len(lone) == 1 and lone[0].tag in ("em", "i") and not (block.element.text or "").strip()


def _named(block: _Block) -> bool:
    return bool(_BYLINE.search(block.marks)) and block.count <= 12


def _around(element: Any) -> Iterator[Any]:
    yield element
    yield from element.iterancestors()


def _depth(element: Any) -> int:
    return sum(1 for _ in element.iterancestors())


def _marks(element: Any) -> str:
    return " ".join(element.get(name) or "" for name in _NAMING)


def _blocks(tree: Any) -> Iterator[_Block]:
    """The lines of the page: text between the borders of blocks."""
    body = tree.find("body")
    root = tree if body is None else body
    parts: list[str] = []
    linked = 0
    holder = root
    pictured = False

    def flush() -> Iterator[_Block]:
        nonlocal linked, pictured
        text = " ".join("".join(parts).split())
        parts.clear()
        share = linked / len(text) if text else 0.0
        linked = 0
        if text:
            around = holder.getparent()
            marks = " ".join(_marks(one) for one in (holder, around) if one is not None)
            yield _Block(text, text, str(holder.tag), marks, share, holder, pictured)
            pictured = False

    # Not recursive: pages are nested as deep as they like.
    stack: list[tuple[Any, int]] = [(root, 0)]
    depth_of_link = 0
    while stack:
        element, state = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        block = tag in _BLOCKS or _fact(element, tag)
        if state == 0:
            if block:
                yield from flush()
                if tag != "br":
                    holder = element
            if tag == "a":
                depth_of_link += 1
            pictured = pictured or tag == "img"
            if tag and element.text:
                parts.append(element.text)
                linked += len(element.text) if depth_of_link else 0
            stack.append((element, 1))
            stack += [(child, 0) for child in reversed(element)]
        else:
            if block:
                yield from flush()
                if tag != "br" and element.getparent() is not None:
                    holder = element.getparent()
            if tag == "a":
                depth_of_link -= 1
            if element.tail and element is not root:
                parts.append(element.tail)
                linked += len(element.tail) if depth_of_link else 0
    yield from flush()


def _fact(element: Any, tag: str) -> bool:
    """Whether it is a date or byline that stands in the row of another with its own element."""
    if tag not in ("span", "time"):
        return False
    above = element.getparent()
    return above is not None and above.tag != "p" and bool(_FACT.search(_marks(element)))


def _key(line: str) -> str:
    """A line as it is compared: letters and digits alone, for trafilatura mends some damage too."""
    plain = unicodedata.normalize("NFC", unescape(unescape(line)))
    return "".join(c for c in plain if c.isalnum()).casefold()


def _declared_date(tree: Any) -> str:
    """The date the page itself declares, as ``YYYY-MM-DD``; trafilatura would guess one from the
    text."""
    for value in tree.xpath(
        "//meta[@property='article:published_time' or @itemprop='datePublished'"
        " or @name='pubdate' or @name='publishdate' or @name='date'"
        " or @name='DC.date.issued']/@content"
        " | //time[@pubdate or @itemprop='datePublished']/@datetime"
    ):
        match = re.match(r"\d{4}-\d{2}-\d{2}", value.strip())
        if match and match.group() > "1990":  # an unset clock stands at 1970
            return match.group()
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        match = re.search(r'"datePublished"\s*:\s*"(\d{4}-\d{2}-\d{2})', script)
        if match and match[1] > "1990":
            return match[1]
    return ""
