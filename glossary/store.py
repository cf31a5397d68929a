"""``glossary.yaml`` on disk: read with line numbers, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from align.marked_yaml import dump, read_marked
from align.model import SongnguError
from glossary.concept import Concept, Glossary, glossary_of
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
    if not isinstance(glossary, Glossary):
        concepts = list(glossary)
        glossary = glossary_of({concept.id: concept for concept in concepts})
        if len(glossary) < len(concepts):
            raise SongnguError("two concepts with one id cannot be saved")
    content = glossary_text(glossary).encode()
    file = _file(path)
    with contextlib.suppress(FileNotFoundError):
        if file.read_bytes() == content:
            return
    replace_file(file, content)


def glossary_text(glossary: Glossary) -> str:
    """What `save_glossary` writes."""
    return dump(glossary_plain(glossary))


def replace_file(path: Path, content: bytes) -> None:
    """Give a file new content in one step, synced; links are followed, rights are kept."""
    path = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Make a rename last; not every system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _file(path: str | Path) -> Path:
    path = Path(path)
    return path / GLOSSARY_FILE if path.is_dir() else path
