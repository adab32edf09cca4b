"""A shipped profile's painter with the emulated device at its output, on a clock of its own."""

from __future__ import annotations

from pathlib import Path

from bridge.files.profiles import load_profile
from bridge.messages import Effect, Look
from bridge.moment import Moment
from bridge.surface.frame import Frame
from bridge.surface.lights import Painter
from tests.standins.emulators.device import Device

SHIPPED = Path(__file__).parents[2] / "mappings" / "controllers"

SECTION, RED, WHITE = "#3FA7FF", "#FF0000", "#FFFFFF"
TODO = Look(SECTION, 0.25)
PAUSED = Look(SECTION, 0.5)
RUNNING = Look(SECTION, 1.0, Effect.PULSE)
OVERTIME = Look(RED, 1.0, Effect.BLINK)


class Painted:
    """An opened device; `now` is in seconds. What it says is not heard, but for `press`."""

    def __init__(self, name: str, device: Device) -> None:
        self.profile = load_profile(SHIPPED / f"{name}.toml")
        self.device = device
        self.painter = Painter(self.profile)
        self.now, self.sent = 10.0, 0
        self.enter()

    def enter(self) -> None:
        """Send what enters the session, and wait as long as the profile says."""
        for message in self.profile.session.enter:
            self.device.receive(message, self.now)
        self.now += self.profile.session.settle

    def leave(self) -> None:
        """Darken the device and leave the session."""
        self.painter.blank()
        self.run(0.3)
        for message in self.profile.session.leave:
            self.device.receive(message, self.now)

    def show(
        self, looks: dict[str, Look], texts: dict[str, str] | None = None, seconds: float = 2.0
    ) -> None:
        """Show a picture and let that many seconds go by."""
        self.painter.show(Frame(looks, texts or {}))
        self.run(seconds)

    def run(self, seconds: float) -> None:
        """Send what is due until `seconds` have gone by."""
        until = self.now + seconds
        while (wake := self.painter.wake()) is not None and wake <= until:
            self.now = max(self.now, wake)
            for message in self.painter.due(Moment(self.now, 0.0)):
                self.device.receive(message, self.now)
                self.sent += 1
        self.now = until

    def lights(self, *kinds: str) -> list[str]:
        """Return the names of the controls that have a light of one of `kinds`; all without any."""
        lit = (c for c in self.profile.controls.values() if c.light.kind != "none")
        return [c.name for c in lit if not kinds or c.light.kind in kinds]
