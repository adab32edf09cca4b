"""The queue, the songs and the pages as lights."""

from __future__ import annotations

from bridge.core.model import Studio, Task, TimerState
from bridge.core.view import View
from bridge.messages import Colour, Look
from bridge.surface.layout import Board, Spot
from bridge.surface.places import Pages
from bridge.surface.roles import Styles


class Swatches(dict[tuple[str, Colour], Look]):
    """Looks by state and colour, made when first asked for."""

    def __init__(self, styles: Styles) -> None:
        super().__init__()
        self._styles = styles

    def __missing__(self, key: tuple[str, Colour]) -> Look:
        state, colour = key
        look = self[key] = self._styles[state].look(colour)
        return look


def by_place(spots: tuple[Spot, ...]) -> tuple[str, ...]:
    """Return the names in the order of their places, empty for a place that has no light."""
    names = {spot.place: spot.name for spot in spots}
    return tuple(names.get(place, "") for place in range(1, max(names, default=0) + 1))


def pages(size: int, page: int) -> int:
    """Return how many pages of `page` places a queue of `size` tasks has, at least 1."""
    return max(1, -(-size // page)) if page else 1


def shown_state(studio: Studio, task: Task) -> str:
    """Return the state of the role ``queue`` that the current `task` is in."""
    state = studio.timer.state
    if state is TimerState.IDLE or not task.open:
        return task.state
    return state


def queued_state(studio: Studio, task: Task, *, current: bool) -> str:
    """Return the state of the role ``queue`` that `task` is in: one that came back says so."""
    state = shown_state(studio, task) if current else task.state
    if not task.rounds:
        return state
    if state == TimerState.RUNNING:
        return "running-again"
    return state if current and state != task.state else "again"


class QueueLights:
    """One light for each place of the queue."""

    def __init__(self, board: Board) -> None:
        self._names = by_place(board.lights.get("queue", ()))
        self._page = board.page
        self._looks = Swatches(board.layout.styles("queue"))
        self._vacant = self._looks["vacant", "#FFFFFF"]

    def paint(self, view: View, page: int, looks: dict[str, Look]) -> None:
        """Add the looks of the places on `page` (from 0).

        Reads the tasks directly: rows of a `View` carry far more than a colour and a state, and
        this runs for every light after every fact.
        """
        studio, swatches = view.studio, self._looks
        songs, current = studio.songs, studio.timer.task
        colours: dict[tuple[str, str], Colour] = {}
        ids = studio.order[page * self._page :][: len(self._names)]
        for name, task_id in zip(self._names, ids, strict=False):
            song = songs[task_id.rpartition(".")[0]]
            task = song.tasks[task_id]
            kind = (song.id, task.section)
            if kind not in colours:
                colours[kind] = song.colour(task.section)
            state = queued_state(studio, task, current=task_id == current)
            looks[name] = swatches[state, colours[kind]]
        for name in self._names[len(ids) :]:
            looks[name] = self._vacant
        looks.pop("", None)


class SectionLights:
    """The colour of the section of the task at each place of the queue, whatever its state."""

    def __init__(self, board: Board) -> None:
        self._names = by_place(board.lights.get("section", ()))
        self._page = board.page
        self._looks = Swatches(board.layout.styles("section"))

    def paint(self, view: View, page: int, looks: dict[str, Look]) -> None:
        """Add the looks of the places on `page` (from 0)."""
        studio = view.studio
        ids = studio.order[page * self._page :][: len(self._names)]
        for name, task_id in zip(self._names, ids, strict=False):
            task = studio.the(task_id)
            looks[name] = self._looks["task", studio.songs[task.song].colour(task.section)]
        for name in self._names[len(ids) :]:
            looks[name] = self._looks["vacant", "#FFFFFF"]
        looks.pop("", None)


class SongLights:
    """One light for each song in hand, in their order."""

    def __init__(self, board: Board) -> None:
        styles = board.layout.styles("songs")
        self._cells = [
            (
                spot.place,
                spot.name,
                {state: s.look(spot.bind.colour) for state, s in styles.items()},
            )
            for spot in board.lights.get("songs", ())
        ]

    def paint(self, view: View, _page: int, looks: dict[str, Look]) -> None:
        """Add the looks."""
        if not self._cells:
            return
        songs, present = view.songs, view.studio.song
        for place, name, states in self._cells:
            if place > len(songs):
                looks[name] = states["vacant"]
            else:
                looks[name] = states["in-hand" if songs[place - 1].id == present else "other"]


class PageLights:
    """Whether there is another page that way."""

    def __init__(self, board: Board) -> None:
        styles = board.layout.styles("page")
        self._pages = Pages(board)
        self._cells = [
            (
                spot.bind.do is not None and spot.bind.do.argument == "next",
                spot.name,
                styles["more"].look(spot.bind.colour),
                styles["none"].look(spot.bind.colour),
            )
            for spot in board.lights.get("page", ())
        ]

    def paint(self, view: View, page: int, looks: dict[str, Look]) -> None:
        """Add the looks; `page` counts from 0."""
        last = self._pages.count(view) - 1
        for onwards, name, more, none in self._cells:
            looks[name] = more if (page < last if onwards else page > 0) else none
