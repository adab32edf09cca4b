"""Which controllers `status` names."""

from __future__ import annotations

import pytest

from bridge.files.config import ControllerConfig
from tests.standins.emulators.nanokontrol import NanoKontrol2
from tests.standins.studio import Studio

PORT = "nanoKONTROL2 MIDI 1"


def listed(studio: Studio) -> list[tuple[object, object]]:
    rows = studio.session.controllers.status(studio.midi.states())
    return [(row["profile"], row["state"]) for row in rows if isinstance(row, dict)]


def test_a_controller_that_nobody_asked_for_is_missed_once_it_was_there() -> None:
    studio = Studio()
    assert listed(studio) == []
    studio.plug(PORT, NanoKontrol2())
    ((profile, state),) = listed(studio)
    assert state == "ready"
    for _ in range(2):
        device = studio.unplug(PORT)
        assert listed(studio) == [(profile, "absent")]
        studio.plug(PORT, device)
        assert listed(studio) == [(profile, "ready")]


@pytest.mark.parametrize("ever", [False, True])
def test_a_controller_that_was_asked_for_is_missed_from_the_start(ever: bool) -> None:
    studio = Studio(controllers=[ControllerConfig("korg-nanokontrol2")])
    if ever:
        studio.plug(PORT, NanoKontrol2())
        studio.unplug(PORT)
    assert listed(studio) == [("korg-nanokontrol2", "absent")]
