"""Devices that layouts are tried on, by the schemes they provide; their bytes are made up."""

from __future__ import annotations

from collections.abc import Iterable

from bridge.surface.profile import (
    NO_LIGHT,
    Control,
    Display,
    Light,
    LightKind,
    Message,
    PortPatterns,
    Profile,
    Turning,
)  # fmt: skip
from bridge.surface.schemes import CONTROLS


def buttons(
    names: Iterable[str], first: int, kind: LightKind = "none", message: str = "note"
) -> list[Control]:
    """Buttons on successive numbers, each with a light of that kind under its own number."""
    made = []
    for number, name in enumerate(names, start=first):
        wire: Message = "cc" if message == "cc" else "note"
        light = NO_LIGHT if kind == "none" else Light(kind, wire, number)
        made.append(Control(name, "button", wire, number, light=light))
    return made


def knob(name: str, number: int, turning: Turning, kind: LightKind = "none") -> Control:
    light = NO_LIGHT if kind == "none" else Light(kind, "cc", number + 32)
    return Control(name, "encoder", "cc", number, turning=turning, light=light)


def device(
    name: str, provides: Iterable[str], controls: list[Control], displays: Iterable[Display] = ()
) -> Profile:
    return Profile(
        id=name,
        name=name,
        provides=frozenset(provides),
        ports=PortPatterns(),
        controls={control.name: control for control in controls},
        displays={display.name: display for display in displays},
    )


_GRID = CONTROLS["grid8x8"]

GRID = device(
    "grid",
    ["grid8x8", "side8", "nav4"],
    buttons(_GRID, 0, "rgb")
    + buttons(CONTROLS["side8"], 64, "rgb")
    + buttons(CONTROLS["nav4"], 91, "rgb", "cc"),
)
"""A grid with side buttons and arrows: notes 0 to 63 row by row, 64 to 71, CC 91 to 94."""

BARE_GRID = device("bare-grid", ["grid8x8"], buttons(_GRID, 0, "palette"))
PADS = device("pads", ["grid4x4"], buttons(CONTROLS["grid4x4"], 36, "rgb"))
DARK_PADS = device("dark-pads", ["grid4x4"], buttons(CONTROLS["grid4x4"], 36))
KEYS = device("keys", ["keys7"], buttons(CONTROLS["keys7"], 36))

LAMPS = device(
    "lamps",
    ["transport"],
    buttons([*CONTROLS["transport"], "cycle"], 41, "mono", "cc") + buttons(["marker"], 60)
    + [knob("knob.1", 16, "absolute")],
)  # fmt: skip
"""Transport with lamps and nothing else."""

ONE_LAMP = device(
    "one-lamp",
    ["transport"],
    buttons(["play"], 41, "mono", "cc")
    + buttons(["stop", "record", "forward", "rewind"], 42, "none", "cc"),
)

DESK = device(
    "desk",
    ["transport", "encoders8", "strips8", "timecode"],
    buttons([*CONTROLS["transport"], "cycle", "marker"], 91, "mono-blink")
    + [knob(f"encoder.{n}", 15 + n, "sign", "ring") for n in range(1, 9)],
    [Display(f"strip.{n}.{line}", 7) for n in range(1, 9) for line in ("upper", "lower")]
    + [Display("timecode", 10)],
)
"""Like a Mackie Control: lamps, rings, scribble strips, timecode."""

STEPS = device("steps", ["grid4x16"], buttons(CONTROLS["grid4x16"], 54, "rgb"))
"""Four rows of sixteen pads."""

KEY_GRID = device(
    "key-grid",
    ["grid5x8", "side5", "encoders8"],
    buttons(CONTROLS["grid5x8"], 0, "enum")
    + buttons([f"track.{n}" for n in range(1, 9)], 64, "mono")
    + buttons(CONTROLS["side5"], 82, "mono")
    + [knob(f"encoder.{n}", 47 + n, "twos") for n in range(1, 9)],
)
"""Five rows of pads and two of lamps, above a keyboard."""

STRIP = device(
    "strip",
    ["grid2x8", "encoders8"],
    buttons(CONTROLS["grid2x8"], 8, "mono-blink")
    + [knob(f"encoder.{n}", 15 + n, "sign", "ring") for n in range(1, 9)],
)
"""Eight rings over two rows of buttons."""

EIGHT_PADS = device(
    "eight-pads",
    ["grid2x4", "encoders8"],
    buttons(CONTROLS["grid2x4"], 36) + [knob(f"encoder.{n}", n, "absolute") for n in range(1, 9)],
)

KNOBS = device(
    "knobs",
    ["grid4x4", "encoders16"],
    buttons(CONTROLS["grid4x4"], 64, "palette", "cc")
    + [knob(f"encoder.{n}", n, "absolute") for n in range(1, 17)]
    + [
        Control(f"ring.{n}", "light", "none", n, light=Light("ring", "cc", n)) for n in range(1, 17)
    ],
)
"""Sixteen knobs to push, each with a colour and a ring."""

ALL = (
    GRID, BARE_GRID, PADS, DARK_PADS, KEYS, LAMPS, ONE_LAMP, DESK, STEPS, KEY_GRID, STRIP,
    EIGHT_PADS, KNOBS,
)  # fmt: skip
