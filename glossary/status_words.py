"""The words of other tools for the status, type and part of speech of a term."""

from __future__ import annotations

import re

from glossary.concept import (
    PARTS_OF_SPEECH,
    STATUSES,
    TERM_TYPES,
    PartOfSpeech,
    Status,
    TermType,
)

# ISO 12620's values with and without their suffix, and what translate-toolkit, TermWeb, Weblate,
# MultiTerm and spreadsheets say instead.
_STATUS: dict[str, Status] = {
    **{word: word for word in STATUSES},
    "preferredterm": "preferred", "approved": "preferred", "recommended": "preferred",
    "admittedterm": "admitted", "allowed": "admitted", "standardized": "admitted",
    "legal": "admitted", "regulated": "admitted",
    "deprecatedterm": "deprecated", "superseded": "deprecated", "supersededterm": "deprecated",
    "obsolete": "deprecated", "notrecommended": "deprecated",
    "prohibited": "forbidden", "nottobeused": "forbidden", "donotuse": "forbidden",
}  # fmt: skip
_TYPE: dict[str, TermType] = {
    **{word.lower(): word for word in TERM_TYPES},
    "fullname": "fullForm", "expansion": "fullForm", "initialism": "acronym",
    "abbr": "abbreviation", "abbreviatedform": "abbreviation", "shortname": "shortForm",
    "synonym": "variant", "setphrase": "phrase",
}  # fmt: skip
_PART: dict[str, PartOfSpeech] = {
    **{word: word for word in PARTS_OF_SPEECH},
    "n": "noun", "propernoun": "noun", "v": "verb", "adj": "adjective", "adv": "adverb",
}  # fmt: skip


def status_of(word: str) -> Status | None:
    """The status another tool means; None where the word is not known.

    >>> status_of("preferredTerm-admn-sts"), status_of("not recommended"), status_of("new")
    ('preferred', 'deprecated', None)
    """
    return _STATUS.get(_bare(word).removesuffix("admnsts"))


def term_type(word: str) -> TermType | None:
    """The type of term another tool means; None where the word is not known."""
    return _TYPE.get(_bare(word))


def part_of_speech(word: str) -> PartOfSpeech | None:
    """The part of speech another tool means; None where the word is not known."""
    return _PART.get(_bare(word))


def _bare(word: str) -> str:
    return re.sub(r"[^a-z]", "", word.lower())
