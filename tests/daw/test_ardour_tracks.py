from __future__ import annotations

import pytest

from bridge.daw.ardour import ArdourTarget
from bridge.daw.ardour_selecting import (
    LIST,
    OWN_SLOT,
    OWN_WORD,
    SELECTED,
    SLOTS,
    action,
    give_back,
    select,
)
from bridge.daw.ardour_tracks import ANSWER, HEAR, MOST_SESSIONS, MOST_WAITING, SETTLE
from bridge.daw.target import DawSettings
from bridge.messages import Marker, Osc, RestoreColours, TrackColour
from tests.contract.daw_contract import BLUE, Conversation
from tests.standins.ardour import ArdourCore, Track

ACTIONS = dict(enumerate((*SLOTS, OWN_WORD), 1))
GREEN = "#00C853"


def ardour(**more: object) -> ArdourCore:
    return ArdourCore(actions=dict(ACTIONS), **more)  # type: ignore[arg-type] # as the core takes them


def start(core: ArdourCore) -> Conversation:
    talk = Conversation(ArdourTarget(DawSettings("ardour", port=3819)), core)
    talk.run(1.0)
    talk.sent.clear()
    return talk


def detail(talk: Conversation) -> str:
    return talk.target.status(talk.moment).detail


@pytest.mark.parametrize("version", [(6, 0), (6, 9), (7, 0), (7, 3), (9, 8)])
def test_a_track_gets_its_colour_in_every_version(version: tuple[int, int]) -> None:
    core = ardour(version=version)
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(2.0)
    assert (core.colour("Bass"), core.colour("Drums")) == (GREEN, "")
    assert "tracks are coloured" in detail(talk)


def test_the_selection_is_sent_as_press_and_release() -> None:
    assert select(2) == [Osc("/strip/select", (2, 1)), Osc("/strip/select", (2, 0))]


def test_several_tracks_are_coloured_one_after_the_other() -> None:
    core = ardour(tracks=[Track("Drums"), Track("Bass"), Track("Keys")])
    talk = start(core)
    for track, colour in (("Keys", SLOTS[0]), ("Drums", SLOTS[1]), ("Bass", SLOTS[2])):
        talk.tell(TrackColour(track, colour))
    talk.run(5.0)
    assert [track.colour for track in core.tracks] == [SLOTS[1], SLOTS[2], SLOTS[0]]


def test_the_selection_that_the_user_had_comes_back() -> None:
    core = ardour()
    talk = start(core)
    talk.hear(*core.select("Drums", talk.now))
    talk.run(0.1)
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(3.0)
    assert core._window_selected == "Drums"
    assert core.colour("Drums") == ""


def test_the_selection_comes_back_when_one_colour_comes_hot_on_the_heels_of_another() -> None:
    core = ardour(tracks=[Track("Drums"), Track("Bass"), Track("Keys")])
    talk = start(core)
    talk.hear(*core.select("Keys", talk.now))
    talk.run(1.0)
    for colour in (GREEN, SLOTS[0]):
        talk.tell(TrackColour("Bass", colour))
        while talk.target.status(talk.moment).pending:
            talk.run(0.01)
    talk.run(1.0)
    assert core.colour("Bass") == SLOTS[0]
    assert core._window_selected == "Keys"


@pytest.mark.parametrize("last", ["Bass", "Choir"])
def test_the_selection_comes_back_after_the_last_of_several(last: str) -> None:
    core = ardour(tracks=[Track("Drums"), Track("Bass"), Track("Keys")])
    talk = start(core)
    talk.hear(*core.select("Drums", talk.now))
    talk.tell(TrackColour("Keys", GREEN), TrackColour(last, GREEN))
    talk.run(5.0)
    assert core.colour("Keys") == GREEN
    assert core._window_selected == "Drums"
    assert talk.sent.count(Osc("/strip/select", (1, 0))) == 1  # after the last, not after each


def test_a_track_that_a_hand_selects_as_soon_as_the_colour_is_there_stays_selected() -> None:
    core = ardour(tracks=[Track("Drums"), Track("Bass"), Track("Keys")])
    talk = start(core)
    talk.hear(*core.select("Drums", talk.now))
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(SETTLE + 0.2)
    assert core.colour("Bass") == GREEN
    talk.hear(*core.select("Keys", talk.now))
    talk.run(5.0)
    assert core._window_selected == "Keys"


