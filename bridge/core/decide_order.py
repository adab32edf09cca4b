"""What the actions about the order of the queue mean now: order, and bring what was skipped back."""

from __future__ import annotations

from bridge.core import ordering
from bridge.core.actions import Argument
from bridge.core.draft import Draft
from bridge.core.events_method import QueueOrdered, TasksBroughtBack
from bridge.core.find import find_task
from bridge.core.model import Studio, Task, TaskState
from bridge.errors import Refused


def order(draft: Draft, argument: Argument) -> None:
    """Put the shown queue in order; the current task stays at the top."""
    if not isinstance(argument, str) or not argument.strip():
        raise Refused(f"order needs one of {', '.join(ordering.ORDERS)}")
    by, queue = ordering.ordered(draft.studio, draft.settings, argument)
    if queue == draft.studio.order:
        raise Refused(f"the queue is in that order already ({by})")
    draft.tell(QueueOrdered(by, queue))


def bring(draft: Draft, argument: Argument) -> None:
    """Bring skipped tasks back to the end of the queue: those of former days, all, or one."""
    word = str(argument).strip() if argument not in (None, True) else ""
    if word in ("", "back", "yesterday"):
        tasks = of_former_days(draft)
        none = "no task was skipped before today; `bring all` takes today's as well"
    elif word == "all":
        tasks, none = skipped(draft.studio), "no task is skipped"
    else:
        task = find_task(draft.studio, word)
        tasks = [task] if task.state is TaskState.SKIPPED else []
        none = f"{task.title!r} was not skipped"
    tasks = [task for task in tasks if _may_come(draft, task)]
    if not tasks:
        raise Refused(none)
    draft.tell(TasksBroughtBack(tuple(task.id for task in tasks)))


def skipped(studio: Studio) -> list[Task]:
    """Return the tasks that were skipped, in the order in which they were."""
    found = [task for task in studio.tasks() if task.state is TaskState.SKIPPED]
    return sorted(found, key=lambda task: task.left_at)


def of_former_days(draft: Draft) -> list[Task]:
    """Return what was skipped before this day began."""
    days = draft.settings.days
    today = days.begins(days.day(draft.at))
    return [task for task in skipped(draft.studio) if task.left_at < today]


def _may_come(draft: Draft, task: Task) -> bool:
    song = draft.studio.songs[task.song]
    return not song.resting and song.stage != draft.settings.stages[-1]
