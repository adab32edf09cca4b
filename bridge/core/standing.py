"""Where tasks of a song stand in the queue after the song's own list was put in another order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


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
    moved = [one for one in after if one in queued and one not in still and one != top]
    gone = set(moved)
    made = [one for one in queue if one not in gone]
    for one in moved:
        made.insert(_place(made, after, one, top), one)
    return tuple(made)


def _place(made: Sequence[str], after: Sequence[str], one: str, top: str | None) -> int:
    there = {key: place for place, key in enumerate(made)}
    index = after.index(one)
    before = next((key for key in reversed(after[:index]) if key in there), None)
    behind = min((there[key] for key in after[index:] if key in there), default=len(made))
    place = behind if before is None else there[before] + 1
    return max(place, 1) if made and made[0] == top else place


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
