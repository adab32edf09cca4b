from __future__ import annotations

import pytest

from bridge.daw.bitwig_mirror import told_as
from bridge.daw.bitwig_waiting import (
    DUMP,
    LOOK,
    MOST_TRACKS,
    PATIENCE,
    REFRESH,
)
from bridge.messages import (
    Osc,
    RestoreColours,
    TrackColour,
)
from tests.contract.daw_contract import BLUE
from tests.standins.bitwig import BitwigCore, Track
from tests.standins.bitwig_talk import RED, met, start, status


def test_a_track_is_found_by_name_and_coloured_without_a_space() -> None:
    core = BitwigCore(latency=0.03)
    talk = met(core)
    talk.tell(TrackColour("bass", BLUE))
    assert talk.sent == [Osc("/track/2/color", ("rgb(63,167,255)",))]
    talk.run(0.1)
    assert core.tracks[1].colour == (63, 167, 255)
    assert (status(talk).pending, status(talk).state) == (0, "ready")


def test_of_a_clip_the_track_is_coloured_unless_one_is_called_so() -> None:
    core = BitwigCore(tracks=[Track("Drums"), Track("Bass"), Track("Keys / Verse")])
    talk = met(core)
    talk.tell(TrackColour("Bass / Chorus", BLUE), TrackColour("Keys / Verse", BLUE))
    assert [m.address for m in talk.sent] == ["/track/2/color", "/track/3/color"]


def test_names_are_asked_for_before_the_first_colour() -> None:
    core = BitwigCore(latency=0.03)
    talk = start(core)
    talk.tell(TrackColour("Bass", BLUE))
    assert talk.sent == []
    talk.run(0.2)
    assert talk.sent == [REFRESH, Osc("/track/2/color", ("rgb(63,167,255)",))]
    assert status(talk).pending == 0


@pytest.mark.parametrize(
    "name", ["Bässe & Flöten", "Ünlü ß", "Chœur", "日本語", "🎸 Lead", "  two   blanks "]
)
def test_names_are_found_although_they_are_told_in_ascii(name: str) -> None:
    core = BitwigCore(tracks=[Track("Drums"), Track("?")])
    talk = met(core)
    talk.hear(Osc("/update", (1,)), Osc("/track/2/name", (told_as(name),)), Osc("/update", (0,)))
    talk.tell(TrackColour(name, BLUE))
    assert talk.sent == [Osc("/track/2/color", ("rgb(63,167,255)",))]


def test_a_name_is_told_as_the_sources_of_the_controller_say() -> None:
    assert told_as("Äöü ßéê ïīā Œœ") == "aeoeue ssee iia oeoe"
    typeset = "\N{EN DASH}\N{RIGHT SINGLE QUOTATION MARK}"
    assert told_as(f"A♯→½¼ {typeset}±") == "a#->?1/4 -'+-"
    assert told_as("🎸") == "??"


def test_a_colour_that_the_track_has_already_is_not_sent() -> None:
    core = BitwigCore(tracks=[Track("Bass", (63, 167, 255))])
    talk = met(core)
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(60.0)
    assert talk.sent == []
    assert status(talk).dropped == 0


def test_a_track_that_the_bank_does_not_show_is_told_with_the_way_out() -> None:
    core = BitwigCore(tracks=[Track(f"Track {n}") for n in range(1, 12)])
    talk = met(core)
    talk.run(10.0)
    talk.tell(TrackColour("Track 11", BLUE))
    talk.run(DUMP + 0.1)
    assert talk.sent == []
    assert status(talk).state == "trouble"
    assert 'no track called "Track 11" among its 8' in status(talk).detail
    assert "Bank Page Size" in status(talk).detail
    talk.tell(TrackColour("Track 3", BLUE))
    talk.run(1.0)
    assert status(talk).state == "ready"


def test_a_track_with_a_new_name_is_found_by_it() -> None:
    core = BitwigCore()
    talk = met(core)
    core.tracks[0].name = "Perc"
    core.flush(talk.now)
    talk.hear(*core.advance(talk.now))
    talk.tell(TrackColour("Perc", BLUE))
    assert talk.sent == [Osc("/track/1/color", ("rgb(63,167,255)",))]


def test_in_the_middle_of_an_update_no_track_is_coloured() -> None:
    core = BitwigCore()
    talk = met(core)
    talk.hear(Osc("/update", (1,)), Osc("/track/1/name", ("Bass",)))  # the bank was scrolled by one
    talk.tell(TrackColour("Bass", BLUE))
    assert talk.sent == []
    talk.hear(Osc("/track/2/name", ("Keys",)), Osc("/update", (0,)))
    assert talk.sent == [Osc("/track/1/color", ("rgb(63,167,255)",))]


def test_an_update_whose_end_was_lost_holds_a_colour_up_for_some_seconds_only() -> None:
    core = BitwigCore()
    talk = met(core)
    talk.hear(Osc("/update", (1,)))
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(DUMP + 0.1)
    assert talk.sent == [Osc("/track/2/color", ("rgb(63,167,255)",))]


def test_a_colour_that_waits_for_an_end_that_was_lost_may_be_there_already() -> None:
    core = BitwigCore(tracks=[Track("Bass", (63, 167, 255))])
    talk = met(core)
    talk.hear(Osc("/update", (1,)))
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(DUMP + 0.1)
    assert (talk.sent, status(talk).pending, status(talk).dropped) == ([], 0, 0)


