"""Vietnamese–English units of a TMX 1.4 file (LISA 2005), streamed."""

from __future__ import annotations

import io
from typing import Any

from align.model import SongnguError

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES = frozenset("bpt ept it ph ut".split())
"""Elements of a segment that hold codes of its format; of hi and sub the text is meant."""


def read_tmx(raw: bytes, path: str) -> list[tuple[str, str]]:
    """(Vietnamese, English) of each unit that has both, regions as in ``en-GB`` left out.

    Neither DTD nor network is used, no entity is expanded. Raises `SongnguError` with *path* and
    line where it is no TMX.
    """
    from lxml import etree

    found: list[tuple[str, str]] = []
    seen_root = False
    try:
        events = etree.iterparse(
            io.BytesIO(raw), events=("start", "end"), resolve_entities=False, no_network=True,
            load_dtd=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        for event, element in events:
            name = etree.QName(element).localname
            if not seen_root:
                seen_root = True
                if name != "tmx":
                    raise SongnguError(f"{path}: no TMX: the outermost element is <{name}>")
            if event == "end" and name == "tu":
                texts = dict(_variants(element))
                if "vi" in texts and "en" in texts:
                    found.append((texts["vi"], texts["en"]))
                element.clear()
    except etree.XMLSyntaxError as error:
        raise SongnguError(f"{path}:{error.lineno or 1}: no XML ({error.msg})") from error
    return found


def _variants(unit: Any) -> Any:
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
