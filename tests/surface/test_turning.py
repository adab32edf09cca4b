"""Clicks: how many a turn has, and how much a fast one counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.surface.gestures import Gestured
from bridge.surface.turning import FAST, SLOW, Turner, worth


def click(clicks: float = 1.0, control: str = "encoder.1") -> Gestured:
    return Gestured(control, "turn", clicks, relative=True)


def turned(gaps: list[float], most: float = 5.0, way: float = 1.0) -> list[int]:
    """Turn an encoder click by click, with those seconds between them; the first comes at once."""
    turner, now, counts = Turner(), 0.0, []
    for gap in (0.0, *gaps):
        now += gap
        counts.append(turner.clicks(click(way), most, now))
    return counts


def test_slow_clicks_count_as_one_each() -> None:
    assert turned([SLOW] * 9) == [1] * 10


def test_fast_clicks_count_up_to_the_most() -> None:
    assert turned([FAST] * 9)[2:] == [5] * 8
    assert turned([FAST] * 9, most=10.0)[2:] == [10] * 8


def test_backwards_is_as_fast() -> None:
    assert turned([FAST] * 9, way=-1.0)[2:] == [-5] * 8


def test_one_click_alone_and_the_next_never_count_more() -> None:
    assert turned([0.0]) == [1, 1]  # two that a port hands over at one moment
    assert turned([9.0, 0.001, 9.0, 0.001]) == [1] * 5


def test_the_faster_the_more() -> None:
    gaps = [SLOW * share for share in (1.0, 0.8, 0.6, 0.4, 0.3, 0.2, 0.1)]
    counts = [worth(gap, 5.0) for gap in gaps]
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (1, 5)
    assert len(set(counts)) >= 4


def test_a_change_of_direction_begins_slowly() -> None:
    turner = Turner()
    for n in range(5):
        turner.clicks(click(), 5.0, n * FAST)
    back = [turner.clicks(click(-1.0), 5.0, (5 + n) * FAST) for n in range(3)]
    assert back == [-1, -1, -5]


def test_two_encoders_do_not_speed_each_other_up() -> None:
    turner = Turner()
    counts = [turner.clicks(click(1.0, f"encoder.{n % 2}"), 5.0, n * SLOW / 2) for n in range(10)]
    assert counts == [1] * 10


def test_an_encoder_that_sends_larger_steps_is_not_sped_up_again() -> None:
    turner = Turner()
    counts = [
        turner.clicks(click(steps), 5.0, n * FAST) for n, steps in enumerate((1, 1, 3, 6, 1, 1))
    ]
    assert counts == [1, 1, 3, 6, 1, 1]


def test_a_factor_of_one_is_no_acceleration() -> None:
    assert turned([FAST] * 9, most=1.0) == [1] * 10


def test_after_the_plug_an_encoder_begins_slowly() -> None:
    turner = Turner()
    for n in range(5):
        turner.clicks(click(), 5.0, n * FAST)
    turner.forget()
    assert turner.clicks(click(), 5.0, 5 * FAST) == 1


@given(
    st.lists(st.tuples(st.sampled_from([-1.0, 1.0]), st.floats(0.0, 1.0)), max_size=40),
    st.floats(1.0, 10.0),
)
def test_a_click_never_counts_less_than_one_or_more_than_the_most(
    clicks: list[tuple[float, float]], most: float
) -> None:
    turner, now = Turner(), 0.0
    for way, gap in clicks:
        now += gap
        count = turner.clicks(click(way), most, now)
        assert 1 <= count * way <= max(1, round(most))


@pytest.mark.parametrize("most", [1.0, 5.0])
def test_a_knob_with_two_ends_is_never_sped_up(most: float) -> None:
    turner = Turner()
    positions = [n / 127 for n in (0, 60, 127, 64, 0)]
    clicks = [
        turner.clicks(Gestured("knob", "turn", p), most, n * FAST) for n, p in enumerate(positions)
    ]
    assert sum(clicks) == 0
    assert sum(clicks[:3]) == 32
