"""Profiles and layouts as one configuration uses them: which are wrong, and whether that matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bridge.errors import Invalid, InvalidFile
from bridge.files import shipped, toml
from bridge.files.config import Config
from bridge.files.home import Home
from bridge.files.layouts import load_layouts
from bridge.files.profiles import load_profiles
from bridge.surface.fitting import choice
from bridge.surface.layout import Layout
from bridge.surface.profile import Profile

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Mappings:
    """What there is to use, by id.

    ``wrong`` is what keeps the configuration from being used, ``unused`` what is wrong in files that
    it does not need.
    """

    profiles: Mapping[str, Profile]
    layouts: Mapping[str, Layout]
    wrong: tuple[InvalidFile, ...]
    unused: tuple[InvalidFile, ...]


def read(config: Config, home: Home, in_use: Iterable[str] = ()) -> Mappings:
    """Read all profiles and layouts; those that are `in_use`, by id, are needed as well.

    Raises Unavailable when the package has lost its own.
    """
    profiles, layouts = load_profiles(home), load_layouts(home)
    named = {c.profile for c in config.controllers}
    needed = [
        *_needed(profiles.refused, {*named, *in_use}, shipped.profile_ids()),
        *_needed(layouts.refused, {*_layouts(config), *in_use}, shipped.layout_ids()),
    ]
    unused = (e for e in (*profiles.refused, *layouts.refused) if e not in needed)
    misfits = _misfits(config, home, profiles.profiles, layouts.layouts)
    return Mappings(
        profiles.profiles, layouts.layouts, wrong=(*needed, *misfits), unused=tuple(unused)
    )


def _layouts(config: Config) -> set[str]:
    """Return every layout that the configuration names, ``auto`` among them."""
    return {name for one in config.controllers for name in (one.layout, *one.layouts)}


def _needed(
    refused: tuple[InvalidFile, ...], wanted: set[str], in_package: tuple[str, ...]
) -> Iterator[InvalidFile]:
    """Yield the wrong files that are named, or stand before one that comes with Songbridge."""
    for error in refused:
        name = Path(error.file).stem
        if name in wanted or (AUTO in wanted and name in in_package):
            yield error


def _misfits(
    config: Config, home: Home, profiles: Mapping[str, Profile], layouts: Mapping[str, Layout]
) -> Iterator[InvalidFile]:
    """Yield the controllers asked for by name that can't carry the layout asked for."""
    for n, one in enumerate(config.controllers):
        named = {one.layout, *one.layouts}
        if one.profile not in profiles or not named <= {AUTO, *layouts}:
            continue  # any profile, or one whose file has been found wrong
        try:
            choice(layouts, one.asked, profiles[one.profile])
        except Invalid as error:
            key = ("controller", n, "profile" if one.layout == AUTO else "layout")
            yield toml.open_document(home.config_file).error(key, str(error))
