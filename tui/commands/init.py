"""``songngu init``: a new project."""

from __future__ import annotations

from pathlib import Path

import click

from align.config import CONFIG_FILE, DEFAULT_YAML
from align.model import LANGS, SongnguError
from tui.commands import chosen_folder
from tui.output import Output


@click.command("init")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def command(output: Output, folder: Path | None) -> None:
    """Begin a project in DIR (default: here).

    Writes a commented songngu.yaml and makes the folders vi/ and en/ for the pages. Nothing that
    is there already is changed.
    """
    place = chosen_folder(output, folder) or Path()
    config = place / CONFIG_FILE
    place.mkdir(parents=True, exist_ok=True)
    try:
        with config.open("x", encoding="utf-8", newline="\n") as file:
            file.write(DEFAULT_YAML)
    except FileExistsError as error:
        raise SongnguError(f"{config}: exists already and is left as it is; edit it") from error
    for lang in LANGS:
        (place / lang).mkdir(exist_ok=True)
    output.say(f"{config} is written. Put Vietnamese pages into {place / 'vi'}, English ones into")
    output.say(f"{place / 'en'}, then run: songngu build{'' if place == Path() else f' {place}'}")
