"""python-rtmidi: opening and closing its ports, and the systems that need no more than that."""

from __future__ import annotations

import gc
import logging
import sys
import time
from typing import TYPE_CHECKING

import rtmidi

from bridge.daw.midi_way import CUES
from bridge.errors import Unavailable
from bridge.ports.midi_api import CLIENT, Health, normalised

if TYPE_CHECKING:
    from bridge.ports.midi_api import InPort, OutPort, Port, Receive

log = logging.getLogger(__name__)

APIS: dict[str, int] = {
    "alsa": rtmidi.API_LINUX_ALSA,
    "jack": rtmidi.API_UNIX_JACK,
    "coremidi": rtmidi.API_MACOSX_CORE,
    "winmm": rtmidi.API_WINDOWS_MM,
}
_NAMED_IN = {CUES: "port under that [[daw]]"}
"""Where the user names an existing port instead of a virtual one, if not as that of Thru."""

QUEUE_LIMIT = 1
"""Messages that RtMidi makes room for; none waits, for the callback is set before opening."""

CALLBACK_GRACE = 0.005
"""Seconds in which a callback under way ends, before its port is closed with the GIL held."""


def look_up_and_open(midi: rtmidi.MidiIn | rtmidi.MidiOut, port: Port, own: str, api: str) -> None:
    """Open `port` on a fresh object; indices shift, so look it up at once and verify after."""
    raws = midi.get_ports()
    places = [index for index, raw in enumerate(raws) if raw == port.raw]
    if len(places) <= port.nth:
        raise Unavailable(f"the port {port.name!r} has gone")
    place = places[port.nth]
    midi.open_port(place, own)
    if normalised(midi.get_port_name(place) or "", api) != port.name:
        raise Unavailable(f"the port {port.name!r} moved while it was opened")


def fresh_input(api: str, port: Port, own: str, receive: Receive) -> rtmidi.MidiIn:
    """Make and open an input; SysEx passes, clock and active sensing end in RtMidi."""
    midi = rtmidi.MidiIn(APIS[api], CLIENT, QUEUE_LIMIT)
    midi.ignore_types(sysex=False, timing=True, active_sense=True)
    midi.set_callback(receive)
    try:
        look_up_and_open(midi, port, own, api)
    except BaseException:
        delete_input(midi)
        raise
    return midi


def fresh_output(api: str, port: Port, own: str) -> rtmidi.MidiOut:
    """Make and open an output."""
    midi = rtmidi.MidiOut(APIS[api], CLIENT)
    try:
        look_up_and_open(midi, port, own, api)
    except BaseException:
        midi.delete()
        raise
    return midi


def fresh_virtual(api: str, name: str) -> rtmidi.MidiOut:
    """Make an output of our own that others can hear."""
    midi = rtmidi.MidiOut(APIS[api], CLIENT)
    try:
        midi.open_virtual_port(name)
    except BaseException:
        midi.delete()
        raise
    return midi


def fresh_virtual_input(api: str, name: str, receive: Receive) -> rtmidi.MidiIn:
    """Make an input of our own that others can send to."""
    midi = rtmidi.MidiIn(APIS[api], CLIENT, QUEUE_LIMIT)
    midi.ignore_types(sysex=False, timing=True, active_sense=True)
    midi.set_callback(receive)
    try:
        midi.open_virtual_port(name)
    except BaseException:
        delete_input(midi)
        raise
    return midi


def delete_input(midi: rtmidi.MidiIn) -> None:
    """Close an input in spite of a callback under way, which waits for the GIL.

    RtMidi joins its thread with the GIL held, and frees what the callback is about to use: so let
    the callback end first, and hold on to what it uses.
    """
    used = gc.get_referents(midi)
    midi.cancel_callback()
    time.sleep(CALLBACK_GRACE)
    midi.delete()
    used.clear()


def send_through(midi: rtmidi.MidiOut, data: bytes) -> None:
    """Send one message; what is no MIDI (a user's own profile may hold anything) is logged.

    Raises:
        Unavailable: the port takes nothing any more.

    """
    try:
        midi.send_message(data)
    except rtmidi.RtMidiError as error:
        raise Unavailable(str(error)) from error
    except ValueError:
        log.warning("not sent, for it is no MIDI message: %s", data.hex(" "))


