"""Colours for Ardour's tracks, one track after the other, by way of its Lua actions.

Ardour has no OSC message for a colour. What works where its window runs: ask for the track's number
(``/strip/list``), select the track, hear that it is selected, and fire the Lua action that colours
what is selected. The action deselects when it is done, and that is heard: it is the receipt. Then
the track is selected again that the user had. Where no action answers, nothing is selected any more
until the link begins anew: tracks that change under the user's hands are worse than no colour.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from bridge.messages import Osc

if TYPE_CHECKING:
    from bridge.messages import Colour

LIST = Osc("/strip/list")
ROW, SELECTED = "/reply", "/select/name"
END = "end_route_list"

SLOTS: tuple[Colour, ...] = (
    "#3FA7FF", "#C77DFF", "#FFB000",  # the sections that there are unless the user says otherwise
    "#00C853", "#FF1744", "#7B7B7B",  # done, time up, set aside
    "#00CCCC", "#FFFFFF",
)  # fmt: skip
"""What ``LuaAction/script-1`` and so on paint; docs/daws.md tells users the same."""

HEAR = 1.0
"""Seconds that Ardour may take for a list or a selection; three tracks take less than 0.01 s."""
REPEAT = 0.2
"""Seconds that Ardour may take, behind a list, to repeat what is selected; seen: up to 0.005."""
SETTLE = 0.3
"""Seconds from a selection's feedback until the window knows of it, too (seen: enough in 7.3)."""
ANSWER = 1.5
"""Seconds that a Lua action may take until its receipt is heard."""
FRESH = 10.0
"""Seconds that a colour may wait for its turn."""
MOST_WAITING = 32
_MOST_ROWS = 4096


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
    """A track on its way to its colour. ``due`` is when the step ends by itself.

    ``left_with`` is what was selected when the action was done.
    """

    track: str
    colour: Colour
    due: float
    step: _Step = _Step.LISTING
    left_with: str = ""
    rows: dict[str, int] = field(default_factory=dict)


class Painter:
    """The one that colours.

    ``unknown`` is the last track that Ardour has not, empty: none; ``dropped`` counts colours that
    were given up.
    """

    __slots__ = ("_job", "_owed", "_queue", "_selected", "dropped", "skill", "unknown")

    def __init__(self) -> None:
        self.skill = Skill.UNTRIED
        self.unknown = ""
        self.dropped = 0
        self._selected = ""
        self._owed = ""  # what the user had selected, while we select
        self._job: _Job | None = None
        self._queue: dict[str, tuple[Colour, float]] = {}

    @property
    def pending(self) -> int:
        """How many colours wait or are under way."""
        return len(self._queue) + (self._job is not None)

    def want(self, track: str, colour: Colour, now: float) -> None:
        """Take a colour; a newer one for the same track takes an older one's place."""
        if not track or self.skill is Skill.MISSING:
            return
        if track not in self._queue and len(self._queue) >= MOST_WAITING:
            del self._queue[next(iter(self._queue))]
            self.dropped += 1
        self._queue[track] = colour, now

    def begin_anew(self) -> None:
        """Forget what was under way: the link was lost. What waits goes on waiting."""
        self._give_up()
        self._selected, self.skill = "", Skill.UNTRIED

    def wake(self) -> float | None:
        """Return when a step ends by itself, or the oldest colour is too old."""
        if self._job is not None:
            return self._job.due
        return min((at + FRESH for _, at in self._queue.values()), default=None)

    def advance(self, now: float, *, there: bool) -> list[Osc]:
        """End what is due, drop what is too old; begin the next, when Ardour is ``there``."""
        job, out = self._job, list[Osc]()
        if job is not None and now >= job.due:
            out = self._ended(job, now)
        self._forget_old(now)
        if self._job is not None or not self._queue or not there:
            return out
        track = next(iter(self._queue))
        colour, _ = self._queue.pop(track)
        self._job = _Job(track, colour, now + HEAR)
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
        _take_row(job.rows, args)
        return []

    def _selection(self, job: _Job, now: float) -> list[Osc]:
        """Go on when the right track is selected; any other, and a hand was quicker."""
        right = self._selected == job.track
        if job.step is _Step.LISTED:
            return self._select(job, now)
        if job.step is _Step.SELECTING and right:
            self._enter(job, _Step.SETTLING, now)
        elif job.step is _Step.SETTLING and not right:
            self._give_up()
        elif job.step is _Step.ACTING and not right:
            self.skill, job.left_with = Skill.PROVEN, self._selected
            self._enter(job, _Step.GIVING_BACK, now)
        elif job.step is _Step.GIVING_BACK and self._selected != job.left_with:
            self._job, self._owed = None, ""
        return []

    def _listed(self, job: _Job, now: float) -> list[Osc]:
        name = _named(job.track, job.rows)
        if not name:
            self.unknown = job.track
            self.dropped += 1
            return self._give_back(job)
        self.unknown = "" if self.unknown == job.track else self.unknown
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
            self._enter(job, _Step.ACTING, now)
            return [action(job.colour)]
        if job.step is _Step.ACTING:
            self.skill = Skill.MISSING
            self._queue.clear()
        if job.step in (_Step.ACTING, _Step.GIVING_BACK):
            return self._give_back(job)
        self._give_up()
        return []

    def _give_up(self) -> None:
        self.dropped += self._job is not None
        self._job, self._owed = None, ""

    def _forget_old(self, now: float) -> None:
        old = [track for track, (_, at) in self._queue.items() if now >= at + FRESH]
        self.dropped += len(old)
        for track in old:
            del self._queue[track]

    def _give_back(self, job: _Job) -> list[Osc]:
        """End the job; after the last one, select what the user had."""
        self._job = None
        if self._queue:
            return []
        number, self._owed = job.rows.get(self._owed), ""
        return [] if number is None else select(number)

    def _enter(self, job: _Job, step: _Step, now: float) -> None:
        job.step, job.due = step, now + _DURATION[step]


def select(number: int) -> list[Osc]:
    """Return what selects a strip in every version.

    Up to 6.9 the press (1) selects and the release does nothing; from 7.0 on they are swapped.
    """
    return [Osc("/strip/select", (number, 1)), Osc("/strip/select", (number, 0))]


def action(colour: Colour) -> Osc:
    """Return what fires the Lua action whose colour is nearest to `colour`."""
    wanted = _rgb(colour)
    slot = min(range(len(SLOTS)), key=lambda n: _distance(_rgb(SLOTS[n]), wanted))
    return Osc("/access_action", (f"LuaAction/script-{slot + 1}",))


def _take_row(rows: dict[str, int], args: tuple[object, ...]) -> None:
    """Take type, name, inputs, outputs, mute, solo, number; the first of two equal names counts."""
    match args:
        case (str(), str(name), _, _, _, _, int(number), *_) if 0 < number <= _MOST_ROWS:
            if len(rows) < _MOST_ROWS:
                rows.setdefault(name, number)


def _named(track: str, rows: dict[str, int]) -> str:
    """Return Ardour's own spelling of `track`, empty when there is no such track."""
    if track in rows:
        return track
    folded = track.casefold()
    return next((name for name in rows if name.casefold() == folded), "")


def _rgb(colour: Colour) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
