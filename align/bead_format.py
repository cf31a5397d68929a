"""The line format of beads that people diff: ``[0, 1]:[0]:0.93``, ``:partial`` behind partial ones.

Vietnamese indices, English indices, probability; the format of Vecalign's gold files (Thompson &
Koehn 2019) with a field more. Gold files and output share this one reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from align.model import Bead, Relation, SongnguError

_LINE = re.compile(
    r"\s*\[(?P<vi>[\d,\s]*)\]\s*:\s*\[(?P<en>[\d,\s]*)\]\s*"
    r"(?::\s*(?P<probability>(?:\d+(?:\.\d*)?(?:e-\d+)?|\.\d+)?)\s*)?(?::\s*(?P<relation>\w*)\s*)?"
)


def write_beads(beads: Iterable[Bead]) -> str:
    """One bead a line, nulls too.

    >>> write_beads([Bead((0, 1), (0,), .93, "translation"), Bead((2,), (), .8, "none")])
    '[0, 1]:[0]:0.93\\n[2]:[]:0.8\\n'
    """
    return "".join(
        f"{list(bead.vi)}:{list(bead.en)}:{bead.probability:g}"
        + (":partial" if bead.relation == "partial" else "")
        + "\n"
        for bead in beads
    )


def read_beads(text: str, *, path: str = "beads") -> list[Bead]:
    """The beads of `write_beads` or of a gold file; empty lines and ``#`` comments are skipped.

    Raises `SongnguError` naming *path* and line where a line is no bead.
    """
    beads: list[Bead] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise SongnguError(f"{path}:{number}: no bead like '[0, 1]:[0]:0.93': {line[:60]!r}")
        vi, en = (tuple(map(int, re.findall(r"\d+", match[side]))) for side in ("vi", "en"))
        named = match["relation"] or "translation"
        if named not in ("translation", "partial", "none"):
            raise SongnguError(f"{path}:{number}: unknown relation {named!r}")
        if (not vi and not en) or len(set(vi)) < len(vi) or len(set(en)) < len(en):
            raise SongnguError(f"{path}:{number}: a bead without or with repeated sentences")
        if match["relation"] and (named == "none") != (not vi or not en):
            raise SongnguError(f"{path}:{number}: relation {named!r} does not go with its sides")
        relation: Relation = named if vi and en else "none"  # type: ignore[assignment]
        beads.append(Bead(vi, en, float(match["probability"] or 1), relation))
    return beads
