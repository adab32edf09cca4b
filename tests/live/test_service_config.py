"""A configuration that changes under a running service: wrong, right again, and another one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bridge.messages import Osc
from tests.live.conftest import Pads
from tests.standins.emulators.launchpad import LaunchpadMiniMk3
from tests.standins.jack_device import wait_until
from tests.standins.osc_caller import OscCaller
from tests.standins.osc_target import OscTargetStandIn
from tests.standins.patience import PATIENCE
from tests.standins.service import ANYWHERE, Service

pytestmark = pytest.mark.live
PERIOD = 1024

Make = Callable[..., Service]
BAR = range(11, 19)
"""LEDs of the row that shows the countdown, and a fault."""
MARK_US = "[timer]\nbudget = '7m'\n"


def faulty(pad: LaunchpadMiniMk3) -> bool:
    """Red and white in turns, blinking: what a fault looks like."""
    return pad.programmer and pad.lit(11).effect == "flash" and pad.lit(12).effect != "off"


WRONG = {
    "[osc\nlisten = 1\n": "config.toml:1",
    ANYWHERE + '[timer]\ngraze = "5s"\n': "did you mean",
    ANYWHERE + '[[controller]]\nlayout = "queue-9x9"\n': "queue-9x9",
    ANYWHERE + '[[controller]]\nprofile = "generic-keys"\nlayout = "queue-8x8"\n': "grid8x8",
    ANYWHERE + "[http]\n": "config.toml:5",
    "\x00\x01": "config.toml",
}
"""What is written, and what must be said about it."""


def complaints(service: Service) -> list[str]:
    return [line for line in service.lines if "the old configuration stays in force" in line]


def test_a_config_that_became_wrong_changes_nothing_and_shows(made: Make, pads: Pads) -> None:
    service = made()
    service.start()
    assert pads.shows(lambda pad: pad.lit(81).effect == "solid")
    looked = pads.look()

    for count, (written, told) in enumerate(WRONG.items(), 1):
        service.write(written)
        assert wait_until(lambda: len(complaints(service)) == count), written  # noqa: B023 - asked at once
        assert told in complaints(service)[-1]
        assert service.status()["faults"] == complaints(service)[-1:]
        assert pads.shows(faulty)
    pads.press(81)
    assert pads.shows(lambda pad: pad.lit(81).effect == "pulse")
    assert service.status()["timer"]["budget_s"] == 1200
    with OscCaller(service.osc) as caller:
        assert caller.ask("/songbridge/undo").address == "/songbridge/ok"

    service.write(ANYWHERE + '[timer]\nbreak = "7m"\n')
    assert pads.shows(lambda pad: pad.all_lit().keys() == looked.keys())
    assert service.status()["faults"] == []
    pads.press(26)
    assert service.shows(lambda status: status["timer"]["budget_s"] == 420)


def test_another_layout_and_another_daw_come_into_force_while_it_runs(
    made: Make, pads: Pads
) -> None:
    with OscTargetStandIn() as first, OscTargetStandIn() as second:
        daw = '[[daw]]\nkind = "osc"\nhost = "127.0.0.1:{}"\n'
        service = made(daw.format(first.port))
        service.start()
        assert pads.shows(lambda pad: pad.all_lit())
        own = service.home / "layouts"
        own.mkdir()
        (own / "one.toml").write_text(
            'schema = 1\nid = "one"\nname = "One pad"\nrequires = ["grid8x8"]\n'
            '[[bind]]\non = "pad.8.8"\ndo = "mark Hello"\nshow = "action"\ncolour = "red"\n',
            encoding="utf-8",
        )
        service.write(
            ANYWHERE
            + '[[controller]]\nprofile = "novation-launchpad-mini-mk3"\nlayout = "one"\n'
            + daw.format(second.port)
        )
        assert pads.shows(lambda pad: pad.programmer and set(pad.all_lit()) == {18})
        assert service.status()["controllers"][0]["layout"] == "one"
        pads.press(18)
        expected = Osc("/songbridge/cue/marker", ("Hello", "#FFFFFF"))
        assert second.wait_for(
            lambda told: any(m.address == expected.address and m.args[0] == "Hello" for m in told),
            PATIENCE,
        )
        assert first.messages == []

        (own / "one.toml").write_text("schema = 1\n", encoding="utf-8")
        assert service.shows(lambda status: "one.toml" in "".join(status["faults"]))
        (own / "one.toml").unlink()
        service.write(ANYWHERE)
        assert pads.shows(lambda pad: pad.lit(81).effect == "solid")
        assert service.status()["faults"] == []
