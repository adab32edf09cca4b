"""The device on the screen against the emulated Launchpad, and under the real driver's bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.app.demo_pads import BEAT, OFF, Lit, Pads
from bridge.files.profiles import load_profiles
from bridge.messages import Effect, Look
from bridge.moment import Moment
from bridge.surface.frame import Frame
from bridge.surface.lights import Painter
from tests.standins.emulators.launchpad import OFF as UNLIT
from tests.standins.emulators.launchpad import PROGRAMMER_ON, LaunchpadMiniMk3

PROFILE = load_profiles().profiles["novation-launchpad-mini-mk3"]
PROGRAMMER_OFF = PROFILE.session.leave[0]


def shown(**looks: Look) -> Pads:
    pads = Pads(PROFILE)
    pads.receive(PROGRAMMER_ON, 0.0)
    painter = Painter(PROFILE)
    painter.show(Frame({name.replace("_", "."): look for name, look in looks.items()}))
    for data in painter.due(Moment(1.0, 1.0)):
        pads.receive(data, 1.0)
    return pads


def test_a_solid_colour_comes_through_the_driver_as_it_is() -> None:
    pads = shown(pad_1_1=Look("#FF8000", 1.0))
    lit = pads["pad.1.1"]
    assert lit.effect is Effect.SOLID
    assert lit.rgb == pytest.approx((255, 128, 0), abs=2)


def test_what_is_not_named_is_dark() -> None:
    assert shown(pad_1_1=Look("#FF8000"))["pad.8.8"] == OFF


def test_pulsing_and_blinking_are_the_devices_own_affair() -> None:
    pads = shown(
        pad_1_1=Look("#00FF00", 1.0, Effect.PULSE), pad_1_2=Look("#FF0000", 1.0, Effect.BLINK)
    )
    assert pads["pad.1.1"].effect is Effect.PULSE
    assert pads["pad.1.2"].effect is Effect.BLINK


def test_a_blinking_light_is_on_for_half_a_beat_and_a_pulsing_one_never_goes_out() -> None:
    blinks = Lit(Effect.BLINK, (255, 0, 0))
    assert [blinks.at(BEAT * n / 4) for n in range(4)] == [(255, 0, 0)] * 2 + [(0, 0, 0)] * 2
    pulses = Lit(Effect.PULSE, (200, 0, 0))
    assert len({pulses.at(BEAT * n / 8) for n in range(16)}) > 4
    assert min(pulses.at(BEAT * n / 8)[0] for n in range(16)) > 0


def test_in_live_mode_nothing_lights_and_leaving_darkens_everything() -> None:
    pads = shown(pad_1_1=Look("#FF8000"))
    pads.receive(PROGRAMMER_OFF, 2.0)
    assert not pads.lights
    fresh = Pads(PROFILE)
    fresh.receive(PROFILE.leds.header + bytes.fromhex("03 03 51 7F 00 00 F7"), 0.0)
    assert fresh["pad.1.1"] == OFF


@pytest.mark.parametrize("control", [c for c in PROFILE.controls.values() if c.kind == "button"])
def test_it_sends_the_very_bytes_of_the_emulated_device(control: object) -> None:
    name, number = control.name, control.number  # type: ignore[attr-defined] # a Control
    other = LaunchpadMiniMk3()
    other.receive(PROGRAMMER_ON, 0.0)
    pads = Pads(PROFILE)
    assert [pads.touch(name, down=True)] == other.press(number)
    assert [pads.touch(name, down=False)] == other.release(number)


@given(st.lists(st.binary(max_size=12), max_size=20))
def test_no_bytes_whatever_make_it_raise(messages: list[bytes]) -> None:
    pads = Pads(PROFILE)
    pads.receive(PROGRAMMER_ON, 0.0)
    for body in messages:
        pads.receive(body, 0.0)
        pads.receive(PROFILE.leds.header + b"\x03" + body + b"\xf7", 0.0)


@given(st.lists(st.sampled_from(sorted(PROFILE.controls)), max_size=30), st.data())
def test_it_is_lit_where_the_emulated_device_is(names: list[str], data: st.DataObject) -> None:
    effects = st.sampled_from([Effect.SOLID, Effect.PULSE, Effect.BLINK])
    looks = {
        name: Look(data.draw(st.sampled_from(["#FF0000", "#3FA7FF", "#000000"])), 1.0, effect)
        for name in names
        for effect in [data.draw(effects)]
    }
    painter, pads, other = Painter(PROFILE), Pads(PROFILE), LaunchpadMiniMk3()
    painter.show(Frame(looks))
    for message in (PROGRAMMER_ON, *painter.due(Moment(1.0, 1.0))):
        pads.receive(message, 0.0)
        other.receive(message, 0.0)
    for control in PROFILE.controls.values():
        assert (pads[control.name] == OFF) == (other.lit(control.light.number) == UNLIT)
