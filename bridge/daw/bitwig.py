"""Bitwig through DrivenByMoss' OSC controller: colours of tracks found by name, and its actions.

Its OSC can neither make, name nor colour a cue marker; but it has twenty actions that the user
assigns, and one of them may insert one. Setters are never acknowledged: a colour is confirmed by the
feedback that it changed, a marker by one more in the feedback. A message at a time is owed an answer;
without one ``/refresh`` asks for everything, seldom, for it is thousands of messages.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from bridge.daw.bitwig_mirror import LARGEST_BANK, WANTED, Mirror
from bridge.daw.bitwig_words import About, lost, sentence
from bridge.daw.target import NO_ORIGINALS, DawSettings, LinkState, LinkStatus
from bridge.daw.words import one_line
from bridge.messages import (
    Cue,
    Marker,
    Osc,
    RestoreColours,
    RunAction,
    StatusText,
    StopTransport,
    TrackColour,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bridge.daw.transport import Transport
    from bridge.moment import Moment

REFRESH = Osc("/refresh")
"""Send everything (OSCParser.java)."""

STOP = Osc("/play", (0,))
"""Stop; ``/stop`` would go back to the beginning when it has stopped already (OSCParser.java)."""

ACTIONS = tuple(str(number) for number in range(1, 21))
"""The actions that the user assigns in the controller's settings."""

PATIENCE = 1.5
"""Seconds to wait for feedback; Bitwig sends it when a change is drawn, some hundredths later."""

DUMP = 5.0
"""Seconds to wait for what ``/refresh`` brings: packets of 100 messages, 10 ms apart."""

ASK_SELDOM = 60.0
"""Seconds between two refreshes at least; longer than any patience, so that each cue asks once."""

BREATH = 0.1
"""Seconds between one marker and the next."""

FRESH = 10.0
"""Seconds that a marker may wait for its turn; later, it would stand in a wrong place."""

MOST_WAITING = 32
"""Markers, and tracks, that may wait."""

_NAME = "Songbridge"  # of a marker whose cue has no name: it shows only among what was lost


@dataclass(slots=True)
class _Marking:
    """The marker that was asked for. ``before`` is None when nothing was known to compare with."""

    name: str
    since: float
    before: tuple[tuple[int, str], ...] | None
    due: float


@dataclass(slots=True)
class _Colouring:
    """A track that is to take a colour, or its own one ``back``; ``number`` 0: not found yet."""

    colour: str
    since: float
    due: float
    back: bool = False
    number: int = 0


