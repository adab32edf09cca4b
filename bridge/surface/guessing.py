"""From what an unknown controller sends to what it has: pads by their corners, knobs by their turns.

Pure; what can't be is told in a sentence for whoever stands at the controller.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bridge.errors import Invalid
from bridge.surface.profile import Message, Turning

_NOTE_ON, _CONTROL_CHANGE, _PITCH_BEND = 0x90, 0xB0, 0xE0
_MESSAGES: dict[int, Message] = {
    _NOTE_ON: "note", _CONTROL_CHANGE: "cc", _PITCH_BEND: "pitchbend",
}  # fmt: skip
_HIGHEST = 127
_MOST = 32  # rows or columns: more pads in a row has no controller
_SLOW = 16  # clicks in one message of a knob that is turned slowly
_FEW = 3  # values that tell a knob's way of counting


@dataclass(frozen=True, slots=True)
class Sent:
    """One message of a control: its kind, channel (1 to 16), number (0 for pitch bend) and value."""

    message: Message
    channel: int
    number: int
    value: int

    @property
    def source(self) -> tuple[Message, int, int]:
        """What tells one control from another."""
        return self.message, self.channel, self.number

    @property
    def words(self) -> str:
        """Return the message as a musician says it: ``note 60 on channel 10``."""
        number = "" if self.message == "pitchbend" else f" {self.number}"
        kind = {"note": "note", "cc": "CC", "pitchbend": "pitch bend"}.get(self.message, "")
        return f"{kind}{number} on channel {self.channel}"


@dataclass(frozen=True, slots=True)
class Grid:
    """Pads in rows: the number of the one at the top left, and the steps to its neighbours."""

    message: Message
    channel: int
    origin: int
    rows: int
    cols: int
    row_step: int
    col_step: int


def sent(data: bytes) -> Sent | None:
    """Return what one message says of a control; None for releases and everything else."""
    if len(data) != 3 or data[1] > _HIGHEST or data[2] > _HIGHEST:  # noqa: PLR2004 - as controls send
        return None
    message = _MESSAGES.get(data[0] & 0xF0)
    if message is None or (message == "note" and not data[2]):
        return None
    number, value = (0, data[2]) if message == "pitchbend" else (data[1], data[2])
    return Sent(message, (data[0] & 0x0F) + 1, number, value)


def grid(corners: Sequence[Sent], size: tuple[int, int] | None = None) -> Grid:
    """Return the pads between `corners`: top left, top right, bottom left, bottom right.

    `size` is rows and columns where somebody has counted them. Raises `Invalid` when the four do
    not belong together.
    """
    left, right, low, last = corners
    if len({(c.message, c.channel) for c in corners}) > 1:
        told = ", ".join(dict.fromkeys(c.words for c in corners))
        raise Invalid(f"these are no four corners of one set of pads: {told}")
    across, down = right.number - left.number, low.number - left.number
    expected = right.number + down
    if last.number != expected:
        raise Invalid(
            f"the numbers don't form rows and columns: {left.number}, {right.number}, {low.number} "
            f"would need {expected} at the bottom right, and {last.number} came"
        )
    rows, cols = size or _size(across, down)
    _check(rows, cols, across, down)
    col_step = across // (cols - 1) if cols > 1 else (1 if across >= 0 else -1)
    row_step = down // (rows - 1) if rows > 1 else cols * col_step
    return Grid(left.message, left.channel, left.number, rows, cols, row_step, col_step)


def _size(across: int, down: int) -> tuple[int, int]:
    """Return the likeliest rows and columns: neighbours are one apart along the shorter way."""
    if across == 0 or down == 0:
        return (abs(down) + 1, abs(across) + 1)
    if abs(down) < abs(across) and across % (abs(down) + 1) == 0:
        cols, rows = _size(down, across)
        return rows, cols
    cols = abs(across) + 1
    steps = [n for n in range(1, _MOST) if down % n == 0 and abs(down) // n >= cols]
    if not steps:
        raise Invalid(
            f"numbers {abs(across)} apart in a row and {abs(down)} in a column make no rows"
        )
    square = [n for n in steps if n + 1 == cols]
    close = [n for n in steps if abs(down) // n == cols]
    return (square or close or steps[-1:])[0] + 1, cols


def _check(rows: int, cols: int, across: int, down: int) -> None:
    for count, span, what in ((rows, down, "rows"), (cols, across, "columns")):
        if not 1 <= count <= _MOST:
            raise Invalid(f"found {count} {what}; allowed: 1 to {_MOST}")
        if (count == 1 and span) or (count > 1 and (span == 0 or span % (count - 1))):
            raise Invalid(
                f"{count} {what} can't be: the numbers at both ends are {abs(span)} apart"
            )


def turning(right: Iterable[int], left: Iterable[int]) -> Turning:
    """Return how a knob tells its turns, from its values while it was turned each way, slowly.

    Raises `Invalid` when they fit no way of counting.
    """
    up, down = list(right), list(left)
    if len(up) < _FEW or len(down) < _FEW:
        raise Invalid("too little came; turn it slowly, by about a quarter of its travel")
    if all(0 < value < _SLOW for value in up):
        if all(value > _HIGHEST - _SLOW for value in down):
            return "twos"
        if all(64 < value < 64 + _SLOW for value in down):  # noqa: PLR2004 - bit 6 is the direction
            return "sign"
    if all(64 < v < 64 + _SLOW for v in up) and all(64 - _SLOW < v < 64 for v in down):  # noqa: PLR2004 - 64 is at rest
        return "offset64"
    if _goes(up, 1) and _goes(down, -1):
        return "absolute"
    if _goes(up, -1) and _goes(down, 1):
        raise Invalid("that was turned to the left first; once more, to the right")
    raise Invalid("its values fit no knob that is known: " + ", ".join(map(str, [*up, *down][:12])))


def _goes(values: list[int], way: int) -> bool:
    """Tell whether values only rise (1) or only fall (-1), and not all stay."""
    pairs = list(pairwise(values))
    return all((b - a) * way >= 0 for a, b in pairs) and values[0] != values[-1]


_ENDS = ("in", "out", "capture", "playback", "input", "output", "midiin", "midiout")


def counterpart(heard: str, told: str) -> bool:
    """Tell whether the output `told` is of the device whose input is `heard`, by their names.

    The names of both may differ by a word for the direction, and by numbers in brackets.
    """
    return _core(heard) == _core(told)


def _core(name: str) -> tuple[str, ...]:
    words = "".join(c.lower() if c.isalnum() or c == "_" else " " for c in name).split()
    return tuple(word for word in words if word not in _ENDS)
