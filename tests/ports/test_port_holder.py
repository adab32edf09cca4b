"""Who holds a port, by what the tools of macOS and Windows print."""

from __future__ import annotations

import sys

import pytest

from bridge.ports import port_holder
from bridge.ports.port_holder import Holder

LSOF = [
    "p401", "cREAPER", "f31", "n127.0.0.1:8000->127.0.0.1:9000",
    "p77", "cTouchOSC Bridge", "f5", "n*:9000", "f6", "n[::]:9000",
]  # fmt: skip
NETSTAT = [
    "",
    "Active Connections",
    "  Proto  Local Address          Foreign Address        State           PID",
    "  UDP    0.0.0.0:9000           *:*                                    4211",
    "  UDP    127.0.0.1:19000        *:*                                    5",
    "  UDP    [::]:9000              *:*                                    4211",
]
TASKS = ['"reaper.exe","4211","Console","1","210,000 K"']


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    printed = {"lsof": LSOF, "netstat": NETSTAT, "tasklist": TASKS}
    monkeypatch.setattr(port_holder, "_told", lambda *command: printed[command[0]])
    return monkeypatch


def test_on_macos_whoever_only_sends_to_a_port_does_not_hold_it(tools: pytest.MonkeyPatch) -> None:
    tools.setattr(sys, "platform", "darwin")
    assert port_holder.holders(9000) == (Holder("TouchOSC Bridge", 77),)


def test_on_windows_the_holder_is_named_by_its_process(tools: pytest.MonkeyPatch) -> None:
    tools.setattr(sys, "platform", "win32")
    assert port_holder.holders(9000) == (Holder("reaper.exe", 4211),)
