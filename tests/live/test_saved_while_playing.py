"""Files that are saved while hands play: the device stays open, and no press is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bridge.ports.midi_output import ENTERING
from tests.live.conftest import Pads
from tests.standins.emulators.launchpad import PROGRAMMER_OFF, PROGRAMMER_ON
from tests.standins.jack_device import wait_until
from tests.standins.service import ANYWHERE, Service

pytestmark = pytest.mark.live
PERIOD = 1024

Make = Callable[..., Service]
TOGGLE, LAMP = 21, 18
EACH = 0.05
"""Seconds from press to press."""
SAVES = 4
"""Each saves two layouts, and a device that was opened anew would lose a press or two each time. JACK
itself loses or repeats one now and then where a busy machine has no real-time scheduler."""
TAKEN_UP = 6.0
"""Seconds within which a saved file shows, on a busy machine."""

PLAIN = (
    'schema = 1\nid = "mine"\nname = "Mine"\nrequires = ["grid8x8"]\n'
    '[[bind]]\non = "pad.7.1"\ndo = "toggle"\n'
)
LIT = PLAIN + '[[bind]]\non = "pad.8.8"\ndo = "mark Hello"\nshow = "action"\ncolour = "red"\n'
CONFIG = '[[controller]]\nprofile = "novation-launchpad-mini-mk3"\nlayout = "mine"\n{}'


def save(service: Service, layout: str) -> None:
    """Save the layout as editors do: all at once."""
    folder = service.home / "layouts"
    folder.mkdir(exist_ok=True)
    fresh = folder / "mine.new"
    fresh.write_text(layout, encoding="utf-8")
    fresh.replace(folder / "mine.toml")


def started(made: Make, pads: Pads) -> Service:
    service = made(CONFIG.format(""))
    save(service, PLAIN)
    service.start()
    assert pads.shows(lambda pad: pad.programmer)
    assert service.shows(lambda status: status["controllers"][0]["state"] == "ready")
    assert not wait_until(
        lambda: False, ENTERING
    )  # until then JACK may lose it, and it is sent anew
    return service


def modes(pads: Pads) -> list[bytes]:
    """Return the messages so far by which the session was entered or left."""
    return [data for data in pads.cable.messages() if data in (PROGRAMMER_ON, PROGRAMMER_OFF)]


@contextmanager
def played(pads: Pads) -> Iterator[list[int]]:
    """Press twenty times a second meanwhile; in the list stands how often, once it is over."""
    over, count = threading.Event(), [0]

    def play() -> None:
        while not over.is_set():
            pads.press(TOGGLE)
            count[0] += 1
            time.sleep(EACH)

    hands = threading.Thread(target=play)
    hands.start()
    try:
        yield count
    finally:
        over.set()
        hands.join()


def test_while_layouts_are_saved_no_press_is_lost_and_the_device_stays_open(
    made: Make, pads: Pads
) -> None:
    service = started(made, pads)
    pads.press(TOGGLE)
    assert service.shows(lambda status: status["timer"]["state"] == "running")
    before, entered = service.status()["seq"], modes(pads)
    with played(pads) as count:
        for _ in range(SAVES):
            save(service, LIT)
            assert pads.shows(lambda pad: pad.lit(LAMP).effect != "off", TAKEN_UP)
            save(service, PLAIN)
            assert pads.shows(lambda pad: pad.lit(LAMP).effect == "off", TAKEN_UP)
    assert count[0] > 2 * SAVES
    assert service.shows(lambda status: abs(status["seq"] - before - count[0]) < SAVES)
    assert modes(pads) == entered
    assert not any("has gone" in line for line in service.lines)


def test_another_port_pattern_has_the_device_left_and_entered(made: Make, pads: Pads) -> None:
    service = started(made, pads)
    entered = modes(pads)
    service.write(ANYWHERE + CONFIG.format('port = "Launchpad Mini"\n'))
    assert pads.cable.wait_for(PROGRAMMER_OFF, within=TAKEN_UP)
    assert pads.shows(lambda pad: pad.programmer)
    assert modes(pads)[len(entered) :][:2] == [PROGRAMMER_OFF, PROGRAMMER_ON]
    assert service.shows(lambda status: status["controllers"][0]["state"] == "ready")
