"""The journal on disk, in SQLite; the only place that knows SQLite."""

from bridge.store.sqlite.journal import SqliteJournal

__all__ = ["SqliteJournal"]
