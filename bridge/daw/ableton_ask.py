"""Talking with AbletonOSC one question at a time, so that an error without an address has one cause.

A conversation is a generator: it yields an `Ask` and gets the `Answer`. Every ask ends with a getter
that is harmless and answered in order; AbletonOSC's getters of the song repeat the arguments they
were given (since 2025-01), so a number tells our answer from that to another program's question.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, TypeAlias, assert_never

from bridge.daw.words import one_line
from bridge.messages import Osc

if TYPE_CHECKING:
    from bridge.messages import OscArg

END = "/live/song/get/current_song_time"
"""The getter that ends every ask; its value, in beats, is wanted anyway."""
ERROR = "/live/error"

PATIENCE = 10.0
"""Seconds to wait for an answer when the set may have been changed. Live stands still while it loads,
and answers afterwards."""
QUIET = 4.0
"""Seconds to wait for an answer when nothing was changed yet: it can be asked anew."""
_MOST_HEARD = 64
_LONGEST_ERROR = 80
_MOST_NUMBERS = 1 << 30


@dataclass(frozen=True, slots=True)
class Ask:
    """What to send in one go; ``risky``: it may change the set, or raise in Live."""

    messages: tuple[Osc, ...]
    risky: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """Let this many seconds pass."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What came between an ask and its end, at ``at`` (mono seconds), with the playhead in beats."""

    at: float
    heard: tuple[Osc, ...] = ()
    errors: tuple[str, ...] = ()
    playhead: float = 0.0

    def all(self, address: str) -> list[tuple[OscArg, ...]]:
        """Return the arguments of every message of `address`, in order."""
        return [message.args for message in self.heard if message.address == address]

    def last(self, address: str) -> tuple[OscArg, ...] | None:
        """Return the arguments of the latest message of `address`, None without one."""
        return next(reversed(self.all(address)), None)

    def number(self, address: str, unless: float) -> float:
        """Return the first argument of the latest message of `address`, or `unless`."""
        args = self.last(address)
        value = args[0] if args else None
        return float(value) if isinstance(value, (int, float)) else unless

    @property
    def error(self) -> str:
        """The first error, empty without one."""
        return self.errors[0] if self.errors else ""


Talk: TypeAlias = Generator[Ask | Wait, Answer, None]


@dataclass(slots=True)
class _Open:
    """The conversation that is on."""

    talk: Talk
    patience: float
    asked: float
    number: int | None = None
    until: float = 0.0
    heard: list[Osc] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Exchange:
    """At most one conversation. ``touched`` tells whether it has sent something risky."""

    __slots__ = ("_number", "_open", "touched")

    def __init__(self) -> None:
        self._open: _Open | None = None
        self._number = 0
        self.touched = False

    @property
    def busy(self) -> bool:
        """Whether a conversation is on."""
        return self._open is not None

    def begin(self, talk: Talk, now: float, patience: float = QUIET) -> list[Osc]:
        """Start `talk` in place of whatever is on."""
        self.stop()
        self._open = _Open(talk, patience, now)
        self.touched = False
        return self._next(self._open, None, now)

    def stop(self) -> None:
        """Leave the conversation as it is."""
        if self._open is not None:
            self._open.talk.close()
        self._open = None

    def hear(self, message: Osc, now: float) -> list[Osc]:
        """Take a message of Live; return what to send now."""
        on = self._open
        if on is None or on.number is None:
            return []
        if message.address == ERROR:
            on.errors.append(_error(message))
            del on.errors[_MOST_HEARD:]
        elif message.address == END and _is_end(message, on.number):
            playhead = message.args[0]
            assert isinstance(playhead, (int, float))  # noqa: S101 - `_is_end` saw to it
            answer = Answer(now, tuple(on.heard), tuple(on.errors), float(playhead))
            return self._next(on, answer, now)
        elif len(on.heard) < _MOST_HEARD:
            on.heard.append(message)
        return []

    def wake(self) -> float | None:
        """Return when a wait or the patience ends, None while nothing is on."""
        on = self._open
        if on is None:
            return None
        return on.until if on.number is None else on.asked + on.patience

    def silent_since(self) -> float | None:
        """Return since when (mono seconds) an answer has been waited for."""
        return self._open.asked if self._open is not None and self._open.number else None

    def advance(self, now: float) -> list[Osc]:
        """Go on when a wait is over."""
        on = self._open
        if on is not None and on.number is None and now >= on.until:
            return self._next(on, Answer(now), now)
        return []

    def is_lost(self, now: float) -> bool:
        """Tell whether the patience is over; `stop` then."""
        on = self._open
        return on is not None and on.number is not None and now >= on.asked + on.patience

    def _next(self, on: _Open, answer: Answer | None, now: float) -> list[Osc]:
        try:
            step = next(on.talk) if answer is None else on.talk.send(answer)
        except StopIteration:
            self._open = None
            return []
        on.heard, on.errors = [], []
        match step:
            case Wait(seconds):
                on.number, on.until = None, now + seconds
                return []
            case Ask(messages, risky):
                self._number = self._number % _MOST_NUMBERS + 1
                on.number, on.asked = self._number, now
                if risky:
                    self.touched, on.patience = True, PATIENCE
                return [*messages, Osc(END, (on.number,))]
            case _:
                assert_never(step)


def _is_end(message: Osc, number: int) -> bool:
    """Tell whether this ends the ask: with its number, or without any (AbletonOSC before 2025-01)."""
    args = message.args
    if not args or isinstance(args[0], bool) or not isinstance(args[0], (int, float)):
        return False
    return isfinite(args[0]) and args[1:] in ((), (number,))


def _error(message: Osc) -> str:
    text = message.args[0] if message.args else ""
    return one_line(text if isinstance(text, str) else "")[:_LONGEST_ERROR].strip() or "no reason"
