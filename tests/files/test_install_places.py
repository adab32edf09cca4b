"""Where DAWs keep their settings on each system, and which of them runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bridge.files import install_places as places


@pytest.mark.parametrize(
    ("platform", "folder"),
    [
        ("linux", ".config/REAPER"),
        ("darwin", "Library/Application Support/REAPER"),
        ("win32", "AppData/Roaming/REAPER"),
    ],
)
def test_reapers_folder_is_the_documented_one(tmp_path: Path, platform: str, folder: str) -> None:
    assert places.reaper({"HOME": str(tmp_path)}, platform) == tmp_path / folder


def test_a_moved_configuration_is_followed(tmp_path: Path) -> None:
    here = {"HOME": "/nowhere", "XDG_CONFIG_HOME": str(tmp_path), "APPDATA": str(tmp_path)}
    assert places.reaper(here, "linux") == places.reaper(here, "win32") == tmp_path / "REAPER"


@pytest.mark.parametrize(
    ("platform", "above", "name"),
    [
        ("linux", ".config", "ardour"),
        ("darwin", "Library/Preferences", "Ardour"),
        ("win32", "AppData/Local", "ardour"),
    ],
)
def test_every_ardour_from_6_on_is_found_the_newest_first(
    tmp_path: Path, platform: str, above: str, name: str
) -> None:
    for number in ("9", "10", "6", "5", "x", ""):
        (tmp_path / above / f"{name}{number}").mkdir(parents=True)
    found = places.ardour({"HOME": str(tmp_path)}, platform)
    assert [folder.name for folder in found] == [f"{name}10", f"{name}9", f"{name}6"]


@pytest.mark.parametrize(
    ("listed", "kind"),
    [
        ("reaper", "reaper"),
        ("reaper.exe", "reaper"),
        ("/Applications/REAPER.app/Contents/MacOS/REAPER", "reaper"),
        ("ArdourGUI", "ardour"),
        ("ardour-7.3.0~ds0", "ardour"),
        ("/Applications/Ableton Live 12 Suite.app/Contents/MacOS/Live", "ableton"),
        ("Ableton Live 12 Suite.exe", "ableton"),
        ("BitwigStudio", "bitwig"),
        ("C:\\Programs\\Bitwig Studio.exe", "bitwig"),
        ("reaper-cleaner", None),
        ("LiveUpdate", None),
        ("vim", None),
    ],
)
def test_a_daw_is_known_by_its_program(
    monkeypatch: pytest.MonkeyPatch, listed: str, kind: str | None
) -> None:
    monkeypatch.setattr(places, "_processes", lambda _platform: iter([(1, "init"), (77, listed)]))
    assert places.all_running() == ({kind: 77} if kind else {})
    assert places.running("reaper") == (77 if kind == "reaper" else None)


def test_the_list_of_processes_has_this_one() -> None:
    assert os.getpid() in {pid for pid, _ in places._processes(sys.platform)}


def test_a_host_is_here_when_this_machine_can_take_it() -> None:
    assert places.is_here("127.0.0.1")
    assert places.is_here("localhost")
    assert not places.is_here("192.0.2.5")
    assert not places.is_here("x" * 300)
