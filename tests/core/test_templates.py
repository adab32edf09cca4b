"""Templates of songs, and what is proposed from one's own."""

from __future__ import annotations

from bridge.core import templates
from bridge.core.actions import ImportSong, SongDraft, TaskDraft
from bridge.core.model import Section, Studio, TaskState
from bridge.core.settings import DEFAULT_SECTIONS, Settings
from bridge.core.templates import Template, found, of_song, proposals, recurring, sections
from tests.standins.desk import Desk

TECHNO = Template(
    "techno",
    "Techno and house",
    ("house", "trance"),
    "",
    DEFAULT_SECTIONS,
    (
        TaskDraft("Write bassline", "composition", 1200.0),
        TaskDraft("Balance kick and bass", "mixing", 1500.0),
    ),
)
AMBIENT = Template("ambient", "Ambient", ("drone",), "", DEFAULT_SECTIONS, ())


def done(title: str, section: str, minutes: int) -> TaskDraft:
    return TaskDraft(title, section, 600.0, state=TaskState.DONE, spent=minutes * 60.0)


def studio(*songs: SongDraft) -> Studio:
    desk = Desk()
    for song in songs:
        desk.ask(ImportSong(song))
    return desk.engine.studio


def finished(title: str, *tasks: TaskDraft) -> SongDraft:
    return SongDraft(title, "finished", tasks=tasks)


def test_a_template_is_found_by_its_id_its_name_or_a_genre() -> None:
    known = (TECHNO, AMBIENT)
    assert found("techno", known) is TECHNO
    assert found("Ambient", known) is AMBIENT
    assert found(" Trance ", known) is TECHNO
    assert found("tehcno", known) is TECHNO
    assert found("polka", known) is None
    assert found("", known) is None


def test_a_song_becomes_a_template_with_the_minutes_that_it_took() -> None:
    (song,) = studio(
        finished(
            "Fern", done("Write bassline", "composition", 37), TaskDraft("Sing", "mixing", 300.0)
        )
    ).songs.values()
    template = of_song(song)
    assert [(t.title, t.budget, t.state) for t in template.tasks] == [
        ("Write bassline", 37 * 60.0, TaskState.TODO), ("Sing", 300.0, TaskState.TODO),
    ]  # fmt: skip
    assert template.tasks[0].spent == 0.0
    assert template.seconds == 42 * 60.0


def test_a_proposal_has_the_minutes_that_such_tasks_really_took() -> None:
    worked = studio(
        *(finished(f"S{n}", done("Write the bassline", "composition", n)) for n in (31, 33, 40))
    )
    first, second = proposals(TECHNO, worked, Settings())[:2]
    assert (first.task.budget, first.told) == (33 * 60.0, "median of 3 with like words")
    assert (second.task, second.told) == (TECHNO.tasks[1], "")


def test_what_recurs_over_finished_songs_is_proposed_in_its_usual_place() -> None:
    worked = studio(
        finished(
            "One", done("Record a vinyl hiss", "sound design", 10), done("Bounce it", "mixing", 5)
        ),
        finished(
            "Two", done("Record vinyl hiss", "sound design", 20), done("Call Ada", "mixing", 5)
        ),
        SongDraft("Three", tasks=(done("Call Ada", "mixing", 5),)),
    )
    own = proposals(TECHNO, worked, Settings())
    assert [one.task.title for one in own] == [
        "Write bassline", "Record vinyl hiss", "Balance kick and bass",
    ]  # fmt: skip
    (hiss,) = [one for one in own if "hiss" in one.task.title]
    assert (hiss.task.budget, hiss.told) == (15 * 60.0, "in 2 of your finished songs")


def test_what_the_template_has_already_is_not_proposed_twice() -> None:
    worked = studio(
        finished("One", done("Write bassline", "composition", 30)),
        finished("Two", done("Write a bassline", "composition", 20)),
    )
    assert len(recurring(tuple(worked.songs.values()))) == 1
    assert len(proposals(TECHNO, worked, Settings())) == 2


def test_songs_of_one_title_and_the_pool_recur_nowhere() -> None:
    desk = Desk()
    desk.do("prep", "on")
    assert templates.finished(desk.engine.studio, Settings()) == ()
    one = studio(finished("One", done("Sing", "mixing", 9), done("Sing", "mixing", 9)))
    assert recurring(tuple(one.songs.values())) == []


def test_sections_that_proposals_bring_along_join_those_of_the_template() -> None:
    own = (Section("Vocals", "#FF0000"),)
    tasks = (TaskDraft("Sing", "vocals"), TaskDraft("Clap", "hands"))
    assert sections(TECHNO, tasks, own) == (
        *DEFAULT_SECTIONS, Section("Vocals", "#FF0000"), Section("hands", ""),
    )  # fmt: skip
