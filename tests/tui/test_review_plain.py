"""The review as questions and answers: in this process, and as a command with its input piped."""

from __future__ import annotations

import datetime
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from align.store import Workspace
from glossary.journal import journal_path, read_journal
from glossary.model import Alternative, Candidate, Example, Place
from glossary.serial import read_candidate
from glossary.session import Session
from glossary.store import load_glossary
from tui.review.model import GLYPHS, ReviewModel
from tui.review.plain import HELP, run_plain

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)


def row(vi: str, *en: str) -> Candidate:
    """A row with its English forms and one pair of sentences."""
    text_vi, text_en = f"Có nhiều {vi} mới.", f"There is a new {en[0]}."
    pair = Example(
        Place("soi", 2, 9, 9 + len(vi), text_vi),
        Place("measles", 1, 15, 15 + len(en[0]), text_en),
        0.9,
    )
    others = tuple(Alternative(one, 0.4, 3) for one in en[1:])
    return Candidate(vi, en[0], 0.9, "term", 12, ("v", "e"), (pair,), others, "parallel")


ROWS = [row("bệnh viện", "hospital", "infirmary"), row("bác sĩ", "doctor"), row("y tá", "nurse")]


def asked(
    folder: Path, script: str, rows: list[Candidate] = ROWS, *, read_only: bool = False
) -> tuple[str, str, str]:
    """What was printed for the answers of *script*; the marks of the rows; the first row's
    English form."""
    out = io.StringIO()
    with Session(folder, folder / ".songngu", "lan", read_only=read_only) as session:
        model = ReviewModel(session, rows, now=lambda: NOW)
        run_plain(model, io.StringIO(script), out)
        marks = "".join(GLYPHS[model.state(one)] for one in range(len(rows)))
        return out.getvalue(), marks, model.english(0)


def questions(printed: str) -> list[str]:
    """The Vietnamese terms in the order they were asked about."""
    return [
        line.split(" decided. ")[1].split(",")[0]
        for line in printed.splitlines()
        if " decided. " in line
    ]


# --- answers


@pytest.mark.parametrize(
    ("script", "marks", "order", "reason"),
    [
        ("", "···", "0", "nothing is answered"),
        ("\n", "✓··", "01", "Enter accepts"),
        ("a\n", "✓··", "01", "so does a"),
        ("1\n", "✓··", "01", "a number accepts"),
        ("2\n", "✓··", "01", "that form"),
        ("-\n", "✗··", "01", "no term"),
        ("x\n", "✗··", "01", "its letter"),
        ("s\n", "?··", "01", "later"),
        (" - \n", "✗··", "01", "spaces are nothing"),
        ("-\r\n", "✗··", "01", "a line of another system"),
        ("-", "✗··", "01", "a last line without its end"),
        ("\n\n\n", "✓✓✓", "012", "all of it"),
        ("\n\n\n\n\n", "✓✓✓", "012", "more answers than questions"),
        ("s\n\n\n", "?✓✓", "0120", "what was skipped comes last"),
        ("q\n\n\n", "···", "0", "what follows q is not read"),
        ("\nq\n", "✓··", "01", "quit"),
        ("\nu\n", "···", "010", "an undo goes back"),
        ("\n-\nu\nu\n", "···", "01210", "step by step"),
        ("u\n", "···", "00", "there is nothing to undo"),
        ("r\n", "···", "00", "nor to redo"),
        ("\nu\nr\n", "✓··", "0100", "a redo stands on its row"),
        ("zzz\n-\n", "✗··", "001", "an unknown answer is asked again"),
        ("9\n", "···", "00", "a number that is not offered"),
        ("0\n", "···", "00", "nor is 0"),
        ("-1\n", "···", "00", "no number"),
        ("²\n", "···", "00", "a digit of another kind"),
        ("99999999999999999999\n", "···", "00", "a number too long"),
        ("Q\n", "···", "00", "case counts: U and u are two things on screen"),
        ("ế\n", "···", "00", "what an input method makes"),
        ("?\n", "···", "00", "help asks again"),
        ("c\n", "···", "00", "so do the sentences"),
        ("/nurse\n-\n", "··✗", "02", "find"),
        ("/bac si\n-\n", "·✗·", "01", "find without marks"),
        ("/zzz\n\n", "✓··", "001", "nothing found: as before"),
        ("/nurse\n/\n-\n", "··✗", "0220", "the search is left, on its row"),
        ("/\n", "···", "00", "there is no search to leave"),
    ],
    ids=lambda value: ascii(value) if isinstance(value, str) else None,
)
def test_answers(script: str, marks: str, order: str, reason: str, tmp_path: Path) -> None:
    printed, found, _ = asked(tmp_path, script)
    assert found == marks, reason
    # The order of questions after a search that found its only row is another test's.
    assert questions(printed)[: len(order)] == [ROWS[int(one)].vi for one in order], reason
    if not script.startswith("/"):
        assert len(questions(printed)) == len(order), reason


