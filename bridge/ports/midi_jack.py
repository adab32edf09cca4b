"""What RtMidi does not tell about JACK: whether the server lives, runs, and has us connected.

Through RtMidi a dead server looks alive: port lists stay as they were, sending writes into a ring
that nobody empties and, when that is full, spins for ever with the GIL held; closing an output
waits a second with the GIL held; touching a client of the dead server after a new one was opened
is a use after free inside libjack (docs/adr/0005). So one small client of our own watches: without
ports and without a process callback, thus without a thread that wakes in every period. All of it is
read from shared memory, with the GIL released.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import threading
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bridge.errors import Unavailable
from bridge.ports.midi_api import CLIENT

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_START_SERVER = 0x01  # JackNoStartServer, jack/types.h
IS_INPUT = 0x1  # JackPortIsInput
IS_OUTPUT = 0x2  # JackPortIsOutput
MIDI_TYPE = b"8 bit raw midi"  # JACK_DEFAULT_MIDI_TYPE

NOTICE = 0.05
"""Seconds within which JACK tells of the server's end; measured below 0.005 s."""

_Shutdown = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_Semaphore = ctypes.c_uint64 * 8
"""Room for a ``sem_t``: 32 bytes in glibc and musl."""
_Names = ctypes.POINTER(ctypes.c_char_p)


def _mapped() -> str | None:
    """Return the path of the libjack that python-rtmidi brought into this process (Linux)."""
    try:
        lines = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    paths = (line.split(maxsplit=5)[-1] for line in lines if "/libjack" in line)
    return next(paths, None)


@cache
def library() -> ctypes.CDLL | None:
    """Load libjack, silenced and with its signatures; None where there is none."""
    path = _mapped() or ctypes.util.find_library("jack")
    if path is None:
        return None
    try:
        jack = ctypes.CDLL(path)
        _declare(jack)
    except (OSError, AttributeError):
        return None
    return jack


def _declare(jack: ctypes.CDLL) -> None:
    """Give the functions their types, and have libjack print nothing on standard error."""
    pointer, text = ctypes.c_void_p, ctypes.c_char_p
    for name, result, arguments in (
        ("jack_client_open", pointer, [text, ctypes.c_int, pointer]),
        ("jack_client_close", ctypes.c_int, [pointer]),
        ("jack_on_shutdown", None, [pointer, _Shutdown, pointer]),
        ("jack_set_xrun_callback", ctypes.c_int, [pointer, pointer, pointer]),
        ("jack_activate", ctypes.c_int, [pointer]),
        ("jack_last_frame_time", ctypes.c_uint32, [pointer]),
        ("jack_get_ports", _Names, [pointer, text, text, ctypes.c_ulong]),
        ("jack_port_by_name", pointer, [pointer, text]),
        ("jack_port_get_all_connections", _Names, [pointer, pointer]),
        ("jack_disconnect", ctypes.c_int, [pointer, text, text]),
        ("jack_free", None, [_Names]),
        ("jack_set_error_function", None, [pointer]),
        ("jack_set_info_function", None, [pointer]),
    ):
        function = getattr(jack, name)
        function.restype, function.argtypes = result, arguments
    # Any C function that looks at nothing will do; a Python one would need the GIL on JACK threads.
    silent = ctypes.cast(jack.jack_port_name_size, pointer)
    jack.jack_set_error_function(silent)
    jack.jack_set_info_function(silent)


def _c_library() -> ctypes.CDLL | None:
    """Return the C library with POSIX semaphores; None on Windows."""
    try:
        libc = ctypes.CDLL(None)
    except (OSError, TypeError):
        return None
    return libc if hasattr(libc, "sem_post") else None


