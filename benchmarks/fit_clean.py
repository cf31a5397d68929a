#!/usr/bin/env python3
"""Fit the second opinion on doubtful lines (`align.clean.judge`) on the pages with gold.

    python benchmarks/fit_clean.py [--write]

Prints paragraph F1 of each set of ``tests/data/pages`` with the rules alone and with a model fitted
on the other sets. The rules were tuned on these sets, so that figures of today's rules flatter
them. What they were worth on pages nobody had tuned on, they show as they were before:

    git archive COMMIT align | tar -x -C OLD
    python benchmarks/fit_clean.py --rules OLD --sets d --lines d.json
    python benchmarks/fit_clean.py c.json d.json …

reads the lines of each set as the rules of that commit left them and leaves one file out at a time.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np

PAGES = ROOT / "tests" / "data" / "pages"
Page = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", type=Path, nargs="*", help="lines stored with --lines")
    parser.add_argument("--rules", type=Path, help="another checkout, whose rules are taken")
    parser.add_argument("--sets", default="abcdefgh", help="first letters of the pages")
    parser.add_argument("--lines", type=Path, help="store the lines and do no more")
    parser.add_argument("--write", action="store_true", help="store the weights in the package")
    options = parser.parse_args()
    if options.rules:
        sys.path.insert(0, str(options.rules))
    if options.lines:
        options.lines.write_text(json.dumps(pages(options.sets)), "utf-8")
        return
    if options.files:
        groups = {path.stem: json.loads(path.read_text("utf-8")) for path in options.files}
    else:
        found = pages(options.sets)
        groups = {name: [one for one in found if one["set"] == name] for name in options.sets}
    more = made(options.sets)
    for page in [*more, *(page for group in groups.values() for page in group)]:
        describe(page)
    leave_one_out(groups, more)
    if options.write:
        from align.clean.judge import FEATURES
        from benchmarks.logistic import fit, store

        X, y = rows([*more, *(page for group in groups.values() for page in group)])
        store(
            "align/resources/clean.json", fit(X, y), name="clean", script="fit_clean.py",
            corpora=[f"tests/data/pages/{name}*" for name in groups], features=FEATURES,
            rows=len(y),
        )  # fmt: skip


def pages(sets: str) -> list[Page]:
    """The pages of the sets and their lines as the rules leave them."""
    found = []
    for path in sorted(PAGES.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        if name[0] not in sets:
            continue
        raw = next(one for one in PAGES.glob(f"{name}.*") if one != path)
        gold = json.loads(path.read_text("utf-8"))
        page = laid_out(raw.read_bytes(), raw.name)
        found.append(page | {"name": name, "set": name[0], "gold": gold.get("paragraphs", [])})
    return found


def made(sets: str) -> list[Page]:
    """What the pages cannot teach: an article with nothing around it stays as it is, a short one
    too, and sentences under the headlines of a list of other news are none of it."""
    golds = [
        (path.name, json.loads(path.read_text("utf-8")))
        for path in sorted(PAGES.glob("*.gold.json"))
        if path.name[0] in sets
    ]
    told = [(name, one) for name, one in golds if len(one.get("paragraphs", [])) >= 4]
    found = []
    for at, (name, one) in enumerate(told):
        title, text = one["title"], one["paragraphs"]
        vi = bool(set("ạảấầẩậắặếềểệốồộớờợứừựđ") & set(text[0]))
        others = [told[(at + step) % len(told)][1] for step in (1, 2, 3, 5)]
        teasers = [part for other in others for part in teaser(other)]
        bare, short = [title, *text], [title, *text[: 2 + at % 2]]
        listed = [title, *text, "Tin khác" if vi else "Other news", *teasers]
        for lines in (bare, short, listed)[at % 3 : at % 3 + 1]:
            page = laid_out("\n\n".join(lines).encode(), "made.txt")
            found.append(page | {"name": name, "set": name[0], "gold": text})
    return found


def teaser(gold: Page) -> tuple[str, str]:
    lead = gold["paragraphs"][0]
    return gold["title"], f"{lead.partition('. ')[0].rstrip('.')}."


def laid_out(raw: bytes, name: str) -> Page:
    """The lines of a page as the rules leave them, with the second opinion off."""
    import align.clean
    from align.model import NoArticle

    seen: dict[str, list[Any]] = {"lines": [], "marked": []}
    rules = vars(align.clean)["lay_out"]

    def lay_out(lines: list[Any], *others: Any) -> Any:
        seen.update(lines=lines, marked=[line.kind for line in lines])
        return rules(lines, *others)

    error = False
    nothing = mock.patch("align.clean.furniture.second_opinion", lambda *_: None, create=True)
    with nothing, mock.patch("align.clean.lay_out", lay_out):
        try:
            align.clean.clean_page(raw, source=name)
        except NoArticle:
            error = True
    lines = [
        {"text": line.text, "number": line.number, "gap": line.blank_before, "kind": line.kind}
        for line in seen["lines"]
    ]
    return {"lines": lines, "marked": seen["marked"], "error": error}


def describe(page: Page) -> None:
    """Adds the features of each line and whether it is a paragraph of the gold."""
    from align.clean.judge import DOUBTFUL, features
    from align.clean.line import Line

    gold, keys = set(page["gold"]), {key(one): one for one in page["gold"]}
    page["lines"] = [
        Line(one["text"], one["number"], one["gap"], one["kind"]) for one in page["lines"]
    ]
    times = Counter(line.text for line in page["lines"])
    page["features"] = features(page["lines"], page["marked"])
    page["asked"] = [line.kind in DOUBTFUL for line in page["lines"]]
    page["truth"] = [
        told(line.text, gold, keys) and (not line.kind or times[line.text] == 1)
        for line in page["lines"]
    ]


def told(text: str, gold: set[str], keys: dict[str, str]) -> bool:
    """Whether a line is a paragraph, but for its source mark and what no repair mended."""
    from align.clean.facts import split_source

    if {text, split_source(text)[0]} & gold or key(text) in keys:
        return True
    near = len(text.split()) >= 12 and difflib.get_close_matches(text, gold, 1, 0.85)
    return bool(near) or (len(text.split()) >= 12 and any(text in one for one in gold))


def key(text: str) -> str:
    return "".join(c for c in text if c.isalnum()).casefold()


def rows(group: Sequence[Page]) -> tuple[np.ndarray, np.ndarray]:
    told = [
        (row, truth)
        for page in group
        for row, truth, asked in zip(page["features"], page["truth"], page["asked"], strict=True)
        if asked
    ]
    return np.array([row for row, _ in told], dtype=float), np.array([truth for _, truth in told])


def leave_one_out(groups: dict[str, list[Page]], more: Sequence[Page]) -> None:
    """Paragraph F1 of each set by the rules, and with a model that has not seen it."""
    from align.clean.judge import second_opinion, unscaled
    from benchmarks.logistic import fit

    totals = np.zeros((2, 3))
    for name, group in groups.items():
        others = [page for other in groups if other != name for page in groups[other]]
        held = {page["set"] for page in group}
        model = fit(*rows([*others, *(page for page in more if page["set"] not in held)]))
        weights = unscaled(model)
        for page in group:
            lines = [replace(line) for line in page["lines"]]
            with mock.patch("align.clean.judge._model", lambda weights=weights: weights):
                second_opinion(lines, page["marked"])
            page["kept"] = [not line.kind for line in lines]
        alone = counts(group, lambda page: [not line.kind for line in page["lines"]])
        both = counts(group, lambda page: page["kept"])
        totals += np.array([alone, both])
        print(f"{name:12} rules {f1(alone):.3f}  with the model {f1(both):.3f}")
    rules, judged = totals.tolist()
    print(f"{'together':12} rules {f1(rules):.3f}  with the model {f1(judged):.3f}")


def counts(group: Sequence[Page], kept: Callable[[Page], list[bool]]) -> tuple[int, int, int]:
    """Paragraphs found rightly, found, and in the gold."""
    from align.clean.facts import split_source

    right = found = gold = 0
    for page in group:
        lines = zip(page["lines"], kept(page), strict=True)
        texts = [] if page["error"] else [line.text for line, keep in lines if keep]
        if texts:
            texts[-1] = split_source(texts[-1])[0]
        right += sum((Counter(texts) & Counter(page["gold"])).values())
        found += len(texts)
        gold += len(page["gold"])
    return right, found, gold


def f1(counted: Sequence[float]) -> float:
    right, found, gold = counted
    return 2 * right / (found + gold)


if __name__ == "__main__":
    main()
