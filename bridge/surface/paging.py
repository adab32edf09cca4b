"""The pages of each layer, and what its controls ask for on the page that is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from bridge.core.view import View
from bridge.surface.asking import Ask, Asks
from bridge.surface.commands import CARRIED, HERE, LOCAL, PLACE
from bridge.surface.gestures import Gesture
from bridge.surface.layers import Sheet
from bridge.surface.layout import Slot
from bridge.surface.turning import plain

Ready: TypeAlias = dict[tuple[str, Gesture], Asks]
"""The asks of every gesture on every control that are known before it is made."""


class Paging:
    """Where each layer of a sheet is: ``at`` are pages from 0, ``ready`` what its controls ask for.

    Each layer keeps its own page, so that one finds the queue where one left it.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        levels = range(len(sheet.boards))
        self.at = [0 for _ in levels]
        self._counts = [1 for _ in levels]
        self.ready = [self._readied(level) for level in levels]

    def follow(self, view: View, levels: Iterable[int], *, began: bool) -> None:
        """Keep those layers within what there is; the queue goes home for a task that `began`."""
        for level in levels:
            self._counts[level] = self._sheet.pages[level].count(view)
            home = began and self._sheet.boards[level].page > 0
            self.turn(level, 0 if home else self.at[level])

    def turn(self, level: int, page: int) -> None:
        """Show that page of a layer, or the nearest there is."""
        page = min(max(0, page), self._counts[level] - 1)
        if page != self.at[level]:
            self.at[level] = page
            self.ready[level] = self._readied(level)

    def resume(self, before: Paging) -> None:
        """Stand where `before` stood, in each layer that shows as many places of the queue."""
        pairs = enumerate(zip(self._sheet.boards, before._sheet.boards, strict=False))
        for level, (board, old) in pairs:
            if board.page == old.page:
                self._counts[level] = before._counts[level]
                self.turn(level, before.at[level])

    def _readied(self, level: int) -> Ready:
        board = self._sheet.boards[level]
        first = self.at[level] * board.page
        return {
            key: (Ask(plain(slot, first), key[0]),)
            for key, slot in board.slots.items()
            if _is_plain(key[1], slot)
        }


def _is_plain(gesture: Gesture, slot: Slot) -> bool:
    """Tell whether what is asked depends on nothing but the page."""
    command = slot.command
    if command.name == CARRIED and command.argument == PLACE:
        return False
    return gesture != "turn" and command.name not in LOCAL and command.argument != HERE
