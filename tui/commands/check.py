"""``songngu check``: translations against the glossary."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from align.model import SongnguError
from align.project import Project, listed_files
from align.text import counted
from glossary.check import check_units
from glossary.concept import Glossary
from glossary.decode import decoded
from glossary.finding import Unit
from glossary.session import current_glossary
from glossary.store import GLOSSARY_FILE, load_glossary
from glossary.units import EN_VI, VI_EN, read_units
from tui.commands import open_project
from tui.findings import exit_code, print_findings, summary
from tui.output import Output

_DIRECTIONS = {"vi-en": VI_EN, "en-vi": EN_VI}


@click.command("check")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path())
@click.option(
    "--glossary",
    "glossary_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Use this glossary instead of the project's.",
)
@click.option(
    "--direction",
    type=click.Choice(list(_DIRECTIONS)),
    help="Default: the Language of a .po file, the header of a table, else the texts.",
)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def command(
    output: Output,
    files: tuple[str, ...],
    glossary_file: Path | None,
    direction: str | None,
    style: str,
) -> int:
    """Check translations against the glossary; - is standard input.

    FILE is a gettext catalogue (.po) or a table (.tsv) of a text and its translation in each line.
    Without FILE those of check.files in songngu.yaml are checked. Fuzzy, obsolete and untranslated
    entries are left out. Exit code 1: something was found.

    \b
    T001  the term of the glossary is missing in the translation
    T002  a forbidden term is used
    T003  a deprecated term is used
    C001  one source is translated in two ways
    """
    project = None if glossary_file and files else open_project(output, None)
    glossary = _glossary(output, project, glossary_file)
    paths = list(files) or _configured(project)
    seen = {"units": 0}

    def units() -> Iterator[Unit]:
        for path in paths:
            for unit in read_units(_text(path), path, _DIRECTIONS.get(direction or "")):
                seen["units"] += 1
                yield unit

    count = print_findings(check_units(units(), glossary), style)
    texts, files_ = counted(seen["units"], "text"), counted(len(paths), "file")
    output.say(summary(count, f"{texts} of {files_}"))
    return exit_code(count)


def _glossary(output: Output, project: Project | None, file: Path | None) -> Glossary:
    if file is not None:
        found, name = load_glossary(file), file
    else:
        assert project is not None
        found, left = current_glossary(project.folder)
        name = project.folder / GLOSSARY_FILE
        if left:
            output.say(f"{len(left)} decisions in review/ do not fit {name} any more")
    undecided = sum(not concept.decided for concept in found)
    if undecided == len(found):
        raise SongnguError(
            f"{name}: nothing is decided yet; review candidates (songngu review), import a"
            " glossary (songngu import FILE), or write one"
        )
    if undecided:
        output.say(f"{undecided} of {len(found)} concepts are not decided yet and are not checked")
    return found


def _configured(project: Project | None) -> list[str]:
    assert project is not None
    entries = project.config.check.files
    if not entries:
        raise SongnguError(
            "no file to check; name some, or list them in songngu.yaml:"
            " 'check:' and below it '  files: [po/*.po]'"
        )
    found: dict[Path, str] = {}
    for entry in entries:
        for path in listed_files(project.folder, entry, "check.files"):
            found.setdefault(path.resolve(), str(path))
    return list(found.values())


def _text(path: str) -> str:
    return decoded(sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes(), path)
