"""A painter before an emulated device: what was asked is what is lit, and nothing is said twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bridge.errors import Invalid
from bridge.messages import Effect, Look
from bridge.moment import Moment
from bridge.surface.frame import Frame
from bridge.surface.lights import Painter
from bridge.surface.profile import Leds, Profile
from tests.standins.emulators import apc, launchpad
from tests.standins.emulators.apc import ApcMiniMk2
from tests.standins.emulators.device import Device
from tests.standins.emulators.launchpad import LaunchpadMiniMk3
from tests.standins.emulators.mackie import MackieControl
from tests.standins.emulators.nanokontrol import NanoKontrol2
from tests.standins.emulators.profiles import APC, LAUNCHPAD, MACKIE, NANO

RED = "#FF0000"
BLUE = Look("#0000FF")
OVERTIME = Look(RED, 1.0, Effect.BLINK)
RUNNING = Look("#00FF00", 1.0, Effect.PULSE)


class Bench:
    """A painter wired to a device, the output thread's loop, and a clock that is set by hand."""

    def __init__(self, profile: Profile, device: Device) -> None:
        self.profile, self.device, self.now = profile, device, 100.0
        self.painter = Painter(profile)
        self.enter()

    def enter(self) -> None:
        """Open the device: its session's messages, and time to settle."""
        for message in self.profile.session.enter:
            self.device.receive(message, self.now)
        self.now += 1.0

    def step(self) -> list[bytes]:
        """Send what is due now."""
        messages = self.painter.due(Moment(self.now, 0.0))
        for message in messages:
            self.device.receive(message, self.now)
        return messages

    def run(self, until: float | None = None) -> list[bytes]:
        """Send, and sleep until the painter wants to go on, until it wants nothing (or `until`)."""
        sent = self.step()
        while (wake := self.painter.wake()) is not None and (until is None or wake <= until):
            assert wake > self.now, "the painter wants to go on at once, for ever"
            self.now = wake
            sent += self.step()
        return sent

    def show(self, **looks: Look) -> list[bytes]:
        """Show these looks (``pad_1_1``) and send all there is to send."""
        self.painter.show(_frame(looks))
        self.now += 1.0
        return self.run()


def _frame(looks: dict[str, Look]) -> Frame:
    return Frame({name.replace("_", "."): look for name, look in looks.items()})


def test_the_whole_of_an_mk3_launchpad_is_one_message() -> None:
    device = LaunchpadMiniMk3()
    bench = Bench(LAUNCHPAD, device)
    bench.painter.show(Frame(dict.fromkeys(LAUNCHPAD.controls, BLUE)))
    messages = bench.run()
    assert len(messages) == 1
    assert len(device.all_lit()) == 80
    assert set(device.all_lit().values()) == {launchpad.Lit("solid", (0, 0, 127))}


def test_only_what_changed_is_sent() -> None:
    bench = Bench(LAUNCHPAD, LaunchpadMiniMk3())
    bench.show(pad_1_1=BLUE, pad_8_8=RUNNING)
    assert bench.show(pad_1_1=BLUE, pad_8_8=RUNNING, side_1=OVERTIME) == [
        bytes.fromhex("F0 00 20 29 02 0D 03 01 59 05 00 F7")
    ]


def test_a_picture_that_looks_the_same_sends_nothing() -> None:
    bench = Bench(LAUNCHPAD, LaunchpadMiniMk3())
    bench.show(pad_1_1=BLUE)
    assert bench.show(pad_1_1=Look("#0000FF")) == []
    assert bench.show(pad_1_1=Look("#0000FF", 1.5)) == []
    assert bench.painter.wake() is None


def test_what_flashes_pulses_or_is_no_longer_named_follows() -> None:
    device = LaunchpadMiniMk3()
    bench = Bench(LAUNCHPAD, device)
    bench.show(pad_1_1=OVERTIME, side_8=RUNNING, top_1=BLUE)
    assert device.all_lit() == {
        81: launchpad.Lit("flash", 0, 5),
        19: launchpad.Lit("pulse", 21),
        91: launchpad.Lit("solid", (0, 0, 127)),
    }
    bench.show(side_8=BLUE)
    assert device.all_lit() == {19: launchpad.Lit("solid", (0, 0, 127))}


def test_a_launchpad_in_its_power_on_mode_shows_nothing_until_it_is_told_to_listen() -> None:
    device = LaunchpadMiniMk3()
    bench = Bench(LAUNCHPAD, device)
    device.power_cycle()
    bench.show(pad_1_1=BLUE)
    assert device.all_lit() == {}
    assert device.ignored == 1


