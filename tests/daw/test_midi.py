from __future__ import annotations

import pytest

from bridge.daw.midi import GAP, HOLD, MOST_WAITING, MidiTarget
from bridge.daw.midi_ear import ECHO, HEARD, LONGEST_TAKE, STALE
from bridge.daw.midi_way import BUTTONS, MMC, MidiWay
from bridge.daw.target import DawSettings, LinkStatus
from bridge.daw.transport import Transport
from bridge.messages import Marker, Osc, RunAction, StatusText, StopTransport, TrackColour
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
    talk.run(600.0)
    assert sent(talk) == [DOWN, UP] * (MOST_WAITING + 1)
    assert "4 not sent" in status(talk).detail


def test_an_old_cue_does_not_wait_for_ever() -> None:
    talk = start()
    mark(talk, "one")
    talk.run(60.0)
    assert talk.target.wake() is None


# --- actions and stopping -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "action", "down"),
    [
        (MidiWay(), "rewind", "90 5b 7f"),
        (MidiWay(), " Save ", "90 50 7f"),
        (MidiWay(), "option + f1", "90 47 7f/90 36 7f"),
        (MidiWay("notes", channel=2), "60", "91 3c 7f"),
        (MidiWay("cc"), "118", "bf 76 7f"),
        (MidiWay("mmc", command="play"), "rewind", "f0 7f 7f 06 05 f7"),
    ],
)
def test_an_action_is_a_button_a_number_or_a_command(way: MidiWay, action: str, down: str) -> None:
    talk = start(way)
    talk.tell(RunAction(action))
    assert "/".join(data.hex(" ") for data in sent(talk)) == down
    talk.run(1.0)
    assert status(talk).dropped == 0
    assert len(sent(talk)) == (1 if way.send == "mmc" else 2 * len(down.split("/")))


@pytest.mark.parametrize(
    ("way", "action"),
    [
        (MidiWay(), "fader"), (MidiWay(), ""), (MidiWay(), "f1 + f1"), (MidiWay(), "f1+f2+f3+f4"),
        (MidiWay("cc"), "128"), (MidiWay("cc"), "-1"), (MidiWay("cc"), "\u0661"),
        (MidiWay("notes"), "play"), (MidiWay("mmc", command="play"), "7"),
    ],
)  # fmt: skip
def test_what_is_no_action_of_that_way_is_not_sent_and_told(way: MidiWay, action: str) -> None:
    talk = start(way)
    talk.tell(RunAction(action))
    talk.run(1.0)
    assert sent(talk) == []
    assert status(talk).dropped == 1
    assert f'the last was "{action}"' in status(talk).detail


def test_markers_and_actions_keep_their_order() -> None:
    talk = start()
    mark(talk, "one")
    talk.tell(RunAction("save"))
    mark(talk, "two")
    talk.run(1.0)
    assert [data[1] for data in sent(talk)[::2]] == [84, 80, 84]


def test_a_press_that_the_port_does_not_take_is_counted_once_and_not_as_sent() -> None:
    talk = start(MidiWay(buttons=("marker", "push6")))
    mark(talk, "one")
    assert isinstance(talk.target, MidiTarget)
    for message in list(talk.midi):
        talk.target.unsent(message, talk.moment)
    talk.run(1.0)
    talk.target.unsent(talk.midi[-1], talk.moment)  # to let go of what was not pressed is no cue
    assert status(talk).dropped == 1
    assert 'the last was "one"' in status(talk).detail
    assert "sent so far" not in status(talk).detail


def lamps(talk: Conversation, **lit: int) -> None:
    for name, value in lit.items():
        talk.hear(Osc(HEARD, (bytes((0x90, {"stop": 93, "play": 94, "record": 95}[name], value)),)))


def said(talk: Conversation, *data: int) -> None:
    talk.hear(Osc(HEARD, (bytes(data),)))


STOP_BUTTON = [bytes((0x90, 93, 0x7F)), bytes((0x90, 93, 0))]


def test_a_daw_that_plays_is_stopped_and_one_that_stands_is_not_rewound() -> None:
    talk = start()
    lamps(talk, stop=127, play=0, record=0)
    talk.tell(StopTransport())
    assert sent(talk) == []
    lamps(talk, stop=0, play=127)
    talk.tell(StopTransport())
    talk.run(1.0)
    assert sent(talk) == STOP_BUTTON


def test_a_daw_that_records_or_of_which_nothing_is_known_is_never_stopped() -> None:
    unheard, records, plays = start(), start(), start()
    lamps(records, stop=0, play=127, record=127)
    said(plays, 0xFA)  # whether it records, MIDI clock doesn't say
    for talk in (unheard, records, plays):
        talk.tell(StopTransport())
        talk.run(1.0)
        assert sent(talk) == []


def test_during_a_take_no_action_is_run_and_that_is_told() -> None:
    talk = start()
    lamps(talk, stop=0, play=127, record=127)
    talk.tell(RunAction("undo"))
    mark(talk, "one")
    assert sent(talk) == [DOWN]
    assert 'the last was "undo"' in status(talk).detail


