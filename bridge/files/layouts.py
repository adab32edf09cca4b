"""Layouts from TOML: those that are shipped, and the user's own, which win by their id."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bridge.core.vocabulary import ACTIONS
from bridge.errors import InvalidFile
from bridge.files import fields, layout_binds, layout_fields, shipped, toml
from bridge.files.layout_schema import LayoutFile
from bridge.files.toml_faults import found, unknown
from bridge.surface import commands, fitting, schemes
from bridge.surface.layout import Layout
from bridge.surface.roles import LIGHTS, Style, open_colours

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from bridge.core.vocabulary import Spec
    from bridge.files.home import Home
    from bridge.files.layout_schema import StyleFile
    from bridge.files.toml import Document, KeyPath
    from bridge.surface.layout import Bind, Layer
    from bridge.surface.roles import Styles

SCHEMA = 1

_BINDS = 500  # of one layout: more than any controller has controls times gestures
_LAYERS = 8  # of one layout: more can't be kept in mind


@dataclass(frozen=True, slots=True)
class LayoutShelf:
    """All layouts there are: those that can be used, by id, and why the others can't."""

    layouts: Mapping[str, Layout]
    refused: tuple[InvalidFile, ...] = ()


def load_layouts(home: Home | None = None) -> LayoutShelf:
    """Read every layout: a user's own wins over the shipped one of its id, even when it is wrong.

    A wrong file does not keep the others from being used. A shipped one is read once in a process; a
    user's own is read each time.
    """
    good: dict[str, Layout] = {}
    refused: list[InvalidFile] = []
    ids = shipped.layout_ids(home)
    for name in ids:
        path = shipped.layout_path(name, home)
        own = home is not None and path.parent == home.layouts
        try:
            good[name] = load_layout(path, known=ids) if own else _shipped(path)
        except InvalidFile as error:
            refused.append(error)
    return LayoutShelf(good, tuple(refused))


@cache
def _shipped(path: Path) -> Layout:
    return load_layout(path, known=shipped.layout_ids())


def load_layout(
    path: Path,
    actions: Mapping[str, Spec] = ACTIONS,
    *,
    shown: str | None = None,
    known: Collection[str] | None = None,
) -> Layout:
    """Read the layout in the file at `path`, which is named after its id. Raises `InvalidFile`.

    `known` are the ids to which ``layout ID`` may change (None: any).
    """
    document = toml.open_document(path, shown=shown)
    layout = layout_from(document, actions, known=known)
    if layout.id != path.stem:
        raise document.error(
            ("id",), f"found {found(layout.id)}; allowed: {found(path.stem)}, as the file is named"
        )
    return layout


def layout_from(
    document: Document,
    actions: Mapping[str, Spec] = ACTIONS,
    *,
    known: Collection[str] | None = None,
) -> Layout:
    """Return the layout that `document` writes; `known` as in `load_layout`. Raises `InvalidFile`."""
    written = document.convert(LayoutFile)
    if written.schema != SCHEMA:
        raise document.error(
            ("schema",), f"found {written.schema}; this version of Songbridge reads {SCHEMA}"
        )
    if not shipped.ID.fullmatch(written.id):
        raise document.error(
            ("id",), f"found {found(written.id)}; allowed: small letters, digits and dashes"
        )
    fields.at_most(document, ("bind",), written.bind, _BINDS)
    fields.at_most(document, ("layer",), written.layer, _LAYERS)
    layers = layout_binds.layers_of(document, written.layer)
    names = [layer.name for layer in layers]
    binds = tuple(
        layout_binds.bind_of(document, n, bind, names, actions)
        for n, bind in enumerate(written.bind)
    )
    _check_together(document, layers, binds)
    layout_binds.check_shown(document, binds)
    _check_known(document, binds, known)
    return Layout(
        id=written.id,
        name=fields.line(document, ("name",), written.name, most=fields.NAME),
        requires=_schemes(document, written.requires),
        binds=binds,
        roles={role: _role(document, role, states) for role, states in written.role.items()},
        layers=layers,
        aside=written.aside,
    )


def _check_together(document: Document, layers: tuple[Layer, ...], binds: tuple[Bind, ...]) -> None:
    """Refuse what would make one control do or show two things."""
    if twice := fitting.switched_twice(layers):
        raise document.error(("layer", twice[0], "on"), twice[1])
    for wrong in (fitting.switching_bound(layers, binds), fitting.clash(binds)):
        if wrong:
            where = "chord" if binds[wrong[0]].chord else "on"
            raise document.error(("bind", wrong[0], where), wrong[1])


def _check_known(
    document: Document, binds: tuple[Bind, ...], known: Collection[str] | None
) -> None:
    """Refuse a binding that changes to a layout that there is not."""
    for index, bind in enumerate(binds):
        wanted = bind.do.argument if bind.do and bind.do.name == commands.LAYOUT else ""
        if wanted and known is not None and wanted not in (*commands.WAYS, *known):
            raise document.error(
                ("bind", index, "do"),
                f"found the layout {found(wanted)}; {unknown(wanted, [*commands.WAYS, *known])}",
            )


def _schemes(document: Document, names: list[str]) -> frozenset[str]:
    allowed = [*schemes.CONTROLS, *schemes.DISPLAYS]
    for index, name in enumerate(names):
        if name not in allowed:
            raise document.error(
                ("requires", index), f"found the scheme {found(name)}; {unknown(name, allowed)}"
            )
    return frozenset(names)


def _role(document: Document, role: str, states: dict[str, StyleFile]) -> Styles:
    if role not in LIGHTS:
        raise document.error(("role", role), f"is no role of lights; {unknown(role, list(LIGHTS))}")
    return {name: _style(document, role, name, style) for name, style in states.items()}


def _style(document: Document, role: str, state: str, style: StyleFile) -> Style:
    defaults = LIGHTS[role]
    key: KeyPath = ("role", role, state)
    if state not in defaults:
        raise document.error(key, f"is no state of {role}; {unknown(state, list(defaults))}")
    base = defaults[state]
    colour = base.colour
    if style.colour is not None:
        colour = layout_fields.colour(document, (*key, "colour"), style.colour, open_colours(role))
    return Style(
        colour=colour,
        level=base.level if style.level is None else style.level,
        effect=base.effect if style.effect is None else style.effect,
    )
