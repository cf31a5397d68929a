"""What could be a term in a sentence of either language, and by what key two forms are one."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from align.english import key_en, singular
from align.model import MissingExtra
from glossary import phrases_en
from glossary.kinds import key_vi, kind_of
from glossary.official import official_names
from glossary.phrases_en import LONGEST_EN, english_phrases
from glossary.phrases_vi import LONGEST_VI, vietnamese_phrases

VIETNAMESE: list[Any] = [
    # sentence, must be there, must not, why
    (
        "Bộ Y tế đã ban hành hướng dẫn mới về khám, chữa bệnh.",
        ["Bộ Y tế", "khám, chữa bệnh"],
        ["Bộ Y", "Bộ", "Y tế", "Y"],
        "a ministry is whole: its halves are no names; a comma may stand inside a compound",
    ),
    (
        "Theo Bộ Y tế, trong tuần không có ca tử vong.",
        ["Bộ Y tế"],
        ["Bộ Y", "Bộ"],
        "the same in the middle of a sentence",
    ),
    (
        "Cục Quản lý Khám, chữa bệnh yêu cầu các bệnh viện báo cáo trước ngày 5/3.",
        ["Cục Quản lý Khám, chữa bệnh", "bệnh viện"],
        ["5/3", "ngày 5"],
        "an institution goes on after a comma; figures are no terms",
    ),
    (
        "Bộ Giáo dục và Đào tạo phối hợp với Bộ Y tế tổ chức hội thảo.",
        ["Bộ Giáo dục và Đào tạo", "Bộ Y tế", "hội thảo"],
        ["Bộ Giáo dục và Đào", "và Đào tạo", "Bộ Giáo"],
        "an institution goes on after 'và'",
    ),
    (
        "Đoàn công tác gồm Bộ Lao động - Thương binh và Xã hội.",
        ["Bộ Lao động - Thương binh và Xã hội"],
        [],
        "and after a dash",
    ),
    (
        "Bộ Y tế, Bộ trưởng Trần Văn Nam và Sở Y tế họp chiều nay.",
        ["Bộ Y tế", "Bộ trưởng", "Sở Y tế", "Trần Văn Nam"],
        ["Bộ Y tế, Bộ trưởng", "Trần Văn Nam và Sở Y tế"],
        "but not into another head",
    ),
    (
        "Trẻ em được tiêm vắc xin phòng COVID-19 tại trạm y tế xã.",
        ["vắc xin", "COVID-19", "trạm y tế xã", "trạm y tế"],
        ["vắc", "xin", "xin phòng", "COVID", "19"],
        "loans and hyphened names are whole",
    ),
    (
        "Nhiều cán bộ y tế của huyện được tập huấn.",
        ["cán bộ y tế", "cán bộ"],
        ["bộ y tế", "bộ"],
        "health workers are no ministry",
    ),
    (
        "Bộ trưởng Bộ Y tế Nguyễn Văn Hòa thăm Lào.",
        ["Bộ trưởng", "Bộ trưởng Bộ Y tế", "Bộ Y tế", "Nguyễn Văn Hòa", "Lào"],
        ["trưởng Bộ Y tế", "Y tế Nguyễn Văn Hòa", "Nguyễn Văn Hòa thăm"],
        "title, ministry and name apart and together",
    ),
    (
        "Thứ trưởng giao Cục Quản lý Dược kiểm tra.",
        ["Cục Quản lý Dược", "Thứ trưởng"],
        ["giao Cục Quản lý Dược", "giao Cục"],
        "a verb and its object are no compound",
    ),
    (
        "Người dân các tỉnh Việt Nam-Lào hợp tác.",
        ["Việt Nam", "Lào"],
        ["Nam-Lào", "Việt Nam-Lào"],
        "a hyphen between two names parts them",
    ),
    ("Ông (bà) Hà nói “rất tốt” rồi về.", ["Hà"], ["(bà", "bà) Hà"], "brackets close inside"),
    ("", [], [], "an empty sentence"),
    ("   ", [], [], "white space"),
    pytest.param(
        " \t ", [], [], "white space: a tab",
    ),
    pytest.param(
        "Hôm qua, Trần Thu Hà thăm bệnh viện.", ["Trần Thu Hà"], [], "a name and its verb",
    ),
    ("123 456, 7/8: 9%!", [], ["123", "123 456"], "figures alone"),
    ("Cục trưởng Cục Y tế dự phòng Đỗ Hải Yến phát biểu.",
     ["Cục Y tế dự phòng", "Cục trưởng Cục Y tế dự phòng"], [], "a name that ends with a verb"),
    ("Bộ Y tế tổ chức hội nghị tại Huế.", ["Bộ Y tế"], ["Bộ Y tế tổ chức"],
     "a verb with its object is no name"),
    ("Bộ Y tế họp ở Hà Nội.", ["Bộ Y tế"], ["Bộ Y tế họp"], "nor is a lone syllable"),
    ("Ban Chỉ đạo liên ngành Trung ương về an toàn thực phẩm họp.",
     ["Ban Chỉ đạo liên ngành Trung ương về an toàn thực phẩm"], [], "what a body is about"),
    ("Bộ Y tế Lào về tăng cường hợp tác.", ["Bộ Y tế Lào"],
     ["Bộ Y tế Lào về tăng cường hợp tác"], "a ministry's name does not go on"),
    ("Kế hoạch phát triển kinh tế - xã hội năm 2025.", ["kinh tế - xã hội"], [], "a joined pair"),
    ("Phòng, chống HIV/AIDS là nhiệm vụ chung.", ["HIV/AIDS"], [], "joined abbreviations"),
    ("Bệnh viện Trung ương Quân đội 108 tiếp nhận.",
     ["Bệnh viện Trung ương Quân đội 108"], [], "a number in a name"),
    ("Chăm sóc người cao tuổi là cần thiết.", ["người cao tuổi"], ["người"],
     "a head that says nothing alone"),
    ("Ủy ban nhân dân tỉnh Hà Giang họp.", ["Ủy ban nhân dân tỉnh Hà Giang"],
     ["nhân dân tỉnh Hà Giang"], "the rest of a body's name"),
    ("Việt Nam hỗ trợ Lào xây bệnh viện.", ["Việt Nam", "bệnh viện"], ["Việt Nam hỗ trợ"],
     "a country and what it does"),
    ("Anh được cấp bằng sáng chế năm 2010.", ["bằng sáng chế"], [],
     "an entry of the dictionary whose first word looks like a preposition"),
    ("Nhiều cán bộ y tế ở bên ngoài tuần trước.", [], ["bộ y tế", "bên ngoài", "tuần trước"],
     "an entry that cuts a word, and entries that are no nouns"),
    ("Những người bị bắt đã được thả.", ["người bị bắt"], ["bị bắt"], "who it is done to"),
    ("Trẻ em có quyền được học tập.", ["quyền được học tập"], [], "what one has a right to"),
    ("Giải đua xe Công thức 1 trở lại.", ["Công thức 1"], [], "a numbered name"),
    ("Năm 1996, ông sang Lào.", ["Lào"], ["Năm 1996", "Năm"], "a year that opens a sentence"),
]  # fmt: skip

ENGLISH = [
    (
        "The Ministry of Health issued new guidance on medical examination and treatment.",
        ["Ministry of Health", "medical examination and treatment", "treatment"],
        ["of Health", "Ministry of", "guidance on medical", "and treatment"],
        "noun phrases joined by 'of' and 'and'; edges are nouns",
    ),
    (
        "Laos' health sector will receive support from the People's Committee of Hanoi.",
        ["Laos", "health sector", "People's Committee", "People's Committee of Hanoi"],
        ["Laos' health sector", "Laos' health", "' health sector", "s Committee"],
        "an owner is a term of its own, but part of an institution",
    ),
    (
        "Vietnam’s Ministry of Health met the Women’s Union.",
        ["Ministry of Health", "Women’s Union"],
        ["Vietnam’s Ministry of Health", "s Ministry of Health"],
        "the same with a curly apostrophe",
    ),
    (
        "Children and doctors asked for more vaccines against COVID-19.",
        ["vaccines", "COVID-19", "doctors"],
        ["COVID", "19", "against COVID-19", "more vaccines against"],
        "a hyphened name is whole",
    ),
    (
        "In Meo Vac District, Hà Giang Province, doctors vaccinated the children.",
        ["Meo Vac District", "Hà Giang Province", "doctors", "children"],
        ["District, Hà Giang", "Meo Vac District, Hà Giang Province", "the children"],
        "a comma parts places; an article opens no term",
    ),
    (
        "The two sides signed the Viet Nam-Laos agreement.",
        ["Viet Nam", "Laos"],
        [],
        "a hyphen between two names parts them",
    ),
    ("He called it a “very good” plan (so far).", ["plan"], ["good” plan", "plan ("], "quotes"),
    ("", [], [], "an empty sentence"),
    (" \t ", [], [], "white space"),
    ("123, 45/6!", [], ["123"], "figures alone"),
    (
        "Rules on border health quarantine were put off.",
        ["border health quarantine"],
        [],
        "a noun the tagger takes for a verb",
    ),
    ("They spoke of population ageing and jobs.", ["population ageing"], [], "a noun in -ing"),
    (
        "The deputy director general of the fund spoke.",
        ["deputy director general"],
        [],
        "an adjective after its noun",
    ),
    ("They care for the elderly.", ["elderly"], [], "an adjective as a noun"),
    (
        "A team at Nghệ An Friendship General Hospital came.",
        ["Nghệ An Friendship General Hospital"],
        [],
        "a syllable like an article",
    ),
    (
        "The provincial People's Committee met.",
        ["provincial People's Committee"],
        ["provincial People"],
        "cut before its owner's mark",
    ),
    ("Higher blood pressure was seen.", ["Higher blood pressure"], [], "a comparative inside"),
    ("Some lower back pain is common.", ["lower back pain"], [], "a noun tagged as an adverb"),
    ("They raced in Formula 1 again.", ["Formula 1"], [], "a numbered name"),
    ("The by-products were sold.", ["by-products"], [], "a plural with a hyphen"),
]


@pytest.mark.parametrize(("sentence", "there", "absent", "why"), VIETNAMESE)
def test_vietnamese_phrases(sentence: str, there: list[str], absent: list[str], why: str) -> None:
    found = [phrase.text for phrase in vietnamese_phrases(sentence)]
    assert set(there) <= set(found), why
    assert not set(absent) & set(found), why


@pytest.mark.parametrize(("sentence", "there", "absent", "why"), ENGLISH)
def test_english_phrases(sentence: str, there: list[str], absent: list[str], why: str) -> None:
    found = [phrase.text for phrase in english_phrases(sentence)]
    assert set(there) <= set(found), why
    assert not set(absent) & set(found), why


def test_health_workers_are_no_ministry() -> None:
    assert key_vi("cán bộ y tế") != key_vi("Bộ Y tế")
    keys = {key_vi(phrase.text) for phrase in vietnamese_phrases("Các cán bộ y tế xã đã đến.")}
    assert key_vi("cán bộ y tế") in keys
    assert key_vi("Bộ Y tế") not in keys


def test_runs_of_capitals_are_names() -> None:
    names = {p.text: p.name for p in vietnamese_phrases("Hôm nay, bà Trần Thu Hà đến bệnh viện.")}
    assert names["Trần Thu Hà"]
    assert not names["bệnh viện"]


@pytest.mark.parametrize(
    ("phrases", "sentence"),
    [(vietnamese_phrases, row[0]) for row in VIETNAMESE if not hasattr(row, "marks")]
    + [(english_phrases, row[0]) for row in ENGLISH],
)
def test_a_phrase_stands_where_it_says_and_once(phrases, sentence: str) -> None:  # type: ignore[no-untyped-def]
    found = phrases(sentence)
    assert [sentence[one.start : one.end] for one in found] == [one.text for one in found]
    places = [(one.start, one.end) for one in found]
    assert len(places) == len(set(places))


_PIECES = st.sampled_from(
    "Bộ Y tế khám , chữa bệnh Cục Quản lý và - – ( ) “ ” ' ’ ’s 's / . 5 10% Hà Nội The of health"
    " Ministry People's Laos' doctors COVID-19 A(H5N1) \u00a0 \u200b É".split(" ")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=12).map(" ".join), st.sampled_from(["vi", "en"]))
def test_any_line_gives_phrases_of_itself(sentence: str, lang: str) -> None:
    assume(sentence.strip())  # white space alone has rows of its own above
    phrases, longest = (
        (vietnamese_phrases, LONGEST_VI) if lang == "vi" else (english_phrases, LONGEST_EN)
    )
    for one in phrases(sentence):
        assert sentence[one.start : one.end] == one.text
        assert one.text == one.text.strip() != ""
        # Each word brings at most one possessive or dash with it.
        assert len(one.text.split()) <= 2 * longest


@pytest.mark.parametrize(
    ("one", "other", "same", "why"),
    [
        ("Bộ Y tế", "BỘ Y TẾ", True, "a heading in capitals"),
        ("Bộ Y tế", "bộ  y tế ", True, "case and space"),
        ("Uỷ ban", "Ủy ban", True, "place of the tone mark"),
        ("hoà bình", "hòa bình", True, "place of the tone mark"),
        ("Bộ Y tế", "Bo\u0323\u0302 Y te\u0302\u0301", True, "marks apart"),
        ("Bộ Y tế", "Bô Y tế", False, "another mark is another word"),
        ("WHO", "who", False, "an acronym is no word"),
        ("khám, chữa bệnh", "khám chữa bệnh", False, "the comma stays"),
    ],
)
def test_key_vi(one: str, other: str, same: bool, why: str) -> None:
    assert (key_vi(one) == key_vi(other)) is same, why


@pytest.mark.parametrize(
    ("one", "other", "same", "why"),
    [
        ("the Ministry of Health", "Ministry of Health", True, "article"),
        ("The Ministries", "ministry", True, "article, case and plural"),
        ("vaccines", "vaccine", True, "plural"),
        ("infectious diseases", "infectious disease", True, "plural of the last word"),
        ("boxes", "box", True, "-es"),
        ("women", "woman", True, "irregular"),
        ("analyses", "analysis", True, "irregular"),
        ("People’s Committee", "People's Committee", True, "curly apostrophe"),
        ("women doctors", "woman doctor", False, "only the last word"),
        ("Laos", "Lao", False, "a country is no plural"),
        ("diagnosis", "diagnosi", False, "no plural"),
        ("WHO", "who", False, "an acronym is no word"),
        ("theatre", "atre", False, "an article is a word"),
        ("the", "", False, "an article alone stays"),
        pytest.param(
            "viruses", "virus", True, "-uses",
        ),
        pytest.param(
            "diagnoses", "diagnosis", True, "as analyses",
        ),
    ],
)  # fmt: skip
def test_key_en(one: str, other: str, same: bool, why: str) -> None:
    assert (key_en(one) == key_en(other)) is same, why


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("hospitals", "hospital"), ("ministries", "ministry"), ("classes", "class"),
        ("churches", "church"), ("dishes", "dish"), ("cases", "case"), ("nurses", "nurse"),
        ("access", "access"), ("status", "status"), ("tuberculosis", "tuberculosis"),
        ("gas", "gas"), ("laos", "laos"), ("news", "news"), ("series", "series"),
        ("staff", "staff"), ("children", "child"), ("people", "people"), ("", ""), ("s", "s"),
    ],
)  # fmt: skip
def test_singular(word: str, expected: str) -> None:
    assert singular(word) == expected


@given(st.text(alphabet="abeismnuxyz", min_size=1, max_size=8))
def test_a_singular_has_no_singular_of_its_own_but_for_endings(word: str) -> None:
    # Two steps may take two endings off, never put one on.
    assert len(singular(singular(word))) <= len(singular(word)) <= max(len(word), 3)


@pytest.mark.parametrize(
    ("vi", "name", "kind"),
    [
        ("Bộ Y tế", False, "institution"),
        ("Sở Y tế tỉnh Hà Giang", False, "institution"),
        ("Bệnh viện Trung ương Huế", False, "institution"),
        ("bệnh viện", False, "term"),
        ("bệnh viện công", False, "term"),
        ("bộ phận", False, "term"),
        ("Uỷ ban nhân dân", False, "institution"),
        ("Bộ trưởng", False, "title"),
        ("Bộ trưởng Bộ Y tế", False, "title"),
        ("Phó Thủ tướng Chính phủ", False, "title"),
        ("thứ trưởng", False, "title"),
        ("tỉnh Hà Giang", False, "place"),
        ("vùng cao", False, "term"),
        ("Lào", True, "place"),
        ("Việt Nam", True, "place"),
        ("ASEAN", True, "place"),
        ("WHO", True, "abbreviation"),
        ("BHYT", False, "abbreviation"),
        ("COVID-19", True, "abbreviation"),
        ("Nguyễn Văn Hòa", True, "person"),
        ("bảo hiểm y tế", False, "term"),
        pytest.param(
            "Đảng viên", False, "term",
        ),
    ],
)  # fmt: skip
def test_kind_of(vi: str, name: bool, kind: str) -> None:
    assert kind_of(vi, name) == kind


@pytest.mark.parametrize(
    ("phrases", "sentence", "whole", "why"),
    [
        pytest.param(
            english_phrases, "Officials of the Ministry of Culture, Sports and Tourism agreed.",
            "Ministry of Culture, Sports and Tourism", "of, comma and 'and' are three joins",
        ),
        pytest.param(
            english_phrases, "Aid came from the US last year.", "US", "no stopword: an acronym",
        ),
        pytest.param(
            vietnamese_phrases, "Hôm qua, Tổ chức Y tế Thế giới đã có báo cáo.",
            "Tổ chức Y tế Thế giới", "an institution whose head is a verb too",
        ),
        (vietnamese_phrases, "Hôm qua, Viện Pasteur đã có báo cáo.", "Viện Pasteur", "plain"),
        (english_phrases, "Yesterday the World Bank agreed.", "World Bank", "plain"),
    ],
)  # fmt: skip
def test_official_names_are_found_whole(phrases, sentence: str, whole: str, why: str) -> None:  # type: ignore[no-untyped-def]
    assert whole in [phrase.text for phrase in phrases(sentence)], why


def test_most_official_names_are_phrases_of_a_plain_sentence() -> None:
    names = [name.en[0] for name in official_names()]
    found = [
        key_en(name)
        in {key_en(phrase.text) for phrase in english_phrases(f"Yesterday the {name} met us.")}
        for name in names
    ]
    # 89 in 100 when this was written; the rest are long, or hold slashes, figures, two commas.
    assert sum(found) / len(found) > 0.87


def test_without_the_tagger_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textblob.en.taggers", None)
    phrases_en._tagger.cache_clear()
    try:
        with pytest.raises(MissingExtra, match=r"textblob.*songngu\[align\]"):
            english_phrases("The ministry met.")
    finally:
        phrases_en._tagger.cache_clear()