def test_after_being_plugged_in_again_everything_is_told_again() -> None:
    device = LaunchpadMiniMk3()
    bench = Bench(LAUNCHPAD, device)
    bench.show(pad_1_1=BLUE)
    device.power_cycle()
    bench.enter()
    bench.painter.forget()
    messages = bench.run()
    assert len(messages) == 1
    assert messages[0].count(b"\x03\x51\x00\x00\x7f") == 1
    assert device.all_lit() == {81: launchpad.Lit("solid", (0, 0, 127))}


def test_before_leaving_everything_goes_dark() -> None:
    device = LaunchpadMiniMk3()
    bench = Bench(LAUNCHPAD, device)
    bench.show(pad_1_1=OVERTIME, pad_4_4=BLUE)
    bench.painter.blank()
    bench.now += 1.0
    bench.run()
    assert device.all_lit() == {}
    assert bench.painter.wake() is None


def test_an_apc_loses_nothing_though_it_is_repainted_whole() -> None:
    device = ApcMiniMk2()
    bench = Bench(APC, device)
    bench.painter.show(Frame(dict.fromkeys(APC.controls, OVERTIME)))
    began = bench.now
    messages = bench.run()
    assert len(messages) == 80
    assert device.lost == 0
    assert {device.lit(number) for number in apc.PADS} == {apc.Lit("blink", 5, 100)}
    assert {device.lit(number) for number in (*apc.RED, *apc.GREEN)} == {apc.Lit("blink", 0, 100)}
    assert bench.now - began == pytest.approx(0.003)


def test_an_apc_told_without_pacing_would_lose_lights() -> None:
    device = ApcMiniMk2()
    bench = Bench(replace(APC, leds=Leds("akai_channel")), device)
    bench.painter.show(Frame(dict.fromkeys(APC.controls, BLUE)))
    bench.run()
    assert device.lost == 60


def test_a_picture_that_is_overtaken_while_it_waits_is_never_sent() -> None:
    device = ApcMiniMk2()
    bench = Bench(APC, device)
    bench.show()
    bench.now += 1.0
    bench.painter.show(Frame(dict.fromkeys(APC.controls, BLUE)))
    first = bench.step()
    bench.painter.show(Frame(dict.fromkeys(APC.controls, OVERTIME)))
    rest = bench.run()
    assert len(first) == 20
    assert len(rest) == 80
    assert {device.lit(number).effect for number in apc.PADS} == {"blink"}


def test_lights_that_wait_longest_go_first_whatever_changes_meanwhile() -> None:
    device = ApcMiniMk2()
    bench = Bench(APC, device)
    bench.show()
    bench.now += 1.0
    for turn in range(4):
        look = Look("#0000FF" if turn % 2 else RED)
        bench.painter.show(Frame(dict.fromkeys(APC.controls, look)))
        assert len(bench.step()) == 20
        bench.now += 0.001
    assert {device.lit(control.number).effect for control in APC.controls.values()} == {"solid"}


def test_pictures_come_no_faster_than_the_device_can_show_them() -> None:
    bench = Bench(LAUNCHPAD, LaunchpadMiniMk3())
    bench.show()
    bench.now += 1.0
    began, sent = bench.now, 0
    for frame in range(1000):
        bench.painter.show(_frame({"pad_1_1": Look("#0000FF" if frame % 2 else RED)}))
        sent += len(bench.step())
        bench.now = began + frame / 1000
    assert 24 <= sent <= 26


def test_a_change_after_a_pause_goes_out_at_once() -> None:
    bench = Bench(LAUNCHPAD, LaunchpadMiniMk3())
    bench.show()
    bench.now += 1.0
    bench.painter.show(_frame({"pad_1_1": BLUE}))
    assert len(bench.step()) == 1


def test_a_lamp_that_cannot_blink_is_blinked_by_the_host_twice_a_second_beginning_lit() -> None:
    device = NanoKontrol2()
    bench = Bench(NANO, device)
    bench.painter.show(_frame({"play": OVERTIME, "stop": RUNNING}))
    seen = []
    bench.step()
    for _ in range(5):
        seen.append((bench.now, device.lit(41), device.lit(42)))
        wake = bench.painter.wake()
        assert wake is not None
        bench.now = wake
        bench.step()
    assert seen == [(101.0 + n / 4, n % 2 == 0, True) for n in range(5)]


