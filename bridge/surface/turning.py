"""From commands to actions: places become positions, clicks become minutes or neighbours."""

from __future__ import annotations

from bridge.core import durations
from bridge.core.actions import Action
from bridge.surface.gestures import Gestured
from bridge.surface.layout import PLACE, Board, Command, Slot

SWEEP = 32
"""Clicks in the whole travel of a knob or fader that tells its position: coarse, for fingers."""

MINUTE = 60.0
"""Seconds that one click of ``extend`` is, where the binding doesn't say."""


def plain(slot: Slot, first: int) -> Action:
    """Return the action of a slot that is pressed; earlier pages hold the `first` places."""
    name, argument = slot.command.name, slot.command.argument
    if argument != PLACE:
        return Action(name, argument or None)
    return Action(name, slot.place + (0 if name == "song" else first))


class Turner:
    """Counts clicks; of knobs and faders that tell a position, it remembers where they were."""

    def __init__(self, board: Board) -> None:
        self._steps = {
            slot.command: durations.parse(slot.command.argument)
            for slot in board.slots.values()
            if slot.command.name == "extend" and slot.command.argument
        }
        self._at: dict[str, float] = {}

    def clicks(self, turn: Gestured) -> int:
        """Return the signed clicks of one turn; 0 for a knob's first sign of where it stands."""
        if turn.relative:
            return round(turn.amount)
        before = self._at.get(turn.control)
        if before is None:
            self._at[turn.control] = turn.amount
            return 0
        # A hair more than the float says: a position that is exactly a click away counts.
        clicks = int((turn.amount - before) * SWEEP * (1 + 1e-9))
        self._at[turn.control] = before + clicks / SWEEP
        return clicks

    def action(self, command: Command, clicks: int) -> Action | None:
        """Return what `clicks` of `command` ask for, None for no clicks."""
        if not clicks:
            return None
        if command.name == "extend":
            seconds = clicks * self._steps.get(command, MINUTE)
            return Action("extend", durations.words(seconds))
        return Action(command.name, "next" if clicks > 0 else "prev")

    def forget(self) -> None:
        """Forget where knobs stood: they may be moved while the device is away."""
        self._at.clear()
