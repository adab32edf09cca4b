"""Who worked on what, when: sittings and their stretches, held to what `evolve` charges."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.core.events import Entry
from bridge.core.evolve import evolve
from bridge.core.model import Studio, TimerState
from bridge.core.settings import Settings
from bridge.core.worklog import PastSitting, sittings
from tests.core.test_figures_ledger import WORDS, done
from tests.standins import year
from tests.standins.desk import SONG, START, Desk

CHORDS, BASS = "Write chord progression", "Design sound for bassline"


def begun(**wanted: object) -> Desk:
    desk = Desk(Settings(**wanted), SONG)  # type: ignore[arg-type] # fields of the settings
    desk.do("start")
    return desk


def read(desk: Desk) -> tuple[PastSitting, ...]:
    return sittings(desk.journal)


def spans(sitting: PastSitting) -> list[tuple[str, float, float]]:
    return [(one.title, one.began - START, one.ended - START) for one in sitting.stretches]


def test_a_sitting_has_what_was_done_and_the_stretches_of_work() -> None:
    desk = begun(person="Mira")
    desk.wait(300)
    desk.do("complete")
    desk.wait(100)
    desk.do("pause")
    desk.wait(100)
    desk.do("resume")
    desk.do("note", "too loud")
    desk.wait(100)
    desk.do("later")
    desk.do("end")
    (sitting,) = read(desk)
    assert (sitting.began, sitting.ended) == (START, START + 600)
    assert (sitting.person, sitting.over, sitting.worked) == ("Mira", True, 500)
    assert (sitting.done, sitting.set_aside, sitting.notes) == ((CHORDS,), (BASS,), ("too loud",))
    assert spans(sitting) == [(CHORDS, 0, 300), (BASS, 300, 400), (BASS, 500, 600)]
    first = sitting.stretches[0]
    assert (first.task, first.song, first.person) == (
        "northern-lights.1",
        "northern-lights",
        "Mira",
    )


def test_a_break_is_no_work_and_a_start_ends_the_stretch_of_another_task() -> None:
    desk = begun()
    desk.wait(100)
    desk.do("break", "5m")
    desk.wait(310)
    desk.do("start", 2)
    desk.wait(50)
    desk.do("end")
    (sitting,) = read(desk)
    assert spans(sitting) == [(CHORDS, 0, 100), (CHORDS, 400, 410), (BASS, 410, 460)] or spans(
        sitting
    ) == [(CHORDS, 0, 100), (CHORDS, 300, 410), (BASS, 410, 460)]


def test_what_was_undone_did_not_happen() -> None:
    desk = begun()
    desk.wait(300)
    desk.do("complete")
    desk.do("undo")
    desk.wait(100)
    desk.do("end")
    (sitting,) = read(desk)
    assert (sitting.done, spans(sitting)) == ((), [(CHORDS, 0, 400)])


def test_a_sitting_whose_end_was_undone_goes_on_and_one_that_was_undone_is_none() -> None:
    desk = begun()
    desk.wait(100)
    desk.do("end")
    desk.do("undo")
    assert [one.over for one in read(desk)] == [False]
    desk.do("undo")
    assert read(desk) == ()


def test_a_sitting_that_comes_back_by_undo_has_its_later_time_though_another_began_since() -> None:
    desk = begun()
    desk.wait(60)
    desk.do("off", "until friday")
    desk.do("start", 2)
    desk.do("undo")
    desk.do("undo")
    desk.wait(60)
    desk.do("end")
    (sitting,) = read(desk)
    assert (sitting.over, sitting.worked, sitting.ended) == (True, 120, START + 120)


def test_time_that_nobody_attended_is_taken_off() -> None:
    desk = begun()
    desk.wait(600)
    desk.sleep(7200)
    desk.do("resume")
    desk.wait(60)
    desk.do("end")
    (sitting,) = read(desk)
    assert sitting.worked == pytest.approx(660)
    assert spans(sitting)[0] == (CHORDS, 0, pytest.approx(600))


def test_a_clock_that_was_set_changes_no_length() -> None:
    desk = begun()
    desk.wait(100)
    desk.set_clock(3600)
    desk.wait(100)
    desk.do("end")
    (sitting,) = read(desk)
    assert sitting.worked == pytest.approx(200)
    assert sitting.ended - sitting.began == pytest.approx(200)


@pytest.mark.parametrize(("at_zero", "worked"), [("wait", 1200), ("keep-counting", 1500)])
def test_time_up_ends_the_charging_only_where_it_waits(at_zero: str, worked: float) -> None:
    desk = begun(at_zero=at_zero)
    desk.wait(1500)
    desk.do("end")
    assert read(desk)[0].worked == worked


def test_a_sitting_that_nobody_ended_says_so() -> None:
    desk = begun()
    desk.wait(150)
    desk.do("note", "on")
    (sitting,) = read(desk)
    assert (sitting.over, sitting.ended) == (False, START + 150)
    assert spans(sitting) == [(CHORDS, 0, 150)]


def test_a_second_sitting_begins_with_nothing_of_the_first() -> None:
    desk = begun()
    desk.wait(100)
    desk.do("complete")
    desk.do("end")
    desk.wait(900)
    desk.do("start")
    desk.wait(60)
    desk.do("end")
    first, second = read(desk)
    assert (first.done, second.done, second.worked) == ((CHORDS,), (), 60)


@settings(max_examples=60, deadline=None)
@given(
    words=st.lists(WORDS, min_size=1, max_size=40),
    policy=st.sampled_from(["move-on", "wait", "keep-counting"]),
    auto=st.booleans(),
)
def test_every_task_has_as_much_time_as_evolve_charges(
    words: list[str], policy: str, auto: bool
) -> None:
    desk = done(words, policy, auto)
    desk.do("note", "now")  # so that the last entry is of now
    held(desk.journal)


def test_two_months_are_told_as_evolve_charges_them() -> None:
    held(list(year.entries(year.MONTHS)))


def held(journal: list[Entry]) -> None:
    studio = Studio()
    for entry in journal:
        studio = evolve(studio, entry)
    counted: defaultdict[str, float] = defaultdict(float)
    for sitting in sittings(journal):
        for one in sitting.stretches:
            assert one.began < one.ended
            counted[one.task] += one.ended - one.began
    running = studio.timer
    for task in studio.tasks():
        spent = task.spent
        if task.id == running.task and running.counting and running.since is not None:
            spent += max(0.0, journal[-1].at - running.since)
        if task.id == running.task and running.state is TimerState.AWAY:
            spent -= running.unattended  # it counts where somebody says that it was work
        assert counted[task.id] == pytest.approx(spent, abs=1e-2)
