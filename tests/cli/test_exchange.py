"""Other programs' files by the command line: in, out, and what is said of what can't be carried."""

from __future__ import annotations

import csv
import gzip
import io
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest

from bridge.cli import exchange
from bridge.files.exchange.table import READ, WRITTEN
from tests.standins.command import Terminal

EXAMPLES = Path(__file__).parents[2] / "examples/formats"


@pytest.fixture
def studio(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "home")


def worked(studio: Terminal) -> None:
    """Work for half an hour: one task done, one begun."""
    studio.well("song", "import", str(EXAMPLES / "todo.txt"))
    studio.well("start", "1")
    studio.wait(600)
    studio.well("complete")
    studio.wait(300)
    studio.well("note", "softer, please")
    studio.wait(60)
    studio.well("end")


def test_the_names_of_formats_are_those_of_the_table() -> None:
    assert (exchange.NAMES, exchange.WRITTEN) == (READ, WRITTEN)


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.iterdir()))
def test_every_example_comes_in_and_says_what_did_not(studio: Terminal, name: str) -> None:
    said = studio("song", "import", str(EXAMPLES / name), "--json").json
    assert said["songs"]
    shown = studio("song", "list", "--json").json
    assert [row["id"] for row in shown] == [row["id"] for row in said["songs"]]
    assert [row["tasks"] for row in shown] == [row["tasks"] for row in said["songs"]]


def test_an_import_tells_songs_what_is_kept_and_what_is_left(studio: Terminal) -> None:
    lines = studio.well("song", "import", str(EXAMPLES / "taskwarrior.json")).splitlines()
    assert lines[0] == "northern-lights: Northern Lights, 3 tasks"
    assert lines[1].startswith("kept for the way back, shown nowhere here: id, uuid, entry")
    assert lines[2:] == [
        f'left: {EXAMPLES / "taskwarrior.json"}:5: a deleted task ("Buy a theremin")'
    ]


def test_several_songs_come_in_together_or_not_at_all(studio: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "two.txt"
    file.write_text("Sing +Low_Tide\nPlay +low-tide\n", "utf-8")
    said = studio("song", "import", str(file))
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "there is a song 'low-tide' already; give this one another title; nothing was brought in\n"
    )
    assert studio("song", "list", "--json").json == []


