"""The documentation is what the program does."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from align.marked_yaml import load_marked
from glossary.concept import Concept
from glossary.concept_plain import concept_plain, read_glossary
from glossary.lint import LINT_RULES
from glossary.rules import RULES
from glossary.store import glossary_text
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


FIRST_SCREEN = README[: README.index("## Try it")]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")


@pytest.mark.parametrize(
    "line",
    [
        line
        for block in re.findall(r"```sh\n(.*?)```", FIRST_SCREEN, re.DOTALL)
        for line in block.splitlines()
    ],
)
def test_each_command_of_the_first_screen_runs(line: str, sample: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    shutil.copytree(sample, tmp_path / "data" / "sample")
    shutil.copytree(ROOT / "data" / "translation", tmp_path / "data" / "translation")
    command = line.partition("#")[0].strip().replace("songngu", f"{sys.executable} -m tui.cli", 1)
    if " review " in command:  # there is no terminal here
        command += " --plain"
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == (1 if " check" in command else 0), done.stderr
    made = re.search(r"(?:-o|>) (\S+)", command)
    assert made is None or (tmp_path / made[1]).stat().st_size > 1000


def test_the_first_screen_tells_the_three_uses() -> None:
    assert all(f"songngu {use} " in FIRST_SCREEN for use in ("build", "review", "export", "beads"))
    assert "songngu -C data/translation check" in FIRST_SCREEN


def test_the_glossary_of_the_documentation_is_one() -> None:
    yaml = re.search(r"```yaml\n(.*?)```", GLOSSARY, re.DOTALL)
    assert yaml
    glossary = read_glossary(load_marked(yaml[1], "docs/glossary.md"))
    plain = concept_plain(glossary.concepts[0])
    assert len(plain) == len(Concept.__dataclass_fields__), "every key is shown"
    assert glossary_text(glossary) == re.sub(r" +#.*", "", yaml[1]), "in its order"


@pytest.mark.parametrize("rule", [*RULES, *LINT_RULES])
def test_every_rule_is_documented(rule: str) -> None:
    assert rule in GLOSSARY