def test_the_track_that_is_selected_already_is_coloured_too() -> None:
    core = ardour()
    talk = start(core)
    talk.hear(*core.select("Bass", talk.now))
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(3.0)
    assert core.colour("Bass") == GREEN
    assert core._window_selected == "Bass"


def test_a_name_in_other_letters_is_found_and_one_that_is_not_there_is_told() -> None:
    core = ardour()
    talk = start(core)
    talk.tell(TrackColour("bass", GREEN))
    talk.run(3.0)
    assert core.colour("Bass") == GREEN
    talk.tell(TrackColour("Choir", GREEN))
    talk.run(3.0)
    assert 'no track "Choir"' in detail(talk)
    core.tracks.append(Track("Choir"))
    talk.tell(TrackColour("Choir", GREEN))
    talk.run(3.0)
    assert "Choir" not in detail(talk)


def test_of_a_clip_the_track_is_coloured_unless_one_is_called_so() -> None:
    core = ardour()
    talk = start(core)
    talk.tell(TrackColour("bass / Chorus", GREEN))
    talk.run(3.0)
    assert core.colour("Bass") == GREEN
    core.tracks.append(Track("Bass / Chorus"))
    talk.tell(TrackColour("Bass / Chorus", SLOTS[0]))
    talk.run(3.0)
    assert (core.colour("Bass / Chorus"), core.colour("Bass")) == (SLOTS[0], GREEN)


def test_without_the_window_nothing_is_selected_a_second_time_and_the_status_says_why() -> None:
    core = ardour(window=False)
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN), TrackColour("Drums", GREEN))
    talk.run(HEAR + SETTLE + ANSWER + 0.1)
    assert "none of its Lua actions answered" in detail(talk)
    assert talk.sent.count(LIST) == 1
    sent = len(talk.sent)
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(60.0)
    assert len(talk.sent) == sent
    seen = talk.target.status(talk.moment)
    assert (seen.pending, seen.dropped) == (0, 0)  # no cue was lost that could have arrived


def test_with_the_next_ardour_the_actions_are_tried_again() -> None:
    core = ardour(window=False)
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(5.0)
    core.end()
    talk.run(5.0)
    core.window = True
    core.begin()
    talk.run(6.0)
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(3.0)
    assert core.colour("Bass") == GREEN


def test_a_hand_that_selects_another_track_meanwhile_keeps_its_colour() -> None:
    core = ardour()
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(SETTLE / 2)
    talk.hear(*core.select("Drums", talk.now))
    talk.run(5.0)
    assert (core.colour("Drums"), core.colour("Bass")) == ("", "")
    assert talk.target.status(talk.moment).dropped == 1


def test_markers_do_not_wait_for_colours() -> None:
    core = ardour()
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN), Marker("now", BLUE))
    assert core.names == ["now"]


def test_the_newest_colour_of_a_track_is_the_one_that_waits() -> None:
    core = ardour()
    talk = start(core)
    for colour in SLOTS:
        talk.tell(TrackColour("Bass", colour))
    assert talk.target.status(talk.moment).pending == 2
    talk.run(5.0)
    assert core.colour("Bass") == SLOTS[-1]


def test_a_colour_waits_for_ardour_however_long_it_takes() -> None:
    core = ardour(running=False)
    talk = start(core)
    talk.tell(TrackColour("Bass", SLOTS[0]), TrackColour("Bass", GREEN))
    talk.run(3600.0)
    core.begin()
    talk.run(8.0)
    assert core.colour("Bass") == GREEN
    assert talk.target.status(talk.moment).dropped == 0


def test_a_colour_that_was_under_way_when_ardour_ended_is_given_to_the_next_one() -> None:
    core = ardour()
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(SETTLE / 2)
    core.end()
    talk.run(10.0)
    core.begin()
    talk.run(8.0)
    assert core.colour("Bass") == GREEN
    assert talk.target.status(talk.moment).dropped == 0


