"""Beads as TMX, read back by an XML parser."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from align.model import Bead
from align.tmx import Unit, write_tmx

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TRANSLATION = Bead((0, 1), (0,), 0.93, "translation")
PARTIAL = Bead((2,), (1,), 0.5, "partial")
ALONE_VI = Bead((3,), (), 1.0, "none")
ALONE_EN = Bead((), (2,), 1.0, "none")


def parsed(units: Sequence[Unit]) -> etree._Element:
    # No DTD is fetched, no entity is resolved.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(write_tmx(units, version="0.1.0"), parser)


def segments(tree: etree._Element) -> list[dict[str, str]]:
    return [
        {variant.get(XML_LANG): variant.findtext("seg") for variant in unit.findall("tuv")}
        for unit in tree.iter("tu")
    ]


def test_header() -> None:
    raw = write_tmx([], version="0.1.0")
    assert raw.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert raw.endswith(b"\n")
    tree = parsed([])
    assert (tree.tag, tree.get("version")) == ("tmx", "1.4")
    header = dict(tree.find("header").attrib)
    assert header["creationtool"] == "songngu"
    assert header["creationtoolversion"] == "0.1.0"
    assert header["srclang"] == "vi"
    # All that TMX 1.4 requires of a header.
    assert {"segtype", "o-tmf", "adminlang", "datatype"} <= header.keys()
    assert tree.findall("body/tu") == []


def test_a_unit_with_its_facts() -> None:
    tree = parsed([Unit("Bộ họp. Hết.", "It met.", TRANSLATION, "lop-hoc", "class")])
    assert segments(tree) == [{"vi": "Bộ họp. Hết.", "en": "It met."}]
    assert {prop.get("type"): prop.text for prop in tree.iter("prop")} == {
        "x-probability": "0.93",
        "x-relation": "translation",
        "x-document-vi": "lop-hoc",
        "x-document-en": "class",
    }
    # TMX 1.4 wants properties before the variants.
    assert [child.tag for child in tree.find("body/tu")] == ["prop"] * 4 + ["tuv"] * 2


def test_beads_with_an_empty_side_are_left_out() -> None:
    units = [
        Unit("Một.", "", ALONE_VI),
        Unit("Hai.", "Two.", PARTIAL),
        Unit("", "Three.", ALONE_EN),
    ]
    tree = parsed(units)
    assert segments(tree) == [{"vi": "Hai.", "en": "Two."}]
    assert [prop.text for prop in tree.iter("prop")] == ["0.5", "partial"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A & B <c> \"d\" 'e'", "A & B <c> \"d\" 'e'"),
        ("&amp; ]]> <!-- x -->", "&amp; ]]> <!-- x -->"),
        ("a\x00b\x08c\x0bd\x0ce\x1ff", "abcdef"),
        ("a\ufffeb\uffffc\ud800d", "abcd"),
        ("👩\u200d👧 Bộ\tY\ntế", "👩\u200d👧 Bộ\tY\ntế"),
        ("  two  spaces ", "  two  spaces "),
    ],
)
def test_what_xml_can_hold_is_kept(text: str, kept: str) -> None:
    assert segments(parsed([Unit(text, text, PARTIAL)])) == [{"vi": kept, "en": kept}]


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_gives_well_formed_xml(vi: str, en: str) -> None:
    assert len(segments(parsed([Unit(vi, en, PARTIAL)]))) == 1


def test_a_control_character_in_a_documents_name() -> None:
    parsed([Unit("Một.", "One.", PARTIAL, "trang\x01", "page")])
