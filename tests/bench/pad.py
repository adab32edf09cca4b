"""A device at the JACK server, in this process: sends a message in a cycle and knows when.

RtMidi would send in the next cycle, up to 1.3 ms later, and hide what is to be measured. So this is a
JACK client of its own: the process callback writes the message and takes the time, and in the same
cycle the server lets those run that listen.
"""

from __future__ import annotations

import ctypes
import random
from collections import deque
from ctypes import c_char_p, c_int, c_size_t, c_uint32, c_ulong, c_void_p
from time import perf_counter

from bridge.ports.midi_jack import IS_INPUT, IS_OUTPUT, MIDI_TYPE, NO_START_SERVER, library

PERIOD, RATE = 64, 48000
CLIENT = "Launchpad Mini MK3"
PORT = "Launchpad Mini MK3 LPMiniMK3 MI"
HEARS = f"{PORT}DI"
FLOOR = "floor"
EAR = "what passes"
OURS, BARE = 0, 1
"""Which of the two ports a message goes to: the service's, or the floor's."""

_Xrun = ctypes.CFUNCTYPE(c_int, c_void_p)
_Process = ctypes.CFUNCTYPE(c_int, c_uint32, c_void_p)


class _Event(ctypes.Structure):
    _fields_ = (("time", c_uint32), ("size", c_size_t), ("buffer", c_void_p))


def _declared() -> tuple[ctypes.CDLL, ctypes.PyDLL]:
    """Return libjack for calls that may wait, and again for those inside a cycle."""
    slow = library()
    if slow is None:
        raise RuntimeError("there is no libjack here")
    fast = ctypes.PyDLL(slow._name)
    slow.jack_port_register.restype = c_void_p
    slow.jack_port_register.argtypes = [c_void_p, c_char_p, c_char_p, c_ulong, c_ulong]
    slow.jack_set_process_callback.argtypes = [c_void_p, _Process, c_void_p]
    slow.jack_set_xrun_callback.argtypes = [c_void_p, _Xrun, c_void_p]
    slow.jack_activate.argtypes = [c_void_p]
    slow.jack_client_close.argtypes = [c_void_p]
    slow.jack_get_ports.restype = ctypes.POINTER(c_char_p)
    slow.jack_get_ports.argtypes = [c_void_p, c_char_p, c_char_p, c_ulong]
    slow.jack_connect.argtypes = [c_void_p, c_char_p, c_char_p]
    fast.jack_port_get_buffer.restype = c_void_p
    fast.jack_port_get_buffer.argtypes = [c_void_p, c_uint32]
    fast.jack_last_frame_time.restype = c_uint32
    fast.jack_last_frame_time.argtypes = [c_void_p]
    fast.jack_midi_clear_buffer.argtypes = [c_void_p]
    fast.jack_midi_event_write.argtypes = [c_void_p, c_uint32, c_char_p, c_size_t]
    fast.jack_midi_get_event_count.restype = c_uint32
    fast.jack_midi_get_event_count.argtypes = [c_void_p]
    fast.jack_midi_event_get.argtypes = [ctypes.POINTER(_Event), c_void_p, c_uint32]
    return slow, fast


