"""Who listens by OSC, and what they are told: everything at first, then what changes."""

from __future__ import annotations

from collections.abc import Mapping

from bridge.app.roles import OscOut
from bridge.core.events import Entry
from bridge.core.model import Studio
from bridge.core.view import View
from bridge.errors import Refused
from bridge.moment import Moment
from bridge.ports import osc_events, osc_replies
from bridge.ports.osc_feedback import Feedback
from bridge.ports.osc_peers import OscIn, Peer
from bridge.ports.osc_subscribers import Subscribers
from bridge.ports.osc_wire import encode
from bridge.surface.frame import Frame

Frames = Mapping[str, Frame]


class Listeners:
    """True while somebody listens; nothing needs to be worked out otherwise."""

    def __init__(self, subscribers: Subscribers, osc: OscOut) -> None:
        self._subscribers, self._osc = subscribers, osc
        self._feedback = Feedback()

    def __bool__(self) -> bool:
        """Tell whether anybody listens."""
        return bool(self._subscribers)

    def subscribe(self, message: OscIn, port: int | None, view: View, frames: Frames) -> None:
        """Take a listener in and tell it everything, or answer why not."""
        self.feed_back(view, frames)  # before there is one more who would get it twice
        try:
            target = self._subscribers.subscribe(message.peer, port, message.at.mono)
        except Refused as no:
            self._osc.reply(message.peer, osc_replies.error(message.address, str(no)))
            return
        self._dump(target)

    def unsubscribe(self, peer: Peer, port: int | None) -> None:
        """Let a listener go."""
        self._subscribers.unsubscribe(peer, port)

    def gone(self, peer: Peer) -> None:
        """Let those go whose connection has ended."""
        self._subscribers.gone(peer)

    def refresh(self, peer: Peer, view: View, frames: Frames) -> None:
        """Tell `peer` everything once more, where it listens."""
        self.feed_back(view, frames)
        for target in self._subscribers.answering(peer):
            self._dump(target)

    def feed_back(self, view: View, frames: Frames) -> None:
        """Tell everybody what changed since they were last told."""
        changes = self._feedback.changes(view, frames)
        for peer in self._subscribers.targets:
            for data in changes:
                self._osc.send(peer, data)

    def announce(self, entry: Entry, studio: Studio) -> None:
        """Tell everybody what happened; `studio` is the state after it."""
        message = osc_events.event(entry, studio)
        if message is not None:
            data = encode(message)
            for peer in self._subscribers.targets:
                self._osc.send(peer, data)

    def advance(self, mono: float) -> None:
        """Let those go whose subscription has lapsed."""
        self._subscribers.advance(mono)

    def wake(self, view: View, moment: Moment) -> float | None:
        """Return the mono instant at which there is something to tell or to end, None for never."""
        lapse = self._subscribers.wake()
        tick = self._feedback.wake(view) if self._subscribers else None
        wakes = (lapse, None if tick is None else moment.mono + tick)
        return min((at for at in wakes if at is not None), default=None)

    def _dump(self, target: Peer) -> None:
        for data in self._feedback.dump():
            self._osc.send(target, data)
