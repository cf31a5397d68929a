"""The settings of a project: ``songngu.yaml`` in, a checked `Config` out.

Every key may be left out. What is unknown or of the wrong kind is an error that names the line and
the nearest key there is: a misspelt setting that is silently ignored costs a day.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from align.marked_yaml import Marked, read_marked
from align.model import SongnguError
from align.text import nfc

CONFIG_FILE = "songngu.yaml"

WordAligner = Literal["own", "simalign"]


@dataclass(frozen=True, slots=True)
class CleanConfig:
    """Lines of the project's pages that are not their articles; ``*`` stands for any text."""

    lines: tuple[str, ...] = ()
    """Lines left out wherever they stand."""
    ends: tuple[str, ...] = ()
    """Lines after which nothing belongs to the article."""


@dataclass(frozen=True, slots=True)
class PairConfig:
    """Which release and which article may tell the same story."""

    window_days: int = 30
    """Days between the two dates beyond which documents are not compared; 0 or more."""


@dataclass(frozen=True, slots=True)
class MineConfig:
    """Which candidates are kept."""

    min_probability: float = 0.1
    """Candidates below it are dropped; 0 to 1."""


@dataclass(frozen=True, slots=True)
class CheckConfig:
    """What ``songngu check`` looks at."""

    files: tuple[str, ...] = ()
    """Files or globs, relative to the project's folder; used where none are named."""


@dataclass(frozen=True, slots=True)
class Config:
    """What ``songngu.yaml`` says; the defaults are those of a project without one."""

    vi: tuple[str, ...] = ("vi",)
    """Folders, files or globs of Vietnamese pages, relative to the project's folder."""
    en: tuple[str, ...] = ("en",)
    """The same for English pages."""
    bitext: tuple[str, ...] = ()
    """Files or globs of ready-made sentence pairs: TMX, gettext catalogues, tables."""
    encoder: str = "e5-small"
    """See `align.encoder.load_encoder`."""
    encoder_device: str | None = None
    """For ``hub:`` encoders: ``cpu``, ``cuda``."""
    word_aligner: WordAligner = "own"
    official_names: bool = True
    """Whether the official names of state bodies that songngu carries are used."""
    clean: CleanConfig = field(default_factory=CleanConfig)
    pair: PairConfig = field(default_factory=PairConfig)
    mine: MineConfig = field(default_factory=MineConfig)
    check: CheckConfig = field(default_factory=CheckConfig)


DEFAULT_YAML = """\
# Settings of a songngu project. Every key may be left out; what stands here are the defaults.

# Vietnamese pages: a folder, or a list of folders and globs ([vi, archive/*.vi.txt]).
vi: vi
# English pages, in the same way.
en: en

# Sentence pairs that are translations already: TMX, PO, TSV, or globs ([memory/*.tmx]).
bitext: []

# Turns sentences into vectors: e5-small, or hub:NAME with a model of the hub or a local folder.
encoder: e5-small
# Where a hub: encoder runs: cpu or cuda; null lets it choose.
encoder_device: null
# Aligns words: own, or simalign (needs: pip install 'songngu[simalign]').
word_aligner: own

# Use the official English names of Vietnamese state bodies that songngu carries.
official_names: true

clean:
  # Lines of your pages that are never the article, * for any text (["Hotline: *", "*ePaper*"]).
  lines: []
  # Lines after which nothing belongs to the article (["Partner sites"]).
  ends: []

pair:
  # Pages whose dates lie more days apart are not compared.
  window_days: 30

mine:
  # Term candidates less probable than this (0 to 1) are dropped.
  min_probability: 0.1

check:
  # Translations to check where the command names none: files or globs ([po/*.po, news.tsv]).
  files: []
"""


def load_config(folder: Path) -> Config:
    """The settings of the project in *folder*; the defaults where it has no ``songngu.yaml``.

    Raises `SongnguError` with ``songngu.yaml:LINE`` for an unknown key, a wrong value or broken
    YAML, and `OSError` where the file cannot be read.
    """
    try:
        marked = read_marked(folder / CONFIG_FILE)
    except FileNotFoundError:
        return Config()
    return parse_config(marked)


def parse_config(marked: Marked) -> Config:
    """The settings that YAML values stand for. A key without a value has its default."""
    values = _section(marked, (), _READERS | dict.fromkeys(_SECTIONS, _mapping))
    for name, (kind, readers) in _SECTIONS.items():
        if name in values:
            values[name] = kind(**_section(marked, (name,), readers))
    return Config(**values)


