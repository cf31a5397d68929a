"""Sentence beads: what holds of all, hard input, small texts of our own, the sample, the format."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align import Bead, align_sentences
from align.background import load_background
from align.bead_format import read_beads, write_beads
from align.beads import align_looked
from align.choose import Judged, choose, with_nulls
from align.encoder import Encoder
from align.encoder.e5 import E5Encoder
from align.evaluate import bead_scores
from align.model import SongnguError
from align.relation import FEATURES
from align.sides import look_at

VI = (
    "Bệnh viện huyện đã mở một khoa cấp cứu mới vào thứ Hai.",
    "Khoa có hai mươi giường bệnh và bốn máy thở.",
    "Người dân trước đây phải đi bảy mươi cây số để được khám.",
    "Giám đốc Trần Văn Hòa cho biết bệnh viện còn thiếu bác sĩ.",
    "Kinh phí xây dựng do Nhật Bản tài trợ.",
    "Bệnh viện sẽ tuyển thêm mười điều dưỡng trong năm tới.",
)
EN = (
    "The district hospital opened a new emergency department on Monday.",
    "The department has twenty beds and four ventilators.",
    "People used to have to travel seventy kilometres to be examined.",
    "Director Trần Văn Hòa said the hospital still lacked doctors.",
    "The construction was funded by Japan.",
    "The hospital will recruit ten more nurses next year.",
)
UNRELATED = (
    "The violinist tuned her instrument before the concert began.",
    "Heavy snow closed three mountain passes in the Alps.",
    "A new species of beetle was found in a cave.",
    "The chess champion resigned after forty moves.",
    "Ticket prices for the opera will rise in autumn.",
    "His novel was translated into nine languages.",
)
APPLAUSE = ("Các đại biểu vỗ tay rất lâu.", "The delegates applauded for a long time.")


def check(beads: Sequence[Bead], rows: int, columns: int) -> None:
    """What the contract says of every alignment."""
    assert sorted(i for bead in beads for i in bead.vi) == list(range(rows))
    assert sorted(j for bead in beads for j in bead.en) == list(range(columns))
    for bead in beads:
        assert bead.vi or bead.en
        assert (bead.relation == "none") == (not bead.vi or not bead.en)
        assert 0 <= bead.probability <= 1
        assert list(bead.vi) == sorted(bead.vi)
        assert list(bead.en) == sorted(bead.en)
    # In the order of the Vietnamese side, unmatched English sentences last.
    assert [bead.vi for bead in beads if bead.vi] == sorted(bead.vi for bead in beads if bead.vi)
    alone = [index for index, bead in enumerate(beads) if not bead.vi]
    assert alone == list(range(len(beads) - len(alone), len(beads)))


def links(beads: Sequence[Bead]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.vi, bead.en) for bead in beads if bead.relation != "none"]


def one_to_one(*columns: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [((i,), (j,)) for i, j in enumerate(columns)]


# --- texts


def test_a_translation(encoder: Encoder) -> None:
    beads = align_sentences(VI, EN, encoder=encoder)
    check(beads, 6, 6)
    assert links(beads) == one_to_one(0, 1, 2, 3, 4, 5)
    assert {bead.relation for bead in beads} == {"translation"}
    assert min(bead.probability for bead in beads) > 0.8
    for bead in beads:
        assert set(bead.evidence) == set(FEATURES)


def test_swapped_neighbours_are_found_crossing(encoder: Encoder) -> None:
    swapped = (*EN[:2], EN[3], EN[2], *EN[4:])
    beads = align_sentences(VI, swapped, encoder=encoder)
    check(beads, 6, 6)
    assert links(beads) == one_to_one(0, 1, 3, 2, 4, 5)


def test_a_text_told_backwards(encoder: Encoder) -> None:
    beads = align_sentences(VI, EN[::-1], encoder=encoder)
    check(beads, 6, 6)
    assert links(beads) == one_to_one(5, 4, 3, 2, 1, 0)


def test_two_sentences_for_one(encoder: Encoder) -> None:
    joined = (EN[0], f"{EN[1][:-1]}, and {EN[2][0].lower()}{EN[2][1:]}", *EN[3:])
    beads = align_sentences(VI, joined, encoder=encoder)
    check(beads, 6, 5)
    assert ((1, 2), (1,)) in links(beads)


def test_a_sentence_left_out_stays_alone(encoder: Encoder) -> None:
    beads = align_sentences(VI, (*EN[:3], *EN[4:]), encoder=encoder)
    check(beads, 6, 5)
    assert [bead.vi for bead in beads if bead.relation == "none"] == [(3,)]
    assert links(beads) == [((i,), (i - (i > 3),)) for i in (0, 1, 2, 4, 5)]


def test_unrelated_texts_have_no_translation(encoder: Encoder) -> None:
    beads = align_sentences(VI, UNRELATED, encoder=encoder)
    check(beads, 6, 6)
    assert "translation" not in {bead.relation for bead in beads}


def test_the_same_input_gives_the_same_beads(encoder: Encoder) -> None:
    mixed = (EN[4], *UNRELATED[:2], EN[0], EN[1])
    assert align_sentences(VI, mixed, encoder=encoder) == align_sentences(
        list(VI), list(mixed), encoder=encoder
    )


@pytest.mark.parametrize("threads", [1, 2])
def test_threads_and_company_change_no_bead(encoder: Encoder, threads: int) -> None:
    """Embedded alone, with others, by another encoder object on other threads."""
    mixed = (EN[4], *UNRELATED[:2], EN[0], f"{EN[1][:-1]}, and {EN[2][0].lower()}{EN[2][1:]}")
    background = load_background(encoder)
    other = E5Encoder(threads=threads)
    company = look_at((*VI, *DATED, "Câu " * 300), "vi", other, background["vi"])[: len(VI)]
    apart = [one for text in mixed for one in look_at([text], "en", other, background["en"])]
    found = align_looked(company, apart, other, background)
    expected = align_sentences(VI, mixed, encoder=encoder)
    assert [(b.vi, b.en, b.relation) for b in found] == [(b.vi, b.en, b.relation) for b in expected]
    for one, two in zip(found, expected, strict=True):
        assert one.probability == pytest.approx(two.probability, abs=6e-4)


CONTRADICTIONS = {
    "another number": (1, "twenty beds and four ventilators", "35 beds and four ventilators"),
    "another year": (0, "on Monday", "in 2019"),
    "another person": (3, "Trần Văn Hòa", "Nguyễn Thị Mai"),
}
DATED = (f"{VI[0][:-13]}năm 2024.", VI[1].replace("hai mươi", "20"), *VI[2:])
DATED_EN = (EN[0].replace("on Monday", "in 2024"), EN[1].replace("twenty", "20"), *EN[2:])


@pytest.mark.parametrize("label", CONTRADICTIONS)
def test_what_contradicts_is_less_of_a_translation(encoder: Encoder, label: str) -> None:
    at, old, new = CONTRADICTIONS[label]
    old = old.replace("twenty", "20").replace("on Monday", "in 2024")
    assert old in DATED_EN[at]
    changed = tuple(one.replace(old, new) if k == at else one for k, one in enumerate(DATED_EN))
    same = align_sentences(DATED, DATED_EN, encoder=encoder)[at]
    other = align_sentences(DATED, changed, encoder=encoder)[at]
    assert (same.vi, same.en, same.relation) == ((at,), (at,), "translation")
    assert (other.vi, other.en) == ((at,), (at,))  # they still share the rest
    translated = other.probability if other.relation == "translation" else 1 - other.probability
    assert translated < same.probability - 0.1
    assert other.evidence["numbers_swapped"] + other.evidence["people_swapped"] == 1


# --- hard input

HARD: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "nothing": ([], []),
    "no Vietnamese": ([], EN),
    "no English": (VI, []),
    "one sentence": (VI[:1], EN[:1]),
    "one against many": (VI[:1], EN),
    "60 copies of one sentence": (VI[:1] * 60, EN[:1] * 60),
    "500 copies of one sentence": (VI[:1] * 500, EN[:1] * 500),
    "60 copies against three": (VI[:1] * 60, EN[:3]),
    "punctuation only": (["...", "!?", "—"], ["…", "?!"]),
    "empty sentences": (["", " "], ["", "\u200b", "Yes."]),
    "numbers only": (["1.300", "2024"], ["2024", "1,300"]),
    "a line of 20,000 characters": (["Bệnh viện mở khoa mới. " * 870, VI[1]], EN[:2]),
    "a word of 20,000 letters": (["a" * 20_000, VI[1]], EN[:2]),
    "third language": (VI, ["Das Krankenhaus hat eine Notaufnahme.", "Er liest ein Buch."]),
    "the same language twice": (VI, VI),
    "other scripts": (["Привет", "医院", "👩‍👧"], ["Hello", "hospital"]),
}  # fmt: skip


@pytest.mark.parametrize("label", HARD)
def test_hard_input_is_aligned_soundly_and_soon(encoder: Encoder, label: str) -> None:
    vi, en = HARD[label]
    began = time.monotonic()
    beads = align_sentences(vi, en, encoder=encoder)
    check(beads, len(vi), len(en))
    # Each takes a second or two at most; a machine may be busy.
    assert time.monotonic() - began < 30
    if label.startswith("a "):
        # What is too long is no harm to its neighbour.
        assert ((1,), (1,)) in links(beads)
    if not vi or not en:
        assert {bead.probability for bead in beads} <= {1.0}


def test_identical_sides(encoder: Encoder) -> None:
    beads = align_sentences(EN, EN, encoder=encoder)
    check(beads, 6, 6)
    assert links(beads) == one_to_one(0, 1, 2, 3, 4, 5)


def test_a_stock_sentence_between_others_keeps_its_partners(encoder: Encoder) -> None:
    vi = [one for sentence in VI for one in (sentence, APPLAUSE[0])]
    en = [one for sentence in EN for one in (sentence, APPLAUSE[1])]
    assert links(align_sentences(vi, en, encoder=encoder)) == one_to_one(*range(12))


POOL = st.sampled_from([*VI[:3], *EN[:3], UNRELATED[0], "", "...", "12"])


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(vi=st.lists(POOL, max_size=6), en=st.lists(POOL, max_size=6))
def test_any_sentences(encoder: Encoder, vi: list[str], en: list[str]) -> None:
    check(align_sentences(vi, en, encoder=encoder), len(vi), len(en))


# --- choosing

NOTHING = np.zeros(len(FEATURES))
WINDOWS = st.tuples(st.integers(0, 8), st.integers(1, 2))


@st.composite
def judged(draw: st.DrawFn) -> Judged:
    none = draw(st.floats(0, 1))
    partial = draw(st.floats(0, 1)) * (1 - none)
    return Judged(
        draw(WINDOWS), draw(WINDOWS), NOTHING, none, partial, max(1 - none - partial, 0.0)
    )


@given(st.lists(judged(), max_size=25))
def test_chosen_candidates_never_overlap(some: list[Judged]) -> None:
    candidates = {(one.vi, one.en): one for one in some}
    beads = with_nulls(choose(candidates), np.ones(10), np.ones(10))
    check(beads, 10, 10)


@given(st.lists(judged(), min_size=1, max_size=7))
def test_the_path_is_the_best_there_is(some: list[Judged]) -> None:
    candidates = {(one.vi, one.en): one for one in some}
    likely = [one for one in candidates.values() if one.log_odds > 0]

    def best(vi_from: int, en_from: int) -> float:
        return max(
            (
                one.log_odds + best(sum(one.vi), sum(one.en))
                for one in likely
                if one.vi[0] >= vi_from and one.en[0] >= en_from
            ),
            default=0.0,
        )

    chosen = choose(candidates)
    assert sum(one.log_odds for one in chosen) >= best(0, 0) - 1e-6


# --- the sample


def test_sample_beads(
    encoder: Encoder,
    sample: Path,
    sample_gold: Mapping[tuple[str, str], dict[str, Any]],
    sample_pairs: Sequence[tuple[str, str, str]],
) -> None:
    documents = []
    for vi, en, _kind in sample_pairs:
        path = sample / "gold" / "beads" / f"{vi}__{en}.beads"
        gold = read_beads(path.read_text("utf-8"), path=str(path))
        sides = [
            [sentence for paragraph in sample_gold[page]["paragraphs"] for sentence in paragraph]
            for page in (("vi", vi), ("en", en))
        ]
        found = align_sentences(*sides, encoder=encoder)
        check(found, *map(len, sides))
        documents.append((gold, found))
        print(vi, bead_scores(documents[-1:]).line())
    scores = bead_scores(documents)
    print(scores.line())
    assert scores.strict.f1 >= 0.6


# --- the format

INDICES = st.lists(st.integers(0, 999), max_size=4, unique=True).map(sorted).map(tuple)


@st.composite
def written(draw: st.DrawFn) -> Bead:
    vi, en = draw(st.tuples(INDICES, INDICES).filter(any))
    relation = draw(st.sampled_from(["translation", "partial"])) if vi and en else "none"
    return Bead(vi, en, draw(st.integers(0, 10_000)) / 10_000, relation)


@given(st.lists(written(), max_size=8))
def test_beads_are_read_as_they_were_written(beads: list[Bead]) -> None:
    text = write_beads(beads)
    assert read_beads(text) == beads
    assert write_beads(read_beads(text)) == text
    assert len(text.splitlines()) == len(beads)


@pytest.mark.parametrize(
    ("line", "bead"),
    [
        ("[0, 1]:[0]:0.93", Bead((0, 1), (0,), 0.93, "translation")),
        ("[0,1]:[0]", Bead((0, 1), (0,), 1.0, "translation")),
        (" [3] : [4] : .5 : partial ", Bead((3,), (4,), 0.5, "partial")),
        ("[3]:[4]::partial", Bead((3,), (4,), 1.0, "partial")),
        ("[3]:[]:0.8", Bead((3,), (), 0.8, "none")),
        ("[]:[4]", Bead((), (4,), 1.0, "none")),
    ],
)
def test_a_line(line: str, bead: Bead) -> None:
    assert read_beads(f"# gold of two people\n\n{line}\n") == [bead]


@pytest.mark.parametrize(
    "line",
    [
        "0:0:0.5",
        "[0]",
        "[0]:[a]:0.5",
        "[-1]:[0]:0.5",
        "[0]:[0]:0.5:maybe",
        "[0]:[0]:0.5:partial:more",
        "[0]:[0]:-1",
    ],
)
def test_what_is_no_bead_is_told_with_its_place(line: str) -> None:
    with pytest.raises(SongnguError, match=r"^gold/x\.beads:3: ") as caught:
        read_beads(f"# head\n[0]:[0]:1\n{line}\n", path="gold/x.beads")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "line", ["[0]:[0]:1.2.3", "[0]:[0]:.", "[0]:[0]:0.5:none", "[]:[]:0.5", "[0, 0]:[1]:0.5"]
)
def test_what_is_no_bead_either(line: str) -> None:
    with pytest.raises(SongnguError, match=r"^x\.beads:1: "):
        read_beads(line, path="x.beads")


def test_a_tiny_probability_can_be_read_back() -> None:
    assert read_beads(write_beads([Bead((0,), (0,), 0.00001, "partial")]))
