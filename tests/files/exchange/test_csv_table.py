"""CSV as the world writes it, and what is written so that it harms nobody who opens it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.files.exchange import asana
from bridge.files.exchange.csv_table import guarded, read_table, unguarded, write_table
from tests.standins.plans import SETTINGS

_CELLS = st.text() | st.sampled_from(
    ["=1+1", '=HYPERLINK("http://x","y")', "@SUM(A1)", "+6dB", "-3 dB on the bass (20m)", "'=x", "''=x",
     "'", "'tis", "-cmd|' /C calc'!A0", "\t=1", "@home", "- fix it", "=", "x=1", "\r\n=1", "+f(x)"]
)  # fmt: skip


@given(_CELLS)
def test_a_guarded_cell_begins_no_formula_and_comes_back_as_it_was(cell: str) -> None:
    written = guarded(cell)
    assert not written.lstrip().startswith("=")
    assert not (written.startswith(("@", "+", "-")) and ("|" in written or "SUM(" in written))
    assert unguarded(written) == cell


@pytest.mark.parametrize("cell", ["+6dB", "-3 dB on the bass (20m)", "@home", "- fix it", "'tis"])
def test_words_that_are_no_formula_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell


def test_a_task_that_is_a_formula_goes_out_as_words_and_comes_in_again() -> None:
    title = '=HYPERLINK("http://evil.example","listen")'
    text = write_table(["Name"], [{"Name": title}])
    assert list(csv.reader(io.StringIO(text))) == [["Name"], [f"'{title}"]]
    (draft,) = asana.read(text, "plan.csv", SETTINGS).songs
    assert draft.tasks[0].title == title


@given(
    st.lists(_CELLS.filter(lambda c: "\0" not in c), min_size=3, max_size=3).filter(
        lambda row: any(cell.strip() for cell in row)
    )
)
def test_any_row_comes_back(row: list[str]) -> None:
    header = ["One", "Two", "Three"]
    table = read_table(write_table(header, [dict(zip(header, row, strict=True))]), "f", ["One"])
    assert [table.rows[0].cells[name] for name in header] == row


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_of_any_spreadsheet(separator: str, end: str) -> None:
    rows = [["Name", "notes", "NAME", "", "Notes"], ["Sing", 'so "soft"', "x", "y", "z"], ["", "a"]]
    quoted = ([f'"{c.replace(chr(34), chr(34) * 2)}"' for c in row] for row in rows)
    table = read_table(end.join(separator.join(row) for row in quoted), "f.csv", ["Name"])
    assert table.header == ("Name", "notes", "NAME (3)", "column 4", "Notes (5)")
    assert [line.get("Name") for line in table.rows] == ["Sing", ""]
    assert table.rows[0].get("NOTES") == 'so "soft"'
    assert table.rows[0].get("notes (5)") == "z"


def test_dates_that_mean_two_days_are_told_unless_the_file_shows_their_order() -> None:
    text = "Name,Due Date,Start Date\nSing,03/04/2026,2026-09-20\nPlay,05.06.26,\n"
    assert asana.read(text, "plan.csv", SETTINGS).notes == (
        (
            "plan.csv:2-3: Due Date: day and month can't be told apart; kept as written"
            ' (for example "03/04/2026")'
        ),
    )
    assert asana.read(text + "Rest,22/9/2025,\n", "plan.csv", SETTINGS).notes == ()
    assert asana.read("Name,Due Date\nSing,4/4/2026\n", "plan.csv", SETTINGS).notes == ()