class Xruns:
    """How often JACK told that a period was missed: libjack's thread counts, ours reads.

    JACK calls C's own ``sem_post``, which fits its callback's type, with our semaphore. A Python
    function would wait for the GIL there, and `jack_client_close` cancels that thread: cancelled
    while it waits, it would keep the GIL's mutex locked for ever.
    """

    def __init__(self, jack: ctypes.CDLL, client: int) -> None:
        self._cell, self._seen = _Semaphore(), 0
        self._libc = _c_library()
        if self._libc is None or self._libc.sem_init(self._cell, 0, 0):
            return  # macOS knows the function, and has none of this kind
        post = ctypes.cast(self._libc.sem_post, ctypes.c_void_p)
        if not jack.jack_set_xrun_callback(client, post, ctypes.addressof(self._cell)):
            jack.jack_activate(client)  # without that nothing is told

    def came(self) -> bool:
        """Tell whether a period was missed since the last call."""
        value = ctypes.c_int(0)
        if self._libc is not None:
            self._libc.sem_getvalue(self._cell, ctypes.byref(value))
        before, self._seen = self._seen, value.value
        return self._seen != before

    def keep(self) -> None:
        """Let the memory live on for ever: a thread of libjack may still write there."""
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._cell))


class JackServer:
    """One running JACK server, seen through a client without ports.

    ``lock`` is held around every RtMidi call that opens a client: when the server has died in that
    moment, libjack frees all clients of the process, this one too.
    """

    def __init__(self, jack: ctypes.CDLL, client: int) -> None:
        self.lock = threading.RLock()
        self._jack, self._client = jack, client
        self._gone = threading.Event()
        self._on_shutdown = _Shutdown(self._shutdown)
        jack.jack_on_shutdown(client, self._on_shutdown, None)
        self.xruns = Xruns(jack, client)

    @classmethod
    def open(cls) -> JackServer | None:
        """Reach the server that JACK_DEFAULT_SERVER names, or None; starts none, prints nothing."""
        jack = library()
        if jack is None:
            return None
        client = jack.jack_client_open(CLIENT.encode(), NO_START_SERVER, None)
        return cls(jack, client) if client else None

    def _shutdown(self, _argument: object) -> None:
        """On JACK's thread: the server has closed or died."""
        self._gone.set()

    @property
    def gone(self) -> bool:
        """Whether the server has ended; then nothing but `abandon` is left to do."""
        return self._gone.is_set()

    def frame(self) -> int:
        """Return the server's frame counter at its period's begin; it stands still when dead."""
        with self.lock:
            return 0 if self.gone else int(self._jack.jack_last_frame_time(self._client))

    def ports(self, flag: int) -> list[str]:
        """List the full names of the MIDI ports with `flag` (`IS_INPUT`, `IS_OUTPUT`)."""
        with self.lock:
            if self.gone:
                return []
            return self._names(self._jack.jack_get_ports(self._client, None, MIDI_TYPE, flag))

    def connections(self, port: str) -> list[str]:
        """List the full names of what is connected to the port of that full name."""
        with self.lock:
            found = None if self.gone else self._jack.jack_port_by_name(self._client, port.encode())
            if not found:
                return []
            return self._names(self._jack.jack_port_get_all_connections(self._client, found))

    def disconnect(self, source: str, target: str) -> None:
        """Cut the connection between two ports, if there is one."""
        with self.lock:
            if not self.gone:
                self._jack.jack_disconnect(self._client, source.encode(), target.encode())

    @contextmanager
    def opening(self) -> Iterator[None]:
        """Hold the server while RtMidi opens a client.

        When the server died just now, libjack has freed all clients of this process in the attempt,
        this one too: then the notice is on its way, and nobody may look at `_client` before that.

        Raises:
            Unavailable: the server has ended.

        """
        with self.lock:
            if self.gone:
                raise Unavailable("the JACK server has ended")
            try:
                yield
            except BaseException:
                self._gone.wait(NOTICE)
                raise

    def _names(self, array: ctypes._Pointer[ctypes.c_char_p]) -> list[str]:
        """Read and free one of JACK's arrays of names, which ends with a null pointer."""
        if not array:
            return []
        try:
            return list(self._read(array))
        finally:
            self._jack.jack_free(array)

    @staticmethod
    def _read(array: ctypes._Pointer[ctypes.c_char_p]) -> Iterator[str]:
        index = 0
        while (name := array[index]) is not None:
            yield name.decode("utf-8", errors="replace")
            index += 1

    def close(self) -> None:
        """Leave a server that runs."""
        with self.lock:
            if not self.gone:
                self._gone.set()
                self._jack.jack_client_close(self._client)

    def abandon(self) -> None:
        """Leave a server that has ended: libjack frees the client itself on the next opening."""
        self._gone.set()
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._on_shutdown))
        self.xruns.keep()
