"""Colours for Ardour's tracks, one track after the other, by way of its Lua actions.

Ardour has no OSC message for a colour. What works where its window runs: ask for the track's number
(``/strip/list``), select the track, hear that it is selected, and fire the Lua action that colours
what is selected. The action deselects when it is done, and that is heard: it is the receipt. Then
the track is selected again that the user had. Where no action answers, nothing is selected any more
until the link begins anew: tracks that change under the user's hands are worse than no colour.

No message tells a colour either, so the actions themselves keep each track's own one, in a file in
the session's folder. One more action gives all of them back; whatever is selected then, for its
receipt is a selection that ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from bridge.daw.ardour_selecting import (
    END,
    LIST,
    ROW,
    SELECTED,
    action,
    give_back,
    named,
    select,
    take_row,
)
from bridge.daw.target import NO_ORIGINALS
from bridge.daw.words import one_line

if TYPE_CHECKING:
    from bridge.messages import Colour, Osc

HEAR = 1.0
"""Seconds that Ardour may take for a list or a selection; three tracks take less than 0.01 s."""
REPEAT = 0.2
"""Seconds that Ardour may take, behind a list, to repeat what is selected; seen: up to 0.005."""
SETTLE = 0.3
"""Seconds from a selection's feedback until the window knows of it, too (seen: enough in 7.3)."""
ANSWER = 1.5
"""Seconds that a Lua action may take until its receipt is heard."""
MOST_WAITING = 64
"""Tracks whose newest colour waits, however long."""
MOST_SESSIONS = 32
"""Sessions of which is known that tracks were coloured there."""
_ALL = ""  # in place of a track: all of them, to their own colours
_COLOURED = "coloured"


class Skill(Enum):
    """Whether the Lua actions are there."""

    UNTRIED = "untried"
    PROVEN = "proven"
    MISSING = "missing"


class _Step(Enum):
    LISTING = "listing"
    LISTED = "listed"
    SELECTING = "selecting"
    SETTLING = "settling"
    ACTING = "acting"
    GIVING_BACK = "giving back"


_DURATION = {
    _Step.LISTING: HEAR,
    _Step.LISTED: REPEAT,
    _Step.SELECTING: HEAR,
    _Step.SETTLING: SETTLE,
    _Step.ACTING: ANSWER,
    _Step.GIVING_BACK: SETTLE,
}


@dataclass(slots=True)
class _Job:
    """What is on its way: a track to its colour, or all to their own. ``due``: the step ends by itself.

    ``track`` is Ardour's own spelling once that is known; ``left_with`` is what was selected when the
    action was done.
    """

    wanted: str
    colour: Colour
    due: float
    step: _Step = _Step.LISTING
    track: str = ""
    left_with: str = ""
    rows: dict[str, int] = field(default_factory=dict)


