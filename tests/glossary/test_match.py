"""Where terms stand in a text: whole words, however they are spelled, at their places."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import overload

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.english import stem
from align.model import Lang
from align.text import nfc
from glossary.match import Hit, Matcher, Token, outermost, tokens


def found(
    term: str, text: str, lang: Lang = "vi", *, capitals: bool = True, exact: bool = False
) -> list[str]:
    """What a matcher with one term cuts out of a text."""
    matcher: Matcher[str] = Matcher(lang)
    matcher.add(nfc(term), term, exact=exact, capitals=capitals)
    text = nfc(text)
    return [text[hit.start : hit.end] for hit in matcher.hits(tokens(text, lang))]


VIETNAMESE = [
    ("Bộ Y tế", "Theo Bộ Y tế, ca mắc giảm", "Bộ Y tế", "as written"),
    ("Bộ Y tế", "Bộ Y tế", "Bộ Y tế", "the whole text"),
    ("Bộ Y tế", "(Bộ Y tế)", "Bộ Y tế", "marks around it"),
    ("Bộ Y tế", "cán bộ y tế", "", "a capitalised term needs its capitals"),
    ("Bộ Y tế", "Cán bộ Y tế", "", "the capital of its first word as well"),
    ("Bộ Y tế", "BỘ Y TẾ HỌP", "BỘ Y TẾ", "capitals of a heading are capitals"),
    ("cán bộ y tế", "CÁN BỘ Y TẾ", "CÁN BỘ Y TẾ", "a heading of a term in small letters"),
    ("cán bộ y tế", "Cán bộ y tế đến", "Cán bộ y tế", "the beginning of a sentence"),
    ("Bộ Y tế", "Bộ, Y tế", "", "a comma parts"),
    ("Bộ Y tế", "Bộ. Y tế", "", "a full stop parts"),
    ("Bộ Y tế", "Bộ\nY  tế", "Bộ\nY  tế", "any blanks"),
    ("Bộ Y tế", "Bộ\u00a0Y\u00a0tế", "Bộ\u00a0Y\u00a0tế", "blanks that do not break"),
    ("khoa", "khoan, khóa, khoá, Khoái, khoẻ", "", "whole words with all marks only"),
    ("viện phí", "bệnh viện phía Nam", "", "no part of a word"),
    ("tuyến", "tuyển, tuyên, tuyen", "", "marks count"),
    ("hóa đơn", "Xem hoá đơn", "hoá đơn", "new place of the tone"),
    ("hoá đơn", "HOÁ ĐƠN, HÓA ĐƠN", "HOÁ ĐƠN|HÓA ĐƠN", "both places in capitals"),
    ("Ủy ban", "Uỷ ban", "Uỷ ban", "uy as well"),
    ("sức khoẻ", "sức khỏe", "sức khỏe", "oe as well"),
    ("bác sĩ", "bác sỹ, Bác Sỹ", "bác sỹ|Bác Sỹ", "y for i"),
    ("kỹ thuật", "kĩ thuật", "kĩ thuật", "i for y"),
    ("tay", "tai", "", "y after a vowel is no i"),
    ("Y tế", "Đồng Ý tế", "", "a toned letter is another one"),
    ("vắc xin", "vắc-xin, vắc‑xin", "vắc-xin|vắc‑xin", "hyphens for a space"),
    ("vắc-xin", "vắc xin", "vắc xin", "a space for a hyphen"),
    ("vắc-xin", "vắcxin", "", "but not nothing"),
    ("WHO", "Theo WHO, ai who Who", "WHO", "acronyms as they are"),
    ("BHYT", "thẻ BHYT, bhyt, Bhyt, BHYTX", "BHYT", "whole acronyms"),
    ("COVID-19", "COVID 19, Covid-19", "COVID 19", "an acronym with a number"),
    ("UBND", "`UBND` UBND", "UBND", "not in code"),
    ("TP. Huế", "TP. Huế, TP Huế", "TP. Huế", "marks of a term count"),
    ("khoa", "khoa khoa", "khoa|khoa", "each time"),
    ("a b a", "a b a b a", "a b a|a b a", "over each other"),
    ("", "x", "", "no term"),
    ("- '", "x - ' y", "", "no word in the term"),
    ("{x}", "{x}", "", "a placeholder is no term"),
]


@pytest.mark.parametrize(("term", "text", "expected", "why"), VIETNAMESE)
def test_vietnamese_terms(term: str, text: str, expected: str, why: str) -> None:
    assert "|".join(found(term, text)) == nfc(expected), why


ENGLISH = [
    ("hospital", "two hospitals", "hospitals", "plural"),
    ("hospitals", "a hospital", "hospital", "the term itself in the plural"),
    ("Ministry of Health", "the Ministry of Health's", "Ministry of Health's", "possessive"),
    ("Ministry of Health", "Ministry of Health’s", "Ministry of Health’s", "curly apostrophe"),
    ("hospital", "the hospitals' beds", "hospitals", "possessive plural"),
    ("Ministry of Health", "Ministries of Health", "Ministries of Health", "plural inside"),
    ("Ministry of Health", "ministry of health", "", "its capitals"),
    ("Friendship Hospital", "a friendship hospital", "", "a name is no common noun"),
    ("friendship hospital", "Friendship Hospitals", "Friendship Hospitals", "the other way round"),
    ("Ministry of Health", "MINISTRY OF HEALTH", "MINISTRY OF HEALTH", "capitals of a heading"),
    ("People's Committee", "people", "", "not a part of a term"),
    ("follow-up visit", "follow up visits", "follow up visits", "space for hyphen and plural"),
    ("check up", "check-up", "check-up", "hyphen for space"),
    ("follow-up", "followup", "", "but not nothing"),
    ("NGO", "NGOs, NGO's, NGOs'", "NGOs|NGO's|NGOs", "an acronym in the plural"),
    ("WHO", "who is Who in the WHO", "WHO", "acronyms as they are"),
    ("WHO", "WHO's", "WHO's", "an acronym owns"),
    ("AIDS", "aids, Aids, AID, AIDS", "AIDS", "an s that belongs to the acronym"),
    ("news", "new", "", "no plural"),
    ("bus", "bu", "", "no plural"),
    ("hospital", "hospitality, hospitalised", "", "whole words only"),
    ("Hoà Lâm", "the Hòa Lâm hospital", "Hòa Lâm", "Vietnamese names in English text"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "text", "expected", "why"), ENGLISH)
def test_english_terms(term: str, text: str, expected: str, why: str) -> None:
    assert "|".join(found(term, text, "en")) == expected, why


_ENDINGS = "the rules for -zes, -ches, -ies, -oes, -ves cut what belongs to the word"
_LIST = "not in the list of irregular plurals"

PLURALS = [
    ("ministry", "ministries"), ("biopsy", "biopsies"), ("essay", "essays"), ("box", "boxes"),
    ("abscess", "abscesses"), ("process", "processes"), ("match", "matches"), ("wish", "wishes"),
    ("dose", "doses"), ("disease", "diseases"), ("nurse", "nurses"), ("syringe", "syringes"),
    ("virus", "viruses"), ("campus", "campuses"), ("bus", "buses"), ("gas", "gases"),
    ("man", "men"), ("woman", "women"), ("child", "children"), ("mouse", "mice"),
    ("analysis", "analyses"), ("diagnosis", "diagnoses"), ("crisis", "crises"),
    ("staff", "staff"), ("series", "series"), ("diabetes", "diabetes"),
    ("size", "sizes"),
    ("prize", "prizes"),
    ("headache", "headaches"),
    ("calorie", "calories"),
    ("movie", "movies"),
    ("hero", "heroes"),
    ("potato", "potatoes"),
    ("life", "lives"),
    ("half", "halves"),
    ("lens", "lenses"),
    ("bias", "biases"),
    ("fetus", "fetuses"),
    ("sinus", "sinuses"),
    ("census", "censuses"),
    ("chairman", "chairmen"),
    ("midwife", "midwives"),
    ("tooth", "teeth"),
    ("foot", "feet"),
    ("person", "people"),
    ("prognosis", "prognoses"),
    ("bacterium", "bacteria"),
    ("criterion", "criteria"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "many"), PLURALS)
def test_english_plurals_count_as_the_term_and_the_term_as_its_plurals(one: str, many: str) -> None:
    assert stem(one) == stem(many)
    assert found(f"old {one}", f"all old {many} here", "en") == [f"old {many}"]
    assert found(f"old {many}", f"an old {one} here", "en") == [f"old {one}"]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("hospital", "HOSPITALS"),
        ("child", "CHILDREN"),
        ("health worker", "HEALTH WORKERS"),
        ("nurse", "NURSES"),
        ("drug", "DRUGS"),
        ("hospital bed", "HOSPITAL BEDS"),
        ("test", "TESTS"),
        ("nurse", "NURSE'S"),
        ("Ministry of Health", "MINISTRY OF HEALTH'S"),
    ],
)  # fmt: skip
def test_plural_and_possessive_in_a_heading_of_capitals(term: str, text: str) -> None:
    assert len(found(term, text, "en")) == 1


@pytest.mark.parametrize(
    ("term", "text", "expected", "why"),
    [
        ("Search", "Search", True, "as written"),
        ("Search", "Searches", False, "no plural"),
        ("Search", "search", False, "no small letter"),
        ("Search", "SEARCH", False, "no capitals"),
        ("Search", "Search's", False, "no possessive"),
        ("Log-in page", "Log in page", True, "hyphen or space stays open"),
    ],
)
def test_exact_terms(term: str, text: str, expected: bool, why: str) -> None:
    assert bool(found(term, text, "en", exact=True)) is expected, why


@pytest.mark.parametrize(
    ("term", "text", "expected", "why"),
    [
        ("Ministry of Health", "ministry of health", True, "capitals do not matter"),
        ("WHO", "who", False, "those of an acronym do"),
        ("who", "WHO", True, "a word in a heading"),
    ],
)
def test_a_matcher_without_capitals(term: str, text: str, expected: bool, why: str) -> None:
    assert bool(found(term, text, "en", capitals=False)) is expected, why


NOT_PROSE = [
    "https://x.vn/booking", "http://booking.vn", "https://x.vn/a?booking=1&b=2", "www.x.vn/booking",
    "(https://x.vn/booking)", "<https://x.vn/booking>", "booking@x.vn", "mailto:booking@x.vn",
    "<booking>", "</booking>", "<booking/>", '<a href="/booking">', "<a href='x'\nid='booking'>",
    "&booking;", "`booking`", "``booking``", "```booking```", "`the booking page`",
    "{booking}", "{{booking}}", "${booking}", "%{booking}", "%<booking>s", "%(booking)s",
    "%(booking)-10s", "{booking!r}", "{booking:>10}", "{user.booking}", "{booking[0]}",
    "#{booking}",
]  # fmt: skip


@pytest.mark.parametrize("masked", NOT_PROSE)
@pytest.mark.parametrize("around", ["{} end", "begin {}", "begin {}.", "({})", "begin {}, end"])
def test_no_term_stands_in_what_is_no_prose(masked: str, around: str) -> None:
    assert found("booking", around.format(masked), "en") == []


@pytest.mark.parametrize(
    "masked",
    [
        "{{ booking }}",
        "{ booking }",
        "{% booking %}",
        "{booking, number}",
        "$booking",
        "%booking%",
        "<!-- booking -->",
        "HTTPS://X.VN/BOOKING",
        "ftp://x.vn/booking",
    ],
)
def test_no_term_stands_in_other_placeholders_and_markup(masked: str) -> None:
    assert found("booking", f"begin {masked} end", "en") == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("%s booking", "after a placeholder"),
        ("{n} booking", "after one in braces"),
        ("<b>booking</b>", "between tags"),
        ("booking<br>", "before a tag"),
        ("50% booking", "after a share"),
        ("100 % booking", "after a share with a blank"),
        ("it's a booking, isn't it", "between apostrophes"),
        ("trẻ <5 tuổi booking > 3", "a sign of comparison is no markup"),
        ("a { booking", "a lone brace"),
        ("a ` booking", "a lone backtick"),
        ("x & booking; y", "a lone ampersand"),
        ("https://x.vn/a booking", "after an address"),
        ("https://x.vn/a, booking", "after an address and a comma"),
    ],
)
def test_prose_beside_what_is_none(text: str, why: str) -> None:
    assert found("booking", text, "en") == ["booking"], why


@pytest.mark.parametrize("between", ["%s", "{x}", "<br>", "`x`", "https://x.vn"])
def test_a_term_does_not_reach_over_a_placeholder(between: str) -> None:
    assert found("Bộ Y tế", f"Bộ {between} Y tế") == []


@pytest.mark.parametrize(
    "text", ["Ministry of&nbsp;Health", "Ministry of&#160;Health", "Ministry of&#xA0;Health"]
)
def test_an_entity_for_a_blank_is_a_blank(text: str) -> None:
    assert found("Ministry of Health", text, "en") == [text]


_PIECES = st.sampled_from(
    [
        "Bộ Y tế", "hoà", "Hòa", "bác sỹ", "WHO", "NGOs'", "o'clock", "%s", "{x}", "{", "<b>", "<",
        "`a b`", "`", "https://x.vn/a-b", "a@b.vn", "&amp;", "-", "–", "…", "_", "\u00a0", "\n",
        "😀", "İ", "ﬁ", "한국", "e\u0301", "\x00", "100%", "3,5", "\u0323",
    ]
)  # fmt: skip
_TEXTS = st.lists(_PIECES | st.text(max_size=4), max_size=12).map("".join) | st.lists(
    _PIECES, max_size=12
).map(" ".join)


@given(_TEXTS, st.sampled_from(["vi", "en"]))
def test_tokens_are_cut_from_the_text_in_order(text: str, lang: Lang) -> None:
    text, last = nfc(text), 0
    for token in tokens(text, lang):
        assert last <= token.start < token.end <= len(text)
        assert bool(token.text) == bool(token.folded)
        if token.text:
            assert text[token.start : token.end] == token.text
            assert not any(c.isspace() for c in token.text)
        last = token.end


@given(_TEXTS, st.sampled_from(["vi", "en"]))
def test_every_word_of_a_text_is_found_in_it(text: str, lang: Lang) -> None:
    text = nfc(text)
    for token in tokens(text, lang):
        if token.text:
            one: Matcher[int] = Matcher(lang)
            one.add(token.text, 1, exact=True)
            places = [(hit.start, hit.end) for hit in one.hits(tokens(text, lang))]
            assert (token.start, token.end) in places


@given(
    st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), max_size=8),
    st.lists(st.sampled_from("abcd"), max_size=14),
)
def test_hits_are_those_of_a_search_at_every_place(terms: list[list[str]], text: list[str]) -> None:
    matcher: Matcher[int] = Matcher("vi")
    for number, term in enumerate(terms):
        matcher.add(" ".join(term), number)
    expected = [
        (start, end, number)
        for start in range(len(text))
        for end in range(start + 1, len(text) + 1)
        for number, term in enumerate(terms)
        if text[start:end] == term
    ]
    hits = list(matcher.hits(tokens(" ".join(text), "vi")))
    assert sorted((hit.start // 2, hit.end // 2 + 1, hit.what) for hit in hits) == sorted(expected)
    lengths = [(hit.start, hit.end) for hit in hits]
    assert lengths == sorted(lengths)


@given(st.sampled_from(["hoà bình", "bác sỹ", "sức khoẻ", "Uỷ ban", "Bộ Y tế"]), _TEXTS, _TEXTS)
def test_composed_or_not_a_term_is_found_at_the_same_place(
    term: str, before: str, after: str
) -> None:
    text = f"{before} {term} {after}"
    assert found(term, text) == found(term, unicodedata.normalize("NFD", text))
    assert found(unicodedata.normalize("NFD", term), text) == found(term, text)


_HITS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(1, 5)).map(lambda one: Hit(0, one[0], sum(one))),
    max_size=12,
)


@given(_HITS)
def test_outermost_hits_lie_in_no_longer_one(hits: list[Hit[int]]) -> None:
    def covered(hit: Hit[int]) -> bool:
        places = set(range(hit.start, hit.end))
        return any(places < set(range(other.start, other.end)) for other in hits)

    expected = [hit for hit in hits if not covered(hit)]
    assert outermost(hits) == sorted(expected, key=lambda hit: hit.span)


def test_hits_that_overlap_or_are_equal_are_all_outermost() -> None:
    hits = [Hit("a", 0, 4), Hit("b", 2, 6), Hit("c", 2, 6), Hit("d", 3, 4)]
    assert [hit.what for hit in outermost(iter(hits))] == ["a", "b", "c"]


# --- what it costs --------------------------------------------------------------------------------


class Counted(Sequence[Token]):
    """Tokens that count how often they are looked at."""

    def __init__(self, inner: list[Token]) -> None:
        self.inner = inner
        self.looks = 0

    def __len__(self) -> int:
        return len(self.inner)

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> list[Token]: ...
    def __getitem__(self, index: int | slice) -> Token | list[Token]:
        looked = self.inner[index]
        self.looks += 1 if isinstance(looked, Token) else len(looked)
        return looked


def looks(terms: int, text: str) -> int:
    """How many tokens of a text are looked at, with so many terms that share their first word."""
    matcher: Matcher[int] = Matcher("vi")
    for number in range(terms):
        matcher.add(f"bộ {number} x", number)
    counted = Counted(tokens(text, "vi"))
    list(matcher.hits(counted))
    return counted.looks


def test_matching_costs_the_same_with_ten_times_the_terms() -> None:
    text = "bộ 7 x bộ 8 y bộ bộ z " * 50
    assert looks(2000, text) == looks(200, text)


def test_matching_is_linear_in_the_text() -> None:
    text = "bộ 7 x bộ 8 y bộ bộ z " * 50
    assert looks(200, text * 4) <= 4 * looks(200, text) + 8


HOSTILE = [
    "<", "</", "<a ", "<a", "{", "${", "{a", "%(", "%(a", "%1$", "%.", "`", "`a\n", "&", "&#1",
    "http://", "www.", "@a", "a@a.", "'", "a'", "a b ", "\x00", "%s", "{a}", "<a>",
    "a", "a.",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_more_than_its_length(piece: str) -> None:
    # Work inside a regular expression cannot be counted; what is not linear would not end here.
    size = 300_000 // len(piece)
    found = tokens(piece * size, "vi")
    assert all(token.end <= size * len(piece) for token in found[-3:])


@pytest.mark.parametrize(
    "text",
    [
        "%" + "0" * 5000,
        "%" + "9" * 9000,
    ],
)
def test_no_placeholder_takes_more_than_its_length(text: str) -> None:
    assert len(tokens(text * 20, "vi")) >= 20
