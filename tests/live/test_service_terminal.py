"""What closing the terminal means to a service that runs in it, and a hang-up to one that does not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bridge.store.lock import running
from tests.standins.jack_device import wait_until
from tests.standins.osc_caller import OscCaller
from tests.standins.patience import PATIENCE
from tests.standins.service import ANYWHERE, BEGIN, Service

pytestmark = [pytest.mark.live, pytest.mark.alone, pytest.mark.needs("posix")]

Make = Callable[..., Service]
NOBODY = {"JACK_DEFAULT_SERVER": "songbridge-nobody", "JACK_NO_START_SERVER": "1"}


class Window:
    """A terminal window of its own in which ``songbridge up`` was typed."""

    def __init__(self, home: Path, *, quietly: bool) -> None:
        self._home = home
        (home / "config.toml").write_text(ANYWHERE, encoding="utf-8")
        self._master, slave = os.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bridge", "up", "--home", str(home)],
            stdin=slave,
            stdout=subprocess.DEVNULL if quietly else slave,
            stderr=subprocess.DEVNULL if quietly else slave,
            env={**os.environ, **NOBODY},
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - no thread holds a lock that it needs
        )
        os.close(slave)

    def up(self) -> bool:
        def answers() -> bool:
            info = running(self._home)
            return info is not None and "osc" in info.addresses

        return wait_until(answers, BEGIN)

    def close(self) -> None:
        os.close(self._master)

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def _take_terminal() -> None:
    import fcntl  # noqa: PLC0415 - Windows has neither
    import termios  # noqa: PLC0415 - the same

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture(params=[False, True], ids=["said", "unsaid"])
def window(home: Path, request: pytest.FixtureRequest) -> Iterator[Window]:
    opened = Window(home, quietly=request.param)
    yield opened
    opened.end()


def test_closing_the_terminal_ends_the_service_in_good_order(window: Window, home: Path) -> None:
    assert window.up()
    window.close()
    assert window.process.wait(PATIENCE) == 0
    assert not (home / "service.json").exists()
    assert not (home / "journal.db-wal").exists()


def test_a_hang_up_without_a_terminal_reloads(made: Make) -> None:
    service = made(environ=NOBODY)
    service.start()
    service.write('[osc]\nlisten = "127.0.0.1:0"\nunheard_of = 1\n')
    service.send_signal(signal.SIGHUP)
    assert service.said("unheard_of")
    with OscCaller(service.osc) as caller:
        assert caller.ping()
    assert service.alive
