"""Who is plugged in, and how it is left: a running service, real JACK, emulated devices that answer."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bridge.files.shipped import profile_path
from tests.live.conftest import Pads
from tests.standins.emulators.device import IDENTITY_REQUEST
from tests.standins.emulators.launchpad import PROGRAMMER_ON, LaunchpadMiniMk3
from tests.standins.jack import Jackd
from tests.standins.jack_device import LAUNCHPAD_PORT, JackDevice, wait_until
from tests.standins.patience import PATIENCE
from tests.standins.service import ANYWHERE, BEGIN, Service

pytestmark = pytest.mark.live
PERIOD = 1024

Make = Callable[..., Service]
FIRST = 81
LAUNCHPAD = "novation-launchpad-mini-mk3"
HEAL = 2.0
"""Seconds within which a device that came must work."""
AT_ONCE = 1.0
"""Seconds within which a device is back in its own mode when the service ends."""
TOLD = bytes.fromhex("F0 00 21 09 17 00 4D 50 00 01 46 01 F7")
"""A message by which a device tells that its mode has changed (Maschine Mikro MK3)."""


def say(figure: str) -> None:
    """Show a measured figure with ``-rP``."""
    sys.stdout.write(f"{figure}\n")


def painted(pads: Pads, within: float = PATIENCE) -> bool:
    return pads.shows(lambda pad: pad.programmer and pad.all_lit(), within)


def rows(service: Service) -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in service.status()["controllers"]}


class Mute(LaunchpadMiniMk3):
    """One whose firmware knows no identity request."""

    def receive(self, data: bytes, at: float) -> list[bytes]:
        return [] if data == IDENTITY_REQUEST else super().receive(data, at)


class Answering(LaunchpadMiniMk3):
    """One that answers as it is told to."""

    def __init__(self, identity: str) -> None:
        super().__init__()
        self.identity = bytes.fromhex(identity)

    def receive(self, data: bytes, at: float) -> list[bytes]:
        return [self.identity] if data == IDENTITY_REQUEST else super().receive(data, at)


# --- who is there ---------------------------------------------------------------------------------


def test_a_device_is_asked_first_and_connected_once_it_has_answered(
    made: Make, server: Jackd
) -> None:
    assert server.name
    service = made()
    service.start()
    pads = Pads()
    plugged = time.monotonic()
    pads.plug()
    try:
        assert painted(pads, HEAL)
        say(f"painted {time.monotonic() - plugged:.2f} s after it was plugged in")
        assert service.said("Novation Launchpad Mini MK3 is connected")
        sent = pads.cable.messages()
        assert sent.index(IDENTITY_REQUEST) < sent.index(PROGRAMMER_ON)
        assert rows(service)[LAUNCHPAD]["detail"] == ""
    finally:
        pads.cable.unplug()


def test_a_device_that_does_not_answer_works_all_the_same_and_status_says_so(
    made: Make, server: Jackd
) -> None:
    assert server.name
    service = made()
    service.start()
    pads = Pads()
    pads.emulator = pads.cable.emulator = Mute()
    plugged = time.monotonic()
    pads.plug()
    try:
        assert painted(pads)
        took = time.monotonic() - plugged
        say(f"painted {took:.2f} s after it was plugged in, without an answer")
        assert took < HEAL
        assert service.said("connected (")
        assert service.said("it did not answer the identity request")
        assert rows(service)[LAUNCHPAD]["state"] == "ready"
        assert "did not answer" in rows(service)[LAUNCHPAD]["detail"]
    finally:
        pads.cable.unplug()


def own_profile(home: Path, name: str, identity: str, more: str = "") -> None:
    """Write a profile like the Launchpad's into the home, with another name and answer."""
    text = profile_path(LAUNCHPAD).read_text("utf-8")
    for key, value in (("id", name), ("name", name.title()), ("identity", identity)):
        text = re.sub(rf'^{key} = ".*"$', f'{key} = "{value}"', text, count=1, flags=re.MULTILINE)
    written = text.replace("settle_ms = 50", f"settle_ms = 50\n{more}", 1)
    folder = home / "controllers"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(written, encoding="utf-8")


