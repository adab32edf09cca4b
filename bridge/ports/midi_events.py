"""What the MIDI ports are asked for and what they tell: wishes, events, states. Plain values."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from bridge.messages import MidiIn
from bridge.ports.midi_thru import Uses
from bridge.surface.identity import REQUEST
from bridge.surface.sysex import NONE, Patterns

if TYPE_CHECKING:
    from bridge.moment import Moment
    from bridge.surface.identity import Judgement

    Judge: TypeAlias = Callable[[bytes], Judgement]

Keyboards: TypeAlias = Literal["auto", "always", "never"]
"""Whether inputs that no controller of ours has are overheard; ``auto``: where ports can be shared."""

DROPPED: frozenset[int] = frozenset({0xA0, 0xD0, 0xF8, 0xFE})
"""Statuses that no control sends: polyphonic and channel aftertouch, clock, active sensing."""

UNWANTED = "it is not wanted any more, or differently"
"""Why a device is left though it is there."""


class Source(Protocol):
    """Where an output gets its bytes from: the painter of one device (`surface.lights.Painter`).

    ``due`` and ``wake`` are called on the output's thread alone; ``blank`` before that thread ends.
    """

    def due(self, moment: Moment) -> list[bytes]:
        """Return the messages to send now, whole, in order."""

    def wake(self) -> float | None:
        """Return when `due` wants to be asked again (seconds, `Moment.mono`); None: when nudged."""

    def blank(self) -> None:
        """Let the device be dark: `due` has the messages for it until `wake` returns None."""


def _nobody() -> bool:
    """Nobody listens."""
    return False


@dataclass(frozen=True, slots=True)
class Wanted:
    """One configured controller: which ports are its own, and how it is entered and left.

    ``matches_in`` and ``matches_out`` see names as the system lists them (`surface.matching`).
    ``settle`` is in seconds after ``enter``, ``gap`` after each message of ``enter`` and ``leave``;
    ``burst`` is how many messages the device takes in one go, 0: any number.
    ``drop`` holds statuses (channel nibble 0) that are thrown away in the callback. ``known``, where
    given, holds ``status << 7 | data 1`` of each message that is let through (data 1 is 0 for pitch
    bend); of all others only SysEx passes that says who or in which mode the device is, and while
    somebody is ``curious`` all but clock and active sensing. That is asked on the MIDI thread.

    ``kind`` is the same for all controllers of one profile; with ``more``, `Another` tells of one
    more device for which this would be the wish. ``judge`` says whose an identity reply is:
    that of another profile denies the port, unless the port was named by the user (``sure``). The
    device is asked when it ``answers`` as a rule, or when another kind could claim the port: by its own
    ``request``, whose ``replies`` only it gives, or by the universal one.
    ``renew_on`` are messages by which the device tells that it has changed its mode.
    What is not among ``uses`` passes on to the DAW; without it nothing does. ``lamps`` is any value
    that differs where ``source`` drives other lights.

    Two wishes are equal when the device can stay open from the one to the other, what is left out of
    the comparison being what lies above the wire: so ``matches_…`` should be values, too.
    """

    key: str
    matches_in: Callable[[str], bool]
    matches_out: Callable[[str], bool]
    enter: tuple[bytes, ...] = ()
    leave: tuple[bytes, ...] = ()
    settle: float = 0.0
    source: Source | None = field(default=None, compare=False)
    drop: frozenset[int] = field(default=DROPPED, compare=False)
    known: AbstractSet[int] | None = field(default=None, compare=False)
    kind: str = ""
    more: bool = field(default=False, compare=False)
    sure: bool = field(default=False, compare=False)
    judge: Judge | None = field(default=None, compare=False)
    answers: bool = False
    request: bytes = REQUEST
    replies: Patterns = NONE
    renew_on: Patterns = NONE
    gap: float = 0.0
    burst: int = 0
    uses: Uses | None = field(default=None, compare=False)
    lamps: object = field(default=None, hash=False)
    curious: Callable[[], bool] = field(default=_nobody, compare=False)


@dataclass(frozen=True, slots=True)
class PortUp:
    """A controller works: its session is entered and settled, so paint it whole, from nothing.

    ``output`` is empty as long as only the input is there; another `PortUp` follows when it joins.
    ``note`` says what is odd about it, empty when the device has answered as it should.
    """

    key: str
    input: str
    output: str
    at: Moment
    note: str = ""


@dataclass(frozen=True, slots=True)
class Repaint:
    """Something sent to a controller may be lost: it is there as before, but paint it from nothing.

    ``why`` is for people.
    """

    key: str
    at: Moment
    why: str = ""


MISSED = "JACK missed a period"
CHANGED = "its mode changed"
"""Why a `Repaint`."""


@dataclass(frozen=True, slots=True)
class PortDown:
    """A controller works no more; it is looked for until it is back."""

    key: str
    reason: str
    at: Moment


@dataclass(frozen=True, slots=True)
class Another:
    """A device is there that no wish is left for: wish for one more like that of this key."""

    like: str


@dataclass(frozen=True, slots=True)
class Played:
    """Somebody plays on what is no control of ours: at most once a second, whatever is played.

    ``name`` is the port's, or the key of an opened controller whose profile does not know the message.
    """

    name: str
    at: Moment


@dataclass(frozen=True, slots=True)
class MidiState:
    """How MIDI as a whole is: ``api`` in use (empty: none), and a sentence when not ``ready``."""

    api: str
    state: Literal["ready", "stalled", "none"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PortInfo:
    """One port of the system; ``opened_by`` is the key of the controller that holds it.

    ``reply`` is what the device there answered to an identity request, ``busy`` why the port could
    not be opened. ``overheard`` tells that it is heard for nothing but that somebody plays.
    """

    name: str
    direction: Literal["in", "out"]
    opened_by: str | None = None
    reply: bytes = b""
    busy: str = ""
    overheard: bool = False


@dataclass(frozen=True, slots=True)
class DeviceState:
    """How one wanted controller is, for `status`: the input's name, and why it is not ready.

    ``unknown``: the port's name fits, but the device says that it is another one. A ``reason`` with
    ``ready`` says what is odd.
    """

    name: str
    state: Literal["ready", "settling", "absent", "unknown", "busy", "trouble"]
    reason: str = ""


MidiEvent: TypeAlias = MidiIn | PortUp | PortDown | Repaint | Another | Played | MidiState
Put: TypeAlias = Callable[[MidiEvent], None]
"""The inbox, as its producers see it: ``SimpleQueue.put``."""
