"""What of an account is looked at: the days, the song and the person that were asked for, nothing undone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from bridge.core.figures import Wanted
from bridge.core.figures_account import Deed, Job, Moved, Stretch, Tried, What
from bridge.core.figures_calendar import Local, parts
from bridge.core.figures_ledger import Ledger
from bridge.core.preparation import POOL_SONG
from bridge.errors import Invalid

_NAMED: Final = 8  # names that an error lists


class Selection:
    """The part of `ledger` that is asked for.

    ``work`` holds days, seconds (below 0: taken off again) and their stretch; ``deeds`` days and deeds;
    ``done`` the day on which each task was done; ``people`` everybody who did anything at all. Raises
    Invalid for a song or person that there is not, and for days that end before they begin.
    """

    def __init__(self, ledger: Ledger, local: Local, wanted: Wanted) -> None:
        self.ledger, self.local = ledger, local
        self.since, self.until = wanted.since or date.min, wanted.until or date.max
        if self.since > self.until:
            raise Invalid(f"the days end ({self.until}) before they begin ({self.since})")
        self.song = _song(ledger, wanted.song) if wanted.song else ""
        self.people = _people(ledger)
        self._person = _person(self.people, wanted.person) if wanted.person else ""
        self.work = [
            (day, seconds * stretch.sign, stretch)
            for stretch in ledger.stretches
            if self.meant(stretch)
            for day, seconds in parts(stretch.begin, stretch.end, local)
            if self.has(day)
        ]
        told = ((local(deed.at), deed) for deed in ledger.deeds if self.meant(deed))
        self.deeds = [(day, deed) for day, deed in told if self.has(day)]
        self.done = {deed.task: day for day, deed in self.deeds if deed.what is What.DONE}

    def has(self, day: date) -> bool:
        """Tell whether it is one of the days."""
        return self.since <= day <= self.until

    def meant(self, what: Stretch | Deed) -> bool:
        """Tell whether it counts and is of the song and person."""
        return (
            self.counts(what)
            and (not self._person or what.person == self._person)
            and (not self.song or what.task.rpartition(".")[0] == self.song)
        )

    def counts(self, what: Stretch | Deed) -> bool:
        """Tell whether it was not undone, and its task is there."""
        return what.act not in self.ledger.voided and what.task in self.ledger.jobs

    def moves(self) -> Iterable[Moved]:
        """Yield the moves of the songs that are there, oldest first; the pool of low days is no song."""
        pieces, voided = self.ledger.pieces, self.ledger.voided
        return (
            move
            for move in self.ledger.moves
            if move.act not in voided
            and move.song in pieces
            and move.song != POOL_SONG
            and self.song in ("", move.song)
        )

    def tried(self) -> Iterable[Tried]:
        """Yield the ways out of a rut on these days; they are of no song."""
        return (
            one
            for one in self.ledger.tried
            if one.act not in self.ledger.voided
            and self.has(self.local(one.at))
            and self._person in ("", one.person)
            and not self.song
        )

    def job(self, what: Stretch | Deed) -> Job:
        """Return the task that it is about."""
        return self.ledger.jobs[what.task]


def _song(ledger: Ledger, asked: str) -> str:
    """Return the id of the song that is meant by its id or title. Raises Invalid."""
    meant = asked.casefold()
    for piece in ledger.pieces.values():
        if meant in (piece.id.casefold(), piece.title.casefold()):
            return piece.id
    raise Invalid(_unknown("song", asked, (piece.id for piece in ledger.pieces.values())))


def _people(ledger: Ledger) -> tuple[str, ...]:
    told = {stretch.person for stretch in ledger.stretches} | {d.person for d in ledger.deeds}
    return tuple(sorted(told - {""}))


def _person(people: Iterable[str], asked: str) -> str:
    for person in people:
        if person.casefold() == asked.casefold():
            return person
    raise Invalid(_unknown("person", asked, people))


def _unknown(what: str, asked: str, names: Iterable[str]) -> str:
    known = list(names)
    listed = ", ".join(known[:_NAMED]) + (", …" if len(known) > _NAMED else "")
    there = f"there are {listed}" if known else "the journal names none"
    return f"the journal knows no {what} {asked[:40]!r}; {there}"
