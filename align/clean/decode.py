"""Bytes of a page to text."""

from __future__ import annotations

import codecs
import unicodedata

from align.clean.legacy import written_in_lines
from align.model import NoArticle

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _western(byte: int) -> str:
    """A byte as windows-1252 has it, as Latin-1 where that has nothing."""
    return bytes((byte,)).decode("cp1252", errors="ignore") or chr(byte)


def decode(raw: bytes) -> str:
    """The text of *raw*: by its byte-order mark, as UTF-8, else as windows-1258; as windows-1252
    where that shows one of the encodings from before Unicode, which `legacy` reads.

    Raises `NoArticle` for bytes that are no text.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as error:
                raise NoArticle(f"not valid {encoding} after its byte-order mark") from error
    head = raw[:65536]
    if (
        head.count(0)
        or sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head) > len(head) / 50
    ):
        raise NoArticle("a binary file, not a page of text")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        western = "".join(_western(byte) for byte in raw)
        if any(written_in_lines(western.splitlines())):
            return western
        # windows-1258 writes tones as separate marks behind the vowel.
        return unicodedata.normalize("NFC", raw.decode("cp1258", errors="replace"))
