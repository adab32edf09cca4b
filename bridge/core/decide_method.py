"""What the actions of the method mean now: rest, wake, off, feed, rut."""

from __future__ import annotations

from typing import assert_never

from bridge.core import decide_songs, decide_timer, feeding, rut, time_off
from bridge.core.actions import Argument
from bridge.core.draft import Draft
from bridge.core.events import SittingEnded, SongRested, SongTaken, SongWoken
from bridge.core.events_method import (
    FeedAdded,
    FeedDone,
    FeedDropped,
    RutChosen,
    RutHelped,
    RutOffered,
    TimeOffEnded,
    TimeOffPlanned,
)  # fmt: skip
from bridge.core.find import find_song, song_in_hand, whole
from bridge.core.in_hand import in_hand
from bridge.core.method import FeedItem, Way
from bridge.core.model import Song
from bridge.errors import Refused

_RUT_BREAK = "15m"
_BACK = ("end", "over", "back", "cancel")


def rest(draft: Draft, argument: Argument) -> None:
    """Lay a song to rest, the one in hand without an argument; another one is taken up then."""
    song = _meant(draft, argument) if _said(argument) else song_in_hand(draft.studio)
    if song.resting:
        raise Refused(f"{song.title!r} rests already; `songbridge wake {song.id}` wakes it")
    if song.stage == draft.settings.stages[-1]:
        raise Refused(f"{song.title!r} is finished and needs no rest")
    if draft.studio.timer.task in song.tasks:
        decide_timer.rest(draft)
    draft.tell(SongRested(song.id))
    others = [one.id for one in in_hand(draft.studio, draft.settings)]
    if draft.studio.song == song.id and others:
        draft.tell(SongTaken(others[0]))


def wake(draft: Draft, argument: Argument) -> None:
    """Wake a resting song: its tasks join the queue again."""
    if not _said(argument):
        raise Refused("wake needs a song's id; `songbridge song list` shows them")
    song = find_song(draft.studio, str(argument))
    if not song.resting:
        raise Refused(f"{song.title!r} does not rest")
    draft.tell(SongWoken(song.id))


def _meant(draft: Draft, argument: Argument) -> Song:
    place = whole(argument)
    songs = in_hand(draft.studio, draft.settings)
    if place is None:
        return find_song(draft.studio, str(argument))
    if not 1 <= place <= len(songs):
        raise Refused(f"there is no song number {place} in hand")
    return songs[place - 1]


def off(draft: Draft, argument: Argument) -> None:
    """Plan time off, which begins now or on a day; ``off end`` takes it back or ends it."""
    words = argument.strip() if isinstance(argument, str) else ""
    if words.casefold() in _BACK:
        _come_back(draft)
        return
    planned = time_off.planned(words, draft.at, draft.settings.days)
    draft.tell(TimeOffPlanned(planned.begins, planned.until))
    if planned.begins <= draft.at and draft.studio.sitting is not None:
        draft.tell(SittingEnded())


def _come_back(draft: Draft) -> None:
    planned = draft.studio.method.off
    if planned is None or planned.over:
        raise Refused("no time off is planned; `off until friday` plans it")
    draft.tell(TimeOffEnded(back=planned.begins <= draft.at))


def feed(draft: Draft, argument: Argument) -> None:
    """Put something for the mind on the list; ``feed done 3`` and ``feed drop 3`` take it off.

    ``feed done`` alone ticks off the first that waits, which lights and `tell feed` show.
    """
    if not isinstance(argument, str) or not argument.strip():
        raise Refused("feed needs a text, for example `feed listen Kind of Blue`")
    first, _, more = " ".join(argument.split()).partition(" ")
    method = draft.studio.method
    if first == "done" and (not more or whole(more) is not None):
        item = feeding.found(method, more) if more else _waiting(draft)
        if item.done:
            raise Refused(f"{item.text!r} is done already")
        draft.tell(FeedDone(item.number))
    elif first == "drop" and whole(more) is not None:
        draft.tell(FeedDropped(feeding.found(method, more).number))
    else:
        draft.tell(FeedAdded(feeding.written(argument, method.next_feed)))


def _waiting(draft: Draft) -> FeedItem:
    items = feeding.waiting(draft.studio)
    if not items:
        raise Refused("nothing on the list waits; `feed listen Kind of Blue` puts something there")
    return items[0]


def find_way(draft: Draft, argument: Argument) -> None:
    """Offer ways out of a rut; ``rut 1`` or ``rut prep`` takes one, ``rut helped`` or ``rut no`` rates it."""
    word = str(argument).strip().casefold() if _said(argument) else ""
    if word in ("helped", "yes", "no"):
        trying = draft.studio.method.rut.trying
        if trying is None:
            raise Refused("no way out of a rut is being tried; `rut` offers some")
        draft.tell(RutHelped(trying, helped=word != "no"))
    elif word:
        _take(draft, _way(draft, word))
    else:
        draft.tell(RutOffered(rut.ways(draft.studio, draft.settings)))


def _way(draft: Draft, word: str) -> Way:
    possible = rut.ways(draft.studio, draft.settings)
    offered = draft.studio.method.rut.offered or possible
    place = whole(word)
    if place is not None and 1 <= place <= len(offered):
        word = offered[place - 1]
    found = next((way for way in possible if way == word), None)
    if found is None:
        raise Refused(f"{word[:40]!r} is no way out now; there are {', '.join(possible)}")
    return found


def _take(draft: Draft, way: Way) -> None:
    studio = draft.studio
    draft.tell(RutChosen(way))
    match way:
        case "break":
            decide_timer.take_break(draft, _RUT_BREAK)
        case "small":
            decide_timer.start(draft, rut.smallest(studio, draft.settings))
        case "prep":
            decide_songs.prep(draft, "on")
        case "song":
            _begin_song(draft, rut.other_song(studio, draft.settings))
        case "feed":
            decide_timer.rest(draft)
        case "off":
            off(draft, "")
        case _:
            assert_never(way)


def _begin_song(draft: Draft, song: str | None) -> None:
    tasks = draft.studio.queue
    first = next((task for task in tasks if task.rpartition(".")[0] == song), None)
    decide_timer.start(draft, first)


def _said(argument: Argument) -> bool:
    return argument is not None and argument is not True and argument != ""
