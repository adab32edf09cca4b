"""Plans of other programs through a service that runs: a real process, real HTTP, each way."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import icalendar
import pytest

from tests.standins.command import Terminal
from tests.standins.service import Service

pytestmark = pytest.mark.live

EXAMPLES = Path(__file__).parents[2] / "examples/formats"
WORDS = ("title", "section", "budget_s", "spent_s", "state", "track", "person")


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Terminal]:
    service = Service(tmp_path / "studio")
    service.start()
    yield Terminal(service.home)
    service.end()


def large(folder: Path, name: str) -> str:
    """Return the path of a plan of about a mebibyte."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(["Task ID", "Name", "Section/Column", "Notes", "Projects"])
    rows.writerows([n, f"Write part {n}", "composition", "n" * 400, name] for n in range(2500))
    file = folder / f"{name}.csv"
    file.write_text(text.getvalue(), "utf-8", newline="")
    return str(file)


def test_large_plans_come_in_whole_and_are_taken_back_as_one(
    studio: Terminal, tmp_path: Path
) -> None:
    files = [large(tmp_path, name) for name in ("Fog", "Rain")]
    assert sum(Path(file).stat().st_size for file in files) > 1 << 21
    said = studio("song", "import", *files, "--json").json
    assert [(song["id"], song["tasks"]) for song in said["songs"]] == [
        ("fog", 2500),
        ("rain", 2500),
    ]
    assert studio("status", "--json").json["service"] == "running"
    refused = studio("song", "import", str(EXAMPLES / "todo.txt"), files[0])
    assert "nothing was brought in" in refused.err
    assert [row["id"] for row in studio("song", "list", "--json").json] == ["fog", "rain"]
    studio.well("undo")
    assert studio("song", "list", "--json").json == []


def test_a_plan_goes_out_in_every_format_comes_in_elsewhere_and_comes_again(
    studio: Terminal, tmp_path: Path
) -> None:
    studio.well("song", "import", str(EXAMPLES / "todo.txt"))
    studio.well("song", "import", str(EXAMPLES / "midnight-sun.als"), "--tasks")
    here = studio("song", "show", "northern-lights", "--json").json["task_list"]
    for form in ("asana", "todoist", "todo.txt", "taskwarrior"):
        file = tmp_path / "Northern Lights.txt"
        text = studio("song", "export", "northern-lights", "--format", form).out
        file.write_text(text, "utf-8", newline="")
        again = studio("song", "import", str(file), "--into", "northern-lights", "--json").json
        (told,) = again["songs"]
        assert (told["new"], told["stays"], told["tasks"]) == ([], [], 3)
        assert all(": kept: " in line for line in told["changed"])
        other = Terminal(tmp_path / form)
        other.well("song", "import", str(file))
        there = other("song", "show", "northern-lights", "--json").json["task_list"]
        assert [[row.get(w) for w in WORDS] for row in there] == [
            [row.get(w) for w in WORDS] for row in here
        ]


def test_sittings_go_out_as_a_calendar_and_as_time_entries(studio: Terminal) -> None:
    studio.well("song", "import", str(EXAMPLES / "todo.txt"))
    for words in (["start", "1"], ["complete"], ["end"]):
        studio.well(*words)
    (event,) = icalendar.Calendar.from_ical(studio.well("sittings", "--ical")).walk("VEVENT")
    assert "Done: Write chord progression" in str(event["description"])
    assert studio("sittings", "--toggl").out.startswith("User,Email,Client,Project,Task")
