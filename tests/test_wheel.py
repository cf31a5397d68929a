"""What is in the wheel: three packages with their resources, and nothing else."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("align", "glossary", "tui")


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Names of the files in the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    # An isolated build fetches hatchling; where it is at hand nothing need be fetched.
    here = importlib.util.find_spec("hatchling") is not None
    done = subprocess.run(
        [
            sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet",
            "--no-deps", *(["--no-build-isolation"] if here else []), "--wheel-dir", str(folder),
            str(ROOT),
        ],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    [wheel] = folder.glob("songngu-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.mark.slow
def test_the_wheel_holds_three_packages(names: list[str]) -> None:
    top = {name.partition("/")[0] for name in names}
    [facts] = [name for name in top if re.fullmatch(r"songngu-[\w.]+\.dist-info", name)]
    assert top == {*PACKAGES, facts}
    assert {f"{facts}/METADATA", f"{facts}/entry_points.txt"} <= set(names)


@pytest.mark.slow
def test_the_wheel_holds_every_module_and_resource(names: list[str]) -> None:
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted <= set(names)
    for suffix in (".tsv", ".json", ".txt"):
        assert any(name.endswith(suffix) for name in wanted), suffix
    for name in (
        "glossary/resources/official_names.tsv",
        "glossary/resources/countries.tsv",
        "glossary/resources/heads.vi.txt",
        "glossary/resources/terms.json",
        "align/resources/background.tsv",
        "align/resources/stopwords.vi.txt",
        "align/py.typed",
        "glossary/py.typed",
        "tui/py.typed",
    ):
        assert name in names


@pytest.mark.slow
def test_the_wheel_holds_no_corpus_tests_or_weights(names: list[str]) -> None:
    parts = {part for name in names for part in name.split("/")}
    assert not parts & {"data", "tests", "benchmarks", "docs", ".songngu", "__pycache__"}
    assert not [name for name in names if name.endswith((".pyc", ".db", ".onnx", ".bin", ".npz"))]
