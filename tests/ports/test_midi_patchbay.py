"""What is open for whom, tick by tick, on a MIDI system in memory."""

from __future__ import annotations

import queue
import threading
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from bridge.messages import MidiIn
from bridge.moment import Moment
from bridge.ports import midi_outlet
from bridge.ports.midi import MidiPorts
from bridge.ports.midi_api import Health
from bridge.ports.midi_events import (
    MISSED,
    UNWANTED,
    DeviceState,
    MidiEvent,
    MidiState,
    PortDown,
    PortInfo,
    PortUp,
    Repaint,
    Wanted,
)
from bridge.ports.midi_patchbay import HEALING, Patchbay
from bridge.ports.midi_thru import Thru, Uses
from bridge.surface.identity import REQUEST, Judgement
from bridge.surface.sysex import patterns
from tests.standins.midi_twin import TwinMidi

AT = Moment(1.0, 2.0)
PADS = "Launchpad:MIDI 32:1"
AGAIN = "Launchpad:MIDI 36:1"
SOON = 5.0
Event = TypeVar("Event", MidiIn, MidiState, PortDown, PortUp, Repaint)


def ours(name: str) -> bool:
    return "Launchpad" in name


def wanted(
    key: str = "pads", enter: tuple[bytes, ...] = (), leave: tuple[bytes, ...] = ()
) -> Wanted:
    return Wanted(key, ours, ours, enter, leave)


class Table:
    """A patchbay on a twin, with its inbox."""

    def __init__(self, *specs: Wanted, thru: Thru | None = None) -> None:
        self.midi: TwinMidi | str = TwinMidi()
        self.moment = AT
        self.inbox: queue.SimpleQueue[MidiEvent] = queue.SimpleQueue()
        self.bay = Patchbay(
            lambda: self.midi, self.inbox.put, keep=False, clock=lambda: self.moment, thru=thru
        )
        self.bay.want(specs or [wanted()])

    @property
    def twin(self) -> TwinMidi:
        assert isinstance(self.midi, TwinMidi)
        return self.midi

    def next(self, kind: type[Event]) -> Event:
        """Take events until one of `kind` comes."""
        while True:
            event = self.inbox.get(timeout=SOON)
            if isinstance(event, kind):
                return event

    def quiet(self) -> bool:
        return self.inbox.empty()


def test_no_midi_at_all_is_a_state_with_a_reason_told_once() -> None:
    table = Table()
    table.midi = "the ALSA sequencer is missing"
    table.bay.tick()
    table.bay.tick()
    assert table.next(MidiState) == MidiState("", "none", "no MIDI: the ALSA sequencer is missing")
    assert table.quiet()
    assert table.bay.states()["pads"].reason.startswith("no MIDI")


def test_midi_that_comes_later_is_taken() -> None:
    table = Table()
    twin, table.midi = table.twin, "no JACK server answers"
    table.bay.tick()
    table.midi = twin
    twin.plug(PADS)
    table.bay.tick()
    assert table.next(PortUp) == PortUp("pads", PADS, PADS, AT)


def test_a_device_is_opened_entered_and_told() -> None:
    table = Table(wanted(enter=(b"enter",)))
    table.twin.plug(PADS)
    table.bay.tick()
    table.next(PortUp)
    assert table.twin.opened_outs[0].sent == [b"enter"]
    assert table.bay.states() == {"pads": DeviceState(PADS, "ready")}
    assert table.bay.ports() == [PortInfo(PADS, "in", "pads"), PortInfo(PADS, "out", "pads")]


def test_two_equal_devices_are_told_by_the_names_that_the_system_lists() -> None:
    table = Table(wanted("one"), wanted("two"))
    table.midi = TwinMidi("jack")
    names = ["Launchpad (capture):MIDI", "Launchpad (capture)-01:MIDI"]
    for name in names:
        table.twin.plug(name)
    table.bay.tick()
    up = [table.next(PortUp) for _ in names]
    assert {(one.key, one.input, one.output) for one in up} == {
        (key, name, name) for key, name in zip(("one", "two"), names, strict=True)
    }
    assert [state.name for state in table.bay.states().values()] == names
    assert [port.name for port in table.bay.ports() if port.direction == "in"] == names