def test_a_number_chooses_its_form(tmp_path: Path) -> None:
    assert asked(tmp_path, "2\n")[2] == "infirmary"


def test_the_end_of_input_is_the_end_of_the_review(tmp_path: Path) -> None:
    printed, marks, _ = asked(tmp_path, "\n")
    assert marks == "✓··"
    assert "Everything is decided" not in printed


def test_the_help_comes_first_and_when_asked_for(tmp_path: Path) -> None:
    assert asked(tmp_path, "?\n")[0].count(HELP) == 2


def test_a_question_holds_what_is_needed_to_answer(tmp_path: Path) -> None:
    printed, _, _ = asked(tmp_path, "")
    assert "0 of 3 decided. bệnh viện, 12 uses, new" in printed
    assert "  1 hospital, probability 0.90" in printed
    assert "  2 infirmary, probability 0.40" in printed


def test_both_sentences_come_with_both_terms_marked(tmp_path: Path) -> None:
    printed, _, _ = asked(tmp_path, "c\n")
    assert "VI Có nhiều ⟦bệnh viện⟧ mới." in printed
    assert "EN There is a new ⟦hospital⟧." in printed
    assert "soi and measles, aligned 0.90" in printed


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("\n", "accepted  bệnh viện = hospital"),
        ("-\n", "rejected  bệnh viện"),
        ("s\n", "skipped  bệnh viện"),
        ("\nu\n", "undone  bệnh viện"),
        ("u\n", "nothing to undo"),
        ("r\n", "nothing to redo"),
        ("9\n", "there is no choice 9"),
        ("huh\n", "'huh' is no answer"),
        ("/zzz\n", "nothing found"),
        ("/bac\n", "1 row"),
        ("\n\n\n", "Everything is decided."),
    ],
    ids=ascii,
)
def test_what_is_told(script: str, told: str, tmp_path: Path) -> None:
    assert told in asked(tmp_path, script)[0]


def test_everything_is_decided_from_the_start(tmp_path: Path) -> None:
    asked(tmp_path, "\n\n\n")
    printed, _, _ = asked(tmp_path, "-\n")
    assert (questions(printed), printed.splitlines()[-1]) == ([], "Everything is decided.")


def test_when_all_that_was_found_is_decided_the_others_are_asked(tmp_path: Path) -> None:
    printed, marks, _ = asked(tmp_path, "/nurse\n\n\n\n")
    assert marks == "✓✓✓"
    assert "0 of 3 decided" in printed


def test_what_is_skipped_last_is_not_called_decided(tmp_path: Path) -> None:
    printed, marks, _ = asked(tmp_path, "\n\ns\n")
    assert marks == "✓✓?"
    assert "Everything is decided" not in printed


@pytest.mark.parametrize("script", ["2\nu\nr\n\n", "2\n/benh\n\n"], ids=ascii)
def test_enter_leaves_what_is_decided_as_it_is(script: str, tmp_path: Path) -> None:
    """As on screen: a number chooses another."""
    assert asked(tmp_path, script)[2] == "infirmary"


