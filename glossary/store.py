"""``glossary.yaml`` on disk: read with line numbers, written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from align.files import update_file
from align.marked_yaml import dump, marked_value, read_marked
from align.model import SongnguError
from glossary.concept import Concept, Glossary
from glossary.concept_plain import glossary_plain, read_glossary

GLOSSARY_FILE = "glossary.yaml"


def load_glossary(path: str | Path) -> Glossary:
    """The glossary of a file, or of the project folder *path*; iterates over its concepts.

    Raises `SongnguError` with ``path:line`` and the key where it cannot be understood, and
    `OSError` where it cannot be read.
    """
    return read_glossary(read_marked(_file(path)))


def save_glossary(glossary: Glossary | Iterable[Concept], path: str | Path) -> None:
    """Write a glossary to a file, or into the project folder *path*; equal glossaries give equal
    bytes, and a file that holds them already is not touched.

    The file is replaced at once: whatever happens, it holds the old glossary or the new one.
    Raises `SongnguError` where an id stands twice or a value could not be read back, `OSError`
    where it cannot be written.
    """
    file = _file(path)
    if not isinstance(glossary, Glossary):
        glossary = Glossary(tuple(glossary))
    plain = glossary_plain(glossary)
    try:
        glossary = read_glossary(marked_value(plain, "", 0))
    except SongnguError as error:
        raise SongnguError(f"{file}: not saved: {_told(error)}") from error
    update_file(file, glossary_text(glossary).encode())


def _told(error: SongnguError) -> str:
    """What is wrong with a value that stands on no line yet."""
    return str(error).removeprefix(":0: ").replace(", first in line 0", "")


def glossary_text(glossary: Glossary) -> str:
    """What `save_glossary` writes."""
    return dump(glossary_plain(glossary))


def _file(path: str | Path) -> Path:
    path = Path(path)
    return path / GLOSSARY_FILE if path.is_dir() else path
