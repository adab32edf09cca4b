"""A song's records out of the journal: the difference that each entry made to it, and what came in.

Every kind of fact is covered without a case of its own, taking back included: what an entry changed
is what differs before and after it. Pure; reads each entry once, oldest first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bridge.core.events import Entry, Marked, Noted, SittingBegan, SittingEnded, SongAdded, Undone
from bridge.core.events_sharing import ClashSettled, SongMerged, StudioNamed
from bridge.core.evolve import evolve
from bridge.core.model import Song, Studio
from bridge.core.sharing_changes import Change, changes, own_writes
from bridge.core.sharing_entries import by_entry, united
from bridge.core.sharing_picture import Picture
from bridge.core.sharing_records import Record, read, record, together, told_at, vector


@dataclass(frozen=True, slots=True)
class Index:
    """What of a journal belongs to which song: ``known_as`` → the song's id here, and the studio's ids.

    ``ids`` are the studio's ids with the entries from which they are borne, ``made`` the instants of all
    entries, as records tell them, by the id and the number that each bears.
    """

    ids: tuple[tuple[int, str], ...]
    songs: dict[str, str]
    made: dict[tuple[str, int], float] = field(default_factory=dict)

    def studio(self, seq: int) -> str:
        """Return the id that the studio's records of entry `seq` bear."""
        borne = [name for since, name in self.ids if since <= seq]
        return borne[-1] if borne else self.ids[0][1]


def index(entries: Iterable[Entry], name: str) -> Index:
    """Look through a journal; `name` is the studio's id where it has none yet."""
    ids: list[tuple[int, str]] = []
    added: list[tuple[int, str]] = []
    songs: dict[str, str] = {}
    instants: dict[int, float] = {}
    for entry in entries:
        instants[entry.seq] = entry.at
        match entry.fact:
            case StudioNamed(id=known, since=since):
                ids.append((since, known))
            case SongAdded(song=song):
                added.append((entry.seq, song.id))
            case SongMerged(known_as=known_as, song=song_id):
                songs[known_as] = song_id
            case _:
                pass
    found = Index(tuple(sorted(ids)) or ((0, name),), songs)
    found.made.update(((found.studio(seq), seq), told_at(at)) for seq, at in instants.items())
    for seq, song_id in added:
        songs.setdefault(song_name(found.studio(seq), seq), song_id)
    return found


def song_name(studio: str, seq: int) -> str:
    """Return the id that a song has everywhere: where and with which entry it came to be."""
    return f"{studio}/{seq}"


@dataclass(frozen=True, slots=True)
class Before:
    """What was known before a history came in, for when that is taken back."""

    foreign: tuple[Record, ...]
    names: dict[str, str]