class BitwigTarget:
    """The conversation with one Bitwig. ``transport`` is what it told last."""

    kind = "bitwig"
    wanted = WANTED
    originals = NO_ORIGINALS

    def __init__(self, settings: DawSettings) -> None:
        self._settings = settings
        self._action = Osc(f"/action/{settings.action}") if settings.action else None
        self._mirror = Mirror()
        self._queue: deque[tuple[str, float]] = deque()
        self._marking: _Marking | None = None
        self._colouring: dict[str, _Colouring] = {}
        self._originals: dict[str, str] = {}
        self._ready_at = self._asked = self._heard = float("-inf")
        self._state: LinkState = "unknown"
        self._faults: dict[About, str] = {}
        self._dropped, self._lost = 0, ""

    @property
    def transport(self) -> Transport:
        """What Bitwig's transport does."""
        return self._mirror.transport

    def recall(self, originals: Mapping[str, str]) -> None:
        """Do nothing: nothing is given back after a restart."""

    # --- cues -------------------------------------------------------------------------------------

    def tell(self, cue: Cue, moment: Moment) -> list[Osc]:
        """Make a marker, or colour a track once its number is known."""
        match cue:
            case Marker(name):
                return self._mark(one_line(name) or _NAME, moment)
            case TrackColour(track, colour):
                now = moment.mono
                return self._colour(one_line(track), _Colouring(_rgb(colour), now, now + DUMP))
            case StopTransport():
                return [STOP]
            case RestoreColours():
                return self.restore(moment)
            case RunAction(action):
                return [Osc(f"/action/{action}")] if action in ACTIONS else []
            case StatusText():
                return []  # it has no address: status says so
            case _:
                assert_never(cue)

    def restore(self, moment: Moment) -> list[Osc]:
        """Give back their own colours to all tracks that were coloured."""
        originals, self._originals, now = self._originals, {}, moment.mono
        out = []
        for track, colour in originals.items():
            out += self._colour(track, _Colouring(colour, now, now + DUMP, back=True))
        return out

    def _mark(self, name: str, moment: Moment) -> list[Osc]:
        if self._action is None:
            return []  # no action is assigned: status says so
        now, wake = moment.mono, self.wake()
        out = self.advance(moment) if wake is not None and wake <= now else []
        if self._marking is None and not self._queue and now >= self._ready_at:
            return [*out, *self._act(self._action, name, now)]
        if len(self._queue) >= MOST_WAITING:
            self._drop(self._queue.popleft()[0])
        self._queue.append((name, now))
        return out

    def _act(self, action: Osc, name: str, now: float) -> list[Osc]:
        mirror = self._mirror
        before = mirror.markers if mirror.complete else None
        meet = self._meet(now)
        due = now + (DUMP if meet else PATIENCE)
        self._marking = _Marking(name, now, before, due)
        return [action, *meet]

    def _meet(self, now: float) -> list[Osc]:
        """Ask for everything where names are not known, and it was not asked lately."""
        return [] if self._mirror.complete else self._ask(now)

    def _ask(self, now: float) -> list[Osc]:
        if not self._settings.listen_port or now < self._asked + ASK_SELDOM:
            return []
        self._asked = now
        return [REFRESH]

    def _colour(self, track: str, waits: _Colouring) -> list[Osc]:
        if not self._settings.listen_port or not track:
            return []
        if len(self._colouring) >= MOST_WAITING and track not in self._colouring:
            oldest = next(iter(self._colouring))
            del self._colouring[oldest]
            self._drop(oldest)
        self._colouring.pop(track, None)
        self._colouring[track] = waits
        if self._mirror.framed:
            return []  # numbers may be about to change: the end of the update decides
        return self._send_colour(track, waits.since) or self._meet(waits.since)

    def _send_colour(self, track: str, now: float) -> list[Osc]:
        """Send a colour that waits for its track's number, where it is known."""
        waits, number = self._colouring[track], self._mirror.track(track)
        if number is None:
            return []
        before = self._mirror.colour(number)
        if before == waits.colour:  # it has it already, and would not tell
            self._coloured(track)
            return []
        if before and not waits.back and len(self._originals) < LARGEST_BANK:
            self._originals.setdefault(track, before)
        waits.number, waits.since, waits.due = number, now, now + PATIENCE
        return [Osc(f"/track/{number}/color", (waits.colour,))]

    # --- feedback ---------------------------------------------------------------------------------

    def hear(self, message: Osc, moment: Moment) -> list[Osc]:
        """Take feedback; what waited for it goes on when an update is whole."""
        now = moment.mono
        self._heard, self._state = now, "ready"
        if not self._mirror.hear(message):
            return []
        out = self._whole(now)
        return out or self._meet(now)

    def _whole(self, now: float) -> list[Osc]:
        """Use what an update brought."""
        mirror, marking, out = self._mirror, self._marking, list[Osc]()
        if marking is not None and marking.before != mirror.markers:
            self._marked(now)
        for track, waits in list(self._colouring.items()):
            if not waits.number:
                out += self._send_colour(track, now)
            elif mirror.colour(waits.number) == waits.colour:
                self._coloured(track)
        return out

    def _marked(self, now: float) -> None:
        self._marking, self._ready_at = None, now + BREATH
        self._faults.pop("marker", None)

    def _coloured(self, track: str) -> None:
        del self._colouring[track]
        for about in ("track", "colour"):
            self._faults.pop(about, None)

    # --- time -------------------------------------------------------------------------------------

    def wake(self) -> float | None:
        """Return when patience ends, or the next marker may follow."""
        due = [waits.due for waits in self._colouring.values()]
        if self._marking is not None:
            due.append(self._marking.due)
        elif self._queue:
            due.append(self._ready_at)
        return min(due, default=None)

    def advance(self, moment: Moment) -> list[Osc]:
        """Ask, give up, go on with the next: whatever is due."""
        now, out = moment.mono, list[Osc]()
        marking = self._marking
        if marking is not None and now >= marking.due:
            out += self._judge(marking, now)
        for track, waits in list(self._colouring.items()):
            if now >= waits.due:
                out += self._judge_colour(track, waits, now)
        return out + self._next(now)

    def _judge(self, marking: _Marking, now: float) -> list[Osc]:
        """Decide on a marker of which no feedback came; it may lie beyond what the bank shows."""
        heard = self._heard >= marking.since or self._proven(now)
        if not heard and (ask := self._ask(now)):
            marking.due = now + DUMP
            return ask
        self._marking, self._ready_at = None, now + BREATH
        if not heard:
            self._lose(marking.name)
        elif marking.before is not None and not self._mirror.markers_full:
            self._drop(marking.name)
            self._faults["marker"] = marking.name
        return []

    def _proven(self, now: float) -> bool:
        """Tell whether silence is no sign: a full bank tells of no marker, and Bitwig did answer lately."""
        lately = now < self._asked + ASK_SELDOM and self._heard >= self._asked
        return lately and self._mirror.markers_full

    def _judge_colour(self, track: str, waits: _Colouring, now: float) -> list[Osc]:
        """Decide on a colour of which no feedback came, or whose track was not found."""
        if not waits.number and (out := self._send_colour(track, now)):
            return out  # the end of an update was lost on the way
        if track not in self._colouring:
            return []
        heard = self._heard >= waits.since or (self._mirror.complete and not waits.number)
        if not heard and (ask := self._ask(now)):
            waits.due = now + DUMP
            return ask
        del self._colouring[track]
        if heard:
            self._drop(track)
            self._faults["colour" if waits.number else "track"] = track
        else:
            self._lose(track)
        return []

    def _next(self, now: float) -> list[Osc]:
        while self._queue and self._queue[0][1] < now - FRESH:
            self._drop(self._queue.popleft()[0])
        if self._action is None or self._marking is not None:
            return []
        if not self._queue or now < self._ready_at:
            return []
        return self._act(self._action, self._queue.popleft()[0], now)

    def _lose(self, name: str) -> None:
        self._drop(name)
        if self._settings.listen_port:
            self._state = "silent"

    def _drop(self, name: str) -> None:
        self._dropped += 1
        self._lost = name

    def status(self, moment: Moment) -> LinkStatus:  # noqa: ARG002 - it changes by deadlines
        """Return how the link stands, with what to do about it."""
        fault = next(reversed(self._faults.items()), None)
        state = "trouble" if fault and self._state == "ready" else self._state
        text = sentence(self._settings, state, fault, self._mirror.shown)
        pending = len(self._queue) + (self._marking is not None) + len(self._colouring)
        return LinkStatus(state, text + lost(self._dropped, self._lost), pending, self._dropped)


def _rgb(colour: str) -> str:
    """Return ``#RRGGBB`` as Bitwig's OSC takes it: one space in it, and it is ignored."""
    red, green, blue = bytes.fromhex(colour[1:])
    return f"rgb({red},{green},{blue})"
