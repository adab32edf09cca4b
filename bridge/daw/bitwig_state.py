"""What is known of one Bitwig at the moment: whether it is there, what it told, what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.daw.bitwig_mirror import FRAME, Mirror
from bridge.daw.bitwig_waiting import LATER, LOOK, NEVER, PATIENCE, REFRESH
from bridge.daw.bitwig_words import About, lost, sentence

if TYPE_CHECKING:
    from bridge.daw.target import DawSettings, LinkState
    from bridge.messages import Osc


class State:
    """``there``: it was heard, and not missed since. ``deaf``: it can't be heard at all.

    ``heard`` and ``asked`` are when it was last (``mono`` seconds). ``pulse`` is when it is missed:
    while it plays it tells its position all the time (TransportModule.java), while it stands nothing.
    """

    def __init__(self, settings: DawSettings) -> None:
        self._settings = settings
        self.mirror = Mirror()
        self.there = self.deaf = not settings.listen_port
        self.heard = self.asked = self._first = self._began = self._met = NEVER
        self.pulse = LATER
        self._owed = False
        self._faults: dict[About, str] = {}
        self.dropped, self._lost = 0, ""

    def hear(self, message: Osc, now: float) -> bool:
        """Take feedback; return whether an update has ended with it."""
        if not self.there:
            self._met = now
        self.heard, self.there, self.pulse = now, True, LATER
        ended = self.mirror.hear(message)
        if message.address == FRAME and not ended:
            self._began = now
        if ended and self.mirror.transport.playing and not self.mirror.dump:
            self.pulse = now + LOOK
        return ended

    def is_fresh(self) -> bool:
        """Tell, at the end of an update, whether it comes from a Bitwig that was started anew.

        Everything is told when asked, which begins within `PATIENCE` and happens once, and by itself
        at a start, twice with a second in between (OSCControllerSetup.java).
        """
        if not self.mirror.dump:
            return False
        owed, self._owed = self._owed, False
        answer = owed and self.asked <= self._began <= self.asked + PATIENCE
        if answer or self._began <= self._met + PATIENCE:
            return False
        self._met = self._began
        return True

    def ask(self, now: float) -> list[Osc]:
        """Ask for everything, unless that was done lately."""
        if self.deaf or now < self.asked + LOOK:
            return []
        self._first = now if self._first == NEVER else self._first
        self.asked, self._owed = now, True
        return [REFRESH]

    def meet(self, now: float) -> list[Osc]:
        """Ask for everything where names are not known."""
        return [] if self.mirror.complete else self.ask(now)

    def answered_or_gone(self, since: float, now: float) -> list[Osc]:
        """Ask for a sign of life; where one was asked for since then, Bitwig has gone."""
        if self.asked < since:
            return self.ask(now)
        self.there, self.mirror, self.pulse = False, Mirror(), LATER
        return []

    def feel(self, now: float) -> list[Osc]:
        """Miss what plays and has told nothing for a while."""
        if now < self.pulse:
            return []
        self.pulse = now + LOOK
        return self.answered_or_gone(self.heard, now)

    # --- what is told of it -----------------------------------------------------------------------

    def drop(self, name: str) -> None:
        """Count a cue that was given up."""
        self.dropped += 1
        self._lost = name

    def fault(self, about: About, name: str) -> None:
        """Note what went wrong, in place of what went wrong before with such a cue."""
        self._faults.pop(about, None)
        self._faults[about] = name

    def well(self, *abouts: About) -> None:
        """Take note that such cues arrive."""
        for about in abouts:
            self._faults.pop(about, None)

    def state(self, now: float) -> LinkState:
        """Return how the link stands, as a word."""
        if self.deaf:
            return "unknown"
        if self.there:
            return "trouble" if self._faults else "ready"
        looked = self.heard > NEVER or now >= self._first + PATIENCE > NEVER
        return "silent" if looked else "unknown"

    def losses(self) -> str:
        """Return what was given up as the end of a sentence, empty: nothing."""
        return lost(self.dropped, self._lost)

    def sentence(self, now: float) -> str:
        """Return how the link stands, with what to do about it."""
        fault = next(reversed(self._faults.items()), None)
        return sentence(self._settings, self.state(now), fault, self.mirror.shown) + self.losses()
