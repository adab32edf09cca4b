"""What a controller has, worked out from what it sends; the numbers are those of real devices."""

from __future__ import annotations

import pytest

from bridge.errors import Invalid
from bridge.files.profiles import load_profiles
from bridge.surface.guessing import Grid, Sent, counterpart, grid, sent, turning
from bridge.surface.pattern import parse
from bridge.surface.profile import Profile
from bridge.surface.splitting import without

PROFILES = load_profiles().profiles
IRREGULAR = {"novation-launch-control-xl-mk2", "behringer-x-touch-mini-mc"}
"""Rows whose numbers follow no formula: their profiles were written by hand."""


def note(number: int, channel: int = 1) -> Sent:
    return Sent("note", channel, number, 100)


@pytest.mark.parametrize(
    ("corners", "rows", "cols", "row_step", "col_step"),
    [
        ((81, 88, 11, 18), 8, 8, -10, 1),  # Launchpad, programmer mode
        ((0, 7, 112, 119), 8, 8, 16, 1),  # Launchpad of 2009
        ((56, 63, 0, 7), 8, 8, -8, 1),  # APC mini
        ((32, 39, 0, 7), 5, 8, -8, 1),  # APC Key 25
        ((54, 69, 102, 117), 4, 16, 16, 1),  # Fire
        ((48, 51, 36, 39), 4, 4, -4, 1),  # drum pads
        ((36, 48, 39, 51), 4, 4, 1, 4),  # numbered by columns
        ((36, 43, 36, 43), 1, 8, 8, 1),  # one row
        ((36, 36, 43, 43), 8, 1, 1, 1),  # one column
        ((36, 36, 36, 36), 1, 1, 1, 1),  # one pad
    ],
)
def test_four_corners_tell_rows_columns_and_steps(
    corners: tuple[int, int, int, int], rows: int, cols: int, row_step: int, col_step: int
) -> None:
    made = grid([note(n, 10) for n in corners])
    assert made == Grid("note", 10, corners[0], rows, cols, row_step, col_step)


def shape(profile: Profile) -> tuple[int, int]:
    places = [name.split(".")[1:] for name in profile.controls if name.startswith("pad.")]
    return max(int(row) for row, _ in places), max(int(col) for _, col in places)


def numbers(profile: Profile) -> list[list[int]]:
    rows, cols = shape(profile)
    return [
        [profile.controls[f"pad.{row}.{col}"].number for col in range(1, cols + 1)]
        for row in range(1, rows + 1)
    ]


def is_regular(pads: list[list[int]]) -> bool:
    origin, right, down = pads[0][0], pads[0][1] - pads[0][0], pads[1][0] - pads[0][0]
    made = [[origin + r * down + c * right for c in range(len(pads[0]))] for r in range(len(pads))]
    return made == pads


WITH_PADS = {name: p for name, p in PROFILES.items() if "pad.2.2" in p.controls}
REGULAR = [name for name, p in WITH_PADS.items() if is_regular(numbers(p))]


def test_most_controllers_have_pads_in_a_regular_grid() -> None:
    assert set(WITH_PADS) - set(REGULAR) == IRREGULAR


@pytest.mark.parametrize("name", REGULAR)
def test_the_corners_of_every_regular_grid_give_the_numbers_that_it_has(name: str) -> None:
    profile = WITH_PADS[name]
    rows, cols = shape(profile)

    def corner(row: int, col: int) -> Sent:
        control = profile.controls[f"pad.{row}.{col}"]
        return Sent(control.message, control.channel or 1, control.number, 100)

    corners = [corner(1, 1), corner(1, cols), corner(rows, 1), corner(rows, cols)]
    made = grid(corners, (rows, cols))
    told = [
        [made.origin + r * made.row_step + c * made.col_step for c in range(cols)]
        for r in range(rows)
    ]
    assert told == numbers(profile)


@pytest.mark.parametrize(
    ("corners", "told"),
    [
        ([note(81), note(88), note(11), note(19)], "would need 18 at the bottom right"),
        ([note(81), note(88), note(11), note(18, 2)], "no four corners"),
        ([note(81), note(88), note(11), Sent("cc", 1, 18, 100)], "no four corners"),
        ([note(0), note(7), note(3), note(10)], "make no rows"),
    ],
)
def test_corners_that_do_not_belong_together_are_told(corners: list[Sent], told: str) -> None:
    with pytest.raises(Invalid, match=told):
        grid(corners)


