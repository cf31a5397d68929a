"""English forms of one term: plural and possessive by rule, exceptions by list.

`singular` gives a word that can be shown; `stem` only a key that a noun and its plural share.
"""

from __future__ import annotations

import re

from align.text import fold

_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "people": "people", "staff": "staff",
    "news": "news", "series": "series", "analyses": "analysis", "crises": "crisis",
    "physics": "physics", "philippines": "philippines", "politics": "politics", "mice": "mouse",
    "viruses": "virus", "campuses": "campus", "buses": "bus", "bonuses": "bonus",
    "diagnoses": "diagnosis", "lenses": "lens", "lens": "lens", "gases": "gas",
    "statuses": "status",
}  # fmt: skip


def key_en(text: str) -> str:
    """What makes two English forms one term: case, article and plural of the last word aside.

    >>> key_en("the friendship hospitals"), key_en("Health Ministries"), key_en("Laos")
    ('friendship hospital', 'health ministry', 'laos')
    """
    words = fold(text).removeprefix("the ").split()
    if words:
        words[-1] = singular(words[-1])
    return " ".join(words)


def singular(word: str) -> str:
    """An English noun without its plural ending, by rule.

    >>> [singular(w) for w in ("diseases", "ministries", "laos", "diagnosis", "access", "men")]
    ['disease', 'ministry', 'laos', 'diagnosis', 'access', 'man']
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "aos")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


_STEM = {
    **{plural: plural[:-3] + ending for ending, plurals in {
        "f": ("halves", "shelves", "selves", "leaves", "thieves", "calves", "wolves", "loaves"),
        "fe": ("lives", "wives", "midwives", "housewives", "knives"),
    }.items() for plural in plurals},
    "children": "child", "people": "person", "persons": "person", "teeth": "tooth",
    "feet": "foot", "mice": "mous", "bacteria": "bacterium", "criteria": "criterion",
    "phenomena": "phenomenon", "lens": "lens", "lenses": "lens", "gas": "gas", "gases": "gas",
    "news": "news", "series": "series", "species": "species", "physics": "physics",
    "politics": "politics", "philippines": "philippines",
}  # fmt: skip
_KEPT_S = re.compile("(?:ss|us|aos|ias)$")
_SIBILANT_ES = re.compile("(?:(?<=[sxzo])|(?<=ch)|(?<=sh))es$")
_SIBILANT_E = re.compile("(?:(?<=[sxzo])|(?<=ch)|(?<=sh))e$")


def stem(word: str) -> str:
    """What an English noun in lower case has in common with its plural; not a word.

    >>> [stem(w) == stem(v) for w, v in (("headache", "headaches"), ("virus", "viruses"),
    ...     ("diagnosis", "diagnoses"), ("chairman", "chairmen"), ("hero", "heroes"))]
    [True, True, True, True, True]
    >>> stem("lao") == stem("laos")
    False
    """
    if word in _STEM:
        return _STEM[word]
    if len(word) > 3:
        if _SIBILANT_ES.search(word):
            word = word[:-2]
        elif word.endswith("ies"):
            word = word[:-3] + "y"
        elif word.endswith("is"):
            word = word[:-2]
        elif (word.endswith("s") and not _KEPT_S.search(word)) or _SIBILANT_E.search(word):
            word = word[:-1]
    if word.endswith("ie"):
        return word[:-2] + "y"
    return word[:-3] + "man" if word.endswith("men") else word
