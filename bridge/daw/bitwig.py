"""Bitwig through DrivenByMoss' OSC controller: colours of tracks found by name, and its actions.

Its OSC can neither make, name nor colour a cue marker; but it has twenty actions that the user
assigns, and one of them may insert one. Setters are never acknowledged: a colour is confirmed by the
feedback that it changed, a marker by one more in the feedback, and where the bank of markers is full,
many by one answer to ``/refresh``. That asks for everything, some hundred messages a track, so it is
sent seldom: to look for Bitwig, and where something has to be proven.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, assert_never

from bridge.daw.bitwig_mirror import WANTED, Mirror
from bridge.daw.bitwig_waiting import (
    ACTIONS,
    BREATH,
    DUMP,
    LATER,
    LOOK,
    MOST_TRACKS,
    MOST_WAITING,
    NAME,
    NEVER,
    PATIENCE,
    PROOF,
    REFRESH,
    STOP,
    Colouring,
    Marking,
    News,
    Originals,
    rgb,
)
from bridge.daw.bitwig_words import About, lost, sentence
from bridge.daw.target import DawSettings, LinkState, LinkStatus
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


class BitwigTarget:
    """The conversation with one Bitwig. ``transport`` is what it told last."""

    kind = "bitwig"
    wanted = WANTED

    def __init__(self, settings: DawSettings) -> None:
        self._settings = settings
        self._action = Osc(f"/action/{settings.action}") if settings.action else None
        self._mirror = Mirror()
        self._queue: deque[News] = deque()
        self._marking: Marking | None = None
        self._unproven: list[tuple[str, float]] = []
        self._colouring: dict[str, Colouring] = {}
        self._originals = Originals()
        self._there = self._deaf = not settings.listen_port
        self._ready_at = self._asked = self._first = self._heard = NEVER
        self._faults: dict[About, str] = {}
        self._dropped, self._lost = 0, ""

    @property
    def transport(self) -> Transport:
        """What Bitwig's transport does."""
        return self._mirror.transport

    @property
    def originals(self) -> Mapping[str, str]:
        """The colour of each track before ours, and ours, by the track's name."""
        return self._originals.kept

    def recall(self, originals: Mapping[str, str]) -> None:
        """Know again how tracks were coloured."""
        self._originals.recall(originals)

    # --- cues -------------------------------------------------------------------------------------

    def tell(self, cue: Cue, moment: Moment) -> list[Osc]:
        """Make a marker, or colour a track once its number is known."""
        now = moment.mono
        match cue:
            case Marker(name):
                if self._action is None:
                    return []  # no action is assigned: status says so
                return self._take(News(one_line(name) or NAME, self._action, now), moment)
            case RunAction(action):
                return self._run(one_line(action), moment)
            case TrackColour(track, colour):
                return self._colour(one_line(track), Colouring(rgb(colour), now, LATER))
            case StopTransport():
                return self._stop()
            case RestoreColours():
                return self._restore(now)
            case StatusText():
                return []  # it has no address: status says so
            case _:
                assert_never(cue)

    def _run(self, action: str, moment: Moment) -> list[Osc]:
        """Run an action, but none during a take: whether one would cut it, nobody knows here."""
        if action not in ACTIONS or self.transport.recording:
            self._drop(f"action {action}")
            return []
        news = News(f"action {action}", Osc(f"/action/{action}"), moment.mono, marker=False)
        return self._take(news, moment)

    def _stop(self) -> list[Osc]:
        """Stop what is surely no take; a stop that comes late is not wanted any more."""
        transport = self.transport
        stops = self._there and transport.playing and transport.recording is False
        return [STOP] if stops else []

    def _restore(self, now: float) -> list[Osc]:
        """Give back their own colours to all tracks that were coloured."""
        for track in [track for track in self._colouring if not self._colouring[track].number]:
            del self._colouring[track]
        out = []
        for track in self._originals.kept:
            waits = Colouring(self._originals.own(track), now, LATER, back=True)
            out += self._colour(track, waits)
        return out

    def _take(self, news: News, moment: Moment) -> list[Osc]:
        now, wake = moment.mono, self.wake()
        out = self.advance(moment) if wake is not None and wake <= now else []
        if len(self._queue) >= MOST_WAITING:
            self._drop(self._queue.popleft().name)
        self._queue.append(news)
        return out + self._next(now)

    def _next(self, now: float) -> list[Osc]:
        """Send what waited longest, when it is its turn; no action into a take that began meanwhile."""
        while self._queue and not self._queue[0].marker and self.transport.recording:
            self._drop(self._queue.popleft().name)
        if not self._queue or not self._there or self._marking is not None:
            return []
        if now < self._ready_at or len(self._unproven) >= PROOF:
            return []
        news, mirror = self._queue.popleft(), self._mirror
        if self._deaf or not news.marker:
            self._ready_at = now + BREATH
            return [news.action]
        if mirror.complete and mirror.markers_full:
            self._unproven.append((news.name, now))
            self._ready_at = now + BREATH
            return [news.action, *self._prove(now)]
        meet = self._meet(now)
        due = now + (DUMP if meet else PATIENCE)
        self._marking = Marking(news.name, now, mirror.markers if mirror.complete else None, due)
        return [news.action, *meet]

    def _prove(self, now: float) -> list[Osc]:
        """Have Bitwig answer, for a full bank doesn't tell of markers; when none follows at once."""
        if not self._unproven or (self._queue and len(self._unproven) < PROOF):
            return []
        return self._ask(now)

    def _meet(self, now: float) -> list[Osc]:
        """Ask for everything where names are not known, and it was not asked lately."""
        return [] if self._mirror.complete else self._ask(now)

    def _ask(self, now: float) -> list[Osc]:
        if self._deaf or now < self._asked + LOOK:
            return []
        self._first = now if self._first == NEVER else self._first
        self._asked = now
        return [REFRESH]

    def _colour(self, track: str, waits: Colouring) -> list[Osc]:
        if self._deaf or not track:
            return []
        if len(self._colouring) >= MOST_TRACKS and track not in self._colouring:
            oldest = next(iter(self._colouring))
            del self._colouring[oldest]
            self._drop(oldest)
        self._colouring.pop(track, None)
        self._colouring[track] = waits
        if not self._there:
            return []
        waits.due = waits.since + DUMP
        if self._mirror.framed:
            return []  # numbers may be about to change: the end of the update decides
        return self._send_colour(track, waits.since) or self._meet(waits.since)

    def _send_colour(self, track: str, now: float) -> list[Osc]:
        """Send a colour that waits for its track's number, where it is known."""
        waits, number = self._colouring[track], self._mirror.track(track)
        if number is None:
            return []
        before = self._mirror.colour(number)
        hand = waits.back and not self._originals.is_ours(track, before)
        if before == waits.colour or hand:  # it has it already, and would not tell; or a hand's own
            self._coloured(track)
            return []
        if before and not waits.back:
            self._originals.note(track, before, waits.colour)
        waits.number, waits.since, waits.due = number, now, now + PATIENCE
        return [Osc(f"/track/{number}/color", (waits.colour,))]

    # --- feedback ---------------------------------------------------------------------------------

    def hear(self, message: Osc, moment: Moment) -> list[Osc]:
        """Take feedback; what waited for it goes on when an update is whole."""
        now = moment.mono
        self._heard, self._there = now, True
        self._unproven.clear()
        if not self._mirror.hear(message):
            return [] if self._mirror.framed else [*self._next(now), *self._meet(now)]
        out = self._whole(now)
        return [*(out or self._meet(now)), *self._next(now)]

    def _whole(self, now: float) -> list[Osc]:
        """Use what an update brought."""
        mirror, marking, out = self._mirror, self._marking, list[Osc]()
        if marking is not None and len(mirror.markers) > len(marking.before or ()):
            self._marked(now)
        for track, waits in list(self._colouring.items()):
            if not waits.number:
                waits.due = min(waits.due, now + DUMP)
                out += self._send_colour(track, now)
            elif mirror.colour(waits.number) == waits.colour:
                self._coloured(track)
        return out

    def _marked(self, now: float) -> None:
        self._marking, self._ready_at = None, now + BREATH
        self._faults.pop("marker", None)

    def _coloured(self, track: str) -> None:
        if self._colouring.pop(track).back:
            self._originals.forget(track)
        for about in ("track", "colour"):
            self._faults.pop(about, None)

    # --- time -------------------------------------------------------------------------------------

    def wake(self) -> float | None:
        """Return when patience ends, the next marker may follow, or Bitwig is looked for."""
        due = [] if self._there else [self._asked + LOOK]
        if not self._there and self._queue:
            due.append(self._queue[0].at + self._settings.keep)
        due += [waits.due for waits in self._colouring.values() if waits.due < LATER]
        if self._unproven:
            due.append(self._asked + LOOK)
        if self._marking is not None:
            due.append(self._marking.due)
        elif self._queue and self._there and len(self._unproven) < PROOF:
            due.append(self._ready_at)
        return min(due, default=None)

    def advance(self, moment: Moment) -> list[Osc]:
        """Ask, give up, go on with the next: whatever is due."""
        now, out, marking = moment.mono, list[Osc](), self._marking
        if self._unproven and now >= self._asked + LOOK:
            out += self._answered_or_gone(self._unproven[0][1], now)
        if marking is not None and now >= marking.due:
            out += self._judge(marking, now)
        for track, waits in list(self._colouring.items()):
            if now >= waits.due:
                out += self._judge_colour(track, waits, now)
        if not self._there:
            out += self._ask(now)
        while self._queue and not self._there and now >= self._queue[0].at + self._settings.keep:
            self._drop(self._queue.popleft().name)
        return out + self._next(now)

    def _answered_or_gone(self, since: float, now: float) -> list[Osc]:
        """Ask for a sign of life; where one was asked for since then, Bitwig has gone."""
        if self._asked < since:
            return self._ask(now)
        self._gone()
        return []

    def _judge(self, marking: Marking, now: float) -> list[Osc]:
        """Decide on a marker of which no feedback came."""
        if self._heard <= marking.since:
            ask = self._answered_or_gone(marking.since, now)
            marking.due = max(self._asked + DUMP, now + BREATH)
            return ask
        self._marking, self._ready_at = None, now + BREATH
        if marking.before is not None and not self._mirror.markers_full:
            self._drop(marking.name)
            self._faults["marker"] = marking.name
        return []

    def _judge_colour(self, track: str, waits: Colouring, now: float) -> list[Osc]:
        """Decide on a colour of which no feedback came, or whose track was not found."""
        if not waits.number and (out := self._send_colour(track, now)):
            return out  # the end of an update was lost on the way
        if track not in self._colouring:
            return []
        if self._heard <= waits.since and not (self._mirror.complete and not waits.number):
            ask = self._answered_or_gone(waits.since, now)
            if self._there:
                waits.due = max(self._asked + DUMP, now + BREATH)
            return ask
        if waits.back and not waits.number:
            self._originals.forget(track)  # it was renamed, or is gone
        self._drop(track)
        self._faults["colour" if waits.number else "track"] = track
        del self._colouring[track]
        return []

    def _gone(self) -> None:
        """Count what may not have arrived; colours wait for the next Bitwig."""
        if self._marking is not None:
            self._drop(self._marking.name)
        for name, _ in self._unproven:
            self._drop(name)
        self._marking, self._unproven, self._there = None, [], False
        self._mirror = Mirror()
        for waits in self._colouring.values():
            waits.number, waits.due = 0, LATER

    def _state(self, now: float) -> LinkState:
        if self._deaf:
            return "unknown"
        if self._there:
            return "trouble" if self._faults else "ready"
        looked = self._heard > NEVER or now >= self._first + PATIENCE > NEVER
        return "silent" if looked else "unknown"

    def _drop(self, name: str) -> None:
        self._dropped += 1
        self._lost = name

    def status(self, moment: Moment) -> LinkStatus:
        """Return how the link stands, with what to do about it."""
        fault = next(reversed(self._faults.items()), None)
        state = self._state(moment.mono)
        text = sentence(self._settings, state, fault, self._mirror.shown)
        pending = len(self._queue) + (self._marking is not None) + len(self._unproven)
        gone = lost(self._dropped, self._lost)
        pending += len(self._colouring)
        return LinkStatus(state, text + gone, pending, self._dropped, gone)
