"""Ardour's ``ui_scripts``: what is put in is what a real Lua reads, and nothing else is lost."""

from __future__ import annotations

import base64
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lupa.lua54 import LuaRuntime

from bridge.files import install_ardour_slots as slots

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
SAVE = r"""
return function (scripts)
  local text = "scripts = {} "
  for slot, script in pairs (scripts) do
    text = text .. string.format ("scripts[%d] = {} ", slot)
    for key, value in pairs (script) do
      if type (value) == "function" then value = string.dump (value, true) end
      if type (value) == "string" then
        text = text .. string.format ("scripts[%d][%q] = %q ", slot, key, value)
      end
    end
  end
  return text
end
"""
"""Writes a table of scripts as Ardour does: one statement after the other, strings by ``%q``."""


@st.composite
def scripts(draw: st.DrawFn, first: int, last: int) -> list[slots.Script]:
    places = draw(st.lists(st.integers(first, last), unique=True, max_size=4))
    return [slots.Script(n, draw(TEXTS), draw(TEXTS), (("colour", draw(TEXTS)),)) for n in places]


def content(data: bytes) -> bytes:
    (packed,) = re.findall(rb"<ActionScript[^>]*>([^<]*)</ActionScript>", data)
    return base64.b64decode(packed)


def filled(data: bytes) -> dict[int, dict[str, bytes]]:
    """Return what a real Lua makes of a file: name and source of each slot."""
    lua = LuaRuntime(encoding=None)
    lua.execute(content(data))
    table: Any = lua.globals()[b"scripts"]
    return {
        slot: {key.decode(): script[key] for key in (b"n", b"s")} for slot, script in table.items()
    }


def saved(script: slots.Script) -> bytes:
    """Return a file that Ardour wrote itself, with compiled code in it."""
    lua = LuaRuntime(encoding=None)
    table = lua.table_from(
        {
            b"n": script.name.encode(),
            b"s": script.source.encode(),
            b"f": lua.eval(b'function (...) return \'scripts[1] = {}\', "\\n\\0\\"" end'),
        }
    )
    save: Any = lua.execute(SAVE.encode())
    packed = base64.b64encode(save(lua.table_from({script.slot: table}))).decode()
    return f'<UIScripts><ActionScript lua="Lua 5.3">{packed}</ActionScript></UIScripts>\n'.encode()


@given(scripts(1, 9))
def test_lua_reads_what_was_put_in(given: list[slots.Script]) -> None:
    data = slots.with_slots(None, given)
    wanted = {one.slot: {"n": one.name.encode(), "s": one.source.encode()} for one in given}
    assert filled(data) == wanted
    assert slots.used(data) == {one.slot: one.name for one in given}


@given(scripts(1, 9), scripts(10, 30).filter(bool))
def test_scripts_of_the_users_stay_and_ours_go_again(
    ours: list[slots.Script], theirs: list[slots.Script]
) -> None:
    theirs = [slots.Script(one.slot, f"my {one.name}", one.source) for one in theirs]
    before = saved(theirs[0])
    assert slots.used(before) == {theirs[0].slot: theirs[0].name}
    after = slots.with_slots(before, ours)
    assert content(after).startswith(content(before))
    assert filled(after).keys() == {theirs[0].slot, *(one.slot for one in ours)}
    assert filled(after)[theirs[0].slot] == filled(before)[theirs[0].slot]
    left = slots.without_slots(after, [one.name for one in ours])
    assert filled(left) == filled(before)
    assert slots.used(left) == slots.used(before)


def test_a_file_that_says_the_same_in_ardours_own_words_is_known_again() -> None:
    script = slots.Script(3, 'Nöte "x"', 'a\nb = "\\"')
    assert slots.filled(saved(script)) == slots.filled(slots.with_slots(None, [script]))


def test_the_rest_of_the_file_stays_byte_for_byte() -> None:
    data = b'<?xml?>\r\n<UIScripts>\r\n <ActionScript lua="Lua 5.4"/>\r\n <ActionHooks>\xff</ActionHooks>'
    after = slots.with_slots(data, [slots.Script(1, "x", "y")])
    head, tail = data.split(b'<ActionScript lua="Lua 5.4"/>')
    assert after.startswith(head + b'<ActionScript lua="Lua 5.4">')
    assert after.endswith(b"</ActionScript>" + tail)