def test_a_machine_is_stopped_by_its_command_and_a_note_stops_nothing() -> None:
    machine, note = start(MidiWay("mmc", command="play")), start(MidiWay("notes"))
    for talk in (machine, note):
        lamps(talk, stop=0, play=127, record=0)
        talk.tell(StopTransport())
    assert sent(machine) == [bytes((0xF0, 0x7F, 0x7F, 0x06, 0x01, 0xF7))]
    assert sent(note) == []


# --- what the DAW tells ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lit", "playing", "recording"),
    [
        ({"stop": 127, "play": 0, "record": 0}, False, False),
        ({"stop": 0, "play": 127, "record": 0}, True, False),
        ({"stop": 0, "play": 127, "record": 127}, True, True),
        ({"stop": 0, "play": 127, "record": 1}, True, True),
        ({"stop": 127, "play": 0, "record": 127}, False, False),  # it only waits for a take
        ({"play": 0, "record": 127}, False, True),  # rather a take too many
        ({"play": 127}, True, False),
        ({"record": 127}, None, None),
    ],
)
def test_the_lamps_of_a_mackie_control_tell_of_the_transport(
    lit: dict[str, int], playing: bool | None, recording: bool | None
) -> None:
    talk = start()
    lamps(talk, **lit)
    assert talk.target.transport == Transport(playing, recording)
    assert "its transport is heard" in status(talk).detail


@pytest.mark.parametrize(
    ("messages", "playing", "recording"),
    [
        ([(0xFA,)], True, None),
        ([(0xFB,)], True, None),
        ([(0xFA,), (0xFC,)], False, False),
        ([(0xF0, 0x7F, 0x7F, 6, 2, 0xF7)], True, None),
        ([(0xF0, 0x7F, 0x10, 6, 3, 0xF7), (0xF0, 0x7F, 0x10, 6, 6, 0xF7)], True, True),
        ([(0xF0, 0x7F, 0, 6, 6, 0xF7), (0xF0, 0x7F, 0, 6, 7, 0xF7)], None, False),
        ([(0xFA,), (0xF0, 0x7F, 0, 6, 9, 0xF7)], False, False),
        ([(0xFA,), (0xF0, 0x7F, 0, 6, 1, 0xF7)], False, False),
        ([(0xFA,), (0xF0, 0x7F, 0, 6, 0x44, 0xF7)], True, None),
    ],
)
def test_machine_control_and_clock_tell_of_the_transport_too(
    messages: list[tuple[int, ...]], playing: bool | None, recording: bool | None
) -> None:
    talk = start()
    for data in messages:
        said(talk, *data)
    assert talk.target.transport == Transport(playing, recording)


@pytest.mark.parametrize(
    "data",
    [
        (0x90, 92, 127), (0x90, 96, 127), (0x91, 94, 127), (0x80, 94, 0), (0xF0, 0x7F, 0, 7, 2, 0xF7),
        (0xF0, 0x7E, 0, 6, 2, 0xF7), (0xF0, 0x7F, 0, 6, 2, 0), (0xF8,), (0xB0, 94), (0xF0, 0xF7),
    ],
)  # fmt: skip
def test_nothing_else_does(data: tuple[int, ...]) -> None:
    talk = start()
    said(talk, *data)
    talk.hear(Osc(HEARD, ("90 5e 7f",)), Osc(HEARD, (b"",)), Osc(HEARD))
    assert talk.target.transport == Transport()


def test_a_take_whose_daw_has_ended_is_no_take_for_ever() -> None:
    talk = start()
    lamps(talk, stop=0, play=127, record=127)
    talk.run(STALE - 1.0)
    said(talk, 0xB0, 0x40, 0x31)  # its display goes on
    talk.run(STALE - 1.0)
    assert talk.target.transport == Transport(playing=True, recording=True)
    talk.run(2.0)
    assert talk.target.transport == Transport()
    assert talk.target.wake() is None


def test_a_take_of_which_only_mmc_told_ends_when_its_daw_said_nothing_for_an_hour() -> None:
    talk = start(MidiWay("mmc", command="play"))
    said(talk, 0xF0, 0x7F, 0x7F, 6, 6, 0xF7)
    lamps(talk, stop=0)
    talk.run(LONGEST_TAKE - 1.0)
    assert talk.target.transport.recording is True
    said(talk, 0xF8)  # its clock goes on
    talk.run(LONGEST_TAKE - 1.0)
    assert talk.target.transport.recording is True
    talk.run(2.0)
    assert talk.target.transport == Transport()
    assert talk.target.wake() is None


def test_a_daw_that_stands_still_may_say_nothing_for_as_long_as_it_likes() -> None:
    talk = start()
    lamps(talk, stop=127, play=0, record=0)
    talk.run(3600.0)
    assert talk.target.transport == Transport(playing=False, recording=False)


def test_what_we_sent_is_not_heard_when_a_cable_brings_it_back() -> None:
    talk = start()
    talk.tell(RunAction("play"))
    talk.now += ECHO / 2
    said(talk, 0x90, 94, 0x7F)
    assert talk.target.transport == Transport()
    talk.now += ECHO
    said(talk, 0x90, 94, 0x7F)  # the DAW's own lamp
    assert talk.target.transport == Transport(playing=True, recording=False)
