"""Official names of state bodies, offices and titles, and of countries, as prior knowledge."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from glossary.model import KnownName


@lru_cache(maxsize=1)
def official_names() -> tuple[KnownName, ...]:
    """The names that come with songngu; abbreviations are names of their own."""
    names = [
        KnownName(vi, (en, *_forms(variants)), "country", "general knowledge")
        for vi, en, variants in _rows("countries.tsv")
    ]
    for row in _rows("official_names.tsv"):
        vi, en, variants, abbreviation, kind, valid_from, valid_until, source = row
        forms = [en, *_forms(variants)]
        if abbreviation:
            forms.append(abbreviation)
        names.append(
            KnownName(
                vi,
                tuple(forms),
                kind,
                source,
                int(valid_from) if valid_from else None,
                int(valid_until) if valid_until else None,
            )
        )
    return tuple(names)


def _forms(cell: str) -> list[str]:
    return [form.strip() for form in cell.split("|") if form.strip()]


def _rows(name: str) -> list[list[str]]:
    text = (resources.files("glossary.resources") / name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")][1:]
