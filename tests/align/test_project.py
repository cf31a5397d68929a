"""Finding a project and its pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.config import Config
from align.model import SongnguError
from align.project import Project, find_project, pages


def make(folder: Path, *names: str) -> None:
    """Empty files; a name that ends in a slash is a folder."""
    for name in names:
        path = folder / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()


def names(project: Project) -> list[str]:
    return [path.relative_to(project.folder).as_posix() for path in pages(project, "vi")]


@pytest.mark.parametrize("content", [["p/songngu.yaml"], ["p/glossary.yaml"], ["p/vi/", "p/en/"]])
def test_a_given_folder(tmp_path: Path, content: list[str]) -> None:
    make(tmp_path, *content)
    project = find_project(Path("p"), tmp_path)
    assert project == Project(tmp_path / "p", Config())
    assert project.state == tmp_path / "p" / ".songngu"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ([], "no such folder; begin a project with: songngu init"),
        (["p"], "a file, not a folder"),
        (["p/"], "neither songngu.yaml nor glossary.yaml, and vi/ and en/ missing"),
        (["p/vi/"], "and en/ missing; begin one with: songngu init"),
        (["songngu.yaml", "p/"], "not a project"),
    ],
)
def test_a_given_folder_that_is_none(tmp_path: Path, content: list[str], message: str) -> None:
    make(tmp_path, *content)
    with pytest.raises(SongnguError) as raised:
        find_project(Path("p"), tmp_path)
    assert str(raised.value).startswith(str(tmp_path / "p"))
    assert message in str(raised.value)


@pytest.mark.parametrize("mark", ["songngu.yaml", "glossary.yaml"])
def test_the_nearest_project_above(tmp_path: Path, mark: str) -> None:
    make(tmp_path, "songngu.yaml", f"a/{mark}", "a/b/c/vi/", "a/b/c/en/")
    assert find_project(None, tmp_path / "a" / "b" / "c").folder == tmp_path / "a"
    assert find_project(None, tmp_path / "a").folder == tmp_path / "a"


def test_where_nothing_is_above_the_folders_are_enough(tmp_path: Path) -> None:
    make(tmp_path, "vi/", "en/")
    assert find_project(None, tmp_path).folder == tmp_path
    with pytest.raises(SongnguError, match="no project here or above"):
        find_project(None, tmp_path / "vi")


def test_settings_are_read(tmp_path: Path) -> None:
    (tmp_path / "songngu.yaml").write_text("vi: releases\n", "utf-8")
    assert find_project(tmp_path, Path()).config.vi == ("releases",)
    (tmp_path / "songngu.yaml").write_text("vii: releases\n", "utf-8")
    with pytest.raises(SongnguError, match=r"songngu\.yaml:1: unknown key 'vii'"):
        find_project(tmp_path, Path())


def test_pages_are_sorted_and_hidden_ones_left_out(tmp_path: Path) -> None:
    make(
        tmp_path, "vi/b.txt", "vi/a.HTML", "vi/2024/c.htm", "vi/d.md", "vi/e.pdf", "vi/.f.txt",
        "vi/.git/g.txt", "vi/folder.txt/", "vi/bộ.txt",
    )  # fmt: skip
    assert names(Project(tmp_path, Config())) == [
        "vi/2024/c.htm", "vi/a.HTML", "vi/b.txt", "vi/bộ.txt", "vi/d.md",
    ]  # fmt: skip


def test_a_loop_of_links_ends_and_a_page_comes_once(tmp_path: Path) -> None:
    make(tmp_path, "vi/a.txt", "elsewhere/b.txt")
    (tmp_path / "vi" / "loop").symlink_to(tmp_path / "vi")
    (tmp_path / "vi" / "up").symlink_to(tmp_path)
    (tmp_path / "vi" / "out").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "vi" / "gone.txt").symlink_to(tmp_path / "nothing")
    found = pages(Project(tmp_path, Config()), "vi")
    assert sorted(page.name for page in found) == ["a.txt", "b.txt"]
    everywhere = pages(Project(tmp_path, Config(vi=("**/*.txt", "vi"))), "vi")
    assert sorted(page.name for page in everywhere) == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (("one", "two"), ["one/a.txt", "two/b.txt"]),
        (("*",), ["one/a.txt", "two/b.txt"]),
        (("*/a.*",), ["one/a.txt"]),
        (("one/a.txt",), ["one/a.txt"]),
        (("[x]",), ["[x]/c.txt"]),
    ],
)
def test_lists_and_globs(tmp_path: Path, entries: tuple[str, ...], expected: list[str]) -> None:
    make(tmp_path, "one/a.txt", "two/b.txt", ".hidden/h.txt")
    if entries == ("[x]",):
        make(tmp_path, "[x]/c.txt")
    assert names(Project(tmp_path, Config(vi=entries))) == expected


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("vi", "no such folder; make it and put the Vietnamese pages there, or set 'vi:' in"),
        ("vi/*.txt", "nothing matches; mend the pattern of 'vi:' in"),
    ],
)
def test_a_missing_folder(tmp_path: Path, entry: str, message: str) -> None:
    with pytest.raises(SongnguError) as raised:
        pages(Project(tmp_path, Config(vi=(entry,))), "vi")
    assert str(raised.value).startswith(str(tmp_path / entry))
    assert message in str(raised.value)
