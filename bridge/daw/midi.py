"""Any DAW that takes MIDI: a cue is a button that is pressed and let go.

MIDI has no word for a name, a colour or a text, and no receipt: `status` says so. What the DAW tells of
its transport is heard where it does (`midi_ear`); where nothing tells whether a take runs, it is never
stopped. Cues wait only for each other: without its port the link keeps them (`bridge.daw.guard`).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, assert_never

from bridge.daw.midi_ear import HEARD, Ear
from bridge.daw.midi_way import MidiWay, Press
from bridge.daw.target import NO_ORIGINALS, DawSettings, LinkStatus
from bridge.daw.words import one_line
from bridge.messages import (
    Cue,
    Marker,
    MidiOut,
    Osc,
    RestoreColours,
    RunAction,
    StatusText,
    StopTransport,
    ToDaw,
    TrackColour,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bridge.daw.transport import Transport
    from bridge.moment import Moment

HOLD = 0.05
"""Seconds from press to release: as a quick finger, so that no DAW takes both for one."""

GAP = 0.05
"""Seconds from a release to the next press."""

MOST_WAITING = 512
"""Presses that wait for those before, 0.1 s each."""

_SENTENCE = (
    "each cue {deed}, through {place}; MIDI carries no names, no colours and no status text, and never"
    " confirms"
)
_MMC = "; MMC knows no markers"
_SENT = "; {sent} sent so far"
_HEARD = "; its transport is heard"
_LOST = '; {count} not sent, the last was "{lost}"'
_MARKER = "marker"


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A press that waits; ``name`` is what it stands for."""

    name: str
    press: Press
    sort: Literal["marker", "action", "stop"] = "marker"


class MidiTarget:
    """The conversation with one DAW, of which only one side is ever heard."""

    kind = "midi"
    wanted: tuple[str, ...] = (HEARD,)
    originals = NO_ORIGINALS

    def __init__(self, settings: DawSettings) -> None:
        self._way = way = settings.midi or MidiWay()
        self._marker = Press(way.press, way.release)
        self._sentence = _SENTENCE.format(deed=way.deed, place=way.place)
        if way.send == "mmc":
            self._sentence += _MMC
        self._ear = Ear()
        self._queue: deque[_Waiting] = deque()
        self._pressed: _Waiting | None = None
        self._refused = False
        self._release_at: float | None = None
        self._free_at = float("-inf")
        self._sent = self._dropped = 0
        self._lost = ""

    @property
    def transport(self) -> Transport:
        """What the DAW's transport does, as far as it tells."""
        return self._ear.transport

    def recall(self, originals: Mapping[str, str]) -> None:
        """Do nothing: nothing is given back after a restart."""

    def tell(self, cue: Cue, moment: Moment) -> Sequence[ToDaw]:
        """Press now, or after those that are pressed already."""
        match cue:
            case Marker(name):
                return self._take(_Waiting(one_line(name) or _MARKER, self._marker), moment)
            case RunAction(action):
                return self._run(one_line(action), moment)
            case StopTransport():
                return self._stop(moment)
            case TrackColour() | StatusText() | RestoreColours():
                return ()  # MIDI has no word for either: status says so
            case _:
                assert_never(cue)

    def _run(self, action: str, moment: Moment) -> Sequence[ToDaw]:
        """Press what an action says, but nothing during a take."""
        press = self._way.action(action)
        if press is None or self.transport.recording:
            self._drop(action)
            return ()
        return self._take(_Waiting(action, press, "action"), moment)

    def _stop(self, moment: Moment) -> Sequence[ToDaw]:
        """Stop what surely plays and is surely no take; the button of one that stands would rewind it."""
        stop = self._way.stop
        if stop is None or not self._may_stop:
            return ()
        return self._take(_Waiting("stop", stop, "stop"), moment)

    @property
    def _may_stop(self) -> bool:
        return bool(self.transport.playing) and self.transport.recording is False

    def hear(self, message: Osc, moment: Moment) -> Sequence[ToDaw]:
        """Take one message of the DAW's."""
        data = message.args[0] if message.args else None
        if message.address == HEARD and isinstance(data, bytes) and data:
            self._ear.hear(data, moment.mono)
        return ()

    def unsent(self, refused: ToDaw | None, moment: Moment) -> Sequence[ToDaw]:  # noqa: ARG002 - it is lost
        """Count a press that the port did not take, once: a late one would stand in a wrong place."""
        pressed = self._pressed
        down = pressed is not None and refused in [MidiOut(data) for data in pressed.press.down]
        if pressed is not None and down and not self._refused:
            self._refused = True
            self._sent -= 1
            self._drop(pressed.name)
        return ()

    def wake(self) -> float | None:
        """Return when the button is let go, or the next press may follow."""
        due = [] if (stale := self._ear.wake()) is None else [stale]
        if self._release_at is not None:
            due.append(self._release_at)
        elif self._queue:
            due.append(self._free_at)
        return min(due, default=None)

    def advance(self, moment: Moment) -> Sequence[ToDaw]:
        """Let go, and press for the next cue: whatever is due."""
        now, out = moment.mono, list[ToDaw]()
        self._ear.advance(now)
        if self._release_at is not None and now >= self._release_at:
            out += self._let_go(now)
        if self._release_at is None and now >= self._free_at:
            out += self._next(now)
        return out

    def _next(self, now: float) -> Sequence[ToDaw]:
        """Press what waited longest, but for what could cut a take that began meanwhile."""
        while self._queue:
            waiting = self._queue.popleft()
            if not self._cuts(waiting):
                return self._down(waiting, now)
            self._drop(waiting.name)
        return ()

    def _cuts(self, waiting: _Waiting) -> bool:
        if waiting.sort == "stop":
            return not self._may_stop
        return waiting.sort == "action" and bool(self.transport.recording)

    def status(self, moment: Moment) -> LinkStatus:  # noqa: ARG002 - it changes by cues
        """Return what is sent where; whether it arrives, nobody can tell."""
        text = self._sentence
        if self._ear.heard:
            text += _HEARD
        if self._sent:
            text += _SENT.format(sent=self._sent)
        lost = _LOST.format(count=self._dropped, lost=self._lost) if self._dropped else ""
        return LinkStatus("unknown", text + lost, len(self._queue), self._dropped, lost)

    def _take(self, waiting: _Waiting, moment: Moment) -> Sequence[ToDaw]:
        now, wake = moment.mono, self.wake()
        out = list(self.advance(moment)) if wake is not None and wake <= now else []
        if self._release_at is None and now >= self._free_at and not self._queue:
            return [*out, *self._down(waiting, now)]
        if len(self._queue) >= MOST_WAITING:
            self._drop(self._queue.popleft().name)
        self._queue.append(waiting)
        return out

    def _down(self, waiting: _Waiting, now: float) -> Sequence[ToDaw]:
        """Press; what is not let go leaves the way free after a gap."""
        press = waiting.press
        self._sent += 1
        self._pressed, self._refused = waiting, False
        if press.up:
            self._release_at = now + HOLD
        else:
            self._free_at = now + GAP
        return self._out(press.down, now)

    def _let_go(self, now: float) -> Sequence[ToDaw]:
        self._release_at, self._free_at = None, now + GAP
        return self._out(self._pressed.press.up if self._pressed else (), now)

    def _out(self, messages: tuple[bytes, ...], now: float) -> Sequence[ToDaw]:
        self._ear.sends(messages, now)
        return [MidiOut(data) for data in messages]

    def _drop(self, name: str) -> None:
        self._dropped += 1
        self._lost = name
