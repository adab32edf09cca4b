"""How a look becomes less than it is: the rules for lights that can't show all of it.

| wanted          | rgb           | palette           | enum          | mono-blink | mono       |
| a colour        | exact         | nearest of 128    | nearest name  | on         | on         |
| solid, dim      | dimmer        | a lower behaviour | on            | dark       | dark       |
| pulse (running) | pulses        | pulses            | on            | on         | on         |
| blink (overtime)| blinks        | blinks            | blinks        | blinks     | host blinks|
| off, done       | dark          | dark              | dark          | dark       | dark       |

So running, overtime and done differ on every device that has a light at all.
"""

from __future__ import annotations

from bridge.messages import DARK, Effect, Look
from bridge.surface.colour import BLACK, clamped, parsed
from bridge.surface.profile import Control

LIT = 0.6
"""A lamp with one brightness is on from this level. What is merely ready (a button at half level)
stays dark, so that what is under way stands out beside it."""


READABLE = Look("#FFFFFF")
"""How a scribble strip is lit that the picture doesn't name: dark, nobody could read its text."""


def unnamed(control: Control) -> Look:
    """Return how a light looks that the picture doesn't name."""
    return READABLE if control.light.kind == "strip" else DARK


def is_dark(look: Look) -> bool:
    """Tell whether this look shows nothing at all."""
    return look.effect is Effect.OFF or clamped(look.level) == 0.0 or parsed(look.colour) == BLACK


def is_on(look: Look) -> bool:
    """Tell whether a lamp that is only on or off is on: what moves is always on."""
    if is_dark(look):
        return False
    return look.effect is not Effect.SOLID or look.level >= LIT
