"""What real ports and the memory's must do alike: ask, judge, give away, enter again."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import pytest

from bridge.messages import MidiIn
from bridge.moment import Moment, now
from bridge.ports import midi_inquiry, midi_renewal
from bridge.ports.midi_events import CHANGED, Another, MidiEvent, PortUp, Repaint, Wanted
from bridge.ports.midi_memory import MidiMemory
from bridge.ports.midi_patchbay import Patchbay
from bridge.surface.identity import REQUEST, Judgement
from bridge.surface.sysex import patterns
from tests.standins.midi_twin import TwinMidi

SOON = 5.0
ENTER, LEAVE = b"\xf0\x01\xf7", b"\xf0\x02\xf7"
NEWS = b"\xf0\x03\x00\xf7"
ANSWERS = {kind: bytes((0xF0, 0x7E, 0, 6, 2, n, 0xF7)) for n, kind in enumerate(("pads", "also"))}
PORT, OTHER_PORT = "Pads 1", "Pads 2"


class Emulated:
    """A device that answers as it is told, and writes down what it is sent."""

    def __init__(self, kind: str = "") -> None:
        self.answer = [ANSWERS[kind]] if kind else []
        self.received: list[bytes] = []

    def receive(self, data: bytes, at: float) -> Sequence[bytes]:  # noqa: ARG002 - the role's
        self.received.append(data)
        return self.answer if data == REQUEST else []


def wish(
    key: str, kind: str = "", *, answers: bool = True, more: bool = False, sure: bool = False
) -> Wanted:
    kind = kind or key

    def ours(name: str) -> bool:
        return name.startswith("Pads")

    def judge(reply: bytes) -> Judgement:
        owner = next((kind for kind, known in ANSWERS.items() if known == reply), "")
        whose = "own" if owner == kind else "another" if owner else "nobody"
        return Judgement(whose, owner.title())  # type: ignore[arg-type] # one of the three

    return Wanted(
        key, ours, ours, (ENTER,), (LEAVE,), kind=kind, more=more, sure=sure, judge=judge,
        answers=answers, renew_on=patterns("F0 03 ?? F7"), known=frozenset(),
    )  # fmt: skip


class Desk(Protocol):
    """MIDI ports under a test."""

    def want(self, *wishes: Wanted) -> None: ...
    def plug(self, name: str, device: Emulated) -> None: ...
    def unplug(self, name: str) -> None: ...
    def arrive(self, name: str, data: bytes) -> None: ...
    def state(self, key: str) -> tuple[str, str]: ...
    def holders(self) -> dict[str, str | None]: ...
    def events(self, kind: type[MidiEvent]) -> list[MidiEvent]: ...
    def close(self) -> None: ...


class Real:
    """The patchbay, looking again whenever it is roused, on a system in memory."""

    def __init__(self) -> None:
        self.midi = TwinMidi()
        self.inbox: queue.SimpleQueue[MidiEvent] = queue.SimpleQueue()
        self.seen: list[MidiEvent] = []
        self.bay = Patchbay(lambda: self.midi, self.inbox.put, keep=False)

    def want(self, *wishes: Wanted) -> None:
        self.bay.want(wishes)
        self.settle()

    def plug(self, name: str, device: Emulated) -> None:
        self.midi.plug(name, device)
        self.settle()

    def unplug(self, name: str) -> None:
        self.midi.unplug(name)
        self.settle()

    def settle(self) -> None:
        """Look until nobody is being asked any more."""
        until = now().mono + SOON
        self.bay.tick()
        while now().mono < until and any(s.state == "settling" for s in self.bay.states().values()):
            self.bay.tick()
        self.bay.tick()

    def arrive(self, name: str, data: bytes) -> None:
        self.midi.arrive(name, data)

    def state(self, key: str) -> tuple[str, str]:
        state = self.bay.states()[key]
        return state.state, state.reason

    def holders(self) -> dict[str, str | None]:
        return {port.name: port.opened_by for port in self.bay.ports()}

    def events(self, kind: type[MidiEvent]) -> list[MidiEvent]:
        while not self.inbox.empty():
            self.seen.append(self.inbox.get())
        return [event for event in self.seen if isinstance(event, kind)]

    def close(self) -> None:
        self.bay.close()


class Memory:
    """The memory's ports; a second is a second there, and costs none."""

    def __init__(self) -> None:
        self.seen: list[MidiEvent] = []
        self.moment = Moment(10.0, 0.0)
        self.midi = MidiMemory(self.seen.append, lambda: self.moment)

    def want(self, *wishes: Wanted) -> None:
        self.midi.want(wishes)

    def plug(self, name: str, device: Emulated) -> None:
        self.midi.plug(name, device)

    def unplug(self, name: str) -> None:
        self.midi.unplug(name)

    def arrive(self, name: str, data: bytes) -> None:
        self.moment = self.moment.later(1.0)
        self.midi.arrive(name, data)

    def state(self, key: str) -> tuple[str, str]:
        state = self.midi.states()[key]
        return state.state, state.reason

    def holders(self) -> dict[str, str | None]:
        return {port.name: port.opened_by for port in self.midi.ports()}

    def events(self, kind: type[MidiEvent]) -> list[MidiEvent]:
        return [event for event in self.seen if isinstance(event, kind)]

    def close(self) -> None:
        self.midi.leave()


