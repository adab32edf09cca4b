"""The HTTP interface, over a real socket."""

from __future__ import annotations

import gc
import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import quote

import pytest

from bridge.core.actions import AddTask, TaskDraft
from bridge.web.requests import write_request
from bridge.web.role import Traffic
from bridge.web.server import WebServer
from tests.standins.asked import AskedService
from tests.standins.desk import SONG, Desk
from tests.standins.http import Caller


@pytest.fixture
def service() -> AskedService:
    return AskedService(Desk(None, SONG))


@pytest.fixture
def caller(service: AskedService) -> Iterator[Caller]:
    server = WebServer(service, "127.0.0.1", 0)
    yield Caller(server.start())
    server.stop()


def test_the_state_is_that_of_the_status_command(caller: Caller, service: AskedService) -> None:
    reply = caller.get("/api/state")
    assert reply.status == 200
    assert reply.json == json.loads(json.dumps(service.status()))
    assert reply.headers["Content-Type"].startswith("application/json")
    assert reply.headers["Cache-Control"] == "no-store"


def test_an_action_is_answered_with_the_number_of_its_last_entry(
    caller: Caller, service: AskedService
) -> None:
    reply = caller.post("/api/action", {"action": "start", "argument": 2})
    assert (reply.status, reply.json) == (200, {"seq": 3})
    assert service.desk.current == "Design sound for bassline"
    assert service.sources == ["page"]


def test_an_action_that_makes_no_sense_now_is_409_with_the_reason(
    caller: Caller, service: AskedService
) -> None:
    reply = caller.post("/api/action", {"action": "complete"})
    assert reply.status == 409
    assert reply.error
    assert service.desk.engine.seq == 1


def test_an_argument_that_makes_no_sense_is_409_too(caller: Caller) -> None:
    caller.post("/api/action", {"action": "start"})
    reply = caller.post("/api/action", {"action": "extend", "argument": "soon"})
    assert (reply.status, "is not a duration" in reply.error) == (409, True)


def test_a_structured_request_is_done_and_its_source_is_told(
    caller: Caller, service: AskedService
) -> None:
    reply = caller.post("/api/request", write_request(AddTask("", TaskDraft("Sing")), "cli"))
    assert (reply.status, service.sources) == (200, ["cli"])
    assert service.desk.queue[-1] == "Sing"


def test_a_journal_that_can_not_be_written_is_503_with_the_reason(
    caller: Caller, service: AskedService
) -> None:
    service.fault = "the disk is full; make room"
    reply = caller.post("/api/action", {"action": "start"})
    assert (reply.status, reply.error) == (503, "the disk is full; make room")
    assert caller.get("/api/events").status == 503


def test_events_are_given_after_a_number_or_from_the_end(caller: Caller) -> None:
    caller.post("/api/action", {"action": "start"})
    assert [row["seq"] for row in caller.get("/api/events?since=1").json] == [2, 3]
    assert [row["seq"] for row in caller.get("/api/events?since=1&limit=1").json] == [2]
    assert [row["seq"] for row in caller.get("/api/events?last=2").json] == [2, 3]
    assert [row["seq"] for row in caller.get("/api/events").json] == [1, 2, 3]
    assert caller.get("/api/events?last=0").json == []


@pytest.mark.parametrize(
    "query", ["since=-1", "since=x", "last=1e9", "since=", "limit=²", "last=" + "9" * 99]
)
def test_a_number_that_is_none_is_400(caller: Caller, query: str) -> None:
    reply = caller.get("/api/events?" + quote(query, safe="="))
    assert (reply.status, "whole number" in reply.error) == (400, True)


def test_ports_and_health_come_from_the_service(caller: Caller, service: AskedService) -> None:
    assert caller.get("/api/ports").json == service.ports()
    assert caller.get("/api/health").json == service.health()


def test_stop_ends_the_service(caller: Caller, service: AskedService) -> None:
    assert caller.post("/api/stop", {}).status == 200
    assert service.stopped.wait(10)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[1]", 400),
        (b'{"action": ["start"]}', 400),
        (b"\xff" * 50, 400),
        (b"[" * 50_000, 400),
        (b"x" * (1 << 20), 400),
        (b"x" * ((1 << 20) + 1), 413),
    ],
)
def test_a_body_that_is_no_action_changes_nothing(
    caller: Caller, service: AskedService, body: bytes, status: int
) -> None:
    reply = caller.post("/api/action", body)
    assert (reply.status, bool(reply.error)) == (status, True)
    assert service.desk.engine.seq == 1


