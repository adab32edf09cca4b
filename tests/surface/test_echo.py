"""What comes back on a loop is no press, and without a loop no press is ever lost."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.core.actions import Action
from bridge.files.layouts import load_layouts
from bridge.files.profiles import load_profiles
from bridge.messages import DARK, Effect, Look
from bridge.moment import Moment
from bridge.surface.commands import LOCAL
from bridge.surface.drivers import driver_for
from bridge.surface.frame import Frame
from bridge.surface.lights import Painter
from bridge.surface.profile import Control, Profile
from bridge.surface.surface import Surface
from tests.standins import devices

PROFILES, LAYOUTS = load_profiles().profiles, load_layouts().layouts
START = Moment(100.0, 1_790_000_000.0)
WHITE = Look("#FFFFFF")
CASES = {
    "nano": (PROFILES["korg-nanokontrol2"], LAYOUTS["transport"]),
    "mackie": (PROFILES["mackie-control"], LAYOUTS["transport"]),
    "apc": (PROFILES["akai-apc-mini-mk2"], LAYOUTS["queue-8x8"]),
    "launchpad": (PROFILES["novation-launchpad-mini-mk3"], LAYOUTS["queue-8x8"]),
}


def wire(control: Control, *, pressed: bool) -> bytes:
    status = 0xB0 if control.message == "cc" else 0x90
    return bytes((status | (control.channel or 16) - 1, control.number, 127 if pressed else 0))


class Rig:
    """A surface with its painter, and `loops` cables that bring back what it sends."""

    def __init__(self, case: str, *delays: float) -> None:
        self.profile, layout = CASES[case]
        self.surface = Surface(self.profile, layout)
        self.painter = Painter(self.profile)
        self.painter.announce(self.surface.echo)
        self.delays, self.actions = delays, Counter[object]()
        self._returning: list[tuple[float, int, bytes]] = []
        self._count, self._last = count(), dict.fromkeys(range(len(delays)), 0.0)

    def at(self, seconds: float) -> Moment:
        """Let everything come back that is due by then."""
        while self._returning and self._returning[0][0] <= seconds:
            due, _, data = heapq.heappop(self._returning)
            self.take(data, due)
        return START.later(seconds)

    def take(self, data: bytes, seconds: float) -> None:
        asks = self.surface.feed(data, START.later(seconds))
        self.actions.update(ask.action for ask in asks if isinstance(ask.action, Action))

    def hand(self, control: str, seconds: float, *, pressed: bool) -> None:
        self.at(seconds)
        self.take(wire(self.profile.controls[control], pressed=pressed), seconds)

    def light(self, looks: dict[str, Look], seconds: float) -> list[bytes]:
        moment = self.at(seconds)
        self.painter.show(Frame(looks))
        sent = self.painter.due(moment)
        for which, delay in enumerate(self.delays):
            self._last[which] = max(self._last[which], seconds + delay)  # a cable keeps the order
            for data in sent:
                heapq.heappush(self._returning, (self._last[which], next(self._count), data))
        return sent


@dataclass(frozen=True)
class Touch:
    control: str
    at: float
    long: float


def buttons(case: str) -> list[str]:
    """The buttons that the layout binds to a press alone, which needs no waiting."""
    profile, layout = CASES[case]
    bound = Surface(profile, layout).board.slots
    only = {c for c, g in bound if g == "press"} - {c for c, g in bound if g != "press"}
    return sorted(c for c in only if profile.controls[c].kind == "button")


@st.composite
def evenings(draw: st.DrawFn) -> tuple[str, list[Touch], list[tuple[float, dict[str, Look]]]]:
    """A device, what hands do on it (each button down before it comes up), and when lights change."""
    case = draw(st.sampled_from(sorted(CASES)))
    names = buttons(case)
    lamps = sorted(c.name for c in CASES[case][0].controls.values() if c.light.kind != "none")
    looks = st.sampled_from([WHITE, DARK, Look("#FF0000", 1.0, Effect.BLINK)])
    instants = st.floats(0.0, 4.0)
    pictures = st.dictionaries(st.sampled_from([*names, *lamps]), looks, max_size=12)
    touches, free = [], dict.fromkeys(names, 0.0)
    for at in sorted(draw(st.lists(instants, max_size=12))):
        control = draw(st.sampled_from(names))
        if at > free[control]:
            touches.append(Touch(control, at, draw(st.floats(0.001, 0.4))))
            free[control] = at + touches[-1].long
    changes = draw(st.lists(st.tuples(instants, pictures), max_size=30))
    return case, touches, sorted(changes, key=lambda change: change[0])


def play(rig: Rig, touches: list[Touch], changes: list[tuple[float, dict[str, Look]]]) -> None:
    events: list[tuple[float, int, object, bool]] = []
    for n, touch in enumerate(touches):
        events += [(touch.at, n, touch, True), (touch.at + touch.long, n, touch, False)]
    events += [(at, -1 - n, looks, False) for n, (at, looks) in enumerate(changes)]
    for at, _, what, pressed in sorted(events, key=lambda event: event[:2]):
        if isinstance(what, Touch):
            rig.hand(what.control, at, pressed=pressed)
        else:
            rig.light(what, at)  # type: ignore[arg-type] # a picture
    rig.at(10.0)


@given(evenings())
def test_without_a_loop_no_press_is_lost_whenever_lights_change(
    evening: tuple[str, list[Touch], list[tuple[float, dict[str, Look]]]],
) -> None:
    case, touches, changes = evening
    lit, unlit = Rig(case), Rig(case)
    play(lit, touches, changes)
    play(unlit, touches, [])
    assert lit.actions == unlit.actions
    assert lit.actions.total() == len([t for t in touches if t.control not in pagers(lit)])


def pagers(rig: Rig) -> set[str]:
    """What stays on the surface: pages, and the goals that are told."""
    return {c for (c, _), slot in rig.surface.board.slots.items() if slot.command.name in LOCAL}


@given(evenings(), st.floats(0.0, 0.2))
def test_a_loop_causes_nothing(
    evening: tuple[str, list[Touch], list[tuple[float, dict[str, Look]]]], delay: float
) -> None:
    case, touches, changes = evening
    looped, alone = Rig(case, delay), Rig(case)
    play(looped, touches, changes)
    play(alone, touches, [])
    assert not looped.actions - alone.actions


@given(evenings(), st.floats(0.0, 0.2))
def test_on_a_loop_presses_count_of_all_controls_whose_lamps_do_not_turn_on(
    evening: tuple[str, list[Touch], list[tuple[float, dict[str, Look]]]], delay: float
) -> None:
    case, touches, changes = evening
    lit = {name for _, looks in changes for name, look in looks.items() if look != DARK}
    touches = [touch for touch in touches if touch.control not in lit]
    looped, alone = Rig(case, delay), Rig(case)
    play(looped, touches, changes)
    play(alone, touches, [])
    assert looped.actions == alone.actions


@pytest.mark.parametrize("case", sorted(CASES))
def test_what_was_lost_before_the_loop_was_there_changes_nothing(case: str) -> None:
    rig = Rig(case)
    for seconds in (0.0, 0.05):
        rig.painter.forget()
        rig.light({}, seconds)
    rig.delays, rig._last = (0.005,), {0: 0.0}
    rig.light(dict.fromkeys(buttons(case)[:6], WHITE), 0.1)
    rig.at(2.0)
    assert not rig.actions


@pytest.mark.parametrize("case", sorted(CASES))
@pytest.mark.parametrize("delay", [0.0, 0.03, 0.2])
def test_two_loops_at_once_cause_nothing(case: str, delay: float) -> None:
    rig = Rig(case, delay, delay)
    lamps = [c.name for c in CASES[case][0].controls.values() if c.light.kind != "none"]
    for blink in range(20):
        rig.light(dict.fromkeys(lamps[:8], WHITE if blink % 2 else DARK), blink * 0.25)
    rig.at(10.0)
    assert not rig.actions


@pytest.mark.parametrize("late", [0.0, 0.001, 0.02, 0.2])
def test_a_press_counts_in_the_very_moment_in_which_its_lamp_flashes(late: float) -> None:
    rig = Rig("nano")
    for flash in range(10):
        rig.light({"play": WHITE}, flash)
        rig.hand("play", flash + late, pressed=True)
        rig.hand("play", flash + late + 0.1, pressed=False)
        rig.light({}, flash + 0.5)
    assert rig.actions == {Action("toggle"): 10}


def test_a_herald_darkens_what_is_dark_and_unused_and_only_before_what_resembles_a_press() -> None:
    rig = Rig("nano")
    rig.light({}, 0.0)
    herald, lamp = rig.light({"play": WHITE}, 1.0)
    assert (herald, lamp) == (bytes((0xBF, 32, 0)), bytes((0xBF, 41, 127)))  # the lamp of solo.1
    assert rig.light({}, 2.0) == [bytes((0xBF, 41, 0))]
    assert all(data[0] == 0xF0 for data in Rig("launchpad").light({"pad.1.1": WHITE}, 0.0))


def test_a_held_control_is_no_herald() -> None:
    rig = Rig("nano", 0.01)
    rig.light({}, 0.0)
    rig.hand("solo.1", 0.5, pressed=True)
    assert rig.light({"play": WHITE}, 1.0)[0] == bytes((0xBF, 33, 0))
    rig.at(2.0)
    assert not rig.actions


def test_a_herald_counts_in_a_devices_pace() -> None:
    profile = PROFILES["akai-apc-mini-mk2"]
    rig = Rig("apc")
    assert profile.leds.pace.burst == 20
    assert len(rig.light({f"side.{n}": WHITE for n in range(1, 9)}, 0.0)) == 20


def test_where_all_lamps_are_lit_none_is_darkened() -> None:
    one = devices.device("one", ["transport"], devices.buttons(["play"], 41, "mono", "cc"))
    profile: Profile = replace(one, leds=replace(PROFILES["korg-nanokontrol2"].leds))
    surface = Surface(profile, LAYOUTS["transport"])
    off = driver_for(profile).light(profile.controls["play"], DARK)[0][1]
    on = off[:2] + b"\x7f"
    assert surface.echo.herald([on], 0.0) == off  # it is dark now
    assert surface.echo.herald([on], 1.0) is None
    assert surface.echo.herald([off], 2.0) is None
    assert surface.echo.herald([on], 3.0) == off


def test_what_was_sent_is_not_remembered_for_ever() -> None:
    rig = Rig("mackie")
    for n in range(2000):
        rig.surface.echo.herald([bytes((0x90, 94, 127))], n / 10_000)
    assert len(rig.surface.echo._sent) < 100
    rig.surface.forget()
    assert not rig.surface.echo._sent
