"""A file without what Songbridge put there: its old bytes, or only our lines less."""

from __future__ import annotations

from pathlib import Path
from typing import assert_never

from bridge.errors import Unavailable
from bridge.files import install_ardour_slots as slots
from bridge.files import install_config as config
from bridge.files import install_reaper_ini as ini
from bridge.files import install_record as record
from bridge.files import install_text as text
from bridge.files.install_record import Record, Role, Step, Written

COUNTED = "csurf_cnt"
"""Stands among the lines of a ``reaper.ini`` that had no such line before."""


def base(at: Path, written: Written | None, now: bytes | None) -> bytes | None:
    """Return a file without us; where its old bytes are lost, without our lines. Raises `Unavailable`."""
    if written is None or now is None:
        return now
    if record.digest(now) == written.after and record.kept(at, written):
        return record.before(at, written)
    return stripped(Path(written.file), written.role, now, written.lines)


def stripped(file: Path, role: Role, data: bytes, ours: tuple[str, ...]) -> bytes:
    """Return `data`, which was changed since, without the lines of `ours`. Raises `Unavailable`."""
    try:
        match role:
            case "script":
                return data  # it is the user's now
            case "config":
                return config.without_daw(data, "\n".join(ours))
            case "actions":
                return ini.without_actions(text.read(data), ours).written()
            case "surfaces":
                counted = COUNTED not in ours
                return ini.without_surfaces(text.read(data), ours, counted=counted).written()
            case "slots":
                return slots.without_slots(data, ours)
            case _:
                assert_never(role)
    except ValueError as error:
        raise Unavailable(f"{file} can't be understood: {error}; nothing was changed") from None


def undoing(at: Path, installed: Record) -> list[Step]:
    """Return the steps that take an installation back. Raises `Unavailable`; writes nothing."""
    return [_undo(at, written) for written in installed.files]


def _undo(at: Path, written: Written) -> Step:
    file = Path(written.file)
    now = record.contents(file)
    after = base(at, written, now)
    left = ""
    if now is not None and now == after and record.digest(now) != written.after:
        left = (
            "you changed it: it stays"
            if written.role in ("script", "config")
            else "none of ours left"
        )
    return Step(file, written.role, now, after, after, written.lines, left)
