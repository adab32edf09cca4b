"""All controllers: which there may be, what hands on them ask for, what their lights show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from bridge.app.controller import Controller, Lamp, Lesson, Sent
from bridge.app.passing import Passing
from bridge.app.sleeping import Sleeping
from bridge.app.wishes import expanded, wish
from bridge.core.actions import Request
from bridge.core.status import Json
from bridge.core.view import View
from bridge.errors import InvalidFile
from bridge.files.config_controllers import ControllerConfig, LightsConfig
from bridge.messages import MidiIn
from bridge.moment import Moment
from bridge.ports.midi_events import DeviceState, PortDown, PortUp, Wanted
from bridge.surface.fitting import choice, whatever_fits
from bridge.surface.frame import Frame
from bridge.surface.identity import Identities
from bridge.surface.layout import Layout
from bridge.surface.lights import Painter
from bridge.surface.matching import Platform
from bridge.surface.profile import Profile
from bridge.surface.surface import Ask, Surface

_PLAIN = LightsConfig(scroll=False, sleep=0.0)


class Controllers:
    """Every controller that the configuration lets come, by key. The consumer thread owns it.

    ``profiles`` are all there are, also those that nobody asked for. ``unused`` is what is wrong in
    profiles and layouts that none of them needs, and ``daws`` how each DAW's link stands, for lights.
    """

    def __init__(
        self,
        configs: Iterable[ControllerConfig],
        profiles: Mapping[str, Profile],
        layouts: Mapping[str, Layout],
        platform: Platform,
        sent: Sent = lambda _key, _messages, _wake, _moment: None,
        *,
        lights: LightsConfig = _PLAIN,
        curious: Callable[[], bool] = lambda: False,
    ) -> None:
        self._platform, self._sent, self.lights = platform, sent, lights
        self._curious = curious
        self.sleeping, self.profiles = Sleeping(lights.sleep), profiles
        self._layouts, self._identities = layouts, Identities(profiles.values())
        self.unused: tuple[InvalidFile, ...] = ()
        self.lesson: Lesson | None = None
        self.daws: Sequence[str] = ()
        self._left: list[tuple[str, Ask]] = []
        self._all: Mapping[str, Controller] = {}
        self._written: dict[str, tuple[ControllerConfig, Profile]] = {}
        for config, profile in expanded(tuple(configs), profiles, platform):
            self._add(config, profile)

    def another(self, like: str) -> tuple[Wanted, ...]:
        """Let one more device come like that of a key; return all that are wanted."""
        if like in self._written:
            self._add(*self._written[like])
        return self.wanted

    def _add(self, config: ControllerConfig, profile: Profile) -> None:
        named = config.profile != "auto"  # then what is asked for must fit
        chosen = (choice if named else whatever_fits)(self._layouts, config.asked, profile)
        if chosen is None:
            return
        key, name, number = profile.id, profile.name, 1
        while key in self._all:
            number += 1
            key, name = f"{profile.id}-{number}", f"{profile.name} ({number})"
        painter = Painter(profile)
        repaints = profile.leds.resend_on_release
        surface = Surface(profile, chosen, painter.released if repaints else None)
        surface.scroller.on = self.lights.scroll
        painter.announce(surface.echo)
        lamp, passing = Lamp(key, painter, self._sent), Passing(surface)
        judge = partial(self._identities.judge, profile.id)
        wanted = wish(key, config, profile, self._platform, lamp, judge=judge)
        known = surface.decoder.known
        wanted = replace(wanted, known=known, uses=passing.uses, curious=self.are_curious)
        self._written[key] = config, profile
        fresh = Controller(key, name, profile, surface, painter, wanted, passing, named)
        self._all = {**self._all, key: fresh}  # other threads may be reading the old one

    def are_curious(self) -> bool:
        """Tell whether somebody wants to hear what no profile knows. Any thread."""
        return self.lesson is not None or self._curious()

    def succeed(self, before: Controllers, moment: Moment) -> list[tuple[str, Ask]]:
        """Take the place of `before`: what is there stays, and shows what hands chose on it.

        Returns presses that were done by then, each with its controller's key.
        """
        asks: list[tuple[str, Ask]] = []
        for old in before.all:
            if old.key not in self._all:
                self._make_room(old)
            new = self._all.get(old.key)
            told = old.surface.forget() if new is None else new.succeed(old, moment)
            asks += [(old.key, ask) for ask in told]
        return asks

    def _make_room(self, old: Controller) -> None:
        """Let one more of its kind come, where any number of that kind may."""
        written = self._written.values()
        alike = (w for w in written if w[1].id == old.profile.id and w[0].profile == "auto")
        if (more := next(alike, None)) is not None:
            self._add(*more)

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """What the MIDI ports should look for, with what a lesson needs besides."""
        strangers = () if self.lesson is None else self.lesson.strangers
        return (*(c.wanted for c in self._all.values()), *strangers)

    @property
    def frames(self) -> dict[str, Frame]:
        """The picture that each present controller shows, by key."""
        return {c.key: c.frame for c in self._all.values() if c.up and c.frame is not None}

    @property
    def all(self) -> tuple[Controller, ...]:
        """Every controller that may come, present or not."""
        return tuple(self._all.values())

    def __contains__(self, key: str) -> bool:
        """Tell whether there is a controller of that key."""
        return key in self._all

    def __getitem__(self, key: str) -> Controller:
        """Return the controller of that key. Raises KeyError."""
        return self._all[key]

    def feed(self, message: MidiIn) -> tuple[Ask, ...]:
        """Return what a message asks for."""
        if self.lesson is not None and self.lesson.overhear(message):
            self.sleeping.sign(message.at.mono)
            return ()
        controller = self._all.get(message.port)
        if controller is None:
            return ()
        if (asks := self.sleeping.before(controller, message)) is None:
            asks = controller.surface.feed(message.data, message.at)
        if asks:
            self.sleeping.sign(message.at.mono)
        return asks

    def describe(self, key: str, data: bytes) -> str:
        """Return what a message does in the profile's words, empty when it does not know it."""
        controller = self._all.get(key)
        edge = controller.surface.decoder.feed(data) if controller else None
        if edge is None:
            return ""
        amount = f" {edge.amount:+g}" if edge.relative else f" {edge.amount:.2f}"
        return f"{edge.control} {edge.what}{amount if edge.what == 'turn' else ''}"

    def came(self, event: PortUp) -> None:
        """Take note that a device is there and knows nothing: all of it is painted anew."""
        if controller := self._all.get(event.key):
            self.sleeping.sign(event.at.mono)
            controller.up, controller.missed, controller.frame = True, True, None
            controller.surface.decoder.prepare()
            controller.painter.forget()

    def lost(self, key: str) -> None:
        """Take note that a device may lack something it was sent: all of it is painted anew."""
        controller = self._all.get(key)
        if controller is not None and controller.up:
            controller.frame = None
            controller.painter.forget()

    def went(self, event: PortDown) -> tuple[Ask, ...]:
        """Take note that a device is gone; return the presses that were whole by then."""
        controller = self._all.get(event.key)
        if controller is None:
            return ()
        controller.up, controller.frame = False, None
        return controller.surface.forget()

    def let_go(self) -> None:
        """Nothing is held any more as far as can be known; presses that were done are still told."""
        for controller in self._all.values():
            if controller.up:
                self._left += [(controller.key, ask) for ask in controller.surface.forget()]

    def advance(self, moment: Moment) -> list[tuple[str, Ask]]:
        """Return what time alone has decided, each with its controller's key."""
        asks, self._left = self._left, []
        for controller in self._all.values():
            if controller.up:
                asks += [(controller.key, ask) for ask in controller.surface.advance(moment)]
        return asks

    def refused(self, key: str, control: str, moment: Moment) -> None:
        """Let the control blink that asked for what was refused."""
        if controller := self._all.get(key):
            controller.surface.refused(control, moment)

    def fault(self, *, on: bool) -> None:
        """Show on every controller that something is wrong with journal or configuration."""
        for controller in self._all.values():
            controller.surface.fault(on=on)

    def render(self, view: View, moment: Moment) -> list[str]:
        """Draw every present controller; return the keys of those that have something to be sent."""
        changed, asleep = [], self.sleeping.look(view, moment)
        for controller in self._all.values():
            if not controller.up:
                continue
            if controller.painter.doze(on=asleep):
                changed.append(controller.key)
            frame = controller.surface.render(view, moment, self.daws)
            controller.passing.follow()
            if self.lesson is not None:
                frame = self.lesson.frame(controller.key, frame)
            if frame is not controller.frame:
                controller.frame = frame
                controller.painter.show(frame)
                changed.append(controller.key)
            elif controller.profile.leds.resend_on_release:
                changed.append(controller.key)
        return changed

    def awaited(self) -> list[Request]:
        """Return what presses that are not decided yet will ask for if they stay presses."""
        return [ask.action for one in self._all.values() if one.up for ask in one.surface.awaited()]

    def gesture_wake(self) -> float | None:
        """Return the mono instant at which time alone decides something, None for never."""
        if self._left:
            return 0.0
        wakes = [c.surface.wake() for c in self._all.values() if c.up]
        return min((at for at in wakes if at is not None), default=None)

    def picture_wake(self, view: View, moment: Moment) -> float | None:
        """Return the mono instant at which a picture changes by itself, None for never."""
        changes = [c.surface.next_change(view, moment) for c in self._all.values() if c.up]
        return min((at for at in (*changes, self.sleeping.wake()) if at is not None), default=None)

    def status(self, states: Mapping[str, DeviceState]) -> list[Json]:
        """Return the rows of ``controllers`` in `status`: those there, and those that are missed."""
        rows: list[Json] = []
        for controller in self._all.values():
            state = states.get(controller.key, DeviceState("", "absent"))
            if state.state == "absent" and not controller.missed:
                continue
            rows.append(
                {
                    "key": controller.key,
                    "profile": controller.profile.id,
                    "name": controller.name,
                    "port": state.name,
                    "layout": controller.surface.layout,
                    "state": self.sleeping.state(controller, state.state),
                    "detail": state.reason,
                }
            )
        return rows
