"""What stands in the DAWs' own files about the way to Songbridge: what is missing, and how to mend it.

Looked at only where the DAW is on this machine; a folder that is not in its usual place says nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bridge.daw.target import DawSettings
from bridge.errors import SongbridgeError
from bridge.files import install_ardour as ardour
from bridge.files import install_ardour_slots as slots
from bridge.files import install_places as places
from bridge.files import install_reaper as reaper
from bridge.files import install_reaper_ini as ini
from bridge.files import install_record as record
from bridge.files import install_text as text
from bridge.files import shipped

_OSC = re.compile(r'<Protocol name="Open Sound Control \(OSC\)"[^>]*?\bactive="([^"]*)"')
_PORT = re.compile(r'<Option name="osc-port" value="(\d+)"')
_HERE = ("127.0.0.1", "localhost", "::1")
_NEW = b"cue_point/set/name"
"""An address of AbletonOSC's since November 2025 (cb1b267): the first with locators that work."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not as it should be in the settings of a DAW, and how to mend it."""

    what: str
    mend: str


def missing(
    daw: DawSettings, environ: Mapping[str, str], installed: Path, platform: str = sys.platform
) -> Iterator[Missing]:
    """Yield what is wrong in the files of a DAW; `installed` has the records of `daw install`."""
    if daw.midi is not None or daw.host not in _HERE:
        return
    match daw.kind:
        case "reaper":
            for folder in _folders(installed, "reaper") or [places.reaper(environ, platform)]:
                yield from _reaper(daw, folder)
        case "ardour":
            known = _folders(installed, "ardour") or places.ardour(environ, platform)
            for folder in known[:1]:
                yield from _ardour(daw, folder)
        case "ableton":
            yield from _ableton(_ableton_folders(environ, platform))
        case "bitwig":
            yield from _bitwig(places.user_folder(environ), platform)
        case _:
            pass  # nothing is known of where these keep their settings


def _folders(installed: Path, kind: str) -> list[Path]:
    found = (one for _, one in record.records(installed) if one.kind == kind)
    return [Path(one.folder) for one in found if Path(one.folder).is_dir()]


# --- REAPER ---------------------------------------------------------------------------------------


def _reaper(daw: DawSettings, folder: Path) -> Iterator[Missing]:
    data = _read(folder / reaper.INI)
    if data is None:
        return
    mend = "quit REAPER and run `songbridge daw install reaper`"
    try:
        there = ini.surfaces(text.read(data))
    except ValueError as error:
        yield Missing(
            f"REAPER's {folder / reaper.INI} can't be understood: {error}", "start REAPER"
        )
        return
    if not any(
        (told, heard) == (daw.listen_port, daw.port) and places.is_here(host)
        for told, host, heard in there.osc
    ):
        yield Missing(
            f"REAPER has no OSC device that listens on port {daw.port} and sends to {daw.listen_port}",
            f"{mend}; or by hand: Options > Preferences > Control/OSC/Web > Add > OSC",
        )
    if daw.web_port and daw.web_port not in there.web:
        yield Missing(
            f"REAPER has no web interface on port {daw.web_port}: markers get no colours",
            f"{mend}; or by hand: Options > Preferences > Control/OSC/Web > Add > Web browser interface",
        )
    yield from _reaper_script(folder, mend)


def _reaper_script(folder: Path, mend: str) -> Iterator[Missing]:
    cue = "songbridge_cue.lua"
    data, keys = _read(folder / reaper.FOLDER / cue), _read(folder / reaper.KEYS) or b""
    if data is None or b"SONGBRIDGE_CUE" not in keys:
        yield Missing("Songbridge's script is not in REAPER: markers get no colours", mend)
        return
    try:
        ours = _read(shipped.examples() / "reaper" / cue)
    except SongbridgeError:
        return
    if ours is not None and ours != data:
        yield Missing("Songbridge's script in REAPER is of another version", mend)


# --- Ardour ---------------------------------------------------------------------------------------


def _ardour(daw: DawSettings, folder: Path) -> Iterator[Missing]:
    settings = (_read(folder / "config") or b"").decode("utf-8", "replace")
    active = _OSC.search(settings)
    if settings and (active is None or active[1] not in ("1", "yes", "true")):
        yield Missing(
            f"Open Sound Control is off in {folder.name}",
            "in Ardour, Edit > Preferences > Control Surfaces: switch on Open Sound Control (OSC)",
        )
    port = _PORT.search(settings)
    if port is not None and int(port[1]) != daw.port:
        yield Missing(
            f"{folder.name} listens on port {port[1]}, and this [[daw]] sends to {daw.port}",
            f'write under this [[daw]]: host = "127.0.0.1:{port[1]}"',
        )
    try:
        names = slots.used(_read(folder / ardour.UI_SCRIPTS))
    except ValueError:
        names = {}
    if not any("songbridge" in name.casefold() for name in names.values()):
        yield Missing(
            f"{folder.name} has no actions for track colours: markers work, colours don't",
            "quit Ardour and run `songbridge daw install ardour`",
        )


# --- Live and Bitwig ------------------------------------------------------------------------------


def _ableton_folders(environ: Mapping[str, str], platform: str) -> list[Path]:
    """Return the folders of remote scripts in the usual places of a User Library."""
    home = places.user_folder(environ)
    above = {"darwin": home / "Music", "win32": home / "Documents"}.get(platform)
    if above is None:
        return []
    folder = above / "Ableton" / "User Library" / "Remote Scripts"
    return [folder] if folder.parent.is_dir() else []


def _ableton(folders: Sequence[Path]) -> Iterator[Missing]:
    for folder in folders:
        script = folder / "AbletonOSC"
        if script.is_dir():
            files = (_read(file) for file in sorted(script.glob("abletonosc/*.py"))[:100])
            if not any(_NEW in (data or b"") for data in files):
                yield Missing(
                    f"AbletonOSC in {folder} is from before November 2025 and has no locators",
                    "download it anew, put its folder in the place of the old one, restart Live",
                )
            continue
        other = next((one.name for one in folder.glob("AbletonOSC*") if one.is_dir()), "")
        if other:
            yield Missing(
                f"AbletonOSC lies in {folder} as {other}",
                "rename the folder to AbletonOSC and restart Live",
            )
        else:
            yield Missing(
                f"there is no AbletonOSC in {folder}",
                "download it from github.com/ideoforms/AbletonOSC, put it there as AbletonOSC, restart"
                " Live, and choose it under Settings > Link, Tempo & MIDI as a Control Surface",
            )


def _bitwig(home: Path, platform: str) -> Iterator[Missing]:
    above = home / "Documents" if platform in ("darwin", "win32") else home
    folder = above / "Bitwig Studio" / "Extensions"
    if folder.is_dir() and not any(folder.glob("DrivenByMoss*.bwextension")):
        yield Missing(
            f"there is no DrivenByMoss in {folder}",
            "download it from mossgrabers.de, put DrivenByMoss.bwextension there, then in Bitwig:"
            " Settings > Controllers > Add controller > Open Sound Control > OSC",
        )


def _read(file: Path) -> bytes | None:
    try:
        return record.contents(file)
    except SongbridgeError:
        return None
