"""A shipped profile's painter before an emulated device, with a clock that is set by hand."""

from __future__ import annotations

from typing import Generic, TypeVar

from bridge.files.profiles import load_profiles
from bridge.messages import Look
from bridge.moment import Moment
from bridge.surface.frame import Frame, Scroll
from bridge.surface.lights import Painter
from tests.standins.emulators.device import Device

_SHELF = load_profiles()
D = TypeVar("D", bound=Device)


class Easel(Generic[D]):
    """What an output's thread does, without a thread: enter, and send what is due when it is due."""

    def __init__(self, profile: str, device: D) -> None:
        self.profile, self.device, self.now = _SHELF.profiles[profile], device, 100.0
        self.painter = Painter(self.profile)
        self.enter()

    def enter(self) -> None:
        """Open the device: its session's messages, and time to settle."""
        for message in self.profile.session.enter:
            self.device.receive(message, self.now)
            self.now += 0.01
        self.now += 1.0

    def run(self, seconds: float = 1.0) -> list[bytes]:
        """Let time pass; return what was sent."""
        sent: list[bytes] = []
        end = self.now + seconds
        while (wake := self.painter.wake()) is not None and wake <= end:
            self.now = max(self.now, wake)
            for message in self.painter.due(Moment(self.now, 0.0)):
                self.device.receive(message, self.now)
                sent.append(message)
        self.now = end
        return sent

    def show(
        self, looks: dict[str, Look] | Look, scroll: Scroll | None = None, *, seconds: float = 1.0
    ) -> list[bytes]:
        """Show these looks, or one on all lights, for a while."""
        every = dict.fromkeys(self.profile.controls, looks) if isinstance(looks, Look) else looks
        self.painter.show(Frame(every, scroll=scroll))
        return self.run(seconds)

    def number(self, control: str) -> int:
        """Return the number of that control's light."""
        return self.profile.controls[control].light.number

    def leave(self) -> None:
        """Darken the device and leave the session, as the output's thread does."""
        self.painter.blank()
        self.run(0.3)
        for message in self.profile.session.leave:
            self.device.receive(message, self.now)
