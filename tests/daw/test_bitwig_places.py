from __future__ import annotations

import pytest

from bridge.daw.bitwig import BitwigTarget
from bridge.daw.bitwig_originals import NEAR, alike
from bridge.daw.bitwig_waiting import DUMP, PATIENCE
from bridge.messages import Osc, RestoreColours, TrackColour
from tests.contract.daw_contract import BLUE, Conversation
from tests.standins.bitwig import GREY, BitwigCore, Clip, Track
from tests.standins.bitwig_talk import RED, SETTINGS, met, start, status

PAINTED = (63, 167, 255)


def studio() -> BitwigCore:
    """Two tracks with clips, one of them called like a clip of the other, and two scenes."""
    bass = Track("Bass", slots=[None, Clip("Verse"), Clip("Chorus", (4, 5, 6))])
    drums = Track("Drums", slots=[Clip("Chorus"), None])
    scenes = [Clip("Verse"), Clip("Chorus", (7, 8, 9))]
    return BitwigCore(tracks=[bass, drums], scenes=scenes, latency=0.03)


def colours(core: BitwigCore) -> dict[str, tuple[int, int, int]]:
    """Return every colour of the project, in the notation of a task's track."""
    found = {f"scene: {scene.name}": scene.colour for scene in core.scenes}
    for track in core.tracks:
        found[track.name] = track.colour
        found |= {f"{track.name} / {clip.name}": clip.colour for clip in track.slots if clip}
    return found


def painted(wanted: str, core: BitwigCore) -> list[str]:
    """Paint `wanted`; return what has the colour, when it is confirmed."""
    talk = met(core)
    talk.tell(TrackColour(wanted, BLUE))
    talk.run(1.0)
    assert (status(talk).pending, status(talk).state) == (0, "ready")
    return [name for name, colour in colours(core).items() if colour == PAINTED]


@pytest.mark.parametrize(
    ("wanted", "is_blue"),
    [
        ("Bass", "Bass"),
        ("Bass / Chorus", "Bass / Chorus"),
        ("bass / VERSE", "Bass / Verse"),
        ("Drums / Chorus", "Drums / Chorus"),
        ("scene: Chorus", "scene: Chorus"),
        ("Scene:verse", "scene: Verse"),
        ("Bass / Bridge", "Bass"),
        ("Drums / Verse", "Drums"),
    ],
)
def test_a_task_names_a_track_a_clip_or_a_scene(wanted: str, is_blue: str) -> None:
    assert painted(wanted, studio()) == [is_blue]


@pytest.mark.parametrize("name", ["Bass / Chorus", "scene: Chorus"])
def test_a_track_that_is_called_so_comes_first(name: str) -> None:
    core = studio()
    before = colours(core)
    core.tracks.append(track := Track(name))
    talk = met(core)
    talk.tell(TrackColour(name.lower(), BLUE))
    talk.run(1.0)
    assert track.colour == PAINTED
    core.tracks.remove(track)
    assert colours(core) == before


def test_track_and_clip_may_have_slashes_of_their_own() -> None:
    core = studio()
    core.tracks.append(Track("Keys / Pads", slots=[Clip("A / B")]))
    assert painted("Keys / Pads / A / B", core) == ["Keys / Pads / A / B"]


def test_clips_and_scenes_are_set_at_their_numbers() -> None:
    talk = met(studio())
    talk.tell(TrackColour("Bass / Chorus", BLUE), TrackColour("scene: Chorus", BLUE))
    addresses = ["/track/1/clip/3/color", "/scene/2/color"]
    assert talk.sent == [Osc(address, ("rgb(63,167,255)",)) for address in addresses]


def test_of_a_group_no_clip_is_coloured_for_its_slots_tell_another_colour() -> None:
    core = studio()
    core.tracks[0].group = True
    assert painted("Bass / Chorus", core) == ["Bass"]


def test_a_clip_that_was_deleted_is_not_found_by_its_old_name() -> None:
    core = studio()
    talk = met(core)
    talk.hear(Osc("/track/1/clip/3/hasContent", (0,)), Osc("/update", (0,)))
    talk.tell(TrackColour("Bass / Chorus", BLUE))
    assert [message.address for message in talk.sent] == ["/track/1/color"]


def test_a_scene_that_is_not_shown_is_told_with_the_way_out() -> None:
    core = studio()
    talk = met(core)
    talk.run(10.0)
    talk.tell(TrackColour("scene: Bridge", BLUE))
    talk.run(DUMP + 0.1)
    assert (talk.sent, status(talk).dropped, status(talk).state) == ([], 1, "trouble")
    assert 'shows no scene called "scene: Bridge"' in status(talk).detail
    assert "Bank Page Size" in status(talk).detail
    talk.tell(TrackColour("scene: Verse", BLUE))
    talk.run(1.0)
    assert status(talk).state == "ready"