@pytest.mark.parametrize("size", [(4, 8), (8, 3), (1, 8), (0, 8), (33, 8)])
def test_a_size_that_does_not_fit_the_corners_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(Invalid):
        grid([note(81), note(88), note(11), note(18)], size)


@pytest.mark.parametrize(
    ("right", "left", "way"),
    [
        ([1, 1, 2, 1], [127, 127, 126], "twos"),
        ([1, 2, 1], [65, 65, 66], "sign"),
        ([65, 65, 67], [63, 62, 63], "offset64"),
        ([10, 11, 13, 20], [19, 17, 3], "absolute"),
        ([1, 2, 3, 4, 5], [4, 3, 2, 1, 0], "absolute"),
        ([64, 65, 66, 67], [66, 65, 64, 63], "absolute"),
        ([120, 125, 127, 127], [126, 120, 110], "absolute"),
    ],
)
def test_a_knob_tells_how_it_counts_by_being_turned_both_ways(
    right: list[int], left: list[int], way: str
) -> None:
    assert turning(right, left) == way


@pytest.mark.parametrize(
    ("right", "left", "told"),
    [
        ([1, 1], [127, 127, 127], "too little"),
        ([20, 10, 5], [6, 12, 30], "to the left first"),
        ([1, 99, 3, 40], [7, 3, 80], "no knob that is known"),
        ([5, 5, 5], [5, 5, 5], "no knob that is known"),
    ],
)
def test_what_fits_no_knob_is_told(right: list[int], left: list[int], told: str) -> None:
    with pytest.raises(Invalid, match=told):
        turning(right, left)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("903c64", Sent("note", 1, 60, 100)),
        ("b91440", Sent("cc", 10, 20, 64)),
        ("b01400", Sent("cc", 1, 20, 0)),
        ("e20140", Sent("pitchbend", 3, 0, 64)),
        ("903c00", None),
        ("803c40", None),
        ("a03c40", None),
        ("903cff", None),
        ("f07ef7", None),
        ("90", None),
        ("", None),
    ],
)
def test_a_message_tells_a_control_or_nothing(data: str, told: Sent | None) -> None:
    assert sent(bytes.fromhex(data)) == told


@pytest.mark.parametrize(
    ("heard", "told", "same"),
    [
        ("Pad 9 (capture):Pad 9 MIDI 1", "Pad 9 (playback):Pad 9 MIDI 1", True),
        ("Pad Port Out", "Pad Port In", True),
        ("Pad MIDI 1", "Pad MIDI 2", False),
        ("Pad MIDI 1", "Other MIDI 1", False),
    ],
)
def test_an_output_belongs_to_the_input_of_its_name(heard: str, told: str, same: object) -> None:
    assert counterpart(heard, told) is same


@pytest.mark.parametrize(
    ("pattern", "name", "left"),
    [
        ("pad.1-6.1-8", "pad.3.4", ["pad.1-2.1-8", "pad.3.1-3", "pad.3.5-8", "pad.4-6.1-8"]),
        ("pad.1-6.1-8", "pad.1.1", ["pad.1.2-8", "pad.2-6.1-8"]),
        ("pad.1-6.1-8", "pad.6.8", ["pad.1-5.1-8", "pad.6.1-7"]),
        ("pad.2.*", "pad.2.4", ["pad.2.1-3", "pad.2.5-999"]),
        ("side.1-8", "side.2", ["side.1", "side.3-8"]),
        ("play", "play", []),
        ("play", "stop", ["play"]),
    ],
)
def test_a_row_without_one_names_the_others_in_their_order(
    pattern: str, name: str, left: list[str]
) -> None:
    assert [one.text for one in without(parse(pattern), name)] == left


def test_a_row_without_one_means_all_but_that_one() -> None:
    names = tuple(f"pad.{r}.{c}" for r in range(1, 9) for c in range(1, 9))
    whole = parse("pad.2-7.1-8")
    for name in whole.among(names):
        left = [n for p in without(whole, name) for n in p.among(names)]
        assert left == [n for n in whole.among(names) if n != name]
