"""export, import, lint and check: exit codes, what is written, and what stays as it was."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from align.store import Workspace
from glossary.concept import Concept, ConceptExample, Decision, Glossary, Rejected, Term
from glossary.model import Candidate
from glossary.serial import candidate_json
from glossary.session import GlossaryLock
from glossary.store import glossary_text, load_glossary, save_glossary
from tui import cli

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
TRANSLATION = ROOT / "data" / "translation"
STYLES = ["po", "tbx", "csv"]

Captured = pytest.CaptureFixture[str]


def run(capsys: Captured, *arguments: object) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of one command in this process."""
    code = cli.main([str(one) for one in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def assert_failed(result: tuple[int, str, str], *parts: object) -> None:
    """Exit code 2, nothing on stdout, and one last line that holds *parts*."""
    code, out, err = result
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert sum(line.startswith("songngu: ") for line in lines) == 1, err
    assert lines[-1].startswith("songngu: ")
    assert "unexpected" not in lines[-1]
    for part in parts:
        assert str(part) in lines[-1]


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.is_file()
    }


HOSPITAL = Concept(
    "benh-vien",
    (Term("vi", "bệnh viện", "preferred"), Term("en", "hospital", "preferred"),
     Term("en", "sick house", "forbidden")),
    examples=(ConceptExample("Bệnh viện mở cửa.", "The hospital opened.", probability=0.5),),
)  # fmt: skip
OPEN = Concept("y-ta", (Term("vi", "y tá"), Term("en", "nurse")))
OLD = Glossary((HOSPITAL, OPEN), (Rejected("hôm qua", ("yesterday",)),))


def project(folder: Path, glossary: Glossary | None = OLD, settings: str = "") -> Path:
    """A project without pages."""
    folder.mkdir(exist_ok=True)
    (folder / "songngu.yaml").write_text(settings, "utf-8")
    if glossary is not None:
        save_glossary(glossary, folder)
    return folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A project whose glossary is `OLD`."""
    return project(tmp_path / "p")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A project without a glossary."""
    return project(tmp_path / "new", None)


# --- export


@pytest.mark.parametrize("style", STYLES)
def test_a_file_holds_what_stdout_shows(style: str, old: Path, capsys: Captured) -> None:
    code, out, err = run(capsys, "export", style, old)
    assert (code, err) == (0, "1 concept\n")
    target = old / f"g.{style}"
    code, nothing, err = run(capsys, "export", style, old, "-o", target)
    assert (code, nothing, err) == (0, "", "1 concept\n")
    assert target.read_bytes() == out.encode()
    assert run(capsys, "-q", "export", style, old, "-o", "-") == (0, out, "")
    assert run(capsys, "-C", old, "-q", "export", style) == (0, out, "")
    assert "bệnh viện" in out
    assert "nurse" not in out
    assert "hôm qua" not in out


@pytest.mark.parametrize("style", STYLES)
def test_bytes_of_a_process_are_those_of_the_file(style: str, old: Path, capsys: Captured) -> None:
    assert run(capsys, "-q", "export", style, old, "-o", old / "g")[0] == 0
    done = subprocess.run(
        [sys.executable, "-m", "tui.cli", "export", style, str(old)],
        cwd=ROOT, env={"PYTHONHASHSEED": "7", "LC_ALL": "C", "PATH": ""}, capture_output=True,
        check=True,
    )  # fmt: skip
    assert done.stdout == (old / "g").read_bytes()


@pytest.mark.parametrize("style", STYLES)
def test_what_nobody_decided_is_exported_when_asked_for(
    style: str, old: Path, capsys: Captured
) -> None:
    candidates = [
        Candidate("bác sĩ", "doctor", 0.9, "term", 3, ("v",), (), (), "parallel"),
        Candidate("thuốc", "medicine", 0.4, "term", 3, ("v",), (), (), "parallel"),
        Candidate("hôm qua", "yesterday", 0.9, "term", 3, ("v",), (), (), "parallel"),
        Candidate("bệnh viện", "clinic", 0.9, "term", 3, ("v",), (), (), "parallel"),
    ]
    with Workspace(old / ".songngu", create=True) as workspace:
        workspace.save_candidates(map(candidate_json, candidates), "x")
    code, out, err = run(
        capsys, "export", style, old, "--include-unreviewed", "--min-probability", "0.5"
    )
    assert (code, err) == (0, "3 concepts, 2 of them unreviewed\n")
    for word in ("bệnh viện", "nurse", "bác sĩ"):
        assert word in out
    for word in ("thuốc", "hôm qua", "clinic"):
        assert word not in out
    assert "unreviewed" in out
    assert run(capsys, "-q", "export", style, old, "--include-unreviewed")[1].count("thuốc") >= 1
    if style == "tbx":
        schema = etree.RelaxNG(etree.parse(str(DATA / "tbx-basic-v3-dca.rng")))
        assert schema.validate(etree.fromstring(out.encode())), schema.error_log


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("glossary", "why"), [(None, "no file"), (Glossary((OPEN,)), "nothing decided")]
)
def test_an_export_of_nothing(
    style: str, glossary: Glossary | None, why: str, tmp_path: Path, capsys: Captured
) -> None:
    place = project(tmp_path / "p", glossary)
    code, out, err = run(capsys, "export", style, place)
    assert code == 0, why
    assert err.splitlines()[0] == "0 concepts"
    assert "songngu review" in err.splitlines()[-1]
    (tmp_path / f"empty.{style}").write_text(out, "utf-8")
    code, out, err = run(capsys, "-C", place, "import", tmp_path / f"empty.{style}")
    assert (code, "0 added, 0 merged, 0 left as they are, 0 in conflict" in out) == (0, True)


