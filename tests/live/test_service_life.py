"""One service on a home, its ports, its clock, and a disk that is full."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bridge.core.events import BreakBegan, BreakEnded
from bridge.messages import Osc
from tests.live.conftest import Pads
from tests.standins.desk import SONG
from tests.standins.jack_device import wait_until
from tests.standins.osc_caller import OscCaller
from tests.standins.osc_target import OscTargetStandIn
from tests.standins.service import Service, entries, plan

pytestmark = pytest.mark.live
PERIOD = 1024

Make = Callable[..., Service]
NOBODY = {"JACK_DEFAULT_SERVER": "songbridge-nobody", "JACK_NO_START_SERVER": "1"}


def test_a_second_service_on_the_same_home_is_refused_by_the_firsts_process_id(made: Make) -> None:
    first, second = made(environ=NOBODY), made(environ=NOBODY)
    first.start()
    before = first.addresses
    second.spawn()
    assert second.wait() == 1
    (line,) = second.lines
    assert f"process id {first.pid}" in line
    assert first.addresses == before
    with OscCaller(first.osc) as caller:
        assert caller.ping()


def test_two_services_on_homes_of_their_own_do_not_disturb_each_other(
    made: Make, tmp_path: Path
) -> None:
    first = made(environ=NOBODY)
    first.start()
    second = Service(tmp_path / "other", environ=NOBODY)
    try:
        second.start()
        with OscCaller(first.osc) as one, OscCaller(second.osc) as other:
            assert one.ask("/songbridge/start").address == "/songbridge/ok"
            assert other.ask("/songbridge/start").address == "/songbridge/error"
    finally:
        second.end()


@pytest.mark.parametrize("kind", ["udp", "tcp", "http"])
def test_a_port_in_use_is_one_line_and_nothing_changes(made: Make, home: Path, kind: str) -> None:
    service = made(environ=NOBODY)
    way = socket.SOCK_DGRAM if kind == "udp" else socket.SOCK_STREAM
    with socket.socket(socket.AF_INET, way) as taken:
        taken.bind(("127.0.0.1", 0))
        if kind != "udp":
            taken.listen()
        port = taken.getsockname()[1]
        osc, http = (0, port) if kind == "http" else (port, 0)
        service.write(f'[osc]\nlisten = "127.0.0.1:{osc}"\n[http]\nlisten = "127.0.0.1:{http}"\n')
        service.spawn()
        assert service.wait() == 1
    (line,) = service.lines
    assert str(port) in line
    assert "in use" in line
    assert not (home / "service.json").exists()
    assert len(entries(home)) == 1
    service.start()  # the port is free now, and so is the lock
    assert service.stop()[0] == 0


def test_a_service_that_was_suspended_counts_on(made: Make) -> None:
    service = made(environ=NOBODY)
    service.start()
    with OscCaller(service.osc) as caller:
        assert caller.ask("/songbridge/extend").address == "/songbridge/error"
        assert caller.ask("/songbridge/start").address == "/songbridge/ok"
        assert caller.ask("/songbridge/break", "2s").address == "/songbridge/ok"
        service.send_signal(signal.SIGSTOP)
        stopped = time.time()
        while time.time() - stopped < 3.0:  # the clock itself is what is tested
            time.sleep(0.05)
        service.send_signal(signal.SIGCONT)
        assert service.shows(lambda status: status["timer"]["state"] != "break")
        assert caller.ask("/songbridge/complete").address == "/songbridge/ok"
    service.stop()
    told = {type(entry.fact): entry.at for entry in entries(service.home)}
    assert told[BreakEnded] - told[BreakBegan] == pytest.approx(2.0, abs=0.01)  # its true end
    assert told[BreakEnded] < stopped + 2.5


# --- a full disk ----------------------------------------------------------------------------------


class SmallDisk:
    """A file system of 2 MB that is filled up."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="songbridge-disk-"))
        mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "songbridge-test", str(self.home)]
        subprocess.run(mount, check=True)
        self._ballast = self.home / "ballast"

    def take(self, _service: Service) -> None:
        """Take all the room that is left."""
        with self._ballast.open("wb", buffering=0) as file:
            for size in (65536, 4096, 512):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue

    def give(self, _service: Service) -> None:
        self._ballast.unlink()

    def close(self) -> None:
        subprocess.run(["umount", str(self.home)], check=True)
        self.home.rmdir()


