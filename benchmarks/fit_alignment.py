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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from align import beads as aligner
from align import candidates
from align.arrays import FloatArray
from align.background import Background, load_background
from align.bead_format import read_beads
from align.choose import Judged, choose, with_nulls
from align.closer import look_closer
from align.encoder import Encoder, load_encoder
from align.evaluate import bead_scores
from align.model import Bead, Lang
from align.relation import ARRAYS, FEATURES, FIRST, GLANCE, RELATIONS, Evidence, Model
from align.sides import Sentence, look_at

REGULARISATION = 1.0
"""Inverse strength of the L2 penalty (scikit-learn's C); .1 to 10 changed no score by .003."""

Windows = candidates.Windows


@dataclass
class Gold:
    """A document whose beads are known, and what the models in the making see of it."""

    name: str
    regime: str
    corpus: str
    vi: list[Sentence]
    en: list[Sentence]
    beads: list[Bead]
    first: dict[Windows, Evidence] = field(default_factory=dict)
    judged: dict[Windows, Judged] = field(default_factory=dict)
    closer: dict[Windows, Evidence] = field(default_factory=dict)

    @property
    def truth(self) -> dict[Windows, int]:
        """The class of each true bead."""
        return {
            ((bead.vi[0], len(bead.vi)), (bead.en[0], len(bead.en))): RELATIONS.index(bead.relation)
            for bead in self.beads
            if bead.vi and bead.en
        }


