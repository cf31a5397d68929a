"""Vietnamese from before Unicode, and bytes of other ages: encoders written from the standards read
what the module decodes, and text of other languages is not taken for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.clean import clean_page, legacy
from align.clean.decode import decode
from align.clean.legacy import decoded, written_in, written_in_lines
from align.clean.repair import repair
from align.model import NoArticle

# --- encoders of their own, from the published charts

TCVN3_CHART = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ", 0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè", 0xCE: "ẻẽ",
    0xD0: "éẹềểễếệìỉ", 0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}  # fmt: skip
"""TCVN 5712:1993, third set: runs of letters by the code of their first; the gaps are none."""
TCVN3_BYTES = {
    letter: bytes((first + offset,))
    for first, letters in TCVN3_CHART.items()
    for offset, letter in enumerate(letters)
}

ACUTE, GRAVE, HOOK, TILDE, DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
CIRCUMFLEX, BREVE, HORN = "\u0302", "\u0306", "\u031b"
VNI_WHOLE = {
    "đ": 0xF1, "ơ": 0xF4, "ư": 0xF6, "ì": 0xEC, "í": 0xED, "ỉ": 0xE6, "ĩ": 0xF3, "ị": 0xF2,
    "ỵ": 0xEE,
}  # fmt: skip
"""VNI Windows: small letters with a code of their own; a capital's code is 32 less."""
VNI_MARKS = {
    "": {ACUTE: 0xF9, GRAVE: 0xF8, HOOK: 0xFB, TILDE: 0xF5, DOT: 0xEF},
    CIRCUMFLEX: {"": 0xE2, ACUTE: 0xE1, GRAVE: 0xE0, HOOK: 0xE5, TILDE: 0xE3, DOT: 0xE4},
    BREVE: {"": 0xEA, ACUTE: 0xE9, GRAVE: 0xE8, HOOK: 0xFA, TILDE: 0xFC, DOT: 0xEB},
}
"""The mark behind the vowel, by what stands on it and its tone."""

VOWELS = "aăâeêioôơuưy"
TONES = ("", ACUTE, GRAVE, HOOK, TILDE, DOT)
SMALL = "đ" + "".join(
    letter
    for vowel in VOWELS
    for tone in TONES
    if (letter := unicodedata.normalize("NFC", vowel + tone)) > "\x7f"
)
"""The 67 letters Vietnamese has beyond ASCII."""
TCVN3_CAPITALS = "ĂÂĐÊÔƠƯ"


def vni_bytes(letter: str, *, small_mark: bool = False) -> bytes:
    """One letter in VNI; *small_mark* puts a small mark behind a capital, as typists did."""
    small = letter.lower()
    shift = 0x20 if letter != small else 0
    if small in VNI_WHOLE:
        return bytes((VNI_WHOLE[small] - shift,))
    parts = unicodedata.normalize("NFD", small)
    base, hat = parts[0], "".join(c for c in parts[1:] if c in (CIRCUMFLEX, BREVE))
    tone = "".join(c for c in parts[1:] if c in TONES)
    front = base.encode("ascii")
    if HORN in parts:
        front, hat = bytes((VNI_WHOLE["ơ" if base == "o" else "ư"],)), ""
    mark = VNI_MARKS[hat][tone]
    if not shift:
        return front + bytes((mark,))
    front = bytes((front[0] - 0x20,))
    return front + bytes((mark if small_mark else mark - 0x20,))


WESTERN = {"“": b"\x93", "”": b"\x94", "’": b"\x92", "–": b"\x96", "…": b"\x85", "\u00a0": b"\xa0"}
"""Signs the fonts had where windows-1252 has them."""


def tcvn3(text: str) -> bytes:
    """*text* as a page of TCVN3 had it; fails for letters it has not."""
    return b"".join(
        TCVN3_BYTES.get(c) or WESTERN.get(c) or c.encode("ascii")
        for c in unicodedata.normalize("NFC", text)
    )


def vni(text: str) -> bytes:
    """*text* as a page of VNI Windows had it."""
    return b"".join(
        WESTERN.get(c) or (c.encode("ascii") if c < "\x80" else vni_bytes(c))
        for c in unicodedata.normalize("NFC", text)
    )


