"""What is said of a list of tasks in a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.core import proposing
from bridge.core.actions import TaskDraft
from bridge.errors import Invalid

TASKS = (
    TaskDraft("Write chords", "composition", 1200.0),
    TaskDraft("Design bass", "sound design", 600.0),
    TaskDraft("Write melody", "composition", 900.0),
    TaskDraft("Balance", "mixing", 300.0),
)
SECTIONS = ("composition", "sound design", "mixing")


def titles(words: str) -> list[str]:
    return [task.title for task in proposing.said(TASKS, words, SECTIONS)]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("drop 2 4", ["Write chords", "Write melody"]),
        ("drop 1-3", ["Balance"]),
        ("KEEP 1, 3-4", ["Write chords", "Write melody", "Balance"]),
        ("move 4 1", ["Balance", "Write chords", "Design bass", "Write melody"]),
        ("move 1-2 to 3", ["Write melody", "Balance", "Write chords", "Design bass"]),
        ("by section", ["Write chords", "Write melody", "Design bass", "Balance"]),
        ("2 Design sub bass", ["Write chords", "Design sub bass", "Write melody", "Balance"]),
    ],
)
def test_tasks_are_dropped_kept_moved_and_reworded(words: str, left: list[str]) -> None:
    assert titles(words) == left


def test_a_task_is_added_at_the_end_of_its_section() -> None:
    made = proposing.said(TASKS, "add sound design: Layer pad (25m)", SECTIONS)
    assert (made[2].title, made[2].section, made[2].budget) == ("Layer pad", "sound design", 1500.0)
    made = proposing.said((), "+ Hum: softly", SECTIONS)
    assert (made[0].title, made[0].section, made[0].budget) == ("Hum: softly", "", None)


def test_minutes_may_be_written_as_bare_numbers() -> None:
    made = proposing.said(TASKS, "1 40", SECTIONS)
    assert made[0].budget == 2400.0
    assert [t.budget for t in proposing.said(TASKS, "2-3 1h10m", SECTIONS)[1:3]] == [4200.0, 4200.0]
    assert {t.budget for t in proposing.said(TASKS, "all 25", SECTIONS)} == {1500.0}
    reworded = proposing.said(TASKS, "1 Write warm chords (35m)", SECTIONS)[0]
    assert (reworded.title, reworded.budget) == ("Write warm chords", 2100.0)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("drop 5", "5 is not on the list; it has 1 to 4"),
        ("drop 3-2", "3-2 is not on the list"),
        ("move 1 9", "9 is no place on the list"),
        ("1-2 New words", "several tasks can only get the same minutes"),
        ("1 0", "a box lasts from 1m to 24h"),
        ("what?", "says nothing about the list; allowed: drop 3 5-7"),
        ("add (20m)", "needs a title"),
    ],
)
def test_what_cannot_be_says_what_may_be_said(words: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        proposing.said(TASKS, words, SECTIONS)


@given(
    st.text(max_size=40)
    | st.from_regex(r"(drop|keep|move|all|add|[0-9]) ?[0-9 ,-]{0,9}", fullmatch=True)
)
def test_no_words_do_more_than_say_what_they_mean_or_be_refused(words: str) -> None:
    try:
        made = proposing.said(TASKS, words, SECTIONS)
    except Invalid:
        return
    assert len(made) <= len(TASKS) + 1


def test_the_list_shows_where_a_proposal_comes_from() -> None:
    lines = proposing.shown(TASKS[:2], {"Design bass": "median of 3 in the section"})
    assert lines == [
        "  1    20m  composition   Write chords",
        "  2    10m  sound design  Design bass  (median of 3 in the section)",
    ]
    assert proposing.total(TASKS, 60.0) == "50m"
