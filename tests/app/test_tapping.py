"""What `monitor` hears of OSC besides requests."""

from __future__ import annotations

import json

from bridge.app.decoding import Decoding
from bridge.app.inbox import Do
from bridge.app.recorder import record
from bridge.app.tapping import Taps
from bridge.core.actions import Presence
from bridge.daw import reaper_script
from bridge.files.config_controllers import ControllerConfig, LightsConfig
from bridge.messages import HttpAsk, MidiIn, Osc
from bridge.moment import Moment
from bridge.ports.midi_events import PortDown, Repaint
from bridge.ports.osc_peers import LinkIn, Peer
from bridge.surface.asking import Ask
from bridge.web.role import Traffic
from tests.standins.desk import SONG
from tests.standins.emulators.launchpad import LaunchpadMiniMk3
from tests.standins.studio import Studio

NOW = Moment(5.0, 1_700_000_000.0)
LAUNCHPAD = "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI"
PEER = Peer("udp", "127.0.0.1", 9000)


def test_answers_are_heard_with_what_they_say() -> None:
    taps, heard = Taps(now=lambda: NOW), list[Traffic]()
    taps.join(heard.append)
    taps.osc_out(PEER, Osc("/songbridge/ok", ("note", 7)))
    assert heard == [Traffic(NOW.wall, "out", "osc", str(PEER), "/songbridge/ok 'note' 7")]


def test_messages_for_somebody_else_are_counted_since_the_last_count() -> None:
    taps, heard = Taps(now=lambda: NOW), list[Traffic]()
    taps.others(1000, NOW)
    leave = taps.join(heard.append)
    for count in (1000, 1001, 1501):
        taps.others(count, NOW)
    leave()
    taps.others(2000, NOW)
    assert [(one.text, one.more) for one in heard] == [
        ("1 message for somebody else", {"foreign": 1}),
        ("500 messages for somebody else", {"foreign": 500}),
    ]


def test_what_a_daw_says_only_to_show_that_it_is_there_is_marked_as_that() -> None:
    taps, heard = Taps(now=lambda: NOW), list[Traffic]()
    taps.join(heard.append)
    display, lamp = bytes((0xB0, 64, 49)), bytes((0x90, 94, 127))
    said = (
        Osc("/heartbeat", (1.0,)),
        Osc("/midi", (display,)),
        Osc("/midi", (lamp,)),
        Osc("/play", (1,)),
    )
    for message in said:
        taps.link_in(LinkIn("daw", message, NOW))
    assert [one.more for one in heard] == [{"beat": True}, {"beat": True}, {}, {}]
    assert heard[2].text == "note_on channel 1 note 94 velocity 127"
    assert (heard[2].data, heard[3].text) == ("90 5e 7f", "/play 1")


def test_what_reapers_script_is_told_is_said_in_words_and_raw_as_it_goes() -> None:
    taps, heard = Taps(now=lambda: NOW), list[Traffic]()
    taps.join(heard.append)
    mark = reaper_script.command("1a", 3, "mark", reaper_script.text("Für Elise. 2"), "3FA7FF")
    for path in (mark, reaper_script.action("40157"), "/_/SET/EXTSTATE/songbridge/cue/none;"):
        taps.cue("reaper", HttpAsk(path, 1, 1.0))
    assert [one.text for one in heard] == [
        'script mark "Für Elise. 2" 3FA7FF',
        "GET /_/40157;TRANSPORT",
        "GET /_/SET/EXTSTATE/songbridge/cue/none;",
    ]
    assert heard[0].data == mark


def heard_of(studio: Studio) -> list[Traffic]:
    heard = list[Traffic]()
    studio.taps.decoding = Decoding(lambda: studio.session.controllers)
    studio.taps.join(heard.append)
    return heard


def test_a_press_is_told_with_what_it_asks_for_and_what_came_of_it() -> None:
    studio, pad = Studio([SONG]), LaunchpadMiniMk3()
    studio.plug(LAUNCHPAD, pad)
    heard = heard_of(studio)
    for led in (22, 21, 18):  # complete, which is refused; toggle; a pad of the countdown
        studio.bytes_in(LAUNCHPAD, *pad.press(led), *pad.release(led))

    texts = [one.text for one in heard if one.channel in ("midi", "fact")]
    refused = next(text for text in texts if "refused" in text)
    assert texts[0] == "pad.7.2 down → complete"
    assert refused.startswith("pad.7.2 refused: ")
    assert "pad.8.8 down (the layout does not use it)" in texts
    assert texts.index("pad.7.1 down → toggle") < texts.index("sitting-began")
    assert texts.index("sitting-began") < texts.index("pad.8.8 up")
    (press,) = (one for one in heard if one.text.startswith("pad.7.1 down"))
    assert (press.data, press.more) == (
        "90 15 7f", {"control": "pad.7.1", "did": "down", "asks": "toggle"},
    )  # fmt: skip


