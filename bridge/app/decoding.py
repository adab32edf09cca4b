"""What controllers say and are told, in the words of their profiles, for `monitor` and `rehearse`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bridge.app.controllers import Controllers
from bridge.core.actions import Action
from bridge.core.status import Json
from bridge.ports.midi_events import PortUp
from bridge.ports.midi_words import words
from bridge.surface.describing import Describer, grouped, pictured
from bridge.surface.surface import Ask

_UNUSED = " (the layout does not use it)"


@dataclass(frozen=True, slots=True)
class Said:
    """One message in words, and the same for programs."""

    text: str
    more: dict[str, Json] = field(default_factory=dict)


def asked(ask: Ask) -> str:
    """Return what a hand asks for, as one would type it: ``start 3``; empty for mere presence.

    What stays on the controller is told as its layout has it: ``layout next``.
    """
    action = ask.action
    if not isinstance(action, Action):
        return ask.stays
    return action.name if action.argument is None else f"{action.name} {action.argument}"


def _asked_by(ask: Ask, control: str) -> str:
    """Return what `ask` is for while `control` was moved; one that had waited says whose it is."""
    text = asked(ask)
    ours = control in (ask.control, *ask.control.split("+"))
    return text if ours or not text else f"{ask.control}: {text}"


class Decoding:
    """Words for the controllers that there are at the time; ``present`` returns them.

    Threads: `heard` on the consumer's, `sent` on the output thread of that controller.
    """

    def __init__(self, present: Callable[[], Controllers]) -> None:
        self._present = present
        self._describers: dict[str, Describer] = {}
        self._known: dict[str, dict[str, tuple[str, ...]]] = {}

    def begin(self) -> None:
        """Take what lights show now for known: somebody begins to listen. Any thread."""
        self._known = {}
        for controller in self._present().all:
            self.painted_anew(controller.key)

    def painted_anew(self, key: str) -> None:
        """Take what the lights of a controller show now for known: they are told it again.

        That may be said in other words than when it was told: one lamp has few looks for many.
        """
        present = self._present()
        if key not in present or present.sleeping.asleep:
            return
        controller, known = present[key], self._known.get(key, {})
        if controller.up and controller.frame is not None:
            now = pictured(controller.profile, controller.frame)
            self._known[key] = {name: (*known.get(name, ()), now[name]) for name in now}

    def heard(self, key: str, data: bytes, asks: Sequence[Ask]) -> Said:
        """Return what a control did, and what it asked for."""
        controllers = self._present()
        told = controllers.describe(key, data)
        if not told:
            return Said(words(data))
        control, did = told.split(" ", 1)
        wanted = [text for ask in asks if (text := _asked_by(ask, control))]
        more: dict[str, Json] = {"control": control, "did": did}
        if wanted:
            return Said(f"{told} → {', '.join(wanted)}", {**more, "asks": ", ".join(wanted)})
        idle = did != "up" and not any(ask.refused for ask in asks)
        unused = idle and control not in controllers[key].surface.bound
        return Said(told + _UNUSED * unused, more)

    def decided(self, ask: Ask) -> Said:
        """Return what time alone made of a press: a hold, or a press that was no double."""
        more: dict[str, Json] = {"control": ask.control, "asks": asked(ask)}
        return Said(f"{ask.control} → {asked(ask)}", more)

    def entered(self, event: PortUp) -> tuple[bytes, ...]:
        """Return what that device was sent to enter its session; nothing where it has no output.

        It has forgotten what it showed: all of that is told again.
        """
        self._known.pop(event.key, None)
        try:
            return self._present()[event.key].wanted.enter if event.output else ()
        except KeyError:
            return ()

    def sent(self, key: str, messages: Sequence[bytes]) -> Said:
        """Return what a controller was told to show by messages that belong together.

        The text has what is new. ``lights`` has all, ``same`` the names of those that were shown so
        already: painted anew, refreshed, or told to be dark as a herald (`surface.echo`).
        """
        describer = self._describer(key)
        if describer is None:
            return Said(", ".join(map(words, messages)))
        lights, parts = dict[str, str](), dict[str, None]()
        for data in messages:
            shown = describer.shown(data)
            lights.update(shown)
            parts["" if shown else describer.words(data) or words(data)] = None
        lights = describer.in_order(lights)
        known = self._known.setdefault(key, {})
        same = [name for name, look in lights.items() if look in known.get(name, ())]
        known.update((name, (look,)) for name, look in lights.items())
        news = grouped({name: look for name, look in lights.items() if name not in same})
        text = ", ".join(part for part in (one or news for one in parts) if part)
        more: dict[str, Json] = {"lights": dict[str, Json](lights)} if lights else {}
        if same:
            more["same"] = list[Json](same)
        return Said(text, more)

    def _describer(self, key: str) -> Describer | None:
        try:
            controller = self._present()[key]
        except KeyError:
            return None
        known = self._describers.get(key)
        if known is None or known.profile is not controller.profile:
            known = self._describers[key] = Describer(controller.profile)
        if controller.frame is not None:
            known.learn(controller.frame)
        return known
