"""The layers of one layout on one controller: which of them has a control, and the picture of all.

Each layer has a board of its own. What is worked out here for a set of active layers is kept, so a
press and a picture are look-ups.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

from bridge.core.view import View
from bridge.messages import Look
from bridge.surface.board import boards, layers
from bridge.surface.frame import Frame
from bridge.surface.gestures import Gesture, Gestures, Heard
from bridge.surface.layout import Board, Layer, Layout, Spot
from bridge.surface.places import Pages, album_shape
from bridge.surface.profile import Profile
from bridge.surface.render import Renderer

BASE_ONLY: frozenset[int] = frozenset()
"""No layer is active but the base."""

_Spots: TypeAlias = "Mapping[str, tuple[Spot, ...]]"


@dataclass(frozen=True, slots=True)
class _Part:
    """One layer of a picture, by its index; ``faulty`` where a fault shows on it."""

    level: int
    board: Board
    renderer: Renderer
    faulty: bool


class Stack:
    """The base with some layers over it.

    ``owner`` has for a control the index of the layer that it belongs to now (0, the base, where it
    isn't named), and the negative index of the layer that it switches. ``turns`` is the index of the
    layer whose pages `page next` turns.
    """

    def __init__(self, owner: Mapping[str, int], parts: tuple[_Part, ...], turns: int) -> None:
        self.owner, self.turns = owner, turns
        self.levels = tuple(part.level for part in parts)
        self.texts = _merged(part.board.texts for part in parts)
        self._parts = parts
        self.switches: dict[str, Look] = {}

    def frame(
        self,
        view: View,
        pages: Sequence[int],
        refused: Collection[str],
        *,
        fault: bool,
        daws: Sequence[str] = (),
    ) -> Frame:
        """Return the picture of `view`; `pages` has the page of each layer, from 0."""
        if len(self._parts) == 1 and not self.switches:
            return self._parts[0].renderer.frame(view, pages[0], refused, fault=fault, daws=daws)
        looks: dict[str, Look] = {}
        texts: dict[str, str] = {}
        for part in self._parts:
            page, faulty = pages[part.level], fault and part.faulty
            frame = part.renderer.frame(view, page, refused, fault=faulty, daws=daws)
            looks.update(frame.looks)
            texts.update(frame.texts)
        looks.update(self.switches)
        return Frame(looks, texts)

    def next_change(self, view: View) -> float | None:
        """Return the seconds until the picture changes without any fact, None if it never does."""
        changes = (part.renderer.next_change(view) for part in self._parts)
        return min((seconds for seconds in changes if seconds is not None), default=None)


class Sheet:
    """One layout, with its layers, laid over one controller. ``boards`` has the base first."""

    def __init__(self, layout: Layout, profile: Profile) -> None:
        self.layout = layout
        self.boards = boards(layout, profile)
        self.layers: tuple[Layer, ...] = layers(layout, profile)
        self.pages = tuple(Pages(board) for board in self.boards)
        self._lit = {name for name, c in profile.controls.items() if c.light.kind != "none"}
        self._switches = {
            name: index
            for index, layer in enumerate(self.layers, 1)
            for name in layer.controls(profile.controls)
        }
        self._stacks: dict[frozenset[int], Stack] = {}
        self.base = self.stack(BASE_ONLY)

    @property
    def bound(self) -> frozenset[str]:
        """The controls that do something in any layer."""
        asked = (control for board in self.boards for control, _ in board.slots)
        struck = chain.from_iterable(chain.from_iterable(board.chords for board in self.boards))
        return frozenset((*asked, *struck, *self._switches))

    @property
    def shown(self) -> frozenset[str]:
        """The controls whose light shows something in any layer."""
        spots = chain.from_iterable(
            chain.from_iterable(board.lights.values()) for board in self.boards
        )
        return frozenset(spot.name for spot in spots)

    def prepare(self) -> None:
        """Work out the picture of each layer before a hand asks for it, some milliseconds each."""
        for level in range(1, len(self.boards)):
            self.stack(frozenset((level,)))

    def gestures(self) -> Gestures:
        """Return the gestures of all layers, nothing being held yet."""
        layout, heard = self.layout, [_heard(board) for board in self.boards]
        return Gestures(heard, layout.hold, layout.double, layout.chord)

    def stack(self, active: frozenset[int]) -> Stack:
        """Return the base with those layers over it, by their indices from 1."""
        stack = self._stacks.get(active)
        if stack is None:
            stack = self._stacks[active] = self._stack((0, *sorted(active)))
            stack.switches = self._switch_looks(active)
        return stack

    def _stack(self, levels: tuple[int, ...]) -> Stack:
        owner = {name: n for n in levels[1:] for name in self.boards[n].covers}
        owner.update({name: -n for name, n in self._switches.items()})
        turns = max((n for n in levels if _has_pages(self.boards[n])), default=0)
        seen = self._seen(levels, turns)
        timed = {n for n, board in seen.items() if _has_countdown(board)} or seen
        parts = (_Part(n, board, Renderer(board), n in timed) for n, board in seen.items())
        return Stack(owner, tuple(parts), turns)

    def _seen(self, levels: tuple[int, ...], turns: int) -> dict[int, Board]:
        """Return each layer's board with what no layer above it covers.

        Lights of pages tell of the layer that is turned, whichever layer they are of.
        """
        hidden = {
            n: frozenset().union(*(self.boards[above].covers for above in levels if above > n))
            for n in levels
        }
        lights = {n: _without(self.boards[n].lights, hidden[n]) for n in levels}
        texts = {n: _without(self.boards[n].texts, hidden[n]) for n in levels}
        paging = tuple(chain.from_iterable(lights[n].pop("page", ()) for n in levels))
        if paging:
            lights[turns]["page"] = paging
        return {n: replace(self.boards[n], lights=lights[n], texts=texts[n]) for n in levels}

    def _switch_looks(self, active: AbstractSet[int]) -> dict[str, Look]:
        styles = self.layout.styles("layer")
        return {
            name: styles["active" if n in active else "ready"].look(self.layers[n - 1].colour)
            for name, n in self._switches.items()
            if name in self._lit
        }


def _heard(board: Board) -> Heard:
    bound: dict[str, set[Gesture]] = {}
    for control, gesture in board.slots:
        if gesture != "chord":
            bound.setdefault(control, set()).add(gesture)
    return Heard(bound, board.holds, board.chords)


def _has_pages(board: Board) -> bool:
    return board.page > 0 or album_shape(board) is not None


def _has_countdown(board: Board) -> bool:
    return "countdown" in board.lights or "countdown" in board.texts


def _without(spots: _Spots, hidden: Collection[str]) -> dict[str, tuple[Spot, ...]]:
    left = {role: tuple(s for s in of if s.name not in hidden) for role, of in spots.items()}
    return {role: of for role, of in left.items() if of}


def _merged(texts: Iterable[_Spots]) -> dict[str, tuple[Spot, ...]]:
    merged: dict[str, tuple[Spot, ...]] = {}
    for spots in texts:
        for role, of in spots.items():
            merged[role] = (*merged.get(role, ()), *of)
    return merged