class Remembering:
    """An encoder that embeds no text twice: each left-out fit asks for nearly the same clauses."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, FloatArray] = {}
        self.signature = encoder.signature

    def sentences(self, texts: Sequence[str]) -> FloatArray:
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors |= dict(zip(new, self._encoder.sentences(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])

    def sentences_and_words(
        self, texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[FloatArray, list[FloatArray]]:
        return self._encoder.sentences_and_words(texts, spans)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", type=Path)
    parser.add_argument("--name", action="append", default=[], help="public name of a corpus used")
    parser.add_argument("--write", action="store_true", help="store the weights in the package")
    options = parser.parse_args()
    encoder = Remembering(load_encoder())
    background = load_background(encoder)
    documents = [
        load(path, encoder, background) for path in sorted(options.documents.glob("*/*.gold"))
    ]
    corpora = sorted({one.corpus for one in documents})
    for left_out in corpora if len(corpora) > 1 else ():
        models = fit([one for one in documents if one.corpus != left_out], encoder, background)
        print(f"fitted without {left_out}, tried on it:")
        report(models, [one for one in documents if one.corpus == left_out], encoder, background)
    models = fit(documents, encoder, background)
    print("fitted on all, tried on all (optimistic):")
    report(models, documents, encoder, background)
    if options.write:
        store(models, options.name or corpora, documents)


def load(path: Path, encoder: Encoder, background: Mapping[Lang, Background]) -> Gold:
    vi, en = (
        path.with_suffix(end).read_text("utf-8").rstrip("\n").split("\n")
        for end in (".src", ".tgt")
    )
    return Gold(
        path.stem,
        path.parent.name,
        path.stem.rsplit("-", 1)[-1],
        look_at(vi, "vi", encoder, background["vi"]),
        look_at(en, "en", encoder, background["en"]),
        read_beads(path.read_text("utf-8")),
    )


def fit(
    documents: Sequence[Gold], encoder: Encoder, background: Mapping[Lang, Background]
) -> dict[str, Model]:
    """The three models, each fitted on what the one before leaves."""
    rows: list[FloatArray] = []
    classes: list[int] = []
    for one in documents:
        truth = {
            (i, j): RELATIONS.index(bead.relation)
            for bead in one.beads
            for i in bead.vi
            for j in bead.en
        }
        pairs, measures = candidates.glances(candidates.Nearness.of(one.vi, one.en, background))
        rows.append(measures)
        classes += [truth.get(pair, 0) for pair in pairs]
    glance = fit_model(np.concatenate(rows), classes, GLANCE, squares=False)
    look(documents, glance, background)
    first = fit_on((row for one in documents for row in labelled(one, one.first)), FIRST)
    look_again(documents, first, encoder, background)
    closer = fit_on((row for one in documents for row in labelled(one, one.closer)), FEATURES)
    return {"glance": glance, "first": first, "closer": closer}


def look(documents: Sequence[Gold], glance: Model, background: Mapping[Lang, Background]) -> None:
    for one in documents:
        one.first = candidates.measured(one.vi, one.en, background, glance)


def look_again(
    documents: Sequence[Gold],
    first: Model,
    encoder: Encoder,
    background: Mapping[Lang, Background],
) -> None:
    for one in documents:
        one.judged = aligner.judged(one.first, first)
        one.closer = look_closer(one.judged, one.vi, one.en, encoder, background)


def labelled(
    document: Gold, evidence: Mapping[Windows, Evidence]
) -> Iterator[tuple[Evidence, int]]:
    """Candidates with their class. A grouping that holds half a true bead is neither right nor
    wrong about what the texts say and is left out: choosing among overlapping groupings is the
    path's work, not the model's."""
    truth = document.truth
    links = {(i, j) for bead in document.beads for i in bead.vi for j in bead.en}
    for (v, e), one in evidence.items():
        label = truth.get((v, e), 0)
        touching = any((i, j) in links for i in range(v[0], sum(v)) for j in range(e[0], sum(e)))
        if label or not touching:
            yield one, label


def fit_on(rows: Iterator[tuple[Evidence, int]], features: tuple[str, ...]) -> Model:
    evidence, classes = zip(*rows, strict=True)
    return fit_model(np.array([one.row(features) for one in evidence]), classes, features)


def fit_model(
    rows: FloatArray, classes: Sequence[int], features: tuple[str, ...], *, squares: bool = True
) -> Model:
    from sklearn.linear_model import LogisticRegression

    nothing = np.zeros(0)
    empty = Model(features, nothing, nothing, nothing, nothing, rows.min(0), rows.max(0), squares)
    inputs = empty.inputs(rows)
    mean, scale = inputs.mean(0), inputs.std(0) + 1e-6
    model = LogisticRegression(C=REGULARISATION, max_iter=5000)
    model.fit((inputs - mean) / scale, classes)
    return replace(empty, mean=mean, scale=scale, weights=model.coef_, intercept=model.intercept_)


def report(
    models: Mapping[str, Model],
    documents: Sequence[Gold],
    encoder: Encoder,
    background: Mapping[Lang, Background],
) -> None:
    look(documents, models["glance"], background)
    look_again(documents, models["first"], encoder, background)
    by_regime: dict[str, list[tuple[list[Bead], list[Bead]]]] = defaultdict(list)
    for one in documents:
        judged = one.judged | aligner.judged(one.closer, models["closer"])
        found = with_nulls(choose(judged), judged.values(), len(one.vi), len(one.en))
        by_regime[one.regime].append((one.beads, found))
    for regime, pairs in by_regime.items():
        print(f"  {regime:11s}", bead_scores(pairs).line(), flush=True)


def store(models: Mapping[str, Model], names: list[str], documents: Sequence[Gold]) -> None:
    plain = {
        name: {"features": model.features, "squares": model.squares}
        | {key: np.round(getattr(model, key), 6).tolist() for key in ARRAYS}
        for name, model in models.items()
    }
    digest = hashlib.sha256(json.dumps(plain).encode()).hexdigest()[:8]
    stored = {
        "format": "songngu-alignment 2",
        "signature": f"rel:{digest}",
        "fitted": "benchmarks/fit_alignment.py",
        "corpora": names,
        "documents": len(documents),
        "candidates": sum(len(one.first) for one in documents),
        "classes": RELATIONS,
        "models": plain,
    }
    target = Path(__file__).parents[1] / "align" / "resources" / "alignment.json"
    target.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    print("wrote", target)


if __name__ == "__main__":
    main()
