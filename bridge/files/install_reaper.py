"""What is written into REAPER's resource folder, as steps that can be looked at before they are done."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bridge import __version__
from bridge.errors import Unavailable
from bridge.files import install_config as config_file
from bridge.files import install_places as places
from bridge.files import install_reaper_ini as ini
from bridge.files import install_record as record
from bridge.files import install_text as text
from bridge.files import install_undo as undo
from bridge.files.config import Config
from bridge.files.install_record import Record, Step, Written

KIND = "reaper"
INI, KEYS = "reaper.ini", "reaper-kb.ini"
FOLDER = Path("Scripts") / "Songbridge"
SENDER = "send.lua"
"""What the actions share; no action itself."""

_PORTS = 8000, 9000, 8080
"""REAPER's usual ports: for OSC to it, for OSC from it, for its web interface."""
_TRIES = 50
_TITLE = re.compile(r"-- (Songbridge: [^\n\"]{1,100})")
_SAFE = re.compile(r"[^\"$`\n\r\x00]+")


@dataclass(frozen=True, slots=True)
class Ports:
    """Where REAPER takes OSC, where it tells, and where its web interface is (0: none)."""

    listen: int
    device: int
    web: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be installed: into which folder, with which program, for which configuration.

    ``command`` is how `songbridge` is called, ``scripts`` the folders with what is shipped; without
    ``web`` REAPER gets no web interface.
    """

    folder: Path
    command: str
    scripts: tuple[Path, ...]
    config: Config
    config_file: Path
    web: bool = True


def plan(wish: Wish, at: Path) -> tuple[Record, list[Step]]:
    """Return the steps of an installation, also over an older one that is recorded in `at`.

    Raises `Unavailable` or `Invalid` where it can't be done; writes nothing.
    """
    if record.contents(wish.folder / INI) is None:
        raise Unavailable(
            f"there is no {INI} in {wish.folder}: start REAPER once, so that it makes it, or name its"
            " folder with --path (in REAPER: Options > Show REAPER resource path)"
        )
    old = record.load(at)
    known = {one.file: one for one in old.files} if old else {}
    plans = _Planner(wish, at, known)
    steps = [*plans.scripts(), plans.actions(), plans.surfaces(), *plans.config()]
    files = {str(step.file) for step in steps}
    gone = [one for name, one in known.items() if name not in files]
    steps += [_gone(at, one) for one in gone]
    return Record(KIND, str(wish.folder), __version__), steps


def _gone(at: Path, written: Written) -> Step:
    """Take away what an older version installed and this one doesn't."""
    file = Path(written.file)
    now = record.contents(file)
    after = undo.base(at, written, now)
    return Step(file, written.role, now, after, after)


class _Planner:
    def __init__(self, wish: Wish, at: Path, known: Mapping[str, Written]) -> None:
        self._wish, self._at, self._known = wish, at, known
        ini_now, self._base = self._read(wish.folder / INI)
        self._ini_now = ini_now
        try:
            self._text = text.read(self._base or b"")
            self._there = ini.surfaces(self._text)
        except ValueError as error:
            raise _strange(wish.folder / INI, error) from None
        self._ports = _ports(wish, self._there)

    def _read(self, file: Path) -> tuple[bytes | None, bytes | None]:
        """Return a file as it is, and without us."""
        now = record.contents(file)
        return now, undo.base(self._at, self._known.get(str(file)), now)

    def scripts(self) -> Iterable[Step]:
        """Yield our scripts, with the way to the program in the one that calls it."""
        for shipped in _shipped(self._wish.scripts):
            file = self._wish.folder / FOLDER / shipped.name
            now, base = self._read(file)
            after = shipped.read_bytes()
            if shipped.name == SENDER:
                after = with_command(after, self._wish.command)
            yield Step(file, "script", now, base, after)

    def actions(self) -> Step:
        """Return ``reaper-kb.ini`` with a line for each action."""
        file = self._wish.folder / KEYS
        now, base = self._read(file)
        ours = action_lines(self._wish.scripts)
        try:
            before = text.read(base or b"")
        except ValueError as error:
            raise _strange(file, error) from None
        clean = ini.without_actions(before, ours)
        after = ini.with_actions(clean, ours).written()
        return Step(file, "actions", now, base, after, ours)

    def surfaces(self) -> Step:
        """Return ``reaper.ini`` with an OSC device and a web interface, unless it has them."""
        ports, there = self._ports, self._there
        ours: list[str] = []
        if not any(_suits(one, ports) for one in there.osc):
            self._check_listen(ports.listen)
            ours.append(ini.osc_device(ports.device, ports.listen))
        if ports.web and ports.web not in there.web:
            self._check_web(ports.web)
            ours.append(ini.web_interface(ports.web))
        after = ini.with_surfaces(self._text, tuple(ours)).written()
        counted = () if there.counted or not ours else (undo.COUNTED,)
        file = self._wish.folder / INI
        return Step(file, "surfaces", self._ini_now, self._base, after, (*ours, *counted))

    def _check_listen(self, port: int) -> None:
        if port in self._there.ports:
            raise Unavailable(
                f"port {port}, which the [[daw]] in {self._wish.config_file} sends to, is taken in REAPER by"
                " another surface that reports elsewhere: write another port in its host, or take that"
                " surface away in Preferences > Control/OSC/Web"
            )

    def _check_web(self, port: int) -> None:
        if port in self._there.ports:
            raise Unavailable(
                f"port {port}, where the [[daw]] in {self._wish.config_file} looks for REAPER's web interface,"
                " is taken in REAPER by another surface, or by a web interface that asks for a password:"
                " take the password away in Preferences > Control/OSC/Web, write another port as web, or"
                " say --no-web"
            )

    def config(self) -> Iterable[Step]:
        """Yield our own configuration with a ``[[daw]]``, unless it has one of the user's."""
        file = self._wish.config_file
        now, base = self._read(file)
        known = self._known.get(str(file))
        if config_file.has(self._wish.config, KIND) and not (known and now != base):
            return
        keys = {
            "host": f"127.0.0.1:{self._ports.listen}",
            "listen": f"127.0.0.1:{self._ports.device}",
            **_web_key(self._ports.web),
        }
        written = config_file.block(KIND, keys)
        after = config_file.with_daw(base, file, written)
        yield Step(file, "config", now, base, after, tuple(written.split("\n")))


