"""The stand-in for Live has the traps that a naive client falls into; each is shown by falling in."""

from __future__ import annotations

import pytest

from bridge.messages import Osc, OscArg
from tests.standins.ableton import BURST, TICK, AbletonCore
from tests.standins.ableton_set import PALETTE, Clip, LiveSet, Locator, Scene, Track, nearest

TOGGLE = Osc("/live/song/cue_point/add_or_delete")
SEEK = "/live/song/set/current_song_time"
POINTS = Osc("/live/song/get/cue_points")
VERSION = Osc("/live/application/get/version")


def live(*locators: Locator, **more: object) -> AbletonCore:
    tracks, scenes = [Track("Bass", slots=[Clip("Verse"), None])], [Scene("Verse")]
    return AbletonCore(song=LiveSet(list(locators), tracks, scenes), **more)  # type: ignore[arg-type] # as AbletonCore takes them


class Naive:
    """A client that sends and hopes."""

    def __init__(self, core: AbletonCore) -> None:
        self.core, self.now = core, 100.02  # between two ticks
        self.heard: list[Osc] = []

    def send(self, *messages: Osc) -> None:
        for message in messages:
            self.heard += self.core.receive(message, self.now)

    def bundle(self, *messages: Osc) -> None:
        self.heard += self.core.receive_bundle(messages, self.now)

    def ticks(self, count: int = 1) -> list[Osc]:
        """Return what was heard until so many ticks are over."""
        self.now += count * TICK + 0.001
        self.heard += self.core.advance(self.now)
        heard, self.heard = self.heard, []
        return heard

    def error(self) -> str:
        (said,) = self.ticks()
        assert said.address == "/live/error"
        return str(said.args[0])


def test_nothing_is_answered_before_the_next_tick() -> None:
    naive = Naive(live())
    naive.send(VERSION)
    naive.now += TICK / 2
    assert naive.core.advance(naive.now) == []
    assert [m.address for m in naive.ticks()] == [VERSION.address]


def test_who_seeks_and_toggles_in_one_tick_deletes_a_locator_elsewhere() -> None:
    core = live(Locator("Verse", 8.0), playhead=8.0)
    naive = Naive(core)
    naive.send(Osc(SEEK, (32.0,)), TOGGLE)
    naive.ticks(2)
    assert core.named == []
    naive.send(Osc(SEEK, (32.0,)))
    naive.ticks(2)
    naive.send(TOGGLE)
    naive.ticks()
    assert core.named == [("1", 32.0)]


def test_who_seeks_beyond_the_song_gets_an_error_and_stays() -> None:
    naive = Naive(live(length=64.0))
    naive.send(Osc(SEEK, (65.0,)))
    assert "behind the Songlength" in naive.error()
    assert naive.core.playhead == 0.0


def test_who_toggles_twice_has_none() -> None:
    naive = Naive(live())
    naive.send(TOGGLE, TOGGLE)
    naive.ticks()
    assert naive.core.named == []


@pytest.mark.parametrize(
    ("playing", "next_"),
    [(False, False), (True, True), (True, False)],
    ids=["grid", "next", "nearest"],
)
def test_who_toggles_beside_a_locator_is_snapped_onto_it(*, playing: bool, next_: bool) -> None:
    at = 3.0 if next_ else 5.0
    core = live(Locator("Verse", 4.0), playhead=at, grid=4.0, quantisation=4, nearest=not next_)
    if playing:
        core.play()
    naive = Naive(core)
    naive.send(TOGGLE)
    naive.ticks()
    assert core.named == []


def test_the_toggle_acts_on_the_insert_marker_and_not_on_the_time_that_is_told() -> None:
    core = live(Locator("Verse", 8.0), playhead=3.0, insert=8.0)
    naive = Naive(core)
    naive.send(Osc("/live/song/get/current_song_time"), TOGGLE)
    assert naive.ticks()[0].args == (3.0,)
    assert core.named == []


def test_who_gives_the_toggle_an_argument_gets_an_error_that_names_no_address() -> None:
    naive = Naive(live())
    naive.send(Osc(TOGGLE.address, (1,)))
    error = naive.error()
    assert "did not match C++ signature" in error
    assert "/live" not in error
    assert naive.core.named == []


def test_locators_are_listed_as_they_were_made_and_none_is_no_argument() -> None:
    naive = Naive(live())
    naive.send(POINTS)
    assert naive.ticks() == [Osc(POINTS.address)]
    naive.core.song.locators += [Locator("late", 64.0), Locator("early", 1.0)]
    naive.send(POINTS)
    assert naive.ticks()[0].args == ("late", 64.0, "early", 1.0)