Encoder = Callable[[str], bytes]
ENCODERS: dict[str, Encoder] = {"tcvn3": tcvn3, "vni": vni}
LETTERS = {"tcvn3": SMALL + TCVN3_CAPITALS, "vni": SMALL + SMALL.upper()}
EVERY = [(name, letter) for name, letters in LETTERS.items() for letter in letters]


def as_latin(raw: bytes) -> str:
    """Bytes as a reader that takes them for windows-1252 shows them, gaps as Latin-1."""
    return "".join(bytes((b,)).decode("cp1252", errors="ignore") or chr(b) for b in raw)


# --- letters


def test_the_alphabet_is_whole() -> None:
    assert len(SMALL) == len(set(SMALL)) == len(set(SMALL.upper())) == 67
    assert set(TCVN3_BYTES) == set(LETTERS["tcvn3"])
    assert len({vni_bytes(letter) for letter in LETTERS["vni"]}) == 134


def test_the_module_has_the_chart_of_tcvn3() -> None:
    assert {raw.decode("latin-1"): letter for letter, raw in TCVN3_BYTES.items()} == legacy.TCVN3


def test_the_module_has_the_codes_of_vni() -> None:
    codes = {vni_bytes(letter).decode("latin-1"): letter for letter in LETTERS["vni"]}
    for letter in SMALL.upper():
        codes[vni_bytes(letter, small_mark=True).decode("latin-1")] = letter
    assert codes == legacy.VNI


@pytest.mark.parametrize(("name", "letter"), EVERY, ids=[f"{n} {c}" for n, c in EVERY])
def test_every_letter_comes_back(name: str, letter: str) -> None:
    raw = ENCODERS[name](letter).decode("latin-1")
    assert decoded(raw, name) == letter
    assert decoded(f"b{raw}n {raw}", name) == f"b{letter}n {letter}"


@pytest.mark.parametrize("letter", SMALL.upper())
def test_a_capital_of_vni_with_a_small_mark(letter: str) -> None:
    assert decoded(vni_bytes(letter, small_mark=True).decode("latin-1"), "vni") == letter


@given(st.text(st.sampled_from(LETTERS["tcvn3"] + "aeiouyAEIOUYbcnght 09.,-")))
def test_any_letters_in_a_row_come_back_from_tcvn3(text: str) -> None:
    assert decoded(tcvn3(text).decode("latin-1"), "tcvn3") == text


@given(st.text(st.sampled_from(LETTERS["vni"] + "aeiouyAEIOUYbcnght 09.,-")))
def test_any_letters_in_a_row_come_back_from_vni(text: str) -> None:
    assert decoded(vni(text).decode("latin-1"), "vni") == text


# --- words: each letter in a word of a real line

WORDS = (
    "bá bà bả bã bạ ăn bắc bằng thẳng sẵn nặng âm cấp cần cẩn mẫu dậy đi bé bè trẻ sẽ mẹ êm bến bền"
    " bể dễ bệnh tín nghì nghỉ nghĩ nghị có bò bỏ võ họ ông bốn bồn bổn mỗi bột ơn lớn lờ bở đỡ lợn"
    " cúng cùng củng cũng cụng ưng từng đứng cử chữ dựng ý kỳ kỷ kỹ kỵ"
).split()
LINE = "Bộ Y tế đã ban hành quyết định về khám, chữa bệnh cho người dân"


def test_the_words_have_every_letter() -> None:
    assert set(SMALL) <= set("".join(WORDS))


@pytest.mark.parametrize("name", ENCODERS)
@pytest.mark.parametrize("word", WORDS)
def test_every_letter_comes_back_in_a_line(name: str, word: str) -> None:
    line = f"{LINE}, {word}, theo {word} {word}."
    assert repair(as_latin(ENCODERS[name](line))).text == line


# --- whole articles

