"""One controller for Songbridge and the DAW: what the layout does not use goes on, over real JACK."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from tests.standins.emulators.apc_mk1 import ApcMk1
from tests.standins.jack import Jackd
from tests.standins.jack_device import JackDevice, wait_until
from tests.standins.service import Service

pytestmark = pytest.mark.live
PERIOD = 1024

Make = Callable[..., Service]
THRU = "Songbridge Thru"
FIRST_PAD = 56
FADER = bytes((0xB0, 48, 90))
KEY = bytes((0x95, 60, 100)), bytes((0x85, 60, 64))


class Desk:
    """A device whose faders and keys the layout has no use for, and a DAW that hears what passes."""

    def __init__(self) -> None:
        self.device = JackDevice(ApcMk1(), "APC MINI", "APC MINI MIDI 1")
        self.daw = JackDevice(None, "DAW", "DAW MIDI")

    def plug(self) -> None:
        self.device.plug()
        self.daw.plug()

    def unplug(self) -> None:
        self.device.unplug()
        self.daw.unplug()

    def heard(self, *messages: bytes) -> bool:
        return self.daw.wait_until(lambda: self.daw.messages() == list(messages))


@pytest.fixture
def desk(server: Jackd) -> Iterator[Desk]:
    assert server.name
    made = Desk()
    made.plug()
    yield made
    made.unplug()


def lines(*command: str) -> list[str]:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def port(part: str) -> str:
    """Return the full name of the one JACK port whose name has that part."""
    assert wait_until(lambda: any(part in name for name in lines("jack_lsp")))
    (name,) = [name for name in lines("jack_lsp") if part in name]
    return name


def to_daw() -> None:
    lines("jack_connect", port(THRU), port("DAW (playback)"))


def thru(service: Service) -> dict[str, object]:
    state = service.status()["midi"]["thru"]
    assert isinstance(state, dict)
    return state


def ready(service: Service) -> bool:
    return service.shows(lambda status: any(r["state"] == "ready" for r in status["controllers"]))


def test_what_the_layout_does_not_use_passes_and_presses_stay(made: Make, desk: Desk) -> None:
    service = made()
    service.start()
    assert ready(service)
    to_daw()
    desk.device.send(FADER, *KEY)
    desk.device.press(FIRST_PAD)
    desk.device.release(FIRST_PAD)
    assert service.shows(lambda status: status["timer"]["state"] == "running")
    assert desk.heard(FADER, *KEY)
    assert thru(service)["passed"] == 3


def test_what_comes_back_is_cut_and_doctor_tells(made: Make, desk: Desk) -> None:
    service = made()
    service.start()
    assert ready(service)
    to_daw()
    lines("jack_connect", port(THRU), port("akai-apc-mini-mk1 in"))
    desk.device.send(FADER)
    assert service.shows(lambda status: status["midi"]["thru"]["cut"] == 1)
    count = len(desk.daw.messages())
    desk.device.press(FIRST_PAD)
    desk.device.release(FIRST_PAD)
    assert service.shows(lambda status: status["timer"]["state"] == "running")
    assert len(desk.daw.messages()) == count < 50
    command = [sys.executable, "-m", "bridge", "doctor", "--home", str(service.home)]
    doctor = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert "a circle of MIDI was cut" in " ".join(doctor.split())


def test_the_way_to_the_daw_comes_back_with_the_jack_server(
    made: Make, desk: Desk, server: Jackd
) -> None:
    service = made()
    service.start()
    assert ready(service)
    server.kill()
    assert service.shows(lambda status: status["midi"]["thru"]["state"] == "none")
    desk.device.unplug(politely=False)
    desk.daw.unplug(politely=False)
    server.start()
    desk.plug()
    assert service.shows(lambda status: status["midi"]["thru"]["state"] == "ready")
    assert ready(service)
    to_daw()
    desk.device.send(FADER)
    assert desk.heard(FADER)


def test_it_can_be_switched_off(made: Make, desk: Desk) -> None:
    service = made("[midi]\nthru = false\n")
    service.start()
    assert ready(service)
    assert thru(service)["state"] == "off"
    assert not [name for name in lines("jack_lsp") if THRU in name]
    assert desk.daw.messages() == []