def test_english_alone_has_no_place_in_a_catalogue(tmp_path: Path, capsys: Captured) -> None:
    place = project(tmp_path / "p", Glossary((Concept("x", (Term("en", "nurse", "preferred"),)),)))
    code, out, err = run(capsys, "export", "po", place)
    assert (code, "nurse" in out) == (0, False)
    assert "1 of them without a Vietnamese term" in err
    assert "nurse" in run(capsys, "export", "csv", place)[1]


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["export"], ["po|tbx|csv"]),
        (["export", "xlsx", "{old}"], ["xlsx"]),
        (["export", "po", "{old}/nix"], ["nix"]),
        (["export", "po", "{old}", "-o", "{old}/nix/g.po"], ["nix"]),
        (["export", "po", "{old}", "-o", "{old}"], ["p"]),
        (["export", "po", "{old}", "--min-probability", "2"], ["min-probability"]),
        (["-C", "{old}", "export", "po", "{old}"], ["twice"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_an_export_that_cannot_be(
    arguments: list[str], parts: list[str], old: Path, capsys: Captured
) -> None:
    before = tree(old)
    assert_failed(run(capsys, *(one.format(old=old) for one in arguments)), *parts)
    assert tree(old) == before


@pytest.mark.parametrize("style", STYLES)
def test_a_damaged_glossary_is_not_exported(style: str, old: Path, capsys: Captured) -> None:
    (old / "glossary.yaml").write_text("format: songngu-glossary 1\nconcepts:\n- id: 1\n", "utf-8")
    (old / "g").write_text("before", "utf-8")
    assert_failed(run(capsys, "export", style, old, "-o", old / "g"), "glossary.yaml:3: ")
    assert (old / "g").read_text("utf-8") == "before"


# --- import


@pytest.mark.parametrize("style", STYLES)
def test_what_was_exported_comes_into_another_project(
    style: str, old: Path, new: Path, capsys: Captured
) -> None:
    target = old / f"g.{style}"
    assert run(capsys, "-q", "export", style, old, "--include-unreviewed", "-o", target)[0] == 0
    code, out, err = run(capsys, "-C", new, "import", target)
    assert (code, err) == (0, "")
    assert out == f"{target}: 2 added, 0 merged, 0 left as they are, 0 in conflict\n"
    found = load_glossary(new)
    assert [one.id for one in found] == ["benh-vien", "y-ta"]
    assert [one.terms for one in found] == [HOSPITAL.terms, OPEN.terms]
    assert [one.decisions[-1:] for one in found] == [
        (Decision("import", f"import:g.{style}", found.concepts[0].decisions[0].date),), (),
    ]  # fmt: skip
    before = tree(new)
    code, out, err = run(capsys, "-C", new, "import", target)
    assert (code, err) == (0, "")
    assert out == f"{target}: 0 added, 0 merged, 2 left as they are, 0 in conflict\n"
    assert tree(new) == before


@pytest.mark.parametrize(
    "style",
    [
        "tbx", "csv",
        pytest.param("po"),
    ],
)  # fmt: skip
def test_an_export_imported_where_it_came_from_changes_nothing(
    style: str, tmp_path: Path, capsys: Captured
) -> None:
    plain = ConceptExample("Bệnh viện mở cửa.", "The hospital opened.", "moh-1", "vnn-1")
    concept = Concept(HOSPITAL.id, HOSPITAL.terms, examples=(plain,))
    place = project(tmp_path / "p", Glossary((concept,)))
    target = tmp_path / f"g.{style}"
    assert run(capsys, "-q", "export", style, place, "-o", target)[0] == 0
    before = (place / "glossary.yaml").read_bytes()
    _, out, _ = run(capsys, "-C", place, "import", target)
    assert "0 added, 0 merged, 1 left as they are, 0 in conflict" in out
    assert (place / "glossary.yaml").read_bytes() == before


TABLE = (
    "vi,en,status_en\n"
    "bác sĩ,doctor,preferred\n"
    "y tá,orderly,\n"
    "bệnh viện,infirmary,preferred\n"
    "hôm qua,yesterday,preferred\n"
    "y tá,nurse,\n"
)


def test_an_import_tells_what_came_and_what_did_not(old: Path, capsys: Captured) -> None:
    file = old / "g.csv"
    file.write_text(TABLE, "utf-8")
    code, out, err = run(capsys, "-C", old, "import", file)
    assert (code, err.partition(";")[0]) == (0, "What was decided here stays")
    first, *others = out.splitlines()
    assert first == f"{file}: 1 added, 1 merged, 0 left as they are, 2 in conflict"
    assert any(line.startswith("  + y-ta: ") and "orderly" in line for line in others)
    assert any(
        line.startswith("  ! benh-vien: ") and "infirmary" in line and "hospital" in line
        for line in others
    )
    assert any("hôm qua" in line and "rejected" in line for line in others)
    found = load_glossary(old)
    assert found.by_id()["benh-vien"] == HOSPITAL
    assert found.rejected == OLD.rejected
    assert [term.text for term in found.by_id()["y-ta"].terms] == ["y tá", "nurse", "orderly"]


def test_a_dry_run_tells_the_same_and_writes_nothing(old: Path, capsys: Captured) -> None:
    file = old / "g.csv"
    file.write_text(TABLE, "utf-8")
    before = tree(old)
    dry = run(capsys, "-C", old, "import", "--dry-run", file)
    assert tree(old) == before
    assert not (old / ".songngu").exists()
    assert run(capsys, "-C", old, "import", file) == dry
    assert tree(old) != before


def test_a_dry_run_counts_a_file_after_the_other(new: Path, capsys: Captured) -> None:
    for name in ("a.csv", "b.csv"):
        (new / name).write_text("vi,en\ny tá,nurse\n", "utf-8")
    code, out, _ = run(capsys, "-C", new, "import", "--dry-run", new / "a.csv", new / "b.csv")
    assert code == 0
    assert [line.split(": ")[1].split(",")[0] for line in out.splitlines()] == [
        "1 added", "0 added",
    ]  # fmt: skip


def test_several_files_of_several_kinds(new: Path, capsys: Captured) -> None:
    samples = sorted((DATA / "tbx").glob("*.tbx"))
    (new / "a.po").write_text('msgid "thuốc"\nmsgstr "medicine"\n', "utf-8")
    (new / "b.tsv").write_text("vi\ten\nbác sĩ\tdoctor\n", "utf-8")
    code, out, err = run(capsys, "-C", new, "import", *samples, new / "a.po", new / "b.tsv")
    assert (code, err.partition(";")[0]) == (0, "What was decided here stays")
    assert len([line for line in out.splitlines() if " added, " in line]) == 10
    found = load_glossary(new)
    names = {one.heading("vi") for one in found}
    assert {"thuốc", "bác sĩ", "sốt xuất huyết", "Bộ Y tế", "y tế dự phòng"} <= names
    assert [one.heading("vi") for one in found].count("Bộ Y tế") == 1
    text = glossary_text(found)
    again = run(capsys, "-C", new, "import", *samples, new / "a.po", new / "b.tsv")
    assert again[0] == 0
    assert glossary_text(load_glossary(new)) == text


def test_what_a_term_base_has_besides_is_told(new: Path, capsys: Captured) -> None:
    entry = '<termEntry><langSet xml:lang="fr"><tig><term>x</term></tig></langSet></termEntry>\n'
    file = new / "a.tbx"
    file.write_text(f"<martif><text><body>\n{entry * 9}</body></text></martif>", "utf-8")
    code, out, err = run(capsys, "-C", new, "import", file)
    assert (code, "0 added" in out) == (0, True)
    lines = err.splitlines()
    assert lines[0] == f"left out: {file}:2: an entry without Vietnamese or English terms"
    assert len(lines) == 6
    assert lines[-1] == "left out: 4 more"


@pytest.mark.parametrize(
    ("name", "raw", "parts"),
    [
        ("bad.csv", b"vi,en\na,b,c\n", ["bad.csv:2: "]),
        ("bad.csv", b"", ["bad.csv:1: "]),
        ("bad.po", b"hello\n", ["bad.po:1: "]),
        ("bad.tbx", b"<martif>", ["bad.tbx:1: "]),
        ("bad.xml", b"<html/>", ["bad.xml: ", "<html>"]),
        ("bad.TBX", b"", ["bad.TBX:1: "]),
        ("bad.xlsx", b"PK", ["bad.xlsx: ", ".tbx, .po and .csv"]),
        ("bad", b"vi,en\n", ["bad: ", ".csv"]),
        ("nix.csv", None, ["nix.csv", "No such file"]),
    ],
)
@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_a_bad_file_among_good_ones_imports_nothing(
    name: str, raw: bytes | None, parts: list[str], dry: list[str], old: Path, capsys: Captured
) -> None:
    good = old / "good.csv"
    good.write_text(TABLE, "utf-8")
    if raw is not None:
        (old / name).write_bytes(raw)
    before = tree(old)
    assert_failed(run(capsys, "-C", old, "import", *dry, good, old / name, good), *parts)
    assert tree(old) == before


def test_a_folder_is_no_file_to_import(old: Path, capsys: Captured) -> None:
    (old / "x.csv").mkdir()
    assert_failed(run(capsys, "-C", old, "import", old / "x.csv"), "x.csv")


def test_an_import_while_somebody_reviews(old: Path, capsys: Captured) -> None:
    (old / "g.csv").write_text(TABLE, "utf-8")
    lock = GlossaryLock(old / ".songngu", "lan")
    try:
        before = (old / "glossary.yaml").read_bytes()
        assert_failed(run(capsys, "-C", old, "import", old / "g.csv"), "glossary.yaml", "lan")
        assert (old / "glossary.yaml").read_bytes() == before
        assert run(capsys, "-C", old, "import", "--dry-run", old / "g.csv")[0] == 0
    finally:
        lock.release()
    assert run(capsys, "-C", old, "import", old / "g.csv")[0] == 0


def test_an_import_cannot_steer_the_terminal(old: Path, capsys: Captured) -> None:
    (old / "g.csv").write_text("vi,en,status_en\nbệnh viện,in\u202efirmary,preferred\n", "utf-8")
    code, out, _ = run(capsys, "-C", old, "import", old / "g.csv")
    assert (code, "in conflict" in out, "\u202e" in out) == (0, True, False)


def test_each_concept_is_told_in_one_line(old: Path, capsys: Captured) -> None:
    (old / "g.csv").write_text('vi,en,note\ny tá,nurse,"a\n  ! benh-vien: b"\n', "utf-8")
    _, out, _ = run(capsys, "-C", old, "import", old / "g.csv")
    assert len(out.splitlines()) == 2


@pytest.mark.parametrize("arguments", [["import"], ["import", "--dry-run"], ["import", "--nix"]])
def test_an_import_of_nothing_is_a_usage_error(
    arguments: list[str], old: Path, capsys: Captured
) -> None:
    assert_failed(run(capsys, "-C", old, *arguments), "songngu import --help")


def test_an_import_never_leaves_a_glossary_that_cannot_be_read(
    tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "a.csv").write_text("vi,en,valid_from\ny tá,nurse,2025-01-01\n", "utf-8")
    (tmp_path / "b.csv").write_text("vi,en,valid_until\ny tá,nurse,2020-01-01\n", "utf-8")
    place = project(tmp_path / "p", None)
    run(capsys, "-C", place, "import", tmp_path / "a.csv", tmp_path / "b.csv")
    assert run(capsys, "lint", place)[0] == 0


# --- lint


def test_lint_of_a_clean_glossary(old: Path, capsys: Captured) -> None:
    assert run(capsys, "lint", old) == (0, "", "nothing found in 2 concepts\n")
    assert run(capsys, "-C", old, "-q", "lint") == (0, "", "")


GLOSSARIES = [
    ("  - lang: vi\n    text: x\n    status: admitted\n", 1, "G002", 4, "1 error in 1 concept"),
    ("  - lang: vi\n    text: ' x'\n", 1, "G004", 6, "1 warning in 1 concept"),
]


@pytest.mark.parametrize(("terms", "code", "rule", "line", "summary"), GLOSSARIES)
def test_lint_names_file_line_and_rule(
    terms: str, code: int, rule: str, line: int, summary: str, old: Path, capsys: Captured
) -> None:
    file = old / "glossary.yaml"
    file.write_text(f"format: songngu-glossary 1\nconcepts:\n- id: a\n  terms:\n{terms}", "utf-8")
    found, out, err = run(capsys, "lint", old)
    assert (found, err) == (code, f"{summary}\n")
    assert out.startswith(f"{file}:{line}:1: {rule}: ")
    assert out.count("\n") == 1
    found, out, _ = run(capsys, "lint", old, "--format", "json")
    told = json.loads(out)
    assert (found, told["format"]) == (code, "songngu-findings 1")
    [one] = told["findings"]
    assert (one["path"], one["line"], one["rule"], one["concept_id"]) == (
        str(file), line, rule, "a",
    )  # fmt: skip


def test_remarks_alone_stop_nothing(tmp_path: Path, capsys: Captured) -> None:
    bad = Concept("b", (Term("vi", "y sĩ", "preferred"), Term("vi", "bệnh viện", "forbidden")))
    place = project(tmp_path / "p", Glossary((bad, HOSPITAL)))
    code, out, err = run(capsys, "lint", place)
    assert (code, out.count("G003"), err) == (0, 1, "1 info in 2 concepts\n")


def test_lint_as_json_of_nothing(old: Path, capsys: Captured) -> None:
    code, out, _ = run(capsys, "lint", old, "--format", "json")
    assert (code, json.loads(out)) == (0, {"format": "songngu-findings 1", "findings": []})


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (None, ["glossary.yaml", "no glossary yet"]),
        ("- x\n", ["glossary.yaml:1: "]),
        ("format: songngu-glossary 1\nconcepts:\n- id: a\n", ["glossary.yaml:3: ", "terms"]),
    ],
)
def test_lint_of_what_cannot_be_read(
    text: str | None, parts: list[str], new: Path, capsys: Captured
) -> None:
    if text is not None:
        (new / "glossary.yaml").write_text(text, "utf-8")
    assert_failed(run(capsys, "lint", new), *parts)