def test_what_it_sends_arrives() -> None:
    table = Table()
    table.twin.plug(PADS)
    table.bay.tick()
    table.twin.opened_ins[0].receive(([0x90, 1, 2], 0.0), None)
    assert table.next(MidiIn) == MidiIn("pads", b"\x90\x01\x02", AT)


def test_a_device_that_is_there_is_opened_once() -> None:
    table = Table()
    table.twin.plug(PADS)
    for _ in range(3):
        table.bay.tick()
    table.next(PortUp)
    assert (len(table.twin.opened_ins), len(table.twin.opened_outs)) == (1, 1)
    assert table.quiet()


def test_an_unplugged_device_is_closed_told_and_found_under_another_number() -> None:
    table = Table(wanted(enter=(b"enter",), leave=(b"leave",)))
    table.twin.plug(PADS)
    table.bay.tick()
    table.next(PortUp)
    table.twin.unplug(PADS)
    table.bay.tick()
    assert table.next(PortDown) == PortDown("pads", "unplugged", AT)
    assert table.twin.opened_ins[0].closed
    assert table.twin.opened_outs[0].closed
    assert table.bay.states()["pads"].state == "absent"
    table.twin.plug(AGAIN)
    table.bay.tick()
    table.next(PortUp)
    assert [out.sent for out in table.twin.opened_outs] == [[b"enter"], [b"enter"]]


def test_a_connection_that_was_cut_in_silence_is_made_again() -> None:
    table = Table()
    table.twin.plug(PADS)
    table.bay.tick()
    table.next(PortUp)
    table.twin.opened_ins[0].cut = True
    table.bay.tick()
    table.next(PortDown)
    table.next(PortUp)
    assert len(table.twin.opened_ins) == 2


def test_an_output_that_refuses_has_the_device_opened_anew() -> None:
    table = Table()
    table.twin.plug(PADS)
    table.bay.tick()
    table.next(PortUp)
    table.twin.opened_outs[0].refuses = True
    device = table.bay.device("pads")
    assert device is not None
    assert device.output is not None
    device.output.send([b"x"])
    assert device.output.ended(SOON)
    assert table.bay.states()["pads"].reason == "it takes nothing"
    table.bay.tick()
    assert table.next(PortDown).reason == "it takes nothing"
    table.next(PortUp)


def test_an_output_that_appears_late_joins_and_enters_the_session() -> None:
    table = Table(wanted(enter=(b"enter",)))
    table.twin.ins.append(PADS)
    table.bay.tick()
    assert table.next(PortUp).output == ""
    table.bay.tick()
    assert table.quiet()
    table.twin.outs.append(PADS)
    table.bay.tick()
    assert table.next(PortUp).output == PADS
    assert table.twin.opened_outs[0].sent == [b"enter"]
    assert len(table.twin.opened_ins) == 1


def test_a_device_that_is_asked_is_not_connected_before_its_output_had_time_to_come() -> None:
    late = Table(replace(wanted(), judge=lambda _reply: Judgement("own"), answers=True))
    late.twin.ins.append(PADS)
    late.bay.tick()
    late.next(MidiState)
    assert late.quiet()
    late.bay.tick()
    assert late.next(PortUp).output == ""


def test_an_output_that_goes_alone_takes_the_device_down() -> None:
    table = Table()
    table.twin.plug(PADS)
    table.bay.tick()
    table.next(PortUp)
    table.twin.outs.clear()
    table.bay.tick()
    table.next(PortDown)
    assert table.next(PortUp).output == ""


