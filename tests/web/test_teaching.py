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
