"""What goes out as another program's file comes back as the same plan, whatever its words are."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.core.model import Song, TaskState
from bridge.files.exchange import asana, kept, taskwarrior, todoist, todotxt
from bridge.files.exchange.carried import ranges
from bridge.files.exchange.csv_table import read_table
from bridge.files.exchange.sources import recognised
from bridge.files.exchange.table import FORMATS
from tests.standins.plans import (
    ENCODINGS,
    SETTINGS,
    SPREAD,
    UGLY,
    again,
    outgoing,
    respread,
    songs,
    told,
    uglified,
)


@settings(max_examples=40)
@given(songs(), UGLY)
def test_asana_keeps_a_plan(song: Song, ugliness: str) -> None:
    text = uglified(asana.write(outgoing(song)).text, ugliness)
    (draft,) = asana.read(text, "plan.csv", SETTINGS).songs
    assert draft.title == song.title
    assert told(again(draft), minutes=True) == told(song, minutes=True)


@settings(max_examples=40)
@given(songs(st.just("Night Drive")), UGLY)
def test_todoist_keeps_a_plan(song: Song, ugliness: str) -> None:
    text = uglified(todoist.write(outgoing(song)).text, ugliness)
    (draft,) = todoist.read(text, "some/Night Drive.csv", SETTINGS).songs
    assert draft.title == song.title
    assert told(again(draft)) == told(song)


@settings(max_examples=50)
@given(songs(st.just("Night Drive")), SPREAD, ENCODINGS)
def test_a_table_that_a_spreadsheet_saved_again_is_the_same_plan(
    song: Song, ugliness: str, encoding: str
) -> None:
    for form, module in (("asana", asana), ("todoist", todoist)):
        text = respread(module.write(outgoing(song)).text, ugliness)
        reader = FORMATS[form].read
        assert reader is not None
        data = text.encode(encoding)
        assert recognised(data, "Night Drive.csv") == form
        (draft,) = reader(data, "Night Drive.csv", SETTINGS, False).songs
        assert told(again(draft), minutes=True) == told(song, minutes=True)


@settings(max_examples=40)
@given(songs(), UGLY)
def test_todo_txt_keeps_a_plan(song: Song, ugliness: str) -> None:
    text = uglified(todotxt.write(outgoing(song)).text, ugliness)
    (draft,) = todotxt.read(text, "todo.txt", SETTINGS).songs
    assert draft.title == song.title
    assert told(again(draft)) == told(song)


@settings(max_examples=40)
@given(songs(), UGLY)
def test_taskwarrior_keeps_a_plan(song: Song, ugliness: str) -> None:
    text = uglified(taskwarrior.write(outgoing(song)).text, ugliness)
    (draft,) = taskwarrior.read(text, "tasks.json", SETTINGS).songs
    assert draft.title == song.title
    assert told(again(draft)) == told(song)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
_NAMES = st.from_regex(r"uda_[a-z]{1,8}", fullmatch=True)


@given(st.dictionaries(_NAMES, _JSON.filter(lambda v: v not in ("", None, [], {})), max_size=5))
def test_attributes_that_nobody_knows_come_back_from_taskwarrior_as_they_were(
    attributes: dict[str, object],
) -> None:
    task = {
        "uuid": "6a2c27b1-9a0d-4c4e-8e5a-4f3a3f6ef001", "status": "pending",
        "entry": "20260920T101112Z", "description": "Write chords", "project": "Lights",
        "tags": ["music"], "priority": "H", **attributes,
    }  # fmt: skip
    carried = taskwarrior.read(json.dumps(task), "tasks.json", SETTINGS)
    out = json.loads(taskwarrior.write(outgoing(again(carried.songs[0]))).text)
    assert carried.left == ()
    assert {name: out[0][name] for name in task} == task


@given(st.text(), st.text(max_size=40))
def test_what_asana_says_beside_the_plan_comes_back(notes: str, due: str) -> None:
    notes, due = _plain(notes), _plain(due)
    text = f'Task ID,Name,Notes,Due Date,Mood\r\n12,Sing,"{notes}","{due}",blue\r\n'
    carried = asana.read(text, "plan.csv", SETTINGS)
    again_text = asana.write(outgoing(again(carried.songs[0]))).text
    (row,) = read_table(again_text, "again.csv", ["Name"]).rows
    assert (row.get("Task ID"), row.get("Mood")) == ("12", "blue")
    assert (row.get("Notes"), row.get("Due Date")) == (
        notes if notes.strip() else "",
        due if due.strip() else "",
    )


def _plain(text: str) -> str:
    """Return `text` as a cell holds it: line breaks of one kind, no quotation marks."""
    return text.replace('"', "").replace("\r", "").replace("\0", "")


def test_what_is_too_long_to_be_kept_is_named_and_the_rest_is_kept() -> None:
    text, gone = kept.pack("asana", {"Notes": "n" * 5000, "Tags": "t", "Empty": ""})
    assert (kept.unpack(text, "asana"), gone) == ({"Tags": "t"}, ("Notes",))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"asana": 3}', '"x"', "[" * 100_000])
def test_a_kept_text_that_is_none_keeps_nothing(text: str) -> None:
    assert kept.unpack(text, "asana") == {}


@given(st.sets(st.integers(1, 60)))
def test_line_numbers_in_short_leave_none_out(lines: set[int]) -> None:
    said = set()
    for part in filter(None, ranges(lines).split(",")):
        first, _, last = part.partition("-")
        said |= set(range(int(first), int(last or first) + 1))
    assert said == lines


def test_a_priority_of_todo_txt_outlives_the_task() -> None:
    (draft,) = todotxt.read("(B) 2026-09-01 Sing (20m) +Fog @mixing", "todo.txt", SETTINGS).songs
    (task,) = again(draft).tasks.values()
    done = replace(again(draft), tasks={task.id: replace(task, state=TaskState.DONE)})
    line = todotxt.write(outgoing(done)).text
    assert line == "x 2026-09-21 2026-09-01 Sing (20m) +Fog @mixing pri:B\n"
    (back,) = todotxt.read(line, "todo.txt", SETTINGS).songs
    assert todotxt.write(outgoing(again(back))).text == line


@pytest.mark.parametrize(
    ("written", "kept_as"),
    [
        ("1209876543210001", "1209876543210001"),
        ("0012", "0012"),
        ("1.2E+15", ""),
        ("1,20988e+15", ""),
    ],
)
def test_ids_of_asana_are_kept_as_text_unless_a_spreadsheet_cut_them(
    written: str, kept_as: str
) -> None:
    text = f'Name,Parent Task,Task ID\nSing,Rehearse,"{written}"\n'
    carried = asana.read(text, "plan.csv", SETTINGS)
    (row,) = read_table(asana.write(outgoing(again(carried.songs[0]))).text, "x", ["Name"]).rows
    assert (row.get("Task ID"), row.get("Parent task")) == (kept_as, "Rehearse")
    assert any("cut it short" in line for line in carried.left) == (not kept_as)


def test_an_export_of_asana_that_is_as_long_as_they_get_is_told() -> None:
    notes = asana.read("Name\n" + "Sing\n" * 2000, "plan.csv", SETTINGS).notes
    assert notes == (
        "plan.csv: Asana writes 2000 tasks of a project at most; look whether all are here",
    )
    assert asana.read("Name\n" + "Sing\n" * 1999, "plan.csv", SETTINGS).notes == ()
