"""A shipped profile's lights, painted on an emulated device with time that stands still or runs."""

from __future__ import annotations

from collections.abc import Mapping

from bridge.files.profiles import load_profiles
from bridge.messages import Look
from bridge.moment import Moment
from bridge.surface.frame import Frame
from bridge.surface.lights import Painter
from tests.standins.emulators.device import Device

_PROFILES = load_profiles().profiles
SOON = 0.2
"""Seconds in which a picture is out on every device, and less than half a beat of the host's."""


class Painting:
    """The device is entered as its profile says; messages reach it the instant they are sent."""

    def __init__(self, name: str, device: Device) -> None:
        self.profile, self.device, self.now = _PROFILES[name], device, 10.0
        self.painter = Painter(self.profile)
        for message in self.profile.session.enter:
            self.now += self.profile.session.gap
            device.receive(message, self.now)
        self.now += 1.0
        self.show({})

    @property
    def lights(self) -> list[str]:
        """The names of all controls that have a light."""
        return [c.name for c in self.profile.controls.values() if c.light.kind != "none"]

    @property
    def numbers(self) -> list[int]:
        """The numbers of all lights."""
        return [self.profile.controls[name].light.number for name in self.lights]

    def numbers_of(self, kind: str) -> list[int]:
        """The numbers of all lights of one kind."""
        controls = self.profile.controls.values()
        return [c.light.number for c in controls if c.light.kind == kind]

    def show(self, looks: Mapping[str, Look]) -> list[bytes]:
        """Show a picture; return what was sent for it within `SOON`."""
        self.painter.show(Frame(dict(looks)))
        return self.wait(SOON)

    def wait(self, seconds: float) -> list[bytes]:
        """Let time run; return what was sent meanwhile."""
        until, sent = self.now + seconds, list[bytes]()
        while (wake := self.painter.wake()) is not None and wake <= until:
            self.now = max(self.now, wake)
            for message in self.painter.due(Moment(self.now, 0.0)):
                self.device.receive(message, self.now)
                sent.append(message)
        self.now = until
        return sent
