"""Fixtures that several test files share; each heavy thing is loaded once a session."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from align.encoder import Encoder, load_encoder
from align.project import find_project
from glossary.build import Report, build

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"

TINY = {
    "vi/soi.txt": (
        "Hà Giang phát động chiến dịch tiêm vắc xin sởi",
        "Ngày 12/3/2025, Bộ Y tế phát động chiến dịch tiêm vắc xin sởi tại tỉnh Hà Giang.",
        "Theo Sở Y tế, khoảng 12.000 trẻ em dưới 5 tuổi sẽ được tiêm chủng tại 193 trạm y tế xã.",
        "Tổ chức Y tế Thế giới hỗ trợ 15.000 liều vắc xin cho chiến dịch này.",
    ),
    "en/measles.txt": (
        "Hà Giang launches measles vaccination campaign",
        "The Ministry of Health launched a measles vaccination campaign in Hà Giang Province on"
        " March 12, 2025.",
        "About 12,000 children under five will be vaccinated at 193 commune health stations, the"
        " Department of Health said.",
        "The World Health Organization supported the campaign with 15,000 doses of vaccine.",
    ),
    "vi/lao.txt": (
        "Bộ trưởng Bộ Y tế tiếp Đại sứ Lào",
        "Ngày 20/6/2025, tại Hà Nội, Bộ trưởng Bộ Y tế Trần Thu Hà tiếp Đại sứ Lào Khamphone"
        " Sisavath.",
        "Hai bên trao đổi về đào tạo cán bộ y tế và khám, chữa bệnh cho người bệnh Lào.",
        "Việt Nam sẽ giúp Lào xây dựng một bệnh viện hữu nghị 200 giường tại Viêng Chăn.",
    ),
    "en/laos.txt": (
        "Health minister receives Lao ambassador",
        "Minister of Health Trần Thu Hà received Lao Ambassador Khamphone Sisavath in Hà Nội on"
        " June 20, 2025.",
        "The two sides discussed training of health workers and medical examination and treatment"
        " for Lao patients.",
        "Việt Nam will help Laos build a 200-bed friendship hospital in Vientiane.",
    ),
}
"""Two stories in both languages, which a build pairs and aligns in a second; all invented."""


@pytest.fixture(scope="session")
def needs() -> Callable[[str, str], None]:
    """Called with a system program and the package that brings it: skips where it is missing,
    fails there if CI=true."""

    def needs(program: str, package: str) -> None:
        if shutil.which(program) is None:
            reason = f"{program} is missing: apt-get install {package}"
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)

    return needs


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The default encoder."""
    return load_encoder()


@pytest.fixture(scope="session")
def sample_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The build of the sample corpus; see `sample`."""
    folder = _shared(tmp_path_factory) / "sample"
    with folder.with_suffix(".lock").open("w") as lock:
        # Workers of pytest-xdist wait for the one that builds; the others find nothing to do.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns(".songngu"))
        return build(find_project(folder, Path()))


@pytest.fixture(scope="session")
def sample(sample_report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus, built once a session; for reading only."""
    return _shared(tmp_path_factory) / "sample"


def _shared(factory: pytest.TempPathFactory) -> Path:
    """The session's folder, one for all workers."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture
def sample_copy(sample: Path, tmp_path: Path) -> Path:
    """The built sample, to be changed."""
    return shutil.copytree(sample, tmp_path / "sample")


@pytest.fixture(scope="session")
def _tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    for name, paragraphs in TINY.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("\n\n".join(paragraphs), "utf-8")
    build(find_project(folder, Path()))
    return folder


@pytest.fixture
def tiny(_tiny: Path, tmp_path: Path) -> Path:
    """A project of four short pages (`TINY`), built, to be changed."""
    return shutil.copytree(_tiny, tmp_path / "tiny")
