"""The command line: help, suggestions, one line for each failure."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from align.config import Config
from align.model import SongnguError
from align.project import find_project
from tui import cli
from tui.commands.doctor import LIBRARIES
from tui.output import ExitCode, Output, shown

ROOT = Path(__file__).resolve().parents[2]
READY = [
    "init", "clean", "pair", "align", "build", "mine", "beads", "terms", "review",
    "export", "import", "check", "lint", "status", "eval", "doctor",
]  # fmt: skip
"""Commands whose modules exist; the others of the table join as they are written."""

Captured = pytest.CaptureFixture[str]


def python(*arguments: str, prefix: tuple[str, ...] = (), **more: str) -> tuple[int, str, str]:
    """Runs Python with *arguments* and the repository on its path: exit code, stdout, stderr."""
    done = subprocess.run(
        [*prefix, sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **more},
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Puts a command ``fail`` into the table that raises *error*."""

    @click.command("fail")
    def command() -> None:
        raise error

    monkeypatch.setitem(cli.COMMANDS, "fail", ("tests_fail:command", "Fails."))
    monkeypatch.setitem(sys.modules, "tests_fail", type("Module", (), {"command": command}))  # type: ignore[arg-type]


def test_help_imports_nothing_heavy() -> None:
    heavy = (
        "numpy", "textual", "openvino", "torch", "transformers", "simalign", "sklearn", "lxml",
        "yaml", "rich",
    )  # fmt: skip
    program = (
        "import sys; from tui.cli import main; code = main(['--help']);"
        f" print(code, [name for name in {heavy!r} if name in sys.modules])"
    )
    code, out, err = python("-c", program)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == "0 []"


def test_help_lists_every_command(capsys: Captured) -> None:
    assert cli.main(["--help"]) == 0
    out = capsys.readouterr().out
    for name, (_, text) in cli.COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(text)}$", out, re.MULTILINE)


