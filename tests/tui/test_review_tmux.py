"""The review in a real terminal: a decision outlives ``kill -9``, and undo reaches over it."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from align.store import Workspace
from glossary.journal import journal_path, read_journal
from glossary.serial import read_candidate
from glossary.store import load_glossary
from tui.review.keys import key_line

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
"""Seconds until something that ought to be on the screen is given up."""

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")},
    "LC_ALL": "C.UTF-8",
    "PYTHONPATH": str(ROOT),
    "TERM": "xterm-256color",
}
"""Without a size, which Textual would take for that of the terminal; pytest-xdist sets one."""

pytestmark = pytest.mark.system


class Terminal:
    """A terminal of its own with one program in it."""

    def __init__(self, width: int, height: int, *command: object) -> None:
        self.sockets = tempfile.mkdtemp()  # short: a socket's path has little room
        self.socket = f"songngu-{uuid.uuid4().hex[:12]}"
        self.command = "exec " + shlex.join(map(str, command))
        self.tmux("-f", os.devnull, "new-session", "-d", "-x", width, "-y", height,
                  "cat", ";", "set-option", "-g", "remain-on-exit", "on", ";",
                  "set-option", "-g", "status", "off")  # fmt: skip
        self.tmux("resize-window", "-x", width, "-y", height)
        self.start()

    def tmux(self, *arguments: object) -> str:
        """What a command of tmux prints."""
        done = subprocess.run(
            ["tmux", "-L", self.socket, "-u", *map(str, arguments)],
            env={**ENVIRONMENT, "TMUX_TMPDIR": self.sockets},
            capture_output=True,
            check=True,
            timeout=PATIENCE,
        )
        return done.stdout.decode("utf-8")

    def start(self) -> None:
        """Begin the program, in place of what runs there."""
        self.tmux("respawn-pane", "-k", self.command)

    def press(self, *keys: str) -> None:
        self.tmux("send-keys", *keys)

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p")

    def printed(self) -> str:
        """All that ever scrolled by, lines joined where the terminal broke them."""
        return self.tmux("capture-pane", "-p", "-J", "-S", "-")

    def kill(self) -> None:
        """``kill -9`` of the program."""
        os.kill(int(self.tmux("display-message", "-p", "#{pane_pid}")), signal.SIGKILL)
        self.until(self.ended, "the program to be gone")

    def ended(self) -> bool:
        return self.tmux("display-message", "-p", "#{pane_dead}").strip() == "1"

    def sees(self, *parts: str) -> str:
        """The screen, as soon as it shows all *parts*."""
        self.until(lambda: all(part in self.screen() for part in parts), " and ".join(parts))
        return self.screen()

    def until(self, holds: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline:
                pytest.fail(f"waited {PATIENCE:.0f} s for {what}; the screen:\n{self.screen()}")
            time.sleep(0.03)

    def close(self) -> None:
        self.tmux("kill-server")
        shutil.rmtree(self.sockets)


@pytest.fixture(params=[(120, 40), (80, 24)], ids=["120x40", "80x24"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    found: tuple[int, int] = request.param
    return found


@pytest.fixture
def terminal(
    size: tuple[int, int], tiny: Path, needs: Callable[[str, str], None]
) -> Iterator[Terminal]:
    """The review of the tiny project by lan."""
    needs("tmux", "tmux")
    one = Terminal(*size, sys.executable, "-m", "tui.cli", "review", tiny, "--reviewer", "lan")
    yield one
    one.close()


def test_a_decision_outlives_kill_9_and_undo_reaches_over_it(
    terminal: Terminal, size: tuple[int, int], tiny: Path
) -> None:
    with Workspace(tiny / ".songngu") as workspace:
        rows = [read_candidate(line) for line in workspace.candidates()]
    journal = journal_path(tiny, "lan")

    shown = terminal.sees(f"0/{len(rows)}", "? Keys", f"⟦{rows[0].vi[:8]}")
    lines = shown.rstrip("\n").split("\n")
    assert len(lines) == size[1]
    assert lines[-1].split() == [word for pair in key_line() for word in pair]
    assert "tiny" in lines[0]
    assert "lan" in lines[0]
    assert shown.count("⟦") >= 2

    terminal.press("Enter")
    terminal.sees("✓ accepted", f"1/{len(rows)}")
    terminal.press("-")
    terminal.sees("✗ rejected", f"2/{len(rows)}", "saved ✓")
    assert [one.action for one in read_journal(journal).events] == ["accept", "reject"]
    terminal.kill()
    assert not (tiny / "glossary.yaml").exists()

    terminal.start()
    terminal.sees(f"2/{len(rows)}", "every decision is saved at once", "✓ 1", "✗ 1")
    terminal.press("C-z")
    terminal.sees("↶ undone", f"1/{len(rows)}")
    terminal.press("C-q")
    terminal.until(terminal.ended, "the review to end")
    assert f"1 of {len(rows)} decided" in terminal.printed()

    stored = load_glossary(tiny)
    assert [(one.heading("vi"), one.heading("en")) for one in stored] == [(rows[0].vi, rows[0].en)]
    assert stored.rejected == ()
    assert read_journal(journal).pending == ()


def test_after_a_resize_the_screen_is_whole(terminal: Terminal, size: tuple[int, int]) -> None:
    terminal.sees("? Keys", "⟦")
    terminal.tmux("resize-window", "-x", 50, "-y", 12)
    terminal.sees("the review needs 60 columns and 18 lines")
    terminal.tmux("resize-window", "-x", size[0], "-y", size[1])
    shown = terminal.sees("? Keys", "⟦", "▶")
    assert "the review needs" not in shown
    terminal.press("C-q")
    terminal.until(terminal.ended, "the review to end")
