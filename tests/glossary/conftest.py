"""Fixtures of the tests of the glossary's formats."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable

import pytest


@pytest.fixture(scope="session")
def gettext(needs: Callable[[str, str], None]) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs a program of GNU gettext on the bytes of a catalogue."""
    for program in ("msgfmt", "msgcat"):
        needs(program, "gettext")

    def run(raw: bytes, *command: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*command, "-"],
            input=raw,
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )

    return run
