"""What aligned sentences and near documents say of two terms, on words of known vectors."""

from __future__ import annotations

import numpy as np
import pytest

import glossary.comparable as comparable
from align.background import load_background
from align.encoder import Encoder
from align.model import Bead, Document, Lang
from glossary.comparable import AloneVectors, Near, comparable_channel, dictionary_pairs
from glossary.contexts import Sentences, content_inside, document_contexts, placed
from glossary.inventory import TITLE, Term, collect
from glossary.model import Place
from glossary.parallel import KEPT, Parallel, parallel_channel

VI = ("Bộ Y tế mở bệnh viện mới.", "Bệnh viện có 200 giường.")
EN = ("The Ministry of Health opened a new hospital.", "The hospital has 200 beds.")


def document(lang: Lang, *paragraphs: str, name: str = "a") -> Document:
    return Document(name, lang, "", None, "", "", "", paragraphs)


def term(lang: Lang, key: str, *places: tuple[str, int, str]) -> Term:
    """A term at its first standing in each (document, index, sentence)."""
    found = Term(key, lang)
    for name, index, sentence in places:
        start = sentence.lower().index(key)
        found.places.append(Place(name, index, start, start + len(key), sentence))
        found.surfaces[sentence[start : start + len(key)]] += 1
    return found


@pytest.fixture
def sentences(encoder: Encoder) -> Sentences:
    documents = [document("vi", *VI), document("en", *EN)]
    return Sentences(documents, encoder, load_background(encoder))


@pytest.fixture
def ministry() -> Term:
    return term("vi", "bộ y tế", ("a", 0, VI[0]))


@pytest.fixture
def hospital() -> Term:
    return term("vi", "bệnh viện", ("a", 0, VI[0]), ("a", 1, VI[1]))


EN_HOSPITAL = term("en", "hospital", ("a", 0, EN[0]), ("a", 1, EN[1]))
EN_MINISTRY = term("en", "ministry of health", ("a", 0, EN[0]))


def channel(vi: list[Term], en: list[Term], beads: list[Bead], sentences: Sentences) -> Parallel:
    return parallel_channel(vi, en, {("a", "a"): beads}, sentences)


def translated(chance: float = 1.0) -> list[Bead]:
    return [Bead((i,), (i,), chance, "translation") for i in range(2)]


def test_linked_terms_are_found_with_their_places(
    ministry: Term, hospital: Term, sentences: Sentences
) -> None:
    found = channel([ministry, hospital], [EN_MINISTRY, EN_HOSPITAL], translated(), sentences)
    assert set(found.linked) == {(0, 0), (1, 1)}
    pair = found.linked[1, 1]
    assert (pair.places, pair.weight) == (2, pytest.approx(2.0, abs=0.01))
    assert [(vi.sentence, en.sentence) for vi, en, *_ in pair.best] == [(0, 0), (1, 1)]
    assert 0.3 < pair.context / pair.places <= 1
    assert found.reach[0].tolist() == [1, 2]
    assert found.reach[1].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("beads", "weight", "why"),
    [
        (translated(0.5), 1.0, "a bead weighs its probability"),
        ([Bead((0,), (0,), 1.0, "partial")], 0.5, "a bead that shares a clause half"),
        ([Bead((0,), (0,), 1.0, "none")], None, "no bead"),
        ([Bead((0,), (), 0.9, "translation")], None, "a side left alone"),
        ([Bead((0, 1), (0, 1), 1.0, "translation")], 2.0, "two by two sentences are one text"),
        ([Bead((0,), (7,), 1.0, "translation")], None, "a sentence that is not there"),
    ],
)
def test_what_a_bead_weighs(
    hospital: Term, sentences: Sentences, beads: list[Bead], weight: float | None, why: str
) -> None:
    found = channel([hospital], [EN_HOSPITAL], beads, sentences)
    if weight is None:
        assert found.linked == {}, why
    else:
        assert found.linked[0, 0].weight == pytest.approx(weight, abs=0.02), why


def test_a_term_that_holds_more_than_its_partner_is_linked_less(
    hospital: Term, sentences: Sentences
) -> None:
    longer = term("en", "new hospital", ("a", 0, EN[0]))
    found = channel([hospital], [EN_HOSPITAL, longer], [translated()[0]], sentences)
    assert found.linked[0, 0].weight > found.linked.get((0, 1), found.linked[0, 0]).weight - 1e-9
    assert (0, 1) not in found.linked or found.linked[0, 1].weight < found.linked[0, 0].weight


def test_of_many_places_the_surest_are_kept(encoder: Encoder) -> None:
    many = 5 * KEPT
    documents = [document("vi", *[VI[1]] * many), document("en", *[EN[1]] * many)]
    sentences = Sentences(documents, encoder, load_background(encoder))
    vi = term("vi", "bệnh viện", *(("a", i, VI[1]) for i in range(many)))
    en = term("en", "hospital", *(("a", i, EN[1]) for i in range(many)))
    beads = [Bead((i,), (i,), (i + 1) / many, "translation") for i in range(many)]
    pair = channel([vi], [en], beads, sentences).linked[0, 0]
    assert pair.places == many
    assert [bead for *_, bead, _ in pair.best] == [1 - k / many for k in range(KEPT)]