def test_a_beat_that_falls_into_a_pause_of_the_device_waits_for_its_end() -> None:
    bench = Bench(NANO, NanoKontrol2())
    bench.painter.show(_frame({"play": OVERTIME}))
    bench.step()
    bench.now += 0.24
    bench.painter.show(_frame({"play": OVERTIME, "stop": BLUE}))
    bench.step()
    assert bench.painter.wake() == pytest.approx(bench.now + 0.04)


def test_the_host_stops_blinking_when_nothing_blinks_any_more() -> None:
    device = NanoKontrol2()
    bench = Bench(NANO, device)
    bench.painter.show(_frame({"play": OVERTIME}))
    bench.run(until=102.3)
    assert not device.lit(41)
    bench.painter.show(_frame({"play": BLUE}))
    bench.run()
    assert bench.painter.wake() is None
    assert device.lit(41)


def test_a_lamp_that_the_device_repaints_on_release_is_told_again_after_it() -> None:
    bench = Bench(NANO, NanoKontrol2())
    bench.show(play=BLUE)
    bench.painter.released("play")
    bench.now += 1.0
    assert bench.run() == [bytes.fromhex("BF 29 7F")]
    bench.painter.released("a control that has no light")
    bench.now += 1.0
    assert bench.run() == []


def test_a_device_that_keeps_its_lights_is_not_told_again_on_release() -> None:
    bench = Bench(LAUNCHPAD, LaunchpadMiniMk3())
    bench.show(pad_1_1=BLUE)
    bench.painter.released("pad.1.1")
    assert bench.painter.wake() is None


def test_a_nanokontrol_outside_its_native_mode_ignores_the_host() -> None:
    device = NanoKontrol2()
    bench = Bench(NANO, device)
    device.power_cycle()
    bench.show(play=BLUE)
    assert not device.lit(41)
    assert device.ignored == 6


def test_a_mackie_shows_lamps_ring_texts_and_timecode() -> None:
    device = MackieControl()
    bench = Bench(MACKIE, device)
    bench.painter.show(
        Frame(
            {"play": BLUE, "stop": OVERTIME, "encoder.1": Look(RED, 0.5)},
            {"strip.1.upper": "Chords", "strip.2.lower": "25m", "timecode": "24:59"},
        )
    )
    bench.run()
    assert (device.lamp(94), device.lamp(93), device.lamp(95)) == ("on", "blink", "off")
    assert device.ring(1) == (2, 6)
    assert device.ring(2) == (0, 0)
    assert device.line(1).rstrip() == "Chords"
    assert device.line(2).strip() == "25m"
    assert device.timecode() == "      24.59"
    assert device.ignored == 0


def test_only_the_characters_that_changed_are_written() -> None:
    device = MackieControl()
    bench = Bench(MACKIE, device)
    bench.painter.show(Frame({}, {"strip.1.upper": "Bass 24", "timecode": "24:59"}))
    bench.run()
    before = device.characters_written
    bench.painter.show(Frame({}, {"strip.1.upper": "Bass 23", "timecode": "24:58"}))
    bench.now += 1.0
    assert bench.run() == [bytes.fromhex("B0 40 38"), bytes.fromhex("F0 00 00 66 14 12 06 33 F7")]
    assert device.characters_written == before + 1


def test_a_meter_is_held_up_while_it_shows_something_and_left_alone_at_zero() -> None:
    device = MackieControl()
    bench = Bench(MACKIE, device)
    bench.painter.show(Frame({"meter.1": Look(RED, 0.5)}))
    bench.run(until=bench.now + 3.0)
    assert device.meter(1, bench.now + 0.2) == 6
    bench.painter.show(Frame())
    bench.run()
    assert bench.painter.wake() is None
    assert device.meter(1, bench.now) == 0


def test_other_news_does_not_put_off_holding_a_meter_up() -> None:
    device = MackieControl()
    bench = Bench(MACKIE, device)
    began = bench.now
    while bench.now < began + 3.0:
        text = f"{bench.now:.1f}"
        bench.painter.show(Frame({"meter.1": Look(RED)}, {"timecode": text}))
        bench.step()
        assert device.meter(1, bench.now) == 12
        bench.now += 0.1


def test_a_controller_without_lights_is_told_nothing_and_never_waited_for() -> None:
    bench = Bench(replace(APC, leds=Leds()), ApcMiniMk2())
    assert bench.show(pad_1_1=OVERTIME) == []
    assert bench.painter.wake() is None


def test_a_profile_whose_lights_make_no_sense_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(Invalid):
        Painter(replace(APC, leds=Leds("lamp")))
