"""What the actions about the order of the queue mean now: order, move, and bring skipped tasks back."""

from __future__ import annotations

from bridge.core import decide_queue, ordering
from bridge.core.actions import Argument, MoveTask
from bridge.core.decide_timer import begin_next
from bridge.core.draft import Draft
from bridge.core.events import TaskMoved, TaskSetAside
from bridge.core.events_method import QueueOrdered, TasksBroughtBack
from bridge.core.find import find_task, whole
from bridge.core.model import Studio, Task, TaskState
from bridge.errors import Refused

_MOVE = 2  # words: which task, and where to
_WHERES = "up, down, top, end or a queue position"


def order(draft: Draft, argument: Argument) -> None:
    """Put the shown queue in order; the current task stays at the top."""
    if not isinstance(argument, str) or not argument.strip():
        raise Refused(f"order needs one of {', '.join(ordering.ORDERS)}")
    by, queue = ordering.ordered(draft.studio, draft.settings, argument)
    if queue == draft.studio.order:
        raise Refused(f"the queue is in that order already ({by})")
    draft.tell(QueueOrdered(by, queue))


def move(draft: Draft, argument: Argument) -> None:
    """Move a task: ``3 up``, ``down``, ``top``, ``end``, or a position; without one the current task.

    A current task that is moved down is put down, keeps its time, and the next one begins.
    """
    words = str(argument).split() if argument not in (None, "") and argument is not True else []
    if not 1 <= len(words) <= _MOVE:
        raise Refused(f"move needs {_WHERES}, and before it which task: `move 3 up`")
    where = words[-1].casefold()
    task = find_task(draft.studio, words[0]) if len(words) == _MOVE else draft.current()
    if task.id == draft.studio.timer.task:
        _move_current(draft, task, where)
    else:
        decide_queue.move(draft, MoveTask(task.id, _index(draft.studio, task, where) + 1))


def _move_current(draft: Draft, task: Task, where: str) -> None:
    index, counting = _index(draft.studio, task, where), draft.studio.timer.counting
    if index == 0:
        raise Refused(f"{task.title!r} is the current task and stands at the top")
    draft.tell(TaskSetAside(task.id, time_up=False))
    if counting:
        begin_next(draft, task.id)
    if draft.studio.order.index(task.id) != index:
        draft.tell(TaskMoved(task.id, index))


def _index(studio: Studio, task: Task, where: str) -> int:
    """Return the index that is meant, from 0. Raises Refused."""
    order, top = studio.order, int(studio.timer.task in studio.order)
    at = order.index(task.id) if task.id in order else len(order)
    last = len(order) - (task.id in order)
    top = 0 if task.id == studio.timer.task else top
    match where:
        case "up":
            index = at - 1
        case "down":
            index = at + 1
        case "top":
            return top
        case "end":
            return last
        case _:
            index = _position(where)
    if not top <= index <= last:
        raise Refused(f"{task.title!r} can stand from position {top + 1} to {last + 1}")
    return index


def _position(where: str) -> int:
    place = whole(where)
    if place is None:
        raise Refused(f"{where[:40]!r} is no place in the queue; move takes {_WHERES}")
    return place - 1


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