TITLE = "Bộ Y tế ban hành hướng dẫn phòng bệnh sốt xuất huyết trong mùa mưa"
SENTENCES = (
    "Ngày 12/5/2003, Bộ Y tế đã ban hành hướng dẫn mới về giám sát và phòng, chống bệnh sốt xuất"
    " huyết tại các tỉnh, thành phố trong cả nước.",
    "Theo Cục trưởng Cục Y tế dự phòng Nguyễn Văn Bảy, số ca mắc từ đầu năm đã tăng gần một nửa so"
    " với cùng kỳ, chủ yếu ở trẻ em dưới mười lăm tuổi.",
    "Những địa phương có chỉ số muỗi cao phải tổ chức diệt bọ gậy mỗi tuần một lần, lật úp các vật"
    " dụng chứa nước và kiểm tra từng hộ gia đình.",
    "Đối với người bệnh nặng, bệnh viện tuyến huyện cần hội chẩn sớm với tuyến trên, không tự ý giữ"
    " lại điều trị khi thiếu dịch truyền, máu và tiểu cầu.",
    "Thứ trưởng nhấn mạnh: “Nếu để dịch bùng phát rồi mới xử lý thì tốn kém gấp nhiều lần, vì vậy"
    " phải chủ động ngay từ những ổ dịch nhỏ nhất”.",
    "Ông cũng đề nghị Sở Y tế các tỉnh báo cáo kết quả trước ngày 30 hằng tháng và công khai số"
    " điện thoại đường dây nóng để người dân phản ánh.",
)
PARAGRAPHS = (" ".join(SENTENCES[:2]), *SENTENCES[2:4], " ".join(SENTENCES[4:]))
ARTICLE = "\n\n".join((TITLE, "12/05/2003", *PARAGRAPHS)) + "\n"
SECOND_TITLE = "Khởi công xây dựng trung tâm chẩn đoán hình ảnh tại bệnh viện đa khoa khu vực"
SECOND = (
    "Sáng 3/9, tại thị xã, lễ khởi công trung tâm chẩn đoán hình ảnh với tổng vốn đầu tư hơn 86 tỷ"
    " đồng đã diễn ra dưới sự chủ trì của lãnh đạo tỉnh.",
    "Công trình gồm ba tầng, được trang bị máy cộng hưởng từ, máy chụp cắt lớp và hệ thống lưu trữ"
    " phim, dự kiến hoàn thành sau mười tám tháng thi công.",
    "Giám đốc bệnh viện cho hay hiện mỗi ngày có khoảng bảy trăm lượt người đến khám, trong khi"
    " thiết bị cũ đã xuống cấp, nhiều bệnh nhân phải chuyển lên tuyến trên.",
    "Lãnh đạo tỉnh yêu cầu nhà thầu bảo đảm tiến độ, chất lượng và an toàn lao động, kỹ thuật thi"
    " công phải tuân thủ đúng hồ sơ đã được phê duyệt.",
)
SECOND_ARTICLE = "\n\n".join((SECOND_TITLE, "3/9/2004", *SECOND)) + "\n"


@pytest.mark.parametrize("name", ENCODERS)
@pytest.mark.parametrize(
    ("article", "title", "paragraphs"),
    [(ARTICLE, TITLE, PARAGRAPHS), (SECOND_ARTICLE, SECOND_TITLE, SECOND)],
    ids=["dengue", "building"],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["Unix", "Windows", "old Macs"])
def test_an_article_comes_back(
    name: str, article: str, title: str, paragraphs: tuple[str, ...], ends: str
) -> None:
    raw = ENCODERS[name](article.replace("\n", ends))
    cleaned = clean_page(raw, source="a.txt")
    assert cleaned.document == clean_page(article, source="a.txt").document
    assert (cleaned.document.title, cleaned.document.paragraphs) == (title, paragraphs)
    assert cleaned.document.lang == "vi"
    assert {one.fix for one in cleaned.repairs} == {"legacy_encoding"}
    text = decode(raw)
    assert all(one.before == text[one.start : one.end] for one in cleaned.repairs)


@pytest.mark.parametrize("name", ENCODERS)
def test_an_article_read_wrong_and_stored_as_utf8_comes_back(name: str) -> None:
    raw = as_latin(ENCODERS[name](ARTICLE)).encode()
    assert clean_page(raw, source="a.txt").document == clean_page(ARTICLE, source="a.txt").document


