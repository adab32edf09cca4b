from __future__ import annotations

import pytest

from bridge.daw.ableton_ask import PATIENCE
from bridge.daw.ableton_mend import TOGGLE
from bridge.daw.ableton_pulse import AGAIN, BEAT, KNOCK, LOOK, TRIES, VERSION
from bridge.daw.ableton_transport import Listened
from bridge.daw.transport import Transport
from bridge.messages import Osc
from tests.standins.ableton import AbletonCore
from tests.standins.ableton_talk import Talk

LISTEN = "/live/song/start_listen/"


def test_a_quiet_live_is_asked_for_a_sign_of_life_that_shows_nowhere_in_live() -> None:
    live = AbletonCore()
    talk = Talk(live, met=True)
    talk.run(BEAT * 2)
    talk.sent.clear()
    talk.run(BEAT * 4)
    assert {m.address for m in talk.sent} == {VERSION}
    assert 3 <= len(talk.sent) <= 4
    assert live.shown == []


def test_a_live_that_tells_something_is_not_asked() -> None:
    live = AbletonCore()
    talk = Talk(live, met=True)
    for _ in range(10):
        live.tempo += 1.0
        talk.run(BEAT - 0.5)
    assert talk.sent == []


def test_a_live_that_quits_without_a_word_is_noticed_and_its_transport_forgotten() -> None:
    live = AbletonCore()
    talk = Talk(live, met=True)
    live.play(record=True)
    talk.run(0.3)
    assert talk.ableton.transport.recording is True
    live.stands = True
    talk.run(BEAT + AGAIN - 0.4)
    assert talk.status.state == "ready"
    assert talk.ableton.transport.recording is True
    talk.run(0.5)
    assert talk.status.state == "silent"
    talk.run(AGAIN * (TRIES - 1))
    assert talk.ableton.transport == Transport()


def test_a_live_that_is_back_without_a_word_is_listened_to_again() -> None:
    live = AbletonCore()
    talk = Talk(live, met=True)
    live.stands = True
    talk.run(60.0)
    live.stands = False
    live._waiting.clear()
    live._listened.clear()
    live.playing = True
    talk.sent.clear()
    talk.run(KNOCK + 0.5)
    assert len(talk.asked(LISTEN + "is_playing")) == 1
    assert talk.ableton.transport.playing is True
    assert talk.status.state == "ready"


def test_one_lost_answer_is_no_lost_live() -> None:
    live = AbletonCore()
    talk = Talk(live, met=True)
    live.play()
    talk.run(BEAT - 0.3)
    live.stands = True
    talk.run(1.5)
    live._waiting.clear()
    live.stands = False
    talk.run(30.0)
    assert talk.ableton.transport.playing is True
    assert talk.asked(LISTEN + "tempo") == []


def test_a_refused_datagram_is_a_lost_live_at_once() -> None:
    talk = Talk(AbletonCore(), met=True)
    talk.daw = None
    talk.unsent()
    assert talk.ableton.transport == Transport()
    assert talk.status.state == "silent"
    assert talk.sent == []
    talk.mark("mine")
    talk.run(2.0)
    assert talk.status.pending == 1
    assert len(talk.sent) <= 2


def test_listeners_that_another_program_took_away_are_set_again() -> None:
    live = AbletonCore()
    talk = Talk(live, met=True)
    talk.run(LOOK)
    live._listened.clear()
    live.play()
    talk.run(LOOK + BEAT + 1.0)
    assert talk.ableton.transport.playing is True
    assert len(talk.asked(LISTEN + "is_playing")) == 1
    live.playing = False
    talk.run(0.3)
    assert talk.ableton.transport.playing is False


def test_a_live_that_quits_while_it_is_asked_about_a_cue_is_noticed_as_soon() -> None:
    live = AbletonCore()
    talk = Talk(live, met=True, keep=60.0)
    live.stands = True
    talk.mark("mine")
    talk.run(4.1)
    assert talk.ableton.transport == Transport()
    assert (talk.status.pending, talk.status.dropped) == (1, 0)


def test_a_live_that_stands_still_after_the_toggle_is_given_more_time() -> None:
    live = AbletonCore(playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("mine")
    while not talk.asked(TOGGLE):
        talk.run(0.02)
    live.stands = True
    talk.run(PATIENCE - 1.0)
    live.stands = False
    talk.run(2.0)
    assert live.named == [("mine", 8.0)]
    assert talk.status.dropped == 0


@pytest.mark.parametrize("armed", ["record_mode", "session_record"])
def test_one_record_button_is_enough_for_a_take_and_both_must_be_off_for_none(armed: str) -> None:
    listened = Listened()
    other = "record_mode" if armed == "session_record" else "session_record"
    assert listened.hear(Osc("/live/song/get/is_playing", (True,)))
    assert listened.hear(Osc(f"/live/song/get/{armed}", (False,)))
    assert listened.value.recording is None
    assert listened.hear(Osc(f"/live/song/get/{armed}", (1,)))
    assert listened.value.recording is True
    assert not listened.hear(Osc(f"/live/song/get/{armed}", (1,)))
    assert listened.hear(Osc(f"/live/song/get/{armed}", (0,)))
    assert listened.hear(Osc(f"/live/song/get/{other}", (0,)))
    assert listened.value.recording is False


@pytest.mark.parametrize("args", [(), ("yes",), (None,), (1.0,)])
def test_what_can_not_be_a_state_is_not_heard(args: tuple[str | float | None, ...]) -> None:
    listened = Listened()
    assert not listened.hear(Osc("/live/song/get/is_playing", args))
    assert not listened.hear(Osc("/live/song/get/loop", (True,)))
    assert listened.value == Transport()
