"""`dataclasses.replace` for the press path: a quarter of its time, and little memory touched.

The library's walks the fields' descriptions at each call, some hundred objects that a press finds
nowhere in the processor's caches; a press replaces a dozen values. Here a function is written once
a class, as the library writes ``__init__`` (figures: docs/performance.md). It calls no ``__init__``
and no ``__post_init__``: for frozen, slotted dataclasses that are nothing but their fields.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

T = TypeVar("T")

_made: dict[type, Callable[..., Any]] = {}


def replace(value: T, **changes: object) -> T:
    """Return `value` with some fields changed. Raises TypeError for a field that it doesn't have."""
    make = _made.get(type(value)) or _writer(type(value))
    changed: T = make(value, **changes)
    return changed


def _writer(kind: type) -> Callable[..., Any]:
    """Write the function that copies a value of `kind`, save for the fields it is given."""
    names = [field.name for field in fields(kind)]
    takes = ", ".join(f"{name}=_same" for name in names)
    sets = "".join(f"  _set_{n}(_new, _old.{n} if {n} is _same else {n})\n" for n in names)
    text = f"def make(_old, *, {takes}):\n  _new = _blank(_kind)\n{sets}  return _new\n"
    known: dict[str, Any] = {"_same": object(), "_blank": object.__new__, "_kind": kind}
    known |= {f"_set_{name}": getattr(kind, name).__set__ for name in names}  # past the freezing
    exec(text, known)  # noqa: S102 - of our own classes' field names, as dataclasses does
    make: Callable[..., Any] = known["make"]
    _made[kind] = make
    return make
