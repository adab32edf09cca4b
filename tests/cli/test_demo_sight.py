"""The demo's screen without a terminal: rows of text from a real studio."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.text import Text

from bridge.app.demo_clock import StillClock
from bridge.app.demo_stage import Stage
from bridge.app.demo_studio import staged
from bridge.cli.demo_digits import HEIGHT, large
from bridge.cli.demo_paint import Paint, on_screen
from bridge.cli.demo_sight import SMALLEST, Picture, Sight
from bridge.cli.demo_tour import letter
from bridge.moment import Moment
from tests.standins.desk import SONG, START

PLAIN, COLOURED = Paint(colours=False, blocks=False), Paint(colours=True, blocks=True)
SIZES = [SMALLEST, (80, 33), (100, 34), (112, 34), (120, 40), (300, 90)]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    clock = StillClock(Moment(0.0, START))
    with staged(tmp_path, clock.now, (SONG,)) as stage:
        stage.quiet()
        stage.press("pad.1.1")
        stage.quiet()
        clock.move(90)
        stage.quiet()
        yield stage


@pytest.fixture
def sight(stage: Stage) -> Sight:
    return Sight(
        view=stage.view, lights=stage.pads.lights, news=stage.news, seconds=0.0, speed=30.0,
        slowed=False, holding=False, helping=False, listening="127.0.0.1:7707",
        caption=("a device",), deeds=((" ", "toggle", "pad.7.1"), ("c", "complete", "pad.7.2")),
    )  # fmt: skip


def plain(rows: list[Text]) -> str:
    return "\n".join(row.plain for row in rows)


@pytest.mark.parametrize("paint", [PLAIN, COLOURED])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_size_is_filled_and_never_overflowed(
    sight: Sight, paint: Paint, width: int, height: int
) -> None:
    for state in (sight, replace(sight, helping=True), replace(sight, holding=True)):
        rows = Picture(paint, width, height).rows(state)
        assert len(rows) == height
        assert max(row.cell_len for row in rows) <= width


def test_it_shows_task_section_song_what_is_next_and_what_went_out(sight: Sight) -> None:
    text = plain(Picture(PLAIN, *SMALLEST).rows(sight))
    for part in (
        "Write chord progression", "composition", "Northern Lights", "running",
        "2 Design sound for bassline", "time x30", "127.0.0.1:7707", "space toggle",
        "/lastmarker/name", "? help", "x quit",
    ):  # fmt: skip
        assert part in text


def test_it_says_when_time_is_held_back_and_when_it_is_real(sight: Sight) -> None:
    assert "now x1" in plain(Picture(PLAIN, 80, 24).rows(replace(sight, slowed=True)))
    assert "real time" in plain(Picture(PLAIN, 80, 24).rows(replace(sight, speed=1.0)))


def test_without_blocks_every_character_is_ascii(sight: Sight) -> None:
    for state in (sight, replace(sight, helping=True)):
        assert plain(Picture(PLAIN, 80, 24).rows(state)).isascii()


def test_without_colours_each_pad_has_a_letter_for_what_it_shows(sight: Sight) -> None:
    text = plain(Picture(PLAIN, 80, 24).rows(sight))
    assert "1 B~" in text
    assert letter(sight.lights["pad.1.1"]) == "B~"


@pytest.mark.parametrize(("width", "height"), [(79, 24), (80, 23), (20, 5), (10, 40)])
def test_a_terminal_that_is_too_small_is_told_so(sight: Sight, width: int, height: int) -> None:
    rows = Picture(COLOURED, width, height).rows(sight)
    assert max(row.cell_len for row in rows) <= width
    assert str(width) in rows[0].plain[:10]
    assert len(rows) <= height


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_click_finds_the_control_that_is_drawn_there(
    sight: Sight, width: int, height: int
) -> None:
    picture = Picture(PLAIN, width, height)
    rows = picture.rows(sight)
    found = {
        control
        for row in range(height)
        for column in range(width)
        if (control := picture.control_at(column, row)) is not None
    }
    pads = {f"pad.{row}.{column}" for row in range(1, 9) for column in range(1, 9)}
    sides = {f"side.{row}" for row in range(1, 9)}
    assert pads | sides | {"up", "down", "left", "right"} <= found
    keys = {"1": "pad.1.1", "8": "pad.1.8", "q": "pad.2.1", "c": "pad.7.2", "u": "pad.7.8"}
    for key, control in keys.items():
        drawn = next(
            (column, row)
            for row in range(height)
            for column in range(width)
            if picture.control_at(column, row) == control
        )
        assert rows[drawn[1]].plain[drawn[0]] == key


def test_figures_are_drawn_large_where_there_is_room_and_smaller_where_not() -> None:
    wide, narrow = large("20:00", 40, "#"), large("1:02:03", 30, "#")
    assert [len(row) for row in wide] == [len(wide[0])] * HEIGHT
    assert wide[0].startswith("######  ######")
    assert len(narrow[0]) <= 30
    assert large("1:02:03", 5, "#")[0] == "1:02:"


def test_a_dark_light_is_the_rubber_and_a_dim_one_can_be_seen() -> None:
    assert on_screen((0, 0, 0)) == (38, 38, 42)
    assert on_screen((255, 0, 0)) == (255, 0, 0)
    assert max(on_screen((0, 0, 64))) > 64
