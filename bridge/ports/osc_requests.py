"""What an OSC message to the service asks for: address and argument to request. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, TypeAlias

from bridge.core.actions import Action
from bridge.core.vocabulary import ACTIONS, NUMBERED

if TYPE_CHECKING:
    from collections.abc import Callable

    from bridge.messages import Osc, OscArg

ROOT = "/songbridge/"
"""What every address of ours begins with."""

LONGEST_TEXT = 1000
"""Characters of the longest text that is taken over OSC."""

_LAST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Feedback is wanted, at the sender's host and that port; None: at the sender's own port."""

    port: int | None = None


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """No more feedback is wanted; ``port`` as it was subscribed, None: whatever the sender has."""

    port: int | None = None


@dataclass(frozen=True, slots=True)
class Refresh:
    """All feedback is wanted once more."""


@dataclass(frozen=True, slots=True)
class Ping:
    """Somebody asks whether the service is there."""


@dataclass(frozen=True, slots=True)
class BadRequest:
    """A message that asks for nothing we know; ``reason`` is one sentence for its sender."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unreadable(BadRequest):
    """A message to one of our addresses that is no OSC; it may be garbage, and is answered sparingly."""


Request: TypeAlias = Action | Subscribe | Unsubscribe | Refresh | Ping
"""What the service is asked for."""

Reading: TypeAlias = "Request | BadRequest | None"
"""A request, a mistake, or None for the release of a button, which asks for nothing."""

_PLAIN: dict[str, Request] = {"refresh": Refresh(), "ping": Ping()}
_PORTED: dict[str, Callable[[int | None], Request]] = {
    "subscribe": Subscribe,
    "unsubscribe": Unsubscribe,
}

ADDRESSES = tuple(ROOT + name for name in (*ACTIONS, *_PORTED, *_PLAIN))
"""Every address that is served, for patterns to be matched against."""

_OUTGOING = frozenset(
    (
        "ok",
        "error",
        "pong",
        "task",
        "timer",
        "song",
        "queue",
        "goal",
        "nudge",
        "event",
        "light",
        "cue",
        "ears",
        "feed",
        "off",
        "prep",
        "resting",
        "rut",
        "songs",
    )
)
"""What only we send: when it comes in, we talk to ourselves, and an answer would never end."""


def is_echo(message: Osc) -> bool:
    """Tell whether `message` is one that only a Songbridge sends; it is never answered."""
    name = message.address[len(ROOT) :]
    if name.partition("/")[0] not in _OUTGOING:
        return False
    return name not in ACTIONS or len(message.args) > 1


def request(message: Osc) -> Reading:
    """Return what `message`, whose address begins with `ROOT` and is no pattern, asks for.

    The number 1 (or True) on an address that takes no number of its own is a button pressed, 0 (or
    False) the same button released. Whether an action makes sense now is not decided here.
    """
    name = message.address[len(ROOT) :]
    if len(message.args) > 1:
        return BadRequest(
            f"{len(message.args)} arguments; {name or 'an address'} takes at most one"
        )
    arg = message.args[0] if message.args else None
    if spec := ACTIONS.get(name):
        return _action(name, arg, numbered=spec.argument in NUMBERED, plain=spec.argument == "none")
    if plain := _PLAIN.get(name):
        return _pressed(name, plain, arg)
    if make := _PORTED.get(name):
        return _ported(name, make, arg)
    return BadRequest(_unknown(name))


def _action(name: str, arg: OscArg, *, numbered: bool, plain: bool) -> Reading:
    match arg:
        case str():
            return _worded(name, arg, plain=plain)
        case bytes():
            return BadRequest(f"{name} takes no blob, MIDI message, colour or time as its argument")
        case bool() | None:
            return _pressed(name, Action(name), arg)
        case _:
            return _counted(name, arg) if numbered else _pressed(name, Action(name), arg)


def _worded(name: str, text: str, *, plain: bool) -> Reading:
    if plain and text:
        return BadRequest(f"{name} takes no text; 1 presses it")
    if len(text) > LONGEST_TEXT:
        return BadRequest(f"a text of {len(text)} characters; {name} takes at most {LONGEST_TEXT}")
    return Action(name, text or None)


def _counted(name: str, number: float) -> Reading:
    if not isfinite(number):
        return BadRequest(f"{name} can't be done with a number that is not finite")
    return Action(name, int(number) if number == int(number) else number)


def _pressed(name: str, wanted: Request, arg: OscArg) -> Reading:
    """Read the argument of an address that takes no number of its own."""
    if arg is None or arg == 1:
        return wanted
    if arg == 0:
        return None
    return BadRequest(f"{name} takes 1 (pressed), 0 (released) or nothing, not {_shown(arg)}")


def _ported(name: str, make: Callable[[int | None], Request], arg: OscArg) -> Reading:
    """Read a port. No feedback ever goes to port 1, so that 1 and 0 are a button here, too."""
    if isinstance(arg, int | float) and 1 < arg <= _LAST_PORT and arg == int(arg):
        return make(int(arg))
    if arg in (None, 0, 1):
        return _pressed(name, make(None), arg)
    return BadRequest(f"{name} takes a port from 2 to {_LAST_PORT} or nothing, not {_shown(arg)}")


@lru_cache(maxsize=256)
def _unknown(name: str) -> str:
    """Return the reason. Looking for what was meant is slow, and a fader sends it for ever."""
    close = get_close_matches(name[:40], [*ACTIONS, *_PORTED, *_PLAIN], n=1)
    hint = f"did you mean {ROOT}{close[0]}?" if close else f"{ROOT}ACTION is: {', '.join(ACTIONS)}"
    return f"there is no such address; {hint}"


def _shown(arg: OscArg) -> str:
    return ascii(arg)[:40]
