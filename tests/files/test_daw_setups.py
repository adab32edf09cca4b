"""What DAWs' own files say about the way to Songbridge."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge.daw.target import DawSettings
from bridge.files import daw_setups, install_ardour, install_places, shipped
from bridge.files import install_ardour_slots as slots
from bridge.files.install_reaper import FOLDER

REAPER = DawSettings("reaper", port=8000, listen_port=9000, web_host="127.0.0.1", web_port=8080)
OSC = 'csurf_0=OSC "x" 3 9000 "127.0.0.1" 8000 1024 10 ""\n'
WEB = "csurf_1=HTTP 0 8080 '' 'index.html' 0 ''\n"
CUE = "songbridge_cue.lua"


def missing(daw: DawSettings, home: Path, platform: str = "linux") -> list[tuple[str, str]]:
    environ = {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
    }
    found = daw_setups.missing(daw, environ, home / "installed", platform)
    return [(one.what, one.mend) for one in found]


@pytest.fixture
def reaper(tmp_path: Path) -> Path:
    """A REAPER with everything in it."""
    folder = install_places.reaper(
        {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / ".config")}, "linux"
    )
    (folder / FOLDER).mkdir(parents=True)
    (folder / "reaper.ini").write_text(f"[REAPER]\ncsurf_cnt=2\n{OSC}{WEB}", "utf-8")
    (folder / "reaper-kb.ini").write_text(
        'SCR 4 0 SONGBRIDGE_CUE "x" "Songbridge/y.lua"\n', "utf-8"
    )
    script = (shipped.examples() / "reaper" / CUE).read_bytes()
    (folder / FOLDER / CUE).write_bytes(script)
    return folder


def test_a_reaper_that_has_everything_misses_nothing(reaper: Path, tmp_path: Path) -> None:
    assert reaper.is_dir()
    assert missing(REAPER, tmp_path) == []


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("reaper.ini", "[REAPER]\ncsurf_cnt=0\n", "no OSC device that listens on port 8000"),
        ("reaper.ini", f"[REAPER]\ncsurf_cnt=1\n{OSC}", "no web interface on port 8080"),
        (
            "reaper.ini",
            "[REAPER]\ncsurf_cnt=1\n" + OSC.replace("127.0.0.1", "192.0.2.5"),  # a tablet hears it
            "no OSC device that listens on port 8000",
        ),
        ("reaper.ini", "[x]\n", "can't be understood"),
        ("reaper-kb.ini", "", "script is not in REAPER"),
        (str(FOLDER / CUE), "-- old\n", "of another version"),
    ],
)
def test_what_reaper_misses_is_told(
    reaper: Path, tmp_path: Path, file: str, text: str, words: str
) -> None:
    (reaper / file).write_text(text, "utf-8")
    found = missing(REAPER, tmp_path)
    assert any(words in what for what, _ in found)
    assert all(mend for _, mend in found)


def test_nothing_is_said_of_a_daw_elsewhere_or_one_that_is_not_found(tmp_path: Path) -> None:
    assert missing(DawSettings("reaper", host="10.0.0.7", port=8000), tmp_path) == []
    for kind in ("reaper", "ardour", "ableton", "bitwig", "osc", "midi"):
        for platform in ("linux", "darwin", "win32"):
            assert missing(DawSettings(kind, port=1), tmp_path, platform) == []


def test_what_an_ardour_misses_is_told_of_the_newest(tmp_path: Path) -> None:
    daw = DawSettings("ardour", port=3819)
    for number in (6, 8, 10):
        (tmp_path / ".config" / f"ardour{number}").mkdir(parents=True)
    newest = tmp_path / ".config" / "ardour10"
    newest.joinpath("config").write_text(
        '<Option name="osc-port" value="3900"/>'
        '<Protocol name="Open Sound Control (OSC)" remote-port="1" active="0"/>',
        "utf-8",
    )
    said = " / ".join(what for what, _ in missing(daw, tmp_path))
    assert "Open Sound Control is off in ardour10" in said
    assert "listens on port 3900" in said
    assert "no actions for track colours" in said
    newest.joinpath("config").write_text(
        '<Option name="osc-port" value="3819"/>'
        '<Protocol name="Open Sound Control (OSC)" active="1"/>',
        "utf-8",
    )
    newest.joinpath("ui_scripts").write_bytes(slots.with_slots(None, install_ardour.scripts("--")))
    assert missing(daw, tmp_path) == []


@pytest.mark.parametrize(("platform", "above"), [("darwin", "Music"), ("win32", "Documents")])
def test_what_lives_remote_scripts_miss_is_told(tmp_path: Path, platform: str, above: str) -> None:
    daw = DawSettings("ableton", port=11000, listen_port=11001)
    scripts = tmp_path / above / "Ableton" / "User Library" / "Remote Scripts"
    scripts.mkdir(parents=True)
    assert "there is no AbletonOSC" in missing(daw, tmp_path, platform)[0][0]
    other = scripts / "AbletonOSC-master"
    (other / "abletonosc").mkdir(parents=True)
    assert "rename the folder" in missing(daw, tmp_path, platform)[0][1]
    other.rename(scripts / "AbletonOSC")
    song = scripts / "AbletonOSC" / "abletonosc" / "song.py"
    song.write_text('add_handler("/live/song/get/tempo")\n', "utf-8")
    assert "before November 2025" in missing(daw, tmp_path, platform)[0][0]
    song.write_text('add_handler("/live/song/cue_point/set/name")\n', "utf-8")
    assert missing(daw, tmp_path, platform) == []


def test_a_bitwig_without_drivenbymoss_is_told(tmp_path: Path) -> None:
    daw = DawSettings("bitwig", port=8000)
    folder = tmp_path / "Bitwig Studio" / "Extensions"
    folder.mkdir(parents=True)
    assert "no DrivenByMoss" in missing(daw, tmp_path)[0][0]
    (folder / "DrivenByMoss4Bitwig.bwextension").touch()
    assert missing(daw, tmp_path) == []