def test_who_asks_under_a_foreign_name_or_from_a_foreign_page_changes_nothing(
    caller: Caller, service: AskedService
) -> None:
    action = {"action": "start"}
    assert caller.post("/api/action", action, Host="evil.example").status == 403
    assert caller.post("/api/action", action, Origin="http://evil.example").status == 403
    assert caller.post("/api/action", action, **{"Content-Type": "text/plain"}).status == 415
    assert caller.get("/api/state", Host="evil.example").status == 403
    assert service.desk.engine.seq == 1


def test_with_a_token_nothing_is_answered_without_it(service: AskedService) -> None:
    server = WebServer(service, "127.0.0.1", 0, token="secret")  # noqa: S106 - a token for this test alone
    caller = Caller(server.start())
    try:
        reply = caller.get("/api/state")
        assert (reply.status, reply.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert caller.get("/api/nothing").status == 401
        assert caller.get("/api/state", Authorization="Bearer secret").status == 200
    finally:
        server.stop()


def test_an_unknown_place_and_a_wrong_method_are_told_in_a_sentence(caller: Caller) -> None:
    assert caller.get("/api/nothing").error == "there is nothing at /api/nothing"
    wrong = caller.get("/api/action")
    assert (wrong.status, wrong.error) == (405, "/api/action takes POST only")


def test_a_defect_shows_no_traceback(caller: Caller, service: AskedService) -> None:
    service.defect = RuntimeError("secret detail")
    reply = caller.post("/api/action", {"action": "start"})
    assert (reply.status, b"secret" in reply.body, b"Traceback" in reply.body) == (
        500,
        False,
        False,
    )


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET /api/state HTTP/9.9\r\n\r\n",
        b"GET " + b"/x" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST /api/action HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        (
            b"POST /api/action HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n"
        ),
    ],
)
def test_what_is_no_http_is_hung_up_on_and_the_next_is_served(caller: Caller, data: bytes) -> None:
    answer = caller.raw(data)
    assert b"Traceback" not in answer
    assert answer.split(b" ")[1:2] in ([b"400"], [])
    assert caller.get("/api/state").status == 200


# --- the stream -----------------------------------------------------------------------------------


def listening(caller: Caller, service: AskedService) -> tuple[HTTPConnection, HTTPResponse]:
    connection = HTTPConnection(*caller.address, timeout=20)
    connection.request("GET", "/api/monitor")
    response = connection.getresponse()
    assert service.heard.wait(10)
    return connection, response


def traffic(n: int) -> Traffic:
    return Traffic(float(n), "in", "midi", "pads", f"press {n}", "90 24 7f", {"n": n})


def test_traffic_is_streamed_as_json_lines_in_order(caller: Caller, service: AskedService) -> None:
    connection, response = listening(caller, service)
    for n in range(100):
        service.ears[0](traffic(n))
    rows = [json.loads(response.readline()) for _ in range(100)]
    assert [row["more"]["n"] for row in rows] == list(range(100))
    assert rows[0]["text"] == "press 0"
    connection.close()


def test_traffic_of_many_threads_comes_whole(caller: Caller, service: AskedService) -> None:
    connection, response = listening(caller, service)
    senders = [
        threading.Thread(target=lambda: [service.ears[0](traffic(n)) for n in range(100)])
        for _ in range(4)
    ]
    for sender in senders:
        sender.start()
    rows = [json.loads(response.readline()) for _ in range(400)]
    for sender in senders:
        sender.join()
    assert sum("dropped" in row for row in rows) == 0
    connection.close()


def test_a_reader_that_goes_is_no_longer_told(caller: Caller, service: AskedService) -> None:
    connection, response = listening(caller, service)
    response.close()
    connection.close()
    for n in range(10_000):
        if service.left.wait(0.001):
            break
        if service.ears:
            service.ears[0](traffic(n))
    assert service.ears == []


def test_stopping_ends_the_stream(service: AskedService) -> None:
    server = WebServer(service, "127.0.0.1", 0)
    caller = Caller(server.start())
    connection, response = listening(caller, service)
    server.stop()
    assert response.read() == b""
    assert service.left.is_set()
    connection.close()


def test_a_reader_that_reads_no_more_does_not_keep_the_server_from_ending(
    service: AskedService,
) -> None:
    server = WebServer(service, "127.0.0.1", 0)
    caller = Caller(server.start())
    connection, _response = listening(caller, service)
    for n in range(20_000):
        service.ears[0](Traffic(0.0, "in", "midi", "pads", "x" * 1000, more={"n": n}))
    server.stop()
    gc.collect()  # an open socket that nobody holds would warn here
    assert not any(thread.name == "http" for thread in threading.enumerate())
    assert service.left.is_set()
    connection.close()