def test_a_port_in_use_is_told_in_the_state_and_tried_again() -> None:
    table = Table()
    table.twin.plug(PADS)
    table.twin.held = "pads in"
    table.bay.tick()
    assert table.bay.states()["pads"] == DeviceState("", "busy", "in use by another program")
    table.twin.held = ""
    table.bay.tick()
    table.next(PortUp)
    assert table.bay.states()["pads"].state == "ready"


def test_an_output_in_use_leaves_the_input_working() -> None:
    table = Table()
    table.twin.plug(PADS)
    table.twin.held = "pads out"
    table.bay.tick()
    assert table.next(PortUp).output == ""
    table.twin.held = ""
    table.bay.tick()
    assert table.next(PortUp).output == PADS


def test_two_like_devices_go_to_two_controllers_and_stay_there() -> None:
    table = Table(wanted("left"), wanted("right"))
    table.twin.plug(PADS)
    table.twin.plug(AGAIN)
    table.bay.tick()
    assert {p.name: p.opened_by for p in table.bay.ports()} == {PADS: "left", AGAIN: "right"}
    table.twin.unplug(PADS)
    table.bay.tick()
    assert table.next(PortDown).key == "left"
    table.twin.plug(PADS)
    table.bay.tick()
    assert {p.name: p.opened_by for p in table.bay.ports()} == {PADS: "left", AGAIN: "right"}


def test_of_two_ports_with_one_name_both_are_opened_anew_when_one_goes() -> None:
    table = Table(wanted("left"), wanted("right"))
    table.twin.name = "coremidi"
    table.twin.plug("Launchpad")
    table.twin.plug("Launchpad")
    table.bay.tick()
    table.twin.unplug("Launchpad")
    table.bay.tick()
    assert {table.next(PortDown).key, table.next(PortDown).key} == {"left", "right"}
    assert [port.opened_by for port in table.bay.ports()] == ["left", "left"]


def test_a_system_that_has_ended_is_abandoned_and_looked_for_anew() -> None:
    table = Table(wanted(leave=(b"leave",)))
    old = table.twin
    old.plug(PADS)
    table.bay.tick()
    table.next(PortUp)
    old.now = Health.GONE
    table.bay.tick()
    assert "ended" in table.next(PortDown).reason
    assert table.next(MidiState).state == "none"
    assert (old.abandoned, old.closed, old.opened_ins[0].closed) == (True, False, False)
    assert old.opened_outs[0].sent == []
    table.midi = TwinMidi()
    table.twin.plug(PADS)
    table.bay.tick()
    table.next(PortUp)


def test_a_system_that_stalls_is_left_alone() -> None:
    table = Table()
    table.twin.plug(PADS)
    table.bay.tick()
    table.next(PortUp)
    table.twin.now = Health.STALLED
    table.twin.unplug(PADS)
    table.bay.tick()
    assert table.next(MidiState).state == "stalled"
    assert table.quiet()
    table.twin.now = Health.RUNNING
    table.bay.tick()
    table.next(PortDown)


def test_after_a_loss_every_device_with_an_output_is_to_be_painted_anew() -> None:
    table = Table(wanted("left"), wanted("right"))
    table.twin.plug(PADS)
    table.twin.ins.append(AGAIN)
    table.bay.tick()
    table.twin.missing = True
    table.bay.tick()
    assert table.next(Repaint) == Repaint("left", AT, MISSED)
    table.bay.close()
    assert table.next(PortDown).key == "left"
    assert table.next(PortDown).key == "right"


@pytest.mark.parametrize(
    ("lost", "healed"),
    [({1}, [1, 3]), ({1, 2}, [1, 3, 5]), ({0, 1, 2, 3, 4, 5}, [0, 2, 4, 6, 8])],
    ids=["once", "again before the second painting", "for some time"],
)
def test_a_loss_is_healed_at_once_and_again_for_what_was_lost_after_the_news(
    lost: set[int], healed: list[int]
) -> None:
    table = Table()
    table.twin.plug(PADS)
    for tick in range(12):  # two in `HEALING`
        table.moment = AT.later(tick * HEALING / 2)
        table.twin.missing = tick in lost
        table.bay.tick()
        if tick in healed:
            assert table.next(Repaint).at == table.moment
    table.bay.close()
    table.next(PortDown)
    assert table.quiet()


