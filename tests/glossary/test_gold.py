"""Gold lists of terms, and figures of a ranked list against them."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.english import key_en
from align.model import SongnguError
from glossary.gold import GoldTerm, read_gold, score_terms, verdict
from glossary.kinds import key_vi

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample" / "gold"

GOLD = read_gold(
    "vi\ten\tkind\tnote\n"
    "Bộ Y tế\tMinistry of Health | Health Ministry\tinstitution\t\n"
    "bảo hiểm y tế | BHYT\thealth insurance\tterm\n"
    "Sở Y tế\tDepartment of Health\n"
    "\n"
    "# a remark\n"
    "vắc xin\tvaccines\n"
)


def test_forms_are_parted_and_keyed() -> None:
    assert len(GOLD) == 4
    assert GOLD[0].vi == {key_vi("bộ y tế")}
    assert GOLD[0].en == {key_en("Ministry of Health"), key_en("the Health Ministry")}
    assert GOLD[1].vi == {key_vi("bảo hiểm y tế"), key_vi("BHYT")}
    assert [one.kind for one in GOLD] == ["institution", "term", "", ""]
    assert GOLD[3].en == {key_en("vaccine")}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Bộ Y tế", "no English cell"),
        ("Bộ Y tế\t", "an empty English cell"),
        ("\tMinistry of Health", "an empty Vietnamese cell"),
        ("Bộ Y tế  Ministry of Health", "blanks for a tab"),
    ],
)
def test_a_row_without_both_sides_is_named(line: str, why: str) -> None:
    with pytest.raises(SongnguError, match=r"^my\.tsv:3: "):
        read_gold(f"vi\ten\nSở Y tế\tDepartment of Health\n{line}\n", path="my.tsv")


def test_a_file_without_a_header_is_an_error() -> None:
    with pytest.raises(SongnguError, match=r"^my\.tsv:1: "):
        read_gold("Bộ Y tế\tMinistry of Health\n", path="my.tsv")


@pytest.mark.parametrize("name", ["terms.tsv", "wrong-terms.tsv"])
def test_the_gold_of_the_sample_can_be_read(name: str) -> None:
    assert len(read_gold((SAMPLE / name).read_text("utf-8"), path=name)) > 50


@pytest.mark.parametrize(
    ("vi", "en", "right"),
    [
        ("Bộ Y tế", "Ministry of Health", True),
        ("bộ y tế", "the health ministries", True),
        ("BHYT", "health insurance", True),
        ("Bộ Y tế", "Department of Health", False),
        ("Bộ Y tế", "no such form", False),
        ("no such term", "vaccine", False),
        ("no such term", "no such form", None),
    ],
)
def test_verdict(vi: str, en: str, right: bool | None) -> None:
    assert verdict(GOLD, key_vi(vi), key_en(en)) is right


def test_verdict_of_a_term_that_stands_twice() -> None:
    twice = [*GOLD, GoldTerm(frozenset({"bộ y tế"}), frozenset({"MOH"}), "", "")]
    assert verdict(twice, "bộ y tế", "MOH") is True


def test_gold_against_itself_is_perfect() -> None:
    ranked = [(min(one.vi), min(one.en), 1.0, []) for one in GOLD]
    scores = score_terms(GOLD, ranked)
    assert scores.precision_at == {50: 1.0, 100: 1.0}
    assert scores.judged_at == {50: 4, 100: 4}
    assert (scores.recall, scores.recall_any, scores.calibration_error) == (1.0, 1.0, 0.0)
    assert scores.missing == ()


def test_figures_by_hand() -> None:
    ranked = [
        ("Bộ Y tế", "Ministry of Health", 0.9, []),
        ("xyz", "unknown", 0.9, []),
        ("Sở Y tế", "Ministry of Health", 0.9, ["the Department of Health"]),
        ("vắc xin", "vaccine", 0.9, []),
    ]
    scores = score_terms(GOLD, ranked, cuts=(1, 2, 3))
    assert scores.precision_at == {1: 1.0, 2: 1.0, 3: 0.5}
    assert scores.judged_at == {1: 1, 2: 1, 3: 2}
    assert scores.recall == 2 / 4
    assert scores.recall_any == 3 / 4
    assert [text.split("\t")[0] for text in scores.missing] == ["bảo hiểm y tế | BHYT", "Sở Y tế"]
    # Three judged at .9 of which two are right.
    assert scores.calibration_error == pytest.approx(0.9 - 2 / 3)


def test_an_empty_list_scores_nothing_and_does_not_divide_by_it() -> None:
    scores = score_terms(GOLD, [])
    assert (scores.recall, scores.precision_at[50], scores.judged_at[50]) == (0.0, 0.0, 0)
    assert len(scores.missing) == len(GOLD)
    assert score_terms([], []).recall == 0.0


def test_the_line_names_every_figure() -> None:
    line = score_terms(GOLD, [("Bộ Y tế", "Ministry of Health", 0.9, [])]).line()
    assert line == (
        "P@50 1.000 (1 judged) P@100 1.000 (1 judged) | recall 0.250 (institution 1/1, term 0/1) |"
        " with alternatives 0.250 | ECE 0.100"
    )
