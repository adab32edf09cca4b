from __future__ import annotations

import math
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.surface.colour import apart, clamped, dimmed, oklab, parsed
from bridge.surface.palettes import PALETTES, akai_mk2, novation_mk2, novation_mk3_print

_CHANNEL = st.integers(0, 255)
_RGB = st.tuples(_CHANNEL, _CHANNEL, _CHANNEL)


def test_a_colour_is_taken_apart_into_its_channels() -> None:
    assert parsed("#3FA7FF") == (0x3F, 0xA7, 0xFF)


@pytest.mark.parametrize(
    "text",
    ["", "#", "red", "#FFF", "#GG0000", "3FA7FF", "#3FA7FF0", "# 3FA7F", "#+3FA7F", "#3_A7FF"],
)
def test_what_is_no_colour_is_white_and_not_an_error(text: str) -> None:
    assert parsed(text) == (255, 255, 255)
    assert dimmed(text, 1.0, 127) == (127, 127, 127)


@given(st.text(max_size=9))
def test_no_text_makes_it_raise(text: str) -> None:
    assert len(parsed(text)) == 3


@pytest.mark.parametrize(
    ("level", "held"), [(-1.0, 0.0), (0.3, 0.3), (7.0, 1.0), (math.inf, 1.0), (math.nan, 0.0)]
)
def test_a_level_is_held_between_none_and_full(level: float, held: float) -> None:
    assert clamped(level) == held


def test_a_colour_is_dimmed_in_proportion_and_scaled_to_the_devices_range() -> None:
    assert dimmed("#FF8000", 1.0, 127) == (127, 64, 0)
    assert dimmed("#FF8000", 0.5) == (128, 64, 0)
    assert dimmed("#FF8000", 9.0, 127) == (127, 64, 0)
    assert dimmed("#FF8000", -1.0) == (0, 0, 0)


@pytest.mark.parametrize(
    ("rgb", "lab"),
    [  # from the article that defines OKLab, and the commonly published values of red and blue
        ((255, 255, 255), (1.0, 0.0, 0.0)),
        ((0, 0, 0), (0.0, 0.0, 0.0)),
        ((255, 0, 0), (0.628, 0.225, 0.126)),
        ((0, 0, 255), (0.452, -0.032, -0.312)),
    ],
)
def test_oklab_is_where_its_author_puts_it(
    rgb: tuple[int, int, int], lab: tuple[float, float, float]
) -> None:
    assert oklab(rgb) == pytest.approx(lab, abs=0.001)


@given(_RGB, _RGB)
def test_distance_is_the_same_both_ways_and_none_to_oneself(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    assert apart(one, other) == apart(other, one) >= 0
    assert apart(one, one) == 0


@pytest.mark.parametrize("name", PALETTES)
def test_a_palette_has_at_most_128_colours_of_which_the_first_is_off(name: str) -> None:
    assert len(PALETTES[name].entries) == {"maschine": 18}.get(name, 128)
    assert PALETTES[name].entries[0] == (0, 0, 0)


@pytest.mark.parametrize("name", ["akai_mk2", "novation_mk2_6bit", "novation_mk3_print"])
@pytest.mark.parametrize(
    ("colour", "number"),
    [
        ("#FF0000", 5),
        ("#FFFF00", 13),
        ("#00FF00", 21),
        ("#0000FF", 45),
        ("#FF00FF", 53),
        ("#FFFFFF", 3),
    ],
)
def test_pure_colours_find_the_numbers_by_which_both_makers_name_them(
    name: str, colour: str, number: int
) -> None:
    assert PALETTES[name].nearest(parsed(colour)) == number


@pytest.mark.parametrize("name", PALETTES)
@given(rgb=_RGB)
def test_the_nearest_entry_is_never_black(name: str, rgb: tuple[int, int, int]) -> None:
    palette = PALETTES[name]
    assert palette.entries[palette.nearest(rgb)] != (0, 0, 0)


@given(st.integers(1, 127))
def test_a_palettes_own_colour_finds_one_that_looks_the_same(number: int) -> None:
    palette = PALETTES["akai_mk2"]
    rgb = palette.entries[number]
    assert palette.entries[palette.nearest(rgb)] == rgb


@pytest.mark.parametrize("swatches", [akai_mk2.SWATCHES, novation_mk3_print.SWATCHES])
def test_swatches_are_written_like_every_colour(swatches: tuple[str, ...]) -> None:
    assert all(swatch == f"#{int(swatch[1:], 16):06X}" for swatch in swatches)


@pytest.mark.parametrize(
    ("swatches", "digest"),
    [
        (akai_mk2.SWATCHES, "ab4e8a0b44fb1fda"),
        (novation_mk3_print.SWATCHES, "cb94e611686e6644"),
        (novation_mk2.SWATCHES, "6c434c82e2a571c1"),
    ],
)
def test_every_entry_is_as_it_was_read(swatches: tuple[str, ...], digest: str) -> None:
    assert sha256("\n".join(swatches).encode()).hexdigest().startswith(digest)


def test_two_makers_have_one_palette_but_for_the_rounding_to_six_bits() -> None:
    pairs = zip(PALETTES["akai_mk2"].entries, PALETTES["novation_mk2_6bit"].entries, strict=True)
    assert max(abs(a - b) for one, other in pairs for a, b in zip(one, other, strict=True)) <= 4
