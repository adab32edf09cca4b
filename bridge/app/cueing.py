"""What DAWs are told of a decision: what was foreseen, or worked out now; in quiet hours a mark alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, tzinfo

from bridge.core.engine import Decision, Engine
from bridge.core.quiet import DAY, WEEK, Local, Minute, is_quiet, utc
from bridge.core.react import aloud
from bridge.messages import Cue


def cues_of(engine: Engine, decision: Decision, local: Local) -> Iterator[Cue]:
    """Yield the cues of a decision that is not yet adopted, in order."""
    book, ready = engine.book, decision.cues
    if ready is not None and not (
        book.quiet and any(is_quiet(book.quiet, local(entry.at)) for entry in decision.entries)
    ):
        yield from ready
        return
    after = engine.after(decision)
    for entry in decision.entries:
        yield from aloud(entry, after, book, local)


def in_zone(zone: tzinfo | None = None) -> Callable[[float], Minute]:
    """Return what tells the minute of the week in `zone`; None: where this machine stands now.

    An instant that this system has no calendar for is told in UTC.
    """

    def minute(at: float) -> Minute:
        try:
            shown = datetime.fromtimestamp(at, UTC).astimezone(zone)
        except (OSError, OverflowError, ValueError):
            return utc(at)
        return shown.weekday() * DAY + shown.hour * 60 + shown.minute

    return minute


def east(local: Local, at: float) -> int:
    """Return by how many seconds the clocks of `local` are ahead of UTC at `at`; negative in the west."""
    ahead = (local(at) - utc(at) + WEEK // 2) % WEEK - WEEK // 2
    return ahead * 60
