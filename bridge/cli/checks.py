"""What `doctor` looks at, one check after the other; none of them changes anything for good."""

from __future__ import annotations

import contextlib
import errno
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from bridge.app import findings, mappings
from bridge.app.reloading import make_controllers
from bridge.app.tapping import Taps
from bridge.cli.here import Here
from bridge.errors import SongbridgeError
from bridge.files.address import Address
from bridge.files.config import TOKEN, Config, load_config
from bridge.files.shipped import layout_ids, profile_ids
from bridge.store.lock import running

if TYPE_CHECKING:
    from bridge.core.status import Json
    from bridge.files.home import Home
    from bridge.store.lock import ServiceInfo

Level: TypeAlias = Literal["ok", "warn", "bad"]
_MB = 1 << 20
_ROOM_BAD, _ROOM_WARN = (
    20 * _MB,
    500 * _MB,
)  # a year of sittings is some MB; recovery needs twice that
_LOOK_BACK = 100  # entries
_EARLIEST = 1_735_689_600.0  # 2025-01-01: a clock before this was never set


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: ``what`` was found, and how to ``mend`` it (empty when ok)."""

    level: Level
    what: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class _Case:
    here: Here
    home: Home
    config: Config | None
    service: ServiceInfo | None


def examine(here: Here) -> list[Finding]:
    """Return all findings, in the order in which they matter."""
    home = here.home
    config, finding = _configured(here)
    case = _Case(here, home, config, running(home.data_dir))
    checks: tuple[Callable[[_Case], Iterator[Finding]], ...] = (
        _folders, _disk, _mappings, _journal, _corrupt, _clock, _midi, _ports, _service, _daws,
    )  # fmt: skip
    found = [finding, *(one for check in checks for one in check(case))]
    return [one for n, one in enumerate(found) if not _told(one, found[:n])]


def _told(finding: Finding, before: list[Finding]) -> bool:
    """Tell whether the service says again what was found here: one bad file is one finding."""
    return any(one.level == "bad" and finding.what.endswith(f": {one.what}") for one in before)


def _configured(here: Here) -> tuple[Config | None, Finding]:
    home = here.home
    try:
        token = here.environ.get(TOKEN, "")
        config = load_config(
            home, token=token, profiles=profile_ids(home), layouts=layout_ids(home)
        )
    except SongbridgeError as error:
        return None, Finding("bad", str(error), "correct the file; nothing else needs a restart")
    if home.config_file.exists():
        return config, Finding("ok", f"configuration {home.config_file}")
    return config, Finding("ok", f"no configuration at {home.config_file}: the defaults are used")


def _folders(case: _Case) -> Iterator[Finding]:
    for folder in dict.fromkeys((case.home.data_dir, case.home.config_dir)):
        there = _nearest(folder)
        try:
            with tempfile.TemporaryFile(dir=there):
                pass
        except OSError as error:
            mend = "make it writable for you, or choose another folder with --home"
            yield Finding("bad", f"{there} can't be written ({error.strerror or error})", mend)
        else:
            made = "" if there == folder else " (made when it is first needed)"
            yield Finding("ok", f"home {folder}{made}")


def _disk(case: _Case) -> Iterator[Finding]:
    folder = _nearest(case.home.data_dir)
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # the check of the folders says what is wrong with it
    level: Level = "bad" if free < _ROOM_BAD else "warn" if free < _ROOM_WARN else "ok"
    mend = "" if level == "ok" else "make room, or the journal can't take what you do"
    yield Finding(level, f"{free // _MB} MB free at {folder}", mend)


def _mappings(case: _Case) -> Iterator[Finding]:
    config = case.config or Config()
    try:
        found = mappings.read(config, case.home)
    except SongbridgeError as error:
        yield Finding("bad", str(error), "install Songbridge again")
        return
    for wrong in found.wrong:
        yield Finding("bad", str(wrong), "correct the file, or take it away")
    if not found.wrong:
        yield from _joined(config, case.home)
    for wrong in found.unused:
        yield Finding("warn", f"not used, since it is wrong: {wrong}", "correct it, or delete it")
    count = f"{len(found.profiles)} controller profiles, {len(found.layouts)} layouts"
    yield Finding("ok", count)


def _joined(config: Config, home: Home) -> Iterator[Finding]:
    """Join controllers and layouts as the service does, where each file by itself is right."""
    try:
        make_controllers(config, home, Taps())
    except SongbridgeError as error:
        yield Finding("bad", str(error), "correct the layout, or choose another")


def _journal(case: _Case) -> Iterator[Finding]:
    if case.service is not None:
        yield Finding("ok", f"journal {case.home.journal}, held by the service")
    elif not case.home.journal.exists():
        yield Finding("ok", "no journal yet: it begins with the first song")
    elif case.config is not None:
        try:
            with case.here.client(writing=True) as client:
                count = client.studio()[1]
        except SongbridgeError as error:
            yield Finding("bad", str(error), "see docs/commands.md, `doctor`")
        else:
            yield Finding(
                "ok", f"journal {case.home.journal}: {count} entr{'y' if count == 1 else 'ies'}"
            )


def _corrupt(case: _Case) -> Iterator[Finding]:
    folder = case.home.data_dir
    with contextlib.suppress(OSError):
        for file in sorted(folder.glob("*.corrupt*")):
            what = f"a damaged journal was set aside as {file}"
            yield Finding(
                "warn", what, "what could be read is in the journal; delete it when content"
            )


def _clock(case: _Case) -> Iterator[Finding]:
    now = case.here.now().wall
    if now < _EARLIEST:
        yield Finding("bad", "the clock of this machine was never set", "set date and time")
        return
    last = 0.0
    with contextlib.suppress(SongbridgeError):
        if case.config is not None or case.service is not None:
            with case.here.client() as client:
                rows = client.last(_LOOK_BACK)  # a step of the clock may be the newest itself
                last = max((cast("float", row["at"]) for row in rows), default=0.0)
    if last > now + 60:
        yield Finding("warn", "the journal has entries from the future", "look at the clock")
    else:
        yield Finding("ok", "the clock")


def _midi(case: _Case) -> Iterator[Finding]:
    if case.service is not None or case.config is None:
        return  # the service tells what it sees
    from bridge.cli import daw_checks  # noqa: PLC0415 - the links to DAWs are slow to load
    from bridge.cli.local_ports import look  # noqa: PLC0415 - the MIDI library, too

    try:
        sight = look(case.config, case.home)
    except SongbridgeError:
        return  # the check of the mappings says what is wrong with them
    if reason := sight.no_midi:
        mend = (
            "OSC and the command line work without; plug a controller in, or start your MIDI system"
        )
        yield Finding(
            "warn", reason if reason.startswith("no MIDI") else f"no MIDI: {reason}", mend
        )
    else:
        devices = findings.devices(sight.controllers, sight.states, sight.ports)
        yield from _rows((findings.plugged(sight.api, sight.ports), *devices))
        outputs = [port.name for port in sight.ports if port.direction == "out"]
        yield from _rows(daw_checks.outputs(case.config, outputs))


def _ports(case: _Case) -> Iterator[Finding]:
    if case.service is not None or case.config is None:
        return
    osc, http = case.config.osc_listen, case.config.http_listen
    yield _port("OSC over UDP", osc, socket.SOCK_DGRAM, "[osc] listen")
    yield _port("OSC over TCP", osc, socket.SOCK_STREAM, "[osc] listen")
    yield _port("HTTP", http, socket.SOCK_STREAM, "[http] listen")


def _port(what: str, place: Address, kind: socket.SocketKind, key: str) -> Finding:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    try:
        with socket.socket(family, kind) as tried:
            if kind is socket.SOCK_STREAM and hasattr(socket, "SO_REUSEPORT"):
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((place.host, place.port))
    except (OSError, UnicodeError, OverflowError) as error:
        taken = getattr(error, "errno", None) == errno.EADDRINUSE
        reason = "is used by another program" if taken else f"can't be used ({error})"
        return Finding("bad", f"{what}: {place} {reason}", f"end that program, or change {key}")
    return Finding("ok", f"{what}: {place} is free")


def _service(case: _Case) -> Iterator[Finding]:
    if case.service is None:
        yield Finding("ok", "the service is not running; `songbridge up` starts it")
        return
    told = case.service.addresses
    places = ", ".join(f"{name} {told[name]}" for name in ("osc", "http") if name in told)
    yield Finding("ok", f"the service runs as process {case.service.pid} ({places})")
    try:
        with case.here.client() as client:
            rows = client.health()
    except SongbridgeError as error:
        yield Finding("bad", str(error), "end the service and start `songbridge up` again")
        return
    yield from _rows(rows)


def _daws(case: _Case) -> Iterator[Finding]:
    if case.config is None:
        return
    from bridge.cli import daw_checks  # noqa: PLC0415 - the links to DAWs are slow to load

    config, service = case.config, case.service
    yield from _rows(daw_checks.links(config, service.pid if service else None))
    yield from _rows(daw_checks.twins(config))
    yield from _rows(daw_checks.setups(config, case.here.environ, case.home.installed))
    yield from _rows(daw_checks.strangers(config))


def _rows(rows: Iterable[dict[str, Json]]) -> Iterator[Finding]:
    for row in rows:
        yield Finding(cast("Level", row["level"]), str(row["what"]), str(row.get("mend", "")))


def _nearest(folder: Path) -> Path:
    """Return the folder, or the nearest above it that is there."""
    return next((f for f in (folder, *folder.parents) if f.is_dir()), folder)
