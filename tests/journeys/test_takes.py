"""An evening at which things are recorded: no take is cut, and nobody who plays is away."""

from __future__ import annotations

import pytest

from bridge.core.cue_rules import CueRule, CueSettings
from bridge.core.settings import Settings
from bridge.daw.target import DawSettings
from bridge.files.config_controllers import ControllerConfig
from bridge.files.config_listening import ListeningConfig
from bridge.ports.osc_requests import Subscribe
from tests.standins.deck import DECK, LOST, PLAYING, RECORDING, STOP, STOPPED
from tests.standins.desk import SONG
from tests.standins.emulators.launchpad import LaunchpadMiniMk3
from tests.standins.studio import Studio

MINUTE, HOUR = 60.0, 3600.0
BOX = 20 * MINUTE
FIRST, SECOND, THIRD = (
    "Write chord progression",
    "Design sound for bassline",
    "Balance drums and bass",
)
ONE, OTHER = "deck", "deck-2"


def studio_with(*, settings: Settings | None = None, **listening: bool) -> Studio:
    studio = Studio(
        [SONG],
        settings=settings,
        daws=[DawSettings("deck"), DawSettings("deck")],
        kinds=DECK,
        listening=ListeningConfig(**listening),  # type: ignore[arg-type] # its flags
    )
    studio.daw_says(ONE, STOPPED)
    return studio


@pytest.fixture
def studio() -> Studio:
    return studio_with()


def recording(studio: Studio, key: str = ONE) -> None:
    """Record over the end of the first box, by a minute."""
    studio.do("start")
    studio.wait(BOX - MINUTE)
    studio.daw_says(key, RECORDING)
    studio.wait(2 * MINUTE)


def test_a_take_over_the_end_of_a_box_is_finished_first(studio: Studio) -> None:
    recording(studio)
    held = (studio.state, studio.current, studio.view.timer.held)
    studio.daw_says(ONE, STOPPED)
    studio.wait(10.1)

    assert held == ("overtime", FIRST, True)
    assert (studio.state, studio.current) == ("running", SECOND)
    assert studio.view.queue()[-1].spent == pytest.approx(BOX + MINUTE + 10)


def test_with_two_daws_the_take_lasts_until_neither_records(studio: Studio) -> None:
    recording(studio)
    studio.daw_says(OTHER, RECORDING)
    studio.daw_says(ONE, STOPPED)
    studio.wait(MINUTE)
    held = studio.current
    studio.daw_says(OTHER, STOPPED)
    studio.wait(10.1)

    assert (held, studio.current) == (FIRST, SECOND)


def test_a_daw_that_is_lost_ends_its_take_and_going_on_holds_it_again(studio: Studio) -> None:
    recording(studio)
    studio.daw_says(ONE, LOST)
    studio.wait(9)
    in_grace = (studio.current, studio.view.timer.recording)
    studio.daw_says(ONE, RECORDING)
    studio.wait(HOUR)
    back = studio.current
    studio.daw_says(ONE, LOST)
    studio.wait(10.1)

    assert in_grace == (FIRST, False)
    assert (back, studio.current) == (FIRST, SECOND)


def test_a_restart_in_a_take_leaves_it_alone_once_the_daw_answers(studio: Studio) -> None:
    recording(studio)
    studio.kill(off_for=30)
    studio.wait(2)
    studio.daw_says(ONE, RECORDING)
    studio.wait(HOUR)

    assert (studio.state, studio.current) == ("overtime", FIRST)


def test_a_take_that_the_machine_slept_through_is_noticed_again_when_it_wakes(
    studio: Studio,
) -> None:
    recording(studio)
    studio.sleep(HOUR)
    studio.daw_says(ONE, RECORDING)

    assert (studio.state, studio.view.timer.recording) == ("away", True)


def test_subscribers_and_lights_tell_of_the_take(studio: Studio) -> None:
    pads = LaunchpadMiniMk3()
    studio.plug("Launchpad Mini MK3 LPMiniMK3 MI", pads)
    recording(studio)
    studio.osc_in(Subscribe())
    held = pads.all_lit()
    for message in (STOPPED, RECORDING):
        studio.daw_says(ONE, message)
    told = [m.args[0] for _key, m in studio.osc.sent if m.address == "/songbridge/event"]

    assert told == ["take-ended", "take-began"]
    studio.wait(0.5)
    assert pads.all_lit() == held
    studio.daw_says(ONE, STOPPED)
    studio.wait(3)
    assert pads.all_lit() != held


