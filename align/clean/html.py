"""HTML pages to text lines with what the markup tells of each.

trafilatura says which lines are the article; the tree around them says what it leaves out and the
article needs: title, date, byline, captions, subheadings. Where it finds too little, the bare tree
stands for itself and the lines are judged as those of a text page. Text and nothing else: scripts
are dropped, nothing is fetched.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from align.clean.facts import date_of_line

_LOOKS_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.I
)
_BLOCKS = frozenset(
    "p div br li h1 h2 h3 h4 h5 h6 tr td article section header footer main aside nav form ul ol"
    " blockquote figure figcaption dt dd table center".split()
)
_DEAD = (
    "//script|//style|//noscript|//template|//comment()|//*[@hidden]"
    "|//*[contains(translate(translate(@style,' ',''),'ABCDEFGHIJKLMNOPQRSTUVWXYZ',"
    "'abcdefghijklmnopqrstuvwxyz'),'display:none')]"
)
_HEADINGS = frozenset("h2 h3 h4 h5".split())
_CAPTION = re.compile(r"caption|photo-?(?:note|desc)|chu-?thich", re.I)
_BYLINE = re.compile(r"author|byline|tac-?gia", re.I)
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
    tag: str
    within: str
    """Path of the element around it."""
    marks: str
    """Classes and ids of it and what is around it."""
    links: float
    """Share of its letters that are links."""


def looks_like_html(raw: str, source: str) -> bool:
    """By the name of the page or its first tag."""
    return source.lower().endswith((".html", ".htm")) or bool(_LOOKS_HTML.match(raw[:2000]))


def html_lines(raw: str) -> list[HtmlLine]:
    """The lines of the page in order; a title and a date that only the head declares come first."""
    import trafilatura
    from lxml import html

    tree = html.document_fromstring(
        raw.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
    )
    declared = _declared_date(tree)
    for dead in tree.xpath(_DEAD):
        if dead.getparent() is not None:
            dead.drop_tree()
    # A copy: it takes the tree apart.
    found = trafilatura.bare_extraction(
        copy.deepcopy(tree), with_metadata=True, include_comments=False
    )
    page: dict[str, Any] = {}
    if found is not None:
        page = found if isinstance(found, dict) else found.as_dict()
    blocks = list(_blocks(tree))
    text = page.get("text") or ""
    article = {_key(line) for line in text.split("\n")} - {""}
    if len(text.split()) < LEAST_WORDS:
        bare = [HtmlLine(one.text, "menu" if one.links > 0.8 else "") for one in blocks]
        return [HtmlLine(declared), *bare] if declared else bare
    return _judged(blocks, article, page.get("title") or "", declared)


def _judged(blocks: list[_Block], article: set[str], title: str, declared: str) -> list[HtmlLine]:
    inside = [index for index, one in enumerate(blocks) if _key(one.text) in article]
    if not inside:
        return [HtmlLine(one.text) for one in blocks]
    first, last = inside[0], inside[-1]
    homes = Counter(blocks[index].within for index in inside)
    home = homes.most_common(1)[0][0]
    lines = []
    told = False
    for index, one in enumerate(blocks):
        if _CAPTION.search(one.marks) or one.tag == "figcaption":
            kind = "caption" if first - 3 <= index <= last + 1 else "menu"
        elif _key(one.text) in article:
            kind = "" if one.links <= 0.8 else "menu"
        elif index < first:
            head = one.tag == "h1" or _key(one.text) == _key(title)
            kind = "" if head or date_of_line(one.text) or _named(one) else "menu"
        elif index <= last:
            # trafilatura leaves out leads and subheadings now and then.
            own = one.within == home and one.links < 0.5
            kind = "" if own and (one.tag in _HEADINGS or one.tag == "p") else "related"
        else:
            kind = "" if _named(one) or (one.within == home and one.links < 0.5) else "tail"
        told = told or (not kind and date_of_line(one.text) is not None and index < first)
        lines.append(HtmlLine(one.text, kind))
    above: list[HtmlLine] = []
    here = {_key(one.text) for one in lines[:first] if not one.kind}
    if title and _key(title) not in here and not any(one.tag == "h1" for one in blocks[:first]):
        above.append(HtmlLine(title))
    if declared and not told:
        above.append(HtmlLine(declared))
    return above + lines


def _named(block: _Block) -> bool:
    return bool(_BYLINE.search(block.marks)) and len(block.text.split()) <= 12


def _blocks(tree: Any) -> Iterator[_Block]:
    """The lines of the page: text between the borders of blocks."""
    body = tree.find("body")
    root = tree if body is None else body
    parts: list[str] = []
    linked = 0
    holder = root

    def flush() -> Iterator[_Block]:
        nonlocal linked
        text = " ".join("".join(parts).split())
        parts.clear()
        share = linked / len(text) if text else 0.0
        linked = 0
        if text:
            around = holder.getparent()
            marks = " ".join(
                f"{one.get('class') or ''} {one.get('id') or ''}"
                for one in (holder, around)
                if one is not None
            )
            yield _Block(text, str(holder.tag), _path(around), marks, share)

    # Not recursive: pages are nested as deep as they like.
    stack: list[tuple[Any, int]] = [(root, 0)]
    depth_of_link = 0
    while stack:
        element, state = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        block = tag in _BLOCKS
        if state == 0:
            if block:
                yield from flush()
                if tag != "br":
                    holder = element
            if tag == "a":
                depth_of_link += 1
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


def _path(element: Any) -> str:
    return "" if element is None else str(element.getroottree().getpath(element))


def _key(line: str) -> str:
    """A line as it is compared: without list marks and differences of space."""
    return "".join(re.sub(r"^\s*(?:[-•*]|\d+\.)\s+", "", line).split()).casefold()


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
