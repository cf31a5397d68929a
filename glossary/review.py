"""Decisions as values: what a reviewer does becomes changes, changes can be turned round.

Nothing here touches a terminal or a file. A change holds what stood there before and what stands
there after, so that any run of them can be applied again, undone, or summed up without knowing the
candidates they came from.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from align.model import Lang, SongnguError
from align.text import counted, fold, is_acronym, one_line, slug
from glossary.concept import (
    Concept,
    ConceptExample,
    Decision,
    Glossary,
    Rejected,
    Status,
    Term,
    glossary_of,
)
from glossary.concept_plain import MOST_EXAMPLES
from glossary.model import Alternative, Candidate, Place
from glossary.reopen import offered_note, reopened

Action = Literal["accept", "reject", "skip", "undo", "redo"]
Kind = Literal["concept", "rejected", "skipped"]
Value = Concept | Rejected | bool
Standing = Literal["accepted", "rejected", "reopened", "new"]
Key = tuple[Kind, str]
"""A concept by its id; a refusal and a skipped row by the folded Vietnamese form."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry before and after; None: there was or will be none."""

    kind: Kind
    key: str
    before: Value | None
    after: Value | None

    @property
    def inverse(self) -> Change:
        return Change(self.kind, self.key, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing a reviewer did."""

    action: Action
    vi: str
    """The Vietnamese form of the row it was done to."""
    en: str
    """The English form it was about, for messages."""
    at: datetime.datetime
    """With time zone."""
    changes: tuple[Change, ...]


class Entries:
    """All entries of a glossary under review, and the rows that were skipped."""

    def __init__(self, glossary: Glossary) -> None:
        self._entries: dict[Key, Value] = {}
        self._holders: dict[tuple[Lang, str], list[str]] = defaultdict(list)
        """Ids of the concepts that hold a form, by language and folded form."""
        for concept in glossary.concepts:
            self._put(("concept", concept.id), concept)
        for one in glossary.rejected:
            self._put(("rejected", fold(one.vi)), one)

    def concept(self, id: str) -> Concept | None:
        found = self._entries.get(("concept", id))
        return found if isinstance(found, Concept) else None

    def __contains__(self, id: object) -> bool:
        """Whether there is a concept with this id."""
        return ("concept", id) in self._entries

    def holders(self, lang: Lang, text: str) -> list[Concept]:
        """The concepts that have a form, by id."""
        found = (self.concept(id) for id in sorted(self._holders.get((lang, fold(text)), ())))
        return [concept for concept in found if concept]

    def rejected(self, vi: str) -> Rejected | None:
        found = self._entries.get(("rejected", fold(vi)))
        return found if isinstance(found, Rejected) else None

    def verdict(self, vi: str) -> Literal["accepted", "rejected", "new"]:
        """What was decided about a Vietnamese form."""
        if any(concept.decided for concept in self.holders("vi", vi)):
            return "accepted"
        return "rejected" if self.rejected(vi) else "new"

    def reopened(self, candidate: Candidate) -> str:
        """Why what was decided about a candidate is open again; empty where it stands."""
        vi = one_line(candidate.vi)
        decided = (one for one in self.holders("vi", vi) if one.decided)
        return reopened(candidate, next(decided, None), self.rejected(vi))

    def standing(self, candidate: Candidate) -> Standing:
        """What was decided about a candidate, and whether that still stands."""
        return "reopened" if self.reopened(candidate) else self.verdict(candidate.vi)

    def skipped(self, vi: str) -> bool:
        return ("skipped", fold(vi)) in self._entries

    def fits(self, changes: Iterable[Change]) -> bool:
        """Whether everything stands as the changes found it."""
        return all(self._entries.get((one.kind, one.key)) == one.before for one in changes)

    def apply(self, changes: Iterable[Change]) -> None:
        for one in changes:
            self._put((one.kind, one.key), one.after)

    def get(self, key: Key) -> Value | None:
        return self._entries.get(key)

    def glossary(self) -> Glossary:
        """What is to be kept in ``glossary.yaml``."""
        concepts: dict[str, Concept] = {}
        rejected: dict[str, Rejected] = {}
        for value in self._entries.values():
            if isinstance(value, Concept):
                concepts[value.id] = value
            elif isinstance(value, Rejected):
                rejected[value.vi] = value
        return glossary_of(concepts, rejected)

    def _put(self, key: Key, value: Value | None) -> None:
        old = self._entries.pop(key, None)
        if isinstance(old, Concept):
            for lang, form in _forms(old):
                self._holders[lang, form].remove(old.id)
        if value is not None and value is not False:
            self._entries[key] = value
        if isinstance(value, Concept):
            for lang, form in _forms(value):
                self._holders[lang, form].append(value.id)


def _forms(concept: Concept) -> set[tuple[Lang, str]]:
    return {(term.lang, fold(term.text)) for term in concept.terms}


class History:
    """What can be undone and redone; unlimited."""

    def __init__(self) -> None:
        self._done: list[Event] = []
        self._undone: list[Event] = []

    def add(self, event: Event) -> None:
        if event.action == "undo":
            if self._done:
                self._undone.append(self._done.pop())
        elif event.action == "redo":
            if self._undone:
                self._done.append(self._undone.pop())
        else:
            self._done.append(event)
            self._undone.clear()

    @property
    def events(self) -> tuple[Event, ...]:
        """What was done and not undone, oldest first."""
        return tuple(self._done)

    @property
    def last(self) -> Event | None:
        """The event an undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def next(self) -> Event | None:
        """The event a redo would bring back."""
        return self._undone[-1] if self._undone else None


@dataclass(frozen=True, slots=True)
class Choice:
    """One English form offered for a row."""

    en: str
    probability: float
    count: int
    documents: tuple[str, ...]


def choices(candidate: Candidate) -> list[Choice]:
    """The forms of a candidate as they are offered, best first."""
    own = Choice(candidate.en, candidate.probability, candidate.en_count, candidate.en_documents)
    return [
        own,
        *(Choice(a.en, a.probability, a.count, a.documents) for a in candidate.alternatives),
    ]


def accept(
    entries: Entries,
    candidate: Candidate,
    choice: int,
    *,
    by: str,
    on: datetime.date,
    dates: Mapping[str, datetime.date] | None = None,
) -> tuple[Change, ...]:
    """The English form number *choice* (from 0) becomes the preferred one of the Vietnamese term.

    A concept that has the term already keeps everything else: the form preferred so far goes where
    it was only an earlier choice among this candidate's forms, and stays admitted otherwise. Where
    the term is not the concept's preferred one, the English form is admitted. *dates* are those of
    the documents by id.
    """
    vi, en = one_line(candidate.vi), one_line(choices(candidate)[choice].en)
    if not vi or not en:
        raise SongnguError("a form without a letter is no term")
    evidence = _evidence(candidate, choice) + offered_note(candidate)
    decision = Decision("accept", by, on, evidence)
    found = _examples(candidate, en, dates or {})
    holders = entries.holders("vi", vi)
    if not holders:
        old, id = None, slug(vi, entries)
        terms: tuple[Term, ...] = (_term("vi", vi), _term("en", en))
        concept = Concept(id, terms, examples=found, decisions=(decision,))
    else:
        old = holders[0]
        offered = {fold(one.en) for one in choices(candidate)}
        concept = replace(
            old,
            terms=_with_choice(old, vi, en, offered),
            examples=found or old.examples,
            decisions=(*old.decisions, decision),
        )
    return (Change("concept", concept.id, old, concept), *_cleared(entries, vi))


def reject(
    entries: Entries, candidate: Candidate, *, by: str, on: datetime.date
) -> tuple[Change, ...]:
    """The Vietnamese form is not to be a term; a concept that has no other one goes."""
    vi = one_line(candidate.vi)
    if not vi:
        raise SongnguError("a form without a letter is no term")
    changes = []
    for old in entries.holders("vi", vi):
        rest = tuple(one for one in old.terms if one.lang != "vi" or fold(one.text) != fold(vi))
        kept = replace(old, terms=rest) if any(one.lang == "vi" for one in rest) else None
        changes.append(Change("concept", old.id, old, kept))
    before = entries.rejected(vi)
    decision = Decision("reject", by, on, _evidence(candidate, 0))
    after = Rejected(
        vi,
        tuple(filter(None, (one_line(one.en) for one in choices(candidate)))),
        (*(before.decisions if before else ()), decision),
    )
    cleared = [one for one in _cleared(entries, vi) if one.kind != "rejected"]
    return (*changes, Change("rejected", fold(vi), before, after), *cleared)


def skip(entries: Entries, candidate: Candidate) -> tuple[Change, ...]:
    """The row is left for later; nothing where it is decided or skipped already."""
    vi = one_line(candidate.vi)
    if entries.verdict(vi) != "new" or entries.skipped(vi):
        return ()
    return (Change("skipped", fold(vi), None, True),)


def fold_into(glossary: Glossary, events: Iterable[Event]) -> tuple[Glossary, list[Change]]:
    """The glossary with the events in it, and the changes of those that do not fit it any more
    because an entry was changed otherwise since; such an event is left out whole.

    Events that are in the glossary already are passed over, however many: a crash may fall between
    saving it and noting that.
    """
    events = list(events)
    entries = Entries(glossary)
    inside: dict[Key, int] = {}
    for index, event in enumerate(events):
        for one in event.changes:
            if entries.get((one.kind, one.key)) == one.after:
                inside[one.kind, one.key] = index
    left: list[Change] = []
    for index, event in enumerate(events):
        changes = [
            one
            for one in event.changes
            if one.kind != "skipped" and index > inside.get((one.kind, one.key), -1)
        ]
        if entries.fits(changes):
            entries.apply(changes)
        else:
            left += changes
    return entries.glossary(), [one for one in net(left) if one.before != one.after]


def net(changes: Iterable[Change]) -> list[Change]:
    """What changes come to: one an entry, from before the first to after the last."""
    found: dict[Key, Change] = {}
    for one in changes:
        first = found.get((one.kind, one.key))
        found[one.kind, one.key] = replace(one, before=first.before) if first else one
    return list(found.values())


def concepts_of(
    candidates: Iterable[Candidate],
    entries: Entries,
    dates: Mapping[str, datetime.date] | None = None,
) -> Iterator[Concept]:
    """The candidates nobody has decided on, as concepts whose terms carry no status; reliability
    is the probability in tenths."""
    taken = {concept.id for concept in entries.glossary()}
    for one in candidates:
        vi = one_line(one.vi)
        if not vi or not one_line(one.en) or entries.rejected(vi) or entries.holders("vi", vi):
            continue
        id = slug(vi, taken)
        taken.add(id)
        en = [_term("en", text, None) for text in _forms_offered(one)]
        yield Concept(
            id,
            (_term("vi", vi, None), *en),
            reliability=round(10 * one.probability),
            examples=_examples(one, one_line(one.en), dates or {}),
        )


def candidate_of(concept: Concept) -> Candidate | None:
    """A concept nobody decided on, as it is offered for review: imported, or written by hand.
    None where a language has no term."""
    vi, en = concept.forms("vi"), concept.forms("en")
    if concept.decided or not vi or not en:
        return None
    probability = 0.5 if concept.reliability is None else concept.reliability / 10
    others = tuple(Alternative(term.text, probability, 0) for term in en[1:])
    return Candidate(vi[0].text, en[0].text, probability, "term", 0, (), (), others, "comparable")


def _forms_offered(candidate: Candidate) -> list[str]:
    """The best form, and those at least half as probable."""
    least = candidate.probability / 2
    found = [one_line(one.en) for one in choices(candidate) if one.probability >= least]
    return list(dict.fromkeys(filter(None, found)))


def _term(lang: Lang, text: str, status: Status | None = "preferred") -> Term:
    return Term(lang, text, status, "acronym" if is_acronym(text) else None)


def _cleared(entries: Entries, vi: str) -> list[Change]:
    """The row is neither refused nor skipped any more."""
    changes = []
    if refused := entries.rejected(vi):
        changes.append(Change("rejected", fold(vi), refused, None))
    if entries.skipped(vi):
        changes.append(Change("skipped", fold(vi), True, None))
    return changes


def _with_choice(concept: Concept, vi: str, en: str, offered: set[str]) -> tuple[Term, ...]:
    """The terms of a concept with *en* chosen for *vi*."""
    leading = concept.preferred("vi")
    main = leading is None or fold(leading.text) == fold(vi)
    terms: list[Term] = []
    there = False
    for term in concept.terms:
        if term.lang == "vi" and main and leading is None and fold(term.text) == fold(vi):
            term = replace(term, status="preferred")
        elif term.lang == "en" and fold(term.text) == fold(en):
            there = True
            best = main or term.status == "preferred"
            term = replace(term, status="preferred" if best else "admitted")
        elif term.lang == "en" and main and term.status == "preferred":
            if fold(term.text) in offered and not term.source:
                continue
            term = replace(term, status="admitted")
        terms.append(term)
    if not there:
        terms.append(_term("en", en, "preferred" if main else "admitted"))
    return tuple(terms)


def _evidence(candidate: Candidate, choice: int) -> str:
    chosen = choices(candidate)[choice]
    if not candidate.documents:
        return "not seen in the pages"
    texts = counted(len(candidate.documents), "document")
    uses = counted(candidate.count, "use")
    return f"probability {chosen.probability:.2f}; {uses} in {texts}; {candidate.channel}"


def _examples(
    candidate: Candidate, en: str, dates: Mapping[str, datetime.date]
) -> tuple[ConceptExample, ...]:
    """The candidate's aligned examples that hold the English form."""
    found = []
    for one in candidate.examples:
        if one.probability is None or fold(en) not in fold(one.en.text):
            continue
        found.append(
            ConceptExample(
                one_line(one.vi.text), one_line(one.en.text),
                one_line(one.vi.document), one_line(one.en.document),
                dates.get(one.vi.document), dates.get(one.en.document),
                round(one.probability, 4),
            )
        )  # fmt: skip
    return tuple(dict.fromkeys(found))[:MOST_EXAMPLES]


def marked(place: Place) -> tuple[str, str, str]:
    """A sentence cut around the term in it: before, the term, after."""
    return place.text[: place.start], place.text[place.start : place.end], place.text[place.end :]
