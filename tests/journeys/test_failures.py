"""What goes wrong while it runs, in memory: a journal that fails, and comes back."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bridge.core.actions import Action, SetGoal
from bridge.core.events import BreakEnded, Entry, Noted, TaskSetAside
from bridge.daw.target import DawSettings
from bridge.errors import JournalFault
from bridge.messages import Osc
from bridge.ports.midi_events import Repaint
from bridge.ports.osc_requests import Subscribe
from bridge.store.memory import MemoryJournal
from bridge.web.role import Granted
from tests.standins.desk import SONG
from tests.standins.emulators.launchpad import OFF, LaunchpadMiniMk3
from tests.standins.evening import PAD
from tests.standins.hands import Hands
from tests.standins.studio import PEER, Studio

FIRST, SECOND, TOGGLE, COMPLETE, LATER, BREAK, UNDO = 81, 82, 21, 22, 24, 26, 28
BAR = range(11, 19)
FULL = "the disk is full: journal.db can't grow; make room, then go on"


class FailingJournal(MemoryJournal):
    """Refuses every write while ``fault`` is set, and counts how often it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.tries = 0

    def append(self, entries: Sequence[Entry]) -> None:
        self.tries += 1
        super().append(entries)

    def alive(self, at: float) -> bool:
        self.tries += 1
        return super().alive(at)


class Bench:
    """A studio with a Launchpad, a subscriber and a DAW, on a journal that may fail."""

    def __init__(self) -> None:
        self.journal, self.pad = FailingJournal(), LaunchpadMiniMk3()
        self.studio = Studio([SONG], journal=self.journal, daws=[DawSettings("osc", port=9001)])
        self.studio.osc_in(Subscribe())
        self.hands = Hands(self.studio, PAD, self.pad)

    @property
    def told(self) -> int:
        """How many messages the DAW was sent."""
        return len(self.studio.osc.to("osc"))

    @property
    def events(self) -> list[str]:
        return [
            str(m.args[0]) for m in self.studio.osc.to(str(PEER)) if m.address.endswith("event")
        ]

    @property
    def faulty(self) -> bool:
        return all(self.pad.lit(led).effect in ("flash", "solid") for led in BAR)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_press_that_the_journal_can_not_hold_tells_nobody_blinks_and_changes_nothing(
    bench: Bench,
) -> None:
    before = bench.studio.session.engine.studio
    bench.journal.fault = FULL
    bench.hands.press(FIRST)

    assert bench.studio.session.engine.studio is before
    assert (bench.told, bench.events) == (0, [])
    assert len(bench.journal.entries) == 1
    assert bench.pad.lit(FIRST).effect == "flash"
    assert bench.faulty
    assert [f for f in bench.studio.session.faults if f] == [FULL]

    bench.studio.wait(1.0)
    assert bench.pad.lit(FIRST).effect == "solid"  # refused is over, the fault is not
    assert bench.faulty


def test_everybody_who_asks_is_told_the_reason(bench: Bench) -> None:
    bench.journal.fault = FULL
    bench.studio.osc_in(Action("start"), "/songbridge/start")
    error = Osc("/songbridge/error", ("/songbridge/start", FULL))
    assert bench.studio.osc.to(str(PEER)).count(error) == 1
    for answer in (bench.studio.do("start"), bench.studio.ask(SetGoal(1, "finish the drop"))):
        assert isinstance(answer, JournalFault)
        assert str(answer) == FULL


def test_a_fault_goes_by_itself_when_the_disk_is_well_again(bench: Bench) -> None:
    bench.journal.fault = FULL
    assert isinstance(bench.studio.do("start"), JournalFault)
    bench.studio.wait(5.0)
    assert bench.faulty
    bench.journal.fault = ""
    bench.studio.wait(1.1)
    assert not any(bench.studio.session.faults)
    assert all(bench.pad.lit(led) == OFF for led in BAR)
    assert len(bench.journal.entries) == 1


def test_a_fault_costs_one_try_a_second(bench: Bench) -> None:
    assert isinstance(bench.studio.do("break", "2s"), Granted)
    bench.journal.fault = FULL
    bench.studio.wait(3.0)
    tried = bench.journal.tries
    bench.studio.wait(60.0)
    assert 50 <= bench.journal.tries - tried <= 62


def test_what_was_due_is_told_at_its_true_end_when_it_can_be(bench: Bench) -> None:
    bench.studio.do("break", "2s")
    began = bench.studio.moment.wall
    bench.journal.fault = FULL
    bench.studio.wait(10.0)
    assert (bench.studio.state, bench.faulty) == ("break", True)
    bench.journal.fault = ""
    bench.studio.wait(1.1)
    assert bench.studio.state == "idle"
    assert isinstance(bench.journal.entries[-1].fact, BreakEnded)
    assert bench.journal.entries[-1].at == pytest.approx(began + 2.0)
    assert bench.events[-1] == "break-over"


