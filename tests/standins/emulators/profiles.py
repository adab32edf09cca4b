"""Profiles of the emulated devices, written out by hand: what the shipped TOML should come to."""

from __future__ import annotations

from bridge.surface.profile import (
    Control,
    Display,
    Leds,
    Light,
    Message,
    Pace,
    PortPatterns,
    Profile,
    Session,
)
from tests.standins.emulators import launchpad, nanokontrol


def _profile(
    name: str,
    controls: list[Control],
    leds: Leds,
    displays: list[Display] | None = None,
    session: Session | None = None,
) -> Profile:
    return Profile(
        id=name,
        name=name,
        provides=frozenset(),
        ports=PortPatterns(),
        controls={control.name: control for control in controls},
        displays={display.name: display for display in displays or []},
        session=session or Session(),
        leds=leds,
    )


def _launchpad_control(name: str, message: Message, number: int) -> Control:
    return Control(name, "button", message, number, light=Light("rgb", message, number))


LAUNCHPAD = _profile(
    "novation-launchpad-mini-mk3",
    [
        _launchpad_control(f"pad.{row}.{column}", "note", 10 * (9 - row) + column)
        for row in range(1, 9)
        for column in range(1, 9)
    ]
    + [_launchpad_control(f"side.{row}", "cc", 99 - 10 * row) for row in range(1, 9)]
    + [_launchpad_control(f"top.{column}", "cc", 90 + column) for column in range(1, 9)],
    Leds("novation_mk3", "novation_mk3_print", Pace(batch=81), header=launchpad.HEADER),
    session=Session((launchpad.PROGRAMMER_ON,), (launchpad.PROGRAMMER_OFF,), 0.05),
)
"""80 lights."""

APC = _profile(
    "akai-apc-mini-mk2",
    [
        Control(
            f"pad.{8 - n // 8}.{n % 8 + 1}", "button", "note", n, light=Light("palette", "note", n)
        )
        for n in range(64)
    ]
    + [
        Control(f"{group}.{n - first + 1}", "button", "note", n, light=lamp)
        for group, first, colour in (("track", 100, "red"), ("side", 112, "green"))
        for n in range(first, first + 8)
        for lamp in [Light("mono-blink", "note", n, colour=colour)]
    ],
    Leds("akai_channel", "akai_mk2", Pace(burst=20, gap=0.001)),
)
"""64 pads and 16 lamps."""

NANO = _profile(
    "korg-nanokontrol2",
    [
        Control(name, "button", "cc", number, 16, light=Light("mono", "cc", number, 16))
        for name, number in {
            "play": 41, "stop": 42, "rewind": 43, "forward": 44, "record": 45, "cycle": 46
        }.items()
    ],
    Leds("mono_cc", resend_on_release=True),
    session=Session((nanokontrol.NATIVE_ON,), (nanokontrol.NATIVE_OFF,)),
)  # fmt: skip

MACKIE = _profile(
    "mackie-control",
    [
        Control(name, "button", "note", number, light=Light("mono-blink", "note", number))
        for name, number in {
            "rewind": 91, "forward": 92, "stop": 93, "play": 94, "record": 95
        }.items()
    ]
    + [
        Control(f"encoder.{n}", "encoder", "cc", 15 + n, light=Light("ring", "cc", 47 + n))
        for n in range(1, 9)
    ]
    + [Control("meter.1", "light", "none", 0, light=Light("meter", "none", 0))],
    Leds("mcu"),
    [
        Display(f"strip.{n}.{line}", 7, first + 7 * (n - 1))
        for line, first in (("upper", 0), ("lower", 56))
        for n in range(1, 9)
    ]
    + [Display("timecode", 10), Display("assignment", 2, 10)],
)  # fmt: skip
