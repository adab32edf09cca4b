"""What only the running service knows about its health, in words, with what to do about it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence

from bridge import moment as clock
from bridge.app import cue_findings, daw_findings, recognition
from bridge.app.controllers import Controllers
from bridge.app.daw_rows import daw_rows
from bridge.app.session import Session
from bridge.core.status import Json
from bridge.files.home import Home
from bridge.ports.midi_events import DeviceState, PortInfo
from bridge.ports.midi_thru import ThruState
from bridge.surface import matching

_BRIDGE = (
    "hardware comes to JACK over a bridge only: `jackd -X seq` or `a2jmidid -e` "
    "(docs/controllers.md, Ports)"
)
_MIDI_LEVEL = {"stalled": "warn", "none": "warn"}
_DEVICE_LEVEL = {
    "ready": "ok", "settling": "ok", "asleep": "ok", "absent": "warn", "unknown": "warn",
    "busy": "bad", "trouble": "bad",
}  # fmt: skip
_DEVICE_MEND = {
    "absent": "plug it in; `songbridge ports` shows what is there",
    "ready": "does it work? then never mind; else see that both directions of its cable are in, "
    "that no DAW uses the same port, and that its firmware is up to date",
    "unknown": "is it what its answer says? then write that profile and the port into [[controller]]",
    "busy": "another program holds the port: switch it off in the DAW's MIDI settings or close that "
    "program, or use a loop-back port; it is tried again twice a second",
    "trouble": "please report it with the log",
}


def findings(session: Session, home: Home) -> list[dict[str, Json]]:
    """Return findings: ``level`` (ok, warn, bad), ``what``, and ``mend`` (empty when ok)."""
    return [
        *_keeping(session, home),
        *_ports(session),
        *_devices(session),
        *_daws(session),
        *_cues(session),
    ]


def _finding(level: str, what: str, mend: str = "") -> dict[str, Json]:
    return {"level": level, "what": what, "mend": "" if level == "ok" else mend}


def _keeping(session: Session, home: Home) -> Iterator[dict[str, Json]]:
    if session.keeping.fault:
        yield _finding("bad", session.keeping.fault, f"make room or rights for {home.journal}")
    if trouble := session.keeping.journal.trouble:
        yield _finding("warn", trouble, f"see that the disk of {home.journal} is well")
    if lost := session.delivery.kept.trouble:
        yield _finding("warn", lost, f"see what {home.originals} holds")
    if session.config_fault:
        yield _finding("bad", session.config_fault, "mend the file; it is read again by itself")


def _ports(session: Session) -> Iterator[dict[str, Json]]:
    for fault in session.listeners.faults:
        yield _finding("warn", fault, "it is looked for again by itself; is that machine on?")
    if broken := session.osc.counts()["malformed"]:
        what = f"{broken} of the messages that came in on the OSC port were no OSC"
        yield _finding("warn", what, "see which program is set to that port, and what it sends")
    midi = session.midi.state()
    if midi.state == "ready":
        yield plugged(midi.api, session.midi.ports())
        yield from _thru(session.midi.thru())
    else:
        yield _finding(
            _MIDI_LEVEL[midi.state], midi.reason, "OSC and the command line work without"
        )


def plugged(api: str, ports: Sequence[PortInfo]) -> dict[str, Json]:
    """Return by which MIDI system ports were looked for, and whether anything is plugged in."""
    if any(port.direction == "in" and not matching.is_loop(port.name) for port in ports):
        count = "1 port" if len(ports) == 1 else f"{len(ports)} ports"
        return _finding("ok", f"MIDI works, by {api}: {count}; `songbridge ports` lists them")
    mend = "plug one in; it is found by itself. OSC and the command line work without"
    if api == "jack":
        mend = f"plug one in. {_BRIDGE}"
    return _finding("warn", f"MIDI works, by {api}, but no controller is plugged in", mend)


def _thru(state: ThruState) -> Iterator[dict[str, Json]]:
    """Tell how it goes on to the DAW what layouts have no use for."""
    match state.state:
        case "off":
            return
        case "none":
            what = f"what layouts don't use does not go on to the DAW: {state.detail}"
            yield _finding("warn", what, "or write thru = false under [midi]")
        case "ready" if state.cut:
            mend = f"in the DAW, don't send MIDI from {state.name!r} back to a controller's port"
            yield _finding("warn", f"{state.detail} ({state.cut} times)", mend)
        case "ready":
            passed = f"{state.passed} messages so far"
            yield _finding("ok", f"what layouts don't use goes on as {state.name!r}, {passed}")


def _devices(session: Session) -> Iterator[dict[str, Json]]:
    return devices(session.controllers, session.midi.states(), session.midi.ports())


def devices(
    controllers: Controllers, states: Mapping[str, DeviceState], ports: Sequence[PortInfo]
) -> Iterator[dict[str, Json]]:
    """Yield what is well and what is odd about the controllers that are there or missed."""
    for row in controllers.status(states):
        if isinstance(row, dict):
            state, detail = str(row["state"]), str(row["detail"])
            level = "warn" if state in ("ready", "asleep") and detail else _DEVICE_LEVEL[state]
            text = f"{row['name']}: {state}, {detail}".rstrip(", ")
            yield _finding(level, text, _DEVICE_MEND.get(state, ""))
    for doubt in recognition.doubts(ports, controllers, matching.platform(sys.platform)):
        yield _finding("warn", doubt, "write profile and port of the right one into [[controller]]")


def _daws(session: Session) -> Iterator[dict[str, Json]]:
    rows = daw_rows(session.links, session.osc, clock.now())
    yield from daw_findings.told(rows, session.links.settings)


def _cues(session: Session) -> Iterator[dict[str, Json]]:
    """Tell that cues rest now, and of rules that nothing can come of."""
    for what in cue_findings.quiet(session.quiet_until(clock.now())):
        yield _finding("ok", what)
    engine = session.engine
    for what, mend in cue_findings.idle(engine.settings, engine.studio):
        yield _finding("warn", what, mend)
