"""Small stories on Novation's controllers: what is pressed there counts, and what is lit is true."""

from __future__ import annotations

from tests.standins.desk import SONG
from tests.standins.emulators.launch_control import LaunchControlXl
from tests.standins.emulators.launchpad import LaunchpadX
from tests.standins.emulators.launchpad_mk1 import LaunchpadMk1
from tests.standins.emulators.launchpad_mk2 import LaunchpadMk2
from tests.standins.hands import Hands
from tests.standins.studio import Studio

CHORDS, BASS = "Write chord progression", "Design sound for bassline"


def test_an_album_is_worked_on_with_the_first_launchpad() -> None:
    pads = LaunchpadMk1(waiting=4)
    studio = Studio([SONG])
    hands = Hands(studio, "Launchpad:Launchpad MIDI 1", pads)
    assert pads.lit(0) == (0, 1)  # blue becomes green, and waits dimly
    hands.press(0)
    assert (studio.current, studio.state) == (CHORDS, "running")
    studio.wait(0.5)
    assert pads.lit(0) == (0, 3)
    hands.press(16 * 6 + 1)
    assert studio.current == BASS
    studio.wait(0.5)
    assert pads.lit(0) == (3, 2)
    assert (pads.lost, pads.ignored) == (0, 0)


def test_the_mk2_and_the_x_agree_on_what_is_shown() -> None:
    studio, mk2, x = Studio([SONG]), LaunchpadMk2(), LaunchpadX()
    one = Hands(studio, "Launchpad MK2:Launchpad MK2 MIDI 1", mk2)
    other = Hands(studio, "Launchpad X:Launchpad X LPX MIDI In", x)
    one.press(81)
    assert studio.current == CHORDS
    other.press(22)
    assert studio.current == BASS
    studio.wait(0.5)
    lit = set(x.all_lit()) & set(range(11, 89)) - set(range(19, 90, 10))
    assert lit == {led for led in mk2.all_lit() if led < 89 and led % 10 != 9}
    assert lit
    assert (mk2.ignored, x.ignored) == (0, 0)


def test_the_launch_control_is_ours_on_its_first_factory_template_only() -> None:
    studio, control = Studio([SONG]), LaunchControlXl()
    hands = Hands(studio, "Launch Control XL:Launch Control XL MIDI 1", control)
    before = control.all_lit()
    assert control.template == 8
    assert before

    hands.send(*control.choose(2))
    hands.press(41)
    assert studio.state == "idle"
    assert control.all_lit() == {}
    hands.send(*control.choose(8))
    studio.wait(1.0)
    assert control.template == 8
    assert control.all_lit() == before

    hands.press(41)
    assert studio.current == CHORDS
    assert control.ignored == 0
