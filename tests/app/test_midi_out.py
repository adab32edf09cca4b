"""Cues by MIDI on their way through the service: to the right output, into `monitor`, into status."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pytest

from bridge.app.daw_rows import daw_rows
from bridge.app.osc_out import PortsOut
from bridge.app.tapping import Taps
from bridge.daw.links import Links
from bridge.daw.midi import HOLD
from bridge.daw.midi_way import MidiWay
from bridge.daw.target import DawSettings
from bridge.messages import MidiOut
from bridge.moment import Moment
from bridge.ports.osc import OscPorts
from bridge.web.role import Traffic
from tests.standins.desk import SONG
from tests.standins.studio import Studio

DOWN, UP = bytes((0x90, 84, 127)), bytes((0x90, 84, 0))
LOGIC = DawSettings("midi", "Logic", midi=MidiWay())
CUBASE = DawSettings("midi", "Cubase", midi=MidiWay(output="loopMIDI", buttons=("user_a",)))


class Outputs:
    """What `bridge.ports.midi_cues.Cues` is, in the hand of the test."""

    def __init__(self) -> None:
        self.wanted: Collection[str] = ()
        self.sent: list[tuple[str, bytes]] = []
        self.faults: dict[str, str] = {}

    def want(self, outputs: Collection[str]) -> None:
        self.wanted = outputs

    def send(self, output: str, data: bytes) -> bool:
        self.sent.append((output, data))
        return True

    def is_open(self, output: str) -> bool:
        return output not in self.faults

    def fault(self, output: str) -> str:
        return self.faults.get(output, "")


@pytest.fixture
def ports() -> Iterator[OscPorts]:
    ports = OscPorts(lambda _message: None)
    yield ports
    ports.close()


def test_each_daw_has_its_output_and_none_a_socket(ports: OscPorts) -> None:
    outputs = Outputs()
    out = PortsOut(ports, Links([LOGIC, CUBASE]), midi=outputs)
    assert set(outputs.wanted) == {"", "loopMIDI"}
    out.cue("Cubase", MidiOut(DOWN))
    out.cue("Logic", MidiOut(UP))
    assert outputs.sent == [("loopMIDI", DOWN), ("", UP)]
    assert out.nobody_at("Logic") == ""


def test_an_output_that_can_t_be_opened_is_told(ports: OscPorts) -> None:
    outputs = Outputs()
    out = PortsOut(ports, Links([LOGIC, CUBASE]), midi=outputs)
    outputs.faults["loopMIDI"] = "no output port is called 'loopMIDI'"
    assert out.link_fault("Cubase") == "no output port is called 'loopMIDI'"
    assert out.link_fault("Logic") == ""


def test_a_new_configuration_gives_up_the_outputs_of_the_old(ports: OscPorts) -> None:
    outputs = Outputs()
    out = PortsOut(ports, Links([LOGIC]), midi=outputs)
    out.relink(Links([CUBASE]))
    assert set(outputs.wanted) == {"loopMIDI"}
    out.cue("Logic", MidiOut(DOWN))
    assert outputs.sent == []


def test_without_midi_what_goes_by_midi_is_lost_and_nothing_breaks(ports: OscPorts) -> None:
    out = PortsOut(ports, Links([LOGIC]))
    out.cue("Logic", MidiOut(DOWN))
    assert out.link_fault("Logic") == ""


def test_a_task_that_begins_presses_and_lets_go() -> None:
    studio = Studio([SONG], daws=(LOGIC,))
    studio.do("start")
    assert studio.osc.midi == [("Logic", DOWN)]
    studio.wait(HOLD + 0.01)
    assert studio.osc.midi == [("Logic", DOWN), ("Logic", UP)]
    (row,) = daw_rows(studio.session.links, studio.session.osc, studio.moment)
    assert isinstance(row, dict)
    assert (row["kind"], row["name"], row["state"]) == ("midi", "Logic", "unknown")


def test_the_monitor_shows_the_bytes_of_a_cue() -> None:
    taps, heard = Taps(now=lambda: Moment(1.0, 2.0)), list[Traffic]()
    taps.join(heard.append)
    taps.cue("Logic", MidiOut(DOWN))
    (one,) = heard
    assert (one.at, one.way, one.channel, one.who, one.data) == (
        2.0, "out", "cue", "Logic", "90 54 7f",
    )  # fmt: skip
    assert one.text
