"""The main job over real JACK and real sockets: press, light, marker, and a service that is killed."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bridge.messages import Osc
from bridge.surface.palettes import PALETTES
from tests.live.conftest import Pads
from tests.standins.osc_caller import OscCaller, answers, packet
from tests.standins.osc_target import OscTargetStandIn
from tests.standins.patience import PATIENCE
from tests.standins.reaper import ReaperStandIn
from tests.standins.service import Service, entries

pytestmark = pytest.mark.live

Make = Callable[..., Service]
COMPOSITION = (0x3F, 0xA7, 0xFF)
TOGGLE, COMPLETE, SKIP, LATER, EXTEND, BREAK, MARK, UNDO = range(21, 29)
FIRST, SECOND, THIRD = 81, 82, 83
"""LEDs of the queue's first pads."""


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def same(status: dict[str, Any]) -> dict[str, Any]:
    """Return what a restart must not change; time runs on."""
    kept = {key: status[key] for key in ("seq", "song", "queue", "goals", "prep", "sitting")}
    task = {key: value for key, value in (status["task"] or {}).items() if key != "spent_s"}
    timer = {key: status["timer"][key] for key in ("state", "phase", "budget_s", "ends_at")}
    kept["queue"] = [{k: v for k, v in row.items() if k != "spent_s"} for row in kept["queue"]]
    return {**kept, "task": task, "timer": timer}


def test_a_press_starts_lights_and_tells_and_a_killed_service_goes_on(
    made: Make, pads: Pads
) -> None:
    heard_at = free_port()
    with ReaperStandIn(0, ("127.0.0.1", heard_at)) as reaper, OscTargetStandIn() as target:
        service = made(
            f'[[daw]]\nkind = "reaper"\nhost = "127.0.0.1:{reaper.port}"\n'
            f'listen = "127.0.0.1:{heard_at}"\n'
            f'[[daw]]\nkind = "osc"\nhost = "127.0.0.1:{target.port}"\n'
        )
        service.start()
        assert pads.shows(lambda pad: pad.lit(FIRST).effect == "solid")
        pads.press(SECOND)
        pads.press(UNDO)
        pads.press(FIRST)
        assert pads.shows(lambda pad: pad.lit(FIRST).effect == "pulse")
        nearest = PALETTES["novation_mk3_print"].nearest(COMPOSITION)
        assert pads.emulator.lit(FIRST).colour == nearest
        title = "Write chord progression"
        assert reaper.wait_for(lambda markers: [m[2] for m in markers].count(title) == 1, PATIENCE)
        expected = [
            Osc("/songbridge/cue/marker", (title, "#3FA7FF")),
            Osc("/songbridge/cue/text", (f"{title} (20m)",)),
        ]
        assert target.wait_for(lambda told: all(message in told for message in expected), PATIENCE)
        pads.press(EXTEND)
        assert service.shows(lambda status: status["timer"]["budget_s"] == 1500)

        before, looked, told = service.status(), pads.look(), len(target.messages)
        service.kill()
        pads.emulator.power_cycle()
        service.start()

        assert pads.shows(lambda pad: pad.all_lit() == looked)
        after = service.status()
        assert same(after) == same(before)
        assert 0 < before["timer"]["remaining_s"] - after["timer"]["remaining_s"] < 30
        pads.press(COMPLETE)
        assert service.shows(lambda status: status["task"]["title"] == "Design sound for bassline")
        assert target.wait_for(
            lambda all_told: (
                [m.args[0] for m in all_told[told:] if "track" in m.address] == ["Bass"]
            ),
            PATIENCE,
        )
        assert [m[2] for m in reaper.markers].count(title) == 1  # nothing was told a second time


@pytest.mark.parametrize("number", range(3))
def test_what_was_acknowledged_is_in_the_journal_after_a_kill(
    made: Make, home: Path, number: int
) -> None:
    service = made('[midi]\napi = "jack"\n', environ={"JACK_DEFAULT_SERVER": "songbridge-nobody"})
    service.start()
    chance = random.Random(number)  # noqa: S311 - a test's own
    with OscCaller(service.osc) as caller:
        fatal = chance.randrange(20, 180)
        killer = threading.Timer(chance.uniform(0.0, 0.02), lambda: None)
        for press in range(200):
            caller.send("/songbridge/toggle", 1)
            if press == fatal:
                killer = threading.Timer(chance.uniform(0.0, 0.02), service.kill)
                killer.start()
            time.sleep(0.0005)
        killer.join()
        caller.wait_until(lambda heard: len(answers(heard)) == 200, 0.3)
        acknowledged = {m.args[1] for m in caller.heard if m.address == "/songbridge/ok"}
    held = {entry.seq for entry in entries(home)}
    assert acknowledged
    assert acknowledged <= held
    assert held == set(range(1, max(held) + 1))


def test_a_bundle_is_answered_by_a_killed_and_restarted_service_on_the_same_port(
    made: Make,
) -> None:
    port = free_port()
    service = made(environ={"JACK_DEFAULT_SERVER": "songbridge-nobody"})
    service.write(f'[osc]\nlisten = "127.0.0.1:{port}"\n[http]\nlisten = "127.0.0.1:0"\n')
    service.start()
    with OscCaller(("127.0.0.1", port)) as caller:
        assert caller.ask("/songbridge/start").address == "/songbridge/ok"
        service.kill()
        caller.send_bytes(packet("/songbridge/complete"))  # nobody is there: lost, and no harm
        service.start()
        assert caller.ask("/songbridge/complete").address == "/songbridge/ok"
