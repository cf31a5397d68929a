"""``songngu mine``: the ranked candidates of the last build."""

from __future__ import annotations

from pathlib import Path

import click

from align.store import Workspace
from glossary.review import Entries
from glossary.serial import read_candidate
from glossary.session import current_glossary
from tui.commands import open_project
from tui.output import Output
from tui.tables import aligned, escaped, tsv

COLUMNS = ("vi", "en", "probability", "kind", "count", "documents", "channel", "status")


@click.command("mine")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["text", "tsv", "jsonl"]), default="text")
@click.option("--limit", type=click.IntRange(min=1), help="Only the first N.")
@click.pass_obj
def command(output: Output, folder: Path | None, style: str, limit: int | None) -> None:
    """List the term candidates of the last build, best first.

    The order weighs the probability that the pair is right by how much the Vietnamese form is a
    term at all.
    """
    project = open_project(output, folder)
    with Workspace(project.state) as workspace:
        lines = workspace.candidates()[:limit]
    entries = Entries(current_glossary(project.folder)[0])
    if style == "jsonl":
        print("".join(escaped(line) + "\n" for line in lines), end="")
        return
    rows = [
        (
            one.vi, one.en, round(one.probability, 4), one.kind, one.count, len(one.documents),
            one.channel, entries.verdict(one.vi),
        )
        for one in map(read_candidate, lines)
    ]  # fmt: skip
    if style == "tsv":
        print(tsv(COLUMNS, rows), end="")
    else:
        table = [(vi, en, f"{p:.2f}", *rest[:3], rest[-1]) for vi, en, p, *rest in rows]
        print(aligned([(*COLUMNS[:6], "status"), *table]), end="")
