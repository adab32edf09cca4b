"""Each format's example, as its program writes it, with all that real files do."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.model import TaskState
from bridge.files.exchange import als, kept, rpp
from bridge.files.exchange.carried import Carried
from bridge.files.exchange.sources import recognised
from bridge.files.exchange.table import FORMATS
from tests.standins.plans import SETTINGS, again, outgoing

EXAMPLES = Path(__file__).parents[3] / "examples/formats"
FORMS = {
    "asana.csv": "asana", "todoist.csv": "todoist", "todo.txt": "todo.txt", "toggl.csv": "toggl",
    "taskwarrior.json": "taskwarrior", "night-drive.rpp": "rpp", "midnight-sun.als": "als",
}  # fmt: skip


def carried(name: str, *, tasks: bool = False) -> Carried:
    read = FORMATS[FORMS[name]].read
    assert read is not None
    return read((EXAMPLES / name).read_bytes(), name, SETTINGS, tasks)


def short(draft: SongDraft) -> list[tuple[object, ...]]:
    return [(t.title, t.section, t.budget, t.person, t.state, t.spent) for t in draft.tasks]


def kept_of(task: TaskDraft, form: str) -> dict[str, object]:
    return kept.unpack(task.kept, form)


def test_every_example_is_recognised_by_its_content_whatever_its_name() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == set(FORMS)
    for name, form in FORMS.items():
        data = (EXAMPLES / name).read_bytes()
        assert recognised(data, name) == form
        if form != "todo.txt":  # any text is one
            assert recognised(data, "download") == form


@pytest.mark.parametrize("name", FORMS)
def test_every_example_makes_songs_that_can_come_in(name: str) -> None:
    for draft in carried(name, tasks=True).songs:
        assert again(draft).tasks


def test_asana() -> None:
    got = carried("asana.csv")
    (song,) = got.songs
    assert song.title == "Northern Lights"
    assert [section.name for section in song.sections] == ["composition", "Vocals", "mixing"]
    assert short(song) == [
        ("Write chord progression", "composition", 1200.0, "Mira Holm", TaskState.DONE, 1500.0),
        ("Sing the chorus", "Vocals", 4500.0, "Jonas Berg", TaskState.TODO, 0.0),
        ("Double the last line", "Vocals", 600.0, "Jonas Berg", TaskState.TODO, 0.0),
        ("Balance drums and bass", "mixing", 1800.0, "", TaskState.SET_ASIDE, 720.0),
    ]
    assert kept_of(song.tasks[0], "asana")["Notes"] == (
        'Start from the second verse.\r\n"Softer", she said.'
    )
    assert kept_of(song.tasks[1], "asana")["Start Date"] == "22/9/2025"
    assert kept_of(song.tasks[2], "asana")["Parent task"] == "Sing the chorus"
    assert got.left == (
        'asana.csv:4: Task ID: a spreadsheet has cut it short; left out ("1.20988E+15")',
        (
            "asana.csv:6: Projects: a task is in one song; the others were left out"
            ' ("Northern Lights,Release in May")'
        ),
    )
    assert {"Due Date", "Priority", "Assignee Email"} <= set(got.kept)


def test_todoist() -> None:
    got = carried("todoist.csv")
    (song,) = got.songs
    assert short(song) == [
        ("Find a bass that breathes", "sound design", 1500.0, "Jonas Berg", TaskState.TODO, 0.0),
        ("Try it an octave lower", "sound design", None, "", TaskState.TODO, 0.0),
        ("Automate the filter", "mixing", 2400.0, "", TaskState.TODO, 0.0),
    ]
    first = kept_of(song.tasks[0], "todoist")
    assert song.tasks[0].track == "Bass"
    assert first["notes"] == ["The preset from the demo is close, but too bright."]
    assert (first["DESCRIPTION"], first["DEADLINE"]) == (
        "Listen to the reference first",
        "2026-10-01",
    )
    assert got.left == ()


def test_todo_txt_holds_several_songs() -> None:
    got = carried("todo.txt")
    lights, rest = got.songs
    assert (lights.title, rest.title) == ("Northern Lights", "todo")
    assert short(lights) == [
        ("Write chord progression", "composition", 1200.0, "Mira", TaskState.TODO, 0.0),
        ("Collect pictures of the sky", "preparation", None, "", TaskState.DONE, 720.0),
        ("Sing the chorus", "vocals", 2700.0, "Jonas Berg", TaskState.SET_ASIDE, 1800.0),
    ]
    assert lights.tasks[2].track == "Lead Vox"
    assert kept_of(lights.tasks[0], "todo.txt") == {
        "priority": "A", "created": "2026-09-01", "words": ["due:2026-09-20"],
    }  # fmt: skip


def test_an_example_of_todo_txt_comes_back_word_for_word() -> None:
    write = FORMATS["todo.txt"].write
    assert write is not None
    out = write(outgoing(*map(again, carried("todo.txt").songs))).text.splitlines()
    assert out[1] == (
        "x 2026-09-03 2026-09-01 Collect pictures of the sky (25m)"
        " +Northern_Lights @preparation spent:12m pri:B"
    )
    assert out[0].startswith("(A) 2026-09-01 Write chord progression (20m) +Northern_Lights @comp")


def test_taskwarrior() -> None:
    got = carried("taskwarrior.json")
    (song,) = got.songs
    assert short(song) == [
        ("Write chord progression", "composition", 1200.0, "", TaskState.TODO, 0.0),
        ("Sing the chorus", "vocals", None, "Jonas Berg", TaskState.SKIPPED, 0.0),
        ("Collect pictures of the sky", "", None, "", TaskState.DONE, 0.0),
    ]
    assert kept_of(song.tasks[0], "taskwarrior")["key"] == "d minor"
    assert got.left == ('taskwarrior.json:5: a deleted task ("Buy a theremin")',)


def test_taskwarrior_finds_its_own_attributes_again() -> None:
    write = FORMATS["taskwarrior"].write
    assert write is not None
    before = json.loads((EXAMPLES / "taskwarrior.json").read_text("utf-8"))[:3]
    after = json.loads(write(outgoing(again(carried("taskwarrior.json").songs[0]))).text)
    for old, new in zip(before, after, strict=True):
        changed = {n: v for n, v in old.items() if new.get(n) != v}
        assert set(changed) <= {"project", "budget"}


def test_toggl_counts_what_was_spent_on_what() -> None:
    got = carried("toggl.csv")
    (song,) = got.songs
    assert short(song) == [
        ("Write chord progression", "composition", None, "Mira", TaskState.TODO, 1950.0),
        ("Find a bass that breathes", "sound design", None, "Mira", TaskState.TODO, 3723.0),
    ]
    assert 'toggl.csv:4: Client: songs have no such thing ("Fjord Records")' in got.left


def test_a_reaper_project() -> None:
    (song,) = carried("night-drive.rpp").songs
    assert (song.title, song.tasks) == ("Night Drive", ())
    assert song.map.inspiration == (
        "tempo: 124 BPM, 4/4 (from REAPER)",
        "marker 0:00: Intro",
        "marker 0:15.484: First drop (#007D00)",
        "region 0:30.968 to 0:46.452: Bridge, thin",
        (
            'notes of the REAPER project: by Mira "M" Holm\n'
            "The second drop is still too long.\nAsk Jonas for a vocal."
        ),
        "bus: Drums",
        "track: Kick and clap (#0000FF)",
        "track: Bass",
    )


@pytest.mark.parametrize("pack", [gzip.compress, bytes], ids=["packed", "unpacked"])
def test_a_live_set_with_its_tempo_curve(pack: type[bytes]) -> None:
    data = pack((EXAMPLES / "midnight-sun.als").read_bytes())
    (song,) = als.read(data, "sets/midnight-sun.als", SETTINGS).songs
    assert (song.title, song.tasks) == ("midnight-sun", ())
    # From 60 to 120 BPM over beats 4 to 8: 4 s, and 4 s times ln 2.
    assert song.map.inspiration == (
        "tempo: 60 BPM, 4/4, tempo changing on the way (from Ableton Live 12.0.1)",
        "marker 0:00: Intro · quiet",
        "marker 0:06.773: Chorus",
        "marker 0:08.773: without a name",
        "notes of the Ableton Live 12.0.1 project: The night is short.\nKeep it short.",
        "bus: Drums (#FF3636)",
        "track: Bass & sub (#1AFF2F)",
        "track: Vocals (#3C3C3C)",
        "bus: A-Reverb (#00BFAF)",
    )


@pytest.mark.parametrize(
    ("name", "tracks"),
    [
        ("midnight-sun.als", ["Bass & sub", "Vocals"]),
        ("night-drive.rpp", ["Kick and clap", "Bass"]),
    ],
)
def test_tracks_become_tasks_only_when_asked_and_buses_never(name: str, tracks: list[str]) -> None:
    (song,) = carried(name, tasks=True).songs
    assert [task.track for task in song.tasks] == tracks
    assert [task.title for task in song.tasks] == [f"Work on {track}" for track in tracks]


def test_a_project_that_is_cut_short_is_read_as_far_as_it_goes_and_says_so() -> None:
    text = (EXAMPLES / "night-drive.rpp").read_text("utf-8")
    got = rpp.read(text[: text.index("<FXCHAIN")], "night.rpp", SETTINGS)
    assert "night.rpp: the project is cut short: what follows its last line is missing" in got.left
