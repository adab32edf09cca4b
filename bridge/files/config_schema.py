"""The shape of ``config.toml``: which keys there are, and of which kind their values are."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from bridge.core.cue_rules import Colours
from bridge.core.settings import AtZero

MidiApi: TypeAlias = Literal["auto", "alsa", "jack", "coremidi", "winmm"]
Time: TypeAlias = "str | int | float"


class PeerFile(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[osc.feedback]]``."""

    host: str


class OscFile(msgspec.Struct, forbid_unknown_fields=True):
    """The table ``[osc]``."""

    listen: str = "127.0.0.1:7707"
    feedback: list[PeerFile] = []


class HttpFile(msgspec.Struct, forbid_unknown_fields=True):
    """The table ``[http]``."""

    listen: str = "127.0.0.1:7708"
    token: str = ""


class TimerFile(msgspec.Struct, forbid_unknown_fields=True):
    """The table ``[timer]``."""

    at_zero: AtZero = "move-on"
    grace: Time = "10s"
    warning: Time = "20%"
    danger: Time = "60s"
    auto_start: bool = True
    budget: Time = "25m"
    pause: Time = msgspec.field(default="5m", name="break")
    ear_rest: Literal["offer", "begin"] = "offer"


class SongsFile(msgspec.Struct, forbid_unknown_fields=True):
    """The table ``[songs]``; ``limits`` by stage."""

    in_hand: int = 3
    limits: dict[str, int] = {}


class PrepFile(msgspec.Struct, forbid_unknown_fields=True):
    """The table ``[prep]``; ``again`` in days."""

    kinds: list[str] | None = None
    tasks: list[str] = []
    again: int = 7


class RutFile(msgspec.Struct, forbid_unknown_fields=True):
    """The table ``[rut]``."""

    tell: bool = True


class SummaryFile(msgspec.Struct, forbid_unknown_fields=True):
    """The table ``[summary]``."""

    formats: list[str] | None = None
    folder: str = ""


class MidiFile(msgspec.Struct, forbid_unknown_fields=True):
    """The table ``[midi]``."""

    api: MidiApi = "auto"
    thru: bool | str = True


class LightsFile(msgspec.Struct, forbid_unknown_fields=True):
    """The table ``[lights]``."""

    scroll: bool = True
    sleep: Time = "15m"


class ListeningFile(msgspec.Struct, forbid_unknown_fields=True):
    """The table ``[listening]``."""

    takes: bool = True
    plays_start: bool = False
    keyboards: bool | str = "auto"


class ControllerFile(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[controller]]``."""

    profile: str = "auto"
    layout: str | list[str] = "auto"
    port: str = ""


class CuesFile(msgspec.Struct, forbid_unknown_fields=True):
    """The table ``[cues]``."""

    keep: Time = "10s"
    defaults: bool = True
    colours: Colours = "both"
    quiet: str | list[str] = []
    stop_for_break: bool = False
    restore_colours: bool = True


class CueFile(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[cue]]``."""

    on: str | list[str]
    marker: str = ""
    colour: str = ""
    track: str = ""
    text: str = ""
    action: str | int = ""
    stop: bool = False
    daw: str | list[str] = []
    section: str | list[str] = []
    song: str | list[str] = []


class DawFile(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[daw]]``."""

    kind: str
    name: str = ""
    host: str = ""
    listen: str = ""
    action: int | None = None
    send: str = ""
    port: str = ""
    button: str = ""
    channel: int | None = None
    number: int | None = None
    command: str = ""
    ableset: bool | None = None
    web: str = ""
    regions: bool | None = None


class ConfigFile(msgspec.Struct, forbid_unknown_fields=True):
    """The whole file."""

    person: str = ""
    stages: list[str] | None = None
    osc: OscFile = msgspec.field(default_factory=OscFile)
    timer: TimerFile = msgspec.field(default_factory=TimerFile)
    breaks: dict[str, str] = {}
    songs: SongsFile = msgspec.field(default_factory=SongsFile)
    prep: PrepFile = msgspec.field(default_factory=PrepFile)
    rut: RutFile = msgspec.field(default_factory=RutFile)
    summary: SummaryFile = msgspec.field(default_factory=SummaryFile)
    midi: MidiFile = msgspec.field(default_factory=MidiFile)
    lights: LightsFile = msgspec.field(default_factory=LightsFile)
    listening: ListeningFile = msgspec.field(default_factory=ListeningFile)
    controller: list[ControllerFile] = []
    daw: list[DawFile] = []
    cues: CuesFile = msgspec.field(default_factory=CuesFile)
    cue: list[CueFile] = []
    http: HttpFile = msgspec.field(default_factory=HttpFile)
    sections: dict[str, str] = {}
