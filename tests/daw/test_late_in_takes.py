"""A take that begins while cues wait: what was harmless when it was told must not cut it when it goes."""

from __future__ import annotations

import pytest

from bridge.daw.ardour import ArdourTarget
from bridge.daw.bitwig import BitwigTarget
from bridge.daw.links import Links
from bridge.daw.midi import MidiTarget
from bridge.daw.midi_ear import HEARD
from bridge.daw.reaper import ReaperTarget
from bridge.daw.target import DawSettings
from bridge.daw.transport import UNKNOWN
from bridge.messages import Marker, Osc, RunAction, StopTransport
from bridge.moment import Moment
from tests.contract.daw_contract import BLUE, Conversation
from tests.standins.ardour import ArdourCore
from tests.standins.bitwig import BitwigCore
from tests.standins.reaper import PLAY, RECORD, ReaperCore

REAPER = DawSettings("reaper", port=8000, listen_port=9000)
BITWIG = DawSettings("bitwig", port=8000, listen_port=9000, action=1)
MIDI = DawSettings("midi")


def lamp(number: int, lit: int) -> Osc:
    return Osc(HEARD, (bytes((0x90, number, lit)),))


def marks(talk: Conversation, count: int) -> None:
    talk.tell(*(Marker(f"task {n}", BLUE) for n in range(count)))


# --- REAPER over plain OSC ------------------------------------------------------------------------


def reaper() -> tuple[Conversation, ReaperCore]:
    core = ReaperCore(latency=0.04)
    talk = Conversation(ReaperTarget(REAPER), core)
    talk.run(2.0)
    core.act(PLAY, talk.now)
    talk.run(1.0)
    return talk, core


@pytest.mark.parametrize("cue", [StopTransport(), RunAction("1016"), RunAction("40668")])
def test_what_waits_behind_markers_does_not_cut_a_take_that_began_in_reaper(
    cue: StopTransport | RunAction,
) -> None:
    talk, core = reaper()
    marks(talk, 5)
    talk.tell(cue)
    core.act(RECORD, talk.now)
    talk.run(30.0)
    assert talk.target.transport.recording is True
    assert Osc("/action", (1016,)) not in talk.sent
    assert not [message for message in talk.sent if message.address == "/action/str"]
    assert len(core.markers) == 5


def test_a_reaper_that_comes_later_is_not_stopped() -> None:
    talk = Conversation(ReaperTarget(REAPER))
    talk.run(7.0)
    talk.tell(StopTransport())
    talk.daw = core = ReaperCore(latency=0.04)
    core.act(PLAY, talk.now)
    talk.run(20.0)
    assert Osc("/action", (1016,)) not in talk.sent
    assert talk.target.status(talk.moment).dropped == 0


def test_what_no_list_calls_harmless_is_not_run_during_a_take_in_reaper() -> None:
    talk, core = reaper()
    core.act(RECORD, talk.now)
    talk.run(1.0)
    talk.tell(RunAction("40668"), RunAction("_RS1"))  # 40668: stop and delete all recorded media
    talk.tell(RunAction("40157"))
    talk.run(5.0)
    assert [m.args for m in talk.sent if m.address == "/action/str"] == [("40157",)]
    status = talk.target.status(talk.moment)
    assert status.dropped == 2
    assert '"action _RS1"' in status.detail


# --- Bitwig, Ardour, MIDI -------------------------------------------------------------------------


def test_an_action_that_waits_is_not_run_in_a_take_that_began_in_bitwig() -> None:
    core = BitwigCore(latency=0.04)
    talk = Conversation(BitwigTarget(BITWIG), core)
    talk.run(7.0)
    marks(talk, 4)
    talk.tell(RunAction("7"))
    core.play(talk.now, recording=True)
    talk.run(30.0)
    assert Osc("/action/7") not in talk.sent
    status = talk.target.status(talk.moment)
    assert (status.pending, status.dropped) == (0, 1)


def test_a_bitwig_that_is_armed_and_stands_runs_no_take() -> None:
    core = BitwigCore()
    talk = Conversation(BitwigTarget(BITWIG), core)
    talk.run(7.0)
    core.playing, core.recording = False, True
    core.flush(talk.now)
    talk.run(1.0)
    assert talk.target.transport.recording is False
    core.playing = True
    core.flush(talk.now)
    talk.run(1.0)
    assert talk.target.transport.recording is True


def test_an_action_that_waited_for_ardour_is_not_run_in_its_take() -> None:
    core = ArdourCore(running=False)
    talk = Conversation(ArdourTarget(DawSettings("ardour", port=3819)), core)
    talk.run(3.0)
    talk.tell(Marker("one", BLUE), RunAction("Editor/undo"))
    core.begin()
    core.roll(talk.now, record=True)
    talk.run(20.0)
    assert (core.names, core.ran) == (["one"], [])
    status = talk.target.status(talk.moment)
    assert (status.pending, status.dropped) == (0, 1)


@pytest.mark.parametrize("cue", [StopTransport(), RunAction("undo")])
def test_a_button_that_waits_is_not_pressed_in_a_take_that_began(
    cue: StopTransport | RunAction,
) -> None:
    talk = Conversation(MidiTarget(MIDI))
    talk.hear(lamp(93, 0), lamp(94, 127), lamp(95, 0))
    marks(talk, 3)
    talk.tell(cue)
    talk.hear(lamp(95, 127))
    talk.run(10.0)
    assert [m.data[1] for m in talk.midi] == [84] * 6
    status = talk.target.status(talk.moment)
    assert (status.pending, status.dropped) == (0, 1)


# --- a way that closes ----------------------------------------------------------------------------


def test_a_daw_whose_way_is_closed_holds_no_take() -> None:
    links = Links([MIDI])
    for one in (lamp(93, 0), lamp(94, 127), lamp(95, 127)):
        links.hear("midi", one, Moment(10.0, 10.0))
    assert links.transports()["midi"].recording is True
    links.closed({"midi"}, Moment(11.0, 11.0))
    assert links.transports()["midi"] == UNKNOWN