def test_where_two_profiles_fit_one_port_the_answer_decides_and_another_kind_may_come_next(
    made: Make, home: Path, server: Jackd
) -> None:
    assert server.name
    answers = {
        "acme-one": "F0 7E 00 06 02 00 01 02 01 F7",
        "acme-two": "F0 7E 00 06 02 00 01 02 02 F7",
    }
    for name, answer in answers.items():
        own_profile(home, name, answer.replace("7E 00", "7E ??"))
    service = made()
    service.start()
    for name in ("acme-two", "acme-one", "acme-two"):
        pads = Pads()
        pads.emulator = pads.cable.emulator = Answering(answers[name])
        plugged = time.monotonic()
        pads.plug()
        try:
            assert painted(pads, HEAL)
            say(f"painted {time.monotonic() - plugged:.2f} s after it was plugged in, as {name}")
            assert service.shows(lambda _: rows(service).get(name, {}).get("state") == "ready")  # noqa: B023 - asked at once
            assert [k for k, row in rows(service).items() if row["state"] == "ready"] == [name]
        finally:
            pads.cable.unplug()
        assert service.shows(lambda _: rows(service)[name]["state"] == "absent")  # noqa: B023 - asked at once


def test_a_device_that_answers_as_another_one_is_unknown_and_left_alone(
    made: Make, home: Path, server: Jackd
) -> None:
    assert server.name
    service = made()
    service.start()
    pads = Pads()
    pads.emulator = pads.cable.emulator = Answering("F0 7E 00 06 02 47 4F 00 19 05 21 00 00 F7")
    pads.plug()
    try:
        assert service.shows(lambda _: rows(service).get(LAUNCHPAD, {}).get("state") == "unknown")
        assert "answers as Akai APC mini mk2" in rows(service)[LAUNCHPAD]["detail"]
        assert PROGRAMMER_ON not in pads.cable.messages()
        ports = listed(home)
        (heard,) = [
            row for row in ports if row["direction"] == "in" and LAUNCHPAD_PORT in row["name"]
        ]
        assert heard["identity"].startswith("F0 7E 00 06 02 47 4F")
        assert "it answers as Akai APC mini mk2" in heard["why"]
    finally:
        pads.cable.unplug()
    assert service.shows(lambda _: LAUNCHPAD not in rows(service))


