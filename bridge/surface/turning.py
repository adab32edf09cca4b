"""From turns to clicks: knobs with two ends, encoders, and how much a fast click counts. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bridge.core import durations
from bridge.core.actions import Action
from bridge.surface.commands import PLACE, Command
from bridge.surface.gestures import Gestured
from bridge.surface.layout import Slot

SWEEP = 32
"""Clicks in the whole travel of a knob or fader that tells its position: coarse, for fingers."""

MINUTE = 60.0
"""Seconds that one click of ``extend`` is, where the binding doesn't say."""

SLOW, FAST = 0.1, 0.02
"""Seconds from click to click: from the first on a click counts as one, at the second as the most.

An encoder has some 24 clicks in a turn. Choosing a value one clicks up to ten times a second, and a
twist of the wrist brings fifty and more.
"""


def plain(slot: Slot, first: int) -> Action:
    """Return the action of a slot that is pressed; earlier pages hold the `first` places."""
    name, argument = slot.command.name, slot.command.argument
    if argument != PLACE:
        return Action(name, argument or None)
    return Action(name, slot.place + (0 if name in ("song", "rut") else first))


def seconds(command: Command, clicks: int) -> float:
    """Return the seconds that `clicks` of ``extend`` are."""
    return clicks * (durations.parse(command.argument) if command.argument else MINUTE)


@dataclass(slots=True)
class _Spin:
    """The last two clicks of an encoder, in ``mono`` seconds, and their direction.

    ``steps``: it has told more than one click in a message, so it does accelerate by itself.
    """

    last: float = -math.inf
    before: float = -math.inf
    forward: bool = True
    steps: bool = False

    def clicked(self, forward: bool, now: float) -> float:
        """Return the seconds from click to click, over the last two gaps of one direction.

        Two gaps, since a port hands over what came in one millisecond at one moment.
        """
        if forward != self.forward:
            self.last = self.before = -math.inf
        gap = (now - self.before) / 2
        self.before, self.last, self.forward = self.last, now, forward
        return gap


class Turner:
    """Counts clicks; of knobs and faders that tell a position, it remembers where they were."""

    def __init__(self) -> None:
        self._at: dict[str, float] = {}
        self._spins: dict[str, _Spin] = {}

    def clicks(self, turn: Gestured, most: float = 1.0, now: float = 0.0) -> int:
        """Return the signed clicks of one turn; 0 for a knob's first sign of where it stands.

        A fast click of an encoder counts up to `most` clicks; `now` is in ``mono`` seconds. What
        has two ends is never accelerated: turned back, it must end where it began.
        """
        if turn.relative:
            return self._accelerated(turn.control, round(turn.amount), most, now)
        before = self._at.get(turn.control)
        if before is None:
            self._at[turn.control] = turn.amount
            return 0
        # A hair more than the float says: a position that is exactly a click away counts.
        clicks = int((turn.amount - before) * SWEEP * (1 + 1e-9))
        self._at[turn.control] = before + clicks / SWEEP
        return clicks

    def forget(self) -> None:
        """Forget where knobs stood: they may be moved while the device is away."""
        self._at.clear()
        self._spins.clear()

    def _accelerated(self, control: str, clicks: int, most: float, now: float) -> int:
        if most <= 1 or not clicks:
            return clicks
        spin = self._spins.setdefault(control, _Spin())
        spin.steps = spin.steps or abs(clicks) > 1
        gap = spin.clicked(clicks > 0, now)
        return clicks if spin.steps else clicks * worth(gap, most)


def worth(gap: float, most: float) -> int:
    """Return how many clicks one counts for that comes `gap` seconds after the one before.

    Twice as fast is as many times more anywhere between `SLOW` and `FAST`, as hands feel it.
    """
    if gap >= SLOW:
        return 1
    share = 1.0 if gap <= FAST else math.log(SLOW / gap) / math.log(SLOW / FAST)
    return round(math.pow(most, share))