def test_a_colour_whose_action_may_have_run_when_ardour_ended_is_given_once_more() -> None:
    core = ardour(latency=0.2)
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN))
    while action(GREEN) not in talk.sent:
        talk.run(0.01)
    core.end()
    core.tracks[1].colour = ""  # it was not saved
    talk.run(10.0)
    assert talk.target.status(talk.moment).pending == 1
    core.begin()
    talk.run(8.0)
    assert core.colour("Bass") == GREEN
    assert "tracks are coloured" in detail(talk)


def test_a_colour_for_a_track_that_waits_already_takes_no_place() -> None:
    talk = start(ardour(running=False))
    for n in (*range(MOST_WAITING), 0, 1, 2):
        talk.tell(TrackColour(f"track {n}", GREEN))
    assert talk.target.status(talk.moment).dropped == 0


def test_only_so_many_colours_wait() -> None:
    talk = start(ardour(running=False))
    for n in range(1000):
        talk.tell(TrackColour(f"track {n}", GREEN))
    seen = talk.target.status(talk.moment)
    assert (seen.pending, seen.dropped) == (MOST_WAITING, 1000 - MOST_WAITING)


@pytest.mark.parametrize("slot", range(len(SLOTS)))
def test_each_colour_has_its_action(slot: int) -> None:
    assert action(SLOTS[slot]) == Osc("/access_action", (f"LuaAction/script-{slot + 1}",))


def test_a_colour_of_the_users_own_gets_the_nearest_action() -> None:
    assert action("#FF2040") == action("#FF1744")
    assert action("#1E1EE0") == action("#3FA7FF")


# --- their own colours ----------------------------------------------------------------------------


def test_at_the_end_all_tracks_get_their_own_colours_back_and_the_selection_too() -> None:
    core = ardour(tracks=[Track("Drums", "#111111"), Track("Bass", "#222222"), Track("Keys")])
    talk = start(core)
    talk.hear(*core.select("Keys", talk.now))
    for track, colour in (("Drums", GREEN), ("Bass", SLOTS[0]), ("Bass", GREEN)):
        talk.tell(TrackColour(track, colour))
        talk.run(5.0)
    talk.tell(RestoreColours())
    talk.run(5.0)
    assert [track.colour for track in core.tracks] == ["#111111", "#222222", ""]
    assert core._window_selected == "Keys"
    assert talk.sent.count(give_back()) == 1
    assert (talk.target.originals, talk.target.status(talk.moment).dropped) == ({}, 0)


def test_a_track_that_was_coloured_by_hand_since_keeps_that() -> None:
    core = ardour()
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(5.0)
    core.tracks[1].colour = "#123456"
    talk.tell(RestoreColours())
    talk.run(5.0)
    assert core.colour("Bass") == "#123456"


def test_where_nothing_was_coloured_nothing_is_asked_for() -> None:
    talk = start(ardour())
    talk.tell(RestoreColours())
    talk.run(5.0)
    assert talk.sent == []
    assert talk.target.originals == {}


def test_after_a_restart_of_songbridge_the_own_colours_come_back_all_the_same() -> None:
    core = ardour()
    before = start(core)
    before.tell(TrackColour("Bass", GREEN))
    before.run(5.0)
    kept = dict(before.target.originals)
    assert list(kept) == ["Nordlicht"]
    talk = Conversation(ArdourTarget(DawSettings("ardour", port=3819)), core)
    talk.target.recall(kept)
    talk.now = before.now
    talk.tell(RestoreColours())
    talk.run(8.0)
    assert core.colour("Bass") == ""
    assert talk.target.originals == {}


def test_the_own_colours_wait_for_ardour_and_its_session() -> None:
    core = ardour()
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(5.0)
    core.end()
    talk.run(5.0)
    talk.tell(RestoreColours())
    assert talk.target.status(talk.moment).pending == 1
    core.begin()
    talk.run(8.0)
    assert core.colour("Bass") == ""


