"""A build redoes what changed and nothing else, and ends as a fresh one would."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from align.model import SongnguError
from align.project import Project, find_project
from align.store import Workspace
from glossary.build import SAME_STORY, Report, build, stale

ROOT = Path(__file__).resolve().parents[2]

STEPS = [
    "cleaning pages", "loading the encoder", "embedding sentences", "pairing documents",
    "aligning sentences", "mining terms",
]  # fmt: skip


class Stop(BaseException):
    """What ends a build in the middle."""


def project(folder: Path) -> Project:
    return find_project(folder, Path())


def rebuilt(folder: Path, stop_at: str = "") -> Report:
    """Builds *folder*, and raises `Stop` when it comes to a stage."""

    def step(stage: str, done: int, total: int) -> None:
        if stage == stop_at:
            raise Stop(stage)

    return build(project(folder), step=step)


def figures(report: Report) -> tuple[object, ...]:
    """What two builds of the same pages have in common."""
    return (
        sorted((one.lang, one.id, one.text) for one in report.documents),
        sorted(report.skipped),
        [(one.vi, one.en, round(one.score, 3)) for one in report.pairs],
        {
            key: [(bead.vi, bead.en, bead.relation, round(bead.probability, 3)) for bead in group]
            for key, group in report.beads.items()
        },
        [(one.vi, one.en, round(one.probability, 3)) for one in report.candidates],
    )


def change(folder: Path, name: str = "vi/soi.txt", old: str = "Bộ Y tế", new: str = "BYT") -> None:
    """Rewrites a part of a page."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")


def fresh(folder: Path) -> Report:
    """A build of the same pages from nothing."""
    other = shutil.copytree(
        folder, folder.with_name("fresh"), ignore=shutil.ignore_patterns(".songngu")
    )
    return rebuilt(other)


def reasons(folder: Path) -> list[str]:
    with Workspace(folder / ".songngu") as workspace:
        return stale(project(folder), workspace)


def ids(folder: Path) -> dict[str, str]:
    """Document ids by page, of a build stopped when the pages are cleaned."""
    with contextlib.suppress(Stop):
        rebuilt(folder, stop_at="loading the encoder")
    with Workspace(folder / ".songngu") as workspace:
        return {page.path: page.document.id for page in workspace.pages() if page.document}


# --- nothing changed ------------------------------------------------------------------------------


def test_a_second_build_does_nothing(sample_copy: Path, sample_report: Report) -> None:
    seen: list[str] = []
    report = build(project(sample_copy), step=lambda stage, done, total: seen.append(stage))
    assert (report.cleaned, report.aligned, report.mined) == (0, 0, False)
    assert seen == []
    assert figures(report) == figures(sample_report)
    assert report.candidates == sample_report.candidates
    assert reasons(sample_copy) == []


