"""The configuration: ``config.toml`` as checked, frozen values. Without a file, the defaults."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bridge.core import durations
from bridge.core.settings import DEFAULT_SECTIONS, DEFAULT_STAGES, Limit, Settings
from bridge.daw.target import DawSettings
from bridge.errors import Invalid
from bridge.files import (
    config_controllers,
    config_cues,
    config_daws,
    config_listening,
    config_method,
    fields,
    toml,
)
from bridge.files.address import Address, address
from bridge.files.config_controllers import THRU, ControllerConfig, LightsConfig
from bridge.files.config_listening import ListeningConfig
from bridge.files.config_schema import (
    ConfigFile,
    MidiApi,
    Time,
)
from bridge.files.home import Home
from bridge.files.toml import Document, KeyPath
from bridge.files.toml_faults import found

TOKEN = "SONGBRIDGE_TOKEN"  # noqa: S105 - the name of the variable, not a token
"""The environment variable whose token wins over the file's."""

_SHORTEST_BREAK = 1.0  # seconds
_LONGEST_GRACE = 600.0  # seconds: the lights flash, and nobody flashes longer than this
_STAGES = (2, 16)  # stages at least and at most: the last is where finished songs go
_LIST = 16  # controllers, DAWs and feedback peers at most: more has never been seen
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})?) ?%")
_WAYS = ("next", "prev")  # what `stage` takes beside names


