"""``songngu beads``: every aligned sentence of the last build."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from align.segment import sentences_of
from align.store import Workspace
from align.tmx import Unit, write_tmx
from tui.cli import version
from tui.commands import open_project
from tui.output import Output
from tui.tables import as_json, tsv

COLUMNS = (
    "vi_document",
    "en_document",
    "vi",
    "en",
    "probability",
    "relation",
    "vi_text",
    "en_text",
)


@click.command("beads")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["tsv", "jsonl", "tmx"]), default="tsv")
@click.pass_obj
def command(output: Output, folder: Path | None, style: str) -> None:
    """List all beads of the last build, sentences without a partner too (not in TMX).

    Columns vi and en count the sentences of each document from 0.
    """
    project = open_project(output, folder)
    with Workspace(project.state) as workspace:
        units = list(_units(workspace))
    if style == "tmx":
        sys.stdout.buffer.write(write_tmx(units, version=version() or "0"))
    elif style == "jsonl":
        for unit in units:
            print(as_json(_plain(unit)))
    else:
        print(tsv(COLUMNS, map(_row, units)), end="")


def _units(workspace: Workspace) -> Iterator[Unit]:
    sentences = {(one.lang, one.id): sentences_of(one) for one in workspace.documents()}
    for (vi, en), beads in workspace.beads().items():
        for bead in beads:
            yield Unit(
                " ".join(sentences["vi", vi][i] for i in bead.vi),
                " ".join(sentences["en", en][j] for j in bead.en),
                bead,
                vi,
                en,
            )


def _row(unit: Unit) -> tuple[object, ...]:
    bead = unit.bead
    return (
        unit.vi_document, unit.en_document, " ".join(map(str, bead.vi)),
        " ".join(map(str, bead.en)), bead.probability, bead.relation, unit.vi, unit.en,
    )  # fmt: skip


def _plain(unit: Unit) -> dict[str, object]:
    bead = unit.bead
    return {
        "vi_document": unit.vi_document, "en_document": unit.en_document, "vi": list(bead.vi),
        "en": list(bead.en), "probability": bead.probability, "relation": bead.relation,
        "evidence": dict(bead.evidence), "vi_text": unit.vi, "en_text": unit.en,
    }  # fmt: skip
