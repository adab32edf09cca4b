"""What a class of the contract tells of its kind, and what the cases ask it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from bridge.daw.table import TARGETS
from bridge.daw.target import KEEP, DawSettings, Target
from tests.contract.daw_talk import Absence, Conversation, Daw, Delivery, Plain

if TYPE_CHECKING:
    from bridge.messages import Osc


class DawKind:
    """``kind`` is the word of the configuration.

    ``absence`` is how a DAW of this kind shows that it isn't there. ``greets``: it is looked for from
    the start, and ready before the first cue. ``most_a_minute`` is how many messages it may be sent
    while there is nothing to tell. ``unsure`` is how many cues at most may be counted as dropped
    although a DAW that left just then took them. ``paints``: tracks get colours.
    """

    kind: ClassVar[str]
    absence: ClassVar[Absence] = "silent"
    greets: ClassVar[bool] = True
    most_a_minute: ClassVar[int] = 36
    unsure: ClassVar[int] = 1
    paints: ClassVar[bool] = False

    # --- what a kind may say otherwise ------------------------------------------------------------

    def daw_settings(self) -> DawSettings:
        """Return what the configuration says of the DAW."""
        kind = TARGETS[self.kind]
        return DawSettings(self.kind, port=kind.port, listen_port=kind.listen_port)

    def daw(self) -> Daw | None:
        """A twin that answers as the DAW does, None for a DAW that never answers.

        Where the kind paints, it has the tracks Bass and Drums.
        """
        return None

    def names(self, sent: list[Osc]) -> list[str]:
        """Return the names of the markers that `sent` gives the DAW, in order."""
        raise NotImplementedError

    def marked(self, talk: Conversation) -> list[str]:
        """Return the names of the markers that the DAW took in `talk`, in order."""
        return self.names(talk.arrived)

    def carried(self, names: list[str]) -> list[str]:
        """Return what of these names goes over the wire; without names, as many empty ones."""
        return names

    def colours(self, talk: Conversation) -> dict[str, str]:
        """Return the colours that the DAW's tracks have, by name, as the DAW says it."""
        raise NotImplementedError

    def shown(self, colour: str) -> str:
        """Return what the DAW makes of a colour."""
        return colour

    # --- what the cases need ----------------------------------------------------------------------

    def target(self) -> Target:
        return TARGETS[self.kind].make(self.daw_settings())

    def there(self) -> Daw:
        """A fresh DAW."""
        return self.daw() or Plain()

    def talk(self, *, there: bool = True, keep: float = KEEP) -> Delivery:
        """A conversation with a DAW that is there and ready, or away from the start."""
        settings = replace(self.daw_settings(), keep=keep)
        talk = Delivery(settings, self.there, self.absence, there=there)
        talk.run(7.0)
        return talk
