"""The journal's twin for tests and for a studio that leaves nothing behind."""

from __future__ import annotations

from collections.abc import Sequence

from bridge.core.events import Entry, Snapshot
from bridge.errors import JournalFault
from bridge.store.codec import CODEC
from bridge.store.journal import Loaded


class MemoryJournal:
    """A journal in a list. ``fault``, when set, is what the disk says to every write."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.snapshots: list[Snapshot] = []
        self.heartbeat: float | None = None
        self.fault: str = ""

    @property
    def trouble(self) -> str | None:
        """Nothing: it has no disk to lose anything from."""
        return None

    def append(self, entries: Sequence[Entry]) -> None:
        """Hold all or none; see `Journal`."""
        if self.fault:
            raise JournalFault(self.fault)
        last = self.entries[-1].seq if self.entries else 0
        for entry in entries:
            if entry.seq <= last:
                raise JournalFault(f"the journal has an entry {entry.seq} already")
            last = entry.seq
        self.entries.extend(entries)

    def load(self) -> Loaded:
        """Return the newest snapshot and what came after it; see `Journal`."""
        snapshot = self.snapshots[-1] if self.snapshots else None
        after = snapshot.seq if snapshot else 0
        last = self.entries[-1] if self.entries else None
        instants = [self.heartbeat, last.at if last else None]
        return Loaded(
            snapshot=snapshot,
            entries=[e for e in self.entries if e.seq > after],
            alive_at=max((i for i in instants if i is not None), default=None),
            last_seq=max(after, last.seq if last else 0),
        )

    def since(self, seq: int, limit: int = 1000) -> list[Entry]:
        """Return entries above `seq`, oldest first."""
        return [e for e in self.entries if e.seq > seq][:limit]

    def lines(self, seq: int, limit: int) -> list[tuple[int, bytes]]:
        """Return entries above `seq` as lines, oldest first."""
        return [(e.seq, CODEC.row(e)[3]) for e in self.since(seq, limit)]

    def last(self, count: int) -> list[Entry]:
        """Return the newest `count`, oldest first."""
        return self.entries[-count:] if count > 0 else []

    def alive(self, at: float) -> bool:
        """Note that the service runs at `at`."""
        if not self.fault:
            self.heartbeat = at
        return not self.fault

    def save_snapshot(self, snapshot: Snapshot) -> None:
        """Keep the newest two."""
        if not self.fault:
            kept = [s for s in self.snapshots if s.seq != snapshot.seq]
            self.snapshots = sorted([*kept, snapshot], key=lambda s: s.seq)[-2:]

    def close(self) -> None:
        """Nothing to let go of."""
