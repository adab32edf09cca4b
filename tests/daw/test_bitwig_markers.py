from __future__ import annotations

from bridge.daw.bitwig_waiting import (
    BREATH,
    DUMP,
    LOOK,
    MOST_WAITING,
    PATIENCE,
    PROOF,
    REFRESH,
)
from bridge.daw.target import KEEP, DawSettings
from bridge.messages import (
    Osc,
)
from tests.standins.bitwig import BitwigCore
from tests.standins.bitwig_talk import INSERT, mark, met, start, status


def test_bitwig_is_looked_for_at_once_and_every_five_seconds() -> None:
    talk = start()
    assert status(talk).state == "unknown"
    talk.run(60.0 - 0.1)
    assert talk.sent == [REFRESH] * 12
    assert status(talk).state == "silent"


def test_a_marker_waits_until_bitwig_is_seen_and_then_goes_before_everything_else() -> None:
    talk = start()
    mark(talk, "one")
    assert talk.sent == [REFRESH]
    talk.run(1.0)
    talk.hear(Osc("/play", (0,)))
    assert talk.sent == [REFRESH, INSERT]


def test_the_action_is_the_one_of_the_configuration() -> None:
    talk = start(settings=DawSettings("bitwig", port=8000, listen_port=9000, action=20))
    talk.hear(Osc("/update", (0,)))
    mark(talk, "one")
    assert Osc("/action/20") in talk.sent


def test_one_marker_after_the_other_each_confirmed() -> None:
    core = BitwigCore(latency=0.03)
    talk = met(core)
    mark(talk, "one", "two", "three")
    assert talk.sent == [INSERT]
    talk.run(0.02)
    assert status(talk).pending == 3
    talk.run(3 * (0.03 + BREATH))
    assert len(core.markers) == 3
    assert (status(talk).state, status(talk).pending, status(talk).dropped) == ("ready", 0, 0)


def test_without_an_action_no_marker_is_asked_for_and_status_says_what_to_do() -> None:
    core = BitwigCore()
    talk = start(core, DawSettings("bitwig", port=8000, listen_port=9000))
    mark(talk, "one")
    talk.run(1.0)
    assert talk.sent == [REFRESH]
    assert status(talk).state == "ready"
    assert "write action = 1" in status(talk).detail


def test_an_action_that_makes_no_marker_is_told_with_the_place_to_look() -> None:
    core = BitwigCore(actions={1: "toggle_metronome"}, latency=0.03)
    talk = met(core)
    mark(talk, "one")
    talk.run(PATIENCE + DUMP + 0.1)
    assert status(talk).state == "trouble"
    assert "is Action 1 in the settings of its OSC controller" in status(talk).detail
    assert 'the last was "one"' in status(talk).detail


def test_the_trouble_is_over_when_the_next_marker_comes() -> None:
    core = BitwigCore(actions={}, latency=0.03)
    talk = met(core)
    mark(talk, "one")
    talk.run(PATIENCE + DUMP + 0.1)
    core.actions[1] = BitwigCore().actions[1]
    mark(talk, "two")
    talk.run(1.0)
    assert status(talk).state == "ready"
    assert status(talk).dropped == 1


def test_more_markers_than_the_bank_shows_are_no_trouble() -> None:
    core = BitwigCore(markers=[f"old {n}" for n in range(8)], latency=0.03)
    talk = met(core)
    for name in ("one", "two", "three"):
        mark(talk, name)
        talk.run(PATIENCE + DUMP + 0.1)
    assert len(core.markers) == 11
    assert (status(talk).state, status(talk).dropped) == ("ready", 0)


def test_a_bitwig_that_is_not_there_is_silent_and_then_found_again() -> None:
    core = BitwigCore(answers=False)
    talk = start(core)
    mark(talk, "one")
    talk.run(DUMP + 0.1)
    assert status(talk).state == "silent"
    assert "sends to 127.0.0.1:9000" in status(talk).detail
    core.answers = True
    core.play(talk.now)
    talk.run(0.1)
    assert status(talk).state == "ready"


