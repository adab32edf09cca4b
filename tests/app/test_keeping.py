"""Engine and journal as one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bridge.app.keeping import Keeping
from bridge.core.actions import Action, ImportSong
from bridge.core.events import Entry
from bridge.core.settings import Settings
from bridge.errors import JournalFault, Refused
from bridge.moment import Moment
from bridge.store.memory import MemoryJournal
from tests.standins.desk import SONG, START


class FullDisk(MemoryJournal):
    """A journal on a disk that can be full."""

    full = False

    def append(self, entries: Sequence[Entry]) -> None:
        if self.full:
            raise JournalFault("the disk is full")
        super().append(entries)


@pytest.fixture
def journal() -> FullDisk:
    return FullDisk()


@pytest.fixture
def keeping(journal: FullDisk) -> Keeping:
    keeping = Keeping(journal, Settings())
    keeping.wake_up(Moment(0.0, START))
    keeping.ask(ImportSong(SONG), Moment(0.0, START), "cli")
    return keeping


def at(seconds: float) -> Moment:
    return Moment(seconds, START + seconds)


def test_what_the_journal_does_not_hold_has_not_happened(
    keeping: Keeping, journal: FullDisk
) -> None:
    journal.full = True
    before = keeping.engine.studio
    with pytest.raises(JournalFault):
        keeping.ask(Action("start"), at(1), "pad")

    assert keeping.engine.studio is before
    assert keeping.fault == "the disk is full"


def test_the_fault_goes_with_the_next_entry_that_is_held(
    keeping: Keeping, journal: FullDisk
) -> None:
    journal.full = True
    with pytest.raises(JournalFault):
        keeping.ask(Action("start"), at(1), "pad")
    journal.full = False
    keeping.ask(Action("start"), at(2), "pad")

    assert keeping.fault == ""
    assert journal.load().last_seq == keeping.engine.seq


def test_what_is_due_on_a_full_disk_is_tried_again_a_second_later(
    keeping: Keeping, journal: FullDisk
) -> None:
    keeping.ask(Action("start"), at(0), "pad")
    journal.full = True
    assert keeping.settle(at(1201)) == ()
    assert keeping.wake(at(1201)) == 1202
    journal.full = False
    assert keeping.settle(at(1201.5)) == ()
    told = keeping.settle(at(1202.5))

    assert [(type(e.fact).__name__, e.at) for e in told] == [("TimeUp", START + 1200)]


def test_a_refusal_writes_nothing(keeping: Keeping, journal: FullDisk) -> None:
    before = journal.load().last_seq
    with pytest.raises(Refused):
        keeping.ask(Action("complete"), at(1), "pad")

    assert journal.load().last_seq == before


def test_a_snapshot_is_taken_only_when_nothing_has_happened_for_a_while(
    keeping: Keeping, journal: FullDisk
) -> None:
    for n in range(1000):
        keeping.ask(Action("note", f"{n}"), at(n / 100), "osc")
    keeping.rest(at(10.0))
    busy = journal.load().snapshot
    keeping.rest(at(12.5))
    quiet = journal.load().snapshot

    assert busy is None
    assert quiet is not None
    assert quiet.seq == keeping.engine.seq


def test_a_new_start_goes_on_where_the_last_one_ended(keeping: Keeping, journal: FullDisk) -> None:
    keeping.ask(Action("start"), at(1), "pad")
    keeping.close(at(2))
    again = Keeping(journal, Settings())

    assert again.engine.studio == keeping.engine.studio
    assert again.engine.seq == keeping.engine.seq
