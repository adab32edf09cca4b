"""Who sat there while time was charged: a sitting's turns, as far as the account of time needs them."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class _Seat:
    person: str
    at: float
    act: int


@dataclass(slots=True)
class Seats:
    """The seats of the present sitting, or of the last: taking its end back must find them."""

    _turns: list[_Seat] = field(default_factory=list)

    def began(self, person: str, at: float, act: int) -> None:
        """Note that `person` began a sitting."""
        self._turns = [_Seat(person, at, act)]

    def sat(self, person: str, at: float, act: int) -> None:
        """Note that `person` sat down in place of whoever sat there; the action `act` told it."""
        self._turns.append(_Seat(person, at, act))

    def stepped(self, by: float) -> None:
        """Move with a clock that was set by `by` seconds."""
        self._turns = [replace(turn, at=turn.at + by) for turn in self._turns]

    def shares(
        self, begin: float, end: float, otherwise: str, voided: Container[int]
    ) -> Iterator[tuple[float, float, str]]:
        """Yield the parts of a stretch of time, each with who sat there, `otherwise` where nobody said.

        What the actions in `voided` told does not count.
        """
        first, *turns = self._turns or [_Seat("", begin, 0)]
        person = first.person
        for turn in turns:
            if turn.act in voided:
                continue
            if begin < turn.at < end:
                yield begin, turn.at, person or otherwise
                begin = turn.at
            if turn.at <= begin:
                person = turn.person
        yield begin, end, person or otherwise
