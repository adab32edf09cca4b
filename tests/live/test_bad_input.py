"""What is wrong when the service starts or runs: one line, exit code 1, and nothing changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.live.conftest import Pads
from tests.standins.osc_caller import OscCaller
from tests.standins.service import ANYWHERE, Service, entries

pytestmark = pytest.mark.live
PERIOD = 1024

Make = Callable[..., Service]
NOBODY = {"JACK_DEFAULT_SERVER": "songbridge-nobody", "JACK_NO_START_SERVER": "1"}

PROFILE = """
schema = 1
id = "mine"
name = "Mine"
provides = ["grid4x4"]
[[grid]]
name = "pad"
rows = 4
cols = 4
origin = 36
row_step = 4
col_step = 1
[control]
foot = { number = 40 }
"""
MINE = '[[controller]]\nprofile = "mine"\n'
USED = '[[controller]]\nprofile = "novation-launchpad-mini-mk3"\nlayout = "mine"\n'
LAYOUT = 'schema = 1\nid = "mine"\nname = "Mine"\nrequires = ["grid8x8"]\n'


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"config.toml": "[osc\n"}, ["config.toml:1"]),
        ({"config.toml": "[osc]\nlisten = \xff"}, ["config.toml"]),
        ({"config.toml": ANYWHERE + "[tmier]\n"}, ["config.toml:5", "did you mean", "timer"]),
        ({"config.toml": ANYWHERE + '[timer]\ngrace = "soon"\n'}, ["timer.grace", '"soon"']),
        ({"config.toml": ANYWHERE + '[midi]\napi = "oss"\n'}, ["midi.api", "alsa"]),
        ({"config.toml": ANYWHERE + '[[daw]]\nkind = "cubase"\n'}, ["daw", "reaper"]),
        ({"config.toml": '[http]\nlisten = "0.0.0.0:0"\n'}, ["http.listen", "token"]),
        ({"config.toml": ANYWHERE + MINE}, ["mine", "novation-launchpad-mini-mk3"]),
        (
            {"config.toml": ANYWHERE + MINE, "controllers/mine.toml": PROFILE},
            ["mine.toml", "foot", "pad.2.1", "note 40"],
        ),
        (
            {"config.toml": ANYWHERE + MINE, "controllers/mine.toml": "schema = 1\n"},
            ["mine.toml"],
        ),
        (
            {
                "config.toml": ANYWHERE + USED,
                "layouts/mine.toml": LAYOUT + '[[bind]]\non = "pad.9.9"\ndo = "toggle"\n',
            },
            ["mine", "pad.9.9"],
        ),
        (
            {
                "config.toml": ANYWHERE + USED,
                "layouts/mine.toml": LAYOUT + '[[bind]]\non = "pad.1.1"\ndo = "togle"\n',
            },
            ["mine.toml", "togle", "toggle"],
        ),
        ({"journal.db": None}, ["journal"]),
    ],
)  # fmt: skip
def test_a_service_that_can_not_start_says_why_and_leaves_all_as_it_was(
    tmp_path: Path, files: dict[str, str | None], told: list[str]
) -> None:
    home = tmp_path / "home"
    service = Service(home, environ=NOBODY)
    for name, text in files.items():
        place = home / name
        place.parent.mkdir(exist_ok=True)
        if text is None:
            place.mkdir()
        else:
            place.write_bytes(text.encode("latin-1"))
    before = contents(home)
    try:
        service.spawn()
        code = service.wait()
    finally:
        service.end()
    assert (code, len(service.lines)) == (1, 1), service.lines
    for words in told:
        assert words in service.lines[0]
    assert contents(home) == before


def contents(home: Path) -> dict[str, bytes]:
    """Return every file; who holds the lock, and an empty journal, are no content."""
    left = ("service.lock", "journal.db-wal", "journal.db-shm")
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and path.name not in left
    }


def studio_of(service: Service) -> dict[str, Any]:
    """Return the status without the count of what came in by OSC."""
    return {name: value for name, value in service.status().items() if name != "osc"}


def test_what_a_running_service_refuses_changes_nothing(made: Make, home: Path) -> None:
    service = made(environ=NOBODY)
    service.start()
    (home / "soon.toml").write_text(
        'title = "Soon"\n[[task]]\ntitle = "Sing"\nsection = "mixing"\nbudget = "soon"\n',
        encoding="utf-8",
    )
    before = studio_of(service)
    with OscCaller(service.osc) as caller:
        for name in ("complete", "skip", "later", "extend", "pause", "resume", "back", "end"):
            refused = caller.ask(f"/songbridge/{name}")
            assert refused.address == "/songbridge/error"
            assert "\n" not in str(refused.args[1])
    for words in (["complete"], ["start", "99"], ["song", "import", str(home / "soon.toml")]):
        done = subprocess.run(
            [sys.executable, "-m", "bridge", *words],
            env={**os.environ, "SONGBRIDGE_HOME": str(home)},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done
    assert studio_of(service) == before
    assert service.stop()[0] == 0
    assert len(entries(home)) == 1


def test_a_press_that_makes_no_sense_blinks_red_and_changes_nothing(made: Make, pads: Pads) -> None:
    service = made()
    service.start()
    assert pads.shows(lambda pad: pad.lit(81).effect == "solid")
    looked, before = pads.look(), service.status()["seq"]
    pads.press(22)  # complete, with nothing begun
    assert pads.shows(lambda pad: pad.lit(22).effect == "flash")
    assert pads.shows(lambda pad: pad.all_lit() == looked)
    assert service.status()["seq"] == before
