"""REAPER through its web interface, through plain OSC, and the change between the two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bridge.daw.reaper_osc import INSERT
from bridge.daw.reaper_web import GAP, GIVE_UP
from bridge.daw.target import KEEP, DawSettings
from tests.contract.daw_contract import DawContract
from tests.contract.daw_talk import Conversation, Delivery
from tests.standins.reaper_talk import BLUE, SETTINGS, WebTalk, rolling, start, told
from tests.standins.reaper_web import ReaperWeb


class TestTierTwo(DawContract):
    """The contract with the script alone: nothing is heard over OSC."""

    kind = "reaper"
    paints = True

    def daw_settings(self) -> DawSettings:
        return SETTINGS

    def there(self) -> ReaperWeb:
        return rolling()

    def talk(self, *, there: bool = True, keep: float = KEEP) -> Delivery:
        talk = WebTalk(replace(SETTINGS, keep=keep), self.there, there=there)
        talk.run(7.0)
        return talk

    def marked(self, talk: Conversation) -> list[str]:
        assert isinstance(talk, WebTalk)
        return talk.marked

    def colours(self, talk: Conversation) -> dict[str, str]:
        assert isinstance(talk, WebTalk)
        return {t.name: talk.web.api.shown(t.colour) for t in talk.web.core.tracks}


class TestBothTiers(TestTierTwo):
    """The contract where OSC and the script are there."""

    def there(self) -> ReaperWeb:
        return rolling(osc=True)


# --- tier 2 -------------------------------------------------------------------------------------------


def test_a_marker_is_one_request_sent_at_once_and_nothing_goes_by_osc() -> None:
    talk = start()
    talk.mark("Write chords")
    assert len(told(talk)) == 1
    talk.run(0.5)
    (marker,) = talk.web.core.markers
    assert (marker.name, talk.web.api.shown(marker.colour)) == ("Write chords", BLUE)
    assert (talk.sent, len(told(talk))) == ([], 1)
    assert talk.status.state == "ready"
    assert "markers with names and colours" in talk.status.detail


def test_a_burst_goes_one_after_the_other_with_a_breath_between() -> None:
    talk = start()
    talk.mark(*(f"task {n}" for n in range(10)))
    assert len(told(talk)) == 1
    talk.run(10 * (talk.web.latency + GAP) + 0.1)
    assert talk.marked == [f"task {n}" for n in range(10)]
    assert len(told(talk)) == 10


def test_nothing_in_a_path_can_be_taken_for_something_else() -> None:
    talk = start()
    talk.mark("a;40157/../%2F\t?#é")
    talk.run(0.5)
    assert talk.marked == ["a;40157/../%2F ?#é"]
    (ask,) = told(talk)
    assert set(ask.path) <= set("/_;.") | set(map(chr, range(48, 123)))


def test_an_answer_that_got_lost_is_asked_for_again_and_nothing_is_done_twice() -> None:
    talk = start()
    talk.web.lose = 2
    talk.mark("once")
    talk.run(GIVE_UP)
    assert talk.marked == ["once"]
    assert (talk.status.pending, talk.status.dropped) == (0, 0)
    assert INSERT not in talk.sent
    assert talk.status.state == "ready"


def test_what_is_new_meanwhile_goes_by_osc_at_once() -> None:
    talk = start()
    talk.web.lose = 1
    talk.mark("in doubt")
    talk.web.hang = True
    talk.run(2.1)
    talk.mark("new")
    assert talk.sent == [INSERT]
    talk.web.hang = False
    talk.run(8.0)
    assert talk.marked == ["in doubt", "new"]
    assert (talk.status.pending, talk.status.dropped) == (0, 0)


def test_a_reaper_that_goes_while_it_is_in_doubt_is_not_told_again_and_it_is_counted() -> None:
    talk = start()
    talk.web.lose = 1
    talk.mark("in doubt")
    talk.web.up = False
    talk.run(3.0)
    assert talk.marked == ["in doubt"]
    assert talk.status.dropped == 1
    assert "nobody knows whether it arrived" in talk.status.detail
    assert INSERT not in talk.sent


@pytest.mark.parametrize("deed", ["refuses", "without script", "another program"])
def test_what_was_surely_not_done_goes_by_osc(deed: str) -> None:
    talk = start()
    match deed:
        case "refuses":
            talk.web.up = False
        case "without script":
            talk.web.installed = False
        case _:
            talk.web.page = "<html>hello</html>"
    talk.mark("mine")
    talk.run(1.0)
    assert talk.marked == ["mine"]
    assert INSERT in talk.sent
    assert (talk.status.pending, talk.status.dropped) == (0, 0)


def test_a_command_that_was_not_read_is_taken_back_so_that_it_is_never_done_late() -> None:
    talk = start()
    talk.web.installed = False
    talk.mark("mine")
    talk.run(1.0)
    talk.web.installed = True
    talk.web.api.run(talk.now)  # the user runs the action by hand
    assert talk.marked == ["mine"]


def test_it_comes_back_by_itself_when_the_script_is_there_again() -> None:
    talk = start()
    talk.web.installed = False
    talk.mark("by osc")
    talk.run(1.0)
    talk.web.installed = True
    talk.run(20.0)
    talk.sent.clear()
    talk.mark("by script")
    talk.run(1.0)
    assert talk.marked == ["by osc", "by script"]
    assert talk.sent == []


def test_a_region_grows_from_a_tasks_start_where_that_is_wished() -> None:
    talk = start(settings=replace(SETTINGS, regions=True))
    for name in ("Mix", "time up: Mix", "done: Mix", "Remix"):
        talk.mark(name)
        talk.run(10.0)
    (region,) = talk.web.api.regions
    first, _, last, _ = talk.web.core.markers
    assert (region.name, region.at, region.end) == ("Mix", first.at, last.at)


def test_without_that_wish_there_are_none() -> None:
    talk = start()
    for name in ("Mix", "done: Mix"):
        talk.mark(name)
        talk.run(10.0)
    assert talk.web.api.regions == []


def test_cues_that_wait_for_a_reaper_with_both_ways_get_their_own_names_in_order() -> None:
    """OSC answers first: its marker that waits for a name must not meet one of the script's."""
    for waited in (0.0, 0.5, 1.5, 2.0, 3.0):
        talk = WebTalk(SETTINGS, lambda: rolling(osc=True), there=False)
        talk.run(7.0)
        names = [f"task {n}" for n in range(30)]
        talk.mark(*names)
        talk.run(waited)
        talk.come()
        talk.run(60.0)
        assert talk.marked == names
        assert (talk.status.pending, talk.status.dropped) == (0, 0)
