#!/usr/bin/env python3
"""Write docs/commands.md from the commands themselves.

python docs/make_commands.py           write it
python docs/make_commands.py --check   fail where it is not current
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import click

from align.config import DEFAULT_YAML
from tui.cli import COMMANDS, songngu

TARGET = Path(__file__).with_name("commands.md")


def page() -> str:
    context = click.Context(songngu, info_name="songngu")
    parts = [
        "# Commands and settings",
        "Made by `docs/make_commands.py` from the program; do not edit.",
        _block(songngu.get_help(context)),
    ]
    for name in COMMANDS:
        command = songngu.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        parts += [f"## songngu {name}", _block(command.get_help(inner))]
    parts += ["## songngu.yaml", _block(DEFAULT_YAML, "yaml")]
    return "\n\n".join(parts) + "\n"


def _block(text: str, kind: str = "text") -> str:
    return f"```{kind}\n{text.strip()}\n```"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(TARGET.read_text("utf-8") != page() and "docs/commands.md is not current")
    TARGET.write_text(page(), "utf-8")
