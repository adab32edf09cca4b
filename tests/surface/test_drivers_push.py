"""Push 1 and 2 show what was wanted, without a clock, and at the pace they can take."""

from __future__ import annotations

import pytest

from bridge.messages import DARK, Look
from bridge.surface.palettes import PALETTES
from bridge.surface.palettes.push2 import SWATCHES
from tests.standins.emulators.device import CONTROL_CHANGE, IDENTITY_REQUEST
from tests.standins.emulators.push import LIVE, USER, Push, Push1, Push2
from tests.standins.painted import OVERTIME, PAUSED, RUNNING, SECTION, TODO, WHITE, Painted

BOTH = pytest.mark.parametrize(
    ("name", "make"), [("ableton-push-2", Push2), ("ableton-push-1", Push1)]
)
FOUR = {"pad.1.1": TODO, "pad.1.2": PAUSED, "pad.1.3": RUNNING, "pad.1.4": OVERTIME}
NOTES = {"pad.1.1": 92, "pad.1.2": 93, "pad.1.3": 94, "pad.1.4": 95, "pad.1.5": 96}


@BOTH
def test_entering_takes_a_push_to_user_mode_and_leaving_back_to_live(
    name: str, make: type[Push]
) -> None:
    device = make()
    painted = Painted(name, device)
    painted.show({"pad.1.1": TODO})
    assert (device.mode, device.ignored) == (USER, 0)
    painted.leave()
    assert (device.mode, device.ignored) == (LIVE, 0)
    assert not any(device.values.values())


@BOTH
def test_a_whole_picture_and_another_lose_nothing(name: str, make: type[Push]) -> None:
    device = make()
    painted = Painted(name, device)
    for colour in (SECTION, WHITE, "#FFB000"):
        painted.show(dict.fromkeys(painted.lights(), Look(colour)), seconds=0.2)
    painted.run(1.0)
    assert (device.lost, device.ignored, device.still) == (0, 0, 0)
    assert len(device.values) == len(painted.lights())
    assert all(device.values.values())


@BOTH
def test_todo_paused_running_and_done_differ_and_overtime_goes_on_and_off(
    name: str, make: type[Push]
) -> None:
    device = make()
    painted = Painted(name, device)
    shown: list[int] = []
    for _ in range(8):
        painted.show(FOUR, seconds=0.25)
        shown.append(device.value(0x90, NOTES["pad.1.4"]))
    still = [device.value(0x90, NOTES[pad]) for pad in ("pad.1.1", "pad.1.2", "pad.1.3", "pad.1.5")]
    assert len(set(still)) == 4
    assert still[-1] == 0
    assert shown[-4:] in ([0, shown[0]] * 2, [shown[0], 0] * 2)
    assert device.still == 0


@pytest.mark.parametrize("colour", ["#3FA7FF", "#C77DFF", "#FFB000", "#FF0000", "#00FF00"])
def test_a_push_2_dims_by_darker_colours_of_its_palette(colour: str) -> None:
    device = Push2()
    painted = Painted("ableton-push-2", device)
    levels = {"pad.1.1": 1.0, "pad.1.2": 0.5, "pad.1.3": 0.25, "pad.1.4": 0.1}
    painted.show({pad: Look(colour, level) for pad, level in levels.items()})
    sums = [sum(device.colour(NOTES[pad])) for pad in levels]
    assert sums == sorted(sums, reverse=True)
    assert sums[0] > sums[1] > sums[2] > 0


def test_a_push_2_is_given_the_palette_that_its_driver_counts_with() -> None:
    device = Push2()
    Painted("ableton-push-2", device)
    assert list(PALETTES["push2"].entries) == [device.palette[n] for n in range(len(SWATCHES))]
    named = Push2().palette  # what Ableton's document names, Live keeps
    assert {number: device.palette[number] for number in named} == named


def test_white_buttons_of_a_push_2_are_dark_half_or_full() -> None:
    device = Push2()
    painted = Painted("ableton-push-2", device)
    painted.show({"undo": Look(WHITE), "delete": Look(SECTION, 0.25)})
    undo, delete, setup = (device.brightness(number) for number in (119, 118, 30))
    assert undo > delete > setup == 0


def test_a_push_2_that_came_back_from_live_is_painted_whole() -> None:
    device = Push2()
    painted = Painted("ableton-push-2", device)
    painted.show(FOUR)
    before = dict(device.values)
    assert device.switch(LIVE) == [bytes.fromhex("F0 00 21 1D 01 01 0A 00 F7")]
    reply = device.switch(USER)
    assert [message.hex(" ").upper() for message in reply] == list(painted.profile.session.renew_on)
    assert device.values != before
    painted.painter.forget()
    painted.run(2.0)
    blinking = (0x90, NOTES["pad.1.4"])
    assert {**device.values, blinking: 0} == {**before, blinking: 0}


def test_a_push_1_shows_the_queue_the_task_and_the_countdown_in_four_lines() -> None:
    device = Push1()
    painted = Painted("ableton-push-1", device)
    texts = {f"strip.{n}.upper": f"mixing{n}" for n in range(1, 9)}
    texts |= {"strip.1.lower": "Chords", "strip.2.lower": "Bässe", "song": "Lights"}
    painted.show({}, {**texts, "task": "Chords", "timecode": "12:34".rjust(17)})
    assert device.lines == [
        "mixing1  mixing2 mixing3  mixing4 mixing5  mixing6 mixing7  mixing8 ",
        "Chords   Basse".ljust(68),
        "Lights".ljust(68),
        "Chords".ljust(63) + "12:34",
    ]
    assert device.ignored == 0


def test_lines_get_there_among_lights_that_take_all_the_room() -> None:
    device = Push1()
    painted = Painted("ableton-push-1", device)
    painted.show(dict.fromkeys(painted.lights(), Look(SECTION)), {"song": "One"}, 0.01)
    painted.show(dict.fromkeys(painted.lights(), DARK), {"song": "Two", "task": "Three"}, 2.0)
    assert (device.lines[2].strip(), device.lines[3].strip()) == ("Two", "Three")
    assert painted.painter.wake() is None
    before = device.written
    painted.show(dict.fromkeys(painted.lights(), DARK), {"song": "Two", "task": "Four"}, 2.0)
    assert device.written - before <= 4


def test_a_push_1_blinks_its_two_coloured_buttons_by_itself() -> None:
    device = Push1()
    painted = Painted("ableton-push-1", device)
    painted.show({"side.1": OVERTIME, "side.2": RUNNING, "side.3": TODO})
    assert [device.value(CONTROL_CHANGE, number) for number in (43, 42, 41, 40)] == [6, 16, 13, 0]
    count = painted.sent
    painted.run(2.0)
    assert painted.sent == count


@BOTH
def test_a_push_says_who_it_is(name: str, make: type[Push]) -> None:
    painted = Painted(name, make())
    (reply,) = painted.device.receive(IDENTITY_REQUEST, 20.0)
    first = painted.profile.identity.split("*")[0].replace("??", f"{reply[2]:02X}").strip()
    assert reply.hex(" ").upper().startswith(first)
