"""Pages made to do harm: each gives an article or one line that says why not, and nothing printed
of it can steer a terminal."""

from __future__ import annotations

import itertools
import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import align.clean
from align.clean import clean_page
from align.clean.furniture import lay_out
from align.clean.line import Line
from align.clean.lists import lists_with
from align.clean.repair import repair
from align.config import CleanConfig
from align.model import Cleaned, NoArticle
from tests.counting import calls
from tui import cli

ROOT = Path(__file__).resolve().parents[2]
Captured = pytest.CaptureFixture[str]

TITLE = "Health ministry prepares for the storm season"
PROSE = (
    "The ministry said on Friday that the number of cases had halved compared with last week.",
    "Provinces were asked to prepare medicine, beds and staff for the storms of the coming season.",
    "About 12,000 children under five will be vaccinated at 193 commune health stations, it said.",
)
PAGE = "\n\n".join((TITLE, "March 12, 2025", *PROSE))
PARAGRAPHS = "".join(f"<p>{one}</p>" for one in PROSE)
HTML = f"<!DOCTYPE html><html><body><h1>{TITLE}</h1>{PARAGRAPHS}%s</body></html>"


def outcome(raw: str | bytes, source: str = "") -> Cleaned | None:
    """The article, or nothing where there is none for a reason told in one line."""
    try:
        return clean_page(raw, source=source)
    except NoArticle as error:
        assert str(error).strip() == str(error) != ""
        assert len(str(error).splitlines()) == 1
        return None


def article(raw: str | bytes, source: str = "") -> str:
    """Title and paragraphs of a page that has some."""
    cleaned = outcome(raw, source)
    assert cleaned is not None
    return "\n".join((cleaned.document.title, *cleaned.document.paragraphs))


# --- what steers a terminal

STEERING = {
    "colour": "\x1b[31;1mred\x1b[0m",
    "cleared screen": "\x1b[2J\x1b[H",
    "link": "\x1b]8;;http://evil.example/\x1b\\click\x1b]8;;\x1b\\",
    "link that a bell ends": "\x1b]8;;http://evil.example/\x07click\x1b]8;;\x07",
    "title of the window": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "device control": "\x1bP$q m\x1b\\",
    "status report": "\x1b[6n\x1b[c",
    "reset": "\x1bc",
    "application command": "\x1b_Gf=24;AAAA\x1b\\",
    "C1 sequence introducer": "\x9b31mred",
    "C1 commands": "\x90q\x9c\x9d0;owned\x9c",
    "every C1 control": "".join(map(chr, range(0x80, 0xA0))),
    "backspaces": "good\b\b\b\bevil",
    "line overwritten": "good\revil",
    "bell, tab, vertical tab, form feed": "\x07\x0b\x0c",
    "delete": "\x7f",
    "override": "\u202eevil\u202c",
    "embeddings": "\u202aa\u202c\u202bb\u202c\u202dc\u202c",
    "isolates": "\u2066a\u2069\u2067b\u2069\u2068c\u2069",
    "open isolates": "\u2067\u2067\u2067",
}
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
WAYS = [("--explain",), ("--format", "json", "--explain")]


def run(capsys: Captured, *arguments: object) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of ``songngu clean``; nothing in them steers a terminal."""
    code = cli.main(["clean", *map(str, arguments)])
    captured = capsys.readouterr()
    assert not STEERS.search(captured.out)
    assert not STEERS.search(captured.err)
    assert "unexpected" not in captured.err
    return code, captured.out, captured.err


@pytest.fixture(autouse=True)
def _away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No project's settings are near."""
    monkeypatch.chdir(tmp_path)


def everywhere(evil: str) -> str:
    """A page with *evil* in its title, its paragraphs and what is left out of it."""
    return "\n\n".join(
        (
            f"Home{evil}", "Home | News | Contact | Search", f"Health ministry {evil} prepares for"
            " the storm season", f"By An {evil} Nguyen", "March 12, 2025",
            PROSE[0].replace("number", f"num{evil}ber"), f"{evil}{PROSE[1]}", f"{PROSE[2]}{evil}",
            *(f"Station {n} of the north says this: {' '.join(PROSE)}" for n in range(16)),
            f"Nurses at work. — Photo by {evil} Lan", f"Related news {evil}", "Related news",
            f"Minister opens {evil} the annual meeting",
        )
    )  # fmt: skip


