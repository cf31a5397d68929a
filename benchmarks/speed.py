#!/usr/bin/env python3
"""Speed and memory, measured in one process run each and printed with what they are held against.

    python benchmarks/speed.py clean      pages a second, hostile pages, memory against their number
    python benchmarks/speed.py encoder    sentences a second against PyTorch on the same weights
    python benchmarks/speed.py align DOCUMENTS
                                          lines a second, a very long pair of texts, and what
                                          pairing and aligning cost above the encoder alone
    python benchmarks/speed.py build [PAGES]
                                          a cold build with mining, against embedding its sentences
    python benchmarks/speed.py bitext STEMS
                                          time and memory of 20,000 given sentence pairs, mined

STEMS holds NAME.vi and NAME.en, line for line translations; PAGES (the sample where none is named)
vi/ and en/. DOCUMENTS holds NAME.src (Vietnamese, one sentence a line) and NAME.tgt (English) of
texts that are translations. Figures are of this machine; bars that are ratios hold on any.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

PAGES = ROOT / "tests" / "data" / "pages"
SAMPLE = ROOT / "data" / "sample"
MEGABYTES = 5
LONG = 3000
"""Sentences of each side of a very long pair of texts."""
GIVEN = 20_000
"""Sentence pairs of a translation memory."""
ENDS = (".src", ".tgt")
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
    parser.add_argument("folder", nargs="?", type=Path, help="for align, build and bitext")
    options = parser.parse_args()
    if options.what in ("align", "bitext") and options.folder is None:
        parser.error(f"{options.what} needs a folder")
    PARTS[options.what](options.folder)
    return 0


def encoder(folder: Path | None) -> None:
    """One processor thread each, turn by turn; sentences of the sample, longest first, so that
    PyTorch pads as little as we do."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    from align.encoder.e5 import E5Encoder
    from align.encoder.export import model_folder_for_simalign

    texts = sorted(sample_sentences(SAMPLE)[:512], key=len, reverse=True)
    model_at = model_folder_for_simalign()
    threads = len(os.sched_getaffinity(0))
    torch.set_num_threads(threads)
    tokenizer = AutoTokenizer.from_pretrained(model_at)
    model = AutoModel.from_pretrained(model_at, dtype=torch.float32).eval()
    ours = E5Encoder(threads=threads)

    def theirs() -> None:
        with torch.no_grad():
            for at in range(0, len(texts), 32):
                some = [f"query: {text}" for text in texts[at : at + 32]]
                model(**tokenizer(some, return_tensors="pt", padding=True, truncation=True))

    ours.sentences(texts[:64])
    theirs()
    ratios, speeds = [], []
    for _ in range(5):
        slow, fast = timed(theirs), timed(lambda: ours.sentences(texts))
        ratios.append(slow / fast)
        speeds.append(len(texts) / fast)
    row("sentences a second", statistics.median(speeds), "")
    row("times as fast as PyTorch fp32, median of 5", statistics.median(ratios), ">= 2.5")


def align(folder: Path | None) -> None:
    import numpy as np

    from align.background import load_background
    from align.beads import align_looked
    from align.encoder import load_encoder
    from align.sides import look_at

    encoder = load_encoder()
    background = load_background(encoder)

    class Remembering:
        """Gives vectors of clauses at once, the second time."""

        def __init__(self) -> None:
            self.known: dict[str, Any] = {}

        def sentences(self, texts: Sequence[str]) -> Any:
            new = [text for text in texts if text not in self.known]
            if new:
                self.known |= dict(zip(new, encoder.sentences(new), strict=True))
            return np.stack([self.known[text] for text in texts])

    assert folder is not None
    texts = [
        tuple(path.with_suffix(end).read_text("utf-8").rstrip("\n").split("\n") for end in ENDS)
        for path in sorted(folder.glob("*.src"))
    ]
    encoder.sentences(texts[0][0])
    start = time.perf_counter()
    looked = [
        (look_at(vi, "vi", encoder, background["vi"]), look_at(en, "en", encoder, background["en"]))
        for vi, en in texts
    ]
    embedding = time.perf_counter() - start
    remembering: Any = Remembering()

    def all_aligned() -> None:
        for vi, en in looked:
            align_looked(vi, en, remembering, background)

    cold = timed(all_aligned)
    clauses = timed(lambda: encoder.sentences(list(remembering.known)))
    best = min(timed(all_aligned, cpu=True) for _ in range(3))
    lines = sum(len(vi) + len(en) for vi, en in looked)
    row(f"lines a second and core ({lines}), vectors at hand", lines / best, ">= 10000")
    row("embedding and aligning, times embedding alone", (embedding + cold) / embedding, "<= 1.3")
    row("of that embedding clauses", clauses / embedding, "")
    whole = [sentence for vi, _ in looked for sentence in vi], [s for _, en in looked for s in en]
    left, right = (list(itertools.islice(itertools.cycle(side), LONG)) for side in whole)
    before = peak()
    align_looked(left, right, remembering, background)
    row("megabytes more for it", peak() - before, "< 1024")
    spent = timed(lambda: align_looked(left, right, remembering, background))
    row(f"seconds for {LONG} x {LONG} lines", spent, "< 2")