def listed(home: Path) -> list[dict[str, str]]:
    """Return what `songbridge ports --json` says."""
    command = [sys.executable, "-m", "bridge", "ports", "--json", "--home", str(home)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    found: list[dict[str, str]] = json.loads(done.stdout)
    return [row for row in found if LAUNCHPAD_PORT in row["name"]]


def test_ports_says_the_same_with_and_without_a_service(made: Make, home: Path, pads: Pads) -> None:
    alone = {row["direction"]: row for row in listed(home)}
    assert alone["in"]["profile"] == alone["out"]["profile"] == LAUNCHPAD
    assert alone["in"]["why"].startswith(
        "recognised as Novation Launchpad Mini MK3: by its name, and its answer F0 7E 00 06 02 00 20 29"
    )
    assert not alone["in"]["opened"]
    assert pads.cable.messages() == [IDENTITY_REQUEST]
    service = made()
    service.start()
    assert painted(pads)
    served = {row["direction"]: row for row in listed(home)}
    assert served["in"]["why"] == alone["in"]["why"].replace("recognised", "opened")
    assert served["in"]["opened"]
    assert served["out"]["controller"] == LAUNCHPAD


# --- several of one kind --------------------------------------------------------------------------


def test_two_of_a_kind_are_two_controllers_with_pages_of_their_own(
    made: Make, server: Jackd
) -> None:
    assert server.name
    service = made()
    service.start()
    left, right = Pads(), Pads()
    left.plug("Launchpad Mini MK3 [20]")
    right.plug("Launchpad Mini MK3 [24]")
    try:
        assert painted(left, HEAL)
        assert painted(right, HEAL)
        assert service.shows(lambda _: len(rows(service)) == 2)
        assert set(rows(service)) == {LAUNCHPAD, f"{LAUNCHPAD}-2"}
        assert rows(service)[f"{LAUNCHPAD}-2"]["name"] == "Novation Launchpad Mini MK3 (2)"
        left.press(FIRST)
        for pads in (left, right):
            assert pads.shows(lambda pad: pad.lit(FIRST).effect == "pulse")
        right.press(21)
        assert service.shows(lambda status: status["timer"]["state"] == "paused")

        left.cable.unplug()
        assert service.shows(
            lambda _: sorted(row["state"] for row in rows(service).values()) == ["absent", "ready"]
        )
        right.press(21)
        assert service.shows(lambda status: status["timer"]["state"] == "running")
        before = [key for key, row in rows(service).items() if row["state"] == "ready"]
        left.plug("Launchpad Mini MK3 [32]")
        plugged = time.monotonic()
        assert painted(left)
        assert time.monotonic() - plugged < HEAL
        assert service.shows(
            lambda _: [row["state"] for row in rows(service).values()] == ["ready", "ready"]
        )
        assert len(rows(service)) == 2
        assert before[0] in rows(service)
    finally:
        left.cable.unplug()
        right.cable.unplug()


def test_the_port_that_the_user_named_is_that_controllers_and_auto_takes_the_other(
    made: Make, server: Jackd
) -> None:
    assert server.name
    service = made(
        f'[[controller]]\nprofile = "auto"\n'
        f'[[controller]]\nprofile = "{LAUNCHPAD}"\nport = "^Stage"\n'
    )
    service.start()
    desk = JackDevice(LaunchpadMiniMk3())
    stage = JackDevice(LaunchpadMiniMk3(), "Stage Launchpad Mini MK3")
    with desk, stage:
        assert service.shows(
            lambda _: [row["state"] for row in rows(service).values()] == ["ready", "ready"]
        )
        assert rows(service)[LAUNCHPAD]["port"].startswith("Stage")
        assert not rows(service)[f"{LAUNCHPAD}-2"]["port"].startswith("Stage")


# --- changes of mode ------------------------------------------------------------------------------


def test_a_device_that_tells_of_another_mode_is_entered_and_painted_again_but_not_too_often(
    made: Make, home: Path, server: Jackd
) -> None:
    assert server.name
    own_profile(
        home, "acme-pads", "F0 7E ?? 06 02 00 01 02 03 F7", 'renew_on = ["F0 00 21 09 * F7"]'
    )
    service = made('[[controller]]\nprofile = "acme-pads"\n')
    service.start()
    pads = Pads()
    pads.emulator = pads.cable.emulator = Answering("F0 7E 00 06 02 00 01 02 03 F7")
    pads.plug()
    try:
        assert painted(pads, HEAL)
        look = pads.look()
        time.sleep(0.5)
        pads.emulator.power_cycle()  # the user chose another mode, and came back
        entered = pads.cable.messages().count(PROGRAMMER_ON)
        pads.cable.send(TOLD)
        assert painted(pads, 1.0)
        assert pads.look() == look
        assert pads.cable.messages().count(PROGRAMMER_ON) == entered + 1

        begun = time.monotonic()
        for _ in range(20):
            pads.cable.send(*[TOLD] * 50)
            time.sleep(0.05)
        spent = time.monotonic() - begun
        assert wait_until(lambda: False, 0.6) is False
        again = pads.cable.messages().count(PROGRAMMER_ON) - entered - 1
        assert 1 <= again <= spent / 0.5 + 2
        pads.press(FIRST)
        assert pads.shows(lambda pad: pad.lit(FIRST).effect == "pulse")
    finally:
        pads.cable.unplug()


def test_a_flood_of_foreign_sysex_costs_nothing_and_hides_no_press(made: Make, pads: Pads) -> None:
    service = made()
    service.start()
    assert painted(pads)
    entered = pads.cable.messages().count(PROGRAMMER_ON)
    noise = [b"\xf0" + bytes(range(100)) + b"\xf7", TOLD, bytes.fromhex("F0 7E 00 06 02 47 4F F7")]
    for _ in range(30):
        pads.cable.send(*noise)
    pads.press(FIRST)
    assert pads.shows(lambda pad: pad.lit(FIRST).effect == "pulse")
    assert pads.cable.messages().count(PROGRAMMER_ON) == entered
    assert rows(service)[LAUNCHPAD]["state"] == "ready"


# --- the end --------------------------------------------------------------------------------------


@pytest.mark.needs("posix")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGQUIT])
def test_whatever_signal_ends_it_the_device_is_back_in_its_own_mode_at_once(
    made: Make, pads: Pads, number: signal.Signals
) -> None:
    service = made()
    service.start()
    assert painted(pads)
    begun = time.monotonic()
    service.send_signal(number)
    assert pads.shows(lambda pad: not pad.programmer, AT_ONCE)
    say(f"in Live mode {time.monotonic() - begun:.2f} s after {number.name}")
    assert service.wait() == 0


