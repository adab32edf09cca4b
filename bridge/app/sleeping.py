"""Lights that go out when nobody has been there for a while. No clock is read; instants in ``mono``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.core.actions import Presence
from bridge.core.model import TimerState
from bridge.surface.asking import Ask, Asks

if TYPE_CHECKING:
    from bridge.app.controller import Controller
    from bridge.core.view import View
    from bridge.messages import MidiIn
    from bridge.moment import Moment

_ALERT = frozenset({TimerState.RUNNING, TimerState.OVERTIME, TimerState.BREAK})
"""While the timer is in one of these, lights are needed."""

_TURNED = 0.5
"""Seconds after a device was woken in which its knobs and faders do nothing: the hand that woke it
with one of them is still turning."""


class Sleeping:
    """Whether the lights are out: after so many seconds without a sign of anybody, 0 for never.

    A sign is any input, and any change of the state. The consumer thread owns it.
    """

    def __init__(self, after: float) -> None:
        self.asleep = False
        self._after = after
        self._seq = -1
        self._since = 0.0
        self._calm = False
        self._turning: dict[str, float] = {}

    def sign(self, mono: float) -> None:
        """Take note that somebody is there; the lights come back at the next `look`."""
        self._since = max(self._since, mono)
        self._calm = False

    def look(self, view: View, moment: Moment) -> bool:
        """Return whether the lights are out now."""
        mono, alert = moment.mono, view.timer.state in _ALERT
        if view.seq != self._seq or alert:
            self._seq, self._since = view.seq, mono
        self._calm = self._after > 0 and not alert
        self.asleep = self._calm and mono - self._since >= self._after
        return self.asleep

    def wake(self) -> float | None:
        """Return the instant at which the lights go out if nothing happens, None for never."""
        return self._since + self._after if self._calm and not self.asleep else None

    def state(self, controller: Controller, state: str) -> str:
        """Return how a controller is, for `status`: one that is ``ready`` may be ``asleep``."""
        dark = self.asleep and state == "ready" and controller.profile.leds.driver != "none"
        return "asleep" if dark else state

    def before(self, controller: Controller, message: MidiIn) -> Asks | None:
        """Return what a message asks for while its controller is dark; None: what it says.

        A dark pad means nothing that a hand could know, so the first touch only brings the lights
        back. What comes up was held since before, and ends what it held. A controller without lights
        is never dark.
        """
        if not (self.asleep or self._turning) or controller.profile.leds.driver == "none":
            return None
        surface, mono = controller.surface, message.at.mono
        edge = surface.decoder.feed(message.data)
        if edge is None:
            return ()
        if edge.what == "turn" and mono < self._turning.get(controller.key, mono):
            return ()
        self._turning = {key: end for key, end in self._turning.items() if mono < end}
        if not self.asleep or edge.what == "up":
            return None
        if not surface.echo.is_ours(edge, message.data, mono):
            self._turning[controller.key] = mono + _TURNED
            return (Ask(Presence(), edge.control, "wakes the lights"),)
        return ()
