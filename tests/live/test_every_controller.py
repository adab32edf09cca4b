"""Every emulated controller at a running service over JACK: found, entered, lit, pressed, back again.

What a device ignores or loses it counts itself: nothing may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bridge.files.profiles import load_profiles
from bridge.surface.profile import Profile
from tests.standins.desk import SONG
from tests.standins.emulators.bench import EMULATED, Emulated, Hands
from tests.standins.jack import jack_server
from tests.standins.jack_device import JackDevice
from tests.standins.osc_caller import OscCaller
from tests.standins.patience import PATIENCE
from tests.standins.service import ANYWHERE, Service, plan

pytestmark = [pytest.mark.live, pytest.mark.alone]

PERIOD = 1024
QUIET = 0.25
"""Seconds without a message after which a picture is whole."""
HEAL = 2.0
"""Seconds within which a device that came back must work."""
PROFILES = load_profiles().profiles


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One service for all: devices come and go as on a desk."""
    with pytest.MonkeyPatch.context() as patch, jack_server(patch, period=PERIOD):
        home = tmp_path_factory.mktemp("studio") / "home"
        home.mkdir()
        plan(home, SONG)
        running = Service(home)
        running.start()
        yield running
        running.end()


class Desk:
    """One device before the service, with the ports that are not ours."""

    def __init__(self, service: Service, name: str, kind: Emulated) -> None:
        self.service, self.profile, self.kind = service, PROFILES[name], kind
        self.device: Hands = kind.make()
        self.cable = JackDevice(self.device, kind.client, kind.port)
        self.others = [JackDevice(None, kind.client, port) for port in kind.siblings]

    def plug(self, client: str) -> None:
        self.device.power_cycle()
        self.cable.received.clear()
        for cable in (*self.others, self.cable):
            cable.plug(client)

    def unplug(self) -> None:
        for cable in (*self.others, self.cable):
            cable.unplug()

    def is_in(self, state: str, within: float = PATIENCE) -> bool:
        def shown(status: dict[str, object]) -> bool:
            rows = status["controllers"]
            assert isinstance(rows, list)
            return any(r["profile"] == self.profile.id and r["state"] == state for r in rows)

        return self.service.shows(shown, within)

    def picture(self) -> list[bytes]:
        """Return everything that came since it was plugged in, once nothing has for a while."""
        count = -1
        while count != len(self.cable.received):
            count = len(self.cable.received)
            self.cable.wait_until(lambda: len(self.cable.received) != count, QUIET)  # noqa: B023 - asked at once
            if len(self.cable.received) > 5_000 + count:
                break
        return self.cable.messages()

    def is_entered(self) -> bool:
        return self.cable.wait_until(lambda: entered(self.profile, self.cable.messages()))

    def hears_more_than(self, messages: int) -> bool:
        within = PATIENCE if has_lights(self.profile) else QUIET
        return self.cable.wait_until(lambda: len(self.cable.received) > messages, within)

    def press(self) -> None:
        self.cable.press(self.kind.number)
        self.cable.release(self.kind.number)

    def missed(self) -> tuple[int, int]:
        """Return how many messages the device ignored, and lost."""
        return getattr(self.device, "ignored", 0), getattr(self.device, "lost", 0)


@pytest.fixture
def desk(service: Service) -> Iterator[Callable[[str], Desk]]:
    desks: list[Desk] = []

    def at(name: str) -> Desk:
        desks.append(Desk(service, name, EMULATED[name]))
        if desks[-1].kind.named:
            service.write(f'{ANYWHERE}[[controller]]\nprofile = "{name}"\n')
            assert desks[-1].is_in("absent")
        return desks[-1]

    yield at
    for one in desks:
        one.unplug()
        assert one.is_in("absent")
        if one.kind.named:
            service.write(ANYWHERE)
    with OscCaller(service.osc) as caller:
        caller.ask("/songbridge/pause")


def running(status: dict[str, object]) -> bool:
    timer = status["timer"]
    assert isinstance(timer, dict)
    return bool(timer["state"] == "running")


def has_lights(profile: Profile) -> bool:
    return any(control.light.kind != "none" for control in profile.controls.values())


def entered(profile: Profile, messages: list[bytes]) -> bool:
    places = [messages.index(one) for one in profile.session.enter if one in messages]
    return len(places) == len(profile.session.enter) and places == sorted(places)


@pytest.mark.parametrize("name", EMULATED)
def test_a_controller_works_by_plugging_it_in(name: str, desk: Callable[[str], Desk]) -> None:
    one = desk(name)
    one.plug(one.kind.client)
    assert one.is_in("ready")
    assert one.is_entered()
    before = one.picture()
    assert all(not cable.received for cable in one.others)

    one.press()
    assert one.service.shows(running)
    assert one.hears_more_than(len(before)) == has_lights(one.profile)
    one.picture()
    assert one.missed() == (0, 0)

    one.unplug()
    assert one.is_in("absent")
    one.plug(f"{one.kind.client} [36]")
    assert one.is_in("ready", HEAL)
    assert one.is_entered()
    again = one.picture()
    assert one.missed() == (0, 0)
    lit = len(before) - len(one.profile.session.enter)
    assert len(again) - len(one.profile.session.enter) >= min(lit, 1)
