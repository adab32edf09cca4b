"""One turn of an encoder as few facts."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bridge.surface.gathering import LONGEST, REST, Gathered, Gathering


def test_the_first_click_is_asked_for_at_once() -> None:
    gathering = Gathering()
    assert gathering.add("a", 60.0, 0.0) == (Gathered("a", 60.0),)
    assert gathering.wake() is None


def test_what_follows_is_asked_for_together_when_the_hand_rests() -> None:
    gathering = Gathering()
    gathering.add("a", 60.0, 0.0)
    for n in range(1, 5):
        assert gathering.add("a", 60.0, n * 0.1) == ()
    assert gathering.wake() == 0.4 + REST
    assert gathering.advance(0.4 + REST - 0.01) == ()
    assert gathering.advance(0.4 + REST) == (Gathered("a", 240.0),)
    assert gathering.wake() is None


def test_after_a_rest_the_next_click_is_asked_for_at_once_again() -> None:
    gathering = Gathering()
    gathering.add("a", 60.0, 0.0)
    assert gathering.add("a", 60.0, REST) == (Gathered("a", 60.0),)


def test_a_shell_that_wakes_late_still_ends_the_turn_first() -> None:
    gathering = Gathering()
    gathering.add("a", 60.0, 0.0)
    gathering.add("a", 120.0, 0.1)
    assert gathering.add("a", 60.0, 5.0) == (Gathered("a", 120.0), Gathered("a", 60.0))


def test_a_long_turn_is_asked_for_once_a_second() -> None:
    gathering, asked = Gathering(), []
    for n in range(31):
        asked += [(n / 10, one.seconds) for one in gathering.add("a", 60.0, n / 10)]
    assert [seconds for _, seconds in asked] == [60.0, 600.0, 600.0]
    gaps = [b - a for (a, _), (b, _) in pairwise(asked)]
    assert all(gap <= LONGEST + 0.2 for gap in gaps)


def test_back_and_forth_asks_for_nothing() -> None:
    gathering = Gathering()
    gathering.add("a", 60.0, 0.0)
    gathering.add("a", 60.0, 0.1)
    gathering.add("a", -60.0, 0.2)
    assert gathering.wake() is None
    assert gathering.take() == ()


def test_another_control_ends_the_turn() -> None:
    gathering = Gathering()
    gathering.add("a", 60.0, 0.0)
    gathering.add("a", 60.0, 0.1)
    assert gathering.add("b", 30.0, 0.15) == (Gathered("a", 60.0), Gathered("b", 30.0))


def test_what_was_taken_begins_anew() -> None:
    gathering = Gathering()
    gathering.add("a", 60.0, 0.0)
    gathering.add("a", 60.0, 0.1)
    assert gathering.take() == (Gathered("a", 60.0),)
    assert gathering.add("a", 60.0, 0.15) == (Gathered("a", 60.0),)


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(-5, 5), st.integers(0, 600), st.booleans())
    )
)
def test_nothing_is_lost_whatever_the_timing(turns: list[tuple[str, int, int, bool]]) -> None:
    gathering, now = Gathering(), 0
    wanted: dict[str, float] = {"a": 0.0, "b": 0.0}
    got: dict[str, float] = {"a": 0.0, "b": 0.0}

    def take(gathered: tuple[Gathered, ...]) -> None:
        for one in gathered:
            assert one.seconds
            got[one.control] += one.seconds

    for control, clicks, wait, wakes in turns:
        now += wait
        due = gathering.wake()
        assert due is None or due <= (now - wait) / 1000 + LONGEST
        if wakes:
            take(gathering.advance(now / 1000))
        wanted[control] += clicks * 60.0
        take(gathering.add(control, clicks * 60.0, now / 1000))
    take(gathering.advance(now / 1000 + 10))
    assert gathering.wake() is None
    assert got == wanted
