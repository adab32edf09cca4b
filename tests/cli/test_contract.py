"""The same commands give the same answers, through the service and without it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge.cli.here import Here
from bridge.cli.remote import RemoteClient
from bridge.moment import Moment
from bridge.store.lock import HomeLock, running
from bridge.store.sqlite import SqliteJournal
from bridge.web.role import Traffic
from bridge.web.server import WebServer
from tests.standins import year
from tests.standins.asked import AskedService
from tests.standins.command import Said, Terminal
from tests.standins.desk import Desk

SONG = """
title = "Northern Lights"
[[task]]
title = "Write chord progression (20m)"
[[task]]
title = "Design sound for bassline"
section = "sound design"
budget = "25m"
track = "Bass"
"""

EVENING = (
    "song import {song}", "song import {song}", "status", "status --json", "queue", "queue --json",
    "start", "start 9", "+60", "extend -5m", "extend soon", "status", "pause", "pause", "resume",
    "note the bass is too loud", "mark", "complete", "+30", "log", "log --json", "log -n 3",
    "log --since 4", "log --since 20s --json", "task add Sing (15m) --section mixing --json",
    "task add Hum", "task edit 2 --title Hum_louder --person Ada", "task edit 2 --section drums",
    "task move 2 1", "task move 3 2", "task list", "task list --json", "task list --song x",
    "song list", "song list --json", "song show northern-lights", "song export northern-lights",
    "song show northern-lights --json", "song nothing", "stage next", "goal set 1 three songs",
    "goal done 1 40%", "goal list", "goal list --json", "prep on", "queue", "prep off", "break 2m",
    "+150", "status", "status --json", "undo", "undo", "later --json", "+4000", "status --json",
    "person Ben", "person ben", "task hand 1 --to ada louder", "task hand 1", "hand done", "start 1", "+60",
    "hand @Cleo:_the_take", "--person cleo note hello", "task assign 2 Dora", "status", "persons",
    "persons --json", "sittings", "sittings show", "task list", "song export northern-lights", "undo",
    "log --json --since 0",
)  # fmt: skip


class Both:
    """A terminal at a home without a service, and one at a home with one, on the same clock."""

    def __init__(self, folder: Path) -> None:
        self.alone, self.served = Terminal(folder / "alone"), Terminal(folder / "served")
        self.desk = Desk()
        self.service = AskedService(self.desk)
        self.server = WebServer(self.service, "127.0.0.1", 0)
        host, port = self.server.start()
        self.lock = HomeLock(self.served.home).acquire({"http": f"{host}:{port}"})

    def wait(self, seconds: float) -> None:
        # Nobody wakes up in between, as is so between two commands.
        self.desk.sleep(seconds)
        self.alone.wait(seconds)
        self.served.wait(seconds)

    def end(self) -> None:
        self.lock.release()
        self.server.stop()


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    made = Both(tmp_path)
    yield made
    made.end()


def plain(said: Said) -> Said:
    """Return what was said without what tells that a service runs."""
    out = said.out.replace('"service": "running"', '"service": "not running"')
    return Said(
        said.code,
        out.replace("\nThe service is not running; `songbridge up` starts it.\n", ""),
        said.err,
    )


def test_an_evening_reads_the_same_either_way(both: Both, tmp_path: Path) -> None:
    song = tmp_path / "song.toml"
    song.write_text(SONG, encoding="utf-8")
    codes = set()
    for line in EVENING:
        if line.startswith("+"):
            both.wait(float(line))
            continue
        words = line.format(song=song).split()
        alone, served = both.alone(*words), both.served(*words)
        assert plain(alone) == plain(served), line
        codes.add(served.code)
    assert codes == {0, 1}
    assert not (both.served.home / "journal.db").exists()


def test_a_report_of_two_months_reads_the_same_either_way(both: Both) -> None:
    entries = year.entries(year.MONTHS)
    both.desk.journal.extend(entries)
    both.alone.home.mkdir()
    journal = SqliteJournal.open(both.alone.home / "journal.db")
    journal.append(entries)
    journal.close()
    at = Moment(1000.0, entries[-1].at + 60)
    both.alone.moment = both.served.moment = both.desk.moment = at
    for words in (("report",), ("report", "--json", "--since", "2025-10", "--person", "ann")):
        assert plain(both.alone(*words)) == plain(both.served(*words))
    assert "113 tasks done" in both.served.well("report")


def test_a_journal_that_is_cut_off_is_no_shorter_journal(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = RemoteClient._call

    def cut(client: RemoteClient, method: str, path: str, body: bytes | None = None) -> bytes:
        answer = whole(client, method, path, body)
        return answer[:-1] if path.startswith("/api/journal") else answer

    monkeypatch.setattr(RemoteClient, "_call", cut)
    said = both.served("report")
    assert said.code == 1
    assert "was cut off; try again" in said.err


def test_ports_health_and_monitor_are_the_services_own(both: Both) -> None:
    assert both.served("ports", "--json").json[0]["name"] == "Pads"
    assert "Pads  generic-pads  opened" in both.served.well("ports")
    said = both.served("doctor", "--json")
    assert (said.code, said.json["ok"], "reaper: silent" in said.err) == (1, False, True)
    assert both.served("monitor", "--port").code == 2


def test_monitor_shows_each_line_as_it_comes(both: Both) -> None:
    lines = client(both).monitor()

    def talk() -> None:
        assert both.service.heard.wait(10)
        both.service.ears[0](Traffic(0.0, "in", "midi", "pads", "press", "90 24 7f"))

    threading.Thread(target=talk).start()
    assert next(lines)["text"] == "press"
    lines.close()


@pytest.mark.parametrize("option", [(), ("--raw",), ("--json",)])
def test_monitor_says_that_the_service_has_ended(both: Both, option: tuple[str, ...]) -> None:
    def talk() -> None:
        assert both.service.heard.wait(10)
        hear = both.service.ears[0]
        hear(Traffic(0.0, "in", "osc", "others", "9 for somebody else", more={"foreign": 9}))
        hear(Traffic(0.0, "out", "osc", "127.0.0.1:9", "/songbridge/ok 'note' 7"))
        both.server.stop()

    talking = threading.Thread(target=talk)
    talking.start()
    said = both.served("monitor", *option)
    talking.join()
    assert "/songbridge/ok 'note' 7" in said.out
    assert ("for somebody else" in said.out) == bool(option)
    assert (said.code, said.err) == (1, "the service has ended\n")


def client(both: Both) -> RemoteClient:
    info = running(both.served.home)
    assert info is not None
    return RemoteClient(info, Here({}, str(both.served.home)))


def test_a_journal_fault_of_the_service_is_told_in_one_line(both: Both) -> None:
    both.service.fault = "the disk is full; make room"
    said = both.served("start")
    assert (said.code, said.out, said.err) == (1, "", "the disk is full; make room\n")


def test_a_service_that_does_not_answer_is_told_in_one_line(both: Both) -> None:
    both.server.stop()
    said = both.served("status")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "does not answer at 127.0.0.1:" in said.err


def test_a_service_that_has_no_address_yet_is_told_in_one_line(both: Both) -> None:
    both.lock.announce({})
    assert "just starting" in both.served("status").err


@pytest.mark.parametrize("how", ["environment", "service"])
def test_the_token_is_sent_wherever_it_stands(tmp_path: Path, how: str) -> None:
    server = WebServer(AskedService(Desk()), "127.0.0.1", 0, token="secret")  # noqa: S106 - for this test alone
    host, port = server.start()
    home = tmp_path / "home"
    told = {"http": f"{host}:{port}"}
    terminal = Terminal(home, **({"SONGBRIDGE_TOKEN": "secret"} if how == "environment" else {}))
    with HomeLock(home).acquire() as lock:
        lock.announce(told | ({"token": "secret"} if how == "service" else {}))
        assert terminal("status", "--json").json["service"] == "running"
        lock.announce(told)
        terminal.environ = {}
        assert "SONGBRIDGE_TOKEN" in terminal("status").err
    server.stop()


def test_two_commands_at_once_wait_for_each_other_or_say_so(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home")
    with HomeLock(terminal.home).acquire():
        said = terminal("start")
    assert (said.code, "try again in a moment" in said.err) == (1, True)
    assert terminal("note", "now it works").code == 0
