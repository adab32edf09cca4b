from __future__ import annotations

import pytest

from bridge.app.demo_pads import Lit
from bridge.app.demo_words import colour_name, places, summary
from bridge.messages import Effect

RED, BLUE = Lit(Effect.SOLID, (255, 0, 0)), Lit(Effect.SOLID, (63, 167, 255))


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ((0, 0, 0), "off"),
        ((255, 255, 255), "white"),
        ((255, 0, 0), "red"),
        ((255, 96, 0), "orange"),
        ((255, 176, 0), "amber"),
        ((0, 255, 0), "green"),
        ((63, 167, 255), "blue"),
        ((16, 42, 64), "dim blue"),
        ((199, 125, 255), "purple"),
        ((255, 0, 192), "magenta"),
        ((255, 0, 20), "red"),
    ],
)
def test_colours_have_plain_names(rgb: tuple[int, int, int], name: str) -> None:
    assert colour_name(rgb) == name


def test_neighbours_are_drawn_together() -> None:
    names = ["pad.1.4", "up", "pad.1.1", "pad.1.2", "pad.2.3", "pad.1.10"]
    assert places(names) == "pad.1.1-2, pad.1.4, pad.1.10, pad.2.3, up"


def test_nothing_changed_is_no_words() -> None:
    assert summary({"up": RED}, {"up": RED}) == ""


def test_what_blinks_is_told_first_and_what_went_out_is_told_as_off() -> None:
    before = {"pad.1.1": BLUE, "pad.1.2": BLUE}
    after = {"pad.1.2": Lit(Effect.BLINK, (255, 0, 0)), "up": RED}
    assert summary(before, after) == "3 changed: pad.1.2 blinks red; up red; pad.1.1 off"


def test_beyond_so_many_kinds_of_change_the_rest_is_counted() -> None:
    after = {"up": RED, "down": BLUE, "left": Lit(Effect.SOLID, (0, 255, 0))}
    assert summary({}, after, most=1) == "3 changed: up red; 2 more"
