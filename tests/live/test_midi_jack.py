"""The MIDI ports over a real JACK server: plugged, unplugged, killed, restarted."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from bridge.messages import MidiIn
from bridge.ports.midi import MidiPorts
from bridge.ports.midi_events import (
    MidiEvent,
    MidiState,
    Played,
    PortDown,
    PortUp,
    Repaint,
    Wanted,
)
from tests.standins.jack import Jackd, jack_server
from tests.standins.jack_device import LAUNCHPAD_PORT, JackDevice, wait_until
from tests.standins.patience import PATIENCE

pytestmark = pytest.mark.live

ENTER = bytes.fromhex("F0 00 20 29 02 0D 0E 01 F7")
LEAVE = bytes.fromhex("F0 00 20 29 02 0D 0E 00 F7")
Event = TypeVar("Event", MidiIn, MidiState, Played, PortDown, PortUp, Repaint)
PRESS = bytes((0x90, 81, 127))


def wanted(key: str = "pads", known: frozenset[int] | None = None) -> Wanted:
    def is_ours(name: str) -> bool:
        return LAUNCHPAD_PORT in name

    return Wanted(key, is_ours, is_ours, (ENTER,), (LEAVE,), 0.05, known=known)


Opened = Callable[[MidiPorts], MidiPorts]


class Inbox:
    """What the consumer would see, in order."""

    def __init__(self) -> None:
        self.queue: queue.SimpleQueue[MidiEvent] = queue.SimpleQueue()
        self.seen: list[MidiEvent] = []

    def wait(self, kind: type[Event], within: float = PATIENCE) -> Event:
        """Take events until one of `kind` comes; fail when none does."""
        deadline = time.monotonic() + within
        while True:
            event = self.queue.get(timeout=max(0.001, deadline - time.monotonic()))
            self.seen.append(event)
            if isinstance(event, kind):
                return event


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Closes ports also where a test fails: they would find the next one's server and its devices."""
    every: list[MidiPorts] = []

    def keep(midi: MidiPorts) -> MidiPorts:
        every.append(midi)
        return midi

    yield keep
    for midi in every:
        midi.close()


@pytest.fixture
def ports(server: Jackd, inbox: Inbox, opened: Opened) -> MidiPorts:
    assert server.name
    midi = opened(MidiPorts(inbox.queue.put, "jack"))
    midi.want([wanted()])
    midi.start()
    return midi


@pytest.mark.usefixtures("ports")
def test_a_press_arrives_stamped_under_its_controllers_key(inbox: Inbox) -> None:
    with JackDevice() as device:
        up = inbox.wait(PortUp)
        device.send(PRESS)
        press = inbox.wait(MidiIn)
    assert (up.key, press.port, press.data) == ("pads", "pads", PRESS)
    assert 0 <= press.at.mono - up.at.mono < 5


def test_a_keyboard_that_nobody_wants_is_overheard_beside_the_pads(
    ports: MidiPorts, inbox: Inbox
) -> None:
    ports.overhear("auto")
    keys = JackDevice(client="Keystation 49", port="Keystation 49 MIDI 1")
    with JackDevice() as pads, keys:
        inbox.wait(PortUp)
        heard = wait_until(lambda: any(one.overheard for one in ports.ports()))
        keys.send(bytes((0x90, 60, 80)))
        assert heard
        assert "Keystation" in inbox.wait(Played).name
        pads.send(PRESS)
        assert inbox.wait(MidiIn).port == "pads"


def test_a_sysex_of_81_lights_arrives_whole(ports: MidiPorts, inbox: Inbox) -> None:
    lights = b"".join(bytes((3, led, 127, 64, 1)) for led in range(11, 92))
    message = bytes.fromhex("F0 00 20 29 02 0D 03") + lights + b"\xf7"
    with JackDevice() as device:
        inbox.wait(PortUp)
        assert ports.send("pads", [message] * 20)
        assert device.wait_for(message, times=20)


@pytest.mark.usefixtures("ports")
def test_an_unplugged_device_is_told_and_works_again_under_another_name(inbox: Inbox) -> None:
    device = JackDevice(client="Launchpad 32")
    device.plug()
    inbox.wait(PortUp)
    device.unplug()
    assert inbox.wait(PortDown).key == "pads"
    device.plug("Launchpad 36")
    plugged = time.monotonic()
    assert device.wait_for(ENTER, times=2)
    inbox.wait(PortUp)
    assert time.monotonic() - plugged < 2
    device.send(PRESS)
    assert inbox.wait(MidiIn).data == PRESS
    device.unplug()


@pytest.mark.usefixtures("ports")
def test_a_replug_between_two_looks_is_noticed(inbox: Inbox) -> None:
    with JackDevice() as device:
        inbox.wait(PortUp)
        device.unplug()
        device.plug()
        inbox.wait(PortUp, within=2.0)


