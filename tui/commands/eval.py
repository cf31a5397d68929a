"""``songngu eval``: an output against a gold file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sized
from pathlib import Path
from typing import Any

import click

from align.bead_format import read_beads
from align.evaluate import bead_scores, clean_scores, word_scores
from align.model import SongnguError, WordLink
from tui.cli import version
from tui.output import Output


@click.command("eval")
@click.argument("what", type=click.Choice(["beads", "words", "terms", "clean"]))
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("found", metavar="OUTPUT", type=click.Path(path_type=Path))
@click.pass_obj
def command(output: Output, what: str, gold: Path, found: Path) -> None:
    """Measure OUTPUT against GOLD.

    beads: files of '--format beads'. words: lines of links 'i-j', 'ipj' possible. terms: GOLD with
    columns vi and en (alternatives parted by ' | '), OUTPUT of 'mine --format tsv'. clean: JSON
    objects with id and paragraphs, a file of lines or a folder; OUTPUT of 'clean --format json'.
    Ends with a signature line that says how the figures were made.
    """
    line = {"beads": _beads, "words": _words, "terms": _terms, "clean": _clean}[what](gold, found)
    print(line)
    print(f"signature: eval {what} | songngu {version() or '0'} | gold {_digest(gold)}")


def _beads(gold: Path, found: Path) -> str:
    read = [read_beads(_text(path), path=str(path)) for path in (gold, found)]
    _something(gold, read[0])
    return bead_scores([(read[0], read[1])]).line()


def _words(gold: Path, found: Path) -> str:
    wanted = _text(gold).splitlines()
    given = _text(found).splitlines()
    _something(gold, wanted)
    if len(wanted) != len(given):
        raise SongnguError(f"{found}: {len(given)} lines, but {gold} has {len(wanted)}")
    pairs = []
    for number, (one, two) in enumerate(zip(wanted, given, strict=True), 1):
        sure, possible = _links(one, gold, number)
        links = _links(two, found, number)
        pairs.append(
            (sure, possible, [WordLink(i, j, 1.0) for i, j in sorted(links[0] | links[1])])
        )
    error, figures = word_scores(pairs)
    return f"AER {error:.3f} | {figures} | pairs {len(pairs)}"


def _something(path: Path, found: Sized) -> None:
    if not len(found):
        raise SongnguError(f"{path}: holds nothing to compare with")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SongnguError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _links(line: str, path: Path, number: int) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    sure: set[tuple[int, int]] = set()
    possible: set[tuple[int, int]] = set()
    for link in line.split():
        for mark, links in (("-", sure), ("p", possible)):
            i, found, j = link.partition(mark)
            if found and i.isdigit() and j.isdigit():
                links.add((int(i), int(j)))
                break
        else:
            raise SongnguError(f"{path}:{number}: no link like 0-1 or 0p1: {link[:20]!r}")
    return sure, possible


def _terms(gold: Path, found: Path) -> str:
    from glossary.gold import read_gold, score_terms

    rows: list[tuple[str, str, float, list[str]]] = []
    for number, line in enumerate(_text(found).splitlines(), 1):
        cells = line.split("\t")
        if number == 1 and cells[:2] != ["vi", "en"]:
            raise SongnguError(f"{found}:1: no header line that begins with vi and en")
        if number == 1 or not line.strip():
            continue
        try:
            rows.append((cells[0], cells[1], float(cells[2]), []))
        except (IndexError, ValueError) as error:
            raise SongnguError(f"{found}:{number}: needs vi, en and a probability") from error
    terms = read_gold(_text(gold), path=str(gold))
    _something(gold, terms)
    scores = score_terms(terms, rows)
    return f"{scores.line()} | candidates {len(rows)}"


def _clean(gold: Path, found: Path) -> str:
    wanted, given = _pages(gold), _pages(found)
    _something(gold, wanted)
    if wanted.keys().isdisjoint(given):
        raise SongnguError(f"{found}: holds no page of {gold}; the ids must be the same")
    return f"paragraphs {clean_scores([(wanted[k], given.get(k, [])) for k in wanted])}"


def _pages(path: Path) -> dict[str, list[str]]:
    """Paragraphs of each page by its id; a gold paragraph may be a list of sentences."""
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    pages: dict[str, list[str]] = {}
    for file in files:
        for number, raw in _objects(file):
            if not isinstance(raw, dict) or "id" not in raw:
                raise SongnguError(f"{file}:{number}: no object with id and paragraphs")
            pages[str(raw["id"])] = [
                one if isinstance(one, str) else " ".join(one) for one in raw.get("paragraphs", [])
            ]
    return pages


def _objects(file: Path) -> list[tuple[int, Any]]:
    text = _text(file)
    try:
        return [(1, json.loads(text))]
    except json.JSONDecodeError:
        pass
    except RecursionError as error:
        raise SongnguError(f"{file}: nested too deeply") from error
    found: list[tuple[int, Any]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                found.append((number, json.loads(line)))
            except json.JSONDecodeError as error:
                raise SongnguError(f"{file}:{number}: broken JSON ({error.msg})") from error
    return found


def _digest(path: Path) -> str:
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    return f"sha256:{digest[:12]}"
