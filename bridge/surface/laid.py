"""A layout as it lies on one controller now: its gestures, the layers that are switched, its pages."""

from __future__ import annotations

from bridge.core.view import View
from bridge.surface.layers import Sheet
from bridge.surface.paging import Paging
from bridge.surface.profile import Edge
from bridge.surface.switching import Switches


class Laid:
    """Made anew whenever a layout is laid: nothing is held then, and all is at its first page.

    ``owner`` and ``stack`` are those of the layers that are active (`layers.Stack`); ``ready`` has
    for each layer what its controls ask for on the page that is shown.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.stack, self.owner = sheet, sheet.base, sheet.base.owner
        self.gestures, self.bound = sheet.gestures(), sheet.bound
        self._switches, self._paging = Switches(sheet.layers), Paging(sheet)
        self.at, self.ready = self._paging.at, self._paging.ready
        self._prepared = False

    @property
    def page(self) -> int:
        """The page that is shown, from 0: of the queue, or of the layer on top that has pages."""
        return self.at[self.stack.turns]

    @property
    def used(self) -> frozenset[str]:
        """The controls that it has a use for: bound in any of its layers, or lit."""
        return self.bound | self.sheet.shown

    def turn_to(self, page: int) -> None:
        """Show that page of the layer that is turned, or the nearest there is."""
        self._paging.turn(self.stack.turns, page)

    def follow(self, view: View, *, began: bool) -> None:
        """Keep the pages within what there is, and go to the first for a task that `began`."""
        if not self._prepared:
            self._prepared = True
            self.sheet.prepare()
        self._paging.follow(view, self.stack.levels, began=began)

    def switch(self, edge: Edge, index: int) -> bool:
        """Switch the layer of that index; tell whether others are active now."""
        self._switches.feed(edge, index)
        return self._restack()

    def switched(self, index: int) -> str:
        """Return in words what the last switch of that layer did: ``layer more``, ``… off``."""
        name = self.sheet.layers[index - 1].name
        return f"layer {name}" if index in self.stack.levels else f"layer {name} off"

    def let_go(self) -> None:
        """End the layers that were held, not those that were switched on."""
        self._switches.let_go()
        self._restack()

    def resume(self, before: Laid) -> None:
        """Have the layers and pages of `before`, where it was this layout but for some bindings."""
        if before.sheet.layout.id == self.sheet.layout.id:
            if self._switches.resume(before._switches):
                self._paging.resume(before._paging)
            self._restack()

    def _restack(self) -> bool:
        stack = self.sheet.stack(self._switches.active)
        if stack is self.stack:
            return False
        self.stack, self.owner = stack, stack.owner
        return True
