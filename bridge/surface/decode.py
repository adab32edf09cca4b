"""Bytes to edges: what a profile's controls did. The first step of the press path, so one look-up.

Whatever the profile doesn't know gives None: clock, active sensing, aftertouch, SysEx, another
channel, cut or mangled bytes. Nothing raises, since a wire may carry anything.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from itertools import chain, product

from bridge.surface.profile import Control, Edge, Profile, Turning

_NOTE_OFF, _NOTE_ON, _CONTROL_CHANGE, _PITCH_BEND = 0x80, 0x90, 0xB0, 0xE0
_CHANNELS = range(16)
_VALUES = range(128)
_HIGHEST = 127
_PRESSED = 64
"""A control change from here on is a press (MIDI 1.0, table III: 0 to 63 off, 64 to 127 on)."""
_BEND = 0x3FFF


class Decoder:
    """The table of one profile: status byte and number to what each value means.

    A press is a note-on or a control change of 64 and more; a release is a note-off (``8n``), a
    note-on with velocity 0, or a control change below 64: every form is accepted of every device.
    A press that follows another without a release between them is given as a press again: releases
    get lost, and what a repeated press means is for the gestures to say.
    """

    def __init__(self, profile: Profile) -> None:
        self._controls = tuple(profile.controls.values())
        self._known: dict[int, tuple[Edge | None, ...]] = {}
        self._bends: dict[int, str] = {}
        self._ready = False

    def prepare(self) -> None:
        """Make the table, some milliseconds and a megabyte: worth it once the device is there.

        The 128 edges of a control are made here once: to make one costs more than to find it. The
        first message does it where nobody did before.
        """
        if not self._ready:
            for control in self._controls:
                self._learn(control)
            self._ready = True  # last, for the output thread may ask meanwhile

    def feed(self, data: bytes) -> Edge | None:
        """Return what one complete MIDI message says, None when it says nothing to this profile."""
        if len(data) != 3:  # noqa: PLR2004 - status, number, value; all that controls send has three
            return None
        status, number, value = data
        if value > _HIGHEST:
            return None
        edges = self._known.get(status << 8 | number)
        return self._bend(status, number, value) if edges is None else edges[value]

    @property
    def known(self) -> frozenset[int]:
        """What is not thrown away unread: ``status << 7 | number`` (0 for pitch bend)."""
        return frozenset(chain.from_iterable(map(_messages, self._controls)))

    @property
    def clicks(self) -> frozenset[int]:
        """The messages of controls that count clicks, as in ``known``."""
        turned = (control for control in self._controls if control.turning != "absolute")
        return frozenset(chain.from_iterable(map(_messages, turned)))

    def messages(self, names: Container[str]) -> frozenset[int]:
        """Return the messages of the controls of these names, as in ``known``."""
        named = (control for control in self._controls if control.name in names)
        return frozenset(chain.from_iterable(map(_messages, named)))

    def _bend(self, status: int, low: int, high: int) -> Edge | None:
        if not self._ready:
            self.prepare()
            return self.feed(bytes((status, low, high)))
        control = self._bends.get(status)
        if control is None or low > _HIGHEST:
            return None
        return Edge(control, "turn", (high << 7 | low) / _BEND)

    def _learn(self, control: Control) -> None:
        channels = _channels(control)
        match control.message:
            case "note":
                self._enter(channels, _NOTE_ON, control.numbers, _note(control.name))
                self._enter(channels, _NOTE_OFF, control.numbers, (_up(control.name),) * 128)
            case "cc":
                self._enter(channels, _CONTROL_CHANGE, control.numbers, _change(control))
            case "pitchbend":
                self._bends.update({_PITCH_BEND | channel: control.name for channel in channels})
            case "none":
                pass

    def _enter(
        self,
        channels: Iterable[int],
        status: int,
        numbers: Iterable[int],
        edges: tuple[Edge | None, ...],
    ) -> None:
        for channel, number in product(channels, numbers):
            self._known[(status | channel) << 8 | number] = edges


def _channels(control: Control) -> Iterable[int]:
    return _CHANNELS if control.channel is None else (control.channel - 1,)


def _messages(control: Control) -> Iterable[int]:
    statuses = {
        "note": (_NOTE_ON, _NOTE_OFF),
        "cc": (_CONTROL_CHANGE,),
        "pitchbend": (_PITCH_BEND,),
    }
    numbers = (0,) if control.message == "pitchbend" else control.numbers
    ways = product(statuses.get(control.message, ()), _channels(control), numbers)
    for status, channel, number in ways:
        yield (status | channel) << 7 | number


def _up(name: str) -> Edge:
    return Edge(name, "up", 0.0)


def _note(name: str) -> tuple[Edge, ...]:
    return (_up(name), *(Edge(name, "down", value / _HIGHEST) for value in _VALUES[1:]))


def _change(control: Control) -> tuple[Edge | None, ...]:
    name = control.name
    if control.kind == "button":
        down = [Edge(name, "down", value / _HIGHEST) for value in _VALUES[_PRESSED:]]
        return ((_up(name),) * _PRESSED) + tuple(down)
    if control.turning == "absolute":
        return tuple(Edge(name, "turn", value / _HIGHEST) for value in _VALUES)
    clicks = _CLICKS[control.turning]
    return tuple(_turn(name, clicks(value)) for value in _VALUES)


def _turn(name: str, clicks: int) -> Edge | None:
    return Edge(name, "turn", float(clicks), relative=True) if clicks else None


_CLICKS: dict[Turning, Callable[[int], int]] = {
    # 1 is a click to the right, 127 one to the left: a 7-bit number in two's complement.
    "twos": lambda value: value if value < 64 else value - 128,  # noqa: PLR2004 - as above
    # Bit 6 is the direction, the rest counts: 1 to the right, 65 to the left (Mackie Control).
    "sign": lambda value: value if value < 64 else 64 - value,  # noqa: PLR2004 - as above
    # 64 is at rest: 65 is a click to the right, 63 one to the left.
    "offset64": lambda value: value - 64,
}
