"""A song with 5,000 records: how long its history takes to be read, and another studio's to be merged.

Processor time, for nothing waits in it: what else the machine does is left out.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from bridge.core.actions import AddTask, Argument, EditTask, TaskDraft
from bridge.core.sharing_history import History, index
from bridge.core.sharing_merge import merge
from bridge.errors import Refused
from bridge.files import shared
from tests.bench.figures import single
from tests.standins.apart import Apart
from tests.standins.desk import SONG

RECORDS, TASKS, TIMES, BOUND = 5000, 100, 5, 1.0
_SHARED = 2500


def share() -> list[str]:
    """The history out of the journal, a file written and read, and the outcome worked out."""
    ada, ben, known_as = parted()
    history = _read(ada)
    came = ben.shares(known_as)
    text = shared.written(came)
    size = len(text.encode()) / 2**20

    def merged() -> None:
        merge(history, ada.engine.studio, ada.engine.seq, came)

    many = len(history.records) + len([one for one in came.records if one.studio == "bbbb"])
    return [
        single("records of both studios", str(many), "", None),
        _timed(f"history of {len(ada.journal)} entries", lambda: _read(ada)),
        _timed(
            f"share of {size:.1f} MiB read and checked", lambda: shared.parsed(text.encode(), "x")
        ),
        _timed("outcome of the merge", merged),
    ]


def parted() -> tuple[Apart, Apart, str]:
    """Return two studios that worked on one song apart."""
    dice = random.Random(5)
    ada, ben = Apart("aaaa", "Ada", SONG), Apart("bbbb", "Ben")
    known_as = ada.known_as("northern-lights")
    for n in range(TASKS):
        ada.ask(AddTask("northern-lights", TaskDraft(f"Task {n} (20m)")))
    _work(ada, dice, _SHARED)
    ben.takes(ada.shares(known_as))
    for desk in (ada, ben):
        _work(desk, dice, (RECORDS - _SHARED) // 2)
    return ada, ben, known_as


def _work(desk: Apart, dice: random.Random, records: int) -> None:
    end = len(desk.journal) + records
    while len(desk.journal) < end:
        try:
            word = dice.choice(("start", "later", "edit", "extend", "pause"))
            if word == "edit":
                place = str(dice.randint(1, 50))
                desk.ask(EditTask(place, title=f"Task {dice.randint(1, 10**6)}"))
            else:
                arguments: dict[str, Argument] = {"start": dice.randint(1, 20), "extend": "5m"}
                desk.do(word, arguments.get(word))
        except Refused:
            continue
        desk.wait(dice.uniform(1, 60))


def _read(desk: Apart) -> History:
    history = History("northern-lights", index(desk.journal, ""))
    history.read(desk.journal)
    return history


def _timed(what: str, it: Callable[[], object]) -> str:
    took = []
    for _ in range(TIMES):
        begun = time.process_time()
        it()
        took.append(time.process_time() - begun)
    middle = statistics.median(took)
    value = f"{middle:.3f} s [{min(took):.3f} {max(took):.3f}]"
    return single(what, value, f"{BOUND} s", middle <= BOUND)
