"""A Bitwig that ends without a word, and one that is back before it was missed."""

from __future__ import annotations

from bridge.daw.bitwig_waiting import LOOK, PATIENCE, PROOF, REFRESH
from bridge.messages import Osc, TrackColour
from tests.contract.daw_contract import BLUE, Conversation
from tests.standins.bitwig import BitwigCore, Track
from tests.standins.bitwig_talk import INSERT, mark, met, status

BEAT = (Osc("/update", (1,)), Osc("/update", (0,)))
"""What is heard of a changed position: the rest of it nobody wants."""


def full() -> BitwigCore:
    return BitwigCore(markers=[f"old {n}" for n in range(8)], latency=0.03)


def begin(talk: Conversation, core: BitwigCore) -> None:
    """A Bitwig starts: everything is told, and a second later once more."""
    talk.daw = core
    for wait in (1.0, 0.1):
        core.flush(talk.now, dump=True)
        talk.run(wait)


# --- a full bank ----------------------------------------------------------------------------------


def test_a_fresh_bitwig_does_not_prove_what_the_last_one_was_sent() -> None:
    talk = met(full())
    talk.daw = None
    mark(talk, "one", "two")
    talk.run(2 * PATIENCE)
    begin(talk, full())
    assert (status(talk).pending, status(talk).dropped) == (0, 2)
    assert 'the last was "two"' in status(talk).detail


def test_an_answer_that_was_asked_for_proves_once() -> None:
    talk = met(full())
    mark(talk, "one")
    talk.run(1.0)
    assert (status(talk).pending, status(talk).dropped) == (0, 0)
    talk.daw = None
    mark(talk, "two")
    talk.run(0.1)
    begin(talk, full())
    assert (status(talk).pending, status(talk).dropped) == (0, 1)


def test_a_change_proves_what_was_sent() -> None:
    talk = met(core := full())
    mark(talk, "one")
    talk.run(1.0)
    core.latency = 10.0  # no answer comes in time
    mark(talk, "two")
    talk.run(0.2)
    assert status(talk).pending == 1
    talk.hear(*BEAT)
    assert (status(talk).pending, status(talk).dropped) == (0, 0)


def test_an_answer_of_which_some_still_comes_is_waited_for() -> None:
    talk = met(full())
    talk.daw = None
    mark(talk, "one")
    talk.hear(Osc("/update", (1,)))
    for _second in range(3 * int(LOOK)):
        talk.run(1.0)
        talk.hear(Osc("/track/1/exists", (1,)))
    assert (status(talk).pending, status(talk).state) == (1, "ready")
    talk.hear(Osc("/update", (0,)))
    assert (status(talk).pending, status(talk).dropped) == (0, 0)


def test_an_answer_that_breaks_off_proves_nothing() -> None:
    talk = met(full())
    talk.daw = None
    mark(talk, "one")
    talk.hear(Osc("/update", (1,)))
    talk.run(2 * LOOK)
    assert (status(talk).state, status(talk).pending, status(talk).dropped) == ("silent", 0, 1)


def test_one_message_of_an_update_proves_nothing_yet() -> None:
    talk = met(full())
    talk.daw = None
    mark(talk, "one")
    talk.hear(Osc("/update", (1,)), Osc("/play", (1,)))
    assert status(talk).pending == 1


def test_what_a_fresh_bitwig_is_sent_at_once_is_not_counted_when_it_tells_all_again() -> None:
    talk = met(full())
    talk.daw = None
    mark(talk, "one")
    talk.run(2 * LOOK + 1.0)
    assert status(talk).state == "silent"
    dropped = status(talk).dropped
    mark(talk, "two")
    talk.run(0.5)
    begin(talk, fresh := full())
    talk.run(LOOK + 1.0)
    assert len(fresh.markers) == 9
    assert (status(talk).pending, status(talk).dropped) == (0, dropped)


def test_more_than_one_answer_may_cost_is_sent_to_a_fresh_bitwig_in_its_turn() -> None:
    talk = met(full())
    talk.daw = None
    mark(talk, *(f"{n}" for n in range(PROOF + 2)))
    talk.run(2 * PATIENCE)
    begin(talk, fresh := full())
    talk.run(2 * LOOK)
    assert len(fresh.markers) == 8 + 2
    assert (status(talk).pending, status(talk).dropped) == (0, PROOF)


def test_a_colour_that_the_last_bitwig_may_not_have_got_is_sent_to_a_fresh_one() -> None:
    talk = met(BitwigCore(latency=0.03))
    talk.daw = None
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(PATIENCE / 2)
    begin(talk, fresh := BitwigCore(tracks=[Track("Drums"), Track("Bass")]))
    assert fresh.tracks[1].colour == (63, 167, 255)
    assert (status(talk).pending, status(talk).dropped) == (0, 0)


# --- a Bitwig that plays --------------------------------------------------------------------------


def playing() -> Conversation:
    core = BitwigCore(latency=0.03)
    talk = met(core)
    core.play(talk.now)
    talk.run(1.0)
    talk.hear(*BEAT)
    return talk


def test_one_that_played_and_fell_silent_is_asked_once_and_then_missed() -> None:
    talk = playing()
    talk.daw = None
    talk.run(LOOK - 0.1)
    assert (talk.sent, status(talk).state) == ([], "ready")
    talk.run(0.2)
    assert (talk.sent, status(talk).state) == ([REFRESH], "ready")
    talk.run(LOOK)
    assert status(talk).state == "silent"
    assert talk.target.transport.playing is None


def test_one_that_plays_and_tells_so_is_not_asked() -> None:
    talk = playing()
    for _second in range(60):
        talk.run(1.0)
        talk.hear(*BEAT)
    assert (talk.sent, status(talk).state) == ([], "ready")


def test_one_that_answers_though_it_tells_no_position_is_asked_only_once() -> None:
    talk = playing()
    talk.run(600.0)
    assert (talk.sent, status(talk).state) == ([REFRESH], "ready")


def test_one_that_stands_is_left_alone() -> None:
    core = BitwigCore()
    talk = met(core)
    core.play(talk.now)
    talk.run(0.1)
    core.playing = False
    core.flush(talk.now)
    talk.run(600.0)
    assert (talk.sent, status(talk).state) == ([], "ready")


def test_a_marker_that_a_missed_bitwig_was_not_sent_goes_to_the_next() -> None:
    talk = playing()
    talk.daw = None
    talk.run(2 * LOOK + 0.1)
    mark(talk, "one")
    assert INSERT not in talk.sent
    talk.daw = fresh = BitwigCore(latency=0.03)
    talk.run(LOOK + 1.0)
    assert (len(fresh.markers), status(talk).pending, status(talk).dropped) == (1, 0, 0)
