"""decide(state, request, moment) gives facts or refuses. It changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import assert_never

from bridge.core import (
    clock,
    decide_method,
    decide_order,
    decide_queue,
    decide_rewrite,
    decide_sharing,
    decide_songs,
    decide_timer,
    decide_together,
    undo,
)  # fmt: skip
from bridge.core.actions import (
    Action,
    AddTask,
    Argument,
    Change,
    EditSong,
    EditTask,
    HandTask,
    ImportSong,
    MoveTask,
    Plain,
    Presence,
    RewriteSong,
    SetGoal,
    Take,
    Together,
)  # fmt: skip
from bridge.core.actions_sharing import MergeSong, NameStudio, SettleClash
from bridge.core.draft import Draft
from bridge.core.events import Attended, TakeBegan, TimeUp, Undone
from bridge.core.model import TimerState
from bridge.core.vocabulary import ACTIONS
from bridge.errors import Invalid, Refused

_DECIDERS: Mapping[str, Callable[[Draft, Argument], None]] = {
    "start": decide_timer.start,
    "pause": decide_timer.pause,
    "resume": decide_timer.resume,
    "toggle": decide_timer.toggle,
    "complete": decide_queue.complete,
    "skip": decide_queue.skip,
    "later": decide_queue.later,
    "extend": decide_timer.extend,
    "back": decide_timer.back,
    "select": decide_queue.select,
    "song": decide_songs.take_song,
    "stage": decide_songs.stage,
    "break": decide_timer.take_break,
    "prep": decide_songs.prep,
    "mark": decide_songs.mark,
    "note": decide_songs.note,
    "end": decide_timer.end,
    "order": decide_order.order,
    "move": decide_order.move,
    "bring": decide_order.bring,
    "rest": decide_method.rest,
    "wake": decide_method.wake,
    "feed": decide_method.feed,
    "rut": decide_method.find_way,
    "off": decide_method.off,
    "person": decide_together.person,
    "hand": decide_together.hand,
}

_NAMES: Mapping[type, str] = {
    ImportSong: "import", EditSong: "edit-song", RewriteSong: "rewrite-song",
    AddTask: "add-task", EditTask: "edit-task",
    MoveTask: "move-task", HandTask: "hand-task", SetGoal: "goal", Presence: "presence",
    Take: "take", Together: "import", NameStudio: "name-studio", MergeSong: "merge",
    SettleClash: "settle",
}  # fmt: skip


def name_of(request: Plain) -> str:
    """Return the action name under which the journal files a request."""
    return request.name if isinstance(request, Action) else _NAMES[type(request)]


def decide(draft: Draft, request: Plain, steps: tuple[undo.Step, ...]) -> None:
    """Tell `draft` the facts that `request` means now.

    Raises Refused when it makes no sense now, Invalid when something given is wrong; then the draft
    is to be thrown away.
    """
    match request:
        case Action(name="undo"):
            take_back(draft, steps)
            return  # a sitting comes back with what was taken back
        case Action(name=name, argument=argument):
            _check(name, argument)
            _DECIDERS[name](draft, argument)
        case Together(changes=changes):
            if not changes:
                raise Invalid("an import of nothing changes nothing")
            for change in changes:
                _change(draft, change)
        case NameStudio() | MergeSong() | SettleClash():
            decide_sharing.share(draft, request)
        case Presence() | Take():
            _witness(draft, request)
        case _:
            _change(draft, request)
    decide_timer.at_work(draft)


def _change(draft: Draft, change: Change) -> None:
    match change:
        case ImportSong():
            decide_songs.import_song(draft, change)
        case EditSong():
            decide_songs.edit_song(draft, change)
        case RewriteSong():
            decide_rewrite.rewrite(draft, change)
        case AddTask():
            decide_queue.add(draft, change)
        case EditTask():
            decide_queue.edit(draft, change)
        case MoveTask():
            decide_queue.move(draft, change)
        case HandTask():
            decide_together.hand_task(draft, change)
        case SetGoal():
            decide_songs.set_goal(draft, change)
        case _:
            assert_never(change)


def _check(name: str, argument: Argument) -> None:
    if name not in _DECIDERS:
        close = get_close_matches(name[:40], ACTIONS, n=1)
        hint = f"did you mean {close[0]!r}?" if close else "the actions are " + ", ".join(ACTIONS)
        raise Refused(f"there is no action {name[:80]!r}; {hint}")
    if ACTIONS[name].argument == "none" and argument not in (None, "", 1, True):
        raise Refused(f"{name} takes no argument, but got {str(argument)[:80]!r}")


def take_back(draft: Draft, steps: tuple[undo.Step, ...]) -> None:
    """Take back the last action of `steps`. Raises Refused when there is none left."""
    if not steps:
        raise Refused("there is nothing to take back")
    step = steps[-1]
    patch = undo.with_its_time(step.way_back(), draft.studio)
    if patch.timer is not None:
        timer = undo.rebased(patch.timer, step.at, draft.at)
        patch = undo.replace_timer(patch, timer)
    draft.tell(Undone(step.seq, step.action, patch))
    _tell_anew(draft)


def _tell_anew(draft: Draft) -> None:
    """Tell time up once more where a take began or ended since, which decides whether overtime counts."""
    timer, counts = draft.studio.timer, clock.overtime_counts(draft)
    if timer.state is not TimerState.OVERTIME or not timer.task:
        return
    began = timer.since is None and counts
    ended = timer.since is not None and timer.for_take and not counts
    if began or ended:
        draft.tell(TimeUp(timer.task, counts))


def _witness(draft: Draft, seen: Presence | Take) -> None:
    """Note that somebody is there, or that a take began or ended, when that is news."""
    match seen:
        case Presence():
            _attend(draft)
        case Take(on=False):
            clock.take_over(draft, draft.at)
        case Take() if draft.studio.take is None:
            draft.tell(TakeBegan())
        case _:
            pass


def _attend(draft: Draft) -> None:
    """Note that somebody is there, when that makes a difference."""
    timer = draft.studio.timer
    if timer.auto and not timer.attended:
        draft.tell(Attended())
