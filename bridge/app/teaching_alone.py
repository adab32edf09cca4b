"""Lessons without a service: the command opens the ports itself for as long as it learns."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import TypeAlias

from bridge import moment as clock
from bridge.app.controllers import Controllers
from bridge.app.reloading import make_controllers, read
from bridge.app.tapping import Taps
from bridge.app.teaching import Teaching
from bridge.errors import Unavailable
from bridge.files.home import Home
from bridge.messages import MidiIn
from bridge.ports.midi import MidiPorts
from bridge.ports.midi_events import MidiEvent, MidiState, PortDown, PortUp, Repaint
from bridge.surface.frame import Frame
from bridge.web.teaching import Reply, Teach

_LOOK = 0.2  # seconds between two looks at the time
_END = 2.0  # seconds that the ports are given to be left

NOT_YET = MidiState("", "none", "not looked for yet")
"""How the ports are before the first look."""

_Inbox: TypeAlias = "SimpleQueue[MidiEvent | tuple[Teach, Reply] | None]"


class Alone:
    """A `bridge.web.teaching.Teacher` with ports of its own and a thread that owns them."""

    def __init__(self, controllers: Controllers, midi: MidiPorts, inbox: _Inbox) -> None:
        self._controllers, self._midi, self._inbox = controllers, midi, inbox
        self._teaching = Teaching(lambda: controllers, midi, midi.send)
        self._thread = threading.Thread(target=self._run, name="teaching", daemon=True)
        self._thread.start()

    def teach(self, request: Teach, reply: Reply) -> None:
        """Have `request` done on the thread of the lessons."""
        self._inbox.put((request, reply))

    def close(self) -> None:
        """End with the thread; the ports are the caller's."""
        self._inbox.put(None)
        self._thread.join(_END)

    def _run(self) -> None:
        look_at = 0.0
        while True:
            if (now := clock.now()).mono >= look_at:  # also while messages keep coming
                self._teaching.look(now)
                look_at = now.mono + _LOOK
            try:
                message = self._inbox.get(timeout=_LOOK)
            except Empty:
                continue
            if message is None:
                return
            self._take(message)
            self._show()

    def _take(self, message: MidiEvent | tuple[Teach, Reply]) -> None:
        match message:
            case MidiIn():
                self._teaching.overhear(message)
            case PortUp():
                self._controllers.came(message)
            case PortDown():
                self._controllers.went(message)
            case Repaint(key=key):
                self._controllers.lost(key)
            case (request, reply):
                self._teaching.ask(request, clock.now(), reply)
            case _:
                return

    def _show(self) -> None:
        """Let blink what is being learnt; everything else is dark."""
        for one in self._controllers.all:
            frame = self._teaching.frame(one.key, _DARK)
            if one.up and frame is not one.frame:
                one.frame = frame
                one.painter.show(frame)
                self._midi.nudge(one.key)


_DARK = Frame()


@contextlib.contextmanager
def alone(home: Home) -> Iterator[Alone]:
    """Open the ports that the home's configuration names, and give who teaches with them.

    Raises Invalid or InvalidFile for a wrong configuration, Unavailable when there is no MIDI.
    """
    config = read(home)
    controllers = make_controllers(config, home, Taps())
    inbox: _Inbox = SimpleQueue()
    midi = MidiPorts(inbox.put, config.midi_api)
    midi.want(controllers.wanted)
    midi.start()
    teacher = Alone(controllers, midi, inbox)
    try:
        _look_once(midi)
        yield teacher
    finally:
        teacher.close()
        midi.close()


def _look_once(midi: MidiPorts) -> None:
    """Wait until the ports have been looked for. Raises Unavailable when there is no MIDI."""
    until = time.monotonic() + _END
    while midi.state() == NOT_YET and time.monotonic() < until:
        time.sleep(_LOOK / 10)
    if midi.state().state == "none":
        raise Unavailable(f"{midi.state().reason}; nothing can be pressed without MIDI")
