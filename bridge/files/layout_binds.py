"""The bindings and layers of a layout's file, each checked by itself. All raise `InvalidFile`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bridge.errors import Invalid
from bridge.files import fields, layout_fields
from bridge.files.toml_faults import found, unknown
from bridge.surface import commands
from bridge.surface.layout import Bind, Layer
from bridge.surface.places import RESOLVERS
from bridge.surface.roles import LIGHTS, SHOWN, TEXTS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bridge.core.vocabulary import Spec
    from bridge.files.layout_schema import BindFile, LayerFile
    from bridge.files.toml import Document, KeyPath
    from bridge.surface.commands import Command
    from bridge.surface.gestures import Gesture
    from bridge.surface.pattern import Pattern

_HOLD = re.compile(r"hold\(([0-9]{1,5})ms\)")
_HOLDS = (0.15, 5.0)  # seconds: shorter is a press, longer is given up
_GESTURES: Mapping[str, Gesture] = {
    "press": "press", "release": "release", "hold": "hold", "double": "double", "turn": "turn",
}  # fmt: skip
_CHORD = (2, 4)  # controls of a chord at least and at most: more can't be struck at once


def layers_of(document: Document, written: list[LayerFile]) -> tuple[Layer, ...]:
    """Return the layers, whose names differ."""
    layers: list[Layer] = []
    for index, one in enumerate(written):
        key: KeyPath = ("layer", index)
        name = fields.line(document, (*key, "name"), one.name, most=fields.NAME)
        if name in (layer.name for layer in layers):
            raise document.error(
                (*key, "name"), f"found {found(name)} a second time; each layer has its own name"
            )
        on = layout_fields.patterns(document, (*key, "on"), one.on)
        colour = layout_fields.colour(document, (*key, "colour"), one.colour)
        layers.append(Layer(name, on, one.how, colour, one.optional))
    return tuple(layers)


def bind_of(
    document: Document,
    index: int,
    bind: BindFile,
    layers: Collection[str],
    actions: Mapping[str, Spec],
) -> Bind:
    """Return one binding; `layers` are the names of those that there are."""
    key: KeyPath = ("bind", index)
    gesture, hold = _gesture(document, (*key, "gesture"), bind.gesture)
    chord = _chord(document, key, bind) if bind.chord is not None else ()
    on = () if chord else _on(document, key, bind.on)
    made = Bind(
        on=on,
        gesture="chord" if chord else gesture,
        do=_command(document, (*key, "do"), bind.do, gesture, actions) if bind.do else None,
        show=_show(document, (*key, "show"), bind.show),
        colour=layout_fields.colour(document, (*key, "colour"), bind.colour),
        optional=bind.optional,
        hold=hold,
        layer=_layer(document, (*key, "layer"), bind.layer, layers),
        chord=chord,
        acceleration=bind.fastest,
        n=bind.n or 0,
    )
    _check_whole(document, key, made)
    if bind.acceleration is not None:
        _check_acceleration(document, key, made)
    return made


def _on(document: Document, key: KeyPath, on: str | list[str] | None) -> tuple[Pattern, ...]:
    if on is None:
        raise document.error(key, "names no control; needed: on, or chord for several at once")
    return layout_fields.patterns(document, (*key, "on"), on)


def _layer(document: Document, key: KeyPath, name: str, layers: Collection[str]) -> str:
    if name and name not in layers:
        raise document.error(key, f"found the layer {found(name)}; {unknown(name, [*layers])}")
    return name


def _chord(document: Document, key: KeyPath, bind: BindFile) -> tuple[str, ...]:
    """Return the controls that are struck together."""
    for other, value, usual in (("on", bind.on, None), ("gesture", bind.gesture, "press"),
                                ("show", bind.show, "")):  # fmt: skip
        if value != usual:
            raise document.error(
                (*key, other), f"can't stand beside chord, which says it all; leave {other} out"
            )
    names = bind.chord or []
    least, most = _CHORD
    where = (*key, "chord")
    if not least <= len(set(names)) == len(names) <= most:
        raise document.error(where, f"needs {least} to {most} different controls, found {names}")
    for place, name in enumerate(names):
        (one,) = layout_fields.patterns(document, (*where, place), name)
        if any(isinstance(part, range) and len(part) > 1 for part in one.parts):
            raise document.error((*where, place), f"found {found(name)}; allowed: one control each")
    return tuple(names)


def _check_whole(document: Document, key: KeyPath, bind: Bind) -> None:
    """Refuse what each key allows but not together."""
    name = bind.do.name if bind.do else ""
    if not name and not bind.show:
        needed = "do" if bind.chord else "do, show or both"
        raise document.error(key, f"does nothing and shows nothing; needed: {needed}")
    if bind.show == "action" and (not name or name == commands.PAGE):
        raise document.error((*key, "show"), '"action" shows what do does; needed: do = an action')
    if bind.show == "page" and name != commands.PAGE:
        raise document.error((*key, "show"), '"page" needs do = "page next" or "page prev"')
    if bind.n and bind.show != "daw":
        raise document.error((*key, "n"), 'says which DAW is shown; needed: show = "daw"')
    _check_stand_in(document, key, bind)


def _check_stand_in(document: Document, key: KeyPath, bind: Bind) -> None:
    argument = bind.do.argument if bind.do else ""
    if bind.chord and (commands.PLACE in argument or commands.HERE in argument):
        raise document.error(
            (*key, "do"), f"found {found(argument)}; a chord has no place; write what it means"
        )


def check_shown(document: Document, binds: tuple[Bind, ...]) -> None:
    """Refuse ``{here}`` on a control that shows no song, in this binding or another of its layer."""
    showing = [bind for bind in binds if bind.show in RESOLVERS]
    for index, bind in enumerate(binds):
        if bind.do is None or bind.do.argument != commands.HERE or bind.show in RESOLVERS:
            continue
        beside = (one for one in showing if one.layer == bind.layer and not bind.show)
        if not any(p.overlaps(q) for one in beside for p in bind.on for q in one.on):
            roles = " or ".join(f'"{role}"' for role in RESOLVERS)
            raise document.error(
                ("bind", index, "do"),
                f"{commands.HERE} is what the control shows; needed: show = {roles}",
            )


def _check_acceleration(document: Document, key: KeyPath, bind: Bind) -> None:
    if bind.gesture != "turn" or bind.do is None or bind.do.name != "extend":
        raise document.error(
            (*key, "acceleration"), 'is for turning time; needed: gesture = "turn", do = "extend"'
        )


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
    if name not in commands.LOCAL and name not in actions:
        allowed = [*actions, *commands.LOCAL]
        raise document.error(key, f"found the action {found(name)}; {unknown(name, allowed)}")
    try:
        return commands.command(text, gesture, actions)
    except Invalid as wrong:
        raise document.error(key, str(wrong)) from None


def _show(document: Document, key: KeyPath, role: str) -> str:
    if role and role not in SHOWN:
        allowed = [one for one in (*LIGHTS, *TEXTS) if one in SHOWN]
        raise document.error(
            key, f"found the role {found(role)}; {unknown(role, list(dict.fromkeys(allowed)))}"
        )
    return role
