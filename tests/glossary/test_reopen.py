"""A decision is asked again only where the pages changed what it was about."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from glossary.concept import Glossary
from glossary.model import Alternative, Candidate
from glossary.reopen import OFFERED, offered_note, recorded
from glossary.review import Entries, accept, reject

DAY = datetime.date(2026, 11, 23)


def candidate(en: str, *others: str, vi: str = "Bộ Y tế", probability: float = 0.9) -> Candidate:
    alternatives = tuple(Alternative(one, probability / 2, 1) for one in others)
    return Candidate(
        vi, en, probability, "institution", 3, ("a", "b"), (), alternatives, "parallel"
    )


SEEN = candidate("Ministry of Health", "Health Ministry")


def decided(choice: int = 0) -> Entries:
    entries = Entries(Glossary((), ()))
    entries.apply(accept(entries, SEEN, choice, by="lan", on=DAY))
    return entries


@pytest.mark.parametrize(
    ("now", "reason", "why"),
    [
        (SEEN, "", "nothing changed"),
        (candidate("Health Ministry", "Ministry of Health"), "", "the reviewer saw both"),
        (candidate("Ministry of Health", "MoH"), "", "a new alternative below the chosen form"),
        (candidate("MoH", "Ministry of Health"), "now offer 'MoH' first (0.90)", "a new best form"),
        (candidate("MoH", "Ministry of Health", probability=0.4), "", "but a doubtful one"),
        (candidate("MINISTRY OF HEALTH"), "", "the same form in capitals"),
        (candidate("Health Ministry"), "no longer offer 'Ministry of Health'", "the form is gone"),
        (candidate("Sở", vi="Sở Y tế"), "", "another term"),
    ],
)
def test_an_accepted_form(now: Candidate, reason: str, why: str) -> None:
    assert decided().reopened(now).removeprefix("the pages ") == reason, why
    assert decided().standing(now) == (
        "reopened" if reason else "accepted" if now.vi == SEEN.vi else "new"
    ), why


def test_a_new_decision_closes_it() -> None:
    entries = decided()
    now = candidate("MoH", "Ministry of Health")
    entries.apply(accept(entries, now, 1, by="lan", on=DAY))
    assert entries.standing(now) == "accepted"


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (SEEN, ""),
        (candidate("Health Ministry"), ""),
        (candidate("MoH"), "the pages now offer 'MoH' first (0.90)"),
        (candidate("MoH", probability=0.3), ""),
    ],
)
def test_a_rejected_one(now: Candidate, reason: str) -> None:
    entries = Entries(Glossary((), ()))
    entries.apply(reject(entries, SEEN, by="lan", on=DAY))
    assert entries.reopened(now) == reason


def test_what_came_from_elsewhere_is_never_asked_again() -> None:
    """An imported or hand-written concept says nothing of what was offered."""
    entries = decided()
    [concept] = entries.glossary().concepts
    plain = replace(concept, decisions=())
    assert Entries(Glossary((plain,), ())).reopened(candidate("MoH")) == ""


@pytest.mark.parametrize(
    "forms", [("one",), ("one", "two"), ("a; offered b", "c"), ("Tổ chức", "WHO")]
)
def test_what_was_offered_is_read_back(forms: tuple[str, ...]) -> None:
    said = "probability 0.90" + offered_note(candidate(*forms))
    assert OFFERED in said
    assert recorded(said) & {form.lower() for form in forms}


def test_evidence_of_other_kinds_offers_nothing() -> None:
    assert recorded("not seen in the pages") == frozenset()
    assert recorded("") == frozenset()