@pytest.mark.parametrize("name", STEERING)
def test_nothing_printed_of_a_text_page_steers_a_terminal(
    name: str, tmp_path: Path, capsys: Captured
) -> None:
    page = tmp_path / "p.txt"
    page.write_bytes(everywhere(STEERING[name]).encode())
    for way in WAYS:
        code, out, _ = run(capsys, page, *way)
        assert code == 0
        if "json" in way:
            [line] = out.splitlines()
            assert set(json.loads(line)) >= {"title", "paragraphs", "repairs", "removed"}


@pytest.mark.parametrize("name", STEERING)
@pytest.mark.parametrize("numbered", [False, True], ids=["as it is", "as entities"])
def test_nothing_printed_of_an_html_page_steers_a_terminal(
    name: str, numbered: bool, tmp_path: Path, capsys: Captured
) -> None:
    evil = STEERING[name]
    if numbered:
        evil = "".join(f"&#x{ord(c):x};" for c in evil)
    page = tmp_path / "p.html"
    body = "".join(f"<p>{one}</p>" for one in everywhere(evil).split("\n\n"))
    head = f"<title>{TITLE}{evil}</title><meta name='author' content='{evil}'>"
    page.write_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode())
    for way in WAYS:
        code, _, err = run(capsys, page, *way)
        assert code == 0, err


@pytest.mark.parametrize("name", STEERING)
def test_nothing_of_it_is_in_the_article(name: str) -> None:
    """Marks of direction are text of other scripts; controls are none of any."""
    document = clean_page(everywhere(STEERING[name]), source="a.txt").document
    everything = "".join((document.title, document.byline, *document.paragraphs))
    assert not re.search("[\x00-\x1f\x7f-\x9f]", everything)


def test_bytes_of_c1_in_a_page_of_windows_1258(tmp_path: Path, capsys: Captured) -> None:
    page = tmp_path / "p.txt"
    words = PAGE.encode("ascii").replace(b"number", b"n\xfamber" + bytes(range(0x80, 0xA0)))
    page.write_bytes(words)
    for way in WAYS:
        assert run(capsys, page, *way)[0] == 0


@pytest.mark.parametrize("text", [PAGE, "too short"], ids=["an article", "no article"])
@pytest.mark.parametrize("evil", ["\x1b]0;owned\x07", "\u202etxt.exe", "\x9b31m", "\x7f"])
def test_a_file_name_cannot_steer_a_terminal_either(
    text: str, evil: str, tmp_path: Path, capsys: Captured
) -> None:
    page = tmp_path / f"page{evil}.txt"
    page.write_text(text.replace("number", "num\u200bber"), "utf-8")
    for way in WAYS:
        code, out, err = run(capsys, page, *way)
        assert code == (0 if text == PAGE else 2)
        assert err or "--explain" not in way
        if "json" in way:
            assert json.loads(out)["id"] == page.stem


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\x00", b"\x1b[31m", b"\xff\xfe", b"\xfe\xff\xd8\x00", b"\xef\xbb\xbf\xff",
        b"\x00\x01\x02" * 100, b"\x1b]0;owned\x07" * 100, b"<!doctype html>\x1b[31m",
        "\u202e".encode() * 40, b"404 Not Found",
    ],
)  # fmt: skip
def test_a_page_without_an_article_is_told_in_one_line(
    raw: bytes, tmp_path: Path, capsys: Captured
) -> None:
    page = tmp_path / "p.txt"
    page.write_bytes(raw)
    code, out, err = run(capsys, page, "--format", "json", "--explain")
    assert code == 2
    assert set(json.loads(out)) == {"id", "error"}
    assert len(err.splitlines()) == 1
    assert err.startswith(f"songngu: {page}: ")