def test_an_article_in_capitals_comes_back_from_vni() -> None:
    heading = TITLE.upper()
    page = ARTICLE.replace(TITLE, heading)
    assert clean_page(vni(page)).document.title == heading
    assert clean_page(vni(page)).document.paragraphs == PARAGRAPHS


@pytest.mark.parametrize("name", ENCODERS)
@pytest.mark.parametrize("line", [*SENTENCES, *SECOND, TITLE, SECOND_TITLE])
def test_each_line_alone_comes_back(name: str, line: str) -> None:
    raw = ENCODERS[name](line)
    assert repair(as_latin(raw)).text == line
    assert repair(decode(raw)).text == line
    assert written_in(as_latin(raw)) == name


@pytest.mark.parametrize("name", ENCODERS)
@pytest.mark.parametrize(
    "line",
    [
        "Họp báo chiều nay", "Ảnh hưởng của bão", "Thông cáo báo chí", "Tin vắn trong ngày",
        "Hà Nội, ngày 15 tháng 8 năm 2003", "Người viết: Trần Thị Hoa", "Quyết định số 1613/BYT",
    ],
)  # fmt: skip
def test_a_short_line_goes_with_its_page(name: str, line: str) -> None:
    if name == "tcvn3":
        line = line.replace("Ả", "ả")  # it has no capital with a tone
    raw = ENCODERS[name](f"{line}\n{SENTENCES[0]}\n{SENTENCES[1]}")
    assert repair(decode(raw)).text.split("\n")[0] == line


@pytest.mark.parametrize("name", ENCODERS)
def test_no_letter_is_lost_to_the_fix_that_removes_soft_hyphens(name: str) -> None:
    """ư of TCVN3 is U+00AD, which elsewhere shows only at the end of a line."""
    line = "Trung ương lưu ý: những người dưới tuổi trưởng thành được hưởng chương trình này."
    edited = repair(as_latin(ENCODERS[name](line)))
    assert edited.text == line
    assert "invisible" not in {one.fix for one in edited.repairs}


def test_a_soft_hyphen_in_unicode_text_still_goes() -> None:
    assert repair("Bộ Y tế đã ban\u00ad hành, wash\u00ading hands").text == (
        "Bộ Y tế đã ban hành, washing hands"
    )


# --- pages of two encodings

MENU = ("Trang chủ", "Tin tức", "Văn bản", "Liên hệ")
FOOT = ("Các tin khác", "Hội nghị tổng kết công tác y tế năm 2003", "Tập huấn cho cán bộ y tế xã")


@pytest.mark.parametrize("name", ENCODERS)
def test_an_old_article_in_a_page_with_a_unicode_menu(name: str) -> None:
    page = "\n".join((*MENU, "", as_latin(ENCODERS[name](ARTICLE)), *FOOT))
    wanted = clean_page("\n".join((*MENU, "", ARTICLE, *FOOT)), source="a.txt")
    cleaned = clean_page(page.encode(), source="a.txt")
    assert (cleaned.document, cleaned.removed) == (wanted.document, wanted.removed)
    assert cleaned.document.paragraphs == PARAGRAPHS


@pytest.mark.parametrize("name", ENCODERS)
def test_bytes_of_an_old_article_between_bytes_of_a_utf8_menu(name: str) -> None:
    raw = b"\n".join(
        ("\n".join(MENU).encode(), b"", ENCODERS[name](ARTICLE), "\n".join(FOOT).encode())
    )
    document = clean_page(raw, source="a.txt").document
    assert (document.title, document.paragraphs) == (TITLE, PARAGRAPHS)


@pytest.mark.parametrize("name", ENCODERS)
def test_an_old_html_page(name: str) -> None:
    inside = b"".join(b"<p>" + ENCODERS[name](one) + b"</p>" for one in PARAGRAPHS)
    raw = (
        b"<html><head><title>" + ENCODERS[name](TITLE) + b"</title></head><body>"
        b"<font face='.VnTime'><h1>" + ENCODERS[name](TITLE) + b"</h1>" + inside
    )
    document = clean_page(raw + b"</font></body></html>", source="a.htm").document
    assert (document.title, document.paragraphs) == (TITLE, PARAGRAPHS)


