"""Clauses of a sentence: what two retellings may share where the whole sentences differ."""

from __future__ import annotations

import re

from align.sides import Sentence

SEAM = re.compile(r"[,;:–—]|\s-\s")
"""Where a clause may end."""

LEAST_WORDS = 3
"""Words of the shortest clause; shorter ones belong to the one before."""

MOST = 6
"""Clauses told apart in a sentence; all that follow are one."""


def clause_runs(sentence: Sentence) -> list[str]:
    """The texts of one or more neighbouring clauses, the whole sentence left out; none where it
    has but one.

    "A, B, C" has the runs A; A, B; B; B, C and C.
    """
    bounds = [0]
    for seam in SEAM.finditer(sentence.text):
        before = sum(end <= seam.start() for _, end in sentence.words)
        if before >= bounds[-1] + LEAST_WORDS:
            bounds.append(before)
    count = len(sentence.words)
    while len(bounds) > 1 and count - bounds[-1] < LEAST_WORDS:
        bounds.pop()
    bounds = [*bounds[:MOST], count]
    last = len(bounds) - 1
    return [
        sentence.text[sentence.words[bounds[i]][0] : sentence.words[bounds[j] - 1][1]]
        for i in range(last)
        for j in range(i + 1, last + 1)
        if (i, j) != (0, last)
    ]
