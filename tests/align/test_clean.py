"""Pages to articles: a table of pages in ``tests/cases/pages.yaml``, dates, bytes, the sample."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from align import NoArticle, clean_page
from align.clean.facts import date_of_line, split_source
from align.evaluate import clean_scores
from align.language import language_of
from align.model import Cleaned

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "pages.yaml").read_text("utf-8")
)
PAGES: dict[str, str] = {case["label"]: case["page"] for case in CASES}
VI = PAGES["Vietnamese ministry layout"]
EN = PAGES["English news layout"]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True, reason=case["fault"])]
            if case.get("expect") == "fail"
            else [],
        )
        for case in CASES
    ],
)
def test_page(case: dict[str, Any]) -> None:
    cleaned = clean_page(case["page"], source="pages/one.txt")
    document = cleaned.document
    facts = (document.lang, document.title, document.date, document.source)
    assert facts == (case["lang"], case["title"], case["date"], case["source"]), case["why"]
    assert len(document.paragraphs) == len(case["paragraphs"])
    for paragraph, beginning in zip(document.paragraphs, case["paragraphs"], strict=True):
        assert paragraph.startswith(beginning)
    kinds = {one.line: one.kind for one in cleaned.removed}
    assert kinds == kinds | case["removed"]


@pytest.mark.parametrize("label", PAGES)
def test_removed_lines_stand_where_they_say(label: str) -> None:
    lines = PAGES[label].split("\n")
    removed = clean_page(PAGES[label]).removed
    for one in removed:
        assert one.kind
        assert one.text in lines[one.line - 1]
    assert [one.line for one in removed] == sorted(one.line for one in removed)


@pytest.mark.parametrize("label", PAGES)
def test_nothing_is_dropped_silently(label: str) -> None:
    cleaned = clean_page(PAGES[label])
    told = " ".join((*cleaned.document.paragraphs, *(one.text for one in cleaned.removed)))
    told += cleaned.document.source
    for word in PAGES[label].split():
        assert word in told or word == "—", word


def test_a_clean_page_comes_back_as_it_is() -> None:
    page = PAGES["an article and nothing else"]
    cleaned = clean_page(page)
    assert (cleaned.document.text, cleaned.repairs, cleaned.removed) == (page.strip(), [], [])


@pytest.mark.parametrize("label", ["Vietnamese ministry layout", "English news layout"])
def test_cleaning_twice_is_cleaning_once(label: str) -> None:
    once = clean_page(PAGES[label]).document
    again = clean_page(once.text)
    assert again.document.paragraphs == once.paragraphs
    assert (again.repairs, again.removed) == ([], [])


def test_id_url_and_language() -> None:
    address = "https://example.org/tin/lop-tap-huan.html?x"
    assert clean_page(VI, source="vi/lop.tap.huan.txt").document.id == "lop.tap.huan"
    assert clean_page(VI, source=address).document.url == address
    assert clean_page(VI, source="vi/lop.txt").document.url == ""
    assert clean_page(VI).document.id == clean_page(VI).document.id != clean_page(EN).document.id
    assert clean_page(EN, lang="vi").document.lang == "vi"


def test_repairs_of_a_page_count_in_its_raw_text() -> None:
    raw = EN.replace("Đà", "Đa\u0300").replace("six", "si&#120;").replace("of", "o\u200bf")
    cleaned = clean_page(raw)
    assert cleaned.document.paragraphs == clean_page(EN).document.paragraphs
    assert {one.fix for one in cleaned.repairs} == {"composition", "entities", "invisible"}
    assert all(one.before == raw[one.start : one.end] for one in cleaned.repairs)


# --- no article


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("", "empty"),
        (b"", "empty"),
        (" \n\t \u00a0\n", "empty"),
        ("\ufeff".encode(), "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(64)), "binary"),
        (b"PK\x03\x04" + bytes(range(256)) * 8, "binary"),
        (VI.encode() + b"\x00", "binary"),
        (b"\xef\xbb\xbf\xff\xff", "byte-order mark"),
        (b"\xff\xfea", "byte-order mark"),
        ("404 Not Found", "0 words|no article"),
        ("Trang chủ\nTin tức\nLiên hệ\nĐăng nhập\nHà Nội 31 °C\n" * 10, "menus"),
        ("Trang chủ | Tin tức | Văn bản | Liên hệ\n" * 10, "menus"),
    ],
)
def test_no_article(raw: str | bytes, message: str) -> None:
    with pytest.raises(NoArticle, match=message) as caught:
        clean_page(raw)
    assert "\n" not in str(caught.value)


def test_a_page_of_dated_headlines_is_no_article() -> None:
    page = "\n\n".join(
        f"Trạm y tế thứ {i} của huyện đón những bệnh nhân đầu tiên\n\n{i:02}/03/2025"
        for i in range(1, 9)
    )
    with pytest.raises(NoArticle):
        clean_page(page)


# --- bytes


def windows_1258(text: str) -> bytes:
    """Tones as marks of their own behind the vowel, as that encoding has them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    letters = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(c for c in parts if c in tones)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        letters.append(base + tone)
    return "".join(letters).replace("›", ">").encode("cp1258")


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (VI.encode(), "UTF-8"),
        (VI.encode("utf-8-sig"), "UTF-8 with its mark"),
        (VI.encode("utf-16"), "UTF-16 with its mark"),
        (("\ufeff" + VI).encode("utf-16-be"), "UTF-16, big end first"),
        (unicodedata.normalize("NFD", VI).encode(), "decomposed"),
        (windows_1258(VI), "windows-1258"),
        (VI.replace("\n", "\r\n").encode(), "line ends of Windows"),
        (VI.replace("\n", "\r").encode(), "line ends of old Macs"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bytes(raw: bytes, what: str) -> None:
    assert clean_page(raw, source="a.txt").document == clean_page(VI, source="a.txt").document, what


# --- HTML

HTML = """<!DOCTYPE html><html><head><title>{title}</title>
<script>var secret = "cookie jar of the crawler";</script><style>p {{ color: red }}</style></head>
<body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>{paragraphs}</article>
<script>alert("inline tracker")</script></body></html>"""


def html_page(paragraphs: list[str]) -> str:
    inside = "<script>track('between paragraphs')</script>".join(
        f"<p>{paragraph}</p>" for paragraph in paragraphs
    )
    return HTML.format(title="First public sleep clinic opens", paragraphs=inside)


@pytest.mark.parametrize("count", [1, 3], ids=["little text", "an article"])
def test_html_gives_text_without_scripts(count: int) -> None:
    wanted = list(clean_page(EN).document.paragraphs[1 : 1 + count])
    for source in ("clinic.html", "clinic.txt"):
        cleaned = clean_page(html_page(wanted), source=source)
        assert list(cleaned.document.paragraphs) == wanted
        everything = repr(cleaned)
        for word in ("secret", "crawler", "tracker", "track(", "color", "<p>"):
            assert word not in everything


# --- facts


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("12/03/2025 | 14:46 PM", "2025-03-12"),
        ("03/12/2025", "2025-12-03"),  # day first
        ("12-3-2025", "2025-03-12"),
        ("12.3.2025", "2025-03-12"),
        ("2025-03-12", "2025-03-12"),
        ("2025-03-12T10:00:00Z", "2025-03-12"),
        ("March 12, 2025", "2025-03-12"),
        ("Wednesday, March 12, 2025 - 10:00", "2025-03-12"),
        ("12 March 2025", "2025-03-12"),
        ("Sept. 5, 2024", "2024-09-05"),
        ("March 12th, 2025", "2025-03-12"),
        ("Updated: March 12, 2025 - 10:00", "2025-03-12"),
        ("Thứ Tư, 12/03/2025 10:00", "2025-03-12"),
        ("Thứ Tư, ngày 12 tháng 3 năm 2025", "2025-03-12"),
        ("Chủ nhật, 12/03/2025", "2025-03-12"),
        ("10:00 12/03/2025", "2025-03-12"),
        ("07:30 | 12/03/2025", "2025-03-12"),
        ("12/03/2025 - 07:30 GMT+7", "2025-03-12"),
        ("12/3/2025 lúc 8h30", "2025-03-12"),
        ("29/02/2024", "2024-02-29"),
        ("Thứ Năm, 14:05, 05/08/2021", "2021-08-05"),  # the clock between day and date
        ("Press Release March 28, 2023", "2023-03-28"),
        ("Lan Phuong | Publication date 16 May 2023 | 21:14 ICT", "2023-05-16"),
        ("By Lam Quynh April 5, 2025 | 09:00 pm PT", "2025-04-05"),  # not the month for a name
        ("Tue 12 Mar 2024 06.00 GMTLast modified on Wed 13 Mar 2024 09.21 GMT", "2024-03-12"),
        ("A News Agency / 05:40 AM August 22, 2024", "2024-08-22"),
        # None rather than a guess.
        ("13/13/2025", None),
        ("3/13/2025", "2025-03-13"),  # to be read in one way only
        ("31/02/2025", None),
        ("29/02/2025", None),
        ("12/03/25", None),
        ("12/03", None),
        ("Ngày 12/3", None),
        ("March 2025", None),
        ("2025", None),
        ("", None),
        ("12/03/2025 đến 14/03/2025", None),
        ("Ngày 07/4/2020, ông An họp với các tỉnh", None),
        ("On March 12, 2025 the clinic opened", None),
    ],
)
def test_date_of_line(line: str, date: str | None) -> None:
    assert date_of_line(line) == (datetime.date.fromisoformat(date) if date else None)


