"""What a grid shows, compared with pictures that a human can check.

``SONGBRIDGE_PICTURES=write pytest tests/surface/test_render_pictures.py`` paints them anew; read
the difference before you keep it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bridge.core.actions import SetGoal, SongDraft, TaskDraft
from bridge.core.ear_rest import EarRule
from bridge.core.settings import DEFAULT_STAGES, Settings
from bridge.files.layouts import load_layouts
from bridge.surface.surface import Surface
from tests.standins import devices
from tests.standins.desk import SONG, Desk
from tests.standins.pictures import grid

PICTURES = Path(__file__).parent / "pictures"
SECOND = SongDraft("Tromsø", tasks=(TaskDraft("Record the wind", "sound design", 600.0),))
BIG = SongDraft(
    "Sixty",
    tasks=tuple(
        TaskDraft(f"Step {n}", ("composition", "sound design", "mixing")[n // 20], 600.0)
        for n in range(60)
    ),
)


class Stage:
    """A desk with a grid on it."""

    def __init__(
        self, *songs: SongDraft, settings: Settings | None = None, layout: str = "queue-8x8"
    ) -> None:
        self.desk = Desk(settings, *songs)
        self.surface = Surface(devices.GRID, load_layouts().layouts[layout])

    def picture(self) -> str:
        return grid(self.surface.render(self.desk.view, self.desk.moment))


def empty() -> Stage:
    return Stage()


def idle() -> Stage:
    return Stage(SONG, SECOND)


def running() -> Stage:
    stage = Stage(SONG, SECOND)
    stage.desk.do("start")
    stage.desk.wait(5 * 60)
    return stage


def warning() -> Stage:
    stage = running()
    stage.desk.wait(12 * 60)
    return stage


def danger() -> Stage:
    stage = running()
    stage.desk.wait(14 * 60 + 20)
    return stage


def grace() -> Stage:
    stage = running()
    stage.desk.wait(15 * 60 + 4)
    return stage


def moved_on() -> Stage:
    stage = running()
    stage.desk.wait(15 * 60 + 11)
    return stage


def overtime() -> Stage:
    stage = Stage(SONG, SECOND, settings=Settings(at_zero="keep-counting"))
    stage.desk.do("start")
    stage.desk.wait(21 * 60)
    return stage


def paused() -> Stage:
    stage = running()
    stage.desk.do("pause")
    return stage


def break_time() -> Stage:
    stage = running()
    stage.desk.do("break", "8m")
    stage.desk.wait(3 * 60)
    return stage


def away() -> Stage:
    stage = running()
    stage.desk.wait(3600)
    return stage


def low_day() -> Stage:
    stage = Stage(SONG, SECOND)
    stage.desk.do("prep", "on")
    return stage


def second_page() -> Stage:
    stage = Stage(BIG)
    stage.picture()
    stage.surface.feed(bytes((0xB0, 92, 127)), stage.desk.moment)
    return stage


def refused() -> Stage:
    stage = idle()
    stage.surface.refused("pad.1.8", stage.desk.moment)
    return stage


def fault() -> Stage:
    stage = running()
    stage.surface.fault(on=True)
    return stage


def album() -> Stage:
    """Two songs at the first stage, three at the second, none at the third, one finished."""
    at = (DEFAULT_STAGES[n] for n in (0, 1, 3, 1, 0, 1))
    songs = (SongDraft(f"Song {n}", stage=stage) for n, stage in enumerate(at, 1))
    stage = Stage(SONG, *songs, layout="album-8x8")
    for number, done in ((1, 0.5), (2, 1.0)):
        stage.desk.ask(SetGoal(number, "an EP", done))
    stage.desk.do("start")
    stage.desk.wait(5 * 60)
    stage.desk.do("song", "song-2")
    return stage


def method() -> Stage:
    """Three goals, one of them late; signs of a rut, ways offered; a song that rests."""
    at = Settings(ear_rules=(EarRule("composition", 600.0, 900.0),))
    stage = Stage(SONG, SECOND, BIG, settings=at, layout="method-8x8")
    for number, done, by in ((1, 0.3, ""), (2, 0.6, "2026-09-01"), (3, 1.0, "")):
        stage.desk.ask(SetGoal(number, "an EP", done, by=by))
    stage.desk.do("rest", "tromso")
    stage.desk.do("start")
    stage.desk.wait(15 * 60 + 1)
    for _ in range(5):
        stage.desk.do("extend", "1m")
    stage.desk.do("rut")
    return stage


def order() -> Stage:
    """The second task is in the hand."""
    stage = Stage(SONG, SECOND, layout="order-8x8")
    stage.picture()
    for value in (127, 0):
        stage.surface.feed(bytes((0x90, 1, value)), stage.desk.moment)
    return stage


STATES = (
    empty, idle, running, warning, danger, grace, moved_on, overtime, paused, break_time, away,
    low_day, second_page, refused, fault, album, method, order,
)  # fmt: skip


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_the_grid_shows(state: Callable[[], Stage]) -> None:
    path = PICTURES / f"{state.__name__.replace('_', '-')}.txt"
    picture = state().picture()
    if os.environ.get("SONGBRIDGE_PICTURES") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(picture)
    assert picture == path.read_text()


def test_no_two_states_look_the_same() -> None:
    pictures = [state().picture() for state in STATES]
    assert len(set(pictures)) == len(pictures)


def test_every_picture_is_of_a_state() -> None:
    names = {f"{state.__name__.replace('_', '-')}.txt" for state in STATES}
    assert {path.name for path in PICTURES.glob("*.txt")} == names