@pytest.mark.parametrize("name", ENCODERS)
def test_an_old_html_page_whose_editor_wrote_entities(name: str) -> None:
    inside = "".join(f"<p>{entities(as_latin(ENCODERS[name](one)))}</p>" for one in PARAGRAPHS)
    page = f"<html><body>{inside}</body></html>"
    assert clean_page(page, source="a.htm").document.paragraphs == PARAGRAPHS


def entities(text: str) -> str:
    """All but ASCII as numbered entities."""
    return "".join(c if c < "\x80" else f"&#{ord(c)};" for c in text)


@pytest.mark.parametrize("name", ENCODERS)
def test_entities_of_an_old_page_left_in_text(name: str) -> None:
    page = entities(as_latin(ENCODERS[name](ARTICLE)))
    assert clean_page(page).document.paragraphs == PARAGRAPHS


@pytest.mark.parametrize("name", ENCODERS)
def test_an_old_page_read_wrong_twice(name: str) -> None:
    page = as_latin(as_latin(ENCODERS[name](ARTICLE)).encode())
    assert clean_page(page).document.paragraphs == PARAGRAPHS


# --- other bytes


def cp1258(text: str) -> bytes:
    """windows-1258: vowels as it has them whole, tones as marks behind."""
    parts: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        tone = "".join(c for c in marks if c in TONES)
        bare = unicodedata.normalize("NFC", "".join(c for c in marks if c not in TONES))
        parts.append(bare + tone)
    return "".join(parts).encode("cp1258")


def cp1258_whole(text: str) -> bytes:
    """windows-1258 with the few toned letters it has whole, as Windows itself writes it."""
    pieces: list[bytes] = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            pieces.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            pieces.append(cp1258(letter))
    return b"".join(pieces)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(ARTICLE.encode(), id="UTF-8"),
        pytest.param(ARTICLE.encode("utf-8-sig"), id="UTF-8 with its mark"),
        pytest.param(("\ufeff" + ARTICLE).encode("utf-16-le"), id="UTF-16, little end first"),
        pytest.param(("\ufeff" + ARTICLE).encode("utf-16-be"), id="UTF-16, big end first"),
        pytest.param(cp1258(ARTICLE), id="windows-1258"),
        pytest.param(cp1258_whole(ARTICLE), id="windows-1258 of Windows"),
        pytest.param(unicodedata.normalize("NFD", ARTICLE).encode(), id="decomposed"),
    ],
)
def test_bytes_of_one_article(raw: bytes) -> None:
    cleaned = clean_page(raw, source="a.txt")
    assert cleaned.document == clean_page(ARTICLE, source="a.txt").document
    assert "legacy_encoding" not in {one.fix for one in cleaned.repairs}
    assert not decode(raw).startswith("\ufeff")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_half_a_pair_in_utf16_is_no_text(encoding: str) -> None:
    raw = ("\ufeff" + ARTICLE).encode(encoding) + "\ud800".encode(encoding, "surrogatepass")
    with pytest.raises(NoArticle, match="not valid utf-16"):
        decode(raw + "a".encode(encoding))


@pytest.mark.parametrize("encoding", ["cp1258", "tcvn3", "vni", "utf-8", "utf-16"])
def test_decoding_gives_no_halves_and_no_replacement(encoding: str) -> None:
    encoders = {"cp1258": cp1258, **ENCODERS}
    raw = encoders[encoding](ARTICLE) if encoding in encoders else ARTICLE.encode(encoding)
    text = decode(raw)
    assert "\ufffd" not in text
    assert len(text.split()) == len(ARTICLE.split())


# --- what is none of it

