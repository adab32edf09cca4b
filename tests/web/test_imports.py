"""Songs that come in through the running service: large bodies, one at a time, all or none."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from bridge.core.actions import Action, AddTask, ImportSong, SongDraft, TaskDraft, Together
from bridge.web.requests import LARGEST, LARGEST_IMPORT, write_request
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


def _song(title: str, tasks: int = 1) -> SongDraft:
    return SongDraft(
        title, tasks=tuple(TaskDraft(f"Take {n}", kept="k" * 999) for n in range(tasks))
    )


def _titles(service: AskedService) -> list[str]:
    return [song.title for song in service.desk.engine.studio.songs.values()]


def test_songs_of_more_than_a_mebibyte_come_in_where_imports_do(
    caller: Caller, service: AskedService
) -> None:
    body = write_request(
        Together((ImportSong(_song("A", 900)), ImportSong(_song("B", 900)))), "cli"
    )
    assert len(body) > LARGEST
    reply = caller.post("/api/request", body)
    assert (reply.status, reply.error) == (413, "the body is larger than 1048576 bytes")
    before = _titles(service)
    assert caller.post("/api/import", body).status == 200
    assert _titles(service) == [*before, "A", "B"]


def test_all_changes_of_one_body_are_made_or_none_and_taken_back_as_one(
    caller: Caller, service: AskedService
) -> None:
    before, seq = _titles(service), service.desk.engine.seq
    twice = Together((ImportSong(_song("A")), ImportSong(_song("A"))))
    assert caller.post("/api/import", write_request(twice, "cli")).status == 409
    assert (_titles(service), service.desk.engine.seq) == (before, seq)
    new = Together((ImportSong(_song("A")), AddTask("a", TaskDraft("Sing"))))
    assert caller.post("/api/import", write_request(new, "cli")).status == 200
    assert len(service.desk.engine.studio.songs["a"].tasks) == 2
    assert caller.post("/api/action", {"action": "undo"}).status == 200
    assert _titles(service) == before


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b" " * LARGEST_IMPORT, 400),
        (b" " * (LARGEST_IMPORT + 1), 413),
        (write_request(AddTask("", TaskDraft("Sing")), "cli"), 400),
        (write_request(Action("start"), "cli"), 400),
        (b'{"request": "together"}', 400),
        (b'{"request": "together", "changes": []}', 400),
        (b'{"request": "together", "changes": [5]}', 400),
        (b'{"request": "together", "changes": [{"request": "presence"}]}', 400),
        (b'{"request": "together", "changes": [{"request": "together", "changes": []}]}', 400),
        (b'{"request": "together", "changes": [{"request": "import", "draft": {}}]}', 400),
        (b'{"request": "together", "more": 1, "changes": [{"request": "goal", "number": 1}]}', 400),
    ],
    ids=lambda x: repr(x)[:60].strip(),
)
def test_a_body_that_brings_nothing_in_changes_nothing(
    caller: Caller, service: AskedService, body: bytes, status: int
) -> None:
    seq = service.desk.engine.seq
    reply = caller.post("/api/import", body)
    assert (reply.status, bool(reply.error)) == (status, True)
    assert service.desk.engine.seq == seq


def test_large_bodies_come_in_one_at_a_time_and_a_half_one_is_in_nobodys_way_for_long(
    caller: Caller, service: AskedService
) -> None:
    song = write_request(ImportSong(_song("A")), "cli")
    host = f"{caller.address[0]}:{caller.address[1]}"
    head = f"POST /api/import HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
    half = head + f"Content-Length: {len(song)}\r\nExpect: 100-continue\r\n\r\n"
    with socket.create_connection(caller.address, timeout=20) as line:
        line.sendall(half.encode())
        assert line.recv(99).startswith(b"HTTP/1.1 100")
        line.sendall(song[:20])
        reply = caller.post("/api/import", song)
        assert (reply.status, "another import is under way" in reply.error) == (503, True)
        line.sendall(song[20:])
        assert line.recv(99).startswith(b"HTTP/1.1 200")
    assert _titles(service)[-1] == "A"
    assert caller.post("/api/import", song).status == 409
