"""What the actions between people mean now: person, hand, and a task that is handed over."""

from __future__ import annotations

from bridge.core import persons
from bridge.core.actions import Argument, HandTask
from bridge.core.draft import Draft
from bridge.core.events_together import HandedOver, HandOverDone, PersonSat
from bridge.core.find import find_task
from bridge.core.hand_over import one_line, waiting
from bridge.core.model import Task
from bridge.errors import Refused

_DONE = "done"


def person(draft: Draft, argument: Argument) -> None:
    """Say who sits here now; without a name, whom the configuration names."""
    written = argument if isinstance(argument, str) else ""
    if not written and argument not in (None, "", 1, True):
        raise Refused(f"person needs a name, not {str(argument)[:80]!r}")
    own = draft.settings.person
    sits = persons.meant(draft.studio, draft.settings, written) or own
    if sits == persons.here(draft.studio, draft.settings):
        if not sits:
            raise Refused("person needs a name; `person` in config.toml names who mostly sits here")
        raise Refused(f"{sits} sits here already")
    draft.tell(PersonSat(sits, configured=sits == own))


def hand(draft: Draft, argument: Argument) -> None:
    """Leave a note on the current task (``@Ben …`` gives it to Ben), or tick those off (``done``)."""
    text = argument.strip() if isinstance(argument, str) else ""
    task = _current(draft)
    if text.casefold() == _DONE:
        _tick_off(draft, task)
        return
    to, text = _addressed(draft, text)
    _leave(draft, task, text, to)


def hand_task(draft: Draft, request: HandTask) -> None:
    """Leave a note on any task, give it to somebody, or tick its notes off."""
    task = find_task(draft.studio, request.task)
    if request.done:
        _tick_off(draft, task)
    else:
        _leave(draft, task, request.text, request.to)


def _current(draft: Draft) -> Task:
    task = draft.studio.current
    if task is None:
        raise Refused("no task is under way to hand over; `songbridge task hand ID NOTE` names one")
    return task


def _leave(draft: Draft, task: Task, written: str, to: str) -> None:
    text = one_line(written)
    if not text:
        raise Refused("a hand-over needs a note: what should the next one know?")
    receiver = persons.meant(draft.studio, draft.settings, to)
    draft.tell(HandedOver(task.id, text, receiver))


def _tick_off(draft: Draft, task: Task) -> None:
    if not waiting(task.hand_over):
        raise Refused(f"nobody left a note on {task.title!r} that waits")
    draft.tell(HandOverDone(task.id))


def _addressed(draft: Draft, text: str) -> tuple[str, str]:
    """Return to whom ``@Ben: text`` is, and the text; a known name may have several words."""
    if not text.startswith("@"):
        return "", text
    rest = text[1:]
    names = sorted(persons.known(draft.studio, draft.settings), key=len, reverse=True)
    for one in names:
        head, tail = rest[: len(one)], rest[len(one) :]
        if persons.same(head, one) and (not tail or tail[0] in ": ,"):
            return one, tail.lstrip(":, ")
    first, _, more = rest.partition(" ")
    return first.rstrip(":,"), more
