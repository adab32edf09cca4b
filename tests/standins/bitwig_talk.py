"""Conversations with the stand-in for Bitwig, as its tests have them."""

from __future__ import annotations

from bridge.daw.bitwig import BitwigTarget
from bridge.daw.bitwig_waiting import LOOK
from bridge.daw.target import DawSettings, LinkStatus
from bridge.daw.transport import Transport
from bridge.messages import Marker, Osc
from tests.contract.daw_contract import BLUE, Conversation
from tests.standins.bitwig import BitwigCore

SETTINGS = DawSettings("bitwig", port=8000, listen_port=9000, action=1)
RED = "#FF3636"
INSERT = Osc("/action/1")


def start(core: BitwigCore | None = None, settings: DawSettings = SETTINGS) -> Conversation:
    return Conversation(BitwigTarget(settings), core)


def met(core: BitwigCore) -> Conversation:
    """A conversation in which everything was told once."""
    talk, core.latency, latency = start(core), 0.0, core.latency
    talk.run(LOOK + 1.0)
    talk.sent.clear()
    core.received.clear()
    core.latency = latency
    return talk


def mark(talk: Conversation, *names: str) -> None:
    talk.tell(*(Marker(name, BLUE) for name in names))


def status(talk: Conversation) -> LinkStatus:
    return talk.target.status(talk.moment)


def transport(talk: Conversation) -> Transport:
    assert isinstance(talk.target, BitwigTarget)
    return talk.target.transport
