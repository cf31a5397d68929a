"""``songngu terms``: how consistently each term is translated."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from align.store import Workspace
from glossary.consistency import Usage, usages
from glossary.official import official_names
from glossary.serial import read_candidate
from tui.commands import open_project
from tui.output import Output, shown
from tui.tables import as_json, tsv

COLUMNS = (
    "vi", "kind", "count", "first_date", "last_date", "entropy", "en", "probability", "en_count",
    "en_documents", "claimed_by", "en_first_date", "en_last_date", "variants", "notes",
)  # fmt: skip


@click.command("terms")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["text", "tsv", "json"]), default="text")
@click.pass_obj
def command(output: Output, folder: Path | None, style: str) -> None:
    """Show each concept with every English form attested for it; the most scattered first.

    Entropy, in bits, tells how scattered the forms are: 0 is one form only. Vietnamese variants
    (another spelling, an abbreviation) of one concept stand together; a form that is the best of
    other terms too names them. Notes tell which form gave way to which, and names that are used
    outside the years they are in force.
    """
    project = open_project(output, folder)
    with Workspace(project.state) as workspace:
        found = usages(
            map(read_candidate, workspace.candidates()),
            dates={one.id: one.date for one in workspace.documents() if one.date},
            known=official_names() if project.config.official_names else (),
        )
    if style == "json":
        plain = [asdict(use) | {"entropy": round(use.entropy, 3)} for use in found]
        print(as_json(plain, indent=1))
    elif style == "tsv":
        print(tsv(COLUMNS, [row for use in found for row in _rows(use)]), end="")
    else:
        for use in found:
            print(_text(use))


def _rows(use: Usage) -> list[tuple[object, ...]]:
    return [
        (
            use.vi, use.kind, use.count, use.first_date, use.last_date, round(use.entropy, 3),
            form.en, form.probability, form.count, " ".join(form.documents),
            " | ".join(form.claimed_by), form.first_date, form.last_date,
            " | ".join(use.variants), " | ".join(use.notes),
        )
        for form in use.forms
    ]  # fmt: skip


def _text(use: Usage) -> str:
    dates = f", {use.first_date} to {use.last_date}" if use.first_date else ""
    lines = [f"{shown(use.vi)}  ({use.kind}, {use.count} times{dates}, {use.entropy:.2f} bits)"]
    if use.variants:
        lines.append(f"    also written: {shown(', '.join(use.variants))}")
    for form in use.forms:
        claimed = f"  conflict: {shown(', '.join(form.claimed_by))}" if form.claimed_by else ""
        lines.append(
            f"    {form.probability:.2f}  {shown(form.en)}  {form.count} times in"
            f" {shown(', '.join(form.documents))}{claimed}"
        )
    lines += [f"    note: {shown(note)}" for note in use.notes]
    return "\n".join(lines)
