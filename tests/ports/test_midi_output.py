"""The thread of an output: session, painting, darkness, leaving."""

from __future__ import annotations

import logging
import threading
from queue import SimpleQueue

import pytest

from bridge.moment import Moment, now
from bridge.ports import midi_output
from bridge.ports.midi_api import Port
from bridge.ports.midi_device import Device
from bridge.ports.midi_events import MISSED, Source, Wanted
from bridge.ports.midi_output import ENTERING, Output
from tests.standins.midi_twin import TwinIn, TwinOut

HERE = Port("A", 0, "A")
SOON = 5.0


class Scripted:
    """A source that has what it is given, and one message when it is to be dark."""

    def __init__(self, *messages: bytes) -> None:
        self.waiting = list(messages)
        self.told = threading.Event()

    def due(self, moment: Moment) -> list[bytes]:
        assert moment.mono > 0
        now, self.waiting = self.waiting, []
        self.told.set()
        return now

    def wake(self) -> float | None:
        return 0.0 if self.waiting else None

    def blank(self) -> None:
        self.waiting = [b"dark"]


class Restless(Scripted):
    """A source that never comes to rest."""

    def wake(self) -> float | None:
        return 0.0


def run(
    port: TwinOut, source: Source | None = None, settle: float = 0.0
) -> tuple[Output, threading.Event, list[str]]:
    ready, broken = threading.Event(), list[str]()
    spec = Wanted("pads", bool, bool, (b"enter",), (b"leave",), settle, source=source)
    output = Output(spec, port, ready.set, broken.append)
    output.start()
    return output, ready, broken


def test_the_session_is_entered_before_anything_is_painted() -> None:
    port, source = TwinOut(HERE), Scripted(b"light")
    output, ready, _ = run(port, source, settle=0.001)
    assert ready.wait(SOON)
    assert source.told.wait(SOON)
    output.leave()
    assert output.ended(SOON)
    assert port.sent == [b"enter", b"light", b"dark", b"leave"]


def test_a_loss_right_after_the_session_was_entered_has_it_entered_again() -> None:
    assert entered_after_a_loss(ENTERING - 0.1) == [b"enter", b"enter", b"leave"]


def test_a_later_loss_leaves_the_session_as_it_is() -> None:
    assert entered_after_a_loss(ENTERING) == [b"enter", b"leave"]


def entered_after_a_loss(later: float) -> list[bytes]:
    """Lose something `later` seconds after the session was entered; return what was sent."""
    port, ready, renewed = TwinOut(HERE), threading.Event(), SimpleQueue[str]()
    moments = [Moment(10.0, 0.0)]
    spec = Wanted("pads", bool, bool, (b"enter",), (b"leave",))
    output = Output(
        spec, port, ready.set, list[str]().append, lambda: moments[-1], renewed=renewed.put
    )
    output.start()
    assert ready.wait(SOON)
    moments.append(moments[0].later(later))
    output.renew()
    assert renewed.get(timeout=SOON) == MISSED
    output.leave()
    assert output.ended(SOON)
    return port.sent


def test_a_nudge_has_the_source_asked_again() -> None:
    port, source = TwinOut(HERE), Scripted()
    output, _, _ = run(port, source)
    assert source.told.wait(SOON)
    source.told.clear()
    source.waiting = [b"new"]
    output.nudge()
    assert source.told.wait(SOON)
    output.leave()
    assert output.ended(SOON)
    assert b"new" in port.sent


def test_direct_messages_go_out_in_order() -> None:
    port = TwinOut(HERE)
    output, ready, _ = run(port)
    assert ready.wait(SOON)
    output.send([b"one", b"two"])
    output.leave()
    assert output.ended(SOON)
    assert port.sent[0] == b"enter"
    assert port.sent[-1] == b"leave"
    assert [m for m in port.sent if m in (b"one", b"two")] in ([], [b"one", b"two"])


def test_an_output_that_is_cut_sends_no_farewell() -> None:
    port, source = TwinOut(HERE), Scripted()
    output, ready, _ = run(port, source)
    assert ready.wait(SOON)
    output.cut()
    assert output.ended(SOON)
    assert port.sent == [b"enter"]


class Telling(TwinOut):
    """An output that tells when something was sent."""

    def __init__(self, at: Port) -> None:
        super().__init__(at)
        self.told = threading.Event()

    def send(self, message: bytes) -> None:
        super().send(message)
        self.told.set()


def test_a_device_that_needs_it_rests_after_each_message_of_its_session() -> None:
    port = Telling(HERE)
    spec = Wanted("pads", bool, bool, (b"one", b"two"), gap=60.0)
    output = Output(spec, port, lambda: None, list[str]().append)
    output.start()
    assert port.told.wait(SOON)
    output.cut()
    assert output.ended(SOON)
    assert port.sent == [b"one"]


def test_leaving_does_not_wait_until_a_device_has_settled() -> None:
    port = TwinOut(HERE)
    output, ready, _ = run(port, settle=3600.0)
    output.leave()
    assert output.ended(SOON)
    assert not ready.is_set()
    assert port.sent == [b"enter", b"leave"]


def test_a_source_that_never_rests_does_not_keep_the_device_from_being_left() -> None:
    port = TwinOut(HERE)
    output, ready, _ = run(port, Restless())
    assert ready.wait(SOON)
    output.leave()
    assert output.ended(SOON)
    assert port.sent[-1] == b"leave"


class Defective(Scripted):
    """A source that fails as often as it was told to."""

    def __init__(self, times: int) -> None:
        super().__init__(b"light")
        self.left = times
        self.failed = threading.Event()

    def due(self, moment: Moment) -> list[bytes]:
        if self.left:
            self.left -= 1
            self.failed.set()
            raise ZeroDivisionError
        return super().due(moment)


def test_a_defect_in_a_source_is_logged_once_shown_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(midi_output, "AFTER_DEFECT", 0.0)
    port, source = TwinOut(HERE), Defective(3)
    output, _, broken = run(port, source)
    assert source.told.wait(SOON)
    output.leave()
    assert output.ended(SOON)
    assert port.sent == [b"enter", b"light", b"dark", b"leave"]
    assert (output.fault, broken) == ("", [])
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_a_device_whose_lights_fail_is_in_trouble_and_left_in_order() -> None:
    port, source = TwinOut(HERE), Defective(1_000_000)
    spec = Wanted("pads", bool, bool, (b"enter",), (b"leave",), source=source)
    device = Device(spec, HERE, list[object]().append, now)
    device.listen(TwinIn(HERE, lambda _event, _data: None))
    device.join(HERE, port)
    assert source.failed.wait(SOON)
    while (state := device.state()).state != "trouble":
        pass
    assert state.reason == (
        "its lights failed inside Songbridge (ZeroDivisionError); they are tried again"
    )
    device.part(politely=True)
    device.close(SOON)
    assert port.sent == [b"enter", b"leave"]


def test_a_port_that_takes_nothing_is_told_and_ends_the_thread() -> None:
    output, ready, broken = run(TwinOut(HERE, refuses=True))
    assert output.ended(SOON)
    assert broken == ["it takes nothing"]
    assert not ready.is_set()


def test_a_port_that_hangs_is_given_up() -> None:
    class Hanging(TwinOut):
        go = threading.Event()

        def send(self, data: bytes) -> None:
            self.go.wait(SOON)
            super().send(data)

    output, _, _ = run(Hanging(HERE))
    output.leave()
    assert not output.ended(0.0)
    Hanging.go.set()
    assert output.ended(SOON)