_Place = tuple[str, ...]
_Reader = Callable[[Marked, _Place, Any], Any]


def _section(marked: Marked, place: _Place, readers: Mapping[str, _Reader]) -> dict[str, Any]:
    """The values given in the mapping at *place*, each checked by its reader."""
    found = marked.value
    for step in place:
        found = found[step]
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise marked.error("settings are lines of the form 'key: value'", *place)
    values = {}
    for key, value in found.items():
        if key not in readers:
            name = ".".join((*place, key))
            raise marked.error(f"unknown key {name!r}{_nearest_key(name)}", *place, key)
        if value is not None:
            values[key] = readers[key](marked, (*place, key), value)
    return values


def _nearest_key(name: str) -> str:
    """The key that was probably meant, as the end of a message; a nested one may have been
    written without its section or with a dot."""
    known = {key: key for key in (*_READERS, *_SECTIONS)}
    for section, (_, readers) in _SECTIONS.items():
        for key in readers:
            known[f"{section}.{key}"] = f"{section}.{key}"
            known[key] = f"{section}.{key}"
    # 0.6, difflib's own cutoff, finds one or two slips in a word of six letters.
    close = difflib.get_close_matches(name, known, n=1)
    if not close:
        return f"; known are {', '.join((*_READERS, *_SECTIONS))}"
    meant = known[close[0]]
    if meant == name:  # written with a dot
        section, key = meant.split(".")
        return f"; write '{section}:' and in the next line '  {key}: ...'"
    return f"; did you mean {meant!r}?"


def _wrong(marked: Marked, place: tuple[str | int, ...], value: Any, wanted: str) -> SongnguError:
    shown = repr(value) if isinstance(value, str | int | float) else f"a {type(value).__name__}"
    name = ".".join(step for step in place if isinstance(step, str))
    return marked.error(f"{name}: {shown} is not {wanted}", *place)


def _text(marked: Marked, place: _Place, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(marked, place, value, "a text; write it in quotes if it looks like a number")
    return value


def _paths(marked: Marked, place: _Place, value: Any) -> tuple[str, ...]:
    entries = value if isinstance(value, list) else [value]
    for index, entry in enumerate(entries):
        if not isinstance(entry, str) or not entry.strip():
            raise _wrong(marked, (*place, index), entry, "a path")
    return tuple(entries)


def _folders(marked: Marked, place: _Place, value: Any) -> tuple[str, ...]:
    paths = _paths(marked, place, value)
    if not paths:
        raise marked.error(f"{'.'.join(place)}: the list is empty; name a folder", *place)
    return paths


def _lines(marked: Marked, place: _Place, value: Any) -> tuple[str, ...]:
    entries = value if isinstance(value, list) else [value]
    for index, entry in enumerate(entries):
        if not isinstance(entry, str) or not any(c.isalnum() for c in entry):
            raise _wrong(marked, (*place, index), entry, "a line with a letter or digit in it")
    return tuple(nfc(entry) for entry in entries)


def _flag(marked: Marked, place: _Place, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(marked, place, value, "true or false")
    return value


def _days(marked: Marked, place: _Place, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _wrong(marked, place, value, "a whole number of days, 0 or more")
    return value


def _probability(marked: Marked, place: _Place, value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise _wrong(marked, place, value, "a number from 0 to 1, such as 0.3")
    return float(value)


def _word_aligner(marked: Marked, place: _Place, value: Any) -> WordAligner:
    if value not in ("own", "simalign"):
        raise _wrong(marked, place, value, "'own' or 'simalign'")
    return cast(WordAligner, value)


def _mapping(marked: Marked, place: _Place, value: Any) -> Any:
    if not isinstance(value, dict):
        keys = ", ".join(_SECTIONS[place[0]][1])
        raise _wrong(marked, place, value, f"a section; its keys ({keys}) go below it, indented")
    return value


_READERS: dict[str, _Reader] = {
    "vi": _folders,
    "en": _folders,
    "bitext": _paths,
    "encoder": _text,
    "encoder_device": _text,
    "word_aligner": _word_aligner,
    "official_names": _flag,
}
_SECTIONS: dict[str, tuple[type[Any], dict[str, _Reader]]] = {
    "clean": (CleanConfig, {"lines": _lines, "ends": _lines}),
    "pair": (PairConfig, {"window_days": _days}),
    "mine": (MineConfig, {"min_probability": _probability}),
    "check": (CheckConfig, {"files": _paths}),
}
