"""What `doctor` looks at about DAWs: the way there, whether they answer, their own settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bridge.files import daw_setups, install_places
from bridge.ports import port_holder
from bridge.surface.matching import compiled

if TYPE_CHECKING:
    from bridge.core.status import Json
    from bridge.daw.target import DawSettings
    from bridge.files.config import Config
    from bridge.ports.port_holder import Holder

_PROGRAMS = {
    "ableton": "Ableton Live", "ardour": "Ardour", "bitwig": "Bitwig Studio", "reaper": "REAPER",
}  # fmt: skip
_FIRST = {
    "ableton": 'write [[daw]] with kind = "ableton" into config.toml, and see docs/daws.md, Ableton Live',
    "ardour": "`songbridge daw install ardour` sets it up",
    "bitwig": 'write [[daw]] with kind = "bitwig" into config.toml, and see docs/daws.md, Bitwig',
    "reaper": "`songbridge daw install reaper` sets it up",
}


def links(config: Config, service: int | None) -> Iterator[dict[str, Json]]:
    """Yield how the way to each DAW is: a port that another program has, else what it answers.

    `service` is the process id of the running service, which has the ports and asks itself.
    """
    free: list[DawSettings] = []
    for daw in config.daws:
        others = [one for one in _holders(daw) if one.pid != service]
        if others:
            yield _held(daw, others)
        else:
            free.append(daw)
    if service is None and free:
        from bridge.app import daw_findings, daw_probe  # noqa: PLC0415 - they load every part

        rows, settings = daw_probe.ask(free)
        yield from daw_findings.told(rows, settings)


def _holders(daw: DawSettings) -> tuple[Holder, ...]:
    if daw.listen_port == 0 or daw.midi is not None:
        return ()
    return port_holder.holders(daw.listen_port)


def _held(daw: DawSettings, others: Sequence[Holder]) -> dict[str, Json]:
    listed = ", ".join(map(str, others))
    name = daw.name or daw.kind
    return _finding(
        "bad",
        f"{name}: port {daw.listen_port}, where it answers to, is held by {listed}",
        "close that program, or let it use another port; or write another listen under this [[daw]],"
        " and the same port in the DAW",
    )


def outputs(config: Config, names: Sequence[str]) -> Iterator[dict[str, Json]]:
    """Yield the DAWs told by MIDI whose output is none of `names`; without a service, which knows."""
    for daw in config.daws:
        wanted = daw.midi.output if daw.midi is not None else ""
        if wanted and not any(compiled(wanted).search(name) for name in names):
            there = f"there are {', '.join(names)}" if names else "there is none at all"
            yield _finding(
                "warn",
                f"{daw.name or daw.kind}: no MIDI output is called {wanted!r}; {there}",
                "start the program or loop-back port that has it; or write a part of another's name as"
                " port under this [[daw]], or leave port out for the port Songbridge Cues",
            )


def twins(config: Config) -> Iterator[dict[str, Json]]:
    """Yield the DAWs that are told where another one is: only one of the two can listen there."""
    seen: dict[tuple[str, int], DawSettings] = {}
    for daw in config.daws:
        if daw.midi is not None:
            continue
        first = seen.setdefault((daw.host, daw.port), daw)
        if first is not daw:
            yield _finding(
                "warn",
                f"{daw.name or daw.kind}: {daw.address} is where {first.name or first.kind} is told, too;"
                " one program hears what is meant for both",
                "give one of the two another pair of ports, in its own settings and as host and listen"
                " under its [[daw]]; of one program leave one [[daw]]",
            )


def setups(
    config: Config, environ: Mapping[str, str], installed: Path
) -> Iterator[dict[str, Json]]:
    """Yield what is missing in the DAWs' own settings, where these are on this machine."""
    seen: set[str] = set()
    for daw in config.daws:
        for one in daw_setups.missing(daw, environ, installed):
            if one.what not in seen:
                seen.add(one.what)
                yield _finding("warn", one.what, one.mend)


def strangers(config: Config) -> Iterator[dict[str, Json]]:
    """Yield the DAWs that run here and are not configured; nothing is sent to find that out."""
    missed = install_places.all_running().keys() - {daw.kind for daw in config.daws}
    for kind, program in _PROGRAMS.items():
        if kind in missed:
            what = f"{program} is running, and no [[daw]] is for it: it gets no markers"
            yield _finding("ok", f"{what}; {_FIRST[kind]}")


def _finding(level: str, what: str, mend: str = "") -> dict[str, Json]:
    return {"level": level, "what": what, "mend": mend}
