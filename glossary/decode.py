"""Bytes of files that people hand in, as text; nothing is guessed."""

from __future__ import annotations

import codecs
import re

from align.model import SongnguError

_CHARSET = re.compile(rb'"Content-Type:[^"\n]*charset=([\w.:-]+)', re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),  # what Excel calls Unicode text
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(raw: bytes, path: str) -> str:
    """The text of a file: by its byte-order mark, by the charset a catalogue names, else UTF-8.

    Line breaks become ``\\n``, a stray carriage return a space. Raises `SongnguError` with
    *path* and line where it is not that.
    """
    encoding = "utf-8"
    for mark, name in _MARKS:
        if raw.startswith(mark):
            raw, encoding = raw[len(mark) :], name
            break
    else:
        named = _CHARSET.search(raw[:8192])
        if named and named[1].upper() != b"CHARSET":  # as templates have it
            encoding = named[1].decode("ascii")
    try:
        text = raw.decode(encoding)
    except LookupError as error:
        raise SongnguError(f"{path}: the charset {encoding!r} is not known") from error
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SongnguError(f"{path}:{line}: not {encoding.upper()}; save it as UTF-8") from error
    except UnicodeError as error:
        raise SongnguError(f"{path}: cannot be read as {encoding} ({error})") from error
    if "\0" in text:
        raise SongnguError(f"{path}: a binary file, not text")
    text = text.replace("\r\n", "\n")
    # A lone return ends a line where nothing else does (old Macs); elsewhere it is left by pasting.
    return text.replace("\r", " " if "\n" in text else "\n")
