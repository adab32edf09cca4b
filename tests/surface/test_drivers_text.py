from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.errors import Invalid
from bridge.surface.drivers import driver_for
from bridge.surface.drivers.lettering import lcd, segments
from bridge.surface.profile import Display, Leds
from tests.standins.emulators.mackie import MackieControl
from tests.standins.emulators.profiles import MACKIE

_DRIVER = driver_for(MACKIE)


def _write(device: MackieControl, **texts: str) -> list[bytes]:
    cells = [
        cell
        for name, text in texts.items()
        for cell in _DRIVER.text(MACKIE.displays[name.replace("_", ".")], text)
    ]
    messages = [parcel.data for parcel in _DRIVER.pack(cells)]
    for message in messages:
        device.receive(message, 0.0)
    return messages


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bass", b"Bass   "),
        ("Write chord progression", b"Write c"),
        ("Tromsø", b"Tromso "),
        ("café", b"cafe   "),
        ("Größe", b"Grosse "),
        ("夜\n~x", b"? ~x   "),
        ("a\x00\x7fb", b"a ?b   "),
        ("1\N{EN DASH}2…", b"1-2... "),
        ("", b"       "),
    ],
)
def test_text_becomes_ascii_of_the_displays_width(text: str, shown: bytes) -> None:
    assert lcd(text, 7) == shown


@pytest.mark.parametrize(
    ("driver", "display", "most"),
    [
        ("mcu", Display("strip.1.upper", 7, 105), 112),
        ("mcu", Display("timecode", 10, 2), 12),
        ("push", Display("song", 68, 204), 272),
    ],
)
def test_a_display_that_goes_beyond_the_device_is_refused(
    driver: str, display: Display, most: int
) -> None:
    profile = replace(MACKIE, id="mine", displays={display.name: display}, leds=Leds(driver))
    assert driver_for(profile)
    beyond = replace(display, offset=display.offset + 1)
    with pytest.raises(
        Invalid, match=rf"mine: the display .* ends at {most + 1} .* reaches {most}"
    ):
        driver_for(replace(profile, displays={display.name: beyond}))


@given(st.text(), st.integers(0, 20))
def test_any_text_fits_and_is_seven_bit(text: str, width: int) -> None:
    assert len(lcd(text, width)) == width
    assert all(0x20 <= code <= 0x7E for code in lcd(text, width))
    assert len(segments(text, width)) == width
    assert all(0 <= code <= 0x7F for code in segments(text, width))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12:34", "      12.34"),
        ("-0:05", "      -0.05"),
        ("1:02:03", "     1.02.03"),
        (":5", "         .5"),
        ("break", "     BREAK"),
        ("\N{MINUS SIGN}1", "        -1"),
        ("é~", "          "),
        ("", "          "),
    ],
)
def test_the_countdown_stands_at_the_right_of_the_digits(text: str, shown: str) -> None:
    device = MackieControl()
    _write(device, timecode=text)
    assert device.timecode() == shown


def test_the_assignment_digits_lie_beyond_the_timecode() -> None:
    messages = _write(MackieControl(), assignment="07")
    assert sorted(message.hex(" ") for message in messages) == ["b0 4a 37", "b0 4b 30"]


def test_neighbouring_strips_are_written_at_one_go_and_others_on_their_own() -> None:
    device = MackieControl()
    messages = _write(device, strip_1_upper="Chords", strip_2_upper="Bass", strip_8_lower="Mix")
    assert [message[6] for message in messages] == [0, 105]
    assert device.line(1).startswith("Chords Bass")
    assert device.line(2).endswith("Mix    ")
    assert device.ignored == 0
