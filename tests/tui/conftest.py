"""Fixtures of the tests that run commands."""

from __future__ import annotations

import os
import shutil

import pytest


@pytest.fixture
def powerless() -> tuple[str, ...]:
    """What to put before a command so that rights hold for it."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("setpriv is missing: apt-get install util-linux")
        pytest.skip("setpriv is missing: apt-get install util-linux")
    # The user stays root: an interpreter below /root would be out of reach for another.
    return ("setpriv", "--inh-caps=-all", "--bounding-set=-all")
