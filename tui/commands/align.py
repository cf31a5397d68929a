"""``songngu align``: the sentences of two files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from align.bead_format import write_beads
from align.config import CleanConfig
from align.model import Bead, Lang, NoArticle, SongnguError
from align.tmx import Unit, write_tmx
from tui.cli import version
from tui.commands import nearest_settings
from tui.output import Output, shown
from tui.tables import as_json, tsv


@click.command("align")
@click.argument("vi", metavar="VI", type=click.Path())
@click.argument("en", metavar="EN", type=click.Path())
@click.option("--lines", is_flag=True, help="The files hold one sentence a line already.")
@click.option(
    "--format", "style", type=click.Choice(["text", "beads", "tsv", "json", "tmx"]), default="text"
)
@click.option("--encoder", default="e5-small", show_default=True, help="Or hub:NAME.")
@click.pass_obj
def command(output: Output, vi: str, en: str, lines: bool, style: str, encoder: str) -> None:
    """Align the sentences of a Vietnamese and an English page (- is stdin).

    Each is cleaned first, unless --lines is given. A sentence without a partner stays alone.
    """
    from align.beads import align_sentences
    from align.encoder import load_encoder

    lists = nearest_settings(output).clean
    sides = _read(vi, "vi", lists, lines), _read(en, "en", lists, lines)
    beads = align_sentences(*sides, encoder=load_encoder(encoder))
    units = [_unit(bead, *sides) for bead in beads]
    if style == "beads":
        print(write_beads(beads), end="")
    elif style == "tsv":
        rows = [(u.bead.probability, u.bead.relation, u.vi, u.en) for u in units]
        print(tsv(("probability", "relation", "vi", "en"), rows), end="")
    elif style == "json":
        print(as_json([_plain(unit) for unit in units], indent=1))
    elif style == "tmx":
        sys.stdout.buffer.write(write_tmx(units, version=version() or "0"))
    else:
        for unit in units:
            print(_text(unit))


def _read(path: str, lang: Lang, lists: CleanConfig, lines: bool) -> list[str]:
    raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    if lines:
        from align.clean.decode import decode
        from align.text import nfc

        return [nfc(line) for line in decode(raw).splitlines()] if raw.strip() else []
    from align.clean import clean_page
    from align.segment import sentences_of

    try:
        cleaned = clean_page(raw, source="" if path == "-" else path, lang=lang, lists=lists)
    except NoArticle as error:
        raise SongnguError(f"{path}: {error}; --lines takes it as it is") from error
    return sentences_of(cleaned.document)


def _unit(bead: Bead, vi: list[str], en: list[str]) -> Unit:
    return Unit(" ".join(vi[i] for i in bead.vi), " ".join(en[j] for j in bead.en), bead)


def _plain(unit: Unit) -> dict[str, object]:
    bead = unit.bead
    return {
        "vi": list(bead.vi), "en": list(bead.en), "probability": bead.probability,
        "relation": bead.relation, "evidence": dict(bead.evidence), "vi_text": unit.vi,
        "en_text": unit.en,
    }  # fmt: skip


def _text(unit: Unit) -> str:
    bead = unit.bead
    places = f"{_places(bead.vi)} ↔ {_places(bead.en)}"
    head = f"{places}  {bead.relation} {bead.probability:.2f}"
    sides = [f"  {lang} {shown(text)}" for lang, text in (("vi", unit.vi), ("en", unit.en)) if text]
    return "\n".join([head, *sides]) + "\n"


def _places(indices: tuple[int, ...]) -> str:
    return "+".join(map(str, indices)) or "–"
