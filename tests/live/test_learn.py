"""`songbridge learn` on a pseudo-terminal, with emulated controllers on a real JACK server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bridge.files.shipped import layout_path
from tests.live.conftest import Pads
from tests.standins.jack_device import wait_until
from tests.standins.service import ANYWHERE, Service
from tests.standins.terminal_line import TerminalLine

pytestmark = pytest.mark.live
PERIOD = 1024

Make = Callable[..., Service]
COMPLETE, QUEUED = 22, 64
"""The LEDs of pad.7.2 and pad.3.4."""

HEAD = (
    "# Your own copy of the layout that comes with Songbridge, since `songbridge learn` changed\n"
    "# something. Without this file the layout that comes with it is used again.\n"
)


def shipped(name: str) -> str:
    return layout_path(name).read_text("utf-8")


def files(home: Path) -> dict[str, bytes]:
    """Return what is in the home of a user's own, byte for byte."""
    folders = ("layouts", "controllers", "learnt")
    paths = [p for folder in folders for p in (home / folder).rglob("*") if p.is_file()]
    paths += [home / "config.toml"] if (home / "config.toml").exists() else []
    return {str(path.relative_to(home)): path.read_bytes() for path in paths}


def test_a_pad_is_taught_without_a_service_and_taken_back(home: Path, pads: Pads) -> None:
    (home / "config.toml").write_text(ANYWHERE, "utf-8")
    before = files(home)
    with TerminalLine(home, "learn", "undo") as line:
        assert line.shows("Press the pad for `undo`"), line.text
        assert pads.shows(lambda pad: pad.programmer), line.text
        pads.press(COMPLETE)
        assert line.shows("that is pad.7.2 on Novation Launchpad Mini MK3"), line.text
        assert line.shows("until now its press did 'complete'"), line.text
        line.type("y")
        assert line.shows("Its light:"), line.text
        assert pads.shows(lambda pad: pad.lit(COMPLETE).effect != "off")
        line.type("")
        assert line.shows("pad.7.2 on Novation Launchpad Mini MK3: press does `undo`"), line.text
        assert line.ended() == 0
    expected = shipped("queue-8x8").replace(
        'on = "pad.7.2"\ndo = "complete"\nshow = "action"\ncolour = "cyan"',
        'on = "pad.7.2"\ndo = "undo"\nshow = "action"\ncolour = "white"',
    )
    assert (home / "layouts" / "queue-8x8.toml").read_text("utf-8") == HEAD + expected
    with TerminalLine(home, "learn", "--undo") as line:
        assert line.shows("taken back: pad.7.2"), line.text
        assert line.ended() == 0
    assert files(home) == before


def test_with_the_service_a_press_does_nothing_else_and_the_file_is_taken_up(
    made: Make, home: Path, pads: Pads
) -> None:
    service = made()
    service.start()
    assert pads.shows(lambda pad: pad.lit(81).effect == "solid")
    with TerminalLine(home, "learn", "mark", "Chorus", "--yes") as line:
        assert line.shows("listening to: Novation Launchpad Mini MK3"), line.text
        assert line.shows("Press the pad for `mark Chorus`")
        with TerminalLine(home, "learn", "skip") as second:
            assert second.shows("somebody is teaching a controller already"), second.text
            assert second.ended() == 1
        pads.press(QUEUED)
        assert line.shows("that is pad.3.4"), line.text
        assert line.shows("until now its press did 'start {n}', as one of pad.1-6.1-8")
        assert line.shows("until now its hold did 'select {n}'")
        assert line.shows("pad.3.4 on Novation Launchpad Mini MK3: press does `mark Chorus`")
        assert line.ended() == 0
    assert service.status()["timer"]["state"] == "idle"
    assert (home / "layouts" / "queue-8x8.toml").read_text("utf-8").count("pad.3.4") == 1
    assert pads.shows(lambda pad: pad.programmer and pad.lit(QUEUED).effect != "off")
    assert service.status()["faults"] == []
    pads.press(81)
    assert service.shows(lambda status: status["timer"]["state"] == "running")


def test_whoever_learns_and_is_cut_off_ends_the_lesson(made: Make, home: Path, pads: Pads) -> None:
    service = made()
    service.start()
    assert pads.shows(lambda pad: pad.lit(81).effect == "solid")
    before = files(home)
    with TerminalLine(home, "learn", "skip") as line:
        assert line.shows("Press the pad for `skip`"), line.text
        line.hang_up()
        assert line.ended() != 0

    def starts() -> bool:
        pads.press(81)
        return bool(service.shows(lambda status: status["timer"]["state"] == "running", 0.5))

    assert wait_until(starts, 10.0)
    assert files(home) == before
