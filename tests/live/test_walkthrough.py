"""The method from the first note to finished, typed over four weeks on a clock that is set.

docs/walkthrough.md is its transcript. When behaviour changes on purpose, look at the difference, and write it
anew: ``python -m tests.live.walkthrough``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from bridge.core.vocabulary import ACTIONS
from tests.live.walkthrough.four_weeks import PAGE, played
from tests.live.walkthrough.story import Story
from tests.live.walkthrough.week_2 import VOCALS

pytestmark = [pytest.mark.live, pytest.mark.timeout(180)]  # the fixture plays it all at once


@pytest.fixture(scope="module")
def story() -> Iterator[Story]:
    with played() as told:
        yield told


def asked(story: Story, line: str) -> Any:  # noqa: ANN401 - JSON has any shape
    return json.loads(story.ada.quietly(f"{line} --json").text)


def test_the_page_is_what_the_program_says_today(story: Story) -> None:
    assert story.page().splitlines() == PAGE.read_text("utf-8").splitlines()


def test_every_second_that_was_played_is_on_the_account_of_its_task(story: Story) -> None:
    spent = {task["title"]: task["spent_s"] for task in asked(story, "task list")}
    assert {title: seconds for title, seconds in spent.items() if seconds} == dict(story.worked)
    assert spent[VOCALS] == story.worked[VOCALS] == 47 * 60


def test_the_report_tells_what_was_worked_here_and_nothing_twice(story: Story) -> None:
    here = sum(story.worked.values()) - story.worked[VOCALS]  # Ben's, in his own home
    assert asked(story, "report")["total"]["worked"] == here


def test_each_sitting_lasted_as_long_as_somebody_sat_there(story: Story) -> None:
    stretches = Counter[str]()
    for sitting in asked(story, "sittings --since 1000h"):
        for one in sitting["stretches"]:
            stretches[one["title"]] += round(one["ended"] - one["began"])
    here = story.worked - Counter({VOCALS: story.worked[VOCALS]})
    assert stretches == here


def test_both_studios_hold_the_same_song_when_it_was_passed_back(story: Story) -> None:
    ben = json.loads(story.ben.quietly("task list --json").text)
    (sung,) = (task for task in ben if task["title"] == VOCALS)
    (known,) = (task for task in asked(story, "task list") if task["title"] == VOCALS)
    words = ("state", "spent_s", "person", "section", "budget_s")
    assert [sung[word] for word in words] == [known[word] for word in words]
    assert [note["text"] for note in known["hand_over"]] == [
        note["text"] for note in sung["hand_over"]
    ]


def test_the_song_is_finished_and_the_goal_reached_before_its_date(story: Story) -> None:
    songs = {song["id"]: song for song in asked(story, "song list")}
    assert songs["paper-boats"]["stage"] == "finished"
    goal = asked(story, "status")["goals"][0]
    assert (goal["done"], goal["days_left"]) == (1.0, 1)
    states = {task["state"] for task in asked(story, "task list") if task["song"] == "paper-boats"}
    assert states == {"done"}


def test_what_helped_out_of_the_rut_is_offered_first(story: Story) -> None:
    assert asked(story, "status")["rut"]["offered"][0] == "prep"


def test_days_off_broke_no_run_and_nothing_nagged_on_them(story: Story) -> None:
    assert asked(story, "report")["streaks"]["longest_days"]["length"] == 5
    page = story.page()
    day = page[page.index("### Friday, 20 November") : page.index("### Monday, 23 November")]
    assert re.findall(r"^· (.*)", day, re.MULTILINE) == ["time off until monday"]


def test_the_signs_of_a_rut_were_told_once(story: Story) -> None:
    assert story.page().count("that is no failure") == 1


def test_nobody_needs_a_colour_to_read_it(story: Story) -> None:
    bright = {key: value for key, value in story.ada.environ.items() if key != "NO_COLOR"}
    for line in ("status", "report", "queue"):
        plain = story.ada.quietly(line)
        coloured = story.desk.type(bright, [line])
        assert coloured.text == plain.text
        assert "\x1b[3" in coloured.raw
        assert "\x1b[3" not in plain.raw


def test_a_mistyped_command_ends_with_2_and_a_refused_one_with_1(story: Story) -> None:
    story.ada.quietly("complet", code=2)
    refused = story.ada.quietly("complete", code=1)
    assert refused.text == "no task is under way to complete; start one first"


def test_half_of_the_vocabulary_is_used(story: Story) -> None:
    typed = set(re.findall(r"\$ songbridge (\w+)", story.page()))
    assert len(typed & set(ACTIONS)) > len(ACTIONS) / 2


def test_the_report_is_one_file_that_a_browser_can_open(story: Story) -> None:
    text = (story.ada.folder / "paper-boats.html").read_text("utf-8")
    assert text.startswith("<!doctype html>")
    assert "Paper Boats" in text
