"""Signs of a rut, and ways out of one: what helped before comes first. Told gently, once a day."""

from __future__ import annotations

from bridge.core import feeding, persons, time_off
from bridge.core.in_hand import in_hand
from bridge.core.method import Rut, Sign, Trace, Way
from bridge.core.model import Studio
from bridge.core.ordering import left
from bridge.core.settings import Settings

WAYS: tuple[Way, ...] = ("break", "small", "prep", "song", "feed", "off")
"""The ways out in the order in which they are offered to somebody who has tried none."""

_LAST = 3  # sittings that are looked at
_SKIPS = 4
_EXTENSIONS = 5
_SHORT = 15 * 60.0  # seconds of work
_STEP = 30 * 60.0  # seconds of the longest step that counts as small
_AWAY = 5.0  # days that nobody planned
_FORTNIGHT = 14 * 24 * 3600.0


def signs(studio: Studio, at: float) -> tuple[Sign, ...]:
    """Return the signs of a rut in the last sittings and the present one; none twice.

    What was before they were last told is left aside, and what is older than a fortnight.
    """
    since = max(studio.method.rut.told_at, at - _FORTNIGHT)
    ended = [trace for trace in studio.method.sittings if trace.began_at > since][-_LAST:]
    lately = [*ended, *_present(studio, at)]
    done = sum(trace.done for trace in lately)
    skipped = sum(trace.skipped for trace in lately)
    extended = sum(trace.extended for trace in lately)
    found: dict[Sign, bool] = {
        "skips": skipped >= _SKIPS and skipped > done,
        "extensions": extended >= _EXTENSIONS and extended > 2 * done,
        "short": len(ended) == _LAST and all(_is_short(trace) for trace in ended),
        "away": studio.sitting is None and time_off.days_away(studio, at) >= _AWAY,
    }
    return tuple(sign for sign, seen in found.items() if seen)


def _present(studio: Studio, at: float) -> list[Trace]:
    now = studio.sitting
    if now is None:
        return []
    counts = len(now.done), len(now.skipped), now.extended
    return [Trace(now.began_at, at, now.worked, *counts)]


def _is_short(trace: Trace) -> bool:
    return trace.worked < _SHORT


def to_tell(studio: Studio, settings: Settings, at: float) -> tuple[Sign, ...]:
    """Return the signs that should be told now: none twice a day, none on or after time off."""
    if not settings.rut or time_off.begun(studio, at) is not None:
        return ()
    told_at = studio.method.rut.told_at
    if told_at and settings.days.day(told_at) >= settings.days.day(at):
        return ()
    return signs(studio, at)


_SIGNS: dict[Sign, str] = {
    "skips": "much was skipped lately",
    "extensions": "boxes often were too small lately",
    "short": "the last sittings were short",
    "away": "it has been a while",
}


def sentence(seen: tuple[Sign, ...]) -> str:
    """Return the signs as one gentle sentence, empty for none."""
    if not seen:
        return ""
    words = ", and ".join(_SIGNS[sign] for sign in seen)
    return f"{words}; that is no failure, and `songbridge rut` offers ways out"


def told_today(studio: Studio, settings: Settings, at: float) -> str:
    """Return the sentence that was told this day, empty when none was."""
    rut, days = studio.method.rut, settings.days
    if not rut.told_at or days.day(rut.told_at) != days.day(at):
        return ""
    return sentence(rut.signs)


def ways(studio: Studio, settings: Settings) -> tuple[Way, ...]:
    """Return the ways out that are open now, what helped before first."""
    rut = studio.method.rut
    possible = [way for way in WAYS if _possible(studio, settings, way)]
    return tuple(sorted(possible, key=lambda way: -_hope(rut, way)))


def _hope(rut: Rut, way: Way) -> float:
    """Return how likely it is that a way helps, from 0 to 1; one half before it was tried."""
    return (rut.helped.get(way, 0) + 1) / (rut.tried.get(way, 0) + 2)


def _possible(studio: Studio, settings: Settings, way: Way) -> bool:
    match way:
        case "small":
            return smallest(studio, settings) is not None
        case "prep":
            return not studio.prep
        case "song":
            return other_song(studio, settings) is not None
        case "feed":
            return bool(feeding.waiting(studio))
        case _:
            return True


def smallest(studio: Studio, settings: Settings) -> str | None:
    """Return the id of the easiest task in the queue: of low energy if any is, then the shortest.

    The current one is not meant, nor what is somebody else's to do. None when there is no other that is
    easy, or short.
    """
    person = persons.here(studio, settings)
    tasks = [studio.the(task) for task in studio.order if task != studio.timer.task]
    tasks = [task for task in tasks if not persons.hint(task, person)]
    short = [task for task in tasks if left(task) <= _STEP]
    easy = [task for task in tasks if task.energy == "low"] or short
    return min(easy, key=left).id if easy else None


def other_song(studio: Studio, settings: Settings) -> str | None:
    """Return the id of the next other song in hand that has a task in the queue, None without."""
    ids = [song.id for song in in_hand(studio, settings)]
    if studio.song in ids:
        place = ids.index(studio.song)
        ids = ids[place + 1 :] + ids[:place]
    queued = {task.rpartition(".")[0] for task in studio.queue}
    return next((song for song in ids if song in queued), None)


def told(studio: Studio, settings: Settings, way: Way) -> str:
    """Return a way out in words."""
    match way:
        case "break":
            return "a break of 15 minutes, away from the screen"
        case "small":
            task = smallest(studio, settings)
            return f"one small step: {studio.the(task).title}" if task else "one small step"
        case "prep":
            return "a low day: preparation instead of music"
        case "song":
            other = other_song(studio, settings)
            return f"another song: {studio.songs[other].title}" if other else "another song"
        case "feed":
            items = feeding.waiting(studio)
            return feeding.told(items[0]) if items else "something for the mind"
        case "off":
            return "the rest of the day off"
