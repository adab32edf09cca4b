"""A journal with gaps: the studio goes on, whatever is missing."""

from __future__ import annotations

import contextlib
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.core.actions import Action
from bridge.core.engine import Engine
from bridge.core.events import Entry
from bridge.core.settings import Settings
from bridge.core.status import status
from bridge.core.torn import mended
from bridge.errors import Invalid, Refused
from bridge.moment import Moment
from tests.standins import year
from tests.standins.desk import SONG, Desk

FEW = year.entries(year.Size(songs=3, tasks=18, facts=400, days=20, seed=3))
ACTIONS = ("start", "complete", "later", "skip", "undo", "undo", "toggle", "break", "end", "back")


def lost(dice: Random) -> list[Entry]:
    """Return a journal that lacks single entries, and a stretch of them."""
    share, gap = dice.choice((0.02, 0.1, 0.3, 0.6)), dice.randrange(len(FEW))
    return [e for e in FEW if dice.random() > share and not gap <= e.seq < gap + 30]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_work_goes_on_from_a_journal_with_gaps(seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - dice, not secrets
    entries = lost(dice)
    engine = Engine(Settings())
    engine.replay(entries)
    moment = Moment(0.0, FEW[-1].at + 60)
    for _ in range(25):
        status(engine.view(moment))
        told = 0
        while (decision := engine.due(moment)) is not None:
            engine.adopt(decision)
            told += 1
            assert told < 100, "what is due never ends"
        with contextlib.suppress(Refused, Invalid):
            engine.adopt(engine.propose(Action(dice.choice(ACTIONS)), moment, "pad"))
        moment = moment.later(dice.choice((1.0, 60.0, 900.0, 9000.0)))


def test_a_whole_studio_stays_the_same_object() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    assert mended(desk.engine.studio) is desk.engine.studio
