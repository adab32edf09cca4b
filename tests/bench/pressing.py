"""Pad to cue, with the journal on, against the bare callback; alone, flooded, and by queue length."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from tests.bench import home
from tests.bench.figures import Versus
from tests.bench.pad import BARE, OURS, Pad
from tests.bench.rig import Ours, note, rig, songs

ROUNDS, EACH, WARM = 6, 130, 20
MEDIAN, P99 = 2.0, 2.5
FOREIGN, CHANGES = 5000, 1000
"""Foreign OSC messages and control changes a second of the flood."""
SECONDS = 2.5
"""How long a flood lasts: longer than a round of presses."""
TOGGLE, COMPLETE, LATER, MARK = note(7, 1), note(7, 2), note(7, 4), note(7, 7)
_SECOND = note(1, 2)

Once = Callable[[], float | None]


PRESSES: dict[str, Callable[[Ours], float | None]] = {
    "mark": lambda ours: ours.press(MARK),
    "toggle": lambda ours: ours.press(TOGGLE),
    "complete": lambda ours: ours.press(COMPLETE),
    "later": lambda ours: ours.press(LATER),
    "start": lambda ours: ours.tap(_SECOND),
}
"""Ways to press that each cause a cue."""


def floor(result: Versus, once: Once, each: int = EACH) -> None:
    """Take one more round of the floor into `result`."""
    taken, lost = _samples(once, each)
    result.floor.append(taken)
    result.bare_lost += lost


def ours(result: Versus, once: Once, each: int = EACH) -> None:
    """Take one more round of ours into `result`."""
    taken, lost = _samples(once, each)
    result.ours.append(taken)
    result.lost += lost


def _samples(once: Once, each: int) -> tuple[list[float], int]:
    took = [once() for _ in range(WARM + each)][WARM:]
    return [one for one in took if one is not None], took.count(None)


def alone() -> list[str]:
    """Pad to cue, nothing else going on."""
    results = {name: Versus(f"pad -> cue: {name}", MEDIAN, P99) for name in PRESSES}
    with rig(songs(ROUNDS * EACH * 2)) as bench:
        for _ in range(ROUNDS):
            for name, result in results.items():
                with bench.floor() as bare:
                    floor(result, bare.press)
                with bench.ours() as service:
                    ours(result, partial(PRESSES[name], service))
    return [line for result in results.values() for line in result.lines()]


def flood() -> list[str]:
    """Pad to cue while foreign messages and control changes come in; each has the flood in turn."""
    result = Versus("pad -> cue, flooded: later", MEDIAN, P99)
    with rig(songs(200)) as bench:
        for _ in range(ROUNDS):
            with bench.floor() as bare, flooded(bench.pad, BARE, bare.port):
                floor(result, bare.press)
            with bench.ours() as service, flooded(bench.pad, OURS, service.port) as sent:
                ours(result, partial(PRESSES["later"], service))
        result.note = f"{sent[-1] / SECONDS:.0f} OSC/s"
    return result.lines()


@contextmanager
def flooded(pad: Pad, to: int, port: int) -> Iterator[list[int]]:
    """Have both floods come in; how many datagrams were sent stands in the list afterwards."""
    pad.flood(to, CHANGES)
    with home.flooded(port, FOREIGN, SECONDS) as sent:
        yield sent
    pad.flood(to, 0)


def long_queue() -> list[str]:
    """A queue of 2,000 tasks against one of 20, the floor being the short one."""
    names = ("toggle", "later", "start")
    results = {name: Versus(f"queue of 2,000 / of 20: {name}", 1.5, bare="of 20") for name in names}
    for _ in range(3):
        for tasks in (20, 2000):
            with rig(songs(tasks)) as bench, bench.ours() as service:
                for name, result in results.items():
                    (floor if tasks == 20 else ours)(result, partial(PRESSES[name], service))
    return [line for result in results.values() for line in result.lines()]
