"""The second opinion on doubtful lines, and the rules for lines of no known wording."""

from __future__ import annotations

import datetime
import json
from importlib import resources
from pathlib import Path
from unittest import mock

import pytest

from align.clean import clean_page, judge
from align.clean.facts import date_of_line
from align.clean.line import Line, credit_only, credited

PROSE = (
    "The ministry said on Friday that the number of cases had halved compared with last week.",
    "Provinces were asked to prepare medicine, beds and staff for the storms of the coming season.",
    "About 12,000 children under five will be vaccinated at 193 commune health stations, it said.",
    "Health insurance now covers 92.5 per cent of the province, up 3.2 points on the year before.",
    "The team inspected the drug store, the laboratory and the isolation ward of a large hospital.",
    "A wider network of ambulances has helped people in the highlands to be treated in good time.",
)
LONG = tuple(
    f"{one} Officials added that the work would go on until the end of the rainy season."
    for one in PROSE
)
POSE = "Representatives of the hospital and the trainees pose together for a group photo"
TITLE = "Health ministry prepares for the storm season"


def found(*lines: str, name: str = "one.txt") -> tuple[tuple[str, ...], dict[str, str]]:
    """The paragraphs of a page of these lines, and the kind of each line left out."""
    cleaned = clean_page("\n\n".join([TITLE, "March 12, 2025", *lines]), source=name)
    return cleaned.document.paragraphs, {one.text: one.kind for one in cleaned.removed}


# --- the model


def test_the_weights_are_of_this_version() -> None:
    stored = json.loads((resources.files("align.resources") / "clean.json").read_text("utf-8"))
    assert (stored["format"], stored["features"]) == (judge.FORMAT, list(judge.FEATURES))
    assert stored["fitted"] == "benchmarks/fit_clean.py"
    assert len(stored["weights"]) == len(stored["mean"]) == len(stored["scale"])


def test_weights_of_another_version_are_refused(tmp_path: Path) -> None:
    (tmp_path / "clean.json").write_text('{"format": "songngu-clean 0", "features": []}')
    judge._model.cache_clear()
    with (
        mock.patch("align.clean.judge.resources.files", return_value=tmp_path),
        pytest.raises(ValueError, match="fit_clean"),
    ):
        judge._model()
    judge._model.cache_clear()


def test_the_model_says_the_same_twice() -> None:
    def lines() -> list[Line]:
        texts = [TITLE, *PROSE, "Asia Pacific", "Public Health"]
        return [Line(text, 2 * number) for number, text in enumerate(texts)]

    marked = [""] * len(lines())
    rows = judge.features(lines(), marked)
    assert rows == judge.features(lines(), marked)
    assert {len(row) for row in rows} == {len(judge.FEATURES)}
    assert [judge.probability(row) for row in rows] == [judge.probability(row) for row in rows]


def test_lines_of_which_the_rules_are_sure_are_not_asked_about() -> None:
    lines = [Line(text, number) for number, text in enumerate([*PROSE, "A caption", "3 May 2024"])]
    lines[-2].kind, lines[-1].kind = "caption", "date"
    assert [bool(row) for row in judge.features(lines, [""] * 8)] == [True] * 6 + [False] * 2
    judge.second_opinion(lines, [""] * 8)
    assert [line.kind for line in lines[-2:]] == ["caption", "date"]


@pytest.mark.parametrize("count", [2, 3, 6])
def test_an_article_with_nothing_around_it_stays(count: int) -> None:
    page = "\n\n".join(PROSE[:count])
    assert clean_page(page).document.paragraphs == PROSE[:count]


def test_a_page_without_prose_is_not_judged() -> None:
    lines = [Line("Asia Pacific", 1), Line("Public Health", 2)]
    judge.second_opinion(lines, ["", ""])
    assert [line.kind for line in lines] == ["", ""]


def test_a_request_to_the_reader_goes_and_a_subheading_stays() -> None:
    asks = "Join our Telegram channel to get your daily stories in your inbox"
    kept, removed = found(*LONG[:3], asks, LONG[3], "Fewer beds", *LONG[4:])
    assert kept == (*LONG[:4], "Fewer beds", *LONG[4:])
    assert removed[asks] in ("related", "caption", "subscribe")


