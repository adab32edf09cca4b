"""Which ports are open for whom: one `tick` compares the wishes with what is there.

It has no thread of its own: the watcher calls `tick` again and again on one thread, as macOS
demands for all listing, opening and closing.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal, TypeAlias, assert_never

from bridge.errors import Unavailable
from bridge.moment import now
from bridge.ports.midi_api import Health, MidiApi, Port, listed, paired, siblings
from bridge.ports.midi_assigning import Assigning, Claims
from bridge.ports.midi_cues import Cues
from bridge.ports.midi_device import Device
from bridge.ports.midi_events import UNWANTED, Another, DeviceState, MidiState, PortInfo
from bridge.ports.midi_input import receiver
from bridge.ports.midi_lost import lost_among
from bridge.ports.midi_overhearing import Overhearing
from bridge.ports.midi_thru import Passage, Thru

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
        self,
        find: Find,
        put: Put,
        *,
        keep: bool = True,
        clock: Callable[[], Moment] = now,
        rouse: Callable[[], None] = lambda: None,
        thru: Thru | None = None,
    ) -> None:
        self.thru, self.cues = thru or Thru(""), Cues()
        self.overhearing = Overhearing(put, clock, keep=keep)
        self._ways = self.thru, self.cues, self.overhearing
        self._find, self._put, self._keep, self._clock, self._rouse = find, put, keep, clock, rouse
        self._api: MidiApi | None = None
        self._wanted: Mapping[str, Wanted] = {}
        self._served: Mapping[str, Wanted] = {}
        self._devices: dict[str, Device] = {}
        self._assigning = Assigning(self._why_not, self._siblings)
        self._claims = Claims()
        self._replies: dict[Port, bytes] = {}
        self._busy: dict[str, str] = {}
        self._shut: dict[tuple[str, Port], str] = {}
        self._asked_for: set[str] = set()
        self._ins: list[Port] = []
        self._outs: list[Port] = []
        self._to_heal, self._heal_from = 0, float("-inf")
        self.state = MidiState("", "none", "not looked for yet")

    def want(self, specs: Sequence[Wanted]) -> None:
        """Set all wishes, in the order in which they may choose; the next tick sees to them."""
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
        device, claims = self._devices.get(key), self._claims
        if device is not None and device.output is None and key in self._busy:
            return DeviceState(device.heard.raw, "ready", f"heard only: {self._busy[key]}")
        if device is not None:
            return device.state()
        if key in self._busy:
            return DeviceState("", "busy", self._busy[key])
        port, reason = claims.denied.get(key, (None, ""))
        if port is not None and port not in claims.ports.values():
            return DeviceState(port.raw, "unknown", reason)
        return DeviceState("", "absent", self.state.reason or NO_PORT)

    def ports(self) -> list[PortInfo]:
        """List the ports as they were at the last tick, inputs first, without our own."""
        devices = self.devices()
        heard = {device.heard: device for device in devices}
        told = {device.told: device for device in devices if device.told}
        ins = [self._info(port, "in", heard.get(port)) for port in list(self._ins)]
        return ins + [self._info(port, "out", told.get(port)) for port in list(self._outs)]

    def _info(self, port: Port, way: Literal["in", "out"], device: Device | None) -> PortInfo:
        if device is not None:
            return PortInfo(port.raw, way, device.spec.key, device.inquiry.reply)
        shut, heard = self._shut.get((way, port), ""), self.overhearing.is_open(way, port)
        return PortInfo(port.raw, way, None, self._replies.get(port, b""), shut, heard)

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
                self._pass_through(api)
            case Health.STALLED:
                self._tell(
                    MidiState(api.name, "stalled", f"{api.name} has stopped; waiting for it")
                )
            case Health.GONE:
                self._lose(api)
            case never:
                assert_never(never)

    def _pass_through(self, api: MidiApi) -> None:
        """Have the ports there through which goes on what layouts don't use, and through which cues go."""
        self.thru.serve(api, self._outs)
        self.cues.serve(api, self._outs)

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
        for way in self._ways:
            way.lose()
        api.abandon()
        self._api, self._devices, self._ins, self._outs = None, {}, [], []
        self._claims, self._replies = Claims(), {}
        self._busy.clear()
        self._shut.clear()
        self._tell(MidiState("", "none", reason))

    def _compare(self, api: MidiApi) -> None:
        inputs = listed(api.inputs(), api.name)
        self._ins = [port for port in inputs if not self._is_far_end(port.name)]
        self._outs = listed(api.outputs(), api.name)
        self._replies = {port: at for port, at in self._replies.items() if port in self._ins}
        self._close_unwanted()
        self._close_lost()
        self._close_mistaken()
        self.overhearing.serve(api, self._nobodys())
        self._serve(api)

    def _nobodys(self) -> list[Port]:
        """Return the inputs that no wish could get, by their names."""
        held = [device.heard for device in self._devices.values()]
        return [port for port in self._ins if port not in held and not self._assigning.fits(port)]

    def _is_far_end(self, name: str) -> bool:
        """Tell whether an input of that name brings back what we send to a DAW."""
        return self.thru.is_far_end(name) or self.cues.is_far_end(name)

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
        fresh = wanted is not self._served
        if fresh:
            self._served = wanted
            self._assigning.want(wanted.values())
            self._asked_for.clear()
        self._close([d for d in self.devices() if not self._follows(d, fresh=fresh)], UNWANTED)

    def _follows(self, device: Device, *, fresh: bool) -> bool:
        """Have an open device serve its wish as it is now; False: it must be opened anew for that."""
        spec, before = self._served.get(device.spec.key), device.spec
        if spec is before and not fresh:
            return True
        contested = self._assigning.contested(device.heard)
        if spec is None or not device.serves(spec, contested=contested):
            return False
        same = spec.uses is before.uses
        device.follow(spec, device.intake.passage if same else self._passage(spec))
        return True

    def _passage(self, spec: Wanted) -> Passage | None:
        return None if spec.uses is None else self.thru.passage(spec.uses)

    def _close_mistaken(self) -> None:
        """Close those whose port is another device's, by its own answer, and remember that."""
        mistaken = [device for device in self._devices.values() if device.inquiry.other]
        for device in mistaken:
            self._replies[device.heard] = device.inquiry.reply
        self._close(mistaken, "another device is there", politely=False)

    def _why_not(self, spec: Wanted, port: Port) -> str:
        """Return why the device at `port` can't be `spec`'s, by what it answered."""
        reply = self._replies.get(port)
        if reply is None or spec.judge is None or spec.sure:
            return ""
        judgement = spec.judge(reply)
        if judgement.whose != "another":
            return ""
        return f"unknown device: it answers as {judgement.name}, which has another port"

    def _siblings(self, one: Port, other: Port) -> bool:
        return self._api is not None and siblings(one, other, self._api.name)

    def _close_lost(self) -> None:
        """Close what was unplugged; of several ports with one name, all: nobody can tell which."""
        lost = lost_among(self.devices(), self._ins, self._outs)
        for device in lost:
            self._replies.pop(device.heard, None)
        self._close(lost, "unplugged", politely=False)

    def _close(self, devices: Sequence[Device], reason: str, *, politely: bool = True) -> None:
        until = time.monotonic() + FAREWELL
        for device in devices:
            device.part(politely=politely)
        for device in devices:
            device.close(until - time.monotonic())
            del self._devices[device.spec.key]
            device.tell_down(device.broken or reason)

    def _serve(self, api: MidiApi) -> None:
        """Open what is there and wanted; a device's output may come later than its input."""
        self._busy.clear()
        self._shut.clear()
        held = {key: device.heard for key, device in self._devices.items()}
        self._claims = self._assigning.claims(self._ins, held)
        for key, port in self._claims.ports.items():
            self._try("in", key, port, self._open, api)
        for key, device in list(self._devices.items()):
            if device.output is None:
                self._join(api, key, device)
        for like in self._claims.more:
            self._ask_for(like)

    def _try(
        self,
        way: Literal["in", "out"],
        key: str,
        port: Port,
        work: Callable[[MidiApi, str, Port], None],
        api: MidiApi,
    ) -> None:
        try:
            work(api, key, port)
        except Unavailable as error:
            self._busy[key] = self._shut[way, port] = str(error)

    def _ask_for(self, like: str) -> None:
        """Ask once for one more wish like that of a key; `want` answers."""
        if like not in self._asked_for:
            self._asked_for.add(like)
            self._put(Another(like))

    def _open(self, api: MidiApi, key: str, port: Port) -> None:
        spec, put = self._served[key], self._put
        contested = self._assigning.contested(port)
        device = Device(
            spec, port, put, self._clock,
            contested=contested, rouse=self._rouse, passage=self._passage(spec),
        )  # fmt: skip
        receive = receiver(
            device.intake, put, told=device.sysex, played=self.overhearing.sign,
            keep=self._keep, clock=self._clock,
        )  # fmt: skip
        device.listen(api.open_input(port, f"{key} in", receive))
        self._devices[key] = device

    def _join(self, api: MidiApi, key: str, device: Device) -> None:
        """Open the output that belongs to a device; without one it is up all the same, if later."""

        def join(api: MidiApi, key: str, port: Port) -> None:
            device.join(port, api.open_output(port, f"{key} out"))

        spec = device.spec
        alike = [port for port in self._ins if spec.matches_in(port.raw)]
        taken = [other.told for other in self._devices.values() if other.told]
        outs = [port for port in self._outs if spec.matches_out(port.raw)]
        rank = alike.index(device.heard) if device.heard in alike else 0
        port = paired(device.heard, rank, outs, taken)
        try:
            if port is not None:
                self._try("out", key, port, join, api)
        finally:
            if device.output is None:
                device.be_alone()

    def close(self) -> None:
        """Take leave of every device and of the system, within about a second."""
        api, self._api = self._api, None
        if api is None:
            return
        if api.health() is Health.RUNNING:
            self._close(self.devices(), "Songbridge ends")
            for way in self._ways:
                way.close()
            api.close()
        else:
            for way in self._ways:
                way.lose()
            for device in self.devices():
                device.part(politely=False)
            api.abandon()
