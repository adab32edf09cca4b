"""A ``[[daw]]`` written into ``config.toml`` for the user, and taken out again as long as it is ours.

It is put behind everything else, so that comments, order and line endings stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bridge.errors import Invalid, InvalidFile
from bridge.files import toml
from bridge.files.config import read_config
from bridge.files.starter import starter

if TYPE_CHECKING:
    from pathlib import Path

    from bridge.files.config import Config

MARK = "# by songbridge daw install"


def block(kind: str, keys: Mapping[str, str]) -> str:
    """Return a ``[[daw]]`` of `kind`, with LF."""
    lines = (f'{key} = "{value}"' for key, value in {"kind": kind, **keys}.items())
    return "\n".join((f"\n[[daw]]  {MARK}", *lines, ""))


def with_daw(data: bytes | None, file: Path, written: str) -> bytes:
    """Return the configuration with `written` (of `block`) behind it; None: a new, commented one.

    Raises `Invalid` when it can't take one.
    """
    before = starter().encode() if data is None else data
    newline = b"\r\n" if before.count(b"\r\n") * 2 > before.count(b"\n") else b"\n"
    gap = b"" if before.endswith(b"\n") or not before else newline
    after = before + gap + written.encode().replace(b"\n", newline)
    try:
        read_config(toml.read(after.decode(), str(file)))
    except (InvalidFile, UnicodeDecodeError) as error:
        raise Invalid(
            f"{file} can't take a [[daw]] at its end ({error}); write it yourself: "
            + ", ".join(written.split("\n")[2:-1])
        ) from None
    return after


def without_daw(data: bytes, written: str) -> bytes:
    """Return the configuration without `written`, where it still stands as we wrote it."""
    for newline in (b"\n", b"\r\n"):
        ours = written.encode().replace(b"\n", newline)
        if data.count(ours) == 1:
            return data.replace(ours, b"")
    return data


def has(config: Config, kind: str) -> bool:
    """Tell whether the configuration has a DAW of that kind."""
    return any(daw.kind == kind for daw in config.daws)
