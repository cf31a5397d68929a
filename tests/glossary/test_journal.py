"""The journal: a line a decision, synced, read back whole; a torn end is cut off."""

from __future__ import annotations

import datetime
import errno
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.model import SongnguError
from glossary.concept import Concept, Decision, Glossary, Match, Rejected, Term
from glossary.journal import (
    FORMAT,
    Journal,
    Pages,
    journal_path,
    mark_saved,
    pending,
    read_journal,
    read_journals,
)
from glossary.review import Change, Event, fold_into

ROOT = Path(__file__).resolve().parents[2]
AT = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 11, 22)
BEFORE = Concept("y-te", (Term("vi", "y tế"), Term("en", "health", "admitted")))
AFTER = replace(
    BEFORE,
    note="một\nhai",
    match=Match("exact", exceptions=("x",)),
    valid_from=DAY,
    decisions=(Decision("accept", "lan", DAY, "probability 0.90"),),
)
REFUSED = Rejected("hôm qua", ("yesterday",), (Decision("reject", "lan", DAY),))
ACCEPTED = Event("accept", "y tế", "health", AT, (Change("concept", "y-te", BEFORE, AFTER),))
EVENTS = [
    ACCEPTED,
    Event("reject", "hôm qua", "yesterday", AT, (Change("rejected", "hôm qua", None, REFUSED),)),
    Event("skip", "nay", "today", AT, (Change("skipped", "nay", None, True),)),
    Event("undo", "nay", "today", AT, (Change("skipped", "nay", True, None),)),
    Event("redo", "nay", "today", AT, (Change("skipped", "nay", None, True),)),
]
HEADER = json.dumps({"format": FORMAT}).encode() + b"\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where lan's journal stands."""
    return journal_path(tmp_path, "lan")


def write(path: Path, *events: Event, saved: bool = False) -> bytes:
    """Append to a journal, and give what the file holds then."""
    journal = Journal(path, read_journal(path).whole)
    for event in events:
        journal.append(event)
    if saved:
        journal.mark_saved(AT)
    journal.close()
    return path.read_bytes()


def line(**values: Any) -> bytes:
    """A line of a journal, some of its values replaced."""
    plain = {"action": "skip", "vi": "a", "en": "b", "at": AT.isoformat(), "changes": [], **values}
    return json.dumps(plain).encode() + b"\n"


def of_change(**values: Any) -> bytes:
    """A line of one change, some of its values replaced."""
    plain = {"kind": "concept", "key": "a", "before": None, "after": None, **values}
    return line(changes=[plain])


def events_of(path: Path) -> list[Event]:
    return list(read_journal(path).events)


# --- round trips


def test_no_file_holds_nothing(path: Path) -> None:
    assert read_journal(path) == Pages((), 0, 0)
    assert not path.parent.exists()


def test_events_come_back(path: Path) -> None:
    raw = write(path, *EVENTS)
    assert read_journal(path) == Pages(tuple(EVENTS), 0, len(raw))


def test_a_new_journal_begins_with_its_format_once(path: Path) -> None:
    write(path, ACCEPTED)
    raw = write(path, ACCEPTED)
    assert raw.startswith(HEADER)
    assert raw.count(b"format") == 1
    path.write_bytes(HEADER)
    assert read_journal(path) == Pages((), 0, len(HEADER))


def test_a_journal_is_made_when_there_is_something_to_write(path: Path) -> None:
    Journal(path, 0).close()
    assert not path.parent.exists()


def test_a_decision_is_one_readable_line(path: Path) -> None:
    raw = write(path, ACCEPTED)
    assert raw.count(b"\n") == 2
    assert '"vi": "y tế"' in raw.decode()
    assert json.loads(raw.splitlines()[1])["changes"][0]["after"]["valid_from"] == "2026-11-22"


def test_what_was_written_is_never_changed(path: Path) -> None:
    raw = b""
    for event in EVENTS:
        longer = write(path, event)
        assert longer.startswith(raw)
        raw = longer


def test_what_is_saved_is_not_pending(path: Path) -> None:
    write(path, *EVENTS[:2], saved=True)
    assert read_journal(path).pending == ()
    write(path, EVENTS[2])
    pages = read_journal(path)
    assert pages.pending == (EVENTS[2],)
    assert pages.events == tuple(EVENTS[:3])


