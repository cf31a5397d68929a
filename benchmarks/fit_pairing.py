#!/usr/bin/env python3
"""Fit the weights of document pairing and store them with their provenance.

    python benchmarks/fit_pairing.py VI EN IDS --name ntrex-128 [--write]

VI and EN are line-aligned files, line n of IDS names the document of line n (NTREX-128, CC BY-SA
4.0, has all three). Each document stands for a release and, thinned out and reordered, for
coverage of it; the others are the near misses. Prints the figures by two-fold cross-validation.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from align.background import load_background
from align.encoder import load_encoder
from align.model import Document, Lang
from align.pair import PAIR_FEATURES, compare, near_pairs, rarities, read_documents
from benchmarks.logistic import fit, predict, store


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", type=Path, nargs=3, metavar=("VI", "EN", "IDS"))
    parser.add_argument("--name", required=True, help="public name of the corpus")
    parser.add_argument("--write", action="store_true", help="store the weights in the package")
    options = parser.parse_args()
    vi, en, ids = (path.read_text("utf-8").splitlines() for path in options.files)
    stories: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one, two, name in zip(vi, en, ids, strict=False):
        stories[name].append((one, two))
    rng = random.Random(7)
    rows, truth, fold = [], [], []
    background = load_background(load_encoder())
    # Kept share of each side: whole translations, shortened ones, retellings.
    for kept in (1.0, 0.6, 0.35):
        sides = []
        for side, lang in enumerate(("vi", "en")):
            documents = [
                document(name, lang, [pair[side] for pair in thinned(pairs, kept, rng)])
                for name, pairs in stories.items()
            ]
            sides.append(read_documents(documents, load_encoder(), background[lang]))
        rarity = rarities([*sides[0], *sides[1]])
        for i, j in near_pairs(*sides):
            evidence = compare(sides[0][i], sides[1][j], rarity)
            rows.append([getattr(evidence, name) for name in PAIR_FEATURES])
            truth.append(i == j)
            fold.append(i % 2)
    X, y, half = np.array(rows), np.array(truth), np.array(fold)
    for held in (0, 1):
        chances = predict(fit(X[half != held], y[half != held]), X[half == held])
        found, gold = chances >= 0.5, y[half == held]
        right = (found & gold).sum()
        print(
            f"fold {held}: P {right / found.sum():.3f} R {right / gold.sum():.3f} of {gold.sum()}"
        )
    model = fit(X, y)
    print({name: round(w, 2) for name, w in zip(PAIR_FEATURES, model["weights"], strict=True)})
    if options.write:
        store(
            "align/resources/pairing.json", model, name="pairing", script="fit_pairing.py",
            corpora=[options.name], features=PAIR_FEATURES, rows=len(y),
        )  # fmt: skip


def document(name: str, lang: Lang, lines: list[str]) -> Document:
    # Half the documents have no title of their own, as scraped pages do.
    return Document(name, lang, "", None, "", "", "", tuple(lines))


def thinned(pairs: list[tuple[str, str]], kept: float, rng: random.Random) -> list[tuple[str, str]]:
    if kept == 1:
        return pairs
    some = rng.sample(pairs, max(2, round(kept * len(pairs)))) if len(pairs) > 2 else pairs
    return some


if __name__ == "__main__":
    main()
