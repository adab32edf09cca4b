"""The role of the journal: what the service asks of it, and what a start gets from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bridge.core.events import Entry, Snapshot


@dataclass(frozen=True, slots=True)
class Recovery:
    """What became of a damaged journal.

    ``corrupt`` is where the damaged file was set aside (its ``-wal`` beside it, where there was
    one), ``recovered`` counts the entries of the new journal, ``gaps`` are the missing entries as
    pairs of first and last number, both included. Entries that were lost behind the last readable
    one leave no trace and can't be counted.
    """

    corrupt: Path
    recovered: int
    gaps: tuple[tuple[int, int], ...] = ()

    @property
    def lost(self) -> int:
        """How many entries are known to be missing."""
        return sum(last - first + 1 for first, last in self.gaps)

    def __str__(self) -> str:
        kept = f"the journal was damaged: {self.recovered} entries were recovered"
        missing = ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in self.gaps[:5])
        more = ", …" if len(self.gaps) > 5 else ""  # noqa: PLR2004 - what fits on one line
        lost = f", {self.lost} are lost (numbers {missing}{more})" if self.gaps else ""
        return f"{kept}{lost}; the damaged file is kept as {self.corrupt}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything a start needs.

    ``entries`` are those after the snapshot (all without one), oldest first; after a recovery there
    may be gaps in their numbers, and facts about things whose creating fact is lost: replay skips
    what does not fit. ``alive_at`` is the last wall instant at which the service is known to have
    run. ``last_seq`` is 0 for a new journal; the next entry's number is one more.
    """

    snapshot: Snapshot | None
    entries: Sequence[Entry]
    alive_at: float | None
    last_seq: int
    recovered: Recovery | None = None


class Journal(Protocol):
    """An append-only list of entries that outlives the process.

    `append`, `alive` and `save_snapshot` are called by the one thread that owns the state; the
    reading methods by any thread.
    """

    @property
    def trouble(self) -> str | None:
        """What keeps writes from being proof against a power cut now, None when nothing does."""

    def append(self, entries: Sequence[Entry]) -> None:
        """Hold all of `entries`, or none.

        On return they survive a killed process, and within a second a power cut.

        Raises:
            JournalFault: They can't be written now, or a number is taken; nothing of it is held.

        """

    def load(self) -> Loaded:
        """Return the newest readable snapshot and all that came after it.

        Raises:
            JournalFault: It can't be read, or a newer Songbridge wrote it.

        """

    def since(self, seq: int, limit: int = 1000) -> list[Entry]:
        """Return at most `limit` entries with a number above `seq`, oldest first.

        Raises:
            JournalFault: They can't be read.

        """

    def lines(self, seq: int, limit: int) -> list[tuple[int, bytes]]:
        """Return at most `limit` entries above `seq` as number and JSON line, which `Codec.read` reads.

        That takes a tenth of the time of `since`, where somebody else does the reading.

        Raises:
            JournalFault: They can't be read.

        """

    def last(self, count: int) -> list[Entry]:
        """Return the newest `count` entries, oldest first.

        Raises:
            JournalFault: They can't be read.

        """

    def alive(self, at: float) -> bool:
        """Note that the service runs at the wall instant `at`; return whether it was written."""

    def save_snapshot(self, snapshot: Snapshot) -> None:
        """Keep a state so that the next start need not replay all; the newest two are kept.

        Nothing depends on it: a disk that can't take it is passed over.
        """

    def close(self) -> None:
        """Make all proof against a power cut and let go of the files; may be called again."""
