"""Which MIDI port belongs to which profile, in spite of what each system adds to a port's name.

Linux (ALSA) adds the client's number, anew at each plug (``… 32:1``), JACK's bridges add the
direction; Windows adds the port's index and leaves the rest; macOS adds nothing. A number that is
part of the name itself (``… MIDI 2``) stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from bridge.errors import Invalid
from bridge.surface.profile import PortPatterns, Profile

Platform: TypeAlias = Literal["linux", "macos", "windows"]
Direction: TypeAlias = Literal["in", "out"]

_PLATFORMS: dict[str, Platform] = {"darwin": "macos", "win32": "windows", "cygwin": "windows"}

# RtMidi's ALSA names end in " CLIENT:PORT".
_ALSA_NUMBER = re.compile(r"\s+\d+:\d+$")
# alsa_midi (jackd -X seq) and PipeWire end a name in its direction: "… (in)", "… (capture)".
_BRIDGE_DIRECTION = re.compile(r"\s+\((?:in|out|capture|playback)\)$")
# PipeWire numbers a second device of the same name: "Midi-Bridge:…-1".
_PIPEWIRE_NUMBER = re.compile(r"^(Midi-Bridge:.*)-\d+$")
# RtMidi's WinMM names end in the port's index.
_WINDOWS_INDEX = re.compile(r"\s+\d+$")
# RtMidi's ALSA names: client, port, the client's number and the port's.
_ALSA_CLIENT = re.compile(r"^([^:]*):.*\s(\d+):\d+$")
# a2jmidid and PipeWire put the direction between client and port, jackd2 a number behind it.
_WAY = re.compile(r"\s*\((?:in|out|capture|playback)(?:_\d+)?\)")
# WinMM names the second port of a device MIDIIN2 (device), and the third MIDIIN3 (device).
_WINDOWS_OTHER = re.compile(r"^MIDI(?:IN|OUT)\d+ \((.*)\)$")
# Words by which makers tell the ports of one device apart, at the end of a name.
_ROLES = re.compile(
    r"(?:\s+(?:(?:MIDI|Port|Jack)\s+\d+|DAW?|MIDI|DIN|Contr(?:ol|o)?|Notes|Live|User|Port|INT|EXT|In|Out))+$"
)
# JACK clients that stand for all hardware there is.
_BRIDGES = ("alsa_midi", "system")
# ALSA's loop, plain or through one of JACK's bridges: nothing is plugged in there.
_LOOP = re.compile(r"^(?:(?:alsa_midi|a2j|Midi-Bridge):)?\s*midi through\b", re.IGNORECASE)
_FOR_DAW = re.compile(r"\b(?:DAW?|Live)\b")


def platform(name: str) -> Platform:
    """Return the platform that `name`, a ``sys.platform``, means; what is unknown is like Linux."""
    return _PLATFORMS.get(name, "linux")


def normalised(name: str, on: Platform) -> str:
    """Return a port's name without what changes from one plug to the next."""
    return _NORMALISE[on](name)


def matches(profile: Profile, name: str, on: Platform, direction: Direction) -> bool:
    """Tell whether a port, by the name the system gives it, is the one that `profile` means.

    A profile without a pattern (generic pads) matches nothing: its port must be named by the user.
    """
    return found(pattern_of(profile.ports, on, direction), name, on)


def found(pattern: str, name: str, on: Platform) -> bool:
    """Tell whether `pattern` is found in the normalised name, case-sensitively; an empty one never.

    Also for the ``port`` of a ``[[controller]]``. Raises `Invalid` when the pattern can't be used.
    """
    return bool(pattern) and compiled(pattern).search(normalised(name, on)) is not None


@dataclass(frozen=True, slots=True)
class Finder:
    """Tells by name which ports are meant: those in whose normalised name all `patterns` are found."""

    patterns: tuple[str, ...]
    on: Platform

    def __call__(self, name: str) -> bool:
        """Tell whether that port is one."""
        return all(found(pattern, name, self.on) for pattern in self.patterns)


def device_of(name: str, on: Platform) -> str:
    """Return what the names of all ports of one device have in common, empty where nothing tells."""
    if on == "windows":
        name = normalised(name, on)
        other = _WINDOWS_OTHER.match(name)
        return other[1] if other else name
    if on == "macos":
        return _ROLES.sub("", name)
    if client := _ALSA_CLIENT.match(name):
        return f"{client[1]}:{client[2]}"
    before_port = ":".join(_WAY.sub("", name).split(":")[:-1])
    return "" if before_port in _BRIDGES else before_port


def is_for_daw(name: str) -> bool:
    """Tell whether a port's name says that it is there for a DAW."""
    return _FOR_DAW.search(_ALSA_NUMBER.sub("", name)) is not None


def is_loop(name: str) -> bool:
    """Tell whether a port is the system's own loop, which no device stands behind."""
    return _LOOP.match(name) is not None


def pattern_of(ports: PortPatterns, on: Platform, direction: Direction) -> str:
    """Return the pattern for one direction; where the output has none of its own, the input's."""
    both = {
        "linux": (ports.linux, ports.linux_out),
        "macos": (ports.macos, ports.macos_out),
        "windows": (ports.windows, ports.windows_out),
    }
    into, out = both[on]
    return out or into if direction == "out" else into


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern out of a profile or the user's configuration. Raises `Invalid`."""
    try:
        return re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise Invalid(f"{pattern!r} is no regular expression: {error}") from None


def _linux(name: str) -> str:
    name = _BRIDGE_DIRECTION.sub("", _ALSA_NUMBER.sub("", name))
    return _PIPEWIRE_NUMBER.sub(r"\1", name)


_NORMALISE: dict[Platform, Callable[[str], str]] = {
    "linux": _linux,
    "macos": str,
    "windows": lambda name: _WINDOWS_INDEX.sub("", name),
}
