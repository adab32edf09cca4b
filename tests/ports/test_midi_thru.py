"""What layouts don't use goes on to the DAW, in order, whole, and never round."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest

from bridge.messages import MidiIn
from bridge.moment import Moment
from bridge.ports.midi_api import Health
from bridge.ports.midi_events import MidiEvent, Wanted
from bridge.ports.midi_patchbay import Patchbay
from bridge.ports.midi_thru import NAME, Thru, Uses
from tests.standins.jack_device import wait_until
from tests.standins.midi_twin import TwinMidi, TwinOut

PAD, OTHER = bytes((0x90, 36, 100)), bytes((0x90, 40, 100))
FADER = bytes((0xB0, 7, 33))
BEND = bytes((0xE0, 0, 64))
USED = 0x90 << 7 | 36


class Desk:
    """One device under a patchbay with a way through."""

    def __init__(self, thru: str = NAME) -> None:
        self.system = TwinMidi()
        self.inbox: list[MidiEvent] = []
        self.uses = Uses({USED})
        self.thru = Thru(thru)
        clock = count()
        self.bay = Patchbay(
            lambda: self.system,
            self.inbox.append,
            keep=False,
            clock=lambda: Moment(next(clock) * 0.1, 0.0),
            thru=self.thru,
        )
        self.bay.want([self.wish])
        self.system.plug("Pads MIDI 1")
        self.bay.tick()

    @property
    def wish(self) -> Wanted:
        return Wanted(
            "pads",
            lambda name: name.startswith("Pads"),
            lambda name: name.startswith("Pads"),
            known=frozenset({USED, 0x90 << 7 | 40}),
            uses=self.uses,
        )

    def send(self, *messages: bytes) -> None:
        for data in messages:
            self.system.opened_ins[-1].receive((list(data), 0.0), None)

    @property
    def out(self) -> TwinOut:
        (out,) = [out for out in self.system.opened_outs if not out.closed and self._is_ours(out)]
        return out

    def _is_ours(self, out: TwinOut) -> bool:
        return out.port.name == NAME or "loop" in out.port.name

    def passed(self, count: int) -> list[bytes]:
        assert wait_until(lambda: len(self.out.sent) >= count)
        return self.out.sent

    def heard(self) -> list[bytes]:
        return [event.data for event in self.inbox if isinstance(event, MidiIn)]


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.bay.close()


def test_what_the_layout_does_not_use_passes_in_order_and_the_rest_stays(desk: Desk) -> None:
    desk.send(PAD, OTHER, FADER, BEND, bytes((0xC0, 5)), bytes((0xD1, 9)))
    assert desk.passed(5) == [OTHER, FADER, BEND, bytes((0xC0, 5)), bytes((0xD1, 9))]
    assert desk.thru.state().passed == 5
    assert desk.heard() == [PAD, OTHER]  # what the profile knows is a sign of presence as well


def test_the_pressure_on_a_pad_that_is_used_does_not_pass(desk: Desk) -> None:
    desk.send(bytes((0xA0, 36, 9)), bytes((0xD0, 9)), bytes((0xA0, 40, 9)))
    assert desk.passed(1) == [bytes((0xA0, 40, 9))]


def test_clock_sysex_and_broken_messages_do_not_pass(desk: Desk) -> None:
    for data in ([0xF8], [0xF0, 1, 0xF7], [0x90], [0x90, 40], [0x12, 3, 4], [0xB0, 1, 200], []):
        desk.system.opened_ins[-1].receive((data, 0.0), None)
    desk.send(FADER)
    assert desk.passed(1) == [FADER]


def test_another_layout_uses_other_controls_at_once(desk: Desk) -> None:
    desk.uses.use({0x90 << 7 | 40})
    desk.send(OTHER, PAD)
    assert desk.passed(1) == [PAD]


def test_a_copy_that_comes_back_does_not_pass_again(desk: Desk) -> None:
    desk.send(OTHER, OTHER, bytes((0x80, 40, 0)))
    assert desk.passed(2) == [OTHER, bytes((0x80, 40, 0))]


def test_the_port_is_opened_again_with_the_midi_system(desk: Desk) -> None:
    desk.system.now = Health.GONE
    desk.bay.tick()
    assert desk.thru.state().state == "none"
    desk.system = TwinMidi()
    desk.system.plug("Pads MIDI 1")
    desk.bay.tick()
    desk.send(FADER)
    assert desk.passed(1) == [FADER]


def test_a_port_that_takes_nothing_any_more_is_opened_anew(desk: Desk) -> None:
    desk.out.refuses = True
    desk.send(FADER)
    assert wait_until(lambda: desk.thru.state().state == "none")
    desk.bay.tick()
    desk.send(FADER)
    assert desk.passed(1) == [FADER]


def test_our_own_port_is_not_a_controller() -> None:
    desk = Desk()
    desk.system.plug(NAME)
    desk.bay.tick()
    assert [port.name for port in desk.bay.ports() if port.direction == "in"] == ["Pads MIDI 1"]
    desk.bay.close()


def test_where_there_are_no_virtual_ports_one_that_is_named_is_used() -> None:
    desk = Desk("loopMIDI")
    assert "no output port is called 'loopMIDI'" in desk.thru.state().detail
    desk.system.plug("loopMIDI Port")
    desk.bay.tick()
    desk.bay.tick()
    desk.send(FADER)
    assert desk.passed(1) == [FADER]
    heard = [port.name for port in desk.bay.ports() if port.direction == "in"]
    assert heard == ["Pads MIDI 1"]  # its far end brings back what we send
    desk.bay.close()


def test_what_is_wrong_with_the_port_is_told() -> None:
    system = TwinMidi()
    system.held = NAME
    thru = Thru()
    bay = Patchbay(lambda: system, lambda _event: None, keep=False, thru=thru)
    bay.tick()
    state = thru.state()
    assert (state.state, state.detail) == ("none", "this system has no virtual ports")


def test_without_a_name_nothing_passes() -> None:
    desk = Desk("")
    desk.send(FADER)
    assert desk.thru.state().state == "off"
    assert not [out for out in desk.system.opened_outs if out.port.name == NAME]
    desk.bay.close()


def test_a_flood_is_bounded_and_what_is_lost_is_counted(desk: Desk) -> None:
    for turn in range(5_000):
        desk.thru.pass_on(bytes((0xB0, 1, turn % 128)))
    state = desk.thru.state()
    assert state.passed + state.dropped == 5_000
    assert wait_until(lambda: len(desk.out.sent) == desk.thru.state().passed)


def test_a_note_that_has_passed_ends_though_the_layout_uses_the_pad_by_now(desk: Desk) -> None:
    desk.send(OTHER)
    desk.uses.use({0x90 << 7 | 40, 0x80 << 7 | 40})
    desk.send(bytes((0x80, 40, 0)), bytes((0x80, 40, 0)), OTHER, bytes((0x90, 40, 0)), FADER)
    assert desk.passed(3) == [OTHER, bytes((0x80, 40, 0)), FADER]


def test_what_sounds_ends_when_the_device_is_unplugged(desk: Desk) -> None:
    desk.send(OTHER)
    desk.system.unplug("Pads MIDI 1")
    desk.bay.tick()
    assert desk.passed(2) == [OTHER, bytes((0x80, 40, 0))]


def test_a_flood_leaves_nothing_sounding(desk: Desk) -> None:
    held = [bytes((0x90, note, 100)) for note in range(41, 91)]
    desk.send(*held)
    for turn in range(3_000):
        desk.thru.pass_on(bytes((0xB0, 1, turn % 128)))
    lost = [bytes((0x90, note, 100)) for note in range(91, 127)]
    desk.send(*lost, *(bytes((0x80, data[1], 0)) for data in (*held, *lost)))
    assert wait_until(lambda: len(desk.out.sent) == desk.thru.state().passed)
    begun = {data[1] for data in desk.out.sent if data[0] == 0x90}
    assert {data[1] for data in desk.out.sent if data[0] == 0x80} == begun


def test_a_pad_that_was_let_go_while_the_port_was_lost_plays_again_at_once(desk: Desk) -> None:
    desk.send(OTHER)
    desk.passed(1)
    desk.out.refuses = True
    desk.send(FADER)
    assert wait_until(lambda: desk.thru.state().state == "none")
    desk.send(bytes((0x80, 40, 0)))
    desk.bay.tick()
    desk.send(OTHER)
    assert desk.passed(1) == [OTHER]


def test_what_sounds_ends_when_the_device_is_another_wish_s(desk: Desk) -> None:
    desk.send(OTHER)
    (device,) = desk.bay.devices()
    uses = Uses({USED, 0x90 << 7 | 40, 0x80 << 7 | 40})
    desk.bay.want([replace(device.spec, uses=uses)])
    desk.bay.tick()
    assert desk.bay.devices() == [device]
    desk.send(bytes((0x80, 40, 0)))
    assert desk.passed(2) == [OTHER, bytes((0x80, 40, 0))]


def test_a_port_in_which_a_message_hangs_is_not_closed_under_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    hangs = threading.Event()
    out = desk.out

    def hang(_data: bytes) -> None:
        hangs.wait()

    monkeypatch.setattr(out, "send", hang)
    desk.send(FADER)
    desk.bay.close()
    assert not out.closed
    hangs.set()
