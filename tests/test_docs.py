"""The documentation is what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tui.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_command_reference_is_current() -> None:
    made = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "make_commands.py"), "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"songngu {name}" in README


@pytest.mark.parametrize(
    "link", [one for one in re.findall(r"\]\(([^)#]+)", README) if "://" not in one]
)
def test_links_of_the_readme_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


def test_commands_of_the_readme_exist() -> None:
    used = set(re.findall(r"`songngu ([a-z]+)", README))
    assert used - {"build"} <= set(COMMANDS) | {"build"}


def test_every_change_is_a_plain_sentence() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
    assert all(line.startswith(("#", "- ", "  ")) or not line for line in lines)
