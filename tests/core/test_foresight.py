"""What is known beforehand is what would be decided now, or it is not known."""

from __future__ import annotations

import pytest

from bridge.core.actions import Action, SongDraft, TaskDraft
from bridge.core.foresight import LIKELY, Foresight
from bridge.core.react import react
from bridge.core.settings import Settings
from tests.standins.desk import Desk

SONG = SongDraft("Moss", tasks=tuple(TaskDraft(f"Task {n}", budget=600.0) for n in range(4)))
HISTORIES = (
    (),
    ("start",),
    ("start", "pause"),
    ("start", "break"),
    ("start", "later"),
    ("start", "complete", "complete", "complete"),
    ("start", "mark", "skip"),
    ("prep",),
    ("record", "start"),
    ("start", "record"),
    ("start", "record", "complete"),
)


def desk(history: tuple[str, ...]) -> tuple[Desk, Foresight]:
    desk = Desk(None, SONG)
    foresight = Foresight(desk.engine)
    for name in history:
        desk.record() if name == "record" else desk.do(name)
        desk.wait(7)
    while foresight.ponder(desk.moment):
        pass
    return desk, foresight


@pytest.mark.parametrize("history", HISTORIES, ids=lambda names: " ".join(names) or "nothing")
@pytest.mark.parametrize("action", LIKELY, ids=str)
def test_what_is_recalled_is_what_would_be_decided(
    history: tuple[str, ...], action: Action
) -> None:
    known, foresight = desk(history)
    known.wait(40)
    recalled = foresight.recall(action, known.moment, "osc")
    if recalled is None:
        return
    decided = known.engine.propose(action, known.moment, "osc")
    after = known.engine.after(decided)
    assert recalled.entries == decided.entries
    assert known.engine.after(recalled) == after
    assert recalled.cues == tuple(cue for entry in decided.entries for cue in react(entry, after))


def test_the_likely_actions_are_known_while_a_task_runs() -> None:
    known, foresight = desk(("start",))
    missing = [a for a in LIKELY if foresight.recall(a, known.moment, "pad") is None]
    assert missing == []


def test_nothing_is_recalled_on_another_studio() -> None:
    known, foresight = desk(("start",))
    known.do("mark")
    assert foresight.recall(Action("toggle"), known.moment, "pad") is None


def test_nothing_is_recalled_under_other_settings() -> None:
    known, foresight = desk(("start",))
    known.engine.settings = Settings(auto_start=False)
    assert foresight.recall(Action("complete"), known.moment, "pad") is None


def test_what_depends_on_the_instant_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bridge.core.foresight.LIKELY", (Action("break"),))
    known, foresight = desk(("start",))
    assert foresight.recall(Action("break"), known.moment, "pad") is None


def test_an_equal_argument_of_another_kind_is_another_action() -> None:
    known, foresight = desk(("start",))
    assert foresight.recall(Action("extend", 300), known.moment, "pad") is None


def test_what_would_be_refused_is_not_known() -> None:
    known, foresight = desk(())
    assert foresight.recall(Action("complete"), known.moment, "pad") is None


def test_one_action_is_worked_out_at_a_time() -> None:
    known, foresight = desk(("start",))
    known.do("mark")
    assert foresight.ponder(known.moment)
    assert foresight.recall(LIKELY[0], known.moment, "pad") is not None
    assert foresight.recall(LIKELY[1], known.moment, "pad") is None
