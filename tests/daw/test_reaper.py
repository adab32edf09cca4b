from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.daw.lastmarker import NAME, NUMBER, TIME, LastMarker
from bridge.daw.reaper import ReaperTarget
from bridge.daw.reaper_backlog import MOST_WAITING
from bridge.daw.reaper_osc import ASK_AGAIN, BREATH, INSERT, PATIENCE, REFRESH, SETTLE
from bridge.daw.target import KEEP, DawSettings, LinkStatus
from bridge.messages import Marker, Osc, StatusText, TrackColour
from tests.contract.daw_contract import BLUE, Conversation, DawContract
from tests.standins.reaper import Placed, ReaperCore

STOPPED = Osc("/stop", (1.0,))
SETTINGS = DawSettings("reaper", port=8000, listen_port=9000)
ORDERS = list(itertools.permutations((NAME, NUMBER, TIME)))


class TestContract(DawContract):
    kind = "reaper"

    def daw(self) -> ReaperCore:
        return ReaperCore(latency=0.04)

    def names(self, sent: list[Osc]) -> list[str]:
        return [str(m.args[0]) for m in sent if m.address == NAME]


def start(core: ReaperCore | None = None) -> Conversation:
    """Return a conversation with a REAPER that was greeted and has answered."""
    talk = Conversation(ReaperTarget(SETTINGS), core)
    talk.run(0.1)
    assert talk.sent == [REFRESH]
    if core is None:
        talk.hear(STOPPED)
    talk.run(1.0)
    talk.sent.clear()
    talk.arrived.clear()
    return talk


def absent() -> Conversation:
    """Return a conversation with a REAPER that isn't there."""
    talk = Conversation(ReaperTarget(SETTINGS))
    talk.run(PATIENCE + 0.1)
    talk.sent.clear()
    return talk


def mark(talk: Conversation, *names: str) -> None:
    talk.tell(*(Marker(name, BLUE) for name in names))


def status(talk: Conversation) -> LinkStatus:
    return talk.target.status(talk.moment)


def placed(core: ReaperCore) -> list[str]:
    return [marker.name for marker in core.markers]


def test_a_marker_is_inserted_at_once_and_named_when_its_number_comes() -> None:
    talk = start()
    mark(talk, "Write chords")
    assert talk.sent == [INSERT]
    talk.hear(Osc(NUMBER, ("1",)))
    assert talk.sent == [INSERT, Osc(NAME, ("Write chords",))]
    assert status(talk).state == "ready"


def test_insertion_is_the_action_with_a_whole_number() -> None:
    assert Osc("/action", (40157,)) == INSERT


def test_an_answer_is_waited_for_five_seconds() -> None:
    talk = start()
    talk.hear(Osc(NUMBER, ("1",)))
    mark(talk, "slow")
    talk.run(PATIENCE - 0.01)
    talk.hear(Osc(NUMBER, ("2",)))
    assert talk.sent[-1] == Osc(NAME, ("slow",))


def test_the_number_of_before_is_no_answer() -> None:
    talk = start()
    talk.hear(Osc(NAME, ("",)), Osc(NUMBER, ("7",)))
    mark(talk, "mine")
    talk.hear(Osc(NUMBER, ("7",)))
    talk.run(1.0)
    assert talk.sent == [INSERT]


def test_a_placeholder_without_a_number_is_no_answer() -> None:
    talk = start()
    mark(talk, "mine")
    talk.hear(Osc(NAME, ("",)), Osc(NUMBER, ("",)))
    assert talk.sent == [INSERT]


@pytest.mark.parametrize("order", ORDERS)
def test_the_order_of_feedback_does_not_matter(order: tuple[str, str, str]) -> None:
    core = ReaperCore(latency=0.04, order=order)
    talk = start(core)
    mark(talk, "one", "two")
    talk.run(10.0)
    assert placed(core) == ["one", "two"]


@pytest.mark.parametrize("order", ORDERS)
def test_an_old_marker_that_the_song_runs_over_keeps_its_name(order: tuple[str, str, str]) -> None:
    core = ReaperCore(order=order, latency=0.04)
    core.markers = [Placed(1, 1.0, "Verse"), Placed(2, 2.0, "Chorus")]
    talk = start(core)
    talk.hear(*core.receive(Osc("/play"), talk.now))
    talk.run(5.0)  # both were passed and are known by number
    talk.hear(*core.receive(Osc("/time", (0.5,)), talk.now))
    core.lose = 1  # our own marker's answer, at 0.98 s
    talk.run(0.48)
    mark(talk, "mine")
    talk.run(PATIENCE + 1)
    assert placed(core)[:2] == ["Verse", "Chorus"]


def test_a_number_given_again_after_a_deletion_is_ours_when_it_has_no_name() -> None:
    core = ReaperCore(latency=0.04)
    talk = start(core)
    mark(talk, "one")
    talk.run(1.0)
    core.cursor = 4.0
    mark(talk, "two")
    talk.run(1.0)
    core.delete(1, talk.now)
    core.cursor = 8.0
    mark(talk, "three")
    talk.run(1.0)
    assert [(m.number, m.name) for m in core.markers] == [(2, "two"), (1, "three")]


