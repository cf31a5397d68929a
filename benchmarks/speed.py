#!/usr/bin/env python3
"""Speed and memory, measured in one process run each and printed with what they are held against.

    python benchmarks/speed.py clean      pages a second, hostile pages, memory against their number

Figures are of this machine; bars that are ratios hold on any.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

PAGES = ROOT / "tests" / "data" / "pages"
MEGABYTES = 5
HOSTILE = {
    "one letter": "a",
    "opening brackets": "(",
    "brackets of all kinds": "([{<",
    "spaces": " ",
    "no-break spaces": "\u00a0",
    "combining marks": "\u0301",
    "digits": "1",
    "a Chinese character": "妹",
    "double escapes": "&amp;amp;",
    "tags": "<b>",
}
"""What five megabytes of a page consist of."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", nargs="?", choices=sorted(PARTS), default="clean")
    PARTS[parser.parse_args().what]()
    return 0


def clean() -> None:
    from align.clean import clean_page
    from align.model import NoArticle

    def cleaned(raw: bytes, source: str) -> None:
        with contextlib.suppress(NoArticle):
            clean_page(raw, source=source)

    for suffixes, bar in (((".txt",), ">= 120"), ((".html", ".htm"), "")):
        pages = [(p.read_bytes(), p.name) for p in sorted(PAGES.iterdir()) if p.suffix in suffixes]
        for page in pages:  # lists and patterns are read once a process
            cleaned(*page)
        start = time.process_time()
        for page in pages * 3:
            cleaned(*page)
        spent = time.process_time() - start
        kind = suffixes[0][1:]
        row(f"{kind} pages a second ({len(pages)} pages)", len(pages) * 3 / spent, bar)
    before = peak()
    for page in itertools.islice(itertools.cycle(pages), 2000):
        cleaned(*page)
    row("megabytes more after 2,000 pages", peak() - before, "< 20")
    for name, unit in HOSTILE.items():
        raw = (unit * (MEGABYTES * 1_000_000 // len(unit.encode()))).encode()
        start = time.perf_counter()
        cleaned(raw, "page.txt")
        row(f"seconds for {MEGABYTES} MB of {name}", time.perf_counter() - start, "< 2")


def peak() -> float:
    """The most memory this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def row(what: str, value: float, bar: str) -> None:
    print(f"{what:48} {value:10.2f}  {bar}", flush=True)


PARTS: dict[str, Callable[[], None]] = {"clean": clean}

if __name__ == "__main__":
    sys.exit(main())