# --- characters that are none


@pytest.mark.parametrize(
    ("evil", "left"),
    [
        ("num\x00ber", "number"), ("num\ufeffber", "number"), ("num\u200bber", "number"),
        ("num\x1bber", "number"), ("num\x9bber", "number"), ("num\u00adber", "number"),
    ],
)  # fmt: skip
def test_what_stands_in_a_word_and_is_no_character_goes(evil: str, left: str) -> None:
    document = clean_page(PAGE.replace("number", evil)).document
    assert document.paragraphs[0] == PROSE[0].replace("number", left)


def test_a_nul_in_bytes_is_no_text_and_in_a_string_is_nothing() -> None:
    with pytest.raises(NoArticle, match="binary"):
        clean_page(PAGE.replace("number", "num\x00ber").encode())
    more = (
        f"Station {n} of the north counts {n} beds and {n} nurses for its many patients, {n} of"
        " them children, and has asked for more."
        for n in range(900)
    )
    late = ("\n\n".join((PAGE, *more)) + "\x00").encode()
    assert len(late) > 65536
    assert clean_page(late).document.paragraphs[0] == PROSE[0]


HALVES = ["\ud800", "\udfff", "\udc9b", "\udfff\ud800"]


@pytest.mark.parametrize("half", HALVES, ids=ascii)
@pytest.mark.parametrize(
    ("page", "source"),
    [
        pytest.param(PAGE, "", id="id"),
        pytest.param(PAGE, "a.txt", id="text"),
        pytest.param(HTML % "", "a.html", id="HTML"),
        pytest.param(PAGE, "a.md", id="Markdown"),
    ],
)
def test_half_a_pair_raises_nothing(half: str, page: str, source: str) -> None:
    assert "ministry" in article(page.replace("number", f"num{half}ber"), source)


@pytest.mark.parametrize("half", HALVES, ids=ascii)
def test_half_a_pair_is_not_in_the_article(half: str) -> None:
    article(PAGE.replace("number", f"num{half}ber"), "a.txt").encode()


def test_the_private_mark_of_markdown_is_not_taken_from_the_page() -> None:
    """Noncharacters in a page mean nothing."""
    document = clean_page(PAGE.replace("number", "num\ufdd0ber"), source="a.md").document
    assert len(document.paragraphs) == len(PROSE)


# --- markup

SECRET = "evil words of the crawler"
UNSEEN = {
    "script": "<script>evil words of the crawler</script>",
    "script with an end in a string": "<script>var a = '<\\/script>evil words';</script>",
    "script in capitals": "<SCRIPT TYPE='text/x'>evil words of the crawler</SCRIPT >",
    "linked data": '<script type=\'application/ld+json\'>{"articleBody": "evil words"}</script>',
    "style": "<style>p::after { content: 'evil words of the crawler' }</style>",
    "template": "<template><p>evil words of the crawler</p></template>",
    "noscript": "<noscript><p>evil words of the crawler</p></noscript>",
    "script of a drawing": "<svg><script>evil words of the crawler</script></svg>",
    "style of a drawing": "<svg><style>evil words of the crawler</style></svg>",
    "script in mathematics": "<math><mtext><script>evil words</script></mtext></math>",
    "comment": "<!-- evil words of the crawler -->",
    "comment for one browser": "<!--[if IE]><p>evil words of the crawler</p><![endif]-->",
    "processing instruction": "<?php echo 'evil words of the crawler'; ?>",
    "section of characters": "<![CDATA[evil words of the crawler]]>",
    "attributes": "<p title='evil words' data-x='evil words' onclick='evil()'></p>",
    "picture from data": "<img src='data:image/svg+xml,evil words' alt=''>",
    "frame from data": "<iframe src='data:text/html,<p>evil words of the crawler</p>'></iframe>",
    "object from data": "<object data='data:text/html;base64,ZXZpbA==evil'></object>",
    "link to data": "<a href='data:text/html,evil words'></a><a href='javascript:evil()'></a>",
    "hidden": "<p hidden>evil words of the crawler</p>",
    "not displayed": "<div style='DISPLAY : none'><p>evil words of the crawler</p></div>",
    "unclosed script": "<script>evil words of the crawler <p>evil",
    "unclosed style": "<style>evil words of the crawler <p>evil",
    "unclosed comment": "<!-- evil words of the crawler",
    "unclosed template": "<template><p>evil words of the crawler",
    "unclosed attribute": "<p title='evil words of the crawler>",
    "meta": "<meta name='description' content='evil words of the crawler'>",
}


