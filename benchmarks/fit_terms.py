#!/usr/bin/env python3
"""Fit the weights of term pairs and store them with their provenance.

    python benchmarks/fit_terms.py data/sample [--write]

The folder holds pages (``vi/``, ``en/``) and ``gold/terms.tsv``. A pair of forms is right where the
gold pairs them, wrong where the gold knows one of the two and pairs it otherwise, and left out
where it knows neither. Prints precision and calibration by five-fold cross-validation over terms.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

import glossary.judge as judge
import glossary.mine as mine
from align.clean import clean_page
from align.evaluate import calibration_error
from align.model import Document, Lang
from align.pair import pair_documents
from benchmarks.logistic import fit, predict, store
from glossary.gold import read_gold, verdict
from glossary.score import FEATURES


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="store the weights in the package")
    options = parser.parse_args()
    gold = read_gold((options.folder / "gold" / "terms.tsv").read_text("utf-8"))
    documents = [*read(options.folder, "vi"), *read(options.folder, "en")]
    pairs = pair_documents(
        [one for one in documents if one.lang == "vi"],
        [one for one in documents if one.lang == "en"],
    )
    from align import align_sentences
    from align.segment import sentences_of

    by_id = {one.id: one for one in documents}
    beads = {
        (pair.vi, pair.en): align_sentences(
            sentences_of(by_id[pair.vi]), sentences_of(by_id[pair.en])
        )
        for pair in pairs
        if pair.score >= 0.5
    }
    rows, truth, fold = [], [], []
    original, seen = judge.probability, []
    judge.probability = lambda evidence: np.full(len(evidence), 0.5)
    keep = mine._choose
    mine._choose = lambda judged, *rest: seen.extend(judged) or []
    try:
        # Official names are no part of the model.
        mine.mine_terms(documents, pairs, beads, known=())
    finally:
        judge.probability, mine._choose = original, keep
    for pair in seen:
        right = verdict(gold, pair.vi.key, pair.en.key)
        if right is None:
            continue
        rows.append(pair.evidence.row())
        truth.append(right)
        fold.append(zlib.crc32(pair.vi.key.encode()) % 5)
    X, y, f = np.array(rows), np.array(truth), np.array(fold)
    print(f"{len(y)} pairs, {y.sum()} right")
    chances = np.zeros(len(y))
    for held in range(5):
        chances[f == held] = predict(fit(X[f != held], y[f != held]), X[f == held])
    for cut in (0.3, 0.5, 0.7, 0.9):
        found = chances >= cut
        precision, recall = y[found].mean(), (found & y).sum() / y.sum()
        print(f"at {cut}: precision {precision:.3f} recall {recall:.3f} of {found.sum()}")
    print("calibration error", calibration_error(list(zip(chances, y, strict=True))))
    model = fit(X, y)
    print({name: round(w, 2) for name, w in zip(FEATURES, model["weights"], strict=True)})
    if options.write:
        store(
            "glossary/resources/terms.json", model, name="terms", script="fit_terms.py",
            corpora=["data/sample (CC0)"], features=FEATURES, rows=len(y),
        )  # fmt: skip


def read(folder: Path, lang: Lang) -> list[Document]:
    return [
        clean_page(path.read_bytes(), source=str(path), lang=lang).document
        for path in sorted((folder / lang).glob("*.txt"))
    ]


if __name__ == "__main__":
    main()
