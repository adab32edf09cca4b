"""What an output puts into one period of JACK; the server and RtMidi are twins."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
import rtmidi

from bridge.errors import Unavailable
from bridge.ports.midi_jack_api import LENGTH, RING, JackApi, JackOut


class Server:
    """Counts frames: a period begins whenever it was asked for the frame `asks` times."""

    def __init__(self, asks: int = 40) -> None:
        self.gone, self._asks, self._asked = False, asks, 0

    def frame(self) -> int:
        self._asked += 1
        return self.period

    @property
    def period(self) -> int:
        """The frame at which the running period began."""
        return 64 * (self._asked // self._asks)


class Sent:
    """RtMidi's end: which messages went out in which period."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.periods: dict[int, list[bytes]] = {}

    def send_message(self, data: bytes) -> None:
        self.periods.setdefault(self._server.period, []).append(bytes(data))


def output(server: Server, most: int) -> tuple[JackOut, Sent]:
    sent = Sent(server)
    api = cast("JackApi", SimpleNamespace(server=server))
    out = JackOut(api, cast("rtmidi.MidiOut", sent), "", "")
    out.most = most
    return out, sent


def test_a_period_holds_no_more_than_a_device_takes_in_one_go() -> None:
    out, sent = output(Server(), most=20)
    messages = [bytes((0x90, number, 1)) for number in range(80)]
    for message in messages:
        out.send(message)
    assert [message for some in sent.periods.values() for message in some] == messages
    assert max(map(len, sent.periods.values())) == 20


def test_without_a_limit_a_period_holds_what_the_ring_does() -> None:
    out, sent = output(Server(asks=100), most=0)
    message = bytes(60)
    for _ in range(100):
        out.send(message)
    assert len(sent.periods[0]) == RING // (60 + LENGTH)
    assert sum(map(len, sent.periods.values())) == 100


def test_a_server_that_is_gone_takes_nothing() -> None:
    server = Server()
    out, _ = output(server, most=1)
    out.send(b"\x90\x00\x01")
    server.gone = True
    with pytest.raises(Unavailable, match="takes no MIDI"):
        out.send(b"\x90\x00\x01")