# --- check

GOOD_PO = 'msgid "Bệnh viện mở cửa."\nmsgstr "The hospital opened."\n'
BAD_PO = 'msgid "Bệnh viện họp."\nmsgstr "The sick house met."\n'
MISSING = 'msgid "Bệnh viện đóng cửa."\nmsgstr "It is closed."\n'


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A project with translations: a good one, a bad one, and one in a folder."""
    place = project(tmp_path / "p", settings="check:\n  files: [po/*.po]\n")
    (place / "po").mkdir()
    (place / "po" / "a.po").write_text(GOOD_PO, "utf-8")
    (place / "po" / "b.po").write_text(f"\n{BAD_PO}\n{MISSING}", "utf-8")
    (place / "more.tsv").write_text("bệnh viện\tclinic\n", "utf-8")
    return place


def rules(out: str) -> list[tuple[str, str]]:
    """Name of the file with line, and rule."""
    parts = [line.split(": ")[:2] for line in out.splitlines()]
    return [(Path(place).name.rsplit(":", 1)[0], rule) for place, rule in parts]


def test_check_of_what_the_settings_name(texts: Path, capsys: Captured) -> None:
    code, out, err = run(capsys, "-C", texts, "check")
    assert (code, rules(out)) == (1, [("b.po:2", "T002"), ("b.po:5", "T001")])
    assert err.splitlines()[-1] == "2 errors in 3 texts of 2 files"
    assert "1 of 2 concepts are not decided yet" in err
    assert str(texts / "po" / "b.po") in out


def test_check_of_what_is_named(texts: Path, capsys: Captured) -> None:
    code, out, err = run(capsys, "-C", texts, "-q", "check", texts / "po" / "a.po")
    assert (code, out, err) == (0, "", "")
    code, out, _ = run(capsys, "-C", texts, "check", texts / "more.tsv", texts / "po" / "a.po")
    assert (code, rules(out)) == (1, [("more.tsv:1", "T001")])


def test_check_as_json(texts: Path, capsys: Captured) -> None:
    code, out, _ = run(capsys, "-C", texts, "check", "--format", "json")
    told = json.loads(out)
    assert (code, told["format"]) == (1, "songngu-findings 1")
    first = told["findings"][0]
    assert (first["rule"], first["severity"], first["line"]) == ("T002", "error", 2)
    assert (first["concept_id"], first["suggestion"]) == ("benh-vien", "hospital")
    start, end = first["span"]
    assert "The sick house met."[start:end] == "sick house"
    code, out, _ = run(capsys, "-C", texts, "check", "--format", "json", texts / "po" / "a.po")
    assert (code, json.loads(out)["findings"]) == (0, [])


@pytest.mark.parametrize(
    ("raw", "code", "found"),
    [
        (GOOD_PO.encode(), 0, []),
        (BAD_PO.encode(), 1, [("-:1", "T002")]),
        (BAD_PO.encode("utf-16"), 1, [("-:1", "T002")]),
        ("bệnh viện\thospital\nbệnh viện\tclinic\n".encode(), 1,
         [("-:2", "T001"), ("-:2", "C001")]),
        (b"", 0, []),
    ],
)  # fmt: skip
def test_check_of_standard_input(
    raw: bytes, code: int, found: list[tuple[str, str]], texts: Path, capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    result, out, _ = run(capsys, "-C", texts, "check", "-")
    assert result == code
    assert sorted(rules(out)) == sorted(found)


def test_check_with_another_glossary_needs_no_project(
    texts: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "elsewhere"
    place.mkdir()
    monkeypatch.chdir(place)
    shutil.copy(texts / "glossary.yaml", place / "mine.yaml")
    file = texts / "po" / "b.po"
    code, out, _ = run(capsys, "check", "--glossary", "mine.yaml", file)
    assert (code, rules(out)) == (1, [("b.po:2", "T002"), ("b.po:5", "T001")])
    assert_failed(run(capsys, "check", file), "songngu init")
    assert_failed(run(capsys, "check", "--glossary", "nix.yaml", file), "nix.yaml")


@pytest.mark.parametrize(("direction", "code"), [(None, 1), ("vi-en", 1), ("en-vi", 0)])
def test_check_in_a_direction(
    direction: str | None, code: int, texts: Path, capsys: Captured
) -> None:
    told = [] if direction is None else ["--direction", direction]
    assert run(capsys, "-C", texts, "check", texts / "more.tsv", *told)[0] == code


@pytest.mark.parametrize(
    ("glossary", "why"),
    [(None, "no glossary"), (Glossary((OPEN,)), "nothing decided"), (Glossary(), "nothing in it")],
)
def test_check_without_anything_decided(
    glossary: Glossary | None, why: str, tmp_path: Path, capsys: Captured
) -> None:
    place = project(tmp_path / "p", glossary, "check:\n  files: [a.po]\n")
    (place / "a.po").write_text(GOOD_PO, "utf-8")
    assert_failed(
        run(capsys, "-C", place, "check"), "glossary.yaml", "nothing is decided", "review"
    )


@pytest.mark.parametrize(
    ("settings", "parts"),
    [
        ("", ["check", "files", "songngu.yaml"]),
        ("check:\n  files: []\n", ["check", "files", "songngu.yaml"]),
        ("check:\n  files: [nix.po]\n", ["nix.po", "check.files"]),
        ("check:\n  files: [po/*.tsv]\n", ["po/*.tsv", "check.files"]),
        ("check:\n  files: [po]\n", ["po", "check.files"]),
        ("check:\n  files: [/abs/**.po]\n", ["check.files"]),
        ("check:\n  files: [songngu.yaml]\n", ["songngu.yaml", ".po and .tsv"]),
        ("check:\n  files: 3\n", ["songngu.yaml:2: "]),
        ("check:\n  file: [po/*.po]\n", ["songngu.yaml:2: ", "files"]),
    ],
)
def test_check_where_the_settings_name_nothing(
    settings: str, parts: list[str], texts: Path, capsys: Captured
) -> None:
    (texts / "songngu.yaml").write_text(settings, "utf-8")
    assert_failed(run(capsys, "-C", texts, "check"), *parts)


@pytest.mark.parametrize(
    ("files", "count"),
    [
        ("['po/*.po', more.tsv]", 3),
        ("['**/*.po']", 2),
        ("['po/[ab].po']", 2),
        ("po/b.po", 1),
        pytest.param("['po/*.po', po/b.po]", 2),
    ],
)  # fmt: skip
def test_files_of_the_settings(files: str, count: int, texts: Path, capsys: Captured) -> None:
    (texts / "songngu.yaml").write_text(f"check:\n  files: {files}\n", "utf-8")
    code, out, err = run(capsys, "-C", texts, "check")
    assert code == 1
    assert f"of {count} file{'s' * (count > 1)}" in err.splitlines()[-1]
    assert len(out.splitlines()) == len(set(out.splitlines()))


@pytest.mark.parametrize(
    ("name", "raw", "parts"),
    [
        ("bad.po", b"hello\n", ["bad.po:1: "]),
        ("bad.po", b'msgid "\xff"\nmsgstr "x"\n', ["bad.po:1: ", "UTF-8"]),
        ("bad.tsv", b"a\tb\nno tab\n", ["bad.tsv:2: "]),
        ("bad.tsv", b"\x00", ["bad.tsv: "]),
        ("bad.docx", b"", ["bad.docx: ", ".po and .tsv"]),
        ("nix.po", None, ["nix.po", "No such file"]),
    ],
)
def test_check_of_a_bad_file(
    name: str, raw: bytes | None, parts: list[str], texts: Path, capsys: Captured
) -> None:
    if raw is not None:
        (texts / name).write_bytes(raw)
    assert_failed(run(capsys, "-C", texts, "check", texts / name), *parts)


def test_check_of_the_translation_with_planted_errors(capsys: Captured) -> None:
    code, out, _ = run(capsys, "-C", TRANSLATION, "check")
    assert code == 1
    assert {rule for _, rule in rules(out)} == {"T001", "T002", "T003", "C001"}
    assert run(capsys, "lint", TRANSLATION)[0] == 0


@pytest.mark.parametrize("style", STYLES)
def test_the_glossary_of_the_translation_goes_out_and_in(
    style: str, new: Path, capsys: Captured
) -> None:
    code, out, _ = run(capsys, "export", style, TRANSLATION)
    assert code == 0
    (new / f"g.{style}").write_bytes(out.encode())
    assert run(capsys, "-C", new, "import", new / f"g.{style}")[0] == 0
    (new / "songngu.yaml").write_text("", "utf-8")
    files = sorted(str(one) for one in (TRANSLATION / "po").glob("*.po"))
    expected = run(capsys, "-C", TRANSLATION, "-q", "check", *files)
    assert expected[0] == 1
    assert run(capsys, "-C", new, "-q", "check", *files) == expected
    if style == "csv":
        rows = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"), newline=""), strict=True))
        assert len({len(row) for row in rows}) == 1


def test_what_was_imported_without_a_status_waits_for_review(tmp_path: Path) -> None:
    songngu = [sys.executable, "-m", "tui.cli", "-C", str(tmp_path)]
    (tmp_path / "songngu.yaml").write_text("", "utf-8")
    table = tmp_path / "terms.csv"
    table.write_text("vi,en\nlính,soldier\nmèo,cat\n", "utf-8")
    subprocess.run([*songngu, "import", str(table)], check=True, capture_output=True)
    done = subprocess.run(
        [*songngu, "review", "--plain", "--reviewer", "lan"],
        input="\n-\n", capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "Everything is decided." in done.stdout
    glossary = load_glossary(tmp_path)
    assert [one.heading("en") for one in glossary] == ["soldier"]
    assert [one.vi for one in glossary.rejected] == ["mèo"]


def test_a_table_with_one_column_of_statuses_means_the_pair(tmp_path: Path) -> None:
    (tmp_path / "songngu.yaml").write_text("", "utf-8")
    table = tmp_path / "terms.csv"
    table.write_text("vi,en,status\nlính,soldier,preferred\nlính,private,forbidden\n", "utf-8")
    assert cli.main(["-C", str(tmp_path), "import", str(table)]) == 0
    [concept] = load_glossary(tmp_path)
    assert [(term.text, term.status) for term in concept.terms] == [
        ("lính", "preferred"), ("soldier", "preferred"), ("private", "forbidden"),
    ]  # fmt: skip
    assert cli.main(["-C", str(tmp_path), "lint"]) == 0


def test_a_catalogue_of_another_language_is_not_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(ROOT / "data" / "translation" / "glossary.yaml", tmp_path)
    file = tmp_path / "fr.po"
    file.write_text(
        'msgid ""\nmsgstr "Language: fr\\n"\n\nmsgid "Bộ Y tế"\nmsgstr "Ministère"\n', "utf-8"
    )
    assert cli.main(["-C", str(tmp_path), "check", str(file)]) == 2
    assert "'fr'" in capsys.readouterr().err