def test_with_a_full_bank_one_answer_proves_many_markers() -> None:
    core = BitwigCore(markers=[f"old {n}" for n in range(8)], latency=0.03)
    talk = met(core)
    mark(talk, *(f"{n}" for n in range(PROOF + 5)))
    talk.run(PROOF * BREATH + LOOK)
    assert status(talk).pending > 0  # the last ones wait for a second answer
    talk.run(LOOK + 1.0)
    assert len(core.markers) == 8 + PROOF + 5
    assert (status(talk).pending, status(talk).dropped) == (0, 0)
    assert talk.sent.count(REFRESH) <= 3


def test_with_a_full_bank_no_more_are_sent_on_trust_than_one_answer_may_cost() -> None:
    core = BitwigCore(markers=[f"old {n}" for n in range(8)], latency=0.03)
    talk = met(core)
    talk.daw = None
    mark(talk, *(f"{n}" for n in range(2 * PROOF)))
    talk.run(PROOF * BREATH * 1.5)
    mark(talk, "one more")
    assert talk.sent.count(INSERT) == PROOF
    assert status(talk).pending == 2 * PROOF + 1


def test_with_a_full_bank_markers_that_nobody_answers_for_are_counted() -> None:
    core = BitwigCore(markers=[f"old {n}" for n in range(8)], latency=0.03)
    talk = met(core)
    talk.daw = None
    mark(talk, "one", "two")
    talk.run(2 * LOOK + 0.1)
    assert (status(talk).state, status(talk).pending, status(talk).dropped) == ("silent", 0, 2)


def test_a_marker_that_waited_too_long_for_bitwig_is_dropped_and_told() -> None:
    talk = start()
    mark(talk, "one", "two")
    talk.run(KEEP + 0.1)
    assert INSERT not in talk.sent
    assert (status(talk).pending, status(talk).dropped) == (0, 2)
    assert 'the last was "two"' in status(talk).detail


def test_of_too_many_markers_the_oldest_are_given_up() -> None:
    talk = start()
    mark(talk, *map(str, range(MOST_WAITING + 4)))
    assert status(talk).pending == MOST_WAITING
    assert status(talk).dropped == 4


def test_a_change_of_something_else_confirms_no_marker() -> None:
    core = BitwigCore(actions={})
    talk = met(core)
    mark(talk, "one")
    core.play(talk.now)
    talk.hear(*core.advance(talk.now))
    assert status(talk).pending == 1


def test_after_a_marker_is_a_breath() -> None:
    core = BitwigCore()
    talk = met(core)
    mark(talk, "one")
    assert (len(core.markers), status(talk).pending) == (1, 0)
    mark(talk, "two")
    assert len(core.markers) == 1
    talk.run(BREATH + 0.01)
    assert len(core.markers) == 2


def test_the_first_answer_may_take_as_long_as_a_dump_does() -> None:
    core = BitwigCore(latency=DUMP - 1.0)
    talk = start(core)
    mark(talk, "one")
    talk.run(DUMP + 1.0)
    assert (status(talk).state, status(talk).dropped) == ("ready", 0)


def test_no_action_is_blamed_while_nothing_whole_was_told() -> None:
    talk = start()
    mark(talk, "one")
    talk.hear(Osc("/marker/1/exists", (0,)))
    assert INSERT in talk.sent
    talk.run(PATIENCE / 2)
    talk.hear(Osc("/marker/1/exists", (0,)))
    talk.run(PATIENCE)
    assert (status(talk).state, status(talk).dropped) == ("ready", 0)


def test_a_marker_that_somebody_deletes_meanwhile_is_no_sign_of_ours() -> None:
    core = BitwigCore(actions={1: "toggle_metronome"}, latency=0.03)
    core.markers += ["Verse", "Chorus"]
    talk = met(core)
    mark(talk, "one")
    core.markers.remove("Verse")
    core.flush(talk.now)
    talk.run(PATIENCE + DUMP + 0.1)
    assert (status(talk).pending, status(talk).dropped) == (0, 1)


def test_a_marker_that_went_to_a_bitwig_that_was_started_anew_is_counted() -> None:
    talk = met(first := BitwigCore(latency=0.03))
    first.markers += ["Verse", "Chorus"]
    first.flush(talk.now)
    talk.run(1.0)
    talk.daw = None
    mark(talk, "one")
    talk.daw = BitwigCore(latency=0.03)
    talk.run(60.0)
    assert (status(talk).pending, status(talk).dropped) == (0, 1)