def sweep(folder: Path) -> None:
    """Delete answers that REAPER ended too early to take, before the scripts go."""
    with contextlib.suppress(OSError):
        for file in (folder / FOLDER).glob("answer-*.txt"):
            file.unlink()


def with_command(script: bytes, command: str) -> bytes:
    """Return the sender with the command that it calls. Raises ValueError when it has no place for it."""
    line = f"local COMMAND = [==[{command}]==]".encode()
    after, count = re.subn(rb"(?m)^local COMMAND = [^\r\n]*", lambda _: line, script, count=1)
    if count != 1:
        raise ValueError(f"{SENDER} has no line for its command")
    return after


def command(program: Iterable[str], home: str) -> str:
    """Return a command line that means the same in every shell and without one.

    `home` is the home that the user named, or empty. Raises `Unavailable` for a path that can't be quoted.
    """
    words = [*program, *(("--home", home) if home else ())]
    for word in words:
        if not _SAFE.fullmatch(word) or "]==]" in word:
            raise Unavailable(
                f"{word} can't stand in a command that REAPER runs; install Songbridge in a folder"
                ' without the signs " $ and `'
            )
    return " ".join(f'"{word}"' for word in words)


def action_lines(folders: Iterable[Path]) -> tuple[str, ...]:
    """Return the line of ``reaper-kb.ini`` for each script that is an action."""
    lines: list[str] = []
    for script in _shipped(folders):
        title = _TITLE.match(script.read_text("utf-8"))
        if script.name != SENDER and title:
            name, path = script.stem.upper(), f"{FOLDER.name}/{script.name}"
            lines.append(ini.action_line(name, title[1].strip(), path))
    return tuple(lines)


def _shipped(folders: Iterable[Path]) -> list[Path]:
    found = [file for folder in folders for file in folder.glob("*.lua")]
    return sorted(found, key=lambda file: file.name)


def _ports(wish: Wish, there: ini.Surfaces) -> Ports:
    """Return the ports: those that are configured, those that REAPER has, or free ones."""
    configured = next((daw for daw in wish.config.daws if daw.kind == KIND), None)
    known = configured.web_port if configured is not None else 0
    web = (known or _web(there)) if wish.web else 0
    if configured is not None:
        return Ports(configured.port, configured.listen_port or _PORTS[1], web)
    ours = [(told, heard) for told, host, heard in there.osc if host in ("127.0.0.1", "localhost")]
    taken = {port for daw in wish.config.daws for port in (daw.port, daw.listen_port)}
    for told, heard in ours:
        if not {told, heard} & taken:
            return Ports(heard, told, web)
    taken |= there.ports | {told for told, _, _ in there.osc}
    for n in range(_TRIES):
        if not {_PORTS[0] + n, _PORTS[1] + n} & taken:
            return Ports(_PORTS[0] + n, _PORTS[1] + n, web)
    raise Unavailable("found no two free ports for REAPER from 8000 and 9000 on; free some there")


def _web(there: ini.Surfaces) -> int:
    if there.web:
        return there.web[0]
    return next(port for port in range(_PORTS[2], _PORTS[2] + _TRIES) if port not in there.ports)


def _web_key(port: int) -> dict[str, str]:
    """Return where the web interface is, as our configuration has it."""
    if port == _PORTS[2]:
        return {}
    return {"web": f"127.0.0.1:{port}" if port else "off"}


def _suits(device: tuple[int, str, int], ports: Ports) -> bool:
    told, host, heard = device
    return (told, heard) == (ports.device, ports.listen) and places.is_here(host)


def _strange(file: Path, error: ValueError) -> Unavailable:
    return Unavailable(f"{file} can't be understood: {error}; nothing was changed")
