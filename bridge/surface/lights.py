"""From a picture of the whole controller to bytes: what differs, as fast as the device can take it.

The consumer thread hands over frames; the device's output thread asks what is due. Between the two
lies one attribute, so a press never waits for a light; and since the difference is taken when the
device has room, a slow device is sent the newest picture and never works off a backlog.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from bridge.messages import DARK, Effect, Look
from bridge.moment import Moment
from bridge.surface.blinking import Blinker
from bridge.surface.drivers import Cell, Parcel, driver_for
from bridge.surface.drivers.cells import PacksOver
from bridge.surface.drivers.degrade import READABLE
from bridge.surface.echo import Echo
from bridge.surface.frame import Frame
from bridge.surface.pacing import Pacer
from bridge.surface.profile import Profile
from bridge.surface.run_over import RunOver

_NOTHING = Frame()
_ASLEEP = Frame()
"""As dark, but another one."""

_MOVING = (Effect.BLINK, Effect.PULSE)


class Painter:
    """The lights of one opened device, with the shadow of what it was told.

    Threads: `due` and `wake` belong to the device's output thread; everything else may be called
    from any thread, takes effect at the next `due`, and whoever calls it also nudges that thread. A
    new painter tells everything, since it knows nothing yet.

    Raises:
        Invalid: the profile's ``leds`` name a driver or palette that doesn't exist, or lack a key.

    """

    def __init__(self, profile: Profile) -> None:
        self._driver = driver_for(profile)
        self._over = self._driver if isinstance(self._driver, PacksOver) else None
        self._lights = [c for c in profile.controls.values() if c.light.kind != "none"]
        self._displays = list(profile.displays.values())
        self._repaints_itself = profile.leds.resend_on_release
        self._pacer = Pacer(profile.leds.pace)
        self._blinker = Blinker()
        self._wanted = _NOTHING
        self._told_frame: Frame | None = None
        self._looks: dict[str, Look] = {}
        self._texts: dict[str, str] = {}
        self._places: dict[str, list[int]] = {}
        self._picture: dict[int, bytes] = {}
        self._told: dict[int, bytes] = {}
        self._waiting: dict[int, None] = {}
        self._lost: deque[str | None] = deque()
        self._refresh_at: float | None = None
        self._echo: Echo | None = None
        self._train: tuple[list[Parcel], Mapping[int, bytes]] | None = None
        self._text = RunOver(self._driver)
        self._sleep, self._rouse = profile.session.sleep, profile.session.wake
        self._asleep = self._told_asleep = self._slept = False

    def announce(self, echo: Echo) -> None:
        """Send the heralds of `echo` from now on; before the first `due`."""
        self._echo = echo

    def show(self, frame: Frame) -> None:
        """Let this be the picture from now on; the newest wins."""
        self._wanted = frame

    def blank(self) -> None:
        """Let everything be dark and blank, but awake; done when `wake` returns None."""
        self._wanted, self._asleep = _NOTHING, False

    def doze(self, *, on: bool) -> bool:
        """Darken the device, by its own sleep where it has one, or bring the picture back.

        Returns whether that is news.
        """
        before, self._asleep = self._asleep, on
        return before != on

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
        frame = self._frame  # read once: another thread may replace it meanwhile
        self._forget_lost()
        first = self._before(frame, now)
        self._blinker.advance(now)
        self._let_fade(now)
        self._blinker.need(self._draw_lights(frame), now)
        self._draw_texts(frame.texts)
        return [*first, *self._send(self._difference(), frame, now), *self._behind(frame)]

    def wake(self) -> float | None:
        """Return the ``mono`` instant from which `due` has work; None: not before the next call.

        It may have passed already.
        """
        if self._unsettled:
            return self._pacer.again_at(len(self._waiting))
        ends = (self._blinker.turns_at, self._refresh_at, self._text.ends_at)
        times = [at for at in ends if at is not None]
        return max(min(times), self._pacer.free_at) if times else None

    @property
    def _frame(self) -> Frame:
        return _ASLEEP if self._asleep else self._wanted

    @property
    def _unsettled(self) -> bool:
        frame = self._frame
        untold = frame is not self._told_frame or self._told_asleep != (frame is _ASLEEP)
        return untold or bool(self._lost) or self._text.wants(frame.scroll)

    def _anything_due(self, now: float) -> bool:
        at = self.wake()
        return at is not None and now >= at

    def _forget_lost(self) -> None:
        while self._lost:
            name = self._lost.popleft()
            if name is None:
                self._train, self._told_asleep = None, False
            self._tell_again(self._picture if name is None else self._places.get(name, ()))

    def _before(self, frame: Frame, now: float) -> list[bytes]:
        """Return what goes before the picture: what wakes the device, ends a text or starts one."""
        messages: list[bytes] = []
        if frame is not _ASLEEP:
            self._told_asleep = False
            if self._slept:
                self._slept = False
                messages += self._rouse
                self._tell_again(self._picture)
        texts, again = self._text.advance(frame.scroll, now)
        messages += texts
        if again:
            self._tell_again(self._picture)
        if messages:
            self._train = None  # nothing may come between its wagons: those left go one by one
            self._pacer.sent(len(messages), now, complete=False)
        return messages

    def _behind(self, frame: Frame) -> Sequence[bytes]:
        """Return what sends the device to sleep, once it is dark."""
        if frame is not _ASLEEP or self._told_asleep or self._told_frame is not frame:
            return ()
        self._told_asleep = self._slept = True
        return self._sleep

    def _tell_again(self, addresses: Iterable[int]) -> None:
        for address in addresses:
            self._told.pop(address, None)
            self._waiting[address] = None

    def _let_fade(self, now: float) -> None:
        """Tell the cells again that have sunk by themselves."""
        if self._refresh_at is not None and now >= self._refresh_at:
            self._tell_again([cell[0] for cell in self._told.items() if self._driver.fades(cell)])

    def _draw_lights(self, frame: Frame) -> bool:
        """Bring the picture up to date where it looks new; tell whether the host must blink."""
        shown, looks, blinking = self._looks, frame.looks, False
        strip = DARK if frame is _ASLEEP else READABLE
        for control in self._lights:
            look = looks.get(control.name, strip if control.light.kind == "strip" else DARK)
            if look.effect in _MOVING and self._driver.needs_host_blink(control, look):
                blinking = True
                look = look if self._blinker.lit else DARK
            before = shown.get(control.name)
            if look is not before and look != before:
                shown[control.name] = look
                self._put(control.name, self._driver.light(control, look))
        return blinking

    def _draw_texts(self, texts: Mapping[str, str]) -> None:
        for display in self._displays:
            text = texts.get(display.name, "")
            if text != self._texts.get(display.name):
                self._texts[display.name] = text
                self._put(display.name, self._driver.text(display, text))

    def _put(self, name: str, cells: Sequence[Cell]) -> None:
        for address, cell in cells:
            self._picture[address] = cell
            self._waiting[address] = None
        if name not in self._places:
            self._places[name] = [address for address, _ in cells]

    def _difference(self) -> list[Cell]:
        """Return the cells that the device doesn't show yet, first those that waited longest."""
        picture, told = self._picture, self._told
        changed = [(at, picture[at]) for at in self._waiting if told.get(at) != picture[at]]
        together = self._driver.together
        if together and not together.isdisjoint(at for at, _ in changed):
            known = {at for at, _ in changed}
            changed += [(at, picture[at]) for at in together - known if at in picture]
        return changed

    def _send(self, changed: list[Cell], frame: Frame, now: float) -> list[bytes]:
        parcels, cells = self._train or (self._pack(changed), dict(changed))
        going, herald = self._announced(parcels, now)
        for parcel in going:
            self._told.update((address, cells[address]) for address in parcel.addresses)
        coupled = list(takewhile(lambda parcel: parcel.follows, parcels[len(going) :]))
        self._train = (coupled, cells) if coupled and (going or self._train) else None
        self._waiting = dict.fromkeys(at for at, cell in changed if self._told.get(at) != cell)
        left = bool(self._waiting or self._train)
        self._told_frame = None if left else frame
        self._pacer.sent(len(going) + len(herald), now, complete=not left)
        if going and self._driver.refresh:
            self._plan_refresh(now)
        return [*herald, *(parcel.data for parcel in going)]

    def _pack(self, changed: list[Cell]) -> list[Parcel]:
        if self._over is not None:
            return self._over.pack_over(changed, self._told)
        return self._driver.pack(changed)

    def _announced(self, parcels: list[Parcel], now: float) -> tuple[list[Parcel], list[bytes]]:
        """Return what there is room for, and the herald that goes before it, if it needs one."""
        room = self._pacer.room(now)
        going = parcels[:room]
        messages = [parcel.data for parcel in going]
        if self._echo is None or not going:
            return going, []
        if len(going) == room > 1 and self._echo.resembles(messages):
            del going[-1], messages[-1]
        herald = self._echo.herald(messages, now, self._told)
        return going, [] if herald is None else [herald]

    def _plan_refresh(self, now: float) -> None:
        if not any(map(self._driver.fades, self._told.items())):
            self._refresh_at = None
        elif self._refresh_at is None or now >= self._refresh_at:
            self._refresh_at = now + self._driver.refresh