def test_nothing_is_painted_anew_while_nothing_is_lost() -> None:
    table = Table()
    table.twin.plug(PADS)
    for _ in range(3):
        table.bay.tick()
    table.next(PortUp)
    table.bay.close()
    table.next(PortDown)
    assert table.quiet()


def test_what_is_not_wanted_any_more_is_left_politely() -> None:
    table = Table(wanted(leave=(b"leave",)))
    table.twin.plug(PADS)
    table.bay.tick()
    table.next(PortUp)
    table.bay.want([])
    table.bay.tick()
    table.next(PortDown)
    assert table.twin.opened_outs[0].sent == [b"leave"]


def test_closing_leaves_every_device_and_the_system() -> None:
    table = Table(wanted(leave=(b"leave",)))
    table.twin.plug(PADS)
    table.bay.tick()
    table.bay.close()
    table.bay.close()
    assert table.twin.opened_outs[0].sent == [b"leave"]
    assert table.twin.opened_ins[0].closed
    assert table.twin.opened_outs[0].closed
    assert table.twin.closed


def test_closing_on_a_system_that_does_not_run_touches_nothing() -> None:
    table = Table(wanted(leave=(b"leave",)))
    table.twin.plug(PADS)
    table.bay.tick()
    table.next(PortUp)
    table.twin.now = Health.STALLED
    table.bay.close()
    assert table.twin.abandoned
    assert not table.twin.closed


@pytest.fixture
def twin() -> TwinMidi:
    return TwinMidi()


def test_the_ports_can_be_listed_without_a_watcher(twin: TwinMidi) -> None:
    twin.plug(PADS)
    ports = MidiPorts(queue.SimpleQueue[MidiEvent]().put, find=lambda: twin)
    assert [port.name for port in ports.ports()] == [PADS, PADS]
    ports.close()
    assert twin.closed