@dataclass(slots=True)
class History:
    """One song's records here. Feed it the journal's entries (`read`), then ask.

    ``names`` are its tasks' ids everywhere by their ids here; ``known_as`` is empty while the song is
    not there.
    """

    song: str
    index: Index
    studio: Studio = field(default_factory=Studio)
    known_as: str = ""
    names: dict[str, str] = field(default_factory=dict)
    own: list[Record] = field(default_factory=list)
    foreign: list[Record] = field(default_factory=list)
    picture: Picture = field(default_factory=Picture)
    last: int = 0
    _merges: dict[int, Before] = field(default_factory=dict)
    _act: int = 0
    _sat: tuple[float, int] = (0.0, 0)

    def read(self, entries: Iterable[Entry]) -> None:
        """Take in entries, oldest first."""
        for entry in entries:
            if entry.step == 0 or entry.seq != self.last + 1:
                self._act = entry.seq
            before, self.studio = self.studio, evolve(self.studio, entry)
            self.last = entry.seq
            self._follow(entry, before)

    @property
    def here(self) -> dict[str, str]:
        """The ids here of the song's tasks, by their ids everywhere."""
        return {self.names[key]: key for key in self.studio.songs[self.song].tasks}

    @property
    def records(self) -> list[Record]:
        """All that is known, in the order of studios and numbers."""
        return united(by_entry(self.foreign), by_entry(self.own))

    @property
    def seen(self) -> dict[str, int]:
        """How far this studio's knowledge goes, by studio: its own up to the last entry."""
        own = {self.index.studio(self.last): self.last} if self.known_as else {}
        return together(self._met(), vector(self.own), own)

    def _met(self) -> dict[str, int]:
        met = [one.data.get("seen", {}) for one in self.foreign if one.kind == "met"]
        return together(vector(self.foreign), *met)

    def _follow(self, entry: Entry, before: Studio) -> None:
        was, now = before.songs.get(self.song), self.studio.songs.get(self.song)
        fact = entry.fact
        if isinstance(fact, SongMerged) and fact.song == self.song and now is not None:
            self._merged(entry, fact, was)
        elif isinstance(fact, Undone) and fact.seq in self._merges:
            self._unmerged(entry, self._merges.pop(fact.seq))
        elif now is None:
            self._forget()
        elif was is None:
            self._born(entry, now)
        else:
            self._changed(entry, before, was, now)
        if self.known_as:
            self._told(entry, before)

    def _merged(self, entry: Entry, fact: SongMerged, was: Song | None) -> None:
        if was is None:
            self._forget()
            self.known_as = fact.known_as
        self._merges[self._act] = Before(tuple(self.foreign), dict(self.names))
        came = [read(line) for line in fact.records]
        self.foreign = united(by_entry(self.foreign), by_entry(came))
        self.names |= fact.names
        self._look_anew()
        self._add(entry, [("met", Change(data={"seen": dict(fact.seen)}))])
        song = self.studio.songs[self.song]
        self._write(entry, own_writes(self.names, song, self.picture, fact.own))
        self._write(entry, changes(self.names, song, song, self.studio, self.picture))

    def _unmerged(self, entry: Entry, before: Before) -> None:
        if self.song not in self.studio.songs:
            self._forget()
            return
        self.foreign, self.names = list(before.foreign), before.names
        self._look_anew()
        self._add(entry, [("met", Change(data={"seen": self._met()}))])
        song = self.studio.songs[self.song]
        self._write(entry, changes(self.names, song, song, self.studio, self.picture))

    def _forget(self) -> None:
        self.known_as = ""
        self.names, self.own, self.foreign = {}, [], []
        self.picture = Picture()

    def _born(self, entry: Entry, now: Song) -> None:
        self._forget()
        self.known_as = song_name(self.index.studio(entry.seq), entry.seq)
        self._name_new(entry, None, now)
        self._write(entry, changes(self.names, None, now, self.studio, self.picture))

    def _changed(self, entry: Entry, before: Studio, was: Song, now: Song) -> None:
        same_queues = (
            before.queue is self.studio.queue and before.prep_queue is self.studio.prep_queue
        )
        if (
            was is now
            and same_queues
            and not (isinstance(entry.fact, ClashSettled) and entry.fact.song == self.song)
        ):
            return
        self._name_new(entry, was, now)
        if isinstance(entry.fact, ClashSettled) and entry.fact.own and entry.fact.song == self.song:
            own = own_writes(self.names, now, self.picture, entry.fact.own)
            self._write(entry, own)
            was = now  # what differs is written by now, but for places
        self._write(entry, changes(self.names, was, now, self.studio, self.picture))

    def _name_new(self, entry: Entry, was: Song | None, now: Song) -> None:
        """Name tasks that are new; one that was taken back left its id here to the next, not its name."""
        back = isinstance(entry.fact, Undone)
        had = was.tasks if was else {}
        new = [task for task in now.tasks if task not in had]
        for n, task in enumerate(one for one in new if not (back and one in self.names)):
            self.names[task] = f"{self.index.studio(entry.seq)}/{entry.seq}/{n}"

    def _told(self, entry: Entry, before: Studio) -> None:
        """Keep notes and markers that were written at one of the song's tasks, and its sittings."""
        match entry.fact:
            case Noted(text=text) | Marked(text=text):
                task = self.names.get(self.studio.timer.task or "")
                if task is not None:
                    word = "note" if isinstance(entry.fact, Noted) else "mark"
                    self._add(entry, [("told", Change(task, data={word: text}))])
            case SittingBegan():
                self._sat = entry.at, self._spent()
            case SittingEnded():
                worked = self._spent() - self._sat[1]
                if before.sitting is not None and worked > 0:
                    told = {"sitting": [round(self._sat[0], 3), worked]}
                    self._add(entry, [("told", Change(data=told))])
            case _:
                pass

    def _spent(self) -> int:
        own = self.index.studio(self.last)
        return sum(one.data.get("add", {}).get("spent", 0) for one in self.own if one.studio == own)

    def _write(self, entry: Entry, found: Iterable[Change]) -> None:
        self._add(entry, [(change.kind, change) for change in found])

    def _add(self, entry: Entry, found: Iterable[tuple[str, Change]]) -> None:
        studio, found = self.index.studio(entry.seq), list(found)
        if (
            found and self.own and self.own[-1].studio != studio
        ):  # it knows what it did by its old id
            seen = together(self._met(), vector(self.own))
            found.insert(0, ("met", Change(data={"seen": seen})))
        n = self.own[-1].n + 1 if self.own and self.own[-1].seq == entry.seq else 0
        made = [
            record(
                (studio, entry.seq, n + i), entry.at, entry.person, kind, change.of, **change.data
            )
            for i, (kind, change) in enumerate(found)
        ]
        self.own += made
        self.picture.take(made)

    def _look_anew(self) -> None:
        self.picture = Picture()
        self.picture.take(self.records)
