from __future__ import annotations

import pytest

from bridge.daw.ableton_ask import END
from bridge.daw.ableton_mend import TOGGLE
from bridge.daw.ableton_names import SHOW
from bridge.daw.ableton_pulse import KNOCK
from bridge.daw.ableton_transport import STOP
from bridge.daw.ableton_waiting import MOST_MARKERS
from bridge.daw.transport import Transport
from bridge.messages import Osc, RunAction, StatusText, StopTransport
from tests.standins.ableton import AbletonCore
from tests.standins.ableton_set import LiveSet, Track
from tests.standins.ableton_talk import Talk

# --- texts, pace, queue ---


def test_a_text_shows_in_lives_status_bar_at_once_even_while_a_locator_is_set() -> None:
    live = AbletonCore()
    talk = Talk(live, met=True)
    talk.mark("mine")
    talk.tell(StatusText("Write chords (20m)"))
    assert talk.sent[-1] == Osc(SHOW, ("Write chords (20m)",))


def test_of_many_texts_in_one_tick_the_first_and_the_last_show() -> None:
    live = AbletonCore()
    talk = Talk(live, met=True)
    talk.tell(*(StatusText(f"text {n}") for n in range(500)))
    talk.run(2.0)
    assert live.shown == ["text 0", "text 499"]


def test_a_text_that_found_no_live_is_not_shown_much_later() -> None:
    live = AbletonCore(stands=True)
    talk = Talk(live)
    talk.tell(StatusText("old"))
    talk.run(60.0)
    assert talk.status.dropped == 1
    live.stands = False
    live._waiting.clear()
    talk.mark("mine")
    talk.run(9.0)
    assert live.shown == []
    assert [name for name, _ in live.named] == ["mine"]


def test_no_tick_gets_more_than_abletonosc_can_hold() -> None:
    live = AbletonCore(song=LiveSet(tracks=[Track(f"track {n}") for n in range(40)]))
    talk = Talk(live, met=True)
    for n in range(400):
        talk.mark(f"cue {n}")
        talk.paint(f"track {n % 40}")
        talk.tell(StatusText(f"text {n}"))
    talk.run(60.0)
    assert 0 < live.busiest <= 32
    assert live.lost == 0


def test_a_full_queue_drops_the_oldest_and_counts_them() -> None:
    talk = Talk()
    talk.mark(*(str(n) for n in range(MOST_MARKERS + 2)))
    assert MOST_MARKERS == 512
    assert talk.status.pending == MOST_MARKERS
    assert talk.status.dropped == 2
    assert 'the last was "1"' in talk.status.detail


def test_one_question_at_a_time_is_asked() -> None:
    live = AbletonCore()
    talk = Talk(live, met=True)
    talk.mark("one", "two")
    assert len(talk.asked(END)) == 1
    assert talk.status.pending == 2


