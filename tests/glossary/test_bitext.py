"""Ready-made sentence pairs: files in three formats, beads, and a build with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.model import Bead, SongnguError
from align.tmx import Unit, write_tmx
from align.tmx_read import read_tmx
from glossary.bitext import as_documents, given_beads, read_bitext

PAIRS = [
    ("Bộ Y tế họp. Ông An nói.", "The Ministry of Health met, and Mr An spoke."),
    ("Hai bên ký kết.", "The two sides signed."),
]
TMX = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header/><body>
<tu><tuv xml:lang="EN-GB"><seg>The <bpt i="1">&lt;b&gt;</bpt>Ministry<ept i="1"/> met.
</seg></tuv><tuv xml:lang="vi"><seg>Bộ <hi>Y tế</hi> họp.</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>Non.</seg></tuv><tuv xml:lang="vi"><seg>Không.</seg></tuv></tu>
</body></tmx>"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tsv", "vi\ten\n" + "\n".join("\t".join(pair) for pair in PAIRS)),
        ("a.tsv", "\n".join("\t".join(pair[::-1]) for pair in PAIRS)),  # told by the texts
        (
            "a.po",
            'msgid ""\nmsgstr "Language: en\\n"\n\n'
            + "\n\n".join(f'msgid "{vi}"\nmsgstr "{en}"' for vi, en in PAIRS),
        ),
    ],
)
def test_tables_and_catalogues(name: str, text: str) -> None:
    assert read_bitext(text.encode(), name) == PAIRS


def test_tmx_of_our_own_and_of_others() -> None:
    units = [Unit(vi, en, Bead((0,), (0,), 0.9, "translation")) for vi, en in PAIRS]
    assert read_bitext(write_tmx(units, version="0"), "a.tmx") == PAIRS
    # Codes of the format, regions, other languages, a DTD that is not there.
    assert read_tmx(TMX.encode(), "a.tmx") == [("Bộ Y tế họp.", "The Ministry met.")]


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("a.tmx", b"<tmx><body><tu></body>", "a.tmx:1: no XML"),
        ("a.tmx", b"<html/>", "a.tmx: no TMX: the outermost element is <html>"),
        ("a.doc", b"", "a.doc: no bitext; there are .tmx, .po, .tsv, .txt"),
        ("a.tsv", b"one side\n", "a.tsv:1: no tab"),
        ("a.tsv", b"B\xed\t\xff\n", "a.tsv:1: not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told(name: str, raw: bytes, message: str) -> None:
    with pytest.raises(SongnguError) as told:
        read_bitext(raw, name)
    assert message in str(told.value)


def test_an_entity_is_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", "utf-8")
    bomb = TMX.replace('SYSTEM "tmx14.dtd"', f'[<!ENTITY x SYSTEM "{tmp_path}/secret">]')
    found = read_tmx(bomb.replace("Bộ <hi>", "Bộ &x;<hi>").encode(), "a.tmx")
    assert "secret" not in str(found)


def test_a_pair_of_several_sentences_is_one_bead() -> None:
    assert [(bead.vi, bead.en) for bead in given_beads(*as_documents(PAIRS, "a.tsv"))] == [
        ((0, 1), (0,)),
        ((2,), (1,)),
    ]


def test_given_pairs_become_beads_and_evidence_of_a_build(tmp_path: Path) -> None:
    from align.project import find_project
    from align.store import Workspace
    from glossary.build import build, stale

    rows = [("Bộ Y tế họp ở Hà Nội.", "The Ministry of Health met in Hanoi."), *PAIRS]
    (tmp_path / "memory.tsv").write_text("\n".join("\t".join(row) for row in rows), "utf-8")
    (tmp_path / "songngu.yaml").write_text("bitext: ['*.tsv']\n", "utf-8")
    project = find_project(tmp_path, Path())
    report = build(project)
    assert [(pair.vi, pair.en, pair.score) for pair in report.pairs] == [
        ("memory.tsv", "memory.tsv", 1.0)
    ]
    assert [bead.probability for bead in report.beads["memory.tsv", "memory.tsv"]] == [1.0] * 3
    assert any(one.vi == "Bộ Y tế" and one.en == "Ministry of Health" for one in report.candidates)
    assert not build(project).mined
    with Workspace(project.state) as workspace:
        assert stale(project, workspace) == []
        (tmp_path / "memory.tsv").write_text("a\tb\n", "utf-8")
        assert stale(project, workspace)[0].startswith("memory.tsv (vi): new or changed")
