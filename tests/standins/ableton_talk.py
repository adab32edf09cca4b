"""A conversation between the adapter and the stand-in for Live, on a simulated clock."""

from __future__ import annotations

from dataclasses import replace

from bridge.daw.ableton import AbletonTarget
from bridge.daw.target import KEEP, DawSettings, LinkStatus
from bridge.messages import Marker, Osc, RestoreColours, TrackColour
from tests.contract.daw_contract import BLUE, Conversation
from tests.standins.ableton import AbletonCore
from tests.standins.ableton_set import LiveSet, Locator

SETTINGS = DawSettings("ableton", port=11000, listen_port=11001)


class Talk(Conversation):
    """`live` None is a Live that is not there."""

    def __init__(
        self, live: AbletonCore | None = None, *, met: bool = False, keep: float = KEEP
    ) -> None:
        self.ableton = AbletonTarget(replace(SETTINGS, keep=keep))
        super().__init__(self.ableton, live)
        if met and live is not None:
            self.hear(Osc("/live/startup"))
            self.run(3.0)
            self.sent.clear()
            live.received.clear()

    def mark(self, *names: str) -> None:
        self.tell(*(Marker(name, BLUE) for name in names))

    def paint(self, track: str, colour: str = "#FF3636") -> None:
        self.tell(TrackColour(track, colour))

    def restore(self) -> None:
        self.tell(RestoreColours())

    def unsent(self) -> None:
        """The system says that nobody took what was sent."""
        self._send(self.ableton.unsent(None, self.moment))

    @property
    def status(self) -> LinkStatus:
        return self.target.status(self.moment)

    def asked(self, address: str) -> list[Osc]:
        """Return what was sent to that address."""
        return [message for message in self.sent if message.address == address]


def live_with(*locators: Locator, **more: object) -> AbletonCore:
    return AbletonCore(song=LiveSet(list(locators)), **more)  # type: ignore[arg-type] # as AbletonCore takes them
