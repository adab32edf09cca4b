"""From a picture of the whole controller to bytes: what differs, as fast as the device can take it.

The consumer thread hands over frames; the device's output thread asks what is due. Between the two
lies one attribute, so a press never waits for a light; and since the difference is taken when the
device has room, a slow device is sent the newest picture and never works off a backlog.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from bridge.messages import DARK, Effect, Look
from bridge.moment import Moment
from bridge.surface.blinking import Blinker
from bridge.surface.drivers import Cell, driver_for
from bridge.surface.frame import Frame
from bridge.surface.pacing import Pacer
from bridge.surface.profile import Control, Profile

_NOTHING = Frame()


class Painter:
    """The lights of one opened device, with the shadow of what it was told.

    Threads: `show`, `blank`, `released` and `forget` may be called from any thread and take effect
    at the next `due`; `due` and `wake` belong to the device's output thread. Whoever calls the
    former also rouses that thread. A new painter tells everything, since it knows nothing yet.

    Raises:
        Invalid: the profile's ``leds`` name a driver or palette that doesn't exist, or lack a key.

    """

    def __init__(self, profile: Profile) -> None:
        self._driver = driver_for(profile)
        self._lights = [c for c in profile.controls.values() if c.light.kind != "none"]
        self._displays = list(profile.displays.values())
        self._repaints_itself = profile.leds.resend_on_release
        self._pacer = Pacer(profile.leds.pace)
        self._blinker = Blinker()
        self._wanted = _NOTHING
        self._told_frame: Frame | None = None
        self._told: dict[int, bytes] = {}
        self._waiting: list[int] = []
        self._lost: deque[str | None] = deque()
        self._refresh_at: float | None = None
        self._cells: dict[str, tuple[Look, tuple[Cell, ...]]] = {}

    def show(self, frame: Frame) -> None:
        """Let this be the picture from now on; the newest wins."""
        self._wanted = frame

    def blank(self) -> None:
        """Let everything be dark and blank; done when `wake` returns None."""
        self._wanted = _NOTHING

    def forget(self) -> None:
        """Tell everything again: the device lost it (plugged in again, its mode changed)."""
        self._lost.append(None)

    def released(self, control: str) -> None:
        """Tell a light again whose control was let go, where the device repaints by itself."""
        if self._repaints_itself:
            self._lost.append(control)

    def due(self, moment: Moment) -> list[bytes]:
        """Return the messages to send now, in order; they count as sent."""
        now = moment.mono
        if not self._anything_due(now):
            return []
        frame = self._wanted  # read once: another thread may replace it meanwhile
        self._forget_lost()
        self._blinker.advance(now)
        self._let_fade(now)
        return self._send(self._difference(frame, now), frame, now)

    def wake(self) -> float | None:
        """Return the ``mono`` instant from which `due` has work; None: not before the next call.

        It may have passed already.
        """
        if self._unsettled:
            return self._pacer.free_at
        times = [at for at in (self._blinker.turns_at, self._refresh_at) if at is not None]
        return max(min(times), self._pacer.free_at) if times else None

    @property
    def _unsettled(self) -> bool:
        return self._wanted is not self._told_frame or bool(self._lost)

    def _anything_due(self, now: float) -> bool:
        at = self.wake()
        return at is not None and now >= at

    def _forget_lost(self) -> None:
        while self._lost:
            name = self._lost.popleft()
            if name is None:
                self._told.clear()
            else:
                for address, _ in self._cells.get(name, (DARK, ()))[1]:
                    self._told.pop(address, None)

    def _let_fade(self, now: float) -> None:
        """Forget the cells that have sunk by themselves, so that they are told again."""
        if self._refresh_at is not None and now >= self._refresh_at:
            faded = [cell for cell in self._told.items() if self._driver.fades(cell)]
            for address, _ in faded:
                del self._told[address]

    def _difference(self, frame: Frame, now: float) -> list[Cell]:
        """Return the cells that the device doesn't show yet, first those that waited longest."""
        picture = self._picture(frame, now)
        told = self._told
        changed = {at: cell for at, cell in picture.items() if told.get(at) != cell}
        waited = {at: changed[at] for at in self._waiting if at in changed}
        return list((waited | changed).items())

    def _picture(self, frame: Frame, now: float) -> dict[int, bytes]:
        picture: dict[int, bytes] = {}
        blinking = False
        for control in self._lights:
            look = frame.looks.get(control.name, DARK)
            if look.effect is Effect.BLINK and self._driver.needs_host_blink(control, look):
                blinking = True
                look = look if self._blinker.lit else DARK
            picture.update(self._light(control, look))
        for display in self._displays:
            picture.update(self._driver.text(display, frame.texts.get(display.name, "")))
        self._blinker.need(blinking, now)
        return picture

    def _light(self, control: Control, look: Look) -> tuple[Cell, ...]:
        """Return the light's cells, from the last time when it looks the same."""
        last = self._cells.get(control.name)
        if last is not None and last[0] == look:
            return last[1]
        cells = tuple(self._driver.light(control, look))
        self._cells[control.name] = (look, cells)
        return cells

    def _send(self, changed: list[Cell], frame: Frame, now: float) -> list[bytes]:
        parcels = self._driver.pack(changed)
        going = parcels[: self._pacer.room(now)]
        cells = dict(changed)
        for parcel in going:
            for address in parcel.addresses:
                self._told[address] = cells.pop(address)
        self._waiting = list(cells)
        self._told_frame = None if cells else frame
        self._pacer.sent(len(going), now, complete=not cells)
        self._refresh_at = self._next_refresh(self._told, now)
        return [parcel.data for parcel in going]

    def _next_refresh(self, told: Mapping[int, bytes], now: float) -> float | None:
        if not self._driver.refresh or not any(map(self._driver.fades, told.items())):
            return None
        return now + self._driver.refresh
