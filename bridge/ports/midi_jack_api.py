"""JACK as a MIDI system: `JackServer` lists and watches, RtMidi has two clients per device."""

from __future__ import annotations

import ctypes
import time
from typing import TYPE_CHECKING, TypeVar

import rtmidi

from bridge.errors import Unavailable
from bridge.moment import now
from bridge.ports.midi_api import Health
from bridge.ports.midi_jack import IS_INPUT, IS_OUTPUT, JackServer
from bridge.ports.midi_rtmidi import (
    CALLBACK_GRACE,
    delete_input,
    fresh_input,
    fresh_output,
    fresh_virtual,
    fresh_virtual_input,
    send_through,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bridge.ports.midi_api import InPort, OutPort, Port, Receive

Midi = TypeVar("Midi", rtmidi.MidiIn, rtmidi.MidiOut)

RING = 4096
"""Bytes that an output sends in one JACK period; RtMidi's ring holds 16,384 and spins when full."""

STALL = 1.0
"""Seconds without a JACK period after which the server counts as stalled; the longest is 0.2 s."""

CONNECTING = 3
"""Periods after which a new connection carries; jackd2 changes its graph at the begin of one."""

LENGTH = ctypes.sizeof(ctypes.c_int)
"""Bytes that RtMidi puts before each message in its ring."""


class JackIn:
    """An opened input of JACK."""

    def __init__(self, api: JackApi, midi: rtmidi.MidiIn, far: str, mine: str) -> None:
        self._api, self._midi, self._far, self._mine = api, midi, far, mine

    def intact(self) -> bool:
        """Tell whether the far port is still connected to ours."""
        return self._mine in self._api.server.connections(self._far)

    def close(self) -> None:
        """Cut the connection first, so that no callback is under way, then close the client."""
        self._api.server.disconnect(self._far, self._mine)
        time.sleep(CALLBACK_GRACE)
        if self._api.released(self._midi):
            delete_input(self._midi)


class JackOwnIn:
    """An input of our own, to which others connect as they like."""

    def __init__(self, api: JackApi, midi: rtmidi.MidiIn) -> None:
        self._api, self._midi = api, midi

    def intact(self) -> bool:
        """Return True: who is connected is not our affair."""
        return True

    def close(self) -> None:
        """Close the client."""
        if self._api.released(self._midi):
            delete_input(self._midi)


class JackOut:
    """An opened output of JACK: never lets RtMidi's ring fill, for it spins with the GIL held.

    RtMidi sends all that was put there since the last period at once, whatever rest lay between:
    for a device that takes no more than ``most`` messages in one go, a period holds no more.
    """

    def __init__(self, api: JackApi, midi: rtmidi.MidiOut, far: str, mine: str) -> None:
        self._api, self._midi, self._far, self._mine = api, midi, far, mine
        self._frame, self._used, self._count = api.server.frame(), 0, 0
        self.most = 0

    def intact(self) -> bool:
        """Tell whether the far port is still connected to ours."""
        return self._mine in self._api.server.connections(self._far)

    def send(self, data: bytes) -> None:
        """Send one message; waits for the server's next period when this one is full."""
        deadline = now().mono + STALL
        while not self._room(len(data) + LENGTH):
            if self._api.server.gone or now().mono > deadline:
                raise Unavailable("the JACK server takes no MIDI")
            time.sleep(0.001)
        send_through(self._midi, data)

    def _room(self, size: int) -> bool:
        """Count a message of `size` bytes into this period, when it fits."""
        frame = self._api.server.frame()
        if frame != self._frame:
            crowded = 0 < self.most <= self._count
            self._frame, self._used, self._count = frame, 0, 0
            if crowded:
                return False  # RtMidi's turn in the new period may still be to come
        full = self._used and self._used + size > RING
        if self._api.server.gone or full or 0 < self.most <= self._count:
            return False
        self._used += size
        self._count += 1
        return True

    def close(self) -> None:
        """Close the client; RtMidi waits for the period that sends the last bytes."""
        if self._api.released(self._midi):
            self._midi.delete()


class JackApi:
    """One JACK server as a MIDI system."""

    name = "jack"

    def __init__(self, server: JackServer) -> None:
        self.server = server
        self._opened: list[object] = []
        self._frame, self._since = server.frame(), now().mono

    def health(self) -> Health:
        """Tell by the shutdown notice and by the frame counter, which stands still in a stall."""
        if self.server.gone:
            return Health.GONE
        frame, mono = self.server.frame(), now().mono
        if frame != self._frame:
            self._frame, self._since = frame, mono
        return Health.RUNNING if mono - self._since < STALL else Health.STALLED

    def missed(self) -> bool:
        """Tell whether some client or the server was late: its MIDI of that period is lost."""
        return self.server.xruns.came()

    def inputs(self) -> list[str]:
        """List what can be heard: ports that put out."""
        return self.server.ports(IS_OUTPUT)

    def outputs(self) -> list[str]:
        """List what can be sent to: ports that take in."""
        return self.server.ports(IS_INPUT)

    def open_input(self, port: Port, own: str, receive: Receive) -> InPort:
        """Open an input, and see that JACK has connected it."""
        midi, mine = self._connected(port, lambda: fresh_input("jack", port, own, receive))
        made = JackIn(self, midi, port.raw, mine)
        if not mine:
            made.close()
            raise _unconnected(port)
        return made

    def open_output(self, port: Port, own: str) -> OutPort:
        """Open an output, and see that JACK has connected it."""
        midi, mine = self._connected(port, lambda: fresh_output("jack", port, own))
        made = JackOut(self, midi, port.raw, mine)
        if not mine:
            made.close()
            raise _unconnected(port)
        self._let_periods_pass()
        return made

    def open_virtual(self, name: str) -> OutPort:
        """Open an output of our own."""
        try:
            with self.server.opening():
                midi = fresh_virtual("jack", name)
        except rtmidi.RtMidiError as error:
            raise Unavailable(f"the port {name!r} can't be made ({error})") from error
        self._opened.append(midi)
        return JackOut(self, midi, "", "")

    def open_virtual_input(self, name: str, receive: Receive) -> InPort:
        """Open an input of our own."""
        try:
            with self.server.opening():
                midi = fresh_virtual_input("jack", name, receive)
        except rtmidi.RtMidiError as error:
            raise Unavailable(f"the port {name!r} can't be made ({error})") from error
        self._opened.append(midi)
        return JackOwnIn(self, midi)

    def _let_periods_pass(self) -> None:
        """Wait until a new connection carries: what is sent in the period it is made in is lost."""
        until, frame, left = now().mono + STALL, self.server.frame(), CONNECTING
        while left and now().mono < until:
            time.sleep(0.001)
            if self.server.frame() != frame:
                frame, left = self.server.frame(), left - 1

    def _connected(self, port: Port, make: Callable[[], Midi]) -> tuple[Midi, str]:
        """Make an RtMidi client; return it with our port's full name, empty when not connected.

        JACK makes the client's name unique, so ours is the name that is new among the far port's
        connections; RtMidi itself doesn't look whether the connecting worked.
        """
        before = set(self.server.connections(port.raw))
        try:
            with self.server.opening():
                midi = make()
        except rtmidi.RtMidiError as error:
            raise Unavailable(f"the port {port.name!r} can't be opened ({error})") from error
        self._opened.append(midi)
        return midi, next(iter(set(self.server.connections(port.raw)) - before), "")

    def released(self, midi: object) -> bool:
        """Give an RtMidi object up; True when its owner may delete it: the server is there."""
        if midi not in self._opened or self.server.gone:
            return False
        self._opened.remove(midi)
        return True

    def close(self) -> None:
        """Leave the server."""
        self.server.close()

    def abandon(self) -> None:
        """Keep RtMidi's objects for ever: deleting one now waits a second, and later it crashes."""
        self.server.abandon()
        for midi in self._opened:
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(midi))
        self._opened = []


def _unconnected(port: Port) -> Unavailable:
    return Unavailable(f"JACK did not connect the port {port.name!r}; it is tried again")
