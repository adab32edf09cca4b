"""Layouts from TOML: those that are shipped, and the user's own, which win by their id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import msgspec

from bridge.core.vocabulary import ACTIONS
from bridge.errors import Invalid, InvalidFile
from bridge.files import fields, shipped, toml
from bridge.files.toml_faults import found, unknown
from bridge.messages import Effect
from bridge.surface import layout as layouts
from bridge.surface import pattern, schemes
from bridge.surface.layout import Bind, Layout
from bridge.surface.roles import COLOURS, LIGHTS, OWN, SECTION, SHOWN, TEXTS, Style

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bridge.core.vocabulary import Spec
    from bridge.files.home import Home
    from bridge.files.toml import Document, KeyPath
    from bridge.messages import Colour
    from bridge.surface.gestures import Gesture
    from bridge.surface.layout import Command
    from bridge.surface.roles import Styles

SCHEMA = 1

_BINDS = 500  # of one layout: more than any controller has controls times gestures
_HOLD = re.compile(r"hold\(([0-9]{1,5})ms\)")
_HOLDS = (0.15, 5.0)  # seconds: shorter is a press, longer is given up
_GESTURES: Mapping[str, Gesture] = {
    "press": "press", "release": "release", "hold": "hold", "double": "double", "turn": "turn",
}  # fmt: skip

_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class StyleFile(msgspec.Struct, forbid_unknown_fields=True):
    """One state of a role; what is left out stays as the default has it."""

    colour: str | None = None
    level: _Share | None = None
    effect: Effect | None = None


class BindFile(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[bind]]``."""

    on: str | list[str]
    gesture: str = "press"
    do: str = ""
    show: str = ""
    colour: str = "white"
    optional: bool = False


class LayoutFile(msgspec.Struct, forbid_unknown_fields=True):
    """The whole file."""

    schema: int
    id: str
    name: str
    requires: list[str] = []
    bind: list[BindFile] = []
    role: dict[str, dict[str, StyleFile]] = {}


@dataclass(frozen=True, slots=True)
class LayoutShelf:
    """All layouts there are: those that can be used, by id, and why the others can't."""

    layouts: Mapping[str, Layout]
    refused: tuple[InvalidFile, ...] = ()


def load_layouts(home: Home | None = None, actions: Mapping[str, Spec] = ACTIONS) -> LayoutShelf:
    """Read every layout: a user's own wins over the shipped one of its id, even when it is wrong.

    A wrong file does not keep the others from being used.
    """
    good: dict[str, Layout] = {}
    refused: list[InvalidFile] = []
    for name in shipped.layout_ids(home):
        try:
            good[name] = load_layout(shipped.layout_path(name, home), actions)
        except InvalidFile as error:
            refused.append(error)
    return LayoutShelf(good, tuple(refused))


def load_layout(
    path: Path, actions: Mapping[str, Spec] = ACTIONS, *, shown: str | None = None
) -> Layout:
    """Read the layout in the file at `path`, which is named after its id. Raises `InvalidFile`."""
    document = toml.open_document(path, shown=shown)
    layout = layout_from(document, actions)
    if layout.id != path.stem:
        raise document.error(
            ("id",), f"found {found(layout.id)}; allowed: {found(path.stem)}, as the file is named"
        )
    return layout


def layout_from(document: Document, actions: Mapping[str, Spec] = ACTIONS) -> Layout:
    """Return the layout that `document` writes. Raises `InvalidFile`."""
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
    binds = tuple(_bind(document, n, bind, actions) for n, bind in enumerate(written.bind))
    if twice := layouts.clash(binds):
        raise document.error(("bind", twice[0], "on"), twice[1])
    return Layout(
        id=written.id,
        name=fields.line(document, ("name",), written.name, most=fields.NAME),
        requires=_schemes(document, written.requires),
        binds=binds,
        roles={role: _role(document, role, states) for role, states in written.role.items()},
    )


def _schemes(document: Document, names: list[str]) -> frozenset[str]:
    allowed = [*schemes.CONTROLS, *schemes.DISPLAYS]
    for index, name in enumerate(names):
        if name not in allowed:
            raise document.error(
                ("requires", index), f"found the scheme {found(name)}; {unknown(name, allowed)}"
            )
    return frozenset(names)