@pytest.mark.parametrize("name", READY)
def test_each_command_has_help(name: str, capsys: Captured) -> None:
    assert cli.main([name, "--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"Usage: songngu {name}")
    assert len(out.splitlines()) > 5


def test_without_arguments_help_goes_to_stderr(capsys: Captured) -> None:
    assert cli.main([]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("Usage: songngu")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["biuld"], "no command 'biuld'; did you mean 'build'?"),
        (["MINE"], "no command 'MINE'; did you mean 'mine'?"),
        (["zzz"], "no command 'zzz'; there are: init, clean"),
        (["--colour"], "No such option"),
        (["init", "--format", "x"], "No such option"),
        (["init", "a", "b"], "unexpected extra argument"),
        (["init", "a", "-C", "b"], "the folder is given twice: a and -C b"),
    ],
)
def test_wrong_usage_is_one_line(arguments: list[str], message: str, capsys: Captured) -> None:
    assert cli.main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("songngu: ")
    assert captured.err.count("\n") == 1
    assert message.lower() in captured.err.lower()


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (SongnguError("a.txt:3: odd;\n  mend it\x1b[2J"), 2, "songngu: a.txt:3: odd; mend it[2J\n"),
        (PermissionError(13, "Permission denied", "x/y"), 2, "songngu: x/y: Permission denied\n"),
        (OSError(18, "Cross-device link", "a", None, "b"), 2,
         "songngu: a -> b: Cross-device link\n"),
        (OSError("odd"), 2, "songngu: odd\n"),
        (ModuleNotFoundError("No module named 'numpy'", name="numpy.linalg"), 2,
         "songngu: this needs numpy: pip install 'songngu[align]'\n"),
        (ModuleNotFoundError("No module named 'zzz'", name="zzz"), 2,
         "songngu: the module zzz is missing; install songngu again: pip install songngu\n"),
        (ZeroDivisionError("by zero"), 2,
         "songngu: unexpected ZeroDivisionError: by zero; run with --debug\n"),
        (BrokenPipeError(32, "Broken pipe"), 141, ""),
        (KeyboardInterrupt(), 130, "\n"),
    ],
)  # fmt: skip
def test_failures_are_one_line(
    error: BaseException, code: int, line: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    failing(monkeypatch, error)
    # The guard points stdout at nothing when its reader is gone; the test still needs it.
    monkeypatch.setattr(os, "dup2", lambda *_: None)
    assert cli.main(["fail"]) == code
    assert capsys.readouterr().err == line


@pytest.mark.parametrize("arguments", [["--debug", "fail"], ["fail", "--debug"]])
def test_debug_shows_where(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    failing(monkeypatch, ZeroDivisionError("by zero"))
    assert cli.main(arguments) == 2
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert err.endswith("songngu: unexpected ZeroDivisionError: by zero\n")


def test_a_reader_that_goes_away_is_no_fault() -> None:
    program = (
        "import os, sys; read, write = os.pipe(); os.close(read); os.dup2(write, 1);"
        "from tui.cli import main; sys.exit(main(['--help']))"
    )
    assert python("-c", program) == (141, "", "")


def test_output_is_utf8_in_any_locale() -> None:
    code, out, err = python("-m", "tui.cli", "doctor", LC_ALL="C", PYTHONUTF8="0",
                            PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")  # fmt: skip
    assert (code, err) == (0, "")
    assert "width of ế" in out


def test_init_writes_a_project_with_the_defaults(tmp_path: Path, capsys: Captured) -> None:
    place = tmp_path / "dự án"
    assert cli.main(["init", str(place)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "songngu build" in captured.err
    assert sorted(path.name for path in place.iterdir()) == ["en", "songngu.yaml", "vi"]
    assert find_project(place, Path()).config == Config()


def test_init_changes_nothing_that_is_there(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "songngu.yaml").write_text("vi: mine\n", "utf-8")
    assert cli.main(["-C", str(tmp_path), "init"]) == 2
    assert "exists already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["songngu.yaml"]
    assert (tmp_path / "songngu.yaml").read_text("utf-8") == "vi: mine\n"


def test_init_is_quiet_when_asked(tmp_path: Path, capsys: Captured) -> None:
    assert cli.main(["init", "-q", str(tmp_path)]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder nobody may write to; not below ``tmp_path``, which others cannot even enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.system
def test_init_where_nothing_may_be_written(closed_folder: Path, powerless: tuple[str, ...]) -> None:
    for place in (closed_folder, closed_folder / "new"):
        code, out, err = python("-m", "tui.cli", "init", str(place), prefix=powerless)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1
        assert err.startswith(f"songngu: {place}")
        assert "Permission denied" in err


def test_doctor_as_json(capsys: Captured) -> None:
    assert cli.main(["doctor", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["libraries"]["base"]["click"]
    assert set(facts) >= {"songngu", "python", "encoder", "cache", "terminal", "locale"}


def test_doctor_knows_the_libraries_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {name: extras[name] for name in ("align", "simalign", "dask")}
    wanted["base"] = project["dependencies"]
    for extra, needs in wanted.items():
        named = {re.split(r"[\[<>=~!]", need)[0] for need in needs} - {"songngu"}
        assert named <= set(LIBRARIES[extra]), extra


def test_what_comes_from_pages_cannot_steer_the_terminal() -> None:
    text = "".join(map(chr, range(0x20))) + "\x7f\x9b\u202e\u2066ế đ e\u0302\u0301"
    assert shown(text) == "\t\nế đ e\u0302\u0301"


def test_progress_is_silent_off_a_terminal(capsys: Captured) -> None:
    with Output().progress("cleaning", total=3) as done:
        done(3)
    assert capsys.readouterr() == ("", "")


def test_exit_codes_are_those_of_the_contract() -> None:
    assert [ExitCode.OK, ExitCode.FINDINGS, ExitCode.ERROR, ExitCode.INTERRUPTED] == [0, 1, 2, 130]
