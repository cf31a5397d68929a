"""What a command says to the person before it: narration and progress on stderr, exit codes.

stdout is data and belongs to the commands; what they print there for a person to read goes through
`shown` where it came from a page.
"""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class ExitCode(enum.IntEnum):
    """How a command ended."""

    OK = 0
    FINDINGS = 1
    ERROR = 2
    """Usage, configuration or unreadable input."""
    INTERRUPTED = 130
    """Ctrl-C: 128 + SIGINT, as shells count."""
    CLOSED = 141
    """The reader of stdout went away: 128 + SIGPIPE, as shells count."""


_HIDDEN = {
    code: None
    for code in (
        *(c for c in range(0x20) if chr(c) not in "\t\n"),
        *range(0x7F, 0xA0),
        *range(0x202A, 0x202F),  # embeddings and overrides of direction
        *range(0x2066, 0x206A),  # isolates of direction
    )
}


def shown(text: str) -> str:
    """*text* without what could steer a terminal: control characters but tab and newline, and
    marks that turn the direction of writing. Pages come from strangers.

    >>> shown("Bộ\\x1b[31m Y\\u202e tế\\r\\n")
    'Bộ[31m Y tế\\n'
    """
    return text.translate(_HIDDEN)


@dataclass(slots=True)
class Output:
    """How to speak during one run; the global options fill it in, commands get it as their
    context's object."""

    quiet: bool = False
    no_progress: bool = False
    debug: bool = False
    project: Path | None = None
    """The project's folder as given by ``-C``."""

    def say(self, text: str) -> None:
        """One remark on stderr, unless ``-q``."""
        if not self.quiet:
            print(shown(text), file=sys.stderr, flush=True)

    def error(self, text: str) -> None:
        """One line on stderr, always: what is wrong, where, how to mend it."""
        print("songngu:", " ".join(shown(text).split()), file=sys.stderr, flush=True)

    @contextmanager
    def progress(self, label: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """A progress bar on stderr while the block runs, on a terminal only; *total* is the number
        of steps where it is known. The block calls what it gets with the steps just done.

        >>> with Output().progress("cleaning", total=2) as done:
        ...     done(1)
        """
        if self.quiet or self.no_progress or not sys.stderr.isatty():
            yield lambda steps: None
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(shown(label), total=total)
            yield lambda steps: bar.advance(task, steps)
