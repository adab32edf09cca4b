from __future__ import annotations

from bridge.daw.ableton_pulse import AGAIN, BEAT, KNOCK, LOOK, TRIES, VERSION
from bridge.daw.transport import Transport
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
