"""Track colours in Live: tracks found by name, their own colours remembered and given back.

Live shows the nearest of its 70 colours, so what is read back is not what was set. A track's place
may change between two ticks: names are read again after each change, and what went to the wrong
track is put right. The main track and the returns can't be addressed by AbletonOSC.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge.daw.ableton_ask import Answer, Ask, Talk, Wait
from bridge.messages import Osc

if TYPE_CHECKING:
    from bridge.daw.ableton_state import Known
    from bridge.messages import Colour, OscArg

NAMES = "/live/song/get/track_names"
DATA = "/live/song/get/track_data"
SET_COLOUR = "/live/track/set/color"

_MOST_KEPT = 64
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One track: its place, its name, its colour as 0x00RRGGBB."""

    index: int
    name: str
    colour: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A track's own colour, and what Live made of ours."""

    own: int
    ours: int


class Tracks:
    """The track colours of one Live."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._kept: dict[str, Kept] = {}

    @property
    def changed(self) -> bool:
        """Whether some track has our colour in place of its own."""
        return bool(self._kept)

    def paint(self, track: str, colour: Colour) -> Talk:
        """Give the track of that name a colour, "#RRGGBB"."""
        why = ""
        for _attempt in range(2):  # once more where tracks moved in between
            rows = yield from self._rows()
            if rows is None:
                why = "Live did not list its tracks"
                break
            found = find([row.name for row in rows], track)
            if isinstance(found, str):
                why = found
                break
            row = rows[found]
            after, why = yield from self._set(row, int(colour[1:], 16), len(rows))
            if not why and _is_there(after, row):
                self._keep(row, after[row.index].colour)
                self._known.well("track")
                return
            if not why:
                why = "its tracks were moved meanwhile"
                yield from self._put_right(rows, after, row.index)
        self._known.fault("track", f'no colour for the track "{track}": {why}')

    def restore(self) -> Talk:
        """Give every track its own colour back, unless somebody changed it since or it is gone."""
        for name, kept in list(self._kept.items()):
            rows = yield from self._rows()
            row = next((row for row in rows or () if row.name == name), None)
            if rows is None or row is None:
                continue  # perhaps another set is open: it may come back
            if row.colour == kept.ours:
                after, error = yield from self._set(row, kept.own, len(rows))
                if error or not _is_there(after, row):
                    yield from self._put_right(rows, after, row.index)
                    self._known.fault("track", f'Live did not take back the colour of "{name}"')
                    continue
            del self._kept[name]

    def _rows(self) -> Generator[Ask | Wait, Answer, list[Row] | None]:
        """Return the tracks, None where Live did not list them or they changed in between."""
        for _attempt in range(2):
            answer = yield Ask((Osc(NAMES),))
            names = answer.last(NAMES)
            if names is None:
                return None
            answer = yield _data(len(names))
            rows = rows_in(answer.last(DATA))
            if len(rows) == len(names):
                return rows
        return None

    def _set(
        self, row: Row, colour: int, count: int
    ) -> Generator[Ask | Wait, Answer, tuple[list[Row], str]]:
        change = Osc(SET_COLOUR, (row.index, colour))
        answer = yield Ask((change, *_data(count).messages), risky=True)
        return rows_in(answer.last(DATA)), answer.error

    def _put_right(self, before: Sequence[Row], after: Sequence[Row], index: int) -> Talk:
        """Give the track that stands at `index` now its colour of before."""
        hit = next((row for row in after if row.index == index), None)
        if hit is None:
            return
        was = [row for row in before if row.name == hit.name]
        if len(was) == 1 and was[0].colour != hit.colour:
            yield Ask((Osc(SET_COLOUR, (index, was[0].colour)),), risky=True)

    def _keep(self, row: Row, ours: int) -> None:
        before = self._kept.pop(row.name, None)
        own = before.own if before and before.ours == row.colour else row.colour
        while len(self._kept) >= _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[row.name] = Kept(own, ours)


def find(names: Sequence[str], wanted: str) -> int | str:
    """Return the place of the track called `wanted`, or a sentence that says why there is none.

    Case doesn't matter; a name that only begins so counts when it is the only one.
    """
    key = wanted.casefold()
    exact = [n for n, name in enumerate(names) if name.casefold() == key]
    if exact:
        return next((n for n in exact if names[n] == wanted), exact[0])
    begins = [n for n, name in enumerate(names) if key and name.casefold().startswith(key)]
    if len(begins) == 1:
        return begins[0]
    if not begins:
        return "Live has none of that name; name one so, or correct the task's track"
    some = ", ".join(f'"{names[n]}"' for n in begins[:_SHOWN])
    return f"{len(begins)} tracks begin so ({some}); give the task the full name"


def rows_in(args: Sequence[OscArg] | None) -> list[Row]:
    """Return the tracks of an answer (name, colour, name, …); nothing where it can't be one."""
    if args is None or len(args) % 2:
        return []
    rows = []
    for index, (name, colour) in enumerate(zip(args[::2], args[1::2], strict=True)):
        if not isinstance(name, str) or type(colour) is not int:
            return []
        rows.append(Row(index, name, colour & 0xFFFFFF))
    return rows


def _data(count: int) -> Ask:
    return Ask((Osc(DATA, (0, count, "track.name", "track.color")),))


def _is_there(after: Sequence[Row], row: Row) -> bool:
    return row.index < len(after) and after[row.index].name == row.name
