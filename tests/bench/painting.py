"""A press while the slowest device is painted all the time: it must not wait for a light.

Two ways to keep its output busy. A device whose pages are turned to and fro, each before the one
before is out: then pictures are drawn on the thread that also decides presses. And a Push 2 that Live
takes away and gives back all the time: it is entered anew and told all of its lights, over and over.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from bridge.files.profiles import load_profiles
from tests.bench import home
from tests.bench.figures import Versus, single
from tests.bench.pad import Pad
from tests.bench.pressing import floor, ours
from tests.bench.repainting import slowest
from tests.bench.rig import Ours, Rig, jack, rig_on, songs
from tests.standins.emulators.bench import EMULATED

_ROUNDS, _TURNS, _EACH = 5, 4, 40
_MEDIAN, _P99 = 2.0, 2.5
_NAMES = ("mark", "toggle")
_PADS = {"mark": "pad.7.7", "toggle": "pad.7.1"}
_TAKEN_BACK = "ableton-push-2"


def under_repaint() -> list[str]:
    """Pad to cue, quiet and painted in turns within one run of the service."""
    profile = load_profiles().profiles[slowest()]
    turned = tuple(
        bytes((0xB0, profile.controls[name].number, value))
        for name in ("down", "up")
        for value in (127, 0)
    )
    back = load_profiles().profiles[_TAKEN_BACK].session.renew_on
    return [
        *_painted(profile.id, turned, "pages turned"),
        *_painted(_TAKEN_BACK, tuple(map(bytes.fromhex, back)), "entered anew"),
    ]


def _painted(profile: str, busy: tuple[bytes, ...], how: str) -> list[str]:
    quiet = {name: Versus(f"{profile}: {name}", _MEDIAN, _P99) for name in _NAMES}
    painted = {name: Versus(f"  {how}: {name}", _MEDIAN, _P99) for name in _NAMES}
    versus = {name: Versus(f"  {how} / quiet: {name}", bare="quiet") for name in _NAMES}
    told: list[float] = []
    with home.folder() as folder, jack(partial(_pad, profile)) as pad:
        bench = rig_on(pad, folder, songs(400), profile=profile)
        for _ in range(_ROUNDS):
            _floor(bench, (*quiet.values(), *painted.values()))
            with bench.ours() as service:
                for _ in range(_TURNS):
                    _press(service, profile, quiet)
                    with _busy(service.pad, busy, told):
                        _press(service, profile, painted)
    for name, result in versus.items():
        result.ours, result.floor = painted[name].ours, quiet[name].ours
        result.lost, result.bare_lost = painted[name].lost, quiet[name].lost
    rate = single(
        f"  {how}", f"{sum(told) / len(told):.0f} messages a second to the device", "", None
    )
    return [
        rate,
        *(line for kind in (quiet, painted, versus) for v in kind.values() for line in v.lines()),
    ]


def _pad(profile: str) -> Pad:
    emulated = EMULATED[profile]
    return Pad(emulated.client, emulated.port, emulated.port[:-1])  # as ALSA cuts names, too


def _floor(bench: Rig, results: tuple[Versus, ...]) -> None:
    with bench.floor() as bare:
        taken = Versus("")
        floor(taken, bare.press, _EACH * _TURNS)
    for result in results:
        result.floor += [taken.floor[0][turn::_TURNS] for turn in range(_TURNS)]


def _press(service: Ours, profile: str, results: dict[str, Versus]) -> None:
    controls = load_profiles().profiles[profile].controls
    for name, result in results.items():
        ours(result, partial(service.press, controls[_PADS[name]].number), _EACH)


@contextmanager
def _busy(pad: Pad, messages: tuple[bytes, ...], told: list[float]) -> Iterator[None]:
    """Keep the output busy meanwhile; ``told`` gets the messages a second that came out."""
    pad.again(*messages)
    time.sleep(0.3)
    pad.lit.clear()
    begun = time.perf_counter()
    yield
    told.append(len(pad.lit) / (time.perf_counter() - begun))
    pad.again()
    time.sleep(1.0)
