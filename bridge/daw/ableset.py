"""Names of locators that AbleSet does not read as its own notation.

AbleSet runs shows from Live's locators: ``>`` and ``>>`` before a name make it a section, ``{…}`` is
a description, ``STOP`` stops the song. What a task is called must not do any of that.
"""

from __future__ import annotations

import re

from bridge.daw.words import one_line

_ARROWS = re.compile(r"^\s*>[>\s]*")
_STOP = re.compile(r"\bSTOP\b")
_BRACES = str.maketrans("{}", "()")
_STOPS = frozenset(("stop",))


def without_notation(name: str) -> str:
    """Return `name`, nearly as it was, so that AbleSet reads nothing in it; never empty if it was not.

    Arrows at the beginning become ``»``, braces round brackets, ``STOP`` is no longer in capitals,
    and stands in quotation marks where it is all there is. Where in a name AbleSet looks is not
    written down, so braces and ``STOP`` are changed everywhere.
    """
    plain = _STOP.sub("Stop", name.translate(_BRACES))
    if plain.strip().casefold() in _STOPS:
        return f"“{plain.strip()}”"
    return _ARROWS.sub("» ", plain) if ">" in plain else plain


def locator_name(name: str, *, ableset: bool) -> str:
    """Return a cue's name as a locator may have it: one line, not empty; safe beside AbleSet, too."""
    line = one_line(name) or "Songbridge"
    return without_notation(line) if ableset else line
