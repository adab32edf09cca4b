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