@pytest.mark.parametrize(
    ("text", "rest", "mark"),
    [
        ("It ends in 2024. — VNS", "It ends in 2024.", "VNS"),
        ("It ends.” — Reuters", "It ends.”", "Reuters"),
        ("It ends. — VNA/VNS", "It ends.", "VNA/VNS"),
        ("Hết. - TTXVN", "Hết.", "TTXVN"),
        ("Trains run Hà Nội - Huế", "Trains run Hà Nội - Huế", ""),
        ("The ministry - VNS", "The ministry - VNS", ""),
        ("It ends.", "It ends.", ""),
    ],
)
def test_split_source(text: str, rest: str, mark: str) -> None:
    assert split_source(text) == (rest, mark)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Bộ Y tế họp với các tỉnh về phòng bệnh", "vi"),
        ("The ministry met with the provinces", "en"),
        ("HÀ NỘI — Thứ trưởng Trần Văn Bình said that it was the first visit to Điện Biên", "en"),
        ("Ông dự hội nghị của The Global Fund và World Bank tại Hà Nội", "vi"),
        ("Bệnh viện", "vi"),
        ("Hospital", "en"),
    ],
)
def test_language_of(text: str, lang: str) -> None:
    assert language_of(text) == lang


# --- the sample


def test_sample_paragraphs(
    sample_gold: Mapping[Any, dict[str, Any]], sample_cleaned: Mapping[Any, Cleaned]
) -> None:
    assert sample_gold.keys() == sample_cleaned.keys()
    scores = clean_scores(
        ([" ".join(sentences) for sentences in gold["paragraphs"]], cleaned.document.paragraphs)
        for gold, cleaned in ((sample_gold[key], sample_cleaned[key]) for key in sample_gold)
    )
    print(scores)
    assert scores.f1 >= 0.97


