"""What subscribers are told: the differences, encoded once for all of them. Pure.

Costs nothing while nobody subscribes, since nothing is asked of it then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.core import durations
from bridge.core.model import TimerState
from bridge.messages import DARK, Osc
from bridge.ports import osc_table
from bridge.ports.osc_wire import encode
from bridge.surface.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bridge.core.model import Studio
    from bridge.core.view import View
    from bridge.ports.osc_table import Table

_TICKING = (TimerState.RUNNING, TimerState.OVERTIME, TimerState.BREAK)


class Feedback:
    """What every subscriber was told last. All get the same, so there is one table for all."""

    def __init__(self) -> None:
        self._shown: dict[str, tuple[tuple[object, ...], bytes]] = {}
        self._studio: Studio | None = None
        self._frames: dict[str, Frame] = {}

    def changes(self, view: View, frames: Mapping[str, Frame] | None = None) -> list[bytes]:
        """Return the messages about what changed since the last call, encoded.

        ``frames`` holds each controller's picture by its profile's id. A frame that is the very
        object it was, and a studio likewise, is known not to have changed. The lights of a
        controller that is not among them any more are told as dark, and then forgotten.
        """
        changed: list[bytes] = []
        if view.studio is not self._studio:
            self._studio = view.studio
            self._put(osc_table.state(view), changed)
        self._put(osc_table.countdown(view), changed)
        frames = frames or {}
        for controller, frame in frames.items():
            if frame is not self._frames.get(controller):
                self._lights(controller, frame, changed)
        if len(self._frames) > len(frames):
            for controller in [one for one in self._frames if one not in frames]:
                self._left(controller, changed)
        return changed

    def dump(self) -> list[bytes]:
        """Return everything as it was last told, for a new subscriber: `changes` comes first."""
        return [data for _args, data in self._shown.values()]

    def wake(self, view: View) -> float | None:
        """Return the seconds from the view's instant until a countdown shows another number.

        None while nothing counts; else above 0 and at most 1.
        """
        timer = view.timer
        if timer.state not in _TICKING:
            return None
        return timer.remaining - (durations.whole(timer.remaining) - 1)

    def _lights(self, controller: str, frame: Frame, changed: list[bytes]) -> None:
        before = self._frames.get(controller, Frame()).looks
        self._frames[controller] = frame
        differing = {
            control: look
            for control, look in frame.looks.items()
            if (known := before.get(control)) is not look and known != look
        }
        gone = {control: DARK for control in before if control not in frame.looks}
        self._put(osc_table.lights(controller, differing | gone), changed)

    def _left(self, controller: str, changed: list[bytes]) -> None:
        self._lights(controller, Frame(), changed)
        del self._frames[controller]
        root = osc_table.light_root(controller)
        for address in [address for address in self._shown if address.startswith(root)]:
            del self._shown[address]

    def _put(self, table: Table, changed: list[bytes]) -> None:
        shown = self._shown
        for address, args in table.items():
            known = shown.get(address)
            if known is None or known[0] != args:
                data = encode(Osc(address, args))
                shown[address] = args, data
                changed.append(data)
