"""The whole journal over HTTP: read aside of the thread that owns the state, a little at a time."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from bridge.store.codec import CODEC
from bridge.web.server import WebServer
from tests.standins.asked import AskedService
from tests.standins.desk import SONG, Desk
from tests.standins.http import Caller

MANY = 600


class Noting(AskedService):
    """Gives lines and notes who asked for how many; it is never asked to decide anything."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.readers: list[str] = []
        self.portions: list[int] = []

    def lines(self, since: int, limit: int) -> Sequence[tuple[int, bytes]]:
        self.readers.append(threading.current_thread().name)
        self.portions.append(limit)
        found = [e for e in self.desk.journal if e.seq > since][:limit]
        return [(e.seq, CODEC.row(e)[3]) for e in found]


def service() -> Noting:
    desk = Desk(None, SONG)
    while len(desk.journal) < MANY:
        desk.do("note", "louder")
    return Noting(desk)


def test_the_journal_is_read_on_the_web_thread_in_small_portions() -> None:
    asked = service()
    web = WebServer(asked, "127.0.0.1", 0)
    address = web.start()
    try:
        body = Caller(address).get("/api/journal").body
    finally:
        web.stop()
    assert set(asked.readers) == {"http"}
    assert max(asked.portions) <= 250
    assert len(asked.portions) > MANY / 250
    assert [CODEC.read(line).seq for line in body.split(b"\n")[:-2]] == [
        entry.seq for entry in asked.desk.journal
    ]
