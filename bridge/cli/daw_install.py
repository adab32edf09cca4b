"""What `daw install`, `uninstall` and `list` do: one installation after the other."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridge.cli.here import Here
from bridge.errors import Unavailable
from bridge.files import (
    install_ardour,
    install_places,
    install_reaper,
    install_record,
    install_undo,
    shipped,
)
from bridge.files.config import TOKEN, load_config

if TYPE_CHECKING:
    from bridge.files.config import Config
    from bridge.files.install_record import Record, Step

_RUNS = "{name} is running (process {pid}) and would write its files anew at its end: quit it and do this again"
_REAPER_NEXT = (
    "next: start REAPER. Its actions are under Actions > Show action list, search for Songbridge"
)
_REAPER_WEB = (
    "REAPER's web interface has no password: whoever is on your network can reach it; --no-web"
    " leaves it out, and then markers get no colours"
)
_ARDOUR_NEXT = (
    "next: start Ardour, and switch on Open Sound Control (OSC) under Edit > Preferences > Control"
    " Surfaces, if it is not"
)


@dataclass(frozen=True, slots=True)
class Job:
    """One installation to be made or taken back; `do` writes. ``at``: its record's folder."""

    record: Record
    steps: list[Step]
    at: Path
    back: bool = False
    afterwards: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise `Unavailable` when the DAW runs and has a file open that is to change."""
        own = ("script", "config")
        if not any(step.changes and step.role not in own for step in self.steps):
            return
        pid = install_places.running(self.record.kind)
        if pid is not None:
            name = {"reaper": "REAPER", "ardour": "Ardour"}[self.record.kind]
            raise Unavailable(_RUNS.format(name=name, pid=pid))

    def do(self) -> None:
        """Write. Raises `Unavailable`; nothing is changed then."""
        if self.back:
            if self.record.kind == install_reaper.KIND:
                install_reaper.sweep(Path(self.record.folder))
            install_record.apply(self.steps)
            install_record.forget(self.at)
            return
        again = install_record.load(self.at) is not None
        install_record.save(self.at, self.record, self.steps)  # first: a power cut loses no backup
        try:
            install_record.apply(self.steps)
        except Unavailable:
            if not again:
                install_record.forget(self.at)
            raise


def program() -> tuple[str, ...]:
    """Return how this very Songbridge is called from elsewhere."""
    beside = Path(sys.executable).parent
    for name in ("songbridge.exe", "songbridge"):
        if (beside / name).is_file():
            return (str(beside / name),)
    found = shutil.which("songbridge")
    return (found,) if found else (sys.executable, "-m", "bridge")


def installing(
    here: Here, kind: str, path: str | None, called: tuple[str, ...], *, web: bool
) -> Iterator[Job]:
    """Yield each installation of `kind`, planned. Raises any SongbridgeError."""
    home = here.home
    config = load_config(home, token=here.environ.get(TOKEN, ""))
    named = here.given or here.environ.get("SONGBRIDGE_HOME") or ""
    for folder in _folders(here, kind, path):
        at = install_record.place(home.installed, kind, folder)
        if kind == "ardour":
            words = (*called, *(("--home", str(Path(named).absolute())) if named else ()))
            ours = shipped.examples() / kind
            wish = install_ardour.Wish(folder, ours, words, config, home.config_file)
            record, steps = install_ardour.plan(wish, at)
            yield Job(record, steps, at, afterwards=(_ARDOUR_NEXT,))
            config = load_config(home, token=here.environ.get(TOKEN, ""))
        else:
            line = install_reaper.command(called, str(Path(named).absolute()) if named else "")
            record, steps = install_reaper.plan(_wish(here, folder, line, config, web=web), at)
            yield Job(
                record, steps, at, afterwards=(_REAPER_NEXT, *((_REAPER_WEB,) if web else ()))
            )


def _wish(
    here: Here, folder: Path, command: str, config: Config, *, web: bool
) -> install_reaper.Wish:
    ours = shipped.examples() / "reaper"
    scripts = (ours, ours / "actions")
    return install_reaper.Wish(folder, command, scripts, config, here.home.config_file, web)


def _folders(here: Here, kind: str, path: str | None) -> list[Path]:
    """Return the folders of that DAW: the one that is named, else where the system has them."""
    if path is not None:
        folder = Path(path).expanduser().absolute()
        if not folder.is_dir():
            raise Unavailable(f"{folder} is no folder; name the one that holds the DAW's settings")
        return [folder]
    if kind == "reaper":
        return [install_places.reaper(here.environ)]
    found = install_places.ardour(here.environ)
    if not found:
        raise Unavailable(
            "found no settings of Ardour 6 or newer: start Ardour once, or name its folder with --path"
        )
    return found


def uninstalling(here: Here, kind: str, path: str | None) -> Iterator[Job]:
    """Yield what is to be taken back, each installation planned. Raises `Unavailable`."""
    wanted = str(Path(path).expanduser().absolute()) if path else ""
    found = [
        (at, record)
        for at, record in install_record.records(here.home.installed)
        if record.kind == kind and wanted in ("", record.folder)
    ]
    if not found:
        install_record.damaged(here.home.installed, kind)
        raise Unavailable(f"nothing was installed for {kind}{f' in {wanted}' if wanted else ''}")
    for at, record in found:
        yield Job(record, install_undo.undoing(at, record), at, back=True)


def overview(here: Here) -> dict[str, list[dict[str, Any]]]:
    """Return what `daw list --json` shows: ``configured``, ``installed`` and ``found`` DAWs."""
    home = here.home
    config = load_config(home, token=here.environ.get(TOKEN, ""))
    installed = install_record.records(home.installed)
    done = {record.folder for _, record in installed}
    seen = [("ardour", folder) for folder in install_places.ardour(here.environ)]
    reaper = install_places.reaper(here.environ)
    with contextlib.suppress(OSError):  # a folder that is not to be looked into
        if (reaper / install_reaper.INI).is_file():
            seen.insert(0, ("reaper", reaper))
    return {
        "configured": [
            {"kind": one.kind, "name": one.name or one.kind, "address": one.address}
            for one in config.daws
        ],
        "installed": [_row(record) for _, record in installed],
        "found": [
            {"kind": kind, "folder": str(folder)}
            for kind, folder in seen
            if str(folder) not in done
        ],
    }


def _row(record: Record) -> dict[str, Any]:
    files = [Path(one.file) for one in record.files]
    hashes = [install_record.digest(install_record.contents(file)) for file in files]
    scripts = [
        one.after == now
        for one, now in zip(record.files, hashes, strict=True)
        if one.role == "script"
    ]
    return {
        "kind": record.kind,
        "folder": record.folder,
        "version": record.version,
        "whole": all(scripts) and all(hashes),
        "files": [str(file) for file in files],
    }
