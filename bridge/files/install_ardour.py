"""What is written for Ardour: the colour actions in its script manager, and our own ``[[daw]]``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bridge import __version__
from bridge.daw.ardour_selecting import OWN_WORD, SLOTS
from bridge.errors import Unavailable
from bridge.files import install_ardour_slots as slots
from bridge.files import install_config as config_file
from bridge.files import install_record as record
from bridge.files import install_undo as undo
from bridge.files.config import Config
from bridge.files.install_record import Record, Step, Written

KIND = "ardour"
UI_SCRIPTS = "ui_scripts"
COLOUR, ACTION = "songbridge_colour.lua", "songbridge_action.lua"

_COMMAND = re.compile(r"^local COMMAND = .*$", re.MULTILINE)
_EXAMPLES = frozenset({"Mixer Screenshot", "List Plugins"})
"""What Ardour itself puts into the first two slots (``LuaInstance::pre_seed_scripts``)."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Into which configuration folder, with which scripts, for which configuration of ours.

    ``command`` holds the words that call `songbridge`.
    """

    folder: Path
    shipped: Path
    command: tuple[str, ...]
    config: Config
    config_file: Path


def scripts(source: str) -> list[slots.Script]:
    """Return the actions in the slots that the link to Ardour calls (`bridge.daw`)."""
    return [
        slots.Script(n, f"Songbridge colour {given}", source, (("colour", given),))
        for n, given in enumerate((*SLOTS, OWN_WORD), 1)
    ]


def plan(wish: Wish, at: Path) -> tuple[Record, list[Step]]:
    """Return the steps of an installation, also over an older one that is recorded in `at`.

    Raises `Unavailable` or `Invalid` where it can't be done; writes nothing.
    """
    if not wish.folder.is_dir():
        raise Unavailable(
            f"there is no folder {wish.folder}: start Ardour once, so that it makes it"
        )
    old = record.load(at)
    known = {one.file: one for one in old.files} if old else {}
    file = wish.folder / UI_SCRIPTS
    now = record.contents(file)
    base = undo.base(at, known.get(str(file)), now)
    ours = scripts((wish.shipped / COLOUR).read_text("utf-8"))
    try:
        names = slots.used(base)
        after = slots.with_slots(base, ours)
    except ValueError as error:
        raise Unavailable(f"{file} can't be understood: {error}; nothing was changed") from None
    _check_free(names, ours)
    lines = tuple(script.name for script in ours)
    steps = [Step(file, "slots", now, base, _same(now, base, after), lines)]
    steps.append(_action(wish, at, known))
    steps += _config(wish, known.get(str(wish.config_file)), at)
    return Record(KIND, str(wish.folder), __version__), steps


def _action(wish: Wish, at: Path, known: Mapping[str, Written]) -> Step:
    """Return the script that sends actions to us, for slots that the user chooses."""
    file = wish.folder / "scripts" / ACTION
    now = record.contents(file)
    base = undo.base(at, known.get(str(file)), now)
    words = ", ".join(_lua(word) for word in wish.command)
    source = (wish.shipped / ACTION).read_text("utf-8")
    after = _COMMAND.sub(lambda _: f"local COMMAND = {{ {words} }}", source, count=1)
    return Step(file, "script", now, base, after.encode())


def _lua(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _same(now: bytes | None, base: bytes | None, after: bytes) -> bytes:
    """Return the file as it is, where Ardour wrote it anew and it says the same."""
    if now is None or now == base:
        return after
    return now if slots.filled(now) == slots.filled(after) else after


def _check_free(names: dict[int, str], ours: Iterable[slots.Script]) -> None:
    """Refuse to take the place of a script of the user's."""
    for script in ours:
        name = names.get(script.slot)
        if name is not None and name not in _EXAMPLES and not name.startswith("Songbridge colour"):
            raise Unavailable(
                f'slot {script.slot} of Ardour\'s script manager holds your script "{name}"; Songbridge'
                " needs the slots 1 to 9: put it into another one (Edit > Lua Scripts > Script Manager),"
                " quit Ardour and do this again"
            )


def _config(wish: Wish, known: record.Written | None, at: Path) -> Iterable[Step]:
    file = wish.config_file
    now = record.contents(file)
    base = undo.base(at, known, now)
    if config_file.has(wish.config, KIND) and not (known and now != base):
        return
    written = config_file.block(KIND, {"host": "127.0.0.1:3819"})
    yield Step(
        file,
        "config",
        now,
        base,
        config_file.with_daw(base, file, written),
        tuple(written.split("\n")),
    )
