"""The method over OSC: dates of goals, ways out of a rut, what feeds the mind, songs, the day. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.core import feeding, rut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bridge.core.view import SongView, View
    from bridge.messages import OscArg

    Row = tuple[str, tuple[OscArg, ...]]

WAYS = len(rut.WAYS)
"""Ways out of a rut that have an address."""

ROWS = 8
"""Things for the mind, songs in hand and songs at rest that have an address each."""


def rows(view: View) -> Iterator[Row]:
    """Yield each address with its arguments; what is empty is told as empty."""
    for number, goal in enumerate(view.goals, 1):
        yield f"/songbridge/goal/{number}/by", (goal.by,)
    task, sitting = view.task, view.studio.sitting
    yield "/songbridge/task/person", (task.person if task else "",)
    yield "/songbridge/task/energy", (task.energy if task else "",)
    yield "/songbridge/ears", (round(sitting.ears.due) if sitting else 0,)
    yield "/songbridge/prep", (int(view.prep), len(view.studio.prep_queue))
    yield from _off(view)
    yield from _rut(view)
    yield from _feed(view)
    yield from _songs("songs", view.songs)
    yield from _songs("resting", view.resting)


def _off(view: View) -> Iterator[Row]:
    off, days = view.off, view.settings.days
    first, back = ("", "") if off is None else (str(days.day(off.begins)), str(days.day(off.until)))
    yield "/songbridge/off", (first, back, int(view.is_off))


def _rut(view: View) -> Iterator[Row]:
    known, ways = view.studio.method.rut, view.ways
    for number in range(1, WAYS + 1):
        way = ways[number - 1] if number <= len(ways) else None
        words = "" if way is None else rut.told(view.studio, view.settings, way)
        counts = (known.tried.get(way, 0), known.helped.get(way, 0)) if way else (0, 0)
        yield f"/songbridge/rut/{number}", (way or "", words, *counts)
    today = rut.told_today(view.studio, view.settings, view.at)
    yield "/songbridge/rut/trying", (known.trying or "",)
    yield "/songbridge/rut/signs", (", ".join(known.signs) if today else "",)


def _feed(view: View) -> Iterator[Row]:
    items = feeding.waiting(view.studio)
    yield "/songbridge/feed/size", (len(items),)
    for place in range(ROWS):
        item = items[place] if place < len(items) else None
        told = (item.number, item.kind, item.text, item.link) if item else (0, "", "", "")
        yield f"/songbridge/feed/{place + 1}", told


def _songs(name: str, songs: Sequence[SongView]) -> Iterator[Row]:
    yield f"/songbridge/{name}/size", (len(songs),)
    for place in range(ROWS):
        song = songs[place] if place < len(songs) else None
        told = (song.id, song.title, song.stage) if song else ("", "", "")
        yield f"/songbridge/{name}/{place + 1}", told
