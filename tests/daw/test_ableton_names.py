from __future__ import annotations

from bridge.daw.ableton_mend import TOGGLE
from bridge.daw.ableton_names import SET_NAME
from tests.standins.ableton import AbletonCore
from tests.standins.ableton_talk import Talk


def test_a_live_without_settable_names_gets_locators_and_messages_and_is_asked_only_once() -> None:
    live = AbletonCore(names=False, version=(11, 3), playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("Chords")
    talk.run(2.0)
    live.playhead = 16.0
    talk.mark("Bass line")
    talk.run(2.0)
    assert live.named == [("1", 8.0), ("2", 16.0)]
    assert live.shown == ["Chords", "Bass line"]
    assert len(talk.asked(SET_NAME)) == 1
    assert talk.status.state == "ready"
    assert "Live 11.3 answers" in talk.status.detail
    assert "lets nobody name them" in talk.status.detail


def test_two_cues_at_one_place_without_settable_names_never_delete_the_first() -> None:
    live = AbletonCore(names=False, playhead=8.0)
    talk = Talk(live, met=True)
    talk.mark("done: Chords", "Bass line")
    talk.run(5.0)
    assert live.named == [("1", 8.0)]
    assert live.shown == ["done: Chords", "Bass line"]


def test_an_old_installation_gets_messages_and_status_says_what_to_install() -> None:
    live = AbletonCore(locators=False)
    talk = Talk(live, met=True)
    assert talk.status.state == "trouble"
    assert "before November 2025" in talk.status.detail
    talk.mark("mine")
    talk.run(2.0)
    assert live.shown == ["mine"]
    assert talk.asked(TOGGLE) == []


def test_an_old_installation_that_is_met_with_a_press_is_found_out_by_that_press() -> None:
    live = AbletonCore(locators=False, echo=False)
    talk = Talk(live)
    talk.mark("mine")
    talk.run(5.0)
    assert live.shown == ["mine"]
    assert "before November 2025" in talk.status.detail
    assert talk.asked(SET_NAME) == []
