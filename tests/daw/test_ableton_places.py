from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.daw.ableton import AbletonTarget
from bridge.daw.ableton_places import CLIPS, SCENES, TRACKS, clip_on, find
from bridge.daw.ableton_waiting import MOST_COLOURS
from bridge.daw.places import Place, scene_in
from bridge.messages import Osc, OscArg
from tests.standins.ableton import AbletonCore
from tests.standins.ableton_set import PALETTE, Clip, LiveSet, Scene, Track
from tests.standins.ableton_talk import SETTINGS, Talk

RED, GREEN = "#FF3636", "#3DC300"
OWN = "#10A4EE"


def studio() -> AbletonCore:
    """Two tracks with clips, one of them called like a clip of the other, and two scenes."""
    bass = Track("Bass", slots=[None, Clip("Verse"), Clip("Chorus", PALETTE[7])])
    tracks = [bass, Track("Drums", slots=[Clip("Chorus"), None, None])]
    return AbletonCore(
        song=LiveSet(tracks=tracks, scenes=[Scene("Verse"), Scene("Chorus", PALETTE[3])])
    )


def colours(live: AbletonCore) -> dict[str, str]:
    """Return every colour of the set, in the notation of a task's track."""
    found: dict[str, str] = {}
    for track in live.song.tracks:
        found[track.name] = f"#{track.colour:06X}"
        for clip in track.slots:
            if clip is not None:
                found[f"{track.name} / {clip.name}"] = f"#{clip.colour:06X}"
    for scene in live.song.scenes:
        found[f"scene: {scene.name}"] = "none" if scene.colour is None else f"#{scene.colour:06X}"
    return found


def painted(wanted: str, live: AbletonCore) -> dict[str, str]:
    """Paint `wanted` red; return what changed."""
    before = colours(live)
    talk = Talk(live, met=True)
    talk.paint(wanted, RED)
    talk.run(3.0)
    return {name: colour for name, colour in colours(live).items() if before[name] != colour}


@pytest.mark.parametrize(
    ("wanted", "is_red"),
    [
        ("Bass", "Bass"),
        ("Bass / Chorus", "Bass / Chorus"),
        ("bass / chorus", "Bass / Chorus"),
        ("Ba / Ver", "Bass / Verse"),
        ("Drums / Chorus", "Drums / Chorus"),
        ("scene: Chorus", "scene: Chorus"),
        ("Scene:verse", "scene: Verse"),
    ],
)
def test_a_task_names_a_track_a_clip_or_a_scene(wanted: str, is_red: str) -> None:
    assert painted(wanted, studio()) == {is_red: RED}


@pytest.mark.parametrize("name", ["Bass / Chorus", "scene: Chorus", "BASS / chorus"])
@pytest.mark.parametrize("wanted", [str, str.lower])
def test_a_track_that_is_called_so_comes_first(name: str, wanted: Callable[[str], str]) -> None:
    live = studio()
    before = colours(live)
    live.song.tracks.insert(0, track := Track(name))
    painted(wanted(name), live)
    assert track.colour == 0xFF3636
    live.song.tracks.remove(track)
    assert colours(live) == before


def test_track_and_clip_may_have_slashes_of_their_own() -> None:
    live = studio()
    live.song.tracks.append(Track("Keys / Pads", slots=[Clip("A / B")]))
    assert painted("Keys / Pads / A / B", live) == {"Keys / Pads / A / B": RED}


def test_all_is_sent_as_whole_numbers() -> None:
    live = studio()
    talk = Talk(live, met=True)
    talk.paint("Bass / Chorus", RED)
    talk.paint("scene: Chorus", RED)
    talk.run(3.0)
    assert [m.args for m in talk.asked("/live/clip/set/color")] == [(0, 2, 0xFF3636)]
    assert [m.args for m in talk.asked("/live/scene/set/color")] == [(1, 0xFF3636)]


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("Bass / Bridge", 'no colour for "Bass / Bridge": on "Bass" Live has none of that name'),
        ("Keys / Chorus", 'no colour for "Keys / Chorus": Live has none of that name'),
        ("scene: Bridge", 'no colour for "scene: Bridge": Live has none of that name'),
        ("scene:", 'no colour for "scene:": Live has none of that name'),
        ("Bass / ", 'no colour for "Bass /": Live has none of that name'),
        ("", 'no colour for "": Live has none of that name'),
    ],
)
def test_what_is_not_there_is_told_and_changes_nothing(wanted: str, says: str) -> None:
    live = studio()
    talk = Talk(live, met=True)
    before = colours(live)
    talk.paint(wanted)
    talk.run(3.0)
    assert says in talk.status.detail
    assert colours(live) == before


