"""What bundles with a time tag ask for later: kept until it is due. Pure; time is an argument."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, Generic, TypeVar

from bridge.errors import Refused

if TYPE_CHECKING:
    from bridge.moment import Moment

HORIZON = 60.0
"""Seconds that a time tag may lie ahead. More is a clock that is wrong, not a plan."""

CAPACITY = 1000
"""Requests that may wait at once."""

_T = TypeVar("_T")


class Schedule(Generic[_T]):
    """A heap of things that wait; those due at the same instant keep their order."""

    def __init__(self, *, horizon: float = HORIZON, capacity: int = CAPACITY) -> None:
        self._horizon, self._capacity = horizon, capacity
        self._waiting: list[tuple[float, int, _T]] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, due: float, thing: _T, at: Moment) -> bool:
        """Keep `thing` until the wall instant `due`; False: that is past, and it is to be done now.

        The time to wait is fixed now, on the steady clock: a wall clock that is set later changes
        nothing. Raises `Refused` beyond the horizon or when too many wait.
        """
        ahead = due - at.wall
        if ahead <= 0:
            return False
        if ahead > self._horizon:
            seconds = f"{self._horizon:.0f} s"
            raise Refused(
                f"a time tag {ahead:.0f} s ahead; at most {seconds}: do the clocks agree?"
            )
        if len(self._waiting) >= self._capacity:
            raise Refused(f"{self._capacity} requests with time tags wait already; send it later")
        self._count += 1
        heappush(self._waiting, (at.mono + ahead, self._count, thing))
        return True

    def wake(self) -> float | None:
        """Return the steady instant at which the next thing is due, None while nothing waits."""
        return self._waiting[0][0] if self._waiting else None

    def advance(self, at: Moment) -> list[_T]:
        """Take out and return what is due, in the order it is due."""
        due = []
        while self._waiting and self._waiting[0][0] <= at.mono:
            due.append(heappop(self._waiting)[2])
        return due