_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "skipped": st.sampled_from([None, True]),
    "concept": st.sampled_from([None, BEFORE, AFTER]),
    "rejected": st.sampled_from([None, REFUSED]),
}
_KEYS = {"skipped": "nay", "concept": "y-te", "rejected": "hôm qua"}
_CHANGES = st.sampled_from(list(_VALUES)).flatmap(
    lambda kind: st.builds(
        Change, st.just(kind), st.just(_KEYS[kind]), _VALUES[kind], _VALUES[kind]
    )
)
_EVENTS = st.builds(
    Event,
    st.sampled_from(["accept", "reject", "skip", "undo", "redo"]),
    st.sampled_from(["y tế", "hôm qua", "a b"]),
    st.sampled_from(["health", "x"]),
    st.datetimes(
        datetime.datetime(1990, 1, 1),
        datetime.datetime(2090, 1, 1),
        timezones=st.just(datetime.UTC),
    ).map(lambda at: at.replace(microsecond=0)),
    st.lists(_CHANGES, max_size=3).map(tuple),
)
_on_disk = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(st.lists(_EVENTS, min_size=1, max_size=5))
@_on_disk
def test_any_events_come_back(tmp_path: Path, events: list[Event]) -> None:
    path = tmp_path / "review" / "any.jsonl"
    path.unlink(missing_ok=True)
    write(path, *events)
    assert events_of(path) == events


@given(st.data())
@_on_disk
def test_a_file_cut_anywhere_keeps_every_whole_line(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "review" / "cut.jsonl"
    path.unlink(missing_ok=True)
    raw = write(path, *EVENTS[:2], saved=True)
    raw = write(path, *EVENTS[2:])
    cut = data.draw(st.integers(0, len(raw)))
    path.write_bytes(raw[:cut])
    whole = raw[:cut].count(b"\n")
    kept = [0, 0, 1, 2, 2, 3, 4, 5][whole]
    assert events_of(path) == EVENTS[:kept]
    assert read_journal(path).saved == (2 if whole >= 4 else 0)
    write(path, ACCEPTED)
    assert events_of(path) == [*EVENTS[:kept], ACCEPTED]
    assert path.read_bytes().startswith(raw[: raw[:cut].rfind(b"\n") + 1])


@pytest.mark.parametrize(
    ("torn", "why"),
    [
        (b'{"action": "acc', "cut in a word"),
        ('{"vi": "y tế"'.encode()[:-2], "cut in a letter"),
        (b"\0" * 512, "zeros where the data never came"),
        (b"\xff\xfe", "no UTF-8"),
        (line()[:-1], "all of it but the end"),
        (b"[" * 100_000, "much of nothing"),
    ],
)
def test_a_torn_last_line_is_ignored_and_cut_off(path: Path, torn: bytes, why: str) -> None:
    raw = write(path, *EVENTS)
    path.write_bytes(raw + torn)
    assert read_journal(path) == Pages(tuple(EVENTS), 0, len(raw)), why
    assert path.read_bytes() == raw + torn, "reading changes nothing"
    assert write(path, ACCEPTED).startswith(raw + b'{"action": "accept"')


@pytest.mark.parametrize(
    ("mangle", "why"),
    [
        (lambda raw: raw.replace(b"\n", b"\r\n"), "Windows' line ends"),
        (lambda raw: raw.replace(b"\n", b"\n\n"), "empty lines"),
        (lambda raw: raw.removeprefix(HEADER), "no header"),
        (lambda raw: HEADER + raw, "two journals joined"),
    ],
)
def test_what_a_merge_or_an_editor_does_is_read(path: Path, mangle: Any, why: str) -> None:
    path.write_bytes(mangle(write(path, *EVENTS)))
    assert events_of(path) == EVENTS, why


# --- damage

_CONCEPT = {"id": "a", "terms": [{"lang": "vi", "text": "x"}]}
_NAN = float("nan")
_DAMAGED: list[tuple[bytes, list[str], str]] = [
    (b"{\n", ["damaged"], "half a line"),
    (b"<<<<<<< HEAD\n", ["damaged"], "a conflict of git"),
    (b"\xff\n", ["damaged"], "no UTF-8"),
    (b"\0\0\0\0\n", ["damaged"], "zeros"),
    (b"[]\n", ["no decision"], "a list"),
    (b"5\n", ["no decision"], "a number"),
    (b"null\n", ["no decision"], "nothing"),
    (b"[" * 100_000 + b"\n", ["damaged"], "nested without end"),
    (b'{"at": ' + b"9" * 10**6 + b"}\n", ["damaged"], "a million digits"),
    (b'{"format": "songngu-journal 2"}\n', ["songngu-journal 2", "songngu-journal 1"], "later"),
    (b'{"format": ["x"]}\n', ["format"], "a list for a format"),
    (b"{}\n", ["no decision"], "empty"),
    (line(action="explode"), ["explode"], "no such action"),
    (line(action=["skip"]), ["action"], "a list for an action"),
    (line(action={}), ["action"], "a mapping for an action"),
    (line(action=None), ["action"], "no action"),
    (line(vi=5), ["no decision"], "a number for a form"),
    (line(en=None), ["no decision"], "no form"),
    (line(at="yesterday"), ["yesterday"], "no time"),
    (line(at=5), ["no decision"], "a number for a time"),
    (line(at="0001-01-01T00:00:00+14:00"), ["no decision"], "a time before all"),
    (line(at=None), ["no decision"], "nothing for a time"),
    (line(changes=5), ["no decision"], "a number for changes"),
    (line(changes=None), ["no decision"], "nothing for changes"),
    (line(changes=["x"]), ["no decision"], "text for a change"),
    (line(changes=[{}]), ["kind"], "an empty change"),
    (line(changes="concept"), ["no decision"], "text for changes"),
    (of_change(kind="class"), ["class"], "no such kind"),
    (of_change(kind=["concept"]), ["kind"], "a list for a kind"),
    (of_change(key=5), ["no decision"], "a number for a key"),
    (of_change(after=5), ["changes[0].after", "mapping"], "a number for a concept"),
    (of_change(after={"id": "a"}), ["changes[0].after", "terms"], "a concept without terms"),
    (of_change(after={**_CONCEPT, "examples": [{"vi": "a", "en": "b", "probability": _NAN}]}),
     ["changes[0].after.examples[0].probability"], "not a number"),
    (of_change(after={**_CONCEPT, "reliability": float("inf")}), ["reliability"], "infinite"),
    (of_change(after={**_CONCEPT, "reliability": 10**4000}), ["reliability"], "far too large"),
    (of_change(before={**_CONCEPT, "__class__": "os.system"}), ["__class__"], "a constructor"),
    (of_change(kind="rejected", after={"en": ["x"]}), ["changes[0].after", "vi"], "no refusal"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "named", "why"), _DAMAGED, ids=[row[2] for row in _DAMAGED])
def test_a_damaged_line_is_named_and_left_alone(
    path: Path, damage: bytes, named: list[str], why: str
) -> None:
    raw = write(path, *EVENTS[:1]) + damage + line()
    path.write_bytes(raw)
    with pytest.raises(SongnguError) as raised:
        read_journal(path)
    message = str(raised.value)
    assert message.startswith(f"{path}:3: "), why
    assert not [one for one in named if one not in message], (why, message[:300])
    assert "\n" not in message
    assert path.read_bytes() == raw


@pytest.mark.parametrize(
    "damage", [row[0] for row in _DAMAGED[:9]], ids=[r[2] for r in _DAMAGED[:9]]
)
def test_a_message_about_damage_tells_how_to_mend_it(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(HEADER + damage)
    with pytest.raises(SongnguError, match="restore the line from git"):
        read_journal(path)


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        pytest.param(of_change(key="b", after=_CONCEPT), "a key that is not the concept's"),
        pytest.param(
            of_change(kind="rejected", key="b", after={"vi": "x"}),
            "a key that is not the refusal's",
        ),
        pytest.param(line(changes={}), "a mapping for changes"),
        pytest.param(line(changes=""), "empty text for changes"),
        pytest.param(of_change(kind="skipped", after="x"), "text for yes or no"),
    ],
)
def test_what_no_session_writes_is_refused(path: Path, damage: bytes, why: str) -> None:
    path.parent.mkdir()
    path.write_bytes(HEADER + damage)
    with pytest.raises(SongnguError):
        read_journal(path)


