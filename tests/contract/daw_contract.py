"""What every DAW adapter must pass: a class per kind inherits `DawContract` and names its twin."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, ClassVar, Protocol

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge.daw.table import TARGETS
from bridge.daw.target import DawSettings, Target
from bridge.messages import (
    Cue,
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

if TYPE_CHECKING:
    from collections.abc import Sequence

BLUE = "#3FA7FF"
LARGEST_PACKET = 1024
"""Bytes; REAPER's default, and the smallest among the DAWs."""


class Daw(Protocol):
    """A DAW without a socket: what the stand-ins' cores are."""

    def receive(self, message: Osc, at: float) -> list[Osc]: ...
    def due(self) -> float | None: ...
    def advance(self, at: float) -> list[Osc]: ...


class Conversation:
    """A target and a DAW (or nobody) on a simulated clock; what went by MIDI stands apart."""

    def __init__(self, target: Target, daw: Daw | None = None) -> None:
        self.target, self.daw = target, daw
        self.now = 1000.0
        self.sent: list[Osc] = []
        self.midi: list[MidiOut] = []

    @property
    def moment(self) -> Moment:
        return Moment(self.now, 1.7e9 + self.now)

    def tell(self, *cues: Cue) -> None:
        for cue in cues:
            self._send(self.target.tell(cue, self.moment))

    def hear(self, *messages: Osc) -> None:
        for message in messages:
            if message.address.startswith(self.target.wanted):
                self._send(self.target.hear(message, self.moment))

    def run(self, seconds: float) -> None:
        """Let time pass, from deadline to deadline."""
        until = self.now + seconds
        for _ in range(100_000):
            due = [self.target.wake(), self.daw.due() if self.daw else None]
            at = min((d for d in due if d is not None), default=until)
            if at >= until:
                break
            self._at(at)
        else:
            raise AssertionError("deadlines spin")
        self._at(until)

    def _at(self, now: float) -> None:
        self.now = max(now, self.now)
        if self.daw:
            self.hear(*self.daw.advance(self.now))
        wake = self.target.wake()
        if wake is not None and wake <= self.now:
            self._send(self.target.advance(self.moment))

    def _send(self, messages: Sequence[ToDaw]) -> None:
        self.midi += [message for message in messages if isinstance(message, MidiOut)]
        over_osc = [message for message in messages if isinstance(message, Osc)]
        self.sent += over_osc
        for message in over_osc:
            if self.daw:
                self.hear(*self.daw.receive(message, self.now))


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


class DawContract:
    """The cases. ``kind`` is the word of the configuration.

    ``most_unheard`` is how many messages ten markers may be to a DAW that isn't there.
    """

    kind: ClassVar[str]
    most_unheard: ClassVar[int] = 12

    def target(self) -> Target:
        kind = TARGETS[self.kind]
        return kind.make(DawSettings(self.kind, port=kind.port, listen_port=kind.listen_port))

    def daw(self) -> Daw | None:
        """A twin that answers as the DAW does, None for a DAW that never answers."""
        return None

    def names(self, sent: list[Osc]) -> list[str]:
        """Return the names of the markers that `sent` gives the DAW, in order."""
        raise NotImplementedError

    def marked(self, talk: Conversation) -> list[str]:
        """Return the names of the markers that the DAW was told in `talk`, in order."""
        return self.names(talk.sent)

    def carried(self, names: list[str]) -> list[str]:
        """Return what of these names goes over the wire; without names, as many empty ones."""
        return names

    def test_every_marker_is_told_once_and_in_order(self) -> None:
        talk = Conversation(self.target(), self.daw())
        names = [f"task {n}" for n in range(12)]
        for name in names:
            talk.tell(Marker(name, BLUE))
        talk.run(30.0)
        assert self.marked(talk) == self.carried(names)
        assert talk.target.status(talk.moment).pending == 0

    def test_a_second_evening_is_told_like_the_first(self) -> None:
        talk = Conversation(self.target(), self.daw())
        for name in ("one", "two", "one"):
            talk.tell(Marker(name, BLUE))
            talk.run(3600.0)
        assert self.marked(talk) == self.carried(["one", "two", "one"])

    def test_without_a_cue_nothing_is_sent_and_nothing_waits(self) -> None:
        talk = Conversation(self.target(), self.daw())
        talk.run(86_400.0)
        assert talk.sent == []
        assert talk.midi == []
        assert talk.target.wake() is None

    def test_when_all_is_told_nothing_waits(self) -> None:
        talk = Conversation(self.target(), self.daw())
        talk.tell(Marker("one", BLUE))
        talk.run(60.0)
        assert talk.target.wake() is None

    def test_a_daw_that_is_not_there_gets_no_more_than_a_little_and_in_the_end_nothing(
        self,
    ) -> None:
        talk = Conversation(self.target())
        for n in range(10):
            talk.tell(Marker(str(n), BLUE))
        talk.run(600.0)
        assert len(talk.sent) + len(talk.midi) <= self.most_unheard
        assert talk.target.wake() is None

    def test_ten_thousand_cues_without_an_answer_keep_memory_bounded(self) -> None:
        talk = Conversation(self.target())
        self._flood(talk, 1000)
        tracemalloc.start()
        try:
            self._flood(talk, 9000)
            grown, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        status = talk.target.status(talk.moment)
        assert status.pending <= 64
        assert grown < 500_000

    def _flood(self, talk: Conversation, cues: int) -> None:
        for n in range(cues):
            talk.tell(Marker(f"flood {n}", BLUE), StatusText(f"flood {n}"))
            talk.run(0.01)
            talk.sent.clear()
            talk.midi.clear()

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