def test_only_content_words_count(sentences: Sentences) -> None:
    sentence = sentences.look([("en", "a", 0)])["en", "a", 0]
    whole = Place("a", 0, 0, len(EN[0]), EN[0])
    inside = content_inside(sentence, [whole])[0]
    words = [EN[0][start:end] for start, end in sentence.words]
    assert [word for word, one in zip(words, inside, strict=True) if one] == [
        "Ministry", "Health", "opened", "new", "hospital",
    ]  # fmt: skip


def test_sentences_are_looked_at_once_and_unknown_ones_left_out(sentences: Sentences) -> None:
    keys = [("vi", "a", 0), ("vi", "a", 0), ("vi", "b", 0), ("vi", "a", TITLE)]
    first = sentences.look(keys)  # type: ignore[arg-type]
    assert list(first) == [("vi", "a", 0)]
    assert sentences.look(keys)["vi", "a", 0] is first["vi", "a", 0]  # type: ignore[arg-type]


def test_contexts_are_of_unit_length_and_in_order(
    ministry: Term, hospital: Term, sentences: Sentences
) -> None:
    order, vectors = document_contexts(
        ("vi", "a"), [TITLE, 0, 1], placed([ministry, hospital]), sentences
    )
    assert order == [0, 1]
    assert np.linalg.norm(vectors, axis=1).tolist() == pytest.approx([1, 1])


def test_a_document_without_terms_has_no_contexts(sentences: Sentences) -> None:
    assert document_contexts(("vi", "a"), [0, 1], {}, sentences)[0] == []


def compared(encoder: Encoder, vi: list[str], en: list[str]) -> dict[tuple[str, str], Near]:
    documents = [document("vi", *vi), document("en", *en)]
    background = load_background(encoder)
    terms = [list(collect([one], one.lang).values()) for one in documents]
    found = comparable_channel(
        *terms,
        [("a", "a")],
        {(one.lang, "a"): range(9) for one in documents},
        Sentences(documents, encoder, background),
        tuple(
            AloneVectors(some, lang, encoder, background[lang])  # type: ignore[arg-type]
            for some, lang in zip(terms, ("vi", "en"), strict=True)
        ),
    )
    return {(terms[0][i].key, terms[1][j].key): near for (i, j), near in found.items()}


def test_terms_of_near_documents_find_each_other(encoder: Encoder) -> None:
    found = compared(encoder, list(VI), list(EN))
    pair = found["bộ y tế", "ministry of health"]
    assert pair.mutual == 1
    assert pair.blocks == 1
    assert pair.nearness > max(
        near.nearness for key, near in found.items() if key[0] == "bộ y tế" and key[1] == "hospital"
    )


def test_parts_of_a_block_are_compared_as_the_whole(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = compared(encoder, list(VI), list(EN))
    monkeypatch.setattr(comparable, "ROWS", 2)
    parts = compared(encoder, list(VI), list(EN))
    # A part looks at the nearest of its own rows too, so that it may know more pairs.
    assert set(whole) <= set(parts)
    for key, near in whole.items():
        assert parts[key].nearness == pytest.approx(near.nearness, abs=1e-5), key
        assert parts[key].mutual == near.mutual, key


def test_documents_that_are_near_nothing_have_no_pairs(encoder: Encoder) -> None:
    assert compared(encoder, ["…"], list(EN)) == {}


def test_two_blocks_say_the_better(encoder: Encoder) -> None:
    one, two = Near(0.1, 0.5, 0.5, 0), Near(0.3, 0.2, 1.0, 1)
    assert one.or_better(two) == two.or_better(one) == Near(0.3, 0.5, 1.0, 1)


def test_pairs_the_dictionary_knows() -> None:
    found = dictionary_pairs(
        ["bệnh viện huyện", "Sở Y tế"], ["District hospital", "hospital", "sea"]
    )
    assert found[0, 0] == 1
    assert 0 < found[0, 1] < 1
    assert (0, 2) not in found


@pytest.mark.parametrize("most", [1, 3, 100])
def test_alone_vectors_are_the_same_however_many_are_kept(
    encoder: Encoder, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    background = load_background(encoder)["vi"]
    terms = list(collect([document("vi", *VI)], "vi").values())
    whole = AloneVectors(terms, "vi", encoder, background).of(range(len(terms)))
    monkeypatch.setattr(comparable, "MOST_TERMS", most)
    kept = AloneVectors(terms, "vi", encoder, background)
    for wanted in ([0], [0, 1, 0], [2, 1], range(len(terms)), [1]):
        np.testing.assert_array_equal(kept.of(list(wanted)), whole[list(wanted)])
