"""The sentences that tell a producer how the link to Bitwig stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from bridge.daw.target import DawSettings, LinkState

About: TypeAlias = Literal["marker", "track", "scene", "colour"]
"""What a cue was about that did not arrive as it should."""

_UNKNOWN = "looking for Bitwig at {daw}; it answers on {ear}"
_READY = (
    "Bitwig at {daw} answers: tracks, clips and scenes take the colours; {markers}; it has no place for"
    " a status text"
)
_SILENT = (
    "no answer from Bitwig on {ear}: is it running, with DrivenByMoss' controller Open Sound Control >"
    " OSC, which receives on port {daw_port} and sends to {ear}?"
)
_DEAF = (
    "Bitwig can't be heard, and its tracks can't be found: give this [[daw]] a listen = \"127.0.0.1:9000\","
    " the port that its OSC controller sends to"
)
_MARKERS = (
    "cue markers are made by its action {action}, without names and colours, for it takes none"
)
_NO_MARKERS = (
    "cue markers need one of its twenty actions: choose Insert Cue Marker as Action 1 in the settings"
    " of its OSC controller, and write action = 1 into this [[daw]]"
)
_FAULTS: dict[About, str] = {
    "marker": (
        "Bitwig answers, but no cue marker came: is Action {action} in the settings of its OSC controller"
        " set to Insert Cue Marker?"
    ),
    "track": (
        'Bitwig answers, but shows no track called "{lost}" among its {shown}: compare the name, raise'
        " Bank Page Size in the settings of its OSC controller, and make its Track Navigation flat"
    ),
    "scene": (
        'Bitwig answers, but shows no scene called "{lost}": compare the name, and raise Bank Page Size in'
        " the settings of its OSC controller"
    ),
    "colour": "Bitwig answers, but the {lost} did not take its colour",
}
_LOST = '; {count} so far did not arrive, the last was "{lost}"'


def sentence(
    ours: DawSettings, state: LinkState, fault: tuple[About, str] | None, shown: int
) -> str:
    """Return how the link stands; `fault` is what went wrong last, and with which cue."""
    markers = _MARKERS.format(action=ours.action) if ours.action else _NO_MARKERS
    ear = f"{ours.listen_host}:{ours.listen_port}"
    fields = {"daw": ours.address, "daw_port": ours.port, "ear": ear, "action": ours.action}
    if not ours.listen_port:
        return f"{_DEAF}; {markers}"
    match state:
        case "unknown":
            return _UNKNOWN.format(**fields)
        case "silent":
            return _SILENT.format(**fields)
        case _ if fault is not None:
            about, lost = fault
            return _FAULTS[about].format(**fields, lost=lost, shown=shown)
        case _:
            return _READY.format(**fields, markers=markers)


def lost(count: int, last: str) -> str:
    """Return what to add when cues were given up."""
    return _LOST.format(count=count, lost=last) if count else ""
