"""What each MIDI port was taken for, and why: the rows of `songbridge ports`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from bridge.app.controller import Controller
from bridge.app.controllers import Controllers
from bridge.core.status import Json
from bridge.ports.midi_assigning import MOST
from bridge.ports.midi_events import PortInfo
from bridge.ports.midi_inquiry import words
from bridge.surface import matching
from bridge.surface.matching import Platform
from bridge.surface.profile import Profile


def rows(
    ports: Sequence[PortInfo], controllers: Controllers, on: Platform, *, opens: bool = True
) -> list[dict[str, Json]]:
    """Return a row a port: its name and direction, what it is taken for, why, and what is opened.

    Without `opens` nothing stays open: what would be opened is told.
    """
    table = _Table(ports, controllers, on, opens=opens)
    return [table.row(port) for port in ports]


def doubts(ports: Sequence[PortInfo], controllers: Controllers, on: Platform) -> list[str]:
    """Return a sentence for each input that several profiles fit while its device says nothing."""
    table = _Table(ports, controllers, on, opens=True)
    return [
        f"the port {port.name!r} fits {' and '.join(names)}, and its device does not say which it is"
        for port in ports
        if port.direction == "in" and port.opened_by and not port.reply
        if len(names := table.names(port)) > 1
    ]


_OVERHEARD = "; heard only as a sign that somebody plays ([listening] keyboards)"


class _Table:
    def __init__(
        self, ports: Sequence[PortInfo], controllers: Controllers, on: Platform, *, opens: bool
    ) -> None:
        self._ports, self._on, self._opens = ports, on, opens
        self._profiles = tuple(controllers.profiles.values())
        self._all: Mapping[str, Controller] = {c.key: c for c in controllers.all}

    def row(self, port: PortInfo) -> dict[str, Json]:
        holder = self._all.get(port.opened_by or "")
        fitting = self._fitting(port)
        taken_for = holder or next(iter(fitting), None)
        return {
            "name": port.name,
            "direction": port.direction,
            "controller": holder.key if holder else "",
            "profile": taken_for.profile.id if taken_for else "",
            "opened": self._opens and holder is not None,
            "identity": words(port.reply),
            "why": self._why(port, holder, fitting),
        }

    def names(self, port: PortInfo) -> list[str]:
        """Return the names of all profiles that the port's name fits."""
        return [controller.profile.name for controller in self._fitting(port)]

    def _fitting(self, port: PortInfo) -> list[Controller]:
        """Return the controllers whose pattern the port's name fits, one of each profile."""
        found: dict[str, Controller] = {}
        for one in self._all.values():
            ways = (one.wanted.matches_in, one.wanted.matches_out)
            if ways[port.direction == "out"](port.name):
                found.setdefault(one.profile.id, one)
        return list(found.values())

    def _why(self, port: PortInfo, holder: Controller | None, fitting: list[Controller]) -> str:
        if holder is not None:
            verb = "opened" if self._opens else "recognised"
            return f"{verb} as {holder.name}: {', '.join(self._reasons(port, holder, fitting))}"
        if not fitting:
            return self._foreign(port) + (_OVERHEARD if port.overheard else "")
        name = fitting[0].profile.name
        if port.busy:
            return f"is {name}'s, and not opened: {port.busy}"
        if port.reply:
            return self._denied(port, fitting)
        return f"fits {name}; {self._spare(port, fitting)}"

    def _reasons(
        self, port: PortInfo, holder: Controller, fitting: Iterable[Controller]
    ) -> Iterable[str]:
        yield "its port is named in the configuration" if holder.wanted.sure else "by its name"
        others = [c.profile.name for c in fitting if c.profile.id != holder.profile.id]
        judge = holder.wanted.judge
        if port.reply and judge is not None:
            whose = judge(port.reply).whose
            said = {
                "own": "and its answer",
                "another": "although it answers",
                "nobody": "it answers",
            }
            yield f"{said[whose]} {words(port.reply)}"
        elif others:
            yield f"without an answer; {' and '.join(others)} would fit, too"
        elif holder.wanted.answers:
            yield "without an answer"

    def _denied(self, port: PortInfo, fitting: Sequence[Controller]) -> str:
        judge = fitting[0].wanted.judge
        other = judge(port.reply).name if judge is not None else ""
        return (
            f"unknown device: by its name {fitting[0].profile.name}, "
            f"but it answers as {other} ({words(port.reply)})"
        )

    def _spare(self, port: PortInfo, fitting: Sequence[Controller]) -> str:
        if port.direction == "out":
            return "no input is open that it would belong to"
        device = matching.device_of(port.name, self._on)
        for other in self._ports:
            if other.opened_by and device and device == matching.device_of(other.name, self._on):
                return "not opened: another port of the same device is"
        if any(controller.wanted.more for controller in fitting):
            return f"not opened: {MOST} of a kind are the most, or it has just come"
        return "not opened: the configuration asks for one, and that is another"

    def _foreign(self, port: PortInfo) -> str:
        """Say what a port is that nobody asked for: the other port of a known device, or unknown."""
        if (profile := self._profile(port)) is not None:
            return f"fits {profile.name}, which the configuration does not ask for"
        sibling = self._sibling(port)
        if sibling is None:
            return _unknown(port)
        if matching.is_for_daw(port.name):
            return f"belongs to the DAW: {sibling.name}'s other port"
        return f"not used: {sibling.name}'s other port"

    def _sibling(self, port: PortInfo) -> Profile | None:
        """Return the profile that another port of the same device fits."""
        device = matching.device_of(port.name, self._on)
        alike = (p for p in self._ports if matching.device_of(p.name, self._on) == device != "")
        return next((one for other in alike if (one := self._profile(other)) is not None), None)

    def _profile(self, port: PortInfo) -> Profile | None:
        """Return the first of all profiles that the port's name fits."""
        if holder := self._all.get(port.opened_by or ""):
            return holder.profile
        fits = partial(matching.matches, name=port.name, on=self._on, direction=port.direction)
        return next((profile for profile in self._profiles if fits(profile)), None)


def _unknown(port: PortInfo) -> str:
    """Say what can be done about an input that no profile fits; an output comes with its input."""
    if matching.is_loop(port.name):
        return "the system's own loop, no device"
    drafted = (
        "; `songbridge learn --device` finds out what it has" if port.direction == "in" else ""
    )
    return f"no profile fits its name{drafted}"