@pytest.mark.parametrize(
    "message",
    [
        Osc("/live/track/set/color", (0, 0x3DC300)),
        Osc("/live/song/cue_point/set/name", (0, "mine")),
        Osc("/live/api/show_message", ("hello",)),
        Osc(SEEK, (1.0,)),
        TOGGLE,
        Osc("/live/song/undo"),
        Osc("/live/song/stop_playing"),
    ],
)
def test_what_changes_something_is_never_acknowledged(message: Osc) -> None:
    naive = Naive(live(Locator("Verse", 8.0)))
    naive.send(message)
    assert naive.ticks(3) == []


@pytest.mark.parametrize(
    ("address", "args", "says"),
    [
        ("/live/track/set/color", (0, 1.0), "Python argument types"),
        ("/live/clip/set/color", (0, 0, 1.0), "Python argument types"),
        ("/live/clip/set/color", (0, 1, 1), "NoneType"),
        ("/live/scene/set/color", (0, "red"), "Python argument types"),
        ("/live/track/set/color", (9, 1), "Index out of range"),
        ("/live/track/set/color", (0,), "tuple index out of range"),
        ("/live/track/get/color", (), "tuple index out of range"),
        ("/live/song/cue_point/set/name", (0.0, "x"), "Invalid index type"),
        ("/live/song/cue_point/set/name", (9, "x"), "Index out of range"),
    ],
)
def test_what_is_wrong_is_an_error_without_an_address(
    address: str, args: tuple[OscArg, ...], says: str
) -> None:
    naive = Naive(live(Locator("Verse", 8.0)))
    naive.send(Osc(address, args))
    error = naive.error()
    assert error.startswith("Error handling OSC message: ")
    assert says in error
    assert address not in error


def test_an_error_costs_the_rest_of_its_bundle_and_holds_up_what_comes_later() -> None:
    naive = Naive(live())
    naive.bundle(Osc("/live/track/get/color", (9,)), TOGGLE)
    naive.send(VERSION)
    assert [m.address for m in naive.ticks()] == ["/live/error"]
    assert [m.address for m in naive.ticks()] == [VERSION.address]
    assert naive.core.named == []


def test_an_unknown_address_is_named_and_holds_up_nothing() -> None:
    naive = Naive(live(locators=False))
    naive.bundle(TOGGLE, VERSION)
    assert naive.ticks() == [
        Osc("/live/error", (f"Unknown OSC address: {TOGGLE.address}",)),
        Osc(VERSION.address, (12, 4)),
    ]


def test_who_sends_too_much_in_one_tick_loses_the_rest() -> None:
    naive = Naive(live())
    naive.send(*(Osc("/live/api/show_message", (str(n),)) for n in range(300)))
    naive.ticks()
    assert naive.core.shown == [str(n) for n in range(BURST)]
    assert naive.core.lost == 300 - BURST


def test_a_name_can_not_be_set_in_every_live() -> None:
    core = live(Locator("1", 8.0), names=False)
    naive = Naive(core)
    naive.send(Osc("/live/song/cue_point/set/name", (0, "mine")))
    assert naive.error().endswith("can't set attribute")
    assert core.named == [("1", 8.0)]


def test_a_colour_is_read_back_as_the_nearest_of_seventy() -> None:
    naive = Naive(live())
    naive.send(Osc("/live/track/set/color", (0, 0x123456)), Osc("/live/track/get/color", (0,)))
    assert naive.ticks()[0].args == (0, nearest(0x123456))
    assert nearest(0x123456) != 0x123456
    assert len(set(PALETTE)) == len(PALETTE) == 70
    assert [f"{PALETTE[n]:06X}" for n in (14, 1, 17, 19, 22, 24, 13, 55)] == [
        "FF3636", "FFA529", "FFF034", "3DC300", "10A4EE", "886CE4", "FFFFFF", "7B7B7B",
    ]  # fmt: skip


def test_a_set_that_is_loaded_forgets_listeners_and_says_that_it_began() -> None:
    naive = Naive(live())
    naive.send(Osc("/live/song/start_listen/tempo"))
    assert naive.ticks() == [Osc("/live/song/get/tempo", (120.0,))]
    naive.core.tempo = 90.0
    assert naive.ticks() == [Osc("/live/song/get/tempo", (90.0,))]
    assert naive.core.reload()[0] == Osc("/live/startup")
    naive.core.tempo = 60.0
    assert naive.ticks() == []
