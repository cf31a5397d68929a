#!/usr/bin/env python3
"""Fit the weights of the sentence aligner and store them with their provenance.

    python benchmarks/fit_alignment.py DOCUMENTS --name flores-200-dev --name ntrex-128 [--write]

DOCUMENTS holds folders of documents: NAME.src (Vietnamese, one sentence a line), NAME.tgt
(English), NAME.gold (beads, ``[0, 1]:[2]``, a fourth field names the relation). The stored weights
were fitted on documents cut from FLORES-200 dev and NTREX-128 (both CC BY-SA 4.0, public), with
merged, dropped, shuffled and unrelated sentences. Prints the scores with each corpus left out;
a document's corpus is the part of its name after the last hyphen.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from align import beads as aligner
from align import relation
from align.background import load_background
from align.bead_format import read_beads
from align.encoder import load_encoder
from align.evaluate import bead_scores
from align.model import Bead
from align.sides import look_at

REGULARISATION = 1.0
"""Inverse strength of the L2 penalty (scikit-learn's C); .1 to 10 changed no score by .003."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", type=Path)
    parser.add_argument("--name", action="append", default=[], help="public name of a corpus used")
    parser.add_argument("--write", action="store_true", help="store the weights in the package")
    options = parser.parse_args()
    documents = [load(path) for path in sorted(options.documents.glob("*/*.gold"))]
    corpora = sorted({one["corpus"] for one in documents})
    for left_out in corpora:
        model = fit([one for one in documents if one["corpus"] != left_out])
        print(f"fitted without {left_out}, tried on it:")
        report(model, [one for one in documents if one["corpus"] == left_out])
    model = fit(documents)
    print("fitted on all, tried on all (optimistic):")
    report(model, documents)
    if options.write:
        store(model, options.name or corpora)


def load(gold: Path) -> dict[str, Any]:
    """One document: its candidates with their measures, and the gold relation of each."""
    encoder = load_encoder()
    background = load_background(encoder)
    vi = gold.with_suffix(".src").read_text("utf-8").rstrip("\n").split("\n")
    en = gold.with_suffix(".tgt").read_text("utf-8").rstrip("\n").split("\n")
    sides = (
        look_at(vi, "vi", encoder, background["vi"]),
        look_at(en, "en", encoder, background["en"]),
    )
    evidence = aligner.measured(*sides, background)
    keys = list(evidence)
    beads = read_beads(gold.read_text("utf-8"))
    truth = {(bead.vi, bead.en): bead.relation for bead in beads if bead.vi and bead.en}
    classes = [
        relation.RELATIONS.index(
            truth.get((tuple(range(v[0], sum(v))), tuple(range(e[0], sum(e)))), "none")
        )
        for v, e in keys
    ]
    links = {(i, j) for bead in beads for i in bead.vi for j in bead.en}
    # A grouping that holds half a true bead is neither right nor wrong about what the texts say;
    # choosing among overlapping groupings is the path's work, not the model's.
    touching = [
        any((i, j) in links for i in range(v[0], sum(v)) for j in range(e[0], sum(e)))
        for v, e in keys
    ]
    return {
        "fitted": np.array([not t or bool(c) for t, c in zip(touching, classes, strict=True)]),
        "regime": gold.parent.name,
        "corpus": gold.stem.rsplit("-", 1)[-1],
        "rows": np.array([one.row() for one in evidence.values()]),
        "classes": np.array(classes),
        "evidence": evidence,
        "sizes": (len(vi), len(en)),
        "gold": beads,
    }


def fit(documents: list[dict[str, Any]]) -> dict[str, Any]:
    from sklearn.linear_model import LogisticRegression

    rows = np.concatenate([one["rows"][one["fitted"]] for one in documents])
    classes = np.concatenate([one["classes"][one["fitted"]] for one in documents])
    mean, scale = rows.mean(0), rows.std(0) + 1e-6
    model = LogisticRegression(C=REGULARISATION, max_iter=5000)
    model.fit((rows - mean) / scale, classes)
    return {
        "mean": mean, "scale": scale, "weights": model.coef_, "intercept": model.intercept_,
        "documents": len(documents), "candidates": len(rows),
    }  # fmt: skip


def report(model: dict[str, Any], documents: list[dict[str, Any]]) -> None:
    by_regime: dict[str, list[tuple[list[Bead], list[Bead]]]] = defaultdict(list)
    for one in documents:
        judged = aligner.judged(one["evidence"], model)
        found = aligner.with_nulls(aligner.choose(judged), judged.values(), *one["sizes"])
        by_regime[one["regime"]].append((one["gold"], found))
    for regime, pairs in by_regime.items():
        print(f"  {regime:11s}", bead_scores(pairs).line())


def store(model: dict[str, Any], names: list[str]) -> None:
    numbers = {
        key: np.round(model[key], 6).tolist() for key in ("mean", "scale", "weights", "intercept")
    }
    digest = hashlib.sha256(json.dumps(numbers).encode()).hexdigest()[:8]
    stored = {
        "format": "songngu-alignment 1",
        "signature": f"rel:{digest}",
        "fitted": "benchmarks/fit_alignment.py",
        "corpora": names,
        "documents": model["documents"],
        "candidates": model["candidates"],
        "classes": relation.RELATIONS,
        "features": relation.FEATURES,
        **numbers,
    }
    target = Path(__file__).parents[1] / "align" / "resources" / "alignment.json"
    target.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    print("wrote", target)


if __name__ == "__main__":
    main()
