"""Requests as JSON: what ``POST /api/action`` and ``POST /api/request`` take, checked as hostile.

A request is one flat object: ``{"request": "add-task", "song": "", "draft": {"title": "…"}}``. The
names are those under which the journal files the requests. Several go as one, all or none:
``{"request": "together", "changes": [{"request": "import", "draft": {…}}, …]}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, NamedTuple, TypeAlias, cast

import msgspec

from bridge.core.actions import (
    Action,
    AddTask,
    Change,
    EditSong,
    EditTask,
    HandTask,
    ImportSong,
    MoveTask,
    Plain,
    Presence,
    Request,
    RewriteSong,
    SetGoal,
    Signed,
    Take,
    Together,
)  # fmt: skip
from bridge.core.actions_sharing import MergeSong, NameStudio, SettleClash, Sharing
from bridge.core.model import Section
from bridge.core.sharing_check import checked
from bridge.core.sharing_records import read
from bridge.errors import Invalid

LARGEST: Final = 1 << 20
"""Bytes of the largest body of a request."""

LARGEST_IMPORT: Final = 16 << 20
"""Bytes of the largest body that brings songs in: some 45,000 tasks."""

Source: TypeAlias = Literal["page", "cli"]

KINDS: Final[Mapping[str, type]] = {
    "import": ImportSong, "edit-song": EditSong, "rewrite-song": RewriteSong,
    "add-task": AddTask, "edit-task": EditTask,
    "move-task": MoveTask, "hand-task": HandTask, "goal": SetGoal, "presence": Presence,
    "name-studio": NameStudio, "merge": MergeSong, "settle": SettleClash,
}  # fmt: skip
"""The structured requests by name; an action goes by ``"request": "action"``."""

IMPORTS: Final[tuple[type, ...]] = (
    ImportSong, Together, RewriteSong, MergeSong, SettleClash,
)  # fmt: skip
"""The requests that may be as large as `LARGEST_IMPORT`."""

_NAMES: Final = {kind: name for name, kind in KINDS.items()}
_TOGETHER: Final = "together"
_TEXT = 20_000  # characters of one text: a long page
_NAME = 200  # characters of a name, before the core looks at it
_LIST = 5000  # members of one list: as many tasks as a song file may have
_NUMBER = 1e9  # seconds or positions: thirty years
_SPENT = 10_000 * 3600.0  # seconds: as in a song file
_ALONE: Final = (Presence, NameStudio, MergeSong, SettleClash)
"""What is no part of several requests that go as one."""

_COLOUR = re.compile(r"#[0-9A-F]{6}")

_Int = Annotated[int, msgspec.Meta(ge=-(10**9), le=10**9)]
_Float = Annotated[float, msgspec.Meta(ge=-_NUMBER, le=_NUMBER)]
_Text = Annotated[str, msgspec.Meta(max_length=_TEXT)]


class _ActionBody(msgspec.Struct, forbid_unknown_fields=True):
    action: Annotated[str, msgspec.Meta(max_length=200)]
    argument: _Text | _Int | _Float | bool | None = None
    source: Source = "page"
    signed: Annotated[str, msgspec.Meta(max_length=_NAME)] = ""


def read_action(body: bytes) -> tuple[Action | Signed, Source]:
    """Return the action in ``{"action": …, "argument": …}``. Raises Invalid for anything else.

    ``"signed": "Ben"`` says who asks, where that is not who sits here.
    """
    try:
        read = msgspec.json.decode(body, type=_ActionBody)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"the body is no action: {_told(error)}") from None
    action = Action(read.action, read.argument)
    return (Signed(action, read.signed) if read.signed else action), read.source


def read_request(body: bytes) -> tuple[Request, Source]:
    """Return the request that `body` holds. Raises Invalid for anything that is not one."""
    raw = _object(body)
    name, source = raw.pop("request", None), raw.pop("source", "page")
    person = raw.pop("signed", "")
    if not isinstance(person, str) or len(person) > _NAME:
        raise Invalid(f'"signed" is a name of at most {_NAME} characters')
    if source not in ("page", "cli"):
        raise Invalid('"source" must be "page" or "cli"')
    request = _read(raw, name)
    return (Signed(request, person) if person else request), source


def _read(raw: dict[str, Any], name: object) -> Plain:
    if name == "action":
        raw["action"] = raw.pop("name", None)
        return read_action(msgspec.json.encode(raw))[0]  # type: ignore[return-value] # not signed: that was taken out
    if name == _TOGETHER:
        return _together(raw)
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise Invalid(f'"request" must be one of action, {", ".join(KINDS)}, {_TOGETHER}')
    read: Plain = _converted(raw, kind)
    return read


def read_import(body: bytes) -> tuple[Request, Source]:
    """Return the request that `body` holds, one of `IMPORTS`. Raises Invalid for any other."""
    request, source = read_request(body)
    if not isinstance(request.request if isinstance(request, Signed) else request, IMPORTS):
        raise Invalid(f'"request" must be import or {_TOGETHER} here; others go to /api/request')
    return request, source


def write_request(request: Request, source: Source) -> bytes:
    """Return `request` as `read_request` takes it."""
    if isinstance(request, Signed):
        body = _object_of(request.request, source) | {"signed": request.person}
    else:
        body = _object_of(request, source)
    return msgspec.json.encode(body)


def _object_of(request: Plain, source: Source) -> dict[str, Any]:
    if isinstance(request, Action):
        body = {"name": request.name, "argument": request.argument}
        return {"request": "action", "source": source, **body}
    if isinstance(request, Together):
        changes = [_written(change) for change in request.changes]
        return {"request": _TOGETHER, "source": source, "changes": changes}
    return {"source": source, **_written(request)}


def _written(request: Change | Sharing | Presence | Take) -> dict[str, Any]:
    return {"request": _NAMES[type(request)], **msgspec.to_builtins(request)}


def _together(raw: dict[str, Any]) -> Together:
    changes = raw.pop("changes", None)
    if raw or not isinstance(changes, list) or not changes:
        raise Invalid(f'"{_TOGETHER}" holds "changes", a list of requests, and nothing else')
    return Together(tuple(_change(change) for change in changes))


def _change(raw: object) -> Change:
    name = raw.pop("request", None) if isinstance(raw, dict) else None
    kind = KINDS.get(name) if isinstance(name, str) else None
    if not isinstance(raw, dict) or kind is None or kind in _ALONE:
        known = ", ".join(name for name, kind in KINDS.items() if kind not in _ALONE)
        raise Invalid(f'each of the "changes" has a "request": one of {known}')
    return cast("Change", _converted(raw, kind))


def _object(body: bytes) -> dict[str, Any]:
    try:
        raw: dict[str, Any] = msgspec.json.decode(body, type=dict[str, Any])
        _check_sizes(raw, _WIDE if raw.get("request") in ("merge", "settle") else _USUAL)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"the body is no request: {_told(error)}") from None
    return raw


def _converted(raw: dict[str, Any], kind: type) -> Any:  # noqa: ANN401 - of that kind
    try:
        request: Any = msgspec.convert(raw, type=kind)
    except msgspec.MsgspecError as error:
        raise Invalid(f"the body is no {_NAMES[kind]}: {_told(error)}") from None
    _check_known(raw, msgspec.to_builtins(request))
    _check_meaning(request)
    return request


class _Sizes(NamedTuple):
    """How long a text and a list, and how large a number may be; `strict`: nothing unprintable."""

    text: int
    members: int
    number: float
    strict: bool = True


_USUAL: Final = _Sizes(_TEXT, _LIST, _NUMBER)
_WIDE: Final = _Sizes(1 << 16, 100_000, float(1 << 53), strict=False)
"""Of a song with its history: records are lines, and instants are seconds since 1970."""


def _check_sizes(value: object, sizes: _Sizes) -> None:
    """Refuse what no hand wrote: endless texts and lists, control characters, giant numbers."""
    match value:
        case str() if len(value) > sizes.text or not _readable(value, strict=sizes.strict):
            raise Invalid(f"a text has at most {sizes.text} characters, and no control characters")
        case int() | float() if not -sizes.number <= value <= sizes.number:
            raise Invalid(f"a number lies between ±{sizes.number:.0f}")
        case list() | dict() if len(value) > sizes.members:
            raise Invalid(f"a list has at most {sizes.members} members")
        case list():
            for member in value:
                _check_sizes(member, sizes)
        case dict():
            for key, member in value.items():
                _check_sizes(key, sizes)
                _check_sizes(member, sizes)
        case _:
            pass


def _readable(text: str, *, strict: bool) -> bool:
    if text.isprintable():
        return True
    return all(c in "\n\t" or (c.isprintable() if strict else c >= " ") for c in text)


def _check_known(raw: object, read: object) -> None:
    """Refuse fields that the request does not have: a misspelt one would go unheard."""
    match raw, read:
        case dict(), dict():
            for key, value in raw.items():
                if key not in read:
                    raise Invalid(f'"{key[:80]}" is unknown here; known are {", ".join(read)}')
                _check_known(value, read[key])
        case list(), list() | tuple():
            for one, other in zip(raw, read, strict=True):
                _check_known(one, other)
        case _:
            pass


def _check_meaning(request: Plain) -> None:
    """Refuse what the core takes on trust from files, which check it themselves."""
    match request:
        case ImportSong(draft=draft):
            sections: tuple[Section, ...] | None = draft.sections
            drafts = draft.tasks
        case EditSong(sections=sections):
            drafts = ()
        case RewriteSong(after=after):
            sections, drafts = after.sections, tuple(line.draft for line in after.tasks)
        case AddTask(draft=task):
            sections, drafts = (), (task,)
        case MergeSong() | SettleClash():
            sections, drafts = _shared_sections(request), ()
        case _:
            return
    for section in sections or ():
        if not section.name.strip() or not (
            section.colour == "" or _COLOUR.fullmatch(section.colour)
        ):
            raise Invalid('a section has a name, and a colour such as "#3FA7FF"')
    if any(not 0 <= one.spent <= _SPENT for one in drafts):
        raise Invalid(f"the spent time of a task lies between 0 and {_SPENT:.0f} seconds")


def _shared_sections(request: MergeSong | SettleClash) -> tuple[Section, ...]:
    """Return the sections of the song that is to be; its records are of a shape that can be read on."""
    if isinstance(request, MergeSong):
        for line in request.records:
            checked(read(line))
    return request.outcome.head.sections


def _told(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text[:300] or "it can't be read"
