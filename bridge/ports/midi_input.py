"""The callback of an input: stamps, drops what nobody wants, puts the rest on the inbox."""

from __future__ import annotations

import ctypes
import threading
from typing import TYPE_CHECKING

from bridge.messages import MidiIn
from bridge.moment import now
from bridge.surface.sysex import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from bridge.moment import Moment
    from bridge.ports.midi_api import Receive
    from bridge.ports.midi_events import Put, Wanted
    from bridge.ports.midi_thru import Passage

SYSTEM = SYSEX = 0xF0
NEVER = frozenset({0xF8, 0xFE})
"""Clock and active sensing, which nobody wants to see: dozens a second."""

_STATUS = 0x80
THROWN, TOLD = 1, 2
"""Verdicts by status byte: thrown away unseen; shown to ``told``, and passed on if that wants it."""

_kept = threading.local()


def keep_thread_state() -> None:
    """Keep the calling thread's Python state, once per thread, for as long as the thread lives.

    RtMidi calls back on a thread of its own, and each call makes a Python thread state and throws
    it away again, about 80 µs. One more ``PyGILState_Ensure`` that is never released keeps it. The
    mark is thread-local: it lives in the very state that is kept, so it can't outlive it.
    """
    if not getattr(_kept, "done", False):
        _kept.done = True
        ctypes.pythonapi.PyGILState_Ensure()


def _leave_thread_state() -> None:
    """Do without: each callback pays for its thread state."""


def verdicts(drop: frozenset[int], known: AbstractSet[int] | None = None) -> bytes:
    """Return a table by status byte, 0 where the message is looked at (data bytes are thrown away).

    With a ``known`` set, system messages but SysEx are thrown away too: nothing there knows them.
    """
    return bytes(_verdict(status, drop, known) for status in range(256))


def _verdict(status: int, drop: frozenset[int], known: AbstractSet[int] | None) -> int:
    if status < _STATUS or (status if status >= SYSTEM else status & SYSTEM) in drop:
        return THROWN
    if status == SYSEX:
        return TOLD
    return THROWN if known is not None and status > SYSTEM else 0


def _let_be(_name: str, _at: Moment) -> None:
    """Let it be."""


def _told_nothing(_data: list[int]) -> bool:
    """Let all SysEx pass."""
    return True


class Intake:
    """What the callback of one input goes by: its spec, and the way to the DAW, which may be None.

    `follow` may be called from any thread while messages come in; each is seen by the old or by the
    new rules. ``passage`` is where all goes first that the layout may have no use for.
    """

    def __init__(self, spec: Wanted, passage: Passage | None = None) -> None:
        self.key = spec.key
        self.follow(spec, passage)

    def follow(self, spec: Wanted, passage: Passage | None = None) -> None:
        """Go by this spec from now on."""
        self.passage, self.curious = passage, spec.curious
        self.rules = verdicts(spec.drop, spec.known), spec.known, passage


def receiver(
    intake: Intake,
    put: Put,
    *,
    told: Callable[[list[int]], bool] = _told_nothing,
    played: Callable[[str, Moment], None] = _let_be,
    keep: bool = True,
    clock: Callable[[], Moment] = now,
) -> Receive:
    """Return the callback for an input; with `keep`, its thread's Python state is kept.

    ``told`` is shown each SysEx and says whether it passes; ``played`` hears when a channel message
    came that the profile does not know. Hot path: a press passes here first.
    It never raises and never blocks.
    """
    key = intake.key
    ready = keep_thread_state if keep else _leave_thread_state

    def receive(event: tuple[list[int], float], _data: object) -> None:
        at = clock()
        ready()
        data = event[0]
        if not data:
            return
        verdict, known, passage = intake.rules
        if passage is not None:
            passage(data, at.mono)
        if said := verdict[data[0]]:
            passes = said == TOLD and told(data)
        else:
            passes = known is None or not _foreign(data, known)
            if not passes:
                played(key, at)
        if passes or (_is_audible(data) and intake.curious()):
            put(MidiIn(key, bytes(data), at))

    return receive


def _is_audible(data: list[int]) -> bool:
    """Tell whether a message may be shown to the curious: no debris, clock, sensing or long dump."""
    return data[0] >= _STATUS and data[0] not in NEVER and len(data) <= LONGEST


def _foreign(data: list[int], known: AbstractSet[int]) -> bool:
    """Tell whether a channel message is none of the profile's."""
    status = data[0]
    number = 0 if status & SYSTEM == 0xE0 or len(data) < 2 else data[1]  # noqa: PLR2004 - pitch bend has no number
    return (status << 7 | number) not in known
