"""Term pairs against gold: corpora of pages with a gold list, and parallel text with a list of
terms whose right renderings were written down before the run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from align.beads import align_sentences
from align.clean import clean_page
from align.english import key_en
from align.evaluate import calibration_error
from align.model import LANGS, Bead, Document, DocumentPair
from align.pair import pair_documents
from align.segment import sentences_of
from glossary.bitext import as_documents, given_beads
from glossary.gold import GoldTerm, TermScores, read_gold, score_terms
from glossary.kinds import key_vi
from glossary.mine import LEAST_PROBABILITY, Judged, judge_terms, mine_terms, settled_pairs
from glossary.model import Candidate

FREQUENT = 3
"""Lines from which a term counts as frequent."""

Beads = dict[tuple[str, str], Sequence[Bead]]


@dataclass(frozen=True)
class Corpus:
    """Documents ready to be mined, and the gold."""

    name: str
    documents: list[Document]
    pairs: list[DocumentPair]
    beads: Beads
    gold: list[GoldTerm]
    wrong: frozenset[tuple[str, str]]
    """Tempting pairs of keys that are wrong."""

    def mine(self, *, names: bool) -> list[Candidate]:
        return mine_terms(self.documents, self.pairs, self.beads, known=None if names else ())

    def judge(self) -> Judged:
        """Every pair, without what is known beforehand."""
        return judge_terms(self.documents, self.pairs, self.beads, known=())


def read_pages(folder: Path) -> Corpus:
    """A folder with pages in ``vi`` and ``en`` and ``gold/terms.tsv``, ``gold/wrong-terms.tsv``."""
    documents = [
        clean_page(path.read_bytes(), source=str(path), lang=lang).document
        for lang in LANGS
        for path in sorted((folder / lang).glob("*.txt"))
    ]
    by_id = {(one.lang, one.id): one for one in documents}
    pairs = pair_documents(*([one for one in documents if one.lang == lang] for lang in LANGS))
    beads: Beads = {
        (pair.vi, pair.en): align_sentences(
            sentences_of(by_id["vi", pair.vi]), sentences_of(by_id["en", pair.en])
        )
        for pair in pairs
        if pair.score >= 0.5
    }
    wrong = (folder / "gold" / "wrong-terms.tsv").read_text("utf-8").splitlines()[1:]
    return Corpus(
        folder.name,
        documents,
        pairs,
        beads,
        read_gold((folder / "gold" / "terms.tsv").read_text("utf-8")),
        frozenset((key_vi(vi), key_en(en)) for vi, en, *_ in (row.split("\t") for row in wrong)),
    )


def read_parallel(stem: Path, terms: Path) -> Corpus:
    """Line n of STEM.vi translates line n of STEM.en; *terms* is a table of vi, en, frequency."""
    sides = [
        stem.with_suffix(f".{lang}").read_text("utf-8").rstrip("\n").split("\n") for lang in LANGS
    ]
    vi, en = as_documents(list(zip(*sides, strict=True)), stem.name)
    return Corpus(
        stem.name,
        [vi, en],
        [DocumentPair(vi.id, en.id, 1.0)],
        {(vi.id, en.id): given_beads(vi, en)},
        read_gold(terms.read_text("utf-8"), path=str(terms)),
        frozenset(),
    )


def scores(corpus: Corpus, candidates: Iterable[Candidate]) -> tuple[TermScores, list[Candidate]]:
    """Figures against the gold, and the tempting wrong pairs above probability .5."""
    candidates = list(candidates)
    found = score_terms(
        corpus.gold,
        [(one.vi, one.en, one.probability, [a.en for a in one.alternatives]) for one in candidates],
    )
    traps = [
        one
        for one in candidates
        if one.probability > 0.5 and (key_vi(one.vi), key_en(one.en)) in corpus.wrong
    ]
    return found, traps


@dataclass(frozen=True)
class First:
    """How often the first form offered for a listed term is right."""

    frequent: tuple[int, int]
    """Right, and listed, of terms in at least `FREQUENT` lines."""
    once: tuple[int, int]
    calibration_error: float
    wrong: list[str]

    def line(self) -> str:
        parts = [
            f"{name} {right / max(listed, 1):.3f} ({right} of {listed})"
            for name, (right, listed) in (("frequent", self.frequent), ("once", self.once))
        ]
        return f"first form right: {', '.join(parts)} | ECE {self.calibration_error:.3f}"


def first_right(corpus: Corpus, judged: Judged) -> First:
    """Of the listed terms; one for which nothing is offered counts as wrong."""
    best: dict[str, tuple[float, str]] = {}
    for pair in settled_pairs(judged):
        now = (pair.probability, pair.en.key)
        if pair.probability >= LEAST_PROBABILITY and now > best.get(pair.vi.key, (0.0, "")):
            best[pair.vi.key] = now
    counts: dict[bool, list[int]] = {True: [0, 0], False: [0, 0]}
    said: list[tuple[float, bool]] = []
    wrong: list[str] = []
    for one in corpus.gold:
        frequent = int(one.kind) >= FREQUENT
        chance, form = max((best.get(key, (0.0, "")) for key in one.vi), default=(0.0, ""))
        right = form in one.en
        counts[frequent][0] += right
        counts[frequent][1] += 1
        if form:
            said.append((chance, right))
        if not right:
            wrong.append(f"{one.text.split(chr(9))[0]} = {form or 'nothing'} ({chance:.2f})")
    return First(
        (counts[True][0], counts[True][1]),
        (counts[False][0], counts[False][1]),
        calibration_error(said),
        wrong,
    )