@pytest.mark.parametrize("fact", ["id", "lang", "title", "date", "source", "byline"])
def test_sample_facts(
    fact: str, sample_gold: Mapping[Any, dict[str, Any]], sample_cleaned: Mapping[Any, Cleaned]
) -> None:
    wrong = {
        key: (getattr(sample_cleaned[key].document, fact), gold[fact])
        for key, gold in sample_gold.items()
        if str(getattr(sample_cleaned[key].document, fact)) != str(gold[fact])
    }
    assert len(wrong) <= 1, wrong


def test_sample_repairs_and_lines(sample: Path, sample_cleaned: Mapping[Any, Cleaned]) -> None:
    for (lang, name), cleaned in sample_cleaned.items():
        raw = (sample / lang / f"{name}.txt").read_text("utf-8")
        assert all(one.before == raw[one.start : one.end] for one in cleaned.repairs)
        count = len(re.split("\r\n|\r|\n", raw))
        assert all(1 <= one.line <= count for one in cleaned.removed)
        assert all(unicodedata.is_normalized("NFC", one) for one in cleaned.document.paragraphs)


@pytest.mark.parametrize(
    "sentence",
    [
        "Bão số 3 gây ảnh hưởng đến 5 tỉnh miền Trung.",
        "Hơn 19.000 hộ dân bị ảnh hưởng. Tỉnh đã cấp gạo cho bà con.",
        "Tại buổi làm việc, hai bên thống nhất các nội dung hợp tác.",
        "Phát biểu tại buổi lễ, Thủ tướng nhấn mạnh vai trò của y tế cơ sở.",
        "Các đại biểu kiến nghị tăng chỉ tiêu đào tạo bác sĩ cho vùng cao.",
        "Thứ trưởng chủ trì cuộc họp và yêu cầu báo cáo trước ngày 15.",
        "Climate change poses a threat to rice farmers.",
        "The owners had no photo of the boat.",
    ],
)
def test_a_short_paragraph_that_tells_something_is_no_caption(sentence: str) -> None:
    lang = "vi" if "ị" in sentence or "ấ" in sentence or "ộ" in sentence else "en"
    around = ARTICLE[lang]
    cleaned = clean_page("\n\n".join(["Tiêu đề của trang này", *around, sentence, *around[::-1]]))
    assert sentence in cleaned.document.paragraphs


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("A nurse checks her list in Kampot. SOK DARA", "the photographer's name in capitals"),
        ("Nhân viên y tế chuẩn bị giường bệnh. TRẦN THANH TÙNG", "the same in Vietnamese"),
        ("Patients wait in a corridor of the hospital. REUTERS/Sok Dara", "the agency before it"),
        ("Patients wait in a corridor of the hospital. — Sok Dara/AFP", "the agency behind it"),
        ("WADING HOME Residents cross a street in the city. —CONTRIBUTED PHOTO", "no name"),
        ("Ông Ba kiểm tra độ mặn trong vuông tôm. Ảnh: T. LY", "a name with an initial"),
    ],
)
def test_a_line_that_ends_in_who_took_the_picture_is_a_caption(line: str, why: str) -> None:
    document = clean_page("\n\n".join(["Tiêu đề của trang này", *ARTICLE["vi"], line])).document
    assert document.captions == (line,), why


