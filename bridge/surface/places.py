"""Where songs lie on a controller: what a command means that says ``{here}``.

``song {here}`` on a control that shows ``album`` takes up the song that this control shows. That
depends on the picture, so the surface asks when the control is pressed. Pure look-ups in the newest
view; places count from 1 in reading order, over all controls of the role, pages from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol

from bridge.core.view import View

if TYPE_CHECKING:
    from bridge.core.model import Song
    from bridge.surface.layout import Board


@dataclass(frozen=True, slots=True)
class Shape:
    """The rows and columns of the controls that show the album, both at least 1."""

    rows: int = 8
    columns: int = 8

    @property
    def places(self) -> int:
        """How many songs there is room for on one page."""
        return self.rows * self.columns


FULL = Shape()
"""A grid of 8 by 8."""


class Resolver(Protocol):
    """Says what one place of one role shows; pure, and of the same mind as what paints the role."""

    def __call__(self, view: View, place: int, page: int, shape: Shape) -> str | None:
        """Return the id of the song at `place` (from 1) on `page` (from 0), None where none is."""


def _in_album(view: View, place: int, page: int, shape: Shape) -> str | None:
    by_stage = _by_stage(view)
    sheet = _sheet(by_stage, shape, page) if 1 <= place <= shape.places else None
    song = _at(by_stage, sheet, shape, place) if sheet else None
    return song.id if song else None


def _in_hand(view: View, place: int, page: int, shape: Shape) -> str | None:  # noqa: ARG001 - those in hand have neither
    songs = view.songs
    return songs[place - 1].id if 1 <= place <= len(songs) else None


def _at_rest(view: View, place: int, page: int, shape: Shape) -> str | None:  # noqa: ARG001 - those at rest have neither
    songs = view.resting
    return songs[place - 1].id if 1 <= place <= len(songs) else None


RESOLVERS: Mapping[str, Resolver] = {"album": _in_album, "songs": _in_hand, "resting": _at_rest}
"""By role. A layout may write ``{here}`` only where ``show`` is one of these."""


def resolve(view: View, role: str, place: int, page: int, shape: Shape = FULL) -> str | None:
    """Return what `place` of `role` shows on `page`; None: nothing to take up.

    `view` is the newest that the surface has painted, so a hand gets what the eye saw; `shape` is
    that of the album there (`Pages.shape`). Any place and page may be asked for.
    """
    find = RESOLVERS.get(role)
    return find(view, place, page, shape) if find else None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One page: the stages whose blocks it shows, from the left, and the first row of them."""

    stages: range
    width: int
    first_row: int


def album(view: View, shape: Shape, page: int) -> tuple[Song | None, ...]:
    """Return the songs on one page by their place, None for a place where none lies.

    Stages follow each other from the left, each as many columns wide as all of them have room for;
    where there are more stages than columns, or more songs than rows, they go on on the next page.
    A song whose stage is no longer configured stands in the first. Songs keep the order in which
    they came.
    """
    by_stage = _by_stage(view)
    sheet = _sheet(by_stage, shape, page)
    if sheet is None:
        return (None,) * shape.places
    return tuple(_at(by_stage, sheet, shape, place) for place in range(1, shape.places + 1))


def _at(by_stage: Sequence[Sequence[Song]], sheet: _Sheet, shape: Shape, place: int) -> Song | None:
    row, column = divmod(place - 1, shape.columns)
    block, beside = divmod(column, sheet.width)
    if block >= len(sheet.stages):
        return None
    songs = by_stage[sheet.stages[block]]
    index = (sheet.first_row + row) * sheet.width + beside
    return songs[index] if index < len(songs) else None


def _by_stage(view: View) -> list[list[Song]]:
    stages: dict[str, list[Song]] = {stage: [] for stage in view.settings.stages}
    first = view.settings.stages[0]
    for song in view.studio.songs.values():
        stages[song.stage if song.stage in stages else first].append(song)
    return list(stages.values())


def _sheets(by_stage: Sequence[Sequence[Song]], shape: Shape) -> Iterator[_Sheet]:
    """Yield the pages in their order: further down the same stages before those further right."""
    width = max(1, shape.columns // len(by_stage))
    beside = shape.columns // width
    for start in range(0, len(by_stage), beside):
        stages = range(start, min(start + beside, len(by_stage)))
        rows = -(-max(len(by_stage[stage]) for stage in stages) // width)
        for first in range(0, max(1, rows), shape.rows):
            yield _Sheet(stages, width, first)


def _sheet(by_stage: Sequence[Sequence[Song]], shape: Shape, page: int) -> _Sheet | None:
    return next(islice(_sheets(by_stage, shape), page, None), None) if page >= 0 else None


class Pages:
    """How many pages a board has in a view: of its queue, or of its album."""

    def __init__(self, board: Board) -> None:
        self._queue = board.page
        self._album = album_shape(board)
        self.shape = self._album or FULL

    def count(self, view: View) -> int:
        """Return the number of pages, at least 1; the more of the two where a board has both."""
        queue = -(-view.queue_size // self._queue) if self._queue else 1
        if self._album is None:
            return max(1, queue)
        return max(1, queue, len(list(_sheets(_by_stage(view), self._album))))


def album_shape(board: Board) -> Shape | None:
    """Return the shape of the controls that show the album, None without any."""
    names = board.profile.controls
    binds = (bind for bind in board.layout.binds if bind.layer == board.layer)
    shown = [bind.controls(names) for bind in binds if bind.show == "album"]
    return _shape(chain.from_iterable(shown)) if any(shown) else None


def _shape(names: Iterable[str]) -> Shape:
    """Return rows and columns of names such as ``pad.1.4``; ``side.3`` is a row of its own."""
    numbers = {tuple(part for part in name.split(".") if part.isdigit()) for name in names}
    rows = len({number[:1] for number in numbers})
    return Shape(rows, -(-len(numbers) // rows))