@pytest.mark.parametrize("name", UNSEEN)
@pytest.mark.parametrize("source", ["a.html", ""], ids=["by its name", "by its first tag"])
def test_what_no_browser_shows_is_not_in_the_article(name: str, source: str) -> None:
    found = article(HTML % UNSEEN[name], source)
    assert found == "\n".join((TITLE, *PROSE))


@pytest.mark.parametrize("name", [name for name in UNSEEN if not name.startswith("unclosed")])
def test_what_no_browser_shows_above_the_article_changes_nothing(name: str) -> None:
    page = (
        (HTML % "")
        .replace("<h1>", f"{UNSEEN[name]}<h1>")
        .replace("</p><p>", f"</p>{UNSEEN[name]}<p>")
    )
    assert article(page, "a.html") == "\n".join((TITLE, *PROSE))


BOMBS = {
    "entities of entities": (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "evilevil">'
        + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise("abcdefghi"))
        + f"]><html><body><h1>{TITLE}</h1>{PARAGRAPHS}<p>&i;</p></body></html>"
    ),
    "one long entity many times": (
        f'<!DOCTYPE html [<!ENTITY a "{"evil" * 5000}">]><html><body><h1>{TITLE}</h1>'
        f"{PARAGRAPHS}<p>{'&a;' * 5000}</p></body></html>"
    ),
    "entity from a file": (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><h1>{TITLE}</h1>'
        f"{PARAGRAPHS}<p>&x;</p></body></html>"
    ),
    "external definition": (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "file:///dev/zero">'
        f"<html><body><h1>{TITLE}</h1>{PARAGRAPHS}</body></html>"
    ),
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("source", ["a.html", "a.xhtml"])
def test_entities_are_not_expanded_and_nothing_is_read(name: str, source: str) -> None:
    found = article(BOMBS[name], source)
    assert all(one in found for one in PROSE)
    assert "evil" not in found
    assert "root:" not in found
    assert len(found) < 2 * len("".join(PROSE))


@pytest.mark.parametrize(
    "tail",
    [
        "&" + "amp;" * 5000 + "lt;b&gt;", "&amp;" * 20_000, "&#38;" * 20_000, "&lt;" * 20_000,
        "&#x110000;&#xD800;&#99999999999;&#0;&#x80;", "&notanentity;" * 5000, "&&&&;;;;" * 5000,
    ],
    ids=lambda tail: tail[:20],
)  # fmt: skip
@pytest.mark.parametrize("source", ["a.html", "a.txt"])
def test_any_number_of_entities_gives_the_article(tail: str, source: str) -> None:
    page = HTML % f"<p>{tail}</p>" if source == "a.html" else f"{PAGE}\n\n{tail}"
    found = article(page, source)
    assert all(one in found for one in PROSE)
    assert "\x00" not in found


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(HTML % ("<!--" * 50_000), id="open comments"),
        pytest.param(HTML % ("<!-- evil -->" * 5_000), id="many comments"),
        pytest.param(HTML % ("<!-->" * 5_000), id="odd comments"),
        pytest.param(HTML % f"<p title='{'evil ' * 60_000}'></p>", id="a huge attribute"),
        pytest.param(HTML % f"<p {'evil=1 ' * 20_000}></p>", id="one attribute many times"),
        pytest.param(
            HTML % f"<p {' '.join(f'evil{n}=1' for n in range(5000))}></p>", id="many attributes"
        ),
        pytest.param(HTML % f"<p class='{'evil ' * 20_000}'></p>", id="many classes"),
        pytest.param(HTML % f"<{'evil' * 50_000}></p>", id="a huge name"),
        pytest.param(HTML % ("<p " * 5000), id="tags in tags"),
        pytest.param(HTML.replace("</p>", ""), id="unclosed paragraphs"),
        pytest.param(HTML % ("</div>" * 20_000), id="ends of nothing"),
        pytest.param(HTML % "<plaintext>", id="plain text at the end"),
        pytest.param(HTML % "<img src=data:image/png;base64," + "QUJD" * 50_000, id="data"),
        pytest.param(HTML % ("<svg><g>" * 500), id="drawings"),
        pytest.param(HTML % ("<b><i>" * 2000), id="open marks"),
        pytest.param(HTML % "<frameset><frame src=evil></frameset>", id="frames"),
    ],
)
def test_odd_markup_under_an_article_leaves_the_article(page: str) -> None:
    found = article(page.replace("%s", ""), "a.html")
    assert all(one in found for one in PROSE)
    assert "evil" not in found


