from __future__ import annotations

import pytest

from bridge.daw.keeper import MOST_NEWS, MOST_TRACKS, Keeper
from bridge.messages import (
    Cue,
    Marker,
    RestoreColours,
    RunAction,
    StatusText,
    StopTransport,
    TrackColour,
)

BLUE, RED = "#3FA7FF", "#FF1744"


def keeper(*cues: Cue, keep: float = 10.0) -> Keeper:
    made = Keeper(keep)
    for number, cue in enumerate(cues):
        made.put(made.kept(cue, float(number)))
    return made


def told(one: Keeper) -> list[Cue]:
    return [kept.cue for kept in one.release()]


def test_news_are_told_in_order_and_before_colours() -> None:
    one, two = Marker("one", BLUE), RunAction("40157")
    colour = TrackColour("Bass", BLUE)
    assert told(keeper(colour, one, two)) == [one, two, colour]


def test_what_comes_back_has_the_place_that_it_had() -> None:
    kept = keeper(Marker("one", BLUE), Marker("two", BLUE))
    first = kept.pop()
    assert first.cue == Marker("one", BLUE)
    kept.put(first)
    assert told(kept) == [Marker("one", BLUE), Marker("two", BLUE)]


def test_of_a_track_the_newest_colour_counts_also_when_an_older_one_comes_back() -> None:
    kept = keeper(TrackColour("Bass", RED))
    old = kept.pop()
    kept.put(kept.kept(TrackColour("Bass", BLUE), 5.0))
    kept.put(old)
    assert told(kept) == [TrackColour("Bass", BLUE)]


def test_giving_back_ends_the_colours_before_it_and_not_those_after_it() -> None:
    kept = keeper(TrackColour("Bass", RED))
    old = kept.pop()
    kept.put(kept.kept(RestoreColours(), 2.0))
    kept.put(kept.kept(TrackColour("Drums", BLUE), 3.0))
    kept.put(old)
    assert told(kept) == [RestoreColours(), TrackColour("Drums", BLUE)]


def test_of_texts_the_newest_counts() -> None:
    assert told(keeper(StatusText("old"), StatusText("new"))) == [StatusText("new")]


def test_news_that_are_too_old_are_dropped_counted_and_named_and_colours_are_not() -> None:
    kept = keeper(Marker("one", BLUE), Marker("two", BLUE), TrackColour("Bass", BLUE), keep=4.0)
    assert kept.wake() == 4.0
    kept.expire(4.0)
    assert (kept.dropped, kept.last, len(kept)) == (1, "one", 2)
    kept.expire(1e6)
    assert (kept.dropped, len(kept), kept.wake()) == (2, 1, None)
    assert kept.losses() == '; 2 so far dropped untold, the last was "two"'


def test_a_stop_is_now_or_never() -> None:
    kept = keeper(StopTransport())
    assert (len(kept), kept.dropped, kept.last) == (0, 1, "stop")


def test_of_too_many_the_oldest_go_and_are_counted() -> None:
    kept = keeper(*(Marker(str(n), BLUE) for n in range(MOST_NEWS + 2)))
    assert (len(kept), kept.dropped, kept.last) == (MOST_NEWS, 2, "1")
    kept = keeper(*(TrackColour(str(n), BLUE) for n in range(MOST_TRACKS + 2)))
    assert (len(kept), kept.dropped, kept.last) == (MOST_TRACKS, 2, "colour of 1")


def test_nothing_can_be_taken_from_nothing() -> None:
    with pytest.raises(IndexError, match="nothing waits"):
        keeper().pop()