def test_the_watcher_survives_whatever_a_driver_throws(
    twin: TwinMidi, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    inbox: queue.SimpleQueue[MidiEvent] = queue.SimpleQueue()
    twin.plug(PADS)
    lists = iter([ZeroDivisionError] * 3)
    states = list[MidiState]()

    def inputs() -> list[str]:
        states.append(ports.state())
        if (error := next(lists, None)) is not None:
            raise error
        return twin.ins

    monkeypatch.setattr(twin, "inputs", inputs)
    ports = MidiPorts(inbox.put, find=lambda: twin, period=0.0)
    ports.want([wanted()])
    ports.start()
    while not isinstance(inbox.get(timeout=SOON), PortUp):
        pass
    why = "looking for MIDI ports failed (ZeroDivisionError); it is tried again"
    assert states[1:4] == [MidiState("alsa", "stalled", why)] * 3
    while ports.state() != MidiState("alsa", "ready"):
        pass
    assert len(caplog.records) == 1
    assert ports.send("pads", [b"x"])
    assert not ports.send("nobody", [b"x"])
    ports.nudge("pads")
    ports.close()
    assert twin.closed


# --- wishes that change while a device is open ----------------------------------------------------


class Painted:
    """A source that has one message, and darkness."""

    def __init__(self, *messages: bytes) -> None:
        self.messages, self.asked = list(messages), threading.Event()

    def due(self, _moment: Moment) -> list[bytes]:
        sent, self.messages = self.messages, []
        self.asked.set()
        return sent

    def wake(self) -> float | None:
        return None

    def blank(self) -> None:
        self.messages = [b"dark"]


def opened(spec: Wanted) -> Table:
    table = Table(spec)
    table.twin.plug(PADS)
    table.bay.tick()
    table.next(PortUp)
    return table


def followed(table: Table, spec: Wanted) -> bool:
    """Wish for another; tell whether the device stayed open, with nothing left or entered."""
    table.bay.want([spec])
    table.bay.tick()
    return not table.twin.opened_ins[0].closed


def test_what_lies_above_the_wire_changes_while_the_device_stays_open() -> None:
    old, new = Painted(b"old"), Painted(b"new")
    before = replace(wanted(enter=(b"enter",), leave=(b"leave",)), source=old)
    table = opened(before)
    assert old.asked.wait(SOON)
    known = frozenset({0x90 << 7 | 1})
    after = replace(
        before,
        source=new,
        known=known,
        sure=True,
        more=True,
        uses=Uses({0x90 << 7 | 1}),
    )
    assert followed(table, after)
    assert new.asked.wait(SOON)
    table.twin.opened_ins[0].receive(([0x90, 2, 2], 0.0), None)
    table.twin.opened_ins[0].receive(([0x90, 1, 2], 0.0), None)
    assert table.next(MidiIn).data == b"\x90\x01\x02"
    table.bay.close()
    assert table.twin.opened_outs[0].sent == [b"enter", b"old", b"new", b"leave"]
    assert table.next(PortDown).reason == "Songbridge ends"
    assert table.quiet()


@pytest.mark.parametrize(
    "change",
    [
        {"matches_in": lambda name: "MIDI" in name},
        {"matches_out": lambda name: "MIDI" in name},
        {"enter": (b"in",)},
        {"leave": (b"out",)},
        {"settle": 0.001},
        {"gap": 0.001},
        {"burst": 3},
        {"renew_on": patterns("F0 01 F7")},
        {"lamps": "others"},
        {"kind": "another"},
        {"answers": True},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_lies_on_the_wire_has_the_device_left_politely_and_opened_anew(
    change: dict[str, Any],
) -> None:
    before = wanted(enter=(b"enter",), leave=(b"leave",))
    table = opened(before)
    assert not followed(table, replace(before, **change))
    assert table.next(PortDown).reason == UNWANTED
    table.next(PortUp)
    assert table.twin.opened_outs[0].sent == [b"enter", b"leave"]
    assert len(table.twin.opened_outs) == 2


def test_a_device_is_asked_again_when_what_it_answered_means_another_now() -> None:
    reply = bytes.fromhex("F0 7E 00 06 02 01 F7")
    own = replace(wanted(), judge=lambda _reply: Judgement("own", "Pads"), answers=True)
    table = Table(own)
    table.twin.plug(PADS, Answers(reply))
    table.bay.tick()
    table.next(PortUp)
    assert followed(table, replace(own, judge=lambda _reply: Judgement("own", "Pads")))
    assert not followed(table, replace(own, judge=lambda _reply: Judgement("nobody")))


def test_a_device_is_asked_when_another_kind_may_be_there_now() -> None:
    mine = replace(wanted(), judge=lambda _reply: Judgement("nobody"), kind="mine")
    other = replace(mine, key="other", kind="other", answers=True)
    table = opened(mine)
    table.bay.want([mine, other])
    table.bay.tick()
    assert table.next(PortDown).key == "pads"


class Answers:
    """A device that answers the identity request."""

    def __init__(self, reply: bytes) -> None:
        self.reply = reply

    def receive(self, data: bytes, _at: float) -> list[bytes]:
        return [self.reply] if data == REQUEST else []


def test_the_way_to_the_daw_goes_by_what_another_layout_uses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(midi_outlet, "END", 20.0)  # what waits is to be out, however late
    table = Table(replace(wanted(), uses=Uses({0xB0 << 7 | 1})), thru=Thru())
    table.twin.plug(PADS)
    table.bay.tick()
    table.next(PortUp)
    assert followed(table, replace(wanted(), uses=Uses({0xB0 << 7 | 2})))
    for number in (1, 2):
        table.twin.opened_ins[0].receive(([0xB0, number, 3], 0.0), None)
    (out,) = (one for one in table.twin.opened_outs if one.port.raw == "Songbridge Thru")
    table.bay.close()
    assert out.sent == [b"\xb0\x01\x03"]
