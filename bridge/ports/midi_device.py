"""One opened controller: its input, its output when there is one, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.ports.midi_events import DeviceState, PortDown, PortUp, Repaint
from bridge.ports.midi_input import Intake
from bridge.ports.midi_inquiry import Inquiry, is_reply
from bridge.ports.midi_output import Output
from bridge.surface.sysex import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from bridge.moment import Moment
    from bridge.ports.midi_api import InPort, OutPort, Port
    from bridge.ports.midi_events import Put, Wanted
    from bridge.ports.midi_thru import Passage


class Device:
    """Opened and closed on the watcher's thread; ``output`` is used from any.

    ``broken`` says why the output gave up; the watcher, which ``rouse`` wakes, then closes the
    device and opens it anew. ``inquiry`` tells who is there; ``contested`` when another kind could
    claim its port. ``intake`` is what the input's callback goes by.
    """

    def __init__(
        self,
        spec: Wanted,
        heard: Port,
        put: Put,
        clock: Callable[[], Moment],
        *,
        contested: bool = False,
        rouse: Callable[[], None] = lambda: None,
        passage: Passage | None = None,
    ) -> None:
        self.spec, self.heard = spec, heard
        self.intake = Intake(spec, passage)
        self.inquiry = Inquiry(spec, contested=contested)
        self.told: Port | None = None
        self.output: Output | None = None
        self.broken = ""
        self._inp: InPort | None = None
        self._put, self._clock, self._rouse = put, clock, rouse
        self._announced = self._was_up = self._alone = False

    def listen(self, inp: InPort) -> None:
        """Take the opened input in; its callback shows `sysex` what comes."""
        self._inp = inp

    def serves(self, spec: Wanted, *, contested: bool) -> bool:
        """Tell whether the device may stay open for that wish, with nothing sent or asked anew."""
        return spec == self.spec and self.inquiry.agrees(spec, contested=contested)

    def follow(self, spec: Wanted, passage: Passage | None) -> None:
        """Be there for that wish, which it `serves`, from now on."""
        self.spec = spec
        self.inquiry.follow(spec)
        before = self.intake.passage
        self.intake.follow(spec, passage)
        if before is not None and before is not passage:
            before.end()
        if self.output is not None:
            self.output.follow(spec)

    def join(self, port: Port, out: OutPort) -> None:
        """Take the output in: its thread asks and enters, then the device is up."""
        self.told = port
        self._announced = False
        self.output = Output(
            self.spec, out, self.announce, self._break, self._clock,
            renewed=self._renewed, inquiry=self.inquiry,
        )  # fmt: skip
        self.output.start()

    def sysex(self, data: list[int]) -> bool:
        """Take one SysEx, on the input's thread; tell whether it says anything to us."""
        output = self.output
        if len(data) > LONGEST or output is None:
            return False
        message = bytes(data)
        if is_reply(self.spec, message):
            heard = self.inquiry.hear(message, self._clock().mono)
            output.nudge()
            return heard
        if not self.spec.renew_on.match(message):
            return False
        output.reenter()
        return True

    def be_alone(self) -> None:
        """Be there without an output; called at each look at the ports.

        Where the device is to be asked that is so from the second look on: both of its ports seldom
        come in the same instant, and "connected" is not to be said of what has not answered.
        """
        if self._alone or not self.inquiry.asks:
            self.announce()
        self._alone = True

    def announce(self) -> None:
        """Tell once that the device is up, with the ports it has now."""
        if not self._announced:
            self._announced = self._was_up = True
            told = self.told.raw if self.told else ""
            note = self.inquiry.note
            self._put(PortUp(self.spec.key, self.heard.raw, told, self._clock(), note))

    def _break(self, reason: str) -> None:
        """On the output's thread: it takes nothing any more, or another device is there."""
        self.broken = reason
        self._rouse()

    def renew(self) -> None:
        """Have everything sent anew, for some of it may be lost."""
        if self.output is not None:
            self.output.renew()

    def _renewed(self, why: str) -> None:
        """On the output's thread: the device is ready to be painted anew."""
        self._put(Repaint(self.spec.key, self._clock(), why))

    def state(self) -> DeviceState:
        """Tell how the device is."""
        if self.inquiry.other:  # it is closed at once, and the next in turn is asked
            return DeviceState(self.heard.raw, "settling")
        if self.broken:
            return DeviceState(self.heard.raw, "absent", self.broken)
        if self.output is not None and self.output.fault:
            return DeviceState(self.heard.raw, "trouble", self.output.fault)
        if self._announced:
            return DeviceState(self.heard.raw, "ready", self.inquiry.note)
        return DeviceState(self.heard.raw, "settling")

    def intact(self) -> bool:
        """Return False when the system has silently cut one of the connections."""
        heard = self._inp is None or self._inp.intact()
        return heard and (self.output is None or self.output.port.intact())

    def part(self, *, politely: bool) -> None:
        """Have the output end: darkened and with the session left, or without another word."""
        if self.output is not None:
            (self.output.leave if politely else self.output.cut)()

    def close(self, within: float) -> None:
        """Close both ports, after `part`; an output that hangs longer than `within` is left."""
        if self._inp is not None:
            self._inp.close()
        if self.intake.passage is not None:
            self.intake.passage.end()
        if self.output is not None and self.output.ended(within):
            self.output.port.close()

    def forget(self, within: float) -> None:
        """Let go without a word to the system, after `part`: it has gone."""
        if self.output is not None:
            self.output.ended(within)

    def tell_down(self, reason: str) -> None:
        """Tell that the device is not there any more, if it ever was; last, after its `PortUp`."""
        if self._was_up:
            self._put(PortDown(self.spec.key, reason, self._clock()))
