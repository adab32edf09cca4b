"""A stand-in for Ableton Live with AbletonOSC, with its traps.

What it copies (AbletonOSC's source, Live's manual and object model, others' measurements):
* a tick every 0.1 s drains the socket; of more than 200 datagrams between two ticks the rest is lost;
* replies and listeners go to one fixed port; setters and methods say nothing;
* an exception answers ``/live/error`` without an address, loses the rest of its bundle, and leaves
  later datagrams to the next tick; an unknown address is named, and stops nothing;
* a playhead that is written is seen on the next tick only, and not beyond the song's end;
* ``add_or_delete`` toggles; a new locator snaps: to the grid when stopped, to the global quantisation
  while playing; ``cue_points`` is in the order of creation; default names are "1", "2", …;
* colours become the nearest of 70; getters of the song repeat their arguments, as since 2025-01;
* ``/live/startup`` when the script begins, for a new set or after a reload; listeners are gone then.
What nobody has written down, and this chooses (each can be turned): the quantisation takes the next
step (``nearest``: the nearest); a locator shows in the same tick (``shows_late``), and so does its name.
"""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from bridge.messages import Osc, OscArg
from tests.standins.ableton_colours import Colours
from tests.standins.ableton_set import QUANTA, LiveSet, Locator, as_wire, mismatch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Args: TypeAlias = tuple[OscArg, ...]

TICK = 0.1
BURST = 200


