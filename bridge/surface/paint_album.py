"""The album as lights: every song in its stage's columns, each in a colour of its own."""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING

from bridge.surface.paint_queue import Swatches, by_place
from bridge.surface.places import Pages, album

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bridge.core.model import Song
    from bridge.core.view import View
    from bridge.messages import Colour, Look
    from bridge.surface.layout import Board

SONG_COLOURS: tuple[Colour, ...] = (
    "#00A0FF", "#FF408C", "#FFCC00", "#8800FF", "#44FF00", "#FF9873", "#0044FF",
    "#80FFE5", "#FF00FF", "#CC80FF",
)  # fmt: skip
"""The colours of songs in the order in which they came, then again from the first.

Each of the first seven is the one furthest from all before it, to the eye and in the palette of every
device; none is near the red of what ran over.
"""


def song_colours(songs: Mapping[str, Song]) -> dict[str, Colour]:
    """Return each song's colour by its id; it stays the same for as long as the song is there."""
    return {song_id: SONG_COLOURS[place % len(SONG_COLOURS)] for place, song_id in enumerate(songs)}


class AlbumLights:
    """One light for each place of the album."""

    def __init__(self, board: Board) -> None:
        self._names = by_place(board.lights.get("album", ()))
        self._shape = Pages(board).shape
        self._looks = Swatches(board.layout.styles("album"))
        self._seen: tuple[tuple[object, ...], dict[str, Look]] = ((), {})

    def paint(self, view: View, page: int, looks: dict[str, Look]) -> None:
        """Add the looks of the songs on `page` (from 0); the same as before while those are."""
        if not self._names:
            return
        of = (view.studio.songs, view.studio.song, view.settings.stages, page)
        before, seen = self._seen
        if not (before and all(map(is_, of, before))):
            seen = self._look(view, page)
            self._seen = (of, seen)
        looks.update(seen)

    def _look(self, view: View, page: int) -> dict[str, Look]:
        colours, last = song_colours(view.studio.songs), view.settings.stages[-1]
        looks: dict[str, Look] = {}
        for name, song in zip(self._names, album(view, self._shape, page), strict=False):
            if song is None:
                looks[name] = self._looks["vacant", "#FFFFFF"]
                continue
            state = "finished" if song.stage == last else "other"
            in_hand = song.id == view.studio.song
            looks[name] = self._looks["in-hand" if in_hand else state, colours[song.id]]
        looks.pop("", None)
        return looks
