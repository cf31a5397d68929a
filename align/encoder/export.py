"""The default encoder's weights as a Hugging Face model folder, for tools that load only those.

In goes what `align.encoder.weights` reads; out comes a folder that ``transformers`` and SimAlign
load without a hub. The encoder itself does not use it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from align.arrays import FloatArray
from align.cache import cached_folder
from align.encoder.tokens import BEGIN, END, PAD, build_tokenizer
from align.encoder.weights import Sizes, Weights, find_weights, read_weights
from align.model import MissingExtra
from align.versions import WEIGHTS_SHA256

FORMAT = 1
"""Raised when the folder's content changes, so that one of an older version is not used."""

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")

HalfArray = npt.NDArray[np.float16]


def model_folder_for_simalign() -> Path:
    """The cached model folder, about 250 MB; written on first use, in some seconds.

    Raises `MissingExtra` where ``safetensors`` or the weights are absent and `SongnguError` where
    the cache cannot be written.
    """

    def build(folder: Path) -> None:
        write_model_folder(folder)

    return cached_folder(f"e5-small-{WEIGHTS_SHA256[:8]}-hf-{FORMAT}", build)


def write_model_folder(folder: Path) -> Path:
    """Write ``config.json``, ``model.safetensors`` and the tokenizer's two files; gives *folder*.

    The matrices are stored as f16 and loaded as f32: half the room, and rounding that 4-bit
    weights do not notice. Raises `MissingExtra` where ``safetensors`` or the weights are absent.
    """
    try:
        from safetensors.numpy import save
    except ImportError as error:
        raise MissingExtra(
            "a model folder needs safetensors: pip install 'songngu[simalign]'"
        ) from error
    weights = read_weights(find_weights())
    folder.mkdir(parents=True, exist_ok=True)
    # Not `save_file`: its errors are no OSError, and a full disk would end in a traceback.
    (folder / "model.safetensors").write_bytes(save(_tensors(weights), {"format": "pt"}))
    _write_json(folder / "config.json", _config(weights.sizes))
    _write_tokenizer(weights, folder)
    return folder


def _config(sizes: Sizes) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": sizes.hidden,
        "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads,
        "intermediate_size": sizes.feed_forward,
        "hidden_act": "gelu",
        "vocab_size": sizes.vocabulary,
        "max_position_embeddings": sizes.positions,
        "type_vocab_size": sizes.types,
        "layer_norm_eps": sizes.epsilon,
        "pad_token_id": PAD,
        # The type to compute in, under its new and its old name; the file holds f16.
        "dtype": "float32",
        "torch_dtype": "float32",
    }


def _tensors(weights: Weights) -> dict[str, HalfArray]:
    """The tensors under the names of ``BertModel``."""
    hidden = weights.sizes.hidden
    tensors = {name: tensor.astype(np.float16) for name, tensor in _named(weights)}
    # Nothing reads the pooler; left out, transformers would invent one at random and warn.
    tensors["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float16)
    tensors["pooler.dense.bias"] = np.zeros(hidden, np.float16)
    return tensors


def _named(weights: Weights) -> Iterator[tuple[str, FloatArray]]:
    hidden, tensors = weights.sizes.hidden, weights.tensors
    for ours, theirs in (("word", "word"), ("pos", "position"), ("type", "token_type")):
        yield f"embeddings.{theirs}_embeddings.weight", tensors[f"emb.{ours}"].reshape(-1, hidden)
    yield "embeddings.LayerNorm.weight", tensors["emb.ln.w"]
    yield "embeddings.LayerNorm.bias", tensors["emb.ln.b"]
    parts = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "oln": "output.LayerNorm",
    }
    for layer in range(weights.sizes.layers):
        for ours, theirs in parts.items():
            weight, bias = tensors[f"l{layer}.{ours}.w"], tensors[f"l{layer}.{ours}.b"]
            # A matrix is [out, in] and has as many rows as its bias; a norm's weight is a vector.
            shaped = weight if weight.size == bias.size else weight.reshape(bias.size, -1)
            yield f"encoder.layer.{layer}.{theirs}.weight", shaped
            yield f"encoder.layer.{layer}.{theirs}.bias", bias


def _write_tokenizer(weights: Weights, folder: Path) -> None:
    from tokenizers import Tokenizer, decoders, processors

    path = folder / "tokenizer.json"
    build_tokenizer(weights.pieces, path)
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", BEGIN), ("</s>", END)],
    )
    tokenizer.add_special_tokens(list(SPECIAL))
    tokenizer.save(str(path), pretty=False)
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": weights.sizes.positions,
            # XLM-R's tokenizer knows no segment types; the model has only one.
            "model_input_names": ["input_ids", "attention_mask"],
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
            "clean_up_tokenization_spaces": False,
        },
    )


def _write_json(path: Path, content: dict[str, object]) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
