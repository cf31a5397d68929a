"""What the markup of a page tells beyond its text."""

from __future__ import annotations

import datetime

import pytest

from align.clean import clean_page
from align.model import Cleaned, NoArticle

PROSE = (
    "The Ministry of Health has asked every district hospital in the country to open a room for"
    " such people before October and to keep records of their condition.",
    "Under the new guidelines nurses will call patients once a fortnight and those with warning"
    " signs will be referred to a larger hospital without an additional fee.",
    "The agency has agreed to pay for twelve sessions of physiotherapy and for the tests, says the"
    " document, which was signed in Hà Nội on Wednesday morning.",
)


def cleaned(body: str, head: str = "") -> Cleaned:
    page = f"<html><head><title>New rooms open</title>{head}</head><body>{body}</body></html>"
    return clean_page(page, source="page.html", lang="en")


def article(*inner: str, head: str = "") -> Cleaned:
    inside = "".join(inner) or "".join(f"<p>{one}</p>" for one in PROSE)
    return cleaned(f"<div><h1>New rooms open in every hospital</h1><div>{inside}</div></div>", head)


def test_the_title_and_the_paragraphs() -> None:
    document = article().document
    assert document.title == "New rooms open in every hospital"
    assert document.paragraphs == PROSE


@pytest.mark.parametrize(
    ("head", "expected", "why"),
    [
        ('<meta property="article:published_time" content="2024-03-05T08:00:00+07:00">',
         datetime.date(2024, 3, 5), "a meta element"),
        ('<script type="application/ld+json">{"datePublished": "2025-01-15T08:30"}</script>',
         datetime.date(2025, 1, 15), "linked data"),
        ('<script type="application/ld+json">{"dateModified": "2025-01-15"}</script>',
         None, "when it was changed is not when it appeared"),
        ('<meta name="date" content="1970-01-01T00:00:00Z">', None, "an unset clock"),
        ("", None, "none rather than a guess"),
    ],
)  # fmt: skip
def test_the_date_a_page_declares(head: str, expected: datetime.date | None, why: str) -> None:
    assert article(head=head).document.date == expected, why


def test_a_date_line_between_title_and_article() -> None:
    document = cleaned(
        "<h1>New rooms open in every hospital</h1><div>Update: August, 02/2021 - 11:14</div>"
        + "".join(f"<p>{one}</p>" for one in PROSE)
    ).document
    assert document.date == datetime.date(2021, 8, 2)


def test_a_caption_is_kept_apart() -> None:
    caption = "Nurses at a new room. — Photo courtesy of the hospital"
    found = article(
        f"<p>{PROSE[0]}</p><figure><img src='a.jpg'><figcaption>{caption}</figcaption></figure>",
        *(f"<p>{one}</p>" for one in PROSE[1:]),
    ).document
    assert (found.captions, found.paragraphs) == ((caption,), PROSE)


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display: none'>Keywords that nobody sees on this page at all.</p>",
        "<p hidden>Keywords that nobody sees on this page at all.</p>",
        "<script>var text = 'Keywords that nobody sees on this page.';</script>",
        "<template><p>Keywords that nobody sees on this page at all.</p></template>",
        "<!-- Keywords that nobody sees on this page at all. -->",
    ],
)
def test_what_nobody_sees_is_not_read(hidden: str) -> None:
    found = article(hidden, *(f"<p>{one}</p>" for one in PROSE), hidden)
    assert "Keywords" not in str(found)


def test_a_box_in_the_middle_is_not_the_end() -> None:
    links = "<ul><li><a href='/x'>Other rooms close</a></li></ul>"
    box = f"<div class='box'><b>Related news</b>{links}</div>"
    found = article(f"<p>{PROSE[0]}</p>", box, *(f"<p>{one}</p>" for one in PROSE[1:])).document
    assert found.paragraphs == PROSE


def test_a_list_of_links_is_no_article() -> None:
    links = "".join(f"<li><a href='/{n}'>{one}</a></li>" for n, one in enumerate(PROSE * 3))
    with pytest.raises(NoArticle):
        cleaned(f"<ul>{links}</ul>")


def test_deep_nesting_is_no_trouble() -> None:
    deep = "<div>" * 3000
    with pytest.raises(NoArticle):
        cleaned(deep + "x")