def test_a_foreign_key_hides_no_other_concept(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(HEADER + of_change(key="b", after=_CONCEPT))
    mine = Concept("a", (Term("vi", "mine"),))
    try:
        events = events_of(path)
    except SongnguError:
        return
    assert mine in tuple(fold_into(Glossary((mine,)), events)[0])


@pytest.mark.parametrize("text", ["a\ud800", "a\x1b[31m", "a\nb", "e\u0301"])
def test_hostile_forms_are_made_canonical_and_can_be_written_again(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_bytes(HEADER + line(vi=text, en=text))
    (event,) = events_of(path)
    assert event.vi.isprintable()
    assert "\u0301" not in event.vi
    write(path, replace(event, action="undo"))
    assert len(events_of(path)) == 2


def test_a_concept_is_made_canonical_on_the_way_in(path: Path) -> None:
    path.parent.mkdir()
    hostile = {"id": "a", "terms": [{"lang": "vi", "text": " te\u0302\ud800\x1b \n x "}]}
    path.write_bytes(HEADER + of_change(after=hostile))
    (event,) = events_of(path)
    assert event.changes[0].after == Concept("a", (Term("vi", "tê x"),))


# --- synced before it is confirmed


def test_a_decision_is_synced_whole_before_append_returns(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(path, 0)
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(len(events_of(path))))
    for event in EVENTS:
        journal.append(event)
    journal.close()
    assert synced == [0, 1, 2, 3, 4, 5]  # the folder first, then each line


def test_a_new_journal_is_synced_in_its_folder(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir()
    folder = path.parent.stat().st_ino
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_ino))
    write(path, ACCEPTED)
    assert folder in synced


def test_an_error_of_the_disk_is_not_swallowed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    journal = Journal(path, 0)
    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(SongnguError, match="not kept"):
        journal.append(ACCEPTED)
    journal.close()
    assert path.read_bytes() == b"", "what was refused does not come back"


_FILL = """
import datetime, json, resource, signal, sys
from pathlib import Path
from align.model import SongnguError
from glossary.journal import Journal
from glossary.review import Change, Event

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
journal = Journal(Path(sys.argv[1]), 0)
at = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
kept = 0
try:
    while True:
        key = f"row {kept}"
        journal.append(Event("skip", key, "x", at, (Change("skipped", key, None, True),)))
        kept += 1
except (SongnguError, OSError) as error:
    print(kept, type(error).__name__, error)
"""


def test_a_full_disk_is_told_and_leaves_only_whole_lines(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FILL, path], cwd=ROOT, capture_output=True, text=True, check=True
    )
    kept, kind, message = done.stdout.split(" ", 2)
    assert int(kept) > 2
    assert kind == "SongnguError", "part of the line was written"
    assert str(path) in message
    raw = path.read_bytes()
    assert read_journal(path).whole == len(raw), "no half line remains"
    assert [event.vi for event in events_of(path)] == [f"row {i}" for i in range(int(kept))]


