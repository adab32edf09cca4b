"""A way out to a DAW: a virtual output of our own, or one that is there already (loopMIDI).

Windows has no virtual ports: there an existing one is named. Opened with the MIDI system, lost with
it, and opened again; what is sent meanwhile is lost and counted.
"""

from __future__ import annotations

import contextlib
import threading
import time
from queue import SimpleQueue
from typing import TYPE_CHECKING

from bridge.errors import Unavailable
from bridge.surface.matching import compiled

if TYPE_CHECKING:
    from collections.abc import Collection

    from bridge.ports.midi_api import MidiApi, OutPort, Port

WAITING = 1_024
"""Messages that may wait for the port; of a flood beyond, what is new is dropped and counted."""

END = 0.3
"""Seconds that the thread is given to end."""

DENSE = 0.001
"""Seconds: messages that come closer than this go on together, so much later at most."""


class Outlet:
    """One output with a thread that sends, for sending may block.

    Threads: `send` on any; `serve`, `mend`, `lose` and `close` on the watcher's. ``own`` is the name of the
    virtual port; `name` is that, or the pattern of another port's name. ``purpose`` names our end.
    """

    def __init__(self, name: str, own: str, purpose: str) -> None:
        self._name, self._own, self._purpose = name, own, purpose
        self._queue: SimpleQueue[bytes | None] = SimpleQueue()
        self._out: OutPort | None = None
        self._thread: threading.Thread | None = None
        self._port: Port | None = None
        self.far = ""
        self.why = "not looked for yet"
        self.open = False
        self.sent = self.dropped = 0

    def is_far_end(self, name: str) -> bool:
        """Tell whether an input of that normalised name brings back what we send."""
        return name in (self.far, self._own)

    def serve(self, api: MidiApi, outs: Collection[Port]) -> None:
        """Open the port where it isn't; `why` says what is wrong."""
        self._mend(outs)
        if self.open:
            return
        try:
            self._begin(self._opened(api, outs))
        except Unavailable as error:
            self.why = str(error)

    def _opened(self, api: MidiApi, outs: Collection[Port]) -> OutPort:
        if self._name == self._own:
            return api.open_virtual(self._own)
        port = next((one for one in outs if compiled(self._name).search(one.name)), None)
        if port is None:
            raise Unavailable(f"no output port is called {self._name!r}; see `songbridge ports`")
        out = api.open_output(port, self._purpose)
        self.far, self._port = port.name, port
        return out

    def _begin(self, out: OutPort) -> None:
        self._out, self._queue, self.open = out, SimpleQueue(), True
        self._thread = threading.Thread(
            target=self._send, args=(out, self._queue), name=f"midi {self._purpose}", daemon=True
        )
        self._thread.start()

    def _send(self, out: OutPort, queue: SimpleQueue[bytes | None]) -> None:
        last = 0.0
        while (data := queue.get()) is not None:
            try:
                out.send(data)
            except Unavailable as error:
                self.dropped += 1 + queue.qsize()
                self.why, self.open = str(error), False
                return
            before, last = last, time.monotonic()
            if last - before < DENSE and queue.empty():
                time.sleep(DENSE)  # then many go on at once: to be woken for each slows presses

    def send(self, data: bytes, *, last: bool = False) -> bool:
        """Send a message, and tell whether it goes; never blocks.

        While the port isn't open, or in a flood, it is dropped; but one that is the `last` of its
        note goes in a flood, too: there is one for each beginning.
        """
        if not self.open or (not last and self._queue.qsize() >= WAITING):
            self.dropped += 1
            return False
        self.sent += 1
        self._queue.put(data)
        return True

    def lose(self) -> None:
        """Let go of the port without a word: the MIDI system has ended."""
        self._end()
        self._out = None
        self.why = "the MIDI system has ended; waiting for it"

    def close(self) -> None:
        """Close the port, after what waits is out; one in which the thread hangs is left alone."""
        ended = self._end()
        if self._out is not None and ended:
            self._out.close()
        self._out = None

    def _mend(self, outs: Collection[Port]) -> None:
        """Close a port that took nothing any more or was unplugged, so that it is opened anew."""
        unplugged = self._port is not None and self._port not in outs
        if self._out is not None and (unplugged or not self.open):
            with contextlib.suppress(Unavailable):
                self.close()

    def _end(self) -> bool:
        """Have the thread end; False: it still uses the port."""
        self.open = False
        self.far, self._port = "", None
        self._queue.put(None)
        thread, self._thread = self._thread, None
        if thread is None:
            return True
        thread.join(END)
        return not thread.is_alive()