def test_another_session_is_left_alone_and_the_first_is_not_forgotten() -> None:
    core = ardour()
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(5.0)
    core.end()
    core.session, core.noted = "Other", {}
    talk.run(5.0)
    core.begin()
    talk.run(8.0)
    talk.tell(RestoreColours())
    talk.run(5.0)
    assert give_back() not in talk.sent
    assert list(talk.target.originals) == ["Nordlicht"]
    assert talk.target.status(talk.moment).pending == 0


def test_a_colour_that_waits_is_not_given_when_all_get_their_own_back() -> None:
    core = ardour()
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN), TrackColour("Drums", GREEN), RestoreColours())
    talk.run(8.0)
    assert [track.colour for track in core.tracks] == ["", ""]


def test_a_colour_behind_it_is_given() -> None:
    core = ardour()
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN), RestoreColours(), TrackColour("Drums", GREEN))
    talk.run(8.0)
    assert [track.colour for track in core.tracks] == [GREEN, ""]


def test_a_hand_that_selects_another_track_does_not_keep_the_own_colours_away() -> None:
    core = ardour(tracks=[Track("Drums"), Track("Bass"), Track("Keys")])
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(5.0)
    talk.tell(RestoreColours())
    talk.run(SETTLE / 2)
    talk.hear(*core.select("Keys", talk.now))
    talk.run(5.0)
    assert core.colour("Bass") == ""


def test_without_the_ninth_action_the_status_says_so_and_colours_go_on() -> None:
    core = ArdourCore(actions=dict(enumerate(SLOTS, 1)))
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(5.0)
    talk.tell(RestoreColours())
    talk.run(5.0)
    assert f"Lua action {OWN_SLOT}" in detail(talk)
    assert talk.target.status(talk.moment).dropped == 1
    assert list(talk.target.originals) == ["Nordlicht"]
    core.actions[OWN_SLOT] = OWN_WORD
    talk.tell(TrackColour("Drums", GREEN))
    talk.run(5.0)
    assert core.colour("Drums") == GREEN
    talk.tell(RestoreColours())
    talk.run(5.0)
    assert "Lua action" not in detail(talk)
    assert [track.colour for track in core.tracks] == ["", ""]


def test_only_so_many_sessions_are_remembered() -> None:
    talk = start(ardour())
    talk.target.recall({f"s{n}": "" for n in range(100)})
    assert len(talk.target.originals) <= MOST_SESSIONS
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(5.0)
    assert len(talk.target.originals) <= MOST_SESSIONS
    assert "Nordlicht" in talk.target.originals


def test_a_selection_without_a_name_is_none() -> None:
    talk = start(ardour())
    talk.hear(Osc(SELECTED), Osc(SELECTED, (7,)))
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(5.0)
    assert talk.target.status(talk.moment).pending == 0


def test_a_window_that_was_busy_once_costs_one_colour_and_not_the_evening() -> None:
    core = ardour()
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(3.0)
    core.window = False  # it saves, or asks something; its OSC goes on
    talk.tell(TrackColour("Drums", GREEN))
    talk.run(5.0)
    core.window = True
    assert talk.target.status(talk.moment).dropped == 1
    talk.tell(TrackColour("Drums", SLOTS[0]))
    talk.run(5.0)
    assert core.colour("Drums") == SLOTS[0]
    assert "tracks are coloured" in detail(talk)


def test_a_window_that_is_gone_for_good_is_left_alone_after_two_tries() -> None:
    core = ardour()
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(3.0)
    core.window = False
    for _ in range(4):
        talk.tell(TrackColour("Drums", GREEN))
        talk.run(5.0)
    asked = [message for message in talk.sent if message == action(GREEN)]
    assert len(asked) == 3  # one that was answered, two that were not
    assert "none of its Lua actions answered" in detail(talk)


def test_own_colours_that_wait_outlive_a_colour_that_was_not_answered() -> None:
    core = ardour()
    talk = start(core)
    talk.tell(TrackColour("Bass", GREEN))
    talk.run(3.0)
    for _ in range(2):
        core.window = False
        talk.tell(TrackColour("Drums", GREEN))
        talk.run(0.7)  # the action is on its way
        talk.tell(RestoreColours())
        talk.run(ANSWER)
        core.window = True
        talk.run(10.0)
    assert core.colour("Bass") == ""
    assert talk.target.originals == {}
