"""What a MIDI system is to us (ALSA, JACK, CoreMIDI, WinMM, or a twin in memory), and its names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import takewhile
from typing import Protocol, TypeAlias

from bridge.surface import matching

CLIENT = "songbridge"
"""The name of our own clients; ports of such clients are never opened as devices."""

Receive: TypeAlias = Callable[[tuple[list[int], float], object], None]
"""python-rtmidi's callback: ((bytes, seconds since the last message), data); on its own thread."""

_PLATFORMS: dict[str, matching.Platform] = {"coremidi": "macos", "winmm": "windows"}


class Health(Enum):
    """Whether the MIDI system can be spoken to."""

    RUNNING = "running"
    STALLED = "stalled"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Port:
    """One port as the system lists it: its raw name, and which of several with that very name."""

    raw: str
    nth: int
    name: str


class InPort(Protocol):
    """An opened input."""

    def intact(self) -> bool:
        """Return False when the system has cut the connection although both ends are there."""

    def close(self) -> None:
        """Close the port; the callback is not called any more. On the watcher's thread."""


class OutPort(Protocol):
    """An opened output.

    ``most`` is how many messages the device takes in one go, 0: no limit. Only a system that holds
    messages back and sends them together (JACK, in each of its periods) needs to look at it.
    """

    most: int

    def intact(self) -> bool:
        """Return False when the system has cut the connection although both ends are there."""

    def send(self, data: bytes) -> None:
        """Send one message; may block.

        Raises:
            Unavailable: the port or the system takes nothing any more.

        """

    def close(self) -> None:
        """Close the port when all that was sent is out. On the watcher's thread."""


class MidiApi(Protocol):
    """One MIDI system. All of it is called on the one watcher thread, except `OutPort.send`."""

    name: str

    def health(self) -> Health:
        """Tell whether the system runs; after GONE only `abandon` may be called."""

    def missed(self) -> bool:
        """Tell whether messages may have been lost, either way, since the last call."""

    def inputs(self) -> list[str]:
        """List the raw names of the ports one can hear."""

    def outputs(self) -> list[str]:
        """List the raw names of the ports one can send to."""

    def open_input(self, port: Port, own: str, receive: Receive) -> InPort:
        """Open a port under the name `own`; `receive` is called on a thread of the library.

        Raises:
            Unavailable: the port has gone, or another program holds it.

        """

    def open_output(self, port: Port, own: str) -> OutPort:
        """Open a port under the name `own`.

        Raises:
            Unavailable: the port has gone, or another program holds it.

        """

    def open_virtual(self, name: str) -> OutPort:
        """Open an output of our own that other programs hear under `name`.

        Raises:
            Unavailable: this system has no virtual ports, or has gone.

        """

    def open_virtual_input(self, name: str, receive: Receive) -> InPort:
        """Open an input of our own that other programs send to under `name`.

        Raises:
            Unavailable: this system has no virtual ports, or has gone.

        """

    def close(self) -> None:
        """Give the system back; opened ports were closed before."""

    def abandon(self) -> None:
        """Forget a system that has GONE, with all its ports, without speaking to it."""


_OWN = re.compile(rf"{CLIENT}(-\d+)?:")
# a2jmidid writes the ALSA client's number in brackets; jackd2 makes a client's name unique by -01.
_JACK_VOLATILE = re.compile(r"\s\[\d+\]|-\d\d(?=:)")


def normalised(raw: str, api: str) -> str:
    """Return a port's name without what changes when the device is plugged in again."""
    if api == "jack":
        raw = _JACK_VOLATILE.sub("", raw)
    return matching.normalised(raw, _PLATFORMS.get(api, "linux"))


def siblings(one: Port, other: Port, api: str) -> bool:
    """Tell whether two ports are of one device: like devices have like names, its ports have not."""
    on = _PLATFORMS.get(api, "linux")
    device = matching.device_of(one.raw, on)
    return bool(device) and device == matching.device_of(other.raw, on) and one.name != other.name


def listed(raws: Iterable[str], api: str) -> list[Port]:
    """Return the ports of a list in its order, without our own."""
    seen: Counter[str] = Counter()
    ports = []
    for raw in raws:
        if not _OWN.match(raw):
            ports.append(Port(raw, seen[raw], normalised(raw, api)))
        seen[raw] += 1
    return ports


def paired(
    heard: Port, rank: int, matching: Sequence[Port], taken: Collection[Port]
) -> Port | None:
    """Return the output that belongs to the input `heard`, the `rank`-th of its kind, or None.

    The longer two names agree from both ends, the likelier are both of one device: ALSA has the same
    name with the same number, a2jmidid the same number before ``(capture)`` and ``(playback)``,
    jackd2 the same one behind. Else rank decides.
    """
    free = [port for port in matching if port not in taken]
    if not free:
        return None
    most = max(_agreement(heard.raw, port.raw) for port in free)
    nearest = [port for port in free if _agreement(heard.raw, port.raw) == most]
    return matching[rank] if matching[rank : rank + 1] and matching[rank] in nearest else nearest[0]


def _agreement(one: str, other: str) -> int:
    """Count the characters in which two names agree from their beginning and from their end."""
    return _same(one, other) + _same(one[::-1], other[::-1])


def _same(one: str, other: str) -> int:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same)
