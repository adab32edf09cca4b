"""A DAW's adapter and its twin talking on a simulated clock, where the DAW may leave and come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from bridge.daw.links import Links
from bridge.daw.target import DawSettings, LinkStatus, Target
from bridge.messages import Cue, MidiOut, Osc, ToDaw
from bridge.moment import Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bridge.daw.transport import Transport

Absence: TypeAlias = Literal["silent", "refused", "closed"]
"""How a DAW that is not there shows: no answer, refused datagrams, or a port that isn't there."""


class Daw(Protocol):
    """A DAW without a socket: what the stand-ins' cores are."""

    def receive(self, message: Osc, at: float) -> list[Osc]: ...
    def due(self) -> float | None: ...
    def advance(self, at: float) -> list[Osc]: ...


class Conversation:
    """A target and a DAW (or nobody) on a simulated clock; what went by MIDI stands apart.

    ``sent`` is what left the adapter, ``arrived`` what a DAW took.
    """

    def __init__(self, target: Target, daw: Daw | None = None) -> None:
        self.target, self.daw = target, daw
        self.now = 1000.0
        self.sent: list[Osc] = []
        self.arrived: list[Osc] = []
        self.midi: list[MidiOut] = []

    @property
    def moment(self) -> Moment:
        return Moment(self.now, 1.7e9 + self.now)

    def tell(self, *cues: Cue) -> None:
        for cue in cues:
            self._send(self.target.tell(cue, self.moment))

    def hear(self, *messages: Osc) -> None:
        for message in messages:
            if message.address.startswith(self.target.wanted):
                self._send(self.target.hear(message, self.moment))

    def run(self, seconds: float) -> None:
        """Let time pass, from deadline to deadline."""
        until = self.now + seconds
        for _ in range(100_000):
            due = [self.target.wake(), self.daw.due() if self.daw else None]
            at = min((d for d in due if d is not None), default=until)
            if at >= until:
                break
            self._at(at)
        else:
            raise AssertionError("deadlines spin")
        self._at(until)

    def _at(self, now: float) -> None:
        self.now = max(now, self.now)
        if self.daw:
            self.hear(*self.daw.advance(self.now))
        wake = self.target.wake()
        if wake is not None and wake <= self.now:
            self._send(self.target.advance(self.moment))

    def _send(self, messages: Sequence[ToDaw]) -> None:
        self.midi += [message for message in messages if isinstance(message, MidiOut)]
        over_osc = [message for message in messages if isinstance(message, Osc)]
        self.sent += over_osc
        for message in over_osc:
            if self.daw:
                self.arrived.append(message)
                self.hear(*self.daw.receive(message, self.now))
            else:
                self._unheard(message)

    def _unheard(self, message: Osc) -> None:
        """Nobody is there to take `message`."""


class Plain:
    """A DAW that takes everything and never says a word."""

    def receive(self, message: Osc, at: float) -> list[Osc]:  # noqa: ARG002 - as the others
        return []

    def due(self) -> float | None:
        return None

    def advance(self, at: float) -> list[Osc]:  # noqa: ARG002 - as the others
        return []


class Guarded:
    """A target as the service has it: in its link, among all links."""

    def __init__(self, settings: DawSettings) -> None:
        self.links = Links([settings])
        ((self.key, _),) = self.links.settings.items()
        self.kind, self.wanted = settings.kind, self.links.wanted(self.key)

    @property
    def transport(self) -> Transport:
        return self.links.transports()[self.key]

    @property
    def originals(self) -> Mapping[str, str]:
        return self.links.originals().get(self.key, {})

    def recall(self, originals: Mapping[str, str]) -> None:
        self.links.recall({self.key: originals})

    def tell(self, cue: Cue, moment: Moment) -> list[ToDaw]:
        return [message for _, message in self.links.tell((cue,), moment)]

    def hear(self, message: Osc, moment: Moment) -> list[ToDaw]:
        return [out for _, out in self.links.hear(self.key, message, moment)]

    def unsent(self, message: ToDaw, moment: Moment) -> list[ToDaw]:
        return [out for _, out in self.links.unsent(self.key, message, moment)]

    def closed(self, moment: Moment, *, closed: bool) -> list[ToDaw]:
        keys = {self.key} if closed else set()
        return [out for _, out in self.links.closed(keys, moment)]

    def wake(self) -> float | None:
        return self.links.wake()

    def advance(self, moment: Moment) -> list[ToDaw]:
        return [message for _, message in self.links.advance(moment)]

    def status(self, moment: Moment) -> LinkStatus:
        (row,) = self.links.statuses(moment)
        return LinkStatus(row.state, row.detail, row.pending, row.dropped)


class Delivery(Conversation):
    """A guarded target and a DAW that comes and leaves. ``make`` starts a DAW."""

    def __init__(
        self,
        settings: DawSettings,
        make: Callable[[], Daw],
        absence: Absence,
        *,
        there: bool = True,
    ) -> None:
        self.guarded, self.make, self.absence = Guarded(settings), make, absence
        super().__init__(self.guarded, None)
        if there:
            self.come()
        else:
            self.leave()

    @property
    def status(self) -> LinkStatus:
        return self.guarded.status(self.moment)

    def leave(self) -> None:
        """The DAW ends: what it was about to say is never heard."""
        self.daw = None
        if self.absence == "closed":
            self._send(self.guarded.closed(self.moment, closed=True))

    def come(self, daw: Daw | None = None) -> None:
        """A DAW starts, a fresh one unless `daw` is given."""
        self.daw = daw or self.make()
        if self.absence == "closed":
            self._send(self.guarded.closed(self.moment, closed=False))

    def restart(self, settings: DawSettings) -> None:
        """End the service and start another; the DAW stays."""
        self.target = self.guarded = Guarded(settings)

    def _unheard(self, message: Osc) -> None:
        if self.absence == "refused":
            self._send(self.guarded.unsent(message, self.moment))
