"""Report, tasks, sittings, summaries and time sheet are told from one journal, and say the same of it."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.core import sitting_past, worklog
from bridge.core.evolve import evolve
from bridge.core.figures import Figures
from bridge.core.figures_reckoning import figures
from bridge.core.model import Studio, TaskState
from bridge.core.settings import Settings
from bridge.core.sitting_account import account
from bridge.errors import Invalid, Refused
from bridge.files.exchange import toggl
from bridge.files.exchange.outgoing import Outgoing
from tests.core.test_figures_ledger import obey
from tests.standins.desk import SONG, Desk

_DEEDS = ("done", "extensions", "rounds", "set_aside", "skipped")
_WORDS = (
    "start", "start", "start", "complete", "complete", "later", "skip", "pause", "resume", "toggle",
    "undo", "undo", "back", "break", "end", "end", "extend 5m", "extend -5m", "start 2", "start 3",
    "select 2", "prep on", "prep off", "stage next", "stage finished", "stage prev", "take", "cut",
    "+5", "+70", "+700", "+700", "+4000", "~400", "~40000", "clock 600", "clock -600", "restart",
    "person Ben", "person Ada", "hand @Ben a note", "song", "song next", "bring all", "rest",
    "wake northern-lights", "off until friday", "rut", "rut small", "rut break", "note x", "move end",
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    words=st.lists(st.sampled_from(_WORDS), min_size=1, max_size=30),
    policy=st.sampled_from(["move-on", "wait", "keep-counting"]),
    auto=st.booleans(),
)
def test_whatever_was_done_all_accounts_of_it_agree(
    words: list[str], policy: str, auto: bool
) -> None:
    agreed(played(words, policy, auto=auto))


@pytest.mark.parametrize(
    "words",
    [
        "start +1500 ~40000 undo undo",
        "start +4000 ~40000",
        "start +4000 ~40000 complete +70",
        "start +4000 ~40000 complete undo skip",
        "start 3|person Ben|rut break|+4000|~40000",
        "start end start end",
    ],
)
def test_journeys_on_which_accounts_parted_once(words: str) -> None:
    for policy in ("move-on", "wait", "keep-counting"):
        agreed(played(words.split("|" if "|" in words else " "), policy, auto=True))


def played(words: Iterable[str], policy: str, *, auto: bool) -> Desk:
    """Return a desk at which `words` were said, a second apart; what is refused changes nothing."""
    desk = Desk(Settings(at_zero=policy, auto_start=auto, person="Ada"), SONG)  # type: ignore[arg-type] # drawn from its members
    for word in (*words, "end"):
        desk.wait(1.0)
        name, _, argument = word.partition(" ")
        with contextlib.suppress(Refused, Invalid):
            obey(desk, name, argument)
    return desk


def agreed(desk: Desk) -> None:
    """Hold all accounts of a desk's journal against each other; nothing runs at its end."""
    studio = Studio()
    for entry in desk.journal:
        studio = evolve(studio, entry)
    told = figures(desk.journal, desk.journal[-1].at, _day)
    _as_tasks_have_it(told, studio)
    _sums(told)
    _as_sittings_have_it(told, desk)


def _as_tasks_have_it(told: Figures, studio: Studio) -> None:
    unseen = studio.timer.unattended if studio.timer.state == "away" else 0.0
    tasks = list(studio.tasks())
    assert told.total.worked == near(sum(task.spent for task in tasks) - unseen)
    assert told.total.rounds == sum(task.rounds for task in tasks)
    assert told.total.extensions == sum(task.extended for task in tasks)
    assert told.total.done == sum(task.state is TaskState.DONE for task in tasks)


def _sums(told: Figures) -> None:
    for lines in (told.sections, told.songs, told.persons):
        assert told.total.worked == near(sum(line.tally.worked for line in lines))
        for deed in _DEEDS:
            of_all = sum(getattr(line.tally, deed) for line in lines)
            assert getattr(told.total, deed) == of_all
    assert told.total.worked == near(sum(day.worked for day in told.days))
    assert told.total.done == sum(day.done for day in told.days)
    for day in told.days:
        assert day.worked == near(sum(seconds for _, seconds in day.sections))


def _as_sittings_have_it(told: Figures, desk: Desk) -> None:
    listed, past = worklog.sittings(desk.journal), sitting_past.sittings(desk.journal)
    assert told.total.worked == near(sum(one.worked for one in listed))
    assert [one.over for one in listed] == [one.over for one in past]
    for one, summed in zip(listed, past, strict=True):
        assert one.worked == near(account(summed.before, summed.ended).worked)
    stretches = tuple(stretch for one in listed for stretch in one.stretches)
    songs = tuple(desk.engine.studio.songs.values())
    sheet = toggl.sheet(Outgoing(songs, desk.journal[-1].at, desk.settings, stretches, UTC)).text
    durations = [row["Duration"] for row in csv.DictReader(io.StringIO(sheet.lstrip("\ufeff")))]
    whole = len(stretches) + 1  # an entry is of whole seconds
    assert told.total.worked == pytest.approx(sum(map(_seconds, durations)), abs=whole)


def near(seconds: float) -> object:
    return pytest.approx(seconds, abs=0.05)


def _seconds(duration: str) -> int:
    hours, minutes, seconds = map(int, duration.split(":"))
    return hours * 3600 + minutes * 60 + seconds


def _day(at: float) -> date:
    return datetime.fromtimestamp(at, UTC).date()
