"""REAPER's script through the adapter: tracks, texts, transport, and what the status says."""

from __future__ import annotations

import pytest

from bridge.daw.reaper_web import LOOK, LOOK_AGAIN, LOOK_SELDOM
from bridge.messages import (
    RestoreColours,
    RunAction,
    StatusText,
    StopTransport,
    TrackColour,
)
from tests.standins.reaper import RECORD
from tests.standins.reaper_talk import BLUE, WebTalk, rolling, start
from tests.standins.reaper_web import ReaperWeb

RED, GREEN = "#FF1744", "#00C853"


# --- tracks -------------------------------------------------------------------------------------------


def shown(talk: WebTalk) -> list[str]:
    return [talk.web.api.shown(track.colour) for track in talk.web.core.tracks]


def test_an_own_colour_comes_back_through_many_of_ours() -> None:
    talk = start()
    own = shown(talk)
    for colour in (RED, GREEN, BLUE):
        talk.tell(TrackColour("Drums", colour))
        talk.run(1.0)
    assert shown(talk) == [own[0], BLUE]
    talk.tell(RestoreColours())
    talk.run(1.0)
    assert shown(talk) == own


def test_a_colour_on_its_way_while_all_are_given_back_goes_back_too() -> None:
    talk = start()
    own = shown(talk)
    talk.tell(TrackColour("Bass", RED), RestoreColours())
    talk.run(2.0)
    assert shown(talk) == own
    assert talk.target.originals == {}


def test_a_colour_that_the_user_chose_since_stays() -> None:
    talk = start()
    talk.tell(TrackColour("Bass", RED))
    talk.run(1.0)
    talk.web.core.tracks[0].colour = talk.web.api.native("#123456")
    talk.tell(RestoreColours())
    talk.run(1.0)
    assert shown(talk)[0] == "#123456"
    assert talk.target.originals == {}


def test_a_track_that_is_not_there_is_said_until_one_is_coloured() -> None:
    talk = start()
    talk.tell(TrackColour("Choir", RED))
    talk.run(1.0)
    assert talk.status.state == "trouble"
    assert 'no track is called "Choir"' in talk.status.detail
    talk.tell(TrackColour("Bass", RED))
    talk.run(1.0)
    assert talk.status.state == "ready"


def test_a_text_is_shown_in_reapers_help_line() -> None:
    talk = start()
    talk.tell(StatusText("break (5 min)"))
    talk.run(1.0)
    assert talk.web.api.helped == ["break (5 min)"]


# --- transport ----------------------------------------------------------------------------------------


def test_the_transport_is_known_without_osc_and_lost_with_reaper() -> None:
    talk = start(rolling())
    assert (talk.target.transport.playing, talk.target.transport.recording) == (True, False)
    talk.web.core.act(RECORD, talk.now)
    talk.run(LOOK + 0.1)
    assert talk.target.transport.recording is True
    talk.leave()
    talk.run(10.0)
    assert talk.target.transport.playing is None
    assert talk.target.transport.recording is None


def test_looks_are_gentle() -> None:
    talk = start()
    talk.run(600.0)
    assert len(talk.asks) == pytest.approx(600 / (LOOK + talk.web.latency), abs=3)
    talk.web.up = False
    talk.run(10.0)
    talk.asks.clear()
    talk.run(600.0)
    assert len(talk.asks) <= 600 / LOOK_AGAIN + 1


def test_a_transport_is_stopped_unless_it_records() -> None:
    talk = start()
    talk.tell(StopTransport())
    talk.run(1.0)
    assert talk.web.core.play_state == 0
    talk.web.core.act(RECORD, talk.now)  # nobody has told us yet
    talk.tell(StopTransport())
    talk.run(0.5)
    assert talk.web.core.play_state == 5


def test_an_action_is_run_but_none_that_would_cut_a_take() -> None:
    talk = start()
    talk.tell(RunAction("40157"))
    talk.run(1.0)
    assert len(talk.web.core.markers) == 1
    talk.web.core.act(RECORD, talk.now)
    talk.run(2.0)
    talk.tell(RunAction("1016"), RunAction("1;1016"))
    talk.run(1.0)
    assert talk.web.core.play_state == 5
    assert talk.status.dropped == 2


# --- words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("web", "words"),
    [
        (ReaperWeb(osc=True, installed=False), "colours need Songbridge's script"),
        (ReaperWeb(osc=True, version=0), "its script is of an older Songbridge"),
        (ReaperWeb(osc=True, up=False), "colours need its web interface"),
        (ReaperWeb(osc=True, page="<p>"), "another program answers"),
        (ReaperWeb(osc=True, status=404), "another program answers"),
        (ReaperWeb(osc=True, status=401), "asks for a password"),
    ],
)
def test_the_status_says_which_way_is_used_and_why_not_the_better_one(
    web: ReaperWeb, words: str
) -> None:
    talk = start(web)
    assert talk.status.state == "ready"
    assert "without colours" in talk.status.detail
    assert words in talk.status.detail


def test_a_stranger_is_asked_once_a_minute() -> None:
    talk = start(ReaperWeb(osc=True, page="<p>"))
    talk.run(10 * LOOK_SELDOM)
    assert len(talk.asks) <= 10
