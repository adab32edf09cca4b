"""Which opened devices are not there any more, by the port lists of the moment."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bridge.ports.midi_api import Port
    from bridge.ports.midi_device import Device


def lost_among(
    devices: Sequence[Device], ins: Iterable[Port], outs: Iterable[Port]
) -> list[Device]:
    """Return those that were unplugged; of several ports with one name, all: nobody can tell which."""
    heard = _short(ins, (device.heard for device in devices))
    told = _short(outs, (device.told for device in devices if device.told))
    return [
        device
        for device in devices
        if (device.broken and not device.inquiry.other)
        or device.heard.raw in heard
        or (device.told and device.told.raw in told)
        or not device.intact()
    ]


def _short(ports: Iterable[Port], opened: Iterable[Port]) -> set[str]:
    """Return the raw names of which fewer are there than we have opened."""
    there = Counter(port.raw for port in ports)
    return {
        raw for raw, count in Counter(port.raw for port in opened).items() if there[raw] < count
    }
