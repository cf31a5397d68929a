"""When does a decision come up again? Only when the pages changed what it was about.

A decision records the English forms that were offered at the time. It is open again where the
pages now offer first a form that was not among them, or no longer hold the form that was chosen.
"""

from __future__ import annotations

from align.text import fold, one_line
from glossary.concept import Concept, Rejected
from glossary.model import Candidate

SURE = 0.5
"""Probability from which a form nobody saw before is worth asking again."""

OFFERED = "; offered "
_BETWEEN = " | "


def offered_note(candidate: Candidate) -> str:
    """The English forms on offer, as the end of a decision's evidence.

    >>> recorded("probability 0.90" + OFFERED + "one | two") == {"one", "two"}
    True
    """
    forms = [one_line(form) for form in (candidate.en, *(a.en for a in candidate.alternatives))]
    return OFFERED + _BETWEEN.join(filter(None, forms)) if any(forms) else ""


def recorded(evidence: str) -> frozenset[str]:
    """The folded forms a decision's evidence says were offered; empty where it says none."""
    _, mark, forms = evidence.rpartition(OFFERED)
    return frozenset(_key(form) for form in forms.split(_BETWEEN)) if mark else frozenset()


def reopened(candidate: Candidate, concept: Concept | None, rejected: Rejected | None) -> str:
    """Why the decision on a candidate's Vietnamese form is open again, in words; empty where it
    stands."""
    if rejected is not None:
        return _new_form(candidate, frozenset(map(_key, rejected.en)))
    if concept is None or not concept.decided:
        return ""
    offered = frozenset[str]().union(*(recorded(one.evidence) for one in concept.decisions))
    if not offered:  # imported or written by hand: nobody chose among these forms
        return ""
    held = frozenset(_key(term.text) for term in concept.forms("en"))
    if reason := _new_form(candidate, offered | held):
        return reason
    chosen = concept.preferred("en")
    now = {_key(form) for form in (candidate.en, *(a.en for a in candidate.alternatives))}
    if chosen and _key(chosen.text) in offered and _key(chosen.text) not in now:
        return f"the pages no longer offer {chosen.text!r}"
    return ""


def _key(form: str) -> str:
    # A heading in capitals is no other form.
    return fold(one_line(form)).lower()


def _new_form(candidate: Candidate, seen: frozenset[str]) -> str:
    best = one_line(candidate.en)
    if not seen or candidate.probability < SURE or _key(best) in seen:
        return ""
    return f"the pages now offer {best!r} first ({candidate.probability:.2f})"
