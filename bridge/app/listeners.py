"""Who listens by OSC, and what they are told: everything at first, then what changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bridge.app.roles import OscOut
from bridge.core.events import Entry
from bridge.core.model import Studio
from bridge.core.view import View
from bridge.errors import Refused
from bridge.moment import Moment
from bridge.ports import osc_events, osc_replies
from bridge.ports.osc_feedback import Feedback
from bridge.ports.osc_peers import OscIn, Peer
from bridge.ports.osc_subscribers import MOST_SUBSCRIBERS, Subscribers
from bridge.ports.osc_wire import encode
from bridge.surface.frame import Frame

Frames = Mapping[str, Frame]


DUMPS = 4
"""Listeners that are told everything at one go, about a millisecond each; the others wait a turn."""


class Listeners:
    """True while somebody listens; nothing needs to be worked out otherwise.

    ``faults`` says who of the configuration can't be told anything now, and why.
    """

    def __init__(self, subscribers: Subscribers, osc: OscOut) -> None:
        self._subscribers, self._osc = subscribers, osc
        self._feedback = Feedback()
        self._awaiting: dict[Peer, None] = {}
        self.faults: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anybody listens."""
        return bool(self._subscribers or self._awaiting)

    @property
    def targets(self) -> tuple[Peer, ...]:
        """Everybody who listens now."""
        return self._subscribers.targets

    def add(self, peer: Peer) -> None:
        """Take a listener in for good, to be told everything at the next `feed_back`."""
        self._subscribers.add(peer)
        self._awaiting[peer] = None

    def subscribe(self, message: OscIn, port: int | None) -> None:
        """Take a listener in, to be told everything at the next `feed_back`, or answer why not."""
        try:
            target = self._subscribers.subscribe(message.peer, port, message.at.mono)
        except Refused as no:
            self._osc.reply(message.peer, osc_replies.error(message.address, str(no)))
            return
        self._awaiting[target] = None

    def unsubscribe(self, peer: Peer, port: int | None) -> None:
        """Let a listener go."""
        before = self._subscribers.targets
        self._subscribers.unsubscribe(peer, port)
        self._forget(before)

    def gone(self, peer: Peer) -> None:
        """Let those go whose connection has ended."""
        before = self._subscribers.targets
        self._subscribers.gone(peer)
        self._forget((*before, peer))

    def refresh(self, message: OscIn) -> None:
        """Have who asks told everything once more, where it listens, at the next `feed_back`.

        However often somebody asks until then, it is told once.
        """
        targets = self._subscribers.answering(message.peer)
        if len(self._awaiting.keys() | targets) > MOST_SUBSCRIBERS:
            no = "too much at once; try again"
            self._osc.reply(message.peer, osc_replies.error(message.address, no))
            return
        self._awaiting.update(dict.fromkeys(targets))

    def feed_back(self, view: View, frames: Frames) -> None:
        """Tell everybody what changed since they were last told, and new listeners everything."""
        changes = self._feedback.changes(view, frames)
        for peer in self._subscribers.targets:
            if peer not in self._awaiting:
                for data in changes:
                    self._osc.send(peer, data)
        for peer in tuple(self._awaiting)[:DUMPS]:
            del self._awaiting[peer]
            self._dump(peer)

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
        if self._awaiting:
            return moment.mono
        lapse = self._subscribers.wake()
        tick = self._feedback.wake(view) if self._subscribers else None
        wakes = (lapse, None if tick is None else moment.mono + tick)
        return min((at for at in wakes if at is not None), default=None)

    def _dump(self, target: Peer) -> None:
        for data in self._feedback.dump():
            self._osc.send(target, data)

    def _forget(self, targets: Iterable[Peer]) -> None:
        """Tell nothing more to those of `targets` who listen no more."""
        for target in set(targets).difference(self._subscribers.targets):
            self._awaiting.pop(target, None)
