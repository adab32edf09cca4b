"""The method over OSC: every address of it, told when it changes and never taken for a request."""

from __future__ import annotations

import pytest

from bridge.core.actions import SetGoal, SongDraft, TaskDraft
from bridge.core.vocabulary import ACTIONS
from bridge.messages import Osc
from bridge.ports import osc_method, osc_table
from bridge.ports.osc_feedback import Feedback
from bridge.ports.osc_requests import ROOT, is_echo
from bridge.ports.osc_wire import decode
from tests.standins.desk import SONG, Desk

BEN = SongDraft("Moss", tasks=(TaskDraft("Sing", person="Ben", energy="low"), TaskDraft("Clap")))


@pytest.fixture
def desk() -> Desk:
    return Desk(None, SONG, BEN)


def rows(desk: Desk) -> dict[str, tuple[object, ...]]:
    return {address.removeprefix(ROOT): args for address, args in osc_method.rows(desk.view)}


def test_goals_have_dates_and_tasks_have_persons(desk: Desk) -> None:
    desk.ask(SetGoal(2, "an EP", by="2026-12-24"))
    desk.do("start", "moss.1")
    told = rows(desk)
    assert [told[f"goal/{n}/by"] for n in (1, 2, 3)] == [("",), ("2026-12-24",), ("",)]
    assert (told["task/person"], told["task/energy"]) == (("Ben",), ("low",))


def test_ways_out_are_told_while_they_are_offered_with_what_helped(desk: Desk) -> None:
    assert rows(desk)["rut/1"] == ("", "", 0, 0)
    desk.do("rut", "song")
    desk.do("complete")
    desk.do("rut")
    told = rows(desk)
    assert told["rut/1"] == ("song", "another song: Moss", 1, 1)
    assert told["rut/6"] == ("", "", 0, 0)
    desk.do("rut", "1")
    assert rows(desk)["rut/trying"] == ("song",)


def test_signs_are_told_on_their_day_alone(desk: Desk) -> None:
    desk = Desk(None, SongDraft("Fern", tasks=tuple(TaskDraft(f"Step {n}") for n in range(6))))
    desk.do("start")
    for _ in range(4):
        desk.do("skip")
    assert rows(desk)["rut/signs"] == ("skips",)
    desk.wait(24 * 3600)
    assert rows(desk)["rut/signs"] == ("",)


def test_what_feeds_the_mind_low_days_and_songs_at_rest(desk: Desk) -> None:
    desk.do("feed", "listen Kind of Blue https://example.org")
    desk.do("prep", "on")
    desk.do("rest", "moss")
    told = rows(desk)
    assert told["feed/size"] == (1,)
    assert told["feed/1"] == (1, "listen", "Kind of Blue", "https://example.org")
    assert told["prep"] == (1, 6)
    assert told["resting/1"] == ("moss", "Moss", "idea incubation")
    assert told["songs/1"][0] == "northern-lights"
    desk.do("feed", "done 1")
    assert rows(desk)["feed/1"] == (0, "", "", "")


def test_time_off_is_told_with_its_days(desk: Desk) -> None:
    assert rows(desk)["off"] == ("", "", 0)
    desk.do("off", "from tuesday until friday")
    assert rows(desk)["off"] == ("2026-09-22", "2026-09-25", 0)
    desk.wait(24 * 3600)
    assert rows(desk)["off"] == ("2026-09-22", "2026-09-25", 1)


def test_only_what_changed_is_told(desk: Desk) -> None:
    feedback = Feedback()
    feedback.changes(desk.view)
    desk.do("feed", "read Mixing Secrets")
    told = {decode(data).address for data in feedback.changes(desk.view)}
    assert told == {"/songbridge/feed/size", "/songbridge/feed/1"}


def test_what_we_send_and_comes_back_is_never_taken_for_a_request(desk: Desk) -> None:
    desk.do("rut")
    for address, args in osc_table.state(desk.view).items():
        assert is_echo(Osc(address, args)), address


@pytest.mark.parametrize("name", ["prep", "off", "rut", "feed"])
def test_an_action_is_no_echo(name: str) -> None:
    assert name in ACTIONS
    assert not is_echo(Osc(ROOT + name, (1,)))
    assert not is_echo(Osc(ROOT + name, ()))
