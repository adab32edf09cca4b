"""What only the running service knows about its health, in words, with what to do about it."""

from __future__ import annotations

from bridge import moment as clock
from bridge.app.session import Session
from bridge.core.status import Json
from bridge.files.home import Home

_MIDI_LEVEL = {"ready": "ok", "stalled": "warn", "none": "warn"}
_DAW_LEVEL = {"ready": "ok", "unknown": "ok", "silent": "warn", "trouble": "bad"}
_DEVICE_LEVEL = {
    "ready": "ok", "settling": "ok", "absent": "warn", "busy": "bad", "trouble": "bad",
}  # fmt: skip
_DEVICE_MEND = {
    "absent": "plug it in; `songbridge ports` shows what is there",
    "busy": "another program holds the port: close it, or let it use another port",
    "trouble": "please report it with the log",
}


def findings(session: Session, home: Home) -> list[dict[str, Json]]:
    """Return findings: ``level`` (ok, warn, bad), ``what``, and ``mend`` (empty when ok)."""
    found: list[dict[str, Json]] = []

    def add(level: str, what: str, mend: str = "") -> None:
        found.append({"level": level, "what": what, "mend": "" if level == "ok" else mend})

    moment = clock.now()
    if session.keeping.fault:
        add("bad", session.keeping.fault, f"make room or rights for {home.journal}")
    if trouble := session.keeping.journal.trouble:
        add("warn", trouble, f"see that the disk of {home.journal} is well")
    if session.config_fault:
        add("bad", session.config_fault, "mend the file; it is read again by itself")
    for fault in session.listeners.faults:
        add("warn", fault, "it is looked for again by itself; is that machine on?")
    midi = session.midi.state()
    what = midi.reason or f"MIDI works, by {midi.api}"
    add(_MIDI_LEVEL[midi.state], what, "OSC and the page work without")
    for row in session.controllers.status(session.midi.states()):
        if isinstance(row, dict):
            state = str(row["state"])
            text = f"{row['name']}: {state} {row['detail']}".rstrip()
            add(_DEVICE_LEVEL[state], text, _DEVICE_MEND.get(state, ""))
    for daw in session.daw_status(moment):
        if isinstance(daw, dict):
            text = f"{daw['name']}: {daw['state']}, {daw['detail']}".rstrip(", ")
            add(_DAW_LEVEL[str(daw["state"])], text, "docs/daws.md tells how to set it up")
    return found
