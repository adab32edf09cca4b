"""The MIDI ports: every wanted controller opened, watched, re-opened, and left as it was found."""

from __future__ import annotations

import atexit
import logging
import threading
from functools import partial
from typing import TYPE_CHECKING

from bridge.ports.midi_choice import found
from bridge.ports.midi_events import MidiState
from bridge.ports.midi_patchbay import Patchbay
from bridge.ports.midi_thru import Thru, ThruState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bridge.ports.midi_events import DeviceState, Keyboards, PortInfo, Put, Wanted
    from bridge.ports.midi_patchbay import Find

log = logging.getLogger(__name__)

PERIOD = 0.5
"""Seconds between two looks at the port lists; a re-plugged device must work within two."""

END = 1.0
"""Seconds that `MidiPorts.close` takes at most, whatever a port does."""


class MidiPorts:
    """All MIDI of the service; every method may be called from any thread.

    What happens goes to ``put`` (`MidiIn` on the MIDI library's thread; `PortUp`, `PortDown`,
    `Repaint`, `MidiState` on others), which must neither block nor raise: ``SimpleQueue.put``. No MIDI at all
    is a state, never an error.
    """

    def __init__(
        self,
        put: Put,
        api: str = "auto",
        *,
        find: Find | None = None,
        period: float = PERIOD,
        keep_thread_state: bool = True,
        thru: str = "",
    ) -> None:
        self._rouse = threading.Event()
        self._patchbay = Patchbay(
            find or partial(found, api),
            put,
            keep=keep_thread_state,
            rouse=self._rouse.set,
            thru=Thru(thru),
        )
        self.cues = self._patchbay.cues
        self._period = period
        self._fault = ""
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def want(self, specs: Sequence[Wanted]) -> None:
        """Set all controllers to look for; one that is open and wanted no more is left at once."""
        self._patchbay.want(specs)
        self._rouse.set()

    def overhear(self, how: Keyboards) -> None:
        """Set whether inputs that no controller of ours has are heard, as a sign that somebody plays."""
        self._patchbay.overhearing.how = how
        self._rouse.set()

    def start(self) -> None:
        """Begin to watch; at the latest when the interpreter ends, every device is left."""
        atexit.register(self.close)
        self._thread = threading.Thread(target=self._watch, name="midi watch", daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stop.is_set():
            self._rouse.clear()
            self._look()
            self._rouse.wait(self._period)
        self._patchbay.close()

    def _look(self) -> None:
        try:
            self._patchbay.tick()
        except Exception as error:  # whatever a driver comes up with, the watcher goes on
            if not self._fault:
                log.exception("looking for MIDI ports failed; it is tried again")
            name = type(error).__name__
            self._fault = f"looking for MIDI ports failed ({name}); it is tried again"
        else:
            self._fault = ""

    def nudge(self, key: str) -> None:
        """Have a controller's source asked again: it was shown something new."""
        device = self._patchbay.device(key)
        if device is not None and device.output is not None:
            device.output.nudge()

    def send(self, key: str, messages: Sequence[bytes]) -> bool:
        """Send messages to a controller beside its source; False: it has no output now."""
        device = self._patchbay.device(key)
        if device is None or device.output is None:
            return False
        device.output.send(messages)
        return True

    def state(self) -> MidiState:
        """Tell which MIDI system is in use, or why none is."""
        state, fault = self._patchbay.state, self._fault
        return MidiState(state.api, "stalled", fault) if fault else state

    def thru(self) -> ThruState:
        """Tell how the way to the DAW is for what layouts don't use."""
        return self._patchbay.thru.state()

    def states(self) -> Mapping[str, DeviceState]:
        """Tell how each wanted controller is, by its key."""
        return self._patchbay.states()

    def ports(self) -> list[PortInfo]:
        """List the system's ports; without `start`, looks once on the calling thread."""
        if self._thread is None:
            self._patchbay.tick()
        return self._patchbay.ports()

    def close(self) -> None:
        """Darken and leave every device; returns within a second or so. May be called again."""
        if self._thread is None:
            self._patchbay.close()
            return
        atexit.unregister(self.close)
        self._stop.set()
        self._rouse.set()
        self._thread.join(END)
