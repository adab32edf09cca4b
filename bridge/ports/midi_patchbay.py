"""Which ports are open for whom: one `tick` compares the wishes with what is there.

It has no thread of its own: the watcher calls `tick` again and again on one thread, as macOS
demands for all listing, opening and closing.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, TypeAlias, assert_never

from bridge.errors import Unavailable
from bridge.moment import now
from bridge.ports.midi_api import Health, MidiApi, Port, listed, paired, picked
from bridge.ports.midi_device import Device
from bridge.ports.midi_events import DeviceState, MidiState, PortInfo
from bridge.ports.midi_input import receiver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bridge.moment import Moment
    from bridge.ports.midi_events import Put, Wanted

    Find: TypeAlias = Callable[[], MidiApi | str]

FAREWELL = 0.8
"""Seconds that all devices together are given to be darkened and left in."""

HEALING = 1.0
"""Seconds between two paintings from nothing, however often messages are lost meanwhile.

While a client stands still jackd2 tells of it once in half a second, and all is lost in between: so
the last painting has to be more than that after the last news.
"""

NO_PORT = "no port matches; plug it in, or see `songbridge ports`"


class Patchbay:
    """The opened controllers, and how each wanted one is.

    ``find`` opens a MIDI system, or says in words why there is none. Only `want`, `device`,
    `states` and `ports` may be called from other threads.
    """

    def __init__(
        self, find: Find, put: Put, *, keep: bool = True, clock: Callable[[], Moment] = now
    ) -> None:
        self._find, self._put, self._keep, self._clock = find, put, keep, clock
        self._api: MidiApi | None = None
        self._wanted: Mapping[str, Wanted] = {}
        self._devices: dict[str, Device] = {}
        self._busy: dict[str, str] = {}
        self._ins: list[Port] = []
        self._outs: list[Port] = []
        self._to_heal, self._heal_from = 0, float("-inf")
        self.state = MidiState("", "none", "not looked for yet")

    def want(self, specs: Sequence[Wanted]) -> None:
        """Set all wishes; the next tick sees to them."""
        self._wanted = {spec.key: spec for spec in specs}

    def device(self, key: str) -> Device | None:
        """Return an opened controller."""
        return self._devices.get(key)

    def devices(self) -> list[Device]:
        """Return all opened controllers."""
        return list(self._devices.values())

    def states(self) -> dict[str, DeviceState]:
        """Tell how each wanted controller is, by its key."""
        return {key: self._state_of(key) for key in self._wanted}

    def _state_of(self, key: str) -> DeviceState:
        device = self._devices.get(key)
        if device is not None:
            return device.state()
        if key in self._busy:
            return DeviceState("", "busy", self._busy[key])
        return DeviceState("", "absent", self.state.reason or NO_PORT)

    def ports(self) -> list[PortInfo]:
        """List the ports as they were at the last tick, inputs first, without our own."""
        devices = self.devices()
        heard = {device.heard: device.spec.key for device in devices}
        told = {device.told: device.spec.key for device in devices if device.told}
        return [PortInfo(port.raw, "in", heard.get(port)) for port in self._ins] + [
            PortInfo(port.raw, "out", told.get(port)) for port in self._outs
        ]

    def tick(self) -> None:
        """List, close what has gone, open what is there, heal what was lost."""
        api = self._api or self._take(self._find())
        if api is None:
            return
        match api.health():
            case Health.RUNNING:
                self._tell(MidiState(api.name, "ready"))
                self._compare(api)
                self._heal(api)
            case Health.STALLED:
                self._tell(
                    MidiState(api.name, "stalled", f"{api.name} has stopped; waiting for it")
                )
            case Health.GONE:
                self._lose(api)
            case never:
                assert_never(never)

    def _take(self, result: MidiApi | str) -> MidiApi | None:
        if isinstance(result, str):
            self._tell(MidiState("", "none", f"no MIDI: {result}"))
            return None
        self._api = result
        return result

    def _tell(self, state: MidiState) -> None:
        if state != self.state:
            self.state = state
            self._put(state)

    def _lose(self, api: MidiApi) -> None:
        """Let go of a system that has ended: nothing of it may be touched again."""
        reason = f"{api.name} has ended; waiting for it to come back"
        for device in self._devices.values():
            device.part(politely=False)
        for device in self._devices.values():
            device.forget(FAREWELL)
            device.tell_down(reason)
        api.abandon()
        self._api, self._devices, self._ins, self._outs = None, {}, [], []
        self._busy.clear()
        self._tell(MidiState("", "none", reason))

    def _compare(self, api: MidiApi) -> None:
        self._ins = listed(api.inputs(), api.name)
        self._outs = listed(api.outputs(), api.name)
        self._close_unwanted()
        self._close_lost()
        self._busy.clear()
        for spec in self._wanted.values():
            try:
                self._serve(api, spec)
            except Unavailable as error:
                self._busy[spec.key] = str(error)

    def _heal(self, api: MidiApi) -> None:
        """Have every device sent everything anew after news of a loss: soon, and once more later."""
        mono = self._clock().mono
        if api.missed():
            self._to_heal = 2
        if self._to_heal and mono >= self._heal_from:
            self._to_heal, self._heal_from = self._to_heal - 1, mono + HEALING
            for device in self._devices.values():
                device.renew()

    def _close_unwanted(self) -> None:
        """Take leave of devices whose wish has gone or is another one now."""
        wanted = self._wanted
        unwanted = [d for d in self._devices.values() if wanted.get(d.spec.key) != d.spec]
        self._close(unwanted, "it is not wanted any more, or differently", politely=True)

    def _close_lost(self) -> None:
        """Close what was unplugged; of several ports with one name, all: nobody can tell which."""
        ins = _short(self._ins, (d.heard for d in self._devices.values()))
        outs = _short(self._outs, (d.told for d in self._devices.values() if d.told))
        lost = [
            device
            for device in self._devices.values()
            if device.broken
            or device.heard.raw in ins
            or (device.told and device.told.raw in outs)
            or not device.intact()
        ]
        self._close(lost, "unplugged", politely=False)

    def _close(self, devices: Sequence[Device], reason: str, *, politely: bool) -> None:
        until = time.monotonic() + FAREWELL
        for device in devices:
            device.part(politely=politely)
        for device in devices:
            device.close(until - time.monotonic())
            del self._devices[device.spec.key]
            device.tell_down(device.broken or reason)

    def _serve(self, api: MidiApi, spec: Wanted) -> None:
        """Open what is there of one controller; its output may come later than its input."""
        matching = [port for port in self._ins if spec.matches_in(port.raw)]
        device = self._devices.get(spec.key) or self._open(api, spec, matching)
        if device is None or device.output is not None:
            return
        try:
            self._join(api, device, matching)
        finally:
            if device.output is None:
                device.announce()

    def _open(self, api: MidiApi, spec: Wanted, matching: Sequence[Port]) -> Device | None:
        taken = [device.heard for device in self._devices.values()]
        port = picked(matching, spec.pick, taken)
        if port is None:
            return None
        receive = receiver(spec, self._put, keep=self._keep, clock=self._clock)
        inp = api.open_input(port, f"{spec.key} in", receive)
        device = self._devices[spec.key] = Device(spec, port, inp, self._put, self._clock)
        return device

    def _join(self, api: MidiApi, device: Device, matching: Sequence[Port]) -> None:
        spec = device.spec
        rank = matching.index(device.heard) if device.heard in matching else spec.pick
        taken = [other.told for other in self._devices.values() if other.told]
        outs = [port for port in self._outs if spec.matches_out(port.raw)]
        port = paired(device.heard, rank, outs, taken)
        if port is not None:
            device.join(port, api.open_output(port, f"{spec.key} out"))

    def close(self) -> None:
        """Take leave of every device and of the system, within about a second."""
        api, self._api = self._api, None
        if api is None:
            return
        if api.health() is Health.RUNNING:
            self._close(self.devices(), "Songbridge ends", politely=True)
            api.close()
        else:
            for device in self.devices():
                device.part(politely=False)
            api.abandon()


def _short(ports: Iterable[Port], opened: Iterable[Port]) -> set[str]:
    """Return the raw names of which fewer are there than we have opened."""
    there = Counter(port.raw for port in ports)
    return {
        raw for raw, count in Counter(port.raw for port in opened).items() if there[raw] < count
    }
