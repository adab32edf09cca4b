"""What every DAW adapter must pass: a class per kind inherits `DawContract` and names its twin.

How cues are delivered, also to a DAW that comes and goes, is in `daw_delivery`; colours are in
`daw_painting`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge.messages import (
    HttpAsk,
    Marker,
    MidiOut,
    Osc,
    RestoreColours,
    RunAction,
    StatusText,
    StopTransport,
    ToDaw,
    TrackColour,
)
from bridge.moment import Moment
from tests.contract.daw_delivery import BLUE, DeliveryCases
from tests.contract.daw_painting import PaintingCases
from tests.contract.daw_talk import Conversation, Daw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bridge.daw.target import Target

__all__ = ["BLUE", "Conversation", "Daw", "DawContract"]

LARGEST_PACKET = 1024
"""Bytes; REAPER's default, and the smallest among the DAWs."""


def arguments() -> st.SearchStrategy[object]:
    strange = st.sampled_from(["", "1", "2", " 3 ", "R1", "9" * 99, 0.0, 1.5, "\0"])
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
    return strange | scalars


def messages(target: Target) -> st.SearchStrategy[Osc]:
    """Anything, most of it under the addresses that the target listens to."""
    tails = st.sampled_from(["", "name", "number/str", "time", "play"]) | st.text()
    addresses = st.builds(str.__add__, st.sampled_from([*target.wanted, "/"]), tails)
    return st.builds(Osc, addresses, st.lists(arguments(), max_size=3).map(tuple))


CUES = st.one_of(
    st.builds(Marker, st.text(), st.just(BLUE)),
    st.builds(TrackColour, st.text(), st.just(BLUE)),
    st.builds(StatusText, st.text()),
    st.builds(RunAction, st.text() | st.sampled_from(["1", "20", "40157", "_RS1"])),
    st.just(StopTransport()),
    st.just(RestoreColours()),
)


class DawContract(DeliveryCases, PaintingCases):
    """All cases. ``kind`` is the word of the configuration."""

    @settings(suppress_health_check=[HealthCheck.differing_executors])  # one run for each kind
    @given(st.data())
    def test_garbage_never_raises_and_deadlines_always_move_on(self, data: st.DataObject) -> None:
        target = self.target()
        now = 50.0
        steps = st.one_of(CUES, messages(target), st.floats(0.0, 8.0))
        for step in data.draw(st.lists(steps, max_size=30)):
            match step:
                case float():
                    now += step
                case Osc():
                    self._check(target.hear(step, Moment(now, now)))
                case _:
                    self._check(target.tell(step, Moment(now, now)))
            self._check(target.advance(Moment(now, now)))
            wake = target.wake()
            assert wake is None or wake > now
            assert target.status(Moment(now, now)).detail

    def _check(self, sent: Sequence[ToDaw]) -> None:
        for message in sent:
            if isinstance(message, MidiOut):
                self._check_midi(message.data)
            elif isinstance(message, HttpAsk):
                assert re.fullmatch(r"/_/[A-Za-z0-9_/.;]{1,4000}", message.path)
            else:
                self._check_osc(message)

    def _check_midi(self, data: bytes) -> None:
        assert 0x80 <= data[0] <= 0xF0
        assert max(data[1:-1]) < 0x80
        assert data[-1] == 0xF7 if data[0] == 0xF0 else data[-1] < 0x80

    def _check_osc(self, message: Osc) -> None:
        assert message.address.startswith("/")
        for argument in message.args:
            text = argument if isinstance(argument, str) else ""
            assert text.isprintable() or not any(ord(c) < 32 for c in text)
            assert len(text.encode()) < LARGEST_PACKET - 100

    def test_every_state_has_one_sentence(self) -> None:
        for daw in (self.daw(), None):
            talk = Conversation(self.target(), daw)
            seen = [talk.target.status(talk.moment)]
            talk.tell(Marker("one", BLUE), TrackColour("Bass", BLUE), StatusText("hello"))
            seen.append(talk.target.status(talk.moment))
            talk.run(20.0)
            seen.append(talk.target.status(talk.moment))
            for status in seen:
                assert status.state in ("unknown", "ready", "silent", "trouble")
                assert "\n" not in status.detail
                assert len(status.detail) > 20
