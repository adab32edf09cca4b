"""What REAPER's buttons tell of its transport, and how long that is believed."""

from __future__ import annotations

import pytest

from bridge.daw.reaper import ReaperTarget
from bridge.daw.reaper_osc import ASK_SELDOM, PATIENCE
from bridge.daw.target import DawSettings, LinkStatus
from bridge.messages import Osc
from tests.contract.daw_contract import Conversation
from tests.standins.reaper import ReaperCore

STOPPED = Osc("/stop", (1.0,))
SETTINGS = DawSettings("reaper", port=8000, listen_port=9000)


def start(core: ReaperCore | None = None) -> Conversation:
    """Return a conversation with a REAPER that was greeted and has answered."""
    talk = Conversation(ReaperTarget(SETTINGS), core)
    talk.run(0.1)
    if core is None:
        talk.hear(STOPPED)
    talk.run(1.0)
    talk.sent.clear()
    talk.arrived.clear()
    return talk


def status(talk: Conversation) -> LinkStatus:
    return talk.target.status(talk.moment)


@pytest.mark.parametrize("number", [float, int])
def test_buttons_tell_of_the_transport_as_floats_or_whole_numbers(number: type) -> None:
    talk = start()

    def press(*buttons: str, on: int = 1) -> tuple[bool | None, bool | None]:
        talk.hear(*(Osc(button, (number(on),)) for button in buttons))
        return talk.target.transport.playing, talk.target.transport.recording

    assert press("/play") == (True, False)
    assert press("/record") == (True, True)
    assert press("/pause") == (False, True)
    assert press("/pause", on=0) == (True, True)
    assert press("/stop") == (False, False)
    assert press("/record", "/play", on=0) == (False, False)


@pytest.mark.parametrize(
    "message", [Osc("/play"), Osc("/play", ("1",)), Osc("/playrate", (1.0,)), Osc("/play", (None,))]
)
def test_what_is_no_button_tells_nothing(message: Osc) -> None:
    talk = start()
    before = talk.target.transport
    talk.hear(message)
    assert talk.target.transport == before


def test_a_reaper_that_died_in_a_take_is_not_believed_for_ever() -> None:
    talk = start(ReaperCore())
    talk.hear(*talk.daw.receive(Osc("/record"), talk.now))  # type: ignore[union-attr] # it is there
    assert talk.target.transport.recording is True
    talk.daw = None
    talk.run(ASK_SELDOM - 1.0)
    assert talk.target.transport.recording is True
    talk.run(PATIENCE + 2.0)
    assert talk.target.transport.recording is None
    assert status(talk).state == "silent"


def test_a_reaper_that_records_for_an_hour_is_believed_for_an_hour() -> None:
    core = ReaperCore(latency=0.04)
    talk = start(core)
    talk.hear(*core.receive(Osc("/record"), talk.now))
    talk.run(3600.0)
    assert talk.target.transport.recording is True
    assert len(talk.sent) <= 61


def test_a_reaper_that_stands_is_left_in_peace() -> None:
    talk = start(ReaperCore())
    talk.run(86_400.0)
    assert talk.sent == []