def test_a_build_where_nothing_changed_loads_nothing_heavy(sample: Path) -> None:
    heavy = (
        "openvino", "pyvi", "sklearn", "textblob", "tokenizers", "torch", "trafilatura", "nltk",
    )  # fmt: skip
    program = (
        "import sys; from tui.cli import main; code = main(['build', sys.argv[1]]);"
        f" print(code, [name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(sample)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    lines = done.stdout.decode("utf-8").splitlines()
    assert any("nothing changed" in line for line in lines)
    assert lines[-1] == "0 []"


def test_the_same_bytes_at_another_time_are_no_change(tiny: Path) -> None:
    os.utime(tiny / "vi" / "soi.txt", (1, 1))
    report = rebuilt(tiny)
    assert (report.cleaned, report.aligned, report.mined) == (0, 0, False)


# --- what a change costs --------------------------------------------------------------------------


def test_a_changed_page_is_cleaned_alone_and_ends_as_a_fresh_build(tiny: Path) -> None:
    change(tiny)
    assert reasons(tiny) == ["vi/soi.txt: changed page, lists or version of the cleaning"]
    report = rebuilt(tiny)
    assert (report.cleaned, report.aligned, report.mined) == (1, 1, True)
    again = fresh(tiny)
    assert (again.cleaned, again.aligned, again.mined) == (4, 2, True)
    assert figures(report) == figures(again)


def test_a_change_outside_the_article_mines_nothing_anew(tiny: Path) -> None:
    change(tiny, old="\n\n", new="\n\n\n")
    report = rebuilt(tiny)
    assert (report.cleaned, report.aligned, report.mined) == (1, 0, False)


def test_a_removed_page_leaves_nothing_behind(tiny: Path) -> None:
    (tiny / "vi" / "soi.txt").unlink()
    assert reasons(tiny) == ["vi/soi.txt: page is gone"]
    report = rebuilt(tiny)
    assert (report.cleaned, report.aligned, report.mined) == (0, 0, True)
    assert {pair.vi for pair in report.pairs} == {"lao"}
    assert set(report.beads) == {("lao", "laos")}
    for one in report.candidates:
        assert "soi" not in one.documents
        assert all(example.vi.document == "lao" for example in one.examples)
    assert figures(report) == figures(fresh(tiny))


def test_a_new_page_joins(tiny: Path) -> None:
    text = (tiny / "vi" / "lao.txt").read_text("utf-8").replace("200 giường", "300 giường")
    (tiny / "vi" / "moi.txt").write_text(text, "utf-8")
    assert reasons(tiny) == ["vi/moi.txt: new page"]
    report = rebuilt(tiny)
    assert report.cleaned == 1
    assert {one.id for one in report.documents} == {"soi", "lao", "moi", "measles", "laos"}
    assert figures(report) == figures(fresh(tiny))


@pytest.mark.parametrize(
    ("settings", "aligned", "mined"),
    [
        ("# only a remark\n", 0, False),
        ("encoder: e5-small\n", 0, False),
        ("mine:\n  min_probability: 0.5\n", 0, True),
        ("official_names: false\n", 0, True),
        ("pair:\n  window_days: 60\n", 0, True),
    ],
)
def test_a_changed_setting_redoes_what_depends_on_it(
    settings: str, aligned: int, mined: bool, tiny: Path
) -> None:
    (tiny / "songngu.yaml").write_text(settings, "utf-8")
    assert bool(reasons(tiny)) is mined
    report = rebuilt(tiny)
    assert (report.cleaned, report.aligned, report.mined) == (0, aligned, mined)
    assert reasons(tiny) == []


@pytest.mark.parametrize("settings", ["encoder: hub:some/model\n", "word_aligner: simalign\n"])
def test_another_model_makes_the_build_stale(settings: str, tiny: Path) -> None:
    (tiny / "songngu.yaml").write_text(settings, "utf-8")
    assert len(reasons(tiny)) == 1


def test_a_least_probability_is_kept(tiny: Path) -> None:
    before = len(rebuilt(tiny).candidates)
    (tiny / "songngu.yaml").write_text("mine:\n  min_probability: 0.6\n", "utf-8")
    report = rebuilt(tiny)
    assert 0 < len(report.candidates) < before
    assert min(one.probability for one in report.candidates) >= 0.6


@pytest.mark.parametrize(
    ("version", "cleaned", "aligned", "mined"),
    [
        ("clean_version", 4, 0, False),
        ("pair_version", 0, 0, True),
        ("bead_version", 0, 2, True),
        ("encoder_version", 0, 2, True),
        ("mine_version", 0, 0, True),
    ],
)
def test_another_version_of_a_stage_redoes_it_and_what_follows(
    version: str,
    cleaned: int,
    aligned: int,
    mined: bool,
    tiny: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pages that come out as before change nothing that follows."""
    monkeypatch.setattr(f"glossary.build.{version}", lambda *_: "another")
    assert reasons(tiny)
    report = rebuilt(tiny)
    assert (report.cleaned, report.aligned, report.mined) == (cleaned, aligned, mined)


def test_steps_are_told_in_order(tiny: Path) -> None:
    shutil.rmtree(tiny / ".songngu")
    told: list[tuple[str, int, int]] = []
    build(project(tiny), step=lambda *one: told.append(one))
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == STEPS
    assert all(0 <= done < total for _, done, total in told)
    assert [done for stage, done, _ in told if stage == "cleaning pages"] == [0, 1, 2, 3]


# --- stopped in the middle ------------------------------------------------------------------------


@pytest.mark.parametrize("stage", STEPS)
def test_a_stopped_build_leaves_what_was_and_the_next_one_ends_it(stage: str, tiny: Path) -> None:
    with Workspace(tiny / ".songngu") as workspace:
        before = workspace.candidates()
    change(tiny)
    with pytest.raises(Stop):
        rebuilt(tiny, stop_at=stage)
    with Workspace(tiny / ".songngu") as workspace:
        assert workspace.candidates() == before
        assert len(workspace.pages()) == 4
        assert all(pair.score <= 1 for pair in workspace.pairs())
        # Beads of the changed page count the sentences of the old one: they go with it.
        assert {("lao", "laos")} <= set(workspace.beads()) <= {("lao", "laos"), ("soi", "measles")}
    assert reasons(tiny)
    report = rebuilt(tiny)
    assert report.mined
    assert reasons(tiny) == []
    again = rebuilt(tiny)
    assert (again.cleaned, again.aligned, again.mined) == (0, 0, False)
    assert figures(again) == figures(report)
    assert report.aligned == (0 if stage == "mining terms" else 1), "kept what was done"


@pytest.mark.parametrize("stage", STEPS)
def test_a_first_build_that_was_stopped_is_ended_by_the_next(stage: str, tiny: Path) -> None:
    whole = figures(rebuilt(tiny))
    shutil.rmtree(tiny / ".songngu")
    with pytest.raises(Stop):
        rebuilt(tiny, stop_at=stage)
    assert reasons(tiny)
    assert figures(rebuilt(tiny)) == whole


@pytest.mark.system
def test_a_killed_build_is_ended_by_the_next(tiny: Path) -> None:
    change(tiny)
    program = (
        "import os, signal, sys; from pathlib import Path;"
        "from align.project import find_project; from glossary.build import build;"
        "kill = lambda stage, *_: stage != 'mining terms' or os.kill(os.getpid(), signal.SIGKILL);"
        "build(find_project(Path(sys.argv[1]), Path()), step=kill)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tiny)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert reasons(tiny)
    report = rebuilt(tiny)
    assert (report.cleaned, report.aligned, report.mined) == (0, 0, True)
    assert figures(report) == figures(fresh(tiny))


def test_the_state_of_a_stopped_build_is_whole(tiny: Path) -> None:
    (tiny / "vi" / "soi.txt").unlink()
    with pytest.raises(Stop):
        rebuilt(tiny, stop_at="pairing documents")
    with Workspace(tiny / ".songngu") as workspace:
        held = {(one.lang, one.id) for one in workspace.documents()}
        for vi, en in workspace.beads():
            assert {("vi", vi), ("en", en)} <= held


# --- pages that cannot be used --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "the page is empty"),
        (b" \n\t\n ", "the page is empty"),
        (b"\x00\x01\x02\xff\xfe\x00", "a binary file"),
        (bytes(range(256)) * 20, "a binary file"),
        ("Trang chủ\nĐăng nhập\n".encode(), "no article"),
        (b"<html><body></body></html>", "no article"),
        (b"The ministry reported new cases of measles in the north this week. " * 4, "English"),
    ],
)
def test_a_bad_page_among_good_ones_is_skipped_with_its_reason(
    raw: bytes, reason: str, tiny: Path
) -> None:
    (tiny / "vi" / "bad.txt").write_bytes(raw)
    report = rebuilt(tiny)
    [(name, why)] = report.skipped
    assert name == "vi/bad.txt"
    assert reason in why
    assert (report.cleaned, report.aligned, report.mined) == (1, 0, False)
    assert len(report.documents) == 4
    assert rebuilt(tiny).skipped == report.skipped, "a second build names it again"


def test_a_page_that_turns_bad_is_gone_and_one_that_is_mended_comes_back(tiny: Path) -> None:
    before = figures(rebuilt(tiny))
    good = (tiny / "vi" / "soi.txt").read_bytes()
    (tiny / "vi" / "soi.txt").write_bytes(b"")
    assert {one.id for one in rebuilt(tiny).documents} == {"lao", "laos", "measles"}
    (tiny / "vi" / "soi.txt").write_bytes(good)
    assert figures(rebuilt(tiny)) == before


@pytest.mark.parametrize(
    ("lang", "language", "raw", "reason"),
    [
        ("vi", "Vietnamese", b"", "the page is empty"),
        ("en", "English", b"\x00\x01\x02\x00", "a binary file"),
    ],
)
def test_only_bad_pages_end_the_build(
    lang: str, language: str, raw: bytes, reason: str, tiny: Path
) -> None:
    for page in (tiny / lang).iterdir():
        page.write_bytes(raw)
    with pytest.raises(SongnguError) as caught:
        rebuilt(tiny)
    message = str(caught.value)
    assert message.startswith(f"{tiny / lang}: ")
    assert f"2 {language} pages" in message
    assert reason in message
    assert f"{lang}/" in message


@pytest.mark.parametrize(("lang", "language"), [("vi", "Vietnamese"), ("en", "English")])
def test_no_page_at_all(lang: str, language: str, tiny: Path) -> None:
    for page in (tiny / lang).iterdir():
        page.unlink()
    with pytest.raises(SongnguError, match=f"no {language} page"):
        rebuilt(tiny)


def test_a_message_names_the_folder_of_the_settings(tiny: Path) -> None:
    (tiny / "releases").mkdir()
    (tiny / "releases" / "a.txt").write_bytes(b"")
    (tiny / "songngu.yaml").write_text("vi: releases\n", "utf-8")
    with pytest.raises(SongnguError) as caught:
        rebuilt(tiny)
    assert str(caught.value).startswith(f"{tiny / 'releases'}: ")
    assert "the page is empty" in str(caught.value)


def test_a_page_of_both_languages_is_named(tiny: Path) -> None:
    (tiny / "songngu.yaml").write_text("vi: [vi, en/laos.txt]\nen: en\n", "utf-8")
    with pytest.raises(SongnguError, match=r"en/laos\.txt") as caught:
        rebuilt(tiny)
    assert "damaged" not in str(caught.value)


def test_pages_outside_the_project_are_built_or_refused_in_words(tiny: Path) -> None:
    outside = tiny.with_name("releases")
    (tiny / "vi").rename(outside)
    (tiny / "songngu.yaml").write_text(f"vi: {outside}\n", "utf-8")
    try:
        assert len(rebuilt(tiny).documents) == 4
    except SongnguError as error:
        assert str(outside) in str(error)


# --- names of documents ---------------------------------------------------------------------------


def pages_at(folder: Path, *names: str) -> None:
    """Another Vietnamese page at each name, beside one English page."""
    for number, name in enumerate(names):
        path = folder / "vi" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = f"Bộ Y tế cho biết trong tuần qua đã có {len(name)}.{number}00 ca bệnh sởi mới. "
        path.write_text(f"<p>{text * 3}</p>" if name.endswith("html") else text * 3, "utf-8")
    (folder / "en").mkdir(exist_ok=True)
    (folder / "en" / "a.txt").write_text("The ministry reported new measles cases. " * 6, "utf-8")


@pytest.mark.parametrize(
    "names",
    [
        ["a.txt", "a.html"],
        ["a.txt", "a.html", "a.md"],
        ["2024/a.txt", "2025/a.txt"],
        ["a.txt", "x/a.txt", "x/a.html", "y/x/a.txt"],
        ["x-a.txt", "a.txt", "x/a.txt"],
    ],
)
def test_every_document_has_an_id_of_its_own(names: list[str], tmp_path: Path) -> None:
    pages_at(tmp_path, *names)
    found = ids(tmp_path)
    assert len(found) == len(names) + 1
    vietnamese = [one for page, one in found.items() if page.startswith("vi/")]
    assert len(set(vietnamese)) == len(names)
    assert found["en/a.txt"] == "a", "the other language has names of its own"


@pytest.mark.parametrize(
    ("first", "then", "why"),
    [
        (["a.txt"], ["b.txt"], "a new name"),
        (["x/a.txt"], ["y/a.txt"], "a page of a known name behind it"),
        (["y/a.txt"], ["x/a.txt"], "a page of a known name before it"),
    ],
)  # fmt: skip
def test_a_page_added_later_gets_an_id_of_its_own(
    first: list[str], then: list[str], why: str, tmp_path: Path
) -> None:
    pages_at(tmp_path / "kept", *first)
    ids(tmp_path / "kept")
    pages_at(tmp_path / "kept", *first, *then)
    found = ids(tmp_path / "kept")
    vietnamese = [one for page, one in found.items() if page.startswith("vi/")]
    assert len(set(vietnamese)) == len(first) + len(then), why
    pages_at(tmp_path / "fresh", *first, *then)
    assert found == ids(tmp_path / "fresh")


def test_the_last_page_of_a_name_is_called_as_in_a_fresh_build(tmp_path: Path) -> None:
    pages_at(tmp_path, "a.html", "a.txt")
    ids(tmp_path)
    (tmp_path / "vi" / "a.html").unlink()
    assert ids(tmp_path)["vi/a.txt"] == "a"


def test_pairs_below_the_mark_are_kept_as_neighbours_but_not_aligned(tiny: Path) -> None:
    report = rebuilt(tiny)
    same = {(pair.vi, pair.en) for pair in report.pairs if pair.score >= SAME_STORY}
    assert same == set(report.beads) == {("lao", "laos"), ("soi", "measles")}
    assert len(report.pairs) > len(same)
    assert [pair.score for pair in report.pairs] == sorted(
        (pair.score for pair in report.pairs), reverse=True
    )
