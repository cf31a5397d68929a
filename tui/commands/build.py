"""``songngu build``: pages to ranked term candidates."""

from __future__ import annotations

from pathlib import Path

import click

from align.project import Project
from glossary.build import SAME_STORY, Report, build
from tui.commands import open_project
from tui.output import ExitCode, Output, shown
from tui.tables import aligned

SHOWN = 10


@click.command("build")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="A page that cannot be used ends the build.")
@click.pass_obj
def command(output: Output, folder: Path | None, strict: bool) -> int:
    """Clean, pair, align and mine the project in DIR; redo only what changed.

    Prints counts and the ten best candidates; pages without an article are named on stderr.
    """
    project = open_project(output, folder)
    report = run(output, project, strict=strict)
    print(_counts(report))
    print(best(report), end="")
    return ExitCode.OK


def run(output: Output, project: Project, *, strict: bool = False) -> Report:
    """Build the project with progress on stderr, naming skipped pages."""
    said = ""

    def step(stage: str, done: int, total: int) -> None:
        nonlocal said
        if stage != said and not output.no_progress:
            said = stage
            output.say(f"{stage} …")

    report = build(project, strict=strict, step=step)
    for path, why in report.skipped:
        output.say(f"skipped {path}: {why}")
    return report


def best(report: Report) -> str:
    """The first candidates, for people."""
    rows = [
        (f"{number}.", shown(one.vi), "→", shown(one.en), f"{one.probability:.2f}", one.kind)
        for number, one in enumerate(report.candidates[:SHOWN], 1)
    ]
    return aligned(rows, right=(0,))


def _counts(report: Report) -> str:
    languages = [sum(one.lang == lang for one in report.documents) for lang in ("vi", "en")]
    same = sum(pair.score >= SAME_STORY for pair in report.pairs)
    relations = [
        sum(bead.relation == relation for group in report.beads.values() for bead in group)
        for relation in ("translation", "partial")
    ]
    news = (
        f"new: {report.cleaned} pages, {report.aligned} pairs"
        if report.mined
        else "nothing changed since the last build"
    )
    return (
        f"{languages[0]} Vietnamese and {languages[1]} English documents,"
        f" {len(report.skipped)} pages skipped\n"
        f"{same} document pairs; {relations[0]} sentence translations, {relations[1]} partial\n"
        f"{len(report.candidates)} term candidates ({news})\n"
    )
