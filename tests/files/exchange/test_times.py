"""Work as time entries and as a calendar: what goes out says what was done, whatever the words are."""

from __future__ import annotations

from datetime import UTC, datetime

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.core.model import Song
from bridge.core.worklog import PastSitting, Stretch
from bridge.files.exchange import toggl
from bridge.files.exchange.csv_table import read_table
from bridge.files.exchange.outgoing import Outgoing
from bridge.files.exchange.sittings_ics import write_sittings
from tests.standins.plans import (
    AT,
    SETTINGS,
    SPREAD,
    UGLY,
    one_line,
    optional,
    respread,
    songs,
    uglified,
    words,
)

_INSTANTS = st.integers(1_600_000_000, 1_790_000_000).map(float)


@st.composite
def worked(draw: st.DrawFn) -> tuple[Song, list[Stretch]]:
    """Return a song and the stretches of work on its tasks, each by the task's person."""
    song = draw(songs())
    tasks = {task.title: task for task in song.tasks.values()}  # Toggl knows tasks by title alone
    stretches = []
    for task in draw(st.lists(st.sampled_from(list(tasks.values())), max_size=6)):
        began = draw(_INSTANTS)
        ended = began + draw(st.integers(1, 30_000))
        stretches.append(Stretch(task.id, song.id, task.title, task.person, began, ended))
    return song, stretches


@settings(max_examples=50)
@given(worked(), UGLY, SPREAD)
def test_time_entries_come_back_as_time_spent_by_task_person_and_section(
    work: tuple[Song, list[Stretch]], ugliness: str, spread: str
) -> None:
    song, stretches = work
    out = toggl.write(Outgoing((song,), AT, SETTINGS, tuple(stretches), UTC))
    if not stretches:
        assert len(out.text.splitlines()) == 1
        return
    text = uglified(respread(out.text, spread), ugliness)
    (draft,) = toggl.read(text, "x.csv", SETTINGS).songs
    spent: dict[str, float] = {}
    for one in stretches:
        spent[one.title] = spent.get(one.title, 0.0) + one.ended - one.began
    assert draft.title == song.title
    assert {task.title: task.spent for task in draft.tasks} == spent
    people = {one.title: one.person for one in stretches}
    assert {task.title: task.person for task in draft.tasks} == people
    usual = {section.name for section in SETTINGS.sections}
    by_title = {task.title: task for task in song.tasks.values()}
    for task in draft.tasks:
        assert (
            task.section == by_title[task.title].section
            or by_title[task.title].section not in usual
        )


@settings(max_examples=40)
@given(worked())
def test_every_stretch_is_one_entry_with_its_day_and_its_length(
    work: tuple[Song, list[Stretch]],
) -> None:
    song, stretches = work
    text = toggl.write(Outgoing((song,), AT, SETTINGS, tuple(stretches), UTC)).text
    if not stretches:
        return
    rows = read_table(text, "x.csv", ["Duration"]).rows
    told = [f"{row.get('Start date')}T{row.get('Start time')}" for row in rows]
    assert told == [
        datetime.fromtimestamp(one.began, UTC).strftime("%Y-%m-%dT%H:%M:%S") for one in stretches
    ]
    lengths = [[int(part) for part in row.get("Duration").split(":")] for row in rows]
    assert [h * 3600 + m * 60 + s for h, m, s in lengths] == [
        one.ended - one.began for one in stretches
    ]


_TITLES = st.lists(words(80), max_size=3).map(tuple)
_STRETCHES = st.builds(
    lambda began, length, title: Stretch("fog.1", "fog", title, "", began, began + length),
    _INSTANTS, st.integers(1, 9999), words(80),
)  # fmt: skip
_SITTINGS = st.builds(
    lambda began, length, **more: PastSitting(began, began + length, **more),
    began=_INSTANTS, length=st.integers(0, 40_000), person=optional(40), over=st.booleans(),
    done=_TITLES, set_aside=_TITLES, skipped=_TITLES, notes=_TITLES,
    stretches=st.lists(_STRETCHES, max_size=3).map(tuple),
)  # fmt: skip


@settings(max_examples=50)
@given(st.lists(_SITTINGS, max_size=3), words(80))
def test_every_sitting_is_an_event_that_a_calendar_reads_as_it_was(
    sittings: list[PastSitting], title: str
) -> None:
    text = write_sittings(sittings, {"fog": title}, AT)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))  # RFC 5545, 3.1
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert len(events) == len(sittings)
    for event, one in zip(events, sittings, strict=True):
        assert event.decoded("dtstart") == datetime.fromtimestamp(one.began, UTC)
        length = (event.decoded("dtend") - event.decoded("dtstart")).total_seconds()
        assert length == max(1, one.ended - one.began)
        said = str(event["description"]) if "description" in event else ""
        told = {
            "Done": one.done,
            "Set aside": one.set_aside,
            "Skipped": one.skipped,
            "Notes": one.notes,
        }
        for name, titles in told.items():
            wanted = [f"{name}: {one_line(word)}" for word in titles]
            assert [line for line in said.split("\n") if line in wanted] == wanted
        assert (title in str(event["summary"])) == bool(
            one.stretches
        ) or title in "Songbridge: 0 done"


def test_the_same_sittings_have_the_same_names_in_every_calendar() -> None:
    sitting = PastSitting(1_700_000_000.0, 1_700_003_600.0, "Ada")
    uids = {
        str(
            icalendar.Calendar.from_ical(write_sittings([sitting], {}, at)).walk("VEVENT")[0]["uid"]
        )
        for at in (AT, AT + 9)
    }
    assert len(uids) == 1


@pytest.mark.parametrize("duration", ["", "25", "0:25", "0h 25m", "-0:25:00", "0:61:00", "nan"])
def test_a_duration_that_is_none_is_told_and_counts_nothing(duration: str) -> None:
    carried = toggl.read(f"Project,Task,Duration\nFog,Sing,{duration}\n", "t.csv", SETTINGS)
    assert carried.songs[0].tasks[0].spent == 0
    assert any("Duration is no time such as 0:25:00" in line for line in carried.left)
