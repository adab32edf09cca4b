"""How a link to REAPER stands, in words a producer understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bridge.daw.reaper_backlog import Backlog
    from bridge.daw.reaper_osc import OscTier
    from bridge.daw.reaper_web import Found
    from bridge.daw.target import DawSettings, LinkState

_INSTALL = "run `songbridge daw install reaper` and restart REAPER"

_OSC: dict[LinkState, str] = {
    "unknown": "nothing heard from REAPER yet; it is asked at {daw} and answers on {ear}",
    "ready": "REAPER at {daw} answers: markers are placed and named, without colours",
    "silent": (
        "no answer from REAPER on {ear}: is it running, with an OSC device under Preferences >"
        ' Control/OSC/Web (mode "Configure device IP+local port", device port {ear_port}, local'
        " listen port {daw_port})?"
    ),
    "trouble": (
        "REAPER is there but did not report a marker; it may stand without its name, or not at all"
    ),
}
_DEAF = (
    'REAPER can\'t be heard: give this [[daw]] a listen = "127.0.0.1:9000", with the device port of'
    " REAPER's OSC device"
)
_WHY: dict[Found, str] = {
    "off": 'plain OSC has no colours and no status text, and web is "off"',
    "unknown": "its web interface is being looked for at {web}",
    "nobody": f"colours need its web interface, which is not at {{web}}: {_INSTALL}",
    "mute": "its web interface at {web} gives no answer in time; is REAPER busy, or asking something?",
    "stranger": (
        "at {web} another program answers: give REAPER's web interface a port of its own, and write"
        " it here as web"
    ),
    "locked": (
        "its web interface at {web} asks for a password: take it away in Preferences >"
        " Control/OSC/Web, where only this machine can reach it"
    ),
    "bare": f"colours need Songbridge's script, which is not there: {_INSTALL}",
    "old": f"its script is of an older Songbridge: {_INSTALL}",
    "ready": "",
}
_READY = "REAPER at {web} answers: markers with names and colours, track colours and texts"
_FAULTS = {
    "track": "no track is called \"{name}\" in REAPER's project; write the task's track as it is there",
    "mark": 'REAPER made no marker "{name}"',
}
_LOST = '; {count} so far not placed or without a name, the last was "{lost}"'
_DOUBT = "; of {count} of them nobody knows whether it arrived"


def sentence(settings: DawSettings, osc: OscTier, found: Found, backlog: Backlog) -> str:
    """Return which way is used, and why not the better one."""
    ear = f"{settings.listen_host}:{settings.listen_port}"
    known = {
        "daw": f"{settings.host}:{settings.port}",
        "daw_port": settings.port,
        "ear": ear,
        "ear_port": settings.listen_port,
        "web": f"{settings.web_host}:{settings.web_port}",
    }
    return _way(osc, found, backlog).format(**known)


def _way(osc: OscTier, found: Found, backlog: Backlog) -> str:
    for verb, name in reversed(backlog.faults.items()):
        if found == "ready" and verb in _FAULTS:
            safe = name.replace("{", "{{").replace("}", "}}")
            return _FAULTS[verb].format(name=safe)
    if found == "ready":
        return _READY
    text = _DEAF if osc.deaf else _OSC[osc.state]
    return text if osc.state == "silent" and found == "off" else f"{text}; {_WHY[found]}"


def losses(backlog: Backlog) -> str:
    """Return what was given up, to be added to the sentence; empty for nothing."""
    text = _LOST.format(count=backlog.dropped, lost=backlog.lost) if backlog.dropped else ""
    return text + (_DOUBT.format(count=backlog.doubtful) if backlog.doubtful else "")
