"""A configuration that changes while the service runs: taken when it is right, else the old stays."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from bridge.app import mappings
from bridge.app.controllers import Controllers
from bridge.app.osc_out import PortsOut
from bridge.app.session import Session
from bridge.app.tapping import Taps
from bridge.daw.links import Links
from bridge.errors import SongbridgeError
from bridge.files import shipped
from bridge.files.config import TOKEN, Config, load_config
from bridge.files.home import Home
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
    """Return the controllers that `config` lets come; ``unused`` tells what is wrong beside them.

    Raises InvalidFile for a wrong profile or layout that `config` would use, and for a controller
    asked for by name that can't carry its layout.
    """
    found = mappings.read(config, home)
    if found.wrong:
        raise found.wrong[0]
    platform = matching.platform(sys.platform)
    made = Controllers(config.controllers, found.profiles, found.layouts, platform, taps.light)
    made.unused = found.unused
    return made


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
        self._home, self._config, self._start = home, config, config
        self._session, self._out, self._say = session, out, say
        self._stamp = _stamp(home)
        self._folders = self._stamp[1:]
        self._tell_unused(session.controllers)

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
        self._tell_unused(controllers)
        self._config = config

    def _tell_unused(self, controllers: Controllers) -> None:
        """Say what is wrong in files that nothing needs."""
        for error in controllers.unused:
            self._say(f"not used, since it is wrong: {error}")

    def _tell_what_waits(self, config: Config) -> None:
        """Say what differs from the start and can't be changed while the service runs."""
        start = self._start
        pairs = (
            ("[osc]", (config.osc_listen, config.osc_feedback),
             (start.osc_listen, start.osc_feedback)),
            ("[http]", (config.http_listen, config.token), (start.http_listen, start.token)),
            ("[midi]", config.midi_api, start.midi_api),
        )  # fmt: skip
        waiting = ", ".join(name for name, wanted, used in pairs if wanted != used)
        rest = f"; {waiting} from the next start on" if waiting else ""
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
