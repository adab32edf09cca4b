from __future__ import annotations

import pytest

from bridge.daw.midi import FRESH, GAP, HOLD, MOST_WAITING, MidiTarget
from bridge.daw.midi_way import BUTTONS, MMC, MidiWay
from bridge.daw.target import DawSettings, LinkStatus
from bridge.messages import Marker, Osc, StatusText, TrackColour
from tests.contract.daw_contract import BLUE, Conversation, DawContract

MACKIE = MidiWay()
DOWN, UP = bytes((0x90, 84, 0x7F)), bytes((0x90, 84, 0))


class TestContract(DawContract):
    kind = "midi"
    absence = "closed"
    greets = False

    def marked(self, talk: Conversation) -> list[str]:
        assert [m.data for m in talk.midi[1::2]] == [UP] * (len(talk.midi) // 2)
        return ["" for m in talk.midi if m.data == DOWN]

    def carried(self, names: list[str]) -> list[str]:
        return [""] * len(names)


def start(way: MidiWay = MACKIE) -> Conversation:
    return Conversation(MidiTarget(DawSettings("midi", midi=way)))


def mark(talk: Conversation, *names: str) -> None:
    talk.tell(*(Marker(name, BLUE) for name in names))


def status(talk: Conversation) -> LinkStatus:
    return talk.target.status(talk.moment)


def sent(talk: Conversation) -> list[bytes]:
    return [message.data for message in talk.midi]


def test_the_marker_button_goes_down_at_once_and_up_after_a_moment() -> None:
    talk = start()
    mark(talk, "one")
    assert sent(talk) == [DOWN]
    talk.run(HOLD - 0.001)
    assert sent(talk) == [DOWN]
    talk.run(0.002)
    assert sent(talk) == [DOWN, UP]


def test_a_second_cue_is_pressed_only_after_the_first_was_let_go_and_a_gap() -> None:
    talk = start()
    mark(talk, "one", "two")
    assert sent(talk) == [DOWN]
    assert status(talk).pending == 1
    talk.run(HOLD + GAP - 0.001)
    assert sent(talk) == [DOWN, UP]
    talk.run(0.002)
    assert sent(talk) == [DOWN, UP, DOWN]
    assert status(talk).pending == 0


def test_a_cue_that_comes_late_lets_go_what_was_forgotten_first() -> None:
    talk = start()
    mark(talk, "one")
    talk.now += HOLD + 1.0  # nobody called advance meanwhile
    mark(talk, "two")
    assert sent(talk) == [DOWN, UP]
    talk.run(GAP + 0.001)
    assert sent(talk) == [DOWN, UP, DOWN]


def test_a_chord_is_pressed_in_order_and_let_go_backwards() -> None:
    talk = start(MidiWay(buttons=("marker", "push6")))
    mark(talk, "one")
    talk.run(1.0)
    assert [message.hex(" ") for message in sent(talk)] == [
        "90 54 7f", "90 25 7f", "90 25 00", "90 54 00",
    ]  # fmt: skip


def test_notes_have_a_real_note_off_on_their_channel() -> None:
    talk = start(MidiWay(send="notes", channel=16, number=36))
    mark(talk, "one")
    talk.run(1.0)
    assert [message.hex(" ") for message in sent(talk)] == ["9f 24 7f", "8f 24 00"]


def test_a_control_change_falls_back_to_nothing() -> None:
    talk = start(MidiWay(send="cc", channel=2, number=127))
    mark(talk, "one")
    talk.run(1.0)
    assert [message.hex(" ") for message in sent(talk)] == ["b1 7f 7f", "b1 7f 00"]


@pytest.mark.parametrize(
    ("command", "number"),
    [("stop", 1), ("play", 2), ("record", 6), ("record-exit", 7), ("pause", 9)],
)
def test_a_command_of_mmc_goes_to_all_devices_and_is_not_let_go(command: str, number: int) -> None:
    talk = start(MidiWay(send="mmc", command=command))
    mark(talk, "one", "two")
    assert len(sent(talk)) == 1
    talk.run(GAP - 0.001)
    assert len(sent(talk)) == 1
    talk.run(1.0)
    assert sent(talk) == [bytes((0xF0, 0x7F, 0x7F, 0x06, number, 0xF7))] * 2
    assert len(MMC) == 5


def test_no_button_moves_the_transport_or_arms_a_track() -> None:
    harmful = {*range(24), 86, 87, 88, *range(91, 96)}  # arm, solo, mute, cycle, drop, transport
    assert not harmful & set(BUTTONS.values())


def test_colours_and_texts_are_not_sent_and_status_says_so() -> None:
    talk = start()
    talk.tell(TrackColour("Bass", BLUE), StatusText("hello"))
    assert sent(talk) == []
    assert "no names, no colours and no status text" in status(talk).detail


def test_whether_a_press_arrives_is_never_claimed() -> None:
    talk = start()
    mark(talk, "one")
    talk.hear(Osc("/anything"))
    assert status(talk).state == "unknown"
    assert "1 sent so far" in status(talk).detail


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (MidiWay(), 'presses MARKER of a Mackie Control, through "Songbridge Cues"'),
        (MidiWay(buttons=("control", "marker")), "presses CONTROL + MARKER of a Mackie Control"),
        (MidiWay("notes", "loopMIDI", channel=3), 'plays note 0 on channel 3, through "loopMIDI"'),
        (MidiWay("cc", number=9), "sends control change 9 on channel 16"),
        (MidiWay("mmc", command="play"), "MMC knows no markers"),
        (MidiWay("mmc", command="stop"), "the MMC command stop, which ends a take"),
    ],
)
def test_status_says_what_a_cue_is(way: MidiWay, words: str) -> None:
    assert words in status(start(way)).detail


def test_of_too_many_at_once_the_oldest_are_given_up_and_counted() -> None:
    talk = start()
    mark(talk, *map(str, range(MOST_WAITING + 5)))
    assert status(talk).pending == MOST_WAITING
    assert status(talk).dropped == 4
    talk.run(60.0)
    assert sent(talk) == [DOWN, UP] * (MOST_WAITING + 1)
    assert "4 not sent" in status(talk).detail


def test_a_cue_that_waited_too_long_is_not_pressed_where_its_marker_would_be_wrong() -> None:
    talk = start()
    mark(talk, "one", "two")
    talk.now += FRESH + 1.0  # the machine slept
    talk.run(5.0)
    assert sent(talk) == [DOWN, UP]
    assert status(talk).dropped == 1


def test_an_old_cue_does_not_wait_for_ever() -> None:
    talk = start()
    mark(talk, "one")
    talk.run(60.0)
    assert talk.target.wake() is None
