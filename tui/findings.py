"""Findings for people and for programs, and the exit code they come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from glossary.finding import Finding
from tui.output import ExitCode, shown
from tui.tables import as_json

FORMAT = "songngu-findings 1"


def print_findings(findings: Iterable[Finding], style: str) -> Counter[str]:
    """Print findings as they come, or as one JSON object; how many of each severity there are."""
    count: Counter[str] = Counter()
    if style == "json":
        kept = list(findings)
        count.update(one.severity for one in kept)
        print(as_json({"format": FORMAT, "findings": [asdict(one) for one in kept]}, indent=1))
    else:
        for one in findings:
            count[one.severity] += 1
            print(_line(one))
    return count


def _line(one: Finding) -> str:
    """``path:line:column: rule: message``, as compilers write."""
    message = " ".join(shown(one.message).split())
    return f"{shown(one.path)}:{one.line}:{one.column}: {one.rule}: {message}"


def summary(count: Counter[str], what: str) -> str:
    """``2 errors and 1 warning in 61 texts``"""
    parts = [
        f"{count[name]} {name}{'' if count[name] == 1 or name == 'info' else 's'}"
        for name in ("error", "warning", "info")
        if count[name]
    ]
    return f"{_listed(parts) or 'nothing found'} in {what}"


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""


def exit_code(count: Counter[str]) -> ExitCode:
    """Remarks alone are no reason to stop a pipeline."""
    return ExitCode.FINDINGS if count["error"] or count["warning"] else ExitCode.OK
