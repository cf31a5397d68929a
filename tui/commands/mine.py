"""``songngu mine``: the ranked candidates of the last build."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from align.store import Workspace
from glossary.model import Channel, Kind
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
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(get_args(Kind)),
    help="Only candidates of this kind; may be given again.",
)
@click.option("--channel", type=click.Choice(get_args(Channel)), help="Only of this evidence.")
@click.option(
    "--min-probability", type=click.FloatRange(0, 1), default=0.0, help="Only from this one on."
)
@click.option(
    "--min-count",
    type=click.IntRange(min=1),
    default=1,
    help="Only where the Vietnamese form stands at least so often.",
)
@click.option("--new", "undecided", is_flag=True, help="Only what is to be decided, or open again.")
@click.option("--limit", type=click.IntRange(min=1), help="Only the first N.")
@click.pass_obj
def command(
    output: Output,
    folder: Path | None,
    style: str,
    kinds: tuple[Kind, ...],
    channel: Channel | None,
    min_probability: float,
    min_count: int,
    undecided: bool,
    limit: int | None,
) -> None:
    """List the term candidates of the last build, best first.

    The order weighs the probability that the pair is right by how much the Vietnamese form is a
    term at all.
    """
    project = open_project(output, folder)
    with Workspace(project.state) as workspace:
        lines = workspace.candidates()
    entries = Entries(current_glossary(project.folder)[0])
    read = ((line, read_candidate(line)) for line in lines)
    told = ((line, one, entries.standing(one)) for line, one in read)
    chosen = [
        (line, one, verdict)
        for line, one, verdict in told
        if one.probability >= min_probability
        and one.count >= min_count
        and (not kinds or one.kind in kinds)
        and channel in (None, one.channel)
        and (verdict in ("new", "reopened") or not undecided)
    ][:limit]
    if style == "jsonl":
        print("".join(escaped(line) + "\n" for line, _, _ in chosen), end="")
        return
    rows = [
        (
            one.vi, one.en, round(one.probability, 4), one.kind, one.count, len(one.documents),
            one.channel, verdict,
        )
        for _, one, verdict in chosen
    ]  # fmt: skip
    if style == "tsv":
        print(tsv(COLUMNS, rows), end="")
    else:
        table = [(vi, en, f"{p:.2f}", *rest[:3], rest[-1]) for vi, en, p, *rest in rows]
        print(aligned([(*COLUMNS[:6], "status"), *table]), end="")
