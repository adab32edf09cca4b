"""What a rehearsal is made of: the profiles, layouts and state that its recording names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from zlib import crc32

from bridge.app.keeping import Keeping
from bridge.core.actions import ImportSong
from bridge.core.events import Snapshot
from bridge.daw.target import DawSettings
from bridge.errors import Invalid, InvalidFile
from bridge.files import shipped, toml
from bridge.files.config_controllers import ControllerConfig
from bridge.files.home import Home
from bridge.files.layouts import layout_from, load_layout, load_layouts
from bridge.files.profiles import load_profile, profile_from
from bridge.files.recording import Recording
from bridge.files.recording_lines import Came, Controller, State
from bridge.files.songs import load_song
from bridge.moment import Moment
from bridge.store.codec import decode_snapshot
from bridge.store.memory import MemoryJournal
from bridge.surface.fitting import missing
from bridge.surface.layout import Layout
from bridge.surface.profile import Profile

HEAD = 1
"""The line of the head."""

_SONGS = ("northern-lights",)
"""What is played when a recording says neither state nor songs."""


@dataclass(frozen=True, slots=True)
class Instead:
    """Another layout for the controller of a key, or without a key for all."""

    layout: str = ""
    controller: str = ""


@dataclass(frozen=True, slots=True)
class Materials:
    """Profiles and layouts by id, and each controller under the key that the recording gives it."""

    profiles: Mapping[str, Profile]
    layouts: Mapping[str, Layout]
    controllers: Mapping[str, ControllerConfig]
    up: frozenset[str]


def gathered(recording: Recording, home: Home | None, instead: Instead) -> Materials:
    """Return what `recording` is played with; `home` may have the user's own profiles and layouts.

    Raises InvalidFile or Invalid for what is missing or does not fit.
    """
    named = _named(recording)
    if instead.controller and instead.controller not in named:
        raise Invalid(
            f"there is no controller {instead.controller!r} in {recording.file};"
            f" allowed: {', '.join(named)}"
        )
    chosen = {
        key: ControllerConfig(one.profile, instead.layout)
        if instead.layout and instead.controller in ("", key)
        else ControllerConfig(one.profile, one.layout, layouts=one.layouts)
        for key, one in named.items()
    }
    profiles = {one.profile: _profile(recording, one.profile, home) for one in named.values()}
    layouts = dict(load_layouts(home).layouts)  # what is allowed instead is told from these
    asked = (name for one in chosen.values() for name in (one.layout, *one.layouts))
    for layout in dict.fromkeys(asked):
        if layout != "auto":
            layouts[layout] = _layout(recording, layout, home, own=layout == instead.layout)
    if instead.layout and not instead.controller and len(named) > 1:
        _check_fits(
            layouts[instead.layout], {key: profiles[one.profile] for key, one in named.items()}
        )
    return Materials(
        profiles,
        layouts,
        chosen,
        frozenset(key for key, one in named.items() if one.up),
    )


def _check_fits(layout: Layout, profiles: Mapping[str, Profile]) -> None:
    """Refuse a layout that not all controllers can carry, and say how one of them gets it."""
    able = [key for key, profile in profiles.items() if not missing(layout, profile)]
    for profile in profiles.values():
        lacking = missing(layout, profile)
        if lacking and able:
            raise Invalid(
                f"layout {layout.id!r} needs {', '.join(lacking)}, which {profile.name} has not;"
                f" name the one that it is for: --controller {' or '.join(able)}"
            )


def _named(recording: Recording) -> dict[str, Controller]:
    """Return every controller by its key: those of the head, then those that come later."""
    head = recording.head
    short = (Controller(head.profile, head.layout),) if head.profile else ()
    written = head.controllers or short
    later = [
        Controller(line.profile, line.layout, line.layouts, line.came, up=False)
        for _, line in recording.lines
        if isinstance(line, Came) and line.profile
    ]
    named: dict[str, Controller] = {}
    for controller in (*written, *later):
        key, number = controller.key or controller.profile, 1
        while key in named and not controller.key:
            number += 1
            key = f"{controller.profile}-{number}"
        named.setdefault(key, controller)
    return named


def _profile(recording: Recording, name: str, home: Home | None) -> Profile:
    text = recording.head.profiles.get(name)
    try:
        if text is not None:
            return profile_from(toml.read(text, f"{recording.file}: the profile {name}"))
        return load_profile(shipped.profile_path(name, home))
    except InvalidFile:
        raise
    except Invalid as error:
        raise recording.error(HEAD, str(error), "profile") from None


def _layout(recording: Recording, name: str, home: Home | None, *, own: bool) -> Layout:
    """Return a layout; one that was asked for by name is the home's, not the recording's."""
    text = None if own else recording.head.layouts.get(name)
    try:
        if text is not None:
            return layout_from(toml.read(text, f"{recording.file}: the layout {name}"))
        return load_layout(shipped.layout_path(name, home))
    except InvalidFile:
        raise
    except Invalid as error:
        if own:
            raise
        raise recording.error(HEAD, str(error), "layout") from None


def kept(recording: Recording, moment: Moment) -> Keeping:
    """Return the studio as the recording found it, over a journal in memory."""
    head, journal = recording.head, MemoryJournal()
    if head.state is not None:
        journal.save_snapshot(_snapshot(recording, head.state))
        journal.alive(moment.wall)
    keeping = Keeping(journal, replace(head.settings, east=head.east))  # its days, not ours
    songs = head.songs if head.songs is not None else () if head.state else _SONGS
    for name in songs:
        path = shipped.examples() / f"{name}.toml"
        if not (shipped.ID.fullmatch(name) and path.is_file()):
            known = sorted(file.stem for file in shipped.examples().glob("*.toml"))
            problem = f"found {name[:80]!r}; allowed: examples: {', '.join(known)}"
            raise recording.error(HEAD, problem, "songs")
        keeping.ask(ImportSong(load_song(path, head.settings)), moment, "cli")
    return keeping


def _snapshot(recording: Recording, state: State) -> Snapshot:
    body = bytes(state.body)
    found = decode_snapshot((state.seq, state.at, state.version, body, crc32(body)))
    if found is None:
        problem = (
            f"is of another Songbridge ({recording.head.songbridge or 'unknown'}), or was changed"
        )
        raise recording.error(HEAD, problem, "state")
    return found


def daws(recording: Recording) -> tuple[DawSettings, ...]:
    """Return the DAWs; where they would be does not matter, for nothing is sent."""
    return tuple(
        DawSettings(one.kind, one.name, port=1, listen_port=1 if one.hears else 0)
        for one in recording.head.daws
    )
