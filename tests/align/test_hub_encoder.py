"""Encoders of the hub, on a model of a few thousand weights made here."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from align.encoder import Encoder, load_encoder
from align.encoder.protocol import FloatArray
from align.model import SongnguError

pytest.importorskip("sentence_transformers")

SENTENCES = [
    "Bộ Y tế trao tặng trang thiết bị cho nước bạn Lào.",
    "The Ministry of Health gave equipment to Laos.",
    "Có.",
    "500.000 liều",
]
LIMIT = 40
"""Positions of the tiny model."""
LONG = " ".join(SENTENCES * 4)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder: 2 layers of 16, a letter a piece."""
    import sentence_transformers
    import tokenizers
    import torch
    import transformers
    from tokenizers import models, pre_tokenizers, processors

    letters = sorted({letter for text in SENTENCES for letter in text if letter != " "})
    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    pieces = [*marks, *letters, *(f"##{letter}" for letter in letters), "Lào", "Bộ"]
    tokenizer = tokenizers.Tokenizer(
        models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B [SEP]",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    torch.manual_seed(7)
    library: Any = transformers
    config = library.BertConfig(
        vocab_size=len(pieces),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=LIMIT,
        # Wide enough that two texts differ.
        initializer_range=0.5,
    )
    plain = tmp_path_factory.mktemp("plain")
    library.BertModel(config).save_pretrained(plain)
    library.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=LIMIT,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
    ).save_pretrained(plain)
    path = tmp_path_factory.mktemp("tiny")
    sentence_transformers.SentenceTransformer(str(plain), device="cpu").save(str(path))
    return path


@pytest.fixture(scope="module")
def tiny(folder: Path) -> Encoder:
    return load_encoder(f"hub:{folder}")


def words_of(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\S+", text)]


def is_unit(vectors: FloatArray) -> bool:
    return bool(np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5))


def test_unit_vectors_of_the_library(tiny: Encoder, folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    short = SENTENCES[2:]
    vectors = tiny.sentences(short)
    assert vectors.shape == (2, 16)
    assert vectors.dtype == np.float32
    assert is_unit(vectors)
    assert np.allclose(vectors, model.encode(short, normalize_embeddings=True), atol=1e-5)


def test_word_vectors_are_means_of_the_middle_layer(tiny: Encoder, folder: Path) -> None:
    import torch
    import transformers

    library: Any = transformers
    tokenizer = library.AutoTokenizer.from_pretrained(folder)
    model = library.AutoModel.from_pretrained(folder).eval()
    text = "Bộ Y tế Lào."
    spans = words_of(text)
    encoded = tokenizer(text, return_tensors="pt", return_offsets_mapping=True)
    places = encoded.pop("offset_mapping")[0].tolist()
    with torch.no_grad():
        # 2 layers: 5/12 of the depth is the first.
        states = model(**encoded, output_hidden_states=True).hidden_states[1][0].numpy()
    expected = [
        states[[i for i, (a, b) in enumerate(places) if a < end and b > start]].mean(0)
        for start, end in spans
    ]
    vectors, words = tiny.sentences_and_words([text, "Có."], [spans, [(0, 2)]])
    assert is_unit(vectors)
    assert [one.shape for one in words] == [(4, 16), (1, 16)]
    assert np.allclose(words[0], np.stack(expected), atol=1e-5)


def test_company_does_not_change_a_vector(tiny: Encoder) -> None:
    together = tiny.sentences([*SENTENCES, LONG])
    alone = np.concatenate([tiny.sentences([text]) for text in [*SENTENCES, LONG]])
    assert np.allclose(together, alone, atol=1e-5)


@pytest.mark.parametrize(
    "text", [LONG, "BộYtế" * 60, " " + "Lào" * 60], ids=["words", "no space", "space in front"]
)
def test_long_text_is_split_not_cut(tiny: Encoder, text: str) -> None:
    spans = words_of(text)
    before, after = tiny.sentences([text, text[:-6] + "500.00"])
    assert np.abs(before - after).max() > 1e-3
    words = tiny.sentences_and_words([text], [spans])[1][0]
    assert words.shape == (len(spans), 16)
    assert np.linalg.norm(words, axis=1).min() > 0.1


def test_tail_has_the_vectors_of_its_own_words(tiny: Encoder) -> None:
    # The last word stands in a later window than the first.
    one, other = (
        tiny.sentences_and_words([text], [words_of(text)])[1][0]
        for text in (LONG, LONG[:-4] + "Laos")
    )
    assert np.allclose(one[0], other[0], atol=1e-5)
    assert np.abs(one[-1] - other[-1]).max() > 1e-3


def test_decomposed_text_gives_the_same_vectors(tiny: Encoder) -> None:
    spans = [words_of(text) for text in SENTENCES]
    decomposed = [unicodedata.normalize("NFD", text) for text in SENTENCES]
    one, one_words = tiny.sentences_and_words(SENTENCES, spans)
    other, other_words = tiny.sentences_and_words(decomposed, spans)
    assert np.array_equal(one, other)
    assert all(map(np.array_equal, one_words, other_words))


def test_nothing(tiny: Encoder) -> None:
    assert tiny.sentences([]).shape == (0, 16)
    vectors, words = tiny.sentences_and_words([], [])
    assert (vectors.shape, words) == ((0, 16), [])
    vectors, words = tiny.sentences_and_words([""], [[]])
    assert is_unit(vectors)
    assert words[0].shape == (0, 16)


def test_signature_names_model_and_layer(tiny: Encoder, folder: Path) -> None:
    assert tiny.signature == f"hub:{folder}|local|layer1"


def test_absent_model_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SongnguError, match="cannot be loaded") as caught:
        load_encoder(f"hub:{tmp_path / 'absent'}")
    message = str(caught.value)
    print(message)
    assert str(tmp_path / "absent") in message
    assert "\n" not in message


def test_folder_that_is_no_model_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(SongnguError, match="cannot be loaded") as caught:
        load_encoder(f"hub:{tmp_path}")
    assert "\n" not in str(caught.value)
    print(caught.value)
