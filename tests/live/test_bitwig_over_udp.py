"""Bitwig's stand-in and a real service, over real bundles."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest

from tests.standins.bitwig import BitwigCore, Track
from tests.standins.bitwig_udp import BitwigStandIn
from tests.standins.osc_caller import OscCaller
from tests.standins.service import Service

pytestmark = pytest.mark.live

NOBODY = {"JACK_DEFAULT_SERVER": "songbridge-nobody", "JACK_NO_START_SERVER": "1"}
MANY = 40  # tracks: a dump of all that is told of them takes several packets


@pytest.fixture
def ear() -> int:
    """A port that is free now, in place of 9000."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def bitwig(ear: int) -> Iterator[BitwigStandIn]:
    tracks = [Track(f"Other {n}") for n in range(MANY)] + [Track("Bass")]
    with BitwigStandIn(("127.0.0.1", ear), BitwigCore(tracks=tracks, page=MANY + 1)) as one:
        yield one


@pytest.fixture
def service(made: Callable[..., Service], bitwig: BitwigStandIn, ear: int) -> Service:
    daw = f'[[daw]]\nkind = "bitwig"\naction = 1\nhost = "127.0.0.1:{bitwig.port}"\n'
    one = made(f'{daw}listen = "127.0.0.1:{ear}"\n', environ=NOBODY)
    one.start()
    return one


def ask(service: Service, what: str, *args: str | int) -> None:
    with OscCaller(service.osc) as caller:
        assert caller.ask(f"/songbridge/{what}", *args).address == "/songbridge/ok"


def test_a_task_that_begins_has_a_marker_and_its_track_a_colour(
    service: Service, bitwig: BitwigStandIn
) -> None:
    ask(service, "start")
    assert bitwig.wait_for(lambda core: len(core.markers) == 1, 5.0)
    ask(service, "complete")  # the next one begins, and is about the bass
    assert bitwig.wait_for(lambda core: core.tracks[MANY].colour != (128, 128, 128), 5.0)
    assert service.shows(lambda status: status["daws"][0]["pending"] == 0)
    (row,) = service.status()["daws"]
    assert (row["state"], row["dropped"]) == ("ready", 0)
    assert [m.address for m in bitwig.core.received[:2]] == ["/refresh", "/action/1"]


def test_a_bitwig_is_known_and_heard_before_the_first_cue(
    service: Service, bitwig: BitwigStandIn
) -> None:
    assert service.shows(lambda status: status["daws"][0]["state"] == "ready")
    bitwig.user(lambda core, at: core.play(at, recording=True))
    assert service.shows(lambda status: status["timer"]["recording"])
    assert [m.address for m in bitwig.core.received] == ["/refresh"]


def test_markers_that_come_fast_all_arrive(service: Service, bitwig: BitwigStandIn) -> None:
    for name in ("one", "two", "three"):
        ask(service, "mark", name)
    assert bitwig.wait_for(lambda core: len(core.markers) == 3, 10.0)
    assert service.shows(lambda status: status["daws"][0]["pending"] == 0)
    assert service.status()["daws"][0]["dropped"] == 0
