"""Beads as TMX 1.4 (LISA 2005), streamed: one translation unit a bead."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

from align.model import Bead
from align.text import printable


@dataclass(frozen=True, slots=True)
class Unit:
    """A bead with its text."""

    vi: str
    en: str
    bead: Bead
    vi_document: str = ""
    en_document: str = ""


def write_tmx(units: Iterable[Unit], *, version: str) -> bytes:
    """UTF-8; beads with an empty side are left out, since TMX has no place for them. Probability
    and relation are ``prop`` elements."""
    from lxml import etree

    out = io.BytesIO()
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("tmx", {"version": "1.4"}):
            file.write("\n")
            file.write(
                etree.Element(
                    "header",
                    {
                        "creationtool": "songngu", "creationtoolversion": version,
                        "segtype": "sentence", "o-tmf": "songngu", "adminlang": "en",
                        "srclang": "vi", "datatype": "plaintext",
                    },
                )
            )  # fmt: skip
            with file.element("body"):
                for unit in units:
                    if unit.bead.relation != "none":
                        file.write(_unit(unit))
                        file.write("\n")
    return out.getvalue() + b"\n"


def _unit(unit: Unit) -> object:
    from lxml import etree

    element = etree.Element("tu")
    facts = {
        "x-probability": f"{unit.bead.probability:g}",
        "x-relation": unit.bead.relation,
        "x-document-vi": unit.vi_document,
        "x-document-en": unit.en_document,
    }
    for kind, value in facts.items():
        if value:
            etree.SubElement(element, "prop", {"type": kind}).text = printable(value)
    for lang, text in (("vi", unit.vi), ("en", unit.en)):
        variant = etree.SubElement(
            element, "tuv", {"{http://www.w3.org/XML/1998/namespace}lang": lang}
        )
        etree.SubElement(variant, "seg").text = printable(text)
    return element
