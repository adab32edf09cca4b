from __future__ import annotations

from bridge.core import events
from bridge.core.events import Entry, Fact
from bridge.core.model import Goal, Song, Studio, Task, Timer, TimerState
from bridge.messages import Osc
from bridge.ports.osc_events import event

CHORDS = Task("lights.1", "Write chords", "mixing", budget=1500.0, planned=1500.0)
BASS = Task("lights.2", "Design bass", "mixing", budget=600.0, planned=600.0)
STUDIO = Studio(
    songs={
        "lights": Song("lights", "Lights", "idea", tasks={"lights.1": CHORDS, "lights.2": BASS})
    },
    timer=Timer(TimerState.RUNNING, "lights.1", since=0.0),
)


def told(fact: Fact, studio: Studio = STUDIO) -> Osc | None:
    return event(Entry(7, 0.0, "x", 0, "pad", "", fact), studio)


def test_what_happened_is_told_with_its_task_and_number() -> None:
    assert told(events.TaskCompleted("lights.2")) == Osc(
        "/songbridge/event", ("completed", "lights.2", "Design bass", 7)
    )


def test_a_fact_without_a_task_is_about_the_current_one() -> None:
    message = told(events.TimerPaused())
    assert message == Osc("/songbridge/event", ("paused", "lights.1", "Write chords", 7))


def test_where_no_task_is_meant_the_title_is_of_what_is_meant() -> None:
    assert told(events.GoalSet(1, Goal("EP"))) == Osc("/songbridge/event", ("goal", "", "EP", 7))
    assert told(events.TimerPaused(), Studio()) == Osc("/songbridge/event", ("paused", "", "", 7))


def test_a_task_that_was_added_names_itself() -> None:
    message = told(events.TaskAdded(BASS))
    assert message == Osc("/songbridge/event", ("task-added", "lights.2", "Design bass", 7))


def test_attention_is_no_news() -> None:
    assert told(events.Attended()) is None
