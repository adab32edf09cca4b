"""The server's thread: begun, ended, and what it says when it can't begin."""

from __future__ import annotations

import socket
import threading

import pytest

from bridge.errors import Unavailable
from bridge.web.server import WebServer
from tests.standins.asked import AskedService
from tests.standins.desk import Desk
from tests.standins.http import Caller


def server(host: str = "127.0.0.1", port: int = 0) -> WebServer:
    return WebServer(AskedService(Desk()), host, port)


def test_port_0_takes_a_free_port_and_tells_it() -> None:
    web = server()
    host, port = web.start()
    assert (host, port > 0) == ("127.0.0.1", True)
    web.stop()


def test_a_port_in_use_is_told_in_one_sentence_and_leaves_no_thread() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Unavailable, match=f"127.0.0.1:{port} is in use; end that program"):
            server(port=port).start()
    assert not any(thread.name == "http" for thread in threading.enumerate())


@pytest.mark.parametrize("host", ["256.1.1.1.invalid", "a" * 300, "192.0.2.1"])
def test_a_host_that_is_not_ours_is_told_in_one_sentence(host: str) -> None:
    with pytest.raises(Unavailable, match="change \\[http\\] listen"):
        server(host).start()


def test_it_ends_and_begins_again_on_the_same_port() -> None:
    first = server()
    address = first.start()
    assert Caller(address).get("/api/state").status == 200
    first.stop()
    first.stop()
    second = server(port=address[1])
    second.start()
    assert Caller(address).get("/api/state").status == 200
    second.stop()


def test_an_idle_connection_does_not_keep_it_from_ending() -> None:
    web = server()
    with socket.create_connection(web.start()):
        web.stop()
    assert not any(thread.name == "http" for thread in threading.enumerate())


def test_a_server_that_never_began_may_be_stopped() -> None:
    server().stop()
