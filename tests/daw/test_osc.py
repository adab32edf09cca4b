from __future__ import annotations

from bridge.daw.osc import OscTarget
from bridge.daw.target import DawSettings
from bridge.messages import Cue, Marker, Osc, StatusText, TrackColour
from bridge.moment import Moment
from tests.contract.daw_contract import Conversation, DawContract

NOW = Moment(0.0, 0.0)


class TestContract(DawContract):
    kind = "osc"
    absence = "refused"
    greets = False
    most_a_minute = 13
    paints = True

    def names(self, sent: list[Osc]) -> list[str]:
        return [str(m.args[0]) for m in sent if m.address == "/songbridge/cue/marker"]

    def colours(self, talk: Conversation) -> dict[str, str]:
        """Return what a program knows that does what it is told."""
        colours: dict[str, str] = {}
        for message in talk.arrived:
            if message.address == "/songbridge/cue/track":
                colours[str(message.args[0])] = str(message.args[1])
            elif message.address == "/songbridge/cue/restore":
                colours.clear()
        return colours


def told(cue: Cue) -> list[Osc]:
    return OscTarget(DawSettings("osc", port=9001)).tell(cue, NOW)


def test_a_marker_goes_with_name_and_colour() -> None:
    expected = Osc("/songbridge/cue/marker", ("Write chords", "#3FA7FF"))
    assert told(Marker("Write chords", "#3FA7FF")) == [expected]


def test_a_track_goes_with_name_and_colour() -> None:
    assert told(TrackColour("Bass", "#C77DFF")) == [
        Osc("/songbridge/cue/track", ("Bass", "#C77DFF"))
    ]


def test_a_text_goes_as_it_is() -> None:
    assert told(StatusText("3 tasks left")) == [Osc("/songbridge/cue/text", ("3 tasks left",))]


def test_the_same_cue_is_the_same_value_so_that_its_bytes_are_made_once() -> None:
    assert told(Marker("again", "#FFFFFF"))[0] is told(Marker("again", "#FFFFFF"))[0]


def test_the_status_says_where_cues_go_and_that_nobody_confirms() -> None:
    status = OscTarget(DawSettings("osc", host="10.0.0.7", port=9001)).status(NOW)
    assert status.state == "unknown"
    assert "10.0.0.7:9001" in status.detail
    assert "never confirms" in status.detail
