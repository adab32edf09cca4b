"""Whatever a file says is in the songs, or in the list of what was left: by its line, under its column."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bridge.files.exchange.carried import Carried
from bridge.files.exchange.csv_table import write_table
from bridge.files.exchange.table import FORMATS
from tests.standins.plans import SETTINGS, again, outgoing

_COLUMNS = {
    "asana": (
        "Task ID", "Created At", "Completed At", "Last Modified", "Name", "Section/Column", "Assignee",
        "Assignee Email", "Start Date", "Due Date", "Tags", "Notes", "Projects", "Parent task",
        "Blocked By (Dependencies)", "Blocking (Dependencies)", "Priority", "Task Progress",
        "Estimated time", "Actual time", "Mood", "Mood", "",
    ),
    "todoist": (
        "TYPE", "CONTENT", "DESCRIPTION", "PRIORITY", "INDENT", "AUTHOR", "RESPONSIBLE", "DATE",
        "DATE_LANG", "TIMEZONE", "DURATION", "DURATION_UNIT", "DEADLINE", "DEADLINE_LANG", "new",
    ),
    "toggl": (
        "User", "Email", "Client", "Project", "Task", "Description", "Billable", "Start date",
        "Start time", "End date", "End time", "Duration", "Tags", "Amount ()",
    ),
}  # fmt: skip
"""Columns of section 5 of the facts, and of real exports, and what no export ever had."""

_WORD = "word-{}-{}"
_ODD = st.sampled_from(
    ["", "   ", "1:15", "0:20:00", "75", "1,5", "soon", "99999", "1.21E+15", "2026-09-20", "03/04/2026",
     "x\ny", "a, b", "set-aside", "(no section)", "Mix:", "5"]
)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn, form: str) -> list[list[str]]:
    """Rows of cells: most with a word of their own, some odd; columns in any order, some missing."""
    needed = {"asana": ["Name"], "todoist": ["TYPE", "CONTENT"], "toggl": ["Duration"]}[form]
    columns = list(draw(st.permutations(_COLUMNS[form])))
    gone = draw(st.sets(st.sampled_from(_COLUMNS[form]), max_size=4)) - set(needed)
    columns = [name for name in columns if name not in gone]
    rows = []
    for r in range(draw(st.integers(1, 4))):
        cells = [
            draw(_ODD) if draw(st.integers(0, 3)) == 0 else _WORD.format(r, c)
            for c in range(len(columns))
        ]
        if form == "todoist":
            kinds = ["task", "TASK", "section", "note", "meta", "other"]
            cells[columns.index("TYPE")] = draw(st.sampled_from(kinds))
        rows.append(cells)
    return [columns, *rows]


def unsaid(table: list[list[str]], carried: Carried) -> list[tuple[str, str]]:
    """Return the cells that are neither in a song, as words, nor told with their line."""
    header, line = table[0], 2
    songs = json.dumps([repr(song) for song in carried.songs], ensure_ascii=False)
    missing = []
    for cells in table[1:]:
        told = " ".join(one for one in carried.left if at_line(one, line))
        for column, cell in zip(header, cells, strict=True):
            if "word-" in cell and not re.search(rf"{cell}\b", songs) and not says(told, column):
                missing.append((column, cell))
        line += 1 + sum("\n" in cell for cell in cells)
    return missing


def at_line(told: str, line: int) -> bool:
    found = re.match(r"f\.csv:([0-9,-]+):", told)
    spans = [part.partition("-") for part in found[1].split(",")] if found else []
    return any(int(first) <= line <= int(last or first) for first, _, last in spans)


def says(told: str, column: str) -> bool:
    """Tell whether the sentences of a row name the column, or the row as a whole."""
    names = [column, "column"] if not column else [column]
    whole = ("a task without a title", "no task, section or note", "a note that belongs to no task")
    return any(name.casefold() in told.casefold() for name in names) or any(
        w in told for w in whole
    )


@pytest.mark.parametrize("form", _COLUMNS)
@settings(max_examples=50)
@given(st.data())
def test_every_cell_of_a_table_is_carried_kept_or_told(form: str, data: st.DataObject) -> None:
    table = data.draw(tables(form))
    header = [
        name if table[0].index(name) == i else f"{name}\u200b" for i, name in enumerate(table[0])
    ]
    text = write_table(header, [dict(zip(header, row, strict=True)) for row in table[1:]])
    reader = FORMATS[form].read
    assert reader is not None
    assume(any(cell.strip() for row in table[1:] for cell in row))
    carried = reader(text.replace("\u200b", "").encode(), "f.csv", SETTINGS, False)
    assert unsaid(table, carried) == []


_NAMES = st.sampled_from(
    ["description", "project", "status", "section", "budget", "spent", "track", "person", "tags",
     "annotations", "priority", "due", "uda_mood", "depends", "uuid", "entry", "end", "wait"]
)  # fmt: skip


@given(
    st.dictionaries(
        _NAMES, st.sampled_from(["w", 5, 5.5, True, None, ["w", 3], {"a": "w"}, "", []])
    )
)
def test_every_attribute_of_taskwarrior_comes_back_or_is_told(told: dict[str, object]) -> None:
    task = {**told, "description": "Sing", "status": "pending"}
    reader, writer = FORMATS["taskwarrior"].read, FORMATS["taskwarrior"].write
    assert reader is not None
    assert writer is not None
    carried = reader(json.dumps(task).encode(), "f.csv", SETTINGS, False)
    (out,) = json.loads(writer(outgoing(*map(again, carried.songs))).text)
    left = " ".join(carried.left)
    task.pop("end", None)  # what is pending has not ended
    for name, value in task.items():
        if value not in ("", None, [], {}) and out.get(name) != value:
            assert f"{name}" in left, (name, value, out)


_TXT = st.sampled_from(
    ["x", "(A)", "2026-09-20", "2026-09-21", "word-a", "word-b", "+Fog", "+Rain", "@mixing", "@live",
     "due:2026-10-01", "person:Mira", "person:Ada", "spent:5m", "spent:soon", "state:skipped",
     "state:odd", "(20m)", "(99h)", "http://x.y/z?a=1", "note:louder", "track:Bass", "pri:B"]
)  # fmt: skip


@given(st.lists(_TXT, min_size=1, max_size=8))
def test_every_word_of_todo_txt_comes_back_or_is_told(words: list[str]) -> None:
    line = " ".join(words)
    reader, writer = FORMATS["todo.txt"].read, FORMATS["todo.txt"].write
    assert reader is not None
    assert writer is not None
    carried = reader(line.encode(), "f.csv", SETTINGS, False)
    left = " ".join(carried.left)
    if not carried.songs[0].tasks:
        assert "a task without a title" in left
        return
    out = writer(outgoing(*map(again, carried.songs))).text.replace("%28", "(").replace("%78", "x")
    out = re.sub("%3([0-9])", r"\1", out)
    for word in words:
        told = word.partition(":")[0] in left or word in left or "budget" in left
        assert word in out.split() or told, (line, out, left)
