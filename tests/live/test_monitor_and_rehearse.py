"""An evening recorded from a running service, and rehearsed: the same facts, datagrams and lights."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bridge.files.profiles import load_profiles
from bridge.files.recording import read_recording
from bridge.messages import Osc
from tests.live.conftest import Pads
from tests.standins.emulators.launchpad import LaunchpadMiniMk3
from tests.standins.jack_device import wait_until
from tests.standins.osc_caller import OscCaller
from tests.standins.osc_target import OscTargetStandIn
from tests.standins.patience import PATIENCE
from tests.standins.service import Service

pytestmark = pytest.mark.live
PERIOD = 1024

Make = Callable[..., Service]
Row = dict[str, Any]
FIRST, COMPLETE, BREAK, MARK, UNDO = 81, 22, 26, 27, 28
TOKEN = "never-in-a-recording"  # noqa: S105 - looked for, not used


@contextmanager
def recording(service: Service, file: Path, *more: str) -> Iterator[list[Row]]:
    """Let ``songbridge monitor --json --record`` run; its rows are there afterwards."""
    out = file.with_suffix(".out")
    command = [sys.executable, "-m", "bridge", "monitor", "--json", "--home", str(service.home)]
    rows: list[Row] = []
    with out.open("w") as stream:
        process = subprocess.Popen(
            [*command, "--record", str(file), *more], stdout=stream, stderr=subprocess.PIPE
        )
        assert wait_until(lambda: file.exists() and file.read_text("utf-8").endswith("\n"))
        try:
            yield rows
        finally:
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, "recorded" in said.decode()) == (0, True), said
    rows += [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def rehearsed(file: Path, home: Path, *more: str) -> list[Row]:
    command = [sys.executable, "-m", "bridge", "rehearse", str(file), "--json", *more]
    done = subprocess.run(
        [*command, "--home", str(home)], capture_output=True, check=False, timeout=60,
        env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def told(rows: list[Row], *channels: str) -> list[str]:
    """Return what went out on these channels, without the countdown's seconds."""
    return [
        f"{row['channel']} {row['who']} {row['text']}"
        for row in rows
        if row["channel"] in channels and row["way"] == "out"
        if "/songbridge/timer" not in row["text"]
    ]


def picture(rows: list[Row]) -> dict[int, Any]:
    """Return what a Launchpad shows that was sent the lights among `rows`."""
    pad = LaunchpadMiniMk3()
    for data in load_profiles().profiles["novation-launchpad-mini-mk3"].session.enter:
        pad.receive(data, 0.0)
    for row in rows:
        if row["channel"] == "light" and row["more"]:
            pad.receive(bytes.fromhex(row["data"]), row["at"])
    return pad.all_lit()


