"""Markdown to plain lines: headings, emphasis, links and front matter as a reader sees them."""

from __future__ import annotations

import re

_FRONT = re.compile(r"\A---\s*\n(?P<facts>.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
_FACT = re.compile(r"^(?P<name>title|date)\s*:\s*[\"']?(?P<value>.*?)[\"']?\s*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+(?=\S))", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*\*|__|\*|_)(?=\S)([^\n]*?\S)\1(?!\w)")


def markdown_to_text(raw: str) -> str:
    """The text as lines; title and date of the front matter become the first two.

    >>> markdown_to_text("# Tin\\n\\n**Bộ Y tế** họp, xem [đây](http://a.vn).")
    'Tin\\n\\nBộ Y tế họp, xem đây.'
    """
    head = ""
    if front := _FRONT.match(raw):
        facts = {m["name"]: m["value"] for m in _FACT.finditer(front["facts"])}
        date = re.match(r"\d{4}-\d{2}-\d{2}", facts.get("date", ""))
        lines = [facts.get("title", ""), date.group() if date else ""]
        head = "".join(f"{line}\n\n" for line in lines if line)
        raw = raw[front.end() :]
    text = _LINK.sub(r"\1", _IMAGE.sub("", raw))
    for _ in range(2):
        text = _EMPHASIS.sub(r"\2", text)
    return head + _LINE_MARK.sub("", text)
