from __future__ import annotations

from dataclasses import replace

import pytest

from bridge.core.model import Goal, Section, Song, Studio, Task, TaskState, Timer, TimerState
from bridge.core.settings import Settings
from bridge.core.view import View
from bridge.messages import Effect, Look, Osc
from bridge.ports.osc_feedback import Feedback
from bridge.ports.osc_method import rows
from bridge.ports.osc_wire import decode
from bridge.surface.frame import Frame

CHORDS = Task("lights.1", "Write chords", "mixing", budget=1500.0, planned=1500.0)
BASS = Task("lights.2", "Design bass", "mixing", 600.0, 600.0, state=TaskState.SET_ASIDE)
SONG = Song("lights", "Lights", "arrangement", sections=(Section("mixing", "#FFB000"),),
            tasks={"lights.1": CHORDS, "lights.2": BASS})  # fmt: skip
RUNNING = Studio(
    songs={"lights": SONG},
    queue=("lights.1", "lights.2"),
    song="lights",
    timer=Timer(TimerState.RUNNING, "lights.1", since=1000.0),
    goals=(Goal("Finish an EP", 0.5), Goal(), Goal()),
)


def view(studio: Studio, at: float) -> View:
    return View(studio, 1, Settings(), at)


def told(datagrams: list[bytes]) -> dict[str, tuple[object, ...]]:
    messages = [decode(data) for data in datagrams]
    assert len({message.address for message in messages}) == len(messages)
    return {message.address.removeprefix("/songbridge/"): message.args for message in messages}


def test_the_first_dump_holds_every_address_of_the_interface() -> None:
    shown = view(RUNNING, 1010.0)
    method = {address.removeprefix("/songbridge/"): args for address, args in rows(shown)}
    got = told(Feedback().changes(shown))
    assert got == method | {
        "task": ("lights.1", "Write chords", "mixing", "#FFB000"),
        "task/round": (1, 0),
        "nudge": ("",),
        "timer": ("running", "normal", 1490, 1500),
        "timer/text": ("24:50",),
        "timer/progress": (pytest.approx(10 / 1500),),
        "song": ("lights", "Lights", "arrangement"),
        "queue/size": (2,),
        "queue/1": ("Write chords", "mixing", "#FFB000", "running"),
        "queue/2": ("Design bass", "mixing", "#FFB000", "set-aside"),
        **{f"queue/{number}": ("",) * 4 for number in range(3, 17)},
        "goal/1": ("Finish an EP", 0.5),
        "goal/2": ("", 0.0),
        "goal/3": ("", 0.0),
    }


def test_an_empty_studio_is_told_as_empty_words() -> None:
    got = told(Feedback().changes(view(Studio(), 0.0)))
    assert got["task"] == ("",) * 4
    assert got["song"] == ("",) * 3
    assert got["timer"] == ("idle", "normal", 0, 0)
    assert got["timer/text"] == ("0:00",)


def test_only_what_changed_is_told_again() -> None:
    feedback = Feedback()
    feedback.changes(view(RUNNING, 1010.0))
    assert feedback.changes(view(RUNNING, 1010.9)) == []
    assert set(told(feedback.changes(view(RUNNING, 1011.0)))) == {
        "timer",
        "timer/text",
        "timer/progress",
    }
    goals = (Goal("Finish an EP", 0.75), Goal(), Goal())
    assert told(feedback.changes(view(replace(RUNNING, goals=goals), 1011.0))) == {
        "goal/1": ("Finish an EP", 0.75)
    }


def test_a_dump_tells_everything_as_it_was_last_told() -> None:
    feedback = Feedback()
    first = told(feedback.changes(view(RUNNING, 1010.0)))
    later = told(feedback.changes(view(RUNNING, 1020.0)))
    assert told(feedback.dump()) == first | later


def test_the_countdown_wakes_at_the_next_whole_second_and_then_changed() -> None:
    feedback = Feedback()
    at = 1000.25
    for _ in range(1510):  # beyond zero
        now = view(RUNNING, at)
        feedback.changes(now)
        wait = feedback.wake(now)
        assert wait is not None
        assert 0 < wait <= 1
        at += wait
        assert "timer/text" in told(feedback.changes(view(RUNNING, at)))


def test_nothing_wakes_while_nothing_counts() -> None:
    paused = replace(RUNNING, timer=Timer(TimerState.PAUSED, "lights.1"))
    assert Feedback().wake(view(paused, 1010.0)) is None
    assert Feedback().wake(view(Studio(), 1010.0)) is None


def test_overtime_counts_below_zero() -> None:
    over = replace(RUNNING, timer=Timer(TimerState.OVERTIME, "lights.1", since=1000.0))
    got = told(Feedback().changes(view(over, 2505.5)))
    assert got["timer"] == ("overtime", "overtime", -5, 1500)
    assert got["timer/text"] == ("-0:05",)
    assert got["timer/progress"] == (1.0,)


def test_lights_are_told_by_controller_and_control_and_only_when_they_change() -> None:
    feedback = Feedback()
    red = Look("#FF0000", 1.0, Effect.BLINK)
    now = view(Studio(), 0.0)
    got = told(feedback.changes(now, {"launchpad": Frame({"pad.1.1": red, "pad 1,2": red})}))
    assert got["light/launchpad/pad.1.1"] == ("#FF0000", 1.0, "blink")
    assert got["light/launchpad/pad_1_2"] == ("#FF0000", 1.0, "blink")
    frame = Frame({"pad.1.1": red})
    assert told(feedback.changes(now, {"launchpad": frame})) == {
        "light/launchpad/pad_1_2": ("#000000", 0.0, "off")
    }
    assert feedback.changes(now, {"launchpad": frame}) == []


def test_a_controller_that_is_gone_is_told_dark_once_and_then_forgotten() -> None:
    feedback, now = Feedback(), view(Studio(), 0.0)
    red, off = Look("#FF0000"), Look("#000000", 0.0, Effect.OFF)
    pads = Frame({"pad.1.1": red, "pad.1.2": off})
    before = told(feedback.changes(now, {"launchpad": Frame({"pad.1.9": red}), "x-touch": pads}))
    feedback.changes(now, {"launchpad": pads, "x-touch": pads})

    got = told(feedback.changes(now, {"x-touch": pads}))
    assert got == {"light/launchpad/pad.1.1": ("#000000", 0.0, "off")}
    assert feedback.changes(now, {"x-touch": pads}) == []
    left = told(feedback.dump())
    assert {address for address in left if "light/" in address} == {
        "light/x-touch/pad.1.1",
        "light/x-touch/pad.1.2",
    }
    assert before.keys() - left.keys() == {"light/launchpad/pad.1.9"}
    back = told(feedback.changes(now, {"launchpad": pads, "x-touch": pads}))
    assert back == {
        "light/launchpad/pad.1.1": ("#FF0000", 1.0, "solid"),
        "light/launchpad/pad.1.2": ("#000000", 0.0, "off"),
    }


def test_messages_are_encoded_ready_to_be_sent() -> None:
    data = Feedback().changes(view(Studio(), 0.0))
    assert Osc("/songbridge/queue/size", (0,)) in [decode(one) for one in data]
