"""A DAW that only has a transport: it says what it does, and forgets what it was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bridge.daw.table import TARGETS, Kind
from bridge.daw.target import NO_ORIGINALS, DawSettings, LinkStatus
from bridge.daw.transport import UNKNOWN, Transport
from bridge.messages import Cue, Osc, StopTransport, ToDaw
from bridge.moment import Moment

STOP = Osc("/deck/stop", ())


class Deck:
    """Hears ``/deck/is PLAYING RECORDING``, each True or False; without arguments it is lost."""

    kind = "deck"
    wanted = ("/deck/",)
    originals = NO_ORIGINALS

    def __init__(self, settings: DawSettings) -> None:
        self.settings = settings
        self.transport: Transport = UNKNOWN

    def recall(self, originals: Mapping[str, str]) -> None:
        pass

    def tell(self, cue: Cue, moment: Moment) -> Sequence[ToDaw]:  # noqa: ARG002 - the protocol's
        return [STOP] if isinstance(cue, StopTransport) else []

    def hear(self, message: Osc, moment: Moment) -> Sequence[ToDaw]:  # noqa: ARG002 - the protocol's
        if not message.args:
            self.transport = UNKNOWN
        else:
            playing, recording = message.args
            self.transport = Transport(bool(playing), bool(recording))
        return []

    def wake(self) -> float | None:
        return None

    def advance(self, moment: Moment) -> Sequence[ToDaw]:  # noqa: ARG002 - the protocol's
        return []

    def status(self, moment: Moment) -> LinkStatus:  # noqa: ARG002 - the protocol's
        return LinkStatus("ready", "")


DECK: Mapping[str, Kind] = {**TARGETS, "deck": Kind(Deck, port=1)}

STOPPED, PLAYING, RECORDING = (
    Osc("/deck/is", (False, False)),
    Osc("/deck/is", (True, False)),
    Osc("/deck/is", (True, True)),
)
LOST = Osc("/deck/is", ())