def test_a_hold_is_told_when_time_decides_it() -> None:
    studio, pad = Studio([SONG]), LaunchpadMiniMk3()
    studio.plug(LAUNCHPAD, pad)
    heard = heard_of(studio)
    studio.bytes_in(LAUNCHPAD, *pad.press(82))
    studio.wait(1)
    assert [one.text for one in heard if one.channel == "midi"] == [
        "pad.1.2 down", "pad.1.2 → select 2",
    ]  # fmt: skip


def midi(heard: list[Traffic]) -> list[str]:
    return [one.text for one in heard if one.channel == "midi"]


def test_what_stays_on_the_controller_is_told_as_its_layout_has_it() -> None:
    layouts = ("album-8x8", "queue-8x8")
    studio = Studio([SONG], controllers=[ControllerConfig("auto", layouts[0], layouts=layouts)])
    pad = LaunchpadMiniMk3()
    studio.plug(LAUNCHPAD, pad)
    heard = heard_of(studio)
    for led in (92, 15, 18, 91):  # down, the first goal, the next layout, up
        studio.bytes_in(LAUNCHPAD, *pad.press(led), *pad.release(led))

    assert [text for text in midi(heard) if not text.endswith(" up")] == [
        "down down → page next",
        "pad.8.5 down → tell goal 1", "pad.8.5 refused: there is nothing to tell",
        "pad.8.8 down → layout next",
        "up down → page prev",
    ]  # fmt: skip


def test_a_pad_of_the_album_without_a_song_and_a_layout_that_is_alone_are_refused() -> None:
    studio = Studio(controllers=[ControllerConfig("auto", "album-8x8", layouts=("album-8x8",))])
    pad = LaunchpadMiniMk3()
    studio.plug(LAUNCHPAD, pad)
    heard = heard_of(studio)
    studio.bytes_in(LAUNCHPAD, *pad.press(81), *pad.press(18))

    assert midi(heard) == [
        "pad.1.1 down", "pad.1.1 refused: no song here",
        "pad.8.8 down → layout next", "pad.8.8 refused: no other layout fits here",
    ]  # fmt: skip


def test_a_press_that_had_waited_is_told_with_its_own_control() -> None:
    taps, studio, pad = Taps(now=lambda: NOW), Studio([SONG]), LaunchpadMiniMk3()
    studio.plug(LAUNCHPAD, pad)
    heard = list[Traffic]()
    taps.decoding = Decoding(lambda: studio.session.controllers)
    taps.join(heard.append)
    (key,) = (one.key for one in studio.session.controllers.all if one.up)
    asks = (Ask(Presence(), "pad.1.2", "layout next"), Ask(Presence(), "pad.1.1+pad.7.2", "x"))
    taps.midi_in(MidiIn(key, pad.press(22)[0], NOW), asks)
    assert [one.text for one in heard] == ["pad.7.2 down → pad.1.2: layout next, x"]


def test_what_was_refused_has_the_time_of_its_press_and_so_stands_before_what_came_later() -> None:
    taps, heard = Taps(now=lambda: NOW.later(1)), list[Traffic]()
    taps.join(heard.append)
    ask = Ask(Presence(), "pad.1.1", refused="no song here")
    taps.midi_in(MidiIn("pads", b"\x90\x01\x02", NOW), (ask,))
    taps.refused("pads", ask, "no", NOW)
    assert [one.at for one in heard] == [NOW.wall] * 3


def test_a_touch_that_only_brings_the_lights_back_says_so() -> None:
    studio, pad = Studio([SONG], lights=LightsConfig(scroll=False, sleep=60)), LaunchpadMiniMk3()
    studio.plug(LAUNCHPAD, pad)
    studio.wait(61)
    heard = heard_of(studio)
    studio.bytes_in(LAUNCHPAD, *pad.press(18))
    assert midi(heard) == ["pad.8.8 down → wakes the lights"]