def test_what_was_due_comes_before_what_a_hand_asks_for(bench: Bench) -> None:
    bench.studio.do("break", "2s")
    bench.journal.fault = FULL
    bench.studio.wait(10.3)
    bench.journal.fault = ""
    bench.studio.do("note", "it works again")
    ended, note = bench.journal.entries[-2:]
    assert isinstance(ended.fact, BreakEnded)
    assert isinstance(note.fact, Noted)
    assert not any(bench.studio.session.faults)


def test_a_task_whose_time_is_up_during_a_fault_is_set_aside_afterwards(bench: Bench) -> None:
    bench.hands.press(FIRST)
    bench.studio.wait(20 * 60 - 5)
    bench.journal.fault = FULL
    bench.studio.wait(30.0)
    assert bench.studio.current == "Write chord progression"
    heard = bench.told
    bench.journal.fault = ""
    bench.studio.wait(1.1)
    aside = next(e for e in bench.journal.entries if isinstance(e.fact, TaskSetAside))
    assert bench.studio.current == "Design sound for bassline"
    assert bench.told > heard
    assert aside.at < bench.studio.moment.wall - 10


def test_a_service_that_dies_during_a_fault_comes_back_as_the_journal_has_it(bench: Bench) -> None:
    bench.hands.press(FIRST)
    bench.journal.fault = FULL
    bench.hands.press(COMPLETE)
    bench.pad.power_cycle()
    bench.studio.kill(off_for=5.0)
    assert bench.studio.current == "Write chord progression"
    assert bench.studio.state == "running"
    bench.studio.wait(0.2)
    assert bench.pad.lit(FIRST).effect == "pulse"
    bench.journal.fault = ""
    bench.hands.press(COMPLETE)
    assert bench.studio.current == "Design sound for bassline"


def test_a_clock_set_back_on_a_full_disk_keeps_nobody_from_starting(bench: Bench) -> None:
    bench.hands.press(FIRST)
    bench.studio.wait(120.0)
    bench.journal.fault = FULL
    bench.studio.kill(off_for=-3600.0)
    assert bench.studio.session.faults[0] == FULL
    bench.journal.fault = ""
    bench.studio.wait(1.1)
    assert not any(bench.studio.session.faults)
    assert isinstance(bench.studio.do("complete"), Granted)


def test_nothing_is_lost_when_every_other_write_fails(bench: Bench) -> None:
    done = 0
    for press in range(40):
        bench.journal.fault = FULL if press % 2 else ""
        before = bench.studio.session.engine.seq
        bench.hands.press(TOGGLE)
        changed = bench.studio.session.engine.seq > before
        assert changed is (press % 2 == 0)
        done += changed
    assert done == 20
    engine = bench.studio.session.engine
    bench.journal.fault = ""
    bench.studio.kill(off_for=0.0)
    assert bench.studio.session.engine.studio == engine.studio


def test_a_broken_controller_is_left_alone_and_the_other_goes_on(bench: Bench) -> None:
    bench.studio.unplug(PAD)
    assert isinstance(bench.studio.do("start"), Granted)
    bench.pad.power_cycle()
    bench.studio.plug(PAD, bench.pad)
    bench.studio.wait(0.2)
    assert bench.pad.lit(FIRST).effect == "pulse"
    bench.hands.press(BREAK, UNDO, LATER)
    assert bench.studio.current == "Design sound for bassline"


class Unheard(LaunchpadMiniMk3):
    """A Launchpad on a cable that loses everything while ``cut`` is set."""

    cut = False

    def receive(self, data: bytes, at: float) -> list[bytes]:
        return [] if self.cut else super().receive(data, at)


def test_lights_whose_messages_were_lost_are_right_once_the_loss_is_known() -> None:
    studio, pad = Studio([SONG]), Unheard()
    hands = Hands(studio, PAD, pad)
    pad.cut = True
    hands.press(SECOND)
    pad.cut = False
    studio.wait(5.0)
    wrong = pad.all_lit()
    (controller,) = (c for c in studio.session.controllers.all if c.up)

    studio.put(Repaint(controller.key, studio.moment))
    studio.wait(0.1)
    healed = pad.all_lit()
    studio.unplug(PAD)
    pad.power_cycle()
    studio.plug(PAD, pad)
    studio.wait(0.1)

    assert wrong != healed == pad.all_lit()


def test_a_loss_on_a_controller_that_is_not_there_changes_nothing() -> None:
    studio = Studio([SONG])
    for key in (studio.session.controllers.all[0].key, "nobody"):
        studio.put(Repaint(key, studio.moment))
    assert not studio.session.controllers.frames
