"""Markdown to plain lines: headings, emphasis, links and front matter as a reader sees them."""

from __future__ import annotations

import re

_FRONT = re.compile(r"\A---\s*\n(?P<facts>.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
_FACT = re.compile(
    r"^(?P<name>title|date|author)\s*:\s*[\"']?(?P<value>.*?)[\"']?\s*$", re.MULTILINE
)
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)")
_LINK = re.compile(r"\[([^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_LONE_LINK = re.compile(
    r"^[ \t]*\[[^\]\n]+(?<![.!?…”\"])\](?:\([^)\n]*\)|\[[^\]\n]*\])[ \t]*$", re.MULTILINE
)
_LINK_TARGET = re.compile(r"^[ ]{0,3}\[[^\]\n]+\]:[ \t]*\S.*$", re.MULTILINE)
_ESCAPE = re.compile(r"\\([-\\`*_{}\[\]()#+.!|<>~])")
_RULE = re.compile(
    r"^[ ]{0,3}(?:=+|-{3,}|\*{3,}|_{3,}|\|?(?:[ ]*:?-{3,}:?[ ]*\|?)+)[ \t]*$", re.MULTILINE
)
_ROW = re.compile(r"^\|(.*)\|[ \t]*$", re.MULTILINE)
_LINE_MARK = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+(?=\S)|\d{1,3}[.)][ \t]+(?=\S))", re.MULTILINE
)
_EMPHASIS = re.compile(r"(\*\*|__|\*|_)(?=\S)([^\n]{0,1000}?\S)\1(?!\w)")
"""Within a thousand characters: a star of a page need not have a second one."""


def markdown_lines(raw: str) -> list[tuple[str, str]]:
    """The lines and the kind of each; one that is a link and nothing else is of the kind
    ``related``, as headlines saved with an article are.

    >>> markdown_lines("Bộ họp.\\n\\n[Tin khác](http://a.vn)")
    [('Bộ họp.', ''), ('', ''), ('Tin khác', 'related')]
    """
    # Its mark is no character of text.
    raw = raw.replace("\ufdd0", "")
    marked = _LONE_LINK.sub(lambda match: f"\ufdd0{match.group()}", raw)
    lines = markdown_to_text(marked).split("\n")
    return [(line.replace("\ufdd0", ""), "related" if "\ufdd0" in line else "") for line in lines]


def markdown_to_text(raw: str) -> str:
    """The text as lines; title, date and author of the front matter become the first.

    >>> markdown_to_text("# Tin\\n\\n**Bộ Y tế** họp, xem [đây](http://a.vn).")
    'Tin\\n\\nBộ Y tế họp, xem đây.'
    """
    head = ""
    if front := _FRONT.match(raw):
        facts = {m["name"]: m["value"] for m in _FACT.finditer(front["facts"])}
        iso = re.match(r"\d{4}-\d{2}-\d{2}", facts.get("date", ""))
        author = facts.get("author", "")
        lines = [
            facts.get("title", ""),
            iso.group() if iso else facts.get("date", ""),
            f"By {author}" if author else "",
        ]
        head = "".join(f"{line}\n\n" for line in lines if line)
        raw = raw[front.end() :]
    text = _LINK_TARGET.sub("", _IMAGE.sub("", raw))
    text = _ROW.sub(r"\1", _RULE.sub("", _LINK.sub(r"\1", text)))
    for _ in range(2):
        text = _EMPHASIS.sub(r"\2", text)
    return head + _ESCAPE.sub(r"\1", _LINE_MARK.sub("", text))
