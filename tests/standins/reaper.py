"""A stand-in for REAPER's OSC device, with the pattern file's flags and its traps.

What it copies (Default.ReaperOSC, and others' measurements on real REAPERs):
* nothing is sent at connect; a value is sent when it changes, strings as ``s``, the rest as ``f``;
* ``t`` patterns fire with no argument or 1; ``i`` takes a whole number; ``s`` a string;
* the last marker is the last one at or before the play position (the edit cursor when stopped), so
  it changes when a marker is inserted, and when the song runs over one;
* ``DEVICE_MARKER_COUNT`` is 0: ``/marker/N/…`` is silent until ``/device/marker/count`` raises it;
* action 41743 repeats everything, 8 tracks of noise included;
* loading a project resets last marker's name and time, but not its number.
What nobody has written down, and this chooses (each can be turned): name before number before time,
the lowest free number for a new marker.
"""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from pythonosc.osc_message import OscMessage, ParseError
from pythonosc.osc_message_builder import OscMessageBuilder

from bridge.messages import Osc, OscArg

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NAME, NUMBER, TIME = "/lastmarker/name", "/lastmarker/number/str", "/lastmarker/time"
INSERT, REFRESH, PLAY, STOP, RECORD = 40157, 41743, 1007, 1016, 1013


@dataclass
class Placed:
    """A marker of the project; ``at`` is in seconds of the timeline."""

    number: int
    at: float
    name: str = ""
    colour: int = 0


@dataclass
class Track:
    """A track; ``colour`` is REAPER's own number for it, 0 for none."""

    name: str
    guid: str
    colour: int = 0


@dataclass
class ReaperCore:
    """REAPER without a socket: messages and moments in (seconds), messages out.

    ``latency`` passes before feedback is ready, ``answers`` False loses all feedback, ``lose`` the
    next so many ``/lastmarker`` bursts, ``listens`` False ignores every command. ``order`` is that
    of the three last-marker messages.
    """

    latency: float = 0.0
    order: Sequence[str] = (NAME, NUMBER, TIME)
    markers: list[Placed] = field(default_factory=list)
    cursor: float = 0.0
    listens: bool = True
    answers: bool = True
    lose: int = 0
    received: list[Osc] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._rolling_since: float | None = None
        self._recording = self._paused = False
        self._bank = 0
        self._told: dict[str, OscArg] = {}
        self._out: list[tuple[float, Osc]] = []

    def receive(self, message: Osc, at: float) -> list[Osc]:
        """Take a command; return the feedback that is ready at once."""
        self.received.append(message)
        out = self.advance(at)
        if self.listens:
            self._command(message, at)
        return out + self._ready(at)

    def due(self) -> float | None:
        """Return when `advance` has something to say, None for never."""
        passing = [self._passed(m) for m in self._ahead()]
        return min([at for at, _ in self._out] + passing, default=None)

    def advance(self, at: float) -> list[Osc]:
        """Let the song run up to `at`; return the feedback that is ready."""
        for marker in sorted(self._ahead(), key=lambda m: m.at):
            passed = self._passed(marker)
            if passed <= at:
                self._roll_to(passed)
                self.cursor = marker.at  # exactly there, whatever floats make of the sum
                self._tell_last(passed)
        self._roll_to(at)
        return self._ready(at)

    def delete(self, number: int, at: float) -> None:
        """Do what the user does with the mouse."""
        self.markers = [m for m in self.markers if m.number != number]
        self._tell_last(at)

    def load(self, markers: list[Placed], at: float) -> None:
        """Open another project: the placeholder dump comes first, the number of old stays told."""
        self.markers, self.cursor, self._rolling_since = markers, 0.0, None
        for address, value in ((NAME, ""), (TIME, 0.0)):
            self._say(address, value, at)
        self._tell_last(at)

    @property
    def play_state(self) -> int:
        """What GetPlayState returns: 1 plays, 2 is paused, 4 records, and their sums."""
        rolling = self._rolling_since is not None
        return rolling + 2 * self._paused + 4 * self._recording

    def insert(self, at: float, name: str = "", colour: int = 0) -> int:
        """Make a marker where the song is; return its number, the lowest free one."""
        taken = {m.number for m in self.markers}
        free = next(n for n in range(1, len(taken) + 2) if n not in taken)
        self.markers.append(Placed(free, self.cursor, name, colour))
        self.changed(at)
        return free

    def changed(self, at: float) -> None:
        """Tell what differs since it was told last."""
        self._tell_last(at)
        self._tell_bank(at)

    def act(self, number: int, at: float) -> None:
        """Do an action, by its number."""
        self._action(number, at)

    def _passed(self, marker: Placed) -> float:
        """Return when a marker ahead is reached."""
        assert self._rolling_since is not None
        return self._rolling_since + marker.at - self.cursor

    def _ahead(self) -> list[Placed]:
        return [m for m in self.markers if self._rolling_since is not None and m.at > self.cursor]

    def _roll_to(self, at: float) -> None:
        if self._rolling_since is not None and at > self._rolling_since:
            self.cursor += at - self._rolling_since
            self._rolling_since = at

    def _command(self, message: Osc, at: float) -> None:
        _, *parts = message.address.split("/")
        argument = message.args[0] if message.args else None
        match parts:
            case ["action"] if type(argument) is int:
                self._action(argument, at)
            case ["action", "str"] if isinstance(argument, str) and argument.isdecimal():
                self._action(int(argument), at)
            case ["action", number] if _fires(argument) and number.isdecimal():
                self._action(int(number), at)
            case ["lastmarker", "name"] if isinstance(argument, str):
                self._rename(self._last(), argument, at)
            case ["marker_id", number, "name"] if isinstance(argument, str):
                self._rename(self._by_id(int(number)), argument, at)
            case ["marker_id", number, "time"] if isinstance(argument, float):
                self._by_id(int(number)).at = argument
                self._tell_last(at)
            case ["device", "marker", "count"] if type(argument) is int:
                self._bank = argument
                self._tell_bank(at)
            case ["time"] if isinstance(argument, float):
                self.cursor = argument
                self._tell_last(at)
            case ["play" | "stop" | "record" as button] if _fires(argument):
                self._action({"play": PLAY, "stop": STOP, "record": RECORD}[button], at)

    def _action(self, number: int, at: float) -> None:
        if number == INSERT:
            self.insert(at)
        elif number == REFRESH:
            self._refresh(at)
        elif number in (PLAY, STOP, RECORD):
            self._recording = number == RECORD and not self._recording
            self._rolling_since = None if number == STOP else at
            self._tell_transport(at)

    def _refresh(self, at: float) -> None:
        self._told.clear()
        self._tell_transport(at)
        for track in range(1, 9):
            self._say(f"/track/{track}/name", f"Track {track}", at)
        self._tell_last(at)
        self._tell_bank(at)

    def _tell_transport(self, at: float) -> None:
        rolling = self._rolling_since is not None
        self._say("/record", float(self._recording), at)
        self._say("/stop", float(not rolling), at)
        self._say("/play", float(rolling), at)

    def _tell_last(self, at: float) -> None:
        last = self._last()
        values: dict[str, OscArg] = {NAME: "", TIME: 0.0}
        if last is not None:
            values = {NAME: last.name, NUMBER: str(last.number), TIME: last.at}
        lost = self.lose > 0
        self.lose -= lost
        for address in self.order:
            if address in values:
                self._say(address, values[address], at, lost=lost)

    def _tell_bank(self, at: float) -> None:
        for slot, marker in enumerate(sorted(self.markers, key=lambda m: m.at)[: self._bank], 1):
            self._say(f"/marker/{slot}/name", marker.name, at)
            self._say(f"/marker/{slot}/number/str", str(marker.number), at)
            self._say(f"/marker/{slot}/time", marker.at, at)

    def _rename(self, marker: Placed | None, name: str, at: float) -> None:
        if marker is not None:
            marker.name = name
            self._tell_last(at)
            self._tell_bank(at)

    def _by_id(self, number: int) -> Placed:
        found = next((m for m in self.markers if m.number == number), None)
        if found is None:
            found = Placed(number, self.cursor)
            self.markers.append(found)
        return found

    def _last(self) -> Placed | None:
        passed = [m for m in self.markers if m.at <= self.cursor]
        return max(reversed(passed), key=lambda m: m.at, default=None)

    def _say(self, address: str, value: OscArg, at: float, *, lost: bool = False) -> None:
        if self._told.get(address) == value:
            return
        self._told[address] = value
        if self.answers and not lost:
            self._out.append((at + self.latency, Osc(address, (value,))))

    def _ready(self, at: float) -> list[Osc]:
        ready = [message for when, message in self._out if when <= at]
        self._out = [(when, message) for when, message in self._out if when > at]
        return ready


