#!/usr/bin/env python3
"""Pictures of the review for the documentation, made by driving it on the sample.

python docs/screens.py [FOLDER]     writes review-120x40.png and others (default: docs/screens)

Needs resvg-py and the font JetBrains Mono, which has every Vietnamese letter; other converters lose
spaces or draw boxes.
"""

from __future__ import annotations

import asyncio
import datetime
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from align.project import find_project
from align.store import Workspace
from glossary.build import build
from glossary.serial import read_candidate
from glossary.session import Session
from tui.commands import document_dates
from tui.review.app import ReviewApp
from tui.review.model import ReviewModel

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
TARGET = Path(__file__).with_name("screens")
NOON = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC)

SHOTS: tuple[tuple[str, tuple[int, int], tuple[str, ...]], ...] = (
    ("review-120x40", (120, 40), ("enter", "enter", "minus", "space", "enter")),
    ("review-80x24", (80, 24), ("enter", "enter", "minus", "space", "enter")),
    ("find-80x24", (80, 24), ("slash", *"benh vien")),
    ("keys-120x40", (120, 40), ("question_mark",)),
)
"""Name, columns and lines, keys pressed before the picture is taken."""


async def picture(size: tuple[int, int], keys: Sequence[str], folder: Path) -> str:
    """The screen as SVG."""
    project = find_project(SAMPLE, Path())
    with Workspace(project.state) as workspace:
        candidates = [read_candidate(line) for line in workspace.candidates()]
        dates = document_dates(workspace)
    with Session(folder, folder / ".songngu", "lan") as session:
        model = ReviewModel(session, candidates, dates=dates, now=lambda: NOON)
        app = ReviewApp(model, project="sample")
        async with app.run_test(size=size) as pilot:
            await pilot.press(*("space" if key == " " else key for key in keys))
            await pilot.pause()
            return app.export_screenshot()


def png(svg: str) -> bytes:
    """The picture with letters from a font that has them all."""
    import resvg_py

    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"Fira Code, monospace|Fira Code", "JetBrains Mono", svg)
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=1400))


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.mkdir(parents=True, exist_ok=True)
    build(find_project(SAMPLE, Path()))
    for name, size, keys in SHOTS:
        with tempfile.TemporaryDirectory() as folder:
            svg = asyncio.run(picture(size, keys, Path(folder)))
        (target / f"{name}.png").write_bytes(png(svg))
        print(target / f"{name}.png")


if __name__ == "__main__":
    main()
