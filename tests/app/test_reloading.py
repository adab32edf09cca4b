"""A wrong file stops what needs it and nothing else; what waits for a restart is what differs from it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import pytest

from bridge.app import reloading
from bridge.app.osc_out import PortsOut
from bridge.app.reloading import Reloader, make_controllers
from bridge.app.tapping import Taps
from bridge.errors import InvalidFile
from bridge.files.home import Home
from bridge.moment import Moment
from tests.standins.studio import Studio

NAMED = '[[controller]]\nprofile = "generic-pads"\n'


@pytest.fixture
def home(tmp_path: Path) -> Home:
    for folder in ("controllers", "layouts"):
        (tmp_path / folder).mkdir()
    return Home(tmp_path, tmp_path)


def unused(home: Home) -> list[str]:
    made = make_controllers(reloading.read(home), home, Taps())
    return [Path(error.file).name for error in made.unused]


def test_a_wrong_file_that_nothing_needs_is_left_aside(home: Home) -> None:
    (home.controllers / "z.toml").write_text("garbage", encoding="utf-8")
    (home.layouts / "x.toml").write_text("id = 5\n", encoding="utf-8")
    assert unused(home) == ["z.toml", "x.toml"]


def test_a_wrong_file_in_place_of_a_shipped_one_is_left_aside_only_where_that_is_not_used(
    home: Home,
) -> None:
    (home.controllers / "novation-launchpad-mini-mk3.toml").write_text("garbage", encoding="utf-8")
    with pytest.raises(InvalidFile, match=r"novation-launchpad-mini-mk3\.toml:1"):
        unused(home)
    home.config_file.write_text(NAMED, encoding="utf-8")
    assert unused(home) == ["novation-launchpad-mini-mk3.toml"]


@pytest.mark.parametrize(
    ("file", "config"),
    [
        ("controllers/z.toml", '[[controller]]\nprofile = "z"\n'),
        ("layouts/x.toml", NAMED + 'layout = "x"\n'),
        ("layouts/pads-4x4.toml", NAMED),
    ],
)
def test_a_wrong_file_that_is_needed_is_refused(home: Home, file: str, config: str) -> None:
    (home.config_dir / file).write_text("garbage", encoding="utf-8")
    home.config_file.write_text(config, encoding="utf-8")
    with pytest.raises(InvalidFile, match=rf"{Path(file).name}:1"):
        unused(home)


def test_a_folder_is_no_layout(home: Home) -> None:
    (home.layouts / "d.toml").mkdir()
    assert unused(home) == []


def test_a_layout_that_does_not_fit_is_told_with_file_line_and_key(home: Home) -> None:
    home.config_file.write_text(NAMED + 'layout = "queue-8x8"\n', encoding="utf-8")
    with pytest.raises(InvalidFile, match="needs grid8x8") as refused:
        unused(home)
    assert (refused.value.line, refused.value.key) == (3, "controller[1].layout")


class Reloaded:
    """A service's reloader on a home, and what it said."""

    def __init__(self, home: Home) -> None:
        self.home, self.said = home, list[str]()
        studio = Studio()
        config = reloading.read(home)
        studio.session.controllers = make_controllers(config, home, Taps())
        out = cast("PortsOut", studio.session.osc)  # nothing here changes a DAW
        self.reloader = Reloader(home, config, studio.session, out, self.said.append)

    def write(self, text: str) -> str:
        self.home.config_file.write_text(text, encoding="utf-8")
        self.reloader.reload(Moment(0.0, 0.0))
        return self.said[-1]


def test_what_is_wrong_and_not_needed_is_said_at_the_start_and_when_read_again(home: Home) -> None:
    (home.controllers / "z.toml").write_text("garbage", encoding="utf-8")
    service = Reloaded(home)
    assert [line.partition(os.sep)[0] for line in service.said] == ["not used, since it is wrong: "]
    assert "z.toml:1" in service.write(NAMED)


def test_only_what_differs_from_the_start_waits_for_the_next(home: Home) -> None:
    service = Reloaded(home)
    elsewhere = service.write('[osc]\nlisten = "127.0.0.1:7907"\n')
    assert elsewhere == "the configuration was read again; [osc] from the next start on"
    assert service.write('[timer]\nbudget = "7m"\n') == "the configuration was read again"
