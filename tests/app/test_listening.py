"""What transports ask for, by themselves: values in, requests out."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bridge.app.listening import CLOCK, DAW, GLITCH, OURS, ROLLS, Hint, Listening
from bridge.core.actions import Action, Presence, Take
from bridge.core.model import Studio, Timer, TimerState
from bridge.core.replacing import replace
from bridge.daw.transport import UNKNOWN, Transport
from bridge.files.config_listening import ListeningConfig

STOPPED, PLAYING, RECORDING = (
    Transport(False, False),
    Transport(True, False),
    Transport(True, True),
)
PAUSED_TAKE = Transport(False, True)
IDLE = Studio()
TAKING = replace(IDLE, take=1.0)


class Ear:
    """A listener to one DAW (or several), with a clock of its own."""

    def __init__(self, studio: Studio = IDLE, **config: bool) -> None:
        self.listening = Listening(ListeningConfig(**config))  # type: ignore[arg-type] # its flags
        self.studio, self.mono = studio, 100.0

    def __call__(self, one: Transport, *others: Transport) -> tuple[Hint, ...]:
        now: Mapping[str, Transport] = {str(n): t for n, t in enumerate((one, *others))}
        return self.listening.hear(now, self.studio, self.mono)


def test_what_was_not_known_before_is_no_hand() -> None:
    ear = Ear()
    assert [ear(UNKNOWN), ear(PLAYING), ear(UNKNOWN), ear(STOPPED)] == [(), (), (), ()]


@pytest.mark.parametrize("then", [PLAYING, Transport(False, True), RECORDING])
def test_a_change_from_known_to_known_is_a_hand(then: Transport) -> None:
    ear = Ear()
    ear(STOPPED)
    assert (Presence(), DAW) in ear(then)


def test_tempo_is_no_hand_since_it_may_be_automated() -> None:
    ear = Ear()
    ear(Transport(True, False, 120.0))
    assert ear(Transport(True, False, 121.0)) == ()


def test_a_stop_that_we_asked_for_is_no_hand_but_a_play_is() -> None:
    ear = Ear()
    ear(PLAYING)
    ear.listening.stopping(ear.mono)
    ear.mono += OURS - 0.1
    assert ear(STOPPED) == ()
    assert ear(PLAYING) == ((Presence(), DAW),)
    ear.mono += OURS
    assert ear(STOPPED) == ((Presence(), DAW),)


def test_a_take_is_asked_for_until_the_studio_holds_it() -> None:
    ear = Ear()
    ear(STOPPED)
    assert ear(RECORDING) == ((Presence(), DAW), (Take(True), DAW))
    assert ear(RECORDING) == ((Take(True), CLOCK),)
    ear.studio = TAKING
    assert ear(RECORDING) == ()


def test_a_paused_recording_is_still_a_take() -> None:
    ear = Ear(TAKING)
    ear(RECORDING)
    assert ear(PAUSED_TAKE) == ((Presence(), DAW),)


def test_a_take_that_was_found_or_lost_is_nobodys_doing() -> None:
    ear = Ear()
    assert ear(RECORDING) == ((Take(True), CLOCK),)
    ear.studio = TAKING
    assert ear(UNKNOWN) == ((Take(False), CLOCK),)


def test_switched_off_an_open_take_is_ended_and_none_begins() -> None:
    ear = Ear(TAKING, takes=False)
    assert ear(RECORDING) == ((Take(False), CLOCK),)
    ear.studio = IDLE
    assert ear(RECORDING) == ()


def test_rolling_counts_for_an_hour_after_the_last_touch() -> None:
    ear = Ear()
    ear(STOPPED)
    ear(PLAYING)
    assert ear.listening.rolls(ear.mono + ROLLS - 1)
    assert not ear.listening.rolls(ear.mono + ROLLS)
    ear(STOPPED)
    assert not ear.listening.rolls(ear.mono)


@pytest.mark.parametrize(
    ("state", "asks"),
    [
        (TimerState.IDLE, ((Action("start"), DAW),)),
        (TimerState.PAUSED, ((Action("resume"), DAW),)),
        (TimerState.AWAY, ((Action("resume"), DAW),)),
        (TimerState.BREAK, ((Action("resume"), DAW),)),
        (TimerState.RUNNING, ()),
        (TimerState.OVERTIME, ()),
    ],
)
def test_play_asks_for_what_fits(state: TimerState, asks: tuple[Hint, ...]) -> None:
    ear = Ear(replace(IDLE, timer=Timer(state)), plays_start=True)
    ear(STOPPED)
    assert ear(PLAYING) == ((Presence(), DAW), *asks)


def test_the_second_daw_that_joins_in_is_no_second_play() -> None:
    ear = Ear(plays_start=True)
    ear(STOPPED, STOPPED)
    ear(PLAYING, STOPPED)
    assert ear(PLAYING, PLAYING) == ((Presence(), DAW),)


def test_a_short_stop_is_the_playhead_moved() -> None:
    ear = Ear(plays_start=True)
    ear(PLAYING)
    ear(STOPPED)
    ear.mono += GLITCH / 2
    assert ear(PLAYING) == ((Presence(), DAW),)
    ear(STOPPED)
    ear.mono += GLITCH
    assert ear(PLAYING) == ((Presence(), DAW), (Action("start"), DAW))
