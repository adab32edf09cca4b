"""Durations as people write and read them, and as seconds in between."""

from __future__ import annotations

import math
import re

from bridge.errors import Invalid

LONGEST = 24 * 3600.0
"""The longest duration that is taken: a day."""

_ALLOWED = "allowed are 90s, 5m, 1h30m, 2:30 or a number of seconds, up to {}"
"""The half of the sentence that tells what to write instead."""

_TEXT = 32
"""No duration is written with more characters: what is longer is refused before it is looked at."""

_EXACT = 1e-6
"""Seconds below which a difference is the rounding of floats, and not time."""

_MINUTE = 60

_SHORT = 120
"""Below two minutes, what is no whole minute is told in seconds: ``90s`` rather than ``1m30s``."""

_NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
_PLAIN = re.compile(_NUMBER)
_COLONS = re.compile(r"(?:([0-9]+):(?=[0-5][0-9]:))?([0-9]+):([0-5][0-9])")
_UNITS = re.compile(rf"(?:{_NUMBER} *h)? *(?:{_NUMBER} *m(?:in)?)? *(?:{_NUMBER} *s(?:ec)?)?")
_SIGN = re.compile(r"([+-]?) *")
_IN_TITLE = re.compile(r"(.*)\(([^()]*)\) *", re.DOTALL)


def parse(value: str | float, *, longest: float = LONGEST) -> float:
    """Return the seconds that `value` means.

    Read are ``90s``, ``5m``, ``1h30m``, ``1.5h``, ``2:30``, ``1:02:03`` and numbers of seconds,
    each also with a leading ``-``. Raises `Invalid` for anything else, and beyond ± `longest`.
    """
    seconds = _seconds(value)
    if seconds is None:
        raise Invalid(f"{_shown(value)} is not a duration; {_ALLOWED.format(words(longest))}")
    if not abs(seconds) <= longest:
        most = words(longest)
        raise Invalid(f"{_shown(value)} is longer than {most}; {_ALLOWED.format(most)}")
    return float(seconds)


def minutes_meant(seconds: float) -> str:
    """Return a question to end a sentence with, where seconds were told and minutes are likely."""
    plausible = 1 <= seconds < _MINUTE and seconds == int(seconds)
    return f"; did you mean {int(seconds)}m?" if plausible else ""


def whole(seconds: float) -> int:
    """Return the whole seconds that a countdown shows.

    What remains is rounded up (a box of 25 minutes begins with 25:00, and 0 is shown at zero only);
    overtime is rounded towards zero (-5 from 5.0 to 5.99 seconds over).
    """
    return math.ceil(seconds - _EXACT) if seconds > 0 else -math.floor(_EXACT - seconds)


def clock(seconds: float) -> str:
    """Return a countdown as shown, rounded as `whole` does: ``12:34``, ``-0:05``, ``1:02:03``."""
    shown = whole(seconds)
    minutes, rest = divmod(abs(shown), 60)
    hours, short = divmod(minutes, 60)
    face = f"{hours}:{short:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return f"-{face}" if shown < 0 else face


def words(seconds: float) -> str:
    """Return a duration in its usual short form, ``25m``, ``1h30m``, ``90s``, to the microsecond.

    `parse` reads every such text back to the same seconds (rounded to 6 places).
    """
    size = round(abs(seconds), 6)
    sign = "-" if seconds < 0 < size else ""
    if size != int(size):
        return f"{sign}{size:.6f}".rstrip("0") + "s"
    whole_size = int(size)
    if whole_size < _SHORT and whole_size % 60:
        return f"{sign}{whole_size}s"
    minutes, rest = divmod(whole_size, 60)
    hours, short = divmod(minutes, 60)
    parts = ((hours, "h"), (short, "m"), (rest, "s"))
    return sign + ("".join(f"{n}{unit}" for n, unit in parts if n) or "0s")


def budget_in_title(title: str) -> tuple[str, float | None]:
    """Split ``Write chords (20m)`` into the title and 1200.0; None where there is no budget.

    Only a duration in round brackets at the very end counts, and only one with a unit or a colon
    (``Take (2)`` is a title), above zero. Raises `Invalid` for one of more than 24 hours.
    """
    found = _IN_TITLE.fullmatch(title)
    if found is None or found[2].strip().replace(".", "").isdecimal():
        return title, None
    seconds = _seconds(found[2])
    if seconds is None or seconds <= 0:
        return title, None
    return found[1].rstrip(), parse(found[2])


def _seconds(value: str | float) -> float | None:
    """Return the seconds, of any size; None for what is no duration."""
    if isinstance(value, str):
        return _signed(value.strip().lower()) if len(value) <= _TEXT else None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - not-a-number is the one value that differs from itself, and an int may be too big for isnan
        return None
    return value


def _signed(text: str) -> float | None:
    sign = _SIGN.match(text)
    start = sign.end() if sign else 0
    size = _unsigned(text[start:])
    return -size if size is not None and text.startswith("-") else size


def _unsigned(text: str) -> float | None:
    if found := _PLAIN.fullmatch(text):
        return float(found[1])
    found = _COLONS.fullmatch(text) or _UNITS.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def _shown(value: object) -> str:
    """Return `value` for an error: quoted, short, without control characters."""
    if isinstance(value, int) and not -(10**_TEXT) < value < 10**_TEXT:
        return "a number of that size"
    text = str(value)
    text = text if len(text) <= _TEXT else f"{text[: _TEXT - 1]}…"
    if not text.isprintable():
        text = ascii(text)[1:-1]
    return f'"{text}"' if isinstance(value, str) else text
