"""`songbridge learn` on a pseudo-terminal, with emulated controllers on a real JACK server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bridge.files.shipped import layout_path, profile_path
from tests.live.conftest import Pads
from tests.standins.jack import Jackd
from tests.standins.jack_device import JackDevice, wait_until
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


# --- a controller without a profile ---------------------------------------------------------------

PADDER = "Acme Padder"
ANSWERS: tuple[tuple[str, object], ...] = (
    ("Press the top left pad", "99 30 64"),
    ("Press the top right pad", "99 33 64"),
    ("Press the bottom left pad", "99 24 64"),
    ("Press the bottom right pad", "99 26 64"),  # a slip: 27 it should be
    ("the corners once more", None),
    ("Press the top left pad", "99 30 64"),
    ("Press the top right pad", "99 33 64"),
    ("Press the bottom left pad", "99 24 64"),
    ("Press the bottom right pad", "99 27 64"),
    ("4 rows of 4 pads; is that right? [Y/n]", ""),
    ("buttons beside the pads", "b0 59 7f"),
    ("side.1 is CC 89", None),
    ("Press the next", "b0 5a 7f"),
    ("Press the next", ""),
    ("buttons above or below the pads", ""),
    ("transport buttons", "y"),
    ("Press PLAY", "b0 5e 7f"),
    ("Press STOP", "q?"),
    ("that was typed", ""),
    ("Press RECORD", ""),
    ("Press FORWARD", ""),
    ("Press REWIND", ""),
    ("Press CYCLE", ""),
    ("Press MARKER", ""),
    ("arrow buttons", "n"),
    ("Turn the first knob to the right", "b0 10 01 b0 10 01 b0 10 02 b0 10 01"),
    ("the same knob to the left", "b0 10 7f b0 10 7f b0 10 7e"),
    ("encoder.1 is CC 16 on channel 1, twos", None),
    ("Turn the next knob", "b0 11 01 b0 11 01"),
    ("Turn the next knob", ""),
    ("Move the first fader", "b0 07 10 b0 07 12 b0 07 14"),
    ("Move the next fader", ""),
    ("is it lit now? [y/N]", "y"),
    ("What is it called? [Acme Padder]", ""),
)
"""What is asked, and what is done: bytes that the device sends, or a line that is typed."""

DRAFT = """\
# Acme Padder: drafted by `songbridge learn --device` from what was pressed on it. What it says
# may be changed by hand; docs/profiles.md tells what each key means.
schema = 1
id = "acme-padder"
name = "Acme Padder"
confidence = "low"
provides = ["grid4x4", "grid2x4"]
sources = ["learnt from the device"]

# The name of the port that was listened to, on this system.
[port]
linux = '^Acme Padder \\(capture\\):Padder MIDI 1$'
linux_out = '^Acme Padder \\(playback\\):Padder MIDI 1$'

# Worked out from its corners: 48 at the top left, 39 at the bottom right.
[[grid]]
name = "pad"
rows = 4
cols = 4
origin = 48
row_step = -4
col_step = 1
message = "note"
channel = 10
light = { kind = "mono", message = "note", channel = 10 }

[[strip]]
name = "side"
numbers = [89, 90]
message = "cc"
channel = 1
light = { kind = "mono", message = "note", channel = 1 }

[[strip]]
name = "encoder"
numbers = [16, 17]
message = "cc"
kind = "encoder"
turning = "twos"
channel = 1

[[strip]]
name = "fader"
numbers = [7]
message = "cc"
kind = "fader"
channel = 1

[control]
play = { message = "cc", number = 94, channel = 1, light = { kind = "mono", message = "note", channel = 1 } }