EMPTY_TREES = (
    "<!doctype html>\n\n", "<?xml version='1.0'?>", "<!-- -->", "<!", "<!-", "<!--", "<?",
    "<![CDATA[",
)  # fmt: skip


@pytest.mark.parametrize(
    ("page", "source"),
    [
        *(
            pytest.param(page, source, id=f"{page!r} {source}".strip())
            for page, source in (
                ("<!doctype html>", ""),
                *((page, "a.html") for page in EMPTY_TREES),
            )
        ),
        *(
            pytest.param(page, source, id=f"{page!r} {source}".strip())
            for page in (
                "<html>", "<html></html>", "<p>", "<p", "<html><!-- x --></html>",
                "<body><frameset></frameset></body>", "<div><plaintext></div>", "<p></p>" * 100,
                "<html><head><title>x", "<html><script>", "<html><svg><script></svg>", "<html>&#0;",
                "<html><template>", "<html>\x00", "<html><base href='data:,x'>",
            )
            for source in ("", "a.html")
        ),
        *(
            pytest.param(page, "a.html", id=ascii(page))
            for page in ("<", ">", "<>", "</", "&", "&#", "&#x", "x", "\ufeff", "\x00", "]]>")
        ),
    ],
)  # fmt: skip
def test_a_page_of_nothing_but_markup_is_no_article(page: str, source: str) -> None:
    assert outcome(page, source) is None


NESTED = {
    "div": ("<div>" * 5000, "</div>" * 5000),
    "div, unclosed": ("<div>" * 500, ""),
    "span": ("<span>" * 5000, "</span>" * 5000),
    "span, unclosed": ("<p>" + "<span>" * 5000, ""),
    "table": ("<table>" * 300, "</table>" * 300),
    "cells of tables": ("<table><tr><td>" * 100, "</td></tr></table>" * 100),
    "list": ("<ul><li>" * 500, "</li></ul>" * 500),
    "font": ("<font>" * 5000, "</font>" * 5000),
    "link": ("<a href=x>" * 5000, "</a>" * 5000),
    "quotation": ("<blockquote>" * 500, ""),
    "drawing": ("<svg>" * 5000, ""),
    "select": ("<select><option>" * 2500, ""),
    "form": ("<form>" * 5000, "</form>" * 5000),
    "template": ("<template>" * 5000, ""),
}


@pytest.mark.parametrize("name", NESTED)
def test_any_depth_gives_an_article_or_a_reason(name: str) -> None:
    begin, end = NESTED[name]
    outcome(f"<html><body>{begin}{PARAGRAPHS}{end}</body></html>", "a.html")


# --- one thing many times

