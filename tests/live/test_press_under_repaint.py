"""Hands on the slowest device while all its lights are painted again and again: every press counts.

A Push 2 takes 250 messages a second, so a picture lasts half a second; and Live, on its other port,
takes the device away and gives it back all the time, so it is entered and painted anew without an
end. What is pressed meanwhile stands in the journal, all of it and in order.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.events import BudgetChanged, Marked, TaskStarted, TimerPaused, TimerResumed
from bridge.files.profiles import load_profiles
from tests.standins.emulators.bench import EMULATED
from tests.standins.emulators.push import USER, Push2
from tests.standins.jack import Jackd
from tests.standins.jack_device import JackDevice
from tests.standins.service import Service, entries, plan

pytestmark = pytest.mark.live
PERIOD = 1024

PROFILE = load_profiles().profiles["ableton-push-2"]
CONFIG = f'[[controller]]\nprofile = "{PROFILE.id}"\nlayout = "queue-8x8"\n[rut]\ntell = false\n'
"""Sixty extensions in a row are a sign of a rut, which would be a fact that nobody pressed."""
PRESSES = 200
FINGER = 0.008
"""Seconds between two messages of the hand: about sixty presses a second, a roll of all fingers."""
SWITCHES = 0.1
"""Seconds between two switches by Live, and half as long between two pages."""

ALBUM = SongDraft(
    "Long Winter",
    tasks=tuple(TaskDraft(f"Part {n}", ("mixing", "composition")[n % 5 % 2]) for n in range(200)),
)
TOLD = {"pad.7.5": "extend", "pad.7.7": "mark", "pad.7.1": "toggle"}
FACTS = {
    BudgetChanged: "extend",
    Marked: "mark",
    TaskStarted: "toggle",
    TimerPaused: "toggle",
    TimerResumed: "toggle",
}


@pytest.fixture
def push(server: Jackd) -> Iterator[JackDevice]:
    assert server.name
    kind = EMULATED[PROFILE.id]
    with JackDevice(Push2(), kind.client, kind.port) as device:
        yield device


def number(name: str) -> int:
    return PROFILE.controls[name].number


@contextmanager
def painted_without_end(push: JackDevice) -> Iterator[None]:
    """Have Live switch the mode, and pages turned, as long as this lasts."""
    device, over = push.emulator, Event()
    assert isinstance(device, Push2)
    pages = [bytes((0xB0, number(name), value)) for name in ("down", "up") for value in (127, 0)]

    def disturb() -> None:
        turn = 0
        while not over.wait(SWITCHES / 2):
            turn += 1
            push.send(pages[turn % len(pages)])
            if turn % 2:
                push.send(*device.switch(USER))

    live = Thread(target=disturb)
    live.start()
    try:
        yield
    finally:
        over.set()
        live.join()


def roll(push: JackDevice, names: list[str]) -> None:
    for name in names:
        push.send(bytes((0x90, number(name), 100)))
        time.sleep(FINGER)
        push.send(bytes((0x90, number(name), 0)))
        time.sleep(FINGER)


def test_under_constant_repaint_every_press_of_a_roll_stands_in_the_journal_in_order(
    made: Callable[..., Service], push: JackDevice
) -> None:
    service = made(CONFIG)
    plan(service.home, ALBUM)
    service.start()
    assert service.shows(lambda s: any(row["state"] == "ready" for row in s["controllers"]))
    names = random.Random(3).choices(list(TOLD), k=PRESSES)  # noqa: S311 - the same roll each time
    roll(push, ["pad.7.1"])  # something runs
    assert service.shows(lambda s: s["timer"]["state"] == "running")
    before, seq = len(push.messages()), service.status()["seq"]
    with painted_without_end(push):
        roll(push, names)
        told = push.messages()[before:]
    assert service.shows(lambda s: s["seq"] == seq + PRESSES)  # each is one fact, pages are none
    service.end()
    expected = ["toggle", *(TOLD[name] for name in names)]
    facts = [FACTS[type(e.fact)] for e in entries(service.home) if type(e.fact) in FACTS]
    assert facts == expected
    assert told.count(PROFILE.session.enter[0]) >= 5
    lights = sum(data[0] in (0x90, 0xB0) for data in told)
    assert lights > 100 * (PRESSES * 2 * FINGER)  # a second: the output hardly rested
