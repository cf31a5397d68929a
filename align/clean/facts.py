"""Facts about a page: date, source mark, byline. None rather than a guess."""

from __future__ import annotations

import datetime
import re

_TIME = (
    r"(?:\s*[|,–-]?\s*(?:(?:lúc|at)\s*)?\d{1,2}[:h.]\d{2}(?::\d{2})?\s*(?:[AP]M)?)?"
    r"(?:\s*(?:[\[(]?(?:GMT|UTC)\s*[+-]?\d{1,2}(?::?00)?[\])]?|(?-i:[A-Z]{2,4})))?"
)
_WEEKDAY_VI = r"(?:(?:thứ\s+\w+|chủ\s+nhật)\s*,?\s*)?(?:ngày\s*)?"
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY_EN = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_LABEL = (
    r"(?:(?:published|posted|updated?|last updated|cập nhật|ngày đăng|đăng ngày"
    r"|ngày cập nhật|cập nhật lúc|(?:publication |publish(?:ed)? |release )?date|publish time"
    r"|(?:press|news|media) release|issued|modified|first published|last modified"
    r"|thời gian đăng|ngày xuất bản)\s*(?:on|at|:)?\s*:?\s*)?"
)
_REST = (
    r"(?:\s*(?:\(?GMT\s*[+-]?\d*\)?|\|.*|[-–—]?\s*(?:updated|cập nhật).*"
    # the name of a section
    r"|\s+(?-i:[A-Z][\w&]*(?:\s+(?:and|of|&|[A-Z][\w&]*)){0,4})"
    r"|\s+(?:lượt (?:xem|đọc)|views?|cỡ chữ|font size)\s*:.*"
    r"|[·•]\s*[\d.,]+ (?:lượt|views).*|[-–—,]?\s*(?:by|bởi) .{2,40}))?"
)
_PLACE = r"(?:(?:số|no\.?|issue)\s+\d+\s*[-–,]\s*|[^\W\d_][\w. ]{1,24},\s*(?=\d))?"
"""*Số 214 -*, *HCM City,* before a date in figures."""
_DATES = (
    # 12/03/2025 | 14:46 PM — Thứ Ba, ngày 12/03/2025 02:33 — 12-3-2025 — 12.3.2025
    rf"{_PLACE}{_WEEKDAY_VI}(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>\d{{4}}){_TIME}",
    rf"{_WEEKDAY_VI}(?P<day>\d{{1,2}})\s+tháng\s+(?P<month>\d{{1,2}})\s*,?\s*(?:năm\s+)?"
    rf"(?P<year>\d{{4}}){_TIME}",
    rf"{_WEEKDAY_EN}(?P<name>{_MONTH})\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s*"
    rf"(?P<year>\d{{4}}){_TIME}",
    rf"{_WEEKDAY_EN}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<name>{_MONTH})\s*,?\s*"
    rf"(?P<year>\d{{4}}){_TIME}",
    # August, 05/2020 - 15:26
    rf"(?P<name>{_MONTH}),\s*(?P<day>\d{{1,2}})/(?P<year>\d{{4}}){_TIME}",
    # Hà Nội, ngày 15 tháng 8 năm 2019
    r"[^\W\d_][\w. ]{1,24},\s*ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})"
    r"\s+năm\s+(?P<year>\d{4})",
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:[T ]\d{2}:\d{2}\S*)?",
)
_DATE_LINES = tuple(re.compile(_LABEL + date + _REST, re.IGNORECASE) for date in _DATES)
# What says that it is the date of the page may be followed by anything.
_LABELLED = tuple(
    re.compile(_LABEL.removesuffix("?") + date + ".{0,60}", re.IGNORECASE) for date in _DATES
)
_DATE_STARTS = tuple(re.compile(_LABEL + date, re.IGNORECASE) for date in _DATES)
_CLOCK_FIRST = re.compile(
    r"^(?:(?:đăng|cập nhật|published|posted)\s*(?:lúc|at)?:?\s*)?"
    r"(?:(?:thứ\s+\w+|chủ\s+nhật),?\s*)?"
    r"\d{1,2}[:h]\d{2}\s*(?:[AP]M)?\s*[|,–-]?\s*(?=\S)",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:By|Bởi) (?:[^\W\d_][\w.'’-]* ){2,6}?(?=\d|[A-Z][a-z]{2,8}\.? \d)")
_LETTER = re.compile(
    r".{0,60}\b[A-ZĐ]\w+(?: [^\W\d_a-z]\w+)*, ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})"
    r"\s+năm\s+(?P<year>\d{4})"
)
_GLUED = re.compile(r"(?<=[A-Z\d])(?=(?:Last modified|First published|Updated|Cập nhật)\b)")
_LABEL_ONLY = re.compile(_LABEL.removesuffix("?"), re.IGNORECASE)
_BARE_SOURCE = re.compile(
    r"(?:\s+|\s*\()(?P<mark>VNS|VNA|TTXVN|VOV|SGGP|VGP|AFP|AP|PNA|KPL)\)?[./]*\s*$"
)
"""Agencies whose mark stands there without a dash or in brackets, too."""
_YEAR = re.compile(r"\b[12]\d{3}\b")
_PARTS = re.compile(r"\s+[|·•●/]\s+")
_SOURCE = re.compile(r"\s*[—–-]{1,2}\s+(?P<mark>(?:[A-ZĐ]{2,6}|[A-Z][a-z]+)(?:/[A-ZĐ]{2,6})?)\s*$")


def date_of_line(line: str) -> datetime.date | None:
    """The date of a line that holds a date and nothing else; day first where figures leave it open.

    >>> date_of_line("08/04/2020 | 11:00 AM"), date_of_line("Ngày 07/4/2020, ông An họp")
    (datetime.date(2020, 4, 8), None)
    """
    line = line.strip()
    if not _YEAR.search(line):
        return None
    line = _GLUED.split(line)[0]
    parts = _PARTS.split(line)
    if 1 < len(parts) <= 4 and len(line) <= 90:
        # "Mai Đình Tùng | 15 Jan 2025, 08:30"; a clock may be a part of its own.
        whole = _date(line)
        return whole or next(filter(None, map(_date, parts)), None)
    return _date(line)


def _date(line: str) -> datetime.date | None:
    if line.startswith(("[", "(")) and line.endswith(("]", ")")):
        line = line[1:-1]
    if len(line) > 90:
        return None
    line = _BY.sub("", line)
    if label := _LABEL_ONLY.match(line):
        line = label.group() + _CLOCK_FIRST.sub("", line[label.end() :])
    line = _CLOCK_FIRST.sub("", line)
    for pattern in (*_DATE_LINES, *_LABELLED):
        match = pattern.fullmatch(line)
        if match is None:
            continue
        found = match.groupdict()
        name = (found.get("name") or "").rstrip(".").lower()
        month = _MONTHS[name] if name else int(found["month"])
        day = int(found["day"])
        if not name and month > 12 >= day:  # 11/30/2023 can be read in one way only
            day, month = month, day
        try:
            return datetime.date(int(found["year"]), month, day)
        except ValueError:
            return None
    return None


def labelled(line: str) -> bool:
    """Whether the line begins by saying that it dates the page.

    >>> labelled("Published on 3 May 2021"), labelled("3 May 2021")
    (True, False)
    """
    return _LABEL_ONLY.match(line.strip()) is not None


def date_of_letter(line: str) -> datetime.date | None:
    """The date of a line that ends in the place and date of an official letter, as its right column
    has them.

    >>> date_of_letter("bệnh sốt xuất huyết Hà Nội, ngày 15 tháng 8 năm 2019")
    datetime.date(2019, 8, 15)
    """
    match = _LETTER.fullmatch(line)
    if match is None:
        return None
    try:
        return datetime.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def split_date(line: str) -> tuple[str, str]:
    """A date with its clock that is glued to the front of a paragraph, and the paragraph; an empty
    date where there is none.

    >>> split_date("Thứ Tư, 27/07/2016, 06:58 [GMT+7] Sáng 26-7, Bệnh viện Nhi thử vòng gắn chip")
    ('Thứ Tư, 27/07/2016, 06:58 [GMT+7]', 'Sáng 26-7, Bệnh viện Nhi thử vòng gắn chip')
    """
    for pattern in _DATE_STARTS:
        match = pattern.match(line)
        rest = line[match.end() :].strip() if match else ""
        if match and rest[:1].isupper() and len(rest.split()) >= 8 and ":" in match.group():
            return match.group().strip(), rest
    return "", line


def split_source(text: str) -> tuple[str, str]:
    """A last sentence without its agency mark, and the mark.

    >>> split_source("It ends in 2024. — VNS")
    ('It ends in 2024.', 'VNS')
    """
    match = _SOURCE.search(text) or _BARE_SOURCE.search(text)
    if match is None or not text[: match.start()].rstrip().endswith((".", "”", '"', "!", "?", "…")):
        return text, ""
    return text[: match.start()].rstrip(), match["mark"]
