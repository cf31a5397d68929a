"""``songngu lint``: the glossary itself."""

from __future__ import annotations

from pathlib import Path

import click

from align.marked_yaml import read_marked
from align.model import SongnguError
from align.text import counted
from glossary.concept_plain import read_glossary
from glossary.lint import lint
from glossary.store import GLOSSARY_FILE
from tui.commands import open_project
from tui.findings import exit_code, print_findings, summary
from tui.output import Output


@click.command("lint")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def command(output: Output, folder: Path | None, style: str) -> int:
    """Check glossary.yaml itself. Exit code 1: something is to be mended.

    \b
    G001  one term stands for two concepts, and nothing tells them apart
    G002  a language has no preferred term, or more than one
    G003  a bad term of one concept is a good one of another (a remark)
    G004  text is not composed (NFC) or has stray spaces
    G005  'see' names a concept that is not there
    """
    file = open_project(output, folder).folder / GLOSSARY_FILE
    if not file.exists():
        raise SongnguError(f"{file}: no glossary yet; songngu review or songngu import makes one")
    marked = read_marked(file)
    glossary = read_glossary(marked)
    count = print_findings(lint(glossary, marked), style)
    output.say(summary(count, counted(len(glossary), "concept")))
    return exit_code(count)
