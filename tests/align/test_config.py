"""songngu.yaml: defaults, values, and errors that name the line and the key that was meant."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.config import DEFAULT_YAML, Config, MineConfig, PairConfig, load_config
from align.marked_yaml import dump, load_marked, read_marked
from align.model import SongnguError


def load(folder: Path, text: str | bytes) -> Config:
    raw = text.encode() if isinstance(text, str) else text
    (folder / "songngu.yaml").write_bytes(raw)
    return load_config(folder)


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_config(tmp_path) == Config()


def test_the_file_that_init_writes_gives_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, DEFAULT_YAML) == Config()


def test_the_file_that_init_writes_shows_every_key() -> None:
    shown = load_marked(DEFAULT_YAML, "songngu.yaml").value
    assert list(shown) == list(Config.__dataclass_fields__)
    assert list(shown["pair"]) == list(PairConfig.__dataclass_fields__)
    assert list(shown["mine"]) == list(MineConfig.__dataclass_fields__)
    for number, line in enumerate(lines := DEFAULT_YAML.splitlines()):
        if ":" in line and not line.lstrip().startswith("#") and line.split(":")[1].strip():
            assert lines[number - 1].lstrip().startswith("#"), f"no explanation: {line}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Config()),
        ("# nothing\n", Config()),
        ("\ufeffvi: pages\r\n", Config(vi=("pages",))),
        ("vi: [a, 'b/*.txt']\nen: c\n", Config(vi=("a", "b/*.txt"), en=("c",))),
        ("vi:\npair:\n", Config()),
        ("vi: no\n", Config(vi=("no",))),
        ("encoder: hub:LaBSE\nencoder_device: cuda\n",
         Config(encoder="hub:LaBSE", encoder_device="cuda")),
        ("word_aligner: simalign\nofficial_names: false\n",
         Config(word_aligner="simalign", official_names=False)),
        ("pair: {window_days: 0}\n",
         Config(pair=PairConfig(0))),
        ("mine:\n  min_probability: 1\n", Config(mine=MineConfig(1.0))),
    ],
)  # fmt: skip
def test_values(tmp_path: Path, text: str, expected: Config) -> None:
    assert load(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("encodderr: x\n", 1, "unknown key 'encodderr'; did you mean 'encoder'?"),
        ("vi: vi\n\nword_alligner: own\n", 3, "did you mean 'word_aligner'?"),
        ("pair:\n  window_day: 3\n", 2,
         "unknown key 'pair.window_day'; did you mean 'pair.window_days'?"),
        ("mine:\n  window_days: 3\n", 2, "did you mean 'pair.window_days'?"),
        ("window_days: 3\n", 1, "did you mean 'pair.window_days'?"),
        ("pair.window_days: 3\n", 1, "write 'pair:' and in the next line '  window_days: ...'"),
        ("zzz: 3\n", 1, "known are vi, en, bitext, encoder"),
        ("en: en\nvi: 3\n", 2, "vi: 3 is not a path"),
        ("vi:\n- a\n- 3\n", 3, "vi: 3 is not a path"),
        ("vi: []\n", 1, "name a folder"),
        ("vi: ''\n", 1, "not a path"),
        ("encoder: 5\n", 1, "encoder: 5 is not a text"),
        ("word_aligner: eflomal\n", 1, "'eflomal' is not 'own' or 'simalign'"),
        ("official_names: no\n", 1, "'no' is not true or false"),
        ("pair: 30\n", 1, "its keys (window_days) go below it"),
        ("pair:\n  window_days: -1\n", 2, "pair.window_days: -1 is not a whole number"),
        ("pair:\n  window_days: 1.5\n", 2, "whole number"),
        ("pair:\n  window_days: true\n", 2, "whole number"),
        ("mine:\n\n  min_probability: 30\n", 3, "a number from 0 to 1"),
        ("mine:\n  min_probability: {a: 1}\n", 2, "a dict is not a number"),
        ("- vi\n", 1, "'key: value'"),
        ("vi: a\nen: b\nvi: c\n", 3, "'vi' stands here a second time, first in line 1"),
        ("vi: a\n\ten: b\n", 2, "broken YAML"),
        ("vi: [a, b\nen: c\n", 2, "that begins in line 1"),
        ("vi: a: b\n", 1, "broken YAML"),
        ("vi: a\nen: \x1b\n", 2, "control character 0x1b"),
        ("vi: &v a\nen: *v\n", 1, "the anchor &v is not read here"),
        ("vi: !!python/object:os.system x\n", 1, "the tag"),
        ("vi: a\n---\nvi: b\n", 2, "a second document"),
        ("? [a]\n: b\n", 1, "a key is text"),
        (b"vi: a\nen: \xff\n", 2, "not UTF-8"),
        ("vi: " + "[" * 60 + "]" * 60, 1, "levels deep"),
    ],
)  # fmt: skip
def test_errors_name_the_line(tmp_path: Path, text: str | bytes, line: int, message: str) -> None:
    with pytest.raises(SongnguError) as raised:
        load(tmp_path, text)
    assert str(raised.value).startswith(f"{tmp_path / 'songngu.yaml'}:{line}: ")
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1, -2, 012, 1_000, 0x1f, 1:30]", [1, -2, "012", "1_000", "0x1f", "1:30"]),
        ("[1.5, 1e5, .5, .nan]", [1.5, "1e5", 0.5, ".nan"]),
        ("[yes, no, on, true, False]", ["yes", "no", "on", True, False]),
        ("[~, null, '', '~', 'null']", [None, None, "", "~", "null"]),
        ("[2023-12-28, '2023-12-28']", [datetime.date(2023, 12, 28), "2023-12-28"]),
        ("a: |\n  một\n  hai\n", {"a": "một\nhai\n"}),
        ("Bộ Y tế", "Bộ Y tế"),
        ("2024: {no: x}", {"2024": {"no": "x"}}),
    ],
)
def test_plain_scalars(text: str, value: Any) -> None:
    assert load_marked(text, "f.yaml").value == value


def test_a_date_that_is_none_is_an_error_with_its_line() -> None:
    with pytest.raises(SongnguError, match=r"^f\.yaml:2: no such date: 2023-02-30"):
        load_marked("- 1\n- 2023-02-30\n", "f.yaml")


def test_lines_of_nested_values_and_of_absent_ones() -> None:
    marked = load_marked("# c\nterms:\n- lang: vi\n  text: >\n    a\n- lang: en\n", "f.yaml")
    assert marked.line() == 2
    assert marked.line("terms", 0) == 3
    assert marked.line("terms", 0, "text") == 4
    assert marked.line("terms", 1, "text") == 6
    assert str(marked.error("odd", "terms", 1)) == "f.yaml:6: odd"


def test_a_shared_list_is_written_twice() -> None:
    shared = ["x"]
    assert dump({"a": shared, "b": shared}) == "a:\n- x\nb:\n- x\n"


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_marked(tmp_path / "none.yaml")


_TRAPS = [
    "no", "012", "089", "1e5", "1_0", "=", "<<", "~", "a: b", "# x", "a\nb", "a\nb\n", " \n x", "-",
]  # fmt: skip
_LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn"])
_TEXTS = st.text(_LETTERS, max_size=12) | st.sampled_from(_TRAPS)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.dates() | _TEXTS
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(_VALUES)
def test_what_is_dumped_is_read_back(value: Any) -> None:
    text = dump(value)
    again = load_marked(text, "f.yaml").value
    assert again == value
    assert dump(again) == text
