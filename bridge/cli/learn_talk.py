"""What is said and asked while something is learnt: plain lines, over any terminal or none.

Lines that are typed and controls that are pressed come through one queue, in their order. ``q``,
Ctrl-C and Ctrl-D end it at any time; nothing is written before the last question is answered.
"""

from __future__ import annotations

import codecs
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Protocol, TypeAlias, TypeVar

from bridge.errors import SongbridgeError, Unavailable
from bridge.web.teaching import Heard

T = TypeVar("T")

PATIENCE = 120.0
"""Seconds for which a press is waited for."""

_STEP = 0.2  # seconds between two looks, so that Ctrl-C is heard on every system
_STDIN = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was typed, without white space around it."""

    text: str


@dataclass(frozen=True, slots=True)
class Eof:
    """Nothing more can be typed: Ctrl-D, or the end of a pipe."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The lesson has ended by itself."""

    why: SongbridgeError


Happening: TypeAlias = Line | Eof | Lost | Heard
Happenings: TypeAlias = "SimpleQueue[Happening]"


class Coming(Protocol):
    """Where happenings come from: a queue that a thread fills, or lines read when they are asked for."""

    def get(self, block: bool = ..., timeout: float | None = ...) -> Happening:
        """Return what happens next. Raises queue.Empty when nothing does within `timeout` seconds."""


class Cancelled(SongbridgeError):  # noqa: N818 - a wish, not an error
    """Whoever learns has had enough; nothing was written."""

    def __init__(self) -> None:
        super().__init__("cancelled; nothing was changed")


class Talk:
    """One conversation. ``typed`` tells that somebody sits at a terminal, so that Ctrl-D cancels."""

    def __init__(
        self,
        happenings: Coming,
        say: Callable[[str], None],
        *,
        typed: bool,
        patience: float = PATIENCE,
        now: Callable[[], float] = time.monotonic,
        step: float = _STEP,
    ) -> None:
        self.say = say
        self._happenings, self._typed, self._patience = happenings, typed, patience
        self._now, self._step = now, step
        self._ended = False

    def ask(self, question: str, default: str = "") -> str:
        """Return what is typed, `default` for Enter alone. Raises `Cancelled`."""
        shown = f" [{default}]" if default else ""
        self.say(f"{question}{shown}")
        while True:
            if self._ended:
                raise Cancelled
            happening = self._next(None)
            if isinstance(happening, Line):
                return happening.text or default

    def yes(self, question: str, *, default: bool = True) -> bool:
        """Return the answer to a question; Enter alone is the `default`. Raises `Cancelled`."""
        while True:
            said = self.ask(f"{question} [{'Y/n' if default else 'y/N'}]").casefold()
            if not said:
                return default
            if said in ("y", "yes", "n", "no"):
                return said[0] == "y"
            self.say("y and Enter for yes, n and Enter for no, q and Enter to end")

    def press(self, request: str, take: Callable[[Heard], T | None]) -> T | None:
        """Ask for something on a controller; return the first that `take` takes, None for Enter.

        Raises `Cancelled`, or `Unavailable` when nothing comes for long.
        """
        self.say(request)
        until = self._now() + self._patience
        while True:
            happening = self._next(until)
            if isinstance(happening, Heard):
                taken = take(happening)
                if taken is not None:
                    return taken
            elif isinstance(happening, Line):
                if not happening.text:
                    return None
                self.say("that was typed; press it on the controller, or q and Enter to end")

    def listen(self, seconds: float) -> list[Heard]:
        """Return all that comes until nothing has come for `seconds`."""
        came: list[Heard] = []
        until = self._now() + seconds
        while (happening := self._within(until)) is not None:
            if isinstance(happening, Heard):
                came.append(happening)
                until = self._now() + seconds
        return came

    def _next(self, until: float | None) -> Happening:
        happening = self._within(until)
        if happening is None:
            raise Unavailable(
                f"nothing was pressed for {self._patience:.0f} seconds; nothing was changed"
            )
        return happening

    def _within(self, until: float | None) -> Happening | None:
        """Return what happens next, None when it is `until` without. Raises `Cancelled`, or what ended."""
        while True:
            wait = self._step if until is None else min(self._step, until - self._now())
            try:
                happening = self._happenings.get(timeout=max(0.0, wait))
            except Empty:
                if until is not None and self._now() >= until:
                    return None
                continue
            match happening:
                case Line(text="q" | "Q" | "quit"):
                    raise Cancelled
                case Eof():
                    self._ended = True
                    if self._typed:
                        raise Cancelled
                    return happening
                case Lost(why):
                    raise why
                case _:
                    return happening


def type_into(happenings: Happenings) -> None:
    """Read what is typed into the queue, on a thread that ends with the process.

    Past Python's own standard input, whose lock a waiting thread would hold to the very end.
    """

    def read() -> None:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        begun = ""
        while data := _typed():
            *lines, begun = (begun + decoder.decode(data)).replace("\r\n", "\n").split("\n")
            for line in lines:
                happenings.put(Line(line.strip()))
        if begun.strip():
            happenings.put(Line(begun.strip()))
        happenings.put(Eof())

    threading.Thread(target=read, name="typed", daemon=True).start()


def _typed() -> bytes:
    try:
        return os.read(_STDIN, 4096)
    except OSError:  # the terminal has gone
        return b""
