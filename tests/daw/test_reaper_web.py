"""REAPER through its web interface, through plain OSC, and the change between the two."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.daw import reaper_script as script
from bridge.daw.reaper import ReaperTarget
from bridge.daw.reaper_osc import INSERT
from bridge.daw.reaper_web import GAP, GIVE_UP, LOOK, LOOK_AGAIN, LOOK_SELDOM
from bridge.daw.target import KEEP, DawSettings
from bridge.messages import (
    HttpAnswer,
    HttpAsk,
    Marker,
    Osc,
    RestoreColours,
    RunAction,
    StatusText,
    StopTransport,
    TrackColour,
)
from bridge.moment import Moment
from tests.contract.daw_contract import DawContract
from tests.contract.daw_talk import Conversation, Delivery
from tests.standins.reaper import RECORD
from tests.standins.reaper_talk import BLUE, SETTINGS, WebTalk, rolling
from tests.standins.reaper_web import ReaperWeb

RED, GREEN = "#FF1744", "#00C853"


class TestTierTwo(DawContract):
    """The contract with the script alone: nothing is heard over OSC."""

    kind = "reaper"
    paints = True

    def daw_settings(self) -> DawSettings:
        return SETTINGS

    def there(self) -> ReaperWeb:
        return rolling()

    def talk(self, *, there: bool = True, keep: float = KEEP) -> Delivery:
        talk = WebTalk(replace(SETTINGS, keep=keep), self.there, there=there)
        talk.run(7.0)
        return talk

    def marked(self, talk: Conversation) -> list[str]:
        assert isinstance(talk, WebTalk)
        return talk.marked

    def colours(self, talk: Conversation) -> dict[str, str]:
        assert isinstance(talk, WebTalk)
        return {t.name: talk.web.api.shown(t.colour) for t in talk.web.core.tracks}


class TestBothTiers(TestTierTwo):
    """The contract where OSC and the script are there."""

    def there(self) -> ReaperWeb:
        return rolling(osc=True)


def start(web: ReaperWeb | None = None, settings: DawSettings = SETTINGS) -> WebTalk:
    """Return a conversation that has found what there is."""
    talk = WebTalk(settings, lambda: web or rolling(osc=True))
    talk.run(1.0)
    talk.sent.clear()
    talk.asks.clear()
    return talk


def told(talk: WebTalk) -> list[HttpAsk]:
    return [ask for ask in talk.asks if not ask.look]


# --- tier 2 -------------------------------------------------------------------------------------------


def test_a_marker_is_one_request_sent_at_once_and_nothing_goes_by_osc() -> None:
    talk = start()
    talk.mark("Write chords")
    assert len(told(talk)) == 1
    talk.run(0.5)
    (marker,) = talk.web.core.markers
    assert (marker.name, talk.web.api.shown(marker.colour)) == ("Write chords", BLUE)
    assert (talk.sent, len(told(talk))) == ([], 1)
    assert talk.status.state == "ready"
    assert "markers with names and colours" in talk.status.detail


def test_a_burst_goes_one_after_the_other_with_a_breath_between() -> None:
    talk = start()
    talk.mark(*(f"task {n}" for n in range(10)))
    assert len(told(talk)) == 1
    talk.run(10 * (talk.web.latency + GAP) + 0.1)
    assert talk.marked == [f"task {n}" for n in range(10)]
    assert len(told(talk)) == 10


def test_nothing_in_a_path_can_be_taken_for_something_else() -> None:
    talk = start()
    talk.mark("a;40157/../%2F\t?#é")
    talk.run(0.5)
    assert talk.marked == ["a;40157/../%2F ?#é"]
    (ask,) = told(talk)
    assert set(ask.path) <= set("/_;.") | set(map(chr, range(48, 123)))


def test_an_answer_that_got_lost_is_asked_for_again_and_nothing_is_done_twice() -> None:
    talk = start()
    talk.web.lose = 2
    talk.mark("once")
    talk.run(GIVE_UP)
    assert talk.marked == ["once"]
    assert (talk.status.pending, talk.status.dropped) == (0, 0)
    assert INSERT not in talk.sent
    assert talk.status.state == "ready"


def test_what_is_new_meanwhile_goes_by_osc_at_once() -> None:
    talk = start()
    talk.web.lose = 1
    talk.mark("in doubt")
    talk.web.hang = True
    talk.run(2.1)
    talk.mark("new")
    assert talk.sent == [INSERT]
    talk.web.hang = False
    talk.run(8.0)
    assert talk.marked == ["in doubt", "new"]
    assert (talk.status.pending, talk.status.dropped) == (0, 0)


def test_a_reaper_that_goes_while_it_is_in_doubt_is_not_told_again_and_it_is_counted() -> None:
    talk = start()
    talk.web.lose = 1
    talk.mark("in doubt")
    talk.web.up = False
    talk.run(3.0)
    assert talk.marked == ["in doubt"]
    assert talk.status.dropped == 1
    assert "nobody knows whether it arrived" in talk.status.detail
    assert INSERT not in talk.sent


@pytest.mark.parametrize("deed", ["refuses", "without script", "another program"])
def test_what_was_surely_not_done_goes_by_osc(deed: str) -> None:
    talk = start()
    match deed:
        case "refuses":
            talk.web.up = False
        case "without script":
            talk.web.installed = False
        case _:
            talk.web.page = "<html>hello</html>"
    talk.mark("mine")
    talk.run(1.0)
    assert talk.marked == ["mine"]
    assert INSERT in talk.sent
    assert (talk.status.pending, talk.status.dropped) == (0, 0)


def test_a_command_that_was_not_read_is_taken_back_so_that_it_is_never_done_late() -> None:
    talk = start()
    talk.web.installed = False
    talk.mark("mine")
    talk.run(1.0)
    talk.web.installed = True
    talk.web.api.run(talk.now)  # the user runs the action by hand
    assert talk.marked == ["mine"]


def test_it_comes_back_by_itself_when_the_script_is_there_again() -> None:
    talk = start()
    talk.web.installed = False
    talk.mark("by osc")
    talk.run(1.0)
    talk.web.installed = True
    talk.run(20.0)
    talk.sent.clear()
    talk.mark("by script")
    talk.run(1.0)
    assert talk.marked == ["by osc", "by script"]
    assert talk.sent == []


def test_a_region_grows_from_a_tasks_start_where_that_is_wished() -> None:
    talk = start(settings=replace(SETTINGS, regions=True))
    for name in ("Mix", "time up: Mix", "done: Mix", "Remix"):
        talk.mark(name)
        talk.run(10.0)
    (region,) = talk.web.api.regions
    first, _, last, _ = talk.web.core.markers
    assert (region.name, region.at, region.end) == ("Mix", first.at, last.at)


def test_without_that_wish_there_are_none() -> None:
    talk = start()
    for name in ("Mix", "done: Mix"):
        talk.mark(name)
        talk.run(10.0)
    assert talk.web.api.regions == []


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


# --- hostile answers ----------------------------------------------------------------------------------

LINES = st.sampled_from(
    ["EXTSTATE\tsongbridge\treply\t", "TRANSPORT\t1\t0", "songbridge.1.", "a1.1.ok", "no.track.t41",
     ".ok.t7b.1.99999999999", "\n", "\t", "ok.t.-1.-1", "9" * 30]
) | st.text(max_size=30)  # fmt: skip
ANSWERS = st.builds(
    HttpAnswer,
    st.integers(0, 12),
    st.sampled_from([200, 200, 200, 401, 404, 500, -1]),
    st.lists(LINES, max_size=6).map("".join),
    st.sampled_from(["", "", "", "nobody", "cut"]),
)
CUES = st.sampled_from(
    [Marker("Mix", BLUE), Marker("{odd}", BLUE), TrackColour("Bass", RED), RestoreColours(),
     StopTransport(), RunAction("40157"), StatusText("x")]
)  # fmt: skip


@given(st.lists(CUES | ANSWERS | st.floats(0.0, 8.0), max_size=40))
def test_whatever_comes_back_nothing_is_raised_and_deadlines_move_on(
    steps: list[object],
) -> None:
    target, now = ReaperTarget(SETTINGS), 50.0
    for step in steps:
        moment = Moment(now, now)
        match step:
            case float():
                now += step
            case HttpAnswer():
                target.answered(step, moment)
            case _:
                target.tell(step, moment)  # type: ignore[arg-type] # a cue by the strategy
        out = target.advance(Moment(now, now))
        assert all(isinstance(one, Osc | HttpAsk) for one in out)
        wake = target.wake()
        assert wake is None or wake > now
        assert "\n" not in target.status(Moment(now, now)).detail


@given(st.text(), st.text(max_size=8))
def test_any_text_is_read_as_a_reply_or_refused(text: str, field: str) -> None:
    assert script.rolling(text) is None or "TRANSPORT" in text
    assert isinstance(script.plain(field), str)
    if "EXTSTATE" not in text:
        with pytest.raises(ValueError, match="no EXTSTATE"):
            script.reply(text)


@given(st.text(max_size=60))
def test_a_text_comes_back_as_it_went(text: str) -> None:
    clean = text.encode("utf-8", "replace").decode("utf-8")
    assert script.plain(script.text(text)) == clean