OTHERS = {
    "French": (
        "Le ministère de la Santé a annoncé jeudi que la campagne de vaccination débutera à"
        " l’été dans près de deux cents hôpitaux, où l’accès sera gratuit.",
        "« C’est une étape très importante », a déclaré le préfet, rappelant que l’épidémie avait"
        " déjà coûté la vie à plusieurs élèves âgés de moins de quinze ans.",
        "Les médecins généralistes seront reçus dès la rentrée ; là où l’eau manque, des camions"
        " dûment équipés s’arrêteront même au cœur des villages isolés.",
    ),
    "German": (
        "Das Gesundheitsministerium erklärte am Donnerstag, die Impfungen würden im Frühjahr für"
        " alle Bürgerinnen und Bürger über sechzig Jahre kostenlos angeboten.",
        "Ärztinnen und Ärzte äußerten sich überrascht, weil größere Mengen des Stoffs fehlten und"
        " die Kühlhäuser in den Städten nicht ausreichten.",
        "Für Südtirol und Österreich gälten ähnliche Vorschläge, hieß es; die Prüfung müsse jedoch"
        " gründlich und öffentlich geführt werden.",
    ),
    "Spanish": (
        "El Ministerio de Salud anunció el miércoles que la campaña de vacunación comenzará en"
        " otoño y llegará a más de doscientos hospitales del país.",
        "«Ningún niño quedará sin atención», señaló la médica, quien pidió a las compañías"
        " farmacéuticas rebajar el precio de los fármacos más caros.",
        "Según el informe, la desnutrición aún afecta a una de cada diez niñas pequeñas; ¿qué hará"
        " el Gobierno si la situación empeora este año?",
    ),
    "Portuguese": (
        "O Ministério da Saúde informou na sexta-feira que a vacinação começará em março e não"
        " haverá cobrança para as populações das regiões mais pobres.",
        "Segundo a direção do órgão, três milhões de doses já estão à disposição dos municípios, e"
        " as informações serão públicas até o próximo mês.",
        "As mães grávidas têm prioridade, então os médicos pedem atenção às orientações; irmãos e"
        " avós também poderão receber a proteção.",
    ),
    "Italian": (
        "Il ministero della Sanità ha reso noto che la vaccinazione inizierà lunedì e sarà gratuita"
        " per chi ha più di sessant’anni o una malattia cronica.",
        "«È già molto», ha detto la dottoressa, perché nelle città più piccole l’attività degli"
        " ambulatori è stata ridotta della metà negli ultimi anni.",
    ),
    "Swedish": (
        "Hälsoministeriet meddelade på måndagen att vaccinationerna får börja före sommaren och att"
        " alla över sextiofem år får sprutan utan kostnad.",
        "Läkarna är också oroliga för att sjukhusen på landsbygden saknar både kylskåp och den"
        " personal som behövs för ett så här stort arbete.",
    ),
    "Icelandic": (
        "Heilbrigðisráðuneytið tilkynnti á þriðjudag að bólusetning hæfist í vor og að allir sem"
        " væru eldri en sextugir fengju hana ókeypis.",
        "Læknar sögðu að það þyrfti fleiri hjúkrunarfræðinga, því að annars yrði biðin löng og"
        " sjúklingar færu þá til útlanda.",
    ),
    "Czech": (
        "Ministerstvo zdravotnictví ve čtvrtek oznámilo, že očkování začne na podzim a bude zdarma"
        " pro všechny občany starší šedesáti let.",
        "Lékaři upozornili, že v menších městech chybějí chladicí boxy i zdravotní sestry, a proto"
        " žádají vládu o rychlou pomoc.",
        "„Příští týden předložíme podrobný plán,“ řekl náměstek a dodal, že dětí se opatření zatím"
        " netýká.",
    ),
}
LATIN = {name: lines for name, lines in OTHERS.items() if name != "Czech"}


def unread(text: str, lines: tuple[str, ...]) -> None:
    """Nothing in the page was taken for TCVN3 or VNI."""
    cleaned = clean_page(text, source="a.txt")
    assert "legacy_encoding" not in {one.fix for one in cleaned.repairs}
    assert cleaned.document.paragraphs == lines


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_stays_as_it_is(language: str) -> None:
    lines = OTHERS[language]
    assert [written_in(line) for line in lines] == [""] * len(lines)
    assert written_in_lines(list(lines)) == [""] * len(lines)
    for line in lines:
        assert repair(line).text == line
    assert decode("\n\n".join(lines).encode()) == "\n\n".join(lines)
    unread("\n\n".join(lines), lines)


