"""Fixtures of the tests of the glossary's formats."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable

import pytest


@pytest.fixture(scope="session")
def gettext() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs a program of GNU gettext on the bytes of a catalogue."""
    for program in ("msgfmt", "msgcat"):
        if shutil.which(program) is None:
            if os.environ.get("CI") == "true":
                pytest.fail(f"{program} is missing: apt-get install gettext")
            pytest.skip(f"{program} is missing: apt-get install gettext")

    def run(raw: bytes, *command: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*command, "-"],
            input=raw,
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )

    return run
