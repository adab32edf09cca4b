"""The right size of a task: hints, and budgets from what such tasks took."""

from __future__ import annotations

import pytest

from bridge.core import sizes
from bridge.core.actions import AddTask, EditTask, ImportSong, SongDraft, TaskDraft
from bridge.core.advice import advice
from bridge.core.model import Task, TaskState
from bridge.core.settings import Settings
from tests.standins.desk import SONG, Desk

MINUTE = 60.0


@pytest.mark.parametrize(
    ("title", "minutes", "words"),
    [
        ("Adjust voices on oscillator", 25, "one turn of a knob"),
        ("Lower the filter cutoff", 25, "one turn of a knob"),
        ("Write chords", 3, "3m is hardly a step"),
        ("Write chords", 120, "2h is several steps"),
        ("Mix the song", 60, "a whole song's work"),
        ("Finish track", 25, "a whole song's work"),
        ("work on the song", 25, "a whole song's work"),
        ("Work on it with Ben", 25, ""),
        ("Write melody and record vocals", 25, "two steps; the second may begin with 'record'"),
        ("Write chord progression", 20, ""),
        ("Design sound for bassline", 25, ""),
        ("Balance drums and bass", 30, ""),
        ("Set up the session", 20, ""),
        ("", 25, ""),
    ],
)
def test_a_size_is_hinted_at(title: str, minutes: float, words: str) -> None:
    hint = sizes.hint(title, minutes * MINUTE)
    assert words in hint
    assert bool(hint) is bool(words)


def done(number: int, title: str, section: str, minutes: float) -> Task:
    return Task(
        f"a.{number}", title, section, 1500, 1500, state=TaskState.DONE, spent=minutes * MINUTE
    )


TASKS = (
    done(1, "Write chord progression", "composition", 30),
    done(2, "Write a chord progression", "composition", 40),
    done(3, "Write the chord progression", "mixing", 90),
    done(4, "Write bridge", "composition", 20),
    done(5, "Record hook", "composition", 10),
    done(6, "Ticked off", "mixing", 0.5),
)


@pytest.mark.parametrize(
    ("title", "section", "proposal"),
    [
        ("Write chord progression", "composition", (40, 3, "words")),
        ("Write verse", "composition", (30, 3, "kind")),
        ("Sing", "composition", (25, 4, "section")),
        ("Sing", "mixing", None),
    ],
)
def test_a_budget_is_the_median_of_what_such_tasks_took(
    title: str, section: str, proposal: tuple[float, int, str] | None
) -> None:
    new = Task("a.9", title, section, 1500, 1500)
    found = sizes.proposal(new, TASKS)
    told = found and (found.seconds / MINUTE, found.count, found.like)
    assert told == proposal


def test_nothing_is_proposed_from_two() -> None:
    new = Task("a.9", "Write chord progression", "composition", 1500, 1500)
    assert sizes.proposal(new, TASKS[:2]) is None


def test_whoever_adds_or_edits_a_task_is_told() -> None:
    drafts = [
        TaskDraft(f"Write verse {n}", state=TaskState.DONE, spent=40 * MINUTE) for n in range(3)
    ]
    desk = Desk(None, SongDraft("Moss", tasks=tuple(drafts)))
    entries = desk.ask(AddTask("", TaskDraft("Write verse four (10m)")))
    assert advice(entries, desk.engine.studio, desk.settings) == (
        (
            "such tasks took you 40m (median of 3 with like words); "
            "`songbridge task edit moss.4 --budget 40m` takes that"
        ),
    )
    entries = desk.ask(EditTask("moss.4", budget=45 * MINUTE))
    assert advice(entries, desk.engine.studio, desk.settings) == ()


def test_a_task_that_comes_back_and_is_extended_says_so() -> None:
    desk = Desk(Settings(auto_start=False), SONG)
    desk.do("start")
    desk.wait(20 * MINUTE + 11)
    entries = desk.do("start", "northern-lights.1")
    said = advice(entries, desk.engine.studio, desk.settings)
    assert said == ("Write chord progression comes back a second time, 20m spent so far",)
    desk.do("extend", "5m")
    entries = desk.do("extend", "5m")
    said = advice(entries, desk.engine.studio, desk.settings)
    assert said == ("extended 2 times: 20m were planned, 30m it is",)
    assert (
        desk.view.task and desk.view.task.round,
        desk.view.task and desk.view.task.extended,
    ) == (2, 2)


def test_a_song_too_many_in_hand_is_a_sentence_and_no_wall() -> None:
    desk = Desk(Settings(in_hand=1), SONG)
    desk.do("prep", "on")
    assert desk.view.nudges == ()
    entries = desk.ask(ImportSong(SongDraft("Fern")))
    (said,) = advice(entries, desk.engine.studio, desk.settings)
    assert said.startswith("2 songs are in hand, 1 was meant to be; `songbridge rest ID`")
    assert desk.view.nudges == (said,)
    desk.do("rest", "fern")
    assert desk.view.nudges == ()
    assert Desk(Settings(in_hand=0), SONG, SongDraft("Fern")).view.nudges == ()
