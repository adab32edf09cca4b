"""Single fields of a layout's file: controls, colours. Each raises `InvalidFile`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.errors import Invalid
from bridge.files import fields
from bridge.files.toml_faults import found, unknown
from bridge.surface import pattern
from bridge.surface.roles import COLOURS

if TYPE_CHECKING:
    from bridge.files.toml import Document, KeyPath
    from bridge.messages import Colour


def patterns(document: Document, key: KeyPath, on: str | list[str]) -> tuple[pattern.Pattern, ...]:
    """Return the controls that `on` names, at least one word."""
    texts = [on] if isinstance(on, str) else on
    if not texts:
        raise document.error(key, 'is empty; needed: names of controls such as "pad.1-6.*"')
    try:
        return tuple(pattern.parse(text) for text in texts)
    except Invalid as wrong:
        raise document.error(key, str(wrong)) from None


def colour(document: Document, key: KeyPath, text: str, words: tuple[str, ...] = ()) -> Colour:
    """Return the colour that `text` writes, or names; or `text` itself where it is of `words`."""
    if text in words:
        return text
    if text.startswith("#"):
        return fields.colour(document, key, text)
    if text not in COLOURS:
        allowed = [*words, *COLOURS, '"#RRGGBB"']
        raise document.error(key, f"found {found(text)}; {unknown(text, allowed)}")
    return COLOURS[text]
