"""What a device was sent, read back: every look of every shipped profile finds its words again."""

from __future__ import annotations

import pytest

from bridge.files.profiles import load_profiles
from bridge.messages import DARK, Effect, Look
from bridge.moment import Moment
from bridge.surface.describing import Describer, grouped, look_words
from bridge.surface.frame import Frame, Scroll
from bridge.surface.lights import Painter
from bridge.surface.profile import Profile

PROFILES = load_profiles().profiles
LAUNCHPAD, MACKIE = PROFILES["novation-launchpad-mini-mk3"], PROFILES["mackie-control"]
GREEN = Look("#00FF00", 0.25, Effect.PULSE)
BLUE = Look("#3FA7FF")


def sent(profile: Profile, *frames: Frame) -> list[bytes]:
    """Return what a painter sends for each of these pictures in turn."""
    painter, mono, out = Painter(profile), 100.0, list[bytes]()
    for frame in frames:
        painter.show(frame)
        for _ in range(2000):
            out += painter.due(Moment(mono, mono))
            mono += 0.002
    return out


def lights(profile: Profile) -> list[str]:
    return [c.name for c in profile.controls.values() if c.light.kind != "none"]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.id)
def test_everything_that_a_painter_sends_is_understood(profile: Profile) -> None:
    describer = Describer(profile)
    names = lights(profile)
    texts = dict.fromkeys(profile.displays, "Bassline")
    frames = [
        Frame(dict.fromkeys(names, BLUE), texts),
        Frame({names[0]: GREEN} if names else {}, texts),
    ]
    seen: set[str] = set()
    for before, frame in zip([Frame(), *frames], frames, strict=False):
        describer.learn(frame)
        for data in sent(profile, before, frame):
            shown = describer.shown(data)
            assert shown or not data, data.hex(" ")
            seen |= shown.keys()
    assert seen >= set(names)


def test_a_whole_launchpad_is_read_out_of_one_message() -> None:
    describer = Describer(LAUNCHPAD)
    frame = Frame({"pad.1.3": GREEN, **{f"pad.2.{n}": BLUE for n in range(1, 9)}})
    describer.learn(frame)
    (data,) = sent(LAUNCHPAD, frame)

    shown = describer.shown(data)

    assert len(shown) == len(lights(LAUNCHPAD))
    assert grouped({n: w for n, w in shown.items() if w != "off"}) == (
        "pad.1.3 green 25% pulse, pad.2.1-8 #3FA7FF"
    )


def test_a_scribble_strip_says_its_whole_text_though_a_few_letters_were_sent() -> None:
    describer = Describer(MACKIE)
    frames = [Frame(texts={"strip.2.lower": word}) for word in ("Bassloop", "Bassline")]
    *_, last = sent(MACKIE, *frames)
    describer.learn(frames[-1])

    assert len(last) < len(b"......Bassline.")
    assert describer.shown(last) == {"strip.2.lower": '"Bassline"'}


def test_a_text_that_runs_over_the_lights_is_told_once() -> None:
    describer = Describer(LAUNCHPAD)
    frame = Frame(scroll=Scroll("Write chords", "#3FA7FF", 1))
    describer.learn(frame)

    words = [describer.words(data) for data in sent(LAUNCHPAD, frame)]
    assert words.count('the text "Write chords" runs') == 1


def test_what_a_lamp_can_not_show_is_told_as_dark() -> None:
    korg = PROFILES["korg-nanokontrol2"]
    describer, dim = Describer(korg), Frame({"play": Look("#00FF00", 0.2)})
    describer.learn(dim)

    assert {"play": "off"} in [describer.shown(data) for data in sent(korg, dim)]


def test_session_and_identity_have_words_and_strange_bytes_have_none() -> None:
    describer = Describer(LAUNCHPAD)

    assert describer.words(LAUNCHPAD.session.enter[0]) == "session entered"
    assert describer.words(LAUNCHPAD.session.leave[0]) == "session left"
    assert describer.words(bytes.fromhex("F0 7E 7F 06 01 F7")) == "identity request"
    head = LAUNCHPAD.leds.header
    for strange in (b"\x90\x01\x02", head + b"\x03\x03\xf7", head + b"\x03\xf7", b"\xf0\xf7"):
        assert (describer.shown(strange), describer.words(strange)) == ({}, "")


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (DARK, "off"),
        (GREEN, "green 25% pulse"),
        (BLUE, "#3FA7FF"),
        (Look("#FF0000", 1.0, Effect.BLINK), "red blink"),
        (Look("#000000"), "off"),
    ],
)
def test_looks_in_words(look: Look, words: str) -> None:
    assert look_words(look) == words


def test_rows_are_drawn_together_only_where_no_name_is_missing() -> None:
    names = ["pad.1.1", "pad.1.2", "pad.1.4", "pad.1.5", "pad.1.6", "pad.2.7", "play"]
    assert grouped(dict.fromkeys(names, "off")) == "pad.1.1 pad.1.2 pad.1.4-6 pad.2.7 play off"


def test_a_lamp_that_we_switch_on_and_off_blinks_in_both_halves_and_is_off_only_when_it_is() -> (
    None
):
    nano, blinking = PROFILES["korg-nanokontrol2"], Look("#FF0000", 1.0, Effect.BLINK)
    describer, picture = Describer(nano), Frame({"play": blinking})
    describer.learn(picture)
    halves = [describer.shown(data) for data in sent(nano, picture) if data[1] == 41]
    assert len(halves) > 4
    assert all(half == {"play": "red blink"} for half in halves)
    describer.learn(Frame())
    assert describer.shown(bytes((0xBF, 41, 0))) == {"play": "off"}