def test_a_rehearsal_sends_what_the_recorded_evening_sent(
    made: Make, pads: Pads, tmp_path: Path
) -> None:
    file = tmp_path / "evening.jsonl"
    with OscTargetStandIn() as target, OscTargetStandIn() as tablet:
        config = (
            f'[[daw]]\nkind = "osc"\nhost = "127.0.0.1:{target.port}"\n'
            f'[[osc.feedback]]\nhost = "127.0.0.1:{tablet.port}"\n'
        )
        service = made(config, environ={"SONGBRIDGE_TOKEN": ""})
        service.start()
        assert pads.shows(lambda pad: pad.programmer and pad.all_lit())
        with recording(service, file) as rows, OscCaller(service.osc) as caller:
            evening(service, pads, caller)
            live = pads.look()
        played = rehearsed(file, tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()

    facts = told(rows, "fact")
    assert len(facts) >= 8
    assert told(played, "fact") == facts
    cues = [words(message) for message in target.messages]
    assert len(cues) >= 8
    assert [row["text"] for row in played if row["channel"] == "cue"] == cues
    answers = [text for text in told(rows, "osc") if "/ok" in text or "/error" in text]
    assert len(answers) == 3
    assert [text for text in told(played, "osc") if "/ok" in text or "/error" in text] == answers
    assert told(played, "midi") == told(rows, "midi")
    assert [r["text"] for r in played if r["channel"] == "midi"] == [
        r["text"] for r in rows if r["channel"] == "midi"
    ]
    events = [words(one) for one in tablet.messages if one.address == "/songbridge/event"]
    assert len(events) >= 8
    fed = [row["text"] for row in played if row["who"] == f"127.0.0.1:{tablet.port}"]
    assert [text for text in fed if text.startswith("/songbridge/event")] == events
    assert last_told(fed) == last_told([words(one) for one in tablet.messages])
    assert picture(played) == live


def evening(service: Service, pads: Pads, caller: OscCaller) -> None:
    pads.press(FIRST)
    assert pads.shows(lambda pad: pad.lit(FIRST).effect == "pulse")
    assert caller.ask("/songbridge/extend", "5m").address == "/songbridge/ok"
    pads.press(MARK)
    pads.press(COMPLETE)
    assert service.shows(lambda status: status["task"]["title"] != "Write chord progression")
    assert caller.ask("/songbridge/select", 99).address == "/songbridge/error"
    pads.press(BREAK)
    assert service.shows(lambda status: status["timer"]["state"] == "break")
    pads.press(BREAK)
    pads.cable.unplug()
    assert service.shows(lambda status: status["controllers"][0]["state"] == "absent")
    pads.plug()
    assert pads.shows(lambda pad: pad.programmer and pad.all_lit())
    pads.press(UNDO)
    assert service.shows(lambda status: status["timer"]["state"] == "running")
    assert caller.ask("/songbridge/note", "hell\x1b[2Jo").address == "/songbridge/ok"


def words(message: Osc) -> str:
    return " ".join([message.address, *map(repr, message.args)])


def last_told(fed: list[str]) -> dict[str, str]:
    """Return what a tablet shows in the end, but for the seconds that count."""
    shown = dict(text.partition(" ")[::2] for text in fed)
    passing = ("/songbridge/timer", "/songbridge/event", "/songbridge/light")
    return {address: args for address, args in shown.items() if not address.startswith(passing)}


def test_a_recording_holds_no_token_and_no_path_but_the_users_own_layout(
    made: Make, home: Path, tmp_path: Path
) -> None:
    own = home / "layouts" / "mine.toml"
    own.parent.mkdir()
    own.write_text(
        'schema = 1\nid = "mine"\nname = "Mine"\nrequires = ["grid8x8"]\n'
        '[[bind]]\non = "pad.1.1"\ndo = "toggle"\nshow = "action"\n'
    )
    service = made(
        '[[controller]]\nprofile = "novation-launchpad-mini-mk3"\nlayout = "mine"\n',
        environ={"SONGBRIDGE_TOKEN": TOKEN},
    )
    service.start()
    file = tmp_path / "evening.jsonl"
    with recording(service, file), OscCaller(service.osc) as caller:
        assert caller.ask("/songbridge/start").address == "/songbridge/ok"
    text = file.read_text("utf-8")

    assert TOKEN not in text
    assert str(home) not in text
    assert "requires" in read_recording(file).head.layouts["mine"]
    own.unlink()
    assert "started" in str(told(rehearsed(file, home), "fact"))


def test_a_recorder_that_is_killed_leaves_what_can_be_rehearsed(made: Make, tmp_path: Path) -> None:
    service = made()
    service.start()
    file = tmp_path / "evening.jsonl"
    command = [sys.executable, "-m", "bridge", "monitor", "--home", str(service.home)]
    process = subprocess.Popen(
        [*command, "--record", str(file)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        assert wait_until(lambda: file.exists() and file.read_text("utf-8").endswith("\n"))
        with OscCaller(service.osc) as caller:
            assert caller.ask("/songbridge/start").address == "/songbridge/ok"
        assert wait_until(lambda: "/songbridge/start" in file.read_text("utf-8"))
    finally:
        process.kill()
        process.wait()
    assert told(rehearsed(file, tmp_path), "fact")

    again = subprocess.run(
        [*command, "--record", str(file)], capture_output=True, check=False, timeout=PATIENCE
    )
    assert again.returncode == 1
    assert "is there already; --force overwrites it" in again.stderr.decode()
