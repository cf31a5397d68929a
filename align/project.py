"""Where a project is and which pages it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from align.config import CONFIG_FILE, Config, load_config
from align.model import LANGS, Lang, SongnguError

MARKS = (CONFIG_FILE, "glossary.yaml")
"""A folder that holds one of these files is a project."""

PAGE_SUFFIXES = frozenset({".txt", ".html", ".htm", ".md"})


@dataclass(frozen=True, slots=True)
class Project:
    """A folder of pages with its settings."""

    folder: Path
    config: Config

    @property
    def state(self) -> Path:
        """The folder for what can be built again; it may not exist yet."""
        return self.folder / ".songngu"


def find_project(folder: Path | None, start: Path) -> Project:
    """The project in *folder* (relative to *start*), or without it the nearest one at *start* or
    above.

    Raises `SongnguError` where there is none, and where its settings are wrong.
    """
    found = _nearest(start) if folder is None else _given(start / folder)
    return Project(found, load_config(found))


def nearest_config(folder: Path | None, start: Path) -> Config:
    """The settings that hold for a page which need not belong to a project: those of *folder*, or
    of the nearest folder with settings at *start* or above; the defaults where there are none.

    Raises `SongnguError` where they are wrong.
    """
    if folder is not None:
        return load_config(start / folder)
    above = (start, *start.absolute().parents)
    return next((load_config(one) for one in above if (one / CONFIG_FILE).is_file()), Config())


def _given(folder: Path) -> Path:
    if not folder.is_dir():
        what = "a file, not a folder" if folder.exists() else "no such folder"
        raise SongnguError(f"{folder}: {what}; begin a project with: songngu init {folder}")
    if not _marked(folder) and not _with_pages(folder):
        gone = " and ".join(f"{lang}/" for lang in LANGS if not (folder / lang).is_dir())
        raise SongnguError(
            f"{folder}: not a project: neither {' nor '.join(MARKS)}, and {gone} missing;"
            f" begin one with: songngu init {folder}"
        )
    return folder


def _nearest(start: Path) -> Path:
    for folder in (start, *start.absolute().parents):
        if _marked(folder):
            return folder
    if _with_pages(start):
        return start
    raise SongnguError(
        f"{start.absolute()}: no project here or above: neither {' nor '.join(MARKS)}, nor the"
        " folders vi/ and en/; name its folder, or begin one with: songngu init"
    )


def _marked(folder: Path) -> bool:
    return any((folder / name).is_file() for name in MARKS)


def _with_pages(folder: Path) -> bool:
    return all((folder / lang).is_dir() for lang in LANGS)


def pages(project: Project, lang: Lang) -> list[Path]:
    """The pages of one language, sorted, each file once.

    Folders are searched with all that is in them, links followed; hidden files and folders are
    left out, and so is what does not end like a page. Raises `SongnguError` where a folder of the
    settings is missing, and `OSError` where one cannot be read.
    """
    found: dict[Path, Path] = {}
    for entry in getattr(project.config, lang):
        if project.config.bitext and entry == lang and not (project.folder / entry).exists():
            continue  # sentence pairs alone are a project, too
        for root in _roots(project.folder, entry, lang):
            for page in _walk(root):
                # A page that can be reached in two ways is one page.
                found.setdefault(page.resolve(), page)
    return sorted(found.values())


def bitexts(project: Project) -> list[Path]:
    """The files of ready-made sentence pairs, sorted.

    Raises `SongnguError` where one is missing.
    """
    found: dict[Path, Path] = {}
    for entry in project.config.bitext:
        for path in listed_files(project.folder, entry, "bitext"):
            found.setdefault(path.resolve(), path)
    return sorted(found.values())


def listed_files(folder: Path, entry: str, key: str) -> list[Path]:
    """The file or the files, sorted, that an entry of the settings names or matches.

    Raises `SongnguError` that names the setting *key* where there is none.
    """
    if (folder / entry).is_file():
        return [folder / entry]
    try:
        found = sorted(path for path in folder.glob(entry) if path.is_file())
    except (ValueError, NotImplementedError) as error:
        raise SongnguError(f"{key}: {entry!r} is no pattern ({error})") from error
    if not found:
        raise SongnguError(f"{folder / entry}: no such file, nothing matches; see {key}")
    return found


def _roots(folder: Path, entry: str, lang: Lang) -> list[Path]:
    """The files and folders an entry of the settings names."""
    path = folder / entry
    parts = path.parts
    fixed = next((i for i, part in enumerate(parts) if any(c in part for c in "*?[")), len(parts))
    # A folder called "[2024]" is meant as it stands.
    if fixed == len(parts) or path.exists():
        if not path.exists():
            raise SongnguError(
                f"{path}: no such folder; make it and put the {_NAMES[lang]} pages there,"
                f" or set '{lang}:' in {folder / CONFIG_FILE}"
            )
        return [path]
    base = Path(*parts[:fixed])
    # Path.glob does not follow links for "**", so a loop of links ends.
    roots = sorted(
        found
        for found in base.glob("/".join(parts[fixed:]))
        if not any(part.startswith(".") for part in found.relative_to(base).parts)
    )
    if not roots:
        raise SongnguError(
            f"{path}: nothing matches; mend the pattern of '{lang}:' in {folder / CONFIG_FILE}"
        )
    return roots


_NAMES = {"vi": "Vietnamese", "en": "English"}


def _walk(root: Path) -> Iterator[Path]:
    """The pages at *root* and below."""
    seen: set[Path] = set()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        if path.is_dir():
            real = path.resolve()
            if real not in seen:  # a link that leads back
                seen.add(real)
                waiting += [inner for inner in path.iterdir() if not inner.name.startswith(".")]
        elif path.suffix.lower() in PAGE_SUFFIXES and path.is_file():
            yield path