def test_all_own_colours_come_back_also_that_of_a_scene_without_one() -> None:
    live = studio()
    before = colours(live)
    talk = Talk(live, met=True)
    everything = ["Bass", "Drums / Chorus", "Bass / Chorus", "scene: Verse", "scene: Chorus"]
    for each in everything:
        talk.paint(each, GREEN)
    talk.run(10.0)
    assert {name for name, colour in colours(live).items() if colour == GREEN} == set(everything)
    talk.restore()
    talk.run(10.0)
    assert colours(live) == before
    assert talk.target.originals == {}
    assert talk.asked("/live/scene/set/color_index") == [
        Osc("/live/scene/set/color_index", (0, None))
    ]


def test_they_come_back_after_the_service_was_started_anew() -> None:
    live = studio()
    before = colours(live)
    talk = Talk(live, met=True)
    for each in ("Bass", "Bass / Chorus", "scene: Verse"):
        talk.paint(each, RED)
    talk.run(5.0)
    kept = json.loads(json.dumps(dict(talk.target.originals)))
    assert len(kept) == 3
    anew = Talk(live)
    anew.target.recall(kept)
    assert anew.target.originals == kept
    anew.paint("Bass", GREEN)
    anew.run(5.0)
    anew.restore()
    anew.run(10.0)
    assert colours(live) == before


def test_what_the_user_coloured_since_stays_and_is_forgotten() -> None:
    live = studio()
    talk = Talk(live, met=True)
    talk.paint("scene: Chorus", RED)
    talk.run(3.0)
    live.song.scenes[1].colour = None
    talk.restore()
    talk.run(3.0)
    assert live.song.scenes[1].colour is None
    assert talk.target.originals == {}


def test_of_two_of_one_name_the_one_that_was_coloured_gets_its_own_colour_back() -> None:
    live = AbletonCore(song=LiveSet(tracks=[Track("Audio"), Track("Audio", PALETTE[3])]))
    talk = Talk(live, met=True)
    talk.paint("Audio", RED)
    talk.run(2.0)
    live.song.tracks.reverse()
    talk.restore()
    talk.run(3.0)
    assert [track.colour for track in live.song.tracks] == [PALETTE[3], 0x10A4EE]


def test_in_another_set_nothing_is_given_back_and_nothing_forgotten() -> None:
    live = studio()
    before, own = colours(live), live.song
    talk = Talk(live, met=True)
    talk.paint("Bass / Chorus", RED)
    talk.run(3.0)
    talk.hear(*live.reload(LiveSet(tracks=[Track("Keys")])))
    talk.run(3.0)
    talk.restore()
    talk.run(3.0)
    assert len(talk.target.originals) == 1
    talk.hear(*live.reload(own))
    talk.run(3.0)
    talk.restore()
    talk.run(3.0)
    assert colours(live) == before


def swap_scenes(live: AbletonCore) -> None:
    live.song.scenes.reverse()


def drop_slot(live: AbletonCore) -> None:
    live.song.tracks[0].slots.pop(0)


def swap_tracks(live: AbletonCore) -> None:
    live.song.tracks.reverse()


@pytest.mark.parametrize(
    ("wanted", "deed"),
    [("scene: Chorus", swap_scenes), ("Bass / Verse", drop_slot), ("Bass / Verse", swap_tracks)],
)
@pytest.mark.parametrize("after", range(5))
def test_things_that_move_meanwhile_end_in_the_right_colours(
    wanted: str, deed: Callable[[AbletonCore], None], after: int
) -> None:
    live = studio()
    talk = Talk(live, met=True)
    live.after_tick = [*(lambda _core: None for _ in range(after)), deed]
    wish = colours(live) | {wanted: RED}
    talk.paint(wanted, RED)
    talk.run(5.0)
    assert colours(live) == wish