@pytest.mark.needs("posix")
def test_a_hang_up_of_its_terminal_leaves_the_device_at_once(home: Path, pads: Pads) -> None:
    (home / "config.toml").write_text(ANYWHERE, encoding="utf-8")
    master, slave = os.openpty()
    command = [sys.executable, "-m", "bridge", "up", "--home", str(home)]
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave)
    try:
        assert pads.shows(lambda pad: pad.programmer and pad.all_lit(), BEGIN)
        process.send_signal(signal.SIGHUP)
        assert pads.shows(lambda pad: not pad.programmer, AT_ONCE)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
        os.close(slave)
        os.close(master)


@pytest.mark.needs("posix")
def test_a_hang_up_reloads_a_service_without_a_terminal_and_leaves_the_device_in_its_session(
    made: Make, pads: Pads
) -> None:
    service = made()
    service.start()
    assert painted(pads)
    service.send_signal(signal.SIGHUP)
    assert service.said("the configuration was read again")
    assert painted(pads)


def test_both_of_two_devices_are_left(made: Make, server: Jackd) -> None:
    assert server.name
    service = made()
    service.start()
    left, right = Pads(), Pads()
    left.plug("Launchpad Mini MK3 [20]")
    right.plug("Launchpad Mini MK3 [24]")
    try:
        assert painted(left, HEAL)
        assert painted(right, HEAL)
        service.send_signal(signal.SIGTERM)
        until = time.monotonic() + AT_ONCE
        for pads in (left, right):
            assert pads.shows(lambda pad: not pad.programmer, until - time.monotonic())
    finally:
        left.cable.unplug()
        right.cable.unplug()


def test_after_a_kill_the_next_start_puts_the_device_right(made: Make, pads: Pads) -> None:
    service = made()
    service.start()
    assert painted(pads)
    look = pads.look()
    service.kill()
    assert pads.emulator.programmer
    entered = pads.cable.messages().count(PROGRAMMER_ON)
    service.start()
    assert pads.cable.wait_for(PROGRAMMER_ON, entered + 1)
    assert pads.look() == look
    service.stop()
    assert pads.shows(lambda pad: not pad.programmer, AT_ONCE)


CHILD = """
import sys, time
from queue import SimpleQueue
from bridge.ports.midi import MidiPorts
from bridge.ports.midi_events import PortUp, Wanted

def ours(name):
    return "LPMiniMK3" in name

inbox = SimpleQueue()
midi = MidiPorts(inbox.put, "jack")
enter, leave = (bytes.fromhex(f"F0 00 20 29 02 0D 0E 0{n} F7") for n in (1, 0))
midi.want([Wanted("pads", ours, ours, (enter,), (leave,), 0.05)])
midi.start()
while not isinstance(inbox.get(timeout=10), PortUp):
    pass
"""


@pytest.mark.parametrize(
    ("end", "code"),
    [("sys.exit(3)", 3), ("1 / 0", 1), ("", 0), ("raise KeyboardInterrupt", -2)],
    ids=["sys.exit", "an exception", "the last line", "an interrupt"],
)
def test_a_program_that_forgets_to_close_its_ports_leaves_the_device_all_the_same(
    pads: Pads, end: str, code: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD + end], capture_output=True, timeout=30, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert PROGRAMMER_ON in pads.cable.messages()
    assert pads.shows(lambda pad: not pad.programmer, AT_ONCE)


def test_an_end_while_the_jack_server_has_just_gone_is_quick(
    made: Make, pads: Pads, server: Jackd
) -> None:
    service = made()
    service.start()
    assert painted(pads)
    server.stop()
    code, seconds = service.stop()
    assert code == 0
    assert seconds < 3
    say(f"ended {seconds:.2f} s after SIGTERM, JACK just gone")
