"""A layout's text with one control taught anew: everything else stays as it was written.

tomlkit keeps comments and order. A control that stood in a row (``pad.1-6.1-8``) is taken out of it,
and what stands for it is written behind that row. Where the row counts (``{n}``), the controls after
it move up by one place, so that the queue has no hole; for the same reason it leaves every counting
row of its layer at once, whatever their gestures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table, Whitespace

from bridge.errors import Invalid, InvalidFile
from bridge.files import toml
from bridge.files.layouts import layout_from
from bridge.surface import pattern
from bridge.surface.board import boards
from bridge.surface.commands import PAGE, PLACE, command
from bridge.surface.fitting import missing
from bridge.surface.splitting import without

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

    from bridge.surface.gestures import Gesture
    from bridge.surface.profile import Profile

AUTO, KEEP = "auto", "keep"
"""Words for the light: one in the action's colour where it is free; as it is."""

MARK = "taught with songbridge learn"
"""The comment on what was written here."""

COLOURS = {
    "toggle": "green", "start": "green", "complete": "cyan", "skip": "yellow", "later": "orange",
    "extend": "blue", "break": "purple", "mark": "magenta", "end": "red",
}  # fmt: skip
"""What actions are lit in, as in the shipped layouts; others are white."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is taught: on `control`, `gesture` does `do` (``extend 5m``).

    ``light`` is ``auto``, ``keep`` or a colour; ``layer`` the layer's name, empty for the usual one.
    """

    control: str
    do: str
    gesture: Gesture = "press"
    light: str = AUTO
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Taught:
    """The layout's new text, and sentences on what the control did before, empty: nothing."""

    text: str
    before: tuple[str, ...]


class _Row:
    """One ``[[bind]]`` as it is written."""

    def __init__(self, table: Table) -> None:
        self.table = table
        on = table.get("on", [])
        self.patterns = tuple(pattern.parse(str(p)) for p in ([on] if isinstance(on, str) else on))
        self.gesture = str(table.get("gesture", "press")).partition("(")[0]
        self.do, self.show = str(table.get("do", "")), str(table.get("show", ""))
        self.layer = str(table.get("layer", ""))

    @property
    def counts(self) -> bool:
        return PLACE in self.do

    @property
    def words(self) -> str:
        return " ".join(p.text for p in self.patterns)

    def covers(self, control: str) -> bool:
        return any(p.matches(control) for p in self.patterns)

    def is_only(self, control: str) -> bool:
        return self.words == control

    def leave(self, control: str, names: Iterable[str]) -> None:
        """Take `control` out; where nothing else of this controller is left, it must not be needed."""
        left = [one for p in self.patterns for one in without(p, control)]
        texts = [one.text for one in left]
        self.table["on"] = texts[0] if len(texts) == 1 else texts
        if not any(one.among(names) for one in left):
            self.table["optional"] = True


def taught(text: str, file: str, lesson: Lesson, profile: Profile) -> Taught:
    """Return the layout of `text` with `lesson` in it; `file` names it in errors.

    Raises `InvalidFile` when the text is no layout, `Invalid` when the lesson can't be in it.
    """
    _check(text, file, lesson, profile)
    newline = "\r\n" if "\r\n" in text and text.count("\r\n") == text.count("\n") else "\n"
    plain = text.replace("\r\n", "\n") if newline == "\r\n" else text
    mark = "\ufeff" if plain.startswith("\ufeff") else ""
    document = _parsed(plain.removeprefix("\ufeff"), file)
    before = _Editor(document, lesson, profile).edit()
    written = tomlkit.dumps(document)
    if not document.get("bind"):
        written = _appended(
            plain.removeprefix("\ufeff"), _bind(lesson, profile, lit=lesson.light != KEEP)
        )
    _check_result(written, file, lesson, profile)
    return Taught((mark + written).replace("\n", newline), before)


class _Editor:
    """Changes a document in place."""

    def __init__(self, document: TOMLDocument, lesson: Lesson, profile: Profile) -> None:
        self._lesson, self._profile = lesson, profile
        self._rows = [_Row(table) for table in document.get("bind", [])]
        self._covering = [
            row for row in self._rows if row.covers(lesson.control) and row.layer == lesson.layer
        ]

    def edit(self) -> tuple[str, ...]:
        """Do it; return what the control did before."""
        lesson = self._lesson
        same = next((r for r in self._covering if self._is_same(r)), None)
        if same is not None and same.is_only(lesson.control):
            did = _did(same, lesson.control)
            self._rewrite(same)
            return (did,)
        leaving = self._leaving(same)
        before = tuple(_did(row, lesson.control) for row in leaving)
        lit = self._is_lit(leaving)
        for row in leaving:
            row.leave(lesson.control, self._profile.controls)
        if self._rows:
            _insert_after(leaving[-1] if leaving else self._rows[-1], self._text(lit=lit))
        return before

    def _is_same(self, row: _Row) -> bool:
        lesson = self._lesson
        return bool(row.do) and row.gesture == lesson.gesture

    def _leaving(self, same: _Row | None) -> list[_Row]:
        """Return the rows that the control leaves, in their order."""
        lesson = self._lesson
        mine = [row for row in self._covering if not row.is_only(lesson.control)]
        counted = same is not None and same.counts
        gone = [r for r in mine if r is same or (counted and r.counts)]
        if lesson.light in (AUTO, KEEP):
            return gone
        shown = next((r for r in mine if r.show and r not in gone), None)
        if shown is not None and shown.do:
            raise Invalid(
                f"the light of {lesson.control} shows {shown.show!r} with another gesture; "
                "leave --light out"
            )
        return [r for r in mine if r in gone or r is shown]

    def _is_lit(self, leaving: list[_Row]) -> bool:
        """Tell whether the light is the lesson's: it is free, and nothing said to keep it."""
        shows = [r for r in self._covering if r.show and r not in leaving]
        return self._lesson.light != KEEP and not shows

    def _text(self, *, lit: bool) -> str:
        return _bind(self._lesson, self._profile, lit=lit)

    def _rewrite(self, row: _Row) -> None:
        """Let a binding of this control alone do something else."""
        lesson, table = self._lesson, row.table
        table["do"] = lesson.do
        others = [r for r in self._covering if r.show and r is not row]
        free = not others and _can_light(lesson, self._profile)
        if not (row.show or (free and lesson.light != KEEP)) or row.show == "progress":
            return
        role = _role(lesson.do)
        if row.show != role:
            table["show"] = role
        if lesson.light not in (AUTO, KEEP):
            table["colour"] = lesson.light
        elif role == "action" and lesson.light == AUTO and row.do != lesson.do:
            table["colour"] = _colour(lesson.do)


