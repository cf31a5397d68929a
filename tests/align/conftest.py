"""The sample corpus as the tests of this folder see it: pages, their gold, cleaned documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from align.clean import clean_page
from align.model import LANGS, Cleaned, Lang

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture(scope="session")
def sample() -> Path:
    """The folder of the sample corpus."""
    return SAMPLE


@pytest.fixture(scope="session")
def sample_gold() -> dict[tuple[Lang, str], dict[str, Any]]:
    """What each page should become, by language and id."""
    return {
        (lang, path.stem): json.loads(path.read_text("utf-8"))
        for lang in LANGS
        for path in sorted((SAMPLE / "gold" / "clean" / lang).glob("*.json"))
    }


@pytest.fixture(scope="session")
def sample_cleaned() -> dict[tuple[Lang, str], Cleaned]:
    """What each page becomes, by language and id."""
    return {
        (lang, path.stem): clean_page(path.read_bytes(), source=str(path))
        for lang in LANGS
        for path in sorted((SAMPLE / lang).glob("*.txt"))
    }


@pytest.fixture(scope="session")
def sample_pairs(sample: Path) -> list[tuple[str, str, str]]:
    """(Vietnamese id, English id, ``translation`` or ``retelling``) of the pairs that are right."""
    rows = (sample / "gold" / "pairs.tsv").read_text("utf-8").splitlines()[1:]
    return [(vi, en, kind) for vi, en, kind in (row.split("\t") for row in rows)]
