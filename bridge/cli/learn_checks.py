"""What is refused before anything is pressed: an action, a layer or a controller that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bridge.errors import Invalid
from bridge.files.layouts import load_layouts
from bridge.files.learning import KEEP
from bridge.files.shipped import layout_path
from bridge.surface.commands import LAYOUT, WAYS, command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bridge.cli.learn_binding import Wish
    from bridge.cli.learn_lesson import Lesson
    from bridge.cli.learn_talk import Talk
    from bridge.files.home import Home
    from bridge.surface.gestures import Gesture
    from bridge.surface.layout import Layout
    from bridge.web.teaching import Device

_SETTLE = 1.5  # seconds in which ports that are there come up one after the other


def check_wish(home: Home, wish: Wish) -> None:
    """Refuse what could not be written, or would always be refused. Raises `Invalid`."""
    wanted = command(wish.do, cast("Gesture", wish.gesture or "press"))
    if wanted.name == LAYOUT and wanted.argument not in ("", *WAYS):
        layout_path(wanted.argument, home)
    if wish.light not in ("", KEEP) and wish.gesture not in ("", "press"):
        raise Invalid("a light shows what a press does; give --light with --gesture press only")
    if wish.layer:
        _check_layer(wish.layer, load_layouts(home).layouts.values())


def check_there(home: Home, talk: Talk, lesson: Lesson, wish: Wish) -> None:
    """Refuse a controller that is not there, or a layer that none of those there has.

    Controllers may still be coming, one after the other, when it is asked. Raises `Invalid`.
    """
    _patiently(talk, lambda: _check_controller(lesson, wish))
    if wish.layer:
        _patiently(talk, lambda: _check_layer_there(home, lesson, wish))


def means(wish: Wish, device: Device) -> bool:
    """Tell whether a press on that device may be what is asked for."""
    return wish.controller in ("", device.key, device.profile)


def _patiently(talk: Talk, check: Callable[[], None]) -> None:
    try:
        check()
    except Invalid:
        talk.listen(_SETTLE)
        check()


def _check_controller(lesson: Lesson, wish: Wish) -> None:
    names = [name for one in lesson.devices for name in (one.key, one.profile) if name]
    if wish.controller and wish.controller not in names:
        listed = ", ".join(dict.fromkeys(names)) or "none"
        raise Invalid(f"no controller {wish.controller!r} is there; there are: {listed}")


def _check_layer_there(home: Home, lesson: Lesson, wish: Wish) -> None:
    shown = {one.layout for one in lesson.devices if one.profile and means(wish, one)}
    layouts = load_layouts(home).layouts
    known = [layouts[name] for name in sorted(shown) if name in layouts]
    if known:
        _check_layer(wish.layer, known)


def _check_layer(name: str, layouts: Iterable[Layout]) -> None:
    there = {one.id: [layer.name for layer in one.layers] for one in layouts}
    if any(name in names for names in there.values()):
        return
    listed = ", ".join(f"{n} (of {layout})" for layout, names in there.items() for n in names)
    where = f"the layout {next(iter(there))} has" if len(there) == 1 else "no layout here has"
    no = "no layer" if len(there) == 1 else "a layer"
    raise Invalid(f"{where} {no} {name[:40]!r}; the layers there are: {listed or 'none'}")