# --- whose journal


@pytest.mark.parametrize("name", ["lan", "Lan.Nguyen", "lan@moh.gov.vn", "Bảo", "x", "a+b-c_d"])
def test_names_of_reviewers(tmp_path: Path, name: str) -> None:
    assert journal_path(tmp_path, name) == tmp_path / "review" / f"{name}.jsonl"


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".lan", "a/b", "../x", "a\\b", "a b", "a\nb", "a\0", "-x", "x" * 62]
)
def test_names_that_cannot_be_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(SongnguError, match="--reviewer NAME") as raised:
        journal_path(tmp_path, name)
    assert "\n" not in str(raised.value)


def test_journals_of_all_reviewers(tmp_path: Path) -> None:
    assert read_journals(tmp_path) == {}
    write(journal_path(tmp_path, "minh"), EVENTS[0])
    write(journal_path(tmp_path, "lan"), EVENTS[1], saved=True)
    (tmp_path / "review" / "notes.txt").write_text("no journal")
    found = read_journals(tmp_path)
    assert list(found) == ["lan", "minh"]
    assert pending(found.values()) == [EVENTS[0]]


def test_a_damaged_journal_of_another_is_named(tmp_path: Path) -> None:
    write(journal_path(tmp_path, "lan"), EVENTS[0])
    (tmp_path / "review" / "minh.jsonl").write_bytes(HEADER + b"x\n")
    with pytest.raises(SongnguError, match=r"minh\.jsonl:2: damaged"):
        read_journals(tmp_path)


def _later(seconds: int, event: Event = ACCEPTED) -> Event:
    return replace(event, at=AT + datetime.timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("journals", "expected", "why"),
    [
        ([[1, 2], [3]], [1, 2, 3], "one after the other"),
        ([[3], [1, 2]], [1, 2, 3], "not by name but by time"),
        ([[3, 1], [2]], [2, 3, 1], "a clock set back does not change the order in a journal"),
        ([[], [1]], [1], "nothing pending in one"),
    ],
)
def test_pending_decisions_of_several_reviewers(
    journals: list[list[int]], expected: list[int], why: str
) -> None:
    pages = [Pages(tuple(map(_later, one)), 0, 0) for one in journals]
    assert pending(pages) == [_later(one) for one in expected], why


def test_all_journals_are_marked_saved_and_only_where_something_waits(tmp_path: Path) -> None:
    lan, minh, thu = (journal_path(tmp_path, name) for name in ("lan", "minh", "thu"))
    write(lan, *EVENTS[:2])
    minh.write_bytes(write(minh, EVENTS[2]) + b'{"torn')
    untouched = write(thu, EVENTS[3], saved=True)
    mark_saved(tmp_path, AT)
    assert pending(read_journals(tmp_path).values()) == []
    assert [len(events_of(one)) for one in (lan, minh, thu)] == [2, 1, 1]
    assert thu.read_bytes() == untouched


@pytest.mark.parametrize("name", ["lan (copy).jsonl", ".lan.jsonl", "_x.jsonl"])
def test_a_file_that_is_nobodys_journal_does_not_hinder(tmp_path: Path, name: str) -> None:
    raw = write(journal_path(tmp_path, "lan"), ACCEPTED)
    (tmp_path / "review" / name).write_bytes(raw)
    mark_saved(tmp_path, AT)
    assert read_journal(journal_path(tmp_path, "lan")).pending == ()
