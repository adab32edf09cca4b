from __future__ import annotations

import pytest

from bridge.daw.ableton import SETTLE, AbletonTarget
from bridge.daw.ableton_ask import END
from bridge.daw.ableton_mend import TOGGLE
from bridge.daw.ableton_names import LIST, SET_NAME
from bridge.daw.ableton_pulse import KNOCK, VERSION
from bridge.daw.ableton_reach import fitting
from bridge.daw.ableton_state import NOTICE
from bridge.daw.target import DawSettings
from bridge.daw.transport import Transport
from bridge.messages import Osc, StatusText
from tests.contract.daw_contract import Conversation, DawContract
from tests.standins.ableton import AbletonCore
from tests.standins.ableton_set import PALETTE, LiveSet, Track, nearest
from tests.standins.ableton_talk import Talk

LISTEN = "/live/song/start_listen/"


class TestContract(DawContract):
    kind = "ableton"
    paints = True
    unsure = 24  # names of one press share a locator, and are in doubt together

    def daw(self) -> AbletonCore:
        return AbletonCore(song=LiveSet(tracks=[Track("Bass"), Track("Drums", PALETTE[3])]))

    def names(self, sent: list[Osc]) -> list[str]:
        """Return what each name adds to the one before; the newest stands first in it."""
        told: list[str] = []
        before: tuple[str, ...] = ()
        for message in sent:
            if message.address != SET_NAME or not message.args:
                continue
            name = tuple(str(message.args[1]).split(" / "))
            cuts = range(1, len(name))
            fits = (n for n in cuts if fitting((*name[:n], *before)) == name)
            new = next(fits, len(name))
            told += reversed(name[:new])
            before = name
        return told

    def colours(self, talk: Conversation) -> dict[str, str]:
        assert isinstance(talk.daw, AbletonCore)
        return {track.name: f"#{track.colour:06X}" for track in talk.daw.song.tracks}

    def shown(self, colour: str) -> str:
        return f"#{nearest(int(colour[1:], 16)):06X}"


# --- who is there ---


def test_live_is_greeted_before_any_cue() -> None:
    talk = Talk()
    wake = talk.target.wake()
    assert wake is not None
    assert wake <= talk.now
    talk.run(0.0)
    assert [m.address for m in talk.sent] == [VERSION, END]
    assert talk.status.state == "unknown"


def test_its_transport_is_known_before_any_cue() -> None:
    talk = Talk(AbletonCore(tempo=97.5))
    talk.run(1.0)
    assert talk.ableton.transport == Transport(playing=False, recording=False, tempo=97.5)
    assert talk.status.state == "ready"


def test_the_version_shows_in_status() -> None:
    talk = Talk(AbletonCore(version=(12, 3)), met=True)
    assert talk.status.detail.startswith("Live 12.3 answers")


def test_status_promises_names_only_after_the_first_was_taken() -> None:
    talk = Talk(AbletonCore(), met=True)
    assert "shows with the first one" in talk.status.detail
    talk.mark("mine")
    talk.run(2.0)
    assert "placed and named" in talk.status.detail


def test_a_live_that_is_not_there_is_knocked_on_every_five_seconds_and_no_more() -> None:
    talk = Talk()
    talk.mark("mine")
    talk.run(600.0)
    assert KNOCK == 5.0
    assert len(talk.asked(VERSION)) == len(talk.sent) / 2 == 1 + 120
    assert talk.status.state == "silent"
    assert talk.status.dropped == 1
    assert "Control Surface" in talk.status.detail
    assert 'the last was "mine"' in talk.status.detail


@pytest.mark.parametrize("keep", [1.5, 10.0, 60.0])
def test_a_cue_is_kept_as_long_as_the_settings_say(keep: float) -> None:
    talk = Talk(keep=keep)
    talk.mark("mine")
    talk.tell(StatusText("hello"))
    talk.run(keep - 0.01)
    assert (talk.status.pending, talk.status.dropped) == (2, 0)
    talk.run(0.02)
    assert (talk.status.pending, talk.status.dropped) == (0, 2)


def test_a_live_that_comes_within_ten_seconds_still_gets_the_cue() -> None:
    live = AbletonCore(playhead=8.0, stands=True)
    talk = Talk(live)
    talk.mark("mine")
    talk.run(5.0)
    assert talk.status.state == "silent"
    live.stands = False
    talk.run(3.0)
    assert live.named == [("mine", 8.0)]
    assert talk.status.state == "ready"


def test_silence_shows_after_two_seconds_and_not_before() -> None:
    live = AbletonCore()
    talk = Talk(live, met=True)
    live.stands = True
    talk.mark("mine")
    talk.run(NOTICE - 0.1)
    assert talk.status.state == "ready"
    talk.run(0.2)
    assert talk.status.state == "silent"


