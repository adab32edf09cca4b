"""A DAW that takes nothing but MIDI hears ``Songbridge Cues``, over real JACK, from pad to marker."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator

import pytest

from tests.standins.emulators.apc_mk1 import ApcMk1
from tests.standins.jack import Jackd
from tests.standins.jack_device import JackDevice, wait_until
from tests.standins.service import Service

pytestmark = pytest.mark.live
PERIOD = 1024

Make = Callable[..., Service]
CUES = "Songbridge Cues"
FIRST_PAD = 56
DOWN, UP = bytes((0x90, 84, 127)), bytes((0x90, 84, 0))


class Desk:
    """A device with pads, and a DAW that hears the cues."""

    def __init__(self) -> None:
        self.device = JackDevice(ApcMk1(), "APC MINI", "APC MINI MIDI 1")
        self.daw = JackDevice(None, "DAW", "DAW MIDI")

    def plug(self) -> None:
        self.device.plug()
        self.daw.plug()

    def press(self) -> None:
        self.device.press(FIRST_PAD)
        self.device.release(FIRST_PAD)


@pytest.fixture
def desk(server: Jackd) -> Iterator[Desk]:
    assert server.name
    made = Desk()
    made.plug()
    yield made
    made.device.unplug()
    made.daw.unplug()


def lines(*command: str) -> list[str]:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def port(part: str) -> str:
    """Return the full name of the one JACK port whose name has that part."""
    assert wait_until(lambda: any(part in name for name in lines("jack_lsp")))
    return ports(part, "output" if part == CUES else "input")[0]


def ports(part: str, way: str) -> list[str]:
    """Return the full names of the JACK ports of that direction whose name has that part."""
    found, name = list[str](), ""
    for line in lines("jack_lsp", "-p"):
        if not line.startswith("\t"):
            name = line
        elif part in name and way in line:
            found.append(name)
    return found


def to_daw() -> None:
    lines("jack_connect", port(CUES), port("DAW (playback)"))


def to_us() -> None:
    (hears,) = ports(CUES, "input")
    lines("jack_connect", ports("DAW", "output")[0], hears)


def ready(service: Service) -> bool:
    return service.shows(lambda status: any(r["state"] == "ready" for r in status["controllers"]))


def row(service: Service) -> dict[str, object]:
    (daw,) = service.status()["daws"]
    assert isinstance(daw, dict)
    return daw


def test_a_pad_presses_marker_in_the_daw_and_the_lamps_of_its_transport_are_heard(
    made: Make, desk: Desk
) -> None:
    service = made('[[daw]]\nkind = "midi"\n')
    service.start()
    assert ready(service)
    to_daw()
    desk.press()
    assert service.shows(lambda status: status["timer"]["state"] == "running")
    assert desk.daw.wait_until(lambda: desk.daw.messages() == [DOWN, UP])
    assert row(service)["state"] == "unknown"
    assert "1 sent so far" in str(row(service)["detail"])
    to_us()
    desk.daw.send(*(bytes((0x90, lamp, on)) for lamp, on in ((93, 0), (94, 127), (95, 127))))
    assert service.shows(lambda status: status["timer"]["recording"])
    desk.daw.send(bytes((0x90, 95, 0)))
    assert service.shows(lambda status: not status["timer"]["recording"])
    assert "its transport is heard" in str(row(service)["detail"])


def test_the_port_comes_back_with_the_jack_server(made: Make, desk: Desk, server: Jackd) -> None:
    service = made('[[daw]]\nkind = "midi"\nsend = "cc"\n')
    service.start()
    assert ready(service)
    server.kill()
    assert service.shows(lambda status: status["daws"][0]["state"] == "trouble")
    assert "waiting for it" in str(row(service)["detail"])
    desk.device.unplug(politely=False)
    desk.daw.unplug(politely=False)
    server.start()
    desk.plug()
    assert service.shows(lambda status: status["daws"][0]["state"] == "unknown", 10.0)
    assert ready(service)
    to_daw()
    desk.press()
    cue = [bytes((0xBF, 119, 127)), bytes((0xBF, 119, 0))]
    assert desk.daw.wait_until(lambda: desk.daw.messages() == cue)


def test_without_a_daw_that_is_told_by_midi_there_is_no_such_port(made: Make, desk: Desk) -> None:
    service = made('[[daw]]\nkind = "osc"\n')
    service.start()
    assert ready(service)
    assert not [name for name in lines("jack_lsp") if CUES in name]
    assert desk.daw.messages() == []


def test_a_daw_that_is_written_while_the_service_runs_has_its_port_at_once(
    made: Make, desk: Desk
) -> None:
    service = made()
    service.start()
    assert ready(service)
    service.write('[[daw]]\nkind = "midi"\nsend = "notes"\nnumber = 1\n')
    assert service.shows(lambda status: [daw["kind"] for daw in status["daws"]] == ["midi"])
    to_daw()
    desk.press()
    note = [bytes((0x9F, 1, 127)), bytes((0x8F, 1, 0))]
    assert desk.daw.wait_until(lambda: desk.daw.messages() == note)
    service.write("")
    assert wait_until(lambda: not [name for name in lines("jack_lsp") if CUES in name])
