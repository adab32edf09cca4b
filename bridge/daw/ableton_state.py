"""What is known of one Live, and the sentences that tell it to a producer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from bridge.daw.target import LinkState, LinkStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bridge.daw.target import DawSettings

REPLY_PORT = 11001
"""Where AbletonOSC sends all it says (abletonosc/constants.py); it has no setting for it."""
NOTICE = 2.0
"""Seconds without an answer after which Live is called silent; usual are 0.02 to 0.15."""

About: TypeAlias = Literal["locator", "track", "transport", "text"]

_UNKNOWN = (
    "nothing heard from Live yet; it is asked at {daw} every few seconds, and answers on {ear}"
)
_STARTING = "Live has just started or loaded a set; it is asked again in a moment"
_SILENT = (
    "no answer from Live at {daw}: is it running, with AbletonOSC chosen as a Control Surface under"
    " Settings > Link, Tempo & MIDI, and does no other program use port {ear_port}?"
)
_WRONG_EAR = (
    "no answer from Live at {daw}: AbletonOSC answers on port 11001 only, and this [[daw]] listens"
    ' on {ear}; set listen = "127.0.0.1:11001"'
)
_DEAF = 'Live can\'t be heard: give this [[daw]] a listen = "127.0.0.1:11001"'
_READY = "{live} answers: locators are placed and named, colours and texts shown"
_UNTRIED = (
    "{live} answers: locators are placed, colours and texts shown; whether this version lets"
    " locators be named shows with the first one"
)
_NAMELESS = (
    "{live} answers: locators are placed, but this version lets nobody name them; their names"
    " show in its status bar"
)
_OLD = (
    "{live} answers, but its AbletonOSC is from before November 2025 and has no locators: install"
    " the newer one; until then names show in Live's status bar"
)
TAKEN = (
    "; AbletonOSC answers on port 11001 alone, so the other program (TouchOSC, for one) has to give"
    " it up"
)
"""Where another program listens on the port that AbletonOSC answers to."""
_LOST = '; {count} so far not done or without a name, the last was "{lost}"'
_ACTION = '; Live runs no actions, so "{action}" was not run: write the DAW it is for into that rule, as daw'


@dataclass(slots=True)
class Known:
    """What was found out, and what went wrong last about each kind of cue.

    ``locators`` and ``names``: whether AbletonOSC has the addresses, and Live takes names; None
    until known. ``up``: it answered, and nothing since says that it is gone.
    """

    up: bool = False
    heard: bool = False
    missed: bool = False
    starting: bool = False
    version: tuple[int, int] | None = None
    locators: bool | None = None
    names: bool | None = None
    dropped: int = 0
    last_lost: str = ""
    last_action: str = ""
    _faults: dict[About, str] = field(default_factory=dict)

    def well(self, about: About) -> None:
        """Note that a cue of this kind arrived."""
        self._faults.pop(about, None)

    def fault(self, about: About, sentence: str) -> None:
        """Note what went wrong with a cue of this kind; the next that arrives clears it."""
        self._faults[about] = sentence

    def lose(self, names: Sequence[str]) -> None:
        """Count cues that were given up, or of which nobody knows; the newest is the first."""
        self.dropped += len(names)
        self.last_lost = names[0]

    def refuse_action(self, action: str) -> None:
        """Note and count that a rule asked for an action; AbletonOSC runs none."""
        self.lose((f"action {action}",))
        self.last_action = action

    def restarted(self) -> None:
        """Forget what another Live, another script or another set may have otherwise."""
        self.up, self.starting = False, True
        self.version = self.locators = self.names = None
        self._faults.clear()

    def status(self, settings: DawSettings, pending: int, waited: float) -> LinkStatus:
        """Return how the link stands, an answer having been waited for `waited` seconds."""
        state, text = self._state(settings, waited)
        text = text.format(
            daw=settings.address,
            ear=f"{settings.listen_host}:{settings.listen_port}",
            ear_port=settings.listen_port,
            live=self._live(),
        )
        text = text or "; ".join(self._faults.values())
        lost = _LOST.format(count=self.dropped, lost=self.last_lost) if self.dropped else ""
        text += lost
        if self.last_action:
            text += _ACTION.format(action=self.last_action)
        return LinkStatus(state, text, pending, self.dropped, lost)

    def _state(self, settings: DawSettings, waited: float) -> tuple[LinkState, str]:
        if not settings.listen_port:
            return "unknown", _DEAF
        if self.missed or waited > NOTICE:
            right = settings.listen_port == REPLY_PORT or self.heard
            return "silent", _SILENT if right else _WRONG_EAR
        if self.starting:
            return "unknown", _STARTING
        if not self.heard:
            return "unknown", _UNKNOWN
        if self.locators is False:
            return "trouble", _OLD
        if self._faults:
            return "trouble", ""
        return "ready", {None: _UNTRIED, True: _READY, False: _NAMELESS}[self.names]

    def _live(self) -> str:
        return "Live" if self.version is None else f"Live {self.version[0]}.{self.version[1]}"