@pytest.mark.usefixtures("server")
def test_two_like_devices_are_two_controllers(inbox: Inbox, opened: Opened) -> None:
    midi = opened(MidiPorts(inbox.queue.put, "jack"))
    midi.want([wanted("left"), wanted("right")])
    midi.start()
    with JackDevice(client="Pads [20]") as first, JackDevice(client="Pads [24]") as second:
        assert {inbox.wait(PortUp).key, inbox.wait(PortUp).key} == {"left", "right"}
        first.send(PRESS)
        from_first = inbox.wait(MidiIn).port
        second.send(PRESS)
        from_second = inbox.wait(MidiIn).port
        assert {from_first, from_second} == {"left", "right"}
        midi.send(from_first, [b"\x90\x01\x01"])
        assert first.wait_for(b"\x90\x01\x01")
        assert b"\x90\x01\x01" not in second.messages()
        midi.close()


@pytest.mark.usefixtures("ports")
@pytest.mark.parametrize("end", [Jackd.kill, Jackd.stop])
def test_a_server_that_dies_and_comes_back_is_healed(
    server: Jackd, inbox: Inbox, end: Callable[[Jackd], None]
) -> None:
    device = JackDevice()
    device.plug()
    inbox.wait(PortUp)
    end(server)
    assert "ended" in inbox.wait(PortDown).reason
    device.unplug()
    server.start()
    device.plug()
    plugged = time.monotonic()
    inbox.wait(PortUp)
    assert time.monotonic() - plugged < 2
    device.send(PRESS)
    assert inbox.wait(MidiIn).data == PRESS
    device.unplug()


@pytest.mark.usefixtures("ports")
def test_twenty_deaths_leave_no_threads_and_no_files_behind(server: Jackd, inbox: Inbox) -> None:
    counts = []
    for _ in range(20):
        device = JackDevice()
        device.plug()
        inbox.wait(PortUp)
        server.kill()
        inbox.wait(PortDown)
        device.unplug(politely=False)
        counts.append((threads(), files()))
        server.start()
    assert min(counts[-3:]) <= max(counts[:3])  # a thread may be about to end as it is counted


def test_lights_that_go_on_while_the_server_dies_freeze_nothing(
    server: Jackd, ports: MidiPorts, inbox: Inbox
) -> None:
    with JackDevice():
        inbox.wait(PortUp)
        flood = threading.Thread(
            target=lambda: [
                ports.send("pads", [b"\xf0" + bytes(498) + b"\xf7"]) for _ in range(200)
            ]
        )
        server.kill()
        flood.start()
        begun = time.monotonic()
        inbox.wait(PortDown)
        flood.join()
        assert time.monotonic() - begun < 2


@pytest.mark.alone
def test_a_server_that_comes_later_is_found(
    monkeypatch: pytest.MonkeyPatch, inbox: Inbox, capfd: pytest.CaptureFixture[str], opened: Opened
) -> None:
    with jack_server(monkeypatch, started=False) as server:
        midi = opened(MidiPorts(inbox.queue.put))
        midi.want([wanted()])
        midi.start()
        assert "no JACK server" in inbox.wait(MidiState).reason
        server.start()
        assert inbox.wait(MidiState) == MidiState("jack", "ready")
        with JackDevice():
            inbox.wait(PortUp)
            midi.close()
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("server")
def test_the_session_is_left_on_close(opened: Opened) -> None:
    with JackDevice() as device:
        for times in range(1, 11):
            inbox = Inbox()
            midi = opened(MidiPorts(inbox.queue.put, "jack"))
            midi.want([wanted()])
            midi.start()
            inbox.wait(PortUp)
            midi.close()
            assert device.wait_for(LEAVE, times)


def test_a_device_that_is_plugged_in_late_is_found(ports: MidiPorts, inbox: Inbox) -> None:
    assert wait_until(lambda: ports.state().state == "ready")
    assert ports.states()["pads"].state == "absent"
    with JackDevice() as device:
        inbox.wait(PortUp)
        assert device.wait_for(ENTER)


@pytest.mark.usefixtures("ports")
def test_a_client_that_misses_its_period_has_the_device_painted_anew(inbox: Inbox) -> None:
    with JackDevice() as device:
        inbox.wait(PortUp)
        for _ in range(3):
            with device.standing_still():
                time.sleep(0.05)
            assert inbox.wait(Repaint).key == "pads"


@pytest.mark.usefixtures("server")
def test_a_thousand_foreign_messages_a_second_cost_little(inbox: Inbox, opened: Opened) -> None:
    midi = opened(MidiPorts(inbox.queue.put, "jack"))
    midi.want([wanted(known=frozenset({0x90 << 7 | 81}))])
    midi.start()
    with JackDevice() as device:
        inbox.wait(PortUp)
        begun = time.process_time()
        for number in range(1000):
            device.send(bytes((0xB0, number % 100, 1)))
            time.sleep(0.0005)
        device.send(PRESS)
        assert inbox.wait(MidiIn).data == PRESS
        assert time.process_time() - begun < 0.5
        midi.close()


def threads() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
