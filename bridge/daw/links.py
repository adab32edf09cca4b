"""All DAWs at once: cues to each, feedback to the one it came from, none can harm another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge.daw.table import TARGETS, Kind
from bridge.daw.target import DawSettings, LinkState, LinkStatus
from bridge.daw.transport import UNKNOWN, Transport
from bridge.errors import Invalid
from bridge.messages import StopTransport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bridge.messages import Cue, Osc, ToDaw
    from bridge.moment import Moment


@dataclass(frozen=True, slots=True)
class LinkReport:
    """One row of ``daws`` in `status`."""

    kind: str
    name: str
    state: LinkState
    detail: str
    pending: int
    dropped: int


class _Link:
    """One adapter in its guard: whatever it raises becomes a state, and it begins anew."""

    __slots__ = ("_fault", "_kind", "_lost", "_on_fault", "key", "settings", "target")

    def __init__(
        self,
        key: str,
        settings: DawSettings,
        kind: Kind,
        on_fault: Callable[[str, Exception], None],
    ) -> None:
        self.key, self.settings = key, settings
        self._kind, self._on_fault = kind, on_fault
        self._fault, self._lost = "", 0
        self.target = kind.make(settings)

    def tell(self, cue: Cue, moment: Moment) -> Sequence[ToDaw]:
        try:
            return self.target.tell(cue, moment)
        except Exception as fault:  # noqa: BLE001 - a bug in one adapter must not cost another DAW its cue
            return self._renew(fault, lost=1)

    def hear(self, message: Osc, moment: Moment) -> Sequence[ToDaw]:
        try:
            return self.target.hear(message, moment)
        except Exception as fault:  # noqa: BLE001 - as above
            return self._renew(fault)

    def wake(self) -> float | None:
        try:
            return self.target.wake()
        except Exception as fault:  # noqa: BLE001 - as above
            self._renew(fault)
            return None

    def advance(self, moment: Moment) -> Sequence[ToDaw]:
        try:
            return self.target.advance(moment)
        except Exception as fault:  # noqa: BLE001 - as above
            return self._renew(fault)

    @property
    def transport(self) -> Transport:
        try:
            return self.target.transport
        except Exception as fault:  # noqa: BLE001 - as above
            self._renew(fault)
            return UNKNOWN

    def takes(self, cue: Cue) -> bool:
        """Tell whether a cue is for this DAW now: no take is ever cut."""
        if cue.to and self.key not in cue.to and self.settings.kind not in cue.to:
            return False
        if not isinstance(cue, StopTransport):
            return True
        return not self.transport.recording and self.transport.playing is not False

    def report(self, moment: Moment) -> LinkReport:
        try:
            status = self.target.status(moment)
        except Exception as fault:  # noqa: BLE001 - as above
            self._renew(fault)
            status = LinkStatus("trouble", "")
        state, detail = status.state, status.detail
        if self._fault:
            state, detail = "trouble", self._fault
        return LinkReport(
            self.target.kind, self.key, state, detail, status.pending, status.dropped + self._lost
        )

    def _renew(self, fault: Exception, lost: int = 0) -> Sequence[ToDaw]:
        """Report the fault and put a fresh adapter in place, with no deadline that could spin."""
        self._on_fault(self.key, fault)
        self._lost += lost
        self._fault = (
            f"the {self.settings.kind} link failed inside Songbridge ({type(fault).__name__})"
            " and began anew; please report it with the log"
        )
        self.target = self._kind.make(self.settings)
        return []


class Links:
    """Every configured DAW, under a key: its name, or its kind (``reaper``, ``reaper-2``).

    `on_fault` is called with a key and the exception when an adapter raises; the shell logs it.
    Raises `Invalid` for a kind that there is not.
    """

    def __init__(
        self,
        settings: Iterable[DawSettings],
        kinds: Mapping[str, Kind] = TARGETS,
        on_fault: Callable[[str, Exception], None] = lambda _key, _fault: None,
    ) -> None:
        self._links: dict[str, _Link] = {}
        for each in settings:
            if each.kind not in kinds:
                raise Invalid(
                    f'there is no DAW kind "{each.kind}"; there are {", ".join(sorted(kinds))}'
                )
            key = _free(each.name or each.kind, self._links)
            self._links[key] = _Link(key, each, kinds[each.kind], on_fault)

    @property
    def settings(self) -> dict[str, DawSettings]:
        """Where each link sends and listens, by key."""
        return {key: link.settings for key, link in self._links.items()}

    def wanted(self, key: str) -> tuple[str, ...]:
        """Return the address prefixes that this link wants to hear. Raises KeyError."""
        return self._links[key].target.wanted

    def tell(self, cues: Iterable[Cue], moment: Moment) -> list[tuple[str, ToDaw]]:
        """Tell every DAW every cue, in order; return what to send now, each with its link's key."""
        cues = tuple(cues)
        return [
            (key, message)
            for key, link in self._links.items()
            for cue in cues
            if link.takes(cue)
            for message in link.tell(cue, moment)
        ]

    def transports(self) -> dict[str, Transport]:
        """Return what each DAW told last of its transport, by key."""
        return {key: link.transport for key, link in self._links.items()}

    def hear(self, key: str, message: Osc, moment: Moment) -> list[tuple[str, ToDaw]]:
        """Hand in feedback of one DAW; return what to send now. An unknown key is ignored."""
        link = self._links.get(key)
        return [] if link is None else [(key, out) for out in link.hear(message, moment)]

    def wake(self) -> float | None:
        """Return the earliest instant (``mono`` seconds) `advance` is due at, None for never."""
        due = [at for link in self._links.values() if (at := link.wake()) is not None]
        return min(due, default=None)

    def advance(self, moment: Moment) -> list[tuple[str, ToDaw]]:
        """Let time pass for every DAW; return what to send now."""
        return [
            (key, message) for key, link in self._links.items() for message in link.advance(moment)
        ]

    def statuses(self, moment: Moment) -> tuple[LinkReport, ...]:
        """Return how every link stands, in the order of the configuration."""
        return tuple(link.report(moment) for link in self._links.values())


def _free(name: str, taken: Mapping[str, object]) -> str:
    number, key = 1, name
    while key in taken:
        number += 1
        key = f"{name}-{number}"
    return key
