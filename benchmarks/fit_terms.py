#!/usr/bin/env python3
"""Fit the weights of term pairs and store them with their provenance.

    python benchmarks/fit_terms.py [--pages FOLDER ...] [--parallel STEM TERMS ...] [--write]

A folder holds pages (``vi/``, ``en/``) and ``gold/terms.tsv``; STEM.vi and STEM.en are parallel
lines, TERMS a list of some of their terms with every right rendering. Of the Vietnamese terms the
gold knows, a pair is right where the gold has it and wrong otherwise; other terms are rivals only.

A model for each channel first, then the one that settles pairs among each other, fitted on what the
first ones say of terms they were not fitted on. Prints precision and calibration of the first form
offered for each known term, by five-fold cross-validation over terms and with each corpus left out.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from align.evaluate import calibration_error
from benchmarks.logistic import Model, fit, predict, store
from benchmarks.terms import Corpus, read_pages, read_parallel
from glossary.gold import verdict
from glossary.mine import LEAST_PROBABILITY
from glossary.score import FEATURES, ModelName, rivalry, rows

FOLDS = 5
CHANNELS: tuple[ModelName, ...] = ("parallel", "comparable")
UNKNOWN = -1


@dataclass
class Pairs:
    """Every pair of all corpora, [pairs] each."""

    inputs: dict[str, np.ndarray]
    """[pairs, features] by channel."""
    linked: np.ndarray
    aligned: np.ndarray
    right: np.ndarray
    """1, 0, or `UNKNOWN`."""
    corpus: np.ndarray
    vi: np.ndarray
    """The term's key with its corpus."""
    en: np.ndarray

    @property
    def fold(self) -> np.ndarray:
        return np.array([zlib.crc32(key.encode()) % FOLDS for key in self.vi])

    def of_channel(self, channel: str) -> np.ndarray:
        return self.linked == (channel == "parallel")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", action="append", default=[], type=Path)
    parser.add_argument("--parallel", action="append", default=[], nargs=2, type=Path)
    parser.add_argument("--write", action="store_true", help="store the weights in the package")
    options = parser.parse_args()
    corpora = [read_pages(one) for one in options.pages]
    corpora += [read_parallel(*one) for one in options.parallel]
    pairs = collect(corpora)
    every = np.ones(len(pairs.right), np.bool_)
    scores = crossed(pairs, every)
    chances = np.zeros(len(scores))
    for held in range(FOLDS):
        apart = pairs.fold == held
        chances[apart] = predict(settle(pairs, scores, ~apart), rivals(pairs, scores)[apart])
    for name in np.unique(pairs.corpus):
        report(f"{name}, cross-validated", chances, pairs, pairs.corpus == name)
    for name in np.unique(pairs.corpus) if len(corpora) > 1 else ():
        apart = pairs.corpus == name
        scores_apart = crossed(pairs, ~apart)
        scores_apart[apart] = score(pairs, first_models(pairs, ~apart))[apart]
        model = settle(pairs, scores_apart, ~apart)
        report(f"{name} left out", predict(model, rivals(pairs, scores_apart)), pairs, apart)
    models: dict[str, Model] = {
        **first_models(pairs, every),
        "settled": settle(pairs, scores, every),
    }
    for name, model in models.items():
        weights = zip(FEATURES[name], model["weights"], strict=True)
        print(name, {feature: round(weight, 2) for feature, weight in weights})
    if options.write:
        plain = {name: {"features": FEATURES[name]} | model for name, model in models.items()}
        store(
            "glossary/resources/terms.json", {"models": plain}, name="terms",
            script="fit_terms.py", corpora=[one.name for one in corpora],
            rows=int((pairs.right != UNKNOWN).sum()),
        )  # fmt: skip


def collect(corpora: list[Corpus]) -> Pairs:
    evidence, right, names, linked = [], [], [], []
    keys: tuple[list[str], list[str]] = ([], [])
    for corpus in corpora:
        listed = {key for term in corpus.gold for key in term.vi}
        for some in corpus.judge().pairs:
            for pair in some:
                said = verdict(corpus.gold, pair.vi.key, pair.en.key)
                evidence.append(pair.evidence)
                right.append(int(bool(said)) if pair.vi.key in listed else UNKNOWN)
                names.append(corpus.name)
                linked.append(bool(pair.links))
                keys[0].append(f"{corpus.name}|{pair.vi.key}")
                keys[1].append(f"{corpus.name}|{pair.en.key}")
    return Pairs(
        {name: rows(evidence, FEATURES[name]) for name in CHANNELS},
        np.array(linked), np.array([one.aligned for one in evidence]), np.array(right),
        np.array(names), np.array(keys[0]), np.array(keys[1]),
    )  # fmt: skip


def first_models(pairs: Pairs, among: np.ndarray) -> dict[str, Model]:
    models = {}
    for name in CHANNELS:
        at = among & pairs.of_channel(name) & (pairs.right != UNKNOWN)
        models[name] = fit(pairs.inputs[name][at], pairs.right[at])
    return models


def score(pairs: Pairs, models: dict[str, Model]) -> np.ndarray:
    """[pairs] log-odds."""
    found = np.zeros(len(pairs.right))
    for name, model in models.items():
        at = pairs.of_channel(name)
        chances = np.clip(predict(model, pairs.inputs[name][at]), 1e-9, 1 - 1e-9)
        found[at] = np.log(chances / (1 - chances))
    return found


def crossed(pairs: Pairs, among: np.ndarray) -> np.ndarray:
    """[pairs] log-odds by models that were not fitted on the pair's term; 0 outside *among*."""
    found = np.zeros(len(pairs.right))
    for held in range(FOLDS):
        apart = among & (pairs.fold == held)
        found[apart] = score(pairs, first_models(pairs, among & (pairs.fold != held)))[apart]
    return found


def rivals(pairs: Pairs, scores: np.ndarray) -> np.ndarray:
    return rivalry(scores, pairs.vi.tolist(), pairs.en.tolist(), pairs.linked, pairs.aligned)


def settle(pairs: Pairs, scores: np.ndarray, among: np.ndarray) -> Model:
    at = among & (pairs.right != UNKNOWN)
    return fit(rivals(pairs, scores)[at], pairs.right[at])


def report(name: str, chances: np.ndarray, pairs: Pairs, among: np.ndarray) -> None:
    """Of the first form offered for each known term."""
    best: dict[str, int] = {}
    for k in np.flatnonzero(among & (pairs.right != UNKNOWN)).tolist():
        key = pairs.vi[k]
        if chances[k] >= LEAST_PROBABILITY and chances[k] > chances[best.get(key, k)] - (
            key not in best
        ):
            best[key] = k
    said = [(float(chances[k]), bool(pairs.right[k])) for k in best.values()]
    parts = [f"{len(said)} terms, right {np.mean([right for _, right in said]):.3f}"]
    parts.append(f"ECE {calibration_error(said):.3f}")
    for cut in (0.5, 0.8):
        sure = [right for chance, right in said if chance >= cut]
        parts.append(f"from {cut} on {np.mean(sure):.3f} of {len(sure)}")
    print(f"{name}: {', '.join(parts)}")


if __name__ == "__main__":
    main()
