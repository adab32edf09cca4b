"""The shipped profiles, control by control: what is pressed, what is lit, what is spoken.

The tables are written out anew from the sources (see each profile), not made from the files.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bridge.files.profiles import load_profiles
from bridge.surface.decode import Decoder
from bridge.surface.drivers import driver_for
from bridge.surface.profile import Edge, Light, Profile

SHELF = load_profiles()


def notes(**names: int) -> dict[str, tuple[int, int]]:
    return {name: (0x90, number) for name, number in names.items()}


def changes(**names: int) -> dict[str, tuple[int, int]]:
    return {name: (0xB0, number) for name, number in names.items()}


def row(name: str, status: int, first: int, count: int = 8) -> dict[str, tuple[int, int]]:
    return {f"{name}.{n}": (status, first + n - 1) for n in range(1, count + 1)}


LAUNCHPAD = {
    # Novation's programmer mode: the tens are the row from below, the ones the column.
    f"pad.{row}.{column}": (0x90, (9 - row) * 10 + column)
    for row in range(1, 9)
    for column in range(1, 9)
} | {
    **{f"side.{row}": (0xB0, (9 - row) * 10 + 9) for row in range(1, 9)},
    **changes(up=91, down=92, left=93, right=94, session=95, drums=96, keys=97, user=98),
}
APC = {
    # Akai counts from the bottom left.
    f"pad.{row}.{column}": (0x90, (8 - row) * 8 + column - 1)
    for row in range(1, 9)
    for column in range(1, 9)
} | {**row("track", 0x90, 100), **row("side", 0x90, 112), **notes(shift=122)}
NANO = {
    **row("solo", 0xB0, 32),
    **row("mute", 0xB0, 48),
    **row("rec", 0xB0, 64),
    **changes(play=41, stop=42, rewind=43, forward=44, record=45, cycle=46),
    **changes(track_prev=58, track_next=59, marker=60, marker_prev=61, marker_next=62),
}
MACKIE = {
    **row("rec", 0x90, 0),
    **row("solo", 0x90, 8),
    **row("mute", 0x90, 16),
    **row("select", 0x90, 24),
    **row("push", 0x90, 32),
    **notes(assign_track=40, assign_send=41, assign_pan=42, assign_plugin=43),
    **notes(assign_eq=44, assign_instrument=45, bank_left=46, bank_right=47),
    **notes(channel_left=48, channel_right=49, flip=50, global_view=51, name_value=52),
    **notes(smpte_beats=53),
    **row("f", 0x90, 54),
    **notes(view_midi_tracks=62, view_inputs=63, view_audio_tracks=64, view_audio_instruments=65),
    **notes(view_aux=66, view_busses=67, view_outputs=68, view_user=69),
    **notes(shift=70, option=71, control=72, alt=73),
    **notes(auto_read=74, auto_write=75, auto_trim=76, auto_touch=77, auto_latch=78),
    **notes(auto_group=79, save=80, undo=81, cancel=82, enter=83),
    **notes(marker=84, nudge=85, cycle=86, drop=87, replace=88, click=89, solo_global=90),
    **notes(rewind=91, forward=92, stop=93, play=94, record=95),
    **notes(up=96, down=97, left=98, right=99, zoom=100, scrub=101, user_a=102, user_b=103),
    **row("fader_touch", 0x90, 104, 9),
}
PADS = {
    # Written out: the first pad, C1, is at the bottom left.
    **row("pad.1", 0x90, 48, 4),
    **row("pad.2", 0x90, 44, 4),
    **row("pad.3", 0x90, 40, 4),
    **row("pad.4", 0x90, 36, 4),
}
WHITE = [note for note in range(128) if note % 12 in {0, 2, 4, 5, 7, 9, 11}]
KEYS = {
    **{f"key.{n}": (0x90, note) for n, note in enumerate((k for k in WHITE if k >= 36), 1)},
    **{
        f"black.{n}": (0x90, note)
        for n, note in enumerate((k for k in range(36, 128) if k not in WHITE), 1)
    },
    **{f"low.{36 - note}": (0x90, note) for note in range(36)},
}
BUTTONS: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "novation-launchpad-mini-mk3": LAUNCHPAD,
    "akai-apc-mini-mk2": APC,
    "korg-nanokontrol2": NANO,
    "mackie-control": MACKIE,
    "generic-pads": PADS,
    "generic-keys": KEYS,
}
ANY_CHANNEL = {"korg-nanokontrol2", "generic-pads", "generic-keys"}
EACH = pytest.mark.parametrize("name", BUTTONS)


def shipped(name: str) -> Profile:
    return SHELF.profiles[name]


@EACH
def test_every_button_is_where_the_sources_say(name: str) -> None:
    buttons = {c.name for c in shipped(name).controls.values() if c.kind == "button"}
    assert buttons == set(BUTTONS[name])


@EACH
@pytest.mark.parametrize("channel", [0, 1, 15])
def test_every_button_goes_down_and_up_in_every_form(name: str, channel: int) -> None:
    feed = Decoder(shipped(name)).feed
    heard = channel == 0 or name in ANY_CHANNEL
    for button, (status, number) in BUTTONS[name].items():
        down = Edge(button, "down", 1.0) if heard else None
        up = Edge(button, "up", 0.0) if heard else None
        assert feed(bytes((status | channel, number, 127))) == down
        assert feed(bytes((status | channel, number, 0))) == up
        if status == 0x90:
            assert feed(bytes((0x80 | channel, number, 0))) == up
            assert feed(bytes((0x80 | channel, number, 64))) == up


@EACH
def test_nothing_else_is_a_button(name: str) -> None:
    feed = Decoder(shipped(name)).feed
    known = set(BUTTONS[name].values())
    for status in (0x90, 0xB0):
        for number in set(range(128)) - {n for s, n in known if s == status}:
            edge = feed(bytes((status, number, 127)))
            assert edge is None or edge.what == "turn"


@pytest.mark.parametrize(
    ("name", "message", "edge"),
    [
        ("akai-apc-mini-mk2", "B0 30 7F", Edge("fader.1", "turn", 1.0)),
        ("akai-apc-mini-mk2", "B0 38 00", Edge("fader.9", "turn", 0.0)),
        ("korg-nanokontrol2", "B0 00 7F", Edge("fader.1", "turn", 1.0)),
        ("korg-nanokontrol2", "BF 07 7F", Edge("fader.8", "turn", 1.0)),
        ("korg-nanokontrol2", "B0 10 7F", Edge("encoder.1", "turn", 1.0)),
        ("korg-nanokontrol2", "BF 17 00", Edge("encoder.8", "turn", 0.0)),
        ("mackie-control", "B0 10 01", Edge("encoder.1", "turn", 1.0, relative=True)),
        ("mackie-control", "B0 17 41", Edge("encoder.8", "turn", -1.0, relative=True)),
        ("mackie-control", "B0 3C 42", Edge("jog", "turn", -2.0, relative=True)),
        ("mackie-control", "E0 7F 7F", Edge("fader.1", "turn", 1.0)),
        ("mackie-control", "E8 00 00", Edge("fader.9", "turn", 0.0)),
        ("mackie-control", "E9 00 00", None),
    ],
)
def test_what_turns_and_slides_is_heard(name: str, message: str, edge: Edge | None) -> None:
    assert Decoder(shipped(name)).feed(bytes.fromhex(message)) == edge


@pytest.mark.parametrize(
    ("name", "schemes"),
    [
        ("novation-launchpad-mini-mk3", {"grid8x8", "side8", "nav4"}),
        ("akai-apc-mini-mk2", {"grid8x8", "side8", "faders8"}),
        ("korg-nanokontrol2", {"transport", "encoders8", "faders8"}),
        (
            "mackie-control",
            {"transport", "encoders8", "faders8", "nav4", "strips8", "timecode"},
        ),
        ("generic-pads", {"grid4x4"}),
        ("generic-keys", {"keys7"}),
    ],
)
def test_a_profile_provides_its_schemes(name: str, schemes: set[str]) -> None:
    assert shipped(name).provides == schemes


@pytest.mark.parametrize(
    ("name", "control", "light"),
    [
        ("novation-launchpad-mini-mk3", "pad.1.1", Light("rgb", "note", 81)),
        ("novation-launchpad-mini-mk3", "side.8", Light("rgb", "cc", 19)),
        ("novation-launchpad-mini-mk3", "logo", Light("rgb", "note", 99)),
        ("akai-apc-mini-mk2", "pad.8.8", Light("palette", "note", 7)),
        ("akai-apc-mini-mk2", "side.1", Light("mono-blink", "note", 112, colour="green")),
        ("akai-apc-mini-mk2", "track.8", Light("mono-blink", "note", 107, colour="red")),
        ("akai-apc-mini-mk2", "shift", Light("none", "none")),
        ("korg-nanokontrol2", "play", Light("mono", "cc", 41, 16)),
        ("korg-nanokontrol2", "rec.8", Light("mono", "cc", 71, 16)),
        ("korg-nanokontrol2", "marker", Light("none", "none")),
        ("mackie-control", "play", Light("mono-blink", "note", 94)),
        ("mackie-control", "encoder.8", Light("ring", "cc", 55)),
        ("mackie-control", "meter.8", Light("meter", "none", 7)),
        ("mackie-control", "rude_solo_lamp", Light("mono-blink", "note", 115)),
        ("mackie-control", "fader_touch.1", Light("none", "none")),
        ("generic-pads", "pad.1.1", Light("none", "none")),
    ],
)
def test_a_light_is_reached_as_the_sources_say(name: str, control: str, light: Light) -> None:
    assert shipped(name).controls[control].light == light


def test_no_two_lights_of_a_device_are_one() -> None:
    for profile in SHELF.profiles.values():
        lights = [c.light for c in profile.controls.values() if c.light.kind != "none"]
        assert len({(x.kind == "meter", x.message, x.number, x.channel) for x in lights}) == len(
            lights
        )


@pytest.mark.parametrize(
    ("name", "enter", "leave"),
    [
        (
            "novation-launchpad-mini-mk3",
            "F0002029020D0E01F7F0002029020D0901F7",
            "F0002029020D0E00F7",
        ),
        ("akai-apc-mini-mk2", "F0477F4F62000100F7", ""),
        ("korg-nanokontrol2", "F0424000011300000001F7", "F0424000011300000000F7"),
        ("mackie-control", "", "F00000661462F7"),
    ],
)
def test_a_device_is_greeted_and_left_in_its_own_words(name: str, enter: str, leave: str) -> None:
    session = shipped(name).session
    assert b"".join(session.enter).hex().upper() == enter
    assert b"".join(session.leave).hex().upper() == leave


def test_the_launchpad_takes_81_lights_in_one_message() -> None:
    assert shipped("novation-launchpad-mini-mk3").leds.pace.batch == 81


def test_the_scribble_strips_of_a_mackie_are_two_lines_of_56() -> None:
    displays = shipped("mackie-control").displays
    assert [displays[f"strip.{n}.upper"].offset for n in range(1, 9)] == list(range(0, 56, 7))
    assert [displays[f"strip.{n}.lower"].offset for n in range(1, 9)] == list(range(56, 112, 7))
    assert (displays["timecode"].width, displays["timecode"].offset) == (10, 0)
    assert (displays["assignment"].width, displays["assignment"].offset) == (2, 10)


@EACH
def test_every_profile_has_a_driver_and_names_its_sources(name: str) -> None:
    assert driver_for(shipped(name))
    assert shipped(name).sources


_REPAINT = {
    "arturia-beatstep",
    "arturia-minilab-mk2",
    "behringer-x-touch-mini-std",
    "djtt-midi-fighter-3d",
    "djtt-midi-fighter-twister",
    "korg-nanokontrol2",
    "ni-maschine-mikro-mk3",
}
_PRESSED_ON_AND_ON = {
    "ableton-push-1",
    "ableton-push-2",
    "akai-mpd218",
    "novation-launchpad-pro-mk3",
    "novation-launchpad-x",
}


def test_lights_are_told_again_on_release_where_the_device_repaints_by_itself() -> None:
    profiles = SHELF.profiles.values()
    assert {p.id for p in profiles if p.leds.resend_on_release} == _REPAINT


@pytest.mark.parametrize("name", sorted(_PRESSED_ON_AND_ON))
def test_what_pads_that_feel_pressure_send_without_end_is_thrown_away(name: str) -> None:
    assert shipped(name).drop >= {"clock", "sensing", "aftertouch", "polytouch"}
