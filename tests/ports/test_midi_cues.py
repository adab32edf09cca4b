"""DAWs that are told by MIDI: an output for each that is wanted, lost and opened again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from threading import Event

import pytest

from bridge.daw.midi_way import CUES
from bridge.moment import Moment
from bridge.ports.midi_api import Health
from bridge.ports.midi_events import MidiEvent, Wanted
from bridge.ports.midi_outlet import WAITING
from bridge.ports.midi_patchbay import Patchbay
from tests.standins.jack_device import wait_until
from tests.standins.midi_twin import TwinMidi, TwinOut

DOWN, UP = bytes((0x90, 84, 127)), bytes((0x90, 84, 0))
OWN = ""
LOOP = "loopMIDI"


class Desk:
    """A patchbay over a system in the hand of the test."""

    def __init__(self) -> None:
        self.system = TwinMidi()
        self.inbox: list[MidiEvent] = []
        clock = count()
        self.bay = Patchbay(
            lambda: self.system,
            self.inbox.append,
            keep=False,
            clock=lambda: Moment(next(clock) * 0.1, 0.0),
        )
        self.cues = self.bay.cues

    def want(self, *outputs: str) -> None:
        self.cues.want(outputs)
        self.bay.tick()

    def outs(self, name: str) -> list[TwinOut]:
        return [one for one in self.system.opened_outs if name in one.port.name and not one.closed]

    def heard(self, name: str, *messages: bytes) -> bool:
        (out,) = self.outs(name)
        return wait_until(lambda: out.sent == list(messages))


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.bay.close()


def test_no_port_is_there_that_nobody_wants(desk: Desk) -> None:
    desk.bay.tick()
    assert desk.system.opened_outs == []
    desk.cues.send(OWN, DOWN)
    assert desk.cues.fault(OWN) == ""


def test_cues_leave_through_a_port_of_our_own(desk: Desk) -> None:
    desk.want(OWN)
    desk.cues.send(OWN, DOWN)
    desk.cues.send(OWN, UP)
    assert desk.heard(CUES, DOWN, UP)
    assert desk.cues.fault(OWN) == ""


def test_a_port_that_is_there_may_be_named_beside_it(desk: Desk) -> None:
    desk.system.plug("loopMIDI Port")
    desk.want(OWN, LOOP)
    desk.cues.send(LOOP, DOWN)
    assert desk.heard("loopMIDI", DOWN)
    assert desk.heard(CUES)


def test_a_named_port_that_is_not_there_is_a_fault_and_its_cues_are_counted(desk: Desk) -> None:
    desk.want(LOOP)
    desk.cues.send(LOOP, DOWN)
    assert desk.cues.fault(LOOP) == (
        "no output port is called 'loopMIDI'; see `songbridge ports`; 1 message was lost so far"
    )
    desk.system.plug("loopMIDI Port")
    desk.bay.tick()
    assert desk.cues.fault(LOOP) == ""
    desk.cues.send(LOOP, UP)
    assert desk.heard("loopMIDI", UP)


def test_a_named_port_that_is_unplugged_and_comes_back_is_opened_anew(desk: Desk) -> None:
    desk.system.plug("loopMIDI Port")
    desk.want(LOOP)
    desk.system.unplug("loopMIDI Port")
    desk.bay.tick()
    assert "no output port is called" in desk.cues.fault(LOOP)
    desk.system.plug("loopMIDI Port")
    desk.bay.tick()
    desk.cues.send(LOOP, DOWN)
    assert desk.heard("loopMIDI", DOWN)


def test_a_port_that_is_wanted_no_more_is_closed(desk: Desk) -> None:
    desk.want(OWN)
    desk.want()
    assert desk.outs(CUES) == []


def test_the_port_comes_back_with_the_midi_system(desk: Desk) -> None:
    desk.want(OWN)
    desk.system.now = Health.GONE
    desk.bay.tick()
    assert desk.cues.fault(OWN) == "the MIDI system has ended; waiting for it"
    desk.system = TwinMidi()
    desk.bay.tick()
    desk.cues.send(OWN, DOWN)
    assert desk.heard(CUES, DOWN)


def test_a_system_without_virtual_ports_says_so(desk: Desk) -> None:
    desk.system.held = CUES
    desk.want(OWN)
    assert desk.cues.fault(OWN) == "this system has no virtual ports"


def test_what_comes_back_from_the_port_is_no_controller(desk: Desk) -> None:
    anything = Wanted("pads", lambda _name: True, lambda _name: False)
    desk.system.plug("loopMIDI Port")
    desk.want(OWN, LOOP)
    desk.system.ins.append(CUES)
    desk.bay.want([anything])
    desk.bay.tick()
    assert desk.bay.devices() == []
    assert len(desk.system.opened_ins) == 1  # by which the DAW tells


def test_a_port_that_takes_nothing_any_more_is_opened_anew(desk: Desk) -> None:
    desk.want(OWN)
    (out,) = desk.outs(CUES)
    out.refuses = True
    desk.cues.send(OWN, DOWN)
    assert wait_until(lambda: desk.cues.fault(OWN) == "it takes nothing; 1 message was lost so far")
    desk.bay.tick()
    desk.cues.send(OWN, UP)
    assert desk.heard(CUES, UP)


def test_of_a_flood_on_a_port_that_blocks_the_newest_are_dropped(desk: Desk) -> None:
    desk.want(OWN)
    (out,) = desk.outs(CUES)
    held, blocked = Event(), Event()

    def block(_data: bytes) -> None:
        blocked.set()
        held.wait(10.0)

    out.answer = block
    desk.cues.send(OWN, DOWN)
    assert blocked.wait(10.0)
    for _ in range(WAITING + 5):
        desk.cues.send(OWN, UP)
    held.set()
    assert desk.heard(CUES, DOWN, *[UP] * WAITING)


def test_a_burst_arrives_whole_and_in_order(desk: Desk) -> None:
    desk.want(OWN)
    burst = [bytes((0xB0, 119, n % 128)) for n in range(WAITING // 2)]
    for data in burst:
        desk.cues.send(OWN, data)
    assert desk.heard(CUES, *burst)
