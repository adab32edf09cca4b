"""What the DAWs' transport means here: a take, somebody who is there, a start.

Pure: what each DAW tells comes in, requests go out; the session has them decided. What runs is
compared with what the studio holds, so a request that could not be written is made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from bridge.core.actions import Action, Presence, Request, Take
from bridge.core.model import Studio, TimerState
from bridge.daw.transport import UNKNOWN, Transport
from bridge.files.config_listening import ListeningConfig

DAW, CLOCK = "daw", "clock"
"""Sources of a request: a hand at a DAW, or nobody (a link was found or lost)."""

ROLLS = 3600.0
"""Seconds for which playback counts as somebody listening, since a hand last touched a transport: one
that was left looping when its people went to bed must not work through the queue all night."""

OURS = 3.0
"""Seconds after a cue that stops the transport in which a stop is our own doing, no hand's."""

GLITCH = 0.5
"""Seconds: a transport that stops for less has only been moved elsewhere, and nobody pressed play."""

Hint: TypeAlias = tuple[Request, str]
"""What to ask for, and as which source."""

_DEFAULT = ListeningConfig()
_REQUESTS: Mapping[TimerState, Action] = {
    TimerState.IDLE: Action("start"),
    TimerState.PAUSED: Action("resume"),
    TimerState.AWAY: Action("resume"),
    TimerState.BREAK: Action("resume"),
}
"""What play means in a state of the timer; in others it means nothing."""


class Listening:
    """What all DAWs told last. Instants are ``mono`` seconds; the consumer thread owns it."""

    def __init__(self, config: ListeningConfig = _DEFAULT) -> None:
        self.config = config
        self._last: Mapping[str, Transport] = {}
        self._rolling = False
        self._touched = self._stopped = self._stopping = float("-inf")

    def stopping(self, mono: float) -> None:
        """Take note that DAWs are told to stop: that they do is no sign of anybody."""
        self._stopping = mono

    def rolls(self, mono: float) -> bool:
        """Tell whether a DAW plays or records, and somebody may be listening."""
        return self._rolling and mono - self._touched < ROLLS

    def hear(self, now: Mapping[str, Transport], studio: Studio, mono: float) -> tuple[Hint, ...]:
        """Return what the transports of all DAWs, as they are now, ask for."""
        before, self._last = self._last, now
        recording = self.config.takes and any(one.recording for one in now.values())
        if now == before and recording is (studio.take is not None):
            return ()
        hand = self._by_hand(before, now, mono)
        hints: list[Hint] = [(Presence(), DAW)] if hand else []
        if recording is not (studio.take is not None):
            hints.append((Take(recording), DAW if hand else CLOCK))
        started = self._follow(now, mono, hand=hand)
        ask = _REQUESTS.get(studio.timer.state)
        if started and ask is not None and self.config.plays_start:
            hints.append((ask, DAW))
        return tuple(hints)

    def _by_hand(
        self, before: Mapping[str, Transport], now: Mapping[str, Transport], mono: float
    ) -> bool:
        """Tell whether somebody worked a transport, and did not merely come, go or obey us."""
        ours = mono - self._stopping < OURS
        return any(_worked(before.get(key, UNKNOWN), one, ours=ours) for key, one in now.items())

    def _follow(self, now: Mapping[str, Transport], mono: float, *, hand: bool) -> bool:
        """Take note of what plays now; tell whether a hand has set the first of them in motion."""
        was, self._rolling = (
            self._rolling,
            any(one.playing or one.recording for one in now.values()),
        )
        if hand or (self._rolling and not was):
            self._touched = mono
        if was and not self._rolling:
            self._stopped = mono
        return hand and self._rolling and not was and mono - self._stopped >= GLITCH


def _worked(before: Transport, now: Transport, *, ours: bool) -> bool:
    """Tell whether a DAW that was known to do one thing does another; a stop may be ``ours``."""
    stops = ours and now.playing is False
    played = _changed(before.playing, now.playing) and not stops
    return played or (_changed(before.recording, now.recording) and not stops)


def _changed(before: bool | None, now: bool | None) -> bool:
    return before is not None and now is not None and before is not now
