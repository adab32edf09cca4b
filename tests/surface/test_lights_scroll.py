"""Text over the lights: it runs once, ends when somebody wants to see the pads, and takes no light away."""

from __future__ import annotations

from typing import TypeAlias

import pytest

from bridge.messages import Look
from bridge.surface.drivers.lettering import running
from bridge.surface.frame import Frame, Scroll
from tests.standins.easel import Easel
from tests.standins.emulators.launchpad import LaunchpadMiniMk3, LaunchpadProMk3, LaunchpadX
from tests.standins.emulators.launchpad_mk1 import LaunchpadMk1
from tests.standins.emulators.launchpad_mk2 import LaunchpadMk2

BLUE, AMBER = Look("#3FA7FF"), Look("#FFB000")
CHORDS = Scroll("Write chord progression", "#3FA7FF", 1)
BASS = Scroll("Design sound for bassline", "#C77DFF", 2)
Scrolling: TypeAlias = LaunchpadMiniMk3 | LaunchpadMk2 | LaunchpadMk1
MINI = "novation-launchpad-mini-mk3"


def easels() -> list[Easel[Scrolling]]:
    return [
        Easel[Scrolling](MINI, LaunchpadMiniMk3()),
        Easel[Scrolling]("novation-launchpad-x", LaunchpadX()),
        Easel[Scrolling]("novation-launchpad-mk2", LaunchpadMk2()),
        Easel[Scrolling]("novation-launchpad-mk1", LaunchpadMk1("S", waiting=2)),
    ]


@pytest.mark.parametrize("place", range(4))
def test_a_text_runs_once_and_the_lights_are_there_when_it_is_over(place: int) -> None:
    easel = easels()[place]
    easel.show(BLUE)
    easel.show(BLUE, CHORDS, seconds=0.2)
    assert easel.device.texts == [b"Write chord progression"]
    assert easel.device.scrolls(easel.now)
    lights = len(easel.device.all_lit())
    easel.show({"pad.1.1": AMBER}, CHORDS, seconds=60.0)
    assert not easel.device.scrolls(easel.now)
    assert easel.painter.wake() is None
    assert lights >= 80
    assert len(easel.device.all_lit()) == 1
    assert len(easel.device.texts) == 1
    assert easel.device.ignored == 0


@pytest.mark.parametrize("place", range(4))
def test_a_text_ends_at_once_when_a_hand_wants_to_see_the_pads(place: int) -> None:
    easel = easels()[place]
    easel.show(BLUE, CHORDS, seconds=0.3)
    easel.show(BLUE, None, seconds=0.1)
    assert not easel.device.scrolls(easel.now)
    easel.show(AMBER, None, seconds=2.0)
    assert len(easel.device.texts) == 1
    assert len(easel.device.all_lit()) >= 80


@pytest.mark.parametrize("place", range(4))
def test_the_next_text_takes_the_place_of_one_that_still_runs(place: int) -> None:
    easel = easels()[place]
    easel.show(BLUE, CHORDS, seconds=0.3)
    easel.show(BLUE, BASS, seconds=0.3)
    assert easel.device.texts == [b"Write chord progression", b"Design sound for"]
    assert easel.device.scrolls(easel.now)
    easel.run(60.0)
    assert not easel.device.scrolls(easel.now)


@pytest.mark.parametrize("place", range(4))
def test_leaving_stops_the_text_first(place: int) -> None:
    easel = easels()[place]
    easel.show(BLUE, CHORDS, seconds=0.3)
    easel.leave()
    assert not easel.device.scrolls(easel.now)
    assert easel.device.all_lit() == {}


@pytest.mark.parametrize(
    ("place", "message"),
    [
        (0, "F0 00 20 29 02 0D 07 00 14 01 1F 53 7F 42 61 73 73 F7"),
        (1, "F0 00 20 29 02 0C 07 00 14 01 1F 53 7F 42 61 73 73 F7"),
        (2, "F0 00 20 29 02 18 14 25 00 07 42 61 73 73 F7"),
        (3, "F0 00 20 29 09 3C 07 42 61 73 73 F7"),
    ],
)
def test_a_text_is_started_in_the_devices_own_words(place: int, message: str) -> None:
    sent = easels()[place].show(BLUE, Scroll("Bass", "#3FA7FF", 1))
    assert sent[0] == bytes.fromhex(message)


def test_a_text_that_was_ended_before_it_began_never_runs() -> None:
    easel = Easel(MINI, LaunchpadMiniMk3())
    easel.show(BLUE, CHORDS, seconds=0.0)
    easel.painter.show(Frame({}, scroll=BASS))
    easel.painter.show(Frame({}))
    easel.run()
    assert easel.device.texts == [b"Write chord progression"]
    assert not easel.device.scrolls(easel.now)


def test_the_first_launchpad_of_2009_goes_on_as_if_nothing_had_been_said() -> None:
    easel = Easel("novation-launchpad-mk1", LaunchpadMk1("2009", waiting=2))
    easel.show(BLUE, CHORDS, seconds=0.5)
    easel.show({"pad.1.1": AMBER}, CHORDS, seconds=0.5)
    assert easel.device.all_lit() == {0: (3, 3)}
    easel.run(60.0)
    assert easel.device.all_lit() == {0: (3, 3)}
    assert easel.device.lost == 0


@pytest.mark.parametrize("seconds", [0.01, 0.03, 0.05, 0.09])
def test_a_text_that_begins_while_a_whole_picture_is_under_way_shifts_no_light(
    seconds: float,
) -> None:
    easel = Easel("novation-launchpad-mk1", LaunchpadMk1("2009"))
    colours = ("#FF0000", "#00FF00", "#FFB000")
    picture = {name: Look(colours[n % 3]) for n, name in enumerate(easel.profile.controls)}
    easel.show(picture, seconds=seconds)
    easel.show(picture, CHORDS, seconds=0.5)
    calm = Easel("novation-launchpad-mk1", LaunchpadMk1("2009"))
    calm.show(picture)
    assert easel.device.all_lit() == calm.device.all_lit()
    assert easel.device.lost == 0


def test_a_device_without_texts_is_never_told_any() -> None:
    easel = Easel("novation-launchpad-pro-mk3", LaunchpadProMk3())
    easel.show(BLUE, CHORDS)
    assert easel.painter.wake() is None
    assert easel.device.ignored == 0


@pytest.mark.parametrize(
    ("title", "runs"),
    [
        ("Mix", b"Mix"),
        ("  Two \n lines ", b"Two lines"),
        ("Flügelhörner & Größe", b"Flugelhorner & Grosse"),
        ("Drums 🥁 first", b"Drums first"),
        ("日本", b"-"),
        ("", b"-"),
        ("Really? Yes", b"Really? Yes"),
        ("Write the second verse of it", b"Write the second verse"),
        ("Supercalifragilisticexpialidocious", b"Supercalifragilisticexpi"),
    ],
)
def test_a_title_is_put_into_letters_that_the_device_has(title: str, runs: bytes) -> None:
    assert running(title, 24) == runs
