"""Whether a word is a Vietnamese syllable by its spelling: onset, rhyme, and a tone that fits."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ONSETS = (
    "ngh", "ng", "nh", "gh", "gi", "kh", "ch", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h",
    "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_RHYMES = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em"
    " en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt"
    " iêu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen"
    " oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng"
    " uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uynh uyn"
    " uyt uyp uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên"
    " yêng yêt yêu".split()
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPPED = ("c", "ch", "p", "t")


@lru_cache(65536)
def is_syllable(word: str) -> bool:
    """Whether *word* is spelled like a Vietnamese syllable, in any case.

    >>> [is_syllable(word) for word in ("Bộ", "tế", "nghiêng", "quyết", "ministry", "bổch", "été")]
    [True, True, True, True, False, False, False]
    """
    toneless, tones = [], []
    for letter in unicodedata.normalize("NFC", word).lower():
        marks = unicodedata.normalize("NFD", letter)
        tones += [mark for mark in marks if mark in _TONES]
        toneless.append(
            unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
        )
    if len(tones) > 1:
        return False
    bare = "".join(toneless)
    # A syllable that ends in a stop has the rising or the heavy tone.
    if bare.endswith(_STOPPED) and tones and tones[0] not in "\u0301\u0323":
        return False
    return any(
        bare.startswith(onset)
        and (bare[len(onset) :] in _RHYMES or (onset in ("gi", "qu") and bare == onset))
        for onset in _ONSETS
    )
