"""One small story on each controller: start, too late, complete; and two of them at once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.settings import Settings
from bridge.files.config_controllers import ControllerConfig
from tests.standins.desk import SONG
from tests.standins.emulators.apc import ApcMiniMk2
from tests.standins.emulators.launchpad import OFF, LaunchpadMiniMk3
from tests.standins.emulators.mackie import MackieControl
from tests.standins.emulators.nanokontrol import NanoKontrol2
from tests.standins.evening import PAD
from tests.standins.hands import Buttons, Hands, Keys
from tests.standins.studio import Studio

CHORDS, BASS, DRUMS = (
    "Write chord progression",
    "Design sound for bassline",
    "Balance drums and bass",
)
KEEP = Settings(at_zero="keep-counting")
LONG = SongDraft("Long", tasks=tuple(TaskDraft(f"Task {n}", "mixing") for n in range(1, 101)))


def named(profile: str, layout: str = "auto", port: str = "") -> list[ControllerConfig]:
    return [ControllerConfig(profile, layout, port)]


def phases(studio: Studio, sight: list[bool], lit: Callable[[], bool]) -> None:
    """Look at a light for two seconds, twenty times a second."""
    for _ in range(40):
        studio.wait(0.05)
        sight.append(lit())


def changes(sight: list[bool]) -> int:
    return sum(a != b for a, b in pairwise(sight))


# --- nanoKONTROL2 ---------------------------------------------------------------------------------


def test_nanokontrol_lamps_show_what_is_under_way_and_blink_when_it_is_too_late() -> None:
    nano = NanoKontrol2()
    studio = Studio([SONG], settings=KEEP)
    hands = Hands(studio, "nanoKONTROL2 MIDI 1", nano)
    play, stop, rewind, forward, record, cycle = 41, 42, 43, 44, 45, 46
    assert nano.native
    assert not nano.lit(play)

    hands.press(play)
    assert (studio.current, studio.state) == (CHORDS, "running")
    assert nano.lit(play)
    hands.press(play)
    assert studio.state == "paused"
    hands.press(play)
    studio.wait(20 * 60)
    assert studio.state == "overtime"
    sight: list[bool] = []
    phases(studio, sight, lambda: nano.lit(play))
    assert 3 <= changes(sight) <= 20
    hands.press(record)
    assert studio.current == BASS
    sight.clear()
    phases(studio, sight, lambda: nano.lit(play))
    assert changes(sight) == 0
    assert all(sight)
    hands.press(forward)
    assert studio.current == DRUMS
    hands.press(rewind)
    assert studio.current == BASS
    hands.press(stop, cycle)
    assert studio.current == BASS
    studio.midi.leave()
    assert not nano.native


def test_a_knob_with_two_ends_extends_by_the_way_it_was_turned() -> None:
    studio = Studio([SONG])
    hands = Hands(studio, "nanoKONTROL2 MIDI 1", NanoKontrol2())
    hands.press(41)
    for position in (64, 68, 72, 80):
        hands.send(bytes((0xBF, 16, position)))
    studio.wait(0.3)
    assert studio.view.timer.budget == 1200 + 4 * 60
    for position in (72, 64):
        hands.send(bytes((0xBF, 16, position)))
    studio.wait(0.3)
    assert studio.view.timer.budget == 1200


# --- Mackie Control -------------------------------------------------------------------------------


def test_mackie_shows_the_queue_in_words_and_the_countdown_in_digits() -> None:
    desk = MackieControl()
    studio = Studio([SONG], settings=KEEP)
    hands = Hands(studio, "Mackie Control MIDI 1", desk)
    play, record, marker, select = 94, 95, 84, 24
    assert desk.line(2)[:21] == "WrtChrdDsgnSndBlncDrm"
    assert desk.line(2)[21:].strip() == ""
    assert desk.timecode().strip() == ""

    hands.press(play)
    assert desk.lamp(play) == "on"
    assert desk.timecode().replace(".", "").strip() in ("2000", "1960", "1959")
    studio.wait(60.0)
    assert desk.timecode() == "      19.00"
    written = desk.characters_written
    studio.wait(60.0)
    assert desk.characters_written == written  # the strips stand still while the digits count
    mode, first = desk.ring(1)
    assert mode == 2
    assert first > 0

    studio.wait(18 * 60)
    assert studio.state == "overtime"
    assert desk.lamp(play) == "blink"
    studio.wait(5.0)
    assert desk.timecode() == "      -0.05"
    hands.press(record)
    assert studio.current == BASS
    assert desk.lamp(play) == "on"
    assert desk.line(2)[:14] == "DsgnSndBlncDrm"
    hands.press(select + 1)
    assert studio.current == DRUMS
    hands.press(marker)
    assert desk.ignored == 0
    studio.midi.leave()
    assert desk.lamp(play) == "off"
    assert desk.line(2).strip() == ""
    assert desk.timecode().strip() == ""


def test_a_turn_of_many_clicks_is_few_extensions_and_few_steps_back() -> None:
    desk = MackieControl()
    studio = Studio([SONG])
    hands = Hands(studio, "Mackie Control MIDI 1", desk)
    play, cycle = 94, 86
    hands.press(play)
    seq = studio.session.engine.seq
    hands.send(*desk.turn(1, 7))
    assert studio.view.timer.budget == 1200 + 7 * 60
    assert studio.session.engine.seq == seq + 1  # what comes first is done at once
    for _ in range(10):
        hands.send(*desk.turn(1, -1))
    assert studio.session.engine.seq == seq + 1  # and what follows, when the hand rests
    studio.wait(0.3)
    assert studio.view.timer.budget == 1200 - 3 * 60
    assert studio.session.engine.seq == seq + 2
    hands.send(*desk.turn(1, -60))  # no box of less than a minute
    studio.wait(0.3)
    assert studio.view.timer.budget == 1200 - 3 * 60
    hands.press(cycle, cycle)
    assert studio.view.timer.budget == 1200


def test_a_press_comes_after_the_turn_that_was_made_before_it() -> None:
    desk = MackieControl()
    studio = Studio([SONG])
    hands = Hands(studio, "Mackie Control MIDI 1", desk)
    play, cycle = 94, 86
    hands.press(play)
    for _ in range(4):
        hands.send(*desk.turn(1, 1))
    hands.press(cycle)
    assert studio.view.timer.budget == 1200 + 60  # undo took back what had been gathered


# --- APC mini mk2 ---------------------------------------------------------------------------------


def test_apc_takes_every_light_without_losing_one() -> None:
    apc = ApcMiniMk2(22)  # the port waits after request and session; in memory nothing does
    studio = Studio([LONG], settings=KEEP)
    hands = Hands(studio, "APC mini mk2 APC mini mk2 Contr", apc)
    first, toggle, complete, undo = 56, 8, 9, 15
    assert apc.lit(first).effect == "solid"
    assert all(apc.lit(number).effect == "solid" for number in range(16, 64))

    hands.press(first)
    studio.wait(0.3)
    assert studio.state == "running"
    assert apc.lit(first).effect == "pulse"
    studio.wait(25 * 60)
    assert studio.state == "overtime"
    studio.wait(0.3)
    assert apc.lit(first).effect == "blink"
    hands.press(complete)
    assert studio.current == "Task 2"
    hands.press(undo)
    assert studio.current == "Task 1"
    for _ in range(20):
        hands.press(toggle, complete)
    studio.wait(1.0)
    assert apc.lost == 0


# --- what has no lights ---------------------------------------------------------------------------


@pytest.mark.parametrize("channel", [0, 9, 15])
def test_sixteen_pads_of_any_kind_press_and_hold(channel: int) -> None:
    studio = Studio([SONG], controllers=named("generic-pads", port="MPD218"))
    hands = Hands(studio, "MPD218 MIDI 1", Keys(channel))
    toggle, complete, skip, later, second = 36, 37, 38, 39, 49
    hands.press(second)
    assert studio.current == BASS
    hands.press(toggle)
    assert studio.state == "paused"
    hands.press(toggle, hold=0.8)
    assert studio.state == "running"  # the pause was taken back, and nothing toggled besides
    hands.press(complete, hold=0.8)
    assert studio.view.timer.budget == (25 + 5) * 60
    hands.press(later, hold=0.8)
    assert studio.state == "break"
    hands.press(toggle)
    hands.press(complete)
    assert studio.current == CHORDS
    hands.press(skip)
    assert studio.current == DRUMS
    hands.press(later)
    assert hands.device.received == []  # type: ignore[attr-defined] # a Keys


def test_any_keyboard_works_by_its_lowest_white_keys() -> None:
    studio = Studio([SONG], controllers=named("generic-keys", port="Piano"))
    hands = Hands(studio, "Digital Piano", Keys(3))
    c1, d1, a1, b1 = 36, 38, 45, 47
    hands.press(c1)
    assert studio.current == CHORDS
    hands.press(37, 60, 20)  # black, far up, far down: music
    assert studio.current == CHORDS
    hands.press(d1)
    assert studio.current == BASS
    hands.press(a1)
    assert studio.state == "break"
    hands.press(b1, b1)
    assert studio.current == CHORDS


# --- loops ----------------------------------------------------------------------------------------


class Looped:
    """A device with a cable from its input to its output, on which a message takes `delay` seconds."""

    def __init__(self, device: Buttons, delay: float) -> None:
        self.device, self.delay = device, delay
        self.press, self.release = device.press, device.release
        self.under_way: list[tuple[float, bytes]] = []

    def receive(self, data: bytes, at: float) -> list[bytes]:
        self.device.receive(data, at)
        self.under_way.append((at + self.delay, data))
        return []

    def wait(self, hands: Hands, seconds: float) -> None:
        """Let time pass, and what is on the cable come in."""
        end = hands.studio.moment.mono + seconds
        while hands.studio.moment.mono < end:
            hands.studio.wait(0.005)
            while self.under_way and self.under_way[0][0] <= hands.studio.moment.mono:
                hands.send(self.under_way.pop(0)[1])

    def tap(self, hands: Hands, number: int) -> None:
        hands.send(*self.press(number))
        self.wait(hands, 0.08)
        hands.send(*self.release(number))
        self.wait(hands, 0.5)


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.1, 0.2])
@pytest.mark.parametrize(
    ("port", "device", "play", "record"),
    [
        ("Mackie Control MIDI 1", MackieControl, 94, 95),
        ("nanoKONTROL2 MIDI 1", NanoKontrol2, 41, 45),
        ("APC mini mk2 APC mini mk2 Contr", lambda: ApcMiniMk2(22), 8, 9),
        (PAD, LaunchpadMiniMk3, 21, 22),
    ],
)
def test_lamps_that_come_back_as_presses_do_nothing_and_presses_count(
    delay: float, port: str, device: Callable[[], Buttons], play: int, record: int
) -> None:
    desk = Looped(device(), delay)
    studio = Studio([SONG], settings=KEEP)
    hands = Hands(studio, port, desk)
    desk.wait(hands, 1.0)
    assert studio.session.engine.seq == 1
    for state in ("running", "paused", "running"):
        desk.tap(hands, play)
        assert studio.state == state
    studio.wait(20 * 60 - 1.0)
    desk.wait(hands, 4.0)
    assert studio.state == "overtime"  # and its lamp blinks
    desk.tap(hands, record)
    assert (studio.current, studio.state) == (BASS, "running")
    seq = studio.session.engine.seq
    desk.wait(hands, 4.0)
    assert studio.session.engine.seq == seq


@pytest.mark.parametrize("late", [0.0, 0.005, 0.02, 0.04])
@pytest.mark.parametrize(
    ("port", "device", "play"),
    [("nanoKONTROL2 MIDI 1", NanoKontrol2, 41), ("Mackie Control MIDI 1", MackieControl, 94)],
)
def test_a_press_counts_just_when_its_lamp_turns_on(
    late: float, port: str, device: Callable[[], Buttons], play: int
) -> None:
    studio = Studio([SONG], settings=KEEP)
    hands = Hands(studio, port, device())
    studio.do("start")
    studio.wait(late)
    hands.press(play)
    assert studio.state == "paused"


@pytest.mark.parametrize("late", [0.0, 0.005, 0.02, 0.04])
def test_a_press_counts_just_when_its_lamp_flashes(late: float) -> None:
    nano = NanoKontrol2()
    studio = Studio([SONG], settings=KEEP)
    hands = Hands(studio, "nanoKONTROL2 MIDI 1", nano)
    hands.press(41)
    studio.wait(20 * 60)
    while nano.lit(41):
        studio.wait(0.001)
    while not nano.lit(41):
        studio.wait(0.001)
    studio.wait(late)
    hands.press(41)
    assert studio.state == "paused"


# --- more than one --------------------------------------------------------------------------------


def test_two_controllers_at_once_show_and_do_the_same() -> None:
    pad, nano = LaunchpadMiniMk3(), NanoKontrol2()
    studio = Studio([SONG])
    left, right = Hands(studio, PAD, pad), Hands(studio, "nanoKONTROL2 MIDI 1", nano)
    right.press(41)
    studio.wait(0.1)
    assert pad.lit(81).effect == "pulse"
    assert nano.lit(41)
    left.press(21)
    assert studio.state == "paused"
    left.send(*pad.press(22))
    right.send(*nano.press(45))  # both complete, in the same instant
    assert studio.session.engine.studio.the("northern-lights.1").state == "done"
    assert studio.current == DRUMS
    studio.unplug(PAD)
    right.press(44)
    assert studio.current == ""


def test_pages_turn_through_a_long_queue_and_a_start_comes_back_to_the_first() -> None:
    pad = LaunchpadMiniMk3()
    studio = Studio([LONG])
    hands = Hands(studio, PAD, pad)
    up, down, first = 91, 92, 81
    assert (pad.lit(up), pad.lit(down) != OFF) == (OFF, True)
    hands.press(down)
    assert pad.lit(up) != OFF
    hands.press(down)
    assert [led for led in range(81, 89) if pad.lit(led) != OFF] == [81, 82, 83, 84]
    assert pad.lit(down) == OFF
    hands.press(down)  # there is no fourth page
    hands.press(82)
    assert studio.current == "Task 98"
    assert pad.lit(first).effect == "pulse"
    assert pad.lit(up) == OFF
    hands.press(82)
    assert studio.current == "Task 1"
    hands.press(83, hold=0.8)  # to the top without starting: the current task stays the first
    assert studio.current == "Task 1"
    assert [row.title for row in studio.view.queue()][1] == "Task 2"


def test_a_pad_beyond_the_queue_blinks_and_does_nothing() -> None:
    pad = LaunchpadMiniMk3()
    studio = Studio([SONG])
    hands = Hands(studio, PAD, pad)
    hands.press(38)
    assert pad.lit(38).effect == "flash"
    studio.wait(1.0)
    assert pad.lit(38) == OFF
    assert studio.session.engine.seq == 1
