"""One connected controller, purely: bytes in, asks out; a view in, a picture out.

It composes decoder, gestures and layout, and keeps what is only the controller's own: which page of
the queue it shows, what blinks since it was refused, and which of its lights may come back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bridge.core.actions import Action, Presence
from bridge.core.view import View
from bridge.moment import Moment
from bridge.surface.decode import Decoder
from bridge.surface.echo import Echo
from bridge.surface.frame import Frame
from bridge.surface.gestures import Gesture, Gestured, Gestures
from bridge.surface.layout import Board, Layout, board
from bridge.surface.paint_queue import pages
from bridge.surface.profile import Profile
from bridge.surface.render import Renderer
from bridge.surface.turning import Turner, plain

REFUSED = 0.6
"""Seconds for which a refused control blinks: two blinks of the host's beat."""

_PRESENCE = 1.0
"""Seconds between two signs of presence: a fader sends hundreds of messages a second."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a hand on `control` asks for."""

    action: Action | Presence
    control: str


Asks: TypeAlias = tuple[Ask, ...]
"""What one message or instant brings, in order; mostly none or one."""


class Surface:
    """One device under one layout.

    `released` is told of each control that was let go, for a device that then repaints its light.
    ``echo`` is for the painter. Thread: the one consumer thread calls everything here.
    """

    def __init__(
        self,
        profile: Profile,
        layout: Layout,
        released: Callable[[str], None] | None = None,
    ) -> None:
        self._released = released
        self.board: Board = board(layout, profile)
        self.decoder = Decoder(profile)
        self._decode = self.decoder.feed
        self._gestures = _gestures(self.board)
        self._renderer = Renderer(self.board)
        self._turner = Turner(self.board)
        self._bound = frozenset(control for control, _ in self.board.slots)
        self._page, self._pages, self._task = 0, 1, ""
        self._ready: dict[tuple[str, Gesture], Asks] = {}
        self._refused: dict[str, float] = {}
        self._fault, self._frame = False, Frame()
        self.echo = Echo(profile, self.decoder, self._bound | _shown(self.board))
        self._is_ours = self.echo.is_ours
        self._present_at = float("-inf")
        self._turn_to(0)

    @property
    def page(self) -> int:
        """The page of the queue that is shown, from 0."""
        return self._page

    def feed(self, data: bytes, moment: Moment) -> Asks:
        """Return what one complete MIDI message asks for; what is not known asks nothing."""
        edge = self._decode(data)
        if edge is None or self._is_ours(edge, data, moment.mono):
            return ()
        if self._released is not None and edge.what == "up":
            self._released(edge.control)
        gestured = self._gestures.feed(edge, moment)
        if gestured:
            return self._asks(gestured)
        if edge.what == "up" or edge.control in self._bound:
            return ()
        return self._presence(edge.control, moment)

    def awaited(self) -> Asks:
        """Return what the presses that are not decided yet will ask for if they stay presses."""
        return tuple(
            ask
            for control in self._gestures.open
            for ask in self._ready.get((control, "press"), ())
        )

    def wake(self) -> float | None:
        """Return the ``mono`` instant of the next gesture's or refusal's end, None without any."""
        gesture = self._gestures.wake()
        if not self._refused:
            return gesture
        first = min(self._refused.values())
        return first if gesture is None else min(first, gesture)

    def advance(self, moment: Moment) -> Asks:
        """Return what time alone has decided; refusals that are over stop blinking."""
        if self._refused:
            over = [control for control, end in self._refused.items() if end <= moment.mono]
            for control in over:
                del self._refused[control]
        gestured = self._gestures.advance(moment)
        return self._asks(gestured) if gestured else ()

    def render(self, view: View, moment: Moment) -> Frame:
        """Return the picture now; while nothing changes, the very same frame.

        A task that begins brings the first page back, for that is where it stands.
        """
        self._follow(view)
        refused = [control for control, end in self._refused.items() if moment.mono < end]
        frame = self._renderer.frame(view, self._page, refused, fault=self._fault)
        if frame != self._frame:
            self._frame = frame
        return self._frame

    def next_change(self, view: View, moment: Moment) -> float | None:
        """Return the ``mono`` instant at which the picture changes without a fact, None: never."""
        seconds = self._renderer.next_change(view)
        ends = list(self._refused.values())
        if seconds is not None:
            ends.append(moment.mono + max(0.0, seconds - (moment.wall - view.at)))
        return min(ends, default=None)

    def refused(self, control: str, moment: Moment) -> None:
        """Let `control` blink: what it asked for was refused."""
        self._refused[control] = moment.mono + REFUSED

    def fault(self, *, on: bool) -> None:
        """Show, until told otherwise, that the journal can't be written or the config is wrong."""
        self._fault = on

    def forget(self) -> Asks:
        """Let go of what hands were doing: the device is gone. Return presses that were done."""
        told = self._asks(self._gestures.forget())
        self._refused.clear()
        self._turner.forget()
        self.echo.forget()
        return told

    def _asks(self, gestured: tuple[Gestured, ...]) -> Asks:
        asks: Asks = ()
        for one in gestured:
            ready = self._ready.get((one.control, one.gesture))
            asks += self._work_out(one) if ready is None else ready
        return asks

    def _work_out(self, one: Gestured) -> Asks:
        """Return the asks of what can't be made ready: pages and turns."""
        slot = self.board.slots[one.control, one.gesture]
        clicks = self._turner.clicks(one) if one.gesture == "turn" else 0
        if slot.command.name == "page":
            onwards = clicks > 0 if one.gesture == "turn" else slot.command.argument == "next"
            if one.gesture != "turn" or clicks:
                self._turn_to(self._page + (abs(clicks) or 1) * (1 if onwards else -1))
            return (Ask(Presence(), one.control),)
        action = self._turner.action(slot.command, clicks)
        return (Ask(action, one.control),) if action else ()

    def _presence(self, control: str, moment: Moment) -> Asks:
        if moment.mono - self._present_at < _PRESENCE:
            return ()
        self._present_at = moment.mono
        return (Ask(Presence(), control),)

    def _follow(self, view: View) -> None:
        """Keep the page within the queue, and go to the first for a task that begins."""
        self._pages = pages(view.queue_size, self.board.page)
        current = view.studio.timer.task or ""
        began = current not in (self._task, "")
        self._task = current
        page = 0 if began else min(self._page, self._pages - 1)
        if page != self._page:
            self._turn_to(page)

    def _turn_to(self, page: int) -> None:
        """Show that page, or the nearest there is, and make ready what its controls ask for."""
        self._page = min(max(0, page), self._pages - 1)
        first = self._page * self.board.page
        self._ready = {
            key: (Ask(plain(slot, first), key[0]),)
            for key, slot in self.board.slots.items()
            if key[1] != "turn" and slot.command.name != "page"
        }


def _shown(board: Board) -> frozenset[str]:
    return frozenset(spot.name for spots in board.lights.values() for spot in spots)


def _gestures(board: Board) -> Gestures:
    bound: dict[str, set[Gesture]] = {}
    for control, gesture in board.slots:
        bound.setdefault(control, set()).add(gesture)
    return Gestures(bound, board.layout.hold, board.layout.double, board.holds)
