"""What is said to Songbridge's script in REAPER, and what it says: paths of its web interface, lines.

The words are those of ``examples/reaper/songbridge_cue.lua``. Everything sent consists of letters,
digits and dots (texts are hexadecimal), so that nothing on the way can decode it into something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

VERSION = 1
"""Of the script that these commands need."""

ACTION = "_SONGBRIDGE_CUE"
"""The script's name as an action: its line in reaper-kb.ini (`songbridge daw install reaper`)."""

TRANSPORT = "/_/TRANSPORT"
"""Asks what the transport does."""

_LONGEST = (
    4096  # characters of a reply worth reading; the longest that the script makes has some 900
)
_REPLY = re.compile(
    r"songbridge\.([0-9]{1,4})\.([0-9a-f]{1,16})\.([0-9]{1,9})\.(ok|no)((?:\.[0-9a-z-]*)*)",
    re.ASCII,
)
_ACTION = re.compile(r"[0-9]{1,5}|_[A-Za-z0-9_]{1,80}", re.ASCII)
_TEXT = re.compile(r"t((?:[0-9a-f]{2})*)", re.ASCII)
_COMMAND = re.compile(
    r"/_/SET/EXTSTATE/songbridge/cue/1\.[0-9a-f]+\.[0-9]+\.([0-9A-Za-z.-]+);", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the script said last: ``version`` is the script's, ``run`` and ``number`` the command's."""

    version: int
    run: str
    number: int
    fine: bool
    words: tuple[str, ...] = ()

    def is_to(self, run: str, number: int) -> bool:
        """Tell whether this is the reply to that command."""
        return (self.run, self.number) == (run, number)


def command(run: str, number: int, *words: str) -> str:
    """Return the path that has the script do something and brings its reply."""
    line = ".".join(("1", run, str(number), *words))
    return f"/_/SET/EXTSTATE/songbridge/cue/{line};{ACTION};GET/EXTSTATE/songbridge/reply"


def told(path: str) -> str:
    """Return what a path has REAPER do, for people: the script's words, else the path as it is."""
    found = _COMMAND.match(path)
    if found is None:
        return f"GET {path}"
    fields = (f'"{plain(one)}"' if _TEXT.fullmatch(one) else one for one in found[1].split("."))
    return " ".join(("script", *fields))


def is_action(name: str) -> bool:
    """Tell whether this can be one of REAPER's actions: its number, or a script's ``_NAME``."""
    return bool(_ACTION.fullmatch(name))


def action(name: str) -> str:
    """Return the path that runs an action. Raises ValueError for what can't be one."""
    if not is_action(name):
        raise ValueError(name)
    return f"/_/{name};TRANSPORT"


def withdrawal(run: str) -> str:
    """Return the path that takes back a command unless the script has read it, and brings its memory.

    The two happen one after the other on REAPER's one thread: what is not done then never will be.
    """
    return f"/_/SET/EXTSTATE/songbridge/cue/none;GET/EXTSTATE/songbridge/done.{run}"


def text(words: str) -> str:
    """Return a text as it stands in a command."""
    return "t" + words.encode("utf-8", "replace").hex()


def plain(field: str) -> str:
    """Return the text of a field of a reply, empty for one that is none."""
    found = _TEXT.fullmatch(field)
    return bytes.fromhex(found[1]).decode("utf-8", "replace") if found else ""


def reply(answer: str) -> Reply | None:
    """Return the script's reply in an answer to `command` or `withdrawal`; None where there is none.

    Raises ValueError when the answer is not REAPER's at all.
    """
    for line in answer[:_LONGEST].splitlines():
        match line.split("\t"):
            case ["EXTSTATE", "songbridge", _, *value]:
                return _reply(value[0] if value else "")
            case _:
                continue
    raise ValueError("no EXTSTATE in it")


def _reply(value: str) -> Reply | None:
    found = _REPLY.fullmatch(value.strip())
    if found is None:
        return None
    words = tuple(found[5].split(".")[1:])
    return Reply(int(found[1]), found[2], int(found[3]), found[4] == "ok", words)


@dataclass(frozen=True, slots=True)
class Rolling:
    """What REAPER's web interface says of the transport. A paused take is still being recorded."""

    playing: bool
    recording: bool


_ROLLING = {
    "0": Rolling(playing=False, recording=False),
    "1": Rolling(playing=True, recording=False),
    "2": Rolling(playing=False, recording=False),
    "5": Rolling(playing=True, recording=True),
    "6": Rolling(playing=False, recording=True),
}
"""Stopped, playing, paused, recording, recording paused (web_interface_modding.md of ReaTeam/Doc)."""


def rolling(answer: str) -> Rolling | None:
    """Return what an answer to `TRANSPORT` says, None for what is none."""
    for line in answer[:_LONGEST].splitlines():
        match line.split("\t"):
            case ["TRANSPORT", state, *_]:
                return _ROLLING.get(state)
            case _:
                continue
    return None
