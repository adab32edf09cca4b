"""A stand-in for Ardour's OSC surface, with the traps that were seen on a real 7.3 or in its source.

What it copies:
* answers go to port 8000 of the sender's host until ``/set_surface/port 0``; whom it tells is
  forgotten when it ends; the heart beats every 1.05 s for those who asked for it;
* ``/add_marker s`` makes a marker at the playhead and answers nothing, from 6.6 on; before, the
  message is not known, but the one without a name is; names need not be unique;
* ``/locate`` takes 22 ms: a marker right behind it lands on the place of before;
* ``/marker`` tells names around the playhead; of a new marker only at a standstill, 2.1 s later;
* 256 datagrams wait in the socket while it is busy; more are lost without a word;
* ``/strip/select N 1`` selects up to 6.9, ``/strip/select N 0`` from 7.0 on;
* ``/strip/list`` answers "#reply", which is no OSC address, unless bit 16384 is set, and then
  repeats what is selected; otherwise news of a selection takes 0.1 s;
* the window knows of a selection 0.15 s later; Lua actions colour what the window has selected;
  without a window ``/access_action`` does nothing at all;
* our actions note in the session's folder which colour a track had before, and one gives them back;
* a program that has all answers sent to a port of its own has everybody else wiped (`wipe`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bridge.messages import Osc, OscArg

BEAT = 1.05
SLOW_TICK = 2.1
LOCATE = 0.022
WINDOW_KNOWS = 0.15
SELECTION_NEWS = 0.1
RECEIVE_BUFFER = 256
HEARTBEAT, TRANSPORT, SELECT, REPLY = 8, 16, 8192, 16384


@dataclass
class Track:
    """A track; ``colour`` is as the window's Lua actions left it."""

    name: str
    colour: str = ""


