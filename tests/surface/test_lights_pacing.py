from __future__ import annotations

import pytest

from bridge.surface.blinking import HALF_BEAT, Blinker
from bridge.surface.pacing import Pacer
from bridge.surface.profile import Pace


def test_without_limits_everything_goes_at_once() -> None:
    pacer = Pacer(Pace(fps=0))
    pacer.sent(1000, 5.0, complete=True)
    assert pacer.room(5.0) > 1000


def test_after_a_burst_comes_a_pause() -> None:
    pacer = Pacer(Pace(burst=20, gap=0.001, fps=0))
    assert pacer.room(1.0) == 20
    pacer.sent(20, 1.0, complete=False)
    assert pacer.room(1.0) == pacer.room(1.0005) == 0
    assert pacer.free_at == 1.001
    assert pacer.room(1.001) == 20


def test_what_follows_within_the_pause_belongs_to_the_burst() -> None:
    pacer = Pacer(Pace(burst=20, gap=0.001, fps=0))
    pacer.sent(15, 1.0, complete=True)
    assert pacer.room(1.0005) == 5
    pacer.sent(5, 1.0005, complete=True)
    assert pacer.room(1.001) == 0
    assert pacer.free_at == pytest.approx(1.0015)


def test_a_rate_spaces_single_messages() -> None:
    pacer = Pacer(Pace(rate=400, fps=0))
    assert pacer.room(1.0) == 1
    pacer.sent(1, 1.0, complete=False)
    assert pacer.room(1.002) == 0
    assert pacer.free_at == pytest.approx(1.0025)
    assert pacer.room(pacer.free_at) == 1


def test_a_rate_with_a_burst_lets_the_burst_through_first() -> None:
    pacer = Pacer(Pace(rate=100, burst=5, fps=0))
    assert pacer.room(1.0) == 5
    pacer.sent(5, 1.0, complete=False)
    assert pacer.room(1.005) == 0
    assert pacer.room(1.0101) == 1
    assert pacer.room(1.0501) == 5


def test_at_a_rate_half_a_burst_is_waited_for_but_no_more_than_there_is_to_send() -> None:
    pacer = Pacer(Pace(rate=100, burst=8, fps=0))
    pacer.sent(8, 1.0, complete=False)
    assert pacer.free_at == pytest.approx(1.01)
    assert pacer.again_at(50) == pytest.approx(1.04)
    assert pacer.room(pacer.again_at(50)) == 4
    assert pacer.again_at(2) == pytest.approx(1.02)
    assert pacer.again_at(0) == pacer.free_at


def test_what_begins_after_a_rest_waits_for_nothing() -> None:
    pacer = Pacer(Pace(rate=100, burst=8, fps=0))
    pacer.sent(8, 1.0, complete=True)
    assert pacer.again_at(50) < 1.2


def test_a_device_that_takes_one_at_a_time_is_sent_one_at_a_time() -> None:
    pacer = Pacer(Pace(rate=400, burst=1, fps=0))
    pacer.sent(1, 1.0, complete=False)
    assert pacer.again_at(50) == pacer.free_at == pytest.approx(1.0025)


def test_frames_begin_no_faster_than_the_device_can_show_them() -> None:
    pacer = Pacer(Pace(fps=25))
    pacer.sent(3, 1.0, complete=True)
    assert pacer.room(1.01) == 0
    assert pacer.free_at == 1.04
    assert pacer.room(1.04) > 0


def test_the_rest_of_a_frame_need_not_wait_for_the_next_one() -> None:
    pacer = Pacer(Pace(burst=20, gap=0.001, fps=25))
    pacer.sent(20, 1.0, complete=False)
    assert pacer.free_at == 1.001
    pacer.sent(10, 1.001, complete=True)
    assert pacer.free_at == 1.04


def test_a_frame_without_a_message_costs_nothing() -> None:
    pacer = Pacer(Pace(fps=25))
    pacer.sent(0, 1.0, complete=True)
    assert pacer.room(1.0) > 0


def test_the_beat_begins_lit_and_turns_twice_a_second() -> None:
    blinker = Blinker()
    blinker.need(True, 10.0)
    seen = []
    for tick in range(5):
        blinker.advance(10.0 + tick * HALF_BEAT)
        seen.append(blinker.lit)
    assert seen == [True, False, True, False, True]


def test_after_a_long_sleep_the_beat_goes_on_as_if_nothing_had_happened() -> None:
    blinker = Blinker()
    blinker.need(True, 10.0)
    blinker.advance(10.0 + 1000 * HALF_BEAT)
    assert blinker.lit
    assert blinker.turns_at == 10.0 + 1001 * HALF_BEAT
    blinker.advance(10.0 + 2001 * HALF_BEAT)
    assert not blinker.lit
    assert blinker.turns_at == 10.0 + 2002 * HALF_BEAT


def test_before_its_time_and_without_need_the_beat_stands_still() -> None:
    blinker = Blinker()
    blinker.advance(99.0)
    assert blinker.lit
    assert blinker.turns_at is None
    blinker.need(True, 10.0)
    blinker.advance(10.0 + HALF_BEAT / 2)
    blinker.need(True, 10.0 + HALF_BEAT / 2)
    assert blinker.lit
    assert blinker.turns_at == 10.0 + HALF_BEAT


def test_the_next_light_that_blinks_begins_lit_again() -> None:
    blinker = Blinker()
    blinker.need(True, 10.0)
    blinker.advance(10.0 + HALF_BEAT)
    blinker.need(False, 10.3)
    assert blinker.lit
    assert blinker.turns_at is None
