"""The example of rules for cues, played: each DAW is told what its README promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge.files.config import load_config
from bridge.files.home import Home
from bridge.messages import Marker
from tests.standins.desk import SONG, Desk
from tests.standins.ruled import told
from tests.standins.studio import Studio

FOLDER = Path(__file__).parents[2] / "examples" / "cue-rules"
GREEN, RED = "#00C853", "#FF1744"


@pytest.fixture
def studio() -> Studio:
    config = load_config(Home(FOLDER, FOLDER))
    return Studio([SONG], settings=config.settings, daws=config.daws)


def lights(studio: Studio) -> list[tuple[str, ...]]:
    """Return what the lights were told since the last look."""
    cues = [m for m in studio.osc.to("Lights") if m.address.startswith("/songbridge/cue/")]
    studio.osc.sent.clear()
    return [(m.address.rpartition("/")[2], *map(str, m.args)) for m in cues]


def test_the_lights_show_the_task_and_what_is_left_of_it(studio: Studio) -> None:
    studio.do("start", 2)
    assert lights(studio) == [
        ("track", "Bass", GREEN),
        ("text", "Design sound for bassline (25m left)"),
    ]
    studio.do("extend", "5m")
    assert lights(studio)[1:] == [("text", "Design sound for bassline (30m left, +5m)")]
    studio.do("pause")
    assert lights(studio) == []
    studio.do("resume")
    studio.wait(30 * 60 + 1)
    assert lights(studio)[2:] == [
        ("track", "Bass", RED),
        ("text", "time is up: Design sound for bassline"),
    ]
    studio.do("break")
    assert lights(studio) == [("text", "break (5m)"), ("stop",)]


def test_the_night_is_quiet(studio: Studio) -> None:
    studio.wait(2 * 3600)
    studio.do("start")
    studio.do("extend", "5m")
    assert lights(studio) == []
    studio.do("mark", "idea")
    assert lights(studio) == [("marker", "idea", "#3FA7FF")]


def test_reaper_gets_markers_that_say_where_they_belong() -> None:
    desk = Desk(load_config(Home(FOLDER, FOLDER)).settings, SONG)
    cues = told(desk, desk.do("start"))
    assert cues[0] == Marker(
        "Northern Lights: composition: Write chord progression", "#3FA7FF", ("reaper",)
    )
    desk.do("start", "northern-lights.3")
    desk.wait(33 * 60)
    done = told(desk, desk.do("complete"))
    assert done[:2] == [
        Marker("Balance drums and bass: 33m (3m over)", "#FFB000", ("reaper",)),
        Marker("done: Balance drums and bass", "#FFB000", ("Lights",)),
    ]
