"""What a fact of the method is about, in a few words, for headlines."""

from __future__ import annotations

from bridge.core.events_method import (
    EarRestDue,
    FeedAdded,
    FeedDone,
    FeedDropped,
    QueueOrdered,
    RutChosen,
    RutHelped,
    RutOffered,
    RutSensed,
    TasksBroughtBack,
)  # fmt: skip
from bridge.core.events_together import HandedOver, PersonSat
from bridge.core.model import Studio

_DEEDS: dict[str, str] = {
    "import": "bringing a song in", "edit-song": "changing a song", "rewrite-song": "changing a song",
    "add-task": "adding a task", "edit-task": "changing a task", "move-task": "moving a task",
    "hand-task": "handing a task over", "merge": "a merge", "settle": "settling a clash",
}  # fmt: skip
"""What the journal files under a name that nobody types; an action is called what it is called."""


def of_undone(action: str) -> str:
    """Return what an `action` of the journal, taken back, is called: ``extend``, ``adding a task``."""
    return _DEEDS.get(action, action)


def of_method(fact: object, studio: Studio) -> str:
    """Return the words for a fact of the method; empty for one that says all by its name."""
    match fact:
        case QueueOrdered(by=by):
            return f"by {by}"
        case TasksBroughtBack(tasks=tasks):
            return "1 task" if len(tasks) == 1 else f"{len(tasks)} tasks"
        case FeedAdded(item=item):
            return item.text
        case FeedDone(number=number) | FeedDropped(number=number):
            return next((i.text for i in studio.method.feed if i.number == number), str(number))
        case EarRestDue(section=section):
            return section
        case RutOffered(ways=ways):
            return ", ".join(ways)
        case RutChosen(way=way):
            return way
        case RutHelped(way=way, helped=helped):
            return way if helped else f"not {way}"
        case RutSensed(signs=signs):
            return ", ".join(signs)
        case _:
            return of_people(fact)


def of_people(fact: object) -> str:
    """Return the words for a fact between people; empty for one that says all by its name."""
    match fact:
        case PersonSat(person=person):
            return person
        case HandedOver(text=text, to=to):
            return f"to {to}: {text}" if to else text
        case _:
            return ""