_SETTINGS, _LIGHTS, _LISTENING = Settings(), LightsConfig(), ListeningConfig()
_OSC, _HTTP = Address("127.0.0.1", 7707), Address("127.0.0.1", 7708)


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that the user decides.

    Port 0 of ``osc_listen`` and ``http_listen`` stands for any free port; of a DAW's ``listen``, for
    not hearing that DAW.
    """

    settings: Settings = _SETTINGS
    osc_listen: Address = _OSC
    osc_feedback: tuple[Address, ...] = ()
    midi_api: MidiApi = "auto"
    thru: str = THRU
    controllers: tuple[ControllerConfig, ...] = (ControllerConfig(),)
    daws: tuple[DawSettings, ...] = ()
    http_listen: Address = _HTTP
    token: str = field(default="", repr=False)
    lights: LightsConfig = _LIGHTS
    listening: ListeningConfig = _LISTENING


def load_config(
    home: Home,
    *,
    token: str = "",
    profiles: Collection[str] | None = None,
    layouts: Collection[str] | None = None,
) -> Config:
    """Read the home's configuration; the defaults when it has none and none was named by hand.

    `token` is that of the environment; `profiles` and `layouts` are the known ids (None: any).
    Raises `InvalidFile` for anything wrong in it, `Invalid` for a wrong `token`.
    """
    file = home.config_file
    absent = home.config is None and _absent(file)
    document = toml.read("", str(file)) if absent else toml.open_document(file)
    return read_config(document, token=token, profiles=profiles, layouts=layouts)


def _absent(file: Path) -> bool:
    try:
        return not file.exists()
    except OSError:
        return False  # it is there and can't be looked at: opening it says why


def read_config(
    document: Document,
    *,
    token: str = "",
    profiles: Collection[str] | None = None,
    layouts: Collection[str] | None = None,
) -> Config:
    """Return the configuration that `document` holds; see `load_config`."""
    file = document.convert(ConfigFile)
    for name in ("controller", "daw"):
        fields.at_most(document, (name,), getattr(file, name), _LIST)
    fields.at_most(document, ("osc", "feedback"), file.osc.feedback, _LIST)
    daws = config_daws.daws(document, file.daw, config_daws.keep(document, file.cues.keep))
    config = Config(
        settings=_settings(document, file, daws),
        osc_listen=address(document, ("osc", "listen"), file.osc.listen, free=True),
        osc_feedback=tuple(
            address(document, ("osc", "feedback", n, "host"), peer.host)
            for n, peer in enumerate(file.osc.feedback)
        ),
        midi_api=file.midi.api,
        thru=config_controllers.thru(document, file.midi.thru),
        controllers=config_controllers.controllers(document, file.controller, profiles, layouts),
        daws=daws,
        http_listen=address(document, ("http", "listen"), file.http.listen, free=True),
        token=_token(document, file.http.token, token),
        lights=config_controllers.lights(document, file.lights),
        listening=config_listening.listening(document, file.listening),
    )
    _check_http(document, config)
    _check_ports(document, config)
    return config


# --- time, stages, sections -----------------------------------------------------------------------


def _settings(document: Document, file: ConfigFile, daws: Sequence[DawSettings]) -> Settings:
    timer = file.timer
    sections = fields.sections(document, file.sections) or DEFAULT_SECTIONS
    stages = DEFAULT_STAGES if file.stages is None else _stages(document, file.stages)
    settings = Settings(
        at_zero=timer.at_zero,
        grace=fields.duration(document, ("timer", "grace"), timer.grace, longest=_LONGEST_GRACE),
        warning=_limit(document, ("timer", "warning"), timer.warning),
        danger=_limit(document, ("timer", "danger"), timer.danger),
        auto_start=timer.auto_start,
        default_budget=fields.budget(document, ("timer", "budget"), timer.budget),
        default_break=fields.duration(
            document, ("timer", "break"), timer.pause, least=_SHORTEST_BREAK
        ),
        stages=stages,
        sections=sections,
        person=fields.optional(document, ("person",), file.person),
        cues=config_cues.cues(document, file, daws),
        ear_rest=timer.ear_rest,
        **config_method.method(document, file, sections, stages),
    )
    _check_limits(document, settings)
    return settings


def _check_limits(document: Document, settings: Settings) -> None:
    """Refuse a warning that danger would hide; how a share compares depends on the budget."""
    warning, danger = settings.warning, settings.danger
    if not (warning.share or danger.share) and 0 < warning.seconds < danger.seconds:
        first, then = durations.words(warning.seconds), durations.words(danger.seconds)
        problem = f"found {first}; allowed: as early as danger ({then}) or earlier, or 0 for none"
        raise document.error(("timer", "warning"), problem)


def _limit(document: Document, key: KeyPath, value: Time) -> Limit:
    """Return a share of the budget (``20%``) or seconds before zero."""
    share = _PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if share is None:
        if isinstance(value, str) and "%" in value:
            raise document.error(key, f"found {found(value)}; allowed: 0% to 100%, or a duration")
        return Limit(seconds=fields.duration(document, key, value))
    if float(share[1]) > 100:  # noqa: PLR2004 - percent
        raise document.error(key, f"found {found(value)}; allowed: 0% to 100%, or a duration")
    return Limit(share=float(share[1]) / 100)


def _stages(document: Document, names: Sequence[str]) -> tuple[str, ...]:
    least, most = _STAGES
    if not least <= len(names) <= most:
        raise document.error(("stages",), f"found {len(names)}; allowed: {least} to {most} names")
    stages: list[str] = []
    for n, written in enumerate(names):
        key = ("stages", n)
        name = fields.line(document, key, written, most=fields.NAME)
        if name.casefold() in _WAYS:
            raise document.error(key, f"found {found(name)}; allowed: any name but next and prev")
        if name.casefold() in (stage.casefold() for stage in stages):
            raise document.error(key, f"found {found(name)} a second time; keep one of them")
        stages.append(name)
    return tuple(stages)


# --- the network -------------------------------------------------------------------------


def _token(document: Document, written: str, given: str) -> str:
    for token in (given, written):
        if token and not (token.isascii() and token.isprintable() and " " not in token):
            problem = "holds characters other than ASCII letters, digits and signs"
            if token is given:
                raise Invalid(f"{TOKEN} {problem}")
            raise document.error(("http", "token"), problem)
    return given or written


def _check_http(document: Document, config: Config) -> None:
    if not config.token and not config.http_listen.loopback:
        raise document.error(
            ("http", "listen"),
            f'found "{config.http_listen}", which other machines can reach; allowed without a'
            f" token: 127.0.0.1 or localhost. Set token in [http], or {TOKEN}",
        )


def _check_ports(document: Document, config: Config) -> None:
    """Refuse what the system would refuse later, and sending to ourselves without end."""
    seen: list[tuple[KeyPath, Address]] = []
    for key, place in _listeners(config):
        for other, taken in seen:
            if place.clashes(taken):
                owner = toml.dotted(other)
                problem = f'"{place}" is taken by {owner} already; give each its own port'
                raise document.error(key, problem)
        seen.append((key, place))
    for key, place in _receivers(config):
        if place.clashes(config.osc_listen):
            problem = (
                f'"{place}" is where Songbridge itself listens; name the other program\'s port'
            )
            raise document.error(key, problem)


def _listeners(config: Config) -> Iterator[tuple[KeyPath, Address]]:
    yield ("osc", "listen"), config.osc_listen
    yield ("http", "listen"), config.http_listen
    for n, daw in enumerate(config.daws):
        yield ("daw", n, "listen"), Address(daw.listen_host, daw.listen_port)


def _receivers(config: Config) -> Iterator[tuple[KeyPath, Address]]:
    for n, peer in enumerate(config.osc_feedback):
        yield ("osc", "feedback", n, "host"), peer
    for n, daw in enumerate(config.daws):
        yield ("daw", n, "host"), Address(daw.host, daw.port)
