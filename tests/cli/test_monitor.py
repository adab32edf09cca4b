"""What `monitor` shows of what it is told: chosen, folded, escaped, recorded."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from bridge.cli.monitor import Shower
from bridge.cli.tape import Tape
from bridge.cli.traffic import Lines, Row, Wanted, escaped, wanted
from bridge.errors import Invalid, Unavailable

KEY = "novation-launchpad-mini-mk3"
NONE = dict.fromkeys(("midi", "osc", "cues", "facts"), False)
HEAD = '{"recording":1,"wall":1700000000.0,"controllers":[{"profile":"x"}]}\n'


def row(channel: str, text: str = "x", way: str = "in", who: str = KEY, **more: object) -> Row:
    told = {"at": 1.0, "way": way, "channel": channel, "who": who, "text": text}
    return {**told, "data": "", "more": more}


PRESS = row("midi", "pad.7.1 down → toggle", control="pad.7.1", did="down", asks="toggle")
LIGHT = row(
    "light", "pad.1.1 red, pad.7.1-3 green", "out",
    lights={"pad.1.1": "red", "pad.7.1": "green", "pad.7.2": "green", "pad.7.3": "green"},
)  # fmt: skip
ALL = (
    PRESS, LIGHT, row("port", "gone: unplugged"), row("osc", who="127.0.0.1:5"),
    row("osc", way="out", who="127.0.0.1:5"), row("cue", way="out", who="reaper"),
    row("fact", way="out", who="pad"), row("fault", way="out", who="songbridge"),
)  # fmt: skip


def seen(choice: Wanted) -> list[str]:
    return [f"{one['channel']}" for one in ALL if choice.of(one) is not None]


@pytest.mark.parametrize(
    ("chosen", "more", "channels"),
    [
        ("", {}, "midi light port osc osc cue fact fault"),
        ("midi", {}, "midi light port fault"),
        ("midi", {"lights": False}, "midi port fault"),
        ("", {"lights": False}, "midi port osc osc cue fact fault"),
        ("", {"lights": True}, "light fault"),
        ("cues facts", {}, "cue fact fault"),
        ("facts", {"lights": True}, "light fact fault"),
        ("osc", {}, "osc osc fault"),
        ("", {"controller": KEY}, "midi light port fault"),
        ("", {"controller": "other"}, "fault"),
        ("", {"control": "pad.7.*"}, "midi light fault"),
        ("", {"control": "pad.8.*"}, "fault"),
    ],
)
def test_what_was_chosen_is_shown_and_faults_always(
    chosen: str, more: dict[str, Any], channels: str
) -> None:
    choice = wanted({**NONE, **dict.fromkeys(chosen.split(), True)}, {}, **more)
    assert seen(choice) == channels.split()


def test_one_way_alone_and_of_lights_only_the_controls_that_were_asked_for() -> None:
    assert seen(wanted(NONE, {"in": True, "out": False})) == ["midi", "port", "osc"]
    kept = wanted(NONE, {}, control="pad.7.*").of(LIGHT)
    assert kept is not None
    assert kept["text"] == "pad.7.1-3 green"
    assert "pad.1.1" not in kept["more"]["lights"]


def test_lights_that_show_it_already_are_left_out_unless_asked_for() -> None:
    more = {"lights": {"pad.1.1": "red", "pad.7.1": "off"}, "same": ["pad.7.1"]}
    stale: Row = {**row("light", "", "out"), "more": more}
    some: Row = {**stale, "text": "pad.1.1 red"}
    assert Wanted().of(stale) is None
    assert Wanted(again=True).of(stale) == stale
    beat: Row = {**row("cue", "/heartbeat 1.0"), "more": {"beat": True}}
    assert Wanted().of(beat) is None
    assert Wanted(again=True).of(beat) == beat
    assert Wanted().of(some) == some
    assert Wanted(control="pad.7.*").of(some) is None
    kept = Wanted(control="pad.1.*").of(some)
    assert kept is not None
    assert (kept["text"], kept["more"]) == ("pad.1.1 red", {"lights": {"pad.1.1": "red"}})


def test_lines_stand_in_columns_and_fold_below_each_other_at_80() -> None:
    lines = Lines(lambda _at: "20:14:03.123", width=80)
    folded = lines.of(row("light", " ".join(["pad.1.1-8 off,"] * 12), "out"))
    assert max(map(len, folded.splitlines())) <= 80
    assert folded.splitlines()[0].startswith(f"20:14:03.123 → light {KEY} pad.1.1-8 off,")
    assert {len(one) - len(one.lstrip()) for one in folded.splitlines()[1:]} == {21}
    assert lines.of(row("fact", "ended", who="pad")).index("ended") == folded.index("pad.1.1-8")


def test_bytes_are_shown_when_asked_for_or_when_there_is_nothing_else() -> None:
    known = {**PRESS, "data": "90 51 7f"}
    assert "[90 51 7f]" not in Lines(lambda _at: "").of(known)
    assert "[90 51 7f]" in Lines(lambda _at: "", raw=True).of(known)
    assert "[90 51 7f]" in Lines(lambda _at: "").of({**known, "text": ""})


def test_nothing_that_a_terminal_would_obey_gets_through() -> None:
    hostile = "a\x1b[2J\x07\nb\u202ec\x9b"
    shown = Lines(lambda _at: "").of(row("osc", hostile, who="\x1b]0;x\x07"))
    assert shown.isprintable()
    assert escaped("\x1b[2J\n") == "\\x1b[2J\\n"
    assert escaped("søng ✓") == "søng ✓"


def test_a_slow_terminal_says_how_much_it_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shower = Shower(Wanted(), as_json=False, raw=False)
    with Tape(tmp_path / "r.jsonl") as tape:
        tape.write(HEAD)
        shower.take({"dropped": 312, "untaped": 2}, tape)
    assert "… 312 lines left out" in capsys.readouterr().out
    assert '"left_out":2' in (tmp_path / "r.jsonl").read_text("utf-8")


def test_a_recording_goes_to_its_file_and_not_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "r.jsonl"
    shower = Shower(Wanted(), as_json=False, raw=False)
    with Tape(file) as tape:
        shower.take(row("tape", "", line=HEAD), tape)
        shower.take(row("tape", "", line='{"at":1,"press":"a"}\n'), tape)
        assert file.read_text("utf-8").endswith('"press":"a"}\n')  # before anything is closed
        tape.end()
    assert tape.count == 1
    assert capsys.readouterr().out == ""
    assert '"end":true' in file.read_text("utf-8").splitlines()[-1]


def test_no_file_is_overwritten_unless_by_force(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    file.write_text("mine")
    with pytest.raises(Invalid, match="is there already; --force overwrites it"):
        Tape(file)
    assert file.read_text() == "mine"
    with Tape(file, force=True) as tape:
        tape.write(HEAD)
    assert file.read_text() == HEAD


@pytest.mark.skipif(os.name == "nt", reason="rights are POSIX's")
def test_a_recording_is_its_owner_s_alone(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    with Tape(file):
        assert file.stat().st_mode & 0o777 == 0o600


def test_where_nothing_can_be_written_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="can't be written"):
        Tape(tmp_path / "no" / "r.jsonl")
    with pytest.raises(Unavailable, match="can't be written: the name"):
        Tape(tmp_path / "x\0")


class Full:
    """A disk without room."""

    def write(self, _text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def close(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_told_with_what_can_be_done_with_the_file(tmp_path: Path) -> None:
    with Tape(tmp_path / "r.jsonl") as tape:
        tape.write(HEAD)
        tape._file.close()
        tape._file = Full()  # type: ignore[assignment] # what a text file does on a full disk
        with pytest.raises(Unavailable, match="No space left on device; what is in it can be"):
            tape.write('{"at":1,"press":"a"}\n')
