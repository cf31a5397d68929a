"""``songngu pair``: which release and which article tell the same story."""

from __future__ import annotations

from pathlib import Path

import click

from align.model import DocumentPair
from align.store import Workspace
from tui.commands import open_project
from tui.output import Output
from tui.tables import aligned, as_json, tsv


@click.command("pair")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["text", "tsv", "json"]), default="text")
@click.option("--all", "every", is_flag=True, help="Near neighbours below .5 in the text too.")
@click.pass_obj
def command(output: Output, folder: Path | None, style: str, every: bool) -> None:
    """Show which Vietnamese and English pages of the project tell one story, best first.

    The score is the probability that they do; from .5 on they count as a pair. tsv and json list
    the near neighbours below it too. Builds what is not built yet.
    """
    from glossary.build import SAME_STORY
    from tui.commands.build import run

    project = open_project(output, folder)
    run(output, project)
    with Workspace(project.state) as workspace:
        pairs = workspace.pairs()
    if style == "json":
        print(as_json([_plain(pair) for pair in pairs], indent=1))
    elif style == "tsv":
        print(tsv(("vi", "en", "score"), [(p.vi, p.en, p.score) for p in pairs]), end="")
    else:
        kept = [pair for pair in pairs if every or pair.score >= SAME_STORY]
        print(aligned([(f"{p.score:.2f}", p.vi, p.en) for p in kept]), end="")
        if not kept:
            output.say("no two pages tell the same story; --all shows the nearest")


def _plain(pair: DocumentPair) -> dict[str, object]:
    return {"vi": pair.vi, "en": pair.en, "score": pair.score, "evidence": dict(pair.evidence)}
