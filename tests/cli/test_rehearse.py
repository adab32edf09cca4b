"""`rehearse` on the recorded evening of the examples, and on recordings written by hand.

When behaviour changes on purpose, look at the difference and write what is expected anew:
``python -m tests.cli.test_rehearse`` (with ``record`` behind it, the recording itself as well).
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from bridge.app.recorder import Recorder, head_of
from bridge.core.actions import ImportSong
from bridge.daw.target import DawSettings
from bridge.files.config_controllers import ControllerConfig
from bridge.files.recording import read_recording
from bridge.files.recording_lines import LINES, Head, text_of
from bridge.files.songs import load_song
from bridge.moment import Moment
from tests.standins.command import Terminal
from tests.standins.emulators.launchpad import LaunchpadMiniMk3
from tests.standins.studio import Studio

EXAMPLES = Path(__file__).parents[2] / "examples"
EVENING = EXAMPLES / "recordings" / "evening.jsonl"
EXPECTED = EVENING.with_suffix(".txt")
SHOWN = ("--cues", "--facts")
PROFILE = "novation-launchpad-mini-mk3"
PORT = "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI"
HAND = f'{{"recording": 1, "profile": "{PROFILE}"}}\n{{"at": 1.5, "press": "pad.1.1"}}\n'


@pytest.fixture
def songbridge(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "nowhere")


@pytest.fixture
def hand(tmp_path: Path) -> str:
    file = tmp_path / "hand.jsonl"
    file.write_text(HAND)
    return str(file)


def test_the_evening_of_the_examples_is_what_is_expected(songbridge: Terminal) -> None:
    said = songbridge("rehearse", str(EVENING), *SHOWN, "--expect", str(EXPECTED))

    lines = len(EXPECTED.read_text("utf-8").splitlines())
    assert (said.code, said.out, said.err) == (0, f"as expected: {lines} lines\n", "")
    assert not songbridge.home.exists()


def test_it_says_the_same_twice_and_lights_can_be_left_out(songbridge: Terminal) -> None:
    once, twice = (songbridge.well("rehearse", str(EVENING)) for _ in range(2))
    assert once == twice
    dark = songbridge.well("rehearse", str(EVENING), "--no-lights")
    assert [line for line in once.splitlines() if " → light " not in line] == dark.splitlines()
    assert len(dark) < len(once)


def test_by_hand_every_line_has_its_time(songbridge: Terminal, hand: str) -> None:
    lines = songbridge.well("rehearse", hand, "--midi", "--no-lights").splitlines()
    assert [line.split(maxsplit=4)[0::4] for line in lines[1:]] == [
        ["0:00:01.500", "pad.1.1 down"],
        ["0:00:01.580", "pad.1.1 up → start 1"],
    ]


def test_programs_get_json_with_seconds(songbridge: Terminal, hand: str) -> None:
    rows = [
        json.loads(r) for r in songbridge.well("rehearse", hand, "--json", "--facts").splitlines()
    ]
    assert [(row["at"], row["more"]["seq"]) for row in rows] == [(1.58, 2), (1.58, 3)]


def test_the_first_difference_is_told_and_the_exit_code_is_1(
    songbridge: Terminal, hand: str, tmp_path: Path
) -> None:
    expected = tmp_path / "expected.txt"
    good = songbridge.well("rehearse", hand, *SHOWN)
    for wrong, why in (
        (good.replace("started", "stopped"), "expected.txt:2: expected: 0:00:01.580"),
        (good + "more\n", "expected: more; this rehearsal: nothing more"),
        ("", "expected.txt:1: expected: nothing more; this rehearsal:"),
    ):
        expected.write_text(wrong, "utf-8")
        said = songbridge("rehearse", hand, *SHOWN, "--expect", str(expected))
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
        assert why in said.err


MINE = """
schema = 1
id = "mine"
name = "Mine"
requires = ["grid8x8"]
[[bind]]
on = "pad.1.1"
do = "break 2m"
show = "action"
"""


def test_another_layout_is_tried_on_the_same_presses(songbridge: Terminal, hand: str) -> None:
    layouts = songbridge.home / "layouts"
    layouts.mkdir(parents=True)
    (layouts / "mine.toml").write_text(MINE)
    for more in ((), ("--controller", PROFILE)):
        said = songbridge.well("rehearse", hand, "--layout", "mine", "--facts", *more)
        assert said.split() == ["0:00:01.500", "→", "fact", "pad", "break"]
    assert [path.name for path in songbridge.home.rglob("*")] == ["layouts", "mine.toml"]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("--layout", "nowhere"), 'found no layout "nowhere"'),
        (("--layout", "transport"), "needs transport, which Novation Launchpad Mini MK3 has not"),
        (("--layout", "queue-8x8", "--controller", "x"), "there is no controller 'x'"),
    ],
)
def test_a_layout_that_can_not_be_tried_is_told(
    songbridge: Terminal, hand: str, more: tuple[str, ...], why: str
) -> None:
    said = songbridge("rehearse", hand, *more)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert why in said.err


def test_a_recording_that_was_cut_off_is_played_as_far_as_it_goes(
    songbridge: Terminal, hand: str
) -> None:
    with Path(hand).open("a") as file:
        file.write('{"at": 2, "pre')
    said = songbridge("rehearse", hand, "--facts")
    assert (said.code, "the last line was cut off" in said.err) == (0, True)
    assert "started Write chord progression" in said.out


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            HAND + '{"at": 2, "pres": "pad.1.1"}\n',
            'hand.jsonl:3: found "pres"; did you mean "press"?',
        ),
        (HAND + '{"at": 2, "press": "pad.9.1"}\n', 'hand.jsonl:3: found "pad.9.1"; did you mean'),
        (
            HAND + '{"at": 9, "went": true}\n',
            "hand.jsonl:3: went: found true; allowed: a controller's key in quotation marks",
        ),
        (
            HAND + '{"at": 9, "down": ""}\n',
            'hand.jsonl:3: down: found ""; allowed: text from 1 to 200 characters',
        ),
        (HAND + '{"at": 9, "lost": "x"}\n', 'hand.jsonl:3: found the controller "x"'),
        (HAND + '{"at": 9, "gone": "x"}\n', 'hand.jsonl:3: found "x"; allowed: a peer'),
        (HAND.replace(PROFILE, "nothing"), "hand.jsonl:1: profile: found no profile"),
        ("", "hand.jsonl:1: is empty"),
    ],
)
def test_what_is_wrong_is_one_line_and_exit_1(
    songbridge: Terminal, hand: str, text: str, why: str
) -> None:
    Path(hand).write_text(text)
    said = songbridge("rehearse", hand, "--facts")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert why in said.err


def test_a_layout_for_one_of_several_controllers_says_how_to_name_it(
    songbridge: Terminal, hand: str
) -> None:
    both = [{"profile": "korg-nanokontrol2"}, {"profile": PROFILE}]
    Path(hand).write_text(json.dumps({"recording": 1, "controllers": both}) + "\n")
    said = songbridge("rehearse", hand, "--layout", "album-8x8")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "which Korg nanoKONTROL2 has not; name the one that it is for" in said.err
    assert f"--controller {PROFILE}" in said.err
    songbridge.well("rehearse", hand, "--layout", "album-8x8", "--controller", PROFILE)


APC = "akai-apc-mini-mk1"
ANEW = f"""{{"recording": 1, "profile": "{APC}"}}
{{"at": 1.5, "do": "start"}}
{{"at": 3, "lost": "{APC}", "why": "JACK missed a period"}}
{{"at": 4, "lost": "{APC}"}}
{{"at": 5, "went": "{APC}"}}
"""


def test_lights_told_together_stand_on_one_line_and_what_is_painted_anew_says_why(
    songbridge: Terminal, hand: str
) -> None:
    Path(hand).write_text(ANEW)
    told = songbridge.well("rehearse", hand, "--midi").splitlines()
    assert [line.split(maxsplit=4)[0::4] for line in told[2:]] == [
        ["0:00:01.500", "pad.1.1 #3FA7FF pulse, pad.8.1-8 green"],
        ["0:00:03.000", "painted anew: JACK missed a period"],
        ["0:00:04.000", "painted anew: lights may be missing"],
        ["0:00:05.000", "gone: unplugged"],
    ]


def test_heralds_and_lights_that_are_told_again_are_shown_with_the_bytes(
    songbridge: Terminal, hand: str
) -> None:
    Path(hand).write_text(ANEW)
    raw = songbridge.well("rehearse", hand, "--midi", "--raw").splitlines()
    assert "pad.8.1-8 green (again: track.7 off)  [90 46 00 90 38 02" in raw[2]
    assert "again: pad.1.1 #3FA7FF pulse" in raw[4]
    assert len(raw[4]) > 300
    rows = [json.loads(r) for r in songbridge.well("rehearse", hand, "--json").splitlines()]
    (again,) = (r for r in rows if (r["channel"], r["at"]) == ("light", 3.0))
    assert again["more"]["same"] == list(again["more"]["lights"])


def test_files_that_are_not_there_are_told(songbridge: Terminal, hand: str) -> None:
    for words in (("nowhere.jsonl",), (hand, "--expect", "nowhere.txt")):
        said = songbridge("rehearse", *words)
        assert (said.code, said.out) == (1, "")
        assert "can't be read: No such file or directory" in said.err


def test_what_the_page_on_it_shows_can_be_played_and_tells_every_key(
    songbridge: Terminal, tmp_path: Path
) -> None:
    page = (EXAMPLES.parent / "docs" / "monitor.md").read_text("utf-8")
    file = tmp_path / "page.jsonl"
    file.write_text(re.findall(r"^```jsonl\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[0])
    assert "completed Write chord progression" in songbridge.well("rehearse", str(file))
    assert [key for key in (*LINES, *Head.__struct_fields__) if f"`{key}`" not in page] == []
    evening = EXPECTED.read_text("utf-8").splitlines()[:3]
    assert "\n".join(evening) in page


# --- writing the example ----------------------------------------------------------------------------


def record() -> None:
    """Record an evening on a simulated clock with the recorder that the service has."""
    daws = (DawSettings("osc", port=9001),)
    studio = Studio(daws=daws, controllers=[ControllerConfig(PROFILE, "queue-8x8")])
    studio.ask(ImportSong(load_song(EXAMPLES / "northern-lights.toml")))
    rows: list[str] = []

    def write(line: str, _moment: Moment) -> None:
        rows.append(line)

    began = studio.moment
    write(text_of(head_of(studio.session, None, began)), began)
    studio.taps.record(Recorder(write, began, studio.session))
    evening(studio)
    end = round(studio.moment.mono - began.mono, 6)
    EVENING.parent.mkdir(exist_ok=True)
    EVENING.write_text("".join(rows) + f'{{"at":{end},"end":true}}\n', "utf-8")


def evening(studio: Studio) -> None:
    pad = LaunchpadMiniMk3()
    studio.plug(PORT, pad)
    studio.wait(2)
    hands = (
        (81, 0.1, 12 * 60), (27, 0.1, 30), (22, 0.1, 9 * 60), (25, 0.1, 60), (24, 0.1, 4 * 60),
        (84, 0.8, 5), (26, 0.1, 3), (26, 0.1, 6 * 60), (28, 0.1, 20), (22, 0.1, 40 * 60),
    )  # fmt: skip
    for led, held, then in hands:
        studio.bytes_in(PORT, *pad.press(led))
        studio.wait(held)
        studio.bytes_in(PORT, *pad.release(led))
        studio.wait(then)
    studio.do("end")
    studio.wait(1)


if __name__ == "__main__":
    if "record" in sys.argv:
        record()
    written = Terminal(Path("nowhere"))("rehearse", str(EVENING), *SHOWN)
    EXPECTED.write_text(written.out, "utf-8")
    sys.stdout.write(f"{len(read_recording(EVENING).lines)} lines rehearsed; {written.err}\n")
