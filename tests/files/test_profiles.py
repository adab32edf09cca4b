"""Profiles as TOML: what is wrong is told, whatever it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.errors import InvalidFile
from bridge.files import shipped, toml
from bridge.files.home import Home
from bridge.files.profiles import load_profile, load_profiles, profile_from
from bridge.surface.decode import Decoder
from bridge.surface.profile import Control, Display, Edge, Light, Pace, Profile

HEAD = 'schema = 1\nid = "x"\nname = "X"\n'


def profile(text: str) -> Profile:
    return profile_from(toml.read(HEAD + text, "x.toml"))


def refused(text: str, head: str = HEAD) -> InvalidFile:
    with pytest.raises(InvalidFile) as caught:
        profile_from(toml.read(head + text, "x.toml"))
    return caught.value


def test_a_grid_is_counted_from_its_origin() -> None:
    made = profile(
        "[[grid]]\nname='pad'\nrows=2\ncols=2\norigin=9\nrow_step=-8\ncol_step=1\n"
        "channel='any'\nlight={kind='palette', channel=7}"
    )
    numbers = {name: control.number for name, control in made.controls.items()}
    assert numbers == {"pad.1.1": 9, "pad.1.2": 10, "pad.2.1": 1, "pad.2.2": 2}
    assert made.controls["pad.1.1"] == Control(
        "pad.1.1", "button", "note", 9, None, light=Light("palette", "note", 9, 7)
    )


def test_a_control_may_be_heard_by_other_numbers_as_well() -> None:
    made = profile(
        "[[grid]]\nname='pad'\nrows=1\ncols=2\norigin=60\nrow_step=0\ncol_step=1\nalso=[-24]\n"
        "[[strip]]\nname='fader'\nrange=[1, 2]\nmessage='cc'\nkind='fader'\nalso=[10, 20]\n"
        "[control]\nplay={number=1, also=[1]}"
    )
    assert {name: control.numbers for name, control in made.controls.items()} == {
        "pad.1.1": (60, 36),
        "pad.1.2": (61, 37),
        "fader.1": (1, 11, 21),
        "fader.2": (2, 12, 22),
        "play": (1, 2),
    }
    feed = Decoder(made).feed
    for message, edge in [
        (b"\x90\x3c\x7f", Edge("pad.1.1", "down", 1.0)),
        (b"\x90\x24\x7f", Edge("pad.1.1", "down", 1.0)),
        (b"\x80\x24\x40", Edge("pad.1.1", "up", 0.0)),
        (b"\xb0\x16\x00", Edge("fader.2", "turn", 0.0)),
        (b"\x90\x02\x7f", Edge("play", "down", 1.0)),
        (b"\x90\x03\x7f", None),
    ]:
        assert feed(message) == edge
    assert Decoder(made).known >= {0x90 << 7 | 36, 0x80 << 7 | 36, 0xB0 << 7 | 22}


def test_a_strip_is_a_list_a_range_or_channels() -> None:
    made = profile(
        "[[strip]]\nname='a'\nnumbers=[5, 3]\n"
        "[[strip]]\nname='b'\nrange=[8, 7]\nmessage='cc'\n"
        "[[strip]]\nname='c'\nchannels=[2]\nmessage='pitchbend'\nkind='fader'\n"
    )
    assert [(c.name, c.message, c.number, c.channel) for c in made.controls.values()] == [
        ("a.1", "note", 5, 1),
        ("a.2", "note", 3, 1),
        ("b.1", "cc", 8, 1),
        ("b.2", "cc", 7, 1),
        ("c.1", "pitchbend", 0, 2),
    ]


def test_a_light_may_be_reached_by_another_message_than_its_control() -> None:
    made = profile(
        "[control]\nencoder={message='cc', kind='encoder', turning='sign', number=16,"
        " light={kind='ring', offset=32}}\nlogo={kind='light', number=99, light={kind='rgb'}}"
    )
    assert made.controls["encoder"].light == Light("ring", "cc", 48)
    assert made.controls["logo"] == Control(
        "logo", "light", "none", 0, light=Light("rgb", "note", 99)
    )


def test_displays_stand_side_by_side() -> None:
    made = profile("[[display]]\nname='strip.{n}.upper'\ncount=2\nwidth=7\noffset=56")
    assert list(made.displays.values()) == [
        Display("strip.1.upper", 7, 56),
        Display("strip.2.upper", 7, 63),
    ]


def test_times_are_in_seconds_and_messages_in_bytes() -> None:
    made = profile(
        "[session]\nenter=['F0 01 F7']\nsettle_ms=50\ngap_ms=2\n[led]\nburst=20\ngap_ms=1"
    )
    session = made.session
    assert (session.enter, session.settle, session.gap) == ((b"\xf0\x01\xf7",), 0.05, 0.002)
    assert made.leds.pace == Pace(burst=20, gap=0.001)


CONTROL = "[control]\n"


@pytest.mark.parametrize(
    ("text", "line", "key", "problem"),
    [
        (
            CONTROL + "a={number=1}\nb={number=1}",
            6,
            "control.b",
            "a and b both send note 1 on channel 1",
        ),
        (CONTROL + "a={number=1}\nb={number=1, channel='any'}", 6, "control.b", "both send note 1"),
        (CONTROL + "a={number=1}\nb={number=5, also=[-4]}", 6, "control.b", "both send note 1"),
        (CONTROL + "a={number=1, also=[-2]}", 5, "control.a", "the number of a would be -1"),
        (
            CONTROL + "a={number=128}",
            5,
            "control.a.number",
            "allowed: a whole number from 0 to 127",
        ),
        (CONTROL + "a={channel=0}", 5, "control.a.channel", "found 0; allowed: a whole number fro"),
        (CONTROL + "a={channel='all'}", 5, "control.a.channel", 'from 1 to 16 or "any"'),
        (CONTROL + "a={light={kind='rbg'}}", 5, "control.a.light.kind", 'found "rbg"; allowed: '),
        (CONTROL + "a={numbr=1}", 5, "control.a.numbr", 'did you mean "number"?'),
        (CONTROL + "a={kind='fader'}", 5, "control.a", "is a fader by note; allowed: cc or pitchb"),
        (CONTROL + "a={message='none'}", 5, "control.a", "is a button by none"),
        (CONTROL + "a={message='cc',turning='sign'}", 5, "control.a", 'turns by "sign"; allowed'),
        (CONTROL + "a={kind='light'}", 5, "control.a", "has no light"),
        (CONTROL + "'Ä'={}", 5, 'control."Ä"', "allowed: small letters"),
        (CONTROL + "'pad.0.1'={}", 5, 'control."pad.0.1"', "numbers from 1 to 999"),
        (
            "[[strip]]\nname='a'\nrange=[5,6]\n[control.'a.2']\nnumber=1",
            7,
            'control."a.2"',
            "is there twice",
        ),
        ("[[strip]]\nname='a'\n", 4, "strip[1]", "found none; needed: one of numbers and range"),
        (
            "[[strip]]\nname='a'\nnumbers=[1]\nrange=[1,2]",
            4,
            "strip[1]",
            "numbers and range; needed",
        ),
        ("[[strip]]\nname='a'\nrange=[1]", 6, "strip[1].range", "a list of 2 whole numbers from 0"),
        (
            "[[strip]]\nname='a'\nnumbers=[\n1,\n1]",
            8,
            "strip[1].numbers[2]",
            "a.1 and a.2 both send",
        ),
        (
            "[[strip]]\nname='a'\nrange=[100, 101]\nlight={kind='mono', offset=27}",
            6,
            "strip[1].range",
            "the light's number of a.2 would be 128; allowed: 0 to 127",
        ),
        (
            "[[grid]]\nname='pad'\nrows=8\ncols=8\norigin=69\nrow_step=-10\ncol_step=1",
            8,
            "grid[1].origin",
            "the number of pad.8.1 would be -1; allowed: 0 to 127",
        ),
        ("provides=['grid8x8']", 4, "provides[1]", "grid8x8 needs pad.1.1, pad.1.2, pad.1.3"),
        ("provides=['grid8']", 4, "provides[1]", 'did you mean "grid8x8"?'),
        ("provides=['strips8']", 4, "provides[1]", "strips8 needs strip.1.upper"),
        ("[port]\nlinux='('", 5, "port.linux", "is no regular expression"),
        ("[session]\nenter=['F0 1']", 5, "session.enter[1]", 'found "F0 1"; allowed: bytes in hex'),
        ("[session]\nenter=['F0 01']", 5, "session.enter[1]", "allowed: one whole MIDI message"),
        ("[session]\nleave=['90 01']", 5, "session.leave[1]", "allowed: one whole MIDI message"),
        ("[session]\nleave=['F0 90 F7']", 5, "session.leave[1]", "allowed: one whole MIDI mess"),
        ("[session]\nleave=['']", 5, "session.leave[1]", "allowed: one whole MIDI message"),
        ("[led]\ndriver='novation'", 5, "led.driver", 'did you mean "novation_mk3"?'),
        ("[led]\npalette='akai'", 5, "led.palette", 'did you mean "akai_mk2"?'),
        ("[led]\nheader='00 20'", 5, "led.header", "allowed: F0 and the bytes after it, no F7"),
        ("[led]\nheader='F0 20 F7'", 5, "led.header", "allowed: F0 and the bytes after it, no F7"),
        ("[led]\nfps=nan", 5, "led.fps", "found nan; allowed: a number from 1 to 100"),
        ("[led]\ndriver='novation_mk3'", 4, "led", "header is missing"),
        ("[quirks]\ndrop=['tunes']", 5, "quirks.drop[1]", 'found "tunes"; allowed: "polytouch", '),
        ("identity='F0 7'", 4, "identity", "?? for any byte"),
        ("[[display]]\nname='strip'\nwidth=7\ncount=2", 5, "display[1].name", "{n} and count go"),
        (
            "[[display]]\nname='a'\nwidth=7\n[[display]]\nname='a'\nwidth=1",
            8,
            "display[2].name",
            "twice",
        ),
        ("contrl=1", 4, "contrl", 'is not known; did you mean "control"? allowed: schema, id'),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, line: int, key: str, problem: str) -> None:
    error = refused(text)
    assert (error.line, error.key) == (line, key), str(error)
    assert problem in error.problem


@pytest.mark.parametrize(
    ("head", "key", "problem"),
    [
        ('schema=2\nid="x"\nname="X"\n', "schema", "found 2; allowed: 1"),
        ('id="x"\nname="X"\n', "schema", "is missing"),
        ('schema=1\nid="../x"\nname="X"\n', "id", "allowed: small letters, digits and dashes"),
        ('schema=1\nid="x"\nname=" "\n', "name", "is empty"),
    ],
)
def test_a_head_that_is_wrong_is_told(head: str, key: str, problem: str) -> None:
    error = refused("", head)
    assert (error.key, problem in error.problem) == (key, True)


def test_a_file_is_named_after_its_id(tmp_path: Path) -> None:
    path = tmp_path / "y.toml"
    path.write_text(HEAD)
    with pytest.raises(InvalidFile, match='found "x"; allowed: "y", as the file is named'):
        load_profile(path)


def home(folder: Path, **files: str) -> Home:
    (folder / "controllers").mkdir()
    for name, text in files.items():
        (folder / "controllers" / f"{name.replace('_', '-')}.toml").write_text(text)
    return Home(folder, folder)


def test_a_profile_of_ones_own_wins_over_the_shipped_one(tmp_path: Path) -> None:
    own = HEAD.replace('"x"', '"generic-pads"').replace('"X"', '"My pads"')
    shelf = load_profiles(home(tmp_path, generic_pads=own, x=HEAD))
    assert shelf.profiles["generic-pads"].name == "My pads"
    assert "x" in shelf.profiles
    assert "generic-keys" in shelf.profiles
    assert shelf.refused == ()


def test_a_wrong_profile_keeps_no_other_from_being_used(tmp_path: Path) -> None:
    shelf = load_profiles(home(tmp_path, generic_pads=HEAD.replace("1", "2")))
    assert "generic-pads" not in shelf.profiles
    assert "generic-keys" in shelf.profiles
    assert [error.key for error in shelf.refused] == ["schema"]


def test_ones_own_profile_is_read_anew_and_a_shipped_one_once(tmp_path: Path) -> None:
    own = home(tmp_path, x=HEAD)
    before = load_profiles(own)
    (own.controllers / "x.toml").write_text(HEAD.replace('"X"', '"Y"'))
    after = load_profiles(own)
    assert (before.profiles["x"].name, after.profiles["x"].name) == ("X", "Y")
    assert before.profiles["generic-pads"] is after.profiles["generic-pads"]
    (own.controllers / "generic-pads.toml").write_text(HEAD.replace('"x"', '"generic-pads"'))
    assert load_profiles(own).profiles["generic-pads"].name == "X"
    (own.controllers / "generic-pads.toml").unlink()
    assert load_profiles(own).profiles["generic-pads"] == before.profiles["generic-pads"]


TEXTS = [shipped.profile_path(name).read_text("utf-8") for name in shipped.profile_ids()]


@given(st.data())
def test_a_mangled_profile_is_read_or_refused_in_one_line(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 12))
    put = data.draw(st.text("0179Fan=[]{}\"'.,-\n #", max_size=6))
    assert len(outcome(text[:at] + put + text[at + cut :]).splitlines()) <= 1


def outcome(text: str) -> str:
    """Give the message of the refusal, or nothing when the profile is read."""
    try:
        profile_from(toml.read(text, "x.toml"))
    except InvalidFile as error:
        return str(error)
    return ""
