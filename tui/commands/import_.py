"""``songngu import``: glossaries of other tools into this one."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from align.model import SongnguError
from glossary.concept import Concept, Glossary
from glossary.decode import decoded
from glossary.incoming import Outcome, take_in
from glossary.rows import concepts_of_rows
from glossary.session import GlossaryLock, current_glossary, write_glossary
from tui.commands import open_project
from tui.output import Output, shown


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path())
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.pass_obj
def command(output: Output, files: tuple[str, ...], dry_run: bool) -> None:
    """Take TBX, PO and CSV glossaries into the project's (-C DIR, default the nearest above).

    A term that carries a status comes in as decided by import:FILE; one without waits for review.
    What was decided here stays: where a file says otherwise, that is told as a conflict.
    """
    project = open_project(output, None)
    incoming = [(file, _read(file, output)) for file in files]
    if dry_run:
        _take(current_glossary(project.folder)[0], incoming, output)
        return
    lock = GlossaryLock(project.state, "songngu import")
    try:
        before, _ = current_glossary(project.folder)
        after = _take(before, incoming, output)
        if after != before:
            write_glossary(project.folder, after)
    finally:
        lock.release()


def _take(
    glossary: Glossary, incoming: list[tuple[str, list[Concept]]], output: Output
) -> Glossary:
    today = datetime.date.today()
    conflicts = 0
    for file, concepts in incoming:
        glossary, outcome = take_in(glossary, concepts, file=Path(file).name, on=today)
        conflicts += len(outcome.conflicts)
        _tell(file, outcome)
    if conflicts:
        output.say("What was decided here stays; to change it, review it or edit glossary.yaml.")
    return glossary


def _tell(file: str, outcome: Outcome) -> None:
    print(
        f"{shown(file)}: {len(outcome.added)} added, {len(outcome.merged)} merged,"
        f" {len(outcome.left)} left as they are, {len(outcome.conflicts)} in conflict"
    )
    for sign, some in (("+", outcome.merged), ("!", outcome.conflicts)):
        for concept, news in some:
            told = " ".join(shown("; ".join(news)).split())
            print(f"  {sign} {concept.id}: {told}")


def _read(file: str, output: Output) -> list[Concept]:
    raw = Path(file).read_bytes()
    suffix = Path(file).suffix.lower()
    if suffix in (".tbx", ".xml", ".tbxm"):
        from glossary.tbx_read import read_tbx

        base = read_tbx(raw, file)
        for remark in base.left_out[:5]:
            output.say(f"left out: {remark}")
        if len(base.left_out) > 5:
            output.say(f"left out: {len(base.left_out) - 5} more")
        return base.concepts
    if suffix in (".po", ".pot"):
        from glossary.po import read_glossary_po

        return list(concepts_of_rows(read_glossary_po(decoded(raw, file), file), file))
    if suffix in (".csv", ".tsv"):
        from glossary.spreadsheet import read_csv

        return list(concepts_of_rows(read_csv(decoded(raw, file), file), file))
    raise SongnguError(f"{file}: not a format that is imported; there are .tbx, .po and .csv")
