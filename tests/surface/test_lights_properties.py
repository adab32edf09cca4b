"""Whatever is shown in whatever order, at whatever times: the device ends with the last picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.messages import DARK, Effect, Look
from bridge.moment import Moment
from bridge.surface.frame import Frame
from bridge.surface.lights import Painter
from bridge.surface.profile import Profile
from tests.standins.emulators.apc import ApcMiniMk2
from tests.standins.emulators.device import Device
from tests.standins.emulators.launchpad import LaunchpadMiniMk3
from tests.standins.emulators.mackie import MackieControl
from tests.standins.emulators.profiles import APC, LAUNCHPAD, MACKIE

_COLOURS = ("#FF0000", "#3FA7FF", "#C77DFF", "#FFB000", "#FFFFFF", "#000000", "#00FF00")
_LOOKS = st.builds(
    Look,
    st.sampled_from(_COLOURS),
    st.sampled_from((-1.0, 0.0, 0.1, 0.25, 0.5, 0.8, 1.0, 3.0)),
    st.sampled_from(Effect),
) | st.just(DARK)


@dataclass(frozen=True)
class Case:
    """A profile, its device, and all that one can see of the device."""

    profile: Profile
    make: Callable[[], Device]
    seen: Callable[[Device], object]


def _launchpad(device: Device) -> object:
    assert isinstance(device, LaunchpadMiniMk3)
    assert device.ignored == 0
    return device.all_lit()


def _apc(device: Device) -> object:
    assert isinstance(device, ApcMiniMk2)
    assert device.lost == 0
    return [device.lit(number) for number in range(128)]


def _mackie(device: Device) -> object:
    assert isinstance(device, MackieControl)
    assert device.ignored == 0
    lamps = [device.lamp(note) for note in range(128)]
    return lamps, device.line(1), device.line(2), device.timecode()


_CASES = {
    "launchpad": Case(LAUNCHPAD, LaunchpadMiniMk3, _launchpad),
    "apc": Case(APC, ApcMiniMk2, _apc),
    "mackie": Case(MACKIE, MackieControl, _mackie),
}


def _frames(profile: Profile) -> st.SearchStrategy[Frame]:
    names = st.sampled_from(sorted(n for n in profile.controls if not n.startswith(("enc", "met"))))
    texts: st.SearchStrategy[dict[str, str]] = st.just({})
    if profile.displays:
        texts = st.dictionaries(st.sampled_from(sorted(profile.displays)), st.text(max_size=12))
    return st.builds(Frame, st.dictionaries(names, _LOOKS, max_size=90), texts)


def _settle(painter: Painter, device: Device, now: float) -> float:
    """Run the output thread's loop until nothing is left to send."""
    for _ in range(100):
        for message in painter.due(Moment(now, 0.0)):
            device.receive(message, now)
        wake = painter.wake()
        if wake is None:
            return now
        now = max(now, wake)
    raise AssertionError("the painter never comes to rest")


def _opened(case: Case) -> Device:
    device = case.make()
    for message in case.profile.session.enter:
        device.receive(message, 0.0)
    return device


@pytest.mark.parametrize("name", _CASES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_device_ends_with_the_last_picture_however_it_was_hurried(
    name: str, data: st.DataObject
) -> None:
    case = _CASES[name]
    steps = st.tuples(_frames(case.profile), st.sampled_from((0.0, 0.0005, 0.001, 0.02, 0.3)))
    device, painter, now = _opened(case), Painter(case.profile), 10.0
    last = Frame()
    for frame, pause in data.draw(st.lists(steps, min_size=1, max_size=8)):
        last = frame
        painter.show(frame)
        for message in painter.due(Moment(now, 0.0)):
            device.receive(message, now)
        now += pause
    now = _settle(painter, device, now)

    fresh, directly = _opened(case), Painter(case.profile)
    directly.show(last)
    _settle(directly, fresh, 10.0)
    assert case.seen(device) == case.seen(fresh)

    painter.show(Frame(dict(last.looks), dict(last.texts)))
    assert painter.due(Moment(now + 1.0, 0.0)) == []
    assert painter.wake() is None


@pytest.mark.parametrize("name", _CASES)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_device_that_forgot_everything_shows_it_again(name: str, data: st.DataObject) -> None:
    case = _CASES[name]
    device, painter = _opened(case), Painter(case.profile)
    painter.show(data.draw(_frames(case.profile)))
    now = _settle(painter, device, 10.0)
    before = case.seen(device)
    device.power_cycle()
    for message in case.profile.session.enter:
        device.receive(message, now + 1.0)
    painter.forget()
    _settle(painter, device, now + 2.0)
    assert case.seen(device) == before


@settings(max_examples=100, deadline=None)
@given(looks=st.dictionaries(st.sampled_from(sorted(LAUNCHPAD.controls)), _LOOKS))
def test_what_was_asked_is_what_a_launchpad_shows(looks: dict[str, Look]) -> None:
    device, painter = _opened(_CASES["launchpad"]), Painter(LAUNCHPAD)
    assert isinstance(device, LaunchpadMiniMk3)
    painter.show(Frame(looks))
    _settle(painter, device, 10.0)
    effects = {Effect.SOLID: "solid", Effect.BLINK: "flash", Effect.PULSE: "pulse"}
    for name, control in LAUNCHPAD.controls.items():
        look = looks.get(name, DARK)
        dark = look.effect is Effect.OFF or look.level <= 0 or look.colour == "#000000"
        shown = device.lit(control.light.number)
        assert shown.effect == ("off" if dark else effects[look.effect])
        if shown.effect == "solid":
            level = min(1.0, look.level)
            wanted = [int(look.colour[at : at + 2], 16) / 255 * level * 127 for at in (1, 3, 5)]
            assert isinstance(shown.colour, tuple)
            assert list(shown.colour) == pytest.approx(wanted, abs=0.51)
