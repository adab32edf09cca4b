"""Where everything lies: one folder that the user names, or the platform's own two."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from bridge.errors import Unavailable

_PRIVATE = 0o700  # songs, notes and the token are nobody else's affair
_NAME = "songbridge"


@dataclass(frozen=True, slots=True)
class Home:
    """The folders for configuration and for data (the same one under ``--home``).

    ``config`` is a configuration file named by hand; it must exist, the one in the folder need not.
    """

    config_dir: Path
    data_dir: Path
    config: Path | None = None

    @property
    def config_file(self) -> Path:
        """The configuration: ``config.toml``, or the file named by hand."""
        return self.config if self.config is not None else self.config_dir / "config.toml"

    @property
    def controllers(self) -> Path:
        """The user's own profiles, which win over the shipped ones."""
        return self.config_dir / "controllers"

    @property
    def layouts(self) -> Path:
        """The user's own layouts, which win over the shipped ones."""
        return self.config_dir / "layouts"

    @property
    def templates(self) -> Path:
        """The user's own templates of songs, which win over the shipped ones."""
        return self.config_dir / "templates"

    @property
    def drafts(self) -> Path:
        """Songs that are being asked for, and songs that are being edited."""
        return self.data_dir / "drafts"

    @property
    def originals(self) -> Path:
        """The colours that tracks in DAWs had before Songbridge changed them."""
        return self.data_dir / "originals.json"

    @property
    def journal(self) -> Path:
        """The journal's SQLite file."""
        return self.data_dir / "journal.db"

    @property
    def sittings(self) -> Path:
        """The folder of the sittings' summaries."""
        return self.data_dir / "sittings"

    @property
    def installed(self) -> Path:
        """The records of what `daw install` wrote into DAWs' folders."""
        return self.data_dir / "installed"

    @property
    def lock(self) -> Path:
        """Held by the one service of this home."""
        return self.data_dir / "service.lock"

    @property
    def service(self) -> Path:
        """Where the running service says how it is reached."""
        return self.data_dir / "service.json"

    @property
    def log(self) -> Path:
        """What the service wrote about its own doing."""
        return self.data_dir / "songbridge.log"

    def check(self) -> None:
        """Look that no folder's place is taken by a file. Raises `Unavailable`; makes nothing."""
        for folder in (self.config_dir, self.data_dir):
            there = next((f for f in (folder, *folder.parents) if os.path.lexists(f)), folder)
            if there.is_file():
                raise Unavailable(
                    f"the home {folder} can't be used: {there} is a file; name a folder with"
                    " --home or SONGBRIDGE_HOME"
                )

    def ensure(self) -> None:
        """Make the folders that are not there, for the user alone. Raises `Unavailable`."""
        for folder in (self.config_dir, self.data_dir):
            _made(folder)


def resolve(
    given: str | Path | None, environ: Mapping[str, str], *, config: str | Path | None = None
) -> Home:
    """Return the home: `given` (``--home``), else SONGBRIDGE_HOME, else the platform's folders.

    `config` is a configuration file named by hand. Nothing is made yet. Raises `Unavailable` for a
    ``~`` that leads nowhere.
    """
    named = _absolute(config) if config else None
    if folder := given or environ.get("SONGBRIDGE_HOME"):
        home = _absolute(folder)
        return Home(home, home, named)
    return Home(
        platformdirs.user_config_path(_NAME, appauthor=False),
        platformdirs.user_data_path(_NAME, appauthor=False),
        named,
    )


def _absolute(path: str | Path) -> Path:
    try:
        return Path(os.path.abspath(Path(path).expanduser()))  # noqa: PTH100 - resolve() would follow the user's links
    except RuntimeError:
        raise Unavailable(f"{path}: no such user's folder; write the path in full") from None


def _made(folder: Path) -> None:
    try:
        folder.mkdir(_PRIVATE, parents=True, exist_ok=True)
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise Unavailable(
            f"the folder {folder} cannot be made: {reason};"
            " choose another with --home or SONGBRIDGE_HOME"
        ) from None