def test_lights_have_words_and_what_is_no_control_has_midis() -> None:
    studio, pad = Studio([SONG]), LaunchpadMiniMk3()
    heard = heard_of(studio)
    studio.plug(LAUNCHPAD, pad)
    studio.bytes_in(LAUNCHPAD, bytes.fromhex("F0 00 01 F7"), b"\xb0\x01\x02")

    entered, painted, *_ = (one for one in heard if one.channel == "light")
    assert (entered.text, entered.data[:2]) == ("session entered", "f0")
    assert "pad.1.1 #3FA7FF 25%" in painted.text
    lights = painted.more["lights"]
    assert isinstance(lights, dict)
    assert lights["pad.8.8"] == "off"
    strange = [one.text for one in heard if one.channel == "midi"]
    assert strange[-2:] == ["sysex", "control_change channel 1 control 1 value 2"]


def test_what_lights_showed_before_anybody_listened_is_no_news_when_they_are_painted_anew() -> None:
    studio, pad = Studio([SONG]), LaunchpadMiniMk3()
    studio.plug(LAUNCHPAD, pad)
    (key,) = (one.key for one in studio.session.controllers.all if one.up)
    studio.taps.decoding = Decoding(lambda: studio.session.controllers)
    for action in ("start", "pause"):
        heard = list[Traffic]()
        leave = studio.taps.join(heard.append)
        studio.put(Repaint(key, studio.moment, "JACK missed a period"))
        studio.wait(0.5)
        leave()
        assert [one.text for one in heard if one.text] == ["painted anew: JACK missed a period"]
        assert sum(one.channel == "light" for one in heard) == 1
        studio.do(action)


def test_what_a_device_was_being_sent_when_it_went_is_still_told() -> None:
    taps, heard = Taps(now=lambda: NOW), list[Traffic]()
    taps.join(heard.append)
    taps.light("pads", [b"\x90\x01\x02"], lambda: NOW.mono, NOW)
    assert heard == []
    taps.port(PortDown("pads", "unplugged", NOW), NOW)
    assert [(one.channel, one.data) for one in heard] == [("light", "90 01 02"), ("port", "")]


def test_faults_are_told_when_they_come_and_when_they_have_gone() -> None:
    taps, heard = Taps(now=lambda: NOW), list[Traffic]()
    taps.faults(("the disk is full", ""), NOW)
    taps.join(heard.append)  # whoever comes later is told as well
    for faults in (
        ("the disk is full", ""),
        ("the disk is full", "wrong"),
        ("", "wrong"),
        ("", ""),
    ):
        taps.faults(faults, NOW)
    assert [(one.channel, one.text) for one in heard] == [
        ("fault", "the disk is full"), ("fault", "wrong"), ("fault", "all is well again"),
    ]  # fmt: skip


def test_unheard_nothing_is_put_in_words() -> None:
    class Mute:
        def __getattr__(self, name: str) -> object:
            raise AssertionError(name)

    studio, pad = Studio([SONG], peers=[PEER]), LaunchpadMiniMk3()
    studio.taps.decoding = Mute()  # type: ignore[assignment] # whatever is asked of it fails
    studio.plug(LAUNCHPAD, pad)
    studio.bytes_in(LAUNCHPAD, *pad.press(21), *pad.release(21))
    studio.bytes_in(LAUNCHPAD, *pad.press(82))
    studio.wait(1)
    assert studio.state == "running"


def test_recording_begins_between_two_messages_and_ends_when_asked() -> None:
    studio, heard, waiting = Studio([SONG]), list[Traffic](), list[Do]()

    def put(message: object) -> None:
        assert isinstance(message, Do)
        waiting.append(message)

    leave = record(studio.session, put, None, heard.append)
    studio.do("start")
    assert heard == []
    waiting.pop().it(studio.moment)
    studio.do("complete")
    leave()
    waiting.pop().it(studio.moment)
    studio.do("end")

    lines = [str(one.more["line"]) for one in heard if one.channel == "tape"]
    assert lines[0].startswith('{"recording":1,')
    assert [json.loads(line).get("ask", {}).get("name") for line in lines[1:]] == ["complete"]
    assert {"fact", "tape"} <= {one.channel for one in heard}


def test_a_recording_that_is_given_up_before_it_began_never_begins() -> None:
    studio, heard, waiting = Studio([SONG]), list[Traffic](), list[object]()
    record(studio.session, waiting.append, None, heard.append)()
    for message in waiting:
        assert isinstance(message, Do)
        message.it(studio.moment)
    studio.do("start")
    assert heard == []