MANY = {
    "no-break spaces": "\u00a0" * 300_000,
    "lines of a no-break space": "\u00a0\n" * 20_000,
    "spaces": " " * 300_000,
    "tabs": "\t" * 300_000,
    "wide spaces": "\u3000" * 100_000,
    "a letter": "a" * 300_000,
    "brackets": "(" * 300_000,
    "marks": "a" + "\u0301" * 300_000,
    "marks of three kinds": "a" + "\u0301\u0323\u0302" * 2_000,
    "ampersands": "&amp;" * 60_000,
    "one ampersand escaped": "&" + "amp;" * 75_000,
    "nothing by its number": "&#0;" * 75_000,
    "a Chinese character": "妹" * 300_000,
    "a Chinese numeral": "一" * 50_000,
    "doubled characters": "妹妹飞飞" * 5_000,
    "tags": "<" * 300_000,
    "closing tags": ">" * 300_000,
    "quotation marks": '"' * 300_000,
    "mojibake": "Ã©" * 10_000,
    "codes of TCVN3": "®·" * 10_000,
    "zero-width joiners": "\u200d" * 100_000,
    "overrides": "\u202e" * 100_000,
    "byte-order marks": "\ufeff" * 100_000,
    "emoji": "😀" * 100_000,
    "flags": "🇻🇳" * 10_000,
    "punctuation": "...!!!???" * 5_000,
    "punctuation between spaces": ". , ! ? " * 4_000,
    "bullets on lines": "•\n" * 4_000,
    "dashes": "-" * 300_000,
    "addresses": "http://a/" * 10_000,
    "entities cut off": "&amp" * 10_000,
    "bars": "| " * 10_000,
}


@pytest.mark.parametrize("name", MANY)
@pytest.mark.parametrize("source", ["a.txt", "a.html", "a.md"])
def test_a_page_of_one_thing_is_no_article(name: str, source: str) -> None:
    assert outcome(MANY[name], source) is None


@pytest.mark.parametrize("name", MANY)
def test_one_thing_many_times_under_an_article_leaves_the_article(name: str) -> None:
    found = article(f"{PAGE}\n\n{MANY[name]}", "a.txt")
    assert all(one in found for one in PROSE)


@pytest.mark.parametrize("name", MANY)
def test_one_thing_many_times_is_told_and_repaired_once(name: str) -> None:
    raw = MANY[name][:20_000]
    edited = repair(raw)
    assert all(one.before == raw[one.start : one.end] for one in edited.repairs)
    assert len(edited.text) <= len(raw)


@pytest.mark.parametrize("source", ["a.txt", "a.html", "a.md"])
@pytest.mark.parametrize(
    "word", ["a ", "(a ", "A. ", "12/03/2025 ", "Ã© ", "Bé ", "一二 ", "妹妹 "]
)
def test_a_line_of_one_word_gives_an_article_or_a_reason(word: str, source: str) -> None:
    outcome(word * 3_000, source)


# --- many lines


def test_more_lines_than_any_page_has_are_none() -> None:
    for line in ("a\n", "\n", "a\r\n"):
        with pytest.raises(NoArticle, match="lines"):
            clean_page(line * (align.clean.MOST_LINES + 2))


