"""The tables ``[led]`` and ``[led.lamps]`` of a profile: how its lights are spoken to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.files import profile_bytes
from bridge.files.toml_faults import found, unknown
from bridge.surface.drivers import DRIVERS
from bridge.surface.palettes import PALETTES
from bridge.surface.profile import Control, Lamps, Leds, Pace
from bridge.surface.roles import COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bridge.files.profile_schema import LampsTable, LedTable, ProfileFile
    from bridge.files.toml import Document


def leds(document: Document, written: ProfileFile) -> Leds:
    """Return how the lights are spoken to. Raises `InvalidFile` for unknown names and colours."""
    led = written.led
    _check_names(document, led)
    return Leds(
        led.driver,
        led.palette,
        Pace(led.burst, led.gap_ms / 1000, led.fps, led.rate, led.batch),
        led.resend_on_release,
        profile_bytes.sysex_header(document, ("led", "header"), led.header),
        {name: _lamps(document, name, table) for name, table in led.lamps.items()},
    )


def check_lamps(document: Document, controls: Iterable[Control], leds: Leds) -> None:
    """Refuse an ``enum`` light whose table is not there, or a table that nothing else uses."""
    for control in controls:
        light = control.light
        if light.kind == "enum" and light.lamps not in leds.lamps:
            raise document.error(
                ("led", "lamps"),
                f"the light of {control.name} names the lamps {found(light.lamps)}; "
                f"{unknown(light.lamps, list(leds.lamps))}",
            )
        if light.lamps and light.kind != "enum":
            raise document.error(
                ("led", "lamps"),
                f'the light of {control.name} names lamps and is "{light.kind}"; allowed: "enum"',
            )


def _check_names(document: Document, led: LedTable) -> None:
    if led.driver not in DRIVERS:
        problem = f"found the driver {found(led.driver)}; {unknown(led.driver, list(DRIVERS))}"
        raise document.error(("led", "driver"), problem)
    if led.palette and led.palette.replace("-", "_") not in PALETTES:
        problem = f"found the palette {found(led.palette)}; {unknown(led.palette, list(PALETTES))}"
        raise document.error(("led", "palette"), problem)


def _lamps(document: Document, name: str, table: LampsTable) -> Lamps:
    if not table.solid:
        raise document.error(
            ("led", "lamps", name), "has no solid colour; needed: solid = { red = 3 } or the like"
        )
    for way in ("solid", "dim", "blink", "pulse"):
        colours: dict[str, int] = getattr(table, way)
        for colour in colours:
            if colour not in COLOURS or colour == "off":
                allowed = [one for one in COLOURS if one != "off"]
                problem = f"found the colour {found(colour)}; {unknown(colour, allowed)}"
                raise document.error(("led", "lamps", name, way, colour), problem)
    return Lamps(table.off, table.solid, table.dim, table.blink, table.pulse)
