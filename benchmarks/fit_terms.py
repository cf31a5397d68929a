#!/usr/bin/env python3
"""Fit the weights of term pairs, a model for each channel, and store them with their provenance.

    python benchmarks/fit_terms.py [--pages FOLDER ...] [--parallel STEM TERMS ...] [--write]

A folder holds pages (``vi/``, ``en/``) and ``gold/terms.tsv``; STEM.vi and STEM.en are parallel
lines, TERMS a list of some of their terms with every right rendering. A pair of forms is right
where the gold pairs them, wrong where the gold knows one of the two (of a list: the Vietnamese one)
and pairs it otherwise, and left out where it knows neither. Prints precision and calibration by
five-fold cross-validation over terms and with each corpus left out.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from align.evaluate import calibration_error
from align.model import LANGS
from benchmarks.logistic import fit, predict, store
from benchmarks.terms import Corpus, read_pages, read_parallel
from glossary.gold import verdict
from glossary.judge import ScoredPair
from glossary.score import FEATURES, rows

FOLDS = 5


@dataclass
class Rows:
    """The judged pairs of one channel."""

    X: np.ndarray
    right: np.ndarray
    corpus: np.ndarray
    fold: np.ndarray


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", action="append", default=[], type=Path)
    parser.add_argument("--parallel", action="append", default=[], nargs=2, type=Path)
    parser.add_argument("--write", action="store_true", help="store the weights in the package")
    options = parser.parse_args()
    corpora = [read_pages(one) for one in options.pages]
    corpora += [read_parallel(*one) for one in options.parallel]
    judged = [(one, list(chain.from_iterable(one.judge().pairs))) for one in corpora]
    models = {}
    total = 0
    for channel, features in FEATURES.items():
        data = collect(judged, channel)
        total += len(data.right)
        print(f"{channel}: {len(data.right)} pairs, {data.right.sum()} right")
        chances = np.zeros(len(data.right))
        for held in range(FOLDS):
            apart = data.fold == held
            chances[apart] = predict(fit(data.X[~apart], data.right[~apart]), data.X[apart])
        report("cross-validated", chances, data.right)
        for name in np.unique(data.corpus):
            apart = data.corpus == name
            if data.right[~apart].sum() > 0 and data.right[apart].any():
                some = predict(fit(data.X[~apart], data.right[~apart]), data.X[apart])
                report(f"{name} left out", some, data.right[apart])
        models[channel] = {"features": features} | fit(data.X, data.right)
        weights = zip(features, models[channel]["weights"], strict=True)
        print("  ", {name: round(weight, 2) for name, weight in weights})
    if options.write:
        store(
            "glossary/resources/terms.json", {"models": models}, name="terms",
            script="fit_terms.py", corpora=[one.name for one in corpora], rows=total,
        )  # fmt: skip


def collect(judged: list[tuple[Corpus, list[ScoredPair]]], channel: str) -> Rows:
    """The pairs of the channel on which the gold has an opinion."""
    evidence, right, names, folds = [], [], [], []
    for corpus, one in judged:
        listed = {key for term in corpus.gold for key in term.vi}
        for pair in one:
            if bool(pair.links) != (channel == "parallel"):
                continue
            if one_sided(corpus) and pair.vi.key not in listed:
                continue
            said = verdict(corpus.gold, pair.vi.key, pair.en.key)
            if said is None:
                continue
            evidence.append(pair.evidence)
            right.append(said)
            names.append(corpus.name)
            folds.append(zlib.crc32(pair.vi.key.encode()) % FOLDS)
    return Rows(
        rows(evidence, FEATURES[channel]), np.array(right), np.array(names), np.array(folds)
    )


def one_sided(corpus: Corpus) -> bool:
    """Whether the gold lists some Vietnamese terms only, and English forms for those."""
    return len(corpus.documents) == len(LANGS)


def report(name: str, chances: np.ndarray, right: np.ndarray) -> None:
    error = calibration_error(list(zip(chances.tolist(), right.tolist(), strict=True)))
    parts = [f"ECE {error:.3f}"]
    for cut in (0.3, 0.5, 0.8):
        found = chances >= cut
        precision = right[found].mean() if found.any() else 0.0
        recall = (found & right).sum() / right.sum()
        parts.append(f"at {cut} P {precision:.3f} R {recall:.3f}")
    print(f"   {name}: {', '.join(parts)}")


if __name__ == "__main__":
    main()