def test_a_colour_that_is_not_taken_is_told_with_its_track() -> None:
    core = BitwigCore()
    talk = met(core)
    talk.daw = None  # the colour gets lost on the way, but Bitwig lives
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(0.1)
    core.play(talk.now)
    talk.hear(*core.advance(talk.now))
    assert status(talk).pending == 1
    talk.run(PATIENCE + 0.1)
    assert status(talk).state == "trouble"
    assert 'the track "Bass" did not take its colour' in status(talk).detail


def test_of_two_tracks_with_one_name_the_first_is_coloured() -> None:
    talk = start()
    told = [Osc(f"/track/{n}/name", ("Bass",)) for n in (7, 3, 5)]
    talk.hear(*told, Osc("/update", (0,)))
    talk.tell(TrackColour("Bass", BLUE))
    assert talk.sent[-1] == Osc("/track/3/color", ("rgb(63,167,255)",))


def test_a_track_that_was_deleted_is_not_found_by_its_old_name() -> None:
    core = BitwigCore()
    talk = met(core)
    talk.hear(Osc("/track/2/exists", (0,)), Osc("/update", (0,)))
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(DUMP + 0.1)
    assert 'no track called "Bass" among its 1:' in status(talk).detail


def test_of_too_many_tracks_that_wait_the_one_told_longest_ago_is_given_up() -> None:
    talk = start()
    for n in range(MOST_TRACKS):
        talk.tell(TrackColour(f"Track {n}", BLUE))
    talk.tell(TrackColour("Track 0", RED), TrackColour("one more", BLUE))
    assert (status(talk).pending, status(talk).dropped) == (MOST_TRACKS, 1)
    assert 'the last was "Track 1"' in status(talk).detail


def test_the_latest_colour_of_a_track_replaces_one_that_waits() -> None:
    core = BitwigCore(latency=0.5)
    talk = start(core)
    talk.tell(TrackColour("Bass", BLUE), TrackColour("Bass", RED))
    talk.run(2.0)
    assert talk.sent == [REFRESH, Osc("/track/2/color", ("rgb(255,54,54)",))]


def test_a_colour_of_which_nothing_is_heard_asks_and_waits_for_the_next_bitwig() -> None:
    core = BitwigCore()
    talk = met(core)
    core.listens = False
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(PATIENCE + DUMP + 0.1)
    assert talk.sent[:2] == [Osc("/track/2/color", ("rgb(63,167,255)",)), REFRESH]
    assert (status(talk).state, status(talk).pending, status(talk).dropped) == ("silent", 1, 0)
    core.listens = True
    talk.run(LOOK + 1.0)
    assert core.tracks[1].colour == (63, 167, 255)
    assert status(talk).pending == 0


def test_the_colours_of_before_come_back() -> None:
    core = BitwigCore(tracks=[Track("Drums", (1, 2, 3)), Track("Bass", (4, 5, 6))], latency=0.03)
    talk = met(core)
    for colour in (BLUE, RED):
        talk.tell(TrackColour("Bass", colour))
        talk.run(1.0)
    assert talk.target.originals == {"Bass": "rgb(4,5,6) rgb(255,54,54)"}
    talk.tell(RestoreColours())
    talk.run(1.0)
    assert [track.colour for track in core.tracks] == [(1, 2, 3), (4, 5, 6)]
    talk.sent.clear()
    talk.tell(RestoreColours())
    assert (talk.sent, talk.target.originals) == ([], {})


def test_a_track_that_was_coloured_by_hand_since_keeps_that() -> None:
    core = BitwigCore(latency=0.03)
    talk = met(core)
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(1.0)
    core.tracks[1].colour = (9, 9, 9)
    core.flush(talk.now)
    talk.run(1.0)
    talk.tell(RestoreColours())
    talk.run(1.0)
    assert core.tracks[1].colour == (9, 9, 9)
    assert talk.target.originals == {}


def test_a_track_that_was_coloured_by_hand_and_then_by_us_gets_the_hands_colour_back() -> None:
    core = BitwigCore(latency=0.03)
    talk = met(core)
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(1.0)
    core.tracks[1].colour = (9, 9, 9)
    core.flush(talk.now)
    talk.run(1.0)
    talk.tell(TrackColour("Bass", RED))
    talk.run(1.0)
    talk.tell(RestoreColours())
    talk.run(1.0)
    assert core.tracks[1].colour == (9, 9, 9)


def test_the_own_colour_of_a_track_that_is_gone_is_given_up() -> None:
    core = BitwigCore(latency=0.03)
    talk = met(core)
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(1.0)
    core.tracks.pop()
    core.flush(talk.now)
    talk.run(1.0)
    talk.tell(RestoreColours())
    talk.run(DUMP + 0.1)
    assert (status(talk).pending, talk.target.originals) == (0, {})


def test_a_colour_that_waits_is_not_given_behind_its_own() -> None:
    core = BitwigCore()
    talk = start(core)
    talk.tell(TrackColour("Bass", BLUE), RestoreColours())
    talk.run(60.0)
    assert core.tracks[1].colour == (128, 128, 128)
    assert status(talk).pending == 0