def test_a_clip_that_does_not_take_its_colour_is_told_as_one() -> None:
    core = studio()
    talk = met(core)
    talk.daw = None
    talk.tell(TrackColour("Bass / Chorus", BLUE))
    talk.run(0.1)
    core.play(talk.now)
    talk.hear(*core.advance(talk.now + 1.0))
    talk.run(PATIENCE + 0.1)
    assert 'the clip "Bass / Chorus" did not take its colour' in status(talk).detail


# --- given back -----------------------------------------------------------------------------------


def restarted(talk: Conversation) -> None:
    """End the service and start another; Bitwig stays."""
    kept = dict(talk.target.originals)
    talk.target = BitwigTarget(SETTINGS)
    talk.target.recall(kept)
    talk.run(10.0)


@pytest.mark.parametrize("anew", [False, True])
def test_all_own_colours_come_back(*, anew: bool) -> None:
    core = studio()
    before = colours(core)
    talk = met(core)
    for colour in (BLUE, RED):
        talk.tell(*(TrackColour(name, colour) for name in before))
        talk.run(1.0)
    assert set(colours(core).values()) == {(255, 54, 54)}
    if anew:
        restarted(talk)
    talk.tell(RestoreColours())
    talk.run(1.0)
    assert (colours(core), talk.target.originals) == (before, {})


def test_a_clip_that_is_gone_does_not_give_its_colour_to_its_track() -> None:
    core = studio()
    talk = met(core)
    talk.tell(TrackColour("Bass / Chorus", BLUE), TrackColour("Bass", BLUE))
    talk.run(1.0)
    core.tracks[0].slots.pop()
    core.flush(talk.now)
    talk.run(1.0)
    talk.tell(RestoreColours())
    talk.run(DUMP + 0.1)
    assert core.tracks[0].colour == GREY
    assert talk.target.originals == {}


def test_a_clip_whose_track_was_coloured_instead_gives_it_back_though_it_is_there_by_then() -> None:
    core = studio()
    talk = met(core)
    talk.tell(TrackColour("Drums / Bridge", BLUE))
    talk.run(1.0)
    core.tracks[1].slots[1] = Clip("Bridge")
    core.flush(talk.now)
    talk.run(1.0)
    talk.tell(RestoreColours())
    talk.run(1.0)
    assert core.tracks[1].colour == GREY


def test_one_track_in_two_spellings_has_one_own_colour() -> None:
    core = studio()
    before = colours(core)
    talk = met(core)
    for name, colour in (("Bass", BLUE), ("bass", RED), ("BASS / Nothing", BLUE)):
        talk.tell(TrackColour(name, colour))
        talk.run(1.0)
    assert list(talk.target.originals) == ["Bass"]
    talk.tell(RestoreColours())
    talk.run(1.0)
    assert colours(core) == before


# --- rounding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("rgb(10,20,30)", True),
        (f"rgb({10 + NEAR},{20 - NEAR},30)", True),
        (f"rgb({11 + NEAR},20,30)", False),
        (f"rgb(10,{19 - NEAR},30)", False),
        (f"rgb(10,20,{31 + NEAR})", False),
        ("", False),
        ("rgb(10,20)", False),
    ],
)
def test_colours_are_alike_when_each_channel_is_near(other: str, *, same: bool) -> None:
    assert alike("rgb(10,20,30)", other) is same
    assert alike(other, "rgb(10,20,30)") is same


def test_a_colour_that_was_rounded_is_confirmed_and_known_as_ours() -> None:
    core = studio()
    before = colours(core)
    talk = met(core)
    core.rounding = NEAR
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(DUMP)
    assert core.tracks[0].colour == (61, 165, 253)
    assert (status(talk).pending, status(talk).state) == (0, "ready")
    core.rounding = 0
    talk.tell(RestoreColours())
    talk.run(1.0)
    assert colours(core) == before


def test_a_colour_that_came_out_otherwise_is_not_confirmed() -> None:
    core = studio()
    talk = met(core)
    core.rounding = NEAR + 1
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(PATIENCE + 0.1)
    assert (status(talk).state, status(talk).dropped) == ("trouble", 1)


def test_what_is_beyond_the_bank_is_passed_over() -> None:
    talk = start()
    told = [
        Osc("/track/201/clip/1/name", ("A",)),
        Osc("/track/1/clip/201/name", ("A",)),
        Osc("/track/0/clip/1/name", ("A",)),
        Osc("/track/1/clip/1/name/2", ("A",)),
        Osc("/scene/0/name", ("A",)),
        Osc("/scene/x/name", ("A",)),
        Osc("/track/1/name", ("Bass",)),
    ]
    talk.hear(*told, Osc("/update", (0,)))
    talk.tell(TrackColour("Bass / A", BLUE), TrackColour("scene: A", BLUE))
    assert [m.address for m in talk.sent if "color" in m.address] == ["/track/1/color"]
