"""Encoders: texts of both languages as vectors of one space."""

from __future__ import annotations

from functools import lru_cache

from align.encoder.protocol import Encoder
from align.model import SongnguError

DEFAULT = "e5-small"

__all__ = ["DEFAULT", "Encoder", "load_encoder"]


def load_encoder(name: str = DEFAULT, *, device: str | None = None) -> Encoder:
    """The encoder of that name: ``e5-small``, or ``hub:NAME`` with NAME a model of the hub or a
    local folder. Loaded once a process.

    *device* is for ``hub:`` encoders (``cpu``, ``cuda``). Raises `MissingExtra` where its part of
    the installation is absent and `SongnguError` where the name is unknown or cannot be loaded.
    """
    return _load(name, device)


@lru_cache(maxsize=2)
def _load(name: str, device: str | None) -> Encoder:
    if name == DEFAULT:
        from align.encoder.e5 import E5Encoder

        return E5Encoder()
    if name.startswith("hub:") and len(name) > 4:
        from align.encoder.hub import HubEncoder

        return HubEncoder(name[4:], device=device)
    raise SongnguError(f"unknown encoder {name!r}; use '{DEFAULT}' or 'hub:NAME'")
