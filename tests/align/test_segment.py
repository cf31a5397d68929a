"""Text to sentences: a table for each language, and what holds of every text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align import Document, split_sentences
from align.evaluate import clean_scores
from align.model import LANGS, Lang
from align.segment import sentences_of
from align.text import nfc

# A bar stands where one sentence ends and the next begins.
CASES: list[tuple[str, Lang, str]] = [
    ("titles", "vi", "GS.TS. An đến.|Ông họp với PGS.TS. Lê Thị Hoa."),
    ("titles", "vi", "ThS. Nam và BS.CKII. Trần Thị Hoa khám.|Bà về."),
    ("cities", "vi", "TP. Hồ Chí Minh và TP.HCM là một.|Q. Bình Thạnh cũng vậy."),
    ("end mark of official texts", "vi", "Công văn được gửi đi./.|Nơi nhận ở dưới."),
    ("end mark at the end", "vi", "Hết hàng./."),
    ("mark glued to the next word", "vi", "Họ đến từ nước khác .|Nga cũng vậy."),
    ("decimal comma and point", "vi", "Tỷ lệ là 5,2% hay 5.2%.|Giá 1.300 đồng."),
    ("number at the end", "vi", "Số ca là 5.2.|Con số này cao."),
    ("year at the end", "vi", "Việc này xong năm 2024.|Ông đến Huế."),
    ("date with dots", "vi", "Họp ngày 1.1.2024.|Bộ đã mời."),
    ("sentence begins with a number", "vi", "Tăng 12%.|5 tỉnh có ca bệnh."),
    ("number of a list", "vi", "1. Mục tiêu chung"),
    ("numbers of a list on lines", "vi", "1. Mục tiêu.|2. Nhiệm vụ."),
    ("initial of a patient", "vi", "Bệnh nhân Nguyễn Văn B. đến khám."),
    ("quotation", "vi", "Ông nói: “Tôi đến.”|Bà đi."),
    ("quotation begins", "vi", "Ông đi.|“Tôi ở lại”, bà nói."),
    ("question and exclamation", "vi", "Thật sao?|Vâng!|Được."),
    ("ellipsis that ends", "vi", "Ông đi...|Bà về."),
    ("ellipsis inside", "vi", "Cam, táo… là quả.|Rau thì không."),
    ("and so on inside", "vi", "Thuốc, vắc-xin, v.v. đều có."),
    ("capital Đ begins", "vi", "Ông đi.|Đào nở."),
    ("titles", "en", "Mr. Smith met Dr. Lan and Assoc. Prof. Nam.|He slept."),
    ("initials", "en", "J. K. Rowling wrote it.|She is rich."),
    ("decimals", "en", "It rose 5.2 per cent.|Prices fell 3."),
    ("time of day before a sentence", "en", "They met at 10 a.m.|The minister left."),
    ("time of day inside", "en", "At 10 a.m. Tuesday they met."),
    ("countries", "en", "The U.S. Embassy and the U.K. Government agreed."),
    ("for example", "en", "Cities, e.g. Paris, i.e. big ones."),
    ("number sign", "en", "Ward No. 5 is here.|It is small."),
    ("number at the end", "en", "He got 5.|She got 6."),
    ("quotation with its mark inside", "en", '"Stop."|He left.'),
    ("curly quotation", "en", "He said: “Stop.”|She went."),
    ("bracket closes after", "en", "He left (“at once.”)|She stayed."),
    ("two marks", "en", "What?!|Really."),
    ("ellipsis", "en", "Wait...|What?"),
    ("lower case after the mark", "en", "The end. iPhone sales rose"),
    ("web address", "en", "Visit www.moh.gov.vn.|It is free."),
    ("month", "en", "It began on Jan. 29 in Huế.|It ended."),
    ("firm", "en", "Pfizer Inc. and Hòa Bình Co. Ltd. signed."),
    ("dateline", "en", "HÀ NỘI (VNS) — The ministry met.|It agreed."),
    ("dash begins", "en", "It ends.|— The editors"),
    ("mark only", "en", "..."),
    ("number of a list", "en", "1. Introduction"),
]  # fmt: skip

HARD: list[tuple[str, Lang, str, str]] = [
    (
        "letter of a disease ends a sentence", "vi", "Ông mắc viêm gan B.|Bệnh này nặng.",
        "a lone capital is an initial after a name, not after a lower-case word (gan B, cúm A)",
    ),
    (
        "letter of a vitamin ends a sentence", "en", "They lack vitamin C.|The doctor knows.",
        "the same in English",
    ),
    (
        "country ends a sentence", "en", "She studied in the U.S.|The Embassy paid for it.",
        "a dotted short form ends a sentence where a word follows that opens one",
    ),
    (
        "and so on ends a sentence", "vi", "Có thuốc, vắc-xin, v.v.|Ông nói vậy.",
        "v.v. ends a sentence where a word follows that opens one",
    ),
    (
        "no as an answer", "en", "Is it over?|No.|He said more.",
        "No. is an abbreviation only before a figure",
    ),
    (
        "number of a section", "en", "2.5. Results of the study",
        "the number of a section opens its heading",
    ),
]  # fmt: skip


def check(lang: Lang, marked: str) -> None:
    sentences = marked.split("|")
    for joint in (" ", "\n", "  "):
        glued = " .|" in marked and joint == " "
        text = marked.replace("|", "") if glued else joint.join(sentences)
        assert [segment.text for segment in split_sentences(text, lang)] == sentences


@pytest.mark.parametrize(("label", "lang", "marked"), CASES, ids=[f"{c[1]} {c[0]}" for c in CASES])
def test_sentences(label: str, lang: Lang, marked: str) -> None:
    check(lang, marked)


@pytest.mark.parametrize(("label", "lang", "marked", "why"), HARD, ids=[case[0] for case in HARD])
def test_what_ends_a_sentence_or_does_not(label: str, lang: Lang, marked: str, why: str) -> None:
    check(lang, marked)


@pytest.mark.parametrize("lang", LANGS)
def test_a_line_break_always_ends_a_sentence(lang: Lang) -> None:
    text = "no mark at the end\nMr.\nGS.\nHết"
    assert [one.text for one in split_sentences(text, lang)] == text.split("\n")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0\t"])
def test_nothing_gives_nothing(text: str) -> None:
    assert split_sentences(text, "vi") == []


def test_offsets_count_in_composed_text() -> None:
    text = "Bô\u0323 Y tê\u0301 ho\u0323p. Ông nói."
    segments = split_sentences(text, "vi")
    assert [one.text for one in segments] == ["Bộ Y tế họp.", "Ông nói."]
    assert [(one.start, one.end) for one in segments] == [(0, 12), (13, 21)]


PIECES = st.sampled_from(
    [
        *'Bộ họp TS. Mr. 5.2 1. ./. .Nga U.S. v.v. ? ! … ... “ ” " ( ) — A. b. 12% Ông the'.split(),
        *("\n", "\n\n", "  ", "\u00a0", "\u0301", "o\u0323", ".”", "?!"),
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=25).map(" ".join),
    st.lists(PIECES, max_size=25).map("".join),
    st.text(max_size=40),
)


@given(TEXTS, st.sampled_from(LANGS))
def test_every_letter_is_in_exactly_one_segment(text: str, lang: Lang) -> None:
    whole = nfc(text)
    at = 0
    for segment in split_sentences(text, lang):
        assert at <= segment.start < segment.end <= len(whole)
        assert whole[at : segment.start].strip() == ""
        assert segment.text == whole[segment.start : segment.end] == segment.text.strip()
        assert "\n" not in segment.text
        at = segment.end
    assert whole[at:].strip() == ""


@given(TEXTS, st.sampled_from(LANGS))
def test_splitting_is_a_matter_of_each_line(text: str, lang: Lang) -> None:
    by_line = [
        segment.text for line in nfc(text).split("\n") for segment in split_sentences(line, lang)
    ]
    assert [segment.text for segment in split_sentences(text, lang)] == by_line


def test_sentences_of_a_document_come_paragraph_by_paragraph() -> None:
    document = Document(
        "a", "vi", "Tiêu đề.", None, "", "", "", ("Ông họp. Bà về.", "Hết."), ("Ảnh: An.",)
    )
    assert sentences_of(document) == ["Ông họp.", "Bà về.", "Hết."]


def test_sample_sentences(sample_gold: Mapping[tuple[Lang, str], dict[str, Any]]) -> None:
    pages = [
        (
            [sentence for paragraph in gold["paragraphs"] for sentence in paragraph],
            [
                segment.text
                for paragraph in gold["paragraphs"]
                for segment in split_sentences(" ".join(paragraph), lang)
            ],
        )
        for (lang, _), gold in sample_gold.items()
    ]
    scores = clean_scores(pages)
    print(scores, Counter(len(gold) == len(found) for gold, found in pages))
    assert scores.f1 >= 0.97
