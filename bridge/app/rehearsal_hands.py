"""Hands by name: ``pad.1.1`` down, ``encoder.2`` two clicks, as the bytes that the device would send."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bridge.errors import Invalid
from bridge.files.toml_faults import found, unknown
from bridge.surface.decode import Decoder
from bridge.surface.profile import Control, Edge, Profile

_STATUS = {"note": 0x90, "cc": 0xB0, "pitchbend": 0xE0}
_BEND = 0x3FFF


class Hands:
    """Finds the message that a profile would read as what a hand does. Raises Invalid otherwise."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._decode = Decoder(profile).feed

    def down(self, name: str) -> bytes:
        """Return the message of a control that goes down, as hard as can be."""
        return self._first(name, "down", reversed(range(128)), lambda _edge: True)

    def up(self, name: str) -> bytes:
        """Return the message of a control that comes up."""
        return self._first(name, "up", range(128), lambda _edge: True)

    def turned(self, name: str, clicks: int) -> bytes:
        """Return the message of an encoder that turns by so many clicks."""
        return self._first(
            name, "turn", range(128), lambda edge: edge.relative and edge.amount == clicks
        )

    def moved(self, name: str, to: float) -> bytes:
        """Return the message of a fader or knob that goes to a place from 0 to 1."""
        control = self._control(name)
        if control.message == "pitchbend":
            value = round(to * _BEND)
            return bytes((self._status(control), value & 0x7F, value >> 7))
        nearest = round(to * 127)
        return self._first(name, "turn", (nearest,), lambda edge: not edge.relative)

    def _first(
        self, name: str, what: str, values: Iterable[int], fits: Callable[[Edge], bool]
    ) -> bytes:
        control = self._control(name)
        head = bytes((self._status(control), control.number))
        for value in values:
            data = head + bytes((value,))
            edge = self._decode(data)
            if edge is not None and (edge.control, edge.what) == (name, what) and fits(edge):
                return data
        raise Invalid(f"{found(name)} is {_a(control)} and can't do that")

    def _control(self, name: str) -> Control:
        control = self._profile.controls.get(name)
        if control is None or control.message == "none":
            names = [n for n, c in self._profile.controls.items() if c.message != "none"]
            raise Invalid(f"found {found(name)}; {unknown(name, names)}")
        return control

    def _status(self, control: Control) -> int:
        return _STATUS[control.message] | (control.channel or 1) - 1


def _a(control: Control) -> str:
    return f"{'an' if control.kind == 'encoder' else 'a'} {control.kind}"
