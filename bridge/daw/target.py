"""What every DAW adapter is: a conversation without I/O, messages in and messages out.

An adapter is told cues, hears what the DAW sends back, and hands out the messages to send. It reads
no clock: the moment comes in, the next deadline goes out (`wake`). The shell owns the sockets.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bridge.daw.midi_way import MidiWay
    from bridge.daw.transport import Transport
    from bridge.messages import Cue, Osc, ToDaw
    from bridge.moment import Moment

LinkState: TypeAlias = Literal["unknown", "ready", "silent", "trouble"]
"""``unknown``: nothing to tell by yet; ``silent``: cues are sent and nothing comes back;
``trouble``: the DAW is there, but a cue did not arrive as it should."""

KEEP = 10.0
"""Seconds that a cue is kept for a DAW that can't be reached, unless the user says otherwise."""

NO_ORIGINALS: Mapping[str, str] = MappingProxyType({})
"""Of a DAW in which no colour was changed, or none can be."""


@dataclass(frozen=True, slots=True)
class DawSettings:
    """One ``[[daw]]`` of the configuration.

    ``host`` and ``port`` are where the DAW listens; ``listen_host`` and ``listen_port`` where
    Songbridge hears its feedback (port 0: nowhere). ``name`` empty: the kind serves as name.
    ``ableset`` is whether locators in Live get names in which AbleSet reads nothing.
    ``action`` is which of Bitwig's twenty actions makes a marker, 0: none; ``midi`` is how a DAW is
    told by MIDI, None for one that takes OSC. ``keep`` is how many seconds a cue waits for a DAW that
    can't be reached; colours, which are a state and no news, wait without limit. ``web_host`` and
    ``web_port`` are where REAPER's web interface is looked for, port 0: nowhere; ``regions`` is
    whether it gets regions.
    """

    kind: str
    name: str = ""
    host: str = "127.0.0.1"
    port: int = 0
    listen_host: str = "127.0.0.1"
    listen_port: int = 0
    action: int = 0
    midi: MidiWay | None = None
    keep: float = KEEP
    ableset: bool = True
    web_host: str = ""
    web_port: int = 0
    regions: bool = False

    @property
    def address(self) -> str:
        """Where the DAW listens, as a user knows it: an address, or a MIDI port."""
        return self.midi.place if self.midi is not None else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """How a link to a DAW stands, in words a producer understands.

    ``pending`` counts cues that wait; ``dropped`` those that were given up since the start, or of
    which nobody knows whether they arrived. ``lost`` is the part of ``detail`` that tells of these.
    """

    state: LinkState
    detail: str
    pending: int = 0
    dropped: int = 0
    lost: str = ""


class Target(Protocol):
    """One DAW. No method blocks or raises; the messages returned are sent at once, in order."""

    @property
    def kind(self) -> str:
        """The word after ``kind =`` in the configuration."""

    @property
    def wanted(self) -> tuple[str, ...]:
        """Address prefixes of the feedback worth hearing; everything else need not be handed in."""

    @property
    def transport(self) -> Transport:
        """What the DAW told last of playing, recording and tempo; None for what is not known now."""

    @property
    def originals(self) -> Mapping[str, str]:
        """What was changed in the DAW, and how it was: the adapter's own words, to be kept for it.

        At most some hundred short strings; a new mapping where anything differs from before.
        """

    def recall(self, originals: Mapping[str, str]) -> None:
        """Take back what `originals` was before Songbridge ended, once, before anything else.

        It comes from a file: what can't be right is passed over.
        """

    def tell(self, cue: Cue, moment: Moment) -> Sequence[ToDaw]:
        """Take a cue; return what to send now. The cue may wait inside, for a bounded time."""

    def hear(self, message: Osc, moment: Moment) -> Sequence[ToDaw]:
        """Take one message of the DAW, however strange; return what to send now."""

    def wake(self) -> float | None:
        """Return the instant (``mono`` seconds) `advance` is due at, None when nothing waits."""

    def advance(self, moment: Moment) -> Sequence[ToDaw]:
        """Let time pass up to `moment`; afterwards `wake` lies later than `moment`, or is None."""

    def status(self, moment: Moment) -> LinkStatus:
        """Return how the link stands at `moment`."""
