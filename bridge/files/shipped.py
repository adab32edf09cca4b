"""Where the shipped profiles, layouts and examples are, and which file an id means.

In an installed package they are its data (``bridge/mappings``, ``bridge/examples``: the wheel puts
them there); in a checkout they are the folders beside ``bridge``. A user's own file wins over the
shipped one of its id.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import bridge
from bridge.errors import Invalid, Unavailable
from bridge.files.toml_faults import found, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bridge.files.home import Home

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What an id looks like; it is a file's name, so nothing that could leave the folder."""


def examples() -> Path:
    """Return the folder of the examples. Raises `Unavailable` when the package lacks it."""
    return _folder("examples")


def controllers(home: Home | None = None) -> tuple[Path, ...]:
    """Return the folders of the profiles; what a later one has wins."""
    return (_folder("mappings") / "controllers", *([home.controllers] if home else []))


def layouts(home: Home | None = None) -> tuple[Path, ...]:
    """Return the folders of the layouts; what a later one has wins."""
    return (_folder("mappings") / "layouts", *([home.layouts] if home else []))


def templates(home: Home | None = None) -> tuple[Path, ...]:
    """Return the folders of the templates; what a later one has wins."""
    return (_folder("mappings") / "templates", *([home.templates] if home else []))


def template_ids(home: Home | None = None) -> tuple[str, ...]:
    """Return the ids of all templates, sorted."""
    return _ids(templates(home))


def template_path(name: str, home: Home | None = None) -> Path:
    """Return the file of the template `name`. Raises `Invalid` when there is none."""
    return _path(name, templates(home), "template")


def profile_ids(home: Home | None = None) -> tuple[str, ...]:
    """Return the ids of all profiles, sorted."""
    return _ids(controllers(home))


def layout_ids(home: Home | None = None) -> tuple[str, ...]:
    """Return the ids of all layouts, sorted."""
    return _ids(layouts(home))


def profile_path(name: str, home: Home | None = None) -> Path:
    """Return the file of the profile `name`. Raises `Invalid` when there is none."""
    return _path(name, controllers(home), "profile")


def layout_path(name: str, home: Home | None = None) -> Path:
    """Return the file of the layout `name`. Raises `Invalid` when there is none."""
    return _path(name, layouts(home), "layout")


def _folder(name: str) -> Path:
    package = Path(bridge.__file__).parent
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise Unavailable(f"the package has lost its folder {name}; install Songbridge again")


def _ids(folders: Iterable[Path]) -> tuple[str, ...]:
    paths = [path for folder in folders for path in folder.glob("*.toml")]
    return tuple(
        sorted({path.stem for path in paths if ID.fullmatch(path.stem) and path.is_file()})
    )


def _path(name: str, folders: tuple[Path, ...], what: str) -> Path:
    files = [folder / f"{name}.toml" for folder in reversed(folders)] if ID.fullmatch(name) else []
    for path in files:
        if path.is_file():
            return path
    raise Invalid(f"found no {what} {found(name)}; {unknown(name, _ids(folders))}")
