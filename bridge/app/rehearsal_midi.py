"""The controllers of a rehearsal: they take what they are sent at their pace, and answer nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from bridge.moment import Moment
from bridge.ports.midi_events import (
    DeviceState,
    Keyboards,
    MidiEvent,
    MidiState,
    PortDown,
    PortInfo,
    PortUp,
    Wanted,
)  # fmt: skip
from bridge.ports.midi_thru import ThruState


class RehearsalMidi:
    """`bridge.app.roles.Midi` without ports: a controller is there when the recording says so.

    What a painter has to say is taken when it is due; who hears it is the session's affair.
    """

    def __init__(self, put: Callable[[MidiEvent], None], now: Callable[[], Moment]) -> None:
        self._put, self._now = put, now
        self._wanted: dict[str, Wanted] = {}
        self._there: dict[str, bool] = {}

    def thru(self) -> ThruState:
        """Return that nothing goes on: there is no DAW in a rehearsal."""
        return ThruState("", "off")

    # --- the recording's side ---------------------------------------------------------------------

    def came(self, key: str, *, out: bool = True) -> None:
        """Let that controller be there; without `out` it is heard only."""
        self._there[key] = out
        self._put(PortUp(key, key, key if out else "", self._now()))

    def went(self, key: str, why: str) -> None:
        """Let that controller be gone."""
        if self._there.pop(key, None) is not None:
            self._put(PortDown(key, why, self._now()))

    def tick(self) -> None:
        """Take what is due by now from every painter."""
        for key in tuple(self._there):
            self.nudge(key)

    def wake(self) -> float | None:
        """Return the mono instant at which a painter has something due."""
        wakes = (spec.source.wake() for spec in self._lit() if spec.source is not None)
        return min((at for at in wakes if at is not None), default=None)

    def _lit(self) -> Iterable[Wanted]:
        return (self._wanted[key] for key, out in self._there.items() if out)

    # --- the service's side -----------------------------------------------------------------------

    def want(self, specs: Sequence[Wanted]) -> None:
        """Take note of how each controller is spoken to."""
        self._wanted = {spec.key: spec for spec in specs}

    def overhear(self, how: Keyboards) -> None:
        """Overhear nothing: no keyboard is recorded."""

    def nudge(self, key: str) -> None:
        """Take what that controller's painter has to say now."""
        source = self._wanted[key].source if self._there.get(key) else None
        if source is not None:
            source.due(self._now())

    def ports(self) -> list[PortInfo]:
        """Return no ports: a rehearsal opens none."""
        return []

    def states(self) -> Mapping[str, DeviceState]:
        """Return which controllers are there."""
        return {
            key: DeviceState(key, "ready" if key in self._there else "absent")
            for key in self._wanted
        }

    def state(self) -> MidiState:
        """Return that nothing is wrong."""
        return MidiState("rehearsal", "ready")
