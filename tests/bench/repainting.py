"""A full repaint of every shipped controller with lights: how long its pace makes it last, what it costs.

No device and no clock of the machine decide how long it lasts: time is simulated, from one instant at
which the painter wants to send to the next, and every message is heard by the device's emulator where
there is one. What it costs is measured: the time of all calls on the output's thread, and of the
longest, for so long a press may have to wait for Python's lock.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from time import perf_counter

from bridge.files.profiles import load_profiles
from bridge.messages import Look
from bridge.moment import Moment
from bridge.surface.decode import Decoder
from bridge.surface.echo import Echo
from bridge.surface.frame import Frame
from bridge.surface.lights import Painter
from bridge.surface.profile import Profile
from tests.standins.emulators.bench import EMULATED

_COLOURS = ("#FF0000", "#00FF00", "#0000FF", "#FFFF00", "#FF00FF", "#00FFFF", "#FFFFFF", "#FF8000")
_TEXT = "Songbridge paints it all "
_TIMES = 25
_BETWEEN = 5.0  # simulated seconds between two repaints: longer than any of them
_QUIET = 0.1
"""Simulated seconds without a message after which a picture is whole; what comes later (a beat, lights
that fade and are told again) is no part of it."""


@dataclass(frozen=True, slots=True)
class Repaint:
    """One profile's repaint from nothing; ``lasts`` in simulated seconds, ``cpu``, ``longest`` in real."""

    profile: str
    lights: int
    messages: int
    bytes: int
    lasts: float
    cpu: float
    longest: float

    def line(self) -> str:
        """Return the row of the table."""
        return (
            f"{self.profile:32} {self.lights:6} {self.messages:8} {self.bytes:7} "
            f"{self.lasts * 1e3:8.1f} {self.cpu * 1e3:8.2f} {self.longest * 1e3:8.2f}"
        )


def repaints() -> list[Repaint]:
    """Return the full repaint of each shipped profile with lights or displays, the slowest first."""
    profiles = load_profiles().profiles.values()
    lit = [p for p in profiles if p.leds.driver != "none"]
    return sorted(map(_repaint, lit), key=lambda one: (-one.lasts, -one.cpu))


def slowest() -> str:
    """Return the profile whose repaint lasts longest, of those that have an emulator."""
    return next(one.profile for one in repaints() if one.profile in EMULATED)


def table() -> list[str]:
    """Return what to print."""
    head = (
        f"{'full repaint':32} {'lights':>6} {'messages':>8} {'bytes':>7} "
        f"{'lasts ms':>8} {'cpu ms':>8} {'longest':>8}"
    )
    return [head, *(one.line() for one in repaints())]


def picture(profile: Profile, turn: int = 0) -> Frame:
    """Return a picture in which every light shines and every display is full; each turn another."""
    lit = [name for name, control in profile.controls.items() if control.light.kind != "none"]
    looks = {
        name: Look(_COLOURS[(n + turn) % len(_COLOURS)], 1.0 - 0.3 * ((n + turn) % 2))
        for n, name in enumerate(lit)
    }
    texts = {
        name: (_TEXT[turn % 7 :] + _TEXT * 3)[: display.width]
        for name, display in profile.displays.items()
    }
    return Frame(looks, texts)


def _repaint(profile: Profile) -> Repaint:
    painter, now, runs = Painter(profile), 100.0, list[tuple[list[bytes], float, list[float]]]()
    painter.announce(Echo(profile, Decoder(profile), frozenset(profile.controls)))
    for turn in range(_TIMES):
        painter.forget()
        painter.show(picture(profile, turn))
        runs.append(_paint(painter, now))
        now += _BETWEEN
    sent, lasts, _ = runs[-1]
    return Repaint(
        profile.id,
        sum(control.light.kind != "none" for control in profile.controls.values()),
        len(sent),
        sum(map(len, sent)),
        lasts,
        statistics.median(sum(took) for _, _, took in runs),
        statistics.median(max(took) for _, _, took in runs),
    )


def _paint(painter: Painter, begun: float) -> tuple[list[bytes], float, list[float]]:
    """Let the painter send until it has no more; return the messages, when the last left, the costs."""
    sent, took, now, last = list[bytes](), list[float](), begun, begun
    while (wake := painter.wake()) is not None and wake <= last + _QUIET:
        now = max(now, wake)
        before = perf_counter()
        messages = painter.due(Moment(now, now))
        took.append(perf_counter() - before)
        if messages:
            sent, last = [*sent, *messages], now
    return sent, last - begun, took
