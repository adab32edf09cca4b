"""The script in REAPER, in a real Lua of either version that REAPER had, on a stand-in of its API."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge.daw import reaper_script as script
from bridge.daw.reaper_script import Reply
from tests.standins.reaper import Placed, ReaperCore, Track
from tests.standins.reaper_api import LUAS, USED, ReaperApi, Region
from tests.standins.reaper_web import SCRIPT

BLUE, RED = "3FA7FF", "FF1744"


class Reaper:
    """A REAPER with the script, told as the web interface tells it."""

    def __init__(self, version: str = "5.4", *, swapped: bool = True) -> None:
        self.core = ReaperCore()
        self.core.tracks = [Track("Bass", "{B}", 0), Track("Drums", "{D}", 77 | USED)]
        self.api = ReaperApi(self.core, SCRIPT, swapped=swapped, version=version)
        self.numbers, self.now = itertools.count(1), 100.0

    def do(self, *words: str, run: str = "a1", number: int = 0) -> Reply:
        path = script.command(run, number or next(self.numbers), *words)
        self.line(path.split("/cue/")[1].split(";")[0])
        reply = script.reply("EXTSTATE\tsongbridge\treply\t" + self.api.ext["songbridge", "reply"])
        assert reply is not None
        return reply

    def line(self, command: str) -> None:
        self.api.ext["songbridge", "cue"] = command
        self.api.run(self.now)

    def roll(self, seconds: float, action: int = 1007) -> None:
        """Play, or do another action, for so long."""
        self.core.act(action, self.now)
        self.pass_time(seconds)

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        self.core.advance(self.now)

    def mark(self, name: str, *more: str, number: int = 0) -> Reply:
        texts = [script.text(one) for one in more]
        return self.do("mark", script.text(name), BLUE, *texts, number=number)


@pytest.fixture(params=sorted(LUAS))
def reaper(request: pytest.FixtureRequest) -> Reaper:
    return Reaper(request.param)


@pytest.mark.parametrize("swapped", [True, False])
def test_a_marker_has_its_name_and_its_colour_on_every_system(*, swapped: bool) -> None:
    reaper = Reaper(swapped=swapped)
    reply = reaper.mark("Nordlicht über Tromsø")
    (marker,) = reaper.core.markers
    assert (reply.fine, reply.words, reply.version) == (True, ("1",), script.VERSION)
    assert (marker.name, reaper.api.shown(marker.colour)) == ("Nordlicht über Tromsø", f"#{BLUE}")
    assert reaper.api.undo == ["Songbridge: marker Nordlicht über Tromsø"]


@pytest.mark.parametrize("action", [1007, 1013])
def test_a_marker_stands_where_it_plays_or_records(reaper: Reaper, action: int) -> None:
    reaper.roll(4.0, action)
    reaper.mark("here")
    assert reaper.core.markers == [Placed(1, 4.0, "here", reaper.api.native(f"#{BLUE}"))]


def test_what_was_done_is_not_done_again_and_its_reply_is_repeated(reaper: Reaper) -> None:
    first = reaper.mark("once", number=7)
    reaper.roll(1.0)
    assert reaper.mark("once", number=7) == first
    assert len(reaper.core.markers) == 1
    late = reaper.mark("before", number=6)
    assert (late.fine, late.words[0]) == (False, "late")
    assert len(reaper.core.markers) == 1


def test_a_hello_between_command_and_repetition_takes_nothing_from_the_memory(
    reaper: Reaper,
) -> None:
    first = reaper.mark("once", number=7)
    assert reaper.do("hello", number=8).fine
    assert reaper.mark("once", number=7) == first
    assert len(reaper.core.markers) == 1


def test_two_songbridges_do_not_take_each_others_numbers(reaper: Reaper) -> None:
    reaper.do("mark", script.text("ours"), BLUE, run="a1", number=1)
    reaper.pass_time(1.0)
    reaper.core.cursor = 1.0
    reaper.do("mark", script.text("theirs"), BLUE, run="b2", number=1)
    reaper.do("mark", script.text("ours"), BLUE, run="a1", number=1)
    assert [m.name for m in reaper.core.markers] == ["ours", "theirs"]


def test_a_marker_of_that_name_that_is_there_takes_the_colour(reaper: Reaper) -> None:
    reaper.core.markers = [Placed(4, 0.0, "Mix", 0)]
    reply = reaper.mark("Mix")
    assert (reply.fine, reply.words) == (True, ("4",))
    assert [reaper.api.shown(m.colour) for m in reaper.core.markers] == [f"#{BLUE}"]


def test_a_region_spans_from_the_start_to_the_end_and_grows(reaper: Reaper) -> None:
    reaper.core.markers = [Placed(9, 1.0, "Mix", 0)]
    reaper.roll(2.0)
    reaper.mark("Mix")
    reaper.pass_time(3.0)
    assert reaper.mark("time up: Mix", "Mix").words == ("2", "1")
    reaper.pass_time(1.0)
    reaper.mark("done: Mix", "Mix")
    native = reaper.api.native(f"#{BLUE}")
    assert reaper.api.regions == [Region(1, 2.0, 6.0, "Mix", native)]


def test_without_a_start_or_without_length_there_is_no_region(reaper: Reaper) -> None:
    assert reaper.mark("done: Mix", "Mix").fine
    reaper.mark("Mix")
    assert reaper.mark("really done: Mix", "Mix").fine
    assert reaper.api.regions == []


def test_a_track_is_found_by_its_name_and_says_how_it_was(reaper: Reaper) -> None:
    reaper.core.tracks.insert(0, Track("BASS", "{other}"))
    reply = reaper.do("track", script.text("Bass"), RED)
    ours = reaper.api.native(f"#{RED}")
    assert reply.words == (script.text("{B}"), "0", str(ours))
    assert [t.colour for t in reaper.core.tracks] == [0, ours, 77 | USED]
    assert reaper.do("track", script.text("drums"), RED).fine
    assert reaper.core.tracks[2].colour == ours


def test_a_track_that_is_not_there_is_said(reaper: Reaper) -> None:
    reply = reaper.do("track", script.text("Choir"), RED)
    assert (reply.fine, reply.words[0]) == (False, "track")
    assert reaper.api.undo == []


def test_a_colour_comes_back_unless_somebody_changed_it(reaper: Reaper) -> None:
    bass, drums = reaper.core.tracks
    guid, before, ours = reaper.do("track", script.text("Bass"), RED).words
    assert reaper.do("restore", guid, before, ours).words == ("restored",)
    assert bass.colour == 0
    guid, before, ours = reaper.do("track", script.text("Drums"), RED).words
    drums.colour = 5 | USED
    assert reaper.do("restore", guid, before, ours).words == ("changed",)
    assert drums.colour == 5 | USED


def test_a_colour_comes_back_in_another_open_project_and_only_there(reaper: Reaper) -> None:
    guid, before, ours = reaper.do("track", script.text("Drums"), RED).words
    reaper.api.others, reaper.core.tracks = [reaper.core.tracks], [Track("Drums", "{new}", 3)]
    assert reaper.do("restore", guid, before, ours).words == ("restored",)
    assert reaper.api.others[0][1].colour == 77 | USED
    reaper.api.others = []
    gone = reaper.do("restore", guid, before, ours)
    assert (gone.fine, gone.words[0]) == (False, "gone")
    assert reaper.core.tracks[0].colour == 3


def test_the_transport_is_stopped_but_no_take_is_cut(reaper: Reaper) -> None:
    reaper.roll(1.0)
    assert reaper.do("stop").fine
    assert reaper.core.play_state == 0
    reaper.roll(1.0, 1013)
    reply = reaper.do("stop")
    assert (reply.fine, reply.words[0]) == (False, "recording")
    assert reaper.core.play_state == 5


def test_a_text_goes_to_the_help_line_and_leaves_no_undo_point(reaper: Reaper) -> None:
    assert reaper.do("text", script.text("Mix, 20 min; 100 % / done")).fine
    assert reaper.api.helped == ["Mix, 20 min; 100 % / done"]
    assert reaper.api.undo == []


def test_an_error_inside_is_a_reply_and_closes_the_undo_block(reaper: Reaper) -> None:
    reaper.core.cursor = 3.0
    reaper.api._lua.globals().reaper.GetCursorPosition = lambda: 4.0  # the API refuses that place
    reply = reaper.mark("x")
    assert (reply.fine, reply.words[0]) == (False, "error")
    assert "our markers stand where the work is" in script.plain(reply.words[1])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.text(st.sampled_from("1.aftx9-hello mark track\t;/\0é"), max_size=60)
    | st.text(max_size=40)
    | st.sampled_from(
        ["hello", "mark", "track.t", "restore.t41.x.1", "text", "mark.tC3.GGGGGG"]
    ).map("1.a1.5.".__add__)
)
def test_whatever_is_in_the_ext_state_nothing_is_made_and_nothing_raised(line: str) -> None:
    reaper = Reaper()
    reaper.api.ext["songbridge", "cue"] = line.encode().decode("latin-1")
    reaper.api.run(1.0)
    assert reaper.core.markers == []
    assert [t.colour for t in reaper.core.tracks] == [0, 77 | USED]
    assert reaper.api.undo == []