def _bind(document: Document, index: int, bind: BindFile, actions: Mapping[str, Spec]) -> Bind:
    key: KeyPath = ("bind", index)
    gesture, hold = _gesture(document, (*key, "gesture"), bind.gesture)
    made = Bind(
        on=_patterns(document, (*key, "on"), bind.on),
        gesture=gesture,
        do=_command(document, (*key, "do"), bind.do, gesture, actions) if bind.do else None,
        show=_show(document, (*key, "show"), bind.show),
        colour=_colour(document, (*key, "colour"), bind.colour, ()),
        optional=bind.optional,
        hold=hold,
    )
    _check_whole(document, key, made)
    return made


def _check_whole(document: Document, key: KeyPath, bind: Bind) -> None:
    """Refuse what each key allows but not together."""
    name = bind.do.name if bind.do else ""
    if not name and not bind.show:
        raise document.error(key, "does nothing and shows nothing; needed: do, show or both")
    if bind.show == "action" and (not name or name == layouts.PAGE):
        raise document.error((*key, "show"), '"action" shows what do does; needed: do = an action')
    if bind.show == "page" and name != layouts.PAGE:
        raise document.error((*key, "show"), '"page" needs do = "page next" or "page prev"')


def _patterns(document: Document, key: KeyPath, on: str | list[str]) -> tuple[pattern.Pattern, ...]:
    texts = [on] if isinstance(on, str) else on
    if not texts:
        raise document.error(key, 'is empty; needed: names of controls such as "pad.1-6.*"')
    try:
        return tuple(pattern.parse(text) for text in texts)
    except Invalid as wrong:
        raise document.error(key, str(wrong)) from None


def _gesture(document: Document, key: KeyPath, text: str) -> tuple[Gesture, float | None]:
    if timed := _HOLD.fullmatch(text):
        seconds = int(timed[1]) / 1000
        if not _HOLDS[0] <= seconds <= _HOLDS[1]:
            raise document.error(key, f"found {found(text)}; allowed: hold(150ms) to hold(5000ms)")
        return "hold", seconds
    if text not in _GESTURES:
        raise document.error(
            key, f"found {found(text)}; {unknown(text, [*_GESTURES, 'hold(600ms)'])}"
        )
    return _GESTURES[text], None


def _command(
    document: Document, key: KeyPath, text: str, gesture: Gesture, actions: Mapping[str, Spec]
) -> Command:
    name = text.strip().partition(" ")[0]
    if name != layouts.PAGE and name not in actions:
        allowed = [*actions, layouts.PAGE]
        raise document.error(key, f"found the action {found(name)}; {unknown(name, allowed)}")
    try:
        return layouts.command(text, gesture, actions)
    except Invalid as wrong:
        raise document.error(key, str(wrong)) from None


def _show(document: Document, key: KeyPath, role: str) -> str:
    if role and role not in SHOWN:
        allowed = [one for one in (*LIGHTS, *TEXTS) if one in SHOWN]
        raise document.error(
            key, f"found the role {found(role)}; {unknown(role, list(dict.fromkeys(allowed)))}"
        )
    return role


def _colour(document: Document, key: KeyPath, text: str, words: tuple[str, ...]) -> Colour:
    if text in words:
        return text
    if text.startswith("#"):
        return fields.colour(document, key, text)
    if text not in COLOURS:
        allowed = [*words, *COLOURS, '"#RRGGBB"']
        raise document.error(key, f"found {found(text)}; {unknown(text, allowed)}")
    return COLOURS[text]


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
        colour = _colour(document, (*key, "colour"), style.colour, _open_colours(role))
    return Style(
        colour=colour,
        level=base.level if style.level is None else style.level,
        effect=base.effect if style.effect is None else style.effect,
    )


def _open_colours(role: str) -> tuple[str, ...]:
    """Return the words that a role fills in itself: a section's colour where there are tasks."""
    if role == "queue":
        return (SECTION,)
    return (OWN,) if role in ("action", "songs", "page") else ()
