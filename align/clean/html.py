"""HTML pages to text lines, by trafilatura; by the bare tree where that finds too little."""

from __future__ import annotations

import re
from typing import Any

_LOOKS_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.I
)
_BLOCKS = "p div br li h1 h2 h3 h4 h5 h6 tr article section header footer td blockquote".split()


def looks_like_html(raw: str, source: str) -> bool:
    """By the name of the page or its first tag."""
    return source.lower().endswith((".html", ".htm")) or bool(_LOOKS_HTML.match(raw[:2000]))


def html_to_text(raw: str) -> str:
    """Lines of the page: title, date line where the page declares one, then the main text.

    Text and nothing else: scripts are dropped, nothing is fetched.
    """
    import trafilatura
    from lxml import html

    tree = html.document_fromstring(
        raw.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
    )
    found = trafilatura.bare_extraction(raw, with_metadata=True, include_comments=False)
    if found is not None:
        page = found if isinstance(found, dict) else found.as_dict()
        text = page.get("text") or ""
        if len(text.split()) >= 40:
            head = [page.get("title") or "", _declared_date(tree)]
            return "\n\n".join([line for line in head if line] + text.split("\n"))
    for dead in tree.xpath("//script|//style|//noscript|//template"):
        dead.drop_tree()
    for block in tree.iter(*_BLOCKS):
        block.tail = "\n" + (block.tail or "")
        block.text = "\n" + (block.text or "")
    return "\n".join(" ".join(line.split()) for line in tree.text_content().split("\n"))


def _declared_date(tree: Any) -> str:
    """The date the page itself declares, as ``YYYY-MM-DD``; trafilatura would guess one from the
    text."""
    for value in tree.xpath(
        "//meta[@property='article:published_time' or @itemprop='datePublished'"
        " or @name='pubdate' or @name='publishdate' or @name='date'"
        " or @name='DC.date.issued']/@content"
        " | //time[@pubdate or @itemprop='datePublished']/@datetime"
    ):
        if match := re.match(r"\d{4}-\d{2}-\d{2}", value.strip()):
            return match.group()
    return ""
