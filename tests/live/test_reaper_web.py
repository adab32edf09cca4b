"""The service and a REAPER with a web interface and the script, over real HTTP and real datagrams."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from queue import SimpleQueue

import pytest

from bridge.messages import HttpAnswer, HttpAsk
from bridge.web.asks import LONGEST, WebAsks
from tests.standins.osc_caller import OscCaller
from tests.standins.reaper_web import ReaperWeb, ReaperWebStandIn
from tests.standins.service import Service

pytestmark = pytest.mark.live
PATIENCE = 10.0
Make = Callable[..., Service]


class Asker:
    """Asks one port; answers wait in a queue."""

    def __init__(self, port: int) -> None:
        self.answers: SimpleQueue[tuple[str, HttpAnswer]] = SimpleQueue()
        self.asks = WebAsks(lambda key, answer: self.answers.put((key, answer)))
        self.port = port

    def get(self, path: str, patience: float = 5.0) -> HttpAnswer:
        self.asks.ask("reaper", "127.0.0.1", self.port, HttpAsk(path, 7, patience))
        key, answer = self.answers.get(timeout=PATIENCE)
        assert (key, answer.ticket) == ("reaper", 7)
        return answer


def test_a_path_goes_over_the_wire_as_it_is_and_the_answer_comes_back() -> None:
    web = ReaperWeb(latency=0.0)
    with ReaperWebStandIn(web) as reaper:
        asker = Asker(reaper.port)
        answer = asker.get(
            "/_/SET/EXTSTATE/songbridge/cue/1.a1.1.mark.t41.FF0000;_SONGBRIDGE_CUE;TRANSPORT"
        )
        assert (answer.status, answer.failure) == (200, "")
        assert answer.text.startswith("TRANSPORT\t0\t")
        assert [marker.name for marker in web.core.markers] == ["A"]
        asker.asks.close()
    asker.asks.ask("reaper", "127.0.0.1", reaper.port, HttpAsk("/_/", 8, 1.0))  # nobody is told
    assert asker.answers.empty()


def test_where_nobody_listens_surely_nothing_has_arrived() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    asker = Asker(port)
    assert asker.get("/_/TRANSPORT").failure == "nobody"
    asker.asks.close()


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff\x00garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n" + b"x" * (2 * LONGEST + 1),
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 100_000 + b"\r\n\r\n",
    ],
)
def test_an_answer_that_is_none_is_cut(said: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        asker = Asker(server.getsockname()[1])
        asker.asks.ask("reaper", "127.0.0.1", asker.port, HttpAsk("/_/TRANSPORT", 7, 5.0))
        connection, _ = server.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(said)
            connection.shutdown(socket.SHUT_WR)
            _, answer = asker.answers.get(timeout=PATIENCE)
        assert answer == HttpAnswer(7, failure="cut")
        server.settimeout(0.05)
        with pytest.raises(TimeoutError):  # no second request for it
            server.accept()
        asker.asks.close()


def test_one_that_never_answers_costs_no_more_than_patience_and_the_end_no_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        asker = Asker(server.getsockname()[1])
        assert asker.get("/_/TRANSPORT", patience=0.1).failure == "cut"
        asker.asks.ask("reaper", "127.0.0.1", asker.port, HttpAsk("/_/", 8, 60.0))
        asker.asks.close()
        assert asker.answers.empty()


def test_a_task_that_starts_stands_in_colour_in_reaper_and_its_end_is_a_region(
    made: Make,
) -> None:
    with ReaperWebStandIn() as reaper, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as nobody:
        nobody.bind(("127.0.0.1", 0))
        reaper.web.core.act(1007, time.monotonic())
        service = made(
            f'[[daw]]\nkind = "reaper"\nlisten = "127.0.0.1:0"\nregions = true\n'
            f'host = "127.0.0.1:{nobody.getsockname()[1]}"\nweb = "127.0.0.1:{reaper.port}"\n'
        )
        service.start()
        assert service.shows(lambda status: status["daws"][0]["state"] == "ready")
        with OscCaller(service.osc) as caller:
            caller.send("/songbridge/start", 1)
            assert reaper.wait_for(lambda web: web.core.markers, PATIENCE)
            caller.send("/songbridge/complete")
            assert reaper.wait_for(lambda web: web.api.regions, PATIENCE)
        (region,) = reaper.web.api.regions
        assert region.name == "Write chord progression"
        assert reaper.web.api.shown(region.colour) == "#3FA7FF"
        assert service.status()["daws"][0]["dropped"] == 0
