"""What holds for every test: no surprises from the machine, nothing left behind, no silent skip."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psutil
import pytest
from hypothesis import HealthCheck, settings

IN_CI = os.environ.get("CI") == "true"

# A machine that is busy with other things is no failure. CI takes the same examples every time, so
# that a red run can be repeated; at a desk they are new each time.
_slow = [HealthCheck.too_slow]
settings.register_profile("desk", deadline=None, suppress_health_check=_slow)
settings.register_profile(
    "ci", deadline=None, suppress_health_check=_slow, derandomize=True, print_blob=True
)
settings.load_profile("ci" if IN_CI else "desk")


# A run in the background ("&", nohup) ignores these signals, and so would every program that a test
# starts; what they do to a program is part of what is tested.
for _name in ("SIGINT", "SIGQUIT", "SIGHUP"):
    if (_number := getattr(signal, _name, None)) and signal.getsignal(_number) == signal.SIG_IGN:
        signal.signal(_number, signal.default_int_handler if _name == "SIGINT" else signal.SIG_DFL)


# --- what only some machines have -----------------------------------------------------------------


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def _may_mount() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]
        if (
            shutil.which("mount") is None
            or subprocess.run(mount, capture_output=True, check=False).returncode
        ):
            return False
        subprocess.run(["umount", "--lazy", folder], check=True)
    return True


def _shared_checkout() -> bool:
    """Whether somebody without root's rights can read what the tests import."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return True
    here = Path(__file__).resolve()
    return all(folder.stat().st_mode & 0o001 for folder in here.parents)


_HAS: dict[str, Callable[[], bool]] = {
    "ipv6": _has_ipv6,
    "linux": lambda: sys.platform == "linux",
    "mount": lambda: sys.platform == "linux" and _may_mount(),
    "posix": lambda: os.name == "posix",
    "shared checkout": _shared_checkout,
}


_left_out: dict[str, str] = {}
"""The tests that were left out, by their ids, and what they need."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is meant for other machines: ``@pytest.mark.needs("linux")``."""
    for item in items:
        if JACK in getattr(item, "fixturenames", ()):
            item.add_marker("alone")
    if left_out := [item for item in items if not all(map(_here, _needs(item)))]:
        _left_out.update((item.nodeid, ", ".join(sorted(_needs(item)))) for item in left_out)
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item.nodeid not in _left_out]
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: (not _is_of_the_chain(item.nodeid), not _is_live(item.nodeid)))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Let the garbage collector leave alone what was collected: it stays, and to look through it takes long.

    Eight thousand tests and what they import are 350,000 objects; a quarter of the processor went there.
    """
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was left out, so that a smaller count is explained."""
    for name, needs in _left_out.items():
        terminalreporter.write_line(f"left out on this machine, needs {needs}: {name}")


@cache
def _here(what: str) -> bool:
    return _HAS[what]()


def _needs(item: pytest.Item) -> set[str]:
    needs = {what for mark in item.iter_markers("needs") for what in mark.args}
    if unknown := needs - _HAS.keys():
        raise pytest.UsageError(f"{item.nodeid}: needs {unknown}; known: {', '.join(_HAS)}")
    return needs


# --- side by side: `make test` has pytest-xdist run all that is not "alone" on several workers --------

JACK = "server"
"""The fixture of whatever needs a JACK server."""
WORKERS = 5
"""At most; one more than there are cores, for live tests mostly wait."""
APART = (
    "tests/live/store/",
    "tests/live/test_ableton_over_udp.py",
    "tests/live/test_bad_input.py",
    "tests/live/test_bitwig_over_udp.py",
    "tests/live/test_command_line.py",
    "tests/live/test_cues_over_udp.py",
    "tests/live/test_demo.py",
    "tests/live/test_doctor_daws.py",
    "tests/live/test_every_controller.py",
    "tests/live/test_plans.py",
    "tests/live/test_reaper_web.py",
    "tests/live/test_service_terminal.py",
    "tests/live/test_song_share.py",
    "tests/live/test_walkthrough.py",
    "tests/live/test_wheel.py",
)
"""Live tests that leave JACK alone, or have all its devices in one file: they run beside the others."""
YIELDING = 10
"""How nice a worker without live tests is: those wait for real things, by the clock."""


def _is_live(nodeid: str) -> bool:
    return nodeid.startswith("tests/live/")


def _is_of_the_chain(nodeid: str) -> bool:
    return _is_live(nodeid) and not nodeid.startswith(APART)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return how many workers ``-n auto`` means; none on one core, where all is run in one process."""
    cores = len(psutil.Process().cpu_affinity()) if sys.platform == "linux" else os.cpu_count()
    return 0 if cores == 1 else min((cores or 2) + 1, WORKERS)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:  # noqa: ANN401 - untyped there
    """Hand out the live tests with JACK as one piece of work, in their order, and others by files."""
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - not needed to run the tests

    class SideBySide(LoadScopeScheduling):  # type: ignore[misc] # it has no types
        def _split_scope(self, nodeid: str) -> str:
            return "with JACK" if _is_of_the_chain(nodeid) else nodeid.partition("::")[0]

    config.option.loadscopereorder = False
    return SideBySide(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let live tests go first: whoever has begun with others on a worker will get no live ones."""
    worker = hasattr(item.config, "workerinput")
    if worker and hasattr(os, "nice") and not _is_live(item.nodeid) and os.nice(0) < YIELDING:
        os.nice(YIELDING)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Have a worker tell what it left out."""
    if (output := getattr(session.config, "workeroutput", None)) is not None:
        output["left out"] = _left_out


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401 - untyped there
    """Take what a worker told; one that died told nothing."""
    _left_out.update(getattr(node, "workeroutput", {}).get("left out", {}))


# --- a skip is a failure in CI --------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one when ``CI=true``; an expected failure stays one."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped in CI: {_reason(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Do the same for a file that skips itself as a whole."""
    report = yield
    if IN_CI and report.skipped:
        report.outcome, report.longrepr = "failed", f"skipped in CI: {_reason(report.longrepr)}"
    return report


def _reason(longrepr: object) -> str:
    return str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)


# --- nothing in, nothing out ----------------------------------------------------------------------


@pytest.fixture(autouse=True, scope="session")
def _no_studio_of_yours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from the home, the songs, the token and the terminal of whoever runs them."""
    elsewhere = str(tmp_path_factory.mktemp("platform"))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, elsewhere)
        for name in ("SONGBRIDGE_HOME", "SONGBRIDGE_TOKEN", "COLUMNS", "LINES"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_process_left() -> Iterator[None]:
    """Fail the run when a test has left a process of its own behind."""
    me = psutil.Process()
    before = {child.pid for child in me.children()}
    yield
    left = [child for child in me.children() if child.pid not in before]
    _, alive = psutil.wait_procs(left, timeout=2.0)
    assert not alive, f"left running: {[(child.pid, child.cmdline()) for child in alive]}"
