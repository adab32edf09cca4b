from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bridge.daw.ableton_locators import FRESH
from bridge.daw.ableton_mend import TOGGLE, UNDO
from bridge.daw.ableton_names import LIST, SET_NAME, SHOW
from bridge.messages import Osc
from tests.standins.ableton import AbletonCore
from tests.standins.ableton_set import Locator
from tests.standins.ableton_talk import Talk, live_with

END = "/live/song/get/current_song_time"


def test_a_locator_is_read_toggled_read_and_named_in_that_order() -> None:
    live = AbletonCore(playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("Write chords")
    talk.run(2.0)
    order = [m.address for m in talk.sent if m.address in (LIST, TOGGLE, SET_NAME)]
    assert order == [LIST, LIST, TOGGLE, LIST, LIST, SET_NAME, LIST]
    assert live.named == [("Write chords", 8.0)]
    assert talk.status.state == "ready"


def test_nothing_is_ever_sought() -> None:
    live = live_with(Locator("Verse", 0.0))
    talk = Talk(live, met=True)
    talk.mark("mine")
    live.playhead = 4.0
    talk.mark("second")
    talk.run(20.0)
    assert not [m for m in live.received if "set/current_song_time" in m.address]
    assert not [m for m in live.received if "/jump" in m.address]


def test_the_toggle_has_no_argument_and_the_index_of_a_name_is_whole() -> None:
    live = live_with(Locator("Verse", 64.0))
    talk = Talk(live, met=True)
    talk.mark("mine")
    talk.run(2.0)
    assert [m.args for m in talk.asked(TOGGLE)] == [()]
    assert [m.args for m in talk.asked(SET_NAME)] == [(1, "mine")]


def test_the_new_locator_is_known_by_what_came_and_not_by_its_place_in_time() -> None:
    live = live_with(Locator("Chorus", 64.0), Locator("Verse", 32.0), playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("mine")
    talk.run(2.0)
    assert live.named == [("Chorus", 64.0), ("Verse", 32.0), ("mine", 8.0)]


def test_two_cues_at_one_place_share_a_locator_with_the_newest_first() -> None:
    live = AbletonCore(playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("done: Chords", "Bass line")
    talk.run(5.0)
    assert live.named == [("Bass line / done: Chords", 8.0)]
    assert len(talk.asked(TOGGLE)) == 1


def test_two_cues_of_one_press_share_the_locator_that_the_grid_moved_aside() -> None:
    live = AbletonCore(playhead=7.7, grid=1.0)
    talk = Talk(live, met=True)
    talk.mark("done: Chords", "Bass line")
    talk.run(5.0)
    assert live.named == [("Bass line / done: Chords", 8.0)]
    assert talk.asked(UNDO) == []


def test_soon_after_at_a_playhead_that_did_not_move_nothing_is_toggled_again() -> None:
    live = AbletonCore(playhead=7.7, grid=1.0)
    talk = Talk(live, met=True)
    talk.mark("Chords")
    talk.run(3.0)
    talk.mark("Bass line")
    talk.run(3.0)
    assert live.named == [("Bass line / Chords", 8.0)]
    assert len(talk.asked(TOGGLE)) == 1


def test_two_cues_of_one_press_share_a_locator_while_the_song_plays_too() -> None:
    live = AbletonCore(playhead=8.0)
    talk = Talk(live, met=True)
    live.play()
    talk.mark("done: Chords", "Bass line")
    talk.run(3.0)
    talk.mark("Melody")
    talk.run(3.0)
    assert [name for name, _ in live.named] == ["Bass line / done: Chords", "Melody"]


def test_our_own_locator_that_a_later_toggle_met_is_brought_back_and_shared() -> None:
    live = AbletonCore(playhead=7.7, grid=1.0)
    talk = Talk(live, met=True)
    talk.mark("Chords")
    talk.run(60.0)
    talk.mark("Bass line")
    talk.run(5.0)
    assert live.named == [("Bass line / Chords", 8.0)]
    assert talk.status.state == "ready"
    assert talk.status.dropped == 0


def test_later_and_elsewhere_a_cue_gets_a_locator_of_its_own_though_the_playhead_did_not_move() -> (
    None
):
    live = AbletonCore(playhead=7.7, grid=1.0)
    talk = Talk(live, met=True)
    talk.mark("Chords")
    talk.run(60.0)
    live.insert = 32.0
    talk.mark("Bass line")
    talk.run(5.0)
    assert live.named == [("Chords", 8.0), ("Bass line", 32.0)]


def test_a_locator_of_ours_that_the_user_renamed_is_the_users() -> None:
    live = AbletonCore(playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("Chords")
    talk.run(2.0)
    live.song.locators[0].name = "Verse"
    talk.mark("Bass line")
    talk.run(2.0)
    assert live.named == [("Verse", 8.0)]
    assert "Verse" in talk.status.detail


def test_a_locator_of_the_user_under_the_playhead_is_left_alone_and_the_name_shown() -> None:
    live = live_with(Locator("Verse", 8.0), playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("mine")
    talk.run(2.0)
    assert live.named == [("Verse", 8.0)]
    assert talk.asked(TOGGLE) == []
    assert live.shown == ["mine"]
    assert talk.status.state == "trouble"
    assert talk.status.dropped == 1
    assert 'a locator of yours there ("Verse")' in talk.status.detail


def test_the_next_locator_that_succeeds_clears_the_trouble() -> None:
    live = live_with(Locator("Verse", 8.0), playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("mine")
    talk.run(2.0)
    live.playhead = 12.0
    talk.mark("second")
    talk.run(2.0)
    assert talk.status.state == "ready"
    assert talk.status.dropped == 1


def test_while_playing_a_cue_waits_until_the_users_locator_is_out_of_reach() -> None:
    live = live_with(Locator("Verse", 64.0), playhead=62.5, quantisation=4)
    talk = Talk(live, met=True)
    live.play()
    talk.mark("mine")
    talk.run(1.0)
    assert talk.asked(TOGGLE) == []
    talk.run(6.0)
    assert [name for name, _ in live.named] == ["Verse", "mine"]
    assert live.named[1][1] == 68.0
    assert talk.status.dropped == 0


def test_a_cue_that_a_locator_holds_up_for_too_long_is_shown_instead() -> None:
    locators = (Locator(f"bar {n}", 4.0 * n) for n in range(64))
    live = live_with(*locators, playhead=0.5, quantisation=4)
    talk = Talk(live, met=True)
    live.play()
    talk.mark("mine")
    talk.run(FRESH - 0.5)
    assert live.shown == []
    talk.run(2.0)
    assert live.shown == ["mine"]
    assert len(live.named) == 64
    assert talk.status.pending == 0


def test_answers_without_a_number_end_a_question_too() -> None:
    live = AbletonCore(echo=False, playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("mine")
    talk.run(2.0)
    assert live.named == [("mine", 8.0)]


def test_a_locator_that_shows_a_tick_late_is_named_all_the_same() -> None:
    live = AbletonCore(playhead=8.0, shows_late=1)
    talk = Talk(live, met=True)
    talk.mark("mine")
    talk.run(3.0)
    assert live.named == [("mine", 8.0)]
    assert len(talk.asked(TOGGLE)) == 1


def test_a_toggle_without_any_effect_is_reported_and_not_repeated() -> None:
    live = AbletonCore(playhead=8.0)
    live._handlers[TOGGLE] = lambda _args: None
    talk = Talk(live, met=True)
    talk.mark("mine")
    talk.run(5.0)
    assert len(talk.asked(TOGGLE)) == 1
    assert 'no locator for "mine": Live placed no locator' in talk.status.detail
    assert live.shown == ["mine"]


def test_a_toggle_that_fails_is_reported_with_its_own_cause() -> None:
    live = AbletonCore(playhead=8.0)

    def fail(_args: object) -> None:
        raise RuntimeError("Changes cannot be triggered by notifications")

    live._handlers[TOGGLE] = fail
    talk = Talk(live, met=True)
    talk.mark("mine")
    talk.run(5.0)
    assert "Changes cannot be triggered by notifications" in talk.status.detail


def test_a_list_that_changed_before_the_naming_never_costs_another_locator_its_name() -> None:
    live = live_with(Locator("Verse", 32.0), Locator("Chorus", 64.0), playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("mine")

    def meddle(core: AbletonCore) -> None:
        core.song.locators.pop(0)  # the user deletes "Verse"; ours slides from 2 to 1 …
        core.song.locators.append(Locator("Bridge", 96.0))  # … and another takes its place

    live.after_tick = [lambda _core: None, meddle]
    talk.run(5.0)
    assert sorted(live.named) == [("Bridge", 96.0), ("Chorus", 64.0), ("mine", 8.0)]


def test_another_programs_question_for_the_locators_does_no_harm() -> None:
    live = live_with(Locator("Verse", 32.0), playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("mine")
    for _ in range(20):
        talk.hear(Osc(LIST, ("Verse", 32.0)), Osc(END, (8.0, 999_999)))
        talk.run(0.05)
    talk.run(3.0)
    assert live.named == [("Verse", 32.0), ("mine", 8.0)]


@pytest.mark.parametrize("answer", [("Verse",), ("Verse", "32"), (1, 2.0), ("Verse", float("nan"))])
def test_a_list_that_can_not_be_one_stops_before_the_toggle(answer: tuple[object, ...]) -> None:
    live = AbletonCore(playhead=8.0)
    live._handlers[LIST] = lambda _args: answer  # type: ignore[assignment, return-value] # what no Live says
    talk = Talk(live, met=True)
    talk.mark("mine")
    talk.run(3.0)
    assert talk.asked(TOGGLE) == []
    assert "did not list its locators" in talk.status.detail


def test_the_name_is_shown_in_lives_status_bar_only_when_the_locator_can_not_have_it() -> None:
    live = AbletonCore(playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("mine")
    talk.run(3.0)
    assert talk.asked(SHOW) == []


def test_a_locator_at_the_start_of_the_loop_is_waited_for_before_the_song_jumps_there() -> None:
    live = live_with(Locator("Verse", 8.0), playhead=15.5, loop=(8.0, 16.0))
    talk = Talk(live, met=True)
    live.play()
    talk.mark("mine")
    talk.run(3.0)
    assert live.named[0] == ("Verse", 8.0)
    assert [name for name, _ in live.named] == ["Verse", "mine"]
    assert talk.asked(UNDO) == []


def test_cues_wait_for_a_locator_in_the_way_together_and_not_one_after_the_other() -> None:
    live = live_with(Locator("Chorus", 32.0), quantisation=1, loop=(0.0, 8.0))
    talk = Talk(live, met=True)
    live.play()
    for n in range(8):
        talk.mark(f"cue {n}")
        talk.run(1.0)
    talk.run(FRESH)
    assert live.named == [("Chorus", 32.0)]
    assert (talk.status.pending, talk.status.dropped) == (0, 8)
    assert live.shown == [f"cue {n}" for n in range(8)]


@example(
    gaps=[1.5625, 0.0], theirs=[1], rolling=True, quantisation=11, nearest=False, late=0, loop=None
)
@given(
    gaps=st.lists(st.floats(0.0, 6.0), min_size=1, max_size=8),
    theirs=st.lists(st.integers(0, 40), max_size=6, unique=True),
    rolling=st.booleans(),
    quantisation=st.integers(0, 13),
    nearest=st.booleans(),
    late=st.integers(0, 1),
    loop=st.sampled_from([None, (0.0, 8.0), (4.0, 5.5), (0.0, 32.0)]),
)
def test_whatever_the_rhythm_no_locator_of_the_user_is_touched_and_no_cue_told_twice(
    gaps: list[float],
    theirs: list[int],
    *,
    rolling: bool,
    quantisation: int,
    nearest: bool,
    late: int,
    loop: tuple[float, float] | None,
) -> None:
    own = [(f"own {n}", 4.0 * n) for n in theirs]
    live = live_with(*(Locator(*one) for one in own), quantisation=quantisation, shows_late=late)
    live.playhead, live.nearest, live.loop = 0.3, nearest, loop
    talk = Talk(live, met=True)
    if rolling:
        live.play()
    for n, gap in enumerate(gaps):
        talk.mark(f"cue {n}")
        talk.run(gap)
    talk.run(60.0)
    assert [one for one in live.named if one in own] == own
    told = [
        part for name, _ in live.named if not name.startswith("own") for part in name.split(" / ")
    ]
    assert len(told) == len(set(told))
    assert len(told) + talk.status.dropped == len(gaps)
    assert all(name.startswith("cue") for name in told)
    assert talk.asked(UNDO) == []