class Pad:
    """One client: a port to the service, one to the floor, one that hears lights (`hears`)."""

    def __init__(self, client: str = CLIENT, port: str = PORT, hears: str = HEARS) -> None:
        self.hears, self._name = hears, client
        self.sent_at = 0.0
        self.lit: deque[tuple[float, int]] = deque(maxlen=10_000)
        """When a light message came in (``perf_counter``), and its bytes."""
        self.passed: deque[tuple[float, int]] = deque(maxlen=10_000)
        """As ``lit``: what came in from the port that `listen_to` names."""
        self.late = 0
        """Cycles in which some client came too late: the server goes on, and what was written in one
        is lost before anybody has read it."""
        self._frame = 0
        self.changes = 0
        """Control changes of the flood, sent so far."""
        self._pending: deque[tuple[int, bytes]] = deque()
        self._again: tuple[bytes, ...] = ()
        self._each, self._left, self._turn = 0.0, 0.0, 0
        self._rate, self._to, self._credit = 0.0, OURS, 0.0
        self._slow, self._fast = _declared()
        self._client = self._slow.jack_client_open(client.encode(), NO_START_SERVER, None)
        if not self._client:
            raise RuntimeError("the JACK server takes no client")
        self._outs = [self._port(port, IS_OUTPUT), self._port(FLOOR, IS_OUTPUT)]
        self._hears, self._ear = self._port(hears, IS_INPUT), self._port(EAR, IS_INPUT)
        self._process = _Process(self._cycle)
        self._kept = False
        self._slow.jack_set_process_callback(self._client, self._process, None)
        self._xrun = _Xrun(self._was_late)
        self._slow.jack_set_xrun_callback(self._client, self._xrun, None)
        self._slow.jack_activate(self._client)

    def _port(self, name: str, flags: int) -> int:
        return int(self._slow.jack_port_register(self._client, name.encode(), MIDI_TYPE, flags, 0))

    def press(self, to: int, data: bytes) -> None:
        """Send `data` in the next cycle; ``sent_at`` is then when."""
        self._pending.append((to, data))

    def listen_to(self, name: str) -> None:
        """Hear the output port of another client whose name has `name` in it. Raises RuntimeError."""
        ports = self._slow.jack_get_ports(self._client, name.encode(), MIDI_TYPE, IS_OUTPUT)
        if not ports or not ports[0]:
            raise RuntimeError(f"no output port is called {name!r}")
        ear = f"{self._name}:{EAR}".encode()
        if self._slow.jack_connect(self._client, ports[0], ear):
            raise RuntimeError(f"{name!r} can't be heard")

    def again(self, *messages: bytes, every: float = 0.04) -> None:
        """Send these to the service in turn from now on, one each `every` seconds; none ends it."""
        self._each, self._turn, self._again = every * RATE, 0, messages

    def flood(self, to: int, rate: float) -> None:
        """Send `rate` control changes a second that no profile knows, from now on; 0 ends it."""
        self._to, self._rate = to, rate

    def close(self) -> None:
        """Leave the server."""
        self._slow.jack_client_close(self._client)

    def _was_late(self, _argument: object) -> int:
        self.late += 1
        return 0

    def _cycle(self, frames: int, _argument: object) -> int:
        if not self._kept:
            self._kept = True
            ctypes.pythonapi.PyGILState_Ensure()
        fast = self._fast
        frame = fast.jack_last_frame_time(self._client)
        self.late += self._frame not in (0, (frame - frames) & 0xFFFFFFFF)
        self._frame = frame
        buffers = [fast.jack_port_get_buffer(port, frames) for port in self._outs]
        for buffer in buffers:
            fast.jack_midi_clear_buffer(buffer)
        self._hear(fast.jack_port_get_buffer(self._hears, frames), self.lit)
        self._hear(fast.jack_port_get_buffer(self._ear, frames), self.passed)
        if self._rate:
            self._credit += self._rate * frames / RATE
            while self._credit >= 1:
                self._credit -= 1
                self.changes += 1
                change = bytes((0xB5, random.randrange(120), random.randrange(128)))
                fast.jack_midi_event_write(buffers[self._to], 0, change, 3)
        self._left -= frames
        if self._left <= 0 and (again := self._again):
            self._left, self._turn = self._each, self._turn + 1
            data = again[self._turn % len(again) - 1]
            fast.jack_midi_event_write(buffers[OURS], 0, data, len(data))
        if self._pending:
            to, data = self._pending.popleft()
            fast.jack_midi_event_write(buffers[to], frames - 1, data, len(data))
            self.sent_at = perf_counter()
        return 0

    def _hear(self, buffer: int, heard: deque[tuple[float, int]]) -> None:
        count = self._fast.jack_midi_get_event_count(buffer)
        if count:
            event, now = _Event(), perf_counter()
            for index in range(count):
                self._fast.jack_midi_event_get(ctypes.byref(event), buffer, index)
                heard.append((now, event.size))
