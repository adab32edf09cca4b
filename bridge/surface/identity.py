"""Which device answers: what identity replies say about the profiles there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bridge.surface import sysex
from bridge.surface.profile import Profile

REQUEST = bytes.fromhex("F0 7E 7F 06 01 F7")
"""The universal identity request, to all devices (MIDI 1.0, non-real-time universal SysEx)."""

Whose: TypeAlias = Literal["own", "another", "nobody"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whose a reply is, seen from one profile; ``name`` is the other device's."""

    whose: Whose
    name: str = ""


class Identities:
    """The identity replies of all profiles, those included that no port fits."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self._known = [
            (profile.id, profile.name, sysex.patterns(profile.identity))
            for profile in profiles
            if profile.identity
        ]

    def judge(self, profile: str, reply: bytes) -> Judgement:
        """Say whose `reply` is. Where two profiles write the same one, it is each one's own."""
        names = {key: name for key, name, known in self._known if known.match(reply)}
        if profile in names:
            return Judgement("own", names[profile])
        if names:
            return Judgement("another", next(iter(names.values())))
        return Judgement("nobody")