def _check(text: str, file: str, lesson: Lesson, profile: Profile) -> None:
    """Refuse what no edit can make right."""
    layout = layout_from(toml.read(text, file))
    command(lesson.do, lesson.gesture)
    if lesson.control not in profile.controls:
        raise Invalid(f"{profile.name} has no control {lesson.control!r}")
    names = [layer.name for layer in layout.layers]
    if lesson.layer and lesson.layer not in names:
        listed = ", ".join(names) or "none"
        raise Invalid(f"{file} has no layer {lesson.layer!r}; its layers: {listed}")
    if lesson.light not in (AUTO, KEEP) and lesson.gesture != "press":
        raise Invalid("a light shows what a press does; give --light with --gesture press only")


def _check_result(text: str, file: str, lesson: Lesson, profile: Profile) -> None:
    """See that the text is a layout and means what was taught. Raises `Invalid`."""
    try:
        made = layout_from(toml.read(text, file))
    except InvalidFile as error:
        raise Invalid(f"{file} can't be changed by itself ({error}); change it by hand") from None
    wanted = command(lesson.do, lesson.gesture)
    laid = () if missing(made, profile) else boards(made, profile)
    board = next((one for one in laid if one.layer == lesson.layer), None)
    slot = board.slots.get((lesson.control, lesson.gesture)) if board else None
    if slot is None or slot.command != wanted:
        raise Invalid(f"{file} is written in a way that can't be changed by itself; do it by hand")


def _parsed(text: str, file: str) -> TOMLDocument:
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise Invalid(f"{file} can't be changed by itself ({error}); change it by hand") from None
    if tomlkit.dumps(document) != text:  # bindings that don't stand together, for one
        raise Invalid(
            f"{file} can't be changed by itself: its [[bind]] tables don't stand together; "
            "put them behind one another"
        )
    return document


def _insert_after(row: _Row, text: str) -> None:
    """Write `text` behind the last key of a binding, before the comments of what follows."""
    body: list[Any] = row.table.value.body
    last = max(place for place, (key, _) in enumerate(body) if key is not None)
    body.insert(last + 1, (None, Whitespace(f"\n{text}")))


def _appended(text: str, bind: str) -> str:
    return f"{text.rstrip()}\n\n{bind}" if text.strip() else bind


def _bind(lesson: Lesson, profile: Profile, *, lit: bool) -> str:
    """Return the lines of a new binding."""
    document = tomlkit.document()
    document["on"] = lesson.control
    if lesson.gesture != "press":
        document["gesture"] = lesson.gesture
    if lesson.layer:
        document["layer"] = lesson.layer
    document["do"] = lesson.do
    if lit and _can_light(lesson, profile):
        document["show"] = _role(lesson.do)
        if _role(lesson.do) == "action":
            document["colour"] = _colour(lesson.do) if lesson.light == AUTO else lesson.light
    document["optional"] = True  # so that the layout still fits controllers that lack this control
    return f"[[bind]]                      # {MARK}\n{tomlkit.dumps(document)}"


def _can_light(lesson: Lesson, profile: Profile) -> bool:
    light = profile.controls[lesson.control].light
    return lesson.gesture == "press" and light.kind != "none"


def _role(do: str) -> str:
    return "page" if do.split(maxsplit=1)[0] == PAGE else "action"


def _colour(do: str) -> str:
    return COLOURS.get(do.split(maxsplit=1)[0], "white")


def _did(row: _Row, control: str) -> str:
    """Return in words what `control` did by this row."""
    what = f"{row.gesture} did {row.do!r}" if row.do else f"its light showed {row.show!r}"
    if row.is_only(control):
        return what
    rest = "; the rest moves up by one place" if row.counts else "; the rest stays"
    return f"{what}, as one of {row.words}{rest}"


def colour(text: str, lesson: Lesson) -> str:
    """Return the colour that the light of `lesson` has in a layout's text, empty for none."""
    for bind in tomlkit.parse(text.removeprefix("\ufeff")).unwrap().get("bind", []):
        if bind.get("do") == lesson.do and bind.get("on") == lesson.control and bind.get("show"):
            return str(bind.get("colour", "white")) if bind["show"] == "action" else ""
    return ""


def lights(text: str, lesson: Lesson) -> bool:
    """Tell whether `lesson` in a layout's text has a light with a colour of its own."""
    return bool(colour(text, lesson))
