"""Keyboards that only the DAW uses are heard as a sign of somebody, and stand in nobody's way."""

from __future__ import annotations

import pytest

from bridge.moment import Moment
from bridge.ports.midi_api import Health
from bridge.ports.midi_events import Keyboards, MidiEvent, Played, Wanted
from bridge.ports.midi_overhearing import EVERY, MOST, is_keyboard
from bridge.ports.midi_patchbay import Patchbay
from bridge.ports.midi_thru import NAME, Thru
from tests.standins.midi_twin import TwinMidi

KEYS, PADS = "Keystation 49:Keystation 49 MIDI 1 24:0", "Launchpad:MIDI 32:1"
NOTE, CLOCK, SENSING, QUARTER_FRAME = b"\x90\x3c\x40", b"\xf8", b"\xfe", b"\xf1\x00"


class Room:
    """A patchbay with pads that are wanted, and a keyboard that nobody wants."""

    def __init__(self, how: Keyboards = "auto", api: str = "alsa") -> None:
        self.midi = TwinMidi(api)
        self.moment = Moment(100.0, 2.0)
        self.told: list[MidiEvent] = []
        self.bay = Patchbay(
            lambda: self.midi,
            self.told.append,
            keep=False,
            clock=lambda: self.moment,
            thru=Thru(NAME),
        )
        self.bay.overhearing.how = how
        self.want("Launchpad")

    def want(self, *names: str) -> None:
        self.bay.want([
            Wanted(name, name.__eq__, name.__eq__) if ":" in name else self.wish(name)
            for name in names
        ])  # fmt: skip

    @staticmethod
    def wish(name: str) -> Wanted:
        return Wanted(name, lambda raw: name in raw, lambda raw: name in raw)

    def plug(self, *names: str) -> None:
        for name in names:
            self.midi.plug(name)
        self.bay.tick()

    @property
    def overheard(self) -> list[str]:
        wanted = {device.heard for device in self.bay.devices()}
        return [
            one.port.raw
            for one in self.midi.opened_ins
            if not one.closed and one.port not in wanted
        ]

    @property
    def played(self) -> int:
        return sum(isinstance(event, Played) for event in self.told)


def test_a_keyboard_that_is_nobodys_is_overheard_and_the_pads_are_not() -> None:
    room = Room()
    room.plug(PADS, KEYS)
    room.midi.arrive(KEYS, NOTE)

    assert room.overheard == [KEYS]
    assert [(one.name, one.direction) for one in room.bay.ports() if one.overheard] == [
        (KEYS, "in")
    ]
    assert room.played == 1
    assert [device.heard.raw for device in room.bay.devices()] == [PADS]


@pytest.mark.parametrize("data", [CLOCK, SENSING, QUARTER_FRAME, b"\xfa", b"\xf0\x7e\xf7", b""])
def test_what_no_hand_causes_is_no_sign(data: bytes) -> None:
    room = Room()
    room.plug(KEYS)
    room.midi.arrive(KEYS, data)

    assert room.played == 0


@pytest.mark.parametrize(
    "data", [NOTE, b"\x80\x3c\x00", b"\xb0\x40\x7f", b"\xe0\x00\x40", b"\xc0\x01"]
)
def test_keys_pedals_and_wheels_are_signs(data: bytes) -> None:
    room = Room()
    room.plug(KEYS)
    room.midi.arrive(KEYS, data)

    assert room.played == 1


def test_however_much_is_played_there_is_one_sign_a_second() -> None:
    room = Room()
    room.plug(KEYS, "Piano:Piano 28:0")
    for _ in range(50):
        room.midi.arrive(KEYS, NOTE)
        room.midi.arrive("Piano:Piano 28:0", NOTE)
    first = room.played
    room.moment = room.moment.later(EVERY)
    room.midi.arrive(KEYS, NOTE)

    assert (first, room.played) == (1, 2)


@pytest.mark.parametrize(
    ("how", "api", "opened"),
    [
        ("auto", "alsa", True),
        ("auto", "coremidi", True),
        ("auto", "winmm", False),
        ("always", "winmm", True),
        ("never", "alsa", False),
    ],
)
def test_it_is_opened_where_ports_can_be_shared_or_it_was_asked_for(
    how: Keyboards, api: str, opened: bool
) -> None:
    room = Room(how, api)
    room.plug("Keystation 49")

    assert bool(room.overheard) is opened


