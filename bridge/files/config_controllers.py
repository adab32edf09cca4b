"""The parts of the configuration that are about controllers: which, their lights, what passes on."""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bridge.files import fields
from bridge.files.config_schema import ControllerFile, LightsFile
from bridge.files.toml import Document, KeyPath
from bridge.files.toml_faults import found, unknown

_LIST = 16  # layouts of one controller at most: more has never been seen
_PATTERN = 200  # characters of a port's pattern


@dataclass(frozen=True, slots=True)
class ControllerConfig:
    """One controller: ids or ``auto``; ``port`` is a regex, empty for the profile's own.

    ``layout`` is shown first. ``layouts`` are all that it has, where the file lists them.
    """

    profile: str = "auto"
    layout: str = "auto"
    port: str = ""
    layouts: tuple[str, ...] = ()

    @property
    def asked(self) -> str | tuple[str, ...]:
        """What is asked for: ``auto`` or one id, which others may follow, or exactly a list."""
        return self.layouts if self.layouts[:1] == (self.layout,) else self.layout


@dataclass(frozen=True, slots=True)
class LightsConfig:
    """All controllers' lights: do titles run over them, after how many seconds (0: never) they sleep."""

    scroll: bool = True
    sleep: float = 900.0


THRU = "Songbridge Thru"
"""The port of our own through which goes on to the DAW what layouts don't use."""


def controllers(
    document: Document,
    written: Sequence[ControllerFile],
    profiles: Collection[str] | None,
    layouts: Collection[str] | None,
) -> tuple[ControllerConfig, ...]:
    """Return the controllers that are written, or the one that stands for all. Raises `InvalidFile`.

    `profiles` and `layouts` are the ids there are; None: not looked at.
    """
    taken: dict[tuple[str, str], int] = {}
    controllers = []
    for n, one in enumerate(written):
        key = ("controller", n)
        _known(document, (*key, "profile"), one.profile, profiles)
        listed = _layouts(document, (*key, "layout"), one.layout, layouts)
        check_pattern(document, (*key, "port"), one.port)
        first = taken.setdefault((one.profile, one.port), n)
        if first != n:
            raise document.error(
                key,
                f"would fight with controller[{first + 1}] over the same device;"
                " give each its own profile or port",
            )
        first_shown = one.layout if isinstance(one.layout, str) else listed[0]
        controllers.append(ControllerConfig(one.profile, first_shown, one.port, listed))
    return tuple(controllers) or (ControllerConfig(),)


def _layouts(
    document: Document, key: KeyPath, written: str | list[str], ids: Collection[str] | None
) -> tuple[str, ...]:
    """Return the layouts of a list, empty for one alone."""
    if isinstance(written, str):
        _known(document, key, written, ids)
        return ()
    if not 1 <= len(written) <= _LIST:
        raise document.error(key, f"has {len(written)} entries; allowed: 1 to {_LIST}")
    for n, name in enumerate(written):
        if name == "auto":
            raise document.error((*key, n), 'found "auto"; allowed: ids, or "auto" without a list')
        if name in written[:n]:
            raise document.error((*key, n), f"found {found(name)} a second time; keep one of them")
        if ids is not None and name not in ids:
            raise document.error((*key, n), f"found {found(name)}; {unknown(name, sorted(ids))}")
    return tuple(written)


def _known(document: Document, key: KeyPath, name: str, ids: Collection[str] | None) -> None:
    if ids is not None and name != "auto" and name not in ids:
        raise document.error(key, f"found {found(name)}; {unknown(name, ['auto', *sorted(ids)])}")


def check_pattern(document: Document, key: KeyPath, pattern: str) -> None:
    """Refuse a part of a port's name that is no regular expression. Raises `InvalidFile`."""
    if len(pattern) > _PATTERN:
        problem = f"has {len(pattern)} characters; allowed: up to {_PATTERN}"
        raise document.error(key, problem)
    try:
        with warnings.catch_warnings(action="ignore"):
            re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        problem = f"found {found(pattern)}, which is no regular expression: {error}"
        raise document.error(key, problem) from None


def lights(document: Document, written: LightsFile) -> LightsConfig:
    """Return what the lights do beside the picture. Raises `InvalidFile`."""
    sleep = fields.duration(document, ("lights", "sleep"), written.sleep)
    return LightsConfig(written.scroll, sleep)


def thru(document: Document, written: bool | str) -> str:
    """Return the port through which unused controls go on, empty for none. Raises `InvalidFile`."""
    if isinstance(written, bool):
        return THRU if written else ""
    if not written.strip():
        problem = "is empty; allowed: true, false, or a part of an output port's name"
        raise document.error(("midi", "thru"), problem)
    check_pattern(document, ("midi", "thru"), written)
    return written
