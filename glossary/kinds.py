"""What sort of thing a Vietnamese term names, and by what key two of its forms are one."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from align.text import fold, is_acronym
from glossary.model import Kind


def key_vi(text: str) -> str:
    """What makes two Vietnamese forms one term."""
    return fold(text)


def echoes(one: str, other: str) -> bool:
    """Whether one of two Vietnamese forms is the other and more, both of one kind.

    >>> echoes("Sở Y tế", "Sở Y tế tỉnh"), echoes("Bộ Y tế", "Bộ trưởng Bộ Y tế")
    (True, False)
    """
    a, b = f" {key_vi(one)} ", f" {key_vi(other)} "
    return (a in b or b in a) and kind_of(one, False) == kind_of(other, False)


def kind_of(vi: str, name: bool) -> Kind:
    """What sort of thing a Vietnamese term names, by its first words."""
    known = heads()
    words = vi.split()
    if len(words) == 1 and is_acronym(vi):
        return "place" if vi in known["country"] else "abbreviation"
    if vi in known["country"]:
        return "place"
    for size in (4, 3, 2, 1):
        first = " ".join(words[:size])
        if len(words) >= size and capital_first(first, known["title"]):
            return "title"
    for size in (4, 3, 2, 1):
        first = " ".join(words[:size])
        if len(words) >= size and vi[0].isupper() and capital_first(first, known["institution"]):
            return "institution"
    for head in known["place"]:
        if vi.lower().startswith(head + " ") and words[-1][0].isupper():
            return "place"
    return "person" if name and len(words) >= 2 else "term"


def countries() -> frozenset[str]:
    """Vietnamese names of countries as pages write them."""
    return heads()["country"]


def capital_first(text: str, among: frozenset[str]) -> bool:
    """Whether a text is one of some heads, however its letters are capitalised."""
    return text in among or text.lower() in {head.lower() for head in among}


@lru_cache(maxsize=1)
def heads() -> dict[str, frozenset[str]]:
    """Words that open names, by kind: institution, title, place, country."""
    text = (resources.files("glossary.resources") / "heads.vi.txt").read_text("utf-8")
    found: dict[str, set[str]] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            found.setdefault(section, set()).add(line)
    return {name: frozenset(heads) for name, heads in found.items()}
