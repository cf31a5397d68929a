"""A two-class logistic model, fitted, applied and stored alike by every fitting script."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]

REGULARISATION = 0.3
"""Inverse strength of the L2 penalty (scikit-learn's C): the data are few."""

Model = dict[str, Any]


def fit(X: np.ndarray, y: np.ndarray) -> Model:
    """Mean and scale of each feature, a weight for each, and the intercept."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = X.mean(0), X.std(0) + 1e-6
    model = LogisticRegression(C=REGULARISATION, max_iter=2000).fit((X - mean) / scale, y)
    return {
        "mean": np.round(mean, 6).tolist(),
        "scale": np.round(scale, 6).tolist(),
        "weights": np.round(model.coef_[0], 6).tolist(),
        "intercept": round(float(model.intercept_[0]), 6),
    }


def predict(model: Model, X: np.ndarray) -> np.ndarray:
    """[rows]: the probability of the second class."""
    score = (X - np.array(model["mean"])) / np.array(model["scale"]) @ np.array(model["weights"])
    return 1 / (1 + np.exp(-(score + model["intercept"])))


def store(
    target: str, model: Model, *, name: str, script: str, corpora: Sequence[str],
    rows: int, features: Sequence[str] = (),
) -> None:  # fmt: skip
    """Write the model with its provenance to *target*, a path in the checkout."""
    digest = hashlib.sha256(json.dumps(model).encode()).hexdigest()[:8]
    stored = {
        "format": f"songngu-{name} 1",
        "signature": f"{name}:{digest}",
        "fitted": f"benchmarks/{script}",
        "corpora": list(corpora),
        "rows": rows,
        **({"features": list(features)} if features else {}),
        **model,
    }
    (ROOT / target).write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    print("wrote", target)
