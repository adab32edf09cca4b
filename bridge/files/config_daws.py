"""The ``[[daw]]`` tables of the configuration: where each DAW is, and how it is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, get_args

from bridge.daw.midi_way import BUTTONS, CHORD, CUES, MMC, SENDS, MidiWay, Send
from bridge.daw.table import TARGETS
from bridge.daw.target import KEEP, DawSettings
from bridge.files import config_controllers, fields
from bridge.files.address import Address, address
from bridge.files.toml_faults import found, unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bridge.files.config_schema import DawFile
    from bridge.files.toml import Document, KeyPath

_LONGEST_KEPT = 600.0  # seconds: a marker that comes later stands where nobody would look for it
_ACTIONS = 20  # that the settings of DrivenByMoss' OSC controller have
_WEB = 8080  # REAPER's usual port for its web interface
_OFF = "off"
_CHANNELS = (1, 16)
_NUMBERS = (0, 127)
_QUIET = 119  # a control change that MIDI leaves undefined

_Key = Literal[
    "action", "host", "listen", "send", "port", "button", "channel", "number", "command", "ableset",
    "web", "regions",
]  # fmt: skip
_OF_KIND: dict[str, tuple[_Key, ...]] = {
    "midi": ("send", "port", "button", "channel", "number", "command"),
    "ableton": ("host", "listen", "ableset"),
    "bitwig": ("host", "listen", "action"),
    "reaper": ("host", "listen", "web", "regions"),
}
_OF_OTHERS: tuple[_Key, ...] = ("host", "listen")
_OF_SEND: dict[Send, tuple[_Key, ...]] = {
    "mackie": ("button",),
    "notes": ("channel", "number"),
    "cc": ("channel", "number"),
    "mmc": ("command",),
}


def keep(document: Document, written: str | float) -> float:
    """Return the seconds that a cue waits for a DAW out of reach. Raises `InvalidFile`."""
    return fields.duration(document, ("cues", "keep"), written, longest=_LONGEST_KEPT)


def daws(
    document: Document, written: Sequence[DawFile], keep: float = KEEP
) -> tuple[DawSettings, ...]:
    """Return every DAW that is written, with cues kept `keep` seconds. Raises `InvalidFile`."""
    read: list[DawSettings] = []
    for n, one in enumerate(written):
        daw = replace(_daw(document, ("daw", n), one), keep=keep)
        if daw.midi is not None:
            _check_twins(document, ("daw", n), daw.midi, read)
        read.append(daw)
    return tuple(read)


def _daw(document: Document, key: KeyPath, written: DawFile) -> DawSettings:
    name = fields.named(document, (*key, "kind"), written.kind, sorted(TARGETS))
    _check_keys(document, key, written, name)
    kind = TARGETS[name]
    host, listen = Address("127.0.0.1", kind.port), Address("127.0.0.1", kind.listen_port)
    if written.host:
        host = address(document, (*key, "host"), written.host)
    if written.listen:
        listen = address(document, (*key, "listen"), written.listen, free=True)
    web = _web(document, (*key, "web"), written.web, host.host) if name == "reaper" else None
    return DawSettings(
        kind=name,
        name=fields.optional(document, (*key, "name"), written.name),
        host=host.host,
        port=host.port,
        listen_host=listen.host,
        listen_port=listen.port,
        action=_within(document, (*key, "action"), written.action, (1, _ACTIONS), 0),
        midi=_way(document, key, written) if name == "midi" else None,
        ableset=written.ableset is not False,
        web_host=web.host if web else "",
        web_port=web.port if web else 0,
        regions=bool(written.regions),
    )


def _web(document: Document, key: KeyPath, written: str, host: str) -> Address | None:
    """Return where a web interface is looked for: on the DAW's own machine, unless it is written."""
    if written == _OFF:
        return None
    return address(document, key, written) if written else Address(host, _WEB)


def _check_keys(document: Document, key: KeyPath, written: DawFile, kind: str) -> None:
    """Refuse a key that this kind of DAW would not look at."""
    allowed = _OF_KIND.get(kind, _OF_OTHERS)
    for name in get_args(_Key):
        if getattr(written, name) not in ("", None) and name not in allowed:
            listed = ", ".join(("kind", "name", *allowed))
            problem = f'means nothing to kind = "{kind}"; allowed: {listed}'
            raise document.error((*key, name), problem)


def _way(document: Document, key: KeyPath, written: DawFile) -> MidiWay:
    """Return how a DAW is told by MIDI."""
    send = _send(document, (*key, "send"), written.send or "mackie")
    for name in _OF_KIND["midi"][2:]:
        if getattr(written, name) not in ("", None) and name not in _OF_SEND[send]:
            problem = f'means nothing to send = "{send}"; allowed: {", ".join(_OF_SEND[send])}'
            raise document.error((*key, name), problem)
    config_controllers.check_pattern(document, (*key, "port"), written.port)
    number = _QUIET if send == "cc" else 0
    return MidiWay(
        send=send,
        output="" if written.port == CUES else written.port,
        buttons=_buttons(document, (*key, "button"), written.button or "marker"),
        channel=_within(document, (*key, "channel"), written.channel, _CHANNELS, 16),
        number=_within(document, (*key, "number"), written.number, _NUMBERS, number),
        command=_command(document, key, written.command) if send == "mmc" else "",
    )


def _send(document: Document, key: KeyPath, written: str) -> Send:
    name = fields.named(document, key, written, SENDS)
    return next(send for send in SENDS if send == name)


def _buttons(document: Document, key: KeyPath, written: str) -> tuple[str, ...]:
    """Return the buttons of a chord such as ``marker + push6``."""
    names = [name.strip().casefold() for name in written.split("+")]
    if len(names) > CHORD or len(set(names)) < len(names):
        problem = f"found {found(written)}; allowed: up to {CHORD} different buttons, joined by +"
        raise document.error(key, problem)
    for name in names:
        if name not in BUTTONS:
            raise document.error(key, f"found {found(name)}; {unknown(name, list(BUTTONS))}")
    return tuple(names)


def _command(document: Document, key: KeyPath, written: str) -> str:
    if not written:
        problem = f"needs a command, for MMC has none for a marker; allowed: {', '.join(MMC)}"
        raise document.error((*key, "send"), problem)
    return fields.named(document, (*key, "command"), written, list(MMC))


def _within(
    document: Document, key: KeyPath, value: int | None, allowed: tuple[int, int], default: int
) -> int:
    least, most = allowed
    if value is None:
        return default
    if not least <= value <= most:
        raise document.error(key, f"found {found(value)}; allowed: {least} to {most}")
    return value


def _check_twins(
    document: Document, key: KeyPath, way: MidiWay, others: Sequence[DawSettings]
) -> None:
    """Refuse the same press on the same port twice: the DAW would make two markers of one cue."""
    for n, other in enumerate(others):
        midi = other.midi
        if midi is not None and (midi.output, midi.press) == (way.output, way.press):
            problem = f"sends each cue as daw[{n + 1}] does already; the DAW would hear all twice"
            raise document.error(key, problem)
