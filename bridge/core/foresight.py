"""What the likely actions mean, worked out while nothing else is to do.

A hand that comes then waits for the journal alone: facts and cues lie ready, and the state follows
when the cues have left. Nothing is guessed: an action is kept only if it means the same facts now
and later, and only for as long as the studio and the settings are the very ones it was worked out
on (ADR 0009).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from bridge.core.actions import Action, Request
from bridge.core.engine import Decision, Engine
from bridge.core.events import Entry, Fact
from bridge.core.model import Studio
from bridge.core.persons import here
from bridge.core.react import beforehand
from bridge.core.settings import Settings
from bridge.errors import Invalid, Refused
from bridge.messages import Cue
from bridge.moment import Moment

_LATER = 1.0  # seconds: what means something else by then depends on the instant
_Key: TypeAlias = "tuple[str, type, object]"  # 1, 1.0 and True are equal and mean different things

LIKELY = (
    Action("toggle"), Action("complete"), Action("skip"), Action("later"),
    Action("mark"), Action("extend", "5m"), Action("extend"),
)  # fmt: skip
"""What hands do most, on pads and over OSC. `undo` is left out: it looks at every task."""


@dataclass(frozen=True, slots=True)
class _Foreseen:
    facts: tuple[Fact, ...]
    cues: tuple[Cue, ...] | None


class Foresight:
    """The meanings that are known on the engine's present studio."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._studio: Studio | None = None
        self._settings: Settings | None = None
        self._seq = -1
        self._known: dict[_Key, _Foreseen] = {}
        self._tried: set[_Key] = set()
        self._left: list[Action] = []

    def ponder(self, moment: Moment, awaited: Iterable[Request] = ()) -> bool:
        """Work out one action more; tell whether there are others left. Some 0.1 ms.

        What is ``awaited`` comes first: a hand lies on it already.
        """
        engine = self._engine
        if self._stale():
            self._studio, self._settings = engine.studio, engine.settings
            self._seq = engine.seq
            self._known.clear()
            self._tried.clear()
            self._left = list(LIKELY)
        for request in awaited:
            if isinstance(request, Action) and _key(request) not in self._tried:
                self._left.insert(0, request)
        if self._left:
            self._work_out(self._left.pop(0), moment)
        return bool(self._left)

    def recall(self, request: Request, moment: Moment, source: str) -> Decision | None:
        """Return what `request` means at `moment`, None when it has not been worked out.

        The caller has let the engine tell everything that was due before.
        """
        engine = self._engine
        if not isinstance(request, Action) or self._stale():
            return None
        known = self._known.get(_key(request))
        if known is None:
            return None
        at, action, seq = moment.wall, request.name, engine.seq
        person = here(engine.studio, engine.settings)
        entries = tuple(
            Entry(seq + step + 1, at, action, step, source, person, fact)
            for step, fact in enumerate(known.facts)
        )
        return Decision(entries, None, known.cues)

    def _stale(self) -> bool:
        engine = self._engine
        same = self._studio is engine.studio and self._seq == engine.seq
        return not same or self._settings is not engine.settings

    def _work_out(self, action: Action, moment: Moment) -> None:
        if _key(action) in self._tried:
            return
        self._tried.add(_key(action))
        try:
            now = self._engine.propose(action, moment, "pad")
            later = self._engine.propose(action, moment.later(_LATER), "osc")
        except (Refused, Invalid):
            return
        facts = tuple(entry.fact for entry in now.entries)
        if facts and facts == tuple(entry.fact for entry in later.entries):
            after = self._engine.after(now)
            self._known[_key(action)] = _Foreseen(facts, self._cues(now, after))

    def _cues(self, decision: Decision, after: Studio) -> tuple[Cue, ...] | None:
        """Return all cues, None where a rule's words hang on the instant (``{spent}``)."""
        cues: list[Cue] = []
        for entry in decision.entries:
            told = beforehand(entry, after, self._engine.book)
            if told is None:
                return None
            cues += told
        return tuple(cues)


def _key(action: Action) -> _Key:
    return action.name, type(action.argument), action.argument