@pytest.mark.parametrize("order", ORDERS)
def test_a_new_project_that_keeps_the_old_number_told_still_gets_its_names(
    order: tuple[str, str, str],
) -> None:
    core = ReaperCore(latency=0.04, order=order)
    talk = start(core)
    mark(talk, "of the old song")
    talk.run(1.0)
    core.load([], talk.now)
    talk.run(1.0)
    core.cursor = 3.0
    mark(talk, "of the new song")
    talk.run(1.0)
    assert placed(core) == ["of the new song"]


def test_a_first_marker_at_the_very_start_of_a_new_project_is_found_by_asking() -> None:
    core = ReaperCore(latency=0.04)
    talk = start(core)
    mark(talk, "of the old song")
    talk.run(1.0)
    core.load([], talk.now)
    talk.run(1.0)
    mark(talk, "of the new song")  # number 1 again, at 0 s, without a name: nothing changed
    talk.run(PATIENCE)
    assert REFRESH in talk.sent
    assert placed(core) == ["of the new song"]


def test_a_name_given_counts_even_when_reaper_does_not_repeat_it() -> None:
    talk = start()
    for number in ("1", "2"):
        mark(talk, f"cue {number}")
        talk.hear(Osc(NAME, ("",)), Osc(NUMBER, (number,)))
        talk.run(1.0)
    talk.hear(Osc(NUMBER, ("1",)))  # the user went back
    mark(talk, "mine")
    talk.hear(Osc(NUMBER, ("2",)))  # and the song runs over the second
    talk.run(1.0)
    assert talk.sent[-1] == INSERT


def test_a_lost_answer_is_asked_for_again_and_the_marker_named() -> None:
    core = ReaperCore(latency=0.04)
    core.markers = [Placed(4, -1.0, "old")]
    talk = start(core)
    core.lose = 1
    mark(talk, "mine")
    talk.run(PATIENCE)
    assert talk.sent == [INSERT, REFRESH, Osc(NAME, ("mine",))]
    assert placed(core) == ["old", "mine"]


def test_asking_again_without_knowing_what_was_there_never_renames_an_old_marker() -> None:
    core = ReaperCore(latency=0.04)
    core.markers = [Placed(4, 0.0, "old")]
    talk = start(core)
    core.listens = False
    mark(talk, "mine")
    core.listens = True
    talk.run(20.0)
    assert REFRESH in talk.sent
    assert placed(core) == ["old"]
    assert status(talk).state == "trouble"


def test_an_answer_that_never_comes_is_reported_and_the_next_cue_goes_on() -> None:
    core = ReaperCore(latency=0.04)
    talk = start(core)
    core.answers = False
    mark(talk, "first", "second")
    talk.run(PATIENCE - 0.1)
    core.answers = True
    talk.run(PATIENCE)
    assert placed(core) == ["", "second"]
    assert status(talk).dropped == 1
    assert '"first"' in status(talk).detail


def test_reaper_that_is_not_there_shows_with_what_to_do() -> None:
    talk = Conversation(ReaperTarget(SETTINGS))
    assert status(talk).state == "unknown"
    talk.run(PATIENCE + 0.1)
    seen = status(talk)
    assert seen.state == "silent"
    assert "no answer from REAPER on 127.0.0.1:9000" in seen.detail
    assert "device port 9000, local listen port 8000" in seen.detail


def test_reaper_that_stays_away_is_greeted_once_a_minute_and_gets_no_marker() -> None:
    talk = absent()
    talk.run(600.0)
    assert talk.sent == [REFRESH] * 10


def test_a_cue_for_a_reaper_that_is_away_waits_and_greets_it_at_once() -> None:
    talk = absent()
    talk.run(30.0)
    mark(talk, "mine")
    assert talk.sent == [REFRESH]
    talk.run(3.0)
    talk.hear(STOPPED)
    talk.run(SETTLE + 0.1)
    assert talk.sent == [REFRESH, INSERT]


def test_refreshes_are_seldom_even_when_reaper_is_there_and_never_confirms() -> None:
    core = ReaperCore(latency=0.04)
    talk = start(core)
    core.lose = 10**6
    for n in range(6):
        mark(talk, str(n))
        talk.hear(Osc("/play", (0.0,)))
        talk.run(9.0)
    assert talk.sent.count(REFRESH) == 1
    assert talk.sent.count(INSERT) == 6


def test_the_old_last_marker_in_the_answer_to_a_greeting_is_never_renamed() -> None:
    core = ReaperCore(latency=0.04)
    core.markers = [Placed(7, 0.0, "old")]
    talk = Conversation(ReaperTarget(SETTINGS))
    mark(talk, "mine")  # it waits, and REAPER comes
    talk.daw, core.cursor = core, 2.0
    talk.run(10.0)
    assert placed(core) == ["old", "mine"]


