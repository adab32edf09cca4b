"""Pads over a real JACK, the service in a process of its own, and a real Ardour that is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bridge.daw.ardour_selecting import OWN_WORD, SLOTS
from bridge.files.shipped import examples
from tests.live.conftest import Pads
from tests.standins.ardour_host import RealArdour, need_ardour
from tests.standins.osc_caller import OscCaller, answers
from tests.standins.service import Service

pytestmark = [pytest.mark.live, pytest.mark.timeout(180)]
PERIOD = 1024

Make = Callable[..., Service]
FIRST, SECOND, COMPLETE, MARK = 81, 82, 22, 27
CHORDS, BASSLINE = "Write chord progression", "Design sound for bassline"
ALL = sorted([CHORDS, f"done: {CHORDS}", BASSLINE])
"""The markers of a task that is begun and completed, and of the one that follows."""
HEARTBEATS = 6.0
"""Seconds after which an Ardour that has gone is missed: 3.5 without a heartbeat, and some."""


@pytest.fixture
def ardour(tmp_path: Path) -> Iterator[RealArdour]:
    need_ardour()
    folder = tmp_path / "ardour"
    folder.mkdir()
    with RealArdour(folder) as running:
        yield running


@pytest.fixture
def window(tmp_path: Path) -> Iterator[RealArdour]:
    """The whole program on a screen of its own, with our Lua action in its first slots."""
    need_ardour(window=True)
    folder = tmp_path / "ardour"
    folder.mkdir()
    source = (examples() / "ardour" / "songbridge_colour.lua").read_text("utf-8")
    ardour = RealArdour(folder, tracks=("Drums", "Bass", "Keys"), window=True)
    ardour.actions((source, {"colour": colour}) for colour in (*SLOTS, OWN_WORD))
    with ardour as running:
        yield running


def told(ardour: RealArdour) -> str:
    return f'[[daw]]\nkind = "ardour"\nhost = "127.0.0.1:{ardour.port}"\n'


def link(status: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = status["daws"][0]
    return row


def is_in(state: str) -> Callable[[dict[str, Any]], bool]:
    return lambda status: link(status)["state"] == state


def nothing_waits(status: dict[str, Any]) -> bool:
    return not link(status)["pending"]


def studio(made: Make, pads: Pads, ardour: RealArdour, more: str = "") -> Service:
    service = made(told(ardour) + more)
    service.start()
    assert pads.shows(lambda pad: pad.programmer and pad.all_lit())
    assert service.shows(is_in("ready"), 10.0), service.status()["daws"]
    return service


def pressed(service: Service, pads: Pads, led: int) -> None:
    """Press, and wait until Ardour has said that it took what that caused."""
    seq = service.status()["seq"]
    pads.press(led)
    assert service.shows(lambda status: status["seq"] > seq)
    assert service.shows(nothing_waits)


def asked(service: Service, address: str, *args: str | int) -> None:
    with OscCaller(service.osc) as caller:
        caller.send(address, *args)
        assert caller.wait_until(lambda heard: bool(answers(heard)))
        assert {answer.address for answer in answers(caller.heard)} == {"/songbridge/ok"}, (
            caller.heard
        )


def test_pads_make_named_markers_in_the_session_file(
    made: Make, pads: Pads, ardour: RealArdour
) -> None:
    service = studio(made, pads, ardour)
    pressed(service, pads, FIRST)
    pressed(service, pads, COMPLETE)
    assert sorted(name for name, _ in ardour.markers()) == ALL
    assert link(service.status())["dropped"] == 0, link(service.status())


def test_markers_stand_where_the_playhead_was_when_the_pad_was_pressed(
    made: Make, pads: Pads, ardour: RealArdour
) -> None:
    service = studio(made, pads, ardour)
    pressed(service, pads, FIRST)
    ardour.osc("/transport_play")
    between: list[tuple[int, int]] = []
    for _ in range(5):
        time.sleep(0.4)
        before = ardour.frame()
        pressed(service, pads, MARK)
        after = ardour.frame()
        assert before is not None
        assert after is not None
        between.append((before, after))
    ardour.osc("/transport_stop")
    places = [place for _, place in ardour.markers()][1:]
    assert len(places) == 5
    for place, (before, after) in zip(places, between, strict=True):
        assert before <= place <= after
    assert "6.6" not in link(service.status())["detail"]  # it has shown the names


def test_an_ardour_that_crashes_is_missed_and_the_next_one_found_without_a_press(
    made: Make, pads: Pads, ardour: RealArdour
) -> None:
    service = studio(made, pads, ardour)
    pressed(service, pads, FIRST)
    ardour.saved()
    ardour.crash()
    assert service.shows(is_in("silent"), HEARTBEATS)
    ardour.start()
    assert service.shows(is_in("ready"), 10.0)
    pressed(service, pads, COMPLETE)
    assert sorted(name for name, _ in ardour.markers()) == ALL
    assert link(service.status())["dropped"] == 0, link(service.status())


def test_a_press_while_ardour_stands_still_waits_and_arrives(
    made: Make, pads: Pads, ardour: RealArdour
) -> None:
    service = studio(made, pads, ardour)
    ardour.freeze()
    assert service.shows(is_in("silent"), HEARTBEATS)
    pads.press(FIRST)
    assert service.shows(lambda status: link(status)["pending"] == 1)
    ardour.thaw()
    assert service.shows(nothing_waits)
    assert service.shows(is_in("ready"), 10.0), link(service.status())
    assert [name for name, _ in ardour.markers()] == [CHORDS]
    assert link(service.status())["dropped"] == 0, link(service.status())


def test_a_take_is_heard_and_no_break_stops_it_but_one_that_only_plays(
    made: Make, pads: Pads, ardour: RealArdour
) -> None:
    service = studio(made, pads, ardour, "[cues]\nstop_for_break = true\n")
    asked(service, "/songbridge/start", 1)
    ardour.osc("/strip/recenable", 2, 1)
    ardour.osc("/rec_enable_toggle")
    ardour.osc("/transport_play")
    assert service.shows(lambda status: status["timer"]["recording"])
    asked(service, "/songbridge/break")
    assert service.shows(nothing_waits)
    assert ardour.rolls()
    assert service.status()["timer"]["recording"]
    ardour.osc("/transport_stop")
    assert service.shows(lambda status: not status["timer"]["recording"])
    assert not ardour.rolls()
    assert list(ardour.session.parent.rglob("Take1_Bass-1.wav"))
    asked(service, "/songbridge/resume")
    ardour.osc("/transport_play")
    ardour.wait_until(ardour.rolls)
    asked(service, "/songbridge/break")
    ardour.wait_until(lambda: not ardour.rolls(), 2.0)


def test_a_burst_of_five_hundred_cues_arrives_whole_and_in_order(
    made: Make, pads: Pads, ardour: RealArdour
) -> None:
    service = studio(made, pads, ardour)
    ardour.osc("/transport_play")
    names = [f"cue {n:03}" for n in range(500)]
    with OscCaller(service.osc) as caller:
        for name in names:
            caller.send("/songbridge/mark", name)
        assert caller.wait_until(lambda heard: len(answers(heard)) == len(names), 30.0)
        assert {answer.address for answer in answers(caller.heard)} == {"/songbridge/ok"}
    assert service.shows(nothing_waits)
    ardour.osc("/transport_stop")
    made_there = ardour.markers()
    assert sorted(name for name, _ in made_there) == names
    places = dict(made_there)
    assert [places[name] for name in names] == sorted(places.values())
    assert link(service.status())["dropped"] == 0, link(service.status())


def test_a_task_colours_its_track_in_the_window_until_the_sitting_ends(
    made: Make, pads: Pads, window: RealArdour
) -> None:
    service = studio(made, pads, window)
    window.wait_until(lambda: "#000000" not in window.colours().values())  # it gives them its own
    own = window.colours()
    window.osc("/strip/select", 3, 0)  # the user works on the third track
    window.wait_until(lambda: window.selected() == "Keys")
    pressed(service, pads, SECOND)
    assert "tracks are coloured" in link(service.status())["detail"]
    begun = window.colours()
    assert [track for track, colour in begun.items() if colour in SLOTS] == ["Bass"]
    assert begun["Bass"] == SLOTS[1]
    pressed(service, pads, COMPLETE)
    assert window.colours() == begun | {"Bass": SLOTS[3]}
    assert link(service.status())["dropped"] == 0, link(service.status())
    window.wait_until(lambda: window.selected() == "Keys")
    asked(service, "/songbridge/end")
    assert service.shows(nothing_waits)
    assert window.colours() == own
    assert not (window.session.parent / "songbridge-colours.txt").exists()
    window.wait_until(lambda: window.selected() == "Keys")


def test_without_the_window_the_status_says_that_there_are_no_colours(
    made: Make, pads: Pads, ardour: RealArdour
) -> None:
    service = studio(made, pads, ardour)
    pressed(service, pads, SECOND)
    row = link(service.status())
    assert "none of its Lua actions answered" in row["detail"]
    assert row["state"] == "ready"
