"""The studio without a service: the journal is opened for one command and let go of again."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bridge import __version__
from bridge.app.keeping import Keeping
from bridge.core.actions import Presence, Request, signed
from bridge.core.advice import advice
from bridge.core.events import Entry, SittingEnded
from bridge.core.status import Json, status
from bridge.errors import Invalid, JournalFault, Refused, SongbridgeError, Unavailable
from bridge.files.config import TOKEN, Config, load_config
from bridge.store.journal import Journal
from bridge.store.lock import HomeLock
from bridge.store.memory import MemoryJournal
from bridge.store.sqlite import SqliteJournal
from bridge.web import answers
from bridge.web.role import Granted

if TYPE_CHECKING:
    from bridge.cli.here import Here
    from bridge.core.model import Studio
    from bridge.store.lock import ServiceInfo

_MOST = 1000  # entries in one answer, as from a service


def _writable(folder: Path) -> bool:
    """Tell whether this process may write there; a disk that is read-only says no to root, too."""
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


@contextlib.contextmanager
def _copied(journal: Path) -> Iterator[Journal]:
    """Give a copy of the journal to look at, where SQLite could not lock the journal itself.

    Raises Unavailable when it can't be read, JournalFault when it is damaged.
    """
    with tempfile.TemporaryDirectory(prefix="songbridge-") as folder:
        try:
            for file in (journal, journal.with_name(f"{journal.name}-wal")):
                if file.exists():
                    shutil.copyfile(file, Path(folder) / file.name)
        except OSError as error:
            raise Unavailable(f"{journal} can't be read: {error.strerror or error}") from None
        copy = SqliteJournal.open(Path(folder) / journal.name)
        try:
            yield copy
        finally:
            copy.close()


class LocalClient:
    """Does what the service does with a request, without pads, lights and DAWs."""

    service: ServiceInfo | None = None

    def __init__(self, here: Here, config: Config, journal: Journal, *, kept: bool = False) -> None:
        self._here, self._config, self._kept = here, config, kept
        self._keeping = Keeping(journal, config.settings)
        self.recovered = self._keeping.recovered
        with contextlib.suppress(JournalFault):  # `status` shows it
            self._keeping.wake_up(here.now())
        self._settle()

    @classmethod
    @contextlib.contextmanager
    def opened(cls, here: Here, *, writing: bool) -> Iterator[LocalClient]:
        """Hold the home for one command. Raises Unavailable, InvalidFile, Invalid or JournalFault."""
        home = here.home
        config = load_config(home, token=here.environ.get(TOKEN, ""))
        if not writing and not home.journal.exists():
            yield cls(here, config, MemoryJournal())  # looking at nothing leaves nothing behind
            return
        if not writing and not _writable(home.data_dir):
            with _copied(home.journal) as copy:
                yield cls(here, config, copy)
            return
        home.ensure()
        with HomeLock(home.data_dir).acquire():
            client = cls(here, config, SqliteJournal.open(home.journal), kept=True)
            try:
                if client.recovered:
                    print(client.recovered, file=sys.stderr)  # noqa: T201 - the one word it has for its user
                yield client
            finally:
                client.close()

    def close(self) -> None:
        """Let go of the journal."""
        self._keeping.close(self._here.now())

    def ask(self, request: Request) -> Granted:
        """Have `request` done; see `Client`."""
        moment, keeping = self._here.now(), self._keeping
        self._settle()
        before = keeping.engine.studio
        try:
            entries = keeping.ask(signed(request, self._here.person), moment, "cli")
        except (Refused, Invalid):
            # As with a service: whoever asks in vain is there all the same.
            with contextlib.suppress(SongbridgeError):
                keeping.ask(Presence(), moment, "cli")
            raise
        advised = advice(entries, keeping.engine.studio, keeping.engine.settings)
        said = "\n".join(filter(None, (self._said(before, entries), *advised)))
        return Granted(keeping.engine.seq, said)

    def status(self) -> dict[str, Json]:
        """Return the state; see `Client`."""
        view = self._keeping.engine.view(self._here.now())
        return {
            "version": __version__,
            **status(view),
            "controllers": [],
            "daws": [],
            "quiet_until": "",
            "faults": [self._keeping.fault] if self._keeping.fault else [],
            "service": "not running",
        }

    def studio(self) -> tuple[Studio, int]:
        """Return the studio; see `Client`."""
        return self._keeping.engine.studio, self._keeping.engine.seq

    def events(self, since: int, limit: int) -> list[dict[str, Json]]:
        """Return entries; see `Client`."""
        entries = self._keeping.journal.since(since, min(limit, _MOST))
        return answers.events_json(entries, self._keeping.engine.studio)

    def last(self, count: int) -> list[dict[str, Json]]:
        """Return the newest entries; see `Client`."""
        entries = self._keeping.journal.last(min(count, _MOST))
        return answers.events_json(entries, self._keeping.engine.studio)

    def journal(self) -> Iterator[Entry]:
        """Yield every entry; see `Client`."""
        seq, journal = 0, self._keeping.journal
        while entries := journal.since(seq, _MOST):
            yield from entries
            seq = entries[-1].seq

    def ports(self) -> list[dict[str, Json]]:
        """Return the MIDI ports; see `Client`."""
        from bridge.cli.local_ports import look  # noqa: PLC0415 - the MIDI library is slow to load

        return look(self._config, self._here.home).rows

    def health(self) -> list[dict[str, Json]]:
        """Return nothing: what only a service knows is not known."""
        return []

    def monitor(self, *, record: bool = False) -> Iterator[dict[str, Json]]:  # noqa: ARG002 - the role's
        """Raise Unavailable: without a service nothing comes in."""
        raise Unavailable("monitor listens at the running service; start it with `songbridge up`")

    def _settle(self) -> None:
        """Let what was due meanwhile become true; `status` shows a journal that can't hold it.

        A sitting that was left gets its summary, unless the journal is a copy that is thrown away.
        """
        moment, before = self._here.now(), self._keeping.engine.studio
        while entries := self._keeping.settle(moment):
            if self._kept:
                self._said(before, entries)
            before = self._keeping.engine.studio

    def _said(self, before: Studio, entries: tuple[Entry, ...]) -> str:
        ended = next((e for e in entries if isinstance(e.fact, SittingEnded)), None)
        if ended is None:
            return ""
        from bridge.app.summarising import summariser  # noqa: PLC0415 - only the end of a sitting needs it

        settings = self._keeping.engine.settings
        return summariser(self._here.home, lambda: settings)(before, ended.at)
