"""A raw page in, its article out, with every change and every line left out.

``clean_page`` decodes, mends damage (`align.clean.repair`), tells the article from the furniture
around it (`align.clean.furniture`) and reads off title, date, source mark and byline
(`align.clean.facts`).
"""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath

from align.clean.decode import decode
from align.clean.facts import split_date, split_source
from align.clean.furniture import lay_out
from align.clean.html import html_lines, looks_like_html
from align.clean.line import Line
from align.clean.lists import Lists, lists_with
from align.clean.markdown import markdown_lines
from align.clean.repair import repair
from align.clean.wrap import unwrap
from align.config import CleanConfig
from align.language import language_of
from align.model import Cleaned, Document, Lang, NoArticle, Removed

LEAST_WORDS = 20
"""An article has at least so many words; shorter pages are error pages and lone headlines."""

LARGEST = 20_000_000
"""Characters or bytes of the largest page; what is larger is an archive or a mistake."""
MOST_LINES = 200_000
_NO_LISTS = CleanConfig()

_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character: what a broken decoder leaves in a text and no encoder takes."""
_NEWLINE = re.compile("\r\n|\r|\n|\u2028|\u2029")


def clean_page(
    raw: str | bytes,
    *,
    source: str = "",
    lang: Lang | None = None,
    lists: CleanConfig = _NO_LISTS,
) -> Cleaned:
    """The article of a page.

    *source* is the page's path or address: its stem becomes the document's id, and ``.html`` is
    read as such. *lang* is detected where not given; *lists* are lines that never belong to an
    article of these pages, beside those songngu knows. Ranges of repairs count in the raw text, for
    HTML and Markdown in the lines extracted from it. Raises `NoArticle` with the reason where
    there is none.
    """
    if len(raw) > LARGEST:
        raise NoArticle(f"more than {LARGEST // 1_000_000} MB, no single page; split it up")
    text = decode(raw) if isinstance(raw, bytes) else _SURROGATE.sub("\ufffd", raw)
    if sum(map(text.count, "\n\r\u2028\u2029")) > MOST_LINES:
        raise NoArticle(f"more than {MOST_LINES:,} lines, no single page; split it up")
    if not text.strip():
        raise NoArticle("the page is empty")
    kinds: list[str] = []
    if looks_like_html(text, source):
        found = html_lines(text)
        text = "\n".join(one.text for one in found)
        kinds = [one.kind for one in found]
    elif source.lower().endswith((".md", ".markdown")):
        marked = markdown_lines(text)
        text = "\n".join(line for line, _ in marked)
        kinds = [kind for _, kind in marked]
    edited = repair(text)
    known = lists_with(lists)
    lines, removed = _lines(edited.text, text, known)
    if len(kinds) == edited.text.count("\n") + 1:
        for line in lines:
            line.kind = kinds[line.number - 1]
    layout = lay_out(unwrap(lines), known)
    paragraphs = [line.text for line in layout.lines if not line.kind]
    removed += [Removed(line.text, line.kind, line.number) for line in layout.lines if line.kind]
    mark = ""
    if paragraphs:
        paragraphs[-1], mark = split_source(paragraphs[-1])
    count = sum(len(paragraph.split()) for paragraph in paragraphs)
    if count < LEAST_WORDS:
        raise NoArticle(f"no article: {count} words are left after menus and lists are taken away")
    if not any(line.prose or line.count > LEAST_WORDS for line in layout.lines if not line.kind):
        raise NoArticle("no article: headlines only, no line is a sentence")
    document = Document(
        id=PurePath(source).stem or hashlib.sha256(text.encode()).hexdigest()[:12],
        lang=lang or language_of(" ".join(paragraphs)),
        title=layout.title,
        date=layout.date,
        source=mark or layout.source,
        byline=layout.byline,
        url=source if "://" in source else "",
        paragraphs=tuple(paragraphs),
        captions=tuple(line.text for line in layout.lines if line.kind == "caption"),
    )
    removed.sort(key=lambda one: one.line)
    return Cleaned(document, edited.repairs, removed)


def _lines(text: str, raw: str, lists: Lists) -> tuple[list[Line], list[Removed]]:
    """Lines that hold something, and what was glued to their front."""
    lines: list[Line] = []
    removed: list[Removed] = []
    gap = ""
    raw_lines = _NEWLINE.split(raw)
    for number, whole in enumerate(_NEWLINE.split(text), 1):
        stripped = " ".join(whole.split())
        if not stripped:
            # Pictures leave a line with nothing but a no-break space behind.
            gap += raw_lines[number - 1] if number <= len(raw_lines) else ""
            continue
        if glued := lists.prefix(stripped):
            removed.append(Removed(stripped[:glued], "audio", number))
            stripped = stripped[glued:].lstrip()
        date, stripped = split_date(stripped)
        if date:
            lines.append(Line(date, number, gap))
        lines.append(Line(stripped, number, gap))
        if whole.strip().count("\t") >= 2:  # items of a menu, pasted
            lines[-1].kind = "menu"
        gap = ""
    return lines, removed
