"""Picture captions, with and without a credit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from align.clean.line import BETWEEN, ITEM, SENTENCE_END, Line, credit_only, credited, single

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
_FIGURE = re.compile(r"(?:hình|ảnh|figure|fig\.|photo) \d{1,2} ?[.:] ", re.IGNORECASE)


LEAST_ENDED = 5
"""So many paragraphs tell whether a page ends them with a mark."""


def captions(lines: Sequence[Line], start: int) -> None:
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
        if below is not None and not below.kind and credit_only(below.text):
            line.kind = below.kind = "caption"
            continue
        pictured = before is not None and before.kind == "image" and line.count <= 40
        if credited(line.text) or _FIGURE.match(line.text) or pictured:
            line.kind = "caption"
            continue
        if line.count > 30 or index <= start or not single(line.text):
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
    _unfinished(lines)


def _unfinished(lines: Sequence[Line]) -> None:
    """A lone line of 12 to 30 words without a mark at its end between two paragraphs, on a page
    that ends its paragraphs with one. Subheadings are shorter, items stand under a colon."""
    around = [line for line in lines if line.kind not in BETWEEN]
    long = [line for line in around if not line.kind and line.count >= 20]
    if len(long) < LEAST_ENDED or not all(SENTENCE_END.search(line.text[-80:]) for line in long):
        return
    for above, line, below in zip(around, around[1:], around[2:], strict=False):
        told = all(one.prose and not one.kind for one in (above, below))
        lone = told and not line.kind and 12 <= line.count <= 30 and not ITEM.match(line.text)
        bare = line.text[-1:].isalnum() and not re.search(r"[\"“”:?]", line.text)
        if lone and bare and not above.text.endswith((":", ";")):
            line.kind = "caption"