def test_a_change_that_two_ticks_share_costs_nobody_a_colour() -> None:
    live = studio()
    live.song.tracks[1].colour = PALETTE[5]
    before = colours(live)
    paint = live._handlers["/live/track/set/color"]

    def paint_and_end_the_tick(args: tuple[OscArg, ...]) -> None:
        live._handlers["/live/track/set/color"] = paint
        paint(args)
        live.after_tick = [swap_tracks]
        raise RuntimeError("Changes cannot be triggered by notifications")

    live._handlers["/live/track/set/color"] = paint_and_end_the_tick
    talk = Talk(live, met=True)
    talk.paint("Bass", RED)
    talk.run(3.0)
    assert colours(live) == before | {"Bass": RED}
    talk.restore()
    talk.run(3.0)
    assert colours(live) == before


@pytest.mark.parametrize("address", [TRACKS, CLIPS, SCENES])
def test_a_set_that_is_too_large_to_be_listed_is_told(address: str) -> None:
    live = studio()
    live._handlers[address] = lambda _args: None
    talk = Talk(live, met=True)
    talk.paint("scene: Chorus" if address == SCENES else "Bass / Chorus", RED)
    talk.run(5.0)
    assert "Live did not list" in talk.status.detail


def test_the_newest_of_many_colours_is_sent_when_live_comes() -> None:
    live = studio()
    live.stands = True
    talk = Talk(live)
    for n in range(200):
        talk.paint("Bass", RED if n % 2 else GREEN)
    assert talk.status.pending == 1
    talk.run(3600.0)
    live._waiting.clear()
    live.stands = False
    talk.run(10.0)
    assert [m.args for m in talk.asked("/live/track/set/color")] == [(0, 0xFF3636)]
    assert talk.status.dropped == 0


def test_of_more_tracks_than_can_wait_the_oldest_are_dropped_and_counted() -> None:
    talk = Talk()
    for n in range(MOST_COLOURS + 3):
        talk.paint(f"track {n}")
    assert (MOST_COLOURS, talk.status.pending, talk.status.dropped) == (64, 64, 3)
    assert 'the last was "colour of track 2"' in talk.status.detail


def test_colours_that_wait_when_a_sitting_ends_are_not_painted_any_more() -> None:
    live = studio()
    live.stands = True
    talk = Talk(live)
    talk.paint("Bass", RED)
    talk.restore()
    talk.paint("Drums", GREEN)
    talk.run(30.0)
    live.stands = False
    talk.run(10.0)
    assert colours(live)["Bass"] == OWN
    assert colours(live)["Drums"] == GREEN


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ('["track", "Bass", ""]', "none FF3636"),
        ('["track", "Bass", ""]', "FF3636"),
        ('["track", "Bass", ""]', "1000000 FF3636"),
        ('["track", "Bass", ""]', "-1 FF3636"),
        ('["return", "A", ""]', "10A4EE FF3636"),
        ('["track", 1, ""]', "10A4EE FF3636"),
        ('["track", "Bass"]', "10A4EE FF3636"),
        ("Bass", "10A4EE FF3636"),
        ("[" * 9000, "10A4EE FF3636"),
        ("7", "10A4EE FF3636"),
    ],
)
def test_what_can_not_be_an_original_is_passed_over(key: str, value: str) -> None:
    target = AbletonTarget(SETTINGS)
    right = {'["track", "Bass", ""]': "10A4EE FF3636"}
    target.recall({key: value})
    assert target.originals == {}
    target.recall(right)
    assert target.originals == right


@given(st.text(), st.lists(st.text(), max_size=4))
def test_any_text_names_something_or_nothing(wanted: str, names: list[str]) -> None:
    found = find(names, wanted, "tracks")
    assert found in range(len(names)) or isinstance(found, str)
    clip = clip_on(names, wanted)
    assert clip is None or (clip[0] in range(len(names)) and clip[1] in wanted)
    assert scene_in(wanted) in wanted


@pytest.mark.parametrize(
    "place", [Place("track", "Bass"), Place("clip", "Chorus", "Bass"), Place("scene", "Chorus")]
)
def test_a_place_is_written_as_a_task_names_it(place: Place) -> None:
    assert painted(str(place), studio()) == {str(place): RED}