def test_switched_off_while_it_runs_it_lets_go() -> None:
    room = Room()
    room.plug(KEYS)
    room.bay.overhearing.how = "never"
    room.bay.tick()

    assert room.overheard == []


def test_what_comes_to_be_wanted_is_let_go_before_it_is_opened() -> None:
    room = Room("always", "winmm")
    room.plug("Keystation 49")
    opened = list(room.midi.opened_ins)
    room.want("Launchpad", "Keystation")
    room.bay.tick()

    assert [one.closed for one in opened] == [True]
    assert [device.heard.raw for device in room.bay.devices()] == ["Keystation 49"]
    assert room.overheard == []


def test_what_is_wanted_no_more_is_overheard() -> None:
    room = Room()
    room.plug(PADS)
    room.want("nothing")
    room.bay.tick()

    assert room.overheard == [PADS]


def test_what_was_unplugged_is_closed_and_opened_again_when_it_is_back() -> None:
    room = Room()
    room.plug(KEYS)
    room.midi.unplug(KEYS)
    room.bay.tick()
    gone = room.overheard
    room.plug(KEYS)
    room.midi.arrive(KEYS, NOTE)

    assert (gone, room.overheard, room.played) == ([], [KEYS], 1)


def test_a_port_that_cant_be_opened_is_tried_once_each_time_it_is_plugged_in() -> None:
    room = Room()
    room.midi.held = "overheard"
    room.plug(KEYS)
    room.midi.held = ""
    room.bay.tick()
    still = room.overheard
    room.midi.unplug(KEYS)
    room.bay.tick()
    room.plug(KEYS)

    assert (still, room.overheard) == ([], [KEYS])


def test_our_own_way_back_from_the_daw_is_never_overheard() -> None:
    room = Room("always", "coremidi")
    room.plug(NAME, "songbridge:Songbridge Thru")
    room.bay.tick()

    assert room.overheard == []


def test_no_more_than_some_are_opened() -> None:
    room = Room()
    room.plug(*(f"Keys {n}:Keys {20 + n}:0" for n in range(MOST + 5)))

    assert len(room.overheard) == MOST


def test_all_is_closed_in_the_end() -> None:
    room = Room()
    room.plug(KEYS)
    room.bay.close()

    assert room.overheard == []


def test_a_system_that_ended_is_let_go_of_and_heard_again_when_it_is_back() -> None:
    room = Room()
    room.plug(KEYS)
    room.midi.now = Health.GONE
    room.bay.tick()
    room.midi = TwinMidi()
    room.plug(KEYS)
    room.midi.arrive(KEYS, NOTE)

    assert room.played == 1


def test_notes_of_an_opened_device_that_its_profile_does_not_know_are_signs_too() -> None:
    room = Room("never")
    room.bay.want([Wanted("pads", bool, bool, known=frozenset({0x90 << 7 | 1}))])
    room.plug(PADS)
    room.midi.arrive(PADS, NOTE)
    room.midi.arrive(PADS, CLOCK)

    assert room.played == 1


@pytest.mark.parametrize(
    ("raw", "api", "keyboard"),
    [
        ("Keystation 49:Keystation 49 MIDI 1 24:0", "alsa", True),
        ("Midi Through:Midi Through Port-0 14:0", "alsa", False),
        ("Bitwig Studio:Out 130:0", "alsa", False),
        ("a2j:Keystation 49 [24] (capture): Keystation 49 MIDI 1", "jack", True),
        ("a2j:Bitwig Studio [130] (capture): Out", "jack", False),
        ("a2j:Midi Through [14] (capture): Midi Through Port-0", "jack", False),
        ("Midi-Bridge:Keystation 49 2:(capture_0) Keystation 49 MIDI 1", "jack", True),
        ("system:midi_capture_1", "jack", True),
        ("ardour:MIDI 1/midi_out 1", "jack", False),
        ("Keystation 49", "coremidi", True),
        ("IAC Driver Bus 1", "coremidi", False),
        ("Logic Pro Virtual Out", "coremidi", False),
        ("Keystation 49 0", "winmm", True),
        ("loopMIDI Port 1", "winmm", False),
    ],
)
def test_programs_and_loops_are_no_keyboards(raw: str, api: str, keyboard: bool) -> None:
    assert is_keyboard(raw, api) is keyboard
