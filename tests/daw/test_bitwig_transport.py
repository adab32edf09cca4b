from __future__ import annotations

import pytest

from bridge.daw.bitwig import BitwigTarget
from bridge.daw.bitwig_waiting import (
    DUMP,
    PATIENCE,
    REFRESH,
    STOP,
)
from bridge.daw.target import DawSettings
from bridge.daw.transport import Transport
from bridge.messages import (
    Osc,
    RunAction,
    StatusText,
    StopTransport,
    TrackColour,
)
from tests.contract.daw_contract import BLUE
from tests.standins.bitwig import BitwigCore
from tests.standins.bitwig_talk import INSERT, SETTINGS, mark, met, start, status, transport


@pytest.mark.parametrize("number", ["1", "20"])
def test_any_of_the_twenty_actions_is_run_in_its_turn(number: str) -> None:
    core = BitwigCore(latency=0.03)
    talk = met(core)
    mark(talk, "one")
    talk.tell(RunAction(number))
    assert talk.sent == [INSERT]
    talk.run(1.0)
    assert talk.sent == [INSERT, Osc(f"/action/{number}")]
    assert (status(talk).pending, status(talk).dropped) == (0, 0)


@pytest.mark.parametrize("number", ["0", "21", "1 ", "\u0661", "insert"])
def test_what_is_none_of_the_twenty_is_not_sent_and_told(number: str) -> None:
    talk = met(BitwigCore())
    talk.tell(RunAction(number))
    talk.run(1.0)
    sent = [Osc("/action/1")] if number == "1 " else []
    assert talk.sent == sent
    assert status(talk).dropped == 1 - len(sent)


def test_an_action_waits_for_bitwig_as_a_marker_does() -> None:
    talk = start()
    talk.tell(RunAction("7"))
    talk.run(1.0)
    talk.hear(Osc("/play", (0,)))
    assert talk.sent == [REFRESH, Osc("/action/7")]


def test_during_a_take_nothing_is_stopped_and_no_action_run() -> None:
    core = BitwigCore()
    talk = met(core)
    core.play(talk.now, recording=True)
    talk.run(0.1)
    talk.tell(StopTransport(), RunAction("7"))
    talk.run(1.0)
    assert talk.sent == []
    assert 'the last was "action 7"' in status(talk).detail


def test_a_playing_bitwig_is_stopped_where_it_is_and_one_that_stands_is_not_sent_back() -> None:
    core = BitwigCore()
    talk = met(core)
    talk.tell(StopTransport())
    assert talk.sent == []
    core.play(talk.now)
    talk.run(0.1)
    talk.tell(StopTransport())
    assert talk.sent == [STOP]


def test_of_a_bitwig_that_went_nothing_is_believed_any_more() -> None:
    core = BitwigCore()
    talk = met(core)
    core.play(talk.now)
    talk.run(0.1)
    talk.daw = None
    mark(talk, "one")
    talk.run(PATIENCE + DUMP + 0.1)
    assert status(talk).state == "silent"
    assert transport(talk) == Transport()
    talk.tell(StopTransport())
    assert STOP not in talk.sent


def test_what_a_file_recalls_and_is_no_pair_of_colours_is_passed_over() -> None:
    target = BitwigTarget(SETTINGS)
    target.recall({"Bass": "rgb(1,2,3)", "Drums": "a b c", "Keys": "rgb(1,2,3) rgb(4,5,6)"})
    assert list(target.originals) == ["Keys"]


def test_without_feedback_no_track_is_asked_for_and_status_says_so() -> None:
    talk = start(settings=DawSettings("bitwig", port=8000, action=1))
    talk.tell(TrackColour("Bass", BLUE))
    mark(talk, "one")
    talk.run(20.0)
    assert talk.sent == [INSERT]
    assert "can't be heard" in status(talk).detail
    assert status(talk).state == "unknown"


def test_a_text_has_no_place_in_bitwig() -> None:
    talk = start()
    talk.tell(StatusText("hello"))
    assert talk.sent == []
