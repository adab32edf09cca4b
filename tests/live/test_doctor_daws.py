"""`doctor` without a service: DAWs are asked over real sockets, and a port's holder is named."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from bridge.app import daw_findings, daw_probe
from bridge.daw.target import DawSettings
from bridge.ports import port_holder
from tests.standins.ableton import AbletonCore
from tests.standins.ableton_udp import AbletonStandIn
from tests.standins.command import Terminal
from tests.standins.reaper import ReaperCore, ReaperStandIn
from tests.standins.reaper_web import ReaperWeb, ReaperWebStandIn

pytestmark = pytest.mark.live

QUIET = '[osc]\nlisten = "127.0.0.1:0"\n[http]\nlisten = "127.0.0.1:0"\n'


def findings(tmp_path: Path, daws: str) -> list[dict[str, str]]:
    terminal = Terminal(tmp_path / "home", HOME=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path))
    terminal.home.mkdir()
    (terminal.home / "config.toml").write_text(QUIET + daws, encoding="utf-8")
    rows: list[dict[str, str]] = terminal("doctor", "--json").json["findings"]
    return rows


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def test_a_live_that_answers_and_one_whose_port_is_taken_are_told_apart(tmp_path: Path) -> None:
    ear = free_port()
    with (
        AbletonStandIn(ear, AbletonCore()) as live,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other,
    ):
        other.bind(("127.0.0.1", 0))
        taken = other.getsockname()[1]
        rows = findings(
            tmp_path,
            f'[[daw]]\nkind = "ableton"\nhost = "127.0.0.1:{live.port}"\nlisten = "127.0.0.1:{ear}"\n'
            f'[[daw]]\nkind = "bitwig"\nlisten = "127.0.0.1:{taken}"\n',
        )
    (answers,) = [row for row in rows if row["what"].startswith("ableton: ")]
    assert answers["what"].startswith("ableton: ready, Live ")
    (held,) = [row for row in rows if row["what"].startswith("bitwig: ")]
    assert f"port {taken}, where it answers to, is held by" in held["what"]
    assert (held["level"], "close that program" in held["mend"]) == ("bad", True)


def test_a_bitwig_that_says_nothing_is_silent_and_its_menu_is_named() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mute:
        mute.bind(("127.0.0.1", 0))
        port, ear = mute.getsockname()[1], free_port()
        rows, settings = daw_probe.ask([DawSettings("bitwig", port=port, listen_port=ear)], 0.4)
    (one,) = daw_findings.told(rows, settings)
    assert (one["level"], str(one["what"])[:16]) == ("warn", "bitwig: silent, ")
    assert f"receive on {port}, Port to send to {ear}" in str(one["mend"])


def test_a_reaper_that_is_well_is_not_said_to_be_without_colours() -> None:
    ear, core = free_port(), ReaperCore()
    with (
        ReaperStandIn(0, ("127.0.0.1", ear), core) as reaper,
        ReaperWebStandIn(ReaperWeb(core, latency=0.0)) as web,
    ):
        daw = DawSettings(
            "reaper", port=reaper.port, listen_port=ear, web_host="127.0.0.1", web_port=web.port
        )
        rows, settings = daw_probe.ask([daw])
    (one,) = daw_findings.told(rows, settings)
    assert one["level"] == "ok"
    assert "markers with names and colours" in str(one["what"])


@pytest.mark.needs("linux")
def test_the_program_that_holds_a_port_is_named() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        (holder,) = port_holder.holders(sock.getsockname()[1])
    assert holder.pid == os.getpid()
    assert f"(process {os.getpid()})" in str(holder)
    assert port_holder.holders(free_port()) == ()
