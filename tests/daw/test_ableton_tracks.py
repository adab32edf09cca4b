from __future__ import annotations

import pytest

from bridge.daw.ableton_places import TRACKS, find
from tests.standins.ableton import AbletonCore
from tests.standins.ableton_set import PALETTE, LiveSet, Track, nearest
from tests.standins.ableton_talk import Talk

SET_COLOUR = "/live/track/set/color"
RED, GREEN = "#FF3636", "#3DC300"


def band(*names: str) -> AbletonCore:
    return AbletonCore(song=LiveSet(tracks=[Track(name, 0x10A4EE) for name in names]))


def colours(live: AbletonCore) -> dict[str, str]:
    return {track.name: f"#{track.colour:06X}" for track in live.song.tracks}


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("Bass", 1),
        ("bass", 1),
        ("BASS", 1),
        ("dru", 0),
        ("vocals l", 2),
        ("Straße", 4),
        ("STRASSE", 4),
    ],
)
def test_a_track_is_found_by_its_name_then_by_its_only_beginning(wanted: str, place: int) -> None:
    assert find(["Drums", "Bass", "Vocals L", "Vocals R", "Straße"], wanted, "tracks") == place


def test_the_exact_spelling_wins_over_another_case() -> None:
    assert find(["bass", "Bass"], "Bass", "tracks") == 1


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("Voc", "2 tracks begin so"),
        ("Keys", "none of that name"),
        ("", "none of that name"),
    ],
)
def test_a_track_that_is_not_clear_is_told_with_what_to_do(wanted: str, says: str) -> None:
    assert says in str(find(["Drums", "Vocals L", "Vocals R"], wanted, "tracks"))


def test_a_colour_goes_out_as_a_whole_number_to_the_track_of_that_name() -> None:
    live = band("Drums", "Bass")
    talk = Talk(live, met=True)
    talk.paint("bass", RED)
    talk.run(2.0)
    assert [m.args for m in talk.asked(SET_COLOUR)] == [(1, 0xFF3636)]
    assert colours(live) == {"Drums": "#10A4EE", "Bass": RED}
    assert talk.status.state == "ready"


def test_a_track_that_is_not_there_is_trouble_until_the_next_that_is() -> None:
    talk = Talk(band("Drums"), met=True)
    talk.paint("Keys")
    talk.run(2.0)
    assert talk.status.state == "trouble"
    assert 'no colour for "Keys": Live has none of that name' in talk.status.detail
    assert 'the last was "colour of Keys"' in talk.status.detail
    assert talk.status.dropped == 1
    talk.paint("Drums")
    talk.run(2.0)
    assert talk.status.state == "ready"


def test_the_colours_of_before_come_back() -> None:
    live = band("Drums", "Bass")
    live.song.tracks[1].colour = PALETTE[7]
    talk = Talk(live, met=True)
    before = colours(live)
    talk.paint("Drums", RED)
    talk.paint("Bass", "#ABCDEF")
    talk.paint("Bass", GREEN)
    talk.run(5.0)
    assert colours(live) == {"Drums": RED, "Bass": GREEN}
    talk.restore()
    talk.run(5.0)
    assert colours(live) == before


def test_a_track_that_is_coloured_again_and_again_gets_its_first_colour_back() -> None:
    live = band("Bass")
    talk = Talk(live, met=True)
    for colour in (RED, GREEN, "#ABCDEF"):
        talk.paint("Bass", colour)
        talk.run(2.0)
    talk.restore()
    talk.run(2.0)
    assert colours(live) == {"Bass": "#10A4EE"}


def test_a_colour_that_lives_palette_rounds_comes_back_all_the_same() -> None:
    live = band("Bass")
    talk = Talk(live, met=True)
    talk.paint("Bass", "#123456")
    talk.run(2.0)
    assert live.song.tracks[0].colour == nearest(0x123456) != 0x123456
    talk.restore()
    talk.run(2.0)
    assert colours(live) == {"Bass": "#10A4EE"}


def test_what_the_user_coloured_since_stays() -> None:
    live = band("Bass")
    talk = Talk(live, met=True)
    talk.paint("Bass", RED)
    talk.run(2.0)
    live.song.tracks[0].colour = PALETTE[40]
    talk.restore()
    talk.run(2.0)
    assert live.song.tracks[0].colour == PALETTE[40]


def test_the_users_new_colour_is_the_one_that_comes_back_later() -> None:
    live = band("Bass")
    talk = Talk(live, met=True)
    talk.paint("Bass", RED)
    talk.run(2.0)
    live.song.tracks[0].colour = PALETTE[40]
    talk.paint("Bass", GREEN)
    talk.run(2.0)
    talk.restore()
    talk.run(2.0)
    assert live.song.tracks[0].colour == PALETTE[40]


