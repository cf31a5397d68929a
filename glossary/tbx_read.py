"""Term bases in TBX, read: v3 in both styles, v2 (``martif``), and their relatives.

Elements are known by their local names, categories by type or name. What is not known becomes a
note ``x-NAME: value`` of the concept, so that an import loses nothing. Schemas are not asked: files
of other tools seldom pass them. Neither DTD nor network is used.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import Any

from align.marked_yaml import marked_value
from align.model import LANGS, Lang
from align.text import one_line, paragraph, slug
from align.xml import elements
from glossary.concept import Concept, pointed
from glossary.concept_plain import ID, MOST_EXAMPLES, read_concept
from glossary.rows import attested
from glossary.status_words import part_of_speech, status_of, term_type
from glossary.tbx import EXTRA, NOTE, XML_LANG


@dataclass(slots=True)
class Base:
    """What was read."""

    concepts: list[Concept] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """What could not be taken, in words."""
    ids: dict[str, str] = field(default_factory=dict)
    """Ids of the file: those the concepts have here."""


def read_tbx(raw: bytes, path: str) -> Base:
    """The concepts of a TBX file: v3 in both styles, v2 (``martif``), whatever its dialect.

    Neither DTD nor network is used. Raises `SongnguError` with *path* and line where it is no XML
    or a value cannot be understood.
    """
    base = Base()
    taken: set[str] = set()
    for event, name, element in elements(raw, path, "TBX", ("tbx", "martif", "TBX")):
        if event == "end" and name in ("conceptEntry", "termEntry"):
            _take(element, base, taken, path)
            element.clear()
    base.concepts = [pointed(concept, base.ids) for concept in base.concepts]
    return base


def _take(element: Any, base: Base, taken: set[str], path: str) -> None:
    line = element.sourceline or 1
    reader = _EntryReader()
    reader.read(element)
    if not reader.terms:
        base.left_out.append(f"{path}:{line}: an entry without Vietnamese or English terms")
        return
    id = element.get("id") or ""
    if not ID.fullmatch(id) or id in taken:
        id = slug(f"c-{id}" if id else reader.terms[0]["text"], taken)
    taken.add(id)
    plain = reader.plain(id)
    base.concepts.append(read_concept(marked_value(plain, path, line), (), plain))
    if element.get("id"):
        base.ids[element.get("id")] = id
    others = ", ".join(sorted(reader.other_languages))
    if others:
        base.left_out.append(f"{path}:{line}: terms in {others}")


_FRAMES = frozenset(
    "langSec langSet termSec tig ntig termGrp termCompGrp descripGrp adminGrp termNoteGrp"
    " transacGrp".split()
)  # fmt: skip
_CATEGORIES = frozenset("termNote descrip admin transac transacNote ref xref descripNote".split())


class _EntryReader:
    """Collects one entry; whatever the style, a category is a name with a text."""

    def __init__(self) -> None:
        self.terms: list[dict[str, Any]] = []
        self.other_languages: set[str] = set()
        self._plain: dict[str, Any] = {}
        self._notes: list[str] = []
        self._contexts: dict[Lang, list[tuple[str, str, str]]] = {"vi": [], "en": []}
        self._decisions: list[dict[str, Any]] = []
        self._extra: dict[str, list[str]] = {}

    def read(self, element: Any, lang: str = "", term: dict[str, Any] | None = None) -> None:
        for child in element:
            name = _local(child)
            if not name:  # an entity of the file's own, which is not looked up
                continue
            spoken = _language(child) or lang
            if name in ("langSec", "langSet"):
                if spoken in LANGS:
                    self.read(child, spoken)
                else:
                    self.other_languages.add(spoken or "no language")
            elif name in ("termSec", "tig", "ntig"):
                self._term(child, spoken)
            elif name == "transacGrp":
                self._transaction(child)
            elif name in _FRAMES:
                self._group(child, spoken, term)
            else:
                self._category(child, spoken, term, "", "")

    def plain(self, id: str) -> dict[str, Any]:
        """The concept as `read_concept` takes it."""
        extra = {key: values[-1] for key, values in self._extra.items()}
        match = {
            "form": extra.get("match"),
            "context": self._extra.get("match-context"),
            "except": self._extra.get("match-except"),
        }
        contexts = list(zip(self._contexts["vi"], self._contexts["en"], strict=False))
        for lang, some in self._contexts.items():
            for text, _, _ in some[len(contexts[:MOST_EXAMPLES]) :]:
                self._notes.append(f"x-context({lang}): {one_line(text)}")
        return {
            "id": id,
            **self._plain,
            "note": paragraph("\n".join(self._notes)) or None,
            "terms": self.terms,
            "match": match if any(match.values()) else None,
            "valid_from": extra.get("valid-from"),
            "valid_until": extra.get("valid-until"),
            "reliability": _whole(extra.get("reliability")),
            "examples": [_example(*pair) for pair in contexts][:MOST_EXAMPLES],
            "decisions": self._decisions,
        }

    def _term(self, element: Any, lang: str) -> None:
        terms = [one for one in element.iter() if _local(one) == "term"]
        text = one_line("".join(terms[0].itertext())) if terms else ""
        if not text:
            return
        known = next((t for t in self.terms if (t["lang"], t["text"]) == (lang, text)), None)
        term: dict[str, Any] = known or {"lang": lang, "text": text}
        if known is None:
            self.terms.append(term)
        self.read(element, lang, term)

    def _group(self, element: Any, lang: str, term: dict[str, Any] | None) -> None:
        """A category with the source and the probability that stand beside it."""
        inner = [one for one in element if _local(one)]
        source = next((_text(one) for one in inner if _name(one) == "source"), "")
        probability = next(
            (_text(one)[15:] for one in inner if _text(one).startswith("x-probability: ")), ""
        )
        for child in inner:
            if _local(child) in _FRAMES:
                self._group(child, _language(child) or lang, term)
            elif _name(child) == "source" and len(inner) > 1:
                continue
            elif not _text(child).startswith("x-probability: "):
                self._category(child, _language(child) or lang, term, source, probability)

    def _category(
        self, element: Any, lang: str, term: dict[str, Any] | None, source: str, probability: str
    ) -> None:
        name, text = _name(element), _text(element)
        if name == "term" or not (text or element.get("target")):
            return
        if term is not None and self._of_term(name, text, term):
            return
        if name in ("subjectField", "projectSubset"):
            key = "subject" if name == "subjectField" else "project"
            if self._plain.setdefault(key, one_line(text)) != one_line(text):
                self._notes.append(f"x-{name}: {one_line(text)}")
        elif name == "definition" and (lang or "en") in LANGS:
            definitions = self._plain.setdefault("definitions", {})
            one = {"text": text, "source": source or None}
            if definitions.setdefault(lang or "en", one) != one:
                self._notes.append(f"x-definition({lang or 'en'}): {one_line(text)}")
        elif name == "crossReference":
            self._plain.setdefault("see", []).append(element.get("target") or one_line(text))
        elif name == "context" and lang in ("vi", "en"):
            self._contexts["vi" if lang == "vi" else "en"].append((text, source, probability))
        elif name == "note":
            self._note(text)
        else:
            told = one_line(f"{text} {element.get('target') or ''}")
            self._notes.append(f"x-{name}: {told}")

    def _of_term(self, name: str, text: str, term: dict[str, Any]) -> bool:
        """Whether a category was one of the term's own."""
        if name == "note" and text.startswith("x-status: forbidden"):
            term["status"] = "forbidden"
            return True
        if name == "source":
            term.setdefault("source", one_line(text))
            return True
        read = {
            "administrativeStatus": ("status", status_of), "usageStatus": ("status", status_of),
            "termType": ("type", term_type), "partOfSpeech": ("part_of_speech", part_of_speech),
        }.get(name)  # fmt: skip
        value = read[1](text) if read else None
        if read is None or value is None:
            return False
        term.setdefault(read[0], value)
        return True

    def _note(self, text: str) -> None:
        if text.startswith(NOTE):
            self._notes.append(text.removeprefix(NOTE))
            return
        match = re.fullmatch(r"x-([a-z-]+): (.*)", text)
        if match and match[1] in EXTRA:
            self._extra.setdefault(match[1], []).append(match[2])
        else:
            self._notes.append(text)

    def _transaction(self, element: Any) -> None:
        found = {_name(one): _text(one) for one in element if _local(one)}
        who, when = one_line(found.get("responsibility", "")), found.get("date", "")[:10]
        try:
            date = datetime.date.fromisoformat(when)
        except ValueError:
            date = None
        if not who or date is None:
            told = "; ".join(one_line(text) for text in found.values() if text)
            self._notes.append(f"x-transaction: {told}")
            return
        verdict = re.fullmatch(r"x-verdict: (\w+)(?:; (.*))?", one_line(found.get("note", "")))
        self._decisions.append(
            {
                "verdict": verdict[1] if verdict else "accept",
                "reviewer": who,
                "date": date,
                "evidence": (verdict[2] if verdict else "") or None,
            }
        )


def _example(vi: tuple[str, str, str], en: tuple[str, str, str]) -> dict[str, Any]:
    plain: dict[str, Any] = {"vi": vi[0], "en": en[0]}
    for lang, side in (("vi", vi), ("en", en)):
        document, date = attested(one_line(side[1]))
        plain[f"{lang}_document"] = document or None
        plain[f"{lang}_date"] = date
    try:
        plain["probability"] = float(vi[2]) if vi[2] else None
    except ValueError:
        plain["probability"] = None
    return plain


def _whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\d{1,2}", text, re.ASCII) else None


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _name(element: Any) -> str:
    """The category: what its type says in style DCA, the element's own name in style DCT."""
    local = _local(element)
    return element.get("type") or local if local in _CATEGORIES else local


def _text(element: Any) -> str:
    return paragraph("".join(element.itertext()))


def _language(element: Any) -> str:
    """``vi`` for ``vi-VN``, ``vie`` and ``Vietnamese``; empty where none is told."""
    told = (element.get(XML_LANG) or element.get("lang") or "").lower()
    head = re.split("[-_]", told)[0]
    return {"vie": "vi", "vietnamese": "vi", "eng": "en", "english": "en"}.get(head, head)
