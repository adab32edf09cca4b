"""Where tasks of a song stand in the queue after the song's own list was put in another order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain


def requeued(
    queue: Sequence[str], before: Sequence[str], after: Sequence[str], top: str | None
) -> tuple[str, ...]:
    """Return `queue` with those tasks moved that another order of their song's list moves.

    A moved or new task goes behind the one that comes before it in `after` and is in the queue, the
    first of them all before the song's others. The rest keeps its place, and so does `top`, the current
    task, which nothing is put before when it stands there.
    """
    queued = set(queue)
    still = _unmoved([one for one in before if one in queued], after)
    gone = {one for one in after if one in queued and one not in still and one != top}
    rest = [one for one in queue if one not in gone]
    first: list[str] = []
    behind: dict[str, list[str]] = {}
    following = first
    for one in (one for one in after if one in queued):
        if one in gone:
            following.append(one)
        else:
            following = behind.setdefault(one, [])
    place = next((n for n, one in enumerate(rest) if one in behind), len(rest))
    if rest and rest[0] == top:
        place = max(place, 1)
    made = [(one, *behind.get(one, ())) for one in rest]
    return tuple(chain(*made[:place], first, *made[place:]))


def _unmoved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Return the most tasks that stand in the same order in both."""
    places = {key: place for place, key in enumerate(after)}
    ends: list[int] = []  # the smallest place at which a run of each length ends
    runs: list[tuple[str, int]] = []  # each key with the length of the run that it ends
    for key in before:
        if (place := places.get(key)) is None:
            continue
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        runs.append((key, length))
    found: set[str] = set()
    wanted, last = len(ends) - 1, len(after)
    for key, length in reversed(runs):
        if length == wanted and places[key] < last:
            found.add(key)
            wanted, last = wanted - 1, places[key]
    return found
