"""Templates of cues: ``{section}: {task} ({over} over)``, read once, filled in often.

Placeholders are names and nothing else: no attribute, index or format can be asked for. An empty
one takes a separator beside it along; what stands in round brackets goes when all placeholders in
it are empty. Separators in a song's own words are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bridge.errors import Invalid

SEPARATORS = " :,;/|·–—-"  # noqa: RUF001 - the dash that people write is meant
"""What joins two placeholders, and goes when one of them is empty."""

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_GROUP = re.compile(r"\(([^()]*)\)")

Value: TypeAlias = Callable[[str], str]
"""Gives the words for a placeholder's name; the empty text for one that has none."""


@dataclass(frozen=True, slots=True)
class _Name:
    name: str


@dataclass(frozen=True, slots=True)
class _Group:
    """The inside of round brackets that hold a placeholder."""

    parts: tuple[str | _Name, ...]


_Part: TypeAlias = str | _Name | _Group


@dataclass(frozen=True, slots=True)
class Template:
    """A template as read. ``names`` are its placeholders."""

    parts: tuple[_Part, ...]
    names: frozenset[str]

    def fill(self, value: Value) -> str:
        """Return the text with each placeholder's words."""
        words = [part if type(part) is str else _words(part, value) for part in self.parts]
        return "".join(words) if all(words) else _joined(self.parts, words)


def read(text: str) -> Template:
    """Read a template; ``{{`` and ``}}`` are braces. Raises Invalid for a brace that is alone."""
    parts: list[_Part] = []
    end = 0
    for group in _GROUP.finditer(text):
        inside = tuple(_plain(group[1]))
        if any(isinstance(part, _Name) for part in inside):
            parts += [*_plain(text[end : group.start()]), _Group(inside)]
            end = group.end()
    parts += _plain(text[end:])
    return Template(tuple(parts), frozenset(_names(parts)))


def literal(text: str) -> Template:
    """Return a template that says `text`, braces and all."""
    return Template((text,) if text else (), frozenset())


def _plain(text: str) -> Iterator[str | _Name]:
    said, end = "", 0
    for token in _TOKEN.finditer(text):
        said, end = said + text[end : token.start()], token.end()
        if token[1] is not None:
            if said:
                yield said
            yield _Name(token[1].strip())
            said = ""
        elif token[0] in "{}":
            raise Invalid(f"found {token[0]} alone; write {token[0] * 2} for a brace")
        else:
            said += token[0][0]
    if said + text[end:]:
        yield said + text[end:]


def _names(parts: Sequence[_Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, _Name):
            yield part.name
        elif isinstance(part, _Group):
            yield from _names(part.parts)


def _words(part: _Part, value: Value) -> str:
    if isinstance(part, _Name):  # no `match`: it takes three times as long, on the way of a press
        return value(part.name)
    if isinstance(part, str):
        return part
    words = [_words(inside, value) for inside in part.parts]
    told = any(word for one, word in zip(part.parts, words, strict=True) if one != word)
    return f"({_joined(part.parts, words)})" if told else ""


def _joined(parts: Sequence[_Part], words: Sequence[str]) -> str:
    """Join `words`, of which some are empty: of the separators beside such a gap the first stays."""
    out, ours, gap = (
        "",
        0,
        False,
    )  # `ours` is where the template's own words after the last value begin
    for part, word in zip(parts, words, strict=True):
        if not isinstance(part, str):
            out, gap = out + word, not word
            ours = len(out) if word else ours
        elif gap and (not out or out[ours:].endswith(tuple(SEPARATORS))):
            out += word.lstrip(SEPARATORS)
            gap = not word.strip(SEPARATORS)
        else:
            out, gap = out + word, False
    return out[:ours] + out[ours:].rstrip(SEPARATORS) if gap else out
