"""Profiles from TOML: what a controller's bytes mean, checked before anything is plugged in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bridge.errors import Invalid, InvalidFile
from bridge.files import profile_bytes, profile_controls, profile_leds, shipped, toml
from bridge.files.profile_schema import ProfileFile
from bridge.files.toml_faults import found, unknown
from bridge.surface import schemes
from bridge.surface.drivers import driver_for
from bridge.surface.matching import compiled
from bridge.surface.profile import PortPatterns, Profile, Session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bridge.files.home import Home
    from bridge.files.toml import Document, KeyPath


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

    A wrong file does not keep the others from being used. A shipped one is read once in a process,
    so that a configuration is read again in a twentieth of the time; a user's own is read each time.
    """
    good: dict[str, Profile] = {}
    refused: list[InvalidFile] = []
    for name in shipped.profile_ids(home):
        path = shipped.profile_path(name, home)
        own = home is not None and path.parent == home.controllers
        try:
            good[name] = load_profile(path) if own else _shipped(path)
        except InvalidFile as error:
            refused.append(error)
    return Shelf(good, tuple(refused))


@cache
def _shipped(path: Path) -> Profile:
    return load_profile(path)


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
        leds=profile_leds.leds(document, written),
        drop=frozenset(written.quirks.drop),
        identity=written.identity,
        ask=profile_bytes.message(document, ("ask",), written.ask) if written.ask else b"",
        confidence=written.confidence,
        vendor=written.vendor,
        sources=tuple(written.sources),
        single_source=tuple(written.single_source),
        notes=tuple(written.notes),
    )
    _check_schemes(document, profile, written.provides)
    profile_leds.check_lamps(document, profile.controls.values(), profile.leds)
    _check_driver(document, profile)
    return profile


def _check_words(document: Document, written: ProfileFile) -> None:
    if not shipped.ID.fullmatch(written.id):
        raise document.error(
            ("id",), f"found {found(written.id)}; allowed: small letters, digits and dashes"
        )
    if not written.name.strip():
        raise document.error(("name",), "is empty; needed: the controller's name")
    if written.identity:
        profile_bytes.check_pattern(document, ("identity",), written.identity)
    elif written.ask:
        raise document.error(
            ("ask",), "has no answer; needed: identity, what the device says to it"
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

    def messages(key: str, texts: list[str]) -> tuple[bytes, ...]:
        return profile_bytes.messages(document, ("session", key), texts)

    for place, pattern in enumerate(session.renew_on):
        profile_bytes.check_pattern(document, ("session", "renew_on", place), pattern)
    return Session(
        enter=messages("enter", session.enter),
        leave=messages("leave", session.leave),
        settle=session.settle_ms / 1000,
        sleep=messages("sleep", session.sleep),
        wake=messages("wake", session.wake),
        renew_on=tuple(session.renew_on),
        gap=session.gap_ms / 1000,
    )


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
