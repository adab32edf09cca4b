"""Which songs are in hand, which rest, and whether they are too many at once."""

from __future__ import annotations

from bridge.core.model import Song, Studio
from bridge.core.preparation import POOL_SONG
from bridge.core.settings import Settings


def in_hand(studio: Studio, settings: Settings) -> tuple[Song, ...]:
    """Return the songs that are neither finished nor resting, in the order they came in."""
    last = settings.stages[-1]
    return tuple(s for s in studio.songs.values() if s.stage != last and not s.resting)


def resting(studio: Studio) -> tuple[Song, ...]:
    """Return the songs that rest."""
    return tuple(song for song in studio.songs.values() if song.resting)


def count(studio: Studio, settings: Settings) -> int:
    """Return how many songs are in hand; the pool of preparation tasks is no song."""
    return sum(song.id != POOL_SONG for song in in_hand(studio, settings))


def too_many(studio: Studio, settings: Settings) -> int:
    """Return how many songs are in hand when that is more than was wanted, else 0."""
    many = count(studio, settings)
    return many if 0 < settings.in_hand < many else 0


def nudge(studio: Studio, settings: Settings) -> str:
    """Return a sentence on too many songs in hand, empty when they are not."""
    many = too_many(studio, settings)
    if not many:
        return ""
    meant = "1 was" if settings.in_hand == 1 else f"{settings.in_hand} were"
    return (
        f"{many} songs are in hand, {meant} meant to be; "
        "`songbridge rest ID` lays one to rest until you wake it"
    )
