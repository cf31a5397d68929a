"""Sentences of two texts to beads: which say the same, which share a clause, which stand alone.

Four steps. *Mine* (`align.candidates`): for each sentence the few most similar of the other side,
and the merges around them. *Judge* (`align.relation`): evidence becomes a probability. *Look
closer* (`align.closer`): where a doubt is left, merged sentences and single clauses are really
embedded, the neighbours are asked, and the candidate is judged again. *Choose* (`align.choose`): a
monotone path by dynamic programming (beads of up to 1-3, as in Gale & Church 1993; unmatched
sentences cost nothing), then what crosses that path, best first. Nothing is forced: a sentence
without a partner stays alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from align.arrays import FloatArray
from align.background import Background, load_background
from align.candidates import Candidates, measured
from align.choose import beads_of, with_nulls
from align.closer import look_closer
from align.encoder import Encoder, load_encoder
from align.model import Bead, Lang
from align.relation import contradicted, load_model, relation_probabilities, swap_rates
from align.sides import Sentence, look_at
from align.threads import one_thread


def align_sentences(
    vi: Sequence[str], en: Sequence[str], *, encoder: Encoder | None = None
) -> list[Bead]:
    """Beads in the order of the Vietnamese side, unmatched English sentences last.

    Every index of both sides is in exactly one bead. A bead with an empty side has relation
    ``none`` and as probability that its sentence has no partner; the probability of another is
    that both grouping and relation are right.
    """
    encoder = encoder or load_encoder()
    background = load_background(encoder)
    return align_looked(
        look_at(vi, "vi", encoder, background["vi"]),
        look_at(en, "en", encoder, background["en"]),
        encoder,
        background,
    )


def align_looked(
    vi: Sequence[Sentence],
    en: Sequence[Sentence],
    encoder: Encoder,
    background: Mapping[Lang, Background],
) -> list[Bead]:
    """`align_sentences` for sides whose sentences were looked at already."""
    if not vi or not en:
        return with_nulls([], np.ones(len(vi)), np.ones(len(en)))
    return beads_of(*judge(vi, en, encoder, background), len(vi), len(en))


def judge(
    vi: Sequence[Sentence],
    en: Sequence[Sentence],
    encoder: Encoder,
    background: Mapping[Lang, Background],
) -> tuple[Candidates, FloatArray]:
    """Every candidate bead with its evidence, and [candidates, 3] probabilities of `RELATIONS`."""
    with one_thread():
        candidates = measured(vi, en, background, load_model("glance"), load_model("merges"))
    chances = relation_probabilities(candidates.measures, load_model("first"))
    places, closer = look_closer(candidates, chances, vi, en, encoder, background)
    candidates.measures[places] = closer
    chances[places] = relation_probabilities(closer, load_model("closer"))
    return candidates, contradicted(chances, candidates.measures, swap_rates())