# It lit up when it was sent its own number as a note.
[led]
driver = "mono"
"""


def messages(text: str) -> list[bytes]:
    """Return the messages of three bytes that a text in hex writes."""
    data = bytes.fromhex(text)
    return [data[at : at + 3] for at in range(0, len(data), 3)]


@pytest.fixture
def padder(server: Jackd) -> Iterator[JackDevice]:
    assert server.name
    with JackDevice(None, PADDER, "Padder MIDI 1") as device:
        yield device


def answer(line: TerminalLine, device: JackDevice, words: str, done: object) -> None:
    """Wait for a question, then do what answers it."""
    assert line.shows(words), f"{words!r} is missing in:\n{line.text}"
    if isinstance(done, str) and " " in done:
        device.send(*messages(done))
    elif isinstance(done, str):
        line.type(done)


@pytest.mark.timeout(120)
def test_an_unknown_controller_gets_a_profile_and_works_at_once(
    made: Make, home: Path, padder: JackDevice
) -> None:
    service = made()
    service.start()
    with TerminalLine(home, "learn", "--device") as line:
        for words, done in ANSWERS:
            answer(line, padder, words, done)
        assert line.shows("Acme Padder: 19 buttons, 2 knobs, 1 fader; its layout is pads-4x4")
        assert line.ended() == 0, line.text
    assert (home / "controllers" / "acme-padder.toml").read_text("utf-8") == DRAFT
    assert bytes.fromhex("99307f") in padder.messages()
    assert service.shows(
        lambda status: any(
            row["name"] == PADDER and row["state"] == "ready" and row["layout"] == "pads-4x4"
            for row in status["controllers"]
        )
    )
    padder.send(*messages("993064 893000"))
    assert service.shows(lambda status: status["timer"]["state"] == "running")
    with TerminalLine(home, "learn", "--undo") as line:
        assert line.ended() == 0, line.text
    assert not (home / "controllers" / "acme-padder.toml").exists()


@pytest.mark.parametrize("key", [b"q\n", b"\x04", b"\x03"], ids=["q", "Ctrl-D", "Ctrl-C"])
def test_a_draft_can_be_ended_by_every_key_that_ends_things(
    home: Path, padder: JackDevice, key: bytes
) -> None:
    (home / "config.toml").write_text(ANYWHERE, "utf-8")
    before = files(home)
    with TerminalLine(home, "learn", "--device") as line:
        for words, done in ANSWERS[:10]:
            answer(line, padder, words, done)
        assert line.shows(ANSWERS[10][0]), line.text
        line.keys(key)
        assert line.ended() == (130 if key == b"\x03" else 1)
        assert "cancelled; nothing was changed" in line.text
        assert "Traceback" not in line.text
    assert files(home) == before


def test_a_controller_that_is_unknown_is_offered_a_profile_when_it_is_pressed(
    home: Path, padder: JackDevice
) -> None:
    with TerminalLine(home, "learn", "undo") as line:
        assert line.shows("listening to: Acme Padder (capture):Padder MIDI 1 (no profile yet)")
        assert line.shows("Press the pad for `undo`"), line.text
        padder.send(*messages("993064"))
        assert line.shows("has no profile"), line.text
        line.type("n")
        assert line.ended() == 1


def test_a_control_that_the_profile_does_not_name_is_added_to_it(
    made: Make, home: Path, pads: Pads
) -> None:
    service = made()
    service.start()
    assert pads.shows(lambda pad: pad.lit(81).effect == "solid")
    with TerminalLine(home, "learn", "undo", "--yes") as line:
        assert line.shows("Press the pad for `undo`"), line.text
        pads.cable.send(*messages("b0637f"))
        assert line.shows("sent CC 99 on channel 1, which its profile does not name"), line.text
        line.type("y")
        assert line.shows("What shall it be called? [button.1]")
        line.type("logo")
        assert line.shows("logo is there already")
        line.type("")
        assert line.shows("button.1 on Novation Launchpad Mini MK3: press does `undo`"), line.text
        assert line.ended() == 0
    own = (home / "controllers" / "novation-launchpad-mini-mk3.toml").read_text("utf-8")
    added = '"button.1" = { message = "cc", number = 99, channel = 1 }  # taught with songbridge learn\n'
    name = profile_path("novation-launchpad-mini-mk3").read_text("utf-8")
    assert own.replace(added, "") == HEAD.replace("layout", "profile") + name
    assert service.said("the configuration was read again")
    assert service.status()["faults"] == []


def test_a_pipe_answers_line_by_line_and_its_end_is_no_answer(home: Path, pads: Pads) -> None:
    assert pads.emulator
    command = [sys.executable, "-m", "bridge", "learn", "--home", str(home)]
    done = subprocess.run(
        command, input="nonsense\n", capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("'nonsense' is no action; the actions are start, ")
    done = subprocess.run(
        command, input="", capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.returncode, done.stderr) == (1, "cancelled; nothing was changed\n")


def test_a_layout_that_becomes_wrong_keeps_the_old_one_and_shows_until_it_is_right(
    made: Make, home: Path, pads: Pads
) -> None:
    own = home / "layouts" / "queue-8x8.toml"
    own.parent.mkdir()
    own.write_text(shipped("queue-8x8"), "utf-8")
    service = made()
    service.start()
    assert pads.shows(lambda pad: pad.lit(81).effect == "solid")
    own.write_text("garbage", "utf-8")
    assert pads.shows(lambda pad: pad.lit(11).effect == "flash")
    assert "queue-8x8.toml:1" in "".join(service.status()["faults"])
    pads.press(81)
    assert service.shows(lambda status: status["timer"]["state"] == "running")
    own.write_text(shipped("queue-8x8").replace('"toggle"', '"undo"'), "utf-8")
    assert service.shows(lambda status: not status["faults"])
    assert pads.shows(lambda pad: pad.programmer and pad.lit(81).effect == "pulse")

    def undone() -> bool:
        pads.press(21)  # pad.7.1; the port is opened anew meanwhile
        return bool(service.shows(lambda status: status["timer"]["state"] == "idle", 0.5))

    assert wait_until(undone)
