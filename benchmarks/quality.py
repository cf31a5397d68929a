#!/usr/bin/env python3
"""Quality against gold: what songngu gets right, as figures with a floor.

    python benchmarks/quality.py                  all figures on the sample
    python benchmarks/quality.py --check          fail where one is under its floor in baseline.json
    python benchmarks/quality.py --update         raise the floors to today's figures
    python benchmarks/quality.py beads DOCUMENTS  bead scores by regime, on folders of NAME.src
                                                  (Vietnamese), NAME.tgt (English), NAME.gold
    python benchmarks/quality.py pairs STEM       document pairing on line-aligned STEM.vi, STEM.en
                                                  whose line n belongs to document n of STEM.ids
    python benchmarks/quality.py terms [FOLDER]   term pairs of pages with gold, with and without
                                                  official names; the sample unless told
    python benchmarks/quality.py terms STEM LIST  on parallel STEM.vi, STEM.en: is the first form
                                                  offered for each term of the list right?
    python benchmarks/quality.py words STEM       word alignment: STEM.vi, STEM.en,
                                                  STEM.vi-en.talp

The sample and its gold were written before the code was run on them; the weights of term pairs
were fitted on it, so its term figures are those of development data.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from align.bead_format import read_beads
from align.beads import align_sentences
from align.clean import clean_page
from align.evaluate import bead_scores, clean_scores, prf, word_scores
from align.model import LANGS, Document, Lang, NoArticle
from align.pair import pair_documents
from align.segment import sentences_of
from align.words import VectorAligner
from benchmarks.terms import Corpus, first_right, read_pages, read_parallel, scores

SAMPLE = ROOT / "data" / "sample"
PAGES = ROOT / "tests" / "data" / "pages"
BASELINE = Path(__file__).with_name("baseline.json")

EPSILON = 0.03
"""How far under its floor a figure may fall. Processors differ in the last bits of a vector: with
and without bf16 the term figures differed by .014, and one pair of forty judged is .025."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parts = ["sample", "beads", "pairs", "terms", "words"]
    parser.add_argument("what", nargs="?", choices=parts, default="sample")
    parser.add_argument("where", nargs="?", type=Path)
    parser.add_argument("listed", nargs="?", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--lower", action="store_true", help="with --update: lower floors too")
    options = parser.parse_args()
    if options.what == "beads":
        return beads_by_regime(options.where)
    if options.what == "pairs":
        print_pairs(options.where)
        return 0
    if options.what == "terms":
        print_terms(options.where, options.listed)
        return 0
    if options.what == "words":
        print_words(options.where)
        return 0
    figures = sample_figures()
    shared = Path(os.environ.get("SONGNGU_SHARED", ROOT.parent / "shared"))
    gold = shared / "bench" / "wordalign" / "gold30"
    if gold.with_suffix(".vi").is_file():
        figures["words.one_minus_aer"] = round(1 - words(gold)[0], 4)
    for name, value in figures.items():
        print(f"{name:32} {value:.3f}")
    if options.update:
        return update(figures, options.lower)
    return check(figures) if options.check else 0


def sample_figures() -> dict[str, float]:
    figures: dict[str, float] = {}
    documents: list[Document] = []
    paragraphs, sentences = [], []
    for lang in LANGS:
        for path in sorted((SAMPLE / lang).glob("*.txt")):
            document = clean_page(path.read_bytes(), source=str(path), lang=lang).document
            documents.append(document)
            file = SAMPLE / "gold" / "clean" / lang / f"{path.stem}.json"
            gold = json.loads(file.read_text("utf-8"))["paragraphs"]
            paragraphs.append(([" ".join(one) for one in gold], document.paragraphs))
            sentences.append(([s for one in gold for s in one], sentences_of(document)))
    figures["clean.paragraph_f1"] = clean_scores(paragraphs).f1
    figures["clean.sentence_f1"] = clean_scores(sentences).f1
    figures |= pages()
    by_id = {(one.lang, one.id): one for one in documents}
    sides = [[one for one in documents if one.lang == lang] for lang in LANGS]
    pairs = pair_documents(*sides)
    rows = (SAMPLE / "gold" / "pairs.tsv").read_text("utf-8").splitlines()[1:]
    gold_pairs = {tuple(row.split("\t")[:2]) for row in rows}
    found = {(pair.vi, pair.en) for pair in pairs if pair.score >= 0.5}
    right = len(gold_pairs & found)
    figures["pairs.f1"] = prf(right, len(found), right, len(gold_pairs)).f1
    figures["pairs.first"] = sum(
        next(pair.en for pair in pairs if pair.vi == vi) == en for vi, en in gold_pairs
    ) / len(gold_pairs)
    aligned = {
        (vi, en): align_sentences(sentences_of(by_id["vi", vi]), sentences_of(by_id["en", en]))
        for vi, en in sorted(gold_pairs | found)
    }
    scores = bead_scores(
        (read_beads((SAMPLE / "gold" / "beads" / f"{vi}__{en}.beads").read_text("utf-8")), beads)
        for (vi, en), beads in aligned.items()
        if (vi, en) in gold_pairs
    )
    print("beads:", scores.line())
    figures["beads.strict_f1"] = scores.strict.f1
    figures["beads.strict_precision"] = scores.strict.precision
    figures |= term_figures(read_pages(SAMPLE))
    return {name: round(value, 4) for name, value in figures.items()}


def term_figures(corpus: Corpus) -> dict[str, float]:
    """With and without official names."""
    figures: dict[str, float] = {}
    for name, names in (("terms", True), ("terms_without_names", False)):
        terms, traps = scores(corpus, corpus.mine(names=names))
        print(f"{name}:", terms.line())
        for trap in traps:
            print(f"{name}: wrong pair offered: {trap.vi} = {trap.en} {trap.probability:.2f}")
        figures[f"{name}.precision_at_50"] = terms.precision_at[50]
        figures[f"{name}.precision_at_100"] = terms.precision_at[100]
        figures[f"{name}.recall"] = terms.recall
        figures[f"{name}.calibration"] = 1 - terms.calibration_error
        figures[f"{name}.traps_avoided"] = 1 - len(traps) / len(corpus.wrong)
    return figures


def print_terms(where: Path | None, listed: Path | None) -> None:
    if listed is None or where is None:
        for name, value in term_figures(read_pages(where or SAMPLE)).items():
            print(f"{name:32} {value:.3f}")
        return
    corpus = read_parallel(where, listed)
    first = first_right(corpus, corpus.judge())
    print("\n".join(first.wrong))
    print(first.line())


def pages() -> dict[str, float]:
    """Of the raw pages in tests/data/pages: paragraphs letter by letter; dates that are right, and
    that are invented; pages without an article that are told as such."""
    paragraphs: list[tuple[list[str], Sequence[str]]] = []
    dated = right = invented = bare = refused = 0
    for file in sorted(PAGES.glob("*.gold.json")):
        gold = json.loads(file.read_text("utf-8"))
        name = file.name.removesuffix(".gold.json")
        page = next(one for one in PAGES.iterdir() if one.stem == name)
        bare += bool(gold.get("error"))
        try:
            document = clean_page(page.read_bytes(), source=page.name).document
        except NoArticle:
            refused += bool(gold.get("error"))
            paragraphs.append((gold.get("paragraphs", []), ()))
            continue
        paragraphs.append((gold.get("paragraphs", []), document.paragraphs))
        if not gold.get("error"):
            found = document.date.isoformat() if document.date else None
            dated += gold["date"] is not None
            right += found is not None and found == gold["date"]
            invented += found is not None and found != gold["date"]
    return {
        "pages.paragraph_f1": clean_scores(paragraphs).f1,
        "pages.dates_found": right / dated,
        "pages.dates_not_invented": 1 - invented / len(paragraphs),
        "pages.refused": refused / bare,
    }


def check(figures: dict[str, float]) -> int:
    baseline = json.loads(BASELINE.read_text("utf-8"))
    failed = 0
    if baseline["gold"] != gold_digest():
        print("baseline.json was made for other gold: run --update", file=sys.stderr)
        failed = 1
    for name, floor in baseline["floors"].items():
        # A figure that needs data from outside the checkout is measured where that is at hand.
        if name in figures and figures[name] < floor - EPSILON:
            print(f"{name}: {figures[name]:.3f} is under its floor {floor:.3f}", file=sys.stderr)
            failed = 1
    print("quality: under a floor" if failed else "quality: all floors held")
    return failed


def update(figures: dict[str, float], lower: bool) -> int:
    old = json.loads(BASELINE.read_text("utf-8")) if BASELINE.is_file() else {"floors": {}}
    floors = old["floors"] | figures
    sunk = [name for name in figures if figures[name] < old["floors"].get(name, 0)]
    if sunk and not lower:
        print(f"these would sink: {', '.join(sunk)}; --lower allows it", file=sys.stderr)
        return 1
    new = {"gold": gold_digest(), "floors": dict(sorted(floors.items()))}
    draft = BASELINE.with_suffix(".new")
    draft.write_text(json.dumps(new, indent=1) + "\n", "utf-8")
    draft.replace(BASELINE)
    return 0


def gold_digest() -> str:
    files = sorted(path for path in (SAMPLE / "gold").rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def beads_by_regime(folder: Path) -> int:
    regimes = defaultdict(list)
    for gold in sorted(folder.glob("*/*.gold")):
        vi, en = (
            gold.with_suffix(end).read_text("utf-8").rstrip("\n").split("\n")
            for end in (".src", ".tgt")
        )
        regimes[gold.parent.name].append(
            (read_beads(gold.read_text("utf-8")), align_sentences(vi, en))
        )
    for regime, documents in regimes.items():
        print(f"{regime:12}", bead_scores(documents).line())
    return 0


def print_pairs(stem: Path) -> None:
    """Whole documents, then with every second English one taken away."""
    lines = {
        end: stem.with_suffix(end).read_text("utf-8").rstrip("\n").split("\n")
        for end in (".vi", ".en", ".ids")
    }
    documents: dict[Lang, list[Document]] = {}
    for lang in LANGS:
        texts: dict[str, list[str]] = defaultdict(list)
        for name, line in zip(lines[".ids"], lines[f".{lang}"], strict=False):
            texts[name].append(line)
        documents[lang] = [
            Document(name, lang, "", None, "", "", "", tuple(texts[name])) for name in texts
        ]
    pairs = pair_documents(documents["vi"], documents["en"])
    best: dict[str, str] = {}
    for pair in pairs:
        best.setdefault(pair.vi, pair.en)
    first = sum(best.get(one.id) == one.id for one in documents["vi"]) / len(documents["vi"])
    print(f"all {len(documents['vi'])} documents: right partner first {first:.3f}")
    for kept in (slice(0, None, 2), slice(1, None, 2)):
        half = documents["en"][kept]
        found = {
            (pair.vi, pair.en)
            for pair in pair_documents(documents["vi"], half)
            if pair.score >= 0.5
        }
        gold = {(one.id, one.id) for one in half}
        right = len(found & gold)
        print(f"half of the English taken away: {prf(right, len(found), right, len(gold))}")


def words(stem: Path, method: str = "itermax") -> tuple[float, object]:
    from align.encoder import load_encoder

    vi, en = (
        [line.split() for line in stem.with_suffix(end).read_text("utf-8").splitlines()]
        for end in (".vi", ".en")
    )
    gold = stem.with_suffix(".vi-en.talp").read_text("utf-8").splitlines()
    found = VectorAligner(load_encoder()).align(list(zip(vi, en, strict=True)), method)
    rows = []
    for line, links in zip(gold, found, strict=True):
        sure = {tuple(map(int, one.split("-"))) for one in line.split() if "-" in one}
        possible = {tuple(map(int, one.split("p"))) for one in line.split() if "p" in one}
        rows.append((sure, possible, links))
    return word_scores(rows)


def print_words(stem: Path) -> None:
    for method in ("inter", "itermax", "mwmf"):
        error, figures = words(stem, method)
        print(f"{method:8} AER {error:.3f} {figures}")


if __name__ == "__main__":
    sys.exit(main())