@pytest.mark.parametrize(
    "sentence",
    [
        "The ward was closed by order of WHO and UNICEF.",
        "The two sides signed the plan in the building of the AP/USAID team.",
        "“We need more beds.” DOCTORS at the hospital said so on Monday.",
        "Đoàn công tác đã gặp đại diện WHO/UNICEF tại Hà Nội và bàn kế hoạch.",
    ],
)
def test_names_of_agencies_make_no_caption(sentence: str) -> None:
    page = "\n\n".join(["Tiêu đề của trang này", ARTICLE["vi"][0], sentence, ARTICLE["vi"][1]])
    assert sentence in clean_page(page).document.paragraphs


def test_a_headline_with_its_count_of_comments_is_other_news() -> None:
    above, below = ARTICLE["vi"]
    page = ["Tiêu đề của trang này", above, "Người trẻ đột quỵ khi chơi cầu lông", "31", below]
    assert clean_page("\n".join(page)).document.paragraphs == (above, below)
    rows = ["Số ca mắc mới trong tuần này", "31", "12"]
    kept = clean_page("\n".join([page[0], above, *rows, below])).document.paragraphs
    assert kept == (above, *rows, below)


def paragraphs(*lines: str) -> tuple[str, ...]:
    """Of a page with a title and these lines between two paragraphs, those between the two."""
    above, below = ARTICLE["vi"]
    page = ["Tiêu đề của trang này", above, *lines, below]
    found = clean_page("\n\n".join(page)).document.paragraphs
    assert (found[0], found[-1]) == (above, below)
    return found[1:-1]


