"""A whole project from pages to candidates, redoing only what changed.

Each stage is keyed by what it was made from: the bytes of a page and the version of the cleaning,
the documents and the signature of the pairing, and so on. A build in which nothing changed loads
neither encoder nor segmenter.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from align.clean import clean_page
from align.config import CleanConfig
from align.language import language_of
from align.model import LANGS, Bead, Document, DocumentPair, Lang, NoArticle, SongnguError
from align.overrides import decided_beads, decided_pairs, load_overrides
from align.project import Project, bitexts, pages
from align.store import Page, Workspace, document_json
from align.versions import bead_version, clean_version, encoder_version, pair_version
from glossary.bitext import as_documents, given_beads, read_bitext
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


def build(
    project: Project,
    *,
    strict: bool = False,
    step: Step = lambda stage, done, total: None,
) -> Report:
    """Bring the project's workspace up to date.

    *strict* refuses to go on where a page cannot be used.
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
                raise SongnguError(_nothing(project, lang, cleaned))
        if strict and skipped:
            path, why = skipped[0]
            raise SongnguError(f"{len(skipped)} pages cannot be used, the first {path}: {why}")
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
    found = {lang: pages(project, lang) for lang in LANGS}
    for lang, path, name, identity in _named(project, found):
        seen.add(name)
        raw, reason = _read(path)
        if name not in stored:
            reasons.append(f"{name}: new page")
        elif reason:
            reasons.append(f"{name}: {reason}")
        elif stored[name].made_from != _page_source(raw, lang, identity, project.config.clean):
            reasons.append(f"{name}: changed page, lists or version of the cleaning")
    pairs = _given(project, stored)
    reasons += [
        f"{one.path}: new or changed"
        for one in pairs
        if one.path not in stored or stored[one.path].made_from != one.made_from
    ]
    seen |= {one.path for one in pairs}
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
        self.overrides = load_overrides(project.folder)
        self.digests = {(one.lang, one.id): _digest(document_json(one)) for one in documents}
        every = _digest(*(self.digests[key] for key in sorted(self.digests)))
        encoder = encoder_version(config.encoder)
        decided = repr((sorted(self.overrides.confirmed), sorted(self.overrides.rejected)))
        self.pair = _digest(every, encoder, pair_version(), str(config.pair.window_days), decided)
        self.bead = _digest(encoder, bead_version())
        self.align = _digest(self.pair, self.bead, repr(self.overrides.beads))
        self.mine = _digest(
            self.align,
            mine_version(),
            str(config.official_names),
            str(config.mine.min_probability),
            config.word_aligner,
        )

    def beads_of(self, vi: str, en: str) -> str:
        given = repr(self.overrides.beads_of((vi, en)))
        return _digest(self.bead, self.digests["vi", vi], self.digests["en", en], given)


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
    files = {_name(project, path) for path in bitexts(project)}
    given = {name for name in files if ("vi", name) in by_key}
    if workspace.made_from("pair") == stages.pair:
        pairs = workspace.pairs()
    else:
        texts = {
            lang: [
                text
                for one in documents
                if one.lang == lang and one.id not in given
                for text in ([one.title] if one.title else []) + sentences_of(one)
            ]
            for lang in LANGS
        }
        encoder.look_ahead(texts, partial(step, "embedding sentences"))
        step("pairing documents", 0, 1)
        near = pair_documents(
            [one for one in documents if one.lang == "vi" and one.id not in given],
            [one for one in documents if one.lang == "en" and one.id not in given],
            encoder=encoder,
            window_days=config.pair.window_days,
        )
        near += [DocumentPair(name, name, 1.0, {"given": 1.0}) for name in sorted(given)]
        pairs = [
            one
            for one in decided_pairs(near, stages.overrides)
            if ("vi", one.vi) in by_key and ("en", one.en) in by_key
        ]
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
        sides = sentences_of(by_key["vi", pair.vi]), sentences_of(by_key["en", pair.en])
        if pair.vi in given and pair.vi == pair.en:
            found = given_beads(by_key["vi", pair.vi], by_key["en", pair.en])
        else:
            found = align_sentences(*sides, encoder=encoder)
        if by_hand := stages.overrides.beads_of(key):
            found = decided_beads(found, by_hand, *sides)
        groups[key] = source, found
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
    for lang, path, name, identity in _named(project, found):
        raw, reason = _read(path)
        source = _page_source(raw, lang, identity, project.config.clean)
        page = stored.get(name)
        if reason:
            page = Page(name, lang, source, None, reason)
        elif page is None or page.made_from != source:
            step("cleaning pages", len(result), total)
            page = _clean_one(name, lang, identity, raw, source, project.config.clean)
            fresh += 1
        result.append(page)
    result += _given(project, stored)
    made_from = _digest(*(f"{page.path} {page.made_from} {page.skipped}" for page in result))
    if made_from != workspace.made_from("clean"):
        workspace.save_pages(result, made_from)
    return result, fresh


