"""``songngu status``: what a project holds and what a build would redo."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from align.store import Workspace
from glossary.build import SAME_STORY, stale
from glossary.review import Entries
from glossary.serial import read_candidate
from glossary.session import current_glossary
from tui.commands import open_project
from tui.output import Output, shown
from tui.tables import as_json


@click.command("status")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def command(output: Output, folder: Path | None, style: str) -> None:
    """Count documents, pairs, beads and candidates of the last build, and tell what is stale."""
    project = open_project(output, folder)
    with Workspace(project.state) as workspace:
        pages = workspace.pages()
        pairs = workspace.pairs()
        beads = [bead for group in workspace.beads().values() for bead in group]
        candidates = workspace.candidates() if workspace.made_from("mine") else []
        entries = Entries(current_glossary(project.folder)[0])
        verdicts = Counter(entries.standing(read_candidate(line)) for line in candidates)
        counts = {
            "documents_vi": sum(page.document is not None and page.lang == "vi" for page in pages),
            "documents_en": sum(page.document is not None and page.lang == "en" for page in pages),
            "skipped": sum(bool(page.skipped) for page in pages),
            "pairs": sum(pair.score >= SAME_STORY for pair in pairs),
            "translations": sum(bead.relation == "translation" for bead in beads),
            "partial": sum(bead.relation == "partial" for bead in beads),
            "candidates": len(candidates),
            "reviewed": verdicts["accepted"] + verdicts["rejected"],
            "accepted": verdicts["accepted"],
            "rejected": verdicts["rejected"],
            "reopened": verdicts["reopened"],
        }
        reasons = stale(project, workspace)
    if style == "json":
        print(as_json({**counts, "stale": reasons}, indent=1))
        return
    for name, count in counts.items():
        print(f"{name.replace('_', ' '):14} {count}")
    for reason in reasons:
        print(f"stale: {shown(reason)}")
