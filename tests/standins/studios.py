"""Studios of every kind for properties: any songs, queue, timer and goals that facts can lead to."""

from __future__ import annotations

from hypothesis import strategies as st

from bridge.core.model import (
    Goal,
    Section,
    Song,
    Studio,
    Task,
    TaskState,
    Timer,
    TimerState,
)  # fmt: skip
from bridge.core.settings import Limit, Settings
from bridge.core.view import View

AT = 1_790_000_000.0
"""The instant of every view, in wall seconds."""

_SECTIONS = ("composition", "sound design", "mixing")
_NEAR = st.floats(AT - 5000, AT + 5000)

COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "#{:02X}{:02X}{:02X}".format(*rgb))
TITLES = st.text(max_size=30)


@st.composite
def songs(draw: st.DrawFn, number: int, stages: tuple[str, ...]) -> Song:
    """A song with up to five tasks; its stage may be one that is not configured any more."""
    song_id = f"song-{number}"
    budgets = draw(st.lists(st.floats(1, 1e5), max_size=5))
    tasks = [
        Task(
            f"{song_id}.{n}",
            draw(TITLES),
            draw(st.sampled_from([*_SECTIONS, "preparation"])),
            budget,
            budget,
            state=draw(st.sampled_from(TaskState)),
            boxed=draw(st.floats(0, 2)) * budget,
        )
        for n, budget in enumerate(budgets, 1)
    ]
    return Song(
        song_id,
        draw(TITLES),
        draw(st.sampled_from([*stages, "gone"])),
        sections=tuple(Section(name, draw(COLOURS)) for name in _SECTIONS),
        tasks={task.id: task for task in tasks},
    )


@st.composite
def timers(draw: st.DrawFn, tasks: list[str]) -> Timer:
    """A timer about one of `tasks`, at rest without any."""
    if not tasks:
        return draw(st.sampled_from([Timer(), Timer(TimerState.BREAK, since=AT, ends_at=AT + 60)]))
    return Timer(
        state=draw(st.sampled_from(TimerState)),
        task=draw(st.sampled_from(tasks)),
        since=draw(st.none() | _NEAR),
        up_at=draw(st.none() | _NEAR),
        ends_at=draw(st.none() | _NEAR),
    )


@st.composite
def views(draw: st.DrawFn) -> View:
    """Any studio at all, under any settings."""
    stages = tuple(f"stage {n}" for n in range(1, draw(st.integers(1, 12)) + 1))
    album = [draw(songs(number, stages)) for number in range(draw(st.integers(0, 6)))]
    waiting = [task.id for song in album for task in song.tasks.values() if task.open]
    queue = draw(st.permutations(waiting))
    goals = [Goal(draw(TITLES), draw(st.floats(0, 1))) for _ in range(3)]
    studio = Studio(
        {song.id: song for song in album},
        queue=tuple(queue),
        prep_queue=tuple(queue[:2]),
        prep=draw(st.booleans()),
        song=draw(st.none() | st.sampled_from([song.id for song in album])) if album else None,
        timer=draw(timers(list(queue))),
        goals=(goals[0], goals[1], goals[2]),
    )
    settings = Settings(
        at_zero=draw(st.sampled_from(["move-on", "wait", "keep-counting"])),
        grace=draw(st.floats(0, 100)),
        warning=Limit(share=draw(st.floats(0, 1))),
        danger=Limit(seconds=draw(st.floats(0, 300))),
        stages=stages,
    )
    return View(studio, draw(st.integers(0, 10)), settings, AT)
