"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Give a file new content in one step, synced; links are followed, rights are kept.

    Raises `OSError`; the file then holds what it held.
    """
    path = path.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    except OSError as error:  # names a file nobody has heard of
        raise OSError(error.errno, error.strerror, str(path)) from error
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
    sync_folder(path.parent)


def update_file(path: Path, content: bytes) -> None:
    """`replace_file` where the file does not hold *content* already."""
    with contextlib.suppress(FileNotFoundError):
        if path.read_bytes() == content:
            return
    replace_file(path, content)


def sync_folder(folder: Path) -> None:
    """Make a new or renamed file last; not every system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
