"""Bitwig through DrivenByMoss' OSC controller: colours of places found by name, and its actions.

Its OSC can neither make, name nor colour a cue marker; but it has twenty actions that the user
assigns, and one of them may insert one. Setters are never acknowledged: a colour is confirmed by the
feedback that it changed, a marker by one more in the feedback, and where the bank of markers is full,
many by one answer to ``/refresh``. That asks for everything, some hundred messages a track, and no
other question has an answer, so it is asked seldom: to look for Bitwig, where something has to be
proven, and when a Bitwig that played has fallen silent.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, assert_never

from bridge.daw.bitwig_colours import Colours
from bridge.daw.bitwig_mirror import WANTED
from bridge.daw.bitwig_state import State
from bridge.daw.bitwig_waiting import (
    ACTIONS,
    BREATH,
    DUMP,
    LATER,
    LOOK,
    MOST_WAITING,
    NAME,
    NEVER,
    PATIENCE,
    PROOF,
    STOP,
    Marking,
    News,
)
from bridge.daw.target import DawSettings, LinkStatus
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
        self._state = State(settings)
        self._colours = Colours(self._state)
        self._queue: deque[News] = deque()
        self._marking: Marking | None = None
        self._unproven: list[tuple[str, float]] = []
        self._ready_at = NEVER

    @property
    def transport(self) -> Transport:
        """What Bitwig's transport does."""
        return self._state.mirror.transport

    @property
    def originals(self) -> Mapping[str, str]:
        """The colour of each place before ours, and ours, by its name."""
        return self._colours.originals.kept

    def recall(self, originals: Mapping[str, str]) -> None:
        """Know again how places were coloured."""
        self._colours.originals.recall(originals)

    # --- cues -------------------------------------------------------------------------------------

    def tell(self, cue: Cue, moment: Moment) -> list[Osc]:
        """Make a marker, or colour a place once its number is known."""
        now = moment.mono
        match cue:
            case Marker(name):
                if self._action is None:
                    return []  # no action is assigned: status says so
                return self._take(News(one_line(name) or NAME, self._action, now), moment)
            case RunAction(action):
                return self._run(one_line(action), moment)
            case TrackColour(track, colour):
                return self._colours.paint(one_line(track), colour, now)
            case StopTransport():
                return self._stop()
            case RestoreColours():
                return self._colours.restore(now)
            case StatusText():
                return []  # it has no address: status says so
            case _:
                assert_never(cue)

    def _run(self, action: str, moment: Moment) -> list[Osc]:
        """Run an action, but none during a take: whether one would cut it, nobody knows here."""
        if action not in ACTIONS or self.transport.recording:
            self._state.drop(f"action {action}")
            return []
        news = News(f"action {action}", Osc(f"/action/{action}"), moment.mono, marker=False)
        return self._take(news, moment)

    def _stop(self) -> list[Osc]:
        """Stop what is surely no take; a stop that comes late is not wanted any more."""
        transport = self.transport
        stops = self._state.there and transport.playing and transport.recording is False
        return [STOP] if stops else []

    def _take(self, news: News, moment: Moment) -> list[Osc]:
        now, wake = moment.mono, self.wake()
        out = self.advance(moment) if wake is not None and wake <= now else []
        if len(self._queue) >= MOST_WAITING:
            self._state.drop(self._queue.popleft().name)
        self._queue.append(news)
        return out + self._next(now)

    def _next(self, now: float) -> list[Osc]:
        """Send what waited longest, when it is its turn; no action into a take that began meanwhile."""
        state = self._state
        while self._queue and not self._queue[0].marker and self.transport.recording:
            state.drop(self._queue.popleft().name)
        if not self._queue or not state.there or self._marking is not None:
            return []
        if now < self._ready_at or len(self._unproven) >= PROOF:
            return []
        return self._send(self._queue.popleft(), now)

    def _send(self, news: News, now: float) -> list[Osc]:
        state, mirror = self._state, self._state.mirror
        if state.deaf or not news.marker:
            self._ready_at = now + BREATH
            return [news.action]
        if mirror.complete and mirror.markers_full:
            self._unproven.append((news.name, now))
            self._ready_at = now + BREATH
            return [news.action, *self._prove(now)]
        meet = state.meet(now)
        due = now + (DUMP if meet else PATIENCE)
        self._marking = Marking(news.name, now, mirror.markers if mirror.complete else None, due)
        return [news.action, *meet]

    def _prove(self, now: float) -> list[Osc]:
        """Have Bitwig answer, for a full bank doesn't tell of markers; when none follows at once."""
        if not self._unproven or (self._queue and len(self._unproven) < PROOF):
            return []
        return self._state.ask(now)

    # --- feedback ---------------------------------------------------------------------------------

    def hear(self, message: Osc, moment: Moment) -> list[Osc]:
        """Take feedback; what waited for it goes on when an update is whole."""
        now, state = moment.mono, self._state
        if not state.hear(message, now):
            return [] if state.mirror.framed else [*self._next(now), *state.meet(now)]
        out = self._whole(now)
        return [*(out or state.meet(now)), *self._next(now)]

    def _whole(self, now: float) -> list[Osc]:
        """Use what an update brought; a fresh Bitwig proves nothing of what the last one was sent."""
        marking, fresh = self._marking, self._state.is_fresh()
        for name, _ in self._unproven if fresh else ():
            self._state.drop(name)
        self._unproven.clear()
        if marking is not None and len(self._state.mirror.markers) > len(marking.before or ()):
            self._marking, self._ready_at = None, now + BREATH
            self._state.well("marker")
        return self._colours.whole(now, fresh=fresh)

    # --- time -------------------------------------------------------------------------------------

    def wake(self) -> float | None:
        """Return when patience ends, the next marker may follow, or Bitwig is looked for or missed."""
        state = self._state
        due = [self._colours.wake(), state.pulse]
        if not state.there:
            due.append(state.asked + LOOK)
            due += [self._queue[0].at + self._settings.keep] if self._queue else []
        if self._unproven:
            due.append(self._proof_due())
        if self._marking is not None:
            due.append(self._marking.due)
        elif self._queue and state.there and len(self._unproven) < PROOF:
            due.append(self._ready_at)
        first = min(due)
        return first if first < LATER else None

    def advance(self, moment: Moment) -> list[Osc]:
        """Ask, give up, go on with the next: whatever is due."""
        now, state = moment.mono, self._state
        out = self._miss(now) if state.there else []
        if not state.there:
            out += state.ask(now)
        while self._queue and not state.there and now >= self._queue[0].at + self._settings.keep:
            state.drop(self._queue.popleft().name)
        return out + self._next(now)

    def _miss(self, now: float) -> list[Osc]:
        """Decide on what no feedback came of."""
        state, marking = self._state, self._marking
        out = state.feel(now)
        if self._unproven and state.there and now >= self._proof_due():
            out += state.answered_or_gone(self._unproven[0][1], now)
        if marking is not None and state.there and now >= marking.due:
            out += self._judge(marking, now)
        out += self._colours.advance(now)
        if not state.there:
            self._gone()
        return out

    def _proof_due(self) -> float:
        """Return when an answer is overdue; that of a large bank may take longer than `LOOK`."""
        state = self._state
        comes = state.heard + PATIENCE if state.mirror.framed else NEVER
        return max(state.asked + LOOK, comes)

    def _judge(self, marking: Marking, now: float) -> list[Osc]:
        """Decide on a marker of which no feedback came."""
        state = self._state
        if state.heard <= marking.since:
            ask = state.answered_or_gone(marking.since, now)
            marking.due = max(state.asked + DUMP, now + BREATH)
            return ask
        self._marking, self._ready_at = None, now + BREATH
        if marking.before is not None and not state.mirror.markers_full:
            state.drop(marking.name)
            state.fault("marker", marking.name)
        return []

    def _gone(self) -> None:
        """Count what may not have arrived; colours wait for the next Bitwig."""
        if self._marking is not None:
            self._state.drop(self._marking.name)
        for name, _ in self._unproven:
            self._state.drop(name)
        self._marking, self._unproven = None, []
        self._colours.gone()

    def status(self, moment: Moment) -> LinkStatus:
        """Return how the link stands, with what to do about it."""
        now, state = moment.mono, self._state
        pending = len(self._queue) + (self._marking is not None) + len(self._unproven)
        pending += len(self._colours)
        text, losses = state.sentence(now), state.losses()
        return LinkStatus(state.state(now), text, pending, state.dropped, losses)
