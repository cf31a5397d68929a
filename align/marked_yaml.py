"""YAML that remembers its lines, so that an error can name the place; the only user of yaml.

Read is the plain part of YAML that people write by hand: mappings, lists, text, numbers, dates.
A plain ``no`` or ``on`` is text, not a truth value: both are words here. Anchors, aliases, tags
and several documents in a file are refused; they make a small file large or hide what it says.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from align.model import SongnguError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

DEEPEST = 50
"""Levels of nesting that are read; files of ours have five."""

_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Each pattern matches only what YAML 1.1 reads the same way, so that `dump` quotes look-alikes.
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"(?:[-+]?[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+][0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a value stands, and where the values in it stand."""

    line: int
    inside: dict[str | int, _Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Marked:
    """The values of a YAML text and the lines they stand on."""

    value: Any
    """``None``, ``bool``, ``int``, ``float``, ``str``, ``datetime.date``, ``list`` of these, or
    ``dict`` with text as keys."""
    path: str
    """As it appears in messages."""
    mark: _Mark

    def line(self, *place: str | int) -> int:
        """1-based line of the value at *place*, keys and indices from the top; for the value of a
        key the line of the key. What is absent has the line of the nearest thing around it.

        >>> load_marked("a: 1\\nb:\\n  - x\\n  - y\\n", "f.yaml").line("b", 1)
        4
        """
        mark = self.mark
        for step in place:
            if step not in mark.inside:
                break
            mark = mark.inside[step]
        return mark.line

    def error(self, message: str, *place: str | int) -> SongnguError:
        """An error to raise about the value at *place*: ``path:line: message``."""
        return SongnguError(f"{self.path}:{self.line(*place)}: {message}")


def read_marked(path: Path) -> Marked:
    """`load_marked` of a file. Raises `SongnguError` also where it is not UTF-8, and `OSError`."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SongnguError(f"{path}:{line}: not UTF-8; save the file as UTF-8") from error
    return load_marked(text, str(path))


def load_marked(text: str, path: str) -> Marked:
    """The values of *text*; *path* names it in messages. Empty text is ``None``.

    Raises `SongnguError` with ``path:line: what is wrong; how to mend it``.

    >>> load_marked("vi: không\\nen: no\\nn: 3\\n", "f.yaml").value
    {'vi': 'không', 'en': 'no', 'n': 3}
    """
    text = text.removeprefix("\ufeff")
    bad = _UNREADABLE.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        raise SongnguError(f"{path}:{line}: control character {ord(bad.group()):#x}; delete it")
    try:
        value, mark = _Builder(path).document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        line = place.line + 1 if place else 1
        # An unclosed quote or bracket is noticed at the end; where it opens is of more help.
        if error.context and error.context_mark and error.context_mark.line + 1 < line:
            opened = f" ({error.context} that begins in line {error.context_mark.line + 1})"
        else:
            opened = ""
        raise SongnguError(
            f"{path}:{line}: broken YAML: {error.problem or error.context}{opened};"
            " check indentation (spaces, no tabs), and quote text that holds ': ' or ' #'"
        ) from error
    return Marked(value, path, mark)


def marked_value(value: Any, path: str, line: int) -> Marked:
    """A value that was read by other means, all of it standing on one line of *path*."""
    return Marked(value, path, _Mark(line))


def dump(value: Any) -> str:
    """*value* as YAML with a newline at the end: keys in the order given, never wrapped, no
    anchors, text of several lines as a block. Equal values give equal text, and `load_marked`
    gives the value back.

    >>> print(dump({"vi": "Bộ Y tế", "en": "no", "seen": [1]}), end="")
    vi: Bộ Y tế
    en: 'no'
    seen:
    - 1
    """
    text: str = yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=2**31 - 1,
    )
    # A lone scalar is followed by the mark of the document's end.
    return text.removesuffix("...\n")


class _Dumper(_DUMPER):  # type: ignore[misc]
    def ignore_aliases(self, data: Any) -> bool:
        """A list that stands in two places is written twice."""
        return True


def _text(dumper: Any, text: str) -> Any:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


class _Builder:
    """Builds values from the parser's events, without recursion."""

    def __init__(self, path: str) -> None:
        self._path = path

    def document(self, events: Iterator[Any]) -> tuple[Any, _Mark]:
        documents = 0
        value: Any = None
        mark = _Mark(1)
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(event, "a second document; delete the line '---'")
            elif isinstance(event, yaml.NodeEvent):
                value, mark = self._node(event, events)
        return value, mark

    def _node(self, event: Any, events: Iterator[Any]) -> tuple[Any, _Mark]:
        """The value that begins with *event*; takes the rest of it from *events*."""
        top: list[Any] = []
        top_mark = _Mark(_line(event))
        # Open collections, outermost first: (list or dict, its mark, the key waiting for a value).
        open_: list[tuple[Any, _Mark, str | None, int]] = [(top, top_mark, None, 0)]
        while True:
            into, mark, key, key_line = open_[-1]
            if isinstance(event, yaml.CollectionEndEvent):
                open_.pop()
            elif isinstance(into, dict) and key is None:
                name = self._key(event)
                if name in into:
                    raise self._error(
                        event,
                        f"{name!r} stands here a second time, first in line"
                        f" {mark.inside[name].line}; keep one",
                    )
                open_[-1] = (into, mark, name, _line(event))
            else:
                value, inner = self._start(event, key_line or _line(event))
                if isinstance(into, dict):
                    assert key is not None
                    into[key] = value
                    mark.inside[key] = inner
                    open_[-1] = (into, mark, None, 0)
                else:
                    mark.inside[len(into)] = inner
                    into.append(value)
                if isinstance(event, yaml.CollectionStartEvent):
                    if len(open_) > DEEPEST:
                        raise self._error(event, f"nested more than {DEEPEST} levels deep")
                    open_.append((value, inner, None, 0))
            if len(open_) == 1:
                return top[0], top_mark.inside[0]
            event = next(events)

    def _start(self, event: Any, line: int) -> tuple[Any, _Mark]:
        """A scalar's value, or a collection still empty."""
        self._refuse(event)
        mark = _Mark(line)
        if isinstance(event, yaml.MappingStartEvent):
            return {}, mark
        if isinstance(event, yaml.SequenceStartEvent):
            return [], mark
        return self._scalar(event), mark

    def _key(self, event: Any) -> str:
        self._refuse(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._error(event, "a list or mapping as a key; a key is text")
        return str(event.value)

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if event.style:  # quoted, or a block
            return text
        if text in _NULL:
            return None
        if text in _BOOL:
            return _BOOL[text]
        if _INT.fullmatch(text):
            if len(text) > 18:  # no number of ours; and conversion takes quadratic time
                raise self._error(event, "a number of more than 18 digits; quote it if it is text")
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
        if _DATE.fullmatch(text):
            try:
                return datetime.date.fromisoformat(text)
            except ValueError as error:
                raise self._error(event, f"no such date: {text}") from error
        return text

    def _refuse(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            what = f"the alias *{event.anchor}"
        elif event.anchor:
            what = f"the anchor &{event.anchor}"
        elif event.tag:
            what = f"the tag {event.tag}"
        else:
            return
        raise self._error(event, f"{what} is not read here; write it out, or quote text")

    def _error(self, event: Any, message: str) -> SongnguError:
        return SongnguError(f"{self._path}:{_line(event)}: {message}")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