def _given(project: Project, stored: Mapping[str, Page]) -> list[Page]:
    """The two sides of each file of sentence pairs; unchanged ones from the workspace."""
    result: list[Page] = []
    for path in bitexts(project):
        name = _name(project, path)
        raw, reason = _read(path)
        source = hashlib.sha256(f"{clean_version()}|{name}|".encode() + raw).hexdigest()[:24]
        names = [f"{name} ({lang})" for lang in LANGS]
        if not reason and all(one in stored and stored[one].made_from == source for one in names):
            result += [stored[one] for one in names]
            continue
        sides: Sequence[Document | None] = (None, None)
        try:
            pairs = [] if reason else read_bitext(raw, name)
            reason = reason or ("" if pairs else "no pair of a Vietnamese and an English text")
            sides = as_documents(pairs, name) if pairs else sides
        except SongnguError as error:
            reason = str(error).removeprefix(f"{name}: ")
        for one, lang, document in zip(names, LANGS, sides, strict=True):
            result.append(Page(one, lang, source, document, reason if document is None else ""))
    return result


def _named(
    project: Project, found: dict[Lang, list[Path]]
) -> Iterator[tuple[Lang, Path, str, str]]:
    """Language, path, name and document id of each page.

    The id is the stem of the file, or its path in dashes where a page before it has that stem; it
    depends on the paths alone, so that a build of changed pages equals a fresh one.
    """
    seen: set[str] = set()
    for lang, paths in found.items():
        stems: set[str] = set()
        for path in paths:
            name = _name(project, path)
            if name in seen:
                raise SongnguError(f"{name}: listed under vi and under en; keep it under one")
            seen.add(name)
            stem = _printable(Path(path.stem))
            identity = stem if stem not in stems else "-".join(Path(name).parts)
            stems.add(stem)
            yield lang, path, name, identity


def _name(project: Project, path: Path) -> str:
    """Relative to the project where it lies inside."""
    inside = path.is_relative_to(project.folder)
    return _printable(path.relative_to(project.folder) if inside else path)


def _printable(path: Path) -> str:
    """The path as text; bytes of a name that are not UTF-8 as escapes."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _read(path: Path) -> tuple[bytes, str]:
    """The bytes of a page, or why it cannot be read."""
    try:
        return path.read_bytes(), ""
    except OSError as error:
        return b"", f"cannot be read ({error.strerror})"


def _clean_one(
    name: str, lang: Lang, identity: str, raw: bytes, source: str, lists: CleanConfig
) -> Page:
    try:
        document = clean_page(raw, source=name, lang=lang, lists=lists).document
    except NoArticle as error:
        return Page(name, lang, source, None, str(error))
    if (spoken := language_of(document.text)) != lang:
        reason = f"reads like {_LANGUAGE[spoken]}; pages here are to be {_LANGUAGE[lang]}"
        return Page(name, lang, source, None, reason)
    return Page(name, lang, source, replace(document, id=identity), "")


def _page_source(raw: bytes, lang: Lang, identity: str, lists: CleanConfig) -> str:
    made_with = f"{clean_version()}|{lang}|{identity}|{lists.lines}{lists.ends}|"
    return hashlib.sha256(made_with.encode() + raw).hexdigest()[:24]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def _nothing(project: Project, lang: Lang, pages: Sequence[Page]) -> str:
    """Why there is no document of a language."""
    where = ", ".join(str(project.folder / one) for one in getattr(project.config, lang))
    mine = [page for page in pages if page.lang == lang]
    if not mine:
        return f"{where}: no {_LANGUAGE[lang]} page (.txt, .html, .md); put some there"
    return (
        f"{where}: none of the {len(mine)} {_LANGUAGE[lang]} pages holds an article"
        f" ({mine[0].path}: {mine[0].skipped})"
    )
