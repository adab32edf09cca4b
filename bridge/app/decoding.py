"""What controllers say and are told, in the words of their profiles, for `monitor` and `rehearse`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bridge.app.controllers import Controllers
from bridge.core.actions import Action
from bridge.core.status import Json
from bridge.ports.midi_events import PortUp
from bridge.ports.midi_words import words
from bridge.surface.describing import Describer, grouped
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
        """Return what that device was sent to enter its session; nothing where it has no output."""
        try:
            return self._present()[event.key].wanted.enter if event.output else ()
        except KeyError:
            return ()

    def sent(self, key: str, data: bytes) -> Said:
        """Return what a controller was told to show."""
        describer = self._describer(key)
        if describer is None:
            return Said(words(data))
        lights = describer.shown(data)
        if not lights:
            return Said(describer.words(data) or words(data))
        return Said(grouped(lights), {"lights": dict[str, Json](lights)})

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
