"""Ableton Live's stand-in and a real service, over real datagrams and at Live's own pace."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest

from bridge.messages import Osc
from tests.standins.ableton import AbletonCore
from tests.standins.ableton_set import LiveSet, Locator, Track
from tests.standins.ableton_udp import AbletonStandIn
from tests.standins.osc_caller import OscCaller
from tests.standins.reaper import encode
from tests.standins.service import Service

pytestmark = pytest.mark.live

NOBODY = {"JACK_DEFAULT_SERVER": "songbridge-nobody", "JACK_NO_START_SERVER": "1"}


@pytest.fixture
def reply_port() -> int:
    """A port that is free now, in place of 11001."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def live(reply_port: int) -> Iterator[AbletonStandIn]:
    song = LiveSet([Locator("Verse", 32.0)], [Track("Drums"), Track("Bass"), Track("Keys")])
    with AbletonStandIn(reply_port, AbletonCore(song=song, playhead=8.0)) as one:
        yield one


@pytest.fixture
def service(made: Callable[..., Service], live: AbletonStandIn, reply_port: int) -> Service:
    daw = f'[[daw]]\nkind = "ableton"\nhost = "127.0.0.1:{live.port}"\n'
    one = made(f'{daw}listen = "127.0.0.1:{reply_port}"\n', environ=NOBODY)
    one.start()
    return one


def ask(service: Service, what: str, *args: str | int) -> None:
    with OscCaller(service.osc) as caller:
        assert caller.ask(f"/songbridge/{what}", *args).address == "/songbridge/ok"


def detail(service: Service) -> str:
    return str(service.status()["daws"][0]["detail"])


def test_the_stand_in_answers_to_one_port_whoever_asks(
    live: AbletonStandIn, reply_port: int
) -> None:
    kind = (socket.AF_INET, socket.SOCK_DGRAM)
    with socket.socket(*kind) as ear, socket.socket(*kind) as naive:
        for one in (ear, naive):
            one.settimeout(2.0)
        ear.bind(("127.0.0.1", reply_port))
        naive.sendto(encode(Osc("/live/song/get/tempo")), ("127.0.0.1", live.port))
        assert ear.recv(1024).startswith(b"/live/song/get/tempo")
        naive.setblocking(False)
        with pytest.raises(BlockingIOError):
            naive.recv(1024)


def test_live_is_met_before_any_cue(service: Service) -> None:
    assert service.shows(lambda status: status["daws"][0]["state"] == "ready")


def test_a_marker_becomes_a_named_locator_and_status_says_so(
    service: Service, live: AbletonStandIn
) -> None:
    ask(service, "mark", "Nordlicht über Tromsø")
    wanted = [("Verse", 32.0), ("Nordlicht über Tromsø", 8.0)]
    assert live.wait_for(lambda core: core.named == wanted, 5.0)
    assert service.shows(lambda status: status["daws"][0]["state"] == "ready")
    assert detail(service).startswith("Live 12.4 answers")


def test_while_it_plays_locators_stand_where_the_presses_came(
    service: Service, live: AbletonStandIn
) -> None:
    live.user(lambda core: core.play())
    ask(service, "mark", "one")
    assert live.wait_for(lambda core: len(core.named) == 2 and core.named[1][0] == "one", 5.0)
    ask(service, "mark", "two")
    assert live.wait_for(lambda core: [name for name, _ in core.named][1:] == ["one", "two"], 5.0)
    (_, first), (_, second) = live.core.named[1:]
    assert 8.0 < first < second


def test_a_live_that_loads_another_set_is_met_anew(service: Service, live: AbletonStandIn) -> None:
    ask(service, "mark", "of the old set")
    assert live.wait_for(lambda core: len(core.named) == 2, 5.0)
    live.user(lambda core: core.reload(LiveSet()))
    live.user(lambda core: core.received.clear())
    listened = "/live/song/start_listen/tempo"
    assert live.wait_for(lambda core: listened in [m.address for m in core.received], 5.0)
    ask(service, "mark", "of the new set")
    assert live.wait_for(lambda core: core.named == [("of the new set", 8.0)], 5.0)


def test_a_burst_of_presses_loses_nothing_and_overruns_no_tick(
    service: Service, live: AbletonStandIn
) -> None:
    names = [f"cue {n}" for n in range(12)]
    for name in names:
        ask(service, "mark", name)
    newest_first = " / ".join(reversed(names))
    assert live.wait_for(lambda core: core.named[1:] == [(newest_first, 8.0)], 15.0)
    assert live.core.lost == 0
    assert live.core.busiest <= 24


def test_the_users_locator_stays_and_status_names_it(
    service: Service, live: AbletonStandIn
) -> None:
    live.user(lambda core: setattr(core, "playhead", 32.0))
    ask(service, "mark", "mine")
    assert live.wait_for(lambda core: core.shown == ["mine"], 5.0)
    assert live.core.named == [("Verse", 32.0)]
    assert service.shows(lambda status: '"Verse"' in status["daws"][0]["detail"])
