"""Pass-through: what a layout does not use goes on to the DAW, so that one controller serves both.

It leaves through a virtual output, ``Songbridge Thru``, which the DAW takes as an input, or through
one that is named. A port of our own is never opened as a controller, nor the far end of the one that
is named, and what goes round nevertheless is cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bridge.ports.midi_outlet import Outlet
from bridge.surface.loops import LoopGuard

if TYPE_CHECKING:
    from collections.abc import Collection

    from bridge.ports.midi_api import MidiApi, Port

NAME = "Songbridge Thru"
"""The virtual port; as the configuration's ``thru`` any other text names an existing port."""

_CHANNEL_MESSAGES = range(0x80, 0xF0)
_PITCH_BEND, _PRESSURE, _KEY_PRESSURE, _NOTE_ON, _KIND = 0xE0, 0xD0, 0xA0, 0x90, 0xF0
_LENGTHS = {0x80: 3, 0x90: 3, 0xA0: 3, 0xB0: 3, 0xC0: 2, 0xD0: 2, 0xE0: 3}


@dataclass(frozen=True, slots=True)
class ThruState:
    """How the pass-through is: ``passed`` messages, ``dropped`` in floods, ``cut`` circles."""

    name: str
    state: Literal["ready", "none", "off"]
    detail: str = ""
    passed: int = 0
    dropped: int = 0
    cut: int = 0


class Uses:
    """The messages that a controller's layout uses: ``status << 7 | number``, 0 for pitch bend.

    Replaced whole when the layout changes; read on the MIDI thread.
    """

    def __init__(self, messages: Collection[int] = (), clicks: Collection[int] = ()) -> None:
        self.clicks = frozenset(clicks)
        self.use(messages)

    def use(self, messages: Collection[int]) -> None:
        """Let these be used from now on."""
        self.messages = frozenset(messages)
        self.pressed = frozenset(
            place >> 7 & 0x0F for place in messages if place >> 7 & _KIND == _NOTE_ON
        )


class Thru:
    """The output, opened with the MIDI system, lost with it, and opened again.

    Threads: `pass_on` on any; `serve`, `lose` and `close` on the watcher's; `state` on any. With an
    empty `name` nothing passes.
    """

    def __init__(self, name: str = NAME) -> None:
        self._name = name
        self._outlet = Outlet(name, NAME, "thru")
        self._passages: list[Passage] = []
        self.pass_on = self._outlet.send
        self.lose, self.close = self._outlet.lose, self._outlet.close

    @property
    def wanted(self) -> bool:
        """Whether anything is to pass at all."""
        return bool(self._name)

    @property
    def open(self) -> bool:
        """Whether messages pass now."""
        return self._outlet.open

    def passage(self, uses: Uses) -> Passage | None:
        """Return the way for one opened device, None when nothing passes."""
        if not self.wanted:
            return None
        made = Passage(self, uses)
        self._passages = [*self._passages[-15:], made]
        return made

    def is_far_end(self, name: str) -> bool:
        """Tell whether an input of that normalised name brings back what we send."""
        return self.wanted and self._outlet.is_far_end(name)

    def serve(self, api: MidiApi, outs: Collection[Port]) -> None:
        """Open the port where it isn't; what is wrong shows in `state`."""
        if self.wanted:
            self._outlet.serve(api, outs)

    def state(self) -> ThruState:
        """Tell how it is, for `status`."""
        if not self.wanted:
            return ThruState("", "off")
        cut = sum(passage.guard.cut for passage in self._passages)
        out = self._outlet
        if out.open:
            detail = "a circle of MIDI was cut: something sends back what passes" if cut else ""
            return ThruState(self._name, "ready", detail, out.sent, out.dropped, cut)
        return ThruState(self._name, "none", out.why, out.sent, out.dropped, cut)


class Passage:
    """The way of one device's messages. Called on its MIDI thread for each: never raises or blocks."""

    def __init__(self, thru: Thru, uses: Uses) -> None:
        self._thru, self._uses = thru, uses
        self.guard = LoopGuard(uses.clicks)

    def __call__(self, data: list[int], mono: float) -> None:
        """Let `data` pass when the layout has no use for it; only channel messages pass.

        The end of a note that has passed follows it, though the layout may use the pad by now.
        """
        status = data[0]
        if status not in _CHANNEL_MESSAGES:
            return
        used = self._is_used(data, status)
        if (used and not self.guard.down) or not _is_whole(data):
            return
        message = bytes(data)
        last = self.guard.ends(message)
        if not self._thru.open:
            self.guard.down.clear()  # whoever heard them begin is gone
        elif (last or not used) and self.guard.lets(message, mono):
            self._hand_on(message, last=last)

    def _hand_on(self, message: bytes, *, last: bool) -> None:
        if not self._thru.pass_on(message, last=last):
            self.guard.undo(message)

    def end(self) -> None:
        """End what sounds, for nothing comes through here any more; after the last call."""
        for message in self.guard.sounding():
            self._thru.pass_on(message, last=True)

    def _is_used(self, data: list[int], status: int) -> bool:
        """Tell whether the message, or the pad whose pressure it tells, is the layout's."""
        kind, uses = status & _KIND, self._uses
        if kind == _PRESSURE:
            return status & 0x0F in uses.pressed
        if kind == _KEY_PRESSURE:
            status = _NOTE_ON | status & 0x0F
        number = 0 if kind == _PITCH_BEND else data[1] if len(data) > 1 else 0
        return status << 7 | number in uses.messages


def _is_whole(data: list[int]) -> bool:
    return len(data) == _LENGTHS[data[0] & _KIND] and max(data[1:]) < 0x80  # noqa: PLR2004 - data bytes have 7 bits