def test_a_format_may_be_forced(studio: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "list"
    file.write_text("Sing the chorus (20m)\n", "utf-8")
    said = studio("song", "import", str(file))
    assert said.code == 1
    assert "is of no format that is recognised; --format says which it is: toml, asana" in said.err
    assert (
        studio.well("song", "import", str(file), "--format", "todo.txt") == "list: list, 1 task\n"
    )


def test_projects_of_other_daws_are_refused_by_name(studio: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "beat.flp"
    file.write_bytes(b"FLhd")
    said = studio("song", "import", str(file))
    assert said.err.endswith(
        "is an FL Studio project, which can't be read; allowed are .als and .rpp\n"
    )


def test_of_a_project_folder_the_newest_set_comes_in_and_the_others_are_listed(
    studio: Terminal, tmp_path: Path
) -> None:
    home = tmp_path / "Night Drive Project"
    (home / "Backup").mkdir(parents=True)
    files = {"night.als": 100, "night 2.als": 200, "Backup/night [1].als": 300}
    for name, at in files.items():
        file = home / name
        file.write_bytes(gzip.compress((EXAMPLES / "midnight-sun.als").read_bytes()))
        os.utime(file, (at, at))
    shutil.copy(EXAMPLES / "night-drive.rpp", tmp_path / "other.rpp")
    lines = studio.well("song", "import", str(home), "--tasks").splitlines()
    assert lines[0] == "night-drive: Night Drive, 2 tasks"
    assert [line for line in lines if "is older" in line] == [
        f"left: {home / 'night.als'}: is older; night 2.als was taken",
        f"left: {home / 'Backup/night [1].als'}: is older; night 2.als was taken",
    ]
    assert studio("song", "import", str(home / "Backup")).code == 0


def test_a_folder_of_projects_is_a_song_for_each(studio: Terminal, tmp_path: Path) -> None:
    for name in ("One Project", "Two Project"):
        (tmp_path / "sets" / name).mkdir(parents=True)
        shutil.copy(EXAMPLES / "midnight-sun.als", tmp_path / "sets" / name / "a.als")
    said = studio("song", "import", str(tmp_path / "sets"), "--json").json
    assert [song["title"] for song in said["songs"]] == ["One", "Two"]


def test_a_folder_without_a_project_says_what_is_needed(studio: Terminal, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = studio("song", "import", str(tmp_path / "empty"))
    assert said.err.endswith("is a folder without a project; needed: .als or .rpp files in it\n")


@pytest.mark.parametrize("form", [name for name in WRITTEN if name != "toggl"])
def test_what_goes_out_comes_in_elsewhere_as_it_was(
    studio: Terminal, tmp_path: Path, form: str
) -> None:
    studio.well("song", "import", str(EXAMPLES / "todo.txt"))
    file = tmp_path / "Northern Lights.any"
    assert studio("song", "export", "northern-lights", "--format", form, "-o", str(file)).code == 0
    other = Terminal(tmp_path / "other")
    other.well("song", "import", str(file), "--format", form)
    there, here = (t("song", "show", other_id, "--json").json for t, other_id in (
        (other, other("song", "list", "--json").json[0]["id"]), (studio, "northern-lights")))  # fmt: skip
    words = ("title", "section", "budget_s", "spent_s", "state", "track", "person")
    assert [[row.get(w) for w in words] for row in there["task_list"]] == [
        [row.get(w) for w in words] for row in here["task_list"]
    ]


def test_an_export_for_others_is_in_the_order_of_the_queue(studio: Terminal) -> None:
    studio.well("song", "import", str(EXAMPLES / "todo.txt"))
    studio.well("select", "2")
    text = studio("song", "export", "northern-lights", "--format", "asana").out
    names = [row["Name"] for row in csv.DictReader(io.StringIO(text))]
    assert names[0] == "Sing the chorus"
    assert names[-1] == "Write chord progression"


def test_an_export_says_what_it_does_not_hold_and_still_prints_only_the_file(
    studio: Terminal,
) -> None:
    studio.well("song", "import", str(EXAMPLES.parent / "northern-lights.toml"))
    said = studio("song", "export", "northern-lights", "--format", "todo.txt")
    assert said.code == 0
    assert said.err.startswith('left: todo.txt: "Northern Lights": its song map\n')
    assert all(" +Northern_Lights @" in line for line in said.out.splitlines())


def test_one_file_holds_several_songs_where_the_format_can(studio: Terminal) -> None:
    studio.well("song", "import", str(EXAMPLES / "todo.txt"))
    text = studio("song", "export", "northern-lights", "todo", "--format", "asana").out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["Projects"] for row in rows} == {"Northern Lights", "todo"}
    said = studio("song", "export", "northern-lights", "todo", "--format", "todoist")
    assert said.err == "Todoist CSV holds one song a file; export one at a time\n"


# --- sittings -------------------------------------------------------------------------------------


def test_sittings_are_told_and_can_be_asked_for_by_time_and_song(studio: Terminal) -> None:
    assert studio.well("sittings") == "no sitting yet; one begins with the first start\n"
    worked(studio)
    (line,) = studio.well("sittings").splitlines()
    assert line.endswith("  16m worked  Northern Lights  (1 done)")
    assert len(studio("sittings", "--song", "northern-lights", "--json").json) == 1
    assert studio("sittings", "--song", "todo", "--json").json == []
    studio.wait(7200)
    assert studio("sittings", "--since", "1h", "--json").json == []
    studio.well("start")
    studio.wait(20)
    studio.well("end")
    assert "  20s worked  " in studio.well("sittings").splitlines()[-1]


def test_sittings_go_out_as_a_calendar(studio: Terminal) -> None:
    began = datetime.fromtimestamp(studio.moment.wall, UTC)
    worked(studio)
    text = studio.well("sittings", "--ical")
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert event.decoded("dtstart") == began.replace(microsecond=0)
    assert (event.decoded("dtend") - event.decoded("dtstart")).total_seconds() == 960
    assert event["summary"] == "Northern Lights: 1 done, 16m worked"
    assert "Done: Write chord progression" in str(event["description"])
    assert "Notes: softer\\, please" in text.replace("\r\n ", "")
    assert studio.well("sittings", "--ical") == text  # read again, a calendar doubles nothing


def test_sittings_go_out_to_toggl_and_come_back_as_time_spent(
    studio: Terminal, tmp_path: Path
) -> None:
    worked(studio)
    said = studio("sittings", "--toggl", "-o", str(tmp_path / "Lights.csv"))
    assert said.code == 0
    assert "left: Toggl CSV: Email: Toggl wants the one of your account" in said.err
    assert '"Northern Lights": ' not in said.err  # a time sheet misses no song map
    other = Terminal(tmp_path / "other")
    other.well("song", "import", str(tmp_path / "Lights.csv"))
    spent = {row["title"]: row["spent_s"] for row in other("task", "list", "--json").json}
    assert spent == {"Write chord progression": 600.0, "Sing the chorus": 360.0}


def test_a_song_goes_out_to_toggl_with_its_own_stretches_only(studio: Terminal) -> None:
    worked(studio)
    text = studio("song", "export", "todo", "--format", "toggl").out
    assert len(text.splitlines()) == 1
    text = studio("song", "export", "northern-lights", "--format", "toggl").out
    assert [row["Duration"] for row in csv.DictReader(io.StringIO(text))] == [
        "00:10:00",
        "00:06:00",
    ]


def test_two_ways_to_write_sittings_at_once_are_wrong_usage(studio: Terminal) -> None:
    assert studio("sittings", "--ical", "--toggl").code == 2


# --- the same plan again --------------------------------------------------------------------------


def changed(tmp_path: Path) -> str:
    data = (EXAMPLES / "asana.csv").read_bytes()
    file = tmp_path / "asana.csv"
    file.write_bytes(data.replace(b"Vocals,Jonas Berg", b"Vocals,Mira").replace(b"Double", b"Sing"))
    return str(file)


def test_a_plan_that_changed_is_brought_to_its_song_and_taken_back_whole(
    studio: Terminal, tmp_path: Path
) -> None:
    studio.well("song", "import", str(EXAMPLES / "asana.csv"))
    before = studio("song", "show", "northern-lights", "--json").json
    refused = studio("song", "import", changed(tmp_path))
    assert "or `--into northern-lights` brings what changed; nothing was brought in" in refused.err
    lines = studio.well(
        "song", "import", changed(tmp_path), "--into", "northern-lights"
    ).splitlines()
    assert lines[:3] == [
        "northern-lights: Northern Lights, 0 new, 2 changed, 2 as they were",
        "changed: Sing the chorus: person Jonas Berg → Mira",
        "changed: Double the last line: title Double the last line → Sing the last line",
    ]
    said = studio("song", "import", changed(tmp_path), "--into", "northern-lights", "--json").json
    assert said["songs"] == [
        {"id": "northern-lights", "title": "Northern Lights", "tasks": 4, "new": [], "changed": [],
         "stays": [], "same": 4}
    ]  # fmt: skip
    studio.well("undo")
    assert studio("song", "show", "northern-lights", "--json").json == before


def test_into_wants_one_song_that_is_meant_and_no_toml(studio: Terminal) -> None:
    studio.well("song", "import", str(EXAMPLES / "asana.csv"))
    ours = str(EXAMPLES.parent / "northern-lights.toml")
    assert (
        "our own TOML goes to `song edit`"
        in studio("song", "import", ours, "--into", "northern-lights").err
    )
    two = str(EXAMPLES / "todo.txt")
    assert studio("song", "import", two, "--into", "northern-lights").code == 0
    studio.well("song", "import", str(EXAMPLES / "night-drive.rpp"))
    assert studio("song", "import", two, "--into", "night-drive").err == (
        "--into takes one song, and none of these is called 'Night Drive': 'Northern Lights', 'todo'\n"
    )


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "a.csv",
            b"Title,Owner\nx,y\n",
            "it has the columns Title, Owner; Asana's has Name, Todoist's",
        ),
        ("a.csv", b"", "a.csv: can't be a plan: it is empty"),
        ("a", bytes(range(256)), "can't be a plan: it is no text"),
        ("a.html", b"<html>", "(it begins with '<html>')"),
        ("a.csv", b"Name,Due\n", "it was taken for Asana CSV, --format NAME says otherwise"),
    ],
)
def test_what_can_not_be_read_says_what_it_looks_like(
    studio: Terminal, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    refused = studio("song", "import", str(tmp_path / name))
    assert (refused.code, said in refused.err, refused.err.count("\n")) == (1, True, 1), refused.err
