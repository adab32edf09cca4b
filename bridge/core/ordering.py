"""In which order the queue is put: by section, by song, by energy, by time, by person."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bridge.core.clockwork import fresh_box
from bridge.core.method import ENERGIES
from bridge.core.model import Studio, Task
from bridge.core.settings import Settings
from bridge.errors import Refused

Rank: TypeAlias = "tuple[float, ...]"
Ranking: TypeAlias = Callable[[Task], Rank]

ORDERS = ("section", "song", "energy", "short", "person", "goal")
"""What ``order`` takes; ``energy low`` begins with the easy tasks, ``person NAME`` with somebody's."""


def ordered(studio: Studio, settings: Settings, written: str) -> tuple[str, tuple[str, ...]]:
    """Return by what the queue is to be ordered, and the shown queue in that order.

    The current task stays at the top; among equals the order stays. Raises Refused.
    """
    by, _, more = " ".join(written.split()).partition(" ")
    rank = _ranking(studio, settings, by.casefold(), more)
    top = studio.order[:1] if studio.timer.task in studio.order[:1] else ()
    rest = sorted(studio.order[len(top) :], key=lambda task_id: rank(studio.the(task_id)))
    return f"{by.casefold()} {more}".strip(), (*top, *rest)


def _ranking(studio: Studio, settings: Settings, by: str, more: str) -> Ranking:
    if more and by not in ("energy", "person"):
        raise Refused(f"order {by[:40]} takes nothing behind it, but got {more[:40]!r}")
    match by:
        case "section":
            return _by_section(studio, settings)
        case "song":
            return _by_song(studio)
        case "energy":
            return _by_energy(more.casefold())
        case "short":
            return lambda task: (left(task),)
        case "person":
            return _by_person(more or settings.person)
        case "goal":
            return lambda task: ((task.goal or studio.songs[task.song].goal) or len(ORDERS),)
        case _:
            known = ", ".join(ORDERS)
            raise Refused(f"the queue can't be ordered by {by[:40]!r}; allowed are {known}")


def left(task: Task) -> float:
    """Return the seconds that a task's box still has, or its next one."""
    return task.planned if fresh_box(task) else task.budget - task.boxed


def _by_section(studio: Studio, settings: Settings) -> Ranking:
    """Rank by the sections of the song in hand, which knows best what comes first; then by the usual ones."""
    names: dict[str, int] = {}
    in_hand = studio.songs.get(studio.song or "")
    songs = (song.sections for song in studio.songs.values())
    for sections in (in_hand.sections if in_hand else (), settings.sections, *songs):
        for section in sections:
            names.setdefault(section.name.casefold(), len(names))
    return lambda task: (names.get(task.section.casefold(), len(names)),)


def _by_song(studio: Studio) -> Ranking:
    places = {song: n for n, song in enumerate(studio.songs, 1)}
    if studio.song in places:
        places[studio.song] = 0
    return lambda task: (places[task.song],)


def _by_energy(first: str) -> Ranking:
    if first not in ("", "high", "low"):
        raise Refused(f"order energy takes high or low, not {first[:40]!r}")
    way = 1 if first == "low" else -1
    middle = ENERGIES.index("medium")

    def rank(task: Task) -> Rank:
        known = ENERGIES.index(task.energy) if task.energy else middle
        return (way * known,)

    return rank


def _by_person(name: str) -> Ranking:
    if not name:
        raise Refused("order person needs a name, for example `order person Ada`")
    wanted = name.casefold()
    return lambda task: (task.person.casefold() != wanted, bool(task.person))
