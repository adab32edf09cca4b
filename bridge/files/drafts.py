"""Songs on their way: interviews that are not over, and edits that are not valid yet.

Each is written whole after every answer, to a file beside it that then takes its place, so that a
terminal that is closed loses nothing.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import tomlkit

from bridge.core.actions import SongDraft
from bridge.core.decide_songs import slug
from bridge.core.model import Song
from bridge.core.settings import Settings
from bridge.errors import InvalidFile, Unavailable
from bridge.files import toml
from bridge.files.song_export import write_draft
from bridge.files.songs import SongFile, read_song
from bridge.files.toml import Document

if TYPE_CHECKING:
    from pathlib import Path

    from bridge.files.home import Home


class _PlanFile(SongFile):
    step: str = "title"
    template: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """An interview so far: what was answered, at which ``step`` it stands, which template was chosen."""

    song: SongDraft
    step: str = "title"
    template: str = ""

    @property
    def id(self) -> str:
        """What its file is called."""
        return slug(self.song.title)


def keep(home: Home, plan: Plan, instead_of: str = "") -> Path:
    """Write `plan`; a draft `instead_of` it goes. Raises `Unavailable`."""
    head = tomlkit.document()
    head.add("step", tomlkit.item(plan.step))
    if plan.template:
        head.add("template", tomlkit.item(plan.template))
    path = home.drafts / f"{plan.id}.toml"
    put(path, tomlkit.dumps(head) + write_draft(plan.song))
    if instead_of and instead_of != plan.id:
        discard(home, instead_of)
    return path


def plans(home: Home, settings: Settings) -> tuple[list[Plan], list[str]]:
    """Return the interviews that are not over, the newest first, and a sentence on each damaged file."""
    read: list[Plan] = []
    wrong: list[str] = []
    for path in sorted(home.drafts.glob("*.toml"), key=_written, reverse=True):
        try:
            read.append(load(path, settings))
        except InvalidFile as fault:
            wrong.append(str(fault))
    return read, wrong


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def load(path: Path, settings: Settings) -> Plan:
    """Read the draft at `path`. Raises `InvalidFile`."""
    document = toml.open_document(path)
    written = document.convert(_PlanFile)
    rest = {k: v for k, v in document.data.items() if k not in ("step", "template")}
    song = read_song(Document(document.text, document.file, rest), settings)
    return Plan(song, written.step, written.template)


def plan_text(home: Home, name: str) -> Path:
    """Return where the text of an interview is kept while it is in an editor."""
    return home.drafts / "edits" / f"new-{slug(name)}.toml"


def discard(home: Home, name: str) -> bool:
    """Throw the draft of that id away; tell whether there was one. Raises `Unavailable`."""
    end_edit(plan_text(home, name))
    try:
        (home.drafts / f"{slug(name)}.toml").unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Unavailable(f"the draft {name!r} can't be removed: {error.strerror}") from None
    return True


def put(path: Path, text: str) -> None:
    """Write `text` in place of what `path` holds, whole or not at all. Raises `Unavailable`."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise Unavailable(f"the draft {path} can't be written: {error.strerror or error}") from None


# --- edits ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edit:
    """A song's text in an editor: its file, and the song as it was when the text was made."""

    path: Path
    song: Song
    text: str


def edit_path(home: Home, song: str, *, only_map: bool) -> Path:
    """Return where the text of a song that is being edited is kept."""
    return home.drafts / "edits" / f"{song}{'.map' if only_map else ''}.toml"


def begin_edit(path: Path, song: Song, text: str) -> Edit:
    """Keep `text` for an editor, and the song it was made from. Raises `Unavailable`."""
    put(path.with_suffix(".json"), msgspec.json.encode(song).decode())
    put(path, text)
    return Edit(path, song, text)


def left_edit(path: Path) -> Edit | None:
    """Return an edit that was left, None where there is none that can be read."""
    try:
        song = msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=Song)
        return Edit(path, song, path.read_text("utf-8"))
    except (OSError, ValueError, msgspec.MsgspecError):
        return None


def untouched(edit: Edit) -> bool:
    """Tell whether the file still holds what it was begun with."""
    try:
        return edit.path.read_text("utf-8") == edit.text
    except (OSError, ValueError):
        return False


def end_edit(path: Path) -> None:
    """Throw away what `begin_edit` kept."""
    for file in (path, path.with_suffix(".json")):
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