@pytest.mark.parametrize("language", LATIN)
def test_bytes_of_another_language_are_not_taken_for_it(language: str) -> None:
    lines = LATIN[language]
    text = decode("\n\n".join(lines).encode("cp1252"))
    fixes = {one.fix for one in clean_page(text).repairs}
    assert "legacy_encoding" not in fixes
    for line in lines:
        assert written_in(as_latin(line.encode("cp1252"))) == ""


def test_czech_bytes_are_not_taken_for_it() -> None:
    for encoding in ("cp1250", "iso-8859-2"):
        raw = "\n\n".join(OTHERS["Czech"]).replace("„", '"').replace("“", '"').encode(encoding)
        assert not any(written_in_lines(as_latin(raw).split("\n")))
        assert "legacy_encoding" not in {one.fix for one in clean_page(raw).repairs}


@pytest.mark.parametrize("language", ["French", "German", "Spanish"])
def test_bytes_of_these_languages_read_as_they_are(language: str) -> None:
    """Their letters stand in windows-1258 where windows-1252 has them."""
    text = "\n\n".join(OTHERS[language])
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize("language", LATIN)
@pytest.mark.parametrize("name", ENCODERS)
def test_a_quotation_from_another_language_in_an_old_page_stays(language: str, name: str) -> None:
    """The page is old Vietnamese; one line of it is not."""
    line = OTHERS[language][0]
    page = "\n".join((as_latin(ENCODERS[name](SENTENCES[0])), line, SENTENCES[2]))
    assert repair(page).text.split("\n") == [SENTENCES[0], line, SENTENCES[2]]


ENGLISH = (
    "Acme® and BetaCare© sell the kits at ½ price; each holds ¼ of a dose, ¾ of which is saline,"
    " and must be kept at 2–8 °C ± 0.5°, the ministry said.",
    "The dose is 5 µg per kg, or 3 × 10² units a day; §4 of the law (¶2) sets the fee at £12 or"
    " ¥900 for those who pay, and at ¢50 for children.",
    "“Café owners in São Tomé and Curaçao, Müller among them, were naïve,” said Señor Núñez, whose"
    " résumé lists a façade of jobs at Citroën and Škoda.",
)


@pytest.mark.parametrize("line", ENGLISH)
def test_english_with_signs_stays_as_it_is(line: str) -> None:
    assert written_in(line) == ""
    assert repair(line).repairs == []
    raw = line.replace("Š", "S").encode("cp1252")
    assert decode(raw) == line.replace("Š", "S").replace("ã", "ă")  # windows-1258 has no ã
    assert written_in(as_latin(raw)) == ""


def test_a_page_of_english_with_signs_stays_as_it_is() -> None:
    unread("\n\n".join(ENGLISH), ENGLISH)


@pytest.mark.parametrize(
    "line",
    [
        "©2004 ©2005 ©2006", "® ® ®", "Windows® XP© and Office®2003", "20°C, 30°C, 40°C",
        "½ cup + ¼ cup + ¾ cup", "x² + y³ = z¹", "¡Hola! ¿Qué tal?", "µg µl µm", "«oui» «non»",
        "a×b×c÷d", "ªº", "¹ ² ³", "Ø 12 mm", "Ångström, Ærø, Øresund", "naïve café",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", [(), (SENTENCES[0], SENTENCES[1])], ids=["alone", "in a page"])
def test_a_line_of_signs_stays_as_it_is(line: str, around: tuple[str, ...]) -> None:
    page = "\n".join((line, *around))
    assert repair(page).text == page
    assert not any(written_in_lines(page.split("\n")))


@pytest.mark.parametrize("article", [ARTICLE, SECOND_ARTICLE])
def test_unicode_vietnamese_stays_as_it_is(article: str) -> None:
    assert repair(article).repairs == []
    assert not any(written_in_lines(article.split("\n")))


def test_an_old_article_cleaned_again_stays() -> None:
    for encode in ENCODERS.values():
        once = clean_page(encode(ARTICLE)).document
        again = clean_page("\n\n".join((once.title, *once.paragraphs)))
        assert (again.document.paragraphs, again.repairs) == (once.paragraphs, [])
