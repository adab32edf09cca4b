"""Files as bytes and bytes as text: which format they are of, and which of many a folder means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from bridge.errors import InvalidFile
from bridge.files.exchange.csv_table import header_of
from bridge.files.exchange.encodings import peeked

if TYPE_CHECKING:
    from pathlib import Path

LARGEST: Final = 64 * 1024 * 1024
"""Bytes. A packed Live set of several hundred tracks has some megabytes."""

_LOOKED_AT = 65536  # bytes that tell a format
_MOST = 2000  # projects' files that a folder may hold
_DEEPEST = 4  # folders below the one that is named
_PROJECTS: Final = (".als", ".rpp")
_BACKUPS: Final = (".rpp-bak",)
_UNREADABLE: Final = {
    ".flp": "an FL Studio project", ".logicx": "a Logic project", ".ptx": "a Pro Tools session",
    ".cpr": "a Cubase project", ".bwproject": "a Bitwig project", ".ardour": "an Ardour session",
}  # fmt: skip
_JSON = re.compile(r"\s*(?:\{|\[\s*[\]{])")


def load(path: Path, file: str) -> bytes:
    """Return the file's bytes. Raises `InvalidFile`, never `OSError`."""
    try:
        if path.exists() and not path.is_file():  # a pipe would keep us waiting, a device for ever
            raise InvalidFile(file, "is no ordinary file; save it as one")
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise InvalidFile(file, "does not exist") from None
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidFile(file, f"cannot be read: {reason}") from None
    if len(data) > LARGEST:
        raise InvalidFile(file, f"is larger than {LARGEST >> 20} MiB; no such file is")
    return data


def recognised(data: bytes, file: str) -> str:
    """Return the name of the format that `data` is of, by its content first, then by `file`'s name.

    What nothing speaks for is TOML, whose reader says best what is wrong. Raises `InvalidFile` for
    projects of DAWs that are known and can't be read.
    """
    ending = PurePath(file.casefold()).suffix
    if ending in _UNREADABLE:
        kind = _UNREADABLE[ending]
        raise InvalidFile(file, f"is {kind}, which can't be read; allowed are .als and .rpp")
    head = data[:_LOOKED_AT]
    if head.startswith(b"\x1f\x8b") or ending == ".als" or b"<Ableton" in head[:1024]:
        return "als"
    if ending == ".toml":
        return "toml"
    text = peeked(head)
    if text.lstrip().startswith("<REAPER_PROJECT") or ending in (".rpp", ".rpp-bak"):
        return "rpp"
    if _JSON.match(text):
        return "taskwarrior"
    return _table(text) or ("todo.txt" if ending == ".txt" else "toml")


def _table(text: str) -> str:
    """Return which CSV the header tells of, empty for none."""
    first = {name.casefold() for name in header_of(text)}
    if "meta" in first:
        first = {name.casefold() for name in header_of(text.partition("\n")[2])}
    if {"type", "content"} <= first:
        return "todoist"
    if "duration" in first and first & {"description", "project", "start date"}:
        return "toggl"
    return "asana" if "name" in first and len(first) > 1 else ""


def no_text(data: bytes) -> str:
    """Return that `data` is empty or no text at all, empty where it is one."""
    head = peeked(data[:_LOOKED_AT])
    if not head.strip():
        return "it is empty"
    strange = head.count("\0") + head.count("\ufffd")
    return "it is no text" if strange > len(head) / 10 else ""


def hint(data: bytes, file: str) -> str:
    """Return what a file that nothing spoke for looks like, empty where that can't be told."""
    head = peeked(data[:_LOOKED_AT])
    if head.lstrip().startswith(("<", "{")):
        return f"it begins with {' '.join(head.split())[:20]!r}"
    columns = [name for name in header_of(head) if name]
    if len(columns) < 2 and not file.casefold().endswith(".csv"):  # noqa: PLR2004 - one is no table
        return ""
    needed = "Asana's has Name, Todoist's TYPE and CONTENT, Toggl's Project and Duration"
    return f"as a table it has the columns {', '.join(columns)[:120]}; {needed}"


# --- folders of projects --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chosen:
    """One project of a folder: its newest file, its title, and the files passed over for it."""

    path: Path
    title: str
    others: tuple[Path, ...]


def projects(folder: Path, shown: str) -> tuple[Chosen, ...]:
    """Return the projects in `folder`: Live's by their ``… Project`` folder, others by their own.

    Of each the newest file is taken, and a backup only where nothing else is there. Raises
    `InvalidFile` when there is none.
    """
    groups: dict[tuple[Path, str], list[Path]] = {}
    try:
        for path in _files(folder, _DEEPEST):
            home = _home(path, folder)
            groups.setdefault((home, path.suffix.casefold()[:4]), []).append(path)
            if sum(map(len, groups.values())) > _MOST:
                raise InvalidFile(shown, f"holds more than {_MOST} projects; name some of them")
        chosen = tuple(_chosen(home, paths) for (home, _), paths in sorted(groups.items()))
    except OSError as error:
        raise InvalidFile(shown, f"cannot be read: {error.strerror or error}") from None
    if not chosen:
        raise InvalidFile(shown, "is a folder without a project; needed: .als or .rpp files in it")
    return chosen


def _files(folder: Path, deeper: int) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink() and deeper > 0:
            yield from _files(path, deeper - 1)
        elif path.suffix.casefold() in (*_PROJECTS, *_BACKUPS) and path.is_file():
            yield path


def _home(path: Path, top: Path) -> Path:
    """Return the folder that stands for the project: Live's, or the nearest that is no backup's."""
    for parent in path.parents:
        if parent.name.casefold().endswith(" project"):
            return parent
        if parent == top:
            break
    parent = path.parent
    return parent.parent if _is_backups(parent) and parent != top else parent


def _is_backups(folder: Path) -> bool:
    return folder.name.casefold() in ("backup", "backups")


def _chosen(home: Path, paths: list[Path]) -> Chosen:
    def rank(path: Path) -> tuple[bool, float, str]:
        backup = _is_backups(path.parent) or path.suffix.casefold() in _BACKUPS
        return not backup, path.stat().st_mtime, path.name

    ordered = sorted(paths, key=rank, reverse=True)
    named = home.name[: -len(" project")] if home.name.casefold().endswith(" project") else ""
    return Chosen(ordered[0], named.strip() or ordered[0].stem, tuple(ordered[1:]))