def test_a_machine_that_slept_in_the_middle_goes_on_with_the_next_cue() -> None:
    live = AbletonCore(playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("before the night")
    while not talk.asked(TOGGLE):
        talk.run(0.02)
    live.stands = True
    talk.now += 30_000
    live._waiting.clear()
    live.advance(talk.now)
    live.stands = False
    talk.mark("in the morning")
    talk.run(KNOCK + 3.0)
    assert live.named == [("in the morning", 8.0)]
    assert talk.status.dropped == 1


@pytest.mark.parametrize("text", ["", 7, "x" * 500, "Traceback\nmost recent\tcall"])
def test_an_error_however_strange_is_one_short_line(text: object) -> None:
    live = AbletonCore(playhead=8.0)
    live._handlers[TOGGLE] = lambda _args: None
    talk = Talk(live, met=True)
    talk.mark("mine")
    while not talk.asked(TOGGLE):
        talk.run(0.02)
    talk.hear(Osc("/live/error", (text,)))  # type: ignore[arg-type] # whatever comes
    talk.run(3.0)
    assert "placed no locator" in talk.status.detail
    assert len(talk.status.detail) < 300
    assert "\n" not in talk.status.detail


# --- bursts ---


def test_a_burst_at_one_playhead_is_told_in_seconds_and_the_newest_names_stay() -> None:
    live = AbletonCore(playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark(*(f"cue {n}" for n in range(500)))
    assert talk.status.pending == 500
    talk.run(15.0)
    assert (talk.status.pending, talk.status.dropped) == (0, 0)
    ((name, _),) = live.named
    newest = [f"cue {n}" for n in range(499, 499 - len(name.split(" / ")), -1)]
    assert name.split(" / ") == newest
    assert 150 < len(name) <= 200
    assert len(talk.asked(TOGGLE)) == 1


def test_five_hundred_cues_of_every_kind_at_once_overrun_no_tick_and_lose_nothing() -> None:
    tracks = [Track(f"track {n}") for n in range(40)]
    live = AbletonCore(playhead=8.0, song=LiveSet(tracks=tracks))
    talk = Talk(live, met=True)
    live.play()
    for n in range(500):
        talk.mark(f"cue {n}")
        talk.paint(f"track {n % 40}", "#FF3636" if n > 400 else "#3DC300")
        talk.tell(StatusText(f"text {n}"), StopTransport())
    talk.run(60.0)
    assert live.busiest <= 32
    assert live.lost == 0
    assert (talk.status.pending, talk.status.dropped) == (0, 0)
    assert {track.colour for track in live.song.tracks} == {0xFF3636}
    assert live.shown[-1] == "text 499"


def test_while_live_answers_no_cue_is_too_old() -> None:
    live = AbletonCore(playhead=8.0)
    talk = Talk(live, met=True, keep=0.5)
    talk.mark(*(f"cue {n}" for n in range(500)))
    talk.run(20.0)
    assert (talk.status.pending, talk.status.dropped) == (0, 0)


def test_a_colour_that_live_did_not_answer_for_gives_way_to_a_newer_one() -> None:
    live = AbletonCore(song=LiveSet(tracks=[Track("Bass"), Track("Keys")]))
    talk = Talk(live, met=True)
    live.stands = True
    talk.paint("Bass", "#FF3636")
    talk.paint("Bass", "#3DC300")
    talk.run(20.0)
    live._waiting.clear()
    live.stands = False
    talk.run(10.0)
    assert live.song.tracks[0].colour == 0x3DC300


def test_a_colour_that_live_did_not_answer_for_is_sent_when_it_is_back() -> None:
    live = AbletonCore(song=LiveSet(tracks=[Track("Bass")]))
    talk = Talk(live, met=True)
    live.stands = True
    talk.paint("Bass", "#FF3636")
    talk.run(3600.0)
    live._waiting.clear()
    live.stands = False
    talk.run(10.0)
    assert live.song.tracks[0].colour == 0xFF3636
    assert talk.status.dropped == 0


def test_a_colour_never_holds_up_a_marker() -> None:
    live = AbletonCore(playhead=8.0, song=LiveSet(tracks=[Track(f"t{n}") for n in range(30)]))
    talk = Talk(live, met=True)
    for n in range(30):
        talk.paint(f"t{n}")
    talk.mark("mine")
    talk.run(0.8)
    assert live.named == [("mine", 8.0)]


def test_cues_that_waited_stand_in_the_order_of_their_presses() -> None:
    live = AbletonCore(playhead=8.0, stands=True)
    talk = Talk(live, keep=60.0)
    for name in ("one", "two", "three"):
        talk.mark(name)
        talk.run(2.0)
    live.play()
    live.stands = False
    live._waiting.clear()
    talk.run(10.0)
    assert [name for name, _ in live.named] == ["one", "two", "three"]


# --- stop, and what Live can not do ---


def test_a_song_that_plays_is_stopped_once() -> None:
    live = AbletonCore()
    talk = Talk(live, met=True)
    live.play()
    talk.run(0.3)
    talk.tell(StopTransport(), StopTransport())
    talk.run(0.3)
    assert talk.asked(STOP.address) == [STOP]
    assert (live.stops, live.playing) == (1, False)


def test_a_song_that_plays_again_is_stopped_again() -> None:
    live = AbletonCore()
    talk = Talk(live, met=True)
    for _ in range(2):
        live.play()
        talk.run(2.0)
        talk.tell(StopTransport())
        talk.run(2.0)
    assert live.stops == 2


@pytest.mark.parametrize("state", ["stands", "records", "overdubs", "unknown"])
def test_nothing_else_is_stopped(state: str) -> None:
    live = AbletonCore()
    talk = Talk(live, met=state != "unknown")
    if state != "stands":
        live.play(record=state == "records")
    live.session_recording = state == "overdubs"
    talk.run(0.3 if state != "unknown" else 0.0)
    talk.tell(StopTransport())
    talk.run(2.0)
    assert live.stops == 0


def test_a_song_of_which_nobody_tells_whether_it_records_is_not_stopped() -> None:
    live = AbletonCore()

    def fail(_args: object) -> None:
        raise RuntimeError("Observer not connected")

    live._handlers["/live/song/start_listen/record_mode"] = fail
    live._handlers["/live/song/get/record_mode"] = fail
    talk = Talk(live, met=True)
    live.play()
    talk.run(0.3)
    assert talk.ableton.transport == Transport(playing=True, recording=None, tempo=120.0)
    talk.tell(StopTransport())
    talk.run(1.0)
    assert live.stops == 0


def test_an_action_is_refused_in_status_with_what_to_do_and_troubles_nothing_else() -> None:
    talk = Talk(AbletonCore(), met=True)
    talk.tell(RunAction("40157"))
    assert talk.sent == []
    assert talk.status.state == "ready"
    assert 'Live runs no actions, so "40157" was not run' in talk.status.detail
    assert "as daw" in talk.status.detail  # the key of a rule
    assert talk.status.dropped == 1
