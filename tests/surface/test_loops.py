"""What passes through never goes round, and hands are not taken for a circle."""

from __future__ import annotations

from collections import deque

from hypothesis import given
from hypothesis import strategies as st

from bridge.surface.loops import MUTE, LoopGuard

DOWN, UP = bytes((0x90, 60, 100)), bytes((0x80, 60, 0))
CLICK = bytes((0xB0, 16, 1))
CLICKS = frozenset({0xB0 << 7 | 16})


def circulated(guard: LoopGuard, first: bytes, delay: float, seconds: float) -> int:
    """Let every message that passes come back after `delay`; return how many passed in all."""
    wire, passed = deque([(0.0, first)]), 0
    while wire and wire[0][0] < seconds:
        at, data = wire.popleft()
        if guard.lets(data, at):
            passed += 1
            wire.append((at + delay, data))
    return passed


def test_a_button_passes_down_and_up_and_no_copy_of_either() -> None:
    guard = LoopGuard()
    assert [guard.lets(data, 0.0) for data in (DOWN, DOWN, UP, UP, DOWN)] == [
        True, False, True, False, True,
    ]  # fmt: skip


def test_note_off_and_note_on_without_velocity_are_one_thing() -> None:
    guard = LoopGuard()
    assert guard.lets(DOWN, 0.0)
    assert guard.lets(bytes((0x90, 60, 0)), 0.1)
    assert not guard.lets(UP, 0.1)


@given(
    st.sampled_from([DOWN, CLICK, bytes((0xB0, 1, 64)), bytes((0xE0, 0, 64))]),
    st.floats(0.001, 0.025),
)
def test_whatever_goes_round_is_cut_within_a_second(data: bytes, delay: float) -> None:
    guard = LoopGuard(CLICKS)
    circulated(guard, data, delay, 1.1)
    assert circulated(guard, data, delay, 0.0) == 0
    assert guard.cut == (data != DOWN)


def test_a_fader_moved_all_the_way_passes_whole() -> None:
    guard = LoopGuard()
    travel = [bytes((0xB0, 7, value)) for value in (*range(128), *range(127, -1, -1))]
    assert all(guard.lets(data, n * 0.004) for n, data in enumerate(travel))


def test_a_knob_that_counts_clicks_may_be_turned_fast() -> None:
    guard = LoopGuard(CLICKS)
    gaps = [0.008, 0.015, 0.011, 0.02, 0.007]
    at = 0.0
    for n in range(200):
        at += gaps[n % 5]
        assert guard.lets(CLICK, at)


def test_what_was_cut_passes_again_after_a_while() -> None:
    guard = LoopGuard()
    turned = bytes((0xB0, 1, 64))
    assert circulated(guard, turned, 0.01, 5.0) == 23
    assert not guard.lets(turned, 0.3)
    assert guard.lets(turned, 0.24 + MUTE)


def test_one_control_that_goes_round_does_not_stop_another() -> None:
    guard = LoopGuard()
    circulated(guard, bytes((0xB0, 1, 64)), 0.01, 5.0)
    assert guard.lets(bytes((0xB0, 2, 64)), 0.3)


@given(st.floats(0.001, 0.15))
def test_a_slow_circle_is_cut_too(delay: float) -> None:
    guard = LoopGuard()
    assert circulated(guard, bytes((0xB0, 1, 64)), delay, 12.0) < 64
    assert guard.cut


def test_what_ends_a_note_passes_whatever_goes_round() -> None:
    """A roll that is cut leaves nothing sounding, whichever of its messages was one too many."""
    guard, sounding = LoopGuard(), False
    for turn in range(60):
        at = turn * 0.0434 + (
            0.002 if turn == 0 else 0.0
        )  # downs are slower than 24 a second, ups not
        sounding = guard.lets(DOWN, at - (0.01 if turn == 0 else 0.0)) or sounding
        sounding = sounding and not guard.lets(UP, at + 0.005)
        assert not sounding


def test_notes_that_sound_can_be_ended_and_begin_anew() -> None:
    guard = LoopGuard()
    high = bytes((0x9F, 61, 1))
    assert guard.lets(DOWN, 0.0)
    assert guard.lets(high, 0.0)
    assert [guard.ends(one) for one in (UP, bytes((0x81, 60, 0)), DOWN)] == [True, False, False]
    assert guard.sounding() == [bytes((0x80, 60, 0)), bytes((0x8F, 61, 0))]
    assert guard.lets(DOWN, 0.1)


def test_the_first_note_after_a_cut_passes() -> None:
    guard = LoopGuard()
    off = bytes((0x90, 60, 0))
    roll = [guard.lets(data, turn * 0.03) for turn in range(40) for data in (DOWN, off)]
    assert False in roll
    assert roll[::2] == roll[1::2]  # a beginning that was cut has no end
    assert guard.lets(DOWN, 23 * 0.03 + MUTE)
