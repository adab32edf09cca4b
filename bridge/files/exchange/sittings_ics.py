"""Sittings as iCalendar (RFC 5545): an event each, with what was done, for a calendar to show.

Each event's name in the calendar (UID) comes from when it began and who sat there, so that a calendar
that reads the file again replaces its events and doubles none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from bridge import __version__
from bridge.core import durations
from bridge.files.exchange.plan import one_line

if TYPE_CHECKING:
    from bridge.core.worklog import PastSitting

_MINUTE = 60


def write_sittings(sittings: Sequence[PastSitting], songs: Mapping[str, str], at: float) -> str:
    """Return `sittings` as a calendar written at the wall instant `at`; `songs` are titles by ids."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Songbridge//Songbridge {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Songbridge")
    for sitting in sittings:
        calendar.add_component(_event(sitting, songs, at))
    text: str = calendar.to_ical().decode()
    return text


def _event(sitting: PastSitting, songs: Mapping[str, str], at: float) -> Event:
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'songbridge:{sitting.began:.0f}:{sitting.person}')}")
    event.add("dtstamp", _utc(at))
    event.add("dtstart", _utc(sitting.began))
    event.add("dtend", _utc(max(sitting.ended, sitting.began + 1)))
    titles = list(dict.fromkeys(songs.get(s.song, s.song) for s in sitting.stretches))
    event.add("summary", one_line(_summary(sitting, titles)))
    event.add("description", "\n".join(_description(sitting)))
    if titles:
        event.add("categories", [one_line(title) for title in titles])
    return event


def _summary(sitting: PastSitting, titles: Sequence[str]) -> str:
    done = len(sitting.done)
    about = ", ".join(titles) or "Songbridge"
    return f"{about}: {done} done, {_about(sitting.worked)} worked"


def _description(sitting: PastSitting) -> Iterator[str]:
    if sitting.person:
        yield f"{one_line(sitting.person)} sat there."
    if not sitting.over:
        yield "The sitting was not ended."
    told = {
        "Done": sitting.done,
        "Set aside": sitting.set_aside,
        "Skipped": sitting.skipped,
        "Notes": sitting.notes,
    }
    for name, lines in told.items():
        yield from (f"{name}: {one_line(line)}" for line in lines)


def _utc(at: float) -> datetime:
    return datetime.fromtimestamp(int(at), UTC)


def _about(seconds: float) -> str:
    """Return whole minutes, and seconds below one minute."""
    unit = _MINUTE if seconds >= _MINUTE else 1
    return durations.words(round(seconds / unit) * unit)
