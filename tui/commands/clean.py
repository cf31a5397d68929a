"""``songngu clean``: raw pages to articles."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from align.model import Cleaned, NoArticle
from tui.commands import nearest_settings
from tui.output import ExitCode, Output, shown
from tui.tables import as_json


@click.command("clean")
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True, type=click.Path())
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text")
@click.option("--explain", is_flag=True, help="Print each repair and removed line with its place.")
@click.pass_obj
def command(output: Output, pages: tuple[str, ...], style: str, explain: bool) -> int:
    """Take the article out of each PAGE (- is stdin) and leave menus and lists behind.

    Lines that only your pages have go into songngu.yaml under clean. --format json prints one
    object a page, a page without an article as {"id", "error"}.
    """
    from align.clean import clean_page

    lists = nearest_settings(output).clean
    failed = False
    for page in pages:
        raw = sys.stdin.buffer.read() if page == "-" else Path(page).read_bytes()
        try:
            cleaned = clean_page(raw, source="" if page == "-" else page, lists=lists)
        except NoArticle as error:
            failed = True
            output.error(f"{page}: {error}")
            if style == "json":
                print(as_json({"id": Path(page).stem, "error": str(error)}))
            continue
        print(_as_object(cleaned) if style == "json" else _as_text(cleaned))
        if explain:
            _explain(page, cleaned)
    return ExitCode.ERROR if failed else ExitCode.OK


def _as_object(cleaned: Cleaned) -> str:
    """One line."""
    document = cleaned.document
    return as_json(
        {
            "id": document.id,
            "lang": document.lang,
            "title": document.title,
            "date": document.date.isoformat() if document.date else None,
            "source": document.source,
            "byline": document.byline,
            "paragraphs": list(document.paragraphs),
            "repairs": [asdict(repair) for repair in cleaned.repairs],
            "removed": [asdict(line) for line in cleaned.removed],
        },
    )


def _as_text(cleaned: Cleaned) -> str:
    document = cleaned.document
    date = document.date.isoformat() if document.date else ""
    facts = " | ".join(part for part in (date, document.byline, document.source) if part)
    head = [part for part in (document.title, facts) if part]
    return shown("\n\n".join([*head, *document.paragraphs])) + "\n"


def _explain(page: str, cleaned: Cleaned) -> None:
    for repair in cleaned.repairs:
        print(
            f"{shown(page)}: {repair.start}-{repair.end}: {repair.fix}: {_short(repair.before)} -> "
            f"{_short(repair.after)}",
            file=sys.stderr,
        )
    for line in cleaned.removed:
        print(
            f"{shown(page)}: line {line.line}: {line.kind}: {shown(line.text)[:100]}",
            file=sys.stderr,
        )


def _short(text: str) -> str:
    """As it is written in a program, the middle of what is long left out."""
    return f"{text!a}" if len(text) <= 80 else f"{text[:60]!a}... ({len(text)} characters)"