def test_a_live_that_stood_still_for_a_while_gets_its_cue_named() -> None:
    live = AbletonCore(playhead=8.0)
    talk = Talk(live, met=True)
    live.stands = True
    talk.mark("mine")
    talk.run(9.0)
    live.stands = False
    talk.run(2.0)
    assert live.named == [("mine", 8.0)]
    assert talk.status.dropped == 0


def test_a_live_that_went_away_in_the_middle_costs_only_the_cue_it_may_have() -> None:
    live = AbletonCore(playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("in doubt")
    while not talk.asked(TOGGLE):
        talk.run(0.02)
    live.stands = True
    talk.run(60.0)
    assert talk.status.dropped == 1
    assert 'the last was "in doubt"' in talk.status.detail
    live.stands = False
    live._waiting.clear()
    talk.sent.clear()
    talk.run(6.0)
    assert len(talk.asked(LISTEN + "tempo")) == 1
    talk.mark("mine")
    talk.run(3.0)
    assert live.named == [("mine", 8.0)]


# --- which port ---


def test_a_port_other_than_abletonoscs_own_is_named_as_the_cause() -> None:
    talk = Conversation(AbletonTarget(DawSettings("ableton", port=11000, listen_port=9000)))
    talk.tell(StatusText("hello"))
    talk.run(5.0)
    assert "answers on port 11001 only" in talk.target.status(talk.moment).detail


def test_without_a_port_to_hear_on_the_status_says_what_is_missing() -> None:
    target = AbletonTarget(DawSettings("ableton", port=11000))
    assert 'listen = "127.0.0.1:11001"' in target.status(Talk().moment).detail


# --- listening ---


def test_the_transport_is_listened_to_from_the_first_contact_on() -> None:
    live = AbletonCore(tempo=97.5)
    talk = Talk(live)
    assert talk.ableton.transport == Transport()
    talk.tell(StatusText("hello"))
    talk.run(2.0)
    assert talk.ableton.transport == Transport(playing=False, recording=False, tempo=97.5)
    live.play(record=True)
    talk.run(0.3)
    assert talk.ableton.transport == Transport(playing=True, recording=True, tempo=97.5)


def test_record_mode_alone_is_no_recording_while_the_song_stands() -> None:
    live = AbletonCore()
    talk = Talk(live, met=True)
    live.recording = True
    talk.run(0.3)
    assert talk.ableton.transport.recording is False
    live.playing = True
    talk.run(0.3)
    assert talk.ableton.transport.recording is True


def test_after_a_restart_of_live_the_listeners_are_set_anew_a_little_later() -> None:
    live = AbletonCore()
    talk = Talk(live, met=True)
    talk.hear(*live.reload(LiveSet(tracks=[Track("Bass")])))
    assert talk.ableton.transport == Transport()
    talk.run(SETTLE - 0.01)
    assert talk.sent == []
    talk.run(2.0)
    assert len(talk.asked(LISTEN + "is_playing")) == 1
    live.play()
    talk.run(0.3)
    assert talk.ableton.transport.playing is True


def test_a_live_that_announces_itself_is_met_without_a_cue() -> None:
    live = AbletonCore()
    talk = Talk(live)
    talk.hear(*live.reload())
    assert "just started" in talk.status.detail
    talk.run(3.0)
    assert talk.status.state == "ready"
    assert live.named == []


def test_a_restart_before_the_toggle_costs_no_cue() -> None:
    live = AbletonCore(playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("mine")
    talk.hear(*live.reload(LiveSet()))
    talk.run(4.0)
    assert live.named == [("mine", 8.0)]
    assert talk.status.dropped == 0


def test_a_restart_after_the_toggle_repeats_nothing() -> None:
    live = AbletonCore(playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("mine")
    while not talk.asked(TOGGLE):
        talk.run(0.02)
    talk.hear(*live.reload(LiveSet()))
    talk.run(4.0)
    assert len(talk.asked(TOGGLE)) == 1
    assert talk.status.dropped == 1


def test_a_restart_while_the_new_locator_is_looked_for_repeats_nothing() -> None:
    live = AbletonCore(playhead=8.0, shows_late=3)
    talk = Talk(live, met=True)
    talk.mark("mine")
    while talk.sent[-2:] != [Osc(LIST), talk.sent[-1]] or not talk.asked(TOGGLE):
        talk.run(0.02)
    talk.hear(*live.reload(LiveSet()))
    talk.run(4.0)
    assert len(talk.asked(TOGGLE)) == 1


def test_a_listener_that_fails_is_told_by_its_name() -> None:
    live = AbletonCore()

    def fail(_args: object) -> None:
        raise RuntimeError("Observer not connected")

    live._handlers[LISTEN + "record_mode"] = fail
    talk = Talk(live, met=True)
    assert talk.status.state == "trouble"
    assert "does not tell record_mode (Error handling OSC message: Observer" in talk.status.detail
    assert talk.ableton.transport.playing is False
    assert talk.ableton.transport.tempo == 120.0
