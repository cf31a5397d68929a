"""XML from others, streamed: no DTD, no network, no entity expanded."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from typing import Any

from align.model import SongnguError


def elements(
    raw: bytes, path: str, format_name: str, roots: Collection[str]
) -> Iterator[tuple[str, str, Any]]:
    """(``start`` or ``end``, name without namespace, element) of a file in order.

    Raises `SongnguError` with *path* and line where it is no XML or its outermost element is none
    of *roots*.
    """
    from lxml import etree

    seen_root = False
    try:
        events = etree.iterparse(
            io.BytesIO(raw), events=("start", "end"), resolve_entities=False, no_network=True,
            load_dtd=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        for event, element in events:
            # `etree.QName` refuses names that libxml2 lets pass, ":tu".
            name = element.tag.rpartition("}")[2]
            if not seen_root:
                seen_root = True
                if name not in roots:
                    raise SongnguError(
                        f"{path}: no {format_name}: the outermost element is <{name}>"
                    )
            yield event, name, element
    except etree.XMLSyntaxError as error:
        raise SongnguError(f"{path}:{error.lineno or 1}: no XML ({error.msg})") from error
