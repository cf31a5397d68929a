"""Fixtures that several test files share; each heavy thing is loaded once a session."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from align.encoder import Encoder, load_encoder
from align.project import find_project
from glossary.build import Report, build

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The default encoder."""
    return load_encoder()


@pytest.fixture(scope="session")
def sample_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What the one build of the sample corpus did; see `sample`."""
    folder = tmp_path_factory.getbasetemp() / "sample"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns(".songngu"))
    return build(find_project(folder, Path()))


@pytest.fixture(scope="session")
def sample(sample_report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus, built once a session; for reading only."""
    return tmp_path_factory.getbasetemp() / "sample"


@pytest.fixture
def sample_copy(sample: Path, tmp_path: Path) -> Path:
    """The built sample, to be changed."""
    return shutil.copytree(sample, tmp_path / "sample")
