from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.daw.ableton_reach import (
    Playing,
    Point,
    difference,
    fitting,
    in_reach,
    joined,
    points,
    quantum,
)
from tests.standins.ableton_set import QUANTA

STOPPED = Playing(rolling=False, recording=False, tempo=120.0, quantum=4.0)


def rolling(step: float, tempo: float = 120.0) -> Playing:
    return Playing(rolling=True, recording=False, tempo=tempo, quantum=step)


def at(*times: float) -> list[Point]:
    return [Point(n, f"point {n}", time) for n, time in enumerate(times)]


def reached(times: tuple[float, ...], playhead: float, how: Playing) -> list[float]:
    return [point.time for point in in_reach(at(*times), playhead, how)]


@pytest.mark.parametrize("index", range(14))
def test_quantisations_in_four_four_are_those_of_live(index: int) -> None:
    assert quantum(index, 4, 4) == pytest.approx(QUANTA[index])


def test_bars_follow_the_signature() -> None:
    assert quantum(4, 6, 8) == 3.0
    assert quantum(3, 3, 4) == 6.0


@pytest.mark.parametrize("odd", [(math.nan, 4, 4), (99, 4, 4), (-1, 4, 4)])
def test_an_unknown_quantisation_is_none(odd: tuple[float, float, float]) -> None:
    assert quantum(*odd) == 0.0


@pytest.mark.parametrize(
    "odd",
    [
        (4, 4, 0),
        (4, math.inf, 4),
        (4, math.nan, 4),
        (4, -4, 4),
        (4, 1e-30, 4),
        (4, 4, 1e30),
        (4, 1e9, 4),
    ],
)
def test_an_impossible_signature_counts_as_four_four(odd: tuple[float, float, float]) -> None:
    assert quantum(*odd) == 4.0


def test_stopped_only_what_stands_under_the_playhead_is_met() -> None:
    assert reached((7.9, 8.0, 8.005, 8.1), 8.0, STOPPED) == [8.0, 8.005]


def test_rolling_without_quantisation_it_is_the_way_until_the_toggle() -> None:
    assert reached((7.9, 8.0, 8.5, 9.0), 8.0, rolling(0.0)) == [8.0, 8.5]


def test_rolling_with_bars_it_is_the_next_one_and_a_near_one_before() -> None:
    assert reached((0.0, 4.0, 8.0, 12.0), 5.0, rolling(4.0)) == [4.0, 8.0]
    assert reached((0.0, 4.0, 8.0, 12.0), 6.5, rolling(4.0)) == [8.0]


def test_a_bar_line_that_comes_before_the_toggle_counts_with_the_next() -> None:
    assert reached((0.0, 4.0, 8.0, 12.0), 7.8, rolling(4.0)) == [8.0, 12.0]


def test_every_fine_step_until_the_toggle_counts_and_not_only_the_first_and_the_last() -> None:
    assert reached((3.5, 3.75, 4.0, 4.25, 4.5), 3.6, rolling(0.25)) == [3.5, 3.75, 4.0, 4.25]


def test_during_a_recording_more_of_what_comes_counts() -> None:
    how = Playing(rolling=True, recording=True, tempo=120.0, quantum=0.0)
    assert reached((7.9, 8.0, 9.9, 10.1), 8.0, how) == [8.0, 9.9]


def test_round_the_loop_the_way_goes_on_at_its_start() -> None:
    how = Playing(rolling=True, recording=False, tempo=120.0, quantum=0.0, loop=(4.0, 8.0))
    assert reached((4.0, 4.3, 5.0, 8.0), 7.8, how) == [8.0, 4.3, 4.0]
    assert reached((4.0, 8.0), 7.3, how) == []
    assert reached((4.0, 8.5), 8.0, how) == [8.5]  # beyond its end the song goes on
    bars = Playing(rolling=True, recording=False, tempo=120.0, quantum=4.0, loop=(4.0, 8.0))
    assert reached((4.0, 8.0, 12.0), 7.8, bars) == [8.0, 4.0, 12.0]


def test_a_loop_shorter_than_the_way_is_met_whole() -> None:
    how = Playing(rolling=True, recording=True, tempo=240.0, quantum=0.0, loop=(4.0, 5.0))
    assert reached((3.9, 4.0, 4.9, 5.1), 4.9, how) == [4.9, 5.1, 4.0]


@pytest.mark.parametrize("args", [None, ("a",), ("a", "b"), (1, 1.0), ("a", math.inf), ("a", None)])
def test_what_can_not_be_locators_is_none(args: tuple[str | float | None, ...] | None) -> None:
    assert points(args) is None


def test_no_locators_are_locators() -> None:
    assert points(()) == ()


def test_of_two_equal_locators_the_later_one_came() -> None:
    before, after = at(1.0), [Point(0, "point 0", 1.0), Point(1, "point 0", 1.0)]
    assert difference(before, after) == ([after[1]], [])


@given(st.lists(st.floats(0, 99), unique=True, max_size=9), st.data())
def test_a_difference_is_found_in_any_order(times: list[float], data: st.DataObject) -> None:
    before = at(*times)
    new = Point(0, "new", 5.0)
    after = data.draw(st.permutations([*before, new]))
    assert difference(before, after) == ([new], [])
    assert difference(after, before) == ([], [new])


def test_names_at_one_place_fit_newest_first_and_each_once() -> None:
    assert fitting(["c", "b", "a", "b"]) == ("c", "b", "a")
    assert joined(("c", "b", "a")) == "c / b / a"


def test_a_name_that_does_not_fit_any_more_is_left_out_whole_with_all_that_are_older() -> None:
    assert fitting(["n" * 100, "m" * 97, "k"]) == ("n" * 100, "m" * 97)
    assert fitting(["n" * 100, "m" * 98, "k"]) == ("n" * 100,)


def test_a_name_with_a_slash_of_its_own_stays_one() -> None:
    assert fitting(["Bass", "Bass / Chorus"]) == ("Bass", "Bass / Chorus")
