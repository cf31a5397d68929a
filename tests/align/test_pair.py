"""Which pages tell the same story: the sample, dates, empty sides, equal names."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence

import pytest

from align import Document, DocumentPair, pair_documents
from align.encoder import Encoder
from align.model import Cleaned, Lang
from align.pair import PAIR_FEATURES, PairEvidence, probability

DAY = datetime.date(2025, 3, 12)
VI = Document(
    "khoa-cap-cuu", "vi", "Bệnh viện huyện Tân Lập mở khoa cấp cứu", DAY, "", "", "",
    (
        "Bệnh viện huyện Tân Lập đã mở một khoa cấp cứu mới vào thứ Hai.",
        "Khoa có 24 giường bệnh và 14 máy thở, do Nhật Bản tài trợ.",
        "Người dân trước đây phải đi 70 cây số để được khám.",
    ),
)  # fmt: skip
EN = Document(
    "emergency", "en", "Tân Lập district hospital opens emergency department", DAY, "VNS", "", "",
    (
        "Tân Lập District Hospital opened a new emergency department on Monday.",
        "The department has 24 beds and 14 ventilators, paid for by Japan.",
        "People used to have to travel 70 kilometres to be examined.",
    ),
)  # fmt: skip
OTHER = Document(
    "opera", "en", "Opera tickets to cost more", DAY, "", "", "",
    (
        "Ticket prices for the opera will rise in autumn.",
        "The violinist tuned her instrument before the concert began.",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def pairs(
    encoder: Encoder, sample_cleaned: Mapping[tuple[Lang, str], Cleaned]
) -> list[DocumentPair]:
    """All pairs of the sample."""
    sides: dict[Lang, list[Document]] = {"vi": [], "en": []}
    for (lang, _), cleaned in sample_cleaned.items():
        sides[lang].append(cleaned.document)
    return pair_documents(sides["vi"], sides["en"], encoder=encoder)


def test_translations_of_the_sample_are_found(
    pairs: Sequence[DocumentPair], sample_pairs: Sequence[tuple[str, str, str]]
) -> None:
    scores = {(pair.vi, pair.en): pair.score for pair in pairs}
    print({(vi, en, kind): scores.get((vi, en)) for vi, en, kind in sample_pairs})
    assert all(scores[vi, en] >= 0.5 for vi, en, kind in sample_pairs if kind == "translation")


def test_the_best_page_is_the_right_one(
    pairs: Sequence[DocumentPair], sample_pairs: Sequence[tuple[str, str, str]]
) -> None:
    best = {pair.vi: pair.en for pair in reversed(pairs)}
    assert {vi: best[vi] for vi, _, _ in sample_pairs} == {vi: en for vi, en, _ in sample_pairs}


def test_pages_without_a_partner_have_none(
    pairs: Sequence[DocumentPair], sample_pairs: Sequence[tuple[str, str, str]]
) -> None:
    right = {(vi, en) for vi, en, _ in sample_pairs}
    likely = {(pair.vi, pair.en) for pair in pairs if pair.score >= 0.5}
    assert likely <= right


def test_pairs_come_best_first_with_evidence(pairs: Sequence[DocumentPair]) -> None:
    scores = [pair.score for pair in pairs]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len({(pair.vi, pair.en) for pair in pairs}) == len(pairs)
    assert all(set(PAIR_FEATURES) <= set(pair.evidence) for pair in pairs)


@pytest.mark.parametrize(("vi", "en"), [([], []), ([VI], []), ([], [EN])])
def test_an_empty_side_has_no_pairs(
    encoder: Encoder, vi: list[Document], en: list[Document]
) -> None:
    assert pair_documents(vi, en, encoder=encoder) == []


def test_a_story_among_others(encoder: Encoder) -> None:
    best, other = pair_documents([VI], [OTHER, EN], encoder=encoder)
    assert (best.vi, best.en, best.evidence["days"]) == (VI.id, EN.id, 0)
    assert best.score > 0.5 > other.score


def test_equal_ids_in_both_languages(encoder: Encoder) -> None:
    vi, en = dataclasses.replace(VI, id="2025-03"), dataclasses.replace(EN, id="2025-03")
    best = pair_documents([vi], [en, OTHER], encoder=encoder)[0]
    assert (best.vi, best.en) == ("2025-03", "2025-03")
    assert best.score == pair_documents([VI], [EN, OTHER], encoder=encoder)[0].score


def test_a_date_beyond_the_window_lowers_the_score(encoder: Encoder) -> None:
    scores = [
        pair_documents(
            [VI], [dataclasses.replace(EN, date=date), OTHER], encoder=encoder, window_days=30
        )[0].score
        for date in (DAY, None, DAY + datetime.timedelta(60), DAY - datetime.timedelta(600))
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1]


def test_pages_without_title_or_sentences(encoder: Encoder) -> None:
    bare = dataclasses.replace(VI, id="bare", title="", date=None)
    empty = dataclasses.replace(VI, id="empty", title="", paragraphs=())
    found = {pair.vi: pair for pair in pair_documents([bare, empty], [EN], encoder=encoder)}
    assert found["bare"].score > 0.5
    assert "days" not in found["bare"].evidence
    assert found["empty"].score < 0.5 if "empty" in found else True


def test_order_of_the_pages_does_not_matter(encoder: Encoder) -> None:
    other = dataclasses.replace(VI, id="khac", title="Giá vé tăng", paragraphs=VI.paragraphs[1:])
    one = pair_documents([VI, other], [EN, OTHER], encoder=encoder)
    two = pair_documents([other, VI], [OTHER, EN], encoder=encoder)
    assert [(p.vi, p.en) for p in one] == [(p.vi, p.en) for p in two]
    assert [p.score for p in one] == pytest.approx([p.score for p in two], abs=1e-3)


@pytest.mark.parametrize(
    ("nearer", "farther"), [(0, 4), (3, 4), (None, 31), (30, 31), (31, 62), (62, 1000)]
)
def test_days_apart(nearer: int | None, farther: int) -> None:
    evidence = PairEvidence(0.5, 0.4, 0.4, 0.4, 0.6, 0.3)
    assert probability(evidence, nearer, 30) > probability(evidence, farther, 30)


@pytest.mark.parametrize("days", [None, 4, 10, 30])
def test_days_inside_the_window_say_nothing(days: int | None) -> None:
    evidence = PairEvidence(0.5, 0.4, 0.4, 0.4, 0.6, 0.3)
    assert probability(evidence, days, 30) == probability(evidence, None, 30)