def test_switched_off_nothing_waits_for_a_take() -> None:
    studio = studio_with(takes=False)
    recording(studio)

    assert studio.current == SECOND


def test_playing_keeps_from_being_away(studio: Studio) -> None:
    studio.do("start")
    studio.daw_says(ONE, PLAYING)
    studio.wait(BOX + 10 + 25 * MINUTE + 10)

    assert (studio.state, studio.current) == ("running", THIRD)


def test_a_hand_at_the_transport_keeps_from_being_away(studio: Studio) -> None:
    studio.do("start")
    studio.wait(BOX + 15)
    studio.daw_says(ONE, PLAYING)
    studio.daw_says(ONE, STOPPED)
    studio.wait(25 * MINUTE + 10)

    assert studio.current == THIRD


def test_what_was_left_looping_does_not_work_through_the_queue_all_night(studio: Studio) -> None:
    studio.do("start")
    studio.daw_says(ONE, PLAYING)
    studio.wait(8 * HOUR)

    assert studio.state == "away"


def test_without_anybody_at_the_daw_it_is_away(studio: Studio) -> None:
    studio.do("start")
    studio.wait(2 * HOUR)

    assert studio.state == "away"


def test_a_daw_that_comes_or_goes_is_no_sign_of_anybody(studio: Studio) -> None:
    studio.do("start")
    studio.wait(BOX + 15)
    for message in (LOST, STOPPED, LOST):
        studio.daw_says(ONE, message)
    studio.wait(HOUR)

    assert studio.state == "away"


@pytest.mark.parametrize(
    ("before", "state"),
    [
        ((), "running"),
        (("start", "pause"), "running"),
        (("start", "break"), "running"),
        (("break",), "running"),
    ],
)
def test_play_starts_and_goes_on(before: tuple[str, ...], state: str) -> None:
    studio = studio_with(plays_start=True)
    for name in before:
        studio.do(name)
    studio.wait(5)
    studio.daw_says(ONE, PLAYING)

    assert (studio.state, studio.current) == (state, FIRST)


def test_play_brings_back_from_away() -> None:
    studio = studio_with(plays_start=True)
    studio.do("start")
    studio.wait(2 * HOUR)
    studio.daw_says(ONE, PLAYING)

    assert (studio.state, studio.current) == ("running", SECOND)


def test_play_starts_nothing_unless_it_is_asked_for(studio: Studio) -> None:
    studio.wait(5)
    studio.daw_says(ONE, PLAYING)

    assert studio.state == "idle"


def test_play_leaves_a_running_box_alone() -> None:
    studio = studio_with(plays_start=True)
    studio.do("start", 2)
    studio.wait(5)
    seq = studio.session.engine.seq
    studio.daw_says(ONE, PLAYING)

    assert (studio.current, studio.session.engine.seq) == (SECOND, seq)


def test_one_play_starts_once_though_two_daws_follow_each_other() -> None:
    studio = studio_with(plays_start=True)
    studio.daw_says(OTHER, STOPPED)
    studio.wait(5)
    studio.daw_says(ONE, PLAYING)
    studio.do("pause")
    studio.daw_says(OTHER, PLAYING)
    studio.daw_says(ONE, PLAYING)
    studio.wait(MINUTE)

    assert studio.state == "paused"


def test_moving_the_playhead_is_no_play() -> None:
    studio = studio_with(plays_start=True)
    studio.wait(5)
    studio.daw_says(ONE, PLAYING)
    studio.do("pause")
    studio.wait(5)
    studio.daw_says(ONE, STOPPED)
    studio.wait(0.1)
    studio.daw_says(ONE, PLAYING)
    moved = studio.state
    studio.daw_says(ONE, STOPPED)
    studio.wait(1)
    studio.daw_says(ONE, PLAYING)

    assert (moved, studio.state) == ("paused", "running")


