"""One controller that may come: its surface, its painter, and how it takes over after files change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from bridge.app.passing import Passing
from bridge.messages import MidiIn
from bridge.moment import Moment
from bridge.ports.midi_events import Wanted
from bridge.surface.frame import Frame
from bridge.surface.lights import Painter
from bridge.surface.profile import Profile
from bridge.surface.surface import Asks, Surface

Sent: TypeAlias = Callable[[str, Sequence[bytes], Callable[[], float | None], Moment], None]
"""Is told a controller's key, what it is sent now (perhaps nothing), and what says when it goes on."""


class Lamp:
    """A device's painter as its output thread sees it; ``sent`` is told what goes out."""

    def __init__(self, key: str, painter: Painter, sent: Sent) -> None:
        self._key, self._painter, self._sent = key, painter, sent
        self.wake = painter.wake

    def due(self, moment: Moment) -> list[bytes]:
        """Return the messages to send now."""
        messages = self._painter.due(moment)
        self._sent(self._key, messages, self.wake, moment)
        return messages

    def blank(self) -> None:
        """Let the device go dark: it is being left."""
        self._painter.blank()


@dataclass(slots=True)
class Controller:
    """One device that may come: its surface and painter, and whether it is there.

    ``name`` tells several of one kind apart. ``missed`` when it is away: it was asked for by name,
    or was there before.
    """

    key: str
    name: str
    profile: Profile
    surface: Surface
    painter: Painter
    wanted: Wanted
    passing: Passing
    missed: bool
    up: bool = False
    frame: Frame | None = None

    def succeed(self, before: Controller, moment: Moment) -> Asks:
        """Be what `before`, of the same key, was until files changed; return presses that were done.

        Where the same layout is shown, a hand notices nothing: what it holds goes on, and pages and
        layers stay. Where another one is, what is held and not decided yet is dropped, as after a
        change of layout by hand, and its release does nothing. In both cases the device stays open
        and its lights as they are; only when the wishes differ it is opened anew.
        """
        self.up, self.missed = before.up, self.missed or before.missed
        self.surface.resume(before.surface)
        if not before.up or self.wanted != before.wanted:
            return before.surface.forget()
        self.painter = before.painter
        told = self._show_on(before, moment)
        self.wanted = replace(
            self.wanted, source=before.wanted.source, uses=self.passing.uses
        )  # the known set is the fresh profile's
        return told

    def _show_on(self, before: Controller, moment: Moment) -> Asks:
        """Go on with what hands see and hold, or with as much of it as there still is."""
        if before.surface.goes_on_as(self.surface):
            self.surface, self.passing, self.frame = before.surface, before.passing, before.frame
            return ()
        told = before.surface.let_go(moment)
        self.surface.inherit(before.surface)
        self.surface.decoder.prepare()
        self.painter.announce(self.surface.echo)
        same = self.profile == before.profile
        self.passing = Passing(self.surface, before.passing.uses if same else None)
        return told


class Lesson(Protocol):
    """Somebody teaches: presses go there, and the control that is taught blinks."""

    @property
    def strangers(self) -> tuple[Wanted, ...]:
        """What is to be opened besides: devices without a profile."""

    def overhear(self, message: MidiIn) -> bool:
        """Take a message; False: it means what it always does."""

    def frame(self, key: str, frame: Frame) -> Frame:
        """Return the picture of a controller as it is shown meanwhile."""
