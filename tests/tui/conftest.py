"""Fixtures of the tests that run commands."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest


@pytest.fixture
def powerless(needs: Callable[[str, str], None]) -> tuple[str, ...]:
    """What to put before a command so that rights hold for it."""
    if os.geteuid() != 0:
        return ()
    needs("setpriv", "util-linux")
    # The user stays root: an interpreter below /root would be out of reach for another.
    return ("setpriv", "--inh-caps=-all", "--bounding-set=-all")
