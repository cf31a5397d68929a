"""All forms with their places; names that both languages write alike; what stands inside what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.english import key_en
from align.model import Document, Lang
from glossary.inventory import (
    TITLE,
    Term,
    bare,
    close_at_capitals,
    close_at_names,
    collect,
    nested_always,
    sentences_by_index,
    shared_names,
)
from glossary.kinds import key_vi


def document(lang: Lang, *paragraphs: str, title: str = "", name: str = "a") -> Document:
    return Document(name, lang, title, None, "", "", "", paragraphs)


def terms(lang: Lang, *paragraphs: str, title: str = "") -> dict[str, Term]:
    return collect([document(lang, *paragraphs, title=title)], lang)


def test_sentences_are_counted_from_0_and_the_title_is_before_them() -> None:
    found = sentences_by_index(
        document("vi", "Bộ Y tế họp. Sở Y tế báo cáo.", "Mọi người về.", title="Họp báo")
    )
    assert found == {
        TITLE: "Họp báo", 0: "Bộ Y tế họp.", 1: "Sở Y tế báo cáo.", 2: "Mọi người về.",
    }  # fmt: skip
    assert TITLE not in sentences_by_index(document("vi", "Bộ Y tế họp."))


@pytest.mark.parametrize(
    ("lang", "documents"),
    [
        ("vi", [document("vi", "Bộ Y tế họp. BỘ Y TẾ họp.", title="Bộ Y tế mới", name="a"),
                document("vi", "Đoàn của Bộ Y tế đến.", name="b")]),
        ("en", [document("en", "The Ministry of Health met. Ministries of health met.", name="a"),
                document("en", "It was the Ministry of Health.", name="b")]),
    ],
)  # fmt: skip
def test_every_place_holds_its_term(lang: Lang, documents: list[Document]) -> None:
    key_of = key_vi if lang == "vi" else key_en
    sentences = {one.id: sentences_by_index(one) for one in documents}
    for key, term in collect(documents, lang).items():
        assert term.key == key
        assert term.places, key
        assert sum(term.surfaces.values()) == len(term.places)
        for place in term.places:
            assert place.text == sentences[place.document][place.sentence]
            assert key_of(place.text[place.start : place.end]) == key


def test_places_of_one_term_are_gathered_whatever_its_spelling() -> None:
    found = collect(
        [
            document("vi", "Bộ Y tế họp. Theo BỘ Y TẾ thì đúng.", title="Bộ Y tế họp", name="a"),
            document("vi", "Đoàn của Bộ Y tế đến.", name="b"),
        ],
        "vi",
    )
    ministry = found[key_vi("Bộ Y tế")]
    assert ministry.documents == {"a", "b"}
    assert {(p.document, p.sentence) for p in ministry.places} >= {("a", -1), ("a", 0), ("b", 0)}
    assert ministry.text == "Bộ Y tế"


def test_no_function_word_is_a_term() -> None:
    found = terms("en", "This is that. We and they were there.")
    assert not set(found) & {"this", "that", "we", "they", "there", "and"}


@pytest.mark.parametrize(
    ("vi", "en", "shared", "absent", "why"),
    [
        (
            "Hôm qua, bà Đào Hồng Lan đến Hà Giang.", "Yesterday Đào Hồng Lan saw Hà Giang.",
            {"đào hồng lan": {"đào hồng lan"}, "hà giang": {"hà giang"}},
            {"lan", "hồng lan", "giang"},
            "a name is shared whole, not in parts",
        ),
        (
            "Đoàn của Việt Nam đã đến.", "The delegation of Vietnam came.",
            {"việt nam": {"vietnam"}}, {"nam"},
            "marks and spaces aside",
        ),
        (
            "Theo WHO, dịch đã hết.", "It is over, the WHO said.",
            {"WHO": {"WHO"}}, set(),
            "an acronym is written alike",
        ),
        (
            "Hôm qua, ông Chỉnh đến.", "Yesterday Mr Chính came.", {}, {"chỉnh"},
            "one syllable with other marks is another name",
        ),
        ("Đoàn đã về nước.", "The delegation went home.", {}, set(), "nothing is shared"),
        (
            "Hôm qua, ông Hồng Lan và bà Lan đến.", "Yesterday Hồng Lan and Ms Lan came.",
            {"hồng lan": {"hồng lan"}, "lan": {"lan"}}, set(),
            "a part that stands alone on both sides is a name too",
        ),
    ],
)  # fmt: skip
def test_shared_names(
    vi: str, en: str, shared: dict[str, set[str]], absent: set[str], why: str
) -> None:
    found = shared_names(terms("vi", vi), terms("en", en))
    assert {key: found.get(key) for key in shared} == shared, why
    assert not absent & set(found), why


def test_closing_at_names() -> None:
    found = terms("vi", "Hôm qua, Bộ trưởng Đào Hồng Lan đến tỉnh Hà Giang.")
    assert {"hồng lan", "giang", "bộ trưởng đào hồng lan"} <= set(found)
    close_at_names(found, ["đào hồng lan", "hà giang"], {"đào hồng lan"})
    rows = [
        ("đào hồng lan", True, "a name itself"),
        ("hà giang", True, "a name itself"),
        ("bộ trưởng", True, "stands beside a name"),
        ("tỉnh hà giang", True, "holds a place's name whole"),
        ("bộ trưởng đào hồng lan", False, "holds a person's name"),
        ("hồng lan", False, "stands inside a name"),
        ("giang", False, "cuts a name in two"),
    ]
    assert {key: key in found for key, _, _ in rows} == {key: kept for key, kept, _ in rows}


def test_closing_drops_places_not_terms_that_stand_elsewhere() -> None:
    found = terms("vi", "Hôm qua, bà Đào Hồng Lan đến. Hôm nay, bà Hồng Lan về.")
    before = len(found["hồng lan"].places)
    close_at_names(found, ["đào hồng lan"], {"đào hồng lan"})
    assert len(found["hồng lan"].places) == before - 1
    assert found["hồng lan"].places[0].sentence == 1


@pytest.mark.parametrize(
    ("sentence", "names", "free", "kept", "dropped", "why"),
    [
        (
            "Then the Deputy Prime Minister spoke.", [], set(),
            "deputy prime minister", "prime minister",
            "cut out of a longer run",
        ),
        (
            "Then Hà Giang Health Department spoke.", ["hà giang"], set(),
            "health department", "giang health",
            "a name may stand beside",
        ),
        (
            "Then the Lao Health Minister spoke.", [], {"lao"},
            "health minister", "health",
            "a country's adjective may stand beside",
        ),
        (
            "Then Prime Minister spoke to the prime minister.", [], set(),
            "prime minister", "prime",
            "small letters are no run",
        ),
    ],
)  # fmt: skip
def test_closing_at_capitals(
    sentence: str, names: list[str], free: set[str], kept: str, dropped: str, why: str
) -> None:
    found = terms("en", sentence)
    assert {kept, dropped} <= set(found)
    close_at_capitals(found, names, free)
    assert kept in found, why
    assert dropped not in found, why


def test_nested_always() -> None:
    found = terms("vi", "Hôm qua, bệnh viện công mở cửa. Bệnh viện công đóng cửa.")
    nested = nested_always(found)
    assert nested["bệnh viện"] == "bệnh viện công"
    assert "bệnh viện công" not in nested or nested["bệnh viện công"] != "bệnh viện"

    both = terms("vi", "Hôm qua, bệnh viện công mở cửa. Các bệnh viện đóng cửa.")
    assert "bệnh viện" not in nested_always(both), "it stands alone once"


def test_nothing_is_nested_in_itself() -> None:
    found = terms("vi", "Cục Quản lý Khám, chữa bệnh yêu cầu các bệnh viện báo cáo.")
    for inner, outer in nested_always(found).items():
        assert inner != outer
        assert outer in found
        assert inner in outer


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Việt Nam", "Vietnam", True),
        ("Đồng Tháp", "Dong Thap", True),
        ("COVID-19", "Covid 19", True),
        ("Hà Nam", "Hà Nội", False),
        ("", "-", True),
    ],
)
def test_bare(one: str, other: str, same: bool) -> None:
    assert (bare(one) == bare(other)) is same


@given(st.text(max_size=20))
def test_bare_is_bare_already(text: str) -> None:
    assert bare(bare(text)) == bare(text)