class Painter:
    """The one that colours.

    ``session`` is the one that Ardour has open, ``heard`` when it last said anything; both are set
    from outside. ``unknown`` is the last track that Ardour has not,
    empty: none; ``dropped`` counts colours that were given up; ``stuck``: the own colours were wanted
    back, and nothing answered. ``painted`` has the sessions with colours of ours.
    """

    __slots__ = (
        "_job", "_missed", "_owed", "_queue", "_selected", "dropped", "heard", "painted", "session", "skill",
        "stuck", "unknown",
    )  # fmt: skip

    def __init__(self) -> None:
        self.skill = Skill.UNTRIED
        self.stuck = False
        self.session = self.unknown = ""
        self.dropped, self.heard = 0, 0.0
        self.painted: Mapping[str, str] = NO_ORIGINALS
        self._missed = False  # the last action that is known to be there did not answer
        self._selected = ""
        self._owed = ""  # what the user had selected, while we select
        self._job: _Job | None = None
        self._queue: dict[str, Colour] = {}

    @property
    def pending(self) -> int:
        """How many colours wait or are under way."""
        return len(self._queue) + (self._job is not None)

    def recall(self, painted: Mapping[str, str]) -> None:
        """Know again in which sessions colours of ours are."""
        sessions = [one_line(name) for name in painted]
        self.painted = dict.fromkeys(sessions[-MOST_SESSIONS:], _COLOURED)

    def want(self, track: str, colour: Colour) -> None:
        """Take a colour; a newer one for the same track takes an older one's place."""
        if not track or self.skill is Skill.MISSING:
            return
        tracks = [name for name in self._queue if name != _ALL]
        if track not in self._queue and len(tracks) >= MOST_WAITING:
            del self._queue[tracks[0]]
            self.dropped += 1
        self._queue[track] = colour

    def want_own(self) -> None:
        """Give all tracks their own colours back; those that wait for another one wait no more."""
        self._queue.clear()
        if self.painted or self._job is not None:
            self._queue[_ALL] = ""

    def begin_anew(self) -> None:
        """Have what was under way wait again, for the link was lost."""
        job, self._job, self._owed = self._job, None, ""
        if job is not None and job.step is not _Step.GIVING_BACK:
            self._queue = {job.wanted: job.colour} | self._queue
        self._selected, self.session, self.skill = "", "", Skill.UNTRIED
        self._missed = False

    def wake(self) -> float | None:
        """Return when a step ends by itself."""
        return None if self._job is None else self._job.due

    def advance(self, now: float, *, there: bool) -> list[Osc]:
        """End what is due; begin the next, when Ardour is ``there``."""
        job: _Job | None = self._job
        out: list[Osc] = []
        if job is not None and now >= job.due:
            out = self._ended(job, now)
        if self._job is not None or not there or not self.session:
            return out
        if self.session not in self.painted:  # another session than the one with our colours
            self._queue.pop(_ALL, None)
        if not self._queue:
            return out
        wanted = next(iter(self._queue))
        self._job = _Job(wanted, self._queue.pop(wanted), now + HEAR)
        return [*out, LIST]

    def hear(self, message: Osc, now: float) -> list[Osc]:
        """Take a row of the list, or news of the selection; return what follows from it."""
        job, args = self._job, message.args
        if message.address == SELECTED:
            self._selected = args[0].strip() if args and isinstance(args[0], str) else ""
            return [] if job is None else self._selection(job, now)
        if job is None or message.address != ROW or job.step is not _Step.LISTING:
            return []
        if args and args[0] == END:
            return self._listed(job, now)
        take_row(job.rows, args)
        return []

    def _selection(self, job: _Job, now: float) -> list[Osc]:
        """Go on when the right track is selected; any other, and a hand was quicker."""
        right = self._selected == job.track
        if job.step is _Step.LISTED:
            return self._select(job, now)
        if job.step is _Step.SELECTING and right:
            self._enter(job, _Step.SETTLING, now)
        elif job.step is _Step.SETTLING and not right:
            self._hand_was_quicker(job)
        elif job.step is _Step.ACTING and not right:
            self._done(job, now)
        elif job.step is _Step.GIVING_BACK and self._selected != job.left_with:
            self._job, self._owed = None, ""
        return []

    def _hand_was_quicker(self, job: _Job) -> None:
        if job.wanted == _ALL:
            job.track = self._selected  # all get theirs, whatever is selected
        else:
            self._give_up()

    def _done(self, job: _Job, now: float) -> None:
        """Take the receipt."""
        self.skill, job.left_with = Skill.PROVEN, self._selected
        self._missed = False
        if job.wanted == _ALL:
            self.stuck = False
            self.painted = {s: how for s, how in self.painted.items() if s != self.session}
        self._enter(job, _Step.GIVING_BACK, now)

    def _listed(self, job: _Job, now: float) -> list[Osc]:
        if job.wanted == _ALL:  # one that is not selected yet, so that there is news
            name = next((name for name in job.rows if name != self._selected), "")
        else:
            name = named(job.wanted, job.rows)
        if not name:
            self.unknown = job.wanted
            self.dropped += 1
            return self._give_back(job)
        self.unknown = "" if self.unknown == job.wanted else self.unknown
        job.track = name
        self._enter(job, _Step.LISTED, now)
        return []

    def _select(self, job: _Job, now: float) -> list[Osc]:
        self._owed = self._owed or self._selected
        self._enter(job, _Step.SELECTING, now)
        return select(job.rows[job.track])

    def _ended(self, job: _Job, now: float) -> list[Osc]:
        """Do what follows when a step's time is over."""
        if job.step is _Step.LISTED:
            return self._select(job, now)
        if job.step is _Step.SETTLING:
            return self._act(job, now)
        if job.step is _Step.ACTING and self.heard < job.due - ANSWER:
            self._enter(job, _Step.ACTING, now)  # it may be gone: its heart would have beaten
            return []
        if job.step is _Step.ACTING:
            self._unanswered(job)
        if job.step in (_Step.ACTING, _Step.GIVING_BACK):
            return self._give_back(job)
        self._give_up()
        return []

    def _act(self, job: _Job, now: float) -> list[Osc]:
        self._enter(job, _Step.ACTING, now)
        if job.wanted == _ALL:
            return [give_back()]
        if self.session not in self.painted:
            latest = list(self.painted.items())[1 - MOST_SESSIONS :]
            self.painted = dict(latest) | {self.session: _COLOURED}
        return [action(job.colour)]

    def _unanswered(self, job: _Job) -> None:
        if job.wanted == _ALL:
            self.stuck = True
            self.dropped += 1
            return
        if self.skill is Skill.PROVEN and not self._missed:
            self._missed = True  # its window may be busy: it saves, or asks something
            self.dropped += 1
            return
        self.skill = Skill.MISSING
        self._queue = {_ALL: ""} if _ALL in self._queue else {}

    def _give_up(self) -> None:
        self.dropped += self._job is not None
        self._job, self._owed = None, ""

    def _give_back(self, job: _Job) -> list[Osc]:
        """End the job; after the last one, select what the user had."""
        self._job = None
        if self._queue:
            return []
        number, self._owed = job.rows.get(self._owed), ""
        return [] if number is None else select(number)

    def _enter(self, job: _Job, step: _Step, now: float) -> None:
        job.step, job.due = step, now + _DURATION[step]
