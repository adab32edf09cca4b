"""The queue put in order, what was skipped brought back, songs that rest."""

from __future__ import annotations

import pytest

from bridge.core.actions import AddTask, EditTask, MoveTask, SongDraft, TaskDraft
from bridge.core.model import Section, TaskState
from bridge.errors import Invalid, Refused
from tests.standins.desk import SONG, Desk

DAY = 24 * 3600.0
OTHER = SongDraft(
    "Second Song",
    tasks=(
        TaskDraft("Mix vocals (10m)", "mixing", energy="low", person="Ada"),
        TaskDraft("Write bridge (40m)", "composition", energy="high"),
    ),
)
CHORDS, BASS, DRUMS = (
    "Write chord progression",
    "Design sound for bassline",
    "Balance drums and bass",
)
VOCALS, BRIDGE = "Mix vocals", "Write bridge"


@pytest.fixture
def desk() -> Desk:
    return Desk(None, SONG, OTHER)


@pytest.mark.parametrize(
    ("by", "queue"),
    [
        ("section", [CHORDS, BRIDGE, BASS, DRUMS, VOCALS]),
        ("energy", [BRIDGE, CHORDS, BASS, DRUMS, VOCALS]),
        ("energy low", [VOCALS, CHORDS, BASS, DRUMS, BRIDGE]),
        ("short", [VOCALS, CHORDS, BASS, DRUMS, BRIDGE]),
        ("person ada", [VOCALS, CHORDS, BASS, DRUMS, BRIDGE]),
    ],
)
def test_the_queue_is_put_in_order(desk: Desk, by: str, queue: list[str]) -> None:
    desk.do("order", by)
    assert desk.queue == queue
    desk.do("undo")
    assert desk.queue == [CHORDS, BASS, DRUMS, VOCALS, BRIDGE]


def test_by_section_goes_as_the_song_in_hand_has_its_sections() -> None:
    sections = tuple(Section(name, "#3FA7FF") for name in ("lyrics", "recording", "mixing"))
    tasks = [TaskDraft(name, name) for name in ("mixing", "recording", "lyrics")]
    desk = Desk(None, SongDraft("Paper Boats", sections=sections, tasks=tuple(tasks)), SONG)
    desk.do("order", "section")
    assert desk.queue[:2] == ["lyrics", "recording"]
    assert desk.queue[2] == "mixing"


def test_by_song_the_song_in_hand_comes_first(desk: Desk) -> None:
    desk.do("song", "second-song")
    desk.do("order", "song")
    assert desk.queue == [VOCALS, BRIDGE, CHORDS, BASS, DRUMS]


def test_the_current_task_stays_at_the_top(desk: Desk) -> None:
    desk.do("start", 3)
    desk.do("order", "short")
    assert (desk.current, desk.queue[0], desk.queue[1]) == (DRUMS, DRUMS, VOCALS)


@pytest.mark.parametrize(
    ("argument", "reason"),
    [
        (None, "order needs one of section"),
        ("colour", "can't be ordered by 'colour'; allowed are section"),
        ("energy middling", "takes high or low"),
        ("section mixing", "takes nothing behind it"),
        ("person", "needs a name"),
        ("goal", "in that order already"),
    ],
)
def test_what_is_no_order_is_refused(desk: Desk, argument: str | None, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        desk.do("order", argument)


def test_what_was_skipped_yesterday_comes_back_and_what_was_today_does_not(desk: Desk) -> None:
    desk.do("start")
    desk.do("skip")
    desk.wait(DAY)
    desk.do("start", 1)
    desk.do("skip")
    desk.do("bring", "back")
    assert desk.queue == [DRUMS, VOCALS, BRIDGE, CHORDS]
    desk.do("bring", "all")
    assert desk.queue == [DRUMS, VOCALS, BRIDGE, CHORDS, BASS]


def test_one_task_is_brought_back_by_its_id(desk: Desk) -> None:
    desk.do("start")
    desk.do("skip")
    with pytest.raises(Refused, match="no task was skipped before today"):
        desk.do("bring")
    with pytest.raises(Refused, match="was not skipped"):
        desk.do("bring", "northern-lights.3")
    desk.do("bring", "northern-lights.1")
    assert desk.engine.studio.the("northern-lights.1").state is TaskState.TODO


def test_a_song_that_rests_takes_its_tasks_along_and_back(desk: Desk) -> None:
    desk.do("start")
    desk.wait(60)
    desk.do("rest")
    studio = desk.engine.studio
    assert (desk.state, desk.queue, studio.song) == ("idle", [VOCALS, BRIDGE], "second-song")
    assert studio.the("northern-lights.1").spent == 60
    assert [song.id for song in desk.view.resting] == ["northern-lights"]
    assert [song.id for song in desk.view.songs] == ["second-song"]
    desk.do("wake", "northern-lights")
    assert desk.queue == [VOCALS, BRIDGE, CHORDS, BASS, DRUMS]


def test_a_resting_song_is_left_in_peace(desk: Desk) -> None:
    desk.do("rest", 1)
    with pytest.raises(Refused, match="rests; `songbridge wake northern-lights` wakes it"):
        desk.do("start", "northern-lights.2")
    with pytest.raises(Refused, match="rests; "):
        desk.ask(MoveTask("northern-lights.2", 1))
    with pytest.raises(Refused, match="rests already"):
        desk.do("rest", "northern-lights")
    desk.ask(AddTask("northern-lights", TaskDraft("An idea for later")))
    desk.do("song", "northern-lights")
    desk.do("stage", "next")
    assert desk.queue == [VOCALS, BRIDGE]
    desk.do("wake", "northern-lights")
    assert "An idea for later" in desk.queue


def test_a_song_that_is_finished_while_it_rests_is_finished(desk: Desk) -> None:
    desk.do("rest")
    desk.do("song", "northern-lights")
    desk.do("stage", "finished")
    desk.do("stage", "mixing")
    assert (desk.view.resting, CHORDS in desk.queue) == ((), True)


def test_a_task_is_given_an_energy(desk: Desk) -> None:
    desk.ask(EditTask("1", energy="high"))
    assert desk.view.queue()[0].energy == "high"
    desk.ask(EditTask("1", energy=""))
    assert desk.view.queue()[0].energy == ""
    with pytest.raises(Invalid, match="allowed are low, medium, high"):
        desk.ask(EditTask("1", energy="huge"))  # type: ignore[arg-type] # hostile on purpose
