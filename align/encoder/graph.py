"""The encoder's forward pass as an OpenVINO graph, built once from the weights.

BERT (Devlin et al. 2019) with exact GELU. Matrices are int8 with one f16 scale a row: that form
the CPU plug-in fuses and quantises dynamically, each row of activations by itself, so a
sentence's vector does not depend on its neighbours in the batch.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from align.arrays import FloatArray
from align.encoder.weights import Weights

WORD_LAYER = 5
"""Hidden layer whose vectors serve words: layers 5 to 7 of 12 align best, the last is useless."""


def build_graph(weights: Weights, path: Path) -> None:
    """Write the graph to *path* (``.xml``, with a ``.bin`` beside it; about 119 MB)."""
    import openvino as ov

    ov.save_model(_model(weights), path, compress_to_fp16=False)


def _model(weights: Weights) -> Any:
    """Inputs ``ids`` and ``mask`` [batch, pieces], outputs ``sentence`` [batch, hidden] of unit
    length and ``words`` [batch, pieces, hidden]."""
    import openvino as ov
    from openvino import opset13 as op

    sizes, tensors = weights.sizes, weights.tensors
    hidden, heads = sizes.hidden, sizes.heads

    def matrix(name: str, rows: int) -> Any:
        integers, scale = _quantise(tensors[name].reshape(rows, -1))
        return op.multiply(
            op.convert(op.constant(integers), "f16"), op.constant(scale.astype(np.float16))
        )

    def linear(x: Any, name: str, rows: int) -> Any:
        weight = op.convert(matrix(f"{name}.w", rows), "f32")
        return op.add(op.matmul(x, weight, False, True), op.constant(tensors[f"{name}.b"]))

    def layer_norm(x: Any, name: str) -> Any:
        normal = op.mvn(x, op.constant(np.array([-1])), True, sizes.epsilon, "inside_sqrt")
        return op.add(
            op.multiply(normal, op.constant(tensors[f"{name}.w"])),
            op.constant(tensors[f"{name}.b"]),
        )

    def split_heads(x: Any) -> Any:
        shaped = op.reshape(x, op.constant(np.array([0, 0, heads, hidden // heads])), True)
        return op.transpose(shaped, op.constant(np.array([0, 2, 1, 3])))

    ids = op.parameter([-1, -1], np.int64, name="ids")
    mask = op.parameter([-1, -1], np.float32, name="mask")
    # 0 where there is text, a large negative number where there is padding.
    bias = op.unsqueeze(
        op.multiply(op.subtract(mask, op.constant(np.float32(1))), op.constant(np.float32(1e4))),
        op.constant(np.array([1, 2])),
    )

    integers, scale = _quantise(tensors["emb.word"].reshape(sizes.vocabulary, hidden))
    axis = op.constant(np.int64(0))
    words = op.multiply(
        op.convert(op.gather(op.constant(integers), ids, axis), "f32"),
        op.convert(op.gather(op.constant(scale.astype(np.float16)), ids, axis), "f32"),
    )
    length = op.gather(op.shape_of(ids), op.constant(np.int64(1)), axis)
    index = op.range(op.constant(np.int64(0)), length, op.constant(np.int64(1)), "i64")
    fixed = tensors["emb.pos"].reshape(-1, hidden) + tensors["emb.type"].reshape(-1, hidden)[0]
    positions = op.gather(op.constant(fixed), index, axis)
    x = layer_norm(op.add(words, positions), "emb.ln")

    word_vectors = x
    for layer in range(sizes.layers):
        q, k, v = (split_heads(linear(x, f"l{layer}.{part}", hidden)) for part in "qkv")
        attended = op.scaled_dot_product_attention(q, k, v, bias)
        merged = op.reshape(
            op.transpose(attended, op.constant(np.array([0, 2, 1, 3]))),
            op.constant(np.array([0, 0, hidden])),
            True,
        )
        x = layer_norm(op.add(x, linear(merged, f"l{layer}.ao", hidden)), f"l{layer}.aln")
        inner = op.gelu(linear(x, f"l{layer}.fi", sizes.feed_forward), "erf")
        x = layer_norm(op.add(x, linear(inner, f"l{layer}.fo", hidden)), f"l{layer}.oln")
        if layer + 1 == WORD_LAYER:
            word_vectors = x

    weight = op.unsqueeze(mask, op.constant(np.int64(2)))
    one = op.constant(np.array([1]))
    mean = op.divide(op.reduce_sum(op.multiply(x, weight), one), op.reduce_sum(weight, one))
    unit = op.normalize_l2(mean, op.constant(np.array([1])), 1e-12, "max")
    outputs = []
    for node, name in ((unit, "sentence"), (word_vectors, "words")):
        result = op.result(node)
        result.output(0).get_tensor().set_names({name})
        outputs.append(result)
    return ov.Model(outputs, [ids, mask], "multilingual-e5-small")


def _quantise(matrix: FloatArray) -> tuple[np.ndarray[Any, Any], FloatArray]:
    """Rows as int8 and their scales [rows, 1]; ``integers * scale`` is the matrix again."""
    scale = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), 1e-8) / 127
    # The scale is stored as f16: round with the number that will really be multiplied.
    scale = scale.astype(np.float16).astype(np.float32)
    return np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8), scale
