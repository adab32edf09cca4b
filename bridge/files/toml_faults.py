"""Why a value does not fit its schema, in a user's words.

msgspec says that something is wrong and where, but leaves the key of a table out of the place and
speaks of types. So when it refuses, the schema is walked once more beside the value to find the
first thing that is wrong.
"""

from __future__ import annotations

import datetime as dt
import difflib
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

if TYPE_CHECKING:
    from bridge.files.toml_lines import KeyPath

_SHOWN = 40  # characters of a value that are repeated in a message
_WORDS: Mapping[object, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    type(None): "nothing",
    dt.datetime: "a date and time",
    dt.date: "a date",
    dt.time: "a time of day",
    Any: "anything",
}
_MANY = {
    "a whole number": "whole numbers",
    "a number": "numbers",
    "a table": "tables",
    "text": "texts",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing wrong: its place, and a problem that names what was found and allowed."""

    key: KeyPath
    problem: str


def fault(value: object, schema: Any, key: KeyPath = ()) -> Fault | None:  # noqa: ANN401 - any annotation is a schema
    """Find the first thing in `value` that does not fit `schema`; None when all fits."""
    try:
        msgspec.convert(value, schema, strict=True)
    except msgspec.ValidationError as error:
        return _inside(value, schema, key) or Fault(key, _mismatch(value, schema, error))
    return None


def found(value: object) -> str:
    """Name a value as a user would: ``"soon"``, ``true``, ``a list``; one line, shortened."""
    match value:
        case str():
            return f'"{plain(value)}"'
        case bool():
            return str(value).lower()
        case int() | float():
            return plain(_number(value))
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return plain(str(value))


def plain(text: str) -> str:
    """Return `text` shortened, on one line, without anything a terminal would act on."""
    short = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in short)


def one_of(allowed: Sequence[str]) -> str:
    """Write a choice: ``a``, ``a or b``, ``a, b or c``."""
    *rest, last = allowed
    return f"{', '.join(rest)} or {last}" if rest else last


def unknown(word: str, allowed: Sequence[str]) -> str:
    """Say what an unknown word could have been: ``did you mean "title"? allowed: …``."""
    close = difflib.get_close_matches(word, allowed, 1)
    hint = f'did you mean "{close[0]}"? ' if close else ""
    return f"{hint}allowed: {', '.join(allowed) or 'nothing'}"


def _number(value: float) -> str:
    try:
        return str(value)
    except ValueError:  # Python prints no integer of more than 4300 digits
        return "a very large number"


def _inside(value: object, schema: Any, key: KeyPath) -> Fault | None:  # noqa: ANN401 - as above
    """Look for the fault below `value`, where the schema has a below."""
    origin, args = get_origin(schema), get_args(schema)
    if origin is Annotated:
        return _inside(value, args[0], key)
    if origin in (Union, types.UnionType):
        return _in_union(value, args, key)
    if isinstance(schema, type) and issubclass(schema, msgspec.Struct):
        return _in_struct(value, schema, key) if isinstance(value, dict) else None
    if isinstance(value, list) and origin in (list, tuple, set, frozenset, Sequence):
        return _first(fault(item, args[0], (*key, n)) for n, item in enumerate(value))
    if isinstance(value, dict) and origin in (dict, Mapping):
        return _first(fault(item, args[1], (*key, name)) for name, item in value.items())
    return None


def _first(faults: Iterator[Fault | None]) -> Fault | None:
    return next((one for one in faults if one is not None), None)


def _in_union(value: object, choices: Sequence[Any], key: KeyPath) -> Fault | None:
    """Where exactly one choice has a below, that is what was meant."""
    return _first(_inside(value, choice, key) for choice in choices)


def _in_struct(
    value: Mapping[str, object], schema: type[msgspec.Struct], key: KeyPath
) -> Fault | None:
    fields = {one.encode_name: one for one in msgspec.structs.fields(schema)}
    for name in value:
        if name not in fields and schema.__struct_config__.forbid_unknown_fields:
            return Fault((*key, name), f"is not known; {unknown(name, list(fields))}")
    for name, one in fields.items():
        if one.required and name not in value:
            return Fault((*key, name), f"is missing; needed: {allowed(one.type)}")
    return _first(
        fault(value[name], one.type, (*key, name)) for name, one in fields.items() if name in value
    )


def _mismatch(value: object, schema: Any, error: msgspec.ValidationError) -> str:  # noqa: ANN401 - as above
    told = str(error).split(" - at `", maxsplit=1)[0]
    if error.__cause__ is not None:  # a check of the schema's own, already in our words
        return told
    return f"found {found(value)}; allowed: {allowed(schema)}"


def allowed(schema: Any) -> str:  # noqa: ANN401 - any annotation; one return per kind of schema
    """Name what a schema allows in a user's words."""
    origin, args = get_origin(schema), get_args(schema)
    if origin is Annotated:
        return _limited(args[0], args[1:])
    if origin is Literal:
        return one_of([found(choice) for choice in args])
    if origin in (Union, types.UnionType):
        return one_of([allowed(choice) for choice in args if choice is not type(None)])
    if origin in (list, tuple, set, frozenset, Sequence):
        count = f"{len(args)} " if origin is tuple and args[-1] is not Ellipsis else ""
        return f"a list of {count}{_plural(allowed(args[0]))}"
    if origin in (dict, Mapping) or schema is dict:
        return "a table"
    if isinstance(schema, type) and issubclass(schema, Enum):
        return one_of([found(member.value) for member in schema])
    return _WORDS.get(schema, "a table")


def _plural(words: str) -> str:
    one = next((one for one in _MANY if words.startswith(one)), None)
    if one is None or " or " in words:
        return f"({words})"
    return _MANY[one] + words.removeprefix(one)


def _limited(schema: Any, metas: Sequence[object]) -> str:  # noqa: ANN401 - as above
    """Name a schema with limits; a description given in the schema wins."""
    words = allowed(schema)
    for meta in metas:
        if isinstance(meta, msgspec.Meta):
            words = meta.description or words + _limits(meta, schema)
    return words


def _limits(meta: msgspec.Meta, schema: Any) -> str:  # noqa: ANN401 - as above
    least = meta.ge if meta.ge is not None else meta.min_length
    most = meta.le if meta.le is not None else meta.max_length
    unit = "" if meta.min_length is None and meta.max_length is None else _unit(schema)
    if least is not None and most is not None:
        return f" from {least} to {most}{unit}"
    if least is not None:
        return f", at least {least}{unit}"
    if most is not None:
        return f", at most {most}{unit}"
    return f" greater than {meta.gt}" if meta.gt is not None else ""


def _unit(schema: Any) -> str:  # noqa: ANN401 - as above
    return " characters" if schema is str else " items"