def test_colours_come_back_where_the_tracks_are_now() -> None:
    live = band("Drums", "Bass")
    talk = Talk(live, met=True)
    talk.paint("Bass", RED)
    talk.run(2.0)
    live.song.tracks.insert(0, Track("Intro", PALETTE[3]))
    talk.restore()
    talk.run(2.0)
    assert colours(live) == {"Intro": "#F7F47C", "Drums": "#10A4EE", "Bass": "#10A4EE"}


def test_nothing_is_given_back_twice_and_nothing_is_asked_without_need() -> None:
    live = band("Bass")
    talk = Talk(live, met=True)
    talk.restore()
    assert talk.sent == []
    assert talk.status.pending == 0
    talk.paint("Bass", RED)
    talk.run(2.0)
    talk.restore()
    talk.run(2.0)
    talk.sent.clear()
    talk.restore()
    assert talk.sent == []


@pytest.mark.parametrize("after", [1, 2, 3])
def test_tracks_that_move_meanwhile_end_in_the_right_colours(after: int) -> None:
    live = band("Drums", "Bass", "Keys")
    live.song.tracks[0].colour = PALETTE[5]
    talk = Talk(live, met=True)

    def move(core: AbletonCore) -> None:
        core.song.tracks.insert(2, core.song.tracks.pop(0))

    live.after_tick = [*(lambda _core: None for _ in range(after - 1)), move]
    talk.paint("Bass", RED)
    talk.run(5.0)
    assert colours(live) == {"Drums": "#1AFF2F", "Bass": RED, "Keys": "#10A4EE"}
    assert [track.name for track in live.song.tracks] == ["Bass", "Keys", "Drums"]


def test_a_track_deleted_meanwhile_is_told_as_missing() -> None:
    live = band("Drums", "Bass")
    talk = Talk(live, met=True)
    live.after_tick = [lambda core: core.song.tracks.pop()]
    talk.paint("Bass", RED)
    talk.run(5.0)
    assert colours(live) == {"Drums": "#10A4EE"}
    assert '"Bass": Live has none of that name' in talk.status.detail


def test_tracks_with_names_in_every_script_are_found() -> None:
    live = band("Schlagzeug", "ベース", "Ünder")
    talk = Talk(live, met=True)
    talk.paint("ベース", RED)
    talk.paint("ünder", GREEN)
    talk.run(3.0)
    assert colours(live) == {"Schlagzeug": "#10A4EE", "ベース": RED, "Ünder": GREEN}


def test_a_set_too_large_for_one_answer_is_told_and_left_alone() -> None:
    live = band("Bass")
    live._handlers[TRACKS] = lambda _args: None
    talk = Talk(live, met=True)
    talk.paint("Bass", RED)
    talk.run(3.0)
    assert '"Bass": Live did not list its tracks' in talk.status.detail
    assert talk.asked(SET_COLOUR) == []


@pytest.mark.parametrize("answer", [(1,), ("Bass", 1.5), (True,), (b"Bass",)])
def test_names_that_can_not_be_names_change_nothing(answer: tuple[object, ...]) -> None:
    live = band("Bass")
    live._handlers[TRACKS] = lambda _args: answer  # type: ignore[assignment, return-value] # what no Live says
    talk = Talk(live, met=True)
    talk.paint("Bass", RED)
    talk.run(3.0)
    assert talk.asked(SET_COLOUR) == []
    assert "did not list its tracks" in talk.status.detail


@pytest.mark.parametrize("answer", [(0,), (0, 1.5), (0, "red"), (7, 7), (0, True), ()])
def test_a_colour_that_can_not_be_one_is_never_given_back(answer: tuple[object, ...]) -> None:
    live = band("Bass")
    live._handlers["/live/track/get/color"] = lambda _args: answer  # type: ignore[assignment, return-value] # what no Live says
    talk = Talk(live, met=True)
    talk.paint("Bass", RED)
    talk.run(3.0)
    assert talk.status.state == "trouble"
    assert talk.target.originals == {}


def test_tracks_that_move_twice_are_told_and_none_keeps_a_foreign_colour() -> None:
    live = band("Drums", "Bass", "Keys")
    live.song.tracks[0].colour = PALETTE[5]
    talk = Talk(live, met=True)

    def move(core: AbletonCore) -> None:
        core.song.tracks.append(core.song.tracks.pop(0))

    def stay(_core: AbletonCore) -> None: ...

    live.after_tick = [move, stay, stay, move]  # each time after the names were read
    talk.paint("Bass", RED)
    talk.run(8.0)
    assert colours(live) == {"Drums": "#1AFF2F", "Bass": "#10A4EE", "Keys": "#10A4EE"}
    assert "its place changed meanwhile" in talk.status.detail


def test_a_track_that_goes_while_the_tracks_are_read_costs_another_its_colour_not() -> None:
    live = band("Drums", "Bass", "Keys")
    talk = Talk(live, met=True)
    live.after_tick = [lambda core: core.song.tracks.pop()]
    talk.paint("Bass", RED)
    talk.run(5.0)
    assert colours(live) == {"Drums": "#10A4EE", "Bass": RED}
    assert talk.status.state == "ready"
