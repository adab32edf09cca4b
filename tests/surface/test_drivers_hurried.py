"""Pictures that follow each other too fast: Push, X-Touch and Midi Fighter end with the last one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.messages import DARK, Effect, Look
from bridge.surface.frame import Frame
from tests.standins.emulators.device import Device
from tests.standins.emulators.midi_fighter import MidiFighter3d, Twister
from tests.standins.emulators.push import Push, Push1, Push2
from tests.standins.emulators.xtouch import XTouch, XTouchMini
from tests.standins.painted import Painted

_COLOURS = ("#FF0000", "#3FA7FF", "#C77DFF", "#FFB000", "#FFFFFF", "#000000", "#00FF00")
_LOOKS = st.builds(
    Look,
    st.sampled_from(_COLOURS),
    st.sampled_from((0.0, 0.1, 0.25, 0.5, 1.0)),
    st.sampled_from((Effect.SOLID, Effect.PULSE, Effect.OFF)),
) | st.just(DARK)
"""Blinking is left out: the host's beat would stand elsewhere on another device."""


def _push(device: Device) -> object:
    assert isinstance(device, Push)
    assert (device.lost, device.ignored, device.still) == (0, 0, 0)
    lines = device.lines if isinstance(device, Push1) else []
    return {at: value for at, value in device.values.items() if value}, lines


def _xtouch(device: Device) -> object:
    assert isinstance(device, XTouch)
    assert device.ignored == 0
    lamps = [device.lamp(note) for note in range(128)]
    rings = [device.ring(n) for n in range(1, 9)]
    return lamps, rings, device.colours, device.line(1), device.line(2), device.timecode()


def _mini(device: Device) -> object:
    assert isinstance(device, XTouchMini)
    assert device.ignored == 0
    return [device.lamp(n) for n in range(96)], [device.ring(n) for n in range(1, 9)]


def _fighter(device: Device) -> object:
    assert isinstance(device, Twister | MidiFighter3d)
    assert device.ignored == 0
    rings = device.rings if isinstance(device, Twister) else {}
    return [device.lit(n) for n in range(100)], {n: v for n, v in rings.items() if v}


@dataclass(frozen=True)
class Case:
    make: Callable[[], Device]
    seen: Callable[[Device], object]


_CASES: Mapping[str, Case] = {
    "ableton-push-2": Case(Push2, _push),
    "ableton-push-1": Case(Push1, _push),
    "behringer-x-touch-mcu": Case(XTouch, _xtouch),
    "behringer-x-touch-mini-mc": Case(XTouchMini, _mini),
    "behringer-x-touch-mini-std": Case(XTouchMini, _mini),
    "djtt-midi-fighter-twister": Case(Twister, _fighter),
    "djtt-midi-fighter-3d": Case(MidiFighter3d, _fighter),
}


def _frames(painted: Painted) -> st.SearchStrategy[Frame]:
    lit = [name for name in painted.lights() if not name.startswith("meter")]
    texts: st.SearchStrategy[dict[str, str]] = st.just({})
    if painted.profile.displays:
        names = st.sampled_from(sorted(painted.profile.displays))
        texts = st.dictionaries(names, st.text(max_size=12), max_size=5)

    def frame(some: dict[str, Look], rest: Look, said: dict[str, str]) -> Frame:
        return Frame({name: some.get(name, rest) for name in lit}, said)

    some = st.dictionaries(st.sampled_from(lit), _LOOKS, max_size=20)
    return st.builds(frame, some, _LOOKS, texts)


@pytest.mark.parametrize("name", _CASES)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_the_device_ends_with_the_last_picture_however_it_was_hurried(
    name: str, data: st.DataObject
) -> None:
    case = _CASES[name]
    hurried, calm = Painted(name, case.make()), Painted(name, case.make())
    pauses = st.floats(0.0, 0.1)
    pictures = data.draw(st.lists(st.tuples(_frames(calm), pauses), min_size=1, max_size=4))
    for picture, pause in pictures:
        hurried.painter.show(picture)
        hurried.run(pause)
    hurried.run(3.0)
    calm.painter.show(pictures[-1][0])
    calm.run(3.0)
    assert case.seen(hurried.device) == case.seen(calm.device)
