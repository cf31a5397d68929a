"""The whole way of a terminology editor and a translator: pages, candidates, decisions on two
screens, a crash, three formats out and in, a translation checked."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from align.store import Workspace
from glossary import Concept, load_glossary, save_glossary
from glossary.concept import Term
from glossary.serial import read_candidate
from glossary.session import Session
from tui.review.app import ReviewApp
from tui.review.model import ReviewModel

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = Path(__file__).parent / "data" / "tbx-basic-v3-dca.rng"
SONGNGU = [sys.executable, "-m", "tui.cli"]

pytestmark = pytest.mark.system


@pytest.fixture(autouse=True)
def _programs(needs: Callable[[str, str], None]) -> None:
    needs("tmux", "tmux")
    needs("msgfmt", "gettext")


def songngu(*arguments: object, code: int = 0) -> str:
    """stdout of a run that ends with *code*."""
    done = subprocess.run(
        [*SONGNGU, *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


class Terminal:
    """A real terminal of 120 columns and 40 lines with a program in it."""

    def __init__(self) -> None:
        self._socket = f"songngu-{uuid.uuid4().hex[:8]}"

    def start(self, *command: object) -> None:
        line = " ".join(f"'{part}'" for part in command)
        self._tmux(
            "-u", "-f", "/dev/null", "new-session", "-d", "-s", "s", "-x", "120", "-y", "40",
            f"cd '{ROOT}' && exec {line}",
        )  # fmt: skip

    def press(self, *keys: str) -> None:
        self._tmux("send-keys", "-t", "s", *keys)

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p", "-t", "s")

    def wait(self, holds: Callable[[str], bool]) -> str:
        """The screen as soon as *holds* is true of it; fails after half a minute."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            screen = self.screen()
            if holds(screen):
                return screen
            time.sleep(0.05)  # between looks; nothing hangs on its length
        raise AssertionError(f"not seen in half a minute:\n{self.screen()}")

    def pid(self) -> int:
        return int(self._tmux("list-panes", "-t", "s", "-F", "#{pane_pid}").strip())

    def gone(self) -> None:
        """Wait until the program has ended."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if self._run("has-session", "-t", "s").returncode:
                return
            time.sleep(0.05)
        raise AssertionError("still running")

    def close(self) -> None:
        self._run("kill-server")

    def _tmux(self, *arguments: str) -> str:
        done = self._run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["tmux", "-L", self._socket, *arguments],
            capture_output=True, text=True, encoding="utf-8", check=False,
            env=os.environ | {"LANG": "C.UTF-8", "TERM": "xterm-256color"},
        )  # fmt: skip


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    terminal = Terminal()
    yield terminal
    terminal.close()


async def test_from_pages_to_a_checked_translation(
    sample_copy: Path, terminal: Terminal, tmp_path: Path
) -> None:
    built = re.search(r"(\d+) term candidates", songngu("build", sample_copy))
    assert built
    await _review_by_pilot(sample_copy)
    _review_in_a_terminal(sample_copy, terminal, f"{int(built[1]):,}")

    glossary = load_glossary(sample_copy)
    assert len(glossary) == 9  # ten accepted, one of them undone
    assert [one.vi for one in glossary.rejected] == sorted(_forms(sample_copy)[i] for i in (5, 6))
    assert all(decision.reviewer == "lan" for one in glossary for decision in one.decisions)

    for style in ("po", "tbx", "csv"):
        _out_and_in(sample_copy, style, tmp_path)
    _check_a_translation(sample_copy, tmp_path)


async def _review_by_pilot(project: Path) -> None:
    """Five accepted, the sixth rejected."""
    with Workspace(project / ".songngu") as workspace:
        candidates = [read_candidate(line) for line in workspace.candidates()]
    with Session(project, project / ".songngu", "lan") as session:
        app = ReviewApp(ReviewModel(session, candidates), project="sample")
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press(*["enter"] * 5, "minus")
        session.save()


def _review_in_a_terminal(project: Path, terminal: Terminal, total: str) -> None:
    """The seventh rejected, five more accepted, one undone; killed before anything is saved, and
    opened again."""
    command = (*SONGNGU, "review", project, "--reviewer", "lan")
    terminal.start(*command)
    terminal.wait(lambda screen: f"6/{total}" in screen)
    terminal.press("-")
    terminal.wait(lambda screen: f"7/{total}" in screen)
    terminal.press(*["Enter"] * 5)
    terminal.wait(lambda screen: f"12/{total}" in screen)
    terminal.press("C-z")
    terminal.wait(lambda screen: "↶ undone" in screen)
    os.kill(terminal.pid(), signal.SIGKILL)
    terminal.gone()
    assert len(load_glossary(project)) == 5  # what was saved before the crash

    terminal.start(*command)
    screen = terminal.wait(lambda screen: f"11/{total}" in screen)
    assert "✓ 9" in screen and "✗ 2" in screen
    assert all(len(line) <= 120 for line in screen.splitlines())
    terminal.press("C-y")  # what was undone before the crash can be brought back
    terminal.wait(lambda screen: f"12/{total}" in screen)
    terminal.press("C-z")
    terminal.wait(lambda screen: f"11/{total}" in screen)
    terminal.press("C-q")
    terminal.gone()


def _forms(project: Path) -> list[str]:
    with Workspace(project / ".songngu") as workspace:
        return [read_candidate(line).vi for line in workspace.candidates()]


def _out_and_in(project: Path, style: str, tmp_path: Path) -> None:
    file = tmp_path / f"glossary.{style}"
    songngu("export", style, project, "-o", file)
    if style == "po":
        subprocess.run(["msgfmt", "--check", "-o", os.devnull, file], check=True)
    if style == "tbx":
        schema = etree.RelaxNG(etree.parse(SCHEMA))
        assert schema.validate(etree.parse(file)), schema.error_log
    empty = tmp_path / f"empty-{style}"
    songngu("init", empty)
    assert "9 added" in songngu("-C", empty, "import", file)
    taken = load_glossary(empty)
    assert [_without_import(one, file.name) for one in taken] == list(load_glossary(project))


def _without_import(concept: Concept, file: str) -> Concept:
    *earlier, last = concept.decisions
    assert (last.verdict, last.reviewer) == ("import", f"import:{file}")
    return replace(concept, decisions=tuple(earlier))


def _check_a_translation(project: Path, tmp_path: Path) -> None:
    glossary = load_glossary(project)
    first, second, third, fourth = (
        (one, one.heading("vi"), one.heading("en")) for one in glossary.concepts[:4]
    )
    # A terminologist adds what the candidates did not offer.
    edited = [
        replace(one, terms=(*one.terms, Term("en", text, status)))
        for (one, _, _), text, status in (
            (second, "Bogus Bureau", "forbidden"), (third, "Old Office", "deprecated"),
        )
    ]  # fmt: skip
    kept = [one for one in glossary if one.id not in {two.id for two in edited}]
    save_glossary([*kept, *edited], project)

    rows = [
        (f"Hôm qua, {one.heading('vi')} đã trả lời.", f"Yesterday {one.heading('en')} replied.")
        for one in glossary
    ]
    planted = [
        (f"Theo {first[1]}, việc này đã xong.", "They say it is done."),
        (f"Theo {second[1]}, việc này đã xong.", "The Bogus Bureau says it is done."),
        (f"Theo {third[1]}, việc này đã xong.", "The Old Office says it is done."),
        (f"Hôm qua, {fourth[1]} đã trả lời.", f"An answer came from {fourth[2]} yesterday."),
    ]
    table = tmp_path / "news.tsv"
    table.write_text("".join(f"{vi}\t{en}\n" for vi, en in (*rows, *planted)), "utf-8")
    found = songngu("-C", project, "check", table, code=1).splitlines()
    places = [line.removeprefix(f"{table}:").split(": ")[:2] for line in found]
    assert [(place.partition(":")[0], rule) for place, rule in places] == [
        ("10", "T001"), ("11", "T002"), ("12", "T003"), ("13", "C001"),
    ]  # fmt: skip