def _fires(argument: OscArg) -> bool:
    """Tell whether a ``t`` pattern fires: no argument, or 1."""
    return argument is None or argument in (1, 1.0)


class ReaperStandIn:
    """The core on a UDP port, its feedback sent to one configured address. A context manager."""

    def __init__(
        self, port: int, feedback_to: tuple[str, int], core: ReaperCore | None = None
    ) -> None:
        self.core = core or ReaperCore()
        self._feedback_to = feedback_to
        self._changed = threading.Condition()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        self._running = True
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._running = False
        self._thread.join()
        self._socket.close()

    @property
    def markers(self) -> list[tuple[int, float, str]]:
        """The project's markers as (number, time, name), in the order they were made."""
        with self._changed:
            return [(m.number, m.at, m.name) for m in self.core.markers]

    @property
    def received(self) -> list[Osc]:
        """Every command that arrived."""
        with self._changed:
            return list(self.core.received)

    def user(self, deed: Callable[[ReaperCore, float], object]) -> None:
        """Do something at REAPER itself: `deed` gets the core and the time."""
        with self._changed:
            deed(self.core, time.monotonic())
            self._send(self.core.advance(time.monotonic()))
            self._changed.notify_all()

    def wait_for(
        self, holds: Callable[[list[tuple[int, float, str]]], bool], timeout: float
    ) -> bool:
        """Wait until `holds` of the markers; return whether it did within `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: holds(self.markers), timeout)

    def _run(self) -> None:
        while self._running:
            due = self.core.due()
            wait = 0.05 if due is None else min(0.05, max(0.0005, due - time.monotonic()))
            self._socket.settimeout(wait)
            try:
                data = self._socket.recv(65536)
            except (TimeoutError, ConnectionError):  # Windows reports a peer that was not there
                data = b""
            with self._changed:
                now = time.monotonic()
                message = decode(data)
                self._send(self.core.receive(message, now) if message else self.core.advance(now))
                self._changed.notify_all()

    def _send(self, messages: list[Osc]) -> None:
        for message in messages:
            self._socket.sendto(encode(message), self._feedback_to)


def decode(data: bytes) -> Osc | None:
    """Return the message in a datagram, None for anything else (bundles too)."""
    if not data:
        return None
    try:
        message = OscMessage(data)
    except ParseError:
        return None
    return Osc(message.address, tuple(message.params))


def encode(message: Osc) -> bytes:
    """Return the datagram of a message."""
    builder = OscMessageBuilder(message.address)
    for argument in message.args:
        builder.add_arg(argument)
    return bytes(builder.build().dgram)