@dataclass
class AbletonCore:
    """Live without a socket: datagrams and moments in (seconds), messages out.

    ``grid`` and ``quantisation`` say where locators snap to, ``insert`` where Live acts in place of the
    playhead; ``loop`` from where to where it loops (beats); ``names`` whether a locator's name can be
    set, ``locators`` whether this AbletonOSC has their addresses, ``echo`` whether getters repeat
    arguments; ``shows_late`` the ticks until a new locator is listed; ``stands`` True is a Live that
    has no ticks, as while it loads. ``after_tick`` is done by the user after the next tick.
    """

    song: LiveSet = field(default_factory=LiveSet)
    version: tuple[int, int] = (12, 4)
    playhead: float = 0.0
    insert: float | None = None
    length: float = 1000.0
    tempo: float = 120.0
    grid: float = 0.0
    quantisation: int = 0
    nearest: bool = False
    loop: tuple[float, float] | None = None
    names: bool = True
    locators: bool = True
    echo: bool = True
    undoes: bool = True
    shows_late: int = 0
    stands: bool = False
    received: list[Osc] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    lost: int = 0
    after_tick: list[Callable[[AbletonCore], object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.playing = self.recording = self.session_recording = False
        self.stops = 0
        self.busiest = 0
        self._waiting: list[list[Osc]] = []
        self._since_tick = 0
        self._moved: float | None = None
        self._ticked: float | None = None
        self._listened: dict[str, OscArg] = {}
        self._undo: list[LiveSet] = []
        self._hidden: list[tuple[int, Locator]] = []
        self._out: list[Osc] = []
        self._handlers: dict[str, Callable[[Args], Args | None]] = self._addresses()

    # --- the outside ---

    def receive(self, message: Osc, at: float) -> list[Osc]:
        """Take a datagram of one message; it is read at the next tick."""
        return self.receive_bundle([message], at)

    def receive_bundle(self, messages: Sequence[Osc], at: float) -> list[Osc]:
        """Take one datagram."""
        out = self.advance(at)
        self._ticked = at - at % TICK if self._ticked is None else self._ticked
        self.received += messages
        self._since_tick += 1
        self.busiest = max(self.busiest, self._since_tick)
        if len(self._waiting) < BURST:
            self._waiting.append(list(messages))
        else:
            self.lost += 1
        return out

    def due(self) -> float | None:
        """Return when `advance` has something to say, None for never."""
        if self.stands or self._ticked is None or not (self._waiting or self._news()):
            return None
        return self._ticked + TICK

    def advance(self, at: float) -> list[Osc]:
        """Let ticks pass up to `at`; return what Live says."""
        if self.stands:
            self._ticked = at
        while self._ticked is not None and self._ticked + TICK <= at:
            ahead = math.floor((at - self._ticked) / TICK) if not self._busy() else 1
            self._ticked += TICK * max(1, ahead)
            self._tick(TICK * max(1, ahead))
        out, self._out = self._out, []
        return out

    def reload(self, song: LiveSet | None = None) -> list[Osc]:
        """Load another set, or the script anew; return what Live says."""
        self.song = song or self.song
        self._listened.clear()
        self._waiting.clear()
        return [Osc("/live/startup"), Osc("/live/application/get/average_process_usage")]

    def play(self, *, record: bool = False) -> None:
        """Do what the user does with the mouse."""
        self.playing, self.recording = True, record

    @property
    def named(self) -> list[tuple[str, float]]:
        """The locators as (name, beats), in the order of creation."""
        return [(locator.name, locator.time) for locator in self.song.locators]

    # --- one tick ---

    def _busy(self) -> bool:
        return bool(self._waiting or self._hidden or self.after_tick)

    def _tick(self, seconds: float) -> None:
        if self.playing:
            self._roll(seconds * self.tempo / 60.0)
        if self._moved is not None:
            self.playhead, self._moved = self._moved, None
        self._hidden = [(left - 1, locator) for left, locator in self._hidden if left > 0]
        self._tell_listeners()
        self._since_tick = 0
        while self._waiting:
            if not self._datagram(self._waiting.pop(0)):
                break
        if self.after_tick:
            self.after_tick.pop(0)(self)

    def _roll(self, beats: float) -> None:
        """Move the playhead on, round the loop where it stands inside."""
        before, self.playhead = self.playhead, self.playhead + beats
        if self.loop is not None and before < self.loop[1] <= self.playhead:
            self.playhead = self.loop[0] + self.playhead - self.loop[1]

    def _datagram(self, messages: list[Osc]) -> bool:
        """Do what one datagram asks for; return whether the next has its turn in this tick."""
        for message in messages:
            handler = self._handlers.get(message.address)
            if handler is None:
                self._error(f"Unknown OSC address: {message.address}")
                continue
            try:
                reply = handler(message.args)
            except Exception as wrong:  # noqa: BLE001 - as AbletonOSC does
                self._error(f"Error handling OSC message: {wrong}")
                return False
            if reply is not None:
                self._out.append(Osc(message.address, tuple(as_wire(value) for value in reply)))
        return True

    def _error(self, text: str) -> None:
        self._out.append(Osc("/live/error", (text,)))

    def _news(self) -> dict[str, OscArg]:
        now = self._properties()
        return {name: now[name] for name, told in self._listened.items() if now[name] != told}

    def _tell_listeners(self) -> None:
        for name, value in self._news().items():
            self._listened[name] = value
            self._out.append(Osc(f"/live/song/get/{name}", (value,)))

    # --- addresses ---

    def _properties(self) -> dict[str, OscArg]:
        return {
            "is_playing": self.playing,
            "record_mode": self.recording,
            "session_record": self.session_recording,
            "tempo": self.tempo,
            "clip_trigger_quantization": self.quantisation,
            "signature_numerator": 4,
            "signature_denominator": 4,
            "current_song_time": self.playhead,
            "loop": self.loop is not None,
            "loop_start": self.loop[0] if self.loop else 0.0,
            "loop_length": self.loop[1] - self.loop[0] if self.loop else 4.0,
        }

    def _addresses(self) -> dict[str, Callable[[Args], Args | None]]:
        song = "/live/song/"
        known: dict[str, Callable[[Args], Args | None]] = {
            "/live/application/get/version": lambda _: self.version,
            "/live/api/show_message": self._show,
            song + "get/cue_points": lambda _: self._cue_points(),
            song + "get/track_names": lambda _: tuple(track.name for track in self.song.tracks),
            song + "get/scenes/name": lambda _: tuple(scene.name for scene in self.song.scenes),
            song + "stop_playing": self._stop,
            song + "set/current_song_time": self._seek,
            song + "undo": self._undone,
            **Colours(self).addresses(),
        }
        for name in self._properties():
            known[song + "get/" + name] = self._getter(name)
            known[song + "start_listen/" + name] = self._listener(name)
        if self.locators:
            known[song + "cue_point/add_or_delete"] = self._toggle
            known[song + "cue_point/set/name"] = self._name
        return known

    def _getter(self, name: str) -> Callable[[Args], Args]:
        return lambda args: (self._properties()[name], *(args if self.echo else ()))

    def _listener(self, name: str) -> Callable[[Args], None]:
        def start(_args: Args) -> None:
            self._listened[name] = self._properties()[name]
            self._out.append(Osc(f"/live/song/get/{name}", (self._listened[name],)))

        return start

    def _show(self, args: Args) -> None:
        self.shown.append(str(args[0]))

    def _seek(self, args: Args) -> None:
        value = args[0]
        if not isinstance(value, (int, float)):
            raise TypeError(mismatch("Song", value))
        if value > self.length:
            raise RuntimeError("Cannot set the Songtime behind the Songlength")
        self._moved = float(value)

    def _stop(self, _args: Args) -> None:
        self.playing = False
        self.stops += 1

    # --- locators ---

    def _cue_points(self) -> Args:
        late = [id(locator) for _, locator in self._hidden]
        shown = [locator for locator in self.song.locators if id(locator) not in late]
        return tuple(value for locator in shown for value in (locator.name, locator.time))

    def _toggle(self, args: Args) -> None:
        if args:
            raise TypeError(mismatch("Song", *args))
        self.save()
        at = self._landing()
        met = next((one for one in self.song.locators if abs(one.time - at) < 1e-6), None)
        if met is not None:
            self.song.locators.remove(met)
            return
        new = Locator(str(len(self.song.locators) + 1), at)
        self.song.locators.append(new)
        if self.shows_late:
            self._hidden.append((self.shows_late, new))

    def _landing(self) -> float:
        if self.playing:
            step = QUANTA[self.quantisation]
            if not step:
                return self.playhead
            return (round if self.nearest else math.ceil)(self.playhead / step) * step
        at = self.playhead if self.insert is None else self.insert
        return round(at / self.grid) * self.grid if self.grid else at

    def _name(self, args: Args) -> None:
        index, name = args[0], args[1]
        if type(index) is not int:
            raise TypeError("Invalid index type")
        if index >= len(self.song.locators):
            raise IndexError("Index out of range")
        if not self.names:
            raise AttributeError("can't set attribute")
        if not isinstance(name, str):
            raise TypeError(mismatch("CuePoint", name))
        self.save()
        self.song.locators[index].name = name

    # --- undo ---

    def save(self) -> None:
        """Keep the set as it is for an undo."""
        self._undo.append(copy.deepcopy(self.song))

    def _undone(self, _args: Args) -> None:
        if self._undo and self.undoes:
            self.song = self._undo.pop()
