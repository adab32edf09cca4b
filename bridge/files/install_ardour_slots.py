"""Scripts in the slots of Ardour's script manager: its file ``ui_scripts``, read and added to.

The file is XML; its ``ActionScript`` holds, in base64, Lua that fills a table (``luainstance.cc``,
6.0 to 9.8): ``scripts[SLOT]["n"]`` is a script's name, ``s`` its source, ``f`` its factory, ``a`` its
arguments. What is there is never written anew: statements are put behind it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

_ACTIONS = re.compile(rb"<ActionScript\b([^<>]*?)(?:/>|>([^<]*)</ActionScript>)", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BEGIN = re.compile(r"\s*scripts\s*=\s*\{\s*\}")
_SLOT = re.compile(r"scripts\[(\d{1,3})\]\s*=\s*(nil\b|)")
_NAMED = re.compile(
    r'scripts\[(\d{1,3})\](?:\["n"\] = |\s*=\s*\{\s*n\s*=\s*)("(?:[^"\\]|\\.)*")', re.DOTALL
)
_SOURCE = re.compile(r'scripts\[(\d{1,3})\]\["s"\] = ("(?:[^"\\]|\\.)*")', re.DOTALL)
_ENDS = {"n": "\n", "r": "\r"}
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<UIScripts>\n  <ActionScript lua="Lua 5.3">'
    b"c2NyaXB0cyA9IHt9IA==</ActionScript>\n  <ActionHooks/>\n</UIScripts>\n"
)


@dataclass(frozen=True, slots=True)
class Script:
    """A script for one slot: its ``name``, Lua ``source``, and ``arguments`` by name."""

    slot: int
    name: str
    source: str
    arguments: tuple[tuple[str, str], ...] = ()

    @property
    def lua(self) -> str:
        """The statement that fills the slot."""
        given = ", ".join(f"[{_quoted(key)}] = {_quoted(value)}" for key, value in self.arguments)
        factory = f"function ardour () end\n{self.source}\nreturn factory (...)"
        fields = (("n", self.name), ("s", self.source), ("f", factory))
        place = f"scripts[{self.slot}]"
        filled = "".join(f'{place}["{key}"] = {_quoted(value)} ' for key, value in fields)
        return f'{place} = {{}} {filled}{place}["a"] = {{ {given} }} '


def used(data: bytes | None) -> dict[int, str]:
    """Return the names of the scripts by slot. Raises ValueError for what can't be understood."""
    if data is None:
        return {}
    return _used(_content(data))


def filled(data: bytes) -> dict[int, tuple[str, str]]:
    """Return name and source of every script by slot. Raises ValueError for what can't be understood."""
    content = _content(data)
    sources = {int(slot): _unquoted(text) for slot, text in _SOURCE.findall(content)}
    return {slot: (name, sources.get(slot, "")) for slot, name in _used(content).items()}


def with_slots(data: bytes | None, scripts: Sequence[Script]) -> bytes:
    """Return the file with `scripts` in their slots, whatever was in these. Raises ValueError."""
    before = _EMPTY if data is None else data
    content = _content(before)
    added = "".join(script.lua for script in scripts)
    return _replaced(before, content + ("" if content.endswith((" ", "\n")) else " ") + added)


def without_slots(data: bytes, ours: Sequence[str]) -> bytes:
    """Return the file without the scripts called as one of `ours`. Raises ValueError."""
    content = _content(data)
    slots = [slot for slot, name in _used(content).items() if name in ours]
    if not slots:
        return data
    return _replaced(data, content + "".join(f" scripts[{slot}] = nil " for slot in slots))


def _used(content: str) -> dict[int, str]:
    bare = _STRING.sub('""', content)
    slots: dict[int, str] = {}
    for slot, emptied in _SLOT.findall(bare):
        if emptied:
            slots.pop(int(slot), None)
        else:
            slots[int(slot)] = ""
    for slot, name in _NAMED.findall(content):
        if int(slot) in slots:
            slots[int(slot)] = _unquoted(name)
    return slots


def _content(data: bytes) -> str:
    """Return the Lua that fills the table, one character a byte."""
    found = list(_ACTIONS.finditer(data))
    if len(found) != 1:
        raise ValueError("it holds no list of scripts as Ardour writes it")
    try:
        content = base64.b64decode(b"".join((found[0][2] or b"").split()), validate=True)
    except binascii.Error:
        raise ValueError("its list of scripts is damaged") from None
    lua = content.decode("latin-1")
    if lua.strip() and not _BEGIN.match(lua):
        raise ValueError("its list of scripts is of a shape that is not known here")
    return lua if lua.strip() else "scripts = {} "


def _replaced(data: bytes, content: str) -> bytes:
    coded = base64.b64encode(content.encode("latin-1"))
    found = next(_ACTIONS.finditer(data))
    inside = b"<ActionScript" + found[1].rstrip() + b">" + coded + b"</ActionScript>"
    return data[: found.start()] + inside + data[found.end() :]


def _quoted(text: str) -> str:
    """Return a Lua string of the text's UTF-8, one character a byte."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    escaped = escaped.replace("\r", "\\r")
    return f'"{escaped.encode().decode("latin-1")}"'


def _unquoted(quoted: str) -> str:
    plain = re.sub(
        r"\\(?:([0-9]{1,3})|([nr])|(.))",
        lambda one: chr(int(one[1]) & 255) if one[1] else _ENDS[one[2]] if one[2] else one[3],
        quoted[1:-1],
        flags=re.DOTALL,
    )
    return plain.encode("latin-1").decode("utf-8", "replace")
