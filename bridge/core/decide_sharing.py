"""What requests between studios mean now. The queue keeps its order; what is under way goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from bridge.core.actions_sharing import MergeSong, NameStudio, Outcome, SettleClash, Sharing
from bridge.core.decide_queue import one_line
from bridge.core.decide_timer import LONGEST, SHORTEST_BOX
from bridge.core.draft import Draft
from bridge.core.events_sharing import ClashSettled, SongMerged, StudioNamed
from bridge.core.model import Task, is_prep
from bridge.core.sharing_records import is_studio
from bridge.errors import Invalid, Refused

NO_NAMES: Mapping[str, str] = {}
MOVED_ON = "something else happened in that moment; try again"


def share(draft: Draft, request: Sharing) -> None:
    """Tell `draft` what a request between studios means. Raises Refused, Invalid."""
    match request:
        case NameStudio(id=name, since=since):
            _name(draft, name, since)
        case MergeSong(outcome=outcome):
            _check(draft, outcome, request.names)
            queue, prep_queue = _queues(draft, outcome)
            draft.tell(
                SongMerged(
                    outcome.song, request.known_as, outcome.head, outcome.tasks, outcome.gone,
                    request.names, request.records, request.seen, outcome.own, queue, prep_queue,
                    outcome.listed,
                )
            )  # fmt: skip
        case SettleClash(outcome=outcome):
            _check(draft, outcome)
            queue, prep_queue = _queues(draft, outcome)
            draft.tell(
                ClashSettled(
                    outcome.song, outcome.head, outcome.tasks, outcome.gone, outcome.own,
                    queue, prep_queue,
                )
            )  # fmt: skip
        case _:
            assert_never(request)


def _name(draft: Draft, name: str, since: int) -> None:
    if not is_studio(name):
        raise Invalid("a studio's id has 1 to 40 letters and digits, such as 7f3k09")
    if draft.studio.known_as and since <= 1:
        raise Refused("this studio has its id already")
    draft.tell(StudioNamed(name, since))


def _check(draft: Draft, outcome: Outcome, names: Mapping[str, str] = NO_NAMES) -> None:
    """Refuse an outcome that was worked out of something else, or that can't be. Raises Refused, Invalid."""
    if draft.seq != outcome.seq:
        raise Refused(MOVED_ON)
    head, song = outcome.head, draft.studio.songs.get(outcome.song)
    if head.id != outcome.song or head.tasks or not one_line(head.title):
        raise Invalid("the song's head has no tasks, and a title")
    if song is not None and head.next_number < song.next_number:
        raise Invalid("the numbers of a song's tasks only grow")
    ids = [task.id for task in outcome.tasks]
    if any(not task_id_of(one, head.id, head.next_number) for one in ids) or len(set(ids)) < len(
        ids
    ):
        raise Invalid(f"a task of {head.id!r} has an id such as {head.id + '.1'!r}")
    had = song.tasks if song else {}
    if set(outcome.gone) - had.keys() or draft.studio.timer.task in outcome.gone:
        raise Invalid("only a task that is there, and not under way, can go")
    for task in outcome.tasks:
        _check_task(task)
    if names.keys() != set(ids) - had.keys() or len(set(names.values())) < len(names):
        raise Invalid("each new task has a name of its own elsewhere")


def task_id_of(task: str, song: str, below: int) -> bool:
    """Tell whether `task` may be a task's id in `song`, its number below `below`."""
    mine, _, number = task.rpartition(".")
    return mine == song and number.isascii() and number.isdigit() and 0 < int(number) < below


def _check_task(task: Task) -> None:
    words = (
        one_line(task.title),
        one_line(task.track),
        one_line(task.person),
        one_line(task.section),
    )
    if not words[0] or words != (task.title, task.track, task.person, task.section):
        raise Invalid("a task needs a title, and its words stand on one line")
    if not SHORTEST_BOX <= task.planned <= LONGEST:
        raise Invalid(f"the budget of {task.title!r} is none; a box lasts from 1m to 24h")
    times = task.budget, task.spent, task.boxed, task.left_at
    if any(not 0 <= time <= 2**40 for time in times) or min(task.extended, task.rounds) < 0:
        raise Invalid(f"the times of {task.title!r} can't be")


# --- the queue ------------------------------------------------------------------------------------


def _queues(draft: Draft, outcome: Outcome) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return both queues with the song's tasks in them as the outcome has them."""
    studio = draft.studio
    old = studio.songs.get(outcome.song)
    tasks = {**(old.tasks if old else {}), **{task.id: task for task in outcome.tasks}}
    resting = old is not None and old.resting
    away = resting or outcome.head.stage == draft.settings.stages[-1]
    order = [one for one in dict.fromkeys(outcome.order) if one in tasks]
    there = [
        tasks[one] for one in order
        if one == studio.timer.task or (tasks[one].open and not away)
    ]  # fmt: skip
    mine = frozenset(tasks)
    made = []
    for queue, prep in ((studio.queue, False), (studio.prep_queue, True)):
        wanted = [task.id for task in there if is_prep(task) is prep]
        made.append(woven(queue, mine, wanted, studio.timer.task))
    return made[0], made[1]


def woven(
    queue: Sequence[str], mine: frozenset[str], wanted: Sequence[str], current: str | None
) -> tuple[str, ...]:
    """Return `queue` with the tasks `wanted` of a song instead of those it holds of `mine`.

    Other songs' tasks keep their places. Those of the song that were in the queue share the places
    that they had; a new one comes behind the one before it in the song, or else before the one after
    it, or at the end. The current task stays on top.
    """
    order = list(wanted)
    if queue and queue[0] == current and current in order:
        order.remove(current)
        order.insert(0, current)
    there = set(queue)
    stay = [task for task in order if task in there]
    turn, kept = iter(stay), set(stay)
    row = [
        next(turn) if task in mine else task for task in queue if task not in mine or task in kept
    ]
    lead: list[str] = []
    behind: dict[str, list[str]] = {}
    last = ""
    for task in order:
        if task in kept:
            last = task
        else:
            (behind.setdefault(last, []) if last else lead).append(task)
    woven_in = [one for task in row for one in (task, *behind.get(task, ()))]
    at = _lead_at(woven_in, stay, current)
    return (*woven_in[:at], *lead, *woven_in[at:])


def _lead_at(row: Sequence[str], stay: Sequence[str], current: str | None) -> int:
    """Return where the tasks go that have none of the song's before them."""
    if not stay:
        return len(row)
    at = row.index(stay[0])
    return 1 if at == 0 and row[0] == current else at
