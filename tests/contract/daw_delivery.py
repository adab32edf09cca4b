"""Cases: each cue is told once and in order, or dropped, counted and named; never both."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest

from bridge.messages import Marker, StatusText, TrackColour
from tests.contract.daw_kind import DawKind
from tests.contract.daw_talk import Conversation

if TYPE_CHECKING:
    from tests.contract.daw_talk import Delivery

BLUE = "#3FA7FF"
BURST = 500
MOST_PENDING = 512 + 64 + 8
"""News, colours, and what is under way."""


def mark(talk: Conversation, *names: str) -> None:
    talk.tell(*(Marker(name, BLUE) for name in names))


class DeliveryCases(DawKind):
    """What holds of every kind, whether its DAW is there or not."""

    # --- a DAW that is there ----------------------------------------------------------------------

    def test_every_marker_is_told_once_and_in_order(self) -> None:
        talk = self.talk()
        names = [f"task {n}" for n in range(12)]
        mark(talk, *names)
        talk.run(30.0)
        assert self.marked(talk) == self.carried(names)
        assert (talk.status.pending, talk.status.dropped) == (0, 0)

    def test_a_second_evening_is_told_like_the_first(self) -> None:
        talk = self.talk()
        for name in ("one", "two", "one"):
            mark(talk, name)
            talk.run(3600.0)
        assert self.marked(talk) == self.carried(["one", "two", "one"])

    def test_a_burst_of_five_hundred_arrives_whole_and_in_order(self) -> None:
        talk = self.talk()
        names = [f"task {n}" for n in range(BURST)]
        mark(talk, *names)
        assert talk.status.pending <= MOST_PENDING
        talk.run(600.0)
        assert self.marked(talk) == self.carried(names)
        assert (talk.status.pending, talk.status.dropped) == (0, 0)

    def test_a_daw_that_is_there_is_known_before_the_first_cue(self) -> None:
        talk = self.talk()
        assert talk.status.state == ("ready" if self.greets else "unknown")
        assert bool(talk.sent) == self.greets

    # --- a DAW that is not there ------------------------------------------------------------------

    @pytest.mark.parametrize("there", [True, False])
    def test_a_quiet_hour_costs_a_daw_next_to_nothing(self, *, there: bool) -> None:
        talk = self.talk(there=there)
        for _minute in range(60):
            talk.sent.clear()
            talk.midi.clear()
            talk.run(60.0)
            assert len(talk.sent) + len(talk.midi) <= (self.most_a_minute if self.greets else 0)
        assert self.marked(talk) == []
        assert (talk.status.pending, talk.status.dropped) == (0, 0)

    def test_when_all_is_told_it_is_quiet(self) -> None:
        talk = self.talk()
        mark(talk, "one")
        talk.run(60.0)
        before = len(talk.sent) + len(talk.midi)
        talk.run(60.0)
        most = self.most_a_minute if self.greets else 0
        assert len(talk.sent) + len(talk.midi) - before <= most
        assert self.marked(talk) == self.carried(["one"])

    def test_a_daw_that_is_not_there_is_greeted_seldom_and_everything_dropped_is_counted(
        self,
    ) -> None:
        talk = self.talk(there=False)
        mark(talk, *(f"task {n}" for n in range(10)))
        for _minute in range(10):
            before = len(talk.sent) + len(talk.midi)
            talk.run(60.0)
            assert len(talk.sent) + len(talk.midi) - before <= self.most_a_minute
        assert self.marked(talk) == []
        assert (talk.status.pending, talk.status.dropped) == (0, 10)
        assert self.carried(["task 9"])[0] in talk.status.detail

    @pytest.mark.parametrize("keep", [10.0, 40.0])
    def test_a_daw_that_comes_in_time_gets_what_waited_in_order_and_once(self, keep: float) -> None:
        talk = self.talk(there=False, keep=keep)
        mark(talk, "one", "two", "three")
        talk.run(keep - 7.0)
        assert (talk.status.pending, talk.status.dropped) == (3, 0)
        talk.come()
        talk.run(60.0)
        assert self.marked(talk) == self.carried(["one", "two", "three"])
        assert (talk.status.pending, talk.status.dropped) == (0, 0)

    def test_a_daw_that_comes_too_late_gets_what_is_new(self) -> None:
        talk = self.talk(there=False, keep=4.0)
        mark(talk, "one", "two")
        talk.run(3.5)
        assert talk.status.pending == 2
        talk.run(20.0)
        assert (talk.status.pending, talk.status.dropped) == (0, 2)
        talk.come()
        talk.run(10.0)
        mark(talk, "new")
        talk.run(10.0)
        assert self.marked(talk) == self.carried(["new"])
        assert talk.status.dropped == 2

    def test_a_daw_that_was_there_and_comes_back_in_time_gets_what_waited(self) -> None:
        talk = self.talk(keep=30.0)
        mark(talk, "before")
        talk.run(10.0)
        talk.leave()
        talk.run(20.0)
        mark(talk, "one", "two")
        talk.run(10.0)
        talk.come()
        talk.run(60.0)
        self._each_told_or_dropped(talk, ["before", "one", "two"])
        assert self.marked(talk)[:1] == self.carried(["before"])
        assert talk.status.dropped <= self.unsure

    def test_a_daw_that_vanishes_in_a_burst_leaves_no_cue_untold_and_uncounted(self) -> None:
        for seconds in (0.0, 0.05, 0.35, 1.0, 3.0):
            talk = self.talk()
            names = [f"task {n}" for n in range(60)]
            mark(talk, *names)
            talk.run(seconds)
            talk.leave()
            talk.run(60.0)
            talk.come()
            talk.run(60.0)
            self._each_told_or_dropped(talk, names)

    def _each_told_or_dropped(self, talk: Delivery, names: list[str]) -> None:
        told, status = self.marked(talk), talk.status
        assert status.pending == 0
        assert len(names) <= len(told) + status.dropped <= len(names) + self.unsure
        if self.carried(names) == names:
            assert told == [name for name in names if name in set(told)]  # in order, none twice

    # --- always -----------------------------------------------------------------------------------

    def test_four_thousand_cues_without_an_answer_keep_memory_bounded(self) -> None:
        talk = self.talk(there=False)
        self._flood(talk, 1000)
        tracemalloc.start()
        try:
            self._flood(talk, 3000)
            grown, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert talk.status.pending <= MOST_PENDING
        assert grown < 500_000

    def _flood(self, talk: Delivery, cues: int) -> None:
        for n in range(cues):
            talk.tell(Marker(f"flood {n}", BLUE), StatusText(f"flood {n}"))
            talk.tell(TrackColour(f"track {n}", BLUE))
            talk.run(0.01)
            talk.sent.clear()
            talk.midi.clear()

    def test_every_state_has_one_sentence(self) -> None:
        for there in (True, False):
            talk = self.talk(there=there)
            seen = [talk.status]
            talk.tell(Marker("one", BLUE), TrackColour("Bass", BLUE), StatusText("hello"))
            seen.append(talk.status)
            talk.run(20.0)
            seen.append(talk.status)
            for status in seen:
                assert status.state in ("unknown", "ready", "silent", "trouble")
                assert "\n" not in status.detail
                assert len(status.detail) > 20
