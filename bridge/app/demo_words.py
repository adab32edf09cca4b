"""What a device's lights show, in words: which changed, and to what."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from typing import Final

from bridge.app.demo_pads import OFF, Lit
from bridge.messages import Effect
from bridge.surface.colour import Rgb

_HUES: Final = (
    (15, "red"), (35, "orange"), (50, "amber"), (70, "yellow"), (165, "green"), (196, "cyan"),
    (255, "blue"), (295, "purple"), (345, "magenta"), (361, "red"),
)  # fmt: skip
"""Names of hues, each with the degree below which it is used."""

_GREY, _DIM, _BLACK = 0.22, 0.4, 0.02
_EFFECTS = {Effect.BLINK: "blinks ", Effect.PULSE: "pulses "}
_ORDER = {Effect.BLINK: 0, Effect.PULSE: 1, Effect.SOLID: 2, Effect.OFF: 3}


def colour_name(rgb: Rgb) -> str:
    """Return a plain name: ``blue``, ``dim amber``, ``white``, ``off``."""
    hue, saturation, value = colorsys.rgb_to_hsv(*(channel / 255 for channel in rgb))
    if value < _BLACK:
        return "off"
    name = next(name for limit, name in _HUES if hue * 360 < limit)
    if saturation < _GREY:
        name = "white"
    return f"dim {name}" if value < _DIM else name


def look_name(lit: Lit) -> str:
    """Return what a light does: ``blinks red``, ``pulses blue``, ``dim green``, ``off``."""
    return _EFFECTS.get(lit.effect, "") + colour_name(lit.rgb)


def changed(before: Mapping[str, Lit], after: Mapping[str, Lit]) -> list[str]:
    """Return the names of the lights that look different."""
    names = dict.fromkeys((*after, *before))
    return [name for name in names if before.get(name, OFF) != after.get(name, OFF)]


def summary(before: Mapping[str, Lit], after: Mapping[str, Lit], most: int = 5) -> str:
    """Return what changed, as ``9 changed: pad.1.1 pulses blue; pad.8.1-8 green``; empty for nothing.

    At most `most` kinds of change are told one by one, what moves first.
    """
    names = changed(before, after)
    if not names:
        return ""
    kinds: dict[str, list[str]] = {}
    rank: dict[str, int] = {}
    for name in names:
        lit = after.get(name, OFF)
        look = look_name(lit)
        kinds.setdefault(look, []).append(name)
        rank[look] = _ORDER[lit.effect]
    looks = sorted(kinds, key=lambda look: rank[look])
    told = [f"{places(kinds[look])} {look}" for look in looks[:most]]
    rest = sum(len(kinds[look]) for look in looks[most:])
    told += [f"{rest} more"] if rest else []
    return f"{len(names)} changed: {'; '.join(told)}"


def places(names: list[str]) -> str:
    """Return names with neighbours drawn together: ``pad.1.1-4, pad.2.8, up``."""
    runs: list[tuple[str, int, int]] = []
    for name in sorted(names, key=_place):
        stem, number = _place(name)
        if runs and runs[-1][0] == stem and runs[-1][2] + 1 == number:
            runs[-1] = (stem, runs[-1][1], number)
        else:
            runs.append((stem, number, number))
    return ", ".join(map(_run, runs))


def _place(name: str) -> tuple[str, int]:
    stem, _, last = name.rpartition(".")
    return (stem, int(last)) if last.isdecimal() else (name, 0)


def _run(run: tuple[str, int, int]) -> str:
    stem, first, last = run
    if not first:
        return stem
    return f"{stem}.{first}" if first == last else f"{stem}.{first}-{last}"
