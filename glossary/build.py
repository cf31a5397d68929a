"""A whole project from pages to candidates, redoing only what changed.

Each stage is keyed by what it was made from: the bytes of a page and the version of the cleaning,
the documents and the signature of the pairing, and so on. A build in which nothing changed loads
neither encoder nor segmenter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from align.clean import clean_page
from align.clean.facts import language_of
from align.model import LANGS, Bead, Document, DocumentPair, Lang, NoArticle, SongnguError
from align.project import Project, pages
from align.store import Page, Workspace, document_json
from align.versions import CLEAN, bead_version, encoder_version, pair_version
from glossary.model import Candidate
from glossary.serial import candidate_json, read_candidate
from glossary.versions import mine_version

SAME_STORY = 0.5
"""Score from which two documents are aligned sentence by sentence."""

_LANGUAGE: dict[Lang, str] = {"vi": "Vietnamese", "en": "English"}

Step = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    documents: list[Document]
    skipped: list[tuple[str, str]]
    """Page and reason."""
    cleaned: int
    """Pages that were new or changed."""
    pairs: list[DocumentPair]
    beads: dict[tuple[str, str], list[Bead]]
    aligned: int
    """Pairs that were aligned anew."""
    candidates: list[Candidate]
    mined: bool
    """Whether candidates were mined anew."""


def build(project: Project, *, step: Step = lambda stage, done, total: None) -> Report:
    """Bring the project's workspace up to date.

    Raises `SongnguError` where no page of a language is left to work on, or a file cannot be read
    or written.
    """
    found = {lang: pages(project, lang) for lang in LANGS}
    with Workspace(project.state, create=True) as workspace:
        cleaned, fresh = _clean(project, found, workspace, step)
        documents = [page.document for page in cleaned if page.document]
        skipped = [(page.path, page.skipped) for page in cleaned if page.skipped]
        for lang in LANGS:
            if not any(one.lang == lang for one in documents):
                raise SongnguError(_nothing(project, lang, len(found[lang]), skipped))
        stages = _Stages(project, documents)
        if workspace.made_from("mine") == stages.mine:
            return Report(
                documents, skipped, fresh, workspace.pairs(), workspace.beads(), 0,
                [read_candidate(line) for line in workspace.candidates()], False,
            )  # fmt: skip
        return _rebuild(project, documents, skipped, fresh, stages, workspace, step)


def stale(project: Project, workspace: Workspace) -> list[str]:
    """Which stages a build would redo, and why, in words."""
    stored = {page.path: page for page in workspace.pages()}
    reasons: list[str] = []
    seen: set[str] = set()
    for lang in LANGS:
        for path in pages(project, lang):
            name = path.relative_to(project.folder).as_posix()
            seen.add(name)
            if name not in stored:
                reasons.append(f"{name}: new page")
            elif stored[name].made_from != _page_source(path.read_bytes(), lang):
                reasons.append(f"{name}: changed page or another version of the cleaning")
    reasons += [f"{name}: page is gone" for name in sorted(set(stored) - seen)]
    if not reasons:
        stages = _Stages(project, [one.document for one in stored.values() if one.document])
        if workspace.made_from("mine") != stages.mine:
            reasons.append("settings or version changed since the last build, or it was stopped")
    return reasons


class _Stages:
    """What each stage is made from."""

    def __init__(self, project: Project, documents: Sequence[Document]) -> None:
        config = project.config
        self.digests = {(one.lang, one.id): _digest(document_json(one)) for one in documents}
        every = _digest(*(self.digests[key] for key in sorted(self.digests)))
        encoder = encoder_version(config.encoder)
        self.pair = _digest(every, encoder, pair_version(), str(config.pair.window_days))
        self.bead = _digest(encoder, bead_version())
        self.align = _digest(self.pair, self.bead)
        self.mine = _digest(
            self.align,
            mine_version(),
            str(config.official_names),
            str(config.mine.min_probability),
            config.word_aligner,
        )

    def beads_of(self, vi: str, en: str) -> str:
        return _digest(self.bead, self.digests["vi", vi], self.digests["en", en])


def _rebuild(
    project: Project,
    documents: list[Document],
    skipped: list[tuple[str, str]],
    fresh: int,
    stages: _Stages,
    workspace: Workspace,
    step: Step,
) -> Report:
    from align.beads import align_sentences
    from align.encoder import load_encoder
    from align.pair import pair_documents
    from align.segment import sentences_of
    from align.vector_cache import CachedEncoder
    from align.words import load_word_aligner
    from glossary.mine import mine_terms

    config = project.config
    step("loading the encoder", 0, 1)
    encoder = CachedEncoder(load_encoder(config.encoder, device=config.encoder_device), workspace)
    by_key = {(one.lang, one.id): one for one in documents}
    if workspace.made_from("pair") == stages.pair:
        pairs = workspace.pairs()
    else:
        step("pairing documents", 0, 1)
        pairs = pair_documents(
            [one for one in documents if one.lang == "vi"],
            [one for one in documents if one.lang == "en"],
            encoder=encoder,
            window_days=config.pair.window_days,
        )
        workspace.save_pairs(pairs, stages.pair)
    sources, stored = workspace.bead_sources(), workspace.beads()
    groups: dict[tuple[str, str], tuple[str, Sequence[Bead]]] = {}
    aligned = 0
    same = [pair for pair in pairs if pair.score >= SAME_STORY]
    for done, pair in enumerate(same):
        key, source = (pair.vi, pair.en), stages.beads_of(pair.vi, pair.en)
        if sources.get(key) == source:
            groups[key] = source, stored[key]
            continue
        step("aligning sentences", done, len(same))
        aligned += 1
        groups[key] = (
            source,
            align_sentences(
                sentences_of(by_key["vi", pair.vi]),
                sentences_of(by_key["en", pair.en]),
                encoder=encoder,
            ),
        )
    workspace.save_beads(groups, stages.align)
    beads = {key: list(group) for key, (_, group) in groups.items()}
    step("mining terms", 0, 1)
    candidates = [
        one
        for one in mine_terms(
            documents,
            pairs,
            beads,
            encoder=encoder,
            known=None if config.official_names else (),
            word_aligner=None
            if config.word_aligner == "own"
            else load_word_aligner(config.word_aligner, encoder),
        )
        if one.probability >= config.mine.min_probability
    ]
    workspace.save_candidates(map(candidate_json, candidates), stages.mine)
    return Report(documents, skipped, fresh, pairs, beads, aligned, candidates, True)


def _clean(
    project: Project, found: dict[Lang, list[Path]], workspace: Workspace, step: Step
) -> tuple[list[Page], int]:
    """All pages as documents, unchanged ones from the workspace; and how many were not."""
    stored = {page.path: page for page in workspace.pages()}
    total = sum(map(len, found.values()))
    result: list[Page] = []
    fresh = 0
    for lang in LANGS:
        taken: set[str] = set()
        for path in found[lang]:
            name = path.relative_to(project.folder).as_posix()
            raw = path.read_bytes()
            source = _page_source(raw, lang)
            page = stored.get(name)
            if page is None or page.made_from != source:
                step("cleaning pages", len(result), total)
                page = _clean_one(name, lang, raw, source, taken)
                fresh += 1
            if page.document:
                taken.add(page.document.id)
            result.append(page)
    made_from = _digest(*(f"{page.path} {page.made_from}" for page in result))
    if made_from != workspace.made_from("clean"):
        workspace.save_pages(result, made_from)
    return result, fresh


def _clean_one(name: str, lang: Lang, raw: bytes, source: str, taken: set[str]) -> Page:
    try:
        document = clean_page(raw, source=name, lang=lang).document
    except NoArticle as error:
        return Page(name, lang, source, None, str(error))
    if (spoken := language_of(document.text)) != lang:
        reason = f"reads like {_LANGUAGE[spoken]}; pages here are to be {_LANGUAGE[lang]}"
        return Page(name, lang, source, None, reason)
    if document.id in taken:
        # Two pages of one name in two folders or formats.
        parts = Path(name).with_suffix("").parts
        inner = "-".join(parts[1:]) if len(parts) > 1 else parts[0]
        unique = inner if inner not in taken else f"{inner}-{source[:6]}"
        document = replace(document, id=unique)
    return Page(name, lang, source, document, "")


def _page_source(raw: bytes, lang: Lang) -> str:
    return hashlib.sha256(f"{CLEAN}|{lang}|".encode() + raw).hexdigest()[:24]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def _nothing(project: Project, lang: Lang, count: int, skipped: list[tuple[str, str]]) -> str:
    language = _LANGUAGE[lang]
    where = project.folder / lang
    mine = [(path, why) for path, why in skipped if path.startswith(f"{lang}/")]
    if not count:
        return f"{where}: no {language} page (.txt, .html, .md); put some there"
    why = f" ({mine[0][0]}: {mine[0][1]})" if mine else ""
    return f"{where}: none of the {count} {language} pages holds an article{why}"
