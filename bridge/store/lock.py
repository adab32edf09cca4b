"""One service on one home: a locked file, and beside it who holds it and where it listens.

The lock counts, not the description: a killed service leaves ``service.json`` behind and no lock.
The two are files apart since a locked file can't be read on Windows.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec
from filelock import FileLock, Timeout

from bridge.errors import Unavailable

_LOCK: Final = "service.lock"
_CARD: Final = "service.json"
_POLL: Final = 0.02  # seconds between two looks at a lock that is taken


@dataclass(frozen=True, slots=True)
class ServiceInfo:
    """A running service: its process id, and its addresses by name (``osc``, ``http``)."""

    pid: int
    addresses: Mapping[str, str] = field(default_factory=dict)


class HomeLock:
    """The right to write in a home. Also a context manager that releases on the way out."""

    def __init__(self, home: Path) -> None:
        self.home = home
        # Not bound to a thread: a service may be stopped by another thread than the one that began.
        self._lock = FileLock(home / _LOCK, thread_local=False, mode=0o600)
        self._announced = False

    def acquire(self, addresses: Mapping[str, str] | None = None, timeout: float = 2.0) -> Self:
        """Take the lock, waiting at most `timeout` seconds; a service gives its addresses.

        A command that works on the journal itself gives None and is not announced.

        Raises:
            Unavailable: A service or a command has it, or the home can't be written.

        """
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock.acquire(timeout=timeout, poll_interval=_POLL)
        except Timeout as error:
            raise Unavailable(_taken(self.home)) from error
        except OSError as error:
            raise Unavailable(_unwritable(self.home, error)) from error
        _forget(self.home)
        if addresses is not None:
            self.announce(addresses)
        return self

    def announce(self, addresses: Mapping[str, str]) -> None:
        """Write down who runs here and where it listens, anew when addresses change.

        Raises:
            Unavailable: The home can't be written; the lock stands.

        """
        try:
            _write(self.home / _CARD, ServiceInfo(os.getpid(), dict(addresses)))
        except OSError as error:
            raise Unavailable(_unwritable(self.home, error)) from error
        self._announced = True

    def release(self) -> None:
        """Let go; may be called again."""
        if self._announced:
            self._announced = False
            _forget(self.home)
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def running(home: Path) -> ServiceInfo | None:
    """Return the service that runs on `home`, None when none does (or one is just starting).

    What a killed service left behind is cleared away.
    """
    for pause in (_POLL, 0.0):
        info = _read(home / _CARD)
        if info is None or _clear(home):
            return None
        time.sleep(pause)  # another command may have been clearing away in this very moment
    return _read(home / _CARD)


def _clear(home: Path) -> bool:
    """Remove the description when nobody holds the lock; tell whether that was so."""
    lock = FileLock(home / _LOCK, thread_local=False, mode=0o600)
    try:
        with lock.acquire(timeout=0):
            _forget(home)
            return True
    except (Timeout, OSError):
        return False


def _taken(home: Path) -> str:
    info = _read(home / _CARD)
    if info is None:
        return f"another Songbridge command is at work on {home}; try again in a moment"
    return (
        f"Songbridge is already running with process id {info.pid} on {home}; stop it first, or "
        "give another --home"
    )


def _unwritable(home: Path, error: OSError) -> str:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    mend = "make room" if full else "make it writable"
    return f"{home} can't be written ({error.strerror or error}); {mend}, or give --home"


def _read(card: Path) -> ServiceInfo | None:
    try:
        return msgspec.json.decode(card.read_bytes(), type=ServiceInfo)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _write(card: Path, info: ServiceInfo) -> None:
    """Replace the description in one step, or leave nothing; only this user may read it."""
    fresh = card.with_name(f"{card.name}.{os.getpid()}")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(info))
        fresh.replace(card)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise


def _forget(home: Path) -> None:
    with contextlib.suppress(OSError):
        (home / _CARD).unlink(missing_ok=True)
