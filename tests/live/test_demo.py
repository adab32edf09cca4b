"""`songbridge demo` as a user has it: in a terminal, with keys, clicks and signals."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bridge.app.demo_daws import LOCAL, Ear
from bridge.messages import Osc

pytestmark = pytest.mark.live

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")
termios = pytest.importorskip("termios", reason="needs a pseudo-terminal")

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0
DEMO = (sys.executable, "-m", "bridge", "demo", "--speed")
COMMAND = (*DEMO, "300")


def until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.05)


class Tmux:
    """A terminal of a given size whose screen can be read."""

    def __init__(self, temporary: Path, width: int, height: int, command: str) -> None:
        self._name = f"songbridge-{uuid.uuid4().hex}"
        self._run(
            "-f", "/dev/null", "new-session", "-d", "-x", str(width), "-y", str(height),
            f"cd {ROOT} && TMPDIR={temporary} COLORTERM=truecolor {command};"
            " echo left with $?; stty -a | grep -o '.icanon' ; sleep 60",
        )  # fmt: skip

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            ("tmux", "-L", self._name, *arguments), capture_output=True, text=True, check=True
        )
        return done.stdout

    def screen(self) -> str:
        return self._run("capture-pane", "-p")

    def colours(self) -> str:
        return self._run("capture-pane", "-e", "-p")

    def keys(self, *keys: str) -> None:
        self._run("send-keys", *keys)

    def type(self, text: str) -> None:
        self._run("send-keys", "-l", text)

    def resize(self, width: int, height: int) -> None:
        self._run("resize-window", "-x", str(width), "-y", str(height))

    def shows(self, *texts: str) -> None:
        try:
            until(lambda: all(text in self.screen() for text in texts), str(texts))
        except AssertionError as error:
            raise AssertionError(f"{error} in\n{self.screen()}") from None

    def close(self) -> None:
        socket = Path(self._run("display-message", "-p", "#{socket_path}").strip())
        self._run("kill-server")
        socket.unlink(missing_ok=True)


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Callable[..., Tmux]]:
    if shutil.which("tmux") is None:
        pytest.skip("needs tmux to read a terminal's screen")
    opened: list[Tmux] = []

    def open_one(width: int, height: int, speed: int = 300) -> Tmux:
        opened.append(Tmux(tmp_path, width, height, " ".join((*DEMO, str(speed)))))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40)])
def test_a_key_starts_a_task_the_pad_lights_and_the_countdown_runs(
    tmux: Callable[[int, int], Tmux], tmp_path: Path, width: int, height: int
) -> None:
    screen = tmux(width, height)
    screen.shows("Press 1: the first task begins", "idle", "x quit")
    assert len(list(tmp_path.glob("songbridge-demo-*"))) == 1
    idle = screen.screen()
    dark = screen.colours()
    screen.keys("1")
    screen.shows("running", "Write chord progression", "/lastmarker/name", "marker")
    assert screen.colours() != dark
    figures = [row[width // 2 :] for row in screen.screen().splitlines()[2:7]]
    until(
        lambda: [row[width // 2 :] for row in screen.screen().splitlines()[2:7]] != figures,
        "the countdown runs",
    )
    assert screen.screen().splitlines()[-2:] == idle.splitlines()[-2:]
    screen.keys("x")
    screen.shows("nothing is left", "left with 0", " icanon")
    assert list(tmp_path.iterdir()) == []


def test_time_is_up_the_grace_passes_and_it_moves_on(
    tmux: Callable[[int, int], Tmux],
) -> None:
    screen = tmux(120, 40)
    screen.shows("idle")
    screen.keys("2")
    screen.shows("time is up: moves on in", "blinks red")
    screen.shows("set-aside Write the bassline under the chords", "running")
    screen.keys("x")
    screen.shows("left with 0")


def test_hold_refusal_help_speed_and_a_smaller_window(tmux: Callable[[int, int], Tmux]) -> None:
    screen = tmux(100, 40)
    screen.shows("idle")
    screen.keys("c")
    screen.shows("refused pad.7.2: no task is under way")
    screen.keys("h", "3")
    screen.shows("journal moved Design sound for bassline", "let go")
    screen.keys("0")
    screen.shows("real time")
    screen.keys("?")
    screen.shows("Any key goes back")
    screen.keys("1")
    screen.shows("what goes in and out", "idle")
    screen.resize(60, 20)
    screen.shows("60 columns by 20 rows", "80 by 24")
    screen.resize(100, 30)
    screen.shows("what goes in and out")
    screen.keys("C-c")
    screen.shows("left with 130", " icanon")


def test_a_mouse_button_that_is_held_is_a_pad_that_is_held(
    tmux: Callable[..., Tmux],
) -> None:
    screen = tmux(80, 24, 1)  # so that what happened stays on seven lines until it is read
    screen.shows("idle")
    screen.type("\x1b[<0;14;3M")
    screen.shows("journal moved Design sound for bassline")
    screen.type("\x1b[<0;14;3m")
    screen.type("\x1b[<0;4;3M")
    screen.type("\x1b[<0;4;3m")
    screen.shows("journal started Design sound for bassline")


def test_anybody_may_send_it_osc_and_is_answered(tmux: Callable[[int, int], Tmux]) -> None:
    screen = tmux(80, 40)
    screen.shows("idle")
    port = int(screen.screen().splitlines()[0].rpartition(":")[2])
    stranger = Ear()
    stranger.say(Osc("/songbridge/start", (2,)), (LOCAL, port))
    answers = stranger.take(PATIENCE)
    stranger.close()
    assert [(a.address, a.args[0]) for a in answers] == [("/songbridge/ok", "start")]
    screen.shows("osc in  /songbridge/start 2", "running")


class Child:
    """The demo in a bare pseudo-terminal."""

    def __init__(self, temporary: Path) -> None:
        self.master, slave = pty.openpty()
        self.before = termios.tcgetattr(slave)
        self._slave = slave
        self.process = subprocess.Popen(
            COMMAND, cwd=ROOT, stdin=slave, stdout=slave, stderr=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(temporary), "TERM": "xterm-256color"},
        )  # fmt: skip
        os.set_blocking(self.master, False)
        self.said = b""

    def read(self) -> bytes:
        with contextlib.suppress(OSError):  # nothing to read now, or nobody there any more
            self.said += os.read(self.master, 1 << 16)
        return self.said

    def wait(self) -> tuple[int, bytes]:
        until(lambda: (self.read(), self.process.poll() is not None)[1], "the end")
        self.read()
        assert self.process.stderr is not None
        return self.process.returncode, self.process.stderr.read()

    def attributes(self) -> list[Any]:
        found: list[Any] = termios.tcgetattr(self._slave)
        return found

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        assert self.process.stderr is not None
        self.process.stderr.close()
        os.close(self._slave)
        os.close(self.master)


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    child = Child(tmp_path)
    yield child
    child.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT])
def test_a_signal_leaves_nothing_behind_and_gives_the_terminal_back(
    child: Child, tmp_path: Path, number: signal.Signals
) -> None:
    until(lambda: b"what goes in and out" in child.read(), "the first picture")
    assert child.attributes() != child.before
    assert len(list(tmp_path.iterdir())) == 1
    child.process.send_signal(number)
    code, error = child.wait()
    assert code == 128 + number
    assert error == b""
    assert list(tmp_path.iterdir()) == []
    assert child.attributes() == child.before
    assert child.said.rstrip().endswith(b"\x1b[?1049l")


def test_it_leaves_nothing_behind_when_it_is_told_twice_to_end(
    child: Child, tmp_path: Path
) -> None:
    until(lambda: b"what goes in and out" in child.read(), "the first picture")
    child.process.send_signal(signal.SIGTERM)
    child.process.send_signal(signal.SIGTERM)
    code, _ = child.wait()
    assert code == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []


def test_the_tour_of_a_child_process_is_the_one_that_is_written_down(tmp_path: Path) -> None:
    done = subprocess.run(
        (sys.executable, "-m", "bridge", "demo"), cwd=ROOT, capture_output=True, check=False,
        stdin=subprocess.DEVNULL, env={**os.environ, "TMPDIR": str(tmp_path), "TZ": "Asia/Tokyo"},
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.decode() == (ROOT / "tests" / "cli" / "tour.txt").read_text("utf-8")
    assert list(tmp_path.iterdir()) == []


def test_a_tour_that_is_cut_short_leaves_nothing_behind(tmp_path: Path) -> None:
    with subprocess.Popen(
        (sys.executable, "-m", "bridge", "demo", "--tour", "--pace", "5"), cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"Songbridge\n"
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.wait(PATIENCE) == 130
        assert process.stderr.read() == b""
    assert list(tmp_path.iterdir()) == []
