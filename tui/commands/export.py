"""``songngu export``: the glossary in the formats of other tools."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from align.files import replace_file
from align.project import Project
from align.store import FILE, Workspace
from align.text import counted
from glossary.concept import Concept
from glossary.review import Entries, concepts_of
from glossary.serial import read_candidate
from glossary.session import current_glossary
from tui.cli import version
from tui.commands import document_dates, open_project
from tui.output import Output


@click.command("export")
@click.argument("style", metavar="po|tbx|csv", type=click.Choice(["po", "tbx", "csv"]))
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to FILE; default: stdout.",
)
@click.option(
    "--include-unreviewed", is_flag=True, help="Add what nobody decided on yet, marked as such."
)
@click.option(
    "--min-probability",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="P",
    help="Of the unreviewed, only candidates at least so probable.",
)
@click.pass_obj
def command(
    output: Output,
    style: str,
    folder: Path | None,
    target: Path | None,
    include_unreviewed: bool,
    min_probability: float,
) -> None:
    """Write the reviewed glossary as a gettext catalogue, a TBX term base or a table.

    \b
    po   one entry a term pair, msgctxt the id of its concept; unreviewed ones are fuzzy
    tbx  TBX v3 (ISO 30042:2019), TBX-Basic, DCA
    csv  one row a term pair, for spreadsheets

    What was rejected is never written. The same glossary gives the same bytes.
    """
    project = open_project(output, folder)
    glossary, _ = current_glossary(project.folder)
    concepts = [concept for concept in glossary if concept.decided or include_unreviewed]
    if include_unreviewed and (project.state / FILE).is_file():
        concepts += _unreviewed(project, Entries(glossary), min_probability)
    concepts.sort(key=lambda one: one.id)
    content = _written(style, concepts)
    if target is None or str(target) == "-":
        sys.stdout.buffer.write(content)
    else:
        replace_file(target, content)
    open_ = sum(not concept.decided for concept in concepts)
    named = counted(len(concepts), "concept")
    output.say(f"{named}{f', {open_} of them unreviewed' if open_ else ''}")
    if style == "po" and (lone := sum(not concept.forms("vi") for concept in concepts)):
        output.say(f"{lone} of them without a Vietnamese term, which have no place in a .po")
    if not concepts:
        output.say("nothing is decided yet: songngu review, or export with --include-unreviewed")


def _unreviewed(project: Project, entries: Entries, least: float) -> list[Concept]:
    with Workspace(project.state) as workspace:
        candidates = [read_candidate(line) for line in workspace.candidates()]
        dates = document_dates(workspace)
    likely = (one for one in candidates if one.probability >= least)
    return list(concepts_of(likely, entries, dates))


def _written(style: str, concepts: list[Concept]) -> bytes:
    if style == "po":
        from glossary.po import write_glossary_po

        return write_glossary_po(
            concepts, version=version() or "0", revised=_revised(concepts)
        ).encode()
    if style == "csv":
        from glossary.spreadsheet import write_csv

        return write_csv(concepts).encode()
    from glossary.tbx import write_tbx

    return write_tbx(concepts, title="Vietnamese-English glossary")


def _revised(concepts: list[Concept]) -> str:
    """The day of the last decision, so that one glossary gives one file; without one the epoch."""
    days = [decision.date for concept in concepts for decision in concept.decisions]
    return max(days, default=datetime.date(1970, 1, 1)).isoformat()
