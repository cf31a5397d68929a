"""What holds of the cleaning of any page: pages built from real-looking sentences, damaged at
random, and sentences of any text."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align import Document, split_sentences
from align.clean import clean_page
from align.clean.edits import EditedText
from align.clean.repair import PLAN, repair
from align.model import LANGS, Lang, Repair
from align.text import nfc

# --- pages

VI = (
    "Ngày 14/10, Bộ Y tế cho biết số ca mắc trong tuần qua đã giảm một nửa so với tuần trước.",
    "Các địa phương được yêu cầu chuẩn bị đủ thuốc, giường bệnh và nhân lực cho mùa mưa bão.",
    "Theo Sở Y tế, khoảng 12.000 trẻ em dưới 5 tuổi sẽ được tiêm chủng tại 193 trạm y tế xã.",
    "Ông nói: “Chúng tôi sẽ không để người dân nào phải chờ đợi quá lâu khi đến khám tại đây”.",
    "Tỷ lệ bao phủ bảo hiểm y tế của tỉnh đạt 92,5%, tăng 3,2% so với cùng kỳ năm ngoái.",
    "Đoàn công tác đã kiểm tra kho thuốc, phòng xét nghiệm và khu cách ly của bệnh viện huyện.",
    "Việc mở rộng mạng lưới cấp cứu ngoại viện giúp người dân vùng cao được cứu chữa kịp thời.",
    "Từ đầu năm đến nay, cả nước ghi nhận hơn 40.000 ca sốt xuất huyết, trong đó có 11 ca tử vong.",
    "GS.TS. Nguyễn Văn An nhấn mạnh vai trò của trạm y tế xã trong việc phát hiện sớm các ổ dịch.",
    "Hai bên thống nhất trao đổi chuyên gia, đào tạo bác sĩ và chia sẻ dữ liệu về COVID-19.",
)
EN = (
    "The ministry said on Friday that the number of cases had halved compared with last week.",
    "Provinces were asked to prepare medicine, beds and staff for the storms of the coming season.",
    "About 12,000 children under five will be vaccinated at 193 commune health stations, it said.",
    "“We will not let anyone wait long for a check-up at the clinic,” the director said.",
    "Health insurance now covers 92.5 per cent of the province, up 3.2 points on the year before.",
    "The team inspected the drug store, the laboratory and the isolation ward of a large hospital.",
    "A wider network of ambulances has helped people in the highlands to be treated in time.",
    "Since January the country has seen more than 40,000 cases of dengue and 11 deaths.",
    "Professor An stressed the role of commune health stations in finding such outbreaks early on.",
    "Both sides agreed to exchange experts, train more doctors and share the data on COVID-19.",
)
TITLES = {
    "vi": (
        "Bộ Y tế họp về công tác phòng bệnh mùa mưa bão",
        "Khai trương trạm y tế mới ở vùng cao",
    ),
    "en": (
        "Health ministry prepares for the storm season",
        "New health station opens in highlands",
    ),
}
DATES = {
    "vi": ("12/03/2025", "Thứ Tư, ngày 12/03/2025", ""),
    "en": ("March 12, 2025", "12/03/2025", ""),
}
FURNITURE = {
    "vi": (["Trang chủ", "Tin tức"], ["Tin liên quan", "Hội nghị tổng kết công tác năm"]),
    "en": (["Home", "News"], ["Related news", "Minister opens the annual meeting"]),
}


@dataclass(frozen=True)
class Page:
    """A page with nothing wrong and what it should become."""

    lang: Lang
    title: str
    date: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(part for part in (self.title, self.date, *self.paragraphs) if part)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """Title, perhaps a date, two to five paragraphs of one to three sentences, none twice."""
    lang: Lang = draw(st.sampled_from(LANGS))
    sentences = draw(st.permutations(VI if lang == "vi" else EN))
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=5))
    paragraphs: list[str] = []
    at = 0
    for size in sizes:
        if taken := sentences[at : at + size]:
            paragraphs.append(" ".join(taken))
        at += size
    title, date = draw(st.sampled_from(TITLES[lang])), draw(st.sampled_from(DATES[lang]))
    return Page(lang, title, date, tuple(paragraphs))


def mojibake(word: str) -> str:
    """UTF-8 read as windows-1252, whose gaps are read as Latin-1."""
    return "".join(
        bytes((b,)).decode("cp1252", errors="ignore") or chr(b) for b in word.encode("utf-8")
    )


def middle(word: str, inside: str) -> str:
    half = len(word) // 2
    return word[:half] + inside + word[half:] if len(word) > 1 else word


UNDONE: dict[str, Callable[[str], str]] = {
    "composition": lambda word: unicodedata.normalize("NFD", word),
    "zero width": lambda word: middle(word, "\u200b"),
    "soft hyphen": lambda word: middle(word, "\u00ad"),
    "control": lambda word: middle(word, "\x07"),
    "mark of byte order": lambda word: "\ufeff" + word,
    "numbered entities": lambda word: "".join(c if c < "\x80" else f"&#{ord(c)};" for c in word),
    "named entities": lambda word: html.escape(word).replace("“", "&ldquo;"),
    "entities twice": lambda word: word.replace("“", "&amp;ldquo;").replace("”", "&amp;rdquo;"),
    "no-break space": lambda word: f"{word}\u00a0",
    "doubled letters": lambda word: re.sub(
        "(?<=[a-z])(mm|ff|ss|tt|ll|nn|pp)",
        lambda match: 2 * dict(zip("mfstlnp", "妹飞丝特乐娜皮", strict=True))[match[1][0]],
        word,
    ),
    "Cyrillic letters": lambda word: (
        word.translate(str.maketrans("aeo", "аео")) if re.search("[b-df-np-z]", word) else word
    ),
    "mojibake of a quotation mark": lambda word: (
        mojibake(word) if set(word) & set("“”") and word.strip("“”.,:").isascii() else word
    ),
}
"""Damages that leave enough to be undone, by what they do to a word."""
DAMAGES = UNDONE | {
    "mojibake": mojibake,
    "Chinese digits": lambda word: word.translate(str.maketrans("123456789", "一二三四五六七八九")),
    "acute accents": lambda word: f"´´{word}´´",
    "a lost letter": lambda word: word[1:],
    "Chinese beside it": lambda word: f"中国 {word}",
    "an unknown entity": lambda word: f"&T; &xyz; {word}",
    "an ampersand": lambda word: f"{word} & {word}",
    "two spaces": lambda word: f"{word}  ",
    "Greek": lambda word: f"σύριγγα {word}",
    "Russian": lambda word: f"Спутник {word}",
}


@st.composite
def damaged(draw: st.DrawFn, damages: dict[str, Callable[[str], str]]) -> tuple[Page, str]:
    """A page, and its text with some words damaged, one damage a word."""
    page = draw(pages())
    kinds = draw(st.lists(st.sampled_from(sorted(damages)), min_size=1, max_size=6))
    pieces = re.split(r"(\s+)", "\n\n".join(page.paragraphs))
    whole = set(pieces[::2])
    for kind in kinds:
        index = 2 * draw(st.integers(0, len(pieces) // 2))
        if pieces[index] in whole:
            pieces[index] = damages[kind](pieces[index])
    head = [part for part in (page.title, page.date) if part]
    return page, "\n\n".join((*head, "".join(pieces)))


def again(document: Document) -> str:
    """A cleaned page as a page of its own."""
    return "\n\n".join(part for part in (document.title, *document.paragraphs) if part)


# --- a clean page


@given(pages())
def test_a_clean_page_comes_back_as_it_is(page: Page) -> None:
    cleaned = clean_page(page.text)
    document = cleaned.document
    assert (document.title, document.paragraphs) == (page.title, page.paragraphs)
    assert (document.date is None) == (not page.date)
    assert document.lang == page.lang
    assert cleaned.repairs == []
    assert {one.kind for one in cleaned.removed} <= {"title", "date"}
    assert [one.text for one in cleaned.removed] == [t for t in (page.title, page.date) if t]


@given(pages(), st.sampled_from(["\r\n", "\r", "\n"]), st.booleans())
def test_furniture_and_line_ends_do_not_matter(page: Page, ends: str, mark: bool) -> None:
    above, below = FURNITURE[page.lang]
    text = "\n\n".join((*above, page.text, *below)).replace("\n", ends)
    document = clean_page(text.encode("utf-8-sig" if mark else "utf-8")).document
    assert (document.title, document.paragraphs) == (page.title, page.paragraphs)


# --- a damaged page


@given(damaged(UNDONE))
def test_a_damaged_page_becomes_the_page_it_was(found: tuple[Page, str]) -> None:
    page, raw = found
    document = clean_page(raw).document
    assert (document.title, document.paragraphs) == (page.title, page.paragraphs)


@given(damaged(DAMAGES))
def test_cleaning_twice_is_cleaning_once(found: tuple[Page, str]) -> None:
    once = clean_page(found[1]).document
    cleaned = clean_page(again(once))
    assert cleaned.document.paragraphs == once.paragraphs
    assert cleaned.document.title == once.title
    assert cleaned.repairs == []
    assert {one.kind for one in cleaned.removed} <= {"title"}


@given(damaged(DAMAGES))
def test_a_cleaned_page_is_composed_and_holds_nothing_invisible(found: tuple[Page, str]) -> None:
    document = clean_page(found[1]).document
    for part in (document.title, *document.paragraphs):
        assert unicodedata.is_normalized("NFC", part)
        assert not re.search("[\x00-\x1f\x7f-\x9f\u00a0\u00ad\u200b\u2060\ufeff]", part)
        assert part == " ".join(part.split())


# --- replaying the repairs


def replayed(raw: str, repairs: list[Repair]) -> re.Pattern[str]:
    """What the repairs say became of *raw*: what none touched stands as it is, the place of one
    repair is its ``after``; where several met in one place, anything."""
    parts: list[str] = []
    at = 0
    places = sorted(repairs, key=lambda one: (one.start, -one.end))
    while places:
        one = places.pop(0)
        met, end = [one], one.end
        while places and places[0].start < end:
            end = max(end, places[0].end)
            met.append(places.pop(0))
        parts += (re.escape(raw[at : one.start]), re.escape(one.after) if len(met) == 1 else ".*?")
        at = end
    return re.compile("".join((*parts, re.escape(raw[at:]))), re.DOTALL)


@given(damaged(DAMAGES))
def test_repairs_replayed_give_the_repaired_text(found: tuple[Page, str]) -> None:
    raw = found[1]
    edited = EditedText(raw)
    for fix in PLAN:
        before = len(edited.repairs)
        fix(edited)
        assert {one.fix for one in edited.repairs[before:]} <= {fix.__name__}
        # After each fix, not only at the end: so most places are still touched once.
        assert replayed(raw, edited.repairs).fullmatch(edited.text)


@given(damaged(DAMAGES))
def test_repairs_of_a_page_stand_in_its_raw_text(found: tuple[Page, str]) -> None:
    raw = found[1]
    cleaned = clean_page(raw)
    for one in cleaned.repairs:
        assert 0 <= one.start <= one.end <= len(raw)
        assert raw[one.start : one.end] == one.before != one.after
    assert cleaned.repairs == repair(raw).repairs


def test_replaying_is_a_test_that_can_fail() -> None:
    raw = "a\u00a0b &amp; c"
    edited = repair(raw)
    assert replayed(raw, edited.repairs).fullmatch("a b & c")
    assert not replayed(raw, edited.repairs).fullmatch("a b and c")
    assert not replayed(raw, edited.repairs[1:]).fullmatch(edited.text)


# --- each fix alone

PIECES = [
    *"Bộ Y tế họp COVID-19 A&B 12 tháng the team progra妹妹es â€œtốtâ€\x9d Namâ€™s".split(),
    *"«tin» O飞飞icials 20二五 三八 H五N一 中国 Привет Мinistry σύριγγα &amp;quot; &T;".split(),
    *"&nbsp; &#7885; ´ ´´a´´ project´s Bé tÕ ®· ban hµnh Boä teá ñaõ 5.2 ( ) . ,".split(),
    *("\u00a0", "\u200b", "\ufeff", "o\u0323", "e\u0302\u0301", "\u0301", "\n", " ", "\x07"),
    *("đo\u00adàn", "NhÃ\u00a0", "Â"),
]
JUMBLED = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
)


@pytest.mark.parametrize("fix", PLAN, ids=lambda fix: fix.__name__)
@given(text=JUMBLED)
@settings(max_examples=60)
def test_a_fix_applied_twice_is_applied_once(fix: Callable[[EditedText], None], text: str) -> None:
    once = EditedText(text)
    fix(once)
    twice = EditedText(once.text)
    fix(twice)
    assert (twice.text, twice.repairs) == (once.text, [])


@pytest.mark.parametrize("fix", PLAN, ids=lambda fix: fix.__name__)
@given(text=st.text(st.characters(), max_size=40))
@settings(max_examples=40)
def test_a_fix_of_any_text_tells_what_it_changed(
    fix: Callable[[EditedText], None], text: str
) -> None:
    edited = EditedText(text)
    fix(edited)
    assert bool(edited.repairs) == (edited.text != text)
    assert replayed(text, edited.repairs).fullmatch(edited.text)
    assert all(one.before == text[one.start : one.end] for one in edited.repairs)


@pytest.mark.parametrize(
    ("fix", "text"),
    [
        pytest.param("blobs", "a" * 150 + "-" * 200 + "a" * 150, id="a run around a run"),
        pytest.param("entities", "&&#97;mp;", id="an entity that a decoded one completes"),
    ],
)
@pytest.mark.xfail(strict=True, reason="what a fix leaves may be what it mends")
def test_a_fix_of_a_made_up_text_applied_twice_is_applied_once(fix: str, text: str) -> None:
    [function] = [one for one in PLAN if one.__name__ == fix]
    once = EditedText(text)
    function(once)
    twice = EditedText(once.text)
    function(twice)
    assert twice.text == once.text


# --- what is meant stays

MEANT = {
    "Chinese": "世界卫生组织周五表示，各国应当加强合作，共同应对新的疫情。",
    "Chinese with numerals": "二零二零年一月三十日，会议通过了第十二号决定。",
    "Chinese with doubled characters": "谢谢大家，妹妹和哥哥天天都在看星星。",
    "Japanese": "保健省は金曜日、予防接種を三月一日から始めると発表した。",
    "Korean": "보건부는 금요일에 예방 접종을 시작한다고 밝혔다.",
    "Russian": "Министерство здравоохранения сообщило, что вакцина «Спутник V» доступна всем.",
    "Russian in short words": "Я и он — из Москвы, а вы о чём?",
    "Ukrainian": "Міністерство охорони здоров’я повідомило про нові випадки хвороби в країні.",
    "Greek": "Το Υπουργείο Υγείας ανακοίνωσε ότι ο εμβολιασμός αρχίζει τον Μάρτιο.",
    "Thai": "กระทรวงสาธารณสุขแถลงเมื่อวันศุกร์",
    "Lao": "ກະຊວງສາທາລະນະສຸກ ແຈ້ງໃນວັນສຸກ",
    "Hebrew": "משרד הבריאות הודיע ביום שישי",
    "Arabic": "أعلنت وزارة الصحة يوم الجمعة",
    "emoji": "Cảm ơn bác sĩ 👩‍⚕️ và điều dưỡng 👨🏽‍⚕️ ❤️",
    "units": "Liều 5 µg/kg, nhiệt độ 37 °C ± 0,5, diện tích 20 m², ½ viên × 2.",
    "receptors": "The drug blocks TNF-α and IFN-γ but not the β-lactam ring or Δ9-THC.",
    "a gene": "Thuốc ức chế NF-κB, một yếu tố phiên mã.",
    "a Chinese list": "一、总则。二、组织机构。",
    "a Chinese item in brackets": "（三）其他事项。",
    "a Chinese word beside a Latin name": "她的妹妹Anna是医生。",
    "Vietnamese capitals in quotation marks": (
        "Khẩu hiệu “KHÔNG VỘI VÃ” được treo ở cổng bệnh viện."
    ),
    "letters that are spoken of": "Các chữ “Ă”, “Â”, “Ê” đứng đầu bảng chữ cái.",
    "French words": "Quán “Café à la crème” của ông Lê ở phố «Hàng Bè».",
}


@pytest.mark.parametrize("text", MEANT.values(), ids=list(MEANT))
def test_what_is_meant_stays(text: str) -> None:
    edited = repair(text)
    assert (edited.text, edited.repairs) == (nfc(text), [])


@pytest.mark.parametrize("text", MEANT.values(), ids=list(MEANT))
def test_what_is_meant_stays_in_a_paragraph(text: str) -> None:
    paragraphs = (VI[0], f"{VI[1]} {text}", VI[2])
    document = clean_page("\n\n".join((TITLES["vi"][0], *paragraphs))).document
    assert document.paragraphs == tuple(map(nfc, paragraphs))


TYPOS = (
    "Teh ministery recieved an adress from teh goverment, and it's staff was to tired for it.",
    "The comittee occured to be be right: accomodation for 20 0 patients is definately seperate..",
    "Bộ Y tê đã ban hnàh quyết đinh về khám, chữa bệnh, có hiêu lực từ ngày 1/ 5 /2024 ,các xã.",
    "Nghành y tế sãn sàng ứng phó , hổ trợ người dân vùng lủ; bác sỉ trực 24 / 24 giờ .",
    "It was,he said ,a good day;the  nurse agreed !The end came soon , they hoped ?",
    "Uỷ ban nhân dân tỉnh hoà nhập, thuý ngọc quý, hóa chất và hoá đơn, kĩ thuật với kỹ sư, i tế.",
)


@pytest.mark.parametrize("typo", TYPOS)
def test_typing_errors_and_spellings_stay(typo: str) -> None:
    assert repair(typo).repairs == []
    around = EN if typo.isascii() else VI
    page = "\n\n".join((around[0], typo, around[1]))
    assert clean_page(page).document.paragraphs[1] == " ".join(typo.split())


@given(st.lists(st.sampled_from([*MEANT, *range(len(TYPOS))]), max_size=4), pages())
def test_what_is_meant_stays_whatever_stands_around(chosen: list[str | int], page: Page) -> None:
    lines = [TYPOS[one] if isinstance(one, int) else MEANT[one] for one in chosen]
    text = "\n".join((page.text, *lines))
    assert repair(text).text == nfc(text)


# --- composed

UNCOMPOSED = {
    "ohm sign": ("Điện trở 10 k\u2126 được thay.", "Điện trở 10 k\u03a9 được thay."),
    "ångström sign": ("Khe hở 5 \u212b.", "Khe hở 5 Å."),
    "kelvin sign": ("Làm lạnh đến 4 \u212a.", "Làm lạnh đến 4 K."),
    "compatibility ideograph": ("the name \uf900 here", "the name 豈 here"),
    "Hangul in parts": ("the name \u1112\u1161\u11ab here", "the name 한 here"),
    "Greek question mark": ("gì\u037e", "gì;"),
    "Cyrillic e with a mark in a Latin word": ("H\u0435\u0301ctor came", "Héctor came"),
    "kana with a mark": ("the name \u304b\u3099 here", "the name が here"),
    "Arabic with a mark": ("the name \u0627\u0653 here", "the name \u0622 here"),
    "ideograph of another plane": ("the name \U0002f800 here", "the name \u4e3d here"),
    "marks in the wrong order": ("be\u0323\u0302nh", "bệnh"),
    "grave of its own": ("a\u0340n", "àn"),
    "doubled letter with a mark": ("progra妹妹\u0301e", "programḿe"),
}


@pytest.mark.parametrize("name", UNCOMPOSED)
def test_the_repaired_text_is_composed(name: str) -> None:
    raw, wanted = UNCOMPOSED[name]
    edited = repair(raw)
    assert edited.text == wanted
    assert unicodedata.is_normalized("NFC", edited.text)


@pytest.mark.parametrize("control", ["\x0b", "\x0c", "\x85"], ids=ascii)
def test_a_control_that_breaks_lines_parts_words(control: str) -> None:
    """Word and PDF readers write them between lines and pages."""
    assert repair(f"trong tuần{control}trước đó").text.split() == "trong tuần trước đó".split()


# --- sentences

ODD = [
    *'Bộ họp. TS. Mr. 5.2 1. ./. .Nga U.S. v.v. ? ! … ... “ ” " ( ) — A. 12% Ông . 。 ！ ؟'.split(),
    *("\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1f", "\x85", "\u2028", "\u2029", "\u00a0"),
    *("\u3000", "\u1680", "\u180e", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\x00"),
    *("\x1b[0m", "\ud800", "\udfff", "\uffff", "\U0010ffff", "\u0301", "o\u0323", "e\u0302\u0301"),
    *("\u2126", "\u1112\u1161\u11ab", "👩\u200d⚕️", "🇻🇳", "ﬁ", "İ", "ß", "ǅ", "ᾳ", "\u0344"),
    *("中国。", "привет.", "شكرا.", "\u0e01\u0e33."),
]
WEIRD = st.one_of(
    st.lists(st.sampled_from(ODD), max_size=20).map(" ".join),
    st.lists(st.sampled_from(ODD), max_size=20).map("".join),
    st.text(st.characters(), max_size=50),  # lone surrogates too
    st.text(st.sampled_from(".!?…\"'”’»)] \n\u00a0aĐ1"), max_size=40),
)


@given(WEIRD, st.sampled_from(LANGS))
def test_sentences_are_ranges_that_hold_all_but_white_space(text: str, lang: Lang) -> None:
    whole = nfc(text)
    covered = [0] * len(whole)
    last = 0
    for segment in split_sentences(text, lang):
        assert last <= segment.start < segment.end <= len(whole)
        assert whole[segment.start : segment.end] == segment.text
        assert segment.text == segment.text.strip() != ""
        assert "\n" not in segment.text
        for place in range(segment.start, segment.end):
            covered[place] += 1
        last = segment.end
    for count, character in zip(covered, whole, strict=True):
        assert count == 1 or (count == 0 and character.isspace())


@given(WEIRD, st.sampled_from(LANGS))
def test_sentences_do_not_depend_on_composition(text: str, lang: Lang) -> None:
    assert split_sentences(text, lang) == split_sentences(nfc(text), lang)


@given(WEIRD, st.sampled_from(LANGS))
def test_a_sentence_on_a_line_of_its_own_starts_where_it_did(text: str, lang: Lang) -> None:
    """Segments put on lines of their own are at least as many, and lose nothing."""
    lines = [segment.text for segment in split_sentences(text, lang)]
    found = [segment.text for segment in split_sentences("\n".join(lines), lang)]
    assert "".join("".join(found).split()) == "".join("".join(lines).split())
    assert len(found) >= len(lines)


@given(pages())
def test_sentences_of_a_page_are_those_it_was_made_of(page: Page) -> None:
    pool = VI if page.lang == "vi" else EN
    for paragraph in clean_page(page.text).document.paragraphs:
        for segment in split_sentences(paragraph, page.lang):
            assert segment.text in pool
            assert paragraph[segment.start : segment.end] == segment.text
