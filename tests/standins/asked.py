"""A service to ask over HTTP: a desk behind the role that the HTTP interface sees."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from bridge import __version__
from bridge.app.answering import granted_to
from bridge.core.actions import Request
from bridge.core.events import Entry
from bridge.core.model import Studio
from bridge.core.status import Json, status
from bridge.errors import JournalFault, Refused, SongbridgeError
from bridge.store.codec import CODEC
from bridge.web.role import Answer, Traffic
from bridge.web.teaching import Reply, Teach, Told
from tests.standins.desk import Desk


class AskedService:
    """Answers from a desk. ``fault`` is what the disk says; ``mute`` keeps it from answering."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.fault = ""
        self.defect: Exception | None = None
        self.sources: list[str] = []
        self.taught: list[Teach] = []
        self.stopped = threading.Event()
        self.ears: list[Callable[[Traffic], None]] = []
        self.heard = threading.Event()
        self.left = threading.Event()

    def ask(self, request: Request, source: str, reply: Callable[[Answer], None]) -> None:
        if self.defect:
            raise self.defect
        self.sources.append(source)
        # As in life: the answer comes on another thread than the question.
        threading.Thread(target=lambda: reply(self._answer(request, source))).start()

    def _answer(self, request: Request, source: str) -> Answer:
        if self.fault:
            return JournalFault(self.fault)
        try:
            entries = self.desk.ask(request, source)
        except SongbridgeError as error:
            return error
        return granted_to(source, entries, self.desk.engine, "")

    def status(self) -> dict[str, Json]:
        shown = status(self.desk.view)
        return {
            "version": __version__,
            **shown,
            "controllers": [],
            "daws": [],
            "quiet_until": "",
            "faults": [],
        }

    def studio(self) -> tuple[Studio, int]:
        return self.desk.engine.studio, self.desk.engine.seq

    def entries(self, since: int, limit: int) -> Sequence[Entry]:
        if self.fault:
            raise JournalFault(self.fault)
        return [entry for entry in self.desk.journal if entry.seq > since][:limit]

    def lines(self, since: int, limit: int) -> Sequence[tuple[int, bytes]]:
        return [(entry.seq, CODEC.row(entry)[3]) for entry in self.entries(since, limit)]

    def last(self, count: int) -> Sequence[Entry]:
        return self.desk.journal[-count:] if count else []

    def ports(self) -> list[dict[str, Json]]:
        return [{"name": "Pads", "direction": "in", "controller": "generic-pads", "why": "opened"}]

    def health(self) -> list[dict[str, Json]]:
        return [{"level": "bad", "what": "reaper: silent", "mend": "start REAPER"}]

    def tap(self, hear: Callable[[Traffic], None]) -> Callable[[], None]:
        self.ears.append(hear)
        self.heard.set()

        def leave() -> None:
            self.ears.remove(hear)
            self.left.set()

        return leave

    def record(self, hear: Callable[[Traffic], None]) -> Callable[[], None]:
        return self.tap(hear)

    def teach(self, request: Teach, reply: Reply) -> None:
        self.taught.append(request)
        reply(Told("a lesson") if request.do == "begin" else Refused("this lesson has ended"))

    def stop(self) -> None:
        self.stopped.set()
