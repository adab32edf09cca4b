"""The loop: one thread, one inbox, the next deadline."""

from __future__ import annotations

import logging

import pytest

from bridge.app.inbox import Asked, Inbox, Incoming, Stop
from bridge.app.loop import Loop, Watch
from bridge.core.actions import Action
from bridge.moment import Moment
from bridge.web.role import Answer, Granted
from tests.standins.desk import SONG
from tests.standins.studio import Studio


@pytest.fixture
def studio() -> Studio:
    return Studio([SONG])


def looped(studio: Studio, *messages: Incoming) -> None:
    inbox = Inbox()
    for message in (*messages, Stop()):
        inbox.put(message)
    Loop(studio.session, inbox, lambda: studio.moment).run()


def test_messages_are_done_in_the_order_in_which_they_came(studio: Studio) -> None:
    answers: list[Answer] = []
    looped(
        studio,
        *(Asked(Action(name), "cli", answers.append) for name in ("start", "pause", "resume")),
    )

    assert [type(answer) for answer in answers] == [Granted, Granted, Granted]
    assert studio.state == "running"


def test_a_defect_costs_its_message_and_not_the_evening(
    studio: Studio, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_answer: Answer) -> None:
        raise ZeroDivisionError

    answers: list[Answer] = []
    with caplog.at_level(logging.ERROR):
        looped(
            studio,
            Asked(Action("start"), "cli", broken),
            Asked(Action("complete"), "cli", answers.append),
        )

    assert "a defect while handling" in caplog.text
    assert isinstance(answers[0], Granted)


def test_a_watch_looks_when_it_is_time() -> None:
    looks: list[float] = []
    watch = Watch(2.0, lambda moment: looks.append(moment.mono))
    for second in range(6):
        watch.look_if_due(Moment(float(second), 0.0))

    assert looks == [0, 2, 4]
