"""Finding what somebody means: a task by id or queue position, a song by id, position or neighbour."""

from __future__ import annotations

from difflib import get_close_matches

from bridge.core.actions import Argument
from bridge.core.model import Song, Studio, Task
from bridge.errors import Refused


def whole(argument: Argument) -> int | None:
    """Return the argument as a whole number, None when it is not one."""
    match argument:
        case bool() | None:
            return None
        case int():
            return argument
        case float():
            return int(argument) if argument.is_integer() else None
        case str() if argument.isascii() and argument.isdigit() and len(argument) < 10:  # noqa: PLR2004 - a longer one is no queue position
            return int(argument)
    return None


def find_task(studio: Studio, argument: Argument) -> Task:
    """Return the task of that id or queue position (from 1). Raises Refused."""
    position = whole(argument)
    if position is not None:
        return studio.the(studio.order[find_position(studio, position)])
    task = studio.task(str(argument))
    if task is None:
        raise Refused(f"there is no task {str(argument)[:80]!r}{_hint(studio, str(argument))}")
    return task


def _hint(studio: Studio, wanted: str) -> str:
    close = get_close_matches(wanted[:80], studio.order[:500], n=1)
    return f"; did you mean {close[0]!r}?" if close else "; `songbridge task list` shows them"


def find_position(studio: Studio, position: int) -> int:
    """Return the index (from 0) of a queue position (from 1). Raises Refused."""
    size = len(studio.order)
    if not 1 <= position <= size:
        there = f"it has 1 to {size}" if size else "it is empty"
        raise Refused(f"the queue has no position {position}; {there}")
    return position - 1


def find_song(studio: Studio, song_id: str) -> Song:
    """Return the song of that id. Raises Refused."""
    song = studio.songs.get(song_id)
    if song is None:
        close = get_close_matches(song_id[:80], list(studio.songs), n=1)
        hint = f"did you mean {close[0]!r}?" if close else "`songbridge song list` shows them"
        raise Refused(f"there is no song {song_id[:80]!r}; {hint}")
    return song


def song_in_hand(studio: Studio) -> Song:
    """Return the song in hand. Raises Refused when there is none."""
    song = studio.songs.get(studio.song or "")
    if song is None:
        raise Refused("there is no song yet; `songbridge song new` begins one")
    return song


def neighbour(names: list[str], present: str | None, word: str) -> str | None:
    """Return the name after (``next``) or before (``prev``) the present one; None past an end."""
    if present not in names:
        return names[0] if names else None
    index = names.index(present) + (1 if word == "next" else -1)
    return names[index] if 0 <= index < len(names) else None
