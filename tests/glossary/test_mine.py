"""Term pairs of the built sample: right ones first, each with places that hold it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import glossary
import glossary.mine as mine
from align.beads import align_sentences
from align.encoder import Encoder
from align.english import key_en
from align.model import Bead, Document, DocumentPair, Lang
from align.segment import sentences_of
from align.store import Workspace
from glossary.build import Report
from glossary.gold import read_gold, score_terms
from glossary.kinds import key_vi
from glossary.mine import ALTERNATIVES, EXAMPLES, mine_terms
from glossary.model import Candidate, KnownName

GOLD = Path(__file__).resolve().parents[2] / "data" / "sample" / "gold"

VI = (
    "Sáng 12/3, Bộ Y tế phát động chiến dịch tiêm vắc xin sởi tại tỉnh Hà Giang.",
    "Các trạm y tế xã nhận vắc xin từ Bộ Y tế.",
)
EN = (
    "The Ministry of Health launched a measles vaccination campaign in Hà Giang Province.",
    "Commune health stations received vaccines from the Ministry of Health.",
)

Aligned = tuple[list[Document], list[DocumentPair], dict[tuple[str, str], list[Bead]]]


def document(lang: Lang, *paragraphs: str, name: str = "a") -> Document:
    return Document(name, lang, "", None, "", "", "", paragraphs)


@pytest.fixture(scope="session")
def candidates(sample_report: Report) -> list[Candidate]:
    return sample_report.candidates


@pytest.fixture(scope="session")
def four(sample: Path) -> Aligned:
    """A translated and a retold pair of the sample."""
    names = {
        "tiem-chung-soi-ha-giang": "measles-campaign-ha-giang",
        "bo-truong-y-te-lao-tham": "lao-health-minister-visit",
    }
    with Workspace(sample / ".songngu") as workspace:
        documents = [one for one in workspace.documents() if one.id in {*names, *names.values()}]
        stored = workspace.beads()
    return (
        documents,
        [DocumentPair(vi, en, 1.0) for vi, en in names.items()],
        {key: stored[key] for key in names.items() if key in stored},
    )


def test_the_ministry_is_among_the_first(candidates: list[Candidate]) -> None:
    best = {one.vi: one for one in candidates[:20]}
    assert best["Bộ Y tế"].en == "Ministry of Health"
    assert best["Bộ Y tế"].probability >= 0.5
    assert best["Bộ Y tế"].kind == "institution"


def test_nine_of_ten_among_the_first_fifty_are_right(candidates: list[Candidate]) -> None:
    scores = score_terms(
        read_gold((GOLD / "terms.tsv").read_text("utf-8")),
        [(one.vi, one.en, one.probability, [a.en for a in one.alternatives]) for one in candidates],
    )
    assert scores.precision_at[50] >= 0.9, scores.line()
    assert scores.judged_at[50] >= 30, scores.line()


def test_no_tempting_wrong_pair_is_offered(candidates: list[Candidate]) -> None:
    wrong = read_gold((GOLD / "wrong-terms.tsv").read_text("utf-8"))
    offered = [
        (one.vi, one.en, one.probability, gold.text)
        for one in candidates
        for gold in wrong
        if one.probability > 0.5 and key_vi(one.vi) in gold.vi and key_en(one.en) in gold.en
    ]
    assert offered == []


def test_candidates_are_in_order(candidates: list[Candidate]) -> None:
    ranks = [one.rank for one in candidates]
    assert ranks == sorted(ranks, reverse=True)
    assert len(candidates) > 100


def test_no_term_is_offered_twice(candidates: list[Candidate]) -> None:
    keys = [key_vi(one.vi) for one in candidates]
    assert len(keys) == len(set(keys))


def test_shares_are_shares(candidates: list[Candidate]) -> None:
    for one in candidates:
        assert 0 <= one.probability <= 1, one.vi
        assert 0 <= one.termhood <= 1, one.vi
        assert 0 <= one.rank <= 1, one.vi
        assert all(0 <= other.probability <= 1 for other in one.alternatives), one.vi


def test_alternatives_are_other_forms_likelier_first(candidates: list[Candidate]) -> None:
    assert any(one.alternatives for one in candidates)
    for one in candidates:
        chances = [one.probability, *(other.probability for other in one.alternatives)]
        assert chances == sorted(chances, reverse=True), one.vi
        assert len(one.alternatives) <= ALTERNATIVES
        forms = [key_en(form) for form in (one.en, *(other.en for other in one.alternatives))]
        assert len(forms) == len(set(forms)), one.vi


def test_every_example_holds_both_terms(candidates: list[Candidate], sample_report: Report) -> None:
    sentences = {
        (one.lang, one.id): {-1: one.title, **dict(enumerate(sentences_of(one)))}
        for one in sample_report.documents
    }
    for one in candidates:
        assert 1 <= len(one.examples) <= EXAMPLES, one.vi
        for example in one.examples:
            sides = (("vi", one.vi, example.vi, key_vi), ("en", one.en, example.en, key_en))
            for lang, form, place, key_of in sides:
                assert key_of(place.text[place.start : place.end]) == key_of(form)
                assert sentences[lang, place.document][place.sentence] == place.text  # type: ignore[index]
                assert place.document in one.documents
            assert example.probability is None or 0 <= example.probability <= 1


def test_an_example_of_the_parallel_channel_is_a_bead(
    candidates: list[Candidate], sample_report: Report
) -> None:
    for one in candidates:
        if one.channel == "comparable":
            assert [example.probability for example in one.examples] == [None], one.vi
            continue
        for example in one.examples:
            group = sample_report.beads[example.vi.document, example.en.document]
            assert any(
                example.vi.sentence in bead.vi and example.en.sentence in bead.en for bead in group
            ), one.vi


def test_both_channels_find_something(candidates: list[Candidate]) -> None:
    assert {one.channel for one in candidates} >= {"comparable", "both"}


def test_counts_are_those_of_the_pages(candidates: list[Candidate], sample_report: Report) -> None:
    ids = {one.id: one.lang for one in sample_report.documents}
    dates = {one.id: one.date for one in sample_report.documents}
    for one in candidates:
        vietnamese = [name for name in one.documents if ids[name] == "vi"]
        english = [name for name in one.documents if ids[name] == "en"]
        assert one.count >= len(vietnamese) >= 1, one.vi
        assert one.en_count >= len(english) >= 1, one.vi
        assert list(one.en_documents) == english, one.vi
        assert list(one.dates) == sorted(day for day in {dates[k] for k in vietnamese} if day)
    text = " ".join(
        f"{one.title} {one.text}" for one in sample_report.documents if one.lang == "vi"
    )
    ministry = next(one for one in candidates if one.vi == "Bộ Y tế")
    # At most, since a caption repeats the lead and a name may stand inside another.
    assert ministry.count <= len(re.findall("bộ y tế", text.lower()))


def test_mining_without_official_names(four: Aligned, encoder: Encoder) -> None:
    documents, pairs, beads = four
    assert len(documents) == 4
    found = mine_terms(iter(documents), iter(pairs), beads, encoder=encoder, known=())
    assert found
    assert all(one.evidence.get("official", 0) == 0 for one in found)
    assert {one.vi: one.en for one in found}["Bộ Y tế"] == "Ministry of Health"


def test_a_name_known_beforehand_weighs(encoder: Encoder) -> None:
    documents = [document("vi", *VI), document("en", *EN)]
    name = KnownName("trạm y tế xã", ("commune health station",), "unit", "made up")
    chances = [
        next(
            one.probability
            for one in mine_terms(
                documents, [DocumentPair("a", "a", 1.0)], {}, encoder=encoder, known=known
            )
            if one.vi == "trạm y tế xã" and key_en(one.en) == "commune health station"
        )
        for known in ((), (name,))
    ]
    assert chances[0] < chances[1]
    assert chances[1] > 0.9


def test_one_id_in_both_languages_names_two_documents(encoder: Encoder) -> None:
    """A release and its coverage may have one file name in two folders."""
    pairs = [DocumentPair("a", "a", 1.0)]
    beads = align_sentences(VI, EN, encoder=encoder)
    found = mine_terms(
        [document("vi", *VI), document("en", *EN)], pairs, {("a", "a"): beads}, encoder=encoder
    )
    renamed = mine_terms(
        [document("vi", *VI), document("en", *EN, name="b")],
        [DocumentPair("a", "b", 1.0)],
        {("a", "b"): beads},
        encoder=encoder,
    )
    assert [(one.vi, one.en, one.probability) for one in found] == [
        (one.vi, one.en, one.probability) for one in renamed
    ]
    ministry = next(one for one in found if one.vi == "Bộ Y tế")
    assert (ministry.en, ministry.count, ministry.en_count) == ("Ministry of Health", 2, 2)
    for example in ministry.examples:
        assert example.vi.text in VI
        assert example.en.text in EN


@pytest.mark.parametrize(
    ("documents", "pairs", "why"),
    [
        ([], [], "no documents"),
        ([document("vi", *VI)], [], "one language"),
        ([document("en", *EN)], [], "the other"),
        ([document("vi", "!"), document("en", "?")], [DocumentPair("a", "a", 1.0)], "no phrase"),
        ([document("vi"), document("en")], [DocumentPair("a", "a", 1.0)], "no paragraph"),
        ([document("vi", *VI), document("en", *EN)], [], "documents that are near no other"),
    ],
)
def test_where_there_is_nothing_nothing_is_offered(
    documents: list[Document], pairs: list[DocumentPair], why: str, encoder: Encoder
) -> None:
    assert mine_terms(documents, pairs, {}, encoder=encoder) == [], why


def test_a_single_phrase_on_each_side_is_enough(encoder: Encoder) -> None:
    found = mine_terms(
        [document("vi", "Theo Bộ Y tế."), document("en", "So the Ministry of Health.")],
        [DocumentPair("a", "a", 1.0)],
        {},
        encoder=encoder,
    )
    assert ("Bộ Y tế", "Ministry of Health") in [(one.vi, one.en) for one in found]


def test_what_stands_in_translated_sentences_alone_is_not_compared(encoder: Encoder) -> None:
    """A file of sentence pairs is one document; its terms are not all compared with all."""
    rows = [VI, EN]
    beads = [Bead((i,), (i,), 1.0, "translation", {"given": 1.0}) for i in range(2)]
    found = mine_terms(
        [document("vi", *rows[0]), document("en", *rows[1])],
        [DocumentPair("a", "a", 1.0)],
        {("a", "a"): beads},
        encoder=encoder,
        known=(),
    )
    best = {one.vi: one.en for one in found}
    assert best["Bộ Y tế"] == "Ministry of Health"
    assert "comparable" not in {one.channel for one in found}


def test_of_a_term_and_the_same_and_more_one_keeps_its_rank() -> None:
    def one(vi: str, en: str, probability: float) -> Candidate:
        return Candidate(
            vi, en, probability, "institution", 1, ("a",), (), (), "parallel", termhood=0.8
        )

    found = {
        each.vi: each.termhood
        for each in mine._without_echoes(
            [
                one("Sở Y tế tỉnh", "Department of Health", 0.8),
                one("Sở Y tế", "Department of Health", 0.9),
                one("Bộ Y tế", "Ministry of Health", 0.9),
                one("ngành y tế", "departments of health", 0.9),
            ]
        )
    }
    assert found == {"Sở Y tế": 0.8, "Sở Y tế tỉnh": 0.4, "Bộ Y tế": 0.8, "ngành y tế": 0.8}


def test_the_names_other_programs_rely_on() -> None:
    assert glossary.mine_terms is mine_terms
    assert glossary.Candidate is Candidate
    with pytest.raises(AttributeError, match="no_such_name"):
        glossary.no_such_name  # noqa: B018
