"""MIDI ports looked at without a service: asked, told, and left as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge.cli import local_ports
from bridge.cli.local_ports import Sight, look
from bridge.errors import InvalidFile
from bridge.files.config import Config
from bridge.files.config_controllers import ControllerConfig
from bridge.files.home import Home
from bridge.ports import midi_inquiry
from bridge.ports.midi import MidiPorts
from bridge.ports.midi_api import MidiApi
from bridge.surface.identity import REQUEST
from tests.standins.command import Terminal
from tests.standins.emulators.apc import ApcMiniMk2
from tests.standins.emulators.device import Device
from tests.standins.emulators.launchpad import LaunchpadMiniMk3
from tests.standins.midi_twin import TwinMidi

MINI = "novation-launchpad-mini-mk3"
PADS = "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI 32:1"
AGAIN = "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI 36:1"
DAW = "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 DA 32:0"


class Mute:
    """A device that answers nothing."""

    def receive(self, data: bytes, at: float) -> list[bytes]:  # noqa: ARG002 - the role's
        return []

    def power_cycle(self) -> None:
        """Forget nothing."""


ODD: list[tuple[Device, str, str, str]] = [
    (LaunchpadMiniMk3(), "", "ok", "Novation Launchpad Mini MK3: ready"),
    (Mute(), "", "warn", "Mini MK3: ready, it did not answer the identity request"),
    (ApcMiniMk2(), "", "warn", "unknown, unknown device: it answers as Akai APC mini mk2"),
    (Mute(), "in", "bad", "Mini MK3: busy, in use by another program"),
]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(midi_inquiry, "PATIENCE", 0.02)
    monkeypatch.setattr(midi_inquiry, "AGAIN", 0.01)
    monkeypatch.setattr(midi_inquiry, "GRACE", 0.005)
    monkeypatch.setattr(local_ports, "_LOOK", 0.001)


@pytest.fixture
def twin() -> TwinMidi:
    return TwinMidi()


def seen(twin: MidiApi | str, home: Path, *configs: ControllerConfig) -> Sight:
    config = Config(controllers=configs or (ControllerConfig(),))
    return look(config, Home(home, home), lambda put, api: MidiPorts(put, api, find=lambda: twin))


def why(sight: Sight) -> dict[str, str]:
    return {str(row["name"]): str(row["why"]) for row in sight.rows if row["direction"] == "in"}


def test_who_is_there_is_asked_told_and_left_untouched(twin: TwinMidi, tmp_path: Path) -> None:
    twin.plug(PADS, LaunchpadMiniMk3())
    twin.plug(DAW, LaunchpadMiniMk3())
    twin.plug("Synth:Synth MIDI 1 20:0", Mute())
    sight = seen(twin, tmp_path)
    assert why(sight) == {
        PADS: "recognised as Novation Launchpad Mini MK3: by its name, "
        "and its answer F0 7E 00 06 02 00 20 29 13 01 00 00 00 04 06 02 F7",
        DAW: "belongs to the DAW: Novation Launchpad Mini MK3's other port",
        "Synth:Synth MIDI 1 20:0": "no profile fits its name; "
        "`songbridge learn --device` finds out what it has",
    }
    assert [out.sent for out in twin.opened_outs] == [[REQUEST]]
    assert twin.closed


def test_two_of_a_kind_are_both_recognised(twin: TwinMidi, tmp_path: Path) -> None:
    twin.plug(PADS, LaunchpadMiniMk3())
    twin.plug(AGAIN, LaunchpadMiniMk3())
    rows = [row for row in seen(twin, tmp_path).rows if row["direction"] == "in"]
    assert [row["controller"] for row in rows] == [MINI, f"{MINI}-2"]
    assert "Novation Launchpad Mini MK3 (2): by its name" in str(rows[1]["why"])


def test_no_midi_is_told(tmp_path: Path) -> None:
    sight = seen("the ALSA sequencer is missing", tmp_path)
    assert (sight.ports, sight.no_midi) == ([], "no MIDI: the ALSA sequencer is missing")


def test_a_wrong_configuration_is_told(twin: TwinMidi, tmp_path: Path) -> None:
    (tmp_path / "controllers").mkdir()
    (tmp_path / "controllers" / f"{MINI}.toml").write_text("id = 5\n", encoding="utf-8")
    with pytest.raises(InvalidFile, match=r"mini-mk3\.toml"):
        seen(twin, tmp_path)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose ports are free for certain."""
    text = '[osc]\nlisten = "127.0.0.1:0"\n[http]\nlisten = "127.0.0.1:0"\n'
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("odd", ODD, ids=["well", "silent", "another", "held"])
def test_doctor_says_what_is_odd_and_what_to_do(
    monkeypatch: pytest.MonkeyPatch, home: Path, odd: tuple[Device, str, str, str]
) -> None:
    device, held, level, what = odd
    twin = TwinMidi()
    twin.plug(PADS, device)
    twin.held = held
    monkeypatch.setattr(local_ports, "look", lambda _config, _home: seen(twin, home))
    said = Terminal(home)("doctor", "--json").json["findings"]
    (finding,) = [row for row in said if what in row["what"]]
    assert finding["level"] == level
    assert bool(finding["mend"]) is (level != "ok")


@pytest.mark.parametrize(
    ("api", "mend"), [("jack", "hardware comes to JACK over a bridge only"), ("alsa", "by itself")]
)
def test_without_any_port_doctor_names_the_system_and_says_what_to_plug_in(
    monkeypatch: pytest.MonkeyPatch, home: Path, api: str, mend: str
) -> None:
    twin = TwinMidi(api)
    monkeypatch.setattr(local_ports, "look", lambda _config, _home: seen(twin, home))
    assert "plug a controller in; `songbridge doctor`" in Terminal(home).well("ports")
    said = Terminal(home)("doctor", "--json").json["findings"]
    (finding,) = [row for row in said if row["what"].startswith(f"MIDI works, by {api}, but no ")]
    assert finding["level"] == "warn"
    assert finding["mend"].startswith("plug one in")
    assert mend in finding["mend"]


def test_with_ports_doctor_names_the_system_and_counts_them(
    monkeypatch: pytest.MonkeyPatch, twin: TwinMidi, home: Path
) -> None:
    twin.plug("Synth:Synth MIDI 1 20:0", Mute())
    monkeypatch.setattr(local_ports, "look", lambda _config, _home: seen(twin, home))
    assert "MIDI works, by alsa: 2 ports; `songbridge ports` lists" in Terminal(home)("doctor").out


@pytest.mark.parametrize("columns", ["40", "80", "400"])
def test_names_and_reasons_are_whole_in_a_terminal_of_any_width(
    monkeypatch: pytest.MonkeyPatch, twin: TwinMidi, home: Path, columns: str
) -> None:
    twin.plug(PADS, LaunchpadMiniMk3())
    twin.plug("Synth:Synth MIDI 1 20:0", Mute())
    monkeypatch.setattr(local_ports, "look", lambda _config, _home: seen(twin, home))
    monkeypatch.setenv("COLUMNS", columns)
    said = Terminal(home).well("ports")
    assert (
        sum(line.rstrip().endswith(PADS) or f"{PADS} " in line for line in said.splitlines()) == 2
    )
    words = " ".join(said.split())
    assert f"{MINI}" in words
    assert "F0 7E 00 06 02 00 20 29 13 01 00 00 00 04 06 02 F7" in words
    assert words.count("no profile fits its name") == 2