@pytest.mark.parametrize("end", ["\r", "\u2028", "\u2029"], ids=ascii)
def test_more_lines_are_none_whatever_ends_them(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(align.clean, "MOST_LINES", 50)
    with pytest.raises(NoArticle, match="lines"):
        clean_page(f"a{end}" * 60)


@pytest.mark.parametrize(
    "count",
    [4_000, 40_000],
)
@pytest.mark.parametrize("line", ["a\n", "a\n\n", "a\r\n", "=\n", "\u00a0\na\n"], ids=ascii)
def test_lines_of_one_letter_are_no_article(line: str, count: int) -> None:
    assert outcome(line * (count // line.count("\n")), "a.txt") is None


# --- growth: calls and places are counted, not seconds


def grows_as_its_size(page: Callable[[int], str], source: str, size: int) -> bool:
    """Whether a page of twice the size takes little more than twice the calls."""
    outcome(page(size), source)  # fills the caches
    once = calls(lambda: outcome(page(size), source))
    twice = calls(lambda: outcome(page(2 * size), source))
    return twice < 2.3 * once


GROWING: dict[str, tuple[Callable[[int], str], str]] = {
    "paragraphs": (lambda n: "".join(f"{PROSE[0]} {i}\n\n" for i in range(n)), "a.txt"),
    "paragraphs of HTML": (
        lambda n: "<html>" + "".join(f"<p>{PROSE[0]} {i}</p>" for i in range(n)), "a.html",
    ),
    "letters on lines": (lambda n: "a\n" * n, "a.txt"),
    "dates": (lambda n: "12/03/2025\n" * n, "a.txt"),
    "menus": (lambda n: "Home | News | Contact | Search\n" * n, "a.txt"),
    "repairs": (lambda n: "num\u200bber &amp; \u00a0 progra妹妹e\n" * n, "a.txt"),
    "headlines": (lambda n: "".join(f"Meeting number {i} ends today\n" for i in range(n)), "a.txt"),
    "one headline": (lambda n: "The fourth meeting ends today\n" * n, "a.txt"),
    "breaks of HTML": (lambda n: f"<html><body>{'<br>a' * n}", "a.html"),
    "sentences and breaks": (
        lambda n: f"<html><body>{''.join(f'<br>{PROSE[0]} {i}' for i in range(n))}", "a.html",
    ),
    "lists": (lambda n: f"<html><body>{PARAGRAPHS}<ul>{'<li>a b c' * n}</ul>", "a.html"),
}  # fmt: skip


@pytest.mark.parametrize("name", GROWING)
def test_twice_the_page_takes_twice_the_calls(name: str) -> None:
    page, source = GROWING[name]
    assert grows_as_its_size(page, source, 150)


class Counted(list[Line]):
    """Lines that count how many of them slices take."""

    taken = 0

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            self.taken += len(range(*place.indices(len(self))))
        return super().__getitem__(place)


def test_lines_that_repeat_are_not_copied_again_and_again() -> None:
    lines = Counted(Line("The fourth meeting", number) for number in range(1, 401))
    lay_out(lines, lists_with(CleanConfig()))
    assert lines.taken < 20 * len(lines)


def takes_a_moment(setup: str, call: str) -> bool:
    """Whether *call* takes less than five seconds of the processor, where what grows as its size
    takes a tenth of a second and what does not takes minutes; the system stops it there."""
    program = f"""
import signal
{setup}
signal.setitimer(signal.ITIMER_VIRTUAL, 5)
{call}
signal.setitimer(signal.ITIMER_VIRTUAL, 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode in (0, -signal.SIGVTALRM), done.stderr.decode()
    return done.returncode == 0


MARKDOWN = "from align.clean.markdown import markdown_to_text"
SENTENCES = "from align.segment import split_sentences"
HTML_LINES = "from align.clean.html import html_lines; html_lines('<p>a b</p>')"


@pytest.mark.parametrize(
    ("setup", "call"),
    [
        pytest.param(MARKDOWN, "markdown_to_text('a ' * 100_000)", id="Markdown: words"),
        pytest.param(SENTENCES, "split_sentences('Go. ' * 5_000, 'en')", id="sentences: short"),
        pytest.param(HTML_LINES, "html_lines('<p>' + 'a ' * 10_000)", id="HTML: words"),
        *(
            pytest.param(setup, call, id=name)
            for name, setup, call in (
                ("Markdown: brackets", MARKDOWN, "markdown_to_text('[' * 100_000)"),
                ("Markdown: stars", MARKDOWN, "markdown_to_text('*a ' * 50_000)"),
                ("sentences: marks", SENTENCES, "split_sentences('…?' * 20_000 + 'x', 'en')"),
                ("sentences: titles", SENTENCES, "split_sentences('Mr. ' * 20_000, 'en')"),
                ("HTML: marks of two classes", HTML_LINES,
                 r"html_lines('<p>a' + '\u0301\u0323' * 50_000)"),
                ("HTML: tables in tables", HTML_LINES, "html_lines('<table>' * 5_000 + 'a b')"),
            )
        ),
    ],
)  # fmt: skip
def test_what_is_long_takes_a_moment(setup: str, call: str) -> None:
    assert takes_a_moment(setup, call)
