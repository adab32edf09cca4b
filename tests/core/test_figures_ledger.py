"""The account of the journal holds the same sums as `evolve`, whatever is done and taken back."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.core.actions import ImportSong
from bridge.core.events import Entry
from bridge.core.evolve import evolve
from bridge.core.figures_ledger import Ledger
from bridge.core.model import Studio
from bridge.core.settings import Settings
from bridge.errors import Invalid, Refused
from tests.standins import year
from tests.standins.desk import SONG, Desk

FIELDS = ("title", "section", "budget", "planned", "person", "state", "spent", "boxed")
WORDS = st.one_of(
    st.sampled_from(
        [
            "start", "start", "complete", "later", "skip", "pause", "resume", "toggle", "undo", "undo", "back",
            "break", "end", "extend 5m", "extend -5m", "start 2", "start 3", "select 2", "prep on", "prep off",
            "stage next", "stage finished", "stage prev", "take", "cut", "song", "+5", "+70", "+700", "+4000",
            "~400", "~40000", "clock 600", "clock -600", "restart", "person Ben", "person Ada",
            "hand @Ben a note", "hand done",
        ]
    )
)  # fmt: skip


def done(words: list[str], policy: str, auto: bool) -> Desk:
    desk = Desk(Settings(at_zero=policy, auto_start=auto), SONG)  # type: ignore[arg-type] # drawn from its members
    for word in words:
        name, _, argument = word.partition(" ")
        with contextlib.suppress(Refused, Invalid):
            obey(desk, name, argument)
    return desk


def obey(desk: Desk, name: str, argument: str) -> None:
    if name[0] in "+~":
        (desk.wait if name[0] == "+" else desk.sleep)(float(name[1:]))
    elif name in ("take", "cut"):
        desk.record(on=name == "take")
    elif name == "song" and not argument:
        desk.ask(ImportSong(SONG))
    elif name == "clock":
        desk.set_clock(float(argument))
    elif name == "restart":
        desk.restart(300.0)
    else:
        desk.do(name, argument or None)


def check(entries: list[Entry] | tuple[Entry, ...]) -> None:
    ledger, studio = Ledger(), Studio()
    ledger.read(entries)
    for entry in entries:
        studio = evolve(studio, entry)
    assert ledger.jobs.keys() == {task.id for task in studio.tasks()}
    charged: defaultdict[str, float] = defaultdict(float)
    for stretch in ledger.stretches:
        if stretch.act not in ledger.voided:
            charged[stretch.task] += (stretch.end - stretch.begin) * stretch.sign
    for task in studio.tasks():
        job = ledger.jobs[task.id]
        assert [getattr(job, name) for name in FIELDS] == [getattr(task, name) for name in FIELDS]
        assert charged[task.id] == pytest.approx(task.spent, abs=1e-3)


@settings(max_examples=150, deadline=None)
@given(
    words=st.lists(WORDS, min_size=1, max_size=40),
    policy=st.sampled_from(["move-on", "wait", "keep-counting"]),
    auto=st.booleans(),
)
def test_every_task_has_the_time_and_state_that_evolve_gives_it(
    words: list[str], policy: str, auto: bool
) -> None:
    check(done(words, policy, auto).journal)


def test_two_months_of_work_add_up_as_evolve_adds_them() -> None:
    check(year.entries(year.MONTHS))


def test_a_made_up_year_is_the_same_each_time() -> None:
    assert year._Year(year.MONTHS).lived() == list(year.entries(year.MONTHS))


@pytest.mark.parametrize(
    "lost", [lambda e: e.action == "import" and e.seq > 1, lambda e: e.seq % 7 == 0]
)
def test_a_journal_with_gaps_is_read_for_what_it_still_tells(
    lost: Callable[[Entry], bool],
) -> None:
    ledger = Ledger()
    ledger.read(entry for entry in year.entries(year.MONTHS) if not lost(entry))
    ledger.until(year.entries(year.MONTHS)[-1].at)
    assert ledger.stretches
    assert {stretch.task for stretch in ledger.stretches} <= ledger.jobs.keys()
    assert all(job.spent >= 0 for job in ledger.jobs.values())
