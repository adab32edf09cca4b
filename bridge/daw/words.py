"""Names and texts as they may go over a wire into a DAW: one line, bounded, encodable."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from bridge.daw.places import CLIP

LONGEST = 200
"""Characters. At 4 bytes each, with address and type tags, still below the 1024 bytes that REAPER
takes in one packet by default (``csurf`` line of reaper.ini)."""

_BREAKING = frozenset(("Cc", "Cs", "Cn", "Zl", "Zp"))
"""Unicode categories: controls, lone surrogates (no encoding has them), unassigned, line ends."""


@lru_cache(maxsize=512)
def track_of(place: str) -> str:
    """Return the track where `place` is a clip on it (``Bass / Chorus``), else nothing.

    For DAWs of which only tracks are coloured; a track that is called so in whole comes first.
    """
    track, cut, clip = place.partition(CLIP)
    return track.strip() if cut and clip.strip() else ""


def one_line(text: str) -> str:
    """Return `text` on one line without control characters, at most `LONGEST` characters long."""
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(c) in _BREAKING else c for c in text)
    return " ".join(text.split())[:LONGEST].rstrip()
