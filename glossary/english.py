"""English forms of one term: plural and possessive by rule, exceptions by list."""

from __future__ import annotations

from align.text import fold

_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "people": "people", "staff": "staff",
    "news": "news", "series": "series", "analyses": "analysis", "crises": "crisis",
    "physics": "physics", "philippines": "philippines", "politics": "politics", "mice": "mouse",
    "viruses": "virus", "campuses": "campus", "buses": "bus", "bonuses": "bonus",
    "diagnoses": "diagnosis", "lenses": "lens", "gases": "gas", "statuses": "status",
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
