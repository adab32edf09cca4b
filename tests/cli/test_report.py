"""`report`: the same with the service and without, in 80 columns, for days as people write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bridge.cli.report_days import local_day, parse
from bridge.cli.report_drawing import in_ascii
from bridge.cli.report_terminal import lines
from bridge.core.figures_reckoning import figures
from bridge.errors import Invalid
from tests.standins import year
from tests.standins.command import Terminal
from tests.standins.hostile_songs import HOSTILE, worked_on

MONTHS = year.entries(year.MONTHS)
GOLDEN = Path(__file__).parent / "report.txt"


def shown(width: int = 80) -> str:
    told = figures(MONTHS, MONTHS[-1].at, year.day)
    return "".join(f"{line.plain}\n" for line in lines(told, width))


@pytest.fixture
def studio(tmp_path: Path) -> Terminal:
    song = tmp_path / "song.toml"
    song.write_text('title = "Northern Lights"\n[[task]]\ntitle = "Write chords (20m)"\n', "utf-8")
    terminal = Terminal(tmp_path / "home")
    terminal.well("song", "import", str(song))
    terminal.well("start")
    terminal.wait(600)
    terminal.well("complete")
    terminal.well("end")
    return terminal


def test_the_report_of_two_months_is_the_one_that_was_looked_at() -> None:
    assert shown() == GOLDEN.read_text("utf-8"), "look at it, then: python -m tests.cli.report_text"


@pytest.mark.parametrize("width", [40, 55, 72, 80])
def test_no_table_is_wider_than_the_terminal(width: int) -> None:
    hostile = worked_on(HOSTILE)
    for entries in (MONTHS, hostile.journal):
        told = figures(entries, entries[-1].at, year.day)
        wide = [line.plain for line in lines(told, width) if line.cell_len > width]
        keys = ("·", "░ below", "░ idea", "In a row")  # sentences and keys may wrap
        columns = [line for line in wide if "   " in line]
        assert [line for line in columns if not any(sign in line for sign in keys)] == []
        if width == 80:
            assert wide == []


def test_a_terminal_without_boxes_is_shown_letters_in_the_same_columns() -> None:
    told = figures(MONTHS, MONTHS[-1].at, year.day)
    for drawn, plain in zip(lines(told, 80), map(in_ascii, lines(told, 80)), strict=True):
        assert plain.plain.isascii()
        assert plain.cell_len == drawn.cell_len


def test_a_small_history_is_told_in_few_lines(studio: Terminal) -> None:
    told = studio.well("report")
    assert "10m in 1 sitting on 1 day · 1 task done" in told
    assert "one task so far: 0.50 times its plan" in told
    assert "By kind" not in told
    assert "Days at work" not in told


def test_nothing_is_told_of_nothing(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home")
    assert "nothing was worked on these days" in terminal.well("report")
    assert not (tmp_path / "home").exists()


def test_json_has_every_figure(studio: Terminal) -> None:
    told = studio("report", "--json").json
    assert told["total"]["real"] == 600
    assert told["sections"][0]["name"] == "composition"
    assert told["accuracy"]["ratio"]["median"] == 0.5
    assert told["week"]["done"][0]["title"] == "Write chords"


def test_a_report_is_limited_to_a_song_a_person_and_days(studio: Terminal) -> None:
    assert "· Northern Lights" in studio.well("report", "--song", "northern lights")
    assert "nothing was worked" in studio.well("report", "--until", "2026-01")
    said = studio("report", "--song", "no")
    assert (said.code, said.err) == (
        1,
        "the journal knows no song 'no'; there are northern-lights\n",
    )
    assert studio("report", "--person", "Ann").err.endswith("the journal names none\n")
    assert "is no day; allowed are 2026-03-14" in studio("report", "--since", "soon").err


def test_a_report_can_not_begin_on_a_day_to_come(studio: Terminal) -> None:
    said = studio("report", "--since", "2099")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(
        "2099-01-01 is yet to come; a report begins on a day up to today, 2026-"
    )
    assert said.err.count("\n") == 1
    assert "done" in studio.well("report", "--until", "2099")


def test_the_page_is_written_over_a_report_and_over_nothing_else(
    studio: Terminal, tmp_path: Path
) -> None:
    file, other = tmp_path / "r.html", tmp_path / "other.html"
    assert studio.well("report", "--html", str(file)) == f"written: {file}\n"
    assert studio.well("report", "--html", str(file))
    assert "<!doctype html>" in file.read_text("utf-8")
    other.write_text("mine", "utf-8")
    said = studio("report", "--html", str(other))
    assert (said.code, other.read_text("utf-8")) == (1, "mine")
    assert "is there already and is no report" in said.err
    assert studio("report", "--html", str(tmp_path / "no" / "r.html")).code == 1


TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2026-03-14", date(2026, 3, 14), date(2026, 3, 14)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("today", TODAY, TODAY),
        ("Yesterday", date(2026, 3, 30), date(2026, 3, 30)),
        ("10d", date(2026, 3, 21), date(2026, 3, 21)),
        ("2 weeks", date(2026, 3, 17), date(2026, 3, 17)),
        ("1 month", date(2026, 2, 28), date(2026, 2, 28)),
        ("1y", date(2025, 3, 31), date(2025, 3, 31)),
    ],
)
def test_days_are_read_as_people_write_them(words: str, first: date, last: date) -> None:
    assert parse(words, TODAY) == first
    assert parse(words, TODAY, last=True) == last


@pytest.mark.parametrize(
    "words", ["", "2026-02-30", "2026-13", "0000", "9999 y", "9999y", "5", "5m", "٣d", "1d" * 40]
)
def test_what_is_no_day_is_refused(words: str) -> None:
    with pytest.raises(Invalid, match="is no day; allowed are"):
        parse(words, TODAY)


@pytest.mark.parametrize("at", [1e30, -1e30, float("nan"), float("inf")])
def test_an_instant_that_no_calendar_has_is_the_first_day(at: float) -> None:
    assert local_day(at) == date(1970, 1, 1)


def test_titles_are_never_obeyed_by_the_terminal() -> None:
    desk = worked_on(HOSTILE)
    told = figures(desk.journal, desk.moment.wall, year.day)
    text = "".join(line.plain for line in lines(told, 80))
    assert "\x1b" not in text
    assert "\u202e" not in text
