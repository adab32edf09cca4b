"""The command as a process of its own: exit codes, one-line errors, a real service."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.standins.osc_caller import OscCaller

pytestmark = pytest.mark.live

ROOT = Path(__file__).parents[2]


class Shell:
    """Runs ``python -m bridge`` with a home of its own."""

    def __init__(self, home: Path) -> None:
        home.mkdir()
        (home / "config.toml").write_text(
            '[osc]\nlisten = "127.0.0.1:0"\n[http]\nlisten = "127.0.0.1:0"\n', encoding="utf-8"
        )
        self.home = home
        self.environ = {**os.environ, "SONGBRIDGE_HOME": str(home), "PYTHONPATH": str(ROOT)}

    def __call__(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bridge", *words],
            env={**self.environ, **more}, cwd=self.home, capture_output=True, text=True,
            encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "home")


@pytest.fixture
def service(shell: Shell) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bridge", "up"], env=shell.environ, cwd=shell.home,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    assert process.stdout is not None
    assert "is up" in process.stdout.readline()
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate(timeout=30)


def test_without_a_service_the_journal_is_used(shell: Shell) -> None:
    shell("song", "import", str(ROOT / "examples" / "northern-lights.toml"))
    assert shell("start").returncode == 0
    state = json.loads(shell("status", "--json").stdout)
    assert (state["timer"]["state"], state["service"]) == ("running", "not running")


def test_with_a_service_every_command_goes_through_it(
    shell: Shell, service: subprocess.Popen[str]
) -> None:
    shell("song", "import", str(ROOT / "examples" / "northern-lights.toml"))
    started = shell("start")
    assert (started.returncode, started.stderr) == (0, "")
    state = json.loads(shell("status", "--json").stdout)
    assert (state["timer"]["state"], state["service"]) == ("running", "running")
    assert shell("resume").returncode == 1
    assert f"process {service.pid}" in shell("doctor").stdout
    second = shell("up")
    assert (second.returncode, second.stderr.count("\n")) == (1, 1)
    assert str(service.pid) in second.stderr


@pytest.mark.needs("posix")  # its signals
def test_the_service_ends_in_good_order_when_told(
    shell: Shell, service: subprocess.Popen[str]
) -> None:
    service.send_signal(signal.SIGINT)
    _out, err = service.communicate(timeout=30)
    assert (service.returncode, err) == (0, "")
    assert json.loads(shell("status", "--json").stdout)["service"] == "not running"


@pytest.mark.parametrize(
    ("words", "code"),
    [(["--version"], 0), (["--help"], 0), ([], 0), (["complete"], 1), (["fly"], 2), (["do"], 2)],
)
def test_exit_codes(shell: Shell, words: list[str], code: int) -> None:
    ended = shell(*words)
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr
    if code == 1:
        assert ended.stderr.count("\n") == 1


def test_a_terminal_that_knows_only_ascii_is_no_defect(shell: Shell) -> None:
    shell("task", "add", "x", "--song", "none")
    shell("note", "Tromsø")
    ended = shell("log", PYTHONIOENCODING="ascii")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Troms" in ended.stdout


@pytest.mark.needs("posix")  # a shell with pipes
def test_a_reader_that_goes_is_no_error(shell: Shell) -> None:
    shell("note", "x" * 500)
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [sys.executable, "-m", "bridge", "log"], env=shell.environ, cwd=shell.home,
        stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
    )  # fmt: skip
    os.close(writer)
    assert ended.stderr == ""
    assert ended.returncode in (0, 141)


@pytest.mark.needs("posix")  # its signals
def test_ctrl_c_is_quiet(shell: Shell, service: subprocess.Popen[str]) -> None:
    monitor = subprocess.Popen(
        [sys.executable, "-m", "bridge", "monitor"], env=shell.environ, cwd=shell.home,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    assert monitor.stdout is not None
    heard: Sequence[object] = []
    while not heard and monitor.poll() is None:
        shell("note", "hello")  # until the monitor shows that it listens
        heard = select.select([monitor.stdout], [], [], 0.2)[0]
    assert "noted hello" in monitor.stdout.readline()
    monitor.send_signal(signal.SIGINT)
    _out, err = monitor.communicate(timeout=30)
    assert (monitor.returncode, err) == (130, "")
    assert service.poll() is None


@pytest.mark.needs("posix")  # its signals
def test_the_monitor_shows_all_of_osc_until_the_service_ends(
    shell: Shell, service: subprocess.Popen[str]
) -> None:
    card = json.loads((shell.home / "service.json").read_text())
    host, _, port = card["addresses"]["osc"].rpartition(":")
    monitor = subprocess.Popen(
        [sys.executable, "-m", "bridge", "monitor", "--raw"], env=shell.environ, cwd=shell.home,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    assert monitor.stdout is not None
    missing = {"/songbridge/foo\n", "/songbridge/error '/songbridge/foo'", "/songbridge/pong",
               "/songbridge/complete 0", "for somebody else"}  # fmt: skip
    with OscCaller((host, int(port))) as caller:
        while missing and monitor.poll() is None:
            caller.send("/songbridge/foo")
            caller.send("/songbridge/complete", 0)
            caller.send("/songbridge/ping")
            caller.send("/foo/bar", 1)
            while select.select([monitor.stdout], [], [], 0.2)[0]:
                line = monitor.stdout.readline()
                missing -= {one for one in missing if one in line}
    assert not missing
    service.terminate()
    _out, err = monitor.communicate(timeout=30)
    assert (monitor.returncode, err) == (1, "the service has ended\n")


@pytest.mark.parametrize("command", ["status", "do", "queue"])
def test_what_is_not_needed_is_not_loaded(shell: Shell, command: str) -> None:
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bridge", command, "--help"],
        env=shell.environ, cwd=shell.home, capture_output=True, text=True, timeout=60, check=True,
    ).stderr  # fmt: skip
    names = {line.rpartition("|")[2].strip() for line in loaded.splitlines()}
    assert not names & {"rich", "aiohttp", "tomlkit", "mido", "rtmidi", "asyncio", "sqlite3"}


def test_the_service_does_not_load_what_only_terminals_need(shell: Shell) -> None:
    code = "import sys, bridge.cli.up, bridge.app.run; sys.exit('rich' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], env=shell.environ, check=False).returncode == 0
    )


@pytest.mark.needs("linux")
@pytest.mark.parametrize("words", ["queue", "status --json", "song export night", "--help"])
def test_output_that_can_not_be_written_is_told_as_that(shell: Shell, words: str) -> None:
    (shell.home / "night.toml").write_text('title = "Night"\n[[task]]\ntitle = "Write"\n', "utf-8")
    assert shell("song", "import", "night.toml").returncode == 0
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        said = subprocess.run(
            [sys.executable, "-m", "bridge", *words.split()], env=shell.environ, stdout=full,
            stderr=subprocess.PIPE, text=True, encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip
    told = "the output can't be written: No space left on device\n"
    assert (said.returncode, said.stderr) == (1, told)
    assert not (shell.home / "songbridge.log").exists()
