"""The shipped layouts on the shipped profiles: each controller gets the one that suits its shape."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bridge.files import shipped
from bridge.files.layouts import load_layouts
from bridge.files.profiles import load_profiles
from bridge.surface.fitting import choose, fit
from bridge.surface.layout import Bind, Layout
from bridge.surface.profile import Profile
from bridge.surface.schemes import CONTROLS
from bridge.surface.surface import Surface
from tests.standins import devices

LAYOUTS = load_layouts().layouts
PROFILES = load_profiles().profiles
EVERYTHING = [*PROFILES.values(), *devices.ALL]
PAIRS = [(layout, device) for device in EVERYTHING for layout in fit(LAYOUTS.values(), device)]

BY_SHAPE = {
    "grid8x8": "queue-8x8",
    "grid4x16": "queue-4x16",
    "grid5x8": "queue-5x8",
    "grid2x8": "queue-2x8",
    "encoders16": "knobs-4x4",
    "grid4x4": "pads-4x4",
    "grid2x4": "pads-2x4",
    "transport": "transport",
    "keys7": "notes",
}
"""What ``auto`` takes, by the first of these schemes that a profile provides."""


def named(value: object) -> str | None:
    return getattr(value, "id", None)


EVERYWHERE = pytest.mark.parametrize(("layout", "device"), PAIRS, ids=named)


def test_every_shipped_layout_can_be_read() -> None:
    shelf = load_layouts()
    assert shelf.refused == ()
    assert sorted(shelf.layouts) == sorted(shipped.layout_ids())


@pytest.mark.parametrize("device", EVERYTHING, ids=named)
def test_auto_takes_the_layout_that_suits_the_shape(device: Profile) -> None:
    shape = next((scheme for scheme in BY_SHAPE if scheme in device.provides), "none")
    assert choose(LAYOUTS, "auto", device).id == BY_SHAPE[shape]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=named)
def test_every_layout_fits_a_device(layout: Layout) -> None:
    assert [pair for pair in PAIRS if pair[0] is layout]


@EVERYWHERE
def test_no_more_goals_are_shown_or_told_than_there_are(layout: Layout, device: Profile) -> None:
    board = Surface(device, layout).board
    spots = [spot for shown in (board.lights, board.texts) for spot in shown.get("goal", ())]
    places = [spot.place for spot in spots if not _numbered(spot.bind)]
    places += [
        slot.place
        for slot in board.slots.values()
        if slot.command.name == "tell" and not _numbered(slot.bind)
    ]
    assert max(places, default=0) <= 3


def _numbered(bind: Bind) -> bool:
    """Tell whether a binding says itself which goal it means."""
    return bind.do is not None and bind.do.argument[-1:].isdecimal()


@EVERYWHERE
def test_every_place_of_the_queue_that_is_shown_can_be_started(
    layout: Layout, device: Profile
) -> None:
    board = Surface(device, layout).board
    started = {slot.place for slot in board.slots.values() if slot.command.name == "start"}
    shown = {spot.place for role in ("queue", "spent") for spot in board.lights.get(role, ())}
    assert shown <= started


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=named)
def test_what_is_not_optional_is_a_control_of_the_schemes_it_requires(layout: Layout) -> None:
    given = [name for scheme in layout.requires for name in CONTROLS.get(scheme, ())]
    lacking = [bind.on for bind in layout.binds if not (bind.optional or bind.controls(given))]
    assert lacking == []


def reached(layout: Layout) -> Iterator[str]:
    """Yield what can be done at once with the controls that every device of the layout has."""
    given = [name for scheme in layout.requires for name in CONTROLS.get(scheme, ())]
    for bind in layout.binds:
        if bind.do is not None and bind.controls(given):
            yield bind.do.name


QUEUES = [
    one
    for one in LAYOUTS.values()
    if any(bind.show == "queue" for bind in one.binds) and not one.aside
]


@pytest.mark.parametrize("layout", QUEUES, ids=named)
def test_whoever_has_only_the_grid_can_do_all_that_an_evening_takes(layout: Layout) -> None:
    needed = {"toggle", "complete", "skip", "later"}
    if layout.id != "transport":
        needed |= {"start", "extend", "undo", "mark", "break"}
    assert needed <= set(reached(layout))
