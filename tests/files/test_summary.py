from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bridge.core.method import Rut
from bridge.core.model import (
    Outcome,
    Sitting,
    Song,
    Studio,
    Task,
    TaskState,
    Timer,
    TimerState,
)  # fmt: skip
from bridge.core.settings import DEFAULT_SECTIONS
from bridge.errors import Invalid
from bridge.files.summary import sitting_summary

BEGAN = datetime(2026, 11, 22, 21, 30, tzinfo=UTC).timestamp()
ENDED = BEGAN + 2 * 3600


def task(number: int, title: str, section: str, state: TaskState, spent: float) -> Task:
    return Task(
        id=f"northern-lights.{number}", title=title, section=section, budget=1200.0,
        planned=1200.0, state=state, spent=spent,
    )  # fmt: skip


CHORDS = task(1, "Write chord progression", "composition", TaskState.DONE, 1084.4)
BASS = task(2, "Design sound for bassline", "sound design", TaskState.SET_ASIDE, 1530.0)
DRUMS = task(3, "Program the drums", "composition", TaskState.TODO, 300.0)
PADS = task(4, "Layer the pads", "sound design", TaskState.TODO, 0.0)
BALANCE = task(5, "Balance the rough mix", "mixing", TaskState.SKIPPED, 0.0)
ENDING = task(6, "Write the ending", "composition", TaskState.TODO, 0.0)


def studio() -> Studio:
    tasks = (CHORDS, BASS, DRUMS, PADS, BALANCE, ENDING)
    song = Song(
        id="northern-lights",
        title="Northern Lights",
        stage="arrangement",
        sections=DEFAULT_SECTIONS,
        tasks={t.id: t for t in tasks},
    )
    return Studio(
        songs={song.id: song},
        queue=(DRUMS.id, PADS.id, ENDING.id, BASS.id),
        song=song.id,
        timer=Timer(TimerState.RUNNING, DRUMS.id, since=ENDED - 600),
        sitting=Sitting(
            began_at=BEGAN,
            person="Ada",
            done=(Outcome(CHORDS.id, CHORDS.title, 1084.4),),
            set_aside=tuple(Outcome(t.id, t.title, 1) for t in (CHORDS, BASS, BASS)),
            skipped=(Outcome(BALANCE.id, BALANCE.title, 0.0),),
            notes=("try the bridge\nin half time", "louder \x1b[31m snare"),
            marks=("good take",),
            over=130.0,
            worked=5000.0,
        ),
    )


def test_a_collaborator_reads_how_the_evening_went() -> None:
    assert sitting_summary(studio(), ENDED, UTC) == (
        "# Sitting of 2026-11-22, 21:30 to 23:30\n"
        "\n"
        "Ada worked 1h33m, 2m of it over time.\n"
        "\n"
        "## Done\n"
        "\n"
        "- Write chord progression (Northern Lights, composition): 18m of 20m\n"
        "\n"
        "## Under way\n"
        "\n"
        "- Program the drums (Northern Lights, composition): 15m of 20m, 10m left\n"
        "\n"
        "## Set aside, to come back to\n"
        "\n"
        "- Design sound for bassline (Northern Lights, sound design): 26m of 20m, 20m left\n"
        "\n"
        "## Skipped\n"
        "\n"
        "- Balance the rough mix (Northern Lights, mixing): 0s of 20m\n"
        "\n"
        "## Over time\n"
        "\n"
        "- Design sound for bassline (Northern Lights, sound design):"
        " 6m more than the 20m it was given\n"
        "\n"
        "## Notes\n"
        "\n"
        "- try the bridge in half time\n"
        "- louder \\[31m snare\n"
        "\n"
        "## Marks\n"
        "\n"
        "- good take\n"
        "\n"
        "## Next\n"
        "\n"
        "1. Layer the pads (Northern Lights, sound design): 20m\n"
        "2. Write the ending (Northern Lights, composition): 20m\n"
        "3. Design sound for bassline (Northern Lights, sound design): 20m, 26m spent so far\n"
    )


def test_an_empty_sitting_past_midnight_is_two_lines() -> None:
    quiet = Studio(sitting=Sitting(began_at=BEGAN))
    assert sitting_summary(quiet, BEGAN + 3 * 3600, UTC) == (
        "# Sitting of 2026-11-22, 21:30 to 2026-11-23 00:30\n\nWorked 0s.\n"
    )


def test_time_that_nobody_was_there_for_is_no_work() -> None:
    away = replace(studio(), timer=Timer(TimerState.AWAY, DRUMS.id, unattended=1400.0))
    assert "Ada worked 1h, " in sitting_summary(away, ENDED, UTC)


def test_without_a_sitting_there_is_nothing_to_tell() -> None:
    with pytest.raises(Invalid, match="no sitting is under way"):
        sitting_summary(Studio(), ENDED, UTC)


def test_times_are_those_of_the_zone() -> None:
    text = sitting_summary(studio(), ENDED, timezone(timedelta(hours=1)))
    assert text.startswith("# Sitting of 2026-11-22, 22:30 to 2026-11-23 00:30\n")


@pytest.mark.parametrize(
    ("budget", "spent", "boxed", "rounds", "told"),
    [
        (1200.0, 960.0, 960.0, 0, "16m of 20m"),  # 15m and an extension of 5m
        (900.0, 2000.0, 200.0, 2, "33m of 45m"),  # two boxes ran out, the third is begun
        (900.0, 960.0, 960.0, 1, "16m of 15m"),  # set aside when its time was up
    ],
)
def test_a_task_is_measured_by_what_it_was_given(
    budget: float, spent: float, boxed: float, rounds: int, told: str
) -> None:
    done = replace(CHORDS, planned=900.0, budget=budget, spent=spent, boxed=boxed, rounds=rounds)
    bench = studio().with_task(done)
    outcome = Outcome(done.id, done.title, spent)
    assert bench.sitting is not None
    text = sitting_summary(
        replace(bench, sitting=replace(bench.sitting, done=(outcome,))), ENDED, UTC
    )

    assert f"composition): {told}\n" in text


def test_signs_of_a_rut_that_were_told_in_the_sitting_stand_in_it_once() -> None:
    quiet = studio()
    rut = Rut(signs=("skips",), told_at=BEGAN)
    told = replace(quiet, method=replace(quiet.method, rut=rut))
    before = replace(quiet, method=replace(quiet.method, rut=replace(rut, told_at=BEGAN - 1)))
    sentence = "Much was skipped lately; that is no failure, and `songbridge rut` offers ways out."
    assert sitting_summary(told, ENDED, UTC).count(sentence) == 1
    assert "rut" not in sitting_summary(before, ENDED, UTC)
