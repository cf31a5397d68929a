"""Term bases in TBX (ISO 30042:2019), written: dialect TBX-Basic in DCA style.

What TBX-Basic has no category for (reliability, match, validity, the word *forbidden*) is a note
``x-NAME: value``; `glossary.tbx_read` takes it back.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from align.model import LANGS, Lang
from align.text import slug
from glossary.concept import Concept, ConceptExample, Decision, Term
from glossary.rows import attested_text

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_XML = "http://www.w3.org/XML/1998/namespace"
XML_LANG = f"{{{_XML}}}lang"
EXTRA = frozenset(
    "status reliability match match-context match-except valid-from valid-until".split()
)
"""What ``x-`` notes of ours are called."""
NOTE = "x-note: "
"""Stands before a note that only looks like one of them."""
OURS = re.compile(rf"x-(?:{'|'.join(sorted(EXTRA))}|note|probability|verdict): ")
_STATUS = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",  # and a note: TBX-Basic has no word of its own
}


def write_tbx(concepts: Iterable[Concept], *, title: str) -> bytes:
    """TBX v3, dialect TBX-Basic, style DCA; valid by its schema. UTF-8."""
    concepts = list(concepts)
    people = _people(concepts)
    out = io.BytesIO()
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        attributes = {"type": "TBX-Basic", "style": "dca", XML_LANG: "vi"}
        # Without its prefix named, xmlfile would give "lang" one of its own.
        names = {None: NAMESPACE, "xml": _XML}
        with file.element(_tag("tbx"), attributes, nsmap=names):
            file.write("\n", _header(title), "\n")
            with file.element(_tag("text")):
                if concepts:
                    with file.element(_tag("body")):
                        for concept in concepts:
                            entry = _entry(concept, people)
                            etree.indent(entry, " ")
                            file.write("\n", entry)
                        file.write("\n")
                if people:
                    file.write(_back(people))
            file.write("\n")
    return out.getvalue() + b"\n"


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    element = etree.SubElement(parent, _tag(name), attributes)
    element.text = text or None
    return element


def _header(title: str) -> Any:
    header = etree.Element(_tag("tbxHeader"), nsmap={None: NAMESPACE})
    description = _add(header, "fileDesc")
    _add(_add(description, "titleStmt"), "title", title)
    _add(_add(description, "sourceDesc"), "p", "Vietnamese-English glossary, written by songngu")
    return header


def _people(concepts: Iterable[Concept]) -> dict[str, str]:
    """Ids of the reviewers by name, none of them that of a concept."""
    taken = {concept.id for concept in concepts}
    people: dict[str, str] = {}
    for name in sorted({one.reviewer for concept in concepts for one in concept.decisions}):
        people[name] = slug(f"p-{name}", taken)
        taken.add(people[name])
    return people


def _entry(concept: Concept, people: dict[str, str]) -> Any:
    entry = etree.Element(_tag("conceptEntry"), {"id": concept.id}, nsmap={None: NAMESPACE})
    if concept.subject:
        _add(entry, "descrip", concept.subject, type="subjectField")
    if concept.project:
        _add(entry, "admin", concept.project, type="projectSubset")
    for other in concept.see:
        _add(entry, "ref", other, type="crossReference", target=other)
    if concept.note:
        # A note that looks like one of ours below is told to be none.
        _add(entry, "note", f"{NOTE}{concept.note}" if OURS.match(concept.note) else concept.note)
    for name, value in _extras(concept):
        _add(entry, "note", f"x-{name}: {value}")
    for number, decision in enumerate(concept.decisions):
        _decision(entry, decision, people, first=number == 0)
    spoken = {term.lang for term in concept.terms}
    for one in concept.definitions:
        if one.lang not in spoken:  # a language section needs a term
            _definition(entry, one.text, one.source, one.lang)
    for lang in LANGS:
        if lang in spoken:
            section = _add(entry, "langSec")
            section.set(XML_LANG, lang)
            for one in concept.definitions:
                if one.lang == lang:
                    _definition(section, one.text, one.source, None)
            for number, term in enumerate(concept.forms(lang)):
                # Sentences stand with the leading term; where a language has none, with the other.
                sides = [lang] if len(spoken) > 1 else list(LANGS)
                _term(section, term, concept, sides if number == 0 else [])
    return entry


def _extras(concept: Concept) -> Iterator[tuple[str, object]]:
    if not concept.decided:
        yield "status", "unreviewed"
    if concept.reliability is not None:
        yield "reliability", concept.reliability
    if concept.match.form != "stem":
        yield "match", concept.match.form
    for word in concept.match.context:
        yield "match-context", word
    for phrase in concept.match.exceptions:
        yield "match-except", phrase
    if concept.valid_from:
        yield "valid-from", concept.valid_from
    if concept.valid_until:
        yield "valid-until", concept.valid_until


def _definition(parent: Any, text: str, source: str, lang: str | None) -> None:
    group = _add(parent, "descripGrp")
    element = _add(group, "descrip", text, type="definition")
    if lang:
        element.set(XML_LANG, lang)
    if source:
        _add(group, "admin", source, type="source")


def _decision(parent: Any, decision: Decision, people: dict[str, str], *, first: bool) -> None:
    group = _add(parent, "transacGrp")
    kind = "origination" if first else "modification"
    _add(group, "transac", kind, type="transactionType")
    _add(
        group, "transacNote", decision.reviewer, type="responsibility",
        target=people[decision.reviewer],
    )  # fmt: skip
    _add(group, "date", decision.date.isoformat())
    grounds = f"; {decision.evidence}" if decision.evidence else ""
    _add(group, "note", f"x-verdict: {decision.verdict}{grounds}")


def _term(section: Any, term: Term, concept: Concept, sides: list[Lang]) -> None:
    element = _add(section, "termSec")
    _add(element, "term", term.text)
    if term.part_of_speech:
        _add(element, "termNote", term.part_of_speech, type="partOfSpeech")
    if term.status:
        _add(element, "termNote", _STATUS[term.status], type="administrativeStatus")
    if term.type:
        _add(element, "termNote", term.type, type="termType")
    if term.source:
        _add(element, "admin", term.source, type="source")
    if term.status == "forbidden":
        good = concept.preferred(term.lang)
        _add(element, "note", "x-status: forbidden" + (f"; use {good.text}" if good else ""))
    for one in concept.examples:
        for lang in sides:
            _context(element, one, lang, named=len(sides) > 1)


def _context(element: Any, one: ConceptExample, lang: Lang, *, named: bool) -> None:
    text, document, date = (
        (one.vi, one.vi_document, one.vi_date) if lang == "vi"
        else (one.en, one.en_document, one.en_date)
    )  # fmt: skip
    group = _add(element, "descripGrp")
    context = _add(group, "descrip", text, type="context")
    if named:
        context.set(XML_LANG, lang)
    if document or date:
        _add(group, "admin", attested_text(document, date), type="source")
    if one.probability is not None:
        _add(group, "note", f"x-probability: {one.probability}")


def _back(people: dict[str, str]) -> Any:
    back = etree.Element(_tag("back"), nsmap={None: NAMESPACE})
    section = _add(back, "refObjectSec", type="respPerson")
    for name, id in people.items():
        _add(_add(section, "refObject", id=id), "item", name, type="fn")
    return back