@dataclass
class ArdourCore:
    """Ardour without a socket: messages and moments in (seconds), messages out.

    ``latency`` passes before an answer. ``window`` False is a session without Ardour's window;
    ``actions`` are the colours of its Lua actions by slot, or "own", and
    ``noted`` what they keep in the session's folder; ``ran`` are other actions. ``running`` False
    hears and says nothing; `end` and `begin` are an Ardour that is closed and opened again.
    ``hangs`` leaves all datagrams in the socket.
    """

    version: tuple[int, int] = (7, 3)
    latency: float = 0.0001
    window: bool = True
    actions: dict[int, str] = field(default_factory=dict)
    tracks: list[Track] = field(default_factory=lambda: [Track("Drums"), Track("Bass")])
    rate: int = 48_000
    markers: list[tuple[str, float]] = field(default_factory=list)
    received: list[Osc] = field(default_factory=list)
    session: str = "Nordlicht"
    noted: dict[str, tuple[str, str]] = field(default_factory=dict)
    ran: list[str] = field(default_factory=list)
    running: bool = True
    hangs: bool = False
    lost: int = 0

    def __post_init__(self) -> None:
        self._socket: list[Osc] = []
        self._out: list[tuple[float, Osc]] = []
        self._begin()

    def _begin(self) -> None:
        self._answers_us, self._feedback = False, 0
        self._beat: float | None = None
        self._selected = "Master"
        self._window_selected = "Master"
        self._window_knows: float | None = None
        self._place = 0.0
        self._rolling_since: float | None = None
        self._recording = self._armed = False
        self._going: tuple[float, float] | None = None
        self._told_marks = ""
        self._marks_due: float | None = None

    # --- what tests do to it ---

    def end(self) -> None:
        """Close it: who listened is forgotten, what was not saved is kept all the same."""
        self.running = False
        self._out.clear()
        self._socket.clear()
        self._begin()

    def begin(self) -> None:
        """Open it again."""
        self.running = True

    def select(self, name: str, at: float) -> list[Osc]:
        """Select a track in the window, as a hand does."""
        self._window_selected = name
        self._select(name, at)
        return self._ready(at)

    def roll(self, at: float, *, record: bool = False) -> list[Osc]:
        """Press play in the window."""
        self._rolling_since = at
        self._tell_transport(at)
        self._recording = self._armed = record
        self._tell_recording(at)
        return self._ready(at)

    def stop(self, at: float) -> list[Osc]:
        """Press stop in the window."""
        self._stop(at)
        return self._ready(at)

    def _stop(self, at: float) -> None:
        self._place, self._rolling_since = self.playhead(at), None
        self._marks_due = at + SLOW_TICK
        self._recording = False  # the armed track stays armed
        self._say(TRANSPORT, Osc("/rec_enable_toggle", (0.0,)), at)
        self._tell_transport(at)

    def wipe(self, at: float) -> list[Osc]:
        """Have another program ask for all answers at its port; what we hear last is blank."""
        for address in ("/select/name", "/session_name", "/marker"):
            self._answer(Osc(address, (" ",)), at)
        for address in ("/heartbeat", "/transport_play", "/record_tally", "/rec_enable_toggle"):
            self._answer(Osc(address, (0.0,)), at)
        self._answers_us, self._feedback, self._beat = False, 0, None
        return self._ready(at + self.latency)

    @property
    def names(self) -> list[str]:
        """The markers' names, in the order in which they were made."""
        return [name for name, _ in self.markers]

    def colour(self, track: str) -> str:
        return next(t.colour for t in self.tracks if t.name == track)

    def playhead(self, at: float) -> float:
        """Seconds from the start of the session."""
        rolled = at - self._rolling_since if self._rolling_since is not None else 0.0
        return self._place + rolled

    # --- what it does ---

    def receive(self, message: Osc, at: float) -> list[Osc]:
        """Take a message; return the feedback that is ready at once."""
        if not self.running:
            return []
        if len(self._socket) >= RECEIVE_BUFFER:
            self.lost += 1
            return []
        self._socket.append(message)
        return self.advance(at)

    def due(self) -> float | None:
        """Return when `advance` has something to do or say, None for never."""
        due = [at for at, _ in self._out]
        due += [self._going[0]] if self._going else []
        due += [at for at in (self._beat, self._window_knows, self._marks_due) if at is not None]
        return min(due, default=None) if self.running and not self.hangs else None

    def advance(self, at: float) -> list[Osc]:
        """Let time pass up to `at`, and take what waits in the socket."""
        if not self.running or self.hangs:
            return []
        self._pass(at)
        waiting, self._socket = self._socket, []
        for message in waiting:
            self.received.append(message)
            self._take(message, at)
        return self._ready(at)

    def _pass(self, at: float) -> None:
        if self._going and at >= self._going[0]:
            self._place, self._going = self._going[1], None
        if self._window_knows is not None and at >= self._window_knows:
            self._window_selected, self._window_knows = self._selected, None
        if self._marks_due is not None and at >= self._marks_due:
            self._marks_due = None
            self._tell_marks(at)
        while self._beat is not None and at >= self._beat:
            self._say(HEARTBEAT, Osc("/heartbeat", (1.0,)), self._beat)
            self._beat += BEAT

    def _take(self, message: Osc, at: float) -> None:
        _, *parts = message.address.split("/")
        match parts, message.args:
            case ["add_marker"], _:
                self._add(message.args, at)
            case ["transport_stop"], ():
                self._stop(at)
            case ["locate"], (int(sample), _):
                self._going = at + LOCATE, sample / self.rate
            case ["transport_frame"], ():
                self._answer(Osc("/transport_frame", (round(self.playhead(at) * self.rate),)), at)
            case ["set_surface", "port"], (0,):
                self._answers_us = True
            case ["set_surface"], (int(), int(), int(feedback), int(), int(), int()):
                self._surface(feedback, at)
            case ["strip", "list"], ():
                self._list(at)
            case ["strip", "select"], (int(number), int(value)):
                self._strip_select(number, value, at)
            case ["access_action"], (str(action),):
                self._act(action, at)
            case _:
                pass  # Ardour ignores what it does not know

    def _add(self, args: tuple[OscArg, ...], at: float) -> None:
        if args and self.version < (6, 6):
            return
        name = str(args[0]) if args else f"mark{len(self.markers) + 1}"
        self.markers.append((name, self.playhead(at)))
        self._marks_due = None if self._rolling_since is not None else at + SLOW_TICK

    def _surface(self, feedback: int, at: float) -> None:
        self._feedback = feedback
        self._beat = at + BEAT / 2
        self._say(SELECT, Osc("/select/name", (self._selected,)), at)
        self._tell_transport(at)
        self._tell_recording(at)
        self._say(TRANSPORT, Osc("/session_name", (self.session,)), at)
        self._tell_marks(at)
        self._say(SELECT, Osc("/select/name", (self._selected,)), at)

    def _list(self, at: float) -> None:
        address = "/reply" if self._feedback & REPLY else "#reply"
        for number, track in enumerate(self.tracks, 1):
            row: tuple[OscArg, ...] = ("AT", track.name, 1, 2, 0, 0, number, 0)
            self._answer(Osc(address, row), at)
        self._answer(Osc(address, ("end_route_list", self.rate, 0, 0)), at)
        self._say(SELECT, Osc("/select/name", (self._selected,)), at)

    def _strip_select(self, number: int, value: int, at: float) -> None:
        selects = 0 if self.version >= (7, 0) else 1
        if value == selects and 0 < number <= len(self.tracks):
            self._select(self.tracks[number - 1].name, at)
            self._window_knows = at + WINDOW_KNOWS

    def _select(self, name: str, at: float) -> None:
        self._selected = name
        self._say(SELECT, Osc("/select/name", (name,)), at + SELECTION_NEWS)

    def _act(self, action: str, at: float) -> None:
        slot = action.removeprefix("LuaAction/script-")
        if not self.window:
            return
        if slot == action:
            self.ran.append(action)
        if not slot.isdecimal() or int(slot) not in self.actions:
            return
        self._colour(self.actions[int(slot)])
        self._window_selected = "Master"
        self._select("Master", at)

    def _colour(self, colour: str) -> None:
        """Do what songbridge_colour.lua does."""
        for track in self.tracks:
            own, ours = self.noted.get(track.name, ("", ""))
            if colour == "own" and ours and track.colour == ours:
                track.colour = own
            elif colour != "own" and track.name == self._window_selected:
                self.noted[track.name] = (
                    own if ours == track.colour and ours else track.colour,
                    colour,
                )
                track.colour = colour
        if colour == "own":
            self.noted.clear()

    def _tell_transport(self, at: float) -> None:
        rolling = self._rolling_since is not None
        for address, on in (("play", rolling), ("stop", not rolling)):
            self._say(TRANSPORT, Osc(f"/transport_{address}", (float(on),)), at)

    def _tell_recording(self, at: float) -> None:
        for address, on in (("rec_enable_toggle", self._recording), ("record_tally", self._armed)):
            self._say(TRANSPORT, Osc(f"/{address}", (float(on),)), at)

    def _tell_marks(self, at: float) -> None:
        here = self.playhead(at)
        passed = [name for name, place in self.markers if place <= here]
        text = f"{passed[-1]} <-" if passed else "No Marks"
        if text != self._told_marks:
            self._told_marks = text
            self._say(TRANSPORT, Osc("/marker", (text,)), at)

    def _say(self, bit: int, message: Osc, at: float) -> None:
        if self._feedback & bit:
            self._answer(message, at)

    def _answer(self, message: Osc, at: float) -> None:
        if self._answers_us:
            self._out.append((at + self.latency, message))

    def _ready(self, at: float) -> list[Osc]:
        ready = [message for due, message in self._out if due <= at]
        self._out = [(due, message) for due, message in self._out if due > at]
        return ready
