"""Commands whose argument stands in the picture: what lies under a control that says ``{here}``.

`song {here}` on a control that shows ``album`` takes up the song that this control shows. What that
is depends on the picture, so the surface asks when the control is pressed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bridge.core.view import View


class Resolver(Protocol):
    """Says what one place of one role shows; pure, and of the same mind as what paints the role."""

    def __call__(self, view: View, place: int, page: int) -> str | None:
        """Return the id of the song at `place` (from 1) on `page` (from 0), None where none is."""


RESOLVERS: Mapping[str, Resolver] = {}
"""By role. A layout may write ``{here}`` only where ``show`` is one of these."""


def resolve(view: View, role: str, place: int, page: int) -> str | None:
    """Return what `place` (from 1) of `role` shows on `page` (from 0); None: nothing to take up.

    `view` is the newest that the surface has painted, so a hand gets what the eye saw.
    """
    find = RESOLVERS.get(role)
    return find(view, place, page) if find else None
