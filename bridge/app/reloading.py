"""A configuration that changes while the service runs: taken when it is right, else the old stays."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bridge.app import mappings
from bridge.app.controllers import Controllers
from bridge.app.inbox import Do
from bridge.app.osc_out import PortsOut
from bridge.app.session import Session
from bridge.app.tapping import Taps
from bridge.daw.links import Links
from bridge.errors import SongbridgeError, Unavailable
from bridge.files import shipped
from bridge.files.config import TOKEN, Config, load_config
from bridge.files.home import Home
from bridge.moment import Moment
from bridge.surface import matching

_LOG = logging.getLogger(__name__)


def read(home: Home) -> Config:
    """Return the home's configuration. Raises Invalid or InvalidFile."""
    return load_config(
        home,
        token=os.environ.get(TOKEN, ""),
        profiles=shipped.profile_ids(home),
        layouts=shipped.layout_ids(home),
    )


def make_controllers(
    config: Config, home: Home, taps: Taps, in_use: Iterable[str] = ()
) -> Controllers:
    """Return the controllers that `config` lets come; ``unused`` tells what is wrong beside them.

    A profile or layout `in_use`, by id, is needed although nothing names it. Raises InvalidFile for a
    wrong profile or layout that `config` would use, and for a controller asked for by name that can't
    carry its layout.
    """
    found = mappings.read(config, home, in_use)
    if found.wrong:
        raise found.wrong[0]
    platform = matching.platform(sys.platform)
    made = Controllers(
        config.controllers,
        found.profiles,
        found.layouts,
        platform,
        taps.light,
        lights=config.lights,
        curious=taps.curious,
    )
    made.unused = found.unused
    return made


@dataclass(frozen=True, slots=True)
class _Read:
    """All that the files say, or the error that says why they can't be used."""

    stamp: tuple[object, ...]
    config: Config
    controllers: Controllers
    links: Links


class Reloader:
    """Looks at the files now and then, on the loop's thread.

    They are read on a thread of their own, for a press must not wait for some hundred milliseconds
    of reading; ``put`` brings back what came of it. Without ``put`` it is done at once.
    """

    def __init__(
        self,
        home: Home,
        config: Config,
        session: Session,
        out: PortsOut,
        say: Callable[[str], None],
        *,
        put: Callable[[Do], None] | None = None,
    ) -> None:
        self._home, self._config, self._start = home, config, config
        self._session, self._out, self._say, self._put = session, out, say, put
        self._stamp = _stamp(home)
        self._folders = self._stamp[1:]
        self._reading = self._again = False
        self._tell_unused(session.controllers)

    def look(self, moment: Moment) -> None:
        """Take the configuration anew when a file of it has changed."""
        if _stamp(self._home) != self._stamp:
            self.reload(moment)

    def reload(self, moment: Moment) -> None:
        """Take the configuration anew; one that is wrong changes nothing but the fault that shows."""
        if self._reading:
            self._again = True
            return
        self._stamp = _stamp(self._home)
        in_use = self._in_use()
        if self._put is None:
            self._take(self._read(in_use), moment)
            return
        self._reading = True
        work = partial(self._read_apart, self._put, in_use)
        threading.Thread(target=work, name="reading files", daemon=True).start()

    def _in_use(self) -> frozenset[str]:
        """Return the ids of profiles and layouts that controllers have now."""
        every = self._session.controllers.all
        layouts = {one.surface.board.layout.id for one in every}
        return frozenset(layouts | {one.profile.id for one in every})

    def _read_apart(self, put: Callable[[Do], None], in_use: frozenset[str]) -> None:
        """Read, on a thread of its own; whatever happens, the loop learns that it is over."""
        read: _Read | SongbridgeError = Unavailable("the files could not be read; see the log")
        try:
            read = self._read(in_use)
        except Exception:  # noqa: BLE001 - as in the loop: a defect must not end the evening
            _LOG.exception("a defect while reading the files; the old configuration stays in force")
        finally:
            put(Do(partial(self._come_back, read)))

    def _read(self, in_use: frozenset[str]) -> _Read | SongbridgeError:
        stamp = self._stamp
        try:
            config = read(self._home)
            controllers = make_controllers(config, self._home, self._session.taps, in_use)
            links = Links(config.daws, on_fault=lambda key, fault: self._say(f"{key}: {fault!r}"))
        except SongbridgeError as error:
            return error
        return _Read(stamp, config, controllers, links)

    def _come_back(self, read: _Read | SongbridgeError, moment: Moment) -> None:
        self._reading = False
        again, self._again = self._again, False
        self._take(read, moment)
        if again:
            self.reload(moment)

    def _take(self, read: _Read | SongbridgeError, moment: Moment) -> None:
        """Let what was read come into force, or say why it can't."""
        session, old = self._session, self._config
        if isinstance(read, SongbridgeError):
            session.config_fault = f"the old configuration stays in force: {read}"
            self._say(session.config_fault)
            return
        session.config_fault = ""
        session.listening.config = read.config.listening
        session.midi.overhear(read.config.listening.keyboards)
        session.listen(moment)
        session.engine.settings = read.config.settings
        folders = read.stamp[1:]
        lights = (read.config.controllers, read.config.lights)
        if lights != (old.controllers, old.lights) or folders != self._folders:
            self._folders = folders
            read.controllers.lesson = session.controllers.lesson
            session.use(read.controllers, moment)
        if read.config.daws != old.daws:
            session.delivery.use(read.links)
            self._out.relink(read.links)
        self._tell_what_waits(read.config)
        self._tell_unused(read.controllers)
        self._config = read.config

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
            ("[midi]", (config.midi_api, config.thru), (start.midi_api, start.thru)),
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
