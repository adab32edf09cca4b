"""One adapter in its guard: what it raises becomes a state, and what its way can't carry waits."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from bridge.daw.keeper import Keeper
from bridge.daw.target import NO_ORIGINALS, DawSettings, LinkState, LinkStatus
from bridge.daw.transport import UNKNOWN, Transport
from bridge.messages import StopTransport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bridge.daw.table import Kind
    from bridge.messages import Cue, HttpAnswer, Osc, ToDaw
    from bridge.moment import Moment


@dataclass(frozen=True, slots=True)
class LinkReport:
    """One row of ``daws`` in `status`; ``lost`` is what ``detail`` says of cues that were dropped."""

    kind: str
    name: str
    state: LinkState
    detail: str
    pending: int
    dropped: int
    lost: str = ""


@runtime_checkable
class TellsUnsent(Protocol):
    """An adapter that has no answers to go by, and is told what was not sent or was refused."""

    def unsent(self, refused: ToDaw | None, moment: Moment) -> Sequence[ToDaw]:
        """Learn that a message did not arrive, None: the last one; return what to send now."""


@runtime_checkable
class AsksByHttp(Protocol):
    """An adapter that sends `HttpAsk`s, and is told what became of each."""

    def answered(self, answer: HttpAnswer, moment: Moment) -> Sequence[ToDaw]:
        """Take an answer, however strange, or its failure; return what to send now."""


class GuardedLink:
    """One DAW's link: whatever its adapter raises becomes a state, and it begins anew.

    While its way is closed (a port that isn't there, a host that isn't found) the adapter stands
    still, and cues wait here. ``names`` are the words that a cue may call it by.
    """

    __slots__ = (
        "_closed_at", "_fault", "_keeper", "_kind", "_lost", "_on_fault", "_seen",
        "key", "names", "settings", "target",
    )  # fmt: skip

    def __init__(
        self,
        key: str,
        settings: DawSettings,
        kind: Kind,
        on_fault: Callable[[str, Exception], None],
    ) -> None:
        self.key, self.settings = key, settings
        self.names = frozenset((key, settings.kind))
        self._kind, self._on_fault = kind, on_fault
        self._fault, self._lost, self._seen = "", 0, 0
        self._closed_at: float | None = None
        self._keeper = Keeper(settings.keep)
        self.target = kind.make(settings)

    # --- the conversation -------------------------------------------------------------------------

    def tell(self, cue: Cue, moment: Moment) -> Sequence[ToDaw]:
        """Tell a cue, or let it wait for the way to open; return what to send."""
        if self._closed_at is not None:
            self._keeper.put(self._keeper.kept(cue, moment.mono))
            return []
        try:
            return self.target.tell(cue, moment)
        except Exception as fault:  # noqa: BLE001 - a bug in one adapter must not cost another DAW its cue
            return self._renew(fault, lost=1)

    def hear(self, message: Osc, moment: Moment) -> Sequence[ToDaw]:
        """Hand in what the DAW said; return what to send."""
        try:
            return self.target.hear(message, moment)
        except Exception as fault:  # noqa: BLE001 - as above
            return self._renew(fault)

    def unsent(self, message: ToDaw | None, moment: Moment) -> Sequence[ToDaw]:
        """Hand in what did not arrive, to an adapter that wants to know; return what to send."""
        target = self.target
        if not isinstance(target, TellsUnsent):
            return []
        try:
            return target.unsent(message, moment)
        except Exception as fault:  # noqa: BLE001 - as above
            return self._renew(fault)

    def answered(self, answer: HttpAnswer, moment: Moment) -> Sequence[ToDaw]:
        """Hand in what came back over HTTP, to an adapter that asks so; return what to send."""
        target = self.target
        if not isinstance(target, AsksByHttp):
            return []
        try:
            return target.answered(answer, moment)
        except Exception as fault:  # noqa: BLE001 - as above
            return self._renew(fault)

    def wake(self) -> float | None:
        """Return when `advance` is due; while the way is closed, when a cue is too old."""
        if self._closed_at is not None:
            return self._keeper.wake()
        try:
            return self.target.wake()
        except Exception as fault:  # noqa: BLE001 - as above
            self._renew(fault)
            return None

    def advance(self, moment: Moment) -> Sequence[ToDaw]:
        """Let time pass; return what to send."""
        if self._closed_at is not None:
            self._keeper.expire(moment.mono)
            return []
        try:
            return self.target.advance(moment)
        except Exception as fault:  # noqa: BLE001 - as above
            return self._renew(fault)

    # --- the way ----------------------------------------------------------------------------------

    def close(self, moment: Moment) -> None:
        """Learn that nothing can be sent now."""
        if self._closed_at is None:
            self._closed_at = moment.mono

    def open(self, moment: Moment) -> Sequence[ToDaw]:
        """Learn that all can be sent again; return what waited and isn't too old."""
        if self._closed_at is None:
            return []
        stood, self._closed_at = moment.mono - self._closed_at, None
        if stood >= self.settings.keep:
            self._begin_anew(moment)
        self._keeper.expire(moment.mono)
        out = list(self.advance(moment))
        for kept in self._keeper.release():
            out += self.tell(kept.cue, moment)
        return out

    def _begin_anew(self, moment: Moment) -> None:
        """Put a fresh adapter in place: what waited in the old one is too old."""
        before = self.report(moment)
        originals = self.originals
        self._lost = before.dropped - self._keeper.dropped + before.pending - len(self._keeper)
        self.target, self._seen = self._kind.make(self.settings), 0
        self.recall(originals)

    # --- what it knows ----------------------------------------------------------------------------

    @property
    def transport(self) -> Transport:
        """What the DAW told last of its transport; unknown while its way is closed, as nothing is heard."""
        if self._closed_at is not None:
            return UNKNOWN
        try:
            return self.target.transport
        except Exception as fault:  # noqa: BLE001 - as above
            self._renew(fault)
            return UNKNOWN

    @property
    def originals(self) -> Mapping[str, str]:
        """What was changed in the DAW, and how it was."""
        try:
            return self.target.originals
        except Exception as fault:  # noqa: BLE001 - as above
            self._renew(fault)
            return NO_ORIGINALS

    def recall(self, originals: Mapping[str, str]) -> None:
        """Hand in what was changed before Songbridge ended."""
        try:
            self.target.recall(originals)
        except Exception as fault:  # noqa: BLE001 - as above
            self._renew(fault)

    def takes(self, cue: Cue) -> bool:
        """Tell whether a cue is for this DAW now: no take is ever cut."""
        if cue.to and self.names.isdisjoint(cue.to):
            return False
        if not isinstance(cue, StopTransport):
            return True
        return not self.transport.recording and self.transport.playing is not False

    def report(self, moment: Moment) -> LinkReport:
        """Return how the link stands."""
        try:
            status = self.target.status(moment)
        except Exception as fault:  # noqa: BLE001 - as above
            self._renew(fault)
            status = LinkStatus("trouble", "")
        self._seen = status.pending + status.dropped
        state, detail, keeper = status.state, status.detail, self._keeper
        if self._fault:
            state, detail = "trouble", self._fault
        waited = keeper.losses()
        return LinkReport(
            self.target.kind,
            self.key,
            state,
            detail + waited,
            status.pending + len(keeper),
            status.dropped + self._lost + keeper.dropped,
            status.lost + waited,
        )

    def _renew(self, fault: Exception, lost: int = 0) -> Sequence[ToDaw]:
        """Report the fault and put a fresh adapter in place, with no deadline that could spin.

        What the old one had to tell when it was last looked at counts as lost.
        """
        self._on_fault(self.key, fault)
        self._lost += lost + self._seen
        self._seen, originals = 0, NO_ORIGINALS
        self._fault = (
            f"the {self.settings.kind} link failed inside Songbridge ({type(fault).__name__})"
            " and began anew; please report it with the log"
        )
        with suppress(Exception):  # it has failed already: what it still can tell is a gift
            originals = self.target.originals
        self.target = self._kind.make(self.settings)
        with suppress(Exception):  # perhaps it is these that it can't take
            self.target.recall(originals)
        return []