def test_teasers_under_headlines_do_not_come_back() -> None:
    told = [part for one in PROSE[3:] for part in (f"New rules for {one.split()[0]} wards", one)]
    kept, _ = found(*PROSE[:3], "Related news", *told)
    assert kept == PROSE[:3]


# --- lines between paragraphs


@pytest.mark.parametrize(
    ("line", "above", "kind", "why"),
    [
        (POSE, LONG[2], "caption", "no mark at its end on a page that has one everywhere"),
        (f"- {POSE}", LONG[2], "", "an item"),
        (POSE, "Those who came were these:", "", "under a colon"),
        ("Fewer beds in the north of the province", LONG[2], "", "as short as a subheading"),
    ],
)  # fmt: skip
def test_a_lone_line_without_a_mark_is_a_caption(
    line: str, above: str, kind: str, why: str
) -> None:
    kept, removed = found(*LONG[:2], above, line, *LONG[3:])
    assert removed.get(line, "") == kind, why
    assert (line in kept) == (not kind)


def test_a_page_that_ends_no_paragraph_with_a_mark_keeps_such_lines() -> None:
    bare = [one.rstrip(".") for one in LONG]
    assert found(*bare[:3], POSE, *bare[3:])[1].get(POSE) != "caption"


def test_the_credit_under_a_caption_takes_it_along() -> None:
    caption, credit = "Farmer Sok Dara lets his ducks feed in a field.", "ST PHOTO: JOEL SEETOH"
    kept, removed = found(*LONG[:3], caption, credit, *LONG[3:])
    assert kept == LONG
    assert (removed[caption], removed[credit]) == ("caption", "caption")


@pytest.mark.parametrize(
    ("line", "only"),
    [
        ("ST PHOTO: JOEL SEETOH", True),
        ("Ảnh: Tòng Văn Quý", True),
        ("Photo by Sok Dara", True),
        ("Photos show the damage that the storm has done.", False),
        ("Ảnh hưởng của bão", False),
        ("A nurse in Kampot. Photo: Sok Dara", False),  # the caption stands in the same line
    ],
)
def test_lines_that_are_a_credit(line: str, only: bool) -> None:
    assert credit_only(line) == only


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Khám bệnh cho người dân tại cửa khẩu - Ảnh: Chinhphu.vn", True),  # a site took it
        ("Ông xem ảnh. Sau đó ông về.", False),
    ],
)
def test_credits_of_sites(line: str, is_one: bool) -> None:
    assert credited(line) == is_one


# --- facts in one line


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Đăng lúc: 09:42 12/06/2025 Lượt xem: 1.284 Cỡ chữ: A- A A+", (2025, 6, 12)),
        ("12/06/2025 Lượt xem: 1.284", (2025, 6, 12)),
        ("12/06/2025 lượt xem tăng gấp đôi", None),  # a sentence
    ],
)
def test_a_date_beside_counters(line: str, date: tuple[int, int, int] | None) -> None:
    assert date_of_line(line) == (datetime.date(*date) if date else None)


# --- HTML


def html(*before: str, after: str = "") -> str:
    inner = "".join(f"<p>{one}</p>" for one in LONG)
    return (
        f"<html><head><title>{TITLE}</title></head><body><div><h1>{TITLE}</h1>{''.join(before)}"
        f"<div>{inner}</div>{after}</div></body></html>"
    )


def test_a_standfirst_in_a_smaller_heading_is_a_paragraph() -> None:
    lead = "Provinces ration tablets as the rain returns and foreign funds dry up"
    assert clean_page(html(f"<h2>{lead}</h2>"), source="a.html").document.paragraphs[0] == lead
    short = clean_page(html("<h2>Health</h2>"), source="a.html").document.paragraphs
    assert short == LONG  # the name of a section


def test_teasers_in_a_box_to_read_more_are_none_of_the_article() -> None:
    teaser = "Long shifts keep many crew members away from doctors until it is too late."
    box = f"<div class='read-more'><h4>Read More</h4><h3>Why seafarers</h3><p>{teaser}</p></div>"
    assert clean_page(html(after=box), source="a.html").document.paragraphs == LONG
