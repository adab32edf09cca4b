"""Controllers that come and go, and a JACK server that dies, under a running service."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tests.live.conftest import Pads
from tests.standins.emulators.launchpad import PROGRAMMER_OFF, PROGRAMMER_ON
from tests.standins.emulators.mackie import MackieControl
from tests.standins.jack import Jackd, jack_server
from tests.standins.jack_device import JackDevice, wait_until
from tests.standins.osc_caller import OscCaller
from tests.standins.patience import PATIENCE
from tests.standins.service import Service

pytestmark = pytest.mark.live
PERIOD = 1024

Make = Callable[..., Service]
FIRST, SECOND, TOGGLE, COMPLETE, EXTEND, UNDO = 81, 82, 21, 22, 25, 28
HEAL = 2.0
"""Seconds within which a device that came back must work."""
MISSED = 0.1
"""Seconds of standing still: several periods, whatever the machine is doing."""
LOST = 4.0
"""Seconds within which lights are right that JACK lost; about 3 when it told just before."""


def painted(pads: Pads, within: float = PATIENCE) -> bool:
    return pads.shows(lambda pad: pad.programmer and pad.all_lit(), within)


@pytest.mark.parametrize("client", [None, "Launchpad Mini MK3 [36]", "a2j_2"])
def test_a_launchpad_that_comes_back_works_within_two_seconds(
    made: Make, pads: Pads, client: str | None
) -> None:
    service = made()
    service.start()
    assert painted(pads)
    pads.press(FIRST)
    assert pads.shows(lambda pad: pad.lit(FIRST).effect == "pulse")
    looked = pads.look()

    pads.cable.unplug()
    assert service.shows(lambda status: status["controllers"][0]["state"] == "absent")
    assert service.said("has gone: unplugged")
    with OscCaller(service.osc) as caller:
        assert caller.ask("/songbridge/complete").address == "/songbridge/ok"
    entered = pads.cable.messages().count(PROGRAMMER_ON)
    port = "Launchpad Mini MK3 [36] (capture): Launchpad Mini MK3 LPMiniMK3 MI"
    pads.cable._port = port if client == "a2j_2" else pads.cable._port
    pads.plug(client)
    plugged = time.monotonic()

    assert painted(pads)
    assert time.monotonic() - plugged < HEAL
    assert pads.cable.messages().count(PROGRAMMER_ON) > entered
    assert pads.shows(lambda pad: pad.lit(FIRST).effect == "pulse" and not pad.lit(83).colour)
    assert pads.look() != looked
    pads.press(UNDO)
    assert pads.shows(lambda pad: pad.all_lit().keys() == looked.keys())
    assert service.status()["task"]["title"] == "Write chord progression"


def test_a_jack_server_that_dies_and_comes_back_takes_nothing_along(
    made: Make, pads: Pads, server: Jackd
) -> None:
    service = made()
    service.start()
    assert painted(pads)
    with OscCaller(service.osc) as caller:
        for end in (server.kill, server.stop):
            end()
            assert service.shows(lambda status: status["midi"]["state"] == "none")
            assert "jack has ended" in service.status()["midi"]["detail"]
            assert caller.ask("/songbridge/start", 2).address == "/songbridge/ok"
            pads.cable.unplug()
            server.start()
            pads.plug()
            assert pads.shows(lambda pad: pad.lit(FIRST).effect == "pulse", HEAL)
            pads.press(COMPLETE)
            assert service.shows(lambda status: status["midi"]["state"] == "ready")
            assert caller.ask("/songbridge/undo").address == "/songbridge/ok"
            assert caller.ask("/songbridge/undo").address == "/songbridge/ok"
    assert service.alive
    assert service.stop()[0] == 0


@pytest.mark.alone
def test_without_a_jack_server_it_runs_says_so_and_finds_one_that_comes_later(
    made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with jack_server(monkeypatch, started=False) as server:
        service = made('[midi]\napi = "jack"\n')
        service.start()
        assert service.said("no MIDI: no JACK server answers")
        assert len([line for line in service.lines if "no MIDI" in line]) == 1
        with OscCaller(service.osc) as caller:
            assert caller.ask("/songbridge/start").address == "/songbridge/ok"
        server.start()
        pads = Pads()
        pads.plug()
        try:
            assert pads.shows(lambda pad: pad.lit(FIRST).effect == "pulse", HEAL)
            pads.press(COMPLETE)
            assert service.shows(
                lambda status: status["task"]["title"] == "Design sound for bassline"
            )
        finally:
            pads.cable.unplug()
        assert len(service.lines) == 5  # up, where, no MIDI, MIDI, Launchpad: nothing of JACK's own


def say(figure: str) -> None:
    """Show a measured figure with ``-rP``."""
    sys.stdout.write(f"{figure}\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_end_is_quick_and_leaves_the_device_dark_in_its_own_mode(
    made: Make, pads: Pads, number: signal.Signals
) -> None:
    service = made()
    service.start()
    assert painted(pads)
    pads.press(FIRST)
    assert pads.shows(lambda pad: pad.lit(FIRST).effect == "pulse")
    darkened = len(pads.cable.messages())

    code, seconds = service.stop(number)

    assert (code, service.lines[-1][:20]) == (0, "Songbridge has ended")
    assert seconds < 3
    assert pads.shows(lambda pad: not pad.programmer)
    last = pads.cable.messages()[darkened:]
    assert last[-1] == PROGRAMMER_OFF
    assert len(last) > 1  # the lights went out before the mode did
    say(f"ended {seconds:.2f} s after {number.name}")


def test_the_end_is_quick_while_jack_is_dead_or_dying(
    made: Make, pads: Pads, server: Jackd
) -> None:
    service = made()
    service.start()
    assert painted(pads)
    server.kill()
    code, seconds = service.stop()
    assert code == 0
    assert seconds < 4
    say(f"ended {seconds:.2f} s after SIGTERM, JACK just killed")


def test_the_end_is_quick_while_jack_hangs(made: Make, pads: Pads, server: Jackd) -> None:
    service = made()
    service.start()
    assert painted(pads)
    with server.standing_still():
        with OscCaller(service.osc) as caller:
            assert caller.ask("/songbridge/start").address == "/songbridge/ok"
        code, seconds = service.stop()
    assert code == 0
    assert seconds < 4
    say(f"ended {seconds:.2f} s after SIGTERM, JACK stopped")


def test_a_cable_from_our_output_to_our_input_ends_by_itself(made: Make, server: Jackd) -> None:
    desk = MackieControl()
    device = JackDevice(desk, "Mackie Control", "Mackie Control MIDI 1")
    service = made('[[controller]]\nprofile = "mackie-control"\n')
    service.start()
    play, record = 94, 95
    with device:
        assert device.wait_until(lambda: bool(desk.characters_written))
        ours = jack("jack_lsp", server)
        outs = [port for port in ours if "mackie-control out" in port]
        ins = [port for port in ours if "mackie-control in" in port]
        assert outs
        assert ins
        jack("jack_connect", server, outs[0], ins[0])
        device.press(play)
        device.release(play)
        assert device.wait_until(lambda: desk.lamp(play) == "on")
        before = service.status()["seq"]
        quiet_until = time.monotonic() + 0.5
        assert wait_until(lambda: time.monotonic() > quiet_until)
        assert service.status()["seq"] == before  # our own lamp is no press
        sent = len(device.messages())
        for _ in range(3):
            device.press(record)
            device.release(record)
        assert service.shows(lambda status: not status["queue"])
        assert device.wait_until(lambda: desk.lamp(play) == "off")
        assert len(device.messages()) - sent < 400


def jack(tool: str, server: Jackd, *arguments: str) -> list[str]:
    """Run one of JACK's tools; return its lines."""
    environ = {**os.environ, "JACK_DEFAULT_SERVER": server.name}
    done = subprocess.run(
        [tool, *arguments], capture_output=True, text=True, env=environ, timeout=10, check=True
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize("still", [0.05, 0.3, 0.6])
def test_lights_that_jack_lost_are_right_soon_after(made: Make, pads: Pads, still: float) -> None:
    service = made()
    service.start()
    assert painted(pads)
    pictures = [pads.look()]
    with OscCaller(service.osc) as caller:
        for _ in range(3):
            with pads.cable.standing_still():
                assert not wait_until(lambda: False, MISSED)
                assert caller.ask("/songbridge/select", 2).address == "/songbridge/ok"
                assert not wait_until(lambda: False, still)
            assert pads.shows(lambda pad: pad.all_lit() != pictures[-1], LOST)
            pictures.append(pads.look())
    assert pictures[2:] == pictures[:2]


def test_a_device_whose_session_message_was_lost_is_entered_again(
    made: Make, server: Jackd
) -> None:
    assert server.name
    pads = Pads()
    pads.cable.emulator = None  # nobody listens yet: whatever is sent is lost
    pads.plug()
    try:
        service = made()
        service.start()
        assert pads.cable.wait_for(PROGRAMMER_ON)
        pads.cable.emulator = pads.emulator
        with pads.cable.standing_still():
            assert not wait_until(lambda: False, MISSED)
        assert painted(pads, LOST)
    finally:
        pads.cable.unplug()


def test_presses_are_found_among_anything_that_may_come(made: Make, pads: Pads) -> None:
    service = made()
    service.start()
    assert painted(pads)
    noise = [
        *(bytes((0xB0 | channel, number, 64)) for channel in (3, 15) for number in range(100)),
        *([b"\xf8", b"\xfe"] * 100),
        *(bytes((0xD0, value)) for value in range(100)),
        *(bytes((0xA0, FIRST, value)) for value in range(100)),
        *(bytes((0xE0, 0, value)) for value in range(50)),
        b"\xf0\x00\x20\x29\x02\x0d\x0e\x00\xf7",
        b"\xf0" + bytes(range(1, 100)) + b"\xf7",
        b"\xf0\x7e\x00\x06\x02\x00\x20\x29\x13\x01\x00\x00\x00\x04\x06\x02\xf7",
        b"\xf1\x05", b"\xf3\x01", b"\xf6", b"\xfa", b"\xfb", b"\xfc", b"\xff",
    ]  # fmt: skip
    middle = len(noise) // 2
    before = service.status()["seq"]
    with OscCaller(service.osc) as caller:
        assert caller.ask("/songbridge/start").address == "/songbridge/ok"  # a sitting, a start
        for press in range(1, 11):
            pads.cable.send(*noise[:middle])
            pads.press(TOGGLE)
            pads.cable.send(*noise[middle:])
            assert service.shows(lambda status: status["seq"] == before + 2 + press)  # noqa: B023 - asked at once
    assert service.status()["timer"]["state"] == "running"