def test_each_answer_is_on_disk_before_the_next_question(tmp_path: Path) -> None:
    kept = []

    class Lines(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:
            kept.append([one.action for one in read_journal(journal_path(tmp_path, "lan")).events])
            return super().readline()

    with Session(tmp_path, tmp_path / ".songngu", "lan") as session:
        rows = [*ROWS, row("sởi", "measles")]
        run_plain(ReviewModel(session, rows), Lines("\n-\ns\nu\nr\n"), io.StringIO())
    deeds = ["accept", "reject", "skip", "undo", "redo"]
    assert kept == [deeds[:n] for n in range(len(deeds) + 1)]


def test_read_only_tells_so_and_asks_again(tmp_path: Path) -> None:
    printed, marks, _ = asked(tmp_path, "\n2\n-\ns\n", read_only=True)
    assert marks == "···"
    assert questions(printed) == ["bệnh viện"] * 5
    assert printed.count("read only") == 4
    assert not list(tmp_path.iterdir())


def test_hostile_text_cannot_steer_what_reads_it(tmp_path: Path) -> None:
    evil = row("bệnh\x1b[31m\x07\x9bviện\u202e [red]", "hos\x1b]0;x\x07pital\u2066")
    printed, marks, _ = asked(tmp_path, "c\n\nu\nhu\x1b[2Jh\n/\x1b[2J\n", [evil, *ROWS])
    assert marks == "····"
    allowed = {ord("\n"), ord("\t")}
    steering = {*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    assert not {ord(one) for one in printed} & (steering - allowed)
    assert "[red]" in printed


# --- the command


def command(*arguments: object, answers: str | bytes = "", **more: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of ``songngu review`` with *answers* on its stdin."""
    given = answers.encode() if isinstance(answers, str) else answers
    done = subprocess.run(
        [sys.executable, "-m", "tui.cli", "review", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **more},
        input=given,
        capture_output=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def candidates(folder: Path) -> list[Candidate]:
    with Workspace(folder / ".songngu") as workspace:
        return [read_candidate(line) for line in workspace.candidates()]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.is_file() and not one.name.startswith("corpus.db-")
    }


def test_the_command_keeps_what_was_answered(tiny: Path) -> None:
    rows = candidates(tiny)
    code, out, err = command(tiny, "--plain", "--reviewer", "lan", answers="\n-\ns\n\nu\nq\n")
    assert code == 0
    assert out.startswith(HELP)
    assert f"2 of {len(rows)} decided, 2 now" in err
    stored = load_glossary(tiny)
    assert [(one.heading("vi"), one.heading("en")) for one in stored] == [(rows[0].vi, rows[0].en)]
    assert [one.vi for one in stored.rejected] == [rows[1].vi]
    assert [one.reviewer for one in stored.concepts[0].decisions] == ["lan"]
    assert read_journal(tiny / "review" / "lan.jsonl").pending == ()

    code, out, _ = command(tiny, "--plain", "--reviewer", "lan", answers="u\nu\nu\n")
    assert code == 0
    assert questions(out)[0] == rows[3].vi, "it goes on where it was left"
    assert load_glossary(tiny).concepts == ()
    assert load_glossary(tiny).rejected == ()


def test_the_reviewer_may_be_named_by_the_environment(tiny: Path) -> None:
    assert command(tiny, "--plain", answers="\n", SONGNGU_REVIEWER="minh")[0] == 0
    assert [one.name for one in (tiny / "review").iterdir()] == ["minh.jsonl"]


@pytest.mark.parametrize(
    "answers",
    [
        "/vac xin\nq\n",
        pytest.param(
            "/vắc xin\nq\n",
        ),
    ],
    ids=ascii,
)
def test_the_command_speaks_utf8_in_any_locale(answers: str, tiny: Path) -> None:
    code, out, _ = command(
        tiny, "--plain", "--reviewer", "lan", answers=answers,
        LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="",
    )  # fmt: skip
    assert code == 0
    assert "vắc xin" in questions(out)[-1]


def test_bytes_that_are_no_text_are_no_answer(tiny: Path) -> None:
    code, _, err = command(tiny, "--plain", "--reviewer", "lan", answers=b"\n\xff\xfe\n-\n")
    assert "unexpected" not in err
    stored = load_glossary(tiny)
    assert len(stored) == 1, "what was answered before is kept"
    assert (code, len(stored.rejected)) == (0, 1)


def test_read_only_changes_no_file(tiny: Path) -> None:
    before = tree(tiny)
    code, out, _ = command(tiny, "--plain", "--read-only", "--reviewer", "lan", answers="\n-\n")
    assert code == 0
    assert "read only" in out
    assert tree(tiny) == before


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([], "review needs a terminal; without one: songngu review --plain"),
        (["--plain", "--reviewer", "../lan"], "reviewer '../lan'"),
        (["--plane"], "No such option"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_begun_is_one_line(arguments: list[str], part: str, tiny: Path) -> None:
    before = tree(tiny)
    code, out, err = command(tiny, *arguments, SONGNGU_REVIEWER="lan")
    assert (code, out) == (2, "")
    assert err.startswith("songngu: ")
    assert err.count("\n") == 1
    assert part.lower() in err.lower()
    assert tree(tiny) == before


def test_before_a_build_there_is_nothing_to_review(tmp_path: Path) -> None:
    (tmp_path / "songngu.yaml").write_text("", "utf-8")
    (tmp_path / "vi").mkdir()
    (tmp_path / "en").mkdir()
    code, out, err = command(tmp_path, "--plain", "--reviewer", "lan")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "songngu build" in err


def test_while_one_reviews_another_can_only_look(tiny: Path) -> None:
    with Session(tiny, tiny / ".songngu", "minh"):
        code, out, err = command(tiny, "--plain", "--reviewer", "lan", answers="\n")
        assert (code, out) == (2, "")
        assert "minh" in err
        assert command(tiny, "--plain", "--read-only", "--reviewer", "lan")[0] == 0


def test_when_the_reader_goes_away_what_was_answered_is_kept(tiny: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tui.cli", "review", tiny, "--plain", "--reviewer", "lan"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline()
        process.stdout.close()
        process.stdin.write(b"\n" * 500)
        process.stdin.close()
        assert process.wait(30) == 141
    assert not (tiny / "glossary.yaml").exists() or len(load_glossary(tiny)) <= 1
    with Session(tiny, tiny / ".songngu", "lan") as session:
        assert len(session.history.events) <= 1, "one at most was answered before it was noticed"