def test_a_daw_that_was_playing_when_it_was_found_starts_nothing() -> None:
    studio = studio_with(plays_start=True)
    studio.wait(5)
    studio.daw_says(OTHER, PLAYING)

    assert studio.state == "idle"


def test_play_with_nothing_to_do_is_refused_without_a_word() -> None:
    studio = Studio(
        daws=[DawSettings("deck")], kinds=DECK, listening=ListeningConfig(plays_start=True)
    )
    studio.daw_says(ONE, STOPPED)
    studio.wait(5)
    studio.daw_says(ONE, PLAYING)

    assert studio.state == "idle"
    assert not [m for _key, m in studio.osc.sent if "error" in m.address]


def test_playing_a_keyboard_that_only_the_daw_uses_keeps_from_being_away(studio: Studio) -> None:
    studio.plug("Grand Piano", LaunchpadMiniMk3())
    studio.do("start")
    studio.wait(BOX + 15)
    studio.bytes_in("Grand Piano", bytes((0x90, 60, 80)))
    studio.wait(25 * MINUTE + 10)

    assert studio.current == THIRD


def test_keys_of_an_opened_device_that_its_profile_does_not_know_are_somebody(
    studio: Studio,
) -> None:
    studio = Studio([SONG], controllers=[ControllerConfig("generic-keys", port="Keystation")])
    studio.plug("Keystation 49", LaunchpadMiniMk3())
    studio.do("start")
    studio.wait(BOX + 15)
    studio.bytes_in("Keystation 49", bytes((0xB3, 7, 80)))

    assert studio.view.studio.timer.attended


def test_lamps_that_come_back_are_nobody(studio: Studio) -> None:
    studio.plug("Launchpad Mini MK3 LPMiniMK3 MI", LaunchpadMiniMk3())
    studio.do("start")
    studio.wait(BOX + 15)
    studio.bytes_in("Launchpad Mini MK3 LPMiniMK3 MI", bytes((0x9F, 3, 80)))

    assert not studio.view.studio.timer.attended


def test_a_clock_that_a_keyboard_sends_keeps_nobody_there(studio: Studio) -> None:
    studio.plug("Grand Piano", LaunchpadMiniMk3())
    studio.do("start")
    studio.wait(BOX + 15)
    studio.bytes_in("Grand Piano", bytes((0xF8,)), bytes((0xFE,)))
    studio.wait(HOUR)

    assert studio.state == "away"


@pytest.mark.parametrize("keyboards", ["never", "auto"])
def test_keyboards_are_heard_unless_they_are_switched_off(keyboards: str) -> None:
    studio = studio_with(keyboards=keyboards)  # type: ignore[arg-type] # one of its words
    studio.plug("Grand Piano", LaunchpadMiniMk3())
    studio.do("start")
    studio.wait(BOX + 15)
    studio.bytes_in("Grand Piano", bytes((0x90, 60, 80)))

    assert studio.view.studio.timer.attended is (keyboards == "auto")


def test_a_break_stops_a_daw_that_plays_and_never_one_that_records() -> None:
    studio = studio_with(settings=Settings(cues=CueSettings(stop_for_break=True)))
    studio.daw_says(OTHER, PLAYING)
    studio.daw_says(ONE, RECORDING)
    studio.do("start")
    studio.do("break")

    assert [key for key, message in studio.osc.sent if message == STOP] == [OTHER]


def test_a_stop_that_we_asked_for_is_no_sign_of_anybody() -> None:
    rules = CueSettings(rules=(CueRule(on=("set-aside",), stop=True),))
    studio = studio_with(settings=Settings(cues=rules))
    studio.daw_says(ONE, PLAYING)
    studio.wait(HOUR)  # nobody listens any more
    studio.do("start")
    studio.wait(BOX + 10.1)
    asked = [message for key, message in studio.osc.sent if key == ONE]
    studio.daw_says(ONE, STOPPED)
    ours = studio.view.studio.timer.attended
    studio.wait(MINUTE)
    studio.daw_says(ONE, PLAYING)

    assert STOP in asked
    assert (ours, studio.view.studio.timer.attended) == (False, True)
