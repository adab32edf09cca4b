"""Rehearsals: by hand and recorded, again and again, with another layout, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from bridge.app.recorder import Recorder, head_of
from bridge.app.rehearsal import Rehearsal
from bridge.app.rehearsal_hands import Hands
from bridge.app.rehearsal_materials import Instead, gathered
from bridge.daw.target import DawSettings
from bridge.errors import Invalid, InvalidFile
from bridge.files.config_controllers import ControllerConfig
from bridge.files.config_listening import ListeningConfig
from bridge.files.home import Home
from bridge.files.profiles import load_profiles
from bridge.files.recording import read_recording
from bridge.files.recording_lines import text_of
from bridge.messages import Osc
from bridge.moment import Moment
from bridge.surface.decode import Decoder
from bridge.surface.profile import Edge, Profile
from bridge.web.role import Traffic
from tests.standins.desk import SONG
from tests.standins.emulators.launchpad import LaunchpadMiniMk3
from tests.standins.studio import PEER, Studio

LAUNCHPAD = "novation-launchpad-mini-mk3"
PORT = "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI"
HEAD = f'{{"recording": 1, "profile": "{LAUNCHPAD}", "daws": [{{"kind": "osc"}}]}}'


def played(
    tmp_path: Path, *lines: str, home: Home | None = None, instead: Instead | None = None
) -> list[Traffic]:
    file = tmp_path / "r.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    recording = read_recording(file)
    heard: list[Traffic] = []
    materials = gathered(recording, home, instead or Instead())
    Rehearsal(recording, materials, heard.append).play()
    return heard


def told(heard: Iterable[Traffic], *channels: str) -> list[tuple[float, str]]:
    return [(one.at, one.text) for one in heard if one.channel in channels]


def test_two_lines_by_hand_start_a_task_of_the_example(tmp_path: Path) -> None:
    heard = played(tmp_path, HEAD, '{"at": 1.5, "press": "pad.1.1"}')

    assert told(heard, "midi") == [(1.5, "pad.1.1 down"), (1.58, "pad.1.1 up → start 1")]
    assert told(heard, "fact") == [
        (1.58, "sitting-began"),
        (1.58, "started Write chord progression"),
    ]
    assert told(heard, "cue")[0] == (
        1.58, "/songbridge/cue/marker 'Write chord progression' '#3FA7FF'",
    )  # fmt: skip
    assert "pad.1.1 #3FA7FF pulse" in told(heard, "light")[-1][1]


def test_a_hold_is_a_hold_and_a_refusal_says_why(tmp_path: Path) -> None:
    heard = played(
        tmp_path,
        HEAD,
        '{"at": 1, "press": "pad.1.2", "for": 0.9}',
        '{"at": 3, "press": "pad.7.2"}',
        '{"at": 4, "press": "pad.8.8"}',
    )

    assert "pad.1.2 → select 2" in [text for _, text in told(heard, "midi")]
    assert [(at, text[:17]) for at, text in told(heard, "midi") if "refused" in text] == [
        (3, "pad.7.2 refused: ")
    ]
    assert (4, "pad.8.8 down (the layout does not use it)") in told(heard, "midi")


def test_time_passes_by_itself_and_an_hour_takes_no_hour(tmp_path: Path) -> None:
    heard = played(tmp_path, HEAD, '{"at": 0, "do": "start"}', '{"at": 3600, "end": true}')

    facts = [(at, text) for at, text in told(heard, "fact") if "time-up" in text]
    assert facts[0][0] == pytest.approx(20 * 60, abs=0.01)
    assert max(one.at for one in heard) <= 3600


def test_osc_is_answered_and_subscribers_are_fed(tmp_path: Path) -> None:
    heard = played(
        tmp_path,
        HEAD,
        '{"at": 1, "osc": "/songbridge/subscribe", "args": [9000], "from": "udp 127.0.0.1:7"}',
        '{"at": 2, "osc": "/songbridge/start", "args": [1]}',
        '{"at": 3, "osc": "/songbridge/complte"}',
        '{"at": 4, "osc": "/songbridge/complete", "args": [0]}',
    )

    osc = [(one.who, one.text) for one in heard if one.channel == "osc" and one.way == "out"]
    assert ("127.0.0.1:9000", "/songbridge/queue/size 15") in osc
    assert ("127.0.0.1:50000", "/songbridge/ok 'start' 3") in osc
    assert any("did you mean /songbridge/complete?" in text for _, text in osc)
    assert len(told(heard, "fact")) == 2


def test_a_clock_that_is_set_and_what_is_missing_are_told(tmp_path: Path) -> None:
    heard = played(
        tmp_path, HEAD, '{"at": 0, "do": "start"}', '{"at": 10, "clock": 3600}',
        '{"at": 11, "left_out": 4}', '{"at": 12, "do": "pause"}', '{"at": 12, "do": "pause"}',
    )  # fmt: skip

    texts = [text for _, text in told(heard, "fact", "fault")]
    assert "clock-step" in texts
    assert "4 things are missing here" in texts
    assert texts[-1].startswith("refused: ")


def evening(studio: Studio) -> None:
    pad = LaunchpadMiniMk3()
    studio.plug(PORT, pad)
    studio.wait(1)
    studio.daw_says("reaper", Osc("/stop", (1.0,)))
    studio.wait(1)
    for led, seconds in ((81, 300), (22, 60), (25, 900), (26, 400), (22, 5)):
        studio.bytes_in(PORT, *pad.press(led))
        studio.wait(0.08)
        studio.bytes_in(PORT, *pad.release(led))
        studio.wait(seconds)
    studio.daw_says("reaper", Osc("/lastmarker/number/str", ("1",)))
    studio.do("mark", "the drop")
    studio.moment = Moment(studio.moment.mono, studio.moment.wall - 7200)
    studio.wait(30)
    studio.unplug(PORT)
    studio.wait(10)


def takes(studio: Studio) -> None:
    """Play starts the timer, and a take holds the first box over its end."""
    for address, seconds in (("/stop", 5), ("/play", 19 * 60), ("/record", 2 * 60), ("/stop", 15)):
        studio.daw_says("reaper", Osc(address, (1.0,)))
        studio.wait(seconds)


def recorded(
    tmp_path: Path, studio: Studio, play: Callable[[Studio], None] = evening
) -> tuple[Path, list[Traffic]]:
    """Let an evening begin, and return its recording and what it told."""
    rows: list[str] = []
    heard: list[Traffic] = []

    def write(line: str, _moment: Moment) -> None:
        rows.append(line)

    began = studio.moment
    write(text_of(head_of(studio.session, None, began)), began)
    studio.taps.record(Recorder(write, began, studio.session))
    studio.taps.join(heard.append)
    play(studio)
    file = tmp_path / "evening.jsonl"
    file.write_text("".join(rows) + f'{{"at": {studio.moment.mono - began.mono}, "end": true}}')
    return file, heard


def test_takes_and_plays_mean_the_same_when_they_are_rehearsed(tmp_path: Path) -> None:
    daws = (DawSettings("reaper", port=8000, listen_port=9000),)
    studio = Studio([SONG], daws=daws, listening=ListeningConfig(plays_start=True))
    file, live = recorded(tmp_path, studio, takes)
    heard: list[Traffic] = []
    recording = read_recording(file)
    Rehearsal(recording, gathered(recording, None, Instead()), heard.append).play()

    facts = [text for _, text in told(heard, "fact")]
    assert facts == [text for _, text in told(live, "fact")]
    assert [text.partition(" ")[0] for text in facts] == [
        "sitting-began", "started", "take-began", "time-up", "take-ended", "set-aside", "started",
    ]  # fmt: skip


def test_what_was_recorded_is_what_is_rehearsed(tmp_path: Path) -> None:
    daws = (DawSettings("reaper", port=8000, listen_port=9000), DawSettings("osc", port=9001))
    file, live = recorded(tmp_path, Studio([SONG], daws=daws, peers=[PEER]))
    heard: list[Traffic] = []
    recording = read_recording(file)
    Rehearsal(recording, gathered(recording, None, Instead()), heard.append).play()

    for channel in ("fact", "cue"):
        assert told(heard, channel)
        rehearsed = [text for _, text in told(heard, channel)]
        if channel == "cue":
            assert rehearsed.pop(0) == "/action 41743"  # in life REAPER was greeted before it began
        assert rehearsed == [text for _, text in told(live, channel)]
    # The live studio's taps know no profiles: words were only made of the rehearsal's lights.
    assert [o.data for o in heard if o.channel == "light" and o.more] == [
        o.data for o in live if o.channel == "light"
    ]


def test_the_same_recording_gives_the_same_to_the_last_byte(tmp_path: Path) -> None:
    file, _ = recorded(tmp_path, Studio([SONG]))
    results = []
    for _ in range(2):
        recording = read_recording(file)
        heard: list[Traffic] = []
        Rehearsal(recording, gathered(recording, None, Instead()), heard.append).play()
        results.append(heard)
    assert results[0] == results[1]
    assert len(results[0]) > 50


MINE = """schema = 1
id = "mine"
name = "Mine"
requires = ["grid8x8"]
[[bind]]
on = "pad.1.1"
do = "break"
show = "action"
"""


def test_another_layout_is_taken_from_the_home_and_changes_the_result(tmp_path: Path) -> None:
    home = Home(tmp_path, tmp_path)
    home.layouts.mkdir()
    (home.layouts / "mine.toml").write_text(MINE, encoding="utf-8")
    lines = (HEAD, '{"at": 1, "press": "pad.1.1"}')

    for instead in (Instead("mine"), Instead("mine", LAUNCHPAD)):
        heard = played(tmp_path, *lines, home=home, instead=instead)
        assert told(heard, "midi")[0] == (1, "pad.1.1 down → break")
    usual = told(played(tmp_path, *lines, home=home), "midi")
    assert usual[-1] == (1.08, "pad.1.1 up → start 1")
    assert not home.journal.exists()


def test_an_own_layout_travels_in_the_recording(tmp_path: Path) -> None:
    head = HEAD[:-1] + f', "layout": "mine", "layouts": {{"mine": {_json(MINE)}}}}}'
    heard = played(tmp_path, head, '{"at": 1, "press": "pad.1.1"}')

    assert told(heard, "midi")[0] == (1, "pad.1.1 down → break")


def test_a_recording_without_an_end_goes_on_until_gestures_are_decided(tmp_path: Path) -> None:
    heard = played(tmp_path, HEAD, '{"at": 1, "down": "pad.1.2"}')

    assert told(heard, "midi")[-1] == (1.6, "pad.1.2 → select 2")


@pytest.mark.parametrize("late", [False, True])
def test_all_that_may_be_shown_is_recorded_and_what_is_shown_first(
    tmp_path: Path, *, late: bool
) -> None:
    """Also of a controller that comes later, with the text of an own layout."""
    home = Home(tmp_path, tmp_path)
    home.layouts.mkdir()
    mine = MINE.replace('"mine"', '"album-8x8"')
    (home.layouts / "album-8x8.toml").write_text(mine, encoding="utf-8")
    layouts = ("queue-8x8", "album-8x8")
    studio = Studio([SONG], controllers=[ControllerConfig("auto", layouts[0], layouts=layouts)])
    pad, rows = LaunchpadMiniMk3(), list[str]()
    if not late:
        studio.plug(PORT, pad)
        studio.bytes_in(PORT, *pad.press(95), *pad.release(95))
    rows.append(text_of(head_of(studio.session, home, studio.moment)))
    recorder = Recorder(lambda line, _at: rows.append(line), studio.moment, studio.session)
    studio.taps.record(recorder)
    if late:
        studio.plug(PORT, pad)

    assert f'"layouts":{_list(layouts if late else layouts[::-1])}' in "".join(rows)
    assert 'id = \\"album-8x8\\"' in rows[0]
    heard = played(tmp_path, *(row.strip() for row in rows), '{"at": 1, "press": "pad.1.1"}')
    asked = "pad.1.1 up → start 1" if late else "pad.1.1 down → break"
    assert asked in [text for _, text in told(heard, "midi")]


def _list(names: Iterable[str]) -> str:
    return "[" + ",".join(f'"{name}"' for name in names) + "]"


def _json(text: str) -> str:
    return '"' + text.replace('"', '\\"').replace("\n", "\\n") + '"'


@pytest.mark.parametrize(
    ("head", "line", "why"),
    [
        ('{"recording": 1, "profile": "nowhere"}', "", "r.jsonl:1: profile: found no profile"),
        (HEAD[:-1] + ', "layout": "nowhere"}', "", "r.jsonl:1: layout: found no layout"),
        (HEAD[:-1] + ', "layout": "transport"}', "", "layout 'transport' needs"),
        (HEAD[:-1] + ', "songs": ["../x"]}', "", "songs: found '../x'; allowed: examples"),
        (HEAD[:-1] + ', "listeners": ["me"]}', "", 'found "me"; allowed: a peer such as'),
        (
            HEAD[:-1] + ', "state": {"version": 1, "seq": 1, "at": 0, "body": {}}}',
            "",
            "state: is of",
        ),
        (HEAD.replace('"osc"', '"nodaw"'), "", 'there is no DAW kind "nodaw"'),
        (HEAD, '{"at": 1, "press": "pad.9.9"}', 'r.jsonl:2: found "pad.9.9"; did you mean'),
        (HEAD, '{"at": 1, "turn": "pad.1.1", "by": 1}', '"pad.1.1" is a button and can\'t do that'),
        (HEAD, '{"at": 1, "press": "pad.1.1", "controller": "x"}', 'found the controller "x"'),
        (HEAD, '{"at": 1, "ask": {"request": "dance"}}', 'r.jsonl:2: "request" must be one of'),
        (HEAD, '{"at": 1, "osc": "/songbridge/x", "args": [{"blob": "0"}]}', "found a table"),
    ],
)
def test_what_can_not_be_played_is_told_with_file_and_line(
    tmp_path: Path, head: str, line: str, why: str
) -> None:
    with pytest.raises(Invalid) as error:
        played(tmp_path, head, line)
    assert why in str(error.value)
    if line:
        assert isinstance(error.value, InvalidFile)


def test_a_controller_that_is_not_in_the_recording_can_not_have_another_layout(
    tmp_path: Path,
) -> None:
    with pytest.raises(Invalid, match=f"there is no controller 'x' .* allowed: {LAUNCHPAD}"):
        played(tmp_path, HEAD, instead=Instead("queue-8x8", "x"))


@pytest.mark.parametrize("profile", load_profiles().profiles.values(), ids=lambda p: p.id)
def test_hands_find_a_message_for_every_control_that_has_one(profile: Profile) -> None:
    hands, decode = Hands(profile), Decoder(profile).feed
    for name, control in profile.controls.items():
        if control.message == "none":
            continue
        if control.kind == "button":
            assert decode(hands.down(name)) == Edge(name, "down", 1.0)
            assert decode(hands.up(name)) == Edge(name, "up", 0.0)
        elif control.turning == "absolute":
            assert decode(hands.moved(name, 1.0)) == Edge(name, "turn", 1.0)
        else:
            assert decode(hands.turned(name, -3)) == Edge(name, "turn", -3.0, relative=True)
