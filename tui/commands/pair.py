"""``songngu pair``: which release and which article tell the same story."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from align.model import DocumentPair, SongnguError
from align.overrides import load_overrides, save_overrides
from align.store import Workspace
from tui.commands import open_project
from tui.output import Output
from tui.tables import aligned, as_json, tsv


@click.command("pair")
@click.argument("words", metavar="[DIR | confirm VI EN | reject VI EN]", nargs=-1)
@click.option("--format", "style", type=click.Choice(["text", "tsv", "json"]), default="text")
@click.option("--all", "every", is_flag=True, help="Near neighbours below .5 in the text too.")
@click.pass_obj
def command(output: Output, words: tuple[str, ...], style: str, every: bool) -> None:
    """Show which Vietnamese and English pages of the project tell one story, best first.

    The score is the probability that they do; from .5 on they count as a pair. tsv and json list
    the near neighbours below it too. Builds what is not built yet.

    confirm and reject decide on the documents with these ids (a page's name without its ending);
    the decision goes into overrides.yaml, and every later build keeps it.
    """
    if words and words[0] in ("confirm", "reject"):
        _decide(output, words)
        return
    if len(words) > 1:
        raise click.UsageError("one folder, or: confirm VI EN, reject VI EN")
    folder = Path(words[0]) if words else None
    from glossary.build import SAME_STORY
    from tui.commands.build import run

    project = open_project(output, folder)
    run(output, project)
    with Workspace(project.state) as workspace:
        pairs = workspace.pairs()
    if style == "json":
        print(as_json([_plain(pair) for pair in pairs], indent=1))
    elif style == "tsv":
        print(tsv(("vi", "en", "score"), [(p.vi, p.en, p.score) for p in pairs]), end="")
    else:
        kept = [pair for pair in pairs if every or pair.score >= SAME_STORY]
        print(aligned([(f"{p.score:.2f}", p.vi, p.en) for p in kept]), end="")
        if not kept:
            output.say("no two pages tell the same story; --all shows the nearest")


def _decide(output: Output, words: tuple[str, ...]) -> None:
    if len(words) != 3:
        raise click.UsageError(f"{words[0]} wants two ids: songngu pair {words[0]} VI EN")
    verb, vi, en = words
    project = open_project(output, None)
    with Workspace(project.state) as workspace:
        known = {(one.lang, one.id) for one in workspace.documents()}
    for lang, name in (("vi", vi), ("en", en)):
        if (lang, name) not in known:
            ids = sorted(one for language, one in known if language == lang)
            near = difflib.get_close_matches(name, ids, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise SongnguError(f"{name}: no document of {lang} in the last build{hint}")
    overrides = load_overrides(project.folder).decided((vi, en), verb == "confirm")
    save_overrides(overrides, project.folder)
    output.say(f"{verb}ed {vi} and {en}; the next build keeps it")


def _plain(pair: DocumentPair) -> dict[str, object]:
    return {"vi": pair.vi, "en": pair.en, "score": pair.score, "evidence": dict(pair.evidence)}
