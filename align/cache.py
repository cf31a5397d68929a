"""The folder in the user's cache where graphs and background vectors are kept.

Whoever comes first builds; a folder appears whole or not at all, so two processes that start at
once both end with a good one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from align.model import SongnguError


def cache_folder() -> Path:
    """The cache: ``$SONGNGU_CACHE``, else the platform's folder for caches."""
    chosen = os.environ.get("SONGNGU_CACHE")
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("songngu", appauthor=False)


def cached_folder(name: str, build: Callable[[Path], None]) -> Path:
    """The folder *name* of the cache; where it is absent, *build* fills an empty one first.

    Raises `SongnguError` where the cache cannot be written.
    """
    target = cache_folder() / name
    if target.is_dir():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=target.parent))
    except OSError as error:
        raise SongnguError(
            f"{target.parent}: the cache cannot be written ({error.strerror});"
            " set SONGNGU_CACHE to a folder of your own"
        ) from error
    try:
        build(work)
        # mkdtemp keeps others out; a cache may be shared.
        work.chmod(0o755)
        try:
            work.rename(target)
        except OSError:
            # Another process was quicker; its folder is as good as ours.
            if not target.is_dir():
                raise
    except OSError as error:
        raise SongnguError(
            f"{target.parent}: the cache cannot be written ({error.strerror});"
            " set SONGNGU_CACHE to a folder with 200 MB free"
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target