def build(folder: Path | None) -> None:
    """The build by the command, in a process of its own; the encoder's graph is on the disk."""
    from align.encoder import load_encoder

    pages = folder or SAMPLE
    sentences = sample_sentences(pages)
    encoder = load_encoder()
    encoder.sentences(sentences[:8])
    embedding = timed(lambda: encoder.sentences(sentences))
    with tempfile.TemporaryDirectory() as project:
        for lang in ("vi", "en"):
            shutil.copytree(pages / lang, Path(project) / lang)
        (Path(project) / "songngu.yaml").touch()
        spent = timed(lambda: songngu_build(Path(project)))
    row(f"seconds to embed {len(sentences)} sentences once", embedding, "")
    row("seconds of a cold build, mining with it", spent, f"<= {2.5 * embedding + 10:.1f}")


def songngu_build(project: Path) -> None:
    subprocess.run([sys.executable, "-m", "tui.cli", "build"], cwd=project, check=True)


def bitext(folder: Path | None) -> None:
    """The pairs over and over, each time with some neighbouring words changed over, so that no
    sentence comes twice; built by the command, in a process of its own."""
    assert folder is not None
    pairs = [
        pair
        for vi in sorted(folder.glob("*.vi"))
        for pair in zip(
            vi.read_text("utf-8").splitlines(),
            vi.with_suffix(".en").read_text("utf-8").splitlines(),
            strict=True,
        )
    ]
    chance = random.Random(7)

    def shaken(text: str) -> str:
        words = text.split()
        for _ in range(3):
            at = chance.randrange(max(len(words) - 1, 1))
            words[at : at + 2] = reversed(words[at : at + 2])
        return " ".join(words)

    with tempfile.TemporaryDirectory() as project:
        at = Path(project)
        with (at / "pairs.tsv").open("w", encoding="utf-8") as out:
            for vi_text, en_text in itertools.islice(itertools.cycle(pairs), GIVEN):
                out.write(f"{shaken(vi_text)}\t{shaken(en_text)}\n")
        (at / "songngu.yaml").write_text("bitext: pairs.tsv\n", "utf-8")
        spent = timed(lambda: songngu_build(at))
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    row(f"minutes for {GIVEN} given pairs", spent / 60, "<= 20")
    row("megabytes for them", used, "<= 2048")


def timed(work: Callable[[], object], *, cpu: bool = False) -> float:
    """Seconds of the clock, or of the processor."""
    clock = time.process_time if cpu else time.perf_counter
    start = clock()
    work()
    return clock() - start


def sample_sentences(pages: Path) -> list[str]:
    from align.clean import clean_page
    from align.segment import sentences_of

    found: list[str] = []
    for path in sorted(pages.glob("[ve][in]/*.txt")):
        found += sentences_of(clean_page(path.read_bytes(), source=str(path)).document)
    return found


def clean(_: Path | None) -> None:
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


PARTS: dict[str, Callable[[Path | None], None]] = {
    "clean": clean, "encoder": encoder, "align": align, "build": build, "bitext": bitext
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
