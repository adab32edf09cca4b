"""Lessons over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

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


def test_a_lesson_is_asked_of_the_service(caller: Caller, service: AskedService) -> None:
    reply = caller.post("/api/teaching", {"do": "begin"})
    assert (reply.status, reply.json) == (
        200,
        {"lesson": "a lesson", "heard": [], "devices": []},
    )
    assert [one.do for one in service.taught] == ["begin"]


def test_what_the_lesson_refuses_is_409_and_what_makes_no_sense_400(caller: Caller) -> None:
    refused = caller.post("/api/teaching", {"do": "hear", "lesson": "x"})
    assert (refused.status, refused.error) == (409, "this lesson has ended")
    assert caller.post("/api/teaching", {"do": "burn"}).status == 400


def test_a_page_of_another_site_and_whoever_lacks_the_token_teach_nothing(
    caller: Caller, service: AskedService
) -> None:
    begin = {"do": "begin"}
    assert caller.post("/api/teaching", begin, Origin="http://evil.example").status == 403
    assert caller.post("/api/teaching", begin, Host="evil.example").status == 403
    assert caller.post("/api/teaching", begin, **{"Content-Type": "text/plain"}).status == 415
    server = WebServer(service, "127.0.0.1", 0, token="secret")  # noqa: S106 - a token for this test alone
    guarded = Caller(server.start())
    assert guarded.post("/api/teaching", begin).status == 401
    server.stop()
    assert service.taught == []


@pytest.mark.parametrize(
    "body",
    [
        {"do": "show", "key": "k" * 301},
        {"do": "send", "messages": ["90517F"] * 65},
        {"do": "send", "messages": ["F0" * 4]},
        {"do": "hear", "after": -1},
        {"do": "begin", "file": "/etc/passwd"},
    ],
)
def test_what_is_too_much_is_refused_unread(
    caller: Caller, service: AskedService, body: object
) -> None:
    assert caller.post("/api/teaching", body).status == 400
    assert service.taught == []
