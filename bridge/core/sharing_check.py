"""Records from outside: each is of a shape that the core can work with, or is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bridge.core.decide_queue import LONGEST_TITLE
from bridge.core.decide_timer import LONGEST, SHORTEST_BOX
from bridge.core.sharing_picture import STANDING
from bridge.core.sharing_places import is_place
from bridge.core.sharing_plain import knows, song_fields, task_fields
from bridge.core.sharing_records import LATEST, Plain, Record, is_studio
from bridge.errors import Invalid

_LONGEST_TEXT: Final = 20_000
_LONGEST_ID: Final = 100
_LARGEST: Final = 1 << 40  # in seconds or milliseconds: more than anybody works
_COLOUR: Final = re.compile(r"#[0-9A-F]{6}")


def checked(one: Record) -> Record:
    """Return `one`, which is sound. Raises Invalid with what is wrong in it."""
    if len(one.person) > LONGEST_TITLE or not one.person.isprintable():
        raise Invalid("a person's name stands on one line")
    if len(one.of) > _LONGEST_ID or not one.of.isprintable():
        raise Invalid("a task's id stands on one line")
    if len(one.kind) > _LONGEST_ID or not one.kind.isprintable():
        raise Invalid("a record's kind is a word")
    match one.kind:
        case "change":
            _change(one)
        case "met":
            _seen(one.data.get("seen"))
        case "told":
            _told(one.data)
        case _:
            pass  # of a kind that is not known here, or with nothing in it: passed on as it is
    return one


def _change(one: Record) -> None:
    said, lists, sums = (one.data.get(word, {}) for word in ("set", "list", "add"))
    if not all(isinstance(part, dict) for part in (said, lists, sums)):
        raise Invalid('"set", "list" and "add" are objects')
    if type(one.data.get("born", False)) is not bool:
        raise Invalid('"born" is true or left out')
    _fields(said, of_task=bool(one.of))
    for name, members in lists.items():
        _members(name, members, of_task=bool(one.of))
    for name, by in sums.items():
        if type(by) is not int or abs(by) > _LARGEST:
            raise Invalid(f"{_short(name)} grows by a whole number")


def _fields(said: Mapping[str, Plain], *, of_task: bool) -> None:
    _texts(said)
    if of_task:
        if any(not is_place(said[name]) for name in STANDING & said.keys()):
            raise Invalid("a place is a whole number and letters")
        read = task_fields(said)
        _times(read)
    else:
        song_fields(said)
    words = ("title", "section", "track", "person", "stage")
    if any(
        len(text) > LONGEST_TITLE or not text.isprintable()
        for text in (said.get(word, "") for word in words)
        if isinstance(text, str)
    ):
        raise Invalid(f"a name stands on one line of at most {LONGEST_TITLE} characters")
    if "title" in said and not said["title"].strip():
        raise Invalid("a title says something")


def _times(read: Mapping[str, Plain]) -> None:
    if "planned" in read and not SHORTEST_BOX <= read["planned"] <= LONGEST:
        raise Invalid("a budget lasts from 1m to 24h")
    if any(not 0 <= read.get(name, 0) <= _LARGEST for name in ("boxed", "budget", "left_at")):
        raise Invalid("a time is not below zero")
    if read.get("left_at", 0) > LATEST:
        raise Invalid("an instant lies before the year 9893")


def _members(name: str, members: Plain, *, of_task: bool) -> None:
    if not isinstance(members, dict):
        raise Invalid(f"{_short(name)} lists members by their keys")
    for key, member in members.items():
        if not key:
            raise Invalid(f"a member of {_short(name)} has a key")
        match member:
            case None:
                continue
            case [place, it] if is_place(place):
                _texts(it)
                if name == "sections" and not of_task:
                    _section(it)
                if knows(name, of_task=of_task):
                    _instants((task_fields if of_task else song_fields)({name: [it]}))
            case _:
                raise Invalid(f"a member of {_short(name)} has a place and a content")


def _instants(read: Plain) -> None:
    for note in read.get("hand_over", ()) if isinstance(read, dict) else ():
        if not 0 <= note.at <= LATEST:
            raise Invalid("a note was left before the year 9893")


def _section(it: Plain) -> None:
    match it:
        case {"name": str(name), "colour": str(colour)}:
            sound = 0 < len(name) <= LONGEST_TITLE and name.isprintable() and name.strip() == name
            if sound and _COLOUR.fullmatch(colour):
                return
        case _:
            pass
    raise Invalid('a section has a name, and a colour such as "#3FA7FF"')


def _seen(seen: Plain) -> None:
    if not isinstance(seen, dict) or not all(
        is_studio(name) and type(at) is int and 0 <= at < 1 << 53 for name, at in seen.items()
    ):
        raise Invalid('"seen" tells studios with a number each')


def _told(data: Mapping[str, Plain]) -> None:
    _texts(data)
    for word in ("note", "mark"):
        if not isinstance(data.get(word, ""), str):
            raise Invalid(f"a {word} is a text")
    match data.get("sitting", [0, 0]):
        case [int() | float() as began, int() as worked] if (
            0 <= began <= LATEST and 0 <= worked <= _LARGEST
        ):
            pass
        case _:
            raise Invalid("a sitting has a beginning and a length")


def _texts(value: Plain) -> None:
    """Refuse texts that are endless, or that a terminal would obey. Raises Invalid."""
    match value:
        case str():
            if len(value) > _LONGEST_TEXT or any(c < " " and c not in "\n\t" for c in value):
                raise Invalid(
                    f"a text has at most {_LONGEST_TEXT} characters, and no control characters"
                )
        case dict():
            for key, one in value.items():
                _texts(key)
                _texts(one)
        case list():
            for one in value:
                _texts(one)
        case _:
            pass


def _short(name: str) -> str:
    return repr(name[:40])
