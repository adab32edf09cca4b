"""Hand-over notes as lines: of ours each comes back, and what somebody typed is one, too."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.core.hand_over import HandOver
from bridge.files.exchange import asana, taskwarrior, todotxt
from bridge.files.exchange.csv_table import read_table
from bridge.files.exchange.hand_over_lines import read, taken_out, written, written_before
from tests.standins.plans import SETTINGS, again, notes, outgoing


@given(notes())
def test_a_note_comes_back_from_its_line(note: HandOver) -> None:
    assert read(written(note)) == note


@given(st.lists(notes(), max_size=3), st.text())
def test_notes_before_a_text_leave_it_as_it_was(left: list[HandOver], text: str) -> None:
    if not taken_out(text)[0]:
        assert taken_out(written_before(text, left)) == (tuple(left), text)


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (
            'hand-over from "Ada" for "Ben" (2026-09-22 18:40:00Z): take 3 is the keeper',
            HandOver("take 3 is the keeper", "Ada", "Ben", 1_790_102_400.0),
        ),
        ("  hand-over: louder, please", HandOver("louder, please")),
        ('hand-over, read, from "Ada": x', None),
        ('hand-over, read from "Ada": x', HandOver("x", "Ada", done=True)),
        ("hand-over (2026-02-31 18:40:00Z): x", None),
        (r'hand-over from "\x": y', None),
        ("hand-over:", None),
        ("a hand-over: x", None),
    ],
)
def test_what_is_a_note_and_what_is_none(line: str, note: HandOver | None) -> None:
    assert read(line) == note


def test_a_note_that_a_collaborator_typed_in_asana_comes_in_and_the_rest_is_kept() -> None:
    text = 'Name,Notes\nSing,"Softer.\nhand-over: use the ribbon mic\nTwice."\n'
    carried = asana.read(text, "plan.csv", SETTINGS)
    song = again(carried.songs[0])
    (task,) = song.tasks.values()
    assert task.hand_over == (HandOver("use the ribbon mic"),)
    (row,) = read_table(asana.write(outgoing(song)).text, "again.csv", ["Name"]).rows
    assert row.get("Notes") == "hand-over: use the ribbon mic\nSofter.\nTwice."


def test_annotations_in_taskwarrior_are_notes_with_their_time_each_at_a_second_of_its_own() -> None:
    task = {
        "description": "Sing",
        "annotations": [
            {"entry": "20260922T184000Z", "description": "hand-over: louder"},
            {"entry": "20260922T184001Z", "description": "buy strings"},
        ],
    }
    song = again(taskwarrior.read(json.dumps(task), "t.json", SETTINGS).songs[0])
    (sing,) = song.tasks.values()
    assert sing.hand_over == (HandOver("louder", at=1_790_102_400.0),)
    assert '"buy strings"' in sing.kept.replace("\\", "")
    assert "louder" not in sing.kept
    twice = (HandOver("one", at=1_790_102_401.0), HandOver("two", at=1_790_102_401.0))
    made = replace(song, tasks={sing.id: replace(sing, hand_over=twice)})
    (out,) = json.loads(taskwarrior.write(outgoing(made)).text)
    entries = [one["entry"] for one in out["annotations"]]
    assert len(set(entries)) == 3


def test_a_note_in_todo_txt_is_readable() -> None:
    line = "Sing (20m) +Fog note:use_the_ribbon_mic"
    song = again(todotxt.read(line, "todo.txt", SETTINGS).songs[0])
    assert next(iter(song.tasks.values())).hand_over == (HandOver("use the ribbon mic"),)
    assert (
        todotxt.write(outgoing(song)).text
        == "Sing (20m) +Fog @composition note:use_the_ribbon_mic\n"
    )


@pytest.mark.parametrize(
    ("person", "email"),
    [
        ("Jonas Berg", "jonas@x.org"),
        ("Mira", "mira@x.org"),
        ("Ada", ""),
        ("ada@x.org", "ada@x.org"),
        ("", ""),
    ],
)
def test_a_task_that_went_to_somebody_else_goes_out_with_the_address_of_that_person(
    person: str, email: str
) -> None:
    text = "Name,Assignee,Assignee Email\nSing,Jonas Berg,jonas@x.org\nMix,Mira,mira@x.org\n"
    carried = asana.read(text, "Fog.csv", SETTINGS)
    assert carried.kept == ("Assignee Email",)
    draft = carried.songs[0]
    handed = replace(draft, tasks=(replace(draft.tasks[0], person=person), draft.tasks[1]))
    (row, _) = read_table(asana.write(outgoing(again(handed))).text, "x.csv", ["Name"]).rows
    assert (row.get("Assignee"), row.get("Assignee Email")) == (person, email)
