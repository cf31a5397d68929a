"""A line of a page, and what its own words tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from align.text import words

PROSE_WORDS = 15
"""A line of so many words that ends like a sentence is prose: no headline of the pages seen is."""
SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*(?:\s*[—–-]{1,2}\s*[A-ZĐ/]{2,10})?$|\./\.$")
CREDIT = re.compile(
    # A dash, bracket or full stop parts a credit from its caption: "ảnh hưởng" is none.
    r"(?:^|[-–—(.|/]\s*)(?:(?:nguồn )?(?:ảnh|hình)(?= ?:)|(?:nguồn )?ảnh"
    r"(?: minh họa| minh hoạ| tư liệu)?(?!\s*hưởng)"
    r"|(?:[A-Z]{2,12}(?:/[A-Z]{2,5})?\s)?(?:file )?photos?(?: by| courtesy of)?)\b\s*:?"
    r"(?:[^.]|(?-i:\b[A-ZĐ])\.|\.(?=(?:vn|com|org|net)\b)){0,60}\)?\.?$",
    re.IGNORECASE,
)
_AGENCY_CREDIT = re.compile(
    # "REUTERS/Sok Dara", "Sok Dara/AFP"
    r"[\s(—–.](?:REUTERS|AFP|AP|EPA|VNA|TTXVN|Xinhua|NYT|Getty(?: Images)?)(?: Photo)?\s?/\s?"
    r"(?:[A-ZĐ][\w.'’-]+ ?){1,4}\)?\.?(?: ?Purchase Licensing Rights.*)?$"
    r"|[.)(—–|-]\s?(?:[A-ZĐ][\w.'’-]+ ?){1,4}(?:/|\s(?:via|for)\s)"
    r"(?:REUTERS|Reuters|AFP|AP|EPA|VNA|TTXVN|Xinhua|NYT|Getty Images|UNICEF|WHO)\)?\.?$"
)
_CREDIT_ONLY = re.compile(
    r"(?:[A-Z]{2,12} )?(?:ẢNH|Ảnh|(?:FILE )?PHOTOS?|Photos?)(?: by|: ?| courtesy of) ?[^.:!?]{3,50}"
)
_AFTER_SENTENCE = re.compile(r"[.!?…”\"] (?P<who>[^\d.!?:]{5,40})$")
BYLINE = re.compile(
    r"(?:(?:by|bởi|posted by|contact author|written by|writer|reported by|pv|phóng viên)\s*:?\s+"
    r"|(?:nguồn|tin|bài|(?:tin|bài)(?:,| và) ảnh|tin ảnh|thực hiện|tác giả|source|author)\s*:\s*)"
    r"(?P<who>[^.,:!?|@]{2,60}?)(?: \S+@\S+| - [Rr]eporter)?|[^.:]{3,60}\sđưa tin(?:\s.{0,50})?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_a-z](?:['’]?[^\W\d_A-Z])+")
ITEM = re.compile(r"(?:[-–•*+]|\d{1,2}[.)/]|[a-zđ][.)/])\s")
BETWEEN = frozenset("caption image advert repeated control audio read-more age views".split())
"""Kinds of what also stands between paragraphs."""


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
        return self.count >= PROSE_WORDS and bool(SENTENCE_END.search(self.text[-80:]))


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


def credited(text: str) -> bool:
    """Whether the line ends in who took its picture.

    >>> credited("Trẻ uống vắc xin tại Sa Pa. Ảnh: Lò Mai"), credited("Bệnh ảnh hưởng đến trẻ.")
    (True, False)
    """
    found = CREDIT.search(text) or _AGENCY_CREDIT.search(text)
    if found is not None:
        return found.start() > 0
    # "… in the ward. SOK DARA" but not "… last week. VNS"
    after = _AFTER_SENTENCE.search(text)
    names = after["who"].split() if after else []
    return 2 <= len(names) <= 4 and all(name.isalpha() and name.isupper() for name in names)


def credit_only(text: str) -> bool:
    """Whether the line says who took a picture and nothing else; its caption stands above.

    >>> credit_only("ST PHOTO: SOK DARA"), credit_only("Photos show the damage.")
    (True, False)
    """
    return _CREDIT_ONLY.fullmatch(text) is not None


def byline(text: str) -> str:
    """The writer a line names and nothing else, or an empty string.

    >>> byline("By Nguyễn Nam"), byline("Nguyễn Nam"), byline("Bộ Y tế họp trực tuyến với Lào")
    ('Nguyễn Nam', 'Nguyễn Nam', '')
    """
    match = BYLINE.fullmatch(text.strip())
    if match:
        return (match["who"] or text).strip()
    names = text.split()
    if 2 <= len(names) <= 4 and all(_NAME.fullmatch(name) for name in names):
        return text.strip()
    return ""


def single(text: str) -> bool:
    """Whether the line is one sentence, finished or not."""
    return not re.search(r"[.!?]\s+[A-ZĐÀ-Ỹ]", text)
