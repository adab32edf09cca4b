"""A plan that comes in again: what changed there is changed here, and nothing done here is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.core.actions import Action, EditTask, ImportSong, Request, Together
from bridge.core.engine import Engine
from bridge.core.model import Song, TaskState
from bridge.errors import Refused
from bridge.files.exchange import again, asana, kept, rpp, taskwarrior, todoist, todotxt
from bridge.files.exchange.csv_table import write_table
from bridge.moment import Moment
from tests.standins.plans import SETTINGS, outgoing, songs, words

_SECTIONS = ("composition", "Vocals", "mixing", "Drums")


@dataclass(frozen=True)
class Row:
    name: str
    section: str = "mixing"
    person: str = ""
    minutes: int = 20
    done: bool = False
    due: str = ""


def text(rows: dict[int, Row]) -> str:
    header = ["Task ID", "Name", "Section/Column", "Assignee", "Estimated time", "Completed At", "Due Date",
              "Projects"]  # fmt: skip
    cells = (
        (f"{n}", r.name, r.section, r.person, f"{r.minutes}", "2026-09-03" if r.done else "", r.due,
         "Fog")
        for n, r in rows.items()
    )  # fmt: skip
    return write_table(header, [dict(zip(header, row, strict=True)) for row in cells])


class Desk:
    """A studio that one song came into."""

    def __init__(self, plan: str) -> None:
        self.engine = Engine(SETTINGS)
        (draft,) = asana.read(plan, "fog.csv", SETTINGS).songs
        self.ask(ImportSong(draft))

    def ask(self, request: Request) -> None:
        self.engine.adopt(self.engine.propose(request, Moment(0.0, 1e9), "cli"))

    @property
    def song(self) -> Song:
        return self.engine.studio.songs["fog"]

    def bring(self, plan: str) -> again.Update:
        (draft,) = asana.read(plan, "fog.csv", SETTINGS).songs
        found = again.update(self.song, draft, "asana")
        if found.changes:
            self.ask(Together(found.changes))
        return found


_ROWS = st.builds(
    Row,
    name=words(60).filter(lambda name: not name.endswith((")", ":"))),
    section=st.sampled_from(_SECTIONS),
    person=st.sampled_from(["", "Mira", "Jonas Berg"]),
    minutes=st.integers(1, 600),
    done=st.booleans(),
    due=st.sampled_from(["", "2026-09-20", "22/9/2025"]),
)
_PLANS = st.dictionaries(st.integers(1, 8), _ROWS, min_size=1, max_size=6)


@settings(max_examples=40)
@given(_PLANS, _PLANS, st.booleans())
def test_after_it_the_song_is_as_the_file_says_and_coming_in_again_changes_nothing(
    first: dict[int, Row], second: dict[int, Row], late: bool
) -> None:
    desk = Desk(text(first))
    before = desk.song
    if late:  # some of the same tasks, with other words
        second |= {n: replace(row, minutes=33) for n, row in first.items() if n % 2}
    desk.bring(text(second))
    here = {kept.unpack(t.kept, "asana").get("Task ID"): t for t in desk.song.tasks.values()}
    assert set(before.tasks) <= set(desk.song.tasks)
    for number, row in second.items():
        task = here[str(number)]
        assert (task.title, task.section.casefold()) == (row.name, row.section.casefold())
        assert task.planned == row.minutes * 60
        assert task.person == row.person or not row.person
        assert task.state is TaskState.DONE or not row.done
        assert kept.unpack(task.kept, "asana").get("Due Date", "") == row.due
    assert desk.bring(text(second)).changes == ()


@settings(max_examples=40)
@given(_PLANS)
def test_the_same_file_again_changes_nothing_and_doubles_nothing(rows: dict[int, Row]) -> None:
    desk = Desk(text(rows))
    found = desk.bring(text(rows))
    assert (found.changes, found.new, found.changed, found.same) == ((), (), (), len(rows))


@settings(max_examples=40)
@given(songs(st.just("Fog")))
def test_what_went_out_comes_in_again_as_nothing_new_in_every_format(song: Song) -> None:
    for name, form in (("asana", asana), ("todoist", todoist), ("todo.txt", todotxt)):
        draft = form.read(form.write(outgoing(song)).text, "Fog.x", SETTINGS).songs[0]
        assert again.update(song, draft, name).new == ()
    written = taskwarrior.write(outgoing(song)).text
    draft = taskwarrior.read(written, "fog.json", SETTINGS).songs[0]
    assert again.update(song, draft, "taskwarrior").new == ()


BASE = {1: Row("Write chords"), 2: Row("Sing"), 3: Row("Mix", person="Mira", due="2026-09-20")}


def test_each_change_is_told() -> None:
    found = Desk(text(BASE)).bring(
        text({
            2: replace(BASE[2], name="Sing softly", minutes=45),
            3: replace(BASE[3], person="Ada", due="2026-10-01", section="Vocals"),
            1: replace(BASE[1], done=True),
            4: Row("Add a shaker", "Drums"),
        })
    )  # fmt: skip
    assert found.new == ("Add a shaker (Drums, 20m)",)
    assert found.changed == (
        "Sing: title Sing → Sing softly; budget 20m → 45m",
        "Mix: section mixing → Vocals; person Mira → Ada; kept: Due Date",
        "Write chords: state todo → done; kept: Completed At",
    )
    assert found.stays == ()


def test_it_is_taken_back_as_one() -> None:
    desk = Desk(text(BASE))
    before = desk.song
    desk.bring(text({1: replace(BASE[1], name="Other", due="2026-10-01"), 5: Row("New", "Drums")}))
    assert desk.song != before
    desk.ask(Action("undo"))
    assert desk.song == before


def test_new_tasks_stand_where_the_file_has_them() -> None:
    desk = Desk(text(BASE))
    desk.bring(text({1: BASE[1], 9: Row("New"), 2: BASE[2], 3: BASE[3]}))
    assert [t.title for t in desk.song.tasks.values()] == ["Write chords", "New", "Sing", "Mix"]


def test_what_was_done_here_stays_done_and_what_was_reopened_there_is_open() -> None:
    desk = Desk(text(BASE | {4: Row("Master", done=True)}))
    desk.ask(Action("start", 1))
    desk.ask(Action("complete"))
    found = desk.bring(text(BASE | {4: Row("Master")}))
    states = {task.title: task.state for task in desk.song.tasks.values()}
    assert states["Write chords"] is TaskState.DONE
    assert states["Master"] is TaskState.TODO
    assert found.stays == ("Write chords: is done here and open there; it stays done",)


def test_what_is_gone_there_stays_here_and_is_told() -> None:
    desk = Desk(text(BASE))
    found = desk.bring(text({1: BASE[1], 2: BASE[2]}))
    assert found.stays == ("Mix: is in the file no more; it stays here",)
    assert len(desk.song.tasks) == 3


def test_an_empty_cell_takes_nothing_away_and_an_extension_is_no_change() -> None:
    desk = Desk(text(BASE))
    desk.ask(EditTask("fog.2", person="Jonas", track="Lead"))
    desk.ask(Action("start", 1))
    desk.ask(Action("extend", "5m"))
    found = desk.bring(text(BASE))
    assert (found.changes, found.stays) == ((), ())
    assert (desk.song.tasks["fog.2"].person, desk.song.tasks["fog.2"].track) == ("Jonas", "Lead")


def test_more_sections_than_a_song_may_have_are_refused() -> None:
    desk = Desk(text({n: Row(f"Task {n}", f"part {n}") for n in range(16)}))
    with pytest.raises(Refused, match="up to 16 sections; the file has more: one too many"):
        desk.bring(text({99: Row("New", "one too many")}))


_PROJECT = """<REAPER_PROJECT 0.1 "7.22/linux" 1
  TITLE Fog
  TEMPO {} 4 4
  MARKER 1 {} Chorus 0
  <TRACK
    NAME Bass
  >
  <TRACK
    NAME {}
  >
>
"""


def test_a_projects_lines_are_renewed_where_they_stood_and_its_tracks_are_no_new_tasks() -> None:
    desk = Desk(text(BASE))
    first = rpp.read(_PROJECT.format(120, 4, "Kick"), "fog.rpp", SETTINGS, tasks=True).songs[0]
    desk.ask(Together(again.update(desk.song, first, "rpp").changes))
    assert [t.title for t in desk.song.tasks.values()][-2:] == ["Work on Bass", "Work on Kick"]
    desk.ask(EditTask("fog.4", title="Find a bass that breathes"))
    second = rpp.read(_PROJECT.format(124, 8, "Kick"), "fog.rpp", SETTINGS, tasks=True).songs[0]
    found = again.update(desk.song, second, "rpp")
    desk.ask(Together(found.changes))
    assert desk.song.map.inspiration == second.map.inspiration
    assert len(desk.song.tasks) == 5
    assert found.changed == (
        "song map: no more: tempo: 120 BPM, 4/4 (from REAPER)",
        "song map: no more: marker 0:04: Chorus",
        "song map: tempo: 124 BPM, 4/4 (from REAPER)",
        "song map: marker 0:08: Chorus",
    )
