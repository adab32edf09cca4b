"""A studio with a real JACK server, a real service in a process of its own, and emulated pads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.standins.desk import SONG
from tests.standins.emulators.launchpad import LaunchpadMiniMk3, Lit
from tests.standins.jack import Jackd, Lent, need_jackd, point_at
from tests.standins.jack_device import JackDevice
from tests.standins.patience import PATIENCE
from tests.standins.service import Service, plan

QUIET = 0.2
"""Seconds without a message after which a picture is whole."""


class Pads:
    """A Launchpad Mini MK3 on JACK, as hands and eyes have it."""

    def __init__(self) -> None:
        self.emulator = LaunchpadMiniMk3()
        self.cable = JackDevice(self.emulator)

    def press(self, led: int) -> None:
        self.cable.press(led)
        self.cable.release(led)

    def shows(self, true: Callable[[LaunchpadMiniMk3], object], within: float = PATIENCE) -> bool:
        return self.cable.wait_until(lambda: bool(true(self.emulator)), within)

    def look(self) -> dict[int, Lit]:
        """Return everything that is lit once nothing has come for a while."""
        count = -1
        while count != len(self.cable.messages()):
            count = len(self.cable.messages())
            self.cable.wait_until(lambda: len(self.cable.received) != count, QUIET)  # noqa: B023 - asked at once
        return self.emulator.all_lit()

    def plug(self, client: str | None = None) -> None:
        self.emulator.power_cycle()
        self.cable.plug(client)


@pytest.fixture(scope="session")
def lent() -> Iterator[Lent]:
    servers = Lent()
    yield servers
    servers.release()


@pytest.fixture
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, lent: Lent) -> Jackd:
    """A JACK server, which a test may end or stop; a module may give its period's frames as ``PERIOD``.

    Without a real-time scheduler a busy machine misses short periods, and what JACK was to carry
    then is lost, in either direction. Where many lights are compared the period is long.
    """
    need_jackd()
    running = lent.one(getattr(request.module, "PERIOD", 64))
    point_at(running, monkeypatch)
    return running


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "home"
    place.mkdir()
    plan(place, SONG)
    return place


@pytest.fixture
def made(home: Path) -> Iterator[Callable[..., Service]]:
    """Services as the test wants them; all are ended."""
    services: list[Service] = []

    def make(config: str = "", **more: object) -> Service:
        services.append(Service(home, config, **more))  # type: ignore[arg-type] # as Service takes them
        return services[-1]

    yield make
    for service in services:
        service.end()


@pytest.fixture
def pads(server: Jackd) -> Iterator[Pads]:
    assert server.name
    device = Pads()
    try:
        device.plug()
        yield device
    finally:
        device.cable.unplug()
