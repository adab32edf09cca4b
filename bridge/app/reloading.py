"""A configuration that changes while the service runs: taken when it is right, else the old stays."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from bridge.app.controllers import Controllers
from bridge.app.osc_out import PortsOut
from bridge.app.session import Session
from bridge.app.tapping import Taps
from bridge.daw.links import Links
from bridge.errors import SongbridgeError
from bridge.files import shipped
from bridge.files.config import TOKEN, Config, load_config
from bridge.files.home import Home
from bridge.files.layouts import load_layouts
from bridge.files.profiles import load_profiles
from bridge.moment import Moment
from bridge.surface import matching


def read(home: Home) -> Config:
    """Return the home's configuration. Raises Invalid or InvalidFile."""
    return load_config(
        home,
        token=os.environ.get(TOKEN, ""),
        profiles=shipped.profile_ids(home),
        layouts=shipped.layout_ids(home),
    )


def make_controllers(config: Config, home: Home, taps: Taps) -> Controllers:
    """Return the controllers that `config` lets come.

    Raises Invalid for a controller asked for by name that can't be had, InvalidFile for a wrong
    layout, or a wrong profile that was asked for or is the user's own.
    """
    profiles, layouts = load_profiles(home), load_layouts(home)
    named = {name for one in config.controllers for name in (one.profile, one.layout)}
    own = (home.controllers, home.layouts)
    for error in (*profiles.refused, *layouts.refused):
        if Path(error.file).stem in named or Path(error.file).parent in own:
            raise error
    platform = matching.platform(sys.platform)
    return Controllers(config.controllers, profiles.profiles, layouts.layouts, platform, taps.light)


class Reloader:
    """Looks at the files now and then, on the loop's thread."""

    def __init__(
        self,
        home: Home,
        config: Config,
        session: Session,
        out: PortsOut,
        say: Callable[[str], None],
    ) -> None:
        self._home, self._config = home, config
        self._session, self._out, self._say = session, out, say
        self._stamp = _stamp(home)
        self._folders = self._stamp[1:]

    def look(self, moment: Moment) -> None:
        """Take the configuration anew when a file of it has changed."""
        stamp = _stamp(self._home)
        if stamp != self._stamp:
            self._stamp = stamp
            self.reload(moment)

    def reload(self, _moment: Moment) -> None:
        """Take the configuration anew; one that is wrong changes nothing but the fault that shows."""
        session, old = self._session, self._config
        try:
            config = read(self._home)
            controllers = make_controllers(config, self._home, session.taps)
            links = Links(config.daws, on_fault=lambda key, fault: self._say(f"{key}: {fault!r}"))
        except SongbridgeError as error:
            session.config_fault = f"the old configuration stays in force: {error}"
            self._say(session.config_fault)
            return
        session.config_fault = ""
        session.engine.settings = config.settings
        folders = self._stamp[1:]
        if config.controllers != old.controllers or folders != self._folders:
            self._folders = folders
            session.use(controllers)
        if config.daws != old.daws:
            session.links = links
            self._out.relink(links)
        self._tell_what_waits(config)
        self._config = config

    def _tell_what_waits(self, config: Config) -> None:
        """Say what a running service can't change."""
        old = self._config
        waiting = [
            name
            for name, same in (
                (
                    "[osc]",
                    (config.osc_listen, config.osc_feedback) == (old.osc_listen, old.osc_feedback),
                ),
                ("[http]", (config.http_listen, config.token) == (old.http_listen, old.token)),
                ("[midi]", config.midi_api == old.midi_api),
            )
            if not same
        ]
        rest = f"; {', '.join(waiting)} from the next start on" if waiting else ""
        self._say(f"the configuration was read again{rest}")


def _stamp(home: Home) -> tuple[object, ...]:
    """Return what changes when a file does: of the configuration, then of the user's folders."""
    return tuple(_file_stamps((home.config_file, home.controllers, home.layouts)))


def _file_stamps(paths: Iterable[Path]) -> Iterable[object]:
    for path in paths:
        try:
            files = [path, *sorted(path.glob("*.toml"))] if path.is_dir() else [path]
            yield tuple((str(file), *_mark(os.stat(file))) for file in files)  # noqa: PTH116 - the same call
        except OSError:
            yield None


def _mark(stat: os.stat_result) -> tuple[int, int, int]:
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
