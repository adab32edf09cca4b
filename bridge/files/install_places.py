"""Where REAPER and Ardour keep their settings on each system, and whether they run now."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_ARDOUR = re.compile(r"(?:ardour|Ardour)([6-9]|[1-9][0-9])")
_PROGRAMS = {
    "ableton": re.compile(r"Live(?:\.exe)?|Ableton Live [^/\\]*"),
    "ardour": re.compile(r"(?i:ardour[-0-9.~a-z]*)"),
    "bitwig": re.compile(r"(?i:bitwig[ -]?studio(?:\.exe)?)"),
    "reaper": re.compile(r"(?i:reaper(?:64)?(?:\.exe)?)"),
}
"""How the programs are called where processes are listed."""
_OTHERS = "steam"  # it runs each game under a program of its own that is called reaper, too
_WAIT = 5.0  # seconds for a list of processes


def user_folder(environ: Mapping[str, str]) -> Path:
    """Return the user's own folder."""
    named = environ.get("USERPROFILE") if sys.platform == "win32" else environ.get("HOME")
    return Path(named) if named else Path.home()


def reaper(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Return REAPER's resource folder, there or not (its *Options > Show REAPER resource path*)."""
    home = user_folder(environ)
    match platform:
        case "darwin":
            return home / "Library" / "Application Support" / "REAPER"
        case "win32":
            return Path(environ.get("APPDATA") or home / "AppData" / "Roaming") / "REAPER"
        case _:
            return Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "REAPER"


def ardour(environ: Mapping[str, str], platform: str = sys.platform) -> list[Path]:
    """Return the configuration folders of all Ardours from version 6 on, the newest first."""
    home = user_folder(environ)
    match platform:
        case "darwin":
            above = home / "Library" / "Preferences"
        case "win32":
            above = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        case _:
            above = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    try:
        found = [(one, _ARDOUR.fullmatch(one.name)) for one in above.iterdir() if one.is_dir()]
    except OSError:
        return []
    numbered = [(int(match[1]), one) for one, match in found if match]
    return [one for _, one in sorted(numbered, reverse=True)]


def is_here(host: str) -> bool:
    """Tell whether an IPv4 address or a name is this machine's own."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        try:
            one.bind((host, 0))
        except (OSError, UnicodeError):
            return False
    return True


def running(kind: str) -> int | None:
    """Return the process id of a DAW of that kind that runs, None when none is found."""
    return all_running().get(kind)


def all_running() -> dict[str, int]:
    """Return the process id of each DAW that runs, by its kind; those that can be found.

    Asks the system: ``/proc``, ``ps``, or ``tasklist``.
    """
    found: dict[str, int] = {}
    for pid, path in _processes(sys.platform):
        name = re.split(r"[/\\]", path)[-1]
        found.update({kind: pid for kind, one in _PROGRAMS.items() if one.fullmatch(name)})
    return found


def _processes(platform: str) -> Iterator[tuple[int, str]]:
    if platform == "linux":
        yield from _proc()
        return
    windows = platform == "win32"
    command = ["tasklist", "/FO", "CSV", "/NH"] if windows else ["/bin/ps", "-axo", "pid=,comm="]
    try:
        listed = subprocess.run(  # noqa: S603 - a fixed command of the system
            command, capture_output=True, timeout=_WAIT, check=False, text=True, errors="replace"
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return
    line = re.compile(r'"([^"]*)","([0-9]+)"' if windows else r"\s*([0-9]+) (.*)")
    for one in filter(None, map(line.match, listed.splitlines())):
        yield (int(one[2]), one[1]) if windows else (int(one[1]), one[2].strip())


def _proc() -> Iterator[tuple[int, str]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name = (folder / "comm").read_text("utf-8", "replace").strip()
            if _OTHERS not in (folder / "cmdline").read_text("utf-8", "replace").casefold():
                yield int(folder.name), name
        except OSError:
            continue  # it has ended
