"""The running service as the HTTP interface and the demo see it; every method is for any thread."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from bridge import __version__
from bridge import moment as clock
from bridge.app import passing, recognition, recorder
from bridge.app.daw_rows import daw_rows
from bridge.app.inbox import Asked, Do, Incoming, Stop
from bridge.app.session import Session
from bridge.app.teaching import Teaching
from bridge.core.actions import Request
from bridge.core.events import Entry
from bridge.core.model import Studio
from bridge.core.status import Json, status
from bridge.errors import Refused
from bridge.files.home import Home
from bridge.surface import matching
from bridge.web.role import Answer, Traffic
from bridge.web.teaching import Reply, Teach

_PLATFORM = matching.platform(sys.platform)


class RunningService:
    """A `bridge.web.role.Service` on a session and its inbox.

    Studios are frozen, so reading the newest one needs no lock; everything that changes goes through
    the inbox.
    """

    def __init__(
        self,
        session: Session,
        put: Callable[[Incoming], None],
        findings: Callable[[], list[dict[str, Json]]],
        home: Home | None = None,
        teaching: Teaching | None = None,
    ) -> None:
        self._session, self._put, self._findings = session, put, findings
        self._teaching = teaching
        self._home = home

    def ask(self, request: Request, source: str, reply: Callable[[Answer], None]) -> None:
        """Have `request` decided on the service's thread."""
        self._put(Asked(request, source, reply))

    def status(self) -> dict[str, Json]:
        """Return the whole state as programs read it."""
        session, moment = self._session, clock.now()
        midi = session.midi.state()
        return {
            "version": __version__,
            **status(session.engine.view(moment)),
            "controllers": session.controllers.status(session.midi.states()),
            "daws": daw_rows(session.links, session.osc, moment),
            "quiet_until": session.quiet_until(moment),
            "midi": {
                "api": midi.api,
                "state": midi.state,
                "detail": midi.reason,
                "thru": passing.row(session.midi.thru()),
            },
            "osc": {**session.osc.counts()},
            "faults": [fault for fault in session.faults if fault],
        }

    def studio(self) -> tuple[Studio, int]:
        """Return the studio and the number of its last entry."""
        engine = self._session.engine
        return engine.studio, engine.seq

    def entries(self, since: int, limit: int) -> Sequence[Entry]:
        """Return entries after number `since`. Raises JournalFault."""
        return self._session.keeping.journal.since(since, limit)

    def lines(self, since: int, limit: int) -> Sequence[tuple[int, bytes]]:
        """Return entries after number `since` as lines. Raises JournalFault."""
        return self._session.keeping.journal.lines(since, limit)

    def last(self, count: int) -> Sequence[Entry]:
        """Return the newest entries. Raises JournalFault."""
        return self._session.keeping.journal.last(count)

    def ports(self) -> list[dict[str, Json]]:
        """Return the MIDI ports and which controller each is taken for."""
        session = self._session
        return recognition.rows(session.midi.ports(), session.controllers, _PLATFORM)

    def health(self) -> list[dict[str, Json]]:
        """Return findings of `doctor` that only the service knows."""
        return self._findings()

    def tap(self, hear: Callable[[Traffic], None]) -> Callable[[], None]:
        """Let `hear` be told of all traffic."""
        return self._session.taps.join(hear)

    def record(self, hear: Callable[[Traffic], None]) -> Callable[[], None]:
        """Let `hear` be told of all traffic, and of a recording's lines."""
        return recorder.record(self._session, self._put, self._home, hear)

    def teach(self, request: Teach, reply: Reply) -> None:
        """Have a lesson's request done on the service's thread."""
        teaching = self._teaching
        if teaching is None:
            reply(Refused("nothing can be taught here"))
        else:
            self._put(Do(lambda moment: teaching.ask(request, moment, reply)))

    def stop(self) -> None:
        """End the service in good order."""
        self._put(Stop())
