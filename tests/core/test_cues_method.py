"""What a DAW hears of the method: rest for ears, ways out of a rut, time off and a welcome back."""

from __future__ import annotations

import pytest

from bridge.messages import Cue, Marker, StatusText
from tests.standins.desk import SONG, START, Desk
from tests.standins.ruled import settings, told

DAY = 24 * 3600.0
MIXING = '[breaks]\nmixing = "10m after 20m"\n'


def since(desk: Desk, before: int) -> list[Cue]:
    return told(desk, desk.journal[before:])


def test_ears_that_should_rest_are_a_text_and_by_a_rule_a_marker() -> None:
    rule = '[[cue]]\non = "ear-rest"\nsection = "mixing"\nmarker = "ears: {text} after {section}"\n'
    for text, cue in (
        (MIXING, StatusText("time to rest your ears (10m)")),
        (MIXING + rule, Marker("ears: 10m after mixing", "#FFB000")),
    ):
        desk = Desk(settings(text), SONG)
        desk.do("start", 3)
        before = len(desk.journal)
        desk.wait(20 * 60)
        assert since(desk, before) == [cue]


@pytest.mark.parametrize(
    ("until", "words"),
    [("", "1 day"), ("until wednesday", "2 days"), ("7 days", "7 days")],
)
def test_time_off_is_told_in_days_and_whoever_is_back_is_welcome(until: str, words: str) -> None:
    desk = Desk(settings(""), SONG)
    assert desk.moment.wall == START  # a Monday, at eight in the evening
    assert told(desk, desk.do("off", until)) == [StatusText(f"time off ({words})")]
    desk.wait(8 * DAY)
    assert StatusText("welcome back") in told(desk, desk.do("start"))


def test_a_way_out_is_told_with_what_it_does() -> None:
    desk = Desk(settings(""), SONG)
    assert told(desk, desk.do("rut", "break")) == [
        StatusText("a way out: break"),
        StatusText("break (15m)"),
    ]


@pytest.mark.parametrize(
    ("event", "action", "said"),
    [
        ("feed-added", ("feed", "listen Kind of Blue"), "Kind of Blue"),
        ("rut-offered", ("rut", None), "break, small, prep, off"),
        ("ordered", ("order", "short"), "by short"),
    ],
)
def test_a_rule_may_say_what_the_event_is_about(
    event: str, action: tuple[str, str | None], said: str
) -> None:
    desk = Desk(settings(f'[[cue]]\non = "{event}"\ntext = "{{event}}: {{text}}"\n'), SONG)
    desk.do("select", 3)
    assert told(desk, desk.do(*action)) == [StatusText(f"{event}: {said}")]
