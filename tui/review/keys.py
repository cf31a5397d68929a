"""The keys of the review, in one table: bindings, key line, help and documentation read it.

Primary keys are no letters. Vietnamese input methods rewrite letters on their way (Telex turns
``aa`` into â by sending a Backspace), so letters are aliases only, go silent as soon as an input
method shows itself, and Backspace does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that can be done."""

    action: str
    """Name of the method ``action_…`` of the app."""
    keys: tuple[str, ...]
    """As Textual names them."""
    shown: str
    """The main key, as people read it."""
    label: str
    """For the key line; one word."""
    help: str
    letters: tuple[str, ...] = ()
    """Aliases."""
    rank: int = 0
    """Place in the key line, 1 first; 0: in the help only."""


KEYS = (
    Key("accept", ("enter",), "Enter", "Accept", "Accept the best translation", ("a",), 1),
    Key("reject", ("minus", "delete"), "-", "Reject", "Reject: no term, or none fits", ("x",), 2),
    Key("skip", ("space",), "Space", "Skip", "Skip: decide later", ("s",), 3),
    *(
        Key(
            f"choose({number})", (str(number),), "1-9", "Choose",
            f"Accept translation {number}", (), 4 if number == 1 else 0,
        )
        for number in range(1, 10)
    ),
    Key("undo", ("ctrl+z",), "^Z", "Undo", "Undo the last decision, of any day", ("u",), 5),
    Key("redo", ("ctrl+y",), "^Y", "Redo", "Redo what was undone", ("U",)),
    Key("search", ("slash",), "/", "Find", "Find: letters without marks find any mark", (), 6),
    Key("clear", ("escape",), "Esc", "Clear", "Leave the search, show every row"),
    Key("context(1)", ("right_square_bracket",), "]", "Context", "Next sentences"),
    Key("context(-1)", ("left_square_bracket",), "[", "Context", "Previous sentences"),
    Key("move(1)", ("down",), "↓", "Down", "Next row", ("j",)),
    Key("move(-1)", ("up",), "↑", "Up", "Previous row", ("k",)),
    Key("page(1)", ("pagedown",), "PgDn", "Page", "One page down"),
    Key("page(-1)", ("pageup",), "PgUp", "Page", "One page up"),
    Key("edge(-1)", ("home",), "Home", "First", "First row"),
    Key("edge(1)", ("end",), "End", "Last", "Last row"),
    Key("keys", ("question_mark", "f1"), "?", "Keys", "Show these keys", (), 7),
    Key("leave", ("ctrl+q",), "^Q", "Quit", "Save and quit", ("q",)),
)  # fmt: skip

LETTERS = {letter: key.action for key in KEYS for letter in key.letters}
"""Alias: action."""


def key_line() -> list[tuple[str, str]]:
    """Key and label of the actions in the key line, the most needed first."""
    ranked = sorted((key for key in KEYS if key.rank), key=lambda key: key.rank)
    return [(key.shown, key.label) for key in ranked]


def key_help() -> list[tuple[str, str]]:
    """Every key with its letters, and what it does; numbers are one line."""
    lines = []
    for key in KEYS:
        if key.action.startswith("choose"):
            if key.action == "choose(1)":
                lines.append(("1-9", "Accept the translation with this number"))
            continue
        lines.append((" ".join((key.shown, *key.letters)), key.help))
    return lines
