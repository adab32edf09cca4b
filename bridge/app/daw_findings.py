"""How each DAW's link is, with what to do about it there: the menu, the box, the number to enter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bridge.core.status import Json
    from bridge.daw.target import DawSettings

_LEVELS: Final = {"ready": "ok", "unknown": "ok", "silent": "warn", "trouble": "bad"}

_ABLETON: Final = (
    "start Live; in its Settings > Link, Tempo & MIDI choose AbletonOSC as a Control Surface (Live's status bar"
    ' then says "Listening for OSC on port 11000"); it is not in that list when its folder is not'
    " Remote Scripts/AbletonOSC in your User Library"
)
_NEWER: Final = (
    "download AbletonOSC anew, put its folder in the place of Remote Scripts/AbletonOSC in your User"
    " Library, and restart Live"
)
_ARDOUR: Final = (
    "open a session in Ardour, then Edit > Preferences > Control Surfaces: switch on Open Sound Control"
    " (OSC); its settings there show the port, which is to be {port}"
)
_SLOTS: Final = (
    "quit Ardour, run `songbridge daw install ardour`, and start it again: that puts the colours into"
    " Edit > Lua Scripts > Script Manager, slots 1 to 9"
)
_BITWIG: Final = (
    "start Bitwig; in its Settings > Controllers > Add controller > Open Sound Control > OSC (it comes with"
    " DrivenByMoss): Port to receive on {port}, Port to send to {listen_port}"
)
_BITWIG_ACTION: Final = (
    "in Bitwig, Settings > Controllers > Open Sound Control > Actions: choose Insert cue marker at play"
    " position as Action {action}, and write action = {action} under this [[daw]]"
)
_BITWIG_TRACKS: Final = (
    "in Bitwig, Settings > Controllers > Open Sound Control: raise Bank Page Size and make Track"
    " Navigation flat; the task's track is changed by `songbridge task edit`"
)
_REAPER: Final = (
    "start REAPER; where it runs already, quit it and run `songbridge daw install reaper`; or by hand, in"
    " REAPER: Options > Preferences > Control/OSC/Web > Add > OSC, mode Configure device IP+local port,"
    " device port {listen_port}, local listen port {port}"
)
_REAPER_SCRIPT: Final = "quit REAPER, run `songbridge daw install reaper`, and start it again"
_REAPER_WEB: Final = (
    "in REAPER, Options > Preferences > Control/OSC/Web: the Web browser interface's port is to be"
    " {web_port}, its user name and password empty"
)
_TRACK: Final = (
    "write the track's name as it stands in the DAW: `songbridge task edit TASK --track NAME`"
)
_EAR: Final = (
    "close that program, or let it use another port; or write another listen under this [[daw]], and"
    " the same port in the DAW"
)
_HOST: Final = (
    "write the address of the DAW's machine as host under this [[daw]], such as"
    ' host = "192.168.1.20:{port}"'
)
_MIDI: Final = (
    "`songbridge ports` lists what is there; write a part of an output's name as port under this"
    " [[daw]], or leave port out for the port Songbridge Cues"
)
_MIDI_SYSTEM: Final = (
    "there is no MIDI on this machine now: start JACK, or plug a MIDI device in; it is looked for"
    " again by itself"
)
_HANG: Final = (
    "look at {program}: a window of its own may wait for an answer; close it, and press a pad"
)

_QUOTED: Final = re.compile(r'"[^"]*"')
_PROGRAMS: Final = {"ableton": "Live", "ardour": "Ardour", "bitwig": "Bitwig", "reaper": "REAPER"}

_TRAPS: Final = tuple(
    (kind, re.compile(words), mend)
    for kind, words, mend in (
        ("", r"in use by another program|can't be had", _EAR),
        ("", r"^the host '.*' can't be found", _HOST),
        ("midi", r"not looked for yet", _MIDI_SYSTEM),
        ("", r"can't be heard", 'write under this [[daw]]: listen = "127.0.0.1:{usual}"'),
        (
            "ableton",
            r"answers on port 11001 only",
            'write under this [[daw]]: listen = "127.0.0.1:11001"',
        ),
        ("ableton", r"before November 2025", _NEWER),
        (
            "ardour",
            r"Ardour 6\.6 or newer",
            "install Ardour 6.6 or newer; older ones take no names",
        ),
        ("ardour", r"Lua actions? .*(?:not answer|answered)", _SLOTS),
        ("bitwig", r"need one of its twenty actions|no cue marker came", _BITWIG_ACTION),
        ("reaper", r"[Ss]cript|not at \S+:\d+: run", _REAPER_SCRIPT),
        ("reaper", r"password|another program answers|no answer in time", _REAPER_WEB),
        ("reaper", r"did not report a marker", _REAPER),
        ("bitwig", r"shows no (?:track|scene) called", _BITWIG_TRACKS),
        ("", r"no track called|has no track|no colour for", _TRACK),
    )
)
"""What to do about a sentence of an adapter: the first row of its kind (empty: any) that fits."""

_SILENT: Final = {
    "ableton": _ABLETON,
    "ardour": _ARDOUR,
    "bitwig": _BITWIG,
    "midi": _MIDI,
    "osc": "start the program that is told, and see that it listens for OSC on port {port}",
    "reaper": _REAPER,
}
_TROUBLE: Final = {**_SILENT, "ableton": _HANG, "ardour": _HANG, "bitwig": _HANG, "reaper": _HANG}


_WHOLE: Final = ("ardour", "reaper")
"""Kinds whose silence is to be mended first, whatever else is said."""


def told(rows: Iterable[Json], settings: Mapping[str, DawSettings]) -> Iterator[dict[str, Json]]:
    """Yield a finding for each row of ``daws`` in `status`: ``level``, ``what`` and ``mend``.

    `settings` are those of the links, by name.
    """
    for row in rows:
        if isinstance(row, dict):
            yield _finding(row, settings.get(str(row["name"])))


def _finding(row: dict[str, Json], ours: DawSettings | None) -> dict[str, Json]:
    kind, state, detail = str(row["kind"]), str(row["state"]), str(row["detail"])
    trap = "" if state == "silent" and kind in _WHOLE else _trap(kind, detail)
    level = _LEVELS[state]
    if level == "ok" and trap:
        level = "warn"  # it works, but not as well as it could
    usual = {"silent": _SILENT, "trouble": _TROUBLE}.get(state, {})
    mend = "" if level == "ok" else trap or usual.get(kind, "")
    return {
        "level": level,
        "what": f"{row['name']}: {state}, {detail}".rstrip(", "),
        "mend": _filled(mend, kind, ours),
    }


def _trap(kind: str, detail: str) -> str:
    said = _QUOTED.sub("", detail)  # names are the user's, and may hold any word
    fits = (mend for one, words, mend in _TRAPS if one in ("", kind) and words.search(said))
    return next(fits, "")


def _filled(mend: str, kind: str, ours: DawSettings | None) -> str:
    if ours is None:
        return mend.partition("{")[0]
    return mend.format(
        port=ours.port,
        listen_port=ours.listen_port or 9000,
        web_port=ours.web_port or 8080,
        action=ours.action or 1,
        usual=11001 if kind == "ableton" else 9000,
        program=_PROGRAMS.get(kind, "it"),
    )
