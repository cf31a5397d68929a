"""Vietnamese–English units of a TMX 1.4 file (LISA 2005), streamed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from align.xml import elements

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES = frozenset("bpt ept it ph ut".split())
"""Elements of a segment that hold codes of its format; of hi and sub the text is meant."""


def read_tmx(raw: bytes, path: str) -> list[tuple[str, str]]:
    """(Vietnamese, English) of each unit that has both, regions as in ``en-GB`` left out.

    Neither DTD nor network is used, no entity is expanded. Raises `SongnguError` with *path* and
    line where it is no TMX.
    """
    found: list[tuple[str, str]] = []
    for event, name, element in elements(raw, path, "TMX", ("tmx",)):
        if event == "end" and name == "tu":
            texts = dict(_variants(element))
            if "vi" in texts and "en" in texts:
                found.append((texts["vi"], texts["en"]))
            element.clear()
    return found


def _variants(unit: Any) -> Iterator[tuple[str, str]]:
    for variant in unit:
        lang = (variant.get(_LANG) or variant.get("lang") or "").lower().partition("-")[0]
        segment = next((one for one in variant if str(one.tag).endswith("seg")), None)
        if segment is not None and (text := " ".join(_text(segment).split())):
            yield lang, text


def _text(element: Any) -> str:
    parts = [element.text or ""]
    for inner in element:
        name = str(inner.tag).rpartition("}")[2]
        if name not in _CODES:
            parts.append(_text(inner))
        parts.append(inner.tail or "")
    return "".join(parts)