class RtMidiIn:
    """An opened input of any system but JACK."""

    def __init__(self, midi: rtmidi.MidiIn) -> None:
        self._midi = midi

    def intact(self) -> bool:
        """Return True: these systems tell a loss by the list alone."""
        return True

    def close(self) -> None:
        """Close the port, after a callback that is under way."""
        delete_input(self._midi)


class RtMidiOut:
    """An opened output of any system but JACK."""

    def __init__(self, midi: rtmidi.MidiOut) -> None:
        self._midi = midi
        self.most = 0

    def intact(self) -> bool:
        """Return True: these systems tell a loss by the list alone."""
        return True

    def send(self, data: bytes) -> None:
        """Send one message; SysEx may block (WinMM waits until it is out)."""
        send_through(self._midi, data)

    def close(self) -> None:
        """Close the port."""
        self._midi.delete()


class RtMidiApi:
    """ALSA, CoreMIDI or WinMM: two long-lived objects list, each port has an object of its own."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._in = rtmidi.MidiIn(APIS[name], CLIENT, QUEUE_LIMIT)
        self._out = rtmidi.MidiOut(APIS[name], CLIENT)

    def health(self) -> Health:
        """Return RUNNING: these systems live in the kernel, or come back by themselves."""
        return Health.RUNNING

    def missed(self) -> bool:
        """Return False: these systems let a sender wait rather than lose what it sends."""
        return False

    def inputs(self) -> list[str]:
        """List what can be heard."""
        return _names(self._in)

    def outputs(self) -> list[str]:
        """List what can be sent to."""
        return _names(self._out)

    def open_input(self, port: Port, own: str, receive: Receive) -> InPort:
        """Open an input."""
        try:
            return RtMidiIn(fresh_input(self.name, port, own, receive))
        except rtmidi.RtMidiError as error:
            raise Unavailable(_held(port, error)) from error

    def open_output(self, port: Port, own: str) -> OutPort:
        """Open an output."""
        try:
            return RtMidiOut(fresh_output(self.name, port, own))
        except rtmidi.RtMidiError as error:
            raise Unavailable(_held(port, error)) from error

    def open_virtual(self, name: str) -> OutPort:
        """Open an output of our own; Windows has none."""
        if self.name == "winmm":
            key = _NAMED_IN.get(name, "thru under [midi]")
            raise Unavailable(
                "Windows has no virtual MIDI ports: install loopMIDI, add a port there, and write its"
                f' name into {key} (for example {key.split()[0]} = "loopMIDI Port")'
            )
        try:
            return RtMidiOut(fresh_virtual(self.name, name))
        except rtmidi.RtMidiError as error:
            raise Unavailable(f"the port {name!r} can't be made ({error})") from error

    def open_virtual_input(self, name: str, receive: Receive) -> InPort:
        """Open an input of our own; Windows has none."""
        if self.name == "winmm":
            raise Unavailable("Windows has no virtual MIDI ports")
        try:
            return RtMidiIn(fresh_virtual_input(self.name, name, receive))
        except rtmidi.RtMidiError as error:
            raise Unavailable(f"the port {name!r} can't be made ({error})") from error

    def close(self) -> None:
        """Delete the two that list."""
        self._in.delete()
        self._out.delete()

    def abandon(self) -> None:
        """Nothing: these systems do not go."""


def _names(midi: rtmidi.MidiIn | rtmidi.MidiOut) -> list[str]:
    """List names; a port that goes while it is listed costs this list only."""
    try:
        return [name or "" for name in midi.get_ports()]
    except rtmidi.RtMidiError:
        return []


def _held(port: Port, error: Exception) -> str:
    """Say why a port can't be opened; Windows gives a port to one program only."""
    if sys.platform == "win32":
        return f"the port {port.name!r} is in use by another program ({error}); it is tried again"
    return f"the port {port.name!r} can't be opened ({error}); it is tried again"