@pytest.mark.parametrize(
    "links",
    [
        ("Mức phạt vi phạm an toàn thực phẩm sẽ tăng", "Đóng cửa bếp ăn khi 40 người nhập viện"),
        ("Thiếu ngủ làm tăng nguy cơ sảng", "Thiếu ngủ làm tăng nguy cơ sảngĐỌC NGAY"),
    ],
)
def test_headlines_in_a_row_between_paragraphs_are_links(links: tuple[str, ...]) -> None:
    assert paragraphs(*links) == ()


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Bộ Y tế đề nghị các tỉnh thực hiện ngay những việc cần thiết như sau đây:",
            "Rà soát danh sách trẻ chưa tiêm đủ mũi",
            "Tổ chức điểm tiêm lưu động tại các thôn xa",
        ),
        ("Những đội tiêm chủng đi bộ đến từng thôn bản",),
    ],
)
def test_lines_under_a_colon_and_a_lone_subheading_are_no_links(lines: tuple[str, ...]) -> None:
    assert paragraphs(*lines) == lines


def test_the_article_goes_on_under_each_of_two_boxes() -> None:
    told = [f"Đoạn thứ {n} của bài kể tiếp chuyện về các đội tiêm chủng ở tỉnh." for n in range(4)]
    box = "Bộ Y tế phân bổ vắc xin cho các tỉnh"
    part = (*told[:2], "Con số sau ba tháng", told[2])
    assert paragraphs("Tin liên quan", box, *part, "Xem thêm", box, told[3]) == (*part, told[3])


def test_a_list_at_the_end_belongs_to_the_article() -> None:
    items = [
        "Nước sạch cho 64 trường học",
        "Chăn ấm cho người già",
        "Đã huy động được 41 phần trăm.",
    ]
    end = ["Những việc cần làm trong tám tuần tới:", *items]
    page = ["Tiêu đề của trang này", *ARTICLE["vi"], *end]
    assert clean_page("\n\n".join(page)).document.paragraphs == tuple(page[1:])


def test_the_article_goes_on_under_a_box_with_a_line_that_opens_a_list() -> None:
    above, below = ARTICLE["vi"]
    opens = "Bộ Y tế yêu cầu các địa phương thực hiện các nội dung sau:"
    items = ["1. Rà soát danh sách trẻ em chưa tiêm đủ mũi.", "2. Báo cáo kết quả hằng tuần."]
    box = ["Tin liên quan", "Bộ Y tế phân bổ vắc xin cho các tỉnh", "Hội nghị tổng kết năm 2023"]
    page = ["Tiêu đề của trang này", above, *box, opens, *items, below]
    assert clean_page("\n\n".join(page)).document.paragraphs == (above, opens, *items, below)


ARTICLE = {
    "vi": [
        "Ngày 14/10, Bộ Y tế cho biết số ca mắc trong tuần qua đã giảm một nửa so với tuần trước.",
        "Các địa phương được yêu cầu chuẩn bị đủ thuốc, giường bệnh và nhân lực cho mùa mưa bão.",
    ],
    "en": [
        "The ministry said on Friday that the number of cases had halved compared with last week.",
        "Provinces were asked to prepare medicine, beds and staff for the coming storm season.",
    ],
}


def test_long_runs_of_spaces_do_not_matter() -> None:
    """Quadratic matching would take a minute here."""
    text = "\n\n".join(["Tiêu đề của trang này", *ARTICLE["vi"], "x" + " " * 60_000 + "y."])
    assert clean_page(text).document.paragraphs[-1] == "x y."


def test_markdown_is_read_as_a_reader_sees_it() -> None:
    page = "---\ntitle: Bộ Y tế họp\ndate: 2025-09-05\n---\n\n# Bộ Y tế họp\n\n" + "\n\n".join(
        [f"**{ARTICLE['vi'][0]}**", f"[{ARTICLE['vi'][1]}](https://vi.du/a)"]
    )
    document = clean_page(page, source="trang.md").document
    assert (document.title, str(document.date)) == ("Bộ Y tế họp", "2025-09-05")
    assert list(document.paragraphs) == ARTICLE["vi"]
