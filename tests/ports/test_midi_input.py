"""The callback of an input: what passes, what is thrown away."""

from __future__ import annotations

import threading

import pytest

from bridge.messages import MidiIn
from bridge.moment import Moment
from bridge.ports.midi_events import MidiEvent, Wanted
from bridge.ports.midi_input import Intake, keep_thread_state, receiver

AT = Moment(1.0, 2.0)


def passed(data: list[int], known: frozenset[int] | None = None) -> list[MidiEvent]:
    inbox: list[MidiEvent] = []
    spec = Wanted("pads", bool, bool, known=known)
    receiver(Intake(spec), inbox.append, keep=False, clock=lambda: AT)((data, 0.0), None)
    return inbox


def test_a_message_is_stamped_and_put_under_its_key() -> None:
    assert passed([0x90, 81, 127]) == [MidiIn("pads", b"\x90\x51\x7f", AT)]


@pytest.mark.parametrize("status", [0xA0, 0xA5, 0xD0, 0xDF, 0xF8, 0xFE, 0x00, 0x7F])
def test_clock_sensing_aftertouch_and_debris_are_thrown_away(status: int) -> None:
    assert passed([status, 1, 2]) == []


def test_an_empty_message_is_none() -> None:
    assert passed([]) == []


KNOWN = frozenset({0x90 << 7 | 81, 0xE0 << 7})


@pytest.mark.parametrize(
    ("data", "passes"),
    [
        ([0x90, 81, 0], True),
        ([0x90, 80, 127], False),
        ([0x91, 81, 127], False),
        ([0xE0, 12, 64], True),
        ([0xE1, 12, 64], False),
        ([0xC0], False),
        ([0xFA], False),
        ([0xF3, 1], False),
    ],
)
def test_of_a_known_set_only_that_passes(data: list[int], passes: bool) -> None:
    assert bool(passed(data, known=KNOWN)) is passes


def test_a_threads_state_may_be_kept_as_often_as_one_likes() -> None:
    def thrice() -> None:
        for _ in range(3):
            keep_thread_state()

    thread = threading.Thread(target=thrice)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ([0x90, 80, 127], True),
        ([0xB3, 100, 1], True),
        ([0xA0, 81, 20], True),
        ([0xD0, 20], True),
        ([0xC0, 3], True),
        ([0xFA], True),
        ([0xF0, 1, 2, 0xF7], True),
        ([0xF0, *[1] * 300, 0xF7], False),
        ([0xF8], False),
        ([0xFE], False),
        ([0x40, 1], False),
    ],
)
def test_while_somebody_is_curious_all_but_clock_sensing_debris_and_dumps_pass(
    data: list[int], shown: bool
) -> None:
    inbox: list[MidiEvent] = []
    curious = [False]
    spec = Wanted("pads", bool, bool, known=KNOWN, curious=lambda: curious[0])
    receive = receiver(
        Intake(spec), inbox.append, told=lambda _data: False, keep=False, clock=lambda: AT
    )
    receive((data, 0.0), None)
    assert inbox == []
    curious[0] = True
    receive((data, 0.0), None)
    assert inbox == ([MidiIn("pads", bytes(data), AT)] if shown else [])


def test_a_known_press_asks_nobody_whether_he_is_curious() -> None:
    inbox: list[MidiEvent] = []
    asked: list[bool] = []

    def ask() -> bool:
        asked.append(True)
        return True

    spec = Wanted("pads", bool, bool, known=KNOWN, curious=ask)
    receive = receiver(Intake(spec), inbox.append, keep=False, clock=lambda: AT)
    receive(([0x90, 81, 127], 0.0), None)
    assert (len(inbox), asked) == (1, [])


def test_what_is_known_may_change_while_messages_come() -> None:
    inbox: list[MidiEvent] = []
    intake = Intake(Wanted("pads", bool, bool, known=KNOWN))
    receive = receiver(intake, inbox.append, keep=False, clock=lambda: AT)
    intake.follow(Wanted("pads", bool, bool, known=frozenset({0xB0 << 7 | 7})))
    receive(([0x90, 81, 127], 0.0), None)
    receive(([0xB0, 7, 127], 0.0), None)
    assert inbox == [MidiIn("pads", b"\xb0\x07\x7f", AT)]
