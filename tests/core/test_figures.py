"""Figures: what counts, on which day, for whom; against tables and a slow, plain reckoning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.core.actions import Action, ImportSong, SongDraft, TaskDraft
from bridge.core.evolve import evolve
from bridge.core.figures import Ended, Figures, Run, Tally, Told, Wanted
from bridge.core.figures_calendar import parts, streaks
from bridge.core.figures_kinds import OTHER, kind, kinds
from bridge.core.figures_ledger import Ledger
from bridge.core.figures_reckoning import figures
from bridge.core.figures_sums import quantile
from bridge.core.model import Studio
from bridge.core.settings import Settings
from bridge.errors import Invalid
from tests.standins import year
from tests.standins.desk import SONG, START, Desk

TODAY = date(2026, 9, 21)


def utc(at: float) -> date:
    return datetime.fromtimestamp(at, UTC).date()


def told(desk: Desk, wanted: Wanted | None = None) -> Figures:
    return figures(desk.journal, desk.moment.wall, utc, wanted or Wanted())


def worked(desk: Desk, minutes: float) -> None:
    desk.do("start")
    desk.wait(minutes * 60)


# --- what counts ----------------------------------------------------------------------------------


def test_a_done_task_has_its_plan_beside_its_real_time() -> None:
    desk = Desk(None, SONG)
    worked(desk, 10)
    desk.do("extend", "5m")
    desk.wait(60 * 11)
    desk.do("complete")
    desk.do("end")
    (section,) = told(desk).sections
    assert (section.name, section.colour) == ("composition", "#3FA7FF")
    expected = Tally(done=1, planned=1200, real=1260, worked=1260, extensions=1, extended=300)
    assert section.tally == expected
    assert section.ratio is not None
    assert section.ratio.median == pytest.approx(1.05)


def test_what_was_undone_counts_nowhere() -> None:
    desk = Desk(None, SONG)
    worked(desk, 5)
    before = told(desk)
    for name in ("extend", "complete", "skip", "later", "stage"):
        desk.do(name, "next" if name == "stage" else None)
        assert told(desk) != before, name
        desk.do("undo")
        assert told(desk) == before, name


def test_an_import_that_was_undone_leaves_no_song() -> None:
    desk = Desk(None, SONG)
    desk.ask(ImportSong(SongDraft("Mistake", tasks=(TaskDraft("Sing"),))))
    assert [one.title for one in told(desk).journeys] == ["Northern Lights", "Mistake"]
    desk.do("undo")
    assert [one.title for one in told(desk).journeys] == ["Northern Lights"]


def test_the_pool_of_low_days_is_no_song_on_its_way() -> None:
    desk = Desk(None, SONG)
    desk.do("prep", "on")
    assert "preparation" in desk.engine.studio.songs
    assert [one.title for one in told(desk).journeys] == ["Northern Lights"]


def test_a_box_that_ran_out_is_a_round_and_its_task_comes_back() -> None:
    desk = Desk(None, SONG)
    worked(desk, 21)
    desk.do("pause")
    desk.sleep(2 * 86400)
    desk.do("start", "northern-lights.1")
    (aside,) = told(desk).asides
    assert (aside.by_clock, aside.ended, aside.since) == (True, Ended.BACK, TODAY)
    assert aside.back == TODAY + timedelta(days=2)
    assert aside.days == pytest.approx(2.0, abs=0.01)
    assert told(desk).total.rounds == 1


def test_a_task_whose_song_was_finished_without_it_was_left() -> None:
    desk = Desk(None, SONG)
    worked(desk, 5)
    desk.do("later")
    assert [one.ended for one in told(desk).asides] == [Ended.WAITING]
    desk.do("stage", "finished")
    assert [one.ended for one in told(desk).asides] == [Ended.LEFT]


def test_what_runs_now_is_in_the_figures_of_now() -> None:
    desk = Desk(None, SONG)
    worked(desk, 7)
    assert told(desk).total.worked == 7 * 60


def test_a_ticked_off_task_says_nothing_about_estimates() -> None:
    desk = Desk(None, SONG)
    worked(desk, 0.1)
    desk.do("complete")
    assert told(desk).total.done == 1
    assert told(desk).accuracy is None


def test_an_empty_journal_has_empty_figures() -> None:
    empty = figures((), START, utc)
    assert empty.empty
    assert (empty.first, empty.last, empty.total) == (TODAY, TODAY, Tally())


def test_stages_stand_in_the_order_of_the_way() -> None:
    desk = Desk(None, SONG)
    for _ in range(3):
        desk.do("stage", "next")
        desk.sleep(86400)
    shown = told(desk)
    (journey,) = shown.journeys
    assert shown.stages == ("idea incubation", "arrangement", "mixing", "finished")
    assert [stop.since.day for stop in journey.stops] == [21, 21, 22, 23]
    assert journey.finished


# --- days -----------------------------------------------------------------------------------------


def test_work_past_midnight_falls_on_both_days() -> None:
    desk = Desk(None, SONG)
    desk.sleep(3.9 * 3600)  # to 23:54
    worked(desk, 15)
    desk.do("complete")
    days = [
        (day.day.day, round(day.worked / 60), day.sittings, day.done) for day in told(desk).days
    ]
    assert days == [(21, 6, 1, 0), (22, 9, 1, 1)]


@pytest.mark.parametrize(
    ("day", "hours"), [((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 6, 1), 24)]
)
def test_a_day_on_which_the_clocks_change_has_its_own_length(
    day: tuple[int, int, int], hours: int
) -> None:
    zone = ZoneInfo("Europe/Berlin")
    begin = datetime(*day, tzinfo=zone)
    end = datetime(*(begin + timedelta(days=1)).timetuple()[:3], tzinfo=zone)

    def local(at: float) -> date:
        return datetime.fromtimestamp(at, zone).date()

    pieces = list(parts(begin.timestamp() - 600, end.timestamp() + 600, local))
    assert [round(seconds / 3600, 2) for _, seconds in pieces] == [0.17, hours, 0.17]


DAYS = st.sets(st.integers(0, 40).map(lambda n: TODAY - timedelta(days=n)))


@given(days=DAYS, off=DAYS)
def test_runs_are_those_that_counting_day_by_day_finds(days: set[date], off: set[date]) -> None:
    lengths, run, current = [0], 0, 0
    for n in range(40, -1, -1):
        day = TODAY - timedelta(days=n)
        if day in days:
            run += 1
        elif day not in off and day != TODAY:
            run = 0
        lengths.append(run)
        current = run
    found = streaks(days, TODAY, off)
    assert (found.longest_days.length if found.longest_days else 0) == max(lengths)
    if not off:
        assert (found.days.length if found.days else 0) == current


def test_weeks_in_a_row_begin_on_monday() -> None:
    sunday, monday = date(2026, 9, 13), date(2026, 9, 14)
    found = streaks({sunday, monday}, TODAY)
    assert found.weeks == Run(2, date(2026, 9, 7), monday)
    assert streaks({sunday}, TODAY).weeks is None


# --- kinds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Write chord progression", "write"),
        ("  the WRITE-up of it", "write"),
        ("1. Record vocals", "record"),
        ("[x] try mixing", "mixing"),
        ("Écrire la mélodie", "écrire"),
        ("E\u0301crire", "écrire"),
        ("Don't panic", "don't"),
        ("ミックスする 2", "ミックスする"),
        ("42 %", ""),
        ("", ""),
    ],
)
def test_the_kind_is_the_first_word_that_says_something(title: str, word: str) -> None:
    assert kind(title) == word


def test_words_that_few_tasks_share_are_no_kind() -> None:
    titles = {"a": "Sing", "b": "Sing loud", "c": "Sing 3", "d": "Hum", "e": "Hum 2", "f": "7"}
    assert kinds(titles) == {
        "a": "sing",
        "b": "sing",
        "c": "sing",
        "d": OTHER,
        "e": OTHER,
        "f": OTHER,
    }


# --- what is asked for ----------------------------------------------------------------------------


MONTHS = year.entries(year.MONTHS)
NOW = MONTHS[-1].at + 3600
WHOLE = figures(MONTHS, NOW, utc)


@settings(max_examples=30, deadline=None)
@given(
    cut=st.lists(st.integers(0, 75), min_size=2, max_size=2).map(sorted),
    song=st.sampled_from(["", "tidewater", "SLOW TRAINS"]),
    person=st.sampled_from(["", "Ann", "ben"]),
)
def test_figures_are_those_of_a_plain_reckoning(cut: list[int], song: str, person: str) -> None:
    since, until = (year.BEGIN + timedelta(days=n) for n in cut)
    found = figures(MONTHS, NOW, utc, Wanted(since, until, song, person))
    ledger = Ledger()
    ledger.read(MONTHS)
    ledger.until(NOW)
    real = worked_by_the_minute(ledger, lambda day: since <= day <= until, song, person)
    assert found.total.worked == pytest.approx(real, abs=1.0)
    assert sum(day.worked for day in found.days) == pytest.approx(real, abs=60.0)
    for lines in (found.sections, found.kinds, found.songs):
        assert sum(line.tally.worked for line in lines) == pytest.approx(found.total.worked)
        assert sum(line.tally.done for line in lines) == found.total.done
        assert sum(line.tally.set_aside for line in lines) == len(found.asides)
    assert all(since <= day.day <= until for day in found.days)


def worked_by_the_minute(
    ledger: Ledger, inside: Callable[[date], bool], song: str, person: str
) -> float:
    total = 0.0
    wanted = song.casefold().replace(" ", "-")
    for one in ledger.stretches:
        if one.act in ledger.voided or one.task not in ledger.jobs:
            continue
        if wanted and not one.task.startswith(f"{wanted}."):
            continue
        if person and one.person.casefold() != person.casefold():
            continue
        at = one.begin
        while at < one.end:
            step = min(one.end, (at // 60 + 1) * 60)
            total += (step - at) * one.sign if inside(utc(at)) else 0.0
            at = step
    return total


def test_sums_of_two_halves_are_the_whole() -> None:
    middle = year.BEGIN + timedelta(days=30)
    first = figures(MONTHS, NOW, utc, Wanted(until=middle))
    second = figures(MONTHS, NOW, utc, Wanted(since=middle + timedelta(days=1)))
    assert first.total.worked + second.total.worked == pytest.approx(WHOLE.total.worked)
    assert first.total.done + second.total.done == WHOLE.total.done
    assert len(first.asides) + len(second.asides) == len(WHOLE.asides)
    assert first.week is None
    assert second.week == WHOLE.week


def test_counts_are_those_of_the_tasks_at_the_end() -> None:
    studio = Studio()
    for entry in MONTHS:
        studio = evolve(studio, entry)
    tasks = list(studio.tasks())
    assert WHOLE.total.done == sum(task.state == "done" for task in tasks)
    assert WHOLE.total.rounds == sum(task.rounds for task in tasks)
    assert WHOLE.total.extensions == sum(task.extended for task in tasks)
    assert WHOLE.total.worked == pytest.approx(sum(task.spent for task in tasks), abs=1)
    ratios = [t.spent / t.planned for t in tasks if t.state == "done" and t.spent >= 30]
    assert WHOLE.accuracy is not None
    assert WHOLE.accuracy.ratio.median == pytest.approx(median(ratios))
    assert sum(month.ratio.count for month in WHOLE.accuracy.months) == len(ratios)


@given(st.lists(st.floats(0, 10), min_size=1, max_size=30).map(sorted), st.floats(0, 1))
def test_a_quantile_lies_between_its_neighbours(ranked: list[float], q: float) -> None:
    found = quantile(ranked, q)
    assert ranked[0] <= found <= ranked[-1]
    assert quantile(ranked, 0.5) == pytest.approx(median(ranked))


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(song="nothing"), "no song 'nothing'; there are northern-lights, tidewater"),
        (Wanted(person="Cy"), "no person 'Cy'; there are Ann, Ben"),
        (Wanted(date(2026, 2, 1), date(2026, 1, 1)), "before they begin"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(wanted: Wanted, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        figures(MONTHS, NOW, utc, wanted)


def test_work_belongs_to_whoever_did_it_else_to_whose_task_it_is() -> None:
    desk = Desk(None, SongDraft("One", tasks=(TaskDraft("Sing", person="Cy"), TaskDraft("Hum"))))
    worked(desk, 5)
    desk.do("complete")
    desk.engine.settings = replace(desk.engine.settings, person="Ann")
    desk.wait(120)
    desk.ask(Action("complete"))
    assert told(desk).people == ("Ann", "Cy")
    assert told(desk, Wanted(person="cy")).total.worked == 300


def test_planned_time_off_does_not_end_a_run() -> None:
    days = {TODAY - timedelta(days=9), TODAY}
    off = {TODAY - timedelta(days=n) for n in range(1, 9)}
    assert streaks(days, TODAY, off).days == Run(2, TODAY - timedelta(days=9), TODAY)


# --- beside the songs -----------------------------------------------------------------------------


def test_stages_stand_as_configured_and_unknown_ones_after_them() -> None:
    desk = Desk(None, SONG)
    for _ in range(2):
        desk.do("stage", "next")
    known = Told(stages=("mixing", "mastering", "idea incubation"))
    shown = figures(desk.journal, desk.moment.wall, utc, Wanted(), known)
    assert shown.stages == ("mixing", "idea incubation", "arrangement")


def test_what_the_journal_lost_is_counted_and_the_rest_goes_on() -> None:
    desk = Desk(None, SONG)
    worked(desk, 10)
    desk.do("complete")
    desk.do("end")
    whole = told(desk)
    torn = figures([e for e in desk.journal if e.seq != 1], desk.moment.wall, utc)
    assert (whole.missing, whole.strange) == (0, 0)
    assert torn.missing == 1
    assert torn.strange > 0
    assert torn.total == Tally()


def test_each_person_has_their_own_time_and_what_they_completed() -> None:
    desk = Desk(Settings(person="Ann"), SONG)
    worked(desk, 5)
    desk.do("person", "Ben")
    desk.wait(120)
    desk.do("complete")
    shown = told(desk)
    assert [(p.name, p.tally.worked, p.tally.done) for p in shown.persons] == [
        ("Ann", 300, 0),
        ("Ben", 120, 1),
    ]
    assert sum(p.tally.worked for p in shown.persons) == shown.total.worked


def test_ways_out_of_a_rut_tell_what_helped_and_forget_what_was_undone() -> None:
    desk = Desk(None, SONG)
    worked(desk, 5)
    desk.do("rut", "break")
    desk.wait(60)
    assert [(w.way, w.tried, w.helped) for w in told(desk).ways] == [("break", 1, 0)]
    desk.do("rut", "helped")
    assert [(w.way, w.tried, w.helped) for w in told(desk).ways] == [("break", 1, 1)]
    desk.do("undo")
    assert [(w.way, w.tried, w.helped) for w in told(desk).ways] == [("break", 1, 0)]
    assert told(desk, Wanted(until=TODAY - timedelta(days=1))).ways == ()
