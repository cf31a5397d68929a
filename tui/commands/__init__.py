"""The subcommands, one module each: parse, call, print."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from align.config import Config
from align.project import Project, find_project, nearest_config
from tui.output import Output

if TYPE_CHECKING:
    from align.store import Workspace


def chosen_folder(output: Output, folder: Path | None) -> Path | None:
    """The folder given as ``DIR`` or by ``-C``; ``None`` where neither is."""
    if folder is not None and output.project is not None:
        raise click.UsageError(f"the folder is given twice: {folder} and -C {output.project}")
    return folder if folder is not None else output.project


def open_project(output: Output, folder: Path | None) -> Project:
    """The project a command is to work on; *folder* is its argument ``DIR``."""
    return find_project(chosen_folder(output, folder), Path())


def nearest_settings(output: Output) -> Config:
    """The settings for a command that needs no project."""
    return nearest_config(output.project, Path())


def document_dates(workspace: Workspace) -> dict[str, datetime.date]:
    """The dates of the dated documents, by id."""
    return {one.id: one.date for one in workspace.documents() if one.date}
