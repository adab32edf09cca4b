from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bridge.daw.ableton_mend import UNDO
from tests.standins.ableton import AbletonCore
from tests.standins.ableton_set import Locator
from tests.standins.ableton_talk import Talk, live_with

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_toggle_that_deleted_is_undone_and_reported() -> None:
    # Live acts on its insert marker, which stands elsewhere than the reported time.
    live = live_with(Locator("Verse", 8.0), playhead=3.0, insert=8.0)
    talk = Talk(live, met=True)
    talk.mark("mine")
    talk.run(3.0)
    assert live.named == [("Verse", 8.0)]
    assert len(talk.asked(UNDO)) == 1
    assert talk.status.state == "trouble"
    assert 'removed the locator "Verse" at beat 8' in talk.status.detail
    assert "it is back" in talk.status.detail
    assert live.shown == ["mine"]


def test_a_snapped_toggle_that_met_a_neighbour_is_undone() -> None:
    live = live_with(Locator("Verse", 8.0), playhead=7.7, grid=1.0)
    talk = Talk(live, met=True)
    talk.mark("mine")
    talk.run(3.0)
    assert live.named == [("Verse", 8.0)]


def test_a_deletion_that_undo_does_not_take_back_is_told_with_name_and_place() -> None:
    live = live_with(Locator("Verse", 8.0), playhead=3.0, insert=8.0, undoes=False)
    talk = Talk(live, met=True)
    talk.mark("mine")
    talk.run(3.0)
    assert len(talk.asked(UNDO)) == 1
    assert 'removed the locator "Verse" at beat 8' in talk.status.detail
    assert "did not bring it back" in talk.status.detail


def test_during_a_recording_nothing_is_undone() -> None:
    live = live_with(Locator("Verse", 12.0), playhead=5.0, quantisation=4)
    talk = Talk(live, met=True)
    live.play(record=True)
    live.after_tick = [
        lambda core: setattr(core, "playhead", 11.7)
    ]  # the user jumps, after the look
    talk.mark("mine")
    talk.run(3.0)
    assert live.named == []
    assert talk.asked(UNDO) == []
    assert 'removed the locator "Verse" at beat 12' in talk.status.detail
    assert "an undo would take the recording: set it again" in talk.status.detail


def record_armed(live: AbletonCore) -> None:
    live.recording = True


def session_armed(live: AbletonCore) -> None:
    live.session_recording = True


@pytest.mark.parametrize("arm", [record_armed, session_armed])
def test_with_the_record_button_on_a_deleted_locator_is_set_and_named_again_without_undo(
    arm: Callable[[AbletonCore], None],
) -> None:
    live = live_with(Locator("Verse", 8.0), Locator("Outro", 64.0), playhead=3.0, insert=8.0)
    talk = Talk(live, met=True)
    arm(live)
    talk.mark("mine")
    talk.run(3.0)
    assert sorted(live.named) == [("Outro", 64.0), ("Verse", 8.0)]
    assert talk.asked(UNDO) == []
    assert "it is back" in talk.status.detail
    assert (live.shown, talk.status.dropped) == (["mine"], 1)


def test_with_the_record_button_on_a_locator_of_ours_that_was_met_is_shared() -> None:
    live = AbletonCore(playhead=7.7, grid=1.0, shows_late=1)
    talk = Talk(live, met=True)
    talk.mark("Chords")
    talk.run(60.0)
    live.recording = True
    talk.mark("Bass line")
    talk.run(5.0)
    assert live.named == [("Bass line / Chords", 8.0)]
    assert talk.asked(UNDO) == []
    assert (talk.status.state, talk.status.dropped) == ("ready", 0)


def test_a_locator_set_again_where_names_can_not_be_set_is_told_with_its_new_name() -> None:
    live = live_with(Locator("Verse", 8.0), playhead=3.0, insert=8.0, names=False)
    talk = Talk(live, met=True)
    live.recording = True
    talk.mark("mine")
    talk.run(3.0)
    assert live.named == [("1", 8.0)]
    assert 'it is set again, but is called "1" now' in talk.status.detail


def test_a_locator_that_can_not_be_set_again_is_told() -> None:
    live = live_with(Locator("Verse", 8.0), playhead=3.0, insert=8.0)
    talk = Talk(live, met=True)
    live.recording = True

    def move(core: AbletonCore) -> None:
        core.insert = 20.0

    live.after_tick = [lambda _core: None, move]
    talk.mark("mine")
    talk.run(3.0)
    assert "could not be set again while the record button is on" in talk.status.detail
    assert talk.asked(UNDO) == []


def test_while_a_take_runs_the_button_is_pressed_again_only_where_it_meets_the_same_place() -> None:
    live = live_with(Locator("Verse", 8.0), playhead=1.0, quantisation=4)
    talk = Talk(live, met=True)
    live.tempo = 60.0
    live.play(record=True)
    live.nearest = True
    live.after_tick = [lambda core: setattr(core, "playhead", 6.5)]  # the user jumps
    talk.mark("mine")
    talk.run(3.0)
    assert live.named[0] == ("Verse", 8.0)
    assert talk.asked(UNDO) == []
    assert "it is back" in talk.status.detail
