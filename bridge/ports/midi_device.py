"""One opened controller: its input, its output when there is one, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.ports.midi_events import DeviceState, PortDown, PortUp, Repaint
from bridge.ports.midi_output import Output

if TYPE_CHECKING:
    from collections.abc import Callable

    from bridge.moment import Moment
    from bridge.ports.midi_api import InPort, OutPort, Port
    from bridge.ports.midi_events import Put, Wanted


class Device:
    """Opened and closed on the watcher's thread; ``output`` is used from any.

    ``broken`` says why the output gave up; the watcher then closes the device and opens it anew.
    """

    def __init__(
        self, spec: Wanted, heard: Port, inp: InPort, put: Put, clock: Callable[[], Moment]
    ) -> None:
        self.spec, self.heard, self.inp = spec, heard, inp
        self.told: Port | None = None
        self.output: Output | None = None
        self.broken = ""
        self._put, self._clock = put, clock
        self._announced = False

    def join(self, port: Port, out: OutPort) -> None:
        """Take the output in: its thread enters the session, then the device is up."""
        self.told = port
        self._announced = False
        self.output = Output(
            self.spec, out, self.announce, self._break, self._clock, renewed=self._renewed
        )
        self.output.start()

    def announce(self) -> None:
        """Tell once that the device is up, with the ports it has now."""
        if not self._announced:
            self._announced = True
            told = self.told.name if self.told else ""
            self._put(PortUp(self.spec.key, self.heard.name, told, self._clock()))

    def _break(self, reason: str) -> None:
        """On the output's thread: it takes nothing any more."""
        self.broken = reason

    def renew(self) -> None:
        """Have everything sent anew, for some of it may be lost."""
        if self.output is not None:
            self.output.renew()

    def _renewed(self) -> None:
        """On the output's thread: the device is ready to be painted anew."""
        self._put(Repaint(self.spec.key, self._clock()))

    def state(self) -> DeviceState:
        """Tell how the device is."""
        if self.broken:
            return DeviceState(self.heard.name, "absent", self.broken)
        if self.output is not None and self.output.fault:
            return DeviceState(self.heard.name, "trouble", self.output.fault)
        return DeviceState(self.heard.name, "ready" if self._announced else "settling")

    def intact(self) -> bool:
        """Return False when the system has silently cut one of the connections."""
        return self.inp.intact() and (self.output is None or self.output.port.intact())

    def part(self, *, politely: bool) -> None:
        """Have the output end: darkened and with the session left, or without another word."""
        if self.output is not None:
            (self.output.leave if politely else self.output.cut)()

    def close(self, within: float) -> None:
        """Close both ports, after `part`; an output that hangs longer than `within` is left."""
        self.inp.close()
        if self.output is not None and self.output.ended(within):
            self.output.port.close()

    def forget(self, within: float) -> None:
        """Let go without a word to the system, after `part`: it has gone."""
        if self.output is not None:
            self.output.ended(within)

    def tell_down(self, reason: str) -> None:
        """Tell that the device is not there any more; last, after its `PortUp`."""
        self._put(PortDown(self.spec.key, reason, self._clock()))
