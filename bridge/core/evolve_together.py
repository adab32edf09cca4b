"""How the facts between people change the studio."""

from __future__ import annotations

from typing import assert_never

from bridge.core.clockwork import stretch
from bridge.core.events_together import HandedOver, HandOverDone, PersonSat, TogetherFact
from bridge.core.hand_over import KEPT, HandOver
from bridge.core.model import Studio, Task, Turn
from bridge.core.replacing import replace

_TURNS = 200  # of one sitting: beyond this somebody plays with the pad
_PERSONS = 200  # that are remembered


def evolve_together(studio: Studio, fact: TogetherFact, at: float, person: str) -> Studio:
    """Return the studio after a fact between people; `person` is its entry's."""
    match fact:
        case PersonSat():
            return _sat(studio, fact, at)
        case HandedOver(task=task_id, text=text, to=to):
            return studio.with_task(_handed(studio.the(task_id), HandOver(text, person, to, at)))
        case HandOverDone(task=task_id):
            return studio.with_task(_read(studio.the(task_id)))
        case _:
            assert_never(fact)


def _sat(studio: Studio, fact: PersonSat, at: float) -> Studio:
    """Return the studio with somebody else at it.

    The countdown is not touched, so that undo leaves it alone, too: the sitting notes how much was
    worked when the turn began.
    """
    known = studio.persons
    if fact.person and fact.person not in known:
        known = (*known, fact.person)[-_PERSONS:]
    guest = "" if fact.configured else fact.person
    sitting = studio.sitting
    if sitting is not None:
        turn = Turn(fact.person, sitting.worked + stretch(studio.timer, at))
        sitting = replace(sitting, turns=(*sitting.turns, turn)[-_TURNS:])
    return replace(studio, guest=guest, persons=known, sitting=sitting)


def _handed(task: Task, note: HandOver) -> Task:
    person = note.to or task.person
    return replace(task, hand_over=(note, *task.hand_over)[:KEPT], person=person)


def _read(task: Task) -> Task:
    notes = tuple(replace(note, done=True) for note in task.hand_over)
    return replace(task, hand_over=notes)
