"""Who worked on what, when: read out of the journal's rows, as `log --json` tells them."""

from __future__ import annotations

from typing import Any

from bridge.core.worklog import PastSitting, Stretch, sittings

TITLES = {"lights.1": "Chords", "lights.2": "Bass"}


class Story:
    """Writes rows; ``at`` counts seconds."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def tell(
        self,
        at: float,
        kind: str,
        task: str = "",
        *,
        step: int = 0,
        source: str = "pad",
        title: str = "",
    ) -> Story:
        self.rows.append(
            {"type": kind, "at": at, "task": task, "step": step, "source": source, "person": "Mira",
             "title": title or TITLES.get(task, "")}
        )  # fmt: skip
        return self

    def read(self, *, waits: bool = False) -> tuple[PastSitting, ...]:
        return sittings(self.rows, TITLES, waits=waits)


def begun() -> Story:
    story = Story().tell(0, "song-added").tell(100, "sitting-began")
    return story.tell(100, "task-started", "lights.1", step=1)


def spans(sitting: PastSitting) -> list[tuple[str, float, float]]:
    return [(one.title, one.began, one.ended) for one in sitting.stretches]


def test_a_sitting_has_what_was_done_and_the_stretches_of_work() -> None:
    story = begun().tell(400, "task-completed", "lights.1")
    story.tell(400, "task-started", "lights.2", step=1).tell(500, "timer-paused", "lights.2")
    story.tell(600, "timer-resumed", "lights.2").tell(650, "noted", title="too loud")
    story.tell(700, "task-set-aside", "lights.2").tell(700, "sitting-ended", step=1)
    (sitting,) = story.read()
    assert (sitting.began, sitting.ended, sitting.person, sitting.over) == (100, 700, "Mira", True)
    assert (sitting.done, sitting.set_aside, sitting.notes) == (
        ("Chords",),
        ("Bass",),
        ("too loud",),
    )
    assert spans(sitting) == [("Chords", 100, 400), ("Bass", 400, 500), ("Bass", 600, 700)]
    assert sitting.worked == 500
    assert sitting.stretches[0] == Stretch("lights.1", "lights", "Chords", "Mira", 100, 400)


def test_a_break_is_no_work_and_a_start_ends_the_stretch_of_another_task() -> None:
    story = begun().tell(200, "break-began").tell(300, "break-ended", source="clock")
    story.tell(300, "timer-resumed", "lights.1", step=1).tell(350, "task-started", "lights.2")
    (sitting,) = story.tell(400, "sitting-ended").read()
    assert spans(sitting) == [("Chords", 100, 200), ("Chords", 300, 350), ("Bass", 350, 400)]


def test_what_was_undone_did_not_happen() -> None:
    story = begun().tell(400, "task-completed", "lights.1")
    story.tell(400, "task-started", "lights.2", step=1).tell(405, "undone")
    (sitting,) = story.tell(500, "sitting-ended").read()
    assert (sitting.done, spans(sitting)) == ((), [("Chords", 100, 500)])


def test_time_that_nobody_attended_is_not_counted() -> None:
    story = begun().tell(160, "attended").tell(900, "went-away", "lights.1", source="clock")
    (sitting,) = story.tell(1000, "sitting-ended").read()
    assert spans(sitting) == [("Chords", 100, 160)]


def test_time_up_ends_the_charging_only_where_it_waits() -> None:
    story = begun().tell(200, "time-up", "lights.1", source="clock")
    story.tell(300, "task-completed", "lights.1").tell(300, "sitting-ended", step=1)
    assert spans(story.read()[0]) == [("Chords", 100, 300)]
    assert spans(story.read(waits=True)[0]) == [("Chords", 100, 200)]


def test_a_sitting_that_nobody_ended_says_so() -> None:
    story = begun().tell(250, "noted", title="on")
    (sitting,) = story.read()
    assert (sitting.over, sitting.ended, spans(sitting)) == (False, 250, [("Chords", 100, 250)])


def test_a_second_sitting_begins_with_nothing_of_the_first() -> None:
    story = begun().tell(200, "task-completed", "lights.1").tell(200, "sitting-ended", step=1)
    story.tell(900, "sitting-began").tell(900, "task-started", "lights.2", step=1)
    first, second = story.tell(960, "sitting-ended").read()
    assert (first.done, second.done, second.worked) == (("Chords",), (), 60)