def test_reaper_that_comes_back_is_ready_again() -> None:
    talk = start()
    mark(talk, "lost")
    talk.run(PATIENCE + 0.1)
    assert status(talk).state == "silent"
    talk.hear(Osc("/play", (0.0,)))
    assert status(talk).state == "ready"
    assert status(talk).dropped == 1


def test_reaper_that_is_there_but_confirms_nothing_is_trouble_until_it_does() -> None:
    talk = start()
    mark(talk, "one")
    talk.hear(Osc("/play", (1.0,)))
    talk.run(PATIENCE + 0.1)
    assert status(talk).state == "trouble"
    mark(talk, "two")
    talk.hear(Osc(NUMBER, ("2",)))
    assert status(talk).state == "ready"


def test_only_one_marker_is_waited_for_at_a_time() -> None:
    talk = start()
    mark(talk, "one", "two")
    assert talk.sent == [INSERT]
    assert status(talk).pending == 2
    talk.hear(Osc(NUMBER, ("1",)))
    talk.run(BREATH / 2)
    assert talk.sent == [INSERT, Osc(NAME, ("one",))]
    talk.run(BREATH)
    assert talk.sent == [INSERT, Osc(NAME, ("one",)), INSERT]


def test_a_cue_that_waited_too_long_for_a_reaper_that_is_away_is_dropped_and_counted() -> None:
    talk = absent()
    mark(talk, "a", "b", "c", "d")
    talk.run(KEEP - 0.1)
    assert (status(talk).pending, status(talk).dropped) == (4, 0)
    talk.run(0.2)
    assert (status(talk).pending, status(talk).dropped) == (0, 4)
    assert INSERT not in talk.sent


def test_a_full_queue_drops_the_oldest() -> None:
    talk = start()
    mark(talk, *(str(n) for n in range(MOST_WAITING + 2)))
    assert status(talk).pending == MOST_WAITING + 1
    assert status(talk).dropped == 1
    assert '"1"' in status(talk).detail


def test_colours_and_texts_send_nothing_and_the_status_says_why() -> None:
    talk = start(ReaperCore())
    talk.tell(TrackColour("Bass", BLUE), StatusText("hello"))
    assert talk.sent == []
    mark(talk, "one")
    assert "plain OSC has no colours and no status text" in status(talk).detail


def test_without_a_port_to_hear_on_the_status_says_what_is_missing() -> None:
    target = ReaperTarget(DawSettings("reaper", port=8000))
    assert "listen" in target.status(Conversation(target).moment).detail


def test_a_name_of_nothing_but_controls_gets_the_products_name() -> None:
    talk = start(ReaperCore())
    mark(talk, "\0\n")
    assert talk.sent[-1] == Osc(NAME, ("Songbridge",))


def test_a_machine_that_slept_in_the_middle_goes_on_with_the_next_cue() -> None:
    talk = start()
    mark(talk, "before the night")
    talk.now += 30_000
    mark(talk, "in the morning")
    assert talk.sent == [INSERT, REFRESH]
    talk.hear(STOPPED)
    talk.run(1.0)
    assert talk.sent == [INSERT, REFRESH, INSERT]
    assert status(talk).dropped == 1


def test_asking_again_comes_after_two_and_a_half_seconds() -> None:
    talk = start()
    mark(talk, "one")
    talk.run(ASK_AGAIN - 0.01)
    assert talk.sent == [INSERT]
    talk.run(0.02)
    assert talk.sent == [INSERT, REFRESH]


def test_numbers_are_remembered_within_bounds() -> None:
    last = LastMarker()
    for number in range(10_000):
        last.hear(Osc(NUMBER, (str(number),)))
    assert len(last._known) <= 4096


@given(
    latency=st.floats(0.0, 0.2),
    order=st.sampled_from(ORDERS),
    rolling=st.booleans(),
    gaps=st.lists(st.floats(0.0, 3.0), min_size=1, max_size=8),
    old=st.lists(st.floats(0.0, 20.0), max_size=5, unique=True),
)
def test_whatever_the_rhythm_every_marker_gets_its_own_name(
    latency: float,
    order: tuple[str, str, str],
    *,
    rolling: bool,
    gaps: list[float],
    old: list[float],
) -> None:
    core = ReaperCore(latency=latency, order=order)
    core.markers = [Placed(n, at, f"old {n}") for n, at in enumerate(old, 1)]
    core.cursor = 30.0  # behind the old ones: the song does not run over them again
    talk = start(core)
    if rolling:
        talk.hear(*core.receive(Osc("/play"), talk.now))
    names = [f"cue {n}" for n in range(len(gaps))]
    for name, gap in zip(names, gaps, strict=True):
        mark(talk, name)
        talk.run(gap)
    talk.run(30.0)
    assert placed(core) == [f"old {n}" for n in range(1, len(old) + 1)] + names
