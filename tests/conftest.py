"""Fixtures that several test files share; each heavy thing is loaded once a session."""

from __future__ import annotations

import pytest

from align.encoder import Encoder, load_encoder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The default encoder."""
    return load_encoder()
