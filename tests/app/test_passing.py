"""What passes on to the DAW changes with the layout that hands have chosen, and with nothing else."""

from __future__ import annotations

from bridge.app.passing import Passing
from bridge.moment import Moment
from bridge.ports.midi_thru import Uses
from bridge.surface.commands import command
from bridge.surface.fitting import Choice
from bridge.surface.layout import Bind, Layout
from bridge.surface.pattern import parse
from bridge.surface.surface import Surface
from tests.standins import devices

NOW = Moment(100.0, 1_790_000_000.0)
FIRST, SECOND = 0x90 << 7 | 0, 0x90 << 7 | 1
TO_OTHER = bytes((0x90, 64, 127))


def layout(name: str, control: str) -> Layout:
    binds = [(control, "toggle"), ("side.1", "layout next")]
    made = tuple(Bind((parse(on),), "press", command(do, "press")) for on, do in binds)
    return Layout(name, name, frozenset(), made)


def surface() -> Surface:
    a, b = layout("a", "pad.1.1"), layout("b", "pad.1.2")
    return Surface(devices.GRID, Choice("a", (a, b), {"a": a, "b": b}))


def test_a_layout_that_hands_choose_uses_other_messages() -> None:
    shown = surface()
    passing = Passing(shown)
    assert (FIRST in passing.uses.messages, SECOND in passing.uses.messages) == (True, False)
    before = passing.uses
    passing.follow()
    shown.feed(TO_OTHER, NOW)
    passing.follow()
    assert passing.uses is before  # the MIDI thread has it in hand
    assert (FIRST in passing.uses.messages, SECOND in passing.uses.messages) == (False, True)


def test_what_a_device_had_until_now_goes_on_with_the_new_layout() -> None:
    uses = Uses({SECOND})
    passing = Passing(surface(), uses)
    assert passing.uses is uses
    assert (FIRST in uses.messages, SECOND in uses.messages) == (True, False)
