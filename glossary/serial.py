"""Candidates as JSON lines and back."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict
from typing import Any

from glossary.model import Alternative, Candidate, Example, Place


def candidate_json(candidate: Candidate) -> str:
    """One line; equal candidates give equal lines."""
    raw = asdict(candidate)
    raw["dates"] = [date.isoformat() for date in candidate.dates]
    return json.dumps(raw, ensure_ascii=False)


def read_candidate(line: str) -> Candidate:
    """The candidate of a line of `candidate_json`."""
    raw: dict[str, Any] = json.loads(line)
    return Candidate(
        **{
            **raw,
            "documents": tuple(raw["documents"]),
            "examples": tuple(
                Example(Place(**one["vi"]), Place(**one["en"]), one["probability"])
                for one in raw["examples"]
            ),
            "alternatives": tuple(
                Alternative(**{**one, "documents": tuple(one["documents"])})
                for one in raw["alternatives"]
            ),
            "en_documents": tuple(raw["en_documents"]),
            "dates": tuple(datetime.date.fromisoformat(one) for one in raw["dates"]),
        }
    )
