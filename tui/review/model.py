"""The queue of a review: rows, their states, search, decisions. Knows nothing of any terminal.

The screen and the plain mode send intents (accept row 3 with choice 2) and show what they get; a
decision is on disk when its method returns.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from align.english import key_en
from align.model import SongnguError
from align.text import fold, fold_marks, nfc, one_line
from glossary.concept import Concept, Rejected
from glossary.consistency import SAME
from glossary.kinds import echoes
from glossary.model import Candidate
from glossary.review import Action, Change, Choice, Event, accept, choices, reject, skip
from glossary.session import Session

State = Literal["new", "conflict", "reopened", "skipped", "accepted", "rejected"]

GLYPHS: dict[State, str] = {
    "new": "·", "conflict": "!", "reopened": "↺", "skipped": "?", "accepted": "✓",
    "rejected": "✗",
}  # fmt: skip
"""A state is told by its mark, never by colour alone."""

OPEN: frozenset[State] = frozenset({"new", "conflict", "reopened", "skipped"})
"""States in which something is to be decided."""


@dataclass(frozen=True, slots=True)
class Told:
    """What to say after an intent, and where to stand."""

    text: str
    row: int | None = None
    """The row it was about."""
    ok: bool = True
    undoable: bool = True
    """Whether an undo would take it back."""


class ReviewModel:
    """The rows of one review. Rows are numbered as given; *visible* are those the search leaves."""

    def __init__(
        self,
        session: Session,
        candidates: Sequence[Candidate],
        *,
        dates: Mapping[str, datetime.date] | None = None,
        now: Callable[[], datetime.datetime] = lambda: datetime.datetime.now().astimezone(),
    ) -> None:
        self.session = session
        self.rows = list(candidates)
        self.dates = dates or {}
        self._now = now
        self._started = now()
        self.saved_at: datetime.datetime | None = None
        self.decided_here = 0
        """Decisions of this sitting."""
        self._keys = [fold(one_line(one.vi)) for one in self.rows]
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for index, key in enumerate(self._keys):
            self._by_key[key].append(index)
        self._claims = self._claimed()
        self._texts = [nfc(f"{one.vi}\t{one.en}").lower() for one in self.rows]
        self._folded = [fold_marks(text) for text in self._texts]
        self._states: list[State] = [self._look(index) for index in range(len(self.rows))]
        self.counts: Counter[State] = Counter(self._states)
        self.query = ""
        self.visible: Sequence[int] = range(len(self.rows))

    # What is there

    def state(self, row: int) -> State:
        return self._states[row]

    def english(self, row: int) -> str:
        """The form to show: the decided one, else the best offered."""
        concept = self.concept(row)
        decided = concept.preferred("en") if concept else None
        return decided.text if decided else self.rows[row].en

    def choices(self, row: int) -> list[Choice]:
        return choices(self.rows[row])

    def concept(self, row: int) -> Concept | None:
        """The concept that has the row's Vietnamese term."""
        return next(iter(self.session.entries.holders("vi", self._keys[row])), None)

    def rejected(self, row: int) -> Rejected | None:
        return self.session.entries.rejected(self._keys[row])

    def rivals(self, row: int) -> list[str]:
        """Other Vietnamese terms whose best English form is this row's."""
        own = self._keys[row]
        claims = self._claims.get(key_en(self.rows[row].en), ())
        return [
            self.rows[other].vi
            for other in claims
            if self._keys[other] != own and not echoes(self.rows[other].vi, self.rows[row].vi)
        ]

    def reopened(self, row: int) -> str:
        """Why the decision on the row is open again; empty where it stands or there is none."""
        if len(self._by_key[self._keys[row]]) > 1:  # a decision on one of them settles all
            return ""
        return self.session.entries.reopened(self.rows[row])

    @property
    def decided(self) -> int:
        return self.counts["accepted"] + self.counts["rejected"]

    def rate(self) -> float | None:
        """Decisions an hour in this sitting; None before there is anything to tell."""
        hours = (self._now() - self._started).total_seconds() / 3600
        # Before ten decisions or a minute a rate says nothing.
        return self.decided_here / hours if self.decided_here >= 10 and hours > 1 / 60 else None

    def next_open(self, row: int) -> int | None:
        """The next visible row nobody decided on, from *row* on and then from the top; the skipped
        ones last."""
        visible = self.visible
        at = visible.index(row) if row in visible else len(visible) - 1
        for states in (("new", "conflict", "reopened"), ("skipped",)):
            for step in range(1, len(visible)):
                other = visible[(at + step) % len(visible)]
                if self._states[other] in states:
                    return other
        return None

    # Search

    def search(self, query: str) -> None:
        """Leave the rows that hold *query* in either language. Without marks it finds letters with
        any mark, and đ as d; with marks exactly those."""
        self.query = one_line(query)
        wanted = self.query.lower()
        if not wanted:
            self.visible = range(len(self.rows))
            return
        bare = fold_marks(wanted)
        texts = self._folded if bare == wanted else self._texts
        self.visible = [index for index, text in enumerate(texts) if wanted in text]

    # Decisions

    def accept(self, row: int, choice: int = 0) -> Told:
        """The English form number *choice* (from 0) is the one."""
        offered = self.choices(row)
        if not 0 <= choice < len(offered):
            return Told(f"there is no choice {choice + 1}", row, ok=False)
        return self._do(
            "accept", row, offered[choice].en,
            lambda: accept(
                self.session.entries, self.rows[row], choice,
                by=self.session.reviewer, on=self._now().date(), dates=self.dates,
            ),
        )  # fmt: skip

    def accept_best(self, row: int) -> Told:
        """The best form is the one, unless another was chosen already."""
        if self.state(row) == "accepted":
            return Told("decided already; a number chooses another", row, undoable=False)
        return self.accept(row)

    def reject(self, row: int) -> Told:
        """The Vietnamese form is no term, or none of the English ones is right."""
        return self._do(
            "reject", row, self.rows[row].en,
            lambda: reject(
                self.session.entries, self.rows[row],
                by=self.session.reviewer, on=self._now().date(),
            ),
        )  # fmt: skip

    def skip(self, row: int) -> Told:
        """Later."""
        changes = skip(self.session.entries, self.rows[row])
        if not changes:
            return Told("", row, undoable=False)
        return self._do("skip", row, self.rows[row].en, lambda: changes)

    def undo(self) -> Told:
        """Take back the last decision, of whatever day."""
        return self._turn("undo")

    def redo(self) -> Told:
        """Bring back what was undone."""
        return self._turn("redo")

    def _do(
        self, action: Action, row: int, en: str, decide: Callable[[], tuple[Change, ...]]
    ) -> Told:
        try:
            event = Event(action, one_line(self.rows[row].vi), one_line(en), self._now(), decide())
            self.session.record(event)
        except (SongnguError, OSError) as error:
            return Told(f"not kept: {error}", row, ok=False)
        self._after(event, 0 if action == "skip" else 1)
        return Told(_told(event), row)

    def _turn(self, action: Literal["undo", "redo"]) -> Told:
        now = self._now()
        try:
            event = self.session.undo(now) if action == "undo" else self.session.redo(now)
        except (SongnguError, OSError) as error:
            return Told(f"not possible: {error}", None, ok=False)
        if event is None:
            return Told(f"nothing to {action}", None, ok=False)
        undone = self.session.history.next if action == "undo" else self.session.history.last
        step = 0 if undone is None or undone.action == "skip" else 1
        self._after(event, -step if action == "undo" else step)
        row = next(iter(self._by_key.get(fold(event.vi), ())), None)
        return Told(_told(event), row)

    def _after(self, event: Event, decided: int) -> None:
        self.saved_at = event.at
        self.decided_here = max(0, self.decided_here + decided)
        for key in {key for change in event.changes for key in _touched(change)}:
            for row in self._by_key.get(key, ()):
                self.counts[self._states[row]] -= 1
                self._states[row] = self._look(row)
                self.counts[self._states[row]] += 1

    def _look(self, row: int) -> State:
        key = self._keys[row]
        verdict = self.session.entries.verdict(key)
        if verdict != "new":
            return "reopened" if self.reopened(row) else verdict
        if self.session.entries.skipped(key):
            return "skipped"
        return "conflict" if self.rivals(row) else "new"

    def _claimed(self) -> dict[str, list[int]]:
        """Rows by the English form they offer first, where it is likely enough to count."""
        claims: dict[str, list[int]] = defaultdict(list)
        for index, one in enumerate(self.rows):
            if one.probability >= SAME:
                claims[key_en(one.en)].append(index)
        return {key: rows for key, rows in claims.items() if len(rows) > 1}


def _touched(change: Change) -> set[str]:
    """The folded Vietnamese forms whose rows may look different now."""
    if change.kind != "concept":
        return {change.key}
    return {
        fold(term.text)
        for concept in (change.before, change.after)
        if isinstance(concept, Concept)
        for term in concept.forms("vi")
    }


_VERBS = {
    "accept": "✓ accepted", "reject": "✗ rejected", "skip": "? skipped", "undo": "↶ undone",
    "redo": "↷ done again",
}  # fmt: skip


def _told(event: Event) -> str:
    sign = "=" if event.action == "accept" else "·"
    return f"{_VERBS[event.action]}  {event.vi} {sign} {event.en}"
