"""Frames as text that a human can check: one cell a light, ``c3.`` or ``R F!``.

A cell is a colour's letter, a level in tenths (F: full) and an effect: ``.`` solid, ``~`` pulses,
``!`` blinks. A dark light is a lone dot.
"""

from __future__ import annotations

from bridge.messages import DARK, Effect, Look
from bridge.surface.frame import Frame
from bridge.surface.paint_album import SONG_COLOURS

LETTERS = {
    "#3FA7FF": "c", "#C77DFF": "s", "#FFB000": "m", "#FFFFFF": "W", "#FF0000": "R",
    "#FF6000": "O", "#FFA000": "A", "#FFE000": "Y", "#00FF00": "G", "#00D0FF": "C",
    "#0040FF": "B", "#8000FF": "P", "#FF00C0": "M", "#2EC4B6": "p",
    **dict(zip(SONG_COLOURS, "abdefghijk", strict=True)),
}  # fmt: skip
"""Small letters are the sections, composition, sound design, mixing, preparation; and the songs in
the order in which they came, from ``a`` on.

``x`` is any other colour.
"""

MARKS = {Effect.SOLID: ".", Effect.PULSE: "~", Effect.BLINK: "!", Effect.OFF: " "}


def cell(look: Look) -> str:
    if look == DARK:
        return " . "
    tenths = max(1, round(look.level * 10 + 0.01))
    return f"{LETTERS.get(look.colour, 'x')}{'F' if tenths == 10 else tenths}{MARKS[look.effect]}"


def row(frame: Frame, *names: str) -> str:
    return " ".join(cell(frame.looks.get(name, DARK)) for name in names).rstrip()


def grid(frame: Frame, size: int = 8) -> str:
    """The arrows (up, down, left, right) above, the grid, its side buttons to the right."""
    lines = ["arrows  " + row(frame, "up", "down", "left", "right"), ""]
    for n in range(1, size + 1):
        pads = " ".join(cell(frame.looks.get(f"pad.{n}.{m}", DARK)) for m in range(1, size + 1))
        lines.append(f"{pads}   {cell(frame.looks.get(f'side.{n}', DARK))}".rstrip())
    return "\n".join(lines) + "\n"
