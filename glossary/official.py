"""Official names of state bodies, offices and titles as prior knowledge."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from glossary.model import KnownName


@lru_cache(maxsize=1)
def official_names() -> tuple[KnownName, ...]:
    """The names that come with songngu; abbreviations are names of their own."""
    text = (resources.files("glossary.resources") / "official_names.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")][1:]
    names: list[KnownName] = []
    for vi, en, variants, abbreviation, kind, valid_from, valid_until, source in rows:
        forms = [en, *(form.strip() for form in variants.split("|"))]
        if abbreviation:
            forms.append(abbreviation)
        names.append(
            KnownName(
                vi,
                tuple(form for form in forms if form),
                kind,
                source,
                int(valid_from) if valid_from else None,
                int(valid_until) if valid_until else None,
            )
        )
    return tuple(names)