class NoBytes:
    """A process that the system lets write into no file."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="songbridge-disk-"))

    def take(self, service: Service) -> None:
        """Let it write nothing more."""
        self._limit(service, 0)

    def give(self, service: Service) -> None:
        self._limit(service, None)

    def _limit(self, service: Service, size: int | None) -> None:
        import resource  # noqa: PLC0415 - Windows has none

        _, hard = resource.prlimit(service.pid, resource.RLIMIT_FSIZE)
        limit = hard if size is None else size
        resource.prlimit(service.pid, resource.RLIMIT_FSIZE, (limit, hard))

    def close(self) -> None:
        shutil.rmtree(self.home)


Disk = SmallDisk | NoBytes
DISKS = [pytest.param(SmallDisk, marks=pytest.mark.needs("mount")), NoBytes]


@pytest.fixture
def disk(request: pytest.FixtureRequest) -> Iterator[Disk]:
    """A disk with the song on it."""
    one: Disk = request.param()
    try:
        plan(one.home, SONG)
        yield one
    finally:
        one.close()


def used_up(caller: OscCaller) -> Osc:
    """Write what the journal's file and its log still have room for; return the refusal."""
    for text in ("x" * 900, "x"):
        while (answer := caller.ask("/songbridge/note", text)).address == "/songbridge/ok":
            pass
    return answer


@pytest.mark.needs("linux")
@pytest.mark.parametrize("disk", DISKS, indirect=True)
def test_on_a_full_disk_nothing_is_told_and_all_heals_when_there_is_room(
    disk: Disk, pads: Pads
) -> None:
    home = disk.home
    with OscTargetStandIn() as target:
        service = Service(home, f'[[daw]]\nkind = "osc"\nhost = "127.0.0.1:{target.port}"\n')
        try:
            service.start()
            assert pads.shows(lambda pad: pad.lit(81).effect == "solid")
            disk.take(service)
            with OscCaller(service.osc) as caller:
                refused = used_up(caller)
                assert "the disk" in str(refused.args[1])
                assert pads.shows(lambda pad: pad.lit(11).effect == "flash")
                assert "the disk" in service.status()["faults"][0]
                seq, told = service.status()["seq"], len(target.messages)
                for _ in range(3):
                    pads.press(81)
                assert caller.ask("/songbridge/start").address == "/songbridge/error"
                assert service.status()["seq"] == seq
                assert service.status()["timer"]["state"] == "idle"
                assert len(target.messages) == told

                disk.give(service)
                assert service.shows(lambda status: status["faults"] == [])
                assert pads.shows(lambda pad: pad.lit(11).effect == "off")
                assert service.said("can be written again")
                assert caller.ask("/songbridge/start").args == ("start", seq + 2)
                assert pads.shows(lambda pad: pad.lit(81).effect == "pulse")
            code, _ = service.stop()
            assert code == 0
            assert entries(home)[-1].seq == seq + 2
        finally:
            service.end()


@pytest.mark.needs("linux")
@pytest.mark.parametrize("disk", [NoBytes], indirect=True)
def test_time_goes_on_on_a_full_disk_and_is_told_when_there_is_room(disk: Disk) -> None:
    service = Service(disk.home, environ=NOBODY)
    try:
        service.start()
        with OscCaller(service.osc) as caller:
            assert caller.ask("/songbridge/break", "1s").address == "/songbridge/ok"
            disk.take(service)
            used_up(caller)
            until = time.monotonic() + 3.0
            begun = process_time(service.pid)
            assert not wait_until(lambda: time.monotonic() > until, 2.9)
            assert process_time(service.pid) - begun < 0.5  # it does not spin
            assert service.status()["timer"]["state"] == "break"
            disk.give(service)
            assert service.shows(lambda status: status["timer"]["state"] == "idle")
        code, seconds = service.stop()
        assert code == 0
        assert seconds < 3
    finally:
        service.end()


def process_time(pid: int) -> float:
    """Return the seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
