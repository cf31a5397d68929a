"""``songngu review``: a person decides."""

from __future__ import annotations

import datetime
import getpass
import os
import re
import sys
from pathlib import Path

import click

from align.model import SongnguError
from align.store import FILE, Workspace
from align.text import fold, fold_marks
from glossary.model import Candidate
from glossary.review import Change, candidate_of
from glossary.serial import read_candidate
from glossary.session import Session, current_glossary
from glossary.store import GLOSSARY_FILE
from tui.commands import document_dates, open_project
from tui.output import Output
from tui.review.model import ReviewModel


@click.command("review")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--reviewer",
    metavar="NAME",
    envvar="SONGNGU_REVIEWER",
    help="Whose decisions these are; default: your user name.",
)
@click.option(
    "--plain",
    is_flag=True,
    help="One question after another on stdin and stdout, for screen readers and pipes.",
)
@click.option("--read-only", is_flag=True, help="Look, decide nothing.")
@click.pass_obj
def command(
    output: Output, folder: Path | None, reviewer: str | None, plain: bool, read_only: bool
) -> None:
    """Decide on the candidates of the last build, and on what was imported without a status.

    Each decision is in review/NAME.jsonl, on disk, before the next line is shown; glossary.yaml is
    written at the end, or at the next start after a crash. Undo reaches back over restarts. Keys
    are listed by ? inside.
    """
    project = open_project(output, folder)
    if not plain and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise SongnguError("review needs a terminal; without one: songngu review --plain")
    candidates: list[Candidate] = []
    dates: dict[str, datetime.date] = {}
    imported = [one for one in map(candidate_of, current_glossary(project.folder)[0]) if one]
    if (project.state / FILE).is_file() or not imported:
        with Workspace(project.state) as workspace:
            candidates = [read_candidate(line) for line in workspace.candidates()]
            dates = document_dates(workspace)
    known = {fold(one.vi) for one in candidates}
    candidates += [one for one in imported if fold(one.vi) not in known]
    if not candidates:
        raise SongnguError(f"{project.folder}: the last build found no candidates to review")
    name = reviewer or _user()
    with Session(project.folder, project.state, name, read_only=read_only) as session:
        for change in session.left_out:
            output.say(_overtaken(change))
        model = ReviewModel(session, candidates, dates=dates)
        try:
            if plain:
                from tui.review.plain import run_plain

                run_plain(model, sys.stdin, sys.stdout)
            else:
                _on_screen(model, project.folder.resolve().name)
        finally:
            left = session.save()
        for change in left:
            output.say(_overtaken(change))
    file = project.folder / GLOSSARY_FILE
    where = f"; saved in {file}" if file.exists() and not read_only else ""
    output.say(f"{model.decided:,} of {len(model.rows):,} decided, {model.decided_here} now{where}")


def _overtaken(change: Change) -> str:
    return f"{change.key}: was changed in glossary.yaml meanwhile; that stays, decide anew"


def _on_screen(model: ReviewModel, project: str) -> None:
    # Half of what is left of a key's delay is waiting for the next frame.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    from tui.review.app import ReviewApp

    app = ReviewApp(model, project=project)
    app.run()
    if app.return_code:
        raise SongnguError("the screen failed; every decision up to then is kept")


def _user() -> str:
    """The user's name, as a reviewer's."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError) as error:  # no name, as in some containers
        raise SongnguError("who are you? say --reviewer NAME") from error
    return re.sub(r"[^a-z0-9_.@+-]", "-", fold_marks(name)).strip("-.@+_") or "reviewer"
