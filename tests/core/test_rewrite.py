"""Writing a whole song anew: what differs is told, what does not stays, and undo takes it all back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.core.actions import ImportSong, RewriteSong, SongDraft, SongSheet, TaskDraft, TaskLine
from bridge.core.figures_ledger import Ledger
from bridge.core.figures_reckoning import figures
from bridge.core.model import Section, SongMap, Studio, TaskState, TimerState
from bridge.core.sheets import merged, sheet_of
from bridge.core.standing import requeued
from bridge.errors import Invalid, Refused
from tests.standins.desk import Desk

TASKS = ("Write chords", "Write bass", "Design pad", "Balance drums")


def desk() -> Desk:
    made = Desk()
    made.ask(ImportSong(SongDraft("Fern", tasks=tuple(TaskDraft(t, "", 600.0) for t in TASKS))))
    made.ask(ImportSong(SongDraft("Moss", tasks=(TaskDraft("Hum", "", 600.0),))))
    return made


def fern(made: Desk) -> SongSheet:
    return sheet_of(made.engine.studio.songs["fern"])


def line(sheet: SongSheet, number: int, **words: object) -> SongSheet:
    tasks = list(sheet.tasks)
    old = tasks[number - 1]
    tasks[number - 1] = replace(old, draft=replace(old.draft, **words))  # type: ignore[arg-type] # fields of a draft
    return replace(sheet, tasks=tuple(tasks))


def rewrite(made: Desk, after: SongSheet, before: SongSheet | None = None) -> None:
    made.ask(RewriteSong("fern", before or fern(made), after))


def order(sheet: SongSheet, *numbers: int) -> SongSheet:
    return replace(sheet, tasks=tuple(sheet.tasks[n - 1] for n in numbers))


def replayed(made: Desk) -> Studio:
    from bridge.core.evolve import evolve  # noqa: PLC0415 - the fold itself, beside the engine

    studio = Studio()
    for entry in made.journal:
        studio = evolve(studio, entry)
    return studio


def test_a_sheet_that_changes_nothing_is_refused() -> None:
    made = desk()
    with pytest.raises(Refused, match="changes nothing about 'Fern'"):
        rewrite(made, fern(made))


def test_a_task_that_is_retitled_and_moved_keeps_its_time_and_its_state() -> None:
    made = desk()
    made.do("start", 1)
    made.wait(120)
    made.do("later")
    made.do("pause")
    sheet = line(fern(made), 1, title="Write the chords", section="mixing", budget=900.0)
    rewrite(made, order(sheet, 2, 3, 4, 1))
    task = made.engine.studio.the("fern.1")
    assert (task.title, task.section, task.budget) == ("Write the chords", "mixing", 900.0)
    assert (task.spent, task.state) == (120.0, TaskState.SET_ASIDE)
    assert list(made.engine.studio.songs["fern"].tasks) == ["fern.2", "fern.3", "fern.4", "fern.1"]


def test_one_undo_takes_the_whole_sheet_back() -> None:
    made = desk()
    was = made.engine.studio
    new = TaskLine("", TaskDraft("Sing", "vocals", 300.0))
    sheet = line(fern(made), 2, title="Write bass line", state=TaskState.DONE)
    sheet = replace(
        order(sheet, 4, 2, 1),
        title="Ferns",
        stage="mixing",
        map=SongMap(depict="rain"),
        sections=(*sheet.sections, Section("vocals", "#FF0000")),
    )
    rewrite(made, replace(sheet, tasks=(*sheet.tasks, new)))
    now = made.engine.studio
    assert now.songs["fern"].title == "Ferns"
    assert [t.title for t in now.songs["fern"].tasks.values()] == [
        "Balance drums", "Write bass line", "Write chords", "Sing",
    ]  # fmt: skip
    assert now.queue == ("fern.4", "fern.1", "fern.5", "moss.1")
    assert replayed(made) == now
    made.do("undo")
    assert made.engine.studio.songs == was.songs
    assert made.engine.studio.queue == was.queue


def test_a_removed_task_comes_back_with_its_time() -> None:
    made = desk()
    made.do("start", 2)
    made.wait(90)
    rewrite(made, order(fern(made), 1, 3, 4))
    assert made.engine.studio.task("fern.2") is None
    assert made.engine.studio.timer.state is TimerState.IDLE
    assert "fern.2" not in made.engine.studio.queue
    assert replayed(made) == made.engine.studio
    made.do("undo")
    made.do("pause")  # it was running, and runs again
    assert made.engine.studio.the("fern.2").spent == 90.0


def test_what_was_pressed_meanwhile_stays_beside_what_was_written() -> None:
    made = desk()
    before = fern(made)
    made.do("start", 1)
    made.wait(60)
    made.do("complete")
    rewrite(made, line(before, 1, title="Write warm chords"), before)
    task = made.engine.studio.the("fern.1")
    assert (task.title, task.state) == ("Write warm chords", TaskState.DONE)


def test_an_edit_that_was_taken_already_adds_nothing_twice() -> None:
    """Its end was lost in a crash, so that the text that was left is taken up again."""
    made = desk()
    before = fern(made)
    new = TaskLine("", TaskDraft("Hum", "mixing", 720.0))
    after = replace(before, tasks=(new, *before.tasks[1:], new))
    rewrite(made, after)
    now = fern(made)
    assert [one.draft.title for one in now.tasks].count("Hum") == 2
    again = merged(before, after, now)
    assert (again.sheet, again.clashes) == (now, ())
    thrice = merged(before, replace(after, tasks=(*after.tasks, new)), now)
    assert [one.draft.title for one in thrice.sheet.tasks].count("Hum") == 3


def test_what_both_changed_is_refused_and_told() -> None:
    made = desk()
    before = fern(made)
    made.do("start", 1)
    made.do("extend", "5m")
    with pytest.raises(Refused, match="budget of 'Write chords' was changed meanwhile, too"):
        rewrite(made, line(before, 1, budget=1200.0), before)
    assert made.engine.studio.the("fern.1").budget == 900.0


def test_a_task_that_is_written_done_or_open_again_leaves_and_joins_the_queue() -> None:
    made = desk()
    rewrite(made, line(fern(made), 2, state=TaskState.DONE))
    assert made.engine.studio.queue == ("fern.1", "fern.3", "fern.4", "moss.1")
    rewrite(made, line(fern(made), 2, state=TaskState.TODO))
    assert made.engine.studio.queue == ("fern.1", "fern.3", "fern.4", "moss.1", "fern.2")
    rewrite(made, line(fern(made), 1, state=TaskState.SKIPPED))
    rewrite(made, line(fern(made), 1, state=TaskState.SET_ASIDE))
    assert made.engine.studio.the("fern.1").state is TaskState.SET_ASIDE
    assert replayed(made) == made.engine.studio


def test_what_is_written_set_aside_in_a_resting_song_waits_for_its_song() -> None:
    made = desk()
    made.do("rest", "fern")
    rewrite(made, line(fern(made), 2, state=TaskState.SET_ASIDE))
    assert made.queue == ["Hum"]
    made.do("wake", "fern")
    assert sorted(made.queue) == sorted([*TASKS, "Hum"])


def test_a_song_that_is_finished_takes_no_open_task() -> None:
    made = desk()
    rewrite(made, replace(fern(made), stage="finished"))
    assert made.engine.studio.queue == ("moss.1",)
    sheet = fern(made)
    with pytest.raises(Invalid, match="is finished, so 'Sing' can't be to do"):
        rewrite(made, replace(sheet, tasks=(*sheet.tasks, TaskLine("", TaskDraft("Sing")))))
    rewrite(made, replace(sheet, stage="mixing"))
    assert made.engine.studio.queue == ("moss.1", "fern.1", "fern.2", "fern.3", "fern.4")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"stage": "polishing"}, "there is no stage 'polishing'"),
        ({"tasks": (TaskLine("fern.9", TaskDraft("Sing")),)}, "has no task 'fern.9'"),
        ({"sections": (Section("vocals", "#FF0000"),)}, "has no section 'composition'"),
        ({"title": " "}, "needs a title"),
    ],
)
def test_a_sheet_that_cannot_be_changes_nothing(words: dict[str, object], why: str) -> None:
    made = desk()
    was = made.engine.studio
    with pytest.raises(Invalid, match=why):
        rewrite(made, replace(fern(made), **words))  # type: ignore[arg-type] # fields of a sheet
    assert made.engine.studio is was


def test_a_task_that_stands_there_twice_is_refused() -> None:
    made = desk()
    with pytest.raises(Invalid, match=r"'fern\.1' stands there more than once"):
        rewrite(made, order(fern(made), 1, 1, 2, 3, 4))


# --- any two who write at once ----------------------------------------------------------------------

EDITS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["A", "B"]),
        "budget": st.sampled_from([60.0, 120.0]),
        "state": st.sampled_from(list(TaskState)),
        "section": st.sampled_from(["mixing", "sound design"]),
    },
)
SHEETS = st.tuples(
    st.permutations(range(4)), st.integers(2, 4), st.lists(EDITS, min_size=4, max_size=4),
    st.integers(0, 2),
)  # fmt: skip


def edited(
    sheet: SongSheet, drawn: tuple[list[int], int, list[dict[str, object]], int]
) -> SongSheet:
    places, count, words, new = drawn
    for number, change in enumerate(words, 1):
        sheet = line(sheet, number, **change)
    added = tuple(TaskLine("", TaskDraft(f"New {n}", "mixing", 60.0)) for n in range(new))
    return replace(sheet, tasks=(*(sheet.tasks[n] for n in places[:count]), *added))


@given(SHEETS)
def test_any_edit_of_any_part_becomes_true_and_nothing_else(
    drawn: tuple[list[int], int, list[dict[str, object]], int],
) -> None:
    made = desk()
    before = fern(made)
    after = edited(before, drawn)
    moss = made.engine.studio.songs["moss"]
    if after == before:
        return
    rewrite(made, after)
    now = fern(made)
    assert [one.draft for one in now.tasks] == [one.draft for one in after.tasks]
    assert replace(now, tasks=()) == replace(before, tasks=())
    assert made.engine.studio.songs["moss"] is moss
    opened = {t.id for t in made.engine.studio.tasks() if t.open}
    assert sorted(made.engine.studio.queue) == sorted(opened)
    assert replayed(made) == made.engine.studio
    made.do("undo")
    assert fern(made) == before


@given(SHEETS, SHEETS)
def test_merging_keeps_theirs_whole_and_tells_what_of_mine_is_missing(
    one: tuple[list[int], int, list[dict[str, object]], int],
    other: tuple[list[int], int, list[dict[str, object]], int],
) -> None:
    base = fern(desk())
    mine, theirs = edited(base, one), replace(edited(base, (*other[:3], 0)))
    found = merged(base, mine, theirs)
    assert merged(base, mine, base).sheet == mine
    assert merged(base, base, theirs).sheet == theirs
    assert not merged(base, mine, base).clashes
    if not found.clashes:
        got = {line.id: line.draft for line in found.sheet.tasks}
        for was in base.tasks:
            my = next((line for line in mine.tasks if line.id == was.id), None)
            if my is not None and my != was and was.id in got:
                changed = [
                    n for n in ("title", "budget") if getattr(my.draft, n) != getattr(was.draft, n)
                ]
                assert all(getattr(got[was.id], n) == getattr(my.draft, n) for n in changed)


def test_the_queue_follows_a_new_order_and_moves_nothing_more() -> None:
    queue = ("x", "a", "y", "b", "c")
    assert requeued(queue, "abc", "acb", None) == ("x", "a", "y", "c", "b")
    assert requeued(queue, "abc", "bca", None) == ("x", "y", "b", "c", "a")
    assert requeued(queue, "abc", "cab", None) == ("x", "c", "a", "y", "b")
    assert requeued(("a", "b", "c"), "abc", "cba", "a") == ("a", "c", "b")


@pytest.mark.parametrize("after", list(permutations("abcd")))
def test_a_queue_in_the_songs_order_stays_in_it(after: tuple[str, ...]) -> None:
    found = requeued(("x", "a", "b", "y", "c", "d"), "abcd", after, None)
    assert tuple(one for one in found if one in "abcd") == after
    assert [one for one in found if one in "xy"] == ["x", "y"]


def test_after_a_restart_the_whole_sheet_can_still_be_taken_back() -> None:
    made = desk()
    made.do("start", 1)
    made.wait(60)
    made.do("pause")
    before = fern(made)
    rewrite(made, replace(order(before, 3, 2), title="Ferns", stage="mixing"))
    made.restart(3600.0)
    assert made.engine.studio.task("fern.1") is None
    made.do("undo")
    assert fern(made) == before
    assert made.engine.studio.the("fern.1").spent == 60.0


def test_the_time_of_a_task_that_is_taken_out_stays_in_the_figures() -> None:
    made = desk()
    made.do("start", 1)
    made.wait(120)
    made.do("pause")
    made.do("start", 2)
    made.wait(60)
    rewrite(made, order(fern(made), 3, 4))
    made.do("end")
    ledger = Ledger()
    ledger.read(made.journal)
    assert sum(one.end - one.begin for one in ledger.stretches) == 180.0
    assert {ledger.jobs[task].state for task in ("fern.1", "fern.2")} == {TaskState.SKIPPED}
    told = figures(
        made.journal, made.moment.wall, lambda at: datetime.fromtimestamp(at, UTC).date()
    )
    assert round(sum(day.worked for day in told.days)) == 180


def test_a_break_goes_on_without_the_task_that_is_taken_out() -> None:
    made = desk()
    made.do("start", 1)
    made.wait(30)
    made.do("break", "5m")
    rewrite(made, order(fern(made), 2, 3, 4))
    timer = made.engine.studio.timer
    assert (timer.state, timer.task) == (TimerState.BREAK, None)
    made.wait(600)
    assert made.engine.studio.timer.state is TimerState.IDLE
    assert replayed(made) == made.engine.studio


def test_tasks_of_a_low_day_follow_the_new_order_too() -> None:
    made = desk()
    tasks = tuple(TaskLine("", TaskDraft(f"Sort {n}", "preparation", 600.0)) for n in (1, 2))
    rewrite(made, replace(fern(made), tasks=(*fern(made).tasks, *tasks)))
    assert made.engine.studio.prep_queue == ("fern.5", "fern.6")
    rewrite(made, order(fern(made), 1, 2, 3, 6, 4, 5))
    assert made.engine.studio.prep_queue == ("fern.6", "fern.5")
    assert made.engine.studio.queue == ("fern.1", "fern.2", "fern.3", "fern.4", "moss.1")
    assert replayed(made) == made.engine.studio
