"""Profiles from TOML: what a controller's bytes mean, checked before anything is plugged in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge.errors import Invalid, InvalidFile
from bridge.files import profile_controls, shipped, toml
from bridge.files.profile_schema import ProfileFile
from bridge.files.toml_faults import found, unknown
from bridge.surface import schemes
from bridge.surface.drivers import DRIVERS, driver_for
from bridge.surface.matching import compiled
from bridge.surface.palettes import PALETTES
from bridge.surface.profile import Leds, Pace, PortPatterns, Profile, Session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bridge.files.home import Home
    from bridge.files.toml import Document, KeyPath

_IDENTITY = re.compile(r"(?:[0-9A-Fa-f]{2}|\?\?|\*)(?: (?:[0-9A-Fa-f]{2}|\?\?|\*))*")
_SYSEX, _SYSEX_END, _STATUS, _SYSTEM = 0xF0, 0xF7, 0x80, 0xF0
_LONGEST = {0x80: 3, 0x90: 3, 0xA0: 3, 0xB0: 3, 0xC0: 2, 0xD0: 2, 0xE0: 3}


@dataclass(frozen=True, slots=True)
class Shelf:
    """All profiles there are: those that can be used, by id, and why the others can't."""

    profiles: Mapping[str, Profile]
    refused: tuple[InvalidFile, ...] = ()


def load_profile(path: Path, *, shown: str | None = None) -> Profile:
    """Read the profile in the file at `path`, which is named after its id. Raises `InvalidFile`."""
    document = toml.open_document(path, shown=shown)
    profile = profile_from(document)
    if profile.id != path.stem:
        raise document.error(
            ("id",), f"found {found(profile.id)}; allowed: {found(path.stem)}, as the file is named"
        )
    return profile


def load_profiles(home: Home | None = None) -> Shelf:
    """Read every profile: a user's own wins over the shipped one of its id, even when it is wrong.

    A wrong file does not keep the others from being used.
    """
    good: dict[str, Profile] = {}
    refused: list[InvalidFile] = []
    for name in shipped.profile_ids(home):
        try:
            good[name] = load_profile(shipped.profile_path(name, home))
        except InvalidFile as error:
            refused.append(error)
    return Shelf(good, tuple(refused))


def profile_from(document: Document) -> Profile:
    """Return the profile that `document` writes. Raises `InvalidFile`."""
    written = document.convert(ProfileFile)
    _check_words(document, written)
    profile = Profile(
        id=written.id,
        name=written.name,
        provides=frozenset(written.provides),
        ports=_ports(document, written),
        controls=profile_controls.controls(document, written),
        displays=profile_controls.displays(document, written.display),
        session=_session(document, written),
        leds=_leds(document, written),
        drop=frozenset(written.quirks.drop),
        identity=written.identity,
        confidence=written.confidence,
        vendor=written.vendor,
        sources=tuple(written.sources),
    )
    _check_schemes(document, profile, written.provides)
    _check_driver(document, profile)
    return profile


def _check_words(document: Document, written: ProfileFile) -> None:
    if not shipped.ID.fullmatch(written.id):
        raise document.error(
            ("id",), f"found {found(written.id)}; allowed: small letters, digits and dashes"
        )
    if not written.name.strip():
        raise document.error(("name",), "is empty; needed: the controller's name")
    if written.identity and not _IDENTITY.fullmatch(written.identity):
        raise document.error(
            ("identity",),
            f"found {found(written.identity)}; allowed: bytes such as F0 7E, ?? for any byte, "
            "* for any number of them",
        )


def _ports(document: Document, written: ProfileFile) -> PortPatterns:
    ports = PortPatterns(
        written.port.linux,
        written.port.macos,
        written.port.windows,
        written.port.linux_out,
        written.port.macos_out,
        written.port.windows_out,
    )
    for name in PortPatterns.__slots__:
        try:
            compiled(getattr(ports, name))
        except Invalid as error:
            raise document.error(("port", name), str(error)) from None
    return ports


def _session(document: Document, written: ProfileFile) -> Session:
    session = written.session
    return Session(
        tuple(_message(document, ("session", "enter", n), m) for n, m in enumerate(session.enter)),
        tuple(_message(document, ("session", "leave", n), m) for n, m in enumerate(session.leave)),
        session.settle_ms / 1000,
    )


def _leds(document: Document, written: ProfileFile) -> Leds:
    led = written.led
    if led.driver not in DRIVERS:
        problem = f"found the driver {found(led.driver)}; {unknown(led.driver, list(DRIVERS))}"
        raise document.error(("led", "driver"), problem)
    if led.palette and led.palette.replace("-", "_") not in PALETTES:
        problem = f"found the palette {found(led.palette)}; {unknown(led.palette, list(PALETTES))}"
        raise document.error(("led", "palette"), problem)
    header = _hex(document, ("led", "header"), led.header)
    if header and (header[0] != _SYSEX or max(header[1:], default=0) >= _STATUS):
        raise document.error(
            ("led", "header"),
            f"found {found(led.header)}; allowed: F0 and the bytes after it, no F7",
        )
    pace = Pace(led.burst, led.gap_ms / 1000, led.fps, led.rate, led.batch)
    return Leds(led.driver, led.palette, pace, led.resend_on_release, header)


def _check_schemes(document: Document, profile: Profile, provides: list[str]) -> None:
    known = [*schemes.CONTROLS, *schemes.DISPLAYS]
    for index, name in enumerate(provides):
        key: KeyPath = ("provides", index)
        if name not in known:
            raise document.error(key, f"found the scheme {found(name)}; {unknown(name, known)}")
        if lacking := _lacking(profile, name):
            raise document.error(
                key, f"{name} needs {', '.join(lacking[:3])}; no such control is in this file"
            )


def _lacking(profile: Profile, scheme: str) -> list[str]:
    sending = {name for name, control in profile.controls.items() if control.message != "none"}
    controls = [name for name in schemes.CONTROLS.get(scheme, ()) if name not in sending]
    texts = [name for name in schemes.DISPLAYS.get(scheme, ()) if name not in profile.displays]
    return controls + texts


def _check_driver(document: Document, profile: Profile) -> None:
    """Let the driver say what it lacks now, not when the device is plugged in."""
    try:
        driver_for(profile)
    except Invalid as error:
        raise document.error(("led",), str(error)) from None


def _message(document: Document, key: KeyPath, text: str) -> bytes:
    """Return one complete MIDI message."""
    data = _hex(document, key, text)
    if not _complete(data):
        raise document.error(
            key,
            f"found {found(text)}; allowed: one whole MIDI message, SysEx from F0 to F7 or a "
            "status byte with its data",
        )
    return data


def _complete(data: bytes) -> bool:
    if len(data) < 2 or max(data[1:-1], default=0) >= _STATUS:  # noqa: PLR2004 - status and data
        return False
    if data[0] == _SYSEX:
        return data[-1] == _SYSEX_END
    return len(data) == _LONGEST.get(data[0] & _SYSTEM) and data[-1] < _STATUS


def _hex(document: Document, key: KeyPath, text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise document.error(
            key, f"found {found(text)}; allowed: bytes in hexadecimal such as F0 00 20 29"
        ) from None