@pytest.fixture(params=[Real, Memory])
def desk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterable[Desk]:
    monkeypatch.setattr(midi_inquiry, "PATIENCE", 0.02)
    monkeypatch.setattr(midi_inquiry, "AGAIN", 0.01)
    monkeypatch.setattr(midi_inquiry, "GRACE", 0.005)
    make: Callable[[], Desk] = request.param
    made = make()
    yield made
    made.close()


def test_a_device_is_asked_before_it_is_entered_and_up_once_it_has_answered(desk: Desk) -> None:
    device = Emulated("pads")
    desk.want(wish("pads"))
    desk.plug(PORT, device)
    assert device.received[:2] == [REQUEST, ENTER]
    assert desk.state("pads") == ("ready", "")
    (up,) = desk.events(PortUp)
    assert isinstance(up, PortUp)
    assert (up.key, up.note) == ("pads", "")


def test_a_silent_device_is_asked_twice_and_works(desk: Desk) -> None:
    device = Emulated()
    desk.want(wish("pads"))
    desk.plug(PORT, device)
    assert device.received == [REQUEST, REQUEST, ENTER]
    assert desk.state("pads") == ("ready", midi_inquiry.SILENT)


def test_a_device_that_is_not_known_to_answer_is_not_asked(desk: Desk) -> None:
    device = Emulated("pads")
    desk.want(wish("pads", answers=False))
    desk.plug(PORT, device)
    assert device.received == [ENTER]


def test_where_two_kinds_fit_the_answer_decides(desk: Desk) -> None:
    device = Emulated("also")
    desk.want(wish("pads"), wish("also"))
    desk.plug(PORT, device)
    assert desk.holders()[PORT] == "also"
    assert device.received.count(ENTER) == 1
    assert [up.key for up in desk.events(PortUp) if isinstance(up, PortUp)] == ["also"]
    desk.unplug(PORT)
    desk.plug(PORT, Emulated("pads"))
    assert desk.holders()[PORT] == "pads"


def test_a_device_that_answers_as_another_is_unknown_until_it_goes(desk: Desk) -> None:
    device = Emulated("also")
    desk.want(wish("pads"))
    desk.plug(PORT, device)
    state, reason = desk.state("pads")
    assert state == "unknown"
    assert "it answers as Also" in reason
    assert ENTER not in device.received
    assert desk.events(PortUp) == []
    desk.unplug(PORT)
    assert desk.state("pads")[0] == "absent"
    desk.plug(PORT, Emulated("pads"))
    assert desk.state("pads") == ("ready", "")


def test_the_users_word_is_taken_over_the_answer(desk: Desk) -> None:
    desk.want(wish("pads", sure=True))
    desk.plug(PORT, Emulated("also"))
    assert desk.state("pads") == ("ready", "it answers as Also")


def test_a_second_of_a_kind_is_asked_for_and_opened_when_it_is_wished(desk: Desk) -> None:
    first, second = Emulated("pads"), Emulated("pads")
    one = wish("pads", more=True)
    desk.want(one)
    desk.plug(PORT, first)
    desk.plug(OTHER_PORT, second)
    assert desk.events(Another) == [Another("pads")]
    assert second.received == []
    desk.want(one, wish("pads-2", "pads", more=True))
    assert desk.holders() == {PORT: "pads", OTHER_PORT: "pads-2"}
    assert first.received.count(ENTER) == 1
    desk.unplug(PORT)
    assert desk.holders() == {OTHER_PORT: "pads-2"}
    desk.plug(PORT, first)
    assert desk.holders() == {PORT: "pads", OTHER_PORT: "pads-2"}


def test_a_device_that_tells_of_another_mode_is_entered_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(midi_renewal, "ECHO", 0.0)
    monkeypatch.setattr(midi_renewal, "PAUSE", 0.0)
    device = Emulated("pads")
    desk.want(wish("pads"))
    desk.plug(PORT, device)
    desk.arrive(PORT, NEWS)
    wait_for(lambda: bool(desk.events(Repaint)))
    assert [one.why for one in desk.events(Repaint)] == [CHANGED]  # type: ignore[union-attr] # a Repaint
    assert device.received.count(ENTER) == 2
    assert MidiIn("pads", NEWS, desk.events(MidiIn)[-1].at) in desk.events(MidiIn)  # type: ignore[union-attr] # a MidiIn


def test_other_sysex_is_thrown_away(desk: Desk) -> None:
    desk.want(wish("pads"))
    desk.plug(PORT, Emulated("pads"))
    heard = len(desk.events(MidiIn))
    for foreign in (b"\xf0\x09\xf7", b"\xf0\x03" + bytes(300) + b"\xf7", b"\xf0", b"\xf0\x7e"):
        desk.arrive(PORT, foreign)
    assert len(desk.events(MidiIn)) == heard
    assert desk.events(Repaint) == []


def wait_for(true: Callable[[], bool]) -> None:
    until = now().mono + SOON
    while not true():
        assert now().mono < until
