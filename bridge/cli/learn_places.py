"""Which files a lesson changes: the user's own layout and profile, copied from the shipped ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bridge.files import learning_changes, shipped
from bridge.files.learning_changes import Write
from bridge.files.toml import open_document

if TYPE_CHECKING:
    from bridge.files.home import Home


@dataclass(frozen=True, slots=True)
class Source:
    """A layout or profile as it is now, and the user's own file that is to hold it.

    ``before`` are that file's bytes, None when it is not there yet: then ``text`` is the shipped
    one's, under a comment that says so.
    """

    path: Path
    text: str
    before: bytes | None

    def write(self, text: str) -> Write:
        """Return what makes the file hold `text`."""
        return Write(self.path, text, self.before)


def layout(home: Home, name: str) -> Source:
    """Return the layout of that id. Raises `Invalid` or `InvalidFile`."""
    return _source(shipped.layout_path(name, home), home.layouts, "layout")


def profile(home: Home, name: str) -> Source:
    """Return the profile of that id. Raises `Invalid` or `InvalidFile`."""
    return _source(shipped.profile_path(name, home), home.controllers, "profile")


def changes(home: Home) -> Path:
    """Return the folder that keeps what was there before."""
    return home.data_dir / "learnt"


def _source(path: Path, own: Path, what: str) -> Source:
    open_document(path)  # that it can be read, and is TOML
    text = path.read_bytes().decode()
    mine = own / path.name
    if path.parent == own:
        return Source(mine, text, learning_changes.read(mine))
    told = (
        f"# Your own copy of the {what} that comes with Songbridge, since `songbridge learn` changed\n"
        f"# something. Without this file the {what} that comes with it is used again.\n"
    )
    return Source(mine, told + text, learning_changes.read(mine))
