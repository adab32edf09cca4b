"""What docs/method.md says to press and to type, pressed and typed."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from bridge.core.vocabulary import ACTIONS
from bridge.files.layouts import load_layout
from bridge.files.shipped import layout_path
from bridge.ports import osc_requests
from tests.standins.command import Terminal

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "method.md").read_text("utf-8")
GRID = [f"pad.{row}.{column}" for row in range(1, 9) for column in range(1, 9)]
ROWS = re.findall(
    r"^\| [^|]+ \| (queue|method) (\d\.\d)([^|]*) \| `([^`]+)` \| `([^`]+)` \|$", PAGE, re.MULTILINE
)


def bound(layout: str, control: str, gesture: str) -> set[str]:
    """Return what a shipped layout does with a control, as a person would type it."""
    path = layout_path(layout)
    written = tomllib.loads(path.read_text("utf-8"))["bind"]
    found = set()
    for bind, raw in zip(load_layout(path).binds, written, strict=True):
        controls = bind.controls(GRID)
        if control in controls and raw.get("gesture", "press") == gesture:
            found.add(raw.get("do", "").replace("{n}", str(controls.index(control) + 1)))
    return found


def test_what_is_typed_can_be_typed_from_the_first_line_to_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    terminal = Terminal(tmp_path / "home")
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) > 20
    for line in lines:
        name, *words = shlex.split(line)
        assert name == "songbridge"
        terminal.well(*words)
        terminal.wait(240)


def test_the_table_says_how_often_what_is_pressed() -> None:
    assert len(ROWS) == len(re.findall(r"^\| .*`/songbridge/.*\|$", PAGE, re.MULTILINE)) > 15


@pytest.mark.parametrize(("grid", "pad", "held", "command", "address"), ROWS)
def test_a_pad_a_command_and_an_address_do_the_same(
    grid: str, pad: str, held: str, command: str, address: str
) -> None:
    name, _, argument = command.partition(" ")
    assert name in ACTIONS
    where, _, said = address.partition(" ")
    assert (where, said.strip('"')) == (f"/songbridge/{name}", argument)
    assert where in osc_requests.ADDRESSES
    gesture = "hold" if held.endswith("held") else "press"
    assert command in bound(f"{grid}-8x8", f"pad.{pad}", gesture)
