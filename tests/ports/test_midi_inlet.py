"""What a DAW tells by MIDI comes in at our own port, thinned out, and comes back with the system."""

from __future__ import annotations

from bridge.daw.midi_way import CUES
from bridge.errors import Unavailable
from bridge.moment import Moment
from bridge.ports.midi_api import Health, InPort, Receive
from bridge.ports.midi_inlet import SIGN, Inlet
from bridge.ports.midi_patchbay import Patchbay
from tests.standins.midi_twin import TwinIn, TwinMidi

PLAY = bytes((0x90, 94, 127))
METER, DISPLAY = bytes((0xD0, 0x12)), bytes((0xF0, 0, 0, 0x66, 0x14, 0x12, 0, 65, 0xF7))
OWN = ""


class Desk:
    """A patchbay over a system in the hand of the test, and what its own port heard."""

    def __init__(self) -> None:
        self.system, self.heard = TwinMidi(), list[bytes]()
        self.bay = Patchbay(lambda: self.system, lambda _event: None, keep=False)
        self.bay.cues.hears = lambda data, _at: self.heard.append(data)

    def want(self, *outputs: str) -> None:
        self.bay.cues.want(outputs)
        self.bay.tick()

    def ins(self) -> list[TwinIn]:
        return [one for one in self.system.opened_ins if not one.closed]

    def tell(self, data: bytes) -> None:
        for one in self.ins():
            one.receive((list(data), 0.0), None)


def test_beside_our_output_is_an_input_of_its_name_as_long_as_it_is_wanted() -> None:
    desk = Desk()
    desk.want()
    assert desk.ins() == []
    desk.want(OWN)
    desk.bay.tick()
    assert [one.port.name for one in desk.ins()] == [CUES]
    desk.tell(PLAY)
    assert desk.heard == [PLAY]
    desk.want("loopMIDI")
    assert desk.ins() == []
    desk.bay.close()


def test_the_port_ends_with_the_patchbay() -> None:
    desk = Desk()
    desk.want(OWN)
    desk.bay.close()
    assert desk.ins() == []


def test_it_comes_back_with_the_midi_system() -> None:
    desk = Desk()
    desk.want(OWN)
    desk.system.now = Health.GONE
    desk.bay.tick()
    desk.system = TwinMidi()
    desk.bay.tick()
    desk.tell(PLAY)
    assert desk.heard == [PLAY]
    desk.bay.close()


class Windows(TwinMidi):
    """A system without virtual ports that counts how often it is asked for one."""

    asked = 0

    def open_virtual_input(self, name: str, receive: Receive) -> InPort:
        self.asked += 1
        raise Unavailable(f"{name} can't be made for {receive}")


def test_a_system_without_virtual_ports_is_asked_once() -> None:
    system, inlet = Windows(), Inlet(CUES, lambda _data, _at: None)
    inlet.serve(system)
    inlet.serve(system)
    assert system.asked == 1
    inlet.lose()
    inlet.serve(system)
    assert system.asked == 2
    inlet.close()


def test_of_displays_and_meters_one_a_second_goes_on_and_all_of_the_transport() -> None:
    system, heard, at = TwinMidi(), list[bytes](), [0.0]
    inlet = Inlet(CUES, lambda data, _at: heard.append(data), lambda: Moment(at[0], 0.0))
    inlet.serve(system)
    (port,) = system.opened_ins
    for _ in range(1000):
        for data in (DISPLAY, METER, PLAY):
            port.receive((list(data), 0.0), None)
        at[0] += SIGN / 100
    assert heard.count(PLAY) == 1000
    assert len(heard) - 1000 == 10
    assert max(len(data) for data in heard) == 3
    inlet.close()
    assert port.closed
